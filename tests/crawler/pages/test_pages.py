"""Listings, pagers, articles and attachments: on recorded pages, and on the variants noted in the wild.

The expectations about recorded pages were read off the pages in a browser's source view.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.crawler.errors import PagerNotUnderstoodError
from gongkai.crawler.families.trs import Pager, pager
from gongkai.crawler.pages.address import clean_url
from gongkai.crawler.pages.article import article_facts
from gongkai.crawler.pages.links import Link, attachments, promised_suffix
from gongkai.crawler.pages.listing import rows
from gongkai.crawler.pages.page import Page, decode, find_date
from gongkai.crawler.wire.outcome import challenge_of, says_nothing_is_there

Recorded = Callable[[str], bytes]
BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


# --- recorded pages -------------------------------------------------------------------------------------------------


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


def test_the_fuzhou_article_has_one_archive_linked_and_named_in_a_script(recorded_page: Recorded) -> None:
    url = "https://www.fuzhou.gov.cn/zgfzzt/czzj/bmndyjs/bmysgk/202603/t20260313_5295488.htm"
    article = page(recorded_page("trs_2"), url)
    name = "2026年二级预算单位预算公开.rar"
    address = "https://www.fuzhou.gov.cn/zgfzzt/czzj/bmndyjs/bmysgk/202603/P020260313423470301442.rar"
    assert attachments(article) == [Link(address, name)]
    assert attachments(article, "#detailCont, .article_attachment") == [Link(address, name)]
    facts = article_facts(article)
    assert facts.title == "2026年市教育局（本级）及二级预算单位预算公开"
    assert facts.published_on == dt.date(2026, 3, 13)


def test_the_xiamen_article_writes_its_two_files_by_script(recorded_page: Recorded) -> None:
    article = page(recorded_page("trs_3"), "https://www.xm.gov.cn/x/2026/202603/t20260310_1.htm")
    assert [(link.text, link.url.rpartition("/")[2]) for link in attachments(article)] == [
        ("2026年厦门市人民政府办公厅单位预算.pdf", "P020260310557154921493.pdf"),
        ("2026年度厦门市政务热线服务中心单位预算.pdf", "P020260310557157670829.pdf"),
    ]


def test_the_chongqing_article_links_eight_files_on_image_hosts(recorded_page: Recorded) -> None:
    files = attachments(page(recorded_page("trs_1"), "http://cq.wenming.cn/gggs/202603/t20260302_1.html"))
    assert len(files) == 8
    assert files[0] == Link(
        "http://images.wenming.cn/web_cq/gggs/202603/W020260302537384806293.pdf", "1．中共重庆市委宣传部"
    )


def test_a_file_named_only_in_a_script_of_the_wenzhou_page_is_found_with_its_index_number(
    recorded_page: Recorded,
) -> None:
    article = page(recorded_page("hanweb_pdfiframe_0"), "https://www.wenzhou.gov.cn/art/2026/3/2/art_1.html")
    assert [link.url for link in attachments(article)] == [
        "https://www.wenzhou.gov.cn/cms_files/filemanager/1537432/attach/20262/9828240BA2D9FE4CCAD82A426301CCF0.pdf"
    ]
    facts = article_facts(article)
    assert facts.index_number == "11330300002518815L/2026-1010497865"
    assert facts.published_on == dt.date(2026, 3, 2)


def test_a_page_in_gbk_is_read(recorded_page: Recorded) -> None:
    article = page(recorded_page("gbk_yiyang"), "http://www.yiyang.gov.cn/x/index.html")
    assert article_facts(article).title == "关于益阳市2025年预算执行情况与 2026年预算草案的报告"
    assert [link.url.rpartition(".")[2] for link in attachments(article)] == ["wps", "docx", "pdf", "pdf", "doc"]


def test_a_signed_address_still_promises_a_pdf(recorded_page: Recorded) -> None:
    [file] = attachments(page(recorded_page("zhengzhou_0")))[:1]
    assert (file.text, promised_suffix(file.url)) == ("2026年郑州市信访局部门预算公开.pdf", "pdf")


def test_only_the_recorded_challenge_is_taken_for_one(recorded_page: Recorded) -> None:
    assert challenge_of(200, recorded_page("challenge_edgeone")) == "EdgeOne (Tencent Cloud)"
    real = ["trs_", "gbk_yi", "gbk_yu", "gkmlpt_0", "hanweb_jpage_0", "hanweb_pdf", "jpaas_0", "other_5", "ucap_0"]
    for beginning in [*real, "vsb_0", "zhengzhou", "truecms_0", "ucap_4", "refresh_0"]:
        body = recorded_page(beginning)
        assert challenge_of(200, body) is None, beginning
        assert not says_nothing_is_there(page(body)), beginning


# --- rows -----------------------------------------------------------------------------------------------------------


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


# --- pagers ---------------------------------------------------------------------------------------------------------


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


# --- attachments ----------------------------------------------------------------------------------------------------


def test_attachments_are_found_wherever_they_hide_each_once() -> None:
    found = attachments(
        page(
            r"""<a href='./P1.pdf' target=_blank> 预算.pdf </a><a href="P1.pdf#page=2">第二页</a>
            <iframe src="/js/viewer/web/viewer.html?file=%2Ffiles%2FP2.pdf#page=1"></iframe>
            <embed src="P3.PDF"><object data="P4.ofd"></object><div pdfsrc="/upload/P5.pdf"></div>
            <a href="javascript:;" onclick="openUrl('./P6.xls')">表格</a>
            <a href="/gateway/download?fileUrl=Ab%2B%3D&fileName=%E8%A1%A8.doc" data-link="/files/P7.doc">附件七.doc</a>
            <a href="/system/_content/download.jsp?wbfileid=16738452">附件八.xlsx </a>
            <a href="t2.html">附件九.pdf</a><a href="mailto:a@b.pdf">写信</a><a href="http://[">坏地址.pdf</a>
            <script>var sPdfUrl = "/files/P10.pdf#/files/P11.pdf"; var again = '.pdf'; if (x.indexOf(".doc") > 0) {}
            document.write('<td><a href=\"./P12.zip\">压缩包.zip<\/a></td>'); var seen = 'P1.pdf';</script>
            <!-- <a href="P13.pdf">旧附件</a> -->"""
        )
    )
    names = [(link.url.removeprefix("https://www.example.gov.cn"), link.text) for link in found]
    assert names == [
        ("/zwgk/yjs/P1.pdf", "预算.pdf"),
        ("/files/P2.pdf", ""),
        ("/zwgk/yjs/P3.PDF", ""),
        ("/zwgk/yjs/P4.ofd", ""),
        ("/upload/P5.pdf", ""),
        ("/zwgk/yjs/P6.xls", "表格"),
        ("/gateway/download?fileUrl=Ab%2B%3D&fileName=%E8%A1%A8.doc", "附件七.doc"),
        ("/files/P7.doc", "附件七.doc"),
        ("/system/_content/download.jsp?wbfileid=16738452", "附件八.xlsx"),
        ("/zwgk/yjs/P12.zip", "压缩包.zip"),
        ("/files/P10.pdf", ""),
        ("/files/P11.pdf", ""),
    ]


# --- pages and facts ------------------------------------------------------------------------------------------------


def test_meta_names_are_read_however_they_are_written() -> None:
    facts = article_facts(
        page(
            """<META name=' ArticleTitle ' CONTENT=' 甲局预算 '><meta NAME="pubdate" content="2026-2-9 17:25:23">
            <meta name=SiteIDCode content="4301000052"><meta name="SiteIDCode" content="">"""
        )
    )
    assert (facts.title, facts.published_on, facts.site_id_code) == ("甲局预算", dt.date(2026, 2, 9), "4301000052")


@pytest.mark.parametrize(
    "markup",
    [
        "<td>索引号：</td><td>005252717/2026-00007</td>",
        "<tr><td><b>索 引 号</b></td><td>005252717/2026-00007</td></tr>",
        "<p>索引号: 005252717/2026-00007 发布机构：甲局</p>",
        "<li><em>索引号：</em>005252717/2026-00007</li>",
        "<li>索引号：<span>005252717/2026-00007</span></li>",
        "<p>索引号：</p><table><tr><th>索引号</th><td> 005252717/2026-00007</td></tr></table>",
    ],
)
def test_the_index_number_stands_beside_its_label(markup: str) -> None:
    assert article_facts(page(markup)).index_number == "005252717/2026-00007"


def test_a_page_without_index_number_has_none() -> None:
    assert article_facts(page("<td>索引号：</td><td></td><p>按索引号查找</p>")).index_number is None


def test_bytes_are_decoded_by_what_they_are() -> None:
    text = "预算公开，镕"
    assert decode(text.encode(), "text/html; charset=gb2312") == text
    assert decode(b'<script>document.charset="gb2312"</script>' + text.encode()).endswith(text)
    assert decode(text.encode("gb18030"), "text/html; charset=iso-8859-1") == text
    assert decode(b'<meta charset="gbk">' + text.encode("gbk")).endswith(text)
    assert decode("預算".encode("big5"), "text/html; charset=big5") == "預算"
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


@pytest.mark.parametrize(
    "text", ["2025-02-09", "2025.2.9", "2025年2月9日", "发布时间：2025/02/09 12:00", "2025-13-40 2025-2-9"]
)
def test_dates_are_read_in_every_printed_form(text: str) -> None:
    assert find_date(text) == dt.date(2025, 2, 9)


PIECES = [
    "http://",
    "//",
    "[",
    "]",
    "::1",
    ":",
    "/",
    "a.cn",
    "99999",
    "?",
    "#",
    "%zz",
    "&",
    "file=",
    "x.pdf",
    ".doc",
    "@",
]
ADDRESSES = st.lists(
    st.sampled_from([*PIECES, "javascript:", "data:", "ftp:", "预算", "\\", " ", "0x7f.1"]), max_size=7
)


@settings(max_examples=300, deadline=None)
@given(ADDRESSES.map("".join))
def test_no_address_a_page_may_contain_stops_its_reading(address: str) -> None:
    body = f'<base href="{address}"><li><a href="{address}">行</a>2025-01-01</li><iframe src="{address}"></iframe>'
    strange = page(f'{body}<script>x="{address}";createPageHTML({address},1)</script>')
    with contextlib.suppress(PagerNotUnderstoodError):
        pager(strange)
    for url in [*(link.url for link in attachments(strange)), *(row.url for row in rows(strange))]:
        assert clean_url(clean_url(url)) == clean_url(url)
