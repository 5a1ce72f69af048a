"""A document is gone only after everything was read that could name it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from gongkai.crawler.pages.page import CHINA
from tests.crawler.crawling import crawl, originals, write_portal
from tests.crawler.site import COLUMN, Reply, Site, listing, pdf, row

TODAY = dt.datetime.now(CHINA).date()
OLD, YOUNG = "2024-03-12", (TODAY - dt.timedelta(days=5)).isoformat()
LISTING = f"{COLUMN}index.html"


def page(title: str, day: str, *files: str) -> Reply:
    links = "".join(f'<a href="{file}">{title} 附件</a>' for file in files)
    meta = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day}">'
    return Reply(f"<html><head>{meta}</head><body><p>{title}，按规定公开如下。</p>{links}</body></html>".encode())


def publish(site: Site) -> None:
    """Two listing pages: a young article and an old one, each with a file; an old one whose file came late; a file."""
    call = "createPageHTML(2, 0, 'index', 'html');"
    late = f"P0{TODAY:%Y%m%d}101112131415.pdf"
    site.pages |= {
        LISTING: listing([row("young.html", "甲局2026年预算", YOUNG), row("old.html", "乙局2024年预算", OLD)], call),
        f"{COLUMN}index_1.html": listing([row("late.html", "丙局2024年预算", OLD), row("direct.pdf", "丁局", OLD)]),
        f"{COLUMN}young.html": page("甲局2026年预算", YOUNG, "young.pdf"),
        f"{COLUMN}old.html": page("乙局2024年预算", OLD, "old.pdf"),
        f"{COLUMN}late.html": page("丙局2024年预算", OLD, late),
        f"{COLUMN}young.pdf": pdf("甲"),
        f"{COLUMN}old.pdf": pdf("乙"),
        f"{COLUMN}{late}": pdf("丙"),
        f"{COLUMN}direct.pdf": pdf("丁"),
    }


def test_gone_is_recorded_once_and_only_after_a_complete_listing_without_it(tmp_path: Path, site: Site) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site, look_back_days=60)
    crawl(root, [portal])
    rows = [row("young.html", "甲局2026年预算", YOUNG)]
    site.pages[LISTING] = listing(rows, "createPageHTML(2, 0, 'index', 'html');")
    second_page, article = site.pages[f"{COLUMN}index_1.html"], site.pages[f"{COLUMN}young.html"]

    site.pages[f"{COLUMN}index_1.html"] = Reply(b"no", status=500)
    incomplete = crawl(root, [portal])
    assert (incomplete.portal()["gone"], incomplete.exit_code) == (0, 3), "a listing page was missing"
    site.pages[f"{COLUMN}index_1.html"] = second_page
    assert crawl(root, [portal], limit=1).portal()["gone"] == 0, "not everything was looked at"
    site.pages[f"{COLUMN}young.html"] = Reply(b"no", status=500)
    complete = crawl(root, [portal])
    assert {path.rpartition("/")[2] for path, outcome in complete.outcomes().items() if outcome == "gone"} == {
        "old.html",
        "old.pdf",
    }, "the file of an article that failed is not gone"
    gone = complete.one(f"{COLUMN}old.pdf")
    assert (gone.http_status, gone.payload_sha256, gone.title) == (None, None, "乙局2024年预算")
    assert gone.previous_sha256 in originals(root)

    site.pages[f"{COLUMN}young.html"] = article
    again = crawl(root, [portal])
    assert (again.portal()["gone"], again.exit_code) == (0, 0), "gone was recorded twice"
    publish(site)
    back = crawl(root, [portal])
    assert back.one(f"{COLUMN}old.html").outcome in {"captured", "not_modified"}, "what came back is asked for"


def test_a_file_no_longer_linked_by_an_amended_article_is_gone(tmp_path: Path, site: Site) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site)
    crawl(root, [portal])
    site.pages |= {f"{COLUMN}young.html": page("甲局", YOUNG, "better.pdf"), f"{COLUMN}better.pdf": pdf("甲，更正")}
    amended = crawl(root, [portal])
    assert amended.one(f"{COLUMN}young.pdf").outcome == "gone"
    assert amended.exit_code == 0


def test_a_listing_that_lost_most_of_its_rows_is_a_problem_and_proves_nothing(tmp_path: Path, site: Site) -> None:
    numbers = range(30)
    site.pages[LISTING] = listing(row(f"{n}.pdf", f"{n}局预算") for n in numbers)
    site.pages |= {f"{COLUMN}{n}.pdf": pdf(str(n)) for n in numbers}
    root, portal = tmp_path / "archive", write_portal(tmp_path, site)
    crawl(root, [portal])
    site.pages[LISTING] = listing(row(f"{n}.pdf", f"{n}局预算") for n in range(15))
    shrunk = crawl(root, [portal])
    assert "listing_shrunk" in shrunk.problems()
    assert (shrunk.portal()["gone"], shrunk.exit_code) == (0, 1)
