"""内蒙古: from an area to its disclosures, from a disclosure to its files."""

from __future__ import annotations

import json

import pytest

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.neimenggu import NeimengguParameters, read_files, read_listing
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

BUSINESS = "http://czt.nmg.gov.cn/yjs/business"
START = Lead(url=f"{BUSINESS}/page/index?areaCode=150121", role=Role.LISTING)
PARAMETERS = NeimengguParameters(types=("1", "2"), offices=("zf", "cz"))


def test_an_area_has_a_list_for_each_office_and_kind() -> None:
    listed = read_listing(Page("<html></html>", START.url), START, PARAMETERS)
    assert [lead.url.partition("?")[2] for lead in listed.columns] == [
        "id=150121zf&type=1&p=1",
        "id=150121zf&type=2&p=1",
        "id=150121cz&type=1&p=1",
        "id=150121cz&type=2&p=1",
    ]
    with pytest.raises(ListingNotUnderstoodError, match="areaCode"):
        read_listing(Page("<html></html>", f"{BUSINESS}/page/index"), START, PARAMETERS)


def test_a_disclosure_is_an_article_whose_answer_is_its_files() -> None:
    lead = Lead(url=f"{BUSINESS}/basic/select?id=150121zf&type=1&p=1", role=Role.LISTING)
    answer = {"list": [{"id": "77", "title": "甲局预算", "publishTime": "2026-02-01"}], "total": 1}
    [row] = read_listing(Page(json.dumps(answer), lead.url), lead, PARAMETERS).rows
    assert (row.url, row.role, row.step) == (f"{BUSINESS}/basic/result/77", Role.ARTICLE, "files")
    files = {"files": [{"id": "5", "name": "预算", "suffix": ".xls"}, {"id": "6", "name": "说明.pdf", "suffix": "pdf"}]}
    article = Lead(url=row.url, role=Role.ARTICLE, step="files")
    links = read_files(Page(json.dumps(files), row.url), article, PARAMETERS)
    assert [(link.url, link.text, link.promised) for link in links] == [
        (f"{BUSINESS}/file/download/5", "预算.xls", "xls"),
        (f"{BUSINESS}/file/download/6", "说明.pdf", "pdf"),
    ]
