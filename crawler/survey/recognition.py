"""Recognises the content management system behind a page, and so the family that reads its portal, with the evidence.

Pure functions from what a server answered to a `Detection`.  Every system leaves marks on its pages that no other one
writes: the address of a script, the name of a function, a class.  `survey.systems` lists them, most specific first,
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

from gongkai.crawler.pages.address import same_site
from gongkai.crawler.pages.page import Page, squeeze, stub_target
from gongkai.crawler.survey.systems import SYSTEMS
from gongkai.crawler.wire.outcome import challenge_of

EVIDENCE_LENGTH = 80
"""Characters of the page quoted as evidence."""
SHELL_TEXT = 80
SHELL_LINKS = 3
"""A page with scripts that shows fewer characters and fewer links than these is drawn by its scripts."""


class Certainty(enum.StrEnum):
    """Degrees of knowing the family."""

    SURE = "sure"
    """The page carries a mark that only this system writes."""
    LIKELY = "likely"
    """The page carries hints that other systems might carry too."""
    UNKNOWN = "unknown"
    """No mark of a known system."""


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
    """The system that a page was recognised as.

    `family` is the one that reads its portals, None where the system is unknown; `system` is the product's name.
    `evidence` holds the marks of that system, `others` the marks of further systems.  `challenge` names the anti-bot
    system whose page this is, `leads_to` the address an empty page only forwards to, `is_shell` says that scripts draw
    the page; with `challenge` or `leads_to` there is nothing to recognise.
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
    marks = list(_evidence(page))
    chosen = next((one for one in marks if one.sure), None) or next(iter(marks), None)
    is_shell = _is_shell(page)
    if chosen is None:
        return Detection(is_shell=is_shell)
    return Detection(
        family=next(system.family for system in SYSTEMS if system.name == chosen.system),
        system=chosen.system,
        certainty=Certainty.SURE if chosen.sure else Certainty.LIKELY,
        evidence=tuple(one for one in marks if one.system == chosen.system),
        others=tuple(one for one in marks if one.system != chosen.system),
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
            match = next(
                (one for one in mark.pattern.finditer(text) if not mark.own or _is_own(page, one.group(1))), None
            )
            if match:
                yield Evidence(system.name, mark.says, squeeze(match.group())[:EVIDENCE_LENGTH], mark.sure)


def _is_own(page: Page, address: str) -> bool:
    """True for an address on the page's own host."""
    url = page.resolve(address)
    return url is not None and same_site(url, page.url)


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
"""Names of columns of budgets, the most telling first."""
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
