"""jpaas: units of a page, answers of the gateway, addresses that rotate."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families import jpaas
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link
from gongkai.crawler.pages.listing import Row
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"
ARTICLE = Lead(url=BASE, role=Role.ARTICLE)


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


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
