"""A spider asks for each address once a run and for files as far as the limit goes; a dry run only notes them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from gongkai.archive import Role
from gongkai.crawler.pages.address import clean_url, mark, sent
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.report.counts import Planned
from gongkai.crawler.spider.observation import Observation
from gongkai.crawler.spider.own_run import begin
from gongkai.crawler.visit import Visit
from gongkai.crawler.wire.carried_leads import LEAD, lead_in

Steps = Iterator[Request | Observation]
FILES = frozenset({Role.ATTACHMENT, Role.PICTURE})
PRIORITY = {Role.LISTING: 0, Role.ARTICLE: 10, Role.ATTACHMENT: 20, Role.PICTURE: 20}
"""Documents before further articles before further pages: what was promised first is complete first."""


class AskingSpider(Spider):
    """Turns leads into requests, whose answers go to `received` and whose failures to `failed`.

    An address is asked for once a run, whatever its scheme and however often it is linked; that of a POST request holds
    its body (`crawler.pages.address.post_address`).
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider of a visit, which Scrapy's own commands ask for by arguments, see `spider.own_run`."""
        if "visit" not in kwargs:
            own = {name: value for name, value in kwargs.items() if name.startswith("_")}
            kwargs = {**own, "visit": begin(crawler, kwargs)}
        return super().from_crawler(crawler, *args, **kwargs)

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.visit = visit
        self.portal = visit.portal
        self.report = visit.report
        self._asked: set[int] = set()

    def received(self, response: Response) -> Steps:
        """Reads an answer; callback of every request."""
        raise NotImplementedError

    def parse(self, response: Response, role: str = Role.LISTING) -> Steps:
        """Reads the answer to a request of somebody else's, such as `scrapy parse URL`, as a page of this role."""
        if response.request is not None and lead_in(response.request) is None:
            response.request.meta[LEAD] = Lead(url=response.request.url, role=Role(role))
        return self.received(response)

    def lead_of(self, request: Request | None) -> Lead:
        """The lead that a request of this spider carries."""
        lead = lead_in(request)
        if lead is None:
            raise TypeError(f"The request {request!r} was not made by this spider.")
        return lead

    def failed(self, failure: Failure) -> Steps:
        """Records a request that was refused, or got no whole answer; errback of every request."""
        raise NotImplementedError

    def is_new(self, url: str) -> bool:
        """True for an address that was not asked for in this run yet."""
        return mark(url) not in self._asked

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
        if timeout is None and lead.role in FILES:
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

    def ask_document(self, lead: Lead) -> Request | None:
        """Ask for a file, unless the limit is reached or it was asked for already."""
        if not self.is_new(lead.url):
            return None
        self.report.documents += 1
        if not self.visit.take_document():
            self.report.limit_reached = True
            return None
        return self.ask(lead)

    def count_document(self) -> None:
        """Count a document that is here already, whether or not the limit would have asked for it."""
        self.report.documents += 1
        self.visit.documents += 1


def _headers(lead: Lead) -> dict[str, str]:
    """Headers of one request: the page its address stands on, and the type of a body."""
    wire = sent(lead.asked_url or lead.url)
    referer = lead.referer or lead.parent_url
    headers = {"Referer": sent(referer).url} if referer else {}
    return headers if wire.body is None else {**headers, "Content-Type": wire.media_type}
