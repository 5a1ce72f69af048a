"""The spider of every family whose pages tell all there is to know; one that has to remember more derives from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Generic, TypeVar, cast

from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families import static
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.pages.address import same_document_key
from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link
from gongkai.crawler.pages.listing import Listed, rows
from gongkai.crawler.pages.media_types import is_html
from gongkai.crawler.pages.page import Page
from gongkai.crawler.report.counts import Severity
from gongkai.crawler.spider.portal_spider import PortalSpider
from gongkai.crawler.visit import Visit

P = TypeVar("P", bound=Parameters)


class FamilySpider(PortalSpider, Generic[P]):
    """Reads a portal's pages by the functions of its family, see `crawler.families.family`."""

    name = "family"

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        super().__init__(visit, **kwargs)
        self.family: Family[P] = FAMILIES[visit.portal.family]
        self.parameters = cast(
            "P", visit.portal.parameters
        )  # portal files are read into the class that the family names
        self._article_of: dict[str, str] = {}
        self._plain_columns: set[str] = set()

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        """The listing as the family reads it; where the family finds nothing in a column's page, the rows that the page
        shows, which is said."""
        if lead.column is not None and lead.column in self._plain_columns:
            return self._shown(page, lead)
        try:
            listed = self.read_as_family(page, lead)
        except ListingNotUnderstoodError as error:
            shown = self._fall_back(page, lead, str(error))
            if shown is None:
                raise
            return shown
        if lead.step or listed.rows or listed.may_be_empty or not is_html(page.text.encode()):
            return listed
        if listed.columns:
            return self._with_rows(page, listed)
        return self._fall_back(page, lead, "no row was found in the way of the family") or listed

    def _fall_back(self, page: Page, lead: Lead, reason: str) -> Listed | None:
        """The rows that a page shows, whatever its family; None where it shows none, or answers a further request."""
        if lead.step or lead.column is not None or not is_html(page.text.encode()):
            return None
        listed = self._shown(page, lead)
        if not listed.rows:
            return None
        self._plain_columns.add(lead.column_key)
        message = (
            f"The family {self.portal.family!r} finds no list in {lead.url!r} ({reason}); the rows it shows are read."
        )
        self.report.problem_once("family_fell_back", message, lead.url, Severity.WARNING)
        return listed

    def _shown(self, page: Page, lead: Lead) -> Listed:
        return static.read_listing(page, lead, static.StaticParameters(row=self.parameters.row))

    def _with_rows(self, page: Page, listed: Listed) -> Listed:
        """A page that leads on to lists, with the rows it shows itself, which these lists may show again."""
        shown = rows(page, self.parameters.row) if self.family.shows_rows_itself else ()
        return dataclasses.replace(listed, rows=tuple(shown), is_preview=True) if shown else listed

    def read_as_family(self, page: Page, lead: Lead) -> Listed:
        if self.family.read_listing is None:
            raise TypeError(f"The family {self.portal.family!r} reads no listing, and its spider does not either.")
        return self.family.read_listing(page, lead, self.parameters)

    def read_facts(self, page: Page) -> ArticleFacts:
        return self.family.read_facts(page)

    def read_files(self, page: Page, lead: Lead) -> Sequence[Link]:
        return [self._told_apart(link, lead) for link in self.family.read_files(page, lead, self.parameters)]

    def _told_apart(self, link: Link, lead: Lead) -> Link:
        """A file under the address that lasts, unless another article's file has it: names are chosen by people."""
        if not link.named_by_people or link.asked_url is None:
            return link
        if self._article_of.setdefault(same_document_key(link.url), lead.url) == lead.url:
            return link
        message = f"Two articles name a file {link.url!r}; that of {lead.url!r} is filed with its signature."
        self.report.problem("name_shared", message, lead.url, Severity.WARNING)
        return Link(link.asked_url, link.text, promised=link.promised)
