"""Which system a page comes from: on recorded pages, on the marks noted in the wild, and on pages that say nothing.

The expectations about recorded pages were read off their source; the beginnings of their names are what their finder
took them for, and several are wrong.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.crawler.pages.page import Page
from gongkai.crawler.survey.recognition import BudgetColumn, Certainty, budget_columns, detect, site_facts
from gongkai.crawler.survey.systems import SYSTEMS
from tests.crawler.simulator.bmys import BmysPortal
from tests.crawler.simulator.content import sample
from tests.crawler.simulator.gkmlpt import GkmlptPortal
from tests.crawler.simulator.hebei import HebeiPortal
from tests.crawler.simulator.jpaas import JpaasPortal
from tests.crawler.simulator.jpage import JpagePortal
from tests.crawler.simulator.platforms import NeimengguPortal
from tests.crawler.simulator.portal import SimulatedPortal
from tests.crawler.simulator.query_pages import AspxPortal, ZhengzhouPortal
from tests.crawler.simulator.services import EpointPortal, LongxunPortal, TruecmsPortal
from tests.crawler.simulator.sitesources import SitesourcesPortal
from tests.crawler.simulator.trs import TrsPortal
from tests.crawler.simulator.ucap import UcapPortal
from tests.crawler.simulator.vsb import VsbPortal
from tests.crawler.site import Query, Site

Recorded = Callable[[str], bytes]
HOME = "https://www.example.gov.cn/"

RECORDED = {
    # name's beginning: family, system
    "gbk_yiyang": ("static", "科创 creatorCMS"),
    "gbk_yueyang": ("static", "科创 creatorCMS"),
    "gkmlpt_0": ("gkmlpt", "广东省政府信息公开目录平台"),
    "gkmlpt_1": ("gkmlpt", "广东省政府信息公开目录平台"),
    "gkmlpt_2": ("gkmlpt", "广东省政府信息公开目录平台"),
    "gkmlpt_3": ("gkmlpt", "广东省政府信息公开目录平台"),
    "gkmlpt_4": ("gkmlpt", "广东省政府信息公开目录平台"),
    "gkmlpt_5": ("gkmlpt", "广东省政府信息公开目录平台"),
    "hanweb_jpage_0": ("jpage", "大汉 Hanweb JCMS"),
    # links to a TRS article of the province, which says nothing about the city
    "hanweb_jpage_1": ("jpage", "大汉 Hanweb JCMS"),
    # its files lie where JPaaS keeps them, and its article is named by 32 digits
    "hanweb_pdfiframe_0": ("jpaas", "大汉 Hanweb JPaaS"),
    "jpaas_0": ("jpaas", "大汉 Hanweb JPaaS"),
    "jpaas_1": ("jpaas", "大汉 Hanweb JPaaS"),
    "jpaas_2": ("jpaas", "大汉 Hanweb JPaaS"),
    "jpaas_3": ("jpaas", "大汉 Hanweb JPaaS"),
    "jpaas_4": ("jpaas", "大汉 Hanweb JPaaS"),
    "jpaas_5": ("jpaas", "大汉 Hanweb JPaaS"),
    "other_0": ("trs", "拓尔思 TRS WCM"),
    "other_1": ("trs", "拓尔思 TRS WCM"),
    "other_2": ("trs", "拓尔思 TRS WCM"),
    "other_3": ("trs", "拓尔思 TRS WCM"),
    # a press centre's article with two style sheets and not one script of a known system
    "other_4": (None, ""),
    "other_5": ("longxun", "龙讯科技"),
    "other_6": ("static", "泽元 ZCMS"),
    "other_7": ("static", "泽元 ZCMS"),
    "trs_0": ("trs", "广东省 NFCMS"),
    "trs_1": ("trs", "拓尔思 TRS WCM"),
    "trs_2": ("trs", "拓尔思 TRS WCM"),
    "trs_3": ("trs", "拓尔思 TRS WCM"),
    "trs_4": ("trs", "广东省 NFCMS"),
    "trs_5": ("trs", "拓尔思 TRS WCM"),
    "truecms_0": ("truecms", "TrueCMS"),
    "truecms_1": ("truecms", "TrueCMS"),
    # tagged for Ucap's search engine, published by NFCMS
    "ucap_0": ("trs", "广东省 NFCMS"),
    "ucap_1": ("ucap", "开普云 Ucap"),
    "ucap_2": ("ucap", "开普云 Ucap"),
    "ucap_3": ("ucap", "开普云 Ucap"),
    "ucap_4": ("ucap", "开普云 Ucap"),
    "ucap_5": ("ucap", "开普云 Ucap"),
    "vsb_0": ("vsb", "博达 Visual SiteBuilder"),
    "zhengzhou_0": ("zhengzhou", "郑州市政务公开平台"),
}


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_pages_are_recognised_by_their_markup(recorded_page: Recorded, name: str) -> None:
    detection = detect(recorded_page(name), HOME)
    assert (detection.family, detection.system) == RECORDED[name]
    assert bool(detection.evidence) == (detection.family is not None)
    assert detection.challenge is None
    assert detection.leads_to is None


def test_the_recorded_challenge_and_the_recorded_stub_are_no_pages_of_a_system(recorded_page: Recorded) -> None:
    challenge = detect(recorded_page("challenge"), HOME)
    assert (challenge.family, challenge.challenge) == (None, "EdgeOne (Tencent Cloud)")
    stub = detect(recorded_page("refresh"), "https://www.example.gov.cn/zwgk/yjs/")
    assert stub.leads_to == "https://www.example.gov.cn/zwgk/yjs/202502/t20250224_14333940.html"
    assert stub.family is None


MARKUP = [
    # what stands on a page, and the system it speaks for
    ('<script src="/gkmlpt/gkml/public/jquery.min.js"></script>', "gkmlpt"),
    ("<script>window._CONFIG = {ACTION: 'index', SID: '1', TREE: [{\"id\":2}],}</script>", "gkmlpt"),
    ('<script>$.post("front/budgetfinal/itemsandpag.do", {page_num: 1})</script>', "jiangsu"),
    ('<script>$.get("/yjs/business/basic/select?id=150121zf&type=2&p=1")</script>', "neimenggu"),
    ('<div class="rt-yus dangw"><ul><li><a href="/x/">某委</a></li></ul></div>', "bmys"),
    ('<script src="/cms_files/default/script/AuthorizedRead/unitbuild.js?v=6"></script>', "jpaas"),
    ("""<div queryData="{'parseType':'bulidstatic','webId':'15'}"></div>""", "jpaas"),
    ('<a href="/api-gateway/jpaas-web-server/front/document/download?fileUrl=x">表</a>', "jpaas"),
    ('<script type="text/xml"><datastore><recordset></recordset></datastore></script>', "jpage"),
    ('<script>proxyUrl: "/module/jslib/jquery/jpage/dataproxy.jsp"</script>', "jpage"),
    ('<script>Ls.ajax({url: "/site/label/8888?labelName=publicInfoList"})</script>', "longxun"),
    ('<script src="/truecms/messageController/getMessage.do?columnId=1"></script>', "truecms"),
    ('<script>url = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"</script>', "epoint"),
    ('<script src="/js/webBuilderCommon.js"></script>', "epoint"),
    ('<script src="/r/cms/public/cn/js/nav.js"></script>', "zhengzhou"),
    ('<a href="/sitesources/xx/page_pc/zwgk/list1.html">公开</a>', "sitesources"),
    ('<div class="hap_xq_content">正文</div>', "sitesources"),
    ('<a href="/columns/2d37eb5e-0a36-4b22-9ab4-1f5c0c7f7f6d/index.html">预决算</a>', "hebei"),
    ('<script src="/system/resource/js/vsbscreen.min.js"></script>', "vsb"),
    ('<span class="p_pages"><span class="p_no_d">1</span></span>', "vsb"),
    ('<a href="/_upload/article/files/cd/7d/x.docx">表</a>', "static"),
    ('<script>var channelId = "52c4a0955566453f88ca77d82c45671f";</script>', "ucap"),
    ('<script>createPageHTML(2, 0, "index", "html");</script>', "trs"),
    ('<li><a href="./202602/t20260209_12277777.html">部门预算</a></li>', "trs"),
    ('<form><input type="hidden" name="__VIEWSTATE" value="/wE"></form>', "query_pages"),
]
FILLING = "<p>本栏目集中公开各部门的年度预算和决算，欢迎社会各界监督。</p>"


@pytest.mark.parametrize(("markup", "family"), MARKUP)
def test_a_mark_names_its_system_for_sure(markup: str, family: str) -> None:
    detection = detect(f"<html><body>{FILLING}{markup}</body></html>".encode(), HOME)
    assert (detection.family, detection.certainty) == (family, Certainty.SURE)


HINTS = [
    # what editors leave in pasted texts, and addresses that other systems could give too
    ("<div class=TRS_Editor>正文</div>", "trs"),
    ("<div id=vsb_content>正文</div>", "vsb"),
    ("<ucapcontent><div class=TRS_Editor>正文</div></ucapcontent>", "ucap"),
    ('<a href="/shenji/c100301/202602/85d62d0036e3441992d6b46c10e36c67.shtml">公告</a>', "ucap"),
    (f'<a href="{HOME}art/2026/1/29/art_80179_1.html">公告</a>', "jpage"),
]


@pytest.mark.parametrize(("markup", "family"), HINTS)
def test_a_hint_names_a_likely_system(markup: str, family: str) -> None:
    detection = detect(f"<html><body>{FILLING}{markup}</body></html>".encode(), HOME)
    assert (detection.family, detection.certainty) == (family, Certainty.LIKELY)


FOREIGN = [
    '<a href="http://www.js.gov.cn/col/col59348/index.html">省政府信息公开</a>',
    '<a href="//www.gov.cn/art/2026/1/29/art_80179_1.html">要闻</a>',
    '<a href="http://www.other.gov.cn/dynr.jsp?urltype=tree.TreeTempUrl&wbtreeid=5471">动态</a>',
    '<a href="https://www.other.gov.cn/202602/t20260209_12277777.html">部门预算</a>',
    '<script src="https://www.other.gov.cn/EWB-FRONT/x.js"></script>',
]


@pytest.mark.parametrize("markup", FOREIGN)
def test_a_link_to_another_site_says_nothing_about_this_one(markup: str) -> None:
    assert detect(f"<html><body>{FILLING}{markup}</body></html>".encode(), HOME).family is None


def test_an_address_with_the_pages_own_host_is_its_own() -> None:
    body = f'{FILLING}<a href="{HOME}202602/t20260209_12277777.html">部门预算</a>'
    assert detect(body.encode(), HOME).certainty is Certainty.SURE


ADDRESSES = [
    ("https://www.foshan.gov.cn/fstjj/gkmlpt/index", "gkmlpt", Certainty.SURE),
    ("http://yjsgk.jsczt.cn/", "jiangsu", Certainty.SURE),
    ("https://czt.nmg.gov.cn/yjs/business/page/index?cityCode=150600", "neimenggu", Certainty.SURE),
    ("https://public.zhengzhou.gov.cn/?a=dir&h=1&p=D1901", "zhengzhou", Certainty.SURE),
    ("https://www.sqq.gov.cn/col/col6530/index.html", "jpage", Certainty.LIKELY),
    ("http://www.example.gov.cn/sitesources/xx/page_pc/zwgk/list1.html", "sitesources", Certainty.SURE),
    ("http://www.example.gov.cn/zwgk/govInfoPub.html?categorynum=00100", "epoint", Certainty.LIKELY),
    ("http://www.haixing.gov.cn/haixing/c118666/listDisplaySon.shtml", "ucap", Certainty.LIKELY),
    ("http://www.example.gov.cn/czyjs_list.aspx?category_id=221", "query_pages", Certainty.LIKELY),
    ("https://www.example.gov.cn/yjs/", None, Certainty.UNKNOWN),
]


@pytest.mark.parametrize(("url", "family", "certainty"), ADDRESSES)
def test_an_address_alone_may_name_the_system(url: str, family: str | None, certainty: Certainty) -> None:
    detection = detect(f"<html><body>{FILLING}</body></html>".encode(), url)
    assert (detection.family, detection.certainty) == (family, certainty)


SIMULATED = {
    # whose columns look like those of the system they stand for; a page that only scripts fill is in neither list
    AspxPortal: Certainty.LIKELY,
    BmysPortal: Certainty.SURE,
    EpointPortal: Certainty.LIKELY,
    GkmlptPortal: Certainty.SURE,
    HebeiPortal: Certainty.SURE,
    JpaasPortal: Certainty.SURE,
    JpagePortal: Certainty.SURE,
    LongxunPortal: Certainty.SURE,
    NeimengguPortal: Certainty.SURE,
    ZhengzhouPortal: Certainty.SURE,
    SitesourcesPortal: Certainty.SURE,
    TrsPortal: Certainty.SURE,
    TruecmsPortal: Certainty.SURE,
    UcapPortal: Certainty.SURE,
    VsbPortal: Certainty.SURE,
}


@pytest.mark.parametrize("kind", SIMULATED, ids=lambda kind: kind.__name__)
def test_the_columns_of_the_simulated_portals_are_recognised(site: Site, kind: type[SimulatedPortal]) -> None:
    portal = kind(site, sample())
    reply = portal.answer(Query("GET", portal.start, {}))
    detection = detect(reply.body, f"{site.url}{portal.start}")
    assert (detection.family, detection.certainty) == (kind.family, SIMULATED[kind])


@pytest.mark.parametrize(
    "link",
    [
        '<a href="http://www.gansu.gov.cn/gsszf/202601/t20260123_592771.shtml">省里的文章</a>',
        '<a href="https://www.foshan.gov.cn/gkmlpt/gkml/x">佛山</a>',
        '<img src="//www.zj.gov.cn/cms_files/jcms1/web1/x.png">',
    ],
)
def test_links_to_other_sites_say_nothing_about_this_one(link: str) -> None:
    assert detect(f"<html><body>{FILLING}{link}</body></html>".encode(), HOME).family is None


def test_a_sure_mark_outweighs_hints_of_systems_named_before_it() -> None:
    body = (
        f'<html><body>{FILLING}<a href="/col/col9016/index.html">旧栏目</a><script>var websiteId="{"a1" * 16}"</script>'
    )
    detection = detect(body.encode(), HOME)
    assert (detection.family, detection.certainty) == ("ucap", Certainty.SURE)
    assert [(one.system, one.sure) for one in detection.others] == [("大汉 Hanweb JCMS", False)]


@pytest.mark.parametrize("body", [b"", b"\x00\xff\xfe", b"%PDF-1.7\n%", b"{}", b"<html></html>", "只有字".encode()])
def test_what_is_no_page_is_unknown(body: bytes) -> None:
    assert detect(body, HOME).certainty is Certainty.UNKNOWN


@pytest.mark.parametrize(
    ("status", "headers", "body", "name"),
    [
        (412, {}, b"<html></html>", "瑞数 (Ruishu)"),
        (521, {}, b"", "加速乐 (Jiasule)"),
        (512, {"X-Via-JSL": "abc,-"}, b"<script>go({})</script>", "加速乐 (Jiasule)"),
        (200, {}, b"<html><script>var arg1='" + b"0A" * 20 + b"'</script></html>", "阿里云 (Alibaba Cloud)"),
    ],
)
def test_an_anti_bot_page_is_named_and_nothing_is_recognised_in_it(
    status: int, headers: dict[str, str], body: bytes, name: str
) -> None:
    detection = detect(body, "https://www.foshan.gov.cn/gkmlpt/index", status=status, headers=headers)
    assert (detection.challenge, detection.family) == (name, None)


def test_a_page_drawn_by_scripts_is_a_shell() -> None:
    shell = b'<html><head><script src="/app.js"></script></head><body><div id="app"></div></body></html>'
    assert detect(shell, HOME).is_shell
    assert not detect(f"<html><body>{FILLING * 5}<script></script></body></html>".encode(), HOME).is_shell


# --- site and columns -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "site", "code", "article"),
    [
        ("trs_5", "长沙市人民政府", "4301000052", False),
        ("hanweb_pdfiframe_0", "温州市人民政府", "3303000003", True),
        ("zhengzhou_0", None, "4101000041", False),  # from the address of the national correction service only
        ("hanweb_jpage_1", "兰州市应急管理局", None, False),  # its SiteIDCode is empty
        ("challenge", None, None, False),
    ],
)
def test_the_site_says_who_it_is(
    recorded_page: Recorded, name: str, site: str | None, code: str | None, *, article: bool
) -> None:
    facts = site_facts(Page.from_bytes(recorded_page(name), HOME))
    assert (facts.name, facts.id_code, facts.is_article) == (site, code, article)


@pytest.mark.parametrize(
    ("name", "url", "columns"),
    [
        (
            "other_7",
            "https://www.km.gov.cn/c/2026-02-12/5058007.shtml",
            [
                ("部门预决算及“三公”经费", "https://www.km.gov.cn/zfxxgk/fdzdgknr/zdlyxxgk/sjczyjs/bmsgjf/"),
                ("财政预决算", "https://www.km.gov.cn/zfxxgk/fdzdgknr/zdlyxxgk/sjczyjs/"),
            ],
        ),
        (
            "hanweb_pdfiframe_0",
            "https://www.wenzhou.gov.cn/zwgk/x/art/2026/art_b988f40c536a122c73f03b9d6417be0e.html",
            [
                ("部门预算", "https://www.wenzhou.gov.cn/col/col1229249208/index.html"),
                ("市级部门预算", "https://www.wenzhou.gov.cn/zwgk/zdlyxxgk/czxx/bmys/2026n/sjbmys/index.html"),
                ("财政信息", "https://www.wenzhou.gov.cn/col/col1218667/index.html"),
            ],
        ),
        (
            "hanweb_jpage_1",
            "http://yjj.lanzhou.gov.cn/",
            [("预算决算", "http://yjj.lanzhou.gov.cn/col/col10590/index.html")],
        ),
        (
            "vsb_0",
            "http://www.linyi.gov.cn/info/1236/413657.htm",
            [("财政信息", "http://www.linyi.gov.cn/gk/czxx.htm")],
        ),
        # audits of budgets are not budgets
        ("jpaas_2", "http://sjj.zjtz.gov.cn/", []),
    ],
)
def test_budget_columns_are_found_by_their_names(
    recorded_page: Recorded, name: str, url: str, columns: list[tuple[str, str]]
) -> None:
    listed = budget_columns(Page.from_bytes(recorded_page(name), url))
    assert listed == [BudgetColumn(address, text) for text, address in columns]


def test_columns_of_other_hosts_and_articles_are_no_columns_of_this_site() -> None:
    page = Page.from_bytes(
        """<a href="http://cz.other.gov.cn/yjs/">财政预决算</a>
        <a href="/202602/t20260209_1.html">部门预算</a>
        <a href="/a/">2026年部门预算公开</a>
        <a href="/b/">部门预算执行审计</a>
        <a href="javascript:void(0)">部门预算</a>
        <a href="/c/#top" title="部门预决算公开">公开</a>""".encode(),
        HOME,
    )
    assert budget_columns(page) == [BudgetColumn("https://www.example.gov.cn/c/", "部门预决算公开")]


def test_every_mark_is_tried_by_a_test() -> None:
    """A system without an example here would be recognised by faith alone."""
    tried = {family for _, family in MARKUP} | {family for family, _ in RECORDED.values()}
    assert {system.family for system in SYSTEMS} <= tried
