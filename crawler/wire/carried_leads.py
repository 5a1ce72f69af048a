"""Requests carry the lead they follow, through retries and redirects, to the capture that records their answer."""

from __future__ import annotations

import dataclasses

from scrapy import Request

from gongkai.crawler.pages.address import clean_url
from gongkai.crawler.pages.lead import Lead

LEAD = "lead"
"""The key in its `meta` under which a request carries its `Lead`."""


def lead_in(request: Request | None) -> Lead | None:
    """The lead a request follows; None for a request that leaves no capture, as one for robots.txt."""
    lead = request.meta.get(LEAD) if request is not None else None
    return lead if isinstance(lead, Lead) else None


class NamedByRedirect:
    """Downloader middleware: where only a redirect tells what lasts, a document is known by its target."""

    def process_request(self, request: Request) -> None:
        lead = lead_in(request)
        if lead and lead.named_by_redirect and request.meta.get("redirect_urls"):
            request.meta[LEAD] = dataclasses.replace(lead, url=clean_url(request.url), named_by_redirect=False)
