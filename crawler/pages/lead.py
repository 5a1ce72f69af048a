"""A lead: an address with what the page that names it says about it; it ends in the capture of what is found there."""

from __future__ import annotations

import dataclasses
import datetime as dt

from gongkai.archive import Role


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """An address with what the page that names it says about it.

    `url` is the clean form, and what the address is known by; `parent_url` the page it stands on; `promised` the suffix
    of the file it announces, None for a page.

    Some portals give a document another address on every page (a signature, a ciphertext that rotates): then
    `asked_url` is where the request goes, and `url` what lasts.  Where only the redirect tells what lasts,
    `named_by_redirect` says that `url` is to become its target.  `referer` is sent where it is not `parent_url`.

    Of listing pages: `column` is the address of the first page of the column (栏目) they belong to, None for that page
    itself; `page_number` counts from 1; `step` is the family's name for what the page is on the way to the rows
    ("departments", "years"), empty for a page of rows.  `hops` counts the stub pages that led here, and `depth` the
    articles that did so because they only list others.  `moved` is set where the address may hold another page by now
    than when it was asked for.

    `is_rendered` is true for what a browser made of a page, see `crawler.wire.rendering`.
    """

    url: str
    role: Role
    parent_url: str | None = None
    link_text: str | None = None
    title: str | None = None
    published_on: dt.date | None = None
    index_number: str | None = None
    publisher: str | None = None
    context: str | None = None
    promised: str | None = None
    asked_url: str | None = None
    named_by_redirect: bool = False
    referer: str | None = None
    column: str | None = None
    page_number: int = 1
    step: str = ""
    hops: int = 0
    is_rendered: bool = False
    depth: int = 0
    moved: bool = False

    @property
    def column_key(self) -> str:
        """The column a listing page belongs to."""
        return self.column or self.url
