"""The run report as a page for people."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html

from gongkai.archive import Archive, seal, verify
from tests.crawler.crawling import crawl, write_portal
from tests.crawler.site import COLUMN, Reply, Site, article, listing, pdf, row


def text_of(root: Path, run_id: str) -> str:
    data = Archive.open(str(root)).store.read(f"runs/{run_id}.html")
    seal.check_html(data)
    return data.decode()


def test_the_page_tells_what_was_done_what_changed_and_what_went_wrong(tmp_path: Path, site: Site) -> None:
    site.pages |= {
        "/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 0.2\nDisallow: /admin/\n", media_type="text/plain"),
        f"{COLUMN}index.html": listing([row("a.html", "甲局2026年预算"), row("b.pdf", "<script>alert(1)</script>")]),
        f"{COLUMN}a.html": article("<b>甲局</b>2026年预算", [("a.pdf", "预算.pdf")]),
        f"{COLUMN}a.pdf": pdf("甲"),
        f"{COLUMN}b.pdf": pdf("乙"),
    }
    root, portal = tmp_path / "archive", write_portal(tmp_path, site, name="hunan-test")
    first = crawl(root, [portal])
    page = text_of(root, first.report["run_id"])
    tree = lxml.html.document_fromstring(page)
    assert "2 documents" in page
    assert tree.xpath("//script") == [], "what a portal wrote runs in the page"
    assert "alert(1)" in page
    [host] = first.portal("hunan-test")["hosts"]
    assert (host["requests"], host["robots"]) == (5, "obeyed, 0.2 s between requests")
    assert f"<td>{host['shortest_pause']:.2f} s</td>" in page
    assert f"<td>{host['host']}</td>" in page
    assert "first run" in page

    site.pages[f"{COLUMN}a.pdf"] = pdf("甲，更正")
    del site.pages[f"{COLUMN}b.pdf"]
    site.pages[f"{COLUMN}index.html"] = listing([row("a.html", "甲局2026年预算")])
    second = crawl(root, [portal])
    page = text_of(root, second.report["run_id"])
    lines = lxml.html.document_fromstring(page).iter("tr")
    rows = [[squeezed(cell.xpath("string()")) for cell in line] for line in lines]
    kinds = {line[0]: line[2] for line in rows if len(line) == 4}
    assert kinds["changed"].endswith("a.pdf")
    assert kinds["gone"].endswith("b.pdf")
    assert "(-1)" in page, "one row less than last time"
    assert "the run before ended 20" in page
    assert not re.search(r'(src|href)="(?!#|https?://127\.0\.0\.1)', page), "the page needs something else"
    assert list(verify(Archive.open(str(root)))) == []
    key = root / "runs" / f"{second.report['run_id']}.html"
    key.write_bytes(key.read_bytes().replace(b"gone", b"here"))
    assert [finding.key for finding in verify(Archive.open(str(root)))] == [f"runs/{key.name}"]


def squeezed(text: object) -> str:
    return " ".join(str(text).split())
