"""A first look at a portal that no file describes: a handful of its pages, fetched with all the manners of a crawl.

The page asked for; the column of budgets it links to, unless it is one; one article of that column.  All on one host,
each once, past robots.txt, the address rules and the pauses of every crawl, into an archive that is thrown away.
"""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence

from gongkai.archive import Archive, Capture, Outcome, Role
from gongkai.crawler.errors import PageUnavailableError
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import same_site
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import rows
from gongkai.crawler.pages.media_types import is_html
from gongkai.crawler.pages.page import Page, stub_target
from gongkai.crawler.portal.file import Portal, StartUrl
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.run import crawl
from gongkai.crawler.spider.portal_spider import PortalSpider
from gongkai.crawler.spider.reading import Reading
from gongkai.crawler.survey.proposal import check_address
from gongkai.crawler.survey.recognition import budget_columns, site_facts
from gongkai.crawler.survey.recorded_page import RecordedPage
from gongkai.crawler.wire.outcome import Verdict

DELAY = 2.0
"""Seconds between two requests to a host that does not know us yet."""
BUDGETS = re.compile(r"预算|决算|三公")
COLUMN, ARTICLE = "column", "article"


class SurveySpider(PortalSpider):
    """Keeps every page as it is, of whatever family, and goes on to the one or two that tell most."""

    name = "survey"

    def read_page(self, page: Page, lead: Lead) -> Reading:
        if not is_html(page.text.encode()):
            return Reading(lead, Verdict(Outcome.WRONG_TYPE, "it is no HTML page"))
        further = next(self._further(page, lead), None)
        request = self.ask(further) if further else None
        return Reading(lead, Verdict(Outcome.CAPTURED), [request] if request else [])

    def _further(self, page: Page, lead: Lead) -> Iterator[Lead]:
        """Leads to look at next, on the page's own host: behind a stub, the column, one of its articles."""
        yield from _behind(page, lead)
        if lead.step == ARTICLE:
            return
        if not lead.step and not lists_budgets(page):
            for column in budget_columns(page):
                if self.is_new(column.url):
                    yield Lead(url=column.url, role=Role.LISTING, parent_url=page.url, step=COLUMN)
        budgets = (row for row in rows(page) if BUDGETS.search(row.title) and same_site(row.url, page.url))
        for row in budgets:
            yield Lead(url=row.url, role=Role.ARTICLE, parent_url=page.url, step=ARTICLE)


class KnownPortal(SurveySpider):
    """Takes the start address of a portal that a file describes, and one article of it."""

    name = "known"

    def _further(self, page: Page, lead: Lead) -> Iterator[Lead]:
        yield from _behind(page, lead)
        if not lead.step and lead.role is Role.LISTING:
            listed = [row for row in rows(page, self.portal.parameters.row) if same_site(row.url, page.url)]
            for row in sorted(listed, key=lambda row: BUDGETS.search(row.title) is None):
                yield Lead(url=row.url, role=Role.ARTICLE, parent_url=page.url, step=ARTICLE)


class NamedPages(SurveySpider):
    """Takes the pages that a person named, and no others but those behind a stub."""

    name = "named"

    def _further(self, page: Page, lead: Lead) -> Iterator[Lead]:
        yield from _behind(page, lead)


def _behind(page: Page, lead: Lead) -> Iterator[Lead]:
    """A lead to where a page only leads on to, on its own host."""
    if (target := stub_target(page)) and not lead.hops and same_site(page.url, target):
        yield Lead(url=target, role=lead.role, parent_url=page.url, step=lead.step, hops=1)


def lists_budgets(page: Page) -> bool:
    """True for a page that is a column of budgets itself: by its name, or by half of its rows."""
    listed = rows(page)
    named = sum(1 for row in listed if BUDGETS.search(row.title))
    return BUDGETS.search(site_facts(page).column or "") is not None or (named > 0 and 2 * named >= len(listed))


@dataclasses.dataclass(frozen=True, slots=True)
class FirstLook:
    """The pages of one first look, in the order they were asked for, or the reason why there are none."""

    url: str
    pages: list[RecordedPage]
    reason: str = ""


def survey(url: str, *, allow_loopback: bool = False) -> list[RecordedPage]:
    """The pages of a first look, in the order they were asked for; blocks, and works once per process, as `crawl` does.

    Raises ProposalError when the address is none, PageUnavailableError when its page cannot be had, and
    KeyboardInterrupt when it was stopped.
    """
    [seen], interrupted = surveys([url], allow_loopback=allow_loopback)
    if interrupted:
        raise KeyboardInterrupt
    if not seen.pages:
        raise PageUnavailableError(f"Nothing can be proposed: {seen.reason}; {SAVED_PAGE}.")
    return seen.pages


SAVED_PAGE = "a page saved from a browser can be given with --url"


def surveys(
    urls: Sequence[str], *, allow_loopback: bool = False, on_page: Callable[[str], None] | None = None
) -> tuple[list[FirstLook], bool]:
    """First looks at many portals, hosts side by side, and whether they were stopped before all were seen.

    Blocks, and works once per process.  `on_page` is called with the address of each page received.  Raises
    ProposalError for an address that is none.
    """
    for url in urls:
        check_address(url)
    portals = [_portal(f"survey-{number}", url, allow_loopback) for number, url in enumerate(urls)]
    return _look_at(portals, SurveySpider, on_page)


def pages_of(portal: Portal, urls: Sequence[str] = ()) -> list[RecordedPage]:
    """Pages of a portal that a file describes, fetched with the manners that the file states: these ones, or its first
    start address and one article of it.  Blocks, and works once per process.

    Raises ProposalError for an address that is none, PageUnavailableError when a page cannot be had or is drawn by
    scripts, and KeyboardInterrupt when it was stopped.
    """
    if portal.browser is not None:
        raise PageUnavailableError(
            f"The pages of {portal.id!r} show nothing as they are received: {portal.browser.why}"
        )
    for url in urls:
        check_address(url)
    starts = tuple(map(StartUrl, urls)) or portal.start_urls[:1]
    asked = dataclasses.replace(portal, start_urls=starts, look_back_days=None)
    [seen], interrupted = _look_at([asked], NamedPages if urls else KnownPortal)
    if interrupted:
        raise KeyboardInterrupt
    if len(seen.pages) < len(starts):
        raise PageUnavailableError(f"Nothing is recorded: {seen.reason}.")
    return seen.pages


def _look_at(
    portals: Sequence[Portal], spider: type[SurveySpider], on_page: Callable[[str], None] | None = None
) -> tuple[list[FirstLook], bool]:
    with tempfile.TemporaryDirectory(prefix="gongkai-survey-") as root:

        def tell(capture: Capture) -> None:
            if on_page is not None:
                on_page(capture.url)

        report = crawl(root, portals, spider=spider, on_capture=tell)
        pages = _pages(Archive.open(root))
    reports = {portal.portal: portal for portal in report.portals}
    looks = []
    for portal in portals:
        url = portal.start_urls[0].url
        reason = "it was not reached" if report.interrupted else _why(url, reports[portal.id])
        looks.append(FirstLook(url, pages.get(portal.archive_name, []), reason))
    return looks, report.interrupted


def _portal(name: str, url: str, allow_loopback: bool) -> Portal:  # noqa: FBT001
    return Portal(
        id=name,
        name=url,
        family="static",
        division_code="",
        start_urls=(StartUrl(url),),
        parameters=Parameters(),
        delay_seconds=0.0 if allow_loopback else DELAY,  # this machine bothers nobody but itself
        allow_loopback=allow_loopback,
    )


def _pages(archive: Archive) -> dict[str, list[RecordedPage]]:
    """The pages received, by portal."""
    pages: dict[str, list[RecordedPage]] = {}
    for capture in sorted(archive.captures(), key=lambda capture: capture.requested_at):
        if capture.payload_sha256:
            body = archive.original(capture.payload_sha256)
            url = capture.final_url or capture.url
            page = RecordedPage.received(url, body, capture.media_type_declared, role=capture.role)
            pages.setdefault(capture.portal, []).append(page)
    return pages


def _why(url: str, report: PortalReport) -> str:
    reasons = [problem.message.removeprefix("listing ") for problem in report.problems]
    return (reasons[-1] if reasons else f"{url!r} gave no answer").rstrip(".")
