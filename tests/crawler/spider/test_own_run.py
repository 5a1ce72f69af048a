"""Scrapy's own commands do what a Scrapy user expects of them, or say in one sentence why not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from gongkai.archive import Archive
from gongkai.crawler.spider.given_settings import of_project
from gongkai.crawler.spider.own_run import DEFAULT_ROOT, NotBegunError, begin
from gongkai.crawler.spider.trs import TrsSpider
from gongkai.session import DEFAULT_ROOT as OF_THE_COMMAND_LINE
from tests.crawler.crawling import write_portal
from tests.crawler.site import COLUMN, Site
from tests.crawler.spider.scrapy_commands import fill, scrapy

STATS = "STATS_CLASS=scrapy.statscollectors.MemoryStatsCollector"


def test_a_crawl_files_everything_and_its_report_and_exports_the_captures(tmp_path: Path, site: Site) -> None:
    fill(site)
    portal, root = write_portal(tmp_path, site), tmp_path / "archive"
    done = scrapy(
        tmp_path, "crawl", "trs", "-a", f"portal={portal}", "-a", f"root={root}", "-O", "captures.jsonl", "-a", "_job=7"
    )
    assert (done.returncode, done.stderr) == (0, "")
    archive = Archive.open(str(root))
    [report] = archive.run_reports()
    assert (report["exit_code"], report["portals"][0]["new"], report["portals"][0]["limit_reached"]) == (0, 4, False)
    exported = [json.loads(line) for line in (tmp_path / "captures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["capture_id"] for line in exported} == {capture.capture_id for capture in archive.captures()}
    assert all(archive.original(line["payload_sha256"]) for line in exported)


def test_a_limit_holds_and_such_a_run_is_none_that_read_the_portal_whole(tmp_path: Path, site: Site) -> None:
    fill(site)
    portal = write_portal(tmp_path, site)
    scrapy(tmp_path, "crawl", "trs", "-a", f"portal={portal}", "-a", "limit=1")
    archive = Archive.open(str(tmp_path / DEFAULT_ROOT))
    [report] = archive.run_reports()
    assert report["portals"][0]["limit_reached"]
    assert [capture.role.value for capture in archive.captures()].count("attachment") == 1
    assert DEFAULT_ROOT == OF_THE_COMMAND_LINE


def test_a_spider_that_a_setting_closes_did_not_read_the_portal_whole(tmp_path: Path, site: Site) -> None:
    fill(site)
    portal = write_portal(tmp_path, site)
    scrapy(tmp_path, "crawl", "trs", "-a", f"portal={portal}", "-s", "CLOSESPIDER_ITEMCOUNT=1")
    [report] = Archive.open(str(tmp_path / DEFAULT_ROOT)).run_reports()
    assert report["portals"][0]["limit_reached"]


def test_statistics_are_kept_where_somebody_asks_for_them(tmp_path: Path, site: Site) -> None:
    fill(site)
    portal = write_portal(tmp_path, site)
    done = scrapy(tmp_path, "crawl", "trs", "-a", f"portal={portal}", "-s", STATS, "-L", "INFO")
    for figure in (
        "'item_scraped_count': 5",
        "'finish_reason': 'finished'",
        "'downloader/response_status_count/200': 6",
    ):
        assert figure in done.stderr
    assert "'gongkai/new': 4" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({}, "give -a portal=ID or -a portal=FILE.yaml"),
        ({"portal": "hebei/nowhere"}, "No portal file is named 'hebei/nowhere'"),
        ({"portal": "guangdong/foshan", "limt": "3"}, "takes no argument 'limt'; it takes portal, root, limit"),
        ({"portal": "guangdong/foshan", "limit": "few"}, "a number of documents above 0, not 'few'"),
        ({"portal": "shandong/linyi"}, "`scrapy crawl family -a portal=shandong/linyi`"),
        ({"portal": "guangdong/foshan", "DOWNLOAD_DELAY": "0.1"}, "the file of 'guangdong/foshan' asks for at least"),
        ({"portal": "guangdong/foshan", "ROBOTSTXT_OBEY": "False"}, "robots.txt is obeyed"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: dict[str, str],
    sentence: str,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = of_project()
    for name in [name for name in arguments if name.isupper()]:
        settings.set(name, arguments.pop(name), "cmdline")
    with pytest.raises(NotBegunError, match=re.escape(sentence)):
        begin(Crawler(TrsSpider, settings), arguments)
    [record] = caplog.records
    assert sentence in record.getMessage()
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    done = scrapy(tmp_path, "crawl", "trs")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert not (tmp_path / DEFAULT_ROOT).exists()


def test_parse_shows_what_a_page_gives_and_leaves_no_report(tmp_path: Path, site: Site) -> None:
    fill(site)
    portal, url = write_portal(tmp_path, site), f"{site.url}{COLUMN}index.html"
    done = scrapy(tmp_path, "parse", "--spider", "trs", "-a", f"portal={portal}", "--nocolour", url)
    assert done.returncode == 0
    for name in "ab":
        assert f"<GET {site.url}{COLUMN}{name}.html>" in done.stdout
    assert "'outcome': <Outcome.CAPTURED" in done.stdout
    assert not (tmp_path / DEFAULT_ROOT / "runs").exists()


def test_parse_that_files_a_page_leaves_a_report_that_does_not_count_as_a_crawl(tmp_path: Path, site: Site) -> None:
    fill(site)
    portal, url = write_portal(tmp_path, site), f"{site.url}{COLUMN}a.html"
    role = ["--cbkwargs", '{"role": "article"}']
    scrapy(tmp_path, "parse", "--spider", "trs", "-a", f"portal={portal}", "-o", "one.jsonl", *role, url)
    archive = Archive.open(str(tmp_path / DEFAULT_ROOT))
    assert [capture.role.value for capture in archive.captures()] == ["article"]
    [report] = archive.run_reports()
    assert report["portals"][0]["limit_reached"]


def test_shell_and_fetch_need_no_portal_and_keep_all_manners(tmp_path: Path, site: Site) -> None:
    fill(site)
    url, here = f"{site.url}{COLUMN}index.html", ["-s", "ALLOW_LOOPBACK=True"]
    refused = scrapy(tmp_path, "fetch", url)
    assert (site.log, len(refused.stderr.splitlines())) == ([], 1)
    assert "127.0.0.1 is a loopback address" in refused.stderr
    assert "部门预算公开栏目" in scrapy(tmp_path, "fetch", *here, url).stdout
    assert [asked.path for asked in site.log] == ["/robots.txt", f"{COLUMN}index.html"]
    assert scrapy(tmp_path, "shell", *here, url, "-c", "response.status").stdout.strip() == "200"
    of_no_portal = scrapy(tmp_path, "shell", "--spider", "trs", *here, url, "-c", "response")
    assert ("give -a portal=ID" in of_no_portal.stderr, "Traceback" in of_no_portal.stderr) == (True, False)


def test_a_spider_of_ones_own_runs_beside_ours(tmp_path: Path, site: Site) -> None:
    fill(site)
    spider = tmp_path / "own.py"
    spider.write_text(
        "import scrapy\n\n\nclass Own(scrapy.Spider):\n    name = 'own'\n"
        f"    start_urls = ['{site.url}{COLUMN}index.html']\n\n"
        "    def parse(self, response):\n        yield {'title': response.css('title::text').get()}\n",
        encoding="utf-8",
    )
    done = scrapy(tmp_path, "runspider", str(spider), "-s", "ALLOW_LOOPBACK=True", "-O", "items.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((tmp_path / "items.jsonl").read_text(encoding="utf-8")) == {"title": "部门预算公开栏目"}


def test_list_check_and_settings(tmp_path: Path) -> None:
    assert scrapy(tmp_path, "list").stdout.split() == ["family", "gkmlpt", "jpaas", "jpage", "trs"]
    checked = scrapy(tmp_path, "check")
    assert (checked.returncode, "OK" in checked.stderr) == (0, True)
    assert scrapy(tmp_path, "settings", "--get", "BOT_NAME").stdout.strip() == "gongkai"
