"""From the recorded pages of a portal nobody has described yet to the file that describes it.

Pure functions.  What the pages state is proposed, with where it stands as a comment; what they do not state is left as
a comment that says what to fill in.  The result is accepted by `gongkai portals check` as it is, and says `unverified`:
a person still has to look at it and to see a crawl succeed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from gongkai.archive import Role
from gongkai.crawler.errors import ProposalError
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.pages.address import DEFAULT_PORTS
from gongkai.crawler.pages.listing import rows
from gongkai.crawler.pages.page import Page, squeeze, stub_target
from gongkai.crawler.pages.structure import BUDGETS, content_groups
from gongkai.crawler.portal.file import PORTAL_ID
from gongkai.crawler.portal.shipped import PROVINCE_FOLDERS
from gongkai.crawler.survey.recognition import Certainty, Detection, SiteFacts, budget_columns, detect_page, site_facts
from gongkai.crawler.survey.recorded_page import RecordedPage
from gongkai.vocabulary.divisions import Division, division, locate

READ_OFF_THE_PAGE = frozenset({"query_pages", "sitesources", "static", "trs", "vsb", "zhengzhou"})
"""Families whose rows stand in the column's own page, so that a selector of them can be told from it."""
UNKNOWN_FAMILY = "static"
"""The family that reads a portal whose system was not recognised."""
NAMED_COLUMNS = 5
"""So many of the columns a page links to are named in the proposal."""


def check_address(url: str) -> None:
    """Raise ProposalError unless this is an address that a portal can have."""
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ProposalError(
            f"{url!r} is no address of a portal; it must begin with http:// or https:// and name a host."
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The facts that a portal's file could state.

    `remarks` say, by key, where a value comes from; `parameters` are the family's, as far as the pages state them;
    `questions` are what a person has to find out.
    """

    id: str
    name: str
    family: str
    division_code: str
    site_id_code: str | None
    site_name: str | None
    start_url: str
    start_role: Role
    column: str | None
    rows: int
    parameters: Mapping[str, object]
    remarks: Mapping[str, str]
    questions: Sequence[str]
    allow_loopback: bool
    proposed_on: dt.date
    detection: Detection


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Facts that a person states in place of the pages, None where the pages are to tell."""

    portal_id: str | None = None
    division_code: str | None = None
    family: str | None = None
    parameters: Mapping[str, object] = dataclasses.field(default_factory=dict)
    allow_loopback: bool = False


def propose(pages: Sequence[RecordedPage], proposed_on: dt.date, wishes: Wishes) -> Proposal:
    """The proposal for the portal whose pages these are: the last listing page is the column to start at, or else the
    last page.

    Raises ProposalError where the id or the division is neither given nor found, or not possible.
    """
    start = next((recorded for recorded in reversed(pages) if recorded.role is Role.LISTING), pages[-1])
    column = start.page
    if target := stub_target(column):
        raise ProposalError(f"The page {start.url!r} only leads on to {target!r}; give that address instead.")
    detection, facts = _detection(pages, column), site_facts(column)
    code, code_remark = _division_code(wishes.division_code, facts, column.title)
    family = _family(wishes.family, detection)
    stated = FAMILIES[family].stated_parameters(column)
    row = _row(column) if family in READ_OFF_THE_PAGE and "row" not in wishes.parameters else None
    told = detection
    if not rows(column) and detection.certainty is Certainty.SURE:  # a column that shows nothing proves no family
        told = dataclasses.replace(detection, certainty=Certainty.LIKELY)
    return Proposal(
        id=_portal_id(wishes.portal_id, code, start.url),
        name=printable(facts.name or column.title or urlsplit(start.url).hostname or ""),
        family=family,
        division_code=code,
        site_id_code=facts.id_code,
        site_name=printable(facts.name) if facts.name else None,
        start_url=start.url,
        start_role=start.role,
        column=printable(facts.column or column.title) or None,
        rows=len(rows(column)),
        parameters={**stated, **({"row": row} if row else {}), **wishes.parameters},
        remarks={
            "family": "as given" if wishes.family else _family_remark(told),
            "division_code": code_remark,
            **dict.fromkeys(stated, "stated by the page"),
            **(
                {"row": f"gives {len(rows(column, row))} of the {len(rows(column))} rows that the page shows"}
                if row
                else {}
            ),
            **dict.fromkeys(wishes.parameters, "as given"),
        },
        questions=tuple(_questions(detection, facts, column)),
        allow_loopback=wishes.allow_loopback,
        proposed_on=proposed_on,
        detection=told,
    )


def _family(given: str | None, detection: Detection) -> str:
    family = given or detection.family or UNKNOWN_FAMILY
    if family not in FAMILIES:
        raise ProposalError(f"There is no family {family!r}; the families are {', '.join(sorted(FAMILIES))}.")
    return family


def _row(column: Page) -> str | None:
    """The CSS selector of the column's rows: of the one list of documents that a page has, or of the only one that
    speaks of budgets.  None where several lists could be meant, and where a selector gives other rows than the list."""
    groups = content_groups(column)
    chosen = [group for group in groups if any(BUDGETS.search(block.title) for block in group.blocks)]
    selectors = {group.selector for group in (chosen or groups)}
    if len(selectors) != 1:
        return None
    [selector] = selectors
    if "." not in selector:  # every list of a site may be `ul > li`
        return None
    urls = {block.url for group in (chosen or groups) for block in group.blocks}
    return selector if {row.url for row in rows(column, selector)} == urls else None


def _detection(pages: Sequence[RecordedPage], column: Page) -> Detection:
    """The system behind the column; a column that shows no mark is taken for a part of the site that led to it."""
    detection = detect_page(column)
    if detection.certainty is Certainty.SURE:
        return detection
    others = (detect_page(recorded.page) for recorded in pages)
    return next((other for other in others if other.certainty is Certainty.SURE), detection)


def _family_remark(detection: Detection) -> str:
    if detection.family is None:
        return "no mark of a known system"
    certainty = "" if detection.certainty is Certainty.SURE else "likely "
    return f"{certainty}{detection.system}: {detection.evidence[0]}"


def _questions(detection: Detection, facts: SiteFacts, page: Page) -> Iterator[str]:
    if detection.is_shell:
        yield "The page is drawn by its scripts: find the interface they call, or state `browser`."
    if detection.certainty is not Certainty.SURE:
        yield "The system was not recognised for certain: compare the page with the families in docs/crawling.md."
    if not rows(page):
        yield "No row was found in the page: state the CSS selector of one as `row`, or the column's own address."
    if facts.is_article:
        yield "The page is an article: name in start_urls the column it belongs to instead."
    if columns := [f"{printable(column.name)} {column.url}" for column in budget_columns(page)[:NAMED_COLUMNS]]:
        yield f"The page links to columns that may be the ones wanted: {', '.join(columns)}."
    if facts.id_code is None:
        yield "The page states no SiteIDCode: look for it at the foot of the home page."


# --- division and id --------------------------------------------------------------------------------------------------


def _division_code(given: str | None, facts: SiteFacts, title: str) -> tuple[str, str]:
    """The code with the sentence that says where it comes from."""
    if given is not None:
        if division(given) is None:
            raise ProposalError(f"GB/T 2260 has no division {given!r}; give the six digits of one with --division.")
        return given, f"{_called(given)}, as given"
    by_code = division(facts.id_code[:6]) if facts.id_code else None
    by_name = locate(f"{facts.name or ''} {title}").division
    chosen = narrower(by_code, by_name)
    if chosen is None:
        raise ProposalError(_no_division(by_code, by_name))
    source = "the site's name" if by_code is None or chosen.code != by_code.code else "the SiteIDCode"
    return chosen.code, f"{_called(chosen.code)}, by {source}"


def narrower(one: Division | None, other: Division | None) -> Division | None:
    """The narrower of two divisions of which one lies in the other, the only one that is known, or None: two that
    exclude each other settle nothing."""
    if one is None or other is None:
        return one or other
    if one.contains(other):
        return other
    return one if other.contains(one) else None


def _no_division(by_code: Division | None, by_name: Division | None) -> str:
    if by_code is not None and by_name is not None:
        reason = f"the SiteIDCode says {by_code.name!r}, the site's name {by_name.name!r}"
    else:
        reason = "neither SiteIDCode nor the site's name tells its division"
    return f"The portal's division is not clear: {reason}; give its six digits (GB/T 2260) with --division."


def _called(code: str) -> str:
    place = division(code)
    return place.name if place else code


def _portal_id(given: str | None, code: str, url: str) -> str:
    folder = PROVINCE_FOLDERS.get(code[:2])
    if folder is None:
        raise ProposalError(f"The division {code!r} lies in none of the provinces whose portals are described here.")
    wanted = given or f"{folder}/{_host_name(url)}"
    if not PORTAL_ID.fullmatch(wanted) or wanted.count("/") != 1 or not wanted.startswith(f"{folder}/"):
        raise ProposalError(f"The id {wanted!r} does not fit; it must be {folder}/ and a name in a-z, 0-9, - and _.")
    return wanted


def printable(text: str) -> str:
    """A text of a stranger's page on one line: line separators of any kind would end a comment and begin a key."""
    return squeeze("".join(char if char.isprintable() else " " for char in text))


def _host_name(url: str) -> str:
    """A name made of the host: `foshan-fscz` of fscz.foshan.gov.cn, `changsha` of www.changsha.gov.cn."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = re.sub(r"\.(?:gov|org|com|net)?\.?cn$", "", host).split(".")
    return re.sub(r"[^a-z0-9_-]", "-", "-".join(reversed(labels)).lower()).strip("-") or "portal"
