"""A first look at a portal: which pages it takes, and how it ends where there is nothing to look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.crawler.pages.page import Page
from gongkai.crawler.survey.first_look import lists_budgets
from tests.crawler import survey_process
from tests.crawler.crawling import PATIENCE_SECONDS, PROCESSES
from tests.crawler.site import Reply, Site, article, listing, pdf, row

HOME = f"<html><title>首页</title><p>{'欢迎' * 60}</p><a href='/czxx/yjs/'>部门预决算</a><a href='/cz/'>财政信息</a>"
ROWS = [row("./a1.html", "某市教育局2026年部门预算"), row("./a2.html", "某市民政局2026年部门预算")]
Look = Callable[[str], dict[str, Any]]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Look at an address in a process of its own, as a reactor starts only once."""

    def looked(url: str) -> dict[str, Any]:
        process = PROCESSES.Process(target=survey_process.main, args=(tmp_path, url))
        process.start()
        process.join(timeout=PATIENCE_SECONDS)
        assert process.exitcode == 0, (tmp_path / "errors").read_text(encoding="utf-8")
        return dict(json.loads((tmp_path / "seen.json").read_text(encoding="utf-8")))

    return looked


def test_home_page_column_and_article_are_taken_and_nothing_else(site: Site, look: Look) -> None:
    site.pages |= {"/": Reply(HOME.encode()), "/czxx/yjs/": listing(ROWS), "/czxx/yjs/a1.html": article("预算")}
    seen = look(f"{site.url}/")
    expected = [("/", "listing"), ("/czxx/yjs/", "listing"), ("/czxx/yjs/a1.html", "article")]
    assert seen["pages"] == [[site.url + path, role] for path, role in expected]
    assert site.paths() == [path for path, _ in expected]


def test_a_column_of_budgets_is_enough(site: Site, look: Look) -> None:
    site.pages |= {"/yjs/": listing([*ROWS, row("/cz/", "财政预决算")]), "/yjs/a1.html": article("预算")}
    assert look(f"{site.url}/yjs/")["pages"] == [
        [f"{site.url}/yjs/", "listing"],
        [f"{site.url}/yjs/a1.html", "article"],
    ]


def test_a_stub_is_looked_behind_and_other_hosts_are_not_asked(site: Site, look: Look) -> None:
    site.pages |= {
        "/": Reply(b"<meta http-equiv='Refresh' content='0; url=./yjs/'>"),
        "/yjs/": listing([row("http://127.0.0.2:1/a1.html", "某市教育局2026年部门预算")]),
    }
    assert [url for url, _ in look(f"{site.url}/")["pages"]] == [f"{site.url}/", f"{site.url}/yjs/"]


def test_what_lies_behind_the_page_may_fail(site: Site, look: Look) -> None:
    site.pages["/"] = Reply(HOME.encode())
    assert look(f"{site.url}/")["pages"] == [[f"{site.url}/", "listing"]]


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        (Reply(b"<html></html>", status=412), "an anti-bot page of 瑞数"),
        (Reply(b"", status=404), "status 404"),
        (Reply("<html><h1>页面不存在</h1></html>".encode()), "nothing is there"),
        (pdf("预算"), "a file was served"),
        (Reply(b'{"data": []}', media_type="application/json"), "it is no HTML page"),
        (Reply(status=302, headers=(("Location", "file:///etc/passwd"),)), "file:///etc/passwd"),
    ],
    ids=["challenge", "missing", "soft 404", "file", "data", "redirect"],
)
def test_a_page_that_cannot_be_had_is_an_error_with_its_reason(
    site: Site, look: Look, page: Reply, complaint: str
) -> None:
    site.pages["/"] = page
    [[kind, message]] = look(f"{site.url}/")["error"]
    assert kind == "PageUnavailableError"
    assert complaint in message
    assert message.startswith("Nothing can be proposed: ")
    assert message.count(". ") == 0


def test_robots_txt_is_obeyed(site: Site, look: Look) -> None:
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /\n", media_type="text/plain")
    [[_, message]] = look(f"{site.url}/")["error"]
    assert "robots.txt forbids" in message
    assert site.paths() == []


def test_an_unreachable_host_is_named(look: Look) -> None:
    [[kind, message]] = look("http://127.0.0.1:9/")["error"]
    assert kind == "PageUnavailableError"
    assert "127.0.0.1:9" in message


@pytest.mark.parametrize(
    ("rows", "column", "is_one"),
    [
        (["2026年部门预算", "2025年部门决算", "通知"], "", True),
        (["2026年部门预算", "通知", "公告"], "", False),
        (["通知", "公告"], "部门预决算", True),
        ([], "首页", False),
    ],
)
def test_a_column_of_budgets_is_told_by_its_name_or_its_rows(rows: list[str], column: str, *, is_one: bool) -> None:
    body = "".join(row(f"/{number}.html", title) for number, title in enumerate(rows))
    page = Page.from_bytes(f'<meta name="ColumnName" content="{column}"><ul>{body}</ul>'.encode(), "http://x.gov.cn/")
    assert lists_budgets(page) is is_one
