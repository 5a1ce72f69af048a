"""Conditional requests: what the archive holds is asked for only if it changed, and read from the archive if not."""

from __future__ import annotations

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, HtmlResponse, Response

from gongkai.archive import ArchiveError, Capture, Role
from gongkai.crawler.visit import visit_of
from gongkai.crawler.wire.carried_leads import lead_in
from gongkai.crawler.wire.exchange import NOT_ASKED

CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def conditions(known: Capture) -> dict[str, str]:
    """The headers that ask for a document only if it is no longer the one of this capture; empty without validators.

    A 304 answer need not repeat the validators; the ones that earned it stand in its own request and are still good.
    """
    answered = {name.lower(): value for name, value in known.response_headers}
    asked = {name.lower(): value for name, value in known.request_headers}
    carried = asked if known.http_status == 304 else {}
    validators = {
        condition: answered.get(validator) or carried.get(condition.lower())
        for validator, condition in CONDITIONS.items()
    }
    return {condition: value for condition, value in validators.items() if value}


class ConditionalRequests:
    """Downloader middleware.  A 304 for a page becomes a response with the archived bytes, marked in
    `meta["not_modified"]`, so that the crawl goes on through it; a 304 for a file stays as it is.

    Conditions are sent only to the address that gave the validators: after a redirect elsewhere they mean nothing.  A
    document whose address changes with every page, while what it is known by lasts, is asked conditionally wherever the
    portal says it lies today.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ConditionalRequests:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        for condition in CONDITIONS.values():
            request.headers.pop(condition, None)
        known = self._known(request)
        if known and not request.meta.get("unconditional") and _asks_for(known, request):
            for condition, value in conditions(known).items():
                request.headers[condition] = value

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        known = self._known(request)
        if response.status != 304 or known is None or known.payload_sha256 is None:
            return response
        request.meta["not_modified"] = known
        if known.role is Role.ATTACHMENT:
            return response
        visit = visit_of(self.crawler)
        try:
            body = await asyncio.to_thread(visit.archive.original, known.payload_sha256)
        except ArchiveError as error:  # the archive lost or damaged it: it is fetched as if for the first time
            visit.report.problem("archive_damaged", f"{error}; the page is fetched again.", request.url)
            meta = {key: value for key, value in request.meta.items() if key not in {"not_modified", NOT_ASKED}}
            return request.replace(meta={**meta, "unconditional": True}, dont_filter=True)
        headers = Headers(response.headers)
        headers.setdefault("Content-Type", known.media_type_declared or "text/html")
        return HtmlResponse(
            response.url, status=200, headers=headers, body=body, request=request, ip_address=response.ip_address
        )

    def _known(self, request: Request) -> Capture | None:
        lead = lead_in(request)
        return visit_of(self.crawler).previous(lead.url) if lead else None


def _asks_for(known: Capture, request: Request) -> bool:
    """True for a request that asks for what answered at this capture."""
    if request.method != "GET":  # a condition on anything else means something else
        return False
    lead = lead_in(request)
    rotates = lead is not None and lead.asked_url is not None and not request.meta.get("redirect_urls")
    return rotates or request.url == (known.final_url or known.url)
