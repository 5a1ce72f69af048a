"""Albums: the pictures of an article that is pictures of pages, put together into one document once all have arrived.

Each picture is archived as received under its own address, with the role `picture`, which is not parsed by itself.  The
album is one more original, of a capture under `crawler.pages.address.album_address`: a ZIP of the same bytes in the
article's order.  An album of which a picture is missing is not made, and the report says so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from scrapy import Request
from scrapy.http import Response

from gongkai.archive import Arrival, Outcome, Role
from gongkai.crawler.pages.address import album_address, same_document_key
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.leads import lead_of_file
from gongkai.crawler.pages.links import Link
from gongkai.crawler.pages.media_types import detect_media_type
from gongkai.crawler.pages.pictures import album
from gongkai.crawler.spider.observation import Observation, assembled
from gongkai.crawler.visit import Visit
from gongkai.crawler.wire.exchange import exchange_of
from gongkai.crawler.wire.outcome import Verdict

SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/tiff": "tif", "image/bmp": "bmp"}
"""Media types of pictures that can be pages, with the suffix each has in an album."""


@dataclasses.dataclass(slots=True)
class _Album:
    """The album of one article: its pictures' keys in order, and what arrived of them."""

    article: Lead
    keys: tuple[str, ...]
    arrived: dict[str, tuple[str, bytes]] = dataclasses.field(default_factory=dict)


class Albums:
    """The albums of a visit that wait for their pictures."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._waiting: dict[str, _Album] = {}

    def begin(self, article: Lead, pictures: Sequence[Link]) -> list[Lead]:
        """Leads to the pictures of an article, which together count as one document of the limit."""
        if not pictures:
            return []
        self._visit.report.documents += 1
        if not self._visit.take_document():
            self._visit.report.limit_reached = True
            return []
        leads = [dataclasses.replace(lead_of_file(link, article), role=Role.PICTURE) for link in pictures]
        keys = tuple(dict.fromkeys(same_document_key(lead.url) for lead in leads))
        self._waiting[article.url] = _Album(article, keys)
        self._visit.saw(album_address(article.url))
        return leads

    def judge(self, response: Response, lead: Lead) -> Verdict:
        """Keep a picture that arrived; the verdict on it."""
        body = _body(response)
        suffix = SUFFIXES.get(detect_media_type(body) or "")
        if suffix is None:
            return Verdict(Outcome.WRONG_TYPE, "it is no picture that can be a page")
        if waiting := self._waiting.get(lead.parent_url or ""):
            waiting.arrived[same_document_key(lead.url)] = suffix, body
        return Verdict(Outcome.CAPTURED)

    def finished(self, lead: Lead, request: Request) -> Iterator[Observation]:
        """The album whose last picture this was."""
        waiting = self._waiting.get(lead.parent_url or "")
        if waiting is None or len(waiting.arrived) < len(waiting.keys):
            return
        del self._waiting[waiting.article.url]
        arrival = Arrival()
        arrival.write(album([waiting.arrived[key] for key in waiting.keys]))
        url = album_address(waiting.article.url)
        lead = dataclasses.replace(
            waiting.article, role=Role.ATTACHMENT, url=url, parent_url=waiting.article.url, step=""
        )
        yield assembled(self._visit, lead, request, arrival.finish())

    def missing(self) -> Iterator[tuple[str, str]]:
        """A sentence about each album that was not made, with the address of its article."""
        for url, waiting in self._waiting.items():
            yield url, f"{url!r} is {len(waiting.keys)} pictures of pages; {len(waiting.arrived)} of them arrived."


def _body(response: Response) -> bytes:
    exchange = exchange_of(response.request) if response.request else None
    arrived = exchange.arrived if exchange else None
    if arrived is None or arrived.is_whole or arrived.head is not response.body:
        return bytes(response.body)
    return arrived.open().read()
