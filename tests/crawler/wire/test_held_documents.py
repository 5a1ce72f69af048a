"""A portal that is known costs its listings, and what is young: what is old is not asked for again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gongkai.archive import Archive
from gongkai.crawler.pages.page import CHINA
from gongkai.crawler.wire.held_documents import upload_date
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


def names(site: Site) -> set[str]:
    return {path.rpartition("/")[2] for path in site.paths()}


def test_an_unchanged_portal_costs_its_listings_and_conditional_requests_for_what_is_young(
    tmp_path: Path, site: Site
) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site, look_back_days=60)
    first = crawl(root, [portal])
    assert (first.exit_code, len(site.paths())) == (0, 9)
    held = originals(root)
    for _ in range(2):
        site.forget()
        again = crawl(root, [portal])
        late = f"P0{TODAY:%Y%m%d}101112131415.pdf"
        assert names(site) == {"index.html", "index_1.html", "young.html", "young.pdf", "late.html", late}
        assert site.paths(bodies=True) == [], "something was downloaded twice"
        assert all("if-none-match" in asked.headers for asked in site.log if asked.path != "/robots.txt")
        assert again.exit_code == 0
        assert (again.portal()["not_asked"], again.portal()["not_modified"], again.portal()["gone"]) == (3, 4, 0)
        assert again.portal()["documents"] == first.portal()["documents"] == 4
        assert f"{COLUMN}old.html" not in again.outcomes(), "nothing was observed, and yet a capture says so"
        assert originals(root) == held
    site.forget()
    swept = crawl(root, [portal], full=["test"])
    assert len(site.paths()) == 9
    assert (swept.portal()["full"], again.portal()["full"]) == (True, False)


def test_a_young_document_replaced_in_place_becomes_a_version_and_an_old_one_waits_for_the_sweep(
    tmp_path: Path, site: Site
) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site, look_back_days=60)
    first = crawl(root, [portal])
    site.pages |= {f"{COLUMN}young.pdf": pdf("甲，更正"), f"{COLUMN}old.pdf": pdf("乙，更正")}
    second = crawl(root, [portal])
    version = second.one(f"{COLUMN}young.pdf")
    assert (version.outcome, version.previous_sha256) == ("captured", first.one(f"{COLUMN}young.pdf").payload_sha256)
    assert [(change["kind"], change["url"]) for change in second.portal()["changes"]] == [("changed", version.url)]
    swept = crawl(root, [portal], full=["test"])
    assert swept.one(f"{COLUMN}old.pdf").outcome == "captured"
    assert len(Archive.open(str(root)).versions(f"{site.url}{COLUMN}old.pdf")) == 2


def test_a_row_whose_text_changed_is_asked_for_whatever_its_age(tmp_path: Path, site: Site) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site, look_back_days=60)
    crawl(root, [portal])
    call = "createPageHTML(2, 0, 'index', 'html');"
    rows = [row("young.html", "甲局2026年预算", YOUNG), row("old.html", "乙局2024年预算（更正）", OLD)]
    site.pages |= {LISTING: listing(rows, call), f"{COLUMN}old.html": page("乙局更正", OLD, "old.pdf", "new.pdf")}
    site.pages[f"{COLUMN}new.pdf"] = pdf("乙，更正")
    again = crawl(root, [portal])
    assert again.one(f"{COLUMN}old.html").outcome == "captured"
    assert again.one(f"{COLUMN}new.pdf").outcome == "captured"


def test_a_file_an_earlier_crawl_missed_is_fetched_although_its_article_is_old(tmp_path: Path, site: Site) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site, look_back_days=60)
    missing = site.pages.pop(f"{COLUMN}old.pdf")
    assert crawl(root, [portal]).one(f"{COLUMN}old.pdf").outcome == "http_error"
    site.pages[f"{COLUMN}old.pdf"] = missing
    site.forget()
    again = crawl(root, [portal])
    assert again.one(f"{COLUMN}old.pdf").outcome == "captured"
    assert "old.html" not in names(site)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.cn/202008/W020210622597717403120.zip", dt.date(2021, 6, 22)),
        ("http://a.cn/202602/P020260209512345678901.pdf?x=1", dt.date(2026, 2, 9)),
        ("http://a.cn/202602/P020261309512345678901.pdf", None),
        ("http://a.cn/202602/t20260209_12277777.html", None),
        ("http://a.cn/P0/20260209.pdf", None),
    ],
)
def test_the_moment_of_an_upload_is_read_from_file_names_trs_made(url: str, day: dt.date | None) -> None:
    assert upload_date(url) == day
