"""An answer as it was understood, and what of it is read rather than filed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from scrapy import Request
from scrapy.http import Response

from gongkai.archive import Role
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.media_types import detect_media_type, is_html
from gongkai.crawler.pages.page import Page
from gongkai.crawler.wire.outcome import Verdict, content_type

TEXTUAL = frozenset({None, "text/html", "text/plain", "application/xml"})
"""Media types of bodies that can be a listing page: HTML, JSON, XML, or scripts."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """An answer as it was understood: the lead with what was learned, the verdict, and the requests that follow."""

    lead: Lead
    verdict: Verdict
    requests: list[Request] = dataclasses.field(default_factory=list)


def page_of(response: Response) -> Page:
    """The page that a response holds."""
    return Page.from_bytes(response.body, response.url, content_type(response))


def is_page(body: bytes, lead: Lead) -> bool:
    """True where an answer is read rather than filed as a file: any text, where a listing or a step was asked for."""
    if lead.role is Role.LISTING or lead.step:
        return detect_media_type(body) in TEXTUAL
    return is_html(body)


def requests_of(requests: Iterable[Request | None]) -> list[Request]:
    """The requests among what was asked for; an address asked for already gives none."""
    return [request for request in requests if request]
