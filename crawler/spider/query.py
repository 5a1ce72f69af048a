"""Query routers, see `crawler.families.query`."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.crawler.families.query import QueryParameters, card_facts, read, unsigned
from gongkai.crawler.pages.address import same_document_key
from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, attachments
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.report.counts import Severity
from gongkai.crawler.spider.portal_spider import PortalSpider
from gongkai.crawler.visit import Visit


class QuerySpider(PortalSpider[QueryParameters]):
    """Reads the pages of a column one after the other; its files are known by their addresses without signature."""

    name = "query"

    def __init__(self, visit: Visit, **kwargs: object) -> None:
        super().__init__(visit, **kwargs)
        self._article_of: dict[str, str] = {}

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)

    def read_facts(self, page: Page) -> ArticleFacts:
        return card_facts(page)

    def read_files(self, page: Page, lead: Lead) -> Sequence[Link]:
        return [self._lasting(link, lead) for link in attachments(page, self.parameters.body)]

    def _lasting(self, link: Link, lead: Lead) -> Link:
        """A file under the address that lasts, unless another article's file has it: names are chosen by people."""
        lasting = unsigned(link.url)
        if lasting is None:
            return link
        if self._article_of.setdefault(same_document_key(lasting), lead.url) != lead.url:
            message = f"Two articles name a file {lasting!r}; that of {lead.url!r} is filed with its signature."
            self.report.problem("name_shared", message, lead.url, Severity.WARNING)
            return link
        return Link(lasting, link.text, promised=link.promised, asked_url=link.url)
