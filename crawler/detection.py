"""Which content management system a page comes from, and so which family reads its portal; with the evidence.

Pure functions from what a server answered to a `Detection`.  Every system leaves marks on its pages that no other one
writes: the address of a script, the name of a function, a class.  `SYSTEMS` lists them, the most specific system first,
since portals are patched together: pages of 开普云 Ucap keep links of the 大汉 site they replaced, and its tags for a
search engine (`UCAPTITLE`) stand on pages of Guangdong's NFCMS too.

A mark is *sure* when only that system writes it, else it is a *hint*: without a sure mark the first system hinted at is
named, as a likely one.  A page with neither is unknown, which is an answer; so are an anti-bot page and an empty page
that only leads elsewhere.
"""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Iterable, Iterator, Mapping

from crawler.address import same_site
from crawler.outcome import challenge_of
from crawler.page import Page, squeeze, stub_target

EVIDENCE_LENGTH = 80
"""Characters of the page quoted as evidence."""
SHELL_TEXT = 80
SHELL_LINKS = 3
"""A page with scripts that shows fewer characters and fewer links than these is drawn by its scripts."""


class Certainty(enum.StrEnum):
    """How far the family is known."""

    SURE = "sure"
    """The page carries a mark that only this system writes."""
    LIKELY = "likely"
    """The page carries hints that other systems might carry too."""
    UNKNOWN = "unknown"
    """No mark of a known system."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A piece of markup, or of an address, by which a system is recognised; `says` names it to a person."""

    says: str
    pattern: re.Pattern[str]
    sure: bool = True
    in_address: bool = False


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


def _own(says: str, path: str) -> Mark:
    """An address on the page's own site: relative, as links to other sites say nothing about this one."""
    return _sure(says, rf"""["'(=](?!\w+:|//)[^"'()<>\s]{{0,200}}?{path}""")


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
            _hint("other modules of JCMS", r"/module/(?:visitcount|download|xxgk|jslib)/"),
            _hint("the pages of a Hanweb site", r"""["'/](?:art/\d{4}/\d{1,2}/\d{1,2}/art_|col/col)\d+"""),
            _at("the address of a Hanweb column or article", r"/col/col\d+/|/art/\d{4}/.*art_", sure=False),
        ),
    ),
    System(
        "longxun",
        "龙讯科技",
        (
            _sure("its labels", r"/site/label/8888"),
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
            _sure("its front end", r"/EWB-FRONT/|webBuilderCommon\.js"),
            _hint("the identifier of its sites", r"\bsiteGuid\b"),
        ),
    ),
    System(
        "query",
        "郑州市政务公开平台",
        (
            _own("the theme of Zhengzhou's platform", r"/r/cms/public/cn/"),
            _at("an address of its query router", r"//public\.[^/]+/\?(?:[^#]*&)?a=dir\b"),
        ),
    ),
    System(
        "sitesources",
        "河南省政府网站集约化平台 (sitesources)",
        (
            _own("its folders", r"/sitesources/[^/\"'\s]+/page_(?:pc|mobile)/"),
            _sure("its classes", r"""class=["'][^"']*\bhap_(?:infoBox|xq_\w+)"""),
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
            _sure("its scripts", r"/system/resource/js/|_sitegray/_sitegray\.js"),
            _sure("the text of an article", r"""id=["']?vsb_content"""),
            _hint("its dynamic addresses", r"urltype=(?:tree\.TreeTempUrl|news\.NewsContentUrl)"),
        ),
    ),
    System(
        "static",
        "苏迪 WebPlus",
        (
            _own("its files", r"/_upload/(?:tpl|article|site)/"),
            _hint("its articles", r"/\d{4}/\d{4}/c\d+a\d+/page\.htm"),
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
            _sure("its list interface", r"/(?:common/search|searchList)/[0-9a-f]{32}|[?&]_isAgg="),
            _sure("the identifier of a website or a column", r"\b(?:websiteId|channelId)\s*=\s*[\"'][0-9a-f]{32}[\"']"),
            _sure("the version of its template", r"""<meta name=["']template,templategroup,version["']"""),
            _hint("its tags", r"<UCAP(?:TITLE|CONTENT)"),
            _hint("its attachment block", r"""class=["']m-attachment"""),
            _at("the address of a list", r"/c\d{6}/[\w-]*list\w*\.shtml|/column-index-\d+\.shtml", sure=False),
        ),
    ),
    System(
        "trs",
        "拓尔思 TRS WCM",
        (
            _sure("the pager createPageHTML", r"\bcreatePage(?:HTML)?\s*\("),
            _sure("its editor", r"TRS_(?:Editor|UEDITOR|PreAppend)|trs_editor_view|trs_paper_default"),
            _sure("its breadcrumbs", r"""class=["']?CurrChnlCls"""),
            _own("its articles", r"(?:19|20)\d{4}/t(?:19|20)\d{6}_\d+\.s?html?"),
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
        "query",
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


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """A mark found: of which system, what it is, and the text in which it was seen."""

    system: str
    says: str
    seen: str
    sure: bool

    def __str__(self) -> str:
        return f"{self.says} ({self.seen!r})"


@dataclasses.dataclass(frozen=True, slots=True)
class Detection:
    """What a page was recognised as.

    `family` names a spider, None where the system is unknown; `system` is the product's name.  `evidence` holds the
    marks of that system, `others` those of further ones.  `challenge` names the anti-bot system whose page this is,
    `leads_to` the address an empty page only forwards to, `is_shell` says that scripts draw the page; with `challenge`
    or `leads_to` there is nothing to recognise.
    """

    family: str | None = None
    system: str = ""
    certainty: Certainty = Certainty.UNKNOWN
    evidence: tuple[Evidence, ...] = ()
    others: tuple[Evidence, ...] = ()
    challenge: str | None = None
    leads_to: str | None = None
    is_shell: bool = False


def detect(body: bytes, url: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Detection:
    """Recognise the system behind an answer; header names in any case.

    Undecodable bytes, an empty body and anything that is no page are simply unknown.
    """
    named = {name.lower(): value for name, value in (headers or {}).items()}
    if challenge := challenge_of(status, body) or _challenge_of_headers(status, named):
        return Detection(challenge=challenge)
    return detect_page(Page.from_bytes(body, url, named.get("content-type")))


def _challenge_of_headers(status: int, headers: Mapping[str, str]) -> str | None:
    """加速乐 names itself in a header, also where its status is one that others send (512)."""
    return "加速乐 (Jiasule)" if status >= 400 and "x-via-jsl" in headers else None


def detect_page(page: Page) -> Detection:
    """Recognise the system behind a page that is known to be no anti-bot page."""
    if target := stub_target(page):
        return Detection(leads_to=target)
    found = list(_evidence(page))
    chosen = next((one for one in found if one.sure), None) or next(iter(found), None)
    is_shell = _is_shell(page)
    if chosen is None:
        return Detection(is_shell=is_shell)
    return Detection(
        family=next(system.family for system in SYSTEMS if system.name == chosen.system),
        system=chosen.system,
        certainty=Certainty.SURE if chosen.sure else Certainty.LIKELY,
        evidence=tuple(one for one in found if one.system == chosen.system),
        others=tuple(one for one in found if one.system != chosen.system),
        is_shell=is_shell,
    )


def _is_shell(page: Page) -> bool:
    links = sum(1 for anchor in page.tree.iter("a") if squeeze(anchor.text_content()))
    has_scripts = next(page.tree.iter("script"), None) is not None
    return has_scripts and links < SHELL_LINKS and len(page.visible_text) < SHELL_TEXT


def _evidence(page: Page) -> Iterator[Evidence]:
    for system in SYSTEMS:
        for mark in system.marks:
            text = page.url if mark.in_address else page.text
            if match := mark.pattern.search(text):
                yield Evidence(system.name, mark.says, squeeze(match.group())[:EVIDENCE_LENGTH], mark.sure)


# --- what the page says of itself -------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class SiteFacts:
    """The site a page belongs to, as its <meta> block says it; None where it does not.

    `id_code` is the SiteIDCode (网站标识码): ten digits, the first six of which are the division's code for all but the
    ministries.  Where the block lacks it, the number handed to the national script for reporting mistakes (纠错) is it.
    """

    name: str | None
    domain: str | None
    id_code: str | None
    column: str | None
    is_article: bool


CORRECTIONS = re.compile(
    r"""_jiucuo_["'][^>]*?\bsitecode\s*=\s*["'](\d{10})["']|/exposure/jiucuo\.html\?site_code=(\d{10})\b""",
    re.IGNORECASE,
)
ID_CODE = re.compile(r"\d{10}")


def site_facts(page: Page) -> SiteFacts:
    meta = page.meta
    code = meta.get("siteidcode", "")
    corrections = CORRECTIONS.search(page.text)
    if not ID_CODE.fullmatch(code):
        code = corrections.group(1) or corrections.group(2) if corrections else ""
    return SiteFacts(
        name=meta.get("sitename"),
        domain=meta.get("sitedomain"),
        id_code=code or None,
        column=meta.get("columnname"),
        is_article="articletitle" in meta,
    )


@dataclasses.dataclass(frozen=True, slots=True)
class BudgetColumn:
    """A column (栏目) of budgets that a page links to: its absolute address and its name as printed."""

    url: str
    name: str


COLUMN_NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"部门.{0,6}(?:预决算|预算决算|决算预算)|预决算.{0,4}三公",
        r"(?:部门|单位)(?:财政)?预算|(?:部门|单位)(?:财政)?决算",
        r"预决算|预算决算|财政预算|财政决算|预算公开|决算公开|预算信息|决算信息|三公.{0,2}经费",
        r"^财政(?:资金|信息|专栏|公开)",
    )
)
"""What columns of budgets are called, the most telling names first."""
LONGEST_COLUMN_NAME = 24
"""Columns have short names; longer links are articles."""
ARTICLE_TITLE = re.compile(r"(?:19|20)\d\d|通知|公告|公示|报告|审计|绩效|办法|制度|解读|批复|草案|执行")
"""A link so worded leads to one document, or to a column about something else than the budgets themselves."""
ARTICLE_ADDRESS = re.compile(
    r"/t\d{8}_\d+\.|/art_[0-9a-f_]+\.|/content_\d+\.|/post_\d+\.|/info/\d+/\d+\.|/[0-9a-f]{32}\.s?html?|/c\.html",
    re.IGNORECASE,
)


def budget_columns(page: Page) -> list[BudgetColumn]:
    """The budget columns that a page links to on its own host, the most tellingly named first, each once."""
    ranked: dict[str, tuple[int, str]] = {}
    for url, name in _short_links(page):
        rank = _rank(name)
        if rank is not None and same_site(url, page.url) and not ARTICLE_ADDRESS.search(url):
            ranked[url] = min(ranked.get(url, (rank, name)), (rank, name))
    return [BudgetColumn(url, name) for url, (_, name) in sorted(ranked.items(), key=lambda pair: pair[1][0])]


def _short_links(page: Page) -> Iterator[tuple[str, str]]:
    for anchor in page.tree.iter("a"):
        href = (anchor.get("href") or "").strip()
        if not href or href.lower().startswith(("javascript:", "#", "mailto:")) or not (url := page.resolve(href)):
            continue
        for name in _names(anchor.text_content(), anchor.get("title") or ""):
            yield url.partition("#")[0], name


def _names(*texts: str) -> Iterable[str]:
    return (name for text in texts if 0 < len(name := squeeze(text)) <= LONGEST_COLUMN_NAME)


def _rank(name: str) -> int | None:
    if ARTICLE_TITLE.search(name):
        return None
    return next((rank for rank, pattern in enumerate(COLUMN_NAMES) if pattern.search(name)), None)
