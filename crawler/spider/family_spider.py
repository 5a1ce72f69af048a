"""The spider of every family whose pages tell all there is to know; one that has to remember more derives from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar, cast

from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.pages.address import same_document_key
from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link
from gongkai.crawler.pages.listing import Listed
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

    def read_listing(self, page: Page, lead: Lead) -> Listed:
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
