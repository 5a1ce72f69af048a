"""jpage: rows in data stores, and answers of the proxy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families import jpage
from gongkai.crawler.pages.address import sent
from gongkai.crawler.pages.listing import Row
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


def test_the_lanzhou_pages_hold_their_rows_in_data_stores(recorded_page: Recorded) -> None:
    url = "https://www.lanzhou.gov.cn/col/col26065/index.html"
    [unit] = jpage.units(page(recorded_page("hanweb_jpage_0"), url))
    assert (unit.name, len(unit.rows), unit.total, unit.per_page) == ("91939", 9, 9, 9)
    assert unit.rows[0].url == "https://www.lanzhou.gov.cn/art/2026/3/20/art_26065_1688744.html"
    assert (unit.rows[0].published_on, set(unit.columns)) == (dt.date(2026, 3, 20), {"26065"})
    assert unit.proxy == "https://www.lanzhou.gov.cn/module/web/jpage/morecolumndataproxy.jsp"
    assert sent(jpage.group_address(unit, 2)).url.endswith("?startrecord=10&endrecord=18&perpage=9")
    assert dict(unit.fields)["webname"] == "兰州市人民政府"

    several = page(recorded_page("hanweb_jpage_1"), "https://yjj.lanzhou.gov.cn/col/col22901/index.html")
    assert [unit.name for unit in jpage.units(several)] == ["111869", "111870"]
    assert jpage.chosen_unit(several, "111869").total == 11
    assert jpage.chosen_unit(several, None).total == 15, "the only list that holds the column of the address"
    assert jpage.chosen_unit(several, None).rows[0].title == "中华人民共和国草原法"


@pytest.mark.parametrize("unit", [None, "5"])
def test_a_page_with_several_lists_and_no_sign_which_is_refused(unit: str | None) -> None:
    store = "<div id='{0}'><script type='text/xml'><datastore><recordset></recordset></datastore></script></div>"
    with pytest.raises(ListingNotUnderstoodError, match="'1', '2'"):
        jpage.chosen_unit(page(store.format(1) + store.format(2)), unit)
    with pytest.raises(ListingNotUnderstoodError, match="no <datastore>"):
        jpage.chosen_unit(page("<p>跳转</p>"), unit)


def test_an_answer_of_the_proxy_is_read_with_its_counts() -> None:
    answer = """<?xml version='1.0' encoding='utf-8'?><datastore>
        <totalrecord>6163</totalrecord><totalpage>309</totalpage>
        <nextgroup><![CDATA[<a href="./dataproxy.jsp?page=5&amp;unitid=1"></a>]]></nextgroup><recordset>
        <record><![CDATA[<tr><td>
        <a href="../art/2025/2/28/art_1_2.html" title='<li style=<br/>甲局2025年预算'>甲局…</a></td>
        <td>2025-02-28</td></tr>]]></record></recordset></datastore>"""
    found = jpage.records(
        page(answer, "http://a.gov.cn/module/web/jpage/dataproxy.jsp"), "http://a.gov.cn/col/col1/x.html"
    )
    assert (found.total, found.pages) == (6163, 309)
    assert found.rows == (
        Row("http://a.gov.cn/col/art/2025/2/28/art_1_2.html", "甲局2025年预算", dt.date(2025, 2, 28)),
    )
    for empty in ("", "<html>出错</html>", '{"a": 1}'):
        with pytest.raises(ListingNotUnderstoodError):
            jpage.records(page(empty), BASE)
