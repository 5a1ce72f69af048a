"""What a page states of a family's parameters is read off it, and nothing else is."""

from __future__ import annotations

import re

import pytest

from gongkai.archive import Role
from gongkai.crawler.families.family import attached_files, nothing_stated, stated_by
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

URL = "http://www.example.gov.cn/list/index.html"
BLOCK = "templates/{0}/blocks/{0}".format("0a1b2c3d-0000-4000-8000-0123456789ab")
STORE = "<div id='7'><script><datastore><record><![CDATA[<a href='a.html'>甲</a>]]></record></datastore></script></div>"


def test_patterns_that_match_nowhere_are_left_out() -> None:
    stated = stated_by(site=re.compile(r"siteId=(\d+)"), column=re.compile(r"columnId=(\d+)"))
    assert stated(Page("siteId=12", URL)) == {"site": "12"}
    assert nothing_stated(Page("siteId=12", URL)) == {}


@pytest.mark.parametrize(
    ("family", "text", "stated"),
    [
        ("hebei", f"<a href='/x/{BLOCK}'>", {"block": BLOCK}),
        ("longxun", "<script>siteId: '4697376'</script>", {"site": "4697376"}),
        ("truecms", f"columnId:'{'a' * 16}'", {"column": "a" * 16}),
        ("ucap", f'channelId = "{"0f" * 16}"', {"channel": "0f" * 16}),
        ("trs", "<script>createPageHTML(3, 1, 'index', 'html');</script>", {"pager_base": 1}),
        ("trs", "<script>createPageHTML(n(), 1, 'index', 'html');</script>", {}),
        ("jpage", STORE, {"unit": "7"}),
        ("jpage", STORE + STORE.replace("7", "8"), {}),
        ("jpaas", """<div queryData="{'tagId':'list'}"></div>""", {"tag": "list"}),
        ("jpaas", """<div queryData="{'tagId':'a'}"></div><div queryData="{'tagId':'b'}"></div>""", {}),
        ("static", "<script>siteId: '4697376'</script>", {}),
    ],
)
def test_a_family_reads_what_its_pages_state(family: str, text: str, stated: dict[str, object]) -> None:
    assert FAMILIES[family].stated_parameters(Page(f"<html>{text}</html>", URL)) == stated


def test_files_are_those_of_the_part_that_is_named() -> None:
    page = Page("<p><a href='a.pdf'>附件</a></p><div id=body><a href='b.pdf'>附件</a></div>", URL)
    lead = Lead(url=URL, role=Role.ARTICLE)
    assert [len(attached_files(page, lead, Parameters(body=body))) for body in (None, "#body")] == [2, 1]
