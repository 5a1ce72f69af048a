"""How each family's pages are read: on recorded pages where there are some, and on the variants noted in the wild."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.archive import Outcome, Role
from gongkai.crawler.errors import ListingNotUnderstoodError, PortalFileError
from gongkai.crawler.facts import Facts
from gongkai.crawler.families import jpaas, jpage
from gongkai.crawler.families.parameters import Parameters, accepting, pattern, read_parameters
from gongkai.crawler.families.static import Pages, StaticParameters, frame_of, next_page, static_rows
from gongkai.crawler.families.vsb import skipped_pages
from gongkai.crawler.pages.address import FORM, JSON, post_address, same_site, sent
from gongkai.crawler.pages.article import article_facts, hub_rows
from gongkai.crawler.pages.json_answers import read_json
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link
from gongkai.crawler.pages.listing import Listed, Row
from gongkai.crawler.pages.page import Page, stub_target
from gongkai.crawler.spider.column import Column
from gongkai.crawler.wire.outcome import asks_for_captcha

Recorded = Callable[[str], bytes]
BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"

ARTICLE = Lead(url=BASE, role=Role.ARTICLE)


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


# --- addresses of requests with a body ------------------------------------------------------------------------------


@given(st.text(max_size=60), st.sampled_from([FORM, JSON, "text/plain; charset=utf-8"]))
def test_the_address_of_a_post_holds_all_that_is_sent(body: str, media_type: str) -> None:
    for url in ("http://a.gov.cn/list.do", "http://a.gov.cn/list.do?page=1"):
        address = post_address(url, body, media_type)
        found = sent(address)
        assert (found.url, found.body, found.media_type, found.method) == (url, body, media_type, "POST")
        assert post_address(url, body + "x", media_type) != address
    assert sent("http://a.gov.cn/?x=1").method == "GET"


def test_two_addresses_are_of_one_site_whatever_their_scheme() -> None:
    assert same_site("http://a.gov.cn/x", "https://A.gov.cn:443/y")
    assert not same_site("http://a.gov.cn/x", "http://b.gov.cn/x")


# --- parameters -----------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Every(Parameters):
    code: str
    size: int = 20
    all: bool = False
    names: tuple[str, ...] = ()
    match: str | None = pattern()
    even: int | None = accepting(lambda value: "even" if value % 2 else None)


def test_parameters_are_read_by_the_types_of_their_fields() -> None:
    values: dict[str, object] = {
        "code": "a",
        "size": 5,
        "all": True,
        "names": ["x", "y"],
        "match": "^预算",
        "even": 2,
        "row": "li",
    }
    found = read_parameters(Every, Facts("file", values, "parameters."))
    assert found == Every(code="a", size=5, all=True, names=("x", "y"), match="^预算", even=2, row="li")
    assert read_parameters(Every, Facts("file", {"code": "a"})) == Every(code="a")
    changes: list[tuple[dict[str, object], str]] = [
        ({"code": None}, "'parameters.code' is missing"),
        ({"size": "5"}, "parameters.size is '5'"),
        ({"all": "yes"}, "parameters.all is 'yes'"),
        ({"names": "x"}, "a list of texts"),
        ({"match": "("}, "regular expression"),
        ({"even": 3}, "parameters.even is 3; it must be even"),
        ({"cod": "b"}, "did you mean 'code'"),
    ]
    for change, complaint in changes:
        with pytest.raises(PortalFileError, match=complaint):
            read_parameters(Every, Facts("file", {**values, **change}, "parameters."))


# --- columns --------------------------------------------------------------------------------------------------------

FIRST = Lead(url=BASE, role=Role.LISTING)


def rows_of(*names: str) -> tuple[Row, ...]:
    return tuple(Row(f"http://a.cn/{name}", name, dt.date(2025, 1, 1)) for name in names)


def read(column: Column, number: int, listed: Listed) -> tuple[Outcome, list[str]]:
    """The outcome of a page, and the kinds of what is noted about it."""
    lead = Lead(url=f"{BASE}?{number}", role=Role.LISTING, parent_url=BASE, column=BASE, page_number=number)
    verdict = column.judge(listed, lead)
    taken = column.take(listed, lead) if verdict.outcome is Outcome.CAPTURED else ()
    return verdict.outcome, [kind for kind, _, _ in taken]


@pytest.mark.parametrize(
    ("listings", "noted"),
    [
        ([Listed(rows=rows_of("a", "b"), total=3, pages=2), Listed(rows=rows_of("c"), total=3)], []),
        (
            [Listed(rows=rows_of("a", "b"), total=4, pages=2), Listed(rows=rows_of("c"), total=4)],
            ["listing_incomplete"],
        ),
        ([Listed(rows=rows_of("a"), pages=2)], ["listing_incomplete"]),
        # one more row was added on top, and pushed one from the first page to the second
        ([Listed(rows=rows_of("a", "b"), total=3), Listed(rows=rows_of("b", "c"), total=4)], []),
        ([Listed(rows=rows_of("a", "b"), total=4), Listed(rows=rows_of("d"), total=3)], ["listing_changed"]),
        ([Listed(rows=rows_of("a", "b"), total=3, repeats=1)], []),
        # shown first, then again from the beginning
        (
            [
                Listed(rows=rows_of("a"), total=2, is_preview=True),
                Listed(rows=rows_of("a"), pages=2),
                Listed(rows=rows_of("b")),
            ],
            [],
        ),
    ],
)
def test_what_a_column_declares_is_held_against_what_was_read(listings: list[Listed], noted: list[str]) -> None:
    column = Column(BASE)
    kinds = []
    for number, listed in enumerate(listings, start=1):
        outcome, taken = read(column, number, listed)
        assert outcome is Outcome.CAPTURED
        kinds += taken
    assert kinds + [kind for kind, _, _ in column.conclude()] == noted


def test_pages_without_rows_and_repeated_pages_are_told_apart() -> None:
    column = Column(BASE)
    assert column.judge(Listed(), FIRST).outcome is Outcome.LISTING_EMPTY
    assert column.judge(Listed(total=0), FIRST).outcome is Outcome.LISTING_EMPTY, "a start address is never empty"
    assert read(Column(BASE), 2, Listed(total=0)) == (Outcome.CAPTURED, ["column_empty"])
    assert read(Column(BASE), 1, Listed(columns=(FIRST,))) == (Outcome.CAPTURED, [])
    assert read(Column(BASE), 9, Listed(may_be_empty=True)) == (Outcome.CAPTURED, [])
    read(column, 1, Listed(rows=rows_of("a", "b")))
    repeated = column.judge(Listed(rows=rows_of("b", "a")), FIRST)
    assert repeated.outcome is Outcome.LISTING_REPEATED


# --- jpage ----------------------------------------------------------------------------------------------------------


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


# --- jpaas ----------------------------------------------------------------------------------------------------------


def test_the_taizhou_page_names_two_units(recorded_page: Recorded) -> None:
    home = page(recorded_page("jpaas_3"), "https://mzj.zjtz.gov.cn/index.html")
    assert [unit.tag for unit in jpaas.units(home)] == ["政策法规", "上级动态list"]
    [unit] = jpaas.chosen_units(home, "上级动态list")
    path, _, query = unit.address(2, 15).partition("?")
    assert path == "https://mzj.zjtz.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit"
    wanted = urlencode({"paramJson": '{"pageNo":2,"pageSize":15}'})
    assert query.endswith(f"&{wanted}")
    assert "tplSetId=cOJyPcKcT0Ej6XzrtUWkb" in query
    with pytest.raises(ListingNotUnderstoodError, match="政策法规"):
        jpaas.chosen_units(home, "分页列表")


UNIT = """<ul><li><a href="../art/1.html" title="甲局预算">甲…</a><b>2026-02-11</b></li></ul>
<div class="pagination" rows="15" count="387"></div>"""


@pytest.mark.parametrize("data", [{"html": UNIT}, UNIT])
def test_a_unit_is_read_whether_its_data_is_an_object_or_text(data: object) -> None:
    answer = page(json.dumps({"success": True, "code": "200", "data": data}))
    found = jpaas.unit_page(answer, "https://a.gov.cn/col/col1/index.html")
    assert found.rows == (Row("https://a.gov.cn/col/art/1.html", "甲局预算", dt.date(2026, 2, 11)),)
    assert (found.size, found.total, found.pages) == (15, 387, 26)


@pytest.mark.parametrize("data", [{"html": ""}, "", None])
def test_a_unit_may_be_empty(data: object) -> None:
    assert jpaas.unit_page(page(json.dumps({"success": True, "data": data})), BASE).rows == ()


@pytest.mark.parametrize("answer", ["<html></html>", '{"success": false, "message": "令牌"}', '{"data": 5}', "[]", ""])
def test_anything_but_the_gateways_answer_is_refused(answer: str) -> None:
    with pytest.raises(ListingNotUnderstoodError):
        jpaas.unit_page(page(answer), BASE)


def test_a_file_of_the_gateway_is_known_by_what_lasts() -> None:
    gateway = "https://www.example.gov.cn/api-gateway/jpaas-web-server/front/document"
    found = jpaas.read_files(
        page(
            """<a href="/api-gateway/jpaas-web-server/front/document/download?fileUrl=Zm9v%2F%2B&fileName=%E8%A1%A8.doc"
                data-link="/cms_files/a/956b.doc">表一</a>
            <a href="/api-gateway/jpaas-web-server/front/document/download?fileUrl=YmFy%3D&fileName=%E8%A1%A8.xls"
                >附件</a>
            <a href="/api-gateway/jpaas-web-server/front/document/file-download?fileUrl=/cms_files/b.pdf">预算.pdf</a>
            <a href="/cms_files/c.pdf">决算.pdf</a>"""
        ),
        ARTICLE,
        jpaas.JpaasParameters(),
    )
    assert found == [
        Link(
            "https://www.example.gov.cn/cms_files/a/956b.doc",
            "表.doc",
            promised="doc",
            asked_url=f"{gateway}/download?fileUrl=Zm9v%2F%2B&fileName=%E8%A1%A8.doc",
        ),
        Link(
            f"{gateway}/download?fileName=%E8%A1%A8.xls&article=%2Fzwgk%2Fyjs%2Findex.html",
            "表.xls",
            promised="xls",
            asked_url=f"{gateway}/download?fileUrl=YmFy%3D&fileName=%E8%A1%A8.xls",
            named_by_redirect=True,
        ),
        Link(f"{gateway}/file-download?fileUrl=/cms_files/b.pdf", "预算.pdf"),
        Link("https://www.example.gov.cn/cms_files/c.pdf", "决算.pdf"),
    ]


@pytest.mark.parametrize("text", ['{"a": 1}', 'cb({"a": 1});', 'jQuery1_2( {"a": 1} )', json.dumps('{"a": 1}')])
def test_json_is_read_however_it_is_wrapped(text: str) -> None:
    assert read_json(page(text)) == {"a": 1}


# --- static and VSB -------------------------------------------------------------------------------------------------

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


def test_pages_that_moved_are_counted_from_the_oldest() -> None:
    url = f"{FOLDER}zbgg/9.htm"
    assert skipped_pages(url, Pages(None, 3, 11, 51), 2) == [(2, f"{FOLDER}zbgg/10.htm")]
    assert skipped_pages(url, Pages(None, 2, 10, 50), 2) == []
    assert skipped_pages(url, Pages(), 2) == []


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


# --- stubs, hubs, captchas ------------------------------------------------------------------------------------------


def test_the_chongqing_stub_leads_to_its_article(recorded_page: Recorded) -> None:
    stub = page(recorded_page("refresh_0"), "http://www.cq.gov.cn/zwgk/bm/qxj/")
    assert stub_target(stub) == "http://www.cq.gov.cn/zwgk/bm/qxj/202502/t20250224_14333940.html"


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("<meta http-equiv=\"Refresh\" content='0; url=./zssylbzj/'>", f"{FOLDER}zssylbzj/"),
        (
            '<SCRIPT language=javascript> location.href="/col/col2/index.html";</SCRIPT>',
            "https://www.example.gov.cn/col/col2/index.html",
        ),
        ("<script>// 跳转\nwindow.location.replace('a.html')</script>", f"{FOLDER}a.html"),
        ("<p>页面跳转中</p><script>setTimeout(function () { location.href = 'b/'; }, 3000)</script>", f"{FOLDER}b/"),
        ("<meta http-equiv=refresh content='10;url=/'>", None),
        ("<meta http-equiv=refresh content='0;url=index.html'>", None),
        ("<script>if (mobile) { location.href='/m/' }</script>", None),
        ("<script>location.href='/new/'</script><p>" + "本栏目公开各部门的预算。" * 9 + "</p>", None),
    ],
)
def test_a_page_that_only_leads_on_is_told_from_one_that_says_something(body: str, target: str | None) -> None:
    assert stub_target(page(body)) == target


def test_an_article_that_only_lists_others_is_a_hub() -> None:
    units = "".join(f"<p>{n} <a href='./t{n}.html'>甲市第{n}中学2025年单位预算</a></p>" for n in range(9))
    hub = page(
        f"<div class='TRS_Editor'>公开主体为具体单位：{units}<a href='/'>首页</a><a href='P1.pdf'>汇总.pdf</a></div>"
    )
    assert [row.url for row in hub_rows(hub)] == [f"{FOLDER}t{n}.html" for n in range(9)]
    assert hub_rows(page(f"<div class='TRS_Editor'>{'本部门预算说明如下。' * 60}{units}</div>")) == []
    assert hub_rows(page(f"<div class='related'>{units}</div>")) == []
    assert len(hub_rows(page(f"<div class='related'>{units}</div>"), "div.related")) == 9


def test_the_saved_articles_are_no_hubs(recorded_page: Recorded) -> None:
    for beginning in ("trs_1", "trs_2", "trs_3", "vsb_0", "ucap_5", "hanweb_pdfiframe_0", "zhengzhou_0"):
        assert hub_rows(page(recorded_page(beginning))) == [], beginning


def test_a_date_printed_as_that_of_publication_is_kept_apart_from_the_declared_one() -> None:
    facts = article_facts(page("<meta name=PubDate content='2026-2-9'><p>发布时间：2025年2月9日 来源：甲局</p>"))
    assert (facts.published_on, facts.printed_on) == (dt.date(2026, 2, 9), dt.date(2025, 2, 9))
    assert article_facts(page("<p>成文日期：2025-02-09</p>")).printed_on is None


def test_a_captcha_in_place_of_a_file_is_told_from_an_error_page() -> None:
    assert asks_for_captcha("<title>附件下载</title><form>验证码<input name=codeValue></form>".encode())
    assert not asks_for_captcha("<p>系统禁止从外部链接下载。</p>".encode())


# --- whatever a page may hold ---------------------------------------------------------------------------------------

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
