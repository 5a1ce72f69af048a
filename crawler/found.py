"""What a portal said about an address when it gave it: travels with the request and ends in its capture."""

from __future__ import annotations

import dataclasses
import datetime as dt

from scrapy import Request

from archive import Role

FOUND = "found"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address with what the page that names it says about it.

    `url` is the clean form, `parent_url` the page it stands on; `promised` the suffix of the file it announces, None
    for a page; `page_number` counts the pages of a listing from 1.
    """

    url: str
    role: Role
    parent_url: str | None = None
    link_text: str | None = None
    title: str | None = None
    published_on: dt.date | None = None
    index_number: str | None = None
    promised: str | None = None
    page_number: int = 1


def found_in(request: Request | None) -> Found | None:
    """What travels with a request; None for requests that leave no capture, such as those for robots.txt."""
    found = request.meta.get(FOUND) if request is not None else None
    return found if isinstance(found, Found) else None
