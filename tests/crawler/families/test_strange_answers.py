"""Whatever a platform may answer is understood or refused."""

from __future__ import annotations

import contextlib
import json
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
)
from gongkai.crawler.families.parameters import Parameters, read_parameters
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.pages.address import JSON, post_address, sent
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page

SITE = "https://www.example.gov.cn"


def page(text: str | bytes, url: str = f"{SITE}/x.html") -> Page:
    return Page.from_bytes(text if isinstance(text, bytes) else text.encode(), url)


def listing(url: str, number: int = 1, **facts: Any) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number, **facts)


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
