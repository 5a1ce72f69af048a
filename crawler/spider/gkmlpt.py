"""广东省政府信息公开目录平台 (gkmlpt), see `crawler.families.gkmlpt`."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.crawler.families.gkmlpt import GkmlptParameters, announced_files, article_page, read
from gongkai.crawler.pages.address import same_document_key
from gongkai.crawler.pages.article import ArticleFacts, article_facts
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, attachments
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider
from gongkai.crawler.visit import Visit


class GkmlptSpider(PortalSpider[GkmlptParameters]):
    """Reads the tree of an index page, then each column it was told to read, as lists of articles."""

    name = "gkmlpt"

    def __init__(self, visit: Visit, **kwargs: object) -> None:
        super().__init__(visit, **kwargs)
        self._announced: dict[str, list[Link]] = {}

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        listed = read(page, lead, self.parameters)
        if listed.rows:
            named = announced_files(page)
            self._announced |= {same_document_key(address): links for address, links in named.items()}
        return listed

    def read_facts(self, page: Page) -> ArticleFacts:
        return article_facts(article_page(page))

    def read_files(self, page: Page, lead: Lead) -> Sequence[Link]:
        """The files an article links or hides in its script, and those its listing named, each once."""
        shown = attachments(article_page(page), self.parameters.body)
        named = self._announced.pop(same_document_key(lead.url), [])
        return list({same_document_key(link.url): link for link in (*shown, *named)}.values())
