"""Whole crawls of a small portal: first, again, changed, limited, tried dry, killed, interrupted."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

from gongkai.archive import Archive
from gongkai.crawler.report.counts import ExitCode
from tests.crawler.crawling import crawl, originals, start_crawl, write_portal
from tests.crawler.site import COLUMN, Reply, Site, article, listing, pdf, row, until

BUDGET = "./202502/t20250214_1001.html"
IN_HTML = "./202403/t20240312_1002.html"
SCRIPTED = "./202302/t20230221_1003.html"
DIRECT = "./202405/P020240526403217891002.pdf"
FILES = (f"{COLUMN}202502/P0202502141.pdf", f"{COLUMN}202502/W0202502142.xls", f"{COLUMN}202302/P0202302211.docx")


def publish(site: Site) -> None:
    """Two listing pages with four rows: an article with two files, one that is the budget itself, one that names its
    file in a script, and a row that leads straight to a file."""
    call = "createPageHTML(2, 0, 'index', 'html');"
    pages = {
        "index.html": listing(
            [row(BUDGET, "甲局2025年部门预算"), row(IN_HTML, "乙局2024年部门预算", "2024-03-12")], call
        ),
        "index_1.html": listing([row(SCRIPTED, "丙局2023年部门预算"), row(DIRECT, "丁局2024年部门预算", "2024-05-26")]),
        BUDGET: article(
            "甲局2025年部门预算公开",
            [("./P0202502141.pdf", "甲局预算.pdf"), ("P0202502141.pdf#page=2", ""), ("./W0202502142.xls", "附件2")],
            number="005252717/2025-00007",
        ),
        IN_HTML: article("乙局2024年部门预算公开"),
        SCRIPTED: article("丙局2023年部门预算公开", extra="<script>var sPdfUrl = './P0202302211.docx';</script>"),
        DIRECT: pdf("丁局"),
    }
    site.pages |= {COLUMN + path.removeprefix("./"): page for path, page in pages.items()}
    site.pages |= {
        FILES[0]: pdf("甲局"),
        FILES[1]: Reply(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook ", media_type="application/vnd.ms-excel"),
        FILES[2]: Reply(b"PK\x03\x04 not quite a document", validators=False),
    }


def test_a_first_crawl_files_every_page_and_document_with_what_the_portal_says_of_it(
    tmp_path: Path, site: Site
) -> None:
    publish(site)
    portal = write_portal(tmp_path, site, expected={"minimum": 5, "maximum": 5}, site_id_code="9912345678")
    first = crawl(tmp_path / "archive", [portal])

    assert first.exit_code == 0, first.report
    assert first.portal()["problems"] == []
    counts = {key: first.portal()[key] for key in ("listed", "listing_pages", "fetched", "new", "documents")}
    assert counts == {"listed": 4, "listing_pages": 2, "fetched": 9, "new": 7, "documents": 5}
    assert sorted(site.paths()) == sorted(set(site.paths())), "an address was asked for twice"
    assert set(first.outcomes().values()) == {"captured"}
    assert sorted(first.report["recorded"]) == sorted(capture.url for capture in first.captures)

    file = first.one(FILES[0])
    assert (file.role, file.title, file.link_text) == ("attachment", "甲局2025年部门预算公开", "甲局预算.pdf")
    assert (file.published_on, file.index_number) == (dt.date(2025, 2, 9), "005252717/2025-00007")
    assert (file.parent_url, file.media_type_detected) == (
        f"{site.url}{COLUMN}202502/t20250214_1001.html",
        "application/pdf",
    )
    assert file.payload_sha256 is not None
    assert Archive.open(str(tmp_path / "archive")).original(file.payload_sha256) == pdf("甲局").body
    assert file.received_at is not None
    assert file.requested_at <= file.received_at
    assert (file.remote_address, file.http_status, file.previous_sha256) == ("127.0.0.1", 200, None)
    direct = first.one(f"{COLUMN}202405/P020240526403217891002.pdf")
    assert (direct.role, direct.title, direct.published_on) == (
        "attachment",
        "丁局2024年部门预算",
        dt.date(2024, 5, 26),
    )


def test_an_unchanged_portal_is_asked_and_nothing_is_downloaded_a_changed_one_gives_versions(
    tmp_path: Path, site: Site
) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site)
    first = crawl(root, [portal])
    held = originals(root)

    for _ in range(2):  # twice: what a 304 leaves must be enough for the next one
        site.forget()
        again = crawl(root, [portal])
        assert site.paths(bodies=True) == [FILES[2]], "only the file without validators may be sent again"
        assert len(site.paths()) == 9
        counts = {key: again.portal()[key] for key in ("listed", "new", "changed", "unchanged", "not_modified")}
        assert counts == {"listed": 4, "new": 0, "changed": 0, "unchanged": 1, "not_modified": 6}
        assert again.exit_code == 0
        assert originals(root) == held
        known = first.one(FILES[0])
        seen = again.one(FILES[0])
        assert (seen.outcome, seen.http_status) == ("not_modified", 304)
        assert (seen.payload_sha256, seen.title, seen.index_number) == (
            known.payload_sha256,
            known.title,
            known.index_number,
        )

    site.pages[FILES[0]] = pdf("甲局，更正")
    del site.pages[FILES[1]]
    changed = crawl(root, [portal])
    version = changed.one(FILES[0])
    assert (version.outcome, version.previous_sha256) == ("captured", first.one(FILES[0]).payload_sha256)
    assert changed.one(FILES[1]).outcome == "gone"
    assert changed.portal()["changed"] == 1
    assert changed.portal()["failures"] == {"gone": 1}
    assert changed.exit_code == 1
    assert len(Archive.open(str(root)).versions(f"{site.url}{FILES[0]}")) == 2


def test_a_page_the_archive_lost_is_fetched_again(tmp_path: Path, site: Site) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site)
    first = crawl(root, [portal])
    lost = first.one(f"{COLUMN}index.html").payload_sha256
    assert lost is not None
    (root / "raw" / "sha256" / lost[:2] / lost).chmod(0o644)
    (root / "raw" / "sha256" / lost[:2] / lost).unlink()
    again = crawl(root, [portal])
    assert "archive_damaged" in again.problems()
    assert lost in originals(root)
    assert again.portal()["listed"] == 4


def test_a_limit_caps_the_files_and_a_dry_run_stores_nothing(tmp_path: Path, site: Site) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site)
    dry = crawl(root, [portal], dry_run=True)
    assert [planned["role"] for planned in dry.portal()["planned"]] == ["article", "article", "article", "attachment"]
    assert set(site.paths()) == {f"{COLUMN}index.html", f"{COLUMN}index_1.html"}
    assert dry.captures == []
    assert not list(root.rglob("*.json"))
    limited = crawl(root, [portal], limit=1)
    assert limited.portal()["limit_reached"] is True
    files = [path for path in limited.outcomes() if path in FILES or path.endswith("002.pdf")]
    assert files == [FILES[0]]


def test_no_archive_call_runs_on_the_thread_of_the_event_loop(tmp_path: Path, site: Site) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site)
    crawl(root, [portal])
    again = crawl(root, [portal], watch=True)
    calls = [tuple(call) for call in again.report["calls"]]
    assert {name for name, _ in calls} == {"keep_original", "original", "record", "latest_by_url"}
    assert not [name for name, on_loop in calls if on_loop]


def test_a_killed_crawl_and_its_resumption_hold_what_one_whole_crawl_holds(tmp_path: Path, site: Site) -> None:
    publish(site)
    portal = write_portal(tmp_path, site)
    whole = crawl(tmp_path / "whole", [portal])
    for kill_after in (2, 5, 8):
        root = tmp_path / f"killed{kill_after}"
        site.forget()
        with site.holding(after=1 + kill_after):  # robots.txt is the one more
            running = start_crawl(root, [portal])
            until(lambda wanted=kill_after: len(site.paths()) > wanted)  # type: ignore[misc]
            running.kill()
        resumed = crawl(root, [portal])
        assert originals(root) == originals(tmp_path / "whole")
        assert resumed.exit_code == 0
        assert {capture.url for capture in resumed.captures} == {capture.url for capture in whole.captures}


@pytest.mark.parametrize("presses", [1, 2])
def test_an_interrupted_crawl_records_what_it_received_and_says_so(tmp_path: Path, site: Site, presses: int) -> None:
    publish(site)
    second, asked, answered = site.pages[f"{COLUMN}index_1.html"], threading.Event(), threading.Event()

    def held(_headers: dict[str, str]) -> Reply:
        asked.set()
        answered.wait()
        assert isinstance(second, Reply)
        return second

    site.pages[f"{COLUMN}index_1.html"] = held
    root = tmp_path / "archive"
    running = start_crawl(root, [write_portal(tmp_path, site)])
    until(asked.is_set)
    for press in range(presses):
        running.signal(signal.SIGINT)
        until(lambda press=press: running.noticed() > press)  # type: ignore[misc]
    if presses == 1:  # what is under way is waited for; the second press gives it up
        answered.set()
    report = running.finish()
    answered.set()
    assert (report["interrupted"], report["exit_code"]) == (True, 130), running.errors
    captured = {capture.url for capture in Archive.open(str(root)).captures()}
    assert {f"{site.url}{COLUMN}index.html", f"{site.url}{COLUMN}202502/t20250214_1001.html"} <= captured
    assert (f"{site.url}{COLUMN}index_1.html" in captured) == (presses == 1)
    assert f"{COLUMN}202302/t20230221_1003.html" not in site.paths(), "the crawl went on"
    [stored] = Archive.open(str(root)).run_reports()
    assert stored["interrupted"] is True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_a_crawl_during_a_pause(tmp_path: Path, site: Site, number: int) -> None:
    publish(site)
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 119\n", media_type="text/plain")
    root = tmp_path / "archive"
    running = start_crawl(root, [write_portal(tmp_path, site)])
    until(lambda: bool(site.log))
    time.sleep(1)  # until the column waits for its turn, for two minutes
    began = time.monotonic()
    running.signal(number)
    report = running.finish()
    assert time.monotonic() - began < 100
    assert (report["interrupted"], report["exit_code"]) == (True, 130), running.errors
    assert "before this request had its turn" not in json.dumps(report), "what was not asked for has not failed"
    assert site.paths() == []


@pytest.mark.parametrize("port", ["99999", "65536", "0x50", "-1"])
def test_a_link_to_a_port_there_is_not_is_reported(tmp_path: Path, site: Site, port: str) -> None:
    wrong = f"http://127.0.0.1:{port}/a.html"
    site.pages[f"{COLUMN}index.html"] = listing([row(wrong, "甲局2025年部门预算"), row(IN_HTML, "乙局2024年部门预算")])
    site.pages[COLUMN + IN_HTML.removeprefix("./")] = article("乙局2024年部门预算公开")
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    assert [(problem["kind"], wrong in problem["message"]) for problem in crawled.portal()["problems"]] == [
        ("bad_address", True)
    ]
    assert crawled.exit_code == 1


def test_a_column_that_moved_is_followed_and_its_pages_lie_beside_its_new_place(tmp_path: Path, site: Site) -> None:
    packed = gzip.compress(article("甲局2025年预算公开", [("./P1.pdf", "预算.pdf")]).body)
    site.pages |= {
        f"{COLUMN}index.html": Reply(b"<meta http-equiv='Refresh' content='0; url=./bumen/'>"),
        f"{COLUMN}bumen/": Reply(status=301, headers=(("Location", "/new/"),)),
        "/new/": listing([row("a.html", "甲局2025年预算")], "createPageHTML(2, 0, 'index', 'html')"),
        "/new/index_1.html": listing([row("b.html", "乙局2025年预算")]),
        "/new/a.html": Reply(packed, headers=(("Content-Encoding", "gzip"),)),  # which nobody asked for
        "/new/b.html": article("乙局2025年预算公开"),
        "/new/P1.pdf": pdf("甲局"),
    }
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    assert crawled.exit_code == 0, crawled.report
    assert crawled.one(f"{COLUMN}index.html").outcome == "captured", "what leads on is evidence of its own"
    assert crawled.one(f"{COLUMN}bumen/").final_url == f"{site.url}/new/"
    assert set(crawled.outcomes()) >= {"/new/index_1.html", "/new/b.html", "/new/P1.pdf"}


def test_portals_on_one_host_are_crawled_one_after_the_other(tmp_path: Path, site: Site) -> None:
    portals = []
    for name in ("one", "two"):
        site.pages[f"/{name}/"] = listing(row(f"{n}.html", f"{name}{n}局预算") for n in range(3))
        site.pages |= {f"/{name}/{n}.html": article(f"{name}{n}局2025年预算公开") for n in range(3)}
        portals.append(write_portal(tmp_path, f"{site.url}/{name}/", name))
    crawled = crawl(tmp_path / "archive", portals)
    assert crawled.exit_code == 0
    assert [path.split("/")[1] for path in site.paths()] == ["one"] * 4 + ["two"] * 4
    assert crawled.report["crawlers_held"] == 0, "a crawler outlives its portal, and thousands of them fit no memory"


def test_an_archive_that_cannot_be_written_stops_the_crawl_and_says_so(tmp_path: Path, site: Site) -> None:
    publish(site)
    root, portal = tmp_path / "archive", write_portal(tmp_path, site)
    Archive.open(str(root)).keep_original(b"something")
    for folder in (root / "raw" / "sha256").iterdir():
        shutil.rmtree(folder)
    (root / "raw" / "sha256").rmdir()
    (root / "raw" / "sha256").write_text("not a directory")
    crawled = crawl(root, [portal])
    assert crawled.exit_code == ExitCode.ARCHIVE_FAILED
    assert "archive_failed" in crawled.problems()
    assert len(site.paths()) < 9, "the crawl went on although nothing could be kept"


def test_a_process_crawls_once(tmp_path: Path, site: Site) -> None:
    publish(site)
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)], twice=True)
    assert "A process can crawl once" in crawled.report["second"]
