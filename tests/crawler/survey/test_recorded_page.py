"""A page is an article where it says so itself."""

from __future__ import annotations

import pytest

from gongkai.archive import Role
from gongkai.crawler.survey.recorded_page import RecordedPage


@pytest.mark.parametrize(
    ("head", "asked", "role"),
    [
        ("", Role.LISTING, Role.LISTING),
        ("", Role.ARTICLE, Role.ARTICLE),
        ("<meta name=ArticleTitle content=甲局预算>", Role.LISTING, Role.ARTICLE),
    ],
)
def test_the_role_is_what_was_asked_for_or_what_the_page_says(head: str, asked: Role, role: Role) -> None:
    body = f"<html><head><title>预算</title>{head}</head></html>".encode("gbk")
    recorded = RecordedPage.received("http://a.cn/", body, "text/html; charset=gbk", role=asked)
    assert recorded.role is role
    assert (recorded.page.title, recorded.page.url) == ("预算", "http://a.cn/")
