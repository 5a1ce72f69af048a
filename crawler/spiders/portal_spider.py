"""What every family's spider does alike: ask, judge the answer, record it, go on."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import ArchiveError, Outcome, Role
from crawler.address import clean_url, same_document_key
from crawler.article import ArticleFacts, article_facts
from crawler.found import FOUND, Found, found_in
from crawler.links import Link, attachments, promised_suffix
from crawler.media import is_html
from crawler.observation import Observation, answered, unanswered
from crawler.outcome import DOWNLOAD_ERRORS, Verdict, content_type, judge, verdict_of_error
from crawler.page import Page
from crawler.politeness import LimitReachedError
from crawler.report import SUCCESSES, Planned, Severity
from crawler.visit import Visit

Steps = Iterator[Request | Observation]
PRIORITY = {Role.LISTING: 0, Role.ARTICLE: 10, Role.ATTACHMENT: 20}
"""Documents before further articles before further pages: what was promised first is complete first."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What an answer came to: the address as it is now known, how it ended, and what to ask for next."""

    found: Found
    verdict: Verdict
    requests: list[Request] = dataclasses.field(default_factory=list)


class PortalSpider(Spider):
    """Base of the families.  A family says how its listing pages are read, by `read_listing` and `listing_failed`.

    Every answer and every failure becomes exactly one observation.  An address is asked for once a run, whatever its
    scheme and however often it is linked.
    """

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.visit = visit
        self.portal = visit.portal
        self.report = visit.report
        self._asked: set[str] = set()

    # --- what a family says -----------------------------------------------------------------------------------------

    def read_listing(self, page: Page, found: Found) -> tuple[Verdict, list[Request]]:
        """How a listing page is to be judged (CAPTURED when it is one), and what to ask for next."""
        raise NotImplementedError

    def listing_failed(self, found: Found) -> list[Request]:
        """What to ask for when a listing page could not be read."""
        return []

    # --- asking -----------------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        archive = self.visit.run.archive
        try:
            self.visit.known = await asyncio.to_thread(archive.latest_by_url, self.portal.archive_name)
        except ArchiveError as error:
            self.report.problem("archive_failed", str(error), severity=Severity.FATAL)
            return
        for start in self.portal.start_urls:
            if request := self.ask(Found(url=start.url, role=start.role)):
                yield request

    def ask(self, found: Found) -> Request | None:
        """A request for an address; None when it was asked for in this run already."""
        found = dataclasses.replace(found, url=clean_url(found.url))
        key = same_document_key(found.url)
        if key in self._asked:
            return None
        self._asked.add(key)
        try:
            return self._request(found)
        except ValueError as error:
            self.report.problem("bad_address", f"{found.url!r} is not an address: {error}.", found.parent_url)
            return None

    def _request(self, found: Found) -> Request:
        timeout = self.portal.timeout_seconds
        if timeout is None and found.role is Role.ATTACHMENT:
            timeout = self.settings.getfloat("FILE_TIMEOUT_SECONDS")
        return Request(
            found.url,
            callback=self.received,
            errback=self.failed,
            priority=PRIORITY[found.role],
            dont_filter=True,  # Scrapy's filter would drop a redirect to a known address without a word
            headers={"Referer": found.parent_url} if found.parent_url else None,
            meta={FOUND: found, **({"download_timeout": timeout} if timeout else {})},
        )

    def plan(self, found: Found) -> Request | None:
        """Ask for an article or a file of a listing, or only note it in a dry run."""
        if not self.visit.run.dry_run:
            return self.ask_document(found) if found.role is Role.ATTACHMENT else self.ask(found)
        url = clean_url(found.url)
        self.report.planned.append(Planned(url, found.role, found.title or "", found.published_on))
        return None

    def is_new(self, url: str) -> bool:
        """Whether an address was not asked for in this run yet."""
        return same_document_key(url) not in self._asked

    def ask_document(self, found: Found) -> Request | None:
        """Ask for a file, unless the limit is reached or it was asked for already."""
        if not self.is_new(found.url):
            return None
        self.report.documents += 1
        if not self.visit.take_document():
            self.report.limit_reached = True
            return None
        return self.ask(found)

    # --- answers ----------------------------------------------------------------------------------------------------

    def received(self, response: Response) -> Steps:
        """Callback of every request."""
        reading = self._read(response, self._found(response.request))
        found, verdict = reading.found, reading.verdict
        if verdict.outcome is Outcome.CAPTURED and response.meta.get("not_modified"):
            verdict = Verdict(Outcome.NOT_MODIFIED)
        if not self.visit.run.dry_run:
            yield answered(self.visit, found, response, verdict.outcome)
        elif verdict.outcome in SUCCESSES:
            self.report.listing_pages += found.role is Role.LISTING
        if verdict.outcome not in SUCCESSES:
            self._note(found, verdict)
        yield from reading.requests

    def _read(self, response: Response, found: Found) -> Reading:
        if response.meta.get("not_modified") and found.role is Role.ATTACHMENT:
            return Reading(found, Verdict(Outcome.CAPTURED))
        held_before = self.visit.previous(found.url) is not None
        verdict = judge(response, found.role, found.promised, held_before=held_before)
        if verdict.outcome is not Outcome.CAPTURED:
            return Reading(found, verdict, self.listing_failed(found) if found.role is Role.LISTING else [])
        if found.role is Role.ATTACHMENT:
            return Reading(found, verdict)
        if not is_html(response.body):
            return self._read_file(found)
        page = Page.from_bytes(response.body, response.url, content_type(response))
        return self._read_page(page, found)

    def _read_file(self, found: Found) -> Reading:
        """A file where a page was expected: rows may lead straight to one under an address like a page's."""
        if found.role is Role.LISTING:
            return Reading(found, Verdict(Outcome.LISTING_EMPTY, "a file was served instead of a listing page"))
        self._count_document()
        return Reading(dataclasses.replace(found, role=Role.ATTACHMENT), Verdict(Outcome.CAPTURED))

    def _read_page(self, page: Page, found: Found) -> Reading:
        facts = article_facts(page)
        is_expected = self._is_expected_site(page.url, facts)
        if found.role is Role.LISTING:
            found = dataclasses.replace(found, title=page.title or None)
            return Reading(found, *(self.read_listing(page, found) if is_expected else (Verdict(Outcome.CAPTURED), [])))
        found = dataclasses.replace(
            found,
            title=facts.title or found.title or page.title or None,
            published_on=facts.published_on or found.published_on,
            index_number=facts.index_number,
        )
        return Reading(found, Verdict(Outcome.CAPTURED), self._files(page, found) if is_expected else [])

    def _files(self, page: Page, found: Found) -> list[Request]:
        """Requests for the files of an article; an article without files is a document itself."""
        links = attachments(page, self.portal.parameters.body)
        if not links:
            self._count_document()
        offered = dataclasses.replace(found, role=Role.ATTACHMENT, parent_url=found.url)
        requests = [self.ask_document(_file_behind(offered, link)) for link in links]
        return [request for request in requests if request]

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
        found = self._found(request)
        error = failure.value or RuntimeError(f"{request!r} failed without an error")
        if isinstance(error, LimitReachedError):
            self.report.limit_reached = True
            return
        verdict = verdict_of_error(error, request.url)
        if not isinstance(error, DOWNLOAD_ERRORS):
            self.report.problem("unexpected_failure", verdict.reason, request.url)
        if not self.visit.run.dry_run:
            yield unanswered(self.visit, found, request, verdict.outcome)
        self._note(found, verdict)
        if found.role is Role.LISTING:
            yield from self.listing_failed(found)

    def _note(self, found: Found, verdict: Verdict) -> None:
        fatal = found.role is Role.LISTING
        kind = verdict.outcome.value if not fatal or "listing" in verdict.outcome else "listing_failed"
        message = f"{found.role.value} {found.url!r}: {(verdict.reason or verdict.outcome.value).rstrip('.')}."
        self.report.problem(kind, message, found.url, Severity.FATAL if fatal else Severity.ERROR)

    def _once(self, kind: str, message: str, url: str, severity: Severity) -> None:
        if not any(problem.kind == kind for problem in self.report.problems):
            self.report.problem(kind, message, url, severity)

    def _found(self, request: Request | None) -> Found:
        found = found_in(request)
        if found is None:
            raise TypeError(f"The request {request!r} was not made by this spider.")
        return found


def _file_behind(offered: Found, link: Link) -> Found:
    """A file of an article, with what the article says about itself and the link about the file."""
    promised = promised_suffix(link.url, link.text)
    return dataclasses.replace(offered, url=link.url, link_text=link.text or None, promised=promised)
