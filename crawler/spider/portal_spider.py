"""The spider of a portal, of whatever family: it judges each answer, records it, and asks for what the answer names."""

from __future__ import annotations

import asyncio
import dataclasses
import functools
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from scrapy import Request, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from gongkai.archive import ArchiveError, Outcome, Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.pages.address import rendered_address, same_site
from gongkai.crawler.pages.article import ArticleFacts, article_facts, hub_rows
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.leads import lead_of_file, lead_of_row, leads_to_columns, with_facts
from gongkai.crawler.pages.links import Link, attachments
from gongkai.crawler.pages.listing import Listed, Row
from gongkai.crawler.pages.media_types import is_html
from gongkai.crawler.pages.page import Page, stub_target
from gongkai.crawler.pages.pictures import page_pictures
from gongkai.crawler.report.counts import SUCCESSES, Severity
from gongkai.crawler.spider.albums import Albums
from gongkai.crawler.spider.asking_spider import FILES, AskingSpider, Steps
from gongkai.crawler.spider.column import Column
from gongkai.crawler.spider.expected_site import is_expected_site
from gongkai.crawler.spider.host_locks import HostLocks
from gongkai.crawler.spider.observation import answered, unanswered
from gongkai.crawler.spider.reading import Reading, is_page, page_of, requests_of
from gongkai.crawler.visit import Visit
from gongkai.crawler.wire.outcome import DOWNLOAD_ERRORS, Verdict, judge, verdict_of_error
from gongkai.crawler.wire.politeness import CrawlStoppedError, LimitReachedError
from gongkai.crawler.wire.rendering import Renderer


class PortalSpider(AskingSpider):
    """Reads the pages of a portal.  How a listing page is read is for the family to say, see `spider.family_spider`.

    Every answer and every failure becomes exactly one observation.  One set of rules decides for all families
    whether a listing is whole, see `crawler.spider.column`.
    """

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        super().__init__(visit, **kwargs)
        self._columns: dict[str, Column] = {}
        self._albums = Albums(visit)

    # --- what a family says -----------------------------------------------------------------------------------------

    def starts(self) -> Iterable[Lead]:
        """Leads to the start addresses of the portal's file."""
        return (Lead(url=start.url, role=start.role) for start in self.portal.start_urls)

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        """Reads an answer to the request for a listing page; `page.text` holds it where it is not HTML.

        Raises ListingNotUnderstoodError for an answer that is no listing page of this family.
        """
        raise NotImplementedError

    def after_failure(self, lead: Lead) -> Iterable[Lead]:
        """Leads past a listing page that could not be read, so that the pages behind it are not lost with it."""
        return ()

    def read_facts(self, page: Page) -> ArticleFacts:
        """Facts that a page states about itself."""
        return article_facts(page)

    def read_files(self, page: Page, lead: Lead) -> Sequence[Link]:
        """The files of an article; an article without any is a document itself."""
        return attachments(page, self.portal.parameters.body)

    def read_articles(self, page: Page, lead: Lead) -> Sequence[Row]:
        """The articles that an article only lists (a hub, whose rows are units with pages of their own)."""
        return hub_rows(page, self.portal.parameters.body)

    def read_pictures(self, page: Page, lead: Lead) -> Sequence[Link]:
        """The pictures of an article that is pictures of pages; empty for any other."""
        return page_pictures(page, self.portal.parameters.body)

    # --- asking -----------------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        archive = self.visit.archive
        locks = HostLocks(archive.store, self.portal.hosts)
        self.crawler.signals.connect(locks.release, signal=signals.spider_closed, weak=False)
        try:
            if await locks.hold():
                message = f"The crawl of {self.portal.id!r} waited for another one to leave its host."
                self.report.problem("host_busy", message, severity=Severity.WARNING)
            self.visit.known = await asyncio.to_thread(archive.latest_by_url, self.portal.archive_name)
        except ArchiveError as error:
            self.report.problem("archive_failed", str(error), severity=Severity.FATAL)
            return
        for lead in self.starts():
            if request := self.ask(lead):
                yield request

    # --- answers ----------------------------------------------------------------------------------------------------

    def received(self, response: Response) -> Steps:
        """Callback of every request."""
        lead = self.lead_of(response.request)
        renderer = self._renderer
        if renderer is not None and renderer.wants(lead):
            reading = self._read_raw(renderer, response, lead)
        else:
            reading = self._read(response, lead)
        lead, verdict = reading.lead, reading.verdict
        if verdict.outcome is Outcome.CAPTURED and response.meta.get("not_modified"):
            verdict = Verdict(Outcome.NOT_MODIFIED)
        if not self.visit.run.dry_run:
            yield answered(self.visit, lead, response, verdict.outcome)
        elif verdict.outcome in SUCCESSES:
            self.report.listing_pages += lead.role is Role.LISTING
        if verdict.outcome not in SUCCESSES:
            self._note(lead, verdict)
        if lead.role is Role.PICTURE and response.request is not None:
            yield from self._albums.finished(lead, response.request)
        yield from reading.requests

    def _read(self, response: Response, lead: Lead) -> Reading:
        if response.meta.get("not_modified") and lead.role is Role.ATTACHMENT:
            return Reading(lead, Verdict(Outcome.CAPTURED))
        held_before = self.visit.previous(lead.url) is not None
        verdict = judge(response, lead.role, lead.promised, held_before=held_before)
        if verdict.outcome is Outcome.SOFT_404 and (reading := self.read_stub(page_of(response), lead)):
            return reading  # a page that only leads on shows nothing itself
        if verdict.outcome is not Outcome.CAPTURED:
            return Reading(lead, verdict, self._go_on(lead) if lead.role is Role.LISTING else [])
        if lead.role in FILES:
            return Reading(lead, verdict if lead.role is Role.ATTACHMENT else self._albums.judge(response, lead))
        if not is_page(response.body, lead):
            return self._read_file(lead)
        return self.read_page(page_of(response), lead)

    @functools.cached_property
    def _renderer(self) -> Renderer | None:
        return Renderer(self.crawler, self.portal.browser) if self.portal.browser else None

    def _read_raw(self, renderer: Renderer, response: Response, lead: Lead) -> Reading:
        """A page as received, on its way to the browser; what is no page is read as it is."""
        held_before = self.visit.previous(lead.url) is not None
        verdict = judge(response, lead.role, lead.promised, held_before=held_before)
        # a shell shows nothing until its scripts ran
        is_shell = verdict.outcome is Outcome.SOFT_404 and is_html(response.body)
        if not is_html(response.body) or (verdict.outcome is not Outcome.CAPTURED and not is_shell):
            return self._read(response, lead)
        return Reading(lead, Verdict(Outcome.CAPTURED), requests_of([self._render(renderer, response, lead)]))

    def _render(self, renderer: Renderer, response: Response, lead: Lead) -> Request | None:
        url = rendered_address(lead.url)
        request = self.ask(dataclasses.replace(lead, url=url, asked_url=response.url, is_rendered=True))
        if request is not None:
            request.meta.update(renderer.meta(response))
        return request

    def read_page(self, page: Page, lead: Lead) -> Reading:
        facts = self.read_facts(page)
        is_expected = is_expected_site(self.visit, page.url, facts)
        if is_expected and (reading := self.read_stub(page, lead)):
            return reading
        if lead.role is Role.LISTING:
            lead = dataclasses.replace(lead, title=page.title or None, context=facts.context)
            return self._read_listing(page, lead) if is_expected else Reading(lead, Verdict(Outcome.CAPTURED))
        return self._read_article(page, lead, facts, is_expected=is_expected)

    def _read_file(self, lead: Lead) -> Reading:
        """A file where a page was expected: rows may lead straight to one under an address like a page's."""
        if lead.role is Role.LISTING:
            return Reading(lead, Verdict(Outcome.LISTING_EMPTY, "a file was served instead of a listing page"))
        self.count_document()
        return Reading(dataclasses.replace(lead, role=Role.ATTACHMENT), Verdict(Outcome.CAPTURED))

    def read_stub(self, page: Page, lead: Lead) -> Reading | None:
        """A page that only leads on to another one of its host, once; None for any other page."""
        target = None if lead.role is Role.ATTACHMENT or lead.hops else stub_target(page)
        if target is None:
            return None
        if not same_site(page.url, target):
            outcome = Outcome.LISTING_EMPTY if lead.role is Role.LISTING else Outcome.SOFT_404
            return Reading(lead, Verdict(outcome, f"the page only leads to {target!r}, on another host"))
        further = dataclasses.replace(lead, url=target, asked_url=None, parent_url=lead.url, hops=1)
        return Reading(lead, Verdict(Outcome.CAPTURED), requests_of([self.ask(further)]))

    # --- listings ---------------------------------------------------------------------------------------------------

    def _read_listing(self, page: Page, lead: Lead) -> Reading:
        linked = leads_to_columns(page, self.portal.parameters.column_links, lead)
        columns = tuple(column for column in linked if self.is_new(column.url))
        try:
            listed = self.read_listing(page, lead)
        except ListingNotUnderstoodError as error:
            if columns:
                return Reading(lead, Verdict(Outcome.CAPTURED), requests_of(map(self.ask, columns)))
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
        return Reading(lead, verdict, requests_of([*followed, *map(self.ask, self._following(listed, column, lead))]))

    def _following(self, listed: Listed, column: Column, lead: Lead) -> Sequence[Lead]:
        """The columns that a page leads to, and its column's next pages where more of it is wanted."""
        if column.is_whole or not listed.next_pages or self._is_endless(column, lead):
            return listed.columns
        return (*listed.columns, *listed.next_pages)

    def _is_endless(self, column: Column, lead: Lead) -> bool:
        """True for a column of which no further page is asked for, which the report then says."""
        bounds = self.settings.getint("LISTING_MAX_PAGES"), self.settings.getfloat("LISTING_MAX_SECONDS")
        for kind, message, severity in column.bound(*bounds):
            self.report.problem(kind, message, lead.url, severity)
        return column.is_endless

    def _go_on(self, lead: Lead) -> list[Request]:
        if column := self._columns.get(lead.column_key):
            column.failed = True
            column.failures += 1
            if self._is_endless(column, lead):
                return []
        return requests_of(map(self.ask, self.after_failure(lead)))

    def _follow(self, row: Row, lead: Lead) -> Request | None:
        if self.is_new(row.url):
            self.report.listed += 1
        return self.plan(lead_of_row(row, lead))

    def closed(self, reason: str) -> None:
        """Name what columns and albums lack; Scrapy calls it when the spider closes."""
        if reason != "finished" or self.report.limit_reached:
            return
        for url, sentence in self._albums.missing():
            self.report.problem("pictures_incomplete", sentence, url)
        for column in self._columns.values():
            for kind, message, severity in column.conclude():
                self.report.problem(kind, message, column.url, severity)

    # --- articles ---------------------------------------------------------------------------------------------------

    def _read_article(self, page: Page, lead: Lead, facts: ArticleFacts, *, is_expected: bool) -> Reading:
        lead = with_facts(lead, facts, page)
        if not is_expected:
            return Reading(lead, Verdict(Outcome.CAPTURED))
        try:
            hub = () if lead.depth else self.read_articles(page, lead)
            links = self.read_files(page, lead)
        except ListingNotUnderstoodError as error:
            return Reading(lead, Verdict(Outcome.WRONG_TYPE, str(error)))
        requests = requests_of(self._follow(row, lead) for row in hub)
        pictures = () if hub or lead.step else self.read_pictures(page, lead)
        requests += requests_of(map(self.ask, self._albums.begin(lead, pictures)))
        requests += self._files(links, lead, is_hub=bool(hub or pictures))
        return Reading(lead, Verdict(Outcome.CAPTURED), requests)

    def _files(self, links: Sequence[Link], lead: Lead, *, is_hub: bool) -> list[Request]:
        """Requests for the files of an article; one without files is a document itself, unless it is a hub or data."""
        if not links and lead.step:
            self.report.problem("article_empty", f"{lead.url!r} ({lead.title!r}) names no file.", lead.url)
        elif not links and not is_hub:
            self.count_document()
        return requests_of(self.ask_document(lead_of_file(link, lead)) for link in links)

    # --- failures ---------------------------------------------------------------------------------------------------

    def failed(self, failure: Failure) -> Steps:
        """Errback of every request: it was refused, or got no whole answer."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        lead = self.lead_of(request)
        error = failure.value or RuntimeError(f"{request!r} failed without an error")
        if isinstance(error, LimitReachedError):
            self.report.limit_reached = True
            return
        if isinstance(error, CrawlStoppedError):
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
