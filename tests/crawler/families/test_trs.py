"""TRS columns: rows and pagers of recorded pages, and every noted variant of a pager.

The expectations about recorded pages were read off the pages in a browser's source view.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from gongkai.crawler.errors import PagerNotUnderstoodError
from gongkai.crawler.families.trs import Pager, pager
from gongkai.crawler.pages.article import article_facts
from gongkai.crawler.pages.listing import rows
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


def test_the_changsha_column_has_fifteen_dated_rows_and_a_second_page_index_1(recorded_page: Recorded) -> None:
    column = page(recorded_page("trs_5"), "http://www.changsha.gov.cn/a/b/c/d/e/index.html")
    listed = rows(column)
    assert len(listed) == 15
    assert listed[0].title == "国家统计局长沙调查队2026年部门预算公开"
    assert listed[0].published_on == dt.date(2026, 2, 5)
    assert listed[0].url == "http://www.changsha.gov.cn/a/b/c/d/e/202602/t20260205_12274633.html"
    # the row of September 2020 lies in the folder of March 2021: only the printed date counts
    moved = next(row for row in listed if "t20210310_9820740" in row.url)
    assert (moved.published_on, moved.title) == (dt.date(2020, 9, 28), "2019年度国家统计局长沙调查队部门决算")
    assert pager(column) == Pager("index", "html", 0, 2)
    assert pager(column).address(2) == "index_1.html"  # type: ignore[union-attr]
    facts = article_facts(column)
    assert (facts.site_id_code, facts.site_name) == ("4301000052", "长沙市人民政府")


def test_the_foshan_column_counts_from_one_with_computed_arguments(recorded_page: Recorded) -> None:
    column = page(recorded_page("trs_0"))
    listed = rows(column)
    assert (len(listed), listed[0].published_on) == (20, dt.date(2026, 3, 13))
    assert rows(column, "ul.inlist3 > li") == listed
    assert pager(column) == Pager("index", "html", 1, 2)  # 23 rows, 20 to a page


def test_the_guangzhou_column_is_read_by_its_links_which_contradict_its_call(recorded_page: Recorded) -> None:
    column = page(recorded_page("trs_4"))
    assert len(rows(column)) == 20
    assert pager(column) == Pager("index", "html", 1, 4)  # called with 0, linked as index_2 … index_4


@pytest.mark.parametrize(
    ("call", "second", "count"),
    [
        ('createPageHTML(5, 0, "index", "html");', "index_1.html", 5),
        ('createPage(5, 0, "index","html")', "index_1.html", 5),
        ('createPageHTML(5, 0, "index", "shtml", "black2", 99)', "index_1.shtml", 5),
        ("createPageHTML('paging', 5, 1, 'index', 'html', 99)", "index_2.html", 5),
        ("createPageHTML('page_div',2, 1,'nav_list','shtml',22)", "nav_list_2.shtml", 2),
        ('var n=Math.ceil(29/20); var c = 1; createPageHTML(n, parseInt(c), "index", "html")', "index_2.html", 2),
        ('var n=Math.ceil(999/20); if(n>20){n=20;} createPageHTML(n, 0, "index", "html")', "index_1.html", 20),
        ('$("#p").pagination("setPage", 1, 7)', "index_2.html", 7),
        ("new Pager({size: 3, current: 0, prefix: 'index', suffix: 'html'})", "index_1.html", 3),
    ],
)
def test_every_noted_variant_of_the_pager_call_is_understood(call: str, second: str, count: int) -> None:
    definition = "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ return; }"
    found = pager(page(f"<script>{definition} // createPageHTML(9, 9, 'x', 'y')\n{call}</script>"))
    assert found is not None
    assert (found.address(2), found.count) == (second, count)


@pytest.mark.parametrize(
    "call", ["createPageHTML(1, 0, 'index', 'html')", "", "/* createPageHTML(9,0,'index','html') */"]
)
def test_a_column_of_one_page_has_no_pager(call: str) -> None:
    assert pager(page(f"<script>{call}</script><li><a href='t1.html'>甲</a></li>")) is None


def test_a_pager_computed_at_display_time_is_refused_unless_links_tell() -> None:
    call = "<script>createPageHTML(res.datas.pageInfo.totalPages, urlObj.page)</script>"
    with pytest.raises(PagerNotUnderstoodError, match="plain numbers"):
        pager(page(call))
    assert pager(page(f'{call}<a href="index_1.html">2</a><a href="index_2.html">3</a>')) == Pager(
        "index", "html", 0, 3
    )


def test_the_portals_file_has_the_last_word_on_where_counting_begins() -> None:
    call = "<script>createPageHTML(3, 0, 'index', 'html')</script>"
    assert pager(page(call), 1) == Pager("index", "html", 1, 3)
