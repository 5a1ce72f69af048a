"""Documents that a crawl did not meet are gone, where it read everything they could stand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gongkai.archive import Capture, Latest, Outcome, Role, new_capture_id
from gongkai.crawler.report.counts import ExitCode
from gongkai.crawler.visit import Visit
from gongkai.crawler.wire.held_documents import DOCUMENTS

MANY, LARGE_SHARE = 10, 0.2
"""More documents than `MANY`, and a larger share of all known ones, do not vanish at once: the listing changed."""
DEEPEST = 20
"""Steps from a document to the start address of its column; more are a circle."""


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
    """True where this crawl read the pages that named a document, up to a page that nothing else led to.

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
