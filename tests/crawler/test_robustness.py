"""Kills, failing stores, full disks, hosts under strain, names that lie: nothing is lost, nobody is hurt."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import Archive, verify
from gongkai.crawler.report.counts import ExitCode
from tests.archive.conftest import FaultProxy
from tests.crawler.crawling import crawl, originals, start_crawl, write_portal
from tests.crawler.site import COLUMN, Page, Reply, Site, article, listing, pdf, row, until
from tests.s3_servers import S3Server

LISTING = f"{COLUMN}index.html"
Answer = Callable[[dict[str, str]], Reply]


def publish(site: Site, count: int = 12) -> None:
    """Articles with a file each, on one listing page."""
    site.pages[LISTING] = listing(row(f"{n}.html", f"{n}局2026年预算") for n in range(count))
    for n in range(count):
        site.pages[f"{COLUMN}{n}.html"] = article(f"{n}局2026年预算", [(f"{n}.pdf", "预算.pdf")])
        site.pages[f"{COLUMN}{n}.pdf"] = pdf(str(n), 20_000)


def held(root: Path | str) -> dict[str, str | None]:
    """What the archive holds for each address."""
    archive = Archive.open(str(root))
    return {url: capture.payload_sha256 for url, capture in archive.latest_by_url("test").items()}


@pytest.mark.slow
def test_killed_again_and_again_the_archive_is_that_of_one_whole_crawl(tmp_path: Path, site: Site) -> None:
    publish(site)
    portal = write_portal(tmp_path, site)
    crawl(tmp_path / "whole", [portal])
    root, chance, requests = tmp_path / "killed", random.Random(20260310), len(site.log)
    for _ in range(8):
        site.forget()
        wanted = chance.randrange(1, requests)
        with site.holding(after=wanted):  # one answer at least is missing, so that the crawl cannot end before its kill
            running = start_crawl(root, [portal])
            until(lambda wanted=wanted: len(site.log) >= wanted)  # type: ignore[misc]
            time.sleep(chance.random() / 20)  # anywhere between two requests
            running.kill()
        for sha256, _ in Archive.open(str(root)).originals():
            Archive.open(str(root)).original(sha256)
    assert crawl(root, [portal]).exit_code == 0
    assert held(root) == held(tmp_path / "whole")
    assert originals(root) == originals(tmp_path / "whole")


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("method", "number"),
    [("keep_original", 1), ("keep_original", 9), ("record", 1), ("write_run_report", 1), ("write_run_page", 1)],
)
def test_killed_at_each_step_of_filing_the_next_crawl_completes_the_archive(
    tmp_path: Path, site: Site, method: str, number: int, moment: str
) -> None:
    publish(site, 4)
    portal = write_portal(tmp_path, site)
    crawl(tmp_path / "whole", [portal])
    root = tmp_path / "killed"
    start_crawl(root, [portal], dies_at=(method, number, moment)).died()
    assert list(verify(Archive.open(str(root)))) == []
    assert crawl(root, [portal]).exit_code == 0
    assert held(root) == held(tmp_path / "whole")
    assert originals(root) == originals(tmp_path / "whole")


@pytest.fixture
def store_proxy(s3_server: S3Server) -> Iterator[FaultProxy]:
    """A proxy in front of the S3 server, faultless until told otherwise."""
    server = FaultProxy(s3_server.endpoint)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["500", "reset", *(pytest.param(name, marks=pytest.mark.slow) for name in ("503", "hang"))])
def fault(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def environment(s3_server: S3Server, store_proxy: FaultProxy, fault: str) -> dict[str, str]:
    """Settings under which a crawl reaches the S3 server through the proxy, and soon gives up."""
    endpoint = f"http://{store_proxy.endpoint}"
    patience = {"GONGKAI_S3_ATTEMPTS": "3", "GONGKAI_S3_TIMEOUT": "1" if fault == "hang" else "300"}
    return {**s3_server.environment(), "GONGKAI_S3_ENDPOINT": endpoint, **patience}


@pytest.fixture
def failing(fault: str, store_proxy: FaultProxy) -> Callable[[Reply, int], Answer]:
    """A page that, when it is asked for, lets so many requests to the store meet a fault."""

    def made(reply: Reply, times: int) -> Answer:
        def answer(_headers: dict[str, str]) -> Reply:
            store_proxy.fail(fault, times)
            return reply

        return answer

    return made


def test_a_store_that_fails_for_a_while_loses_nothing(
    tmp_path: Path, site: Site, s3_root: str, environment: dict[str, str], failing: Callable[[Reply, int], Answer]
) -> None:
    publish(site, 4)
    portal = write_portal(tmp_path, site)
    crawl(tmp_path / "whole", [portal])

    first = site.pages[f"{COLUMN}0.pdf"]
    assert isinstance(first, Reply)

    site.pages[f"{COLUMN}0.pdf"] = failing(first, 2)
    mended = crawl_s3(s3_root, portal, environment)
    assert mended["exit_code"] == 0, mended["portals"]
    assert held(s3_root) == held(tmp_path / "whole")

    lasting = f"{s3_root}-lasting"
    site.pages[f"{COLUMN}0.pdf"] = failing(first, 10_000)
    failed = crawl_s3(lasting, portal, environment)
    assert failed["exit_code"] == ExitCode.ARCHIVE_FAILED
    assert "archive_failed" in {problem["kind"] for problem in failed["portals"][0]["problems"]}
    site.pages[f"{COLUMN}0.pdf"] = first
    failing(first, 0)({})
    resumed = crawl_s3(lasting, portal, environment)
    assert resumed["exit_code"] == 0
    assert held(lasting) == held(tmp_path / "whole")


def crawl_s3(root: str, portal: Path, environment: dict[str, str]) -> dict[str, Any]:
    running = start_crawl(root, [portal], environment=environment)
    report = running.finish()
    assert report, running.errors
    return report


def test_a_full_disk_stops_the_crawl_by_name_and_the_next_one_completes_it(tmp_path: Path, site: Site) -> None:
    publish(site, 4)
    site.pages[f"{COLUMN}2.pdf"] = pdf("large", 300_000)
    portal = write_portal(tmp_path, site)
    crawl(tmp_path / "whole", [portal])
    full = crawl(tmp_path / "archive", [portal], file_bytes=200_000)
    assert full.exit_code == ExitCode.ARCHIVE_FAILED
    assert "free space" in str(full.portal()["problems"])
    assert crawl(tmp_path / "archive", [portal]).exit_code == 0
    assert held(tmp_path / "archive") == held(tmp_path / "whole")


@pytest.mark.parametrize("status", [429, 503])
def test_a_storm_of_refusals_slows_the_host_more_and_more(tmp_path: Path, site: Site, status: int) -> None:
    """The site keeps the time: the second pause must be twice the first, though nobody said how long."""
    moments: list[float] = []

    def answer(_headers: dict[str, str]) -> Reply:
        moments.append(time.monotonic())
        return Reply(b"busy", status=status) if len(moments) < 3 else pdf("at last")

    site.pages |= {LISTING: listing([row("a.pdf", "甲局")]), f"{COLUMN}a.pdf": answer}
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    assert crawled.one(f"{COLUMN}a.pdf").outcome == "captured"
    pauses = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert [pause >= least for pause, least in zip(pauses, (0.95, 1.9), strict=True)] == [True, True], pauses


def test_a_name_that_turns_private_after_its_check_is_not_followed(tmp_path: Path, site: Site) -> None:
    name = "rebound.example.cn"
    site.pages |= {
        LISTING: listing([row(f"http://{name}:{site.port}/x.pdf", "甲局"), row("b.pdf", "乙局")]),
        "/x.pdf": pdf("inside"),
        f"{COLUMN}b.pdf": Reply(status=302, headers=(("Location", f"http://{name}:{site.port}/x.pdf"),)),
    }
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)], rebinding=name)
    assert crawled.outcomes() == {LISTING: "captured", "/x.pdf": "unsafe_address", f"{COLUMN}b.pdf": "unsafe_address"}
    assert "/x.pdf" not in site.paths()
    assert all(asked.headers["host"].startswith("127.0.0.1") for asked in site.log), "even its robots.txt was asked for"


def test_the_answers_that_led_elsewhere_are_kept_with_their_heads(tmp_path: Path, site: Site) -> None:
    cookie = (("Location", "b.pdf"), ("Set-Cookie", "id=1; Path=/"))
    site.pages |= {
        LISTING: listing([row("a.pdf", "甲局")]),
        f"{COLUMN}a.pdf": Reply(status=301, headers=cookie),
        f"{COLUMN}b.pdf": Reply(status=302, headers=(("Location", f"{site.url}{COLUMN}c.pdf"),)),
        f"{COLUMN}c.pdf": pdf("c"),
    }
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    capture = crawled.one(f"{COLUMN}a.pdf")
    assert capture.http_status == 200
    assert [(hop.url, hop.http_status) for hop in capture.redirects] == [
        (f"{site.url}{COLUMN}a.pdf", 301),
        (f"{site.url}{COLUMN}b.pdf", 302),
    ]
    assert ("Location", "b.pdf") in capture.redirects[0].headers
    assert capture.redirects[0].requested_at <= capture.redirects[1].requested_at <= capture.requested_at
    assert crawled.one(LISTING).redirects == ()


def test_cookies_stay_with_their_portal(tmp_path: Path, new_site: Callable[..., Site]) -> None:
    """Two portals on one host, which cookies are not told apart by."""
    sites = [new_site(), new_site()]
    portals = []
    for number, site in enumerate(sites):
        cookie = (("Set-Cookie", f"SERVERID=portal{number}; Path=/"),)
        page = listing([row("a.pdf", "甲局")])
        site.pages |= {LISTING: Reply(page.body, headers=cookie), f"{COLUMN}a.pdf": pdf("a")}
        portals.append(write_portal(tmp_path, site, f"portal{number}"))
    crawl(tmp_path / "archive", portals)
    sent = [[asked.headers.get("cookie") for asked in site.log if asked.path.endswith("a.pdf")] for site in sites]
    assert sent == [["SERVERID=portal0"], ["SERVERID=portal1"]]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b'attachment; filename="../../../etc/passwd"', "passwd"),
        (b'attachment; filename="..\\..\\boot.ini"', "boot.ini"),
        (b"attachment; filename*=UTF-8''..%2F..%2Fx.pdf", "x.pdf"),
        (b'attachment; filename=".."', "a.pdf"),
        (b'attachment; filename="a\x1b[2J\x00b.pdf"', "a[2Jb.pdf"),
        ('attachment; filename="预算\u202efdp.exe"'.encode(), "预算fdp.exe"),
        ('attachment; filename="甲局预算.pdf"'.encode("gbk"), "甲局预算.pdf"),
        ('attachment; filename="甲局预算.pdf"'.encode(), "甲局预算.pdf"),
    ],
)
def test_a_file_name_is_a_label_and_never_a_path(tmp_path: Path, site: Site, disposition: bytes, name: str) -> None:
    header = (("Content-Disposition", disposition.decode("latin-1")),)
    site.pages |= {LISTING: listing([row("a.pdf", "甲局")]), f"{COLUMN}a.pdf": Reply(pdf("a").body, headers=header)}
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    assert crawled.one(f"{COLUMN}a.pdf").file_name == name


def test_the_pace_robots_txt_asks_for_is_kept(tmp_path: Path, new_site: Callable[..., Site]) -> None:
    """The site keeps the time.  A request may come late on a busy machine and leave less than the pause before the next
    one, so that it is all of them together that take long enough, from the answer that asked for the pace on."""
    rules = {"delay": b"User-agent: *\nCrawl-delay: 0.3\n", "rate": b"User-agent: *\nRequest-rate: 2/1\n"}
    moments: dict[str, list[float]] = {name: [] for name in rules}
    portals = []
    for name, text in rules.items():
        site = new_site()
        publish(site, 2)
        site.pages["/robots.txt"] = Reply(text, media_type="text/plain")
        for path, page in list(site.pages.items()):
            site.pages[path] = noting(page, lambda name=name: moments[name].append(time.monotonic()))  # type: ignore[misc]
        portals.append(write_portal(tmp_path, site, name))
    started = time.monotonic()
    crawled = crawl(tmp_path / "archive", portals)
    for name, pause in {"delay": 0.3, "rate": 0.5}.items():
        [host] = crawled.portal(name)["hosts"]
        assert host["robots"] == f"obeyed, {pause:g} s between requests"
        assert host["requests"] == len(moments[name]) == 6
        # the second request was taken up after the answer to the first, and four pauses follow it
        assert moments[name][-1] - moments[name][0] >= 4 * pause - 0.01
        assert 0 < host["shortest_pause"] <= (moments[name][-1] - started) / 5, "no pause is shorter than all of them"


def noting(page: Page, note: Callable[[], None]) -> Answer:
    """The page, with something done each time it is asked for and before it is answered."""
    assert isinstance(page, Reply)

    def answer(_headers: dict[str, str]) -> Reply:
        note()
        return page

    return answer


def test_portals_are_crawled_side_by_side_and_none_waits_for_a_slow_one(
    tmp_path: Path, new_site: Callable[..., Site]
) -> None:
    sites = [new_site(None, f"127.0.0.{number}") for number in range(2, 8)]
    everyone = threading.Barrier(len(sites), timeout=120)
    slow, *others = sites

    def all_are_asked() -> None:
        everyone.wait()

    def the_others_are_over() -> None:
        until(lambda: all(len(other.log) == 6 for other in others))

    for site in sites:
        publish(site, 2)
        site.pages["/robots.txt"] = noting(site.pages["/robots.txt"], all_are_asked)
    slow.pages[LISTING] = noting(slow.pages[LISTING], the_others_are_over)
    portals = [write_portal(tmp_path, site, f"p{n}", timeout_seconds=600) for n, site in enumerate(sites)]
    crawled = crawl(tmp_path / "archive", portals)
    assert crawled.exit_code == 0, crawled.report
    assert not everyone.broken, "a portal waited for another one to be over"
