"""What every family's spider does alike: ask, judge the answer, record it, go on."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, cast

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from gongkai.archive import ArchiveError, Outcome, Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.facts import Parameters
from gongkai.crawler.pages.address import clean_url, mark, rendered_address, same_site, sent
from gongkai.crawler.pages.article import ArticleFacts, article_facts, hub_rows
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, attachments, promised_suffix, usable
from gongkai.crawler.pages.listing import Listed, Row
from gongkai.crawler.pages.media_types import detect_media_type, is_html
from gongkai.crawler.pages.page import Page, stub_target
from gongkai.crawler.report.counts import SUCCESSES, Planned, Severity
from gongkai.crawler.spider.observation import Observation, answered, unanswered
from gongkai.crawler.spider.whole_listing import Column
from gongkai.crawler.visit import Visit
from gongkai.crawler.wire.carried_leads import LEAD, lead_in
from gongkai.crawler.wire.outcome import DOWNLOAD_ERRORS, Verdict, content_type, judge, verdict_of_error
from gongkai.crawler.wire.politeness import LimitReachedError
from gongkai.crawler.wire.rendering import Renderer

P = TypeVar("P", bound=Parameters)
Steps = Iterator[Request | Observation]
PRIORITY = {Role.LISTING: 0, Role.ARTICLE: 10, Role.ATTACHMENT: 20}
"""Documents before further articles before further pages: what was promised first is complete first."""
TEXTUAL = frozenset({None, "text/html", "text/plain", "application/xml"})
"""Media types of bodies that can be a listing page: HTML, JSON, XML, or scripts."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What an answer came to: the address as it is now known, how it ended, and what to ask for next."""

    lead: Lead
    verdict: Verdict
    requests: list[Request] = dataclasses.field(default_factory=list)


class PortalSpider(Spider, Generic[P]):
    """Base of the families.  A family says how its listing pages are read, and may say more of its articles.

    Every answer and every failure becomes exactly one observation.  An address is asked for once a run, whatever its
    scheme and however often it is linked; that of a POST request holds its body (`crawler.pages.address.post_address`).
    Whether a listing is whole is decided here, alike for all families: see `crawler.spider.whole_listing`.
    """

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.visit = visit
        self.portal = visit.portal
        self.report = visit.report
        self.parameters = cast("P", visit.portal.parameters)  # of the class that the family's registry line names
        self._asked: set[int] = set()
        self._columns: dict[str, Column] = {}
        self._renderer: Renderer | None = None

    # --- what a family says -----------------------------------------------------------------------------------------

    def starts(self) -> Iterable[Lead]:
        """What is asked for first: the start addresses of the portal's file."""
        return (Lead(url=start.url, role=start.role) for start in self.portal.start_urls)

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        """What an answer to the request for a listing page says; `page.text` where it is not HTML.

        Raises ListingNotUnderstoodError for an answer that is no listing page of this family.
        """
        raise NotImplementedError

    def after_failure(self, lead: Lead) -> Iterable[Lead]:
        """What to ask for when a listing page could not be read, so that the pages behind it are not lost with it."""
        return ()

    def read_facts(self, page: Page) -> ArticleFacts:
        """What a page says about itself."""
        return article_facts(page)

    def read_files(self, page: Page, lead: Lead) -> Sequence[Link]:
        """The files of an article; an article without any is a document itself."""
        return attachments(page, self.parameters.body)

    def read_articles(self, page: Page, lead: Lead) -> Sequence[Row]:
        """The articles that an article only lists (a hub, whose rows are units with pages of their own)."""
        return hub_rows(page, self.parameters.body)

    # --- asking -----------------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        archive = self.visit.run.archive
        try:
            self.visit.known = await asyncio.to_thread(archive.latest_by_url, self.portal.archive_name)
        except ArchiveError as error:
            self.report.problem("archive_failed", str(error), severity=Severity.FATAL)
            return
        for lead in self.starts():
            if request := self.ask(lead):
                yield request

    def ask(self, lead: Lead) -> Request | None:
        """A request for an address; None when it was asked for in this run already, unless its page moved since."""
        lead = dataclasses.replace(lead, url=clean_url(lead.url))
        key = mark(lead.url)
        if lead.moved:
            key += lead.page_number
        if key in self._asked:
            return None
        self._asked.add(key)
        try:
            return self._request(lead)
        except ValueError as error:
            self.report.problem("bad_address", f"{lead.url!r} is not an address: {error}.", lead.parent_url)
            return None

    def _request(self, lead: Lead) -> Request:
        timeout = self.portal.timeout_seconds
        if timeout is None and lead.role is Role.ATTACHMENT:
            timeout = self.settings.getfloat("FILE_TIMEOUT_SECONDS")
        wire = sent(lead.asked_url or lead.url)
        return Request(
            wire.url,
            method=wire.method,
            body=(wire.body or "").encode(),
            callback=self.received,
            errback=self.failed,
            priority=PRIORITY[lead.role],
            dont_filter=True,  # Scrapy's filter would drop a redirect to a known address without a word
            headers=_headers(lead),
            meta={LEAD: lead, **({"download_timeout": timeout} if timeout else {})},
        )

    def plan(self, lead: Lead) -> Request | None:
        """Ask for an article or a file of a listing, or only note it in a dry run."""
        if not self.visit.run.dry_run:
            return self.ask_document(lead) if lead.role is Role.ATTACHMENT else self.ask(lead)
        if self.is_new(lead.url):
            self._asked.add(mark(lead.url))
            url = clean_url(lead.url)
            self.report.planned.append(Planned(url, lead.role, lead.title or "", lead.published_on))
        return None

    def is_new(self, url: str) -> bool:
        """Whether an address was not asked for in this run yet."""
        return mark(url) not in self._asked

    def ask_document(self, lead: Lead) -> Request | None:
        """Ask for a file, unless the limit is reached or it was asked for already."""
        if not self.is_new(lead.url):
            return None
        self.report.documents += 1
        if not self.visit.take_document():
            self.report.limit_reached = True
            return None
        return self.ask(lead)

    # --- answers ----------------------------------------------------------------------------------------------------

    def received(self, response: Response) -> Steps:
        """Callback of every request."""
        lead = self._lead(response.request)
        reading = self._read_raw(response, lead) if self._is_for_browser(lead) else self._read(response, lead)
        lead, verdict = reading.lead, reading.verdict
        if verdict.outcome is Outcome.CAPTURED and response.meta.get("not_modified"):
            verdict = Verdict(Outcome.NOT_MODIFIED)
        if not self.visit.run.dry_run:
            yield answered(self.visit, lead, response, verdict.outcome)
        elif verdict.outcome in SUCCESSES:
            self.report.listing_pages += lead.role is Role.LISTING
        if verdict.outcome not in SUCCESSES:
            self._note(lead, verdict)
        yield from reading.requests

    def _read(self, response: Response, lead: Lead) -> Reading:
        if response.meta.get("not_modified") and lead.role is Role.ATTACHMENT:
            return Reading(lead, Verdict(Outcome.CAPTURED))
        held_before = self.visit.previous(lead.url) is not None
        verdict = judge(response, lead.role, lead.promised, held_before=held_before)
        if verdict.outcome is Outcome.SOFT_404 and (reading := self._read_stub(_page(response), lead)):
            return reading  # what only leads on shows nothing itself
        if verdict.outcome is not Outcome.CAPTURED:
            return Reading(lead, verdict, self._go_on(lead) if lead.role is Role.LISTING else [])
        if lead.role is Role.ATTACHMENT:
            return Reading(lead, verdict)
        if not _is_page(response.body, lead):
            return self._read_file(lead)
        return self._read_page(_page(response), lead)

    def _is_for_browser(self, lead: Lead) -> bool:
        """Whether a page is to be rendered once it was received."""
        browser = self.portal.browser
        if browser is None or lead.is_rendered:
            return False
        return lead.role is Role.LISTING or (lead.role is Role.ARTICLE and browser.articles)

    def _read_raw(self, response: Response, lead: Lead) -> Reading:
        """A page as received, on its way to the browser; what is no page is read as it is."""
        held_before = self.visit.previous(lead.url) is not None
        verdict = judge(response, lead.role, lead.promised, held_before=held_before)
        # a shell shows nothing until its scripts ran
        is_shell = verdict.outcome is Outcome.SOFT_404 and is_html(response.body)
        if not is_html(response.body) or (verdict.outcome is not Outcome.CAPTURED and not is_shell):
            return self._read(response, lead)
        return Reading(lead, Verdict(Outcome.CAPTURED), _made([self._render(response, lead)]))

    def _render(self, response: Response, lead: Lead) -> Request | None:
        if self._renderer is None and self.portal.browser is not None:
            self._renderer = Renderer(self.crawler, self.portal.browser)
        url = rendered_address(lead.url)
        request = self.ask(dataclasses.replace(lead, url=url, asked_url=response.url, is_rendered=True))
        if request is not None and self._renderer is not None:
            request.meta.update(self._renderer.meta(response))
        return request

    def _read_page(self, page: Page, lead: Lead) -> Reading:
        facts = self.read_facts(page)
        is_expected = self._is_expected_site(page.url, facts)
        if is_expected and (reading := self._read_stub(page, lead)):
            return reading
        if lead.role is Role.LISTING:
            lead = dataclasses.replace(lead, title=page.title or None)
            return self._read_listing(page, lead) if is_expected else Reading(lead, Verdict(Outcome.CAPTURED))
        return self._read_article(page, lead, facts, is_expected=is_expected)

    def _read_file(self, lead: Lead) -> Reading:
        """A file where a page was expected: rows may lead straight to one under an address like a page's."""
        if lead.role is Role.LISTING:
            return Reading(lead, Verdict(Outcome.LISTING_EMPTY, "a file was served instead of a listing page"))
        self._count_document()
        return Reading(dataclasses.replace(lead, role=Role.ATTACHMENT), Verdict(Outcome.CAPTURED))

    def _read_stub(self, page: Page, lead: Lead) -> Reading | None:
        """A page that only leads on to another one of its host, once; None for any other page."""
        target = None if lead.role is Role.ATTACHMENT or lead.hops else stub_target(page)
        if target is None:
            return None
        if not same_site(page.url, target):
            outcome = Outcome.LISTING_EMPTY if lead.role is Role.LISTING else Outcome.SOFT_404
            return Reading(lead, Verdict(outcome, f"the page only leads to {target!r}, on another host"))
        further = dataclasses.replace(lead, url=target, asked_url=None, parent_url=lead.url, hops=1)
        return Reading(lead, Verdict(Outcome.CAPTURED), _made([self.ask(further)]))

    # --- listings ---------------------------------------------------------------------------------------------------

    def _read_listing(self, page: Page, lead: Lead) -> Reading:
        columns = self._linked_columns(page, lead)
        try:
            listed = self.read_listing(page, lead)
        except ListingNotUnderstoodError as error:
            if columns:
                return Reading(lead, Verdict(Outcome.CAPTURED), _made(map(self.ask, columns)))
            return Reading(lead, Verdict(Outcome.LISTING_EMPTY, str(error)), self._go_on(lead))
        listed = dataclasses.replace(listed, columns=(*listed.columns, *columns))
        column = self._columns.setdefault(lead.column_key, Column(lead.column_key))
        verdict = column.judge(listed, lead)
        if verdict.outcome is not Outcome.CAPTURED:
            return Reading(lead, verdict)
        if listed.doubt:
            self.report.problem("pager_not_understood", listed.doubt, page.url, Severity.FATAL)
        for kind, message, severity in column.take(listed, lead):
            self.report.problem(kind, message, lead.url, severity)
        followed = [self._follow(row, lead) for row in listed.rows]
        further = listed.columns if column.is_whole else (*listed.columns, *listed.next_pages)
        return Reading(lead, verdict, _made([*followed, *map(self.ask, further)]))

    def _linked_columns(self, page: Page, lead: Lead) -> tuple[Lead, ...]:
        """The columns that a page links where the portal's file says so: tabs of years, departments."""
        selector = self.parameters.column_links
        addresses = [element.get("href") or "" for element in page.tree.cssselect(selector)] if selector else []
        urls = dict.fromkeys(url for address in addresses if usable(address) and (url := page.resolve(address)))
        return tuple(Lead(url=url, role=Role.LISTING, parent_url=lead.url) for url in urls if self.is_new(url))

    def _go_on(self, lead: Lead) -> list[Request]:
        if column := self._columns.get(lead.column_key):
            column.failed = True
        return _made(map(self.ask, self.after_failure(lead)))

    def _follow(self, row: Row, lead: Lead) -> Request | None:
        promised = row.promised or promised_suffix(row.url)
        if self.is_new(row.url):
            self.report.listed += 1
        return self.plan(
            Lead(
                url=row.url,
                role=row.role or (Role.ATTACHMENT if promised else Role.ARTICLE),
                parent_url=lead.url,
                link_text=row.title,
                title=row.title,
                published_on=row.published_on,
                index_number=row.index_number,
                promised=promised,
                asked_url=row.asked_url,
                referer=row.referer,
                step=row.step,
                depth=lead.depth + (lead.role is Role.ARTICLE),
            )
        )

    def closed(self, reason: str) -> None:
        """Compare what the columns declared with what was seen; Scrapy calls it when the spider closes."""
        if reason != "finished" or self.report.limit_reached:
            return
        for column in self._columns.values():
            for kind, message, severity in column.conclude():
                self.report.problem(kind, message, column.url, severity)

    # --- articles ---------------------------------------------------------------------------------------------------

    def _read_article(self, page: Page, lead: Lead, facts: ArticleFacts, *, is_expected: bool) -> Reading:
        lead = dataclasses.replace(
            lead,
            title=facts.title or lead.title or page.title or None,
            published_on=facts.published_on or lead.published_on or facts.printed_on,
            index_number=facts.index_number or lead.index_number,
        )
        if not is_expected:
            return Reading(lead, Verdict(Outcome.CAPTURED))
        try:
            hub = () if lead.depth else self.read_articles(page, lead)
            links = self.read_files(page, lead)
        except ListingNotUnderstoodError as error:
            return Reading(lead, Verdict(Outcome.WRONG_TYPE, str(error)))
        requests = [self._follow(row, lead) for row in hub]
        return Reading(lead, Verdict(Outcome.CAPTURED), _made(requests) + self._files(links, lead, is_hub=bool(hub)))

    def _files(self, links: Sequence[Link], lead: Lead, *, is_hub: bool) -> list[Request]:
        """Requests for the files of an article; one without files is a document itself, unless it is a hub or data."""
        if not links and lead.step:
            self.report.problem("article_empty", f"{lead.url!r} ({lead.title!r}) names no file.", lead.url)
        elif not links and not is_hub:
            self._count_document()
        offered = dataclasses.replace(lead, role=Role.ATTACHMENT, parent_url=lead.url, asked_url=None, step="")
        return _made(self.ask_document(_file_behind(offered, link)) for link in links)

    def _count_document(self) -> None:
        """Count a document that is here already, whether or not the limit would have asked for it."""
        self.report.documents += 1
        self.visit.documents += 1

    def _is_expected_site(self, url: str, facts: ArticleFacts) -> bool:
        """False for a page of another site than the portal's file names: domains move, and names collide."""
        code, name = self.portal.site_id_code, self.portal.site_name
        if code and facts.site_id_code and facts.site_id_code != code:
            message = f"{url!r} says SiteIDCode {facts.site_id_code!r}; the portal's file expects {code!r}."
            self._once("site_changed", message, url, Severity.FATAL)
            return False
        if name and facts.site_name and facts.site_name != name:
            message = f"{url!r} says SiteName {facts.site_name!r}; the portal's file expects {name!r}."
            self._once("site_renamed", message, url, Severity.WARNING)
        return True

    # --- failures ---------------------------------------------------------------------------------------------------

    def failed(self, failure: Failure) -> Steps:
        """Errback of every request: it was refused, or got no whole answer."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        lead = self._lead(request)
        error = failure.value or RuntimeError(f"{request!r} failed without an error")
        if isinstance(error, LimitReachedError):
            self.report.limit_reached = True
            return
        verdict = verdict_of_error(error, request.url)
        if not isinstance(error, DOWNLOAD_ERRORS):
            self.report.problem("unexpected_failure", verdict.reason, request.url)
        if not self.visit.run.dry_run:
            yield unanswered(self.visit, lead, request, verdict.outcome)
        self._note(lead, verdict)
        if lead.role is Role.LISTING:
            yield from self._go_on(lead)

    def _note(self, lead: Lead, verdict: Verdict) -> None:
        fatal = lead.role is Role.LISTING
        kind = verdict.outcome.value if not fatal or "listing" in verdict.outcome else "listing_failed"
        message = f"{lead.role.value} {lead.url!r}: {(verdict.reason or verdict.outcome.value).rstrip('.')}."
        self.report.problem(kind, message, lead.url, Severity.FATAL if fatal else Severity.ERROR)

    def _once(self, kind: str, message: str, url: str, severity: Severity) -> None:
        if not any(problem.kind == kind for problem in self.report.problems):
            self.report.problem(kind, message, url, severity)

    def _lead(self, request: Request | None) -> Lead:
        lead = lead_in(request)
        if lead is None:
            raise TypeError(f"The request {request!r} was not made by this spider.")
        return lead


def _file_behind(offered: Lead, link: Link) -> Lead:
    """A file of an article, with what the article says about itself and the link about the file."""
    return dataclasses.replace(
        offered,
        url=link.url,
        link_text=link.text or None,
        promised=link.promised or promised_suffix(link.url, link.text),
        asked_url=link.asked_url,
        named_by_redirect=link.named_by_redirect,
    )


def _headers(lead: Lead) -> dict[str, str]:
    """Headers of one request: where its address was lead, and the type of a body."""
    wire = sent(lead.asked_url or lead.url)
    referer = lead.referer or lead.parent_url
    headers = {"Referer": sent(referer).url} if referer else {}
    return headers if wire.body is None else {**headers, "Content-Type": wire.media_type}


def _page(response: Response) -> Page:
    return Page.from_bytes(response.body, response.url, content_type(response))


def _is_page(body: bytes, lead: Lead) -> bool:
    """Whether an answer is to be read, rather than filed as a file: any text where a listing or a step was asked."""
    if lead.role is Role.LISTING or lead.step:
        return detect_media_type(body) in TEXTUAL
    return is_html(body)


def _made(requests: Iterable[Request | None]) -> list[Request]:
    return [request for request in requests if request]
