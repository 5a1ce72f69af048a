"""What a crawl of a known portal need not ask for again, and what it may conclude from not meeting it.

A document the archive holds is asked for conditionally while it is young: portals replace files in place, mostly soon
after publishing them.  Past the look-back of the portal's file nothing is sent for it at all: its article is read from
the archive, so that a file which an earlier crawl missed is still found and fetched, and the rest is passed over.  A
full sweep (`gongkai crawl --full`) asks for everything.

A document is young by the date of its listing row or article, or of the upload which 拓尔思 TRS writes into file names
(`P020210622…`): a portal that put a new file beside an old article may do so again.  A row whose text changed is asked
for whatever its age.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from gongkai.archive import Capture, Latest, Outcome, Role, new_capture_id
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import CHINA
from gongkai.crawler.report.counts import ExitCode
from gongkai.crawler.spider.observation import NOT_ASKED
from gongkai.crawler.visit import Visit, visit_of
from gongkai.crawler.wire.carried_leads import lead_in

UPLOADED = re.compile(r"/[PW]0(20\d\d)(\d\d)(\d\d)\d{6,}[^/]*$")
"""File names TRS makes: a letter, a zero, and the moment of the upload to the millisecond or finer."""
DOCUMENTS = frozenset({Role.ARTICLE, Role.ATTACHMENT})
MANY, LARGE_SHARE = 10, 0.2
"""More documents than this, and a larger share of those known, do not vanish at once: the listing is what changed."""
DEEPEST = 20
"""Steps from a document to the start address of its column; more are a circle."""


class HeldDocuments:
    """Downloader middleware that answers for what is old and known with a 304 of its own, before anything is sent.

    No capture comes of it, as nothing was observed; the report counts it as not asked.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HeldDocuments:
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        visit, lead = visit_of(self.crawler), lead_in(request)
        if lead is None or lead.role not in DOCUMENTS:
            return None
        if request.meta.get("unconditional") or not is_settled(visit, lead, dt.datetime.now(CHINA).date()):
            return None
        request.meta[NOT_ASKED] = True
        return Response(request.url, status=304)


def is_settled(visit: Visit, lead: Lead, today: dt.date) -> bool:
    """Whether a document is known and older than the portal's look-back, so that nothing is sent for it."""
    known, look_back = visit.previous(lead.url), visit.portal.look_back_days
    if visit.full or look_back is None or known is None or visit.was_gone(lead.url):
        return False
    if known.link_text and lead.link_text and known.link_text != lead.link_text:
        return False
    touched = last_touched(visit, lead, known)
    return touched is not None and (today - touched).days > look_back


def last_touched(visit: Visit, lead: Lead, known: Capture) -> dt.date | None:
    """The last day on which the portal is known to have worked on a document; None when it never said."""
    urls = [lead.url, *(capture.url for capture in visit.children(lead.url))]
    dates = [lead.published_on or known.published_on, *(upload_date(url) for url in urls)]
    return max((date for date in dates if date is not None), default=None)


def upload_date(url: str) -> dt.date | None:
    """The day in a file name that TRS made; None for any other name."""
    found = UPLOADED.search(urlsplit(url).path)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def gone(visit: Visit) -> Iterator[Capture]:
    """A capture for each known document that a crawl did not meet, although it read everything it could stand on.

    Nothing where the crawl is no proof: it was stopped or limited, a listing page failed, or so many documents are
    missing that the listing itself must have changed, which becomes a problem of its own.
    """
    known, report = visit.known, visit.report
    if not isinstance(known, Latest) or not visit.is_complete or report.exit_code >= ExitCode.LISTING_FAILED:
        return
    missing = sum(1 for _ in _departed(known))
    documents = report.new + report.changed + report.unchanged + report.not_modified + report.not_asked
    if missing > MANY and missing > LARGE_SHARE * (missing + documents):
        message = (
            f"{missing} known documents are no longer listed, and {documents} are; the listing must have changed, so"
            " that none is recorded as gone: see whether the portal's file still fits."
        )
        report.problem("listing_shrunk", message)
        return
    for capture in _departed(known):
        yield _gone(visit, capture)


def _departed(known: Latest) -> Iterator[Capture]:
    return (capture for capture in known.unseen() if capture.role in DOCUMENTS and _was_looked_for(capture, known))


def _was_looked_for(capture: Capture, known: Latest) -> bool:
    """Whether the pages that named a document were read by this crawl, up to one that nothing else led to.

    Every listing page that was asked for was read, or the crawl would not be complete.  Pages of a column move, and
    columns come and go on the page above them, so that only the first page of all has to have been asked for again; an
    article has to have been read, unless it is gone itself.
    """
    for _ in range(DEEPEST):
        parent = known.get(capture.parent_url or "")
        if parent is None:
            return capture.role is Role.LISTING and known.was_met(capture.url)
        if parent.role is Role.ARTICLE and known.was_met(parent.url) and not known.was_read(parent.url):
            return False
        capture = parent
    return False


def _gone(visit: Visit, capture: Capture) -> Capture:
    return Capture(
        capture_id=new_capture_id(),
        run_id=visit.run.run_id,
        portal=capture.portal,
        role=capture.role,
        url=capture.url,
        outcome=Outcome.GONE,
        requested_at=dt.datetime.now(dt.UTC),
        parent_url=capture.parent_url,
        link_text=capture.link_text,
        title=capture.title,
        published_on=capture.published_on,
        index_number=capture.index_number,
        previous_sha256=capture.payload_sha256,
    )
