"""Answers of platforms and pages of their families: recorded ones, noted variants, and whatever else may come.

The expectations about recorded pages were read off the pages in a browser's source view.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.facts import Facts
from gongkai.crawler.families import (
    bmys,
    epoint,
    gkmlpt,
    hebei,
    jiangsu,
    longxun,
    neimenggu,
    query_pages,
    sitesources,
    truecms,
    ucap,
    zhengzhou,
)
from gongkai.crawler.families.parameters import Parameters, read_parameters
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.pages.address import JSON, post_address, sent, with_query
from gongkai.crawler.pages.declared_counts import declared_pages, declared_rows
from gongkai.crawler.pages.json_answers import day_of, read_json
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import attachments
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
SITE = "https://www.example.gov.cn"


def page(text: str | bytes, url: str = f"{SITE}/x.html") -> Page:
    return Page.from_bytes(text if isinstance(text, bytes) else text.encode(), url)


def listing(url: str, number: int = 1, **facts: Any) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number, **facts)


# --- recorded pages ---------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("beginning", "title", "published"),
    [
        ("ucap_0", "《东莞市住房和城乡建设局关于推行工程质量信息公示的通知》政策解读", dt.date(2026, 2, 13)),
        ("ucap_2", "南昌市审计局召开党组（扩大）会议动员部署树立和践行正确政绩观学习教育工作", dt.date(2026, 3, 13)),
        ("ucap_3", "黄喜忠在市委信访局接访并调度重点领域信访工作", dt.date(2026, 3, 11)),
        ("ucap_4", "市住建局四项举措打造“十二花园”春日赏花胜地", dt.date(2026, 3, 25)),
    ],
)
def test_the_marks_of_ucap_articles_say_title_and_day(
    recorded_page: Recorded, beginning: str, title: str, published: dt.date
) -> None:
    text = recorded_page(beginning).decode().replace("ArticleTitle", "Nothing").replace("PubDate", "Nothing")
    facts = ucap.read_facts(page(text))
    assert (facts.title, facts.published_on) == (title, published)


def test_the_channel_of_a_suqian_page_is_read_off_its_script(recorded_page: Recorded) -> None:
    url = "https://www.suqian.gov.cn/cnsq/bmdt/list.shtml"
    found = ucap.read_listing(page(recorded_page("ucap_4"), url), listing(url), ucap.UcapParameters())
    [column] = found.columns
    address, _, asked = column.url.partition("?")
    assert address == "https://www.suqian.gov.cn/common/search/52c4a0955566453f88ca77d82c45671f"
    assert asked == "_isAgg=true&_isJson=true&_pageSize=15&_template=index&page=1"


def test_the_card_and_the_signed_file_of_the_zhengzhou_article_are_read(recorded_page: Recorded) -> None:
    article = page(recorded_page("zhengzhou_0"), "https://public.zhengzhou.gov.cn/D0105Y/9949317.jhtml")
    facts = zhengzhou.read_facts(article)
    assert (facts.title, facts.index_number) == ("2026年度郑州市信访局部门预算公开", "005252020/2026-00007")
    assert facts.published_on == dt.date(2026, 3, 19)
    [file] = attachments(article)
    lasting = query_pages.unsigned(file.url)
    assert lasting is not None
    assert lasting == file.url.partition("?")[0]
    assert lasting.endswith(".pdf")


def test_the_site_of_a_wuhu_page_is_asked_for_its_list(recorded_page: Recorded) -> None:
    url = "https://www.wuhu.gov.cn/public/column/6601841?type=4&action=list&nav=3&catId=6710123"
    found = longxun.read_listing(page(recorded_page("other_5"), url), listing(url), longxun.LongxunParameters())
    [column] = found.columns
    assert column.url.startswith("https://www.wuhu.gov.cn/site/label/8888?labelName=publicInfoList&siteId=6787231&")
    assert "&organId=6601841&type=4&catId=6710123&" in column.url


# --- answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ['{"a": 1}', '\ufeff{"a": 1}', 'cb({"a": 1});', r'"{\"a\": 1}"', ' jQuery1_2 ({"a": 1}) ']
)
def test_json_is_read_in_each_of_its_wrappings(text: str) -> None:
    assert read_json(page(text)) == {"a": 1}


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-3-2 09:00:00", dt.date(2026, 3, 2)),
        (1772380800, dt.date(2026, 3, 2)),
        ("1772380799", dt.date(2026, 3, 1)),
        (1772380800000, dt.date(2026, 3, 2)),
        (20260302, None),
        ("", None),
        (None, None),
        (10**30, None),
    ],
)
def test_a_day_is_that_of_china(value: object, day: dt.date | None) -> None:
    assert day_of({"t": value}, "t") == day


@pytest.mark.parametrize(
    ("text", "pages", "rows"),
    [
        ("共52条 共 11 页", 11, 52),
        ("<script>x({pageCount:7, pageIndex:1})</script>", 7, None),
        ('"totalPages": "3", "totalRecord": 41', 3, 41),
        ("共享发展 2026 页", None, None),
    ],
)
def test_a_pager_declares_in_words_and_in_script(text: str, pages: int | None, rows: int | None) -> None:
    assert (declared_pages(text), declared_rows(text)) == (pages, rows)


def test_a_query_keeps_its_order_and_its_blanks() -> None:
    url = with_query(f"{SITE}/list?a=&page=1&_=%E9%A2%84#top", page=2, size=15)
    assert url == f"{SITE}/list?a=&page=2&_=%E9%A2%84&size=15"


@pytest.mark.parametrize(
    ("url", "lasting"),
    [
        (f"{SITE}/a/%E9%A2%84.pdf?{'aB3-_' * 12}==", f"{SITE}/a/%E9%A2%84.pdf"),
        (f"{SITE}/a/b.XLS?{'aB3%2B' * 12}%3D", f"{SITE}/a/b.XLS"),
        (f"{SITE}/a/b.pdf?v=2", None),
        (f"{SITE}/a/b.pdf?20260302", None),
        (f"{SITE}/a/b.pdf?id={'aB3-_' * 12}", None),
        (f"{SITE}/down.jsp?{'aB3-_' * 12}==", None),
        (f"{SITE}/a/b.pdf", None),
    ],
)
def test_only_a_bare_token_behind_a_files_name_is_a_signature(url: str, lasting: str | None) -> None:
    assert query_pages.unsigned(url) == lasting


def test_a_posted_list_counts_its_pages_on_in_its_body() -> None:
    url = post_address(f"{SITE}/EWB-FRONT{epoint.LIST}", '{"params":{"categorynum":"003","pageIndex":0}}', JSON)
    answer = {"custom": {"data": [{"infourl": "/a.html", "realtitle": "甲局2026年预算"}], "total": 30}}
    found = epoint.read_listing(page(json.dumps(answer)), listing(url), epoint.EpointParameters(first_page=0))
    assert (found.rows[0].url, found.total) == (f"{SITE}/a.html", 30)
    assert sent(found.next_pages[0].url).body == '{"params":{"categorynum":"003","pageIndex":1}}'


def test_a_pager_that_counts_pages_no_link_leads_to_is_refused() -> None:
    column = page("<li><a href='/1.html'>甲局预算</a>2026-03-02</li>共 3 页", f"{SITE}/list.do?tid=1")
    with pytest.raises(ListingNotUnderstoodError, match="counts 3 pages, and no link leads to another by 'page'"):
        query_pages.read_listing(column, listing(column.url), query_pages.QueryPagesParameters())


def test_a_pager_that_is_a_script_is_refused() -> None:
    pager = "<a href=\"javascript:__doPostBack('Pager1','2')\">下一页</a>"
    column = page(f"<li><a href='/1.html'>甲局预算</a>2026-03-02</li>{pager}", f"{SITE}/list.aspx?category_id=221")
    with pytest.raises(ListingNotUnderstoodError, match="turns its pages by a script"):
        query_pages.read_listing(column, listing(column.url), query_pages.QueryPagesParameters())


def test_a_department_of_another_year_is_not_of_this_group() -> None:
    group = page(
        '<a href="/bmys-25-dw001/index.html">旧</a><a href="/bmys-26-dw001/index.html" title="甲办公厅">甲</a>',
        f"{SITE}/bmys-26-001/index.html",
    )
    found = bmys.read_listing(group, listing(group.url), bmys.BmysParameters())
    assert [(row.url, row.title) for row in found.rows] == [(f"{SITE}/bmys-26-dw001/index.html", "甲办公厅")]


# --- whatever else may come -------------------------------------------------------------------------------------------

JIANGSU = f"{SITE}/yjsgk/"
JIANGSU_PARAMETERS = jiangsu.JiangsuParameters(groups=("1",), years=("1",), types=("1",))
READERS: list[tuple[str, str, dict[str, Any]]] = [
    ("gkmlpt", f"{SITE}/gkmlpt/api/all/1?page=1&sid=2", {}),
    ("gkmlpt", f"{SITE}/gkmlpt/index", {}),
    ("ucap", f"{SITE}/common/search/{'a' * 32}?page=1", {}),
    ("hebei", f"{SITE}/columns/x/templates/y/blocks/z?page=1", {}),
    ("query_pages", f"{SITE}/?a=dir", {}),
    ("sitesources", f"{SITE}/sitesources/x/script.json", {}),
    ("longxun", f"{SITE}/site/label/8888?x=1", {}),
    ("truecms", f"{SITE}/truecms/messageController/getMessage.do?perpage=20", {}),
    ("epoint", post_address(f"{SITE}/EWB-FRONT{epoint.LIST}", '{"pageIndex":1}', JSON), {"first_page": 1}),
    ("epoint", f"{SITE}{epoint.SITE_SCRIPT}", {"first_page": 1}),
    ("bmys", f"{SITE}/bmys-26-001/index.html", {}),
    ("neimenggu", f"{SITE}/yjs/business/basic/select?id=1&p=1", {"types": ["2"]}),
    *(
        (
            "jiangsu",
            post_address(JIANGSU + step, "groupid=1&date=2026&typeid=2"),
            {"groups": ["1"], "years": ["1"], "types": ["1"]},
        )
        for step in (jiangsu.DEPARTMENTS, jiangsu.DISCLOSURES)
    ),
]
MODULES: dict[str, Any] = {
    module.__name__.rpartition(".")[2]: module
    for module in (bmys, epoint, gkmlpt, hebei, jiangsu, longxun, neimenggu, query_pages, sitesources, truecms, ucap)
}
NAMES = """data results articles custom list files result budgetTemplates endPage total title url id iid name uuid
infourl realtitle attachment domainMetaList classify"""
KEYS = st.sampled_from(NAMES.split())
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.sampled_from(["//[", "/a.html", "[]"])
)
ANSWERS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=12
)


def read_with(family: str, text: str, url: str, stated: dict[str, Any]) -> Listed:
    parameters: Parameters = read_parameters(FAMILIES[family].parameters, Facts("test.yaml", stated))
    listed: Listed = MODULES[family].read_listing(page(text, sent(url).url), listing(url), parameters)
    return listed


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader[0]}-{reader[1][-20:]}")
@settings(max_examples=60, deadline=None)
@given(
    st.one_of(ANSWERS.map(json.dumps), st.text(max_size=40), ANSWERS.map(lambda value: json.dumps(json.dumps(value))))
)
def test_an_answer_is_understood_or_refused_and_never_crashes(
    reader: tuple[str, str, dict[str, Any]], text: str
) -> None:
    family, url, stated = reader
    with contextlib.suppress(ListingNotUnderstoodError):
        listed = read_with(family, text, url, stated)
        assert all(row.url and row.title for row in listed.rows)


@pytest.mark.parametrize(("last", "lists"), [(3, 2), (1, 0), (10**9, None), ("9" * 5000, None)])
def test_lists_without_end_are_refused(last: int | str, lists: int | None) -> None:
    answer = json.dumps({"endPage": last})
    if lists is None:
        with pytest.raises(ListingNotUnderstoodError, match="endPage"):
            read_with("sitesources", answer, f"{SITE}/sitesources/x/script.json", {})
    else:
        assert len(read_with("sitesources", answer, f"{SITE}/sitesources/x/script.json", {}).columns) == lists


@pytest.mark.parametrize("text", ["", "null", "[]", '{"files": {}}', '{"files": [{"id": 1}]}', "<html>"])
def test_a_disclosure_that_names_its_files_otherwise_is_refused(text: str) -> None:
    lead = Lead(url=post_address(f"{JIANGSU}{jiangsu.FILES}", "uuid='1'"), role=Role.ARTICLE)
    with pytest.raises(ListingNotUnderstoodError):
        neimenggu.read_files(page(text), lead, neimenggu.NeimengguParameters(types=("2",)))
    with contextlib.suppress(ListingNotUnderstoodError):
        assert jiangsu.read_files(page(text), lead, JIANGSU_PARAMETERS) == []


@pytest.mark.parametrize("family", [name for name, _, stated in READERS if stated])
def test_what_only_a_person_can_decide_is_needed(family: str) -> None:
    with pytest.raises(Exception, match="is missing"):
        read_parameters(FAMILIES[family].parameters, Facts("test.yaml", {}))
