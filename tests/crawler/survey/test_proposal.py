"""What pages state is proposed, and what they do not state is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from gongkai.archive import Role
from gongkai.crawler.errors import ProposalError
from gongkai.crawler.portal.file import Portal, load_portal
from gongkai.crawler.survey.proposal import Wishes, propose
from gongkai.crawler.survey.proposed_file import as_yaml
from gongkai.crawler.survey.recorded_page import RecordedPage

Recorded = Callable[[str], bytes]
TODAY = dt.date(2026, 3, 1)


def column(*, name: str = "某市人民政府", code: str = "4301000052", more: str = "", kind: str = "ColumnName") -> bytes:
    return f"""<html><head><title>部门预算</title><meta name="SiteName" content="{name}">
    <meta name="SiteIDCode" content="{code}"><meta name="{kind}" content="部门预决算"></head><body>
    <ul><li><a href="./202602/t20260209_1.html">某市某局2026年部门预算</a><span>2026-02-09</span></li>
    <li><a href="./202602/t20260208_2.html">某市另局2026年部门预算</a><span>2026-02-08</span></li></ul>{more}</body>
    """.encode()


def proposed(tmp_path: Path, pages: list[RecordedPage], wishes: Wishes) -> tuple[str, Portal]:
    """The text of the proposed file, and what the strict reader makes of it."""
    text = as_yaml(propose(pages, TODAY, wishes))
    path = tmp_path / "proposed.yaml"
    path.write_text(text, encoding="utf-8")
    return text, load_portal(path)


def page(body: bytes, url: str = "http://www.example.gov.cn/yjs/index.html") -> RecordedPage:
    return RecordedPage.received(url, body)


def test_what_the_page_states_is_proposed_and_the_rest_is_left_to_fill_in(tmp_path: Path) -> None:
    body = column(more='<script>createPageHTML(3, 0, "index", "html");</script>')
    text, portal = proposed(tmp_path, [page(body, "http://www.changsha.gov.cn/yjs/")], Wishes())
    assert (portal.id, portal.family, portal.division_code) == ("hunan/changsha", "trs", "430100")
    assert (portal.name, portal.site_name, portal.site_id_code) == ("某市人民政府", "某市人民政府", "4301000052")
    assert [start.url for start in portal.start_urls] == ["http://www.changsha.gov.cn/yjs/"]
    assert portal.verified is None
    assert yaml.safe_load(text)["parameters"] == {"pager_base": 0}
    assert 'division_code: "430100" # 长沙市, by the SiteIDCode' in text
    assert "# expected: {minimum: 0}" in text
    assert "the first page shows 2 rows" in text
    assert "# contact:" in text


def test_what_the_page_does_not_state_is_a_comment(tmp_path: Path) -> None:
    text, portal = proposed(tmp_path, [page(column(name="", code=""))], Wishes(division_code="130209"))
    assert "# site_id_code: " in text
    assert "# site_name: " in text
    assert (portal.site_id_code, portal.site_name, portal.name) == (None, None, "部门预算")
    assert "states no SiteIDCode" in (portal.notes or "")


def test_an_unknown_system_is_said_to_be_unknown(tmp_path: Path) -> None:
    body = "<html><head><title>曹妃甸区预决算</title></head><body><p>" + "内容" * 60 + "</p></body></html>"
    text, portal = proposed(tmp_path, [page(body.encode())], Wishes(family="query_pages"))
    assert portal.family == "query_pages"
    assert portal.division_code == "130209"
    assert "not recognised for certain" in (portal.notes or "")
    assert "as given" in text


def test_an_article_is_proposed_as_one_and_the_columns_it_links_to_are_named(tmp_path: Path) -> None:
    body = column(kind="ArticleTitle", more='<a href="/yjs/bm/">部门预算</a>')
    _, portal = proposed(tmp_path, [page(body)], Wishes())
    assert portal.start_urls[0].role is Role.ARTICLE
    assert "name in start_urls the column" in (portal.notes or "")
    assert "部门预算 http://www.example.gov.cn/yjs/bm/" in (portal.notes or "")


def test_the_last_listing_page_is_where_a_crawl_starts(tmp_path: Path) -> None:
    home, start = "http://www.example.gov.cn/", "http://www.example.gov.cn/yjs/index.html"
    pages = [
        RecordedPage(home, column()),
        RecordedPage(start, column()),
        RecordedPage("http://www.example.gov.cn/a.html", column(), Role.ARTICLE),
    ]
    _, portal = proposed(tmp_path, pages, Wishes())
    assert portal.start_urls[0].url == start


@pytest.mark.parametrize(
    ("name", "code", "division", "source"),
    [
        ("某局", "4301000052", "430100", "the SiteIDCode"),
        ("长沙市岳麓区人民政府", "4301000052", "430104", "the site's name"),  # a district on the city's code
        ("长沙市人民政府", "4301040001", "430104", "the SiteIDCode"),  # the city's name on a district's page
        ("长沙市人民政府", "", "430100", "the site's name"),
        ("长沙市人民政府", "bm12000001", "430100", "the site's name"),  # a ministry's code names no division
    ],
)
def test_the_division_is_the_narrower_of_code_and_name(
    tmp_path: Path, name: str, code: str, division: str, source: str
) -> None:
    text, portal = proposed(tmp_path, [page(column(name=name, code=code))], Wishes())
    assert portal.division_code == division
    assert f"by {source}" in text


@pytest.mark.parametrize(
    ("body", "wishes", "complaint"),
    [
        (column(name="芜湖市人民政府"), Wishes(), "SiteIDCode says '长沙市', the site's name '芜湖市'"),
        (column(name="某局", code=""), Wishes(), "neither SiteIDCode nor the site's name"),
        (column(), Wishes(division_code="130299"), "no division '130299'"),
        (column(), Wishes(division_code="810000"), "lies in none of the provinces"),
        (column(), Wishes(portal_id="hebei/changsha"), "'hebei/changsha' does not fit; it must be hunan/"),
        (column(), Wishes(portal_id="hunan/长沙"), "does not fit"),
        (column(), Wishes(portal_id="hunan/a/../../b"), "does not fit"),
        (column(), Wishes(portal_id="changsha"), "does not fit"),
        (column(), Wishes(family="wordpress"), "no family 'wordpress'; the families are .*trs"),
        (b"<meta http-equiv=refresh content='0;url=/x/'>", Wishes(), "only leads on to 'http://www.example.gov.cn/x/'"),
    ],
)
def test_what_cannot_be_proposed_is_refused_in_one_sentence(body: bytes, wishes: Wishes, complaint: str) -> None:
    with pytest.raises(ProposalError, match=complaint):
        propose([page(body)], TODAY, wishes)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://fscz.foshan.gov.cn/gkmlpt/index", "hunan/foshan-fscz"),
        ("https://www.changsha.gov.cn/a/", "hunan/changsha"),
        ("http://yjsgk.linyi.cn:5000/home", "hunan/linyi-yjsgk"),
        ("http://127.0.0.1:8000/", "hunan/1-0-0-127"),
    ],
)
def test_an_id_is_made_of_the_host(url: str, name: str) -> None:
    assert propose([page(column(), url)], TODAY, Wishes()).id == name


def test_recorded_columns_are_proposed(tmp_path: Path, recorded_page: Recorded) -> None:
    url = "https://www.foshan.gov.cn/zwgk/zdly/czxx/czxxgk/czjjbm/1091677/index.html"
    _, portal = proposed(tmp_path, [page(recorded_page("trs_0"), url)], Wishes())
    assert (portal.id, portal.family, portal.site_id_code) == ("guangdong/foshan", "trs", "4406000048")
    assert getattr(portal.parameters, "pager_base", None) == 1
    _, portal = proposed(tmp_path, [page(recorded_page("ucap_4"), "http://www.suqian.gov.cn/x.shtml")], Wishes())
    assert getattr(portal.parameters, "channel", None) == "52c4a0955566453f88ca77d82c45671f"
    _, portal = proposed(tmp_path, [page(recorded_page("other_5"), "https://www.wuhu.gov.cn/x.html")], Wishes())
    assert getattr(portal.parameters, "site", None) == "6787231"
    _, portal = proposed(tmp_path, [page(recorded_page("jpaas_4"), "http://jyj.zjtz.gov.cn/")], Wishes())
    assert getattr(portal.parameters, "tag", None) == "要闻"
    _, portal = proposed(tmp_path, [page(recorded_page("hanweb_jpage_0"), "http://www.lanzhou.gov.cn/")], Wishes())
    assert getattr(portal.parameters, "unit", None) == "91939"
    # one of two lists is not chosen
    _, portal = proposed(tmp_path, [page(recorded_page("hanweb_jpage_1"), "http://yjj.lanzhou.gov.cn/")], Wishes())
    assert getattr(portal.parameters, "unit", None) is None


def grid(classes: str) -> bytes:
    """A column that is one list of departments without a date."""
    links = (
        f"<p class=one><a href='./202602/t2026020{n}_{n}.html'>某局{n}号2026年部门预算</a></p>" for n in range(1, 6)
    )
    head = "<head><title>部门预算</title><meta name=SiteName content=某市人民政府></head>"
    return f"<html>{head}<body><div class='{classes}'>{''.join(links)}</div></body></html>".encode()


def test_the_selector_of_the_rows_is_proposed_where_it_gives_the_rows_shown(tmp_path: Path) -> None:
    text, portal = proposed(tmp_path, [page(grid("list grid"))], Wishes(division_code="430100"))
    assert portal.parameters.row == "div.list.grid > p.one"
    assert "gives 5 of the 5 rows that the page shows" in text


def test_a_page_without_rows_is_a_to_do_and_never_sure(tmp_path: Path) -> None:
    body = column(more='<script>createPageHTML(3, 0, "index", "html");</script>').replace(b"href", b"rel")
    text, _ = proposed(tmp_path, [page(body)], Wishes())
    assert "No row was found in the page" in text
    assert "family: trs # likely" in text
