"""Rows are told from menus, pagers and footers."""

from __future__ import annotations

import datetime as dt

from gongkai.crawler.pages.listing import rows
from gongkai.crawler.pages.page import Page

BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


def test_rows_are_what_has_a_link_and_a_date() -> None:
    listed = rows(
        page(
            """<ul><li><a href="/">首页</a></li><li><a href="index_1.html">2</a></li></ul>
            <table><tr><td><a href="../lm/">[分类]</a> <a href="t1.html" title="完整的标题">完整的…</a></td>
            <td>2025年2月4日</td></tr></table>
            <dl><dd><a href="t2.html">带日期的链接 <span>2025/02/05</span></a></dd></dl>
            <li><a href="javascript:void(0)" onclick="jumpToDetail('./t3.html')">脚本链接</a>[2025-2-6]</li>
            <li><a href="t4.html">没有日期</a></li><li><a href="t5.html">不是日期</a>2025-13-40</li>
            <li><a href="t1.html">又一次</a>2025-02-09</li>"""
        )
    )
    folder = BASE.removesuffix("index.html")
    assert [(row.url.removeprefix(folder), row.title, row.published_on) for row in listed] == [
        ("t1.html", "完整的标题", dt.date(2025, 2, 4)),
        ("t2.html", "带日期的链接", dt.date(2025, 2, 5)),
        ("t3.html", "脚本链接", dt.date(2025, 2, 6)),
    ]


def test_a_selector_names_rows_without_dates() -> None:
    listed = rows(page("<div class=r><a href=a.html>甲局</a></div><div><a href=b.html>乙局</a></div>"), "div.r")
    assert [(row.title, row.published_on) for row in listed] == [("甲局", None)]
