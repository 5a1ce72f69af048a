"""Only a readable robots.txt, or none at all, is a permission."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from gongkai.archive import Outcome
from gongkai.crawler.wire.robots import Rules, read_rules

FORBIDDING = b"User-agent: gongkai\nDisallow: /private/\nCrawl-delay: 3\n"


def robots(body: bytes = b"", status: int = 200, challenge: str | None = None) -> Response:
    url = "http://a.cn/robots.txt"
    return Response(url, status=status, body=body, request=Request(url, meta={"challenge": challenge}))


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_published_nowhere_forbids_nothing(status: int) -> None:
    assert read_rules(robots(status=status), "gongkai") == Rules()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (robots(status=403), "status 403"),
        (robots(status=500), "status 500"),
        (robots(b"<html><body>404</body></html>"), "an HTML page"),
    ],
)
def test_anything_else_establishes_no_permission(answer: Response, why: str) -> None:
    rules = read_rules(answer, "gongkai")
    assert (rules.rules, rules.unreadable, rules.failure) == (None, why, None)


def test_a_readable_file_is_obeyed_with_its_pace() -> None:
    rules = read_rules(robots(FORBIDDING), "gongkai").rules
    assert rules is not None
    assert rules.can_fetch("http://a.cn/public/x", "gongkai")
    assert not rules.can_fetch("http://a.cn/private/x", "gongkai")
    assert rules.crawl_delay("gongkai") == 3


def test_an_antibot_page_in_its_place_is_told_apart() -> None:
    rules = read_rules(robots(b"<html></html>", challenge="an anti-bot page of C3VK"), "gongkai")
    assert (rules.failure, rules.unreadable) == (Outcome.CHALLENGED, "an anti-bot page of C3VK")
