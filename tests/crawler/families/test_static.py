"""Static columns: the next page is where a reader would look, and rows wherever they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from gongkai.crawler.families.static import Pages, StaticParameters, frame_of, next_page, static_rows
from gongkai.crawler.pages.listing import Row
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


VSB_PAGER = """<div class="pb_sys_common"><span class="p_t">共52条</span> <span class="p_pages">
<span class="p_no_d">1</span><span class="p_no"><a href="zbgg/10.htm">2</a></span><span class="p_dot">...</span>
<span class="p_next p_fun">
<a href="zbgg/10.htm">下页</a></span><span class="p_last p_fun"><a href="zbgg/1.htm">尾页</a></span></span>
<span class="p_t">1/11</span></div>"""
FOLDER = "https://www.example.gov.cn/zwgk/yjs/"


@pytest.mark.parametrize(
    ("pager", "said"),
    [
        (VSB_PAGER, Pages(f"{FOLDER}zbgg/10.htm", 1, 11, 52)),
        ("<p>共 3 页 <a href='list2.htm'>下一页&gt;&gt;</a></p>", Pages(f"{FOLDER}list2.htm", None, 3, None)),
        ("<a href='?page=2' title='下一页'><i></i></a>", Pages(f"{FOLDER}index.html?page=2")),
        ("<span onclick=\"location.href='index_2.htm'\">下一页</span>", Pages(f"{FOLDER}index_2.htm")),
        ("<div><b>1</b> <a href='list-2.htm'>2</a> <a href='list-3.htm'>3</a></div>", Pages(f"{FOLDER}list-2.htm")),
        ("<div>1/1 <a href='javascript:;'>下一页</a></div>", Pages(None, 1, 1, None)),
        ("<div>共3条 <span>首页</span><span class='p_next_d'>下页</span> 1/1</div>", Pages(None, 1, 1, 3)),
        ("<div>共52条 <a href='2.htm'>上页</a><span>下页</span> 11/11</div>", Pages(None, 11, 11, 52)),
        ("<table><tr><td><a href='/calendar?day=1'>1</a><a href='/calendar?day=2'>2</a></td></tr></table>", Pages()),
        ("<p>共有 5 条评论</p>", Pages()),
    ],
)
def test_the_next_page_is_where_a_reader_would_look(pager: str, said: Pages) -> None:
    listed = "".join(f"<li><a href='t{n}.htm'>甲局{n}年预算</a>2025-02-{n:02}</li>" for n in range(1, 16))
    assert next_page(page(f"<ul>{listed}</ul>{pager}"), 1) == said


def test_a_next_page_that_no_address_leads_to_is_doubted() -> None:
    said = next_page(page("<div>1/3 <a href='javascript:goPage(2)'>下一页</a></div>"), 1)
    assert "1 of 3" in said.doubt


def test_the_guangzhou_column_goes_on_behind_its_link(recorded_page: Recorded) -> None:
    column = page(recorded_page("trs_4"), "https://www.gz.gov.cn/zwgk/zdly/lysc/index.html")
    assert next_page(column, 1).next_url == "https://www.gz.gov.cn/zwgk/zdly/lysc/index_2.html"


@pytest.mark.parametrize(
    "data",
    [
        'var dataList = [{"title": "甲局<b>预算</b>", "url": "t1.htm", "publishTime": "2025-02-09 10:00"}];',
        '{"code": 1, "list": [{"docTitle": "甲局预算", "docPubUrl": "./t1.htm", "docRelTime": "2025.2.9"}, {"x": 1}]}',
    ],
)
def test_rows_that_stand_only_in_a_script_are_read(data: str) -> None:
    listed = static_rows(page(f"<ul id=list></ul><script>{data}</script>"), StaticParameters())
    assert listed == [Row(f"{FOLDER}t1.htm", "甲局预算", dt.date(2025, 2, 9))]
    assert static_rows(page("<script>var dataList = [{title: x}]; var list = [{'a'</script>"), StaticParameters()) == []


def test_rows_are_read_in_the_part_that_is_named() -> None:
    row = "<li><a href='{0}.htm'>{0}局</a>2025-02-09</li>"
    body = f"<ul class=news>{row.format('甲')}</ul><ul class=list>{row.format('乙')}</ul>"
    assert [found.title for found in static_rows(page(body), StaticParameters(list="ul.list"))] == ["乙局"]


def test_a_shell_leads_into_its_only_frame() -> None:
    shell = "<iframe src='//other.com/ad.html'></iframe><iframe src='/visit.jsp'></iframe>"
    assert frame_of(page(f"{shell}<iframe src='list.html'></iframe>")) == f"{FOLDER}list.html"
    assert frame_of(page(f"{shell}<iframe src='a.html'></iframe><iframe src='b.html'></iframe>")) is None
    assert frame_of(page(shell)) is None
