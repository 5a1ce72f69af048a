"""Text is read where a listing or data was asked for, and pages only elsewhere."""

from __future__ import annotations

import pytest

from gongkai.archive import Role
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.spider.reading import is_page, requests_of


@pytest.mark.parametrize(
    ("body", "role", "step", "is_read"),
    [
        (b"<html><p>1</p></html>", Role.ARTICLE, "", True),
        (b'{"rows": []}', Role.LISTING, "", True),
        (b'{"files": []}', Role.ARTICLE, "files", True),
        (b'{"files": []}', Role.ARTICLE, "", False),
        (b"%PDF-1.4", Role.LISTING, "", False),
    ],
)
def test_what_is_read(body: bytes, role: Role, step: str, *, is_read: bool) -> None:
    assert is_page(body, Lead(url="http://a.cn/", role=role, step=step)) is is_read


def test_an_address_that_was_asked_for_gives_no_request() -> None:
    assert requests_of([None, None]) == []
