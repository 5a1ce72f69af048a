"""广东省政府信息公开目录平台 (gkmlpt): lists name the files of their articles, which a spider remembers.

The pages themselves are read by `crawler.families.gkmlpt`.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.crawler.families.gkmlpt import GkmlptParameters, announced_files, article_page
from gongkai.crawler.pages.address import same_document_key
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, attachments
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.family_spider import FamilySpider
from gongkai.crawler.visit import Visit


class GkmlptSpider(FamilySpider[GkmlptParameters]):
    """Reads the tree of an index page, then each column it was told to read, as lists of articles."""

    name = "gkmlpt"

    def __init__(self, visit: Visit, **kwargs: object) -> None:
        super().__init__(visit, **kwargs)
        self._announced: dict[str, list[Link]] = {}

    def read_as_family(self, page: Page, lead: Lead) -> Listed:
        listed = super().read_as_family(page, lead)
        if listed.rows:
            named = announced_files(page)
            self._announced |= {same_document_key(address): links for address, links in named.items()}
        return listed

    def read_files(self, page: Page, lead: Lead) -> Sequence[Link]:
        """The files an article links or hides in its script, and the files its listing named, each once."""
        shown = attachments(article_page(page), self.parameters.body)
        named = self._announced.pop(same_document_key(lead.url), [])
        return list({same_document_key(link.url): link for link in (*shown, *named)}.values())
