"""Content management systems and platforms of government portals, and the marks by which their pages are told.

A mark is *sure* when only that system writes it, else it is a *hint*.  `crawler.survey.recognition` looks for them.
"""

from __future__ import annotations

import dataclasses
import re


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A piece of markup, or of an address, by which a system is recognised; `says` names it to a person.

    The pattern of an `own` mark begins in a first group with an address, which has to lie on the page's own host: links
    to other sites say nothing about this one.
    """

    says: str
    pattern: re.Pattern[str]
    sure: bool = True
    in_address: bool = False
    own: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class System:
    """A content management system: the family that reads its portals, its name, and its marks."""

    family: str
    name: str
    marks: tuple[Mark, ...]


def _sure(says: str, pattern: str) -> Mark:
    return Mark(says, re.compile(pattern, re.IGNORECASE))


def _hint(says: str, pattern: str) -> Mark:
    return Mark(says, re.compile(pattern, re.IGNORECASE), sure=False)


def _at(says: str, pattern: str, *, sure: bool = True) -> Mark:
    return Mark(says, re.compile(pattern, re.IGNORECASE), sure=sure, in_address=True)


def _own(says: str, path: str, *, sure: bool = True) -> Mark:
    """An address on the page's own site, relative or with its host."""
    return Mark(
        says, re.compile(rf"""["'(=]\s*([^"'()<>\s]{{0,200}}?(?:{path}))""", re.IGNORECASE), sure=sure, own=True
    )


UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

SYSTEMS = (
    # --- platforms of one province or city ----------------------------------------------------------------------------
    System(
        "gkmlpt",
        "广东省政府信息公开目录平台",
        (
            _own("scripts of the gkmlpt platform", r"/gkmlpt/(?:gkml|api)/"),
            _sure("its configuration with the tree of columns", r"\b_CONFIG\s*=\s*\{[^<]{0,20000}?\bTREE\s*:"),
            _at("an address of the gkmlpt platform", r"/gkmlpt/(?:index|content|api|list)"),
        ),
    ),
    System(
        "jiangsu",
        "江苏省预决算公开平台",
        (
            _sure("calls of the Jiangsu platform", r"front/(?:budgetfinal|department)/\w+\.do"),
            _at("an address of the Jiangsu platform", r"//[^/]*/yjsgk/list\.do|//yjsgk\.jsczt\.cn/"),
        ),
    ),
    System(
        "neimenggu",
        "内蒙古自治区预决算公开平台",
        (
            _own("calls of the Inner Mongolian platform", r"/yjs/business/(?:basic|file|page)/"),
            _at("an address of the Inner Mongolian platform", r"/yjs/business/"),
        ),
    ),
    System(
        "bmys",
        "上海市部门预决算专栏",
        (
            _sure("the blocks of Shanghai's budget topic", r"""class=["'][^"']*\brt-yus\b"""),
            _at("an address of Shanghai's budget topic", r"/bm[yj]s-\d\d"),
        ),
    ),
    # --- products -----------------------------------------------------------------------------------------------------
    System(
        "jpaas",
        "大汉 Hanweb JPaaS",
        (
            _sure("the script that builds units of a page", r"AuthorizedRead/unitbuild\.js"),
            _own("the publishing gateway", r"/api-gateway/jpaas-[a-z-]+/"),
            _sure("the marks of a page's units", r"""queryData\s*=\s*["']\{\s*["']parseType"""),
            _own("the storage of the publishing gateway", r"/cms_files/(?:jcms1|filemanager|default)/"),
        ),
    ),
    System(
        "jpage",
        "大汉 Hanweb JCMS",
        (
            _own("the list module jpage", r"/module/(?:web/|jslib/jquery/)?jpage/"),
            _sure("its inline list", r"<datastore>|&lt;datastore&gt;"),
            _own("other modules of JCMS", r"/module/(?:visitcount|download|xxgk|jslib)/", sure=False),
            _own("the pages of a Hanweb site", r"\b(?:art/\d{4}/\d{1,2}/\d{1,2}/art_|col/col)\d+", sure=False),
            _at("the address of a Hanweb column or article", r"/col/col\d+/|/art/\d{4}/.*art_", sure=False),
        ),
    ),
    System(
        "longxun",
        "龙讯科技",
        (
            _own("its labels", r"/site/label/8888"),
            _hint("its services", r"//[a-z]+\.lonsun\.cn/"),
            _at("the address of a column of open information", r"/(?:public|content)/column/\d+"),
        ),
    ),
    System(
        "truecms",
        "TrueCMS",
        (
            _own("its controllers", r"/truecms/[a-z]+Controller/"),
            _sure("its address given to a script", r"cmsURL=[^\"'\s]*/truecms"),
        ),
    ),
    System(
        "epoint",
        "国泰新点 Epoint",
        (
            _own("its front end", r"/EWB-FRONT/|webBuilderCommon\.js"),
            _hint("the identifier of its sites", r"\bsiteGuid\b"),
            _at("the address of a column", r"[?&]categorynum=\d+", sure=False),
        ),
    ),
    System(
        "zhengzhou",
        "郑州市政务公开平台",
        (
            _own("the theme of Zhengzhou's platform", r"/r/cms/public/cn/"),
            _at("an address of its query router", r"//[^/]+/\?(?:[^#]*&)?a=dir&(?:[^#]*&)?p=D\d+"),
        ),
    ),
    System(
        "sitesources",
        "河南省政府网站集约化平台 (sitesources)",
        (
            _own("its folders", r"/sitesources/[^/\"'\s]+/page_(?:pc|mobile)/"),
            _sure("its classes", r"""class=["'][^"']*\bhap_(?:infoBox|xq_\w+)"""),
            _at("the address of a list", r"/sitesources/[^/]+/page_(?:pc|mobile)/"),
        ),
    ),
    System(
        "hebei",
        "河北省政府网站集约化平台",
        (
            _own("its columns", rf"/columns/{UUID}/"),
            _at("the address of a column", rf"/columns/{UUID}/"),
        ),
    ),
    System(
        "vsb",
        "博达 Visual SiteBuilder",
        (
            _sure("its signature", r"Announced by Visual SiteBuilder"),
            _own("its scripts", r"/system/resource/js/|_sitegray/_sitegray\.js"),
            _hint("the text of an article", r"""id=["']?vsb_content"""),
            _sure("its pager", r"""class=["']?(?:p_pages|p_no(?:_d)?|p_next p_fun|p_first_d p_fun_d)\b"""),
            _own("its articles", r"\binfo/\d+/\d+\.htm", sure=False),
            _own("its dynamic addresses", r"urltype=(?:tree\.TreeTempUrl|news\.NewsContentUrl)", sure=False),
        ),
    ),
    System(
        "static",
        "苏迪 WebPlus",
        (
            _own("its files", r"/_upload/(?:tpl|article|site)/"),
            _own("its articles", r"/\d{4}/\d{4}/c\d+a\d+/page\.htm", sure=False),
            _at("the address of an article", r"/\d{4}/\d{4}/c\d+a\d+/page\.htm", sure=False),
        ),
    ),
    System(
        "trs",
        "广东省 NFCMS",
        (_sure("the identifier of an NFCMS site", r"\bNFCMS_SITE_ID\b"),),
    ),
    System(
        "ucap",
        "开普云 Ucap",
        (
            _own("its list interface", r"/(?:common/search|searchList)/[0-9a-f]{32}|[?&]_isAgg="),
            _sure("the identifier of a website or a column", r"\b(?:websiteId|channelId)\s*=\s*[\"'][0-9a-f]{32}[\"']"),
            _sure("the version of its template", r"""<meta name=["']template,templategroup,version["']"""),
            _hint("its tags", r"<UCAP(?:TITLE|CONTENT|SOURCE)"),
            _own("its articles", r"/(?:19|20)\d{2}(?:0[1-9]|1[0-2])/[0-9a-f]{32}\.s?html", sure=False),
            _own("its pages", r"/c\d{6}/[\w-]*list\w*\.shtml|/pc/(?:list|content/content_\d{15,})\.html", sure=False),
            _hint("its attachment block", r"""class=["']m-attachment"""),
            _at("the address of a list", r"/c\d{6}/[\w-]*list\w*\.shtml|/column-index-\d+\.shtml", sure=False),
        ),
    ),
    System(
        "trs",
        "拓尔思 TRS WCM",
        (
            _sure("the pager createPageHTML", r"\bcreatePage(?:HTML)?\s*\("),
            _hint("its editor", r"TRS_(?:Editor|UEDITOR|PreAppend)|trs_editor_view|trs_paper_default"),
            _sure("its breadcrumbs", r"""class=["']?CurrChnlCls"""),
            _own("its articles", r"\b(?:19|20)\d{4}/t(?:19|20)\d{6}_\d+\.s?html?"),
            _own("its files", r"/[PW]0(?:19|20)\d{15,18}\.\w{2,4}"),
            _hint("a pager object", r"""\.pagination\(\s*["']setPage|\bPager\(\s*\{"""),
            _at("the address of an article", r"/(?:19|20)\d{4}/t(?:19|20)\d{6}_\d+\.s?html?"),
        ),
    ),
    # --- systems without a family of their own --------------------------------------------------------
    System(
        "static",
        "泽元 ZCMS",
        (_sure("its signature", r"App=ZCMS\("), _sure("its statistics", r"/zcms/stat/|_zcms_stat\(")),
    ),
    System(
        "static",
        "科创 creatorCMS",
        (_hint("its modules", r"/creatorCMS/\w+/"),),
    ),
    System(
        "query_pages",
        "ASP.NET Web Forms",
        (
            _sure("the state of its forms", r"""name=["']__VIEWSTATE["']"""),
            _at("the address of a form", r"\.aspx(?:$|\?)", sure=False),
        ),
    ),
)
"""Every system that is told from its pages, the most specific first.

Sources: the marks were read off saved pages of 2025 and 2026 (gkmlpt, JPaaS, JCMS, 龙讯, TrueCMS, 郑州, VSB, NFCMS,
Ucap, TRS, ZCMS, creatorCMS) or taken from public notes of others who crawl these systems (the rest)."""
