"""gkmlpt: the tree of columns on recorded index pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongkai.archive import Role
from gongkai.crawler.families import (
    gkmlpt,
)
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import attachments
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
SITE = "https://www.example.gov.cn"


def page(text: str | bytes, url: str = f"{SITE}/x.html") -> Page:
    return Page.from_bytes(text if isinstance(text, bytes) else text.encode(), url)


def listing(url: str, number: int = 1, **facts: Any) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number, **facts)


@pytest.mark.parametrize(
    ("beginning", "address", "column", "api"),
    [
        (
            "gkmlpt_0",
            "https://www.foshan.gov.cn/fsxfj/gkmlpt/index",
            1573,
            "fsxfj/gkmlpt/api/all/1573?page=1&sid=757048",
        ),
        ("gkmlpt_1", "http://fsga.foshan.gov.cn/gkmlpt/index", None, "?page=1&sid=757010"),
        ("gkmlpt_2", "http://fscz.foshan.gov.cn/gkmlpt/index", 257, "/gkmlpt/api/all/257?page=1&sid=757020"),
        ("gkmlpt_3", "http://jtys.foshan.gov.cn/gkmlpt/index", None, "?page=1&sid=757039"),
        ("gkmlpt_4", "http://fscom.foshan.gov.cn/gkmlpt/index", None, "?page=1&sid=757030"),
        ("gkmlpt_5", "https://wjj.foshan.gov.cn/gkmlpt/index", None, "?page=1&sid=757033"),
    ],
)
def test_the_budget_column_is_found_in_the_tree_of_each_foshan_site(
    recorded_page: Recorded, beginning: str, address: str, column: int | None, api: str
) -> None:
    found = gkmlpt.read_listing(page(recorded_page(beginning), address), listing(address), gkmlpt.GkmlptParameters())
    first = found.columns[0]
    assert first.url.endswith(api)
    assert first.url.startswith(address.removesuffix("index"))
    assert column is None or f"/all/{column}?" in first.url
    assert not found.rows


def test_the_heading_of_attachments_that_a_script_hides_is_no_attachment(recorded_page: Recorded) -> None:
    article = page(recorded_page("ucap_0"), "https://www.dg.gov.cn/x/y.html")
    assert "附件：" in article.visible_text
    assert list(attachments(article)) == []
