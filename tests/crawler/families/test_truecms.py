"""TrueCMS: the datastore behind a column's page, record by record."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.truecms import TruecmsParameters, read_listing
from gongkai.crawler.pages.address import query_of
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

COLUMN = Lead(url="http://www.example.gov.cn/czj/yjs.html", role=Role.LISTING)
NUMBER = "0a1b2c3d-0000-4000-8000-0123456789ab"
PAGE = f"<script>jpage({{columnId:'{NUMBER}', proxyUrl:'/cms/messageController/getMessage.do'}})</script>"
RECORD = "<record><![CDATA[<a href='/a{0}.html'>甲局第{0}号预算</a>2026-02-01]]></record>"


def answer(*numbers: int) -> str:
    records = "".join(RECORD.format(number) for number in numbers)
    return f"cb({json.dumps({'result': f'<datastore><totalrecord>31</totalrecord>{records}</datastore>'})})"


def test_the_page_says_which_column_to_ask_where() -> None:
    [lead] = read_listing(Page(PAGE, COLUMN.url), COLUMN, TruecmsParameters(page_size=10)).columns
    assert urlsplit(lead.url).path == "/cms/messageController/getMessage.do"
    asked = query_of(lead.url)
    assert (asked["columnId"], asked["startrecord"], asked["endrecord"], lead.referer) == (
        NUMBER,
        "1",
        "10",
        COLUMN.url,
    )
    with pytest.raises(ListingNotUnderstoodError, match="parameter 'column'"):
        read_listing(Page("<html></html>", COLUMN.url), COLUMN, TruecmsParameters())


def test_records_are_rows_and_the_next_ones_follow_until_none_come() -> None:
    [lead] = read_listing(Page(PAGE, COLUMN.url), COLUMN, TruecmsParameters(page_size=2)).columns
    listed = read_listing(Page(answer(1, 2), lead.url), lead, TruecmsParameters())
    assert ([row.title for row in listed.rows], listed.total) == (["甲局第1号预算", "甲局第2号预算"], 31)
    [following] = listed.next_pages
    assert (query_of(following.url)["startrecord"], query_of(following.url)["endrecord"]) == ("3", "4")
    assert following.referer == COLUMN.url
    last = read_listing(Page(answer(), following.url), following, TruecmsParameters())
    assert (last.rows, last.next_pages, last.may_be_empty) == ((), (), True)
