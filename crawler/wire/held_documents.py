"""Documents that are known and old are not asked for again.

A document the archive holds is asked for conditionally while it is young: portals replace files in place, mostly soon
after publishing them.  Past the look-back of the portal's file nothing is sent for it at all: its article is read from
the archive, so that a file which an earlier crawl missed is still noticed and fetched, and the rest is passed over.  A
full sweep (`gongkai crawl --full`) asks for everything.

A document is young by the date of its listing row or article, or of the upload which 拓尔思 TRS writes into file names
(`P020210622…`): a portal that put a new file beside an old article may do so again.  A row whose text changed is asked
for whatever its age.
"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from gongkai.archive import Capture, Role
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import CHINA
from gongkai.crawler.visit import Visit, visit_of
from gongkai.crawler.wire.carried_leads import lead_in
from gongkai.crawler.wire.exchange import NOT_ASKED

UPLOADED = re.compile(r"/[PW]0(20\d\d)(\d\d)(\d\d)\d{6,}[^/]*$")
"""File names TRS makes: a letter, a zero, and the moment of the upload to the millisecond or finer."""
DOCUMENTS = frozenset({Role.ARTICLE, Role.ATTACHMENT, Role.PICTURE})


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
    """True for a document that is known and older than the portal's look-back, so that nothing is sent for it."""
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
    upload = UPLOADED.search(urlsplit(url).path)
    try:
        return dt.date(*map(int, upload.groups())) if upload else None
    except ValueError:
        return None
