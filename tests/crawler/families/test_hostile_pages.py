"""Nothing that a page may hold stops its reading, by whatever family."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families import jpaas, jpage
from gongkai.crawler.families.static import StaticParameters, frame_of, next_page, static_rows
from gongkai.crawler.pages.address import sent
from gongkai.crawler.pages.article import hub_rows
from gongkai.crawler.pages.json_answers import read_json
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page, stub_target

BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"
ARTICLE = Lead(url=BASE, role=Role.ARTICLE)


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


SCRAPS = [
    *(
        "<ul>",
        "<li>",
        "<a href='t1.html'>",
        "</a>",
        "2025-02-09",
        "下一页",
        "1/3",
        "共9条",
        "<div rows='a' count='-1'>",
    ),
    *("<script>", "</script>", "var dataList = [{", '"title": "x", "url": "//["', "}]", "location.href='/x'", "/**/"),
    *(
        "<datastore>",
        "</datastore>",
        "<record><![CDATA[",
        "]]></record>",
        "<nextgroup><a href='?page=1'>",
        "$('#1').jpage({",
    ),
    *("<script queryData=\"{'tagId':'x','a':'['}\" url='http://['>", "perPage:0,", "totalRecord:5,", "<totalrecord>9"),
    *(
        '{"success": true, "data": ',
        '"<ul>',
        "[" * 30,
        "cb(",
        ")",
        "<iframe src='a.html'>",
        "<div class=TRS_Editor>",
        "\x00",
    ),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS), max_size=14).map("".join))
def test_nothing_a_page_may_hold_stops_its_reading(text: str) -> None:
    strange = page(text)
    next_page(strange, 1)
    static_rows(strange, StaticParameters())
    frame_of(strange)
    stub_target(strange)
    hub_rows(strange)
    jpaas.read_files(strange, ARTICLE, jpaas.JpaasParameters())
    with contextlib.suppress(ListingNotUnderstoodError):
        unit = jpage.chosen_unit(strange, None)
        assert sent(jpage.group_address(unit, 2)).method == "POST"
    with contextlib.suppress(ListingNotUnderstoodError):
        jpage.records(strange, BASE)
    with contextlib.suppress(ListingNotUnderstoodError):
        jpaas.unit_page(strange, BASE)
    with contextlib.suppress(ListingNotUnderstoodError):
        jpaas.chosen_units(strange, None)


def test_a_hostile_page_is_read_in_time_that_grows_with_its_size() -> None:
    for scrap in ("<record>", "/**/", "list", "共 ", "{'a':", "=" + "{" * 3, "<a>1</a>"):
        hostile = page(f"<script>{scrap * 30_000}</script>{scrap * 3000}")
        static_rows(hostile, StaticParameters())
        stub_target(hostile)
        next_page(hostile, 1)
        jpage.units(hostile)
    with pytest.raises(ListingNotUnderstoodError):
        read_json(page("[" * 100_000))
