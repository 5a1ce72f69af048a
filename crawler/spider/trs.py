"""拓尔思 TRS WCM: a spider remembers the pager of a column's first page, which addresses all others."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.crawler.errors import PagerNotUnderstoodError
from gongkai.crawler.families.trs import Pager, PagerMode, TrsParameters, longer, pager
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, page_after, rows
from gongkai.crawler.pages.page import Page, absolute
from gongkai.crawler.spider.family_spider import FamilySpider
from gongkai.crawler.visit import Visit


class TrsSpider(FamilySpider[TrsParameters]):
    """Reads a column page by page: each page asks for its rows and for the page after it.

    Page by page rather than all at once, so that a pager that was misunderstood is noticed at the first page that
    repeats another one.
    """

    name = "trs"

    def __init__(self, visit: Visit, **kwargs: object) -> None:
        super().__init__(visit, **kwargs)
        self._pagers: dict[str, tuple[str, Pager | None]] = {}

    def read_as_family(self, page: Page, lead: Lead) -> Listed:
        if lead.column_key in self._pagers:
            first_url, known = self._pagers[lead.column_key]
            shape, doubt = longer(known, page), ""
        else:
            first_url, (shape, doubt) = page.url, self._pager(page)
        self._pagers[lead.column_key] = first_url, shape
        listed = tuple(rows(page, self.parameters.row))
        pages = shape.count if shape else None
        return Listed(rows=listed, next_pages=self._next_page(lead), pages=pages, doubt=doubt)

    def after_failure(self, lead: Lead) -> Iterable[Lead]:
        return self._next_page(lead)

    def _pager(self, page: Page) -> tuple[Pager | None, str]:
        """The pager of a page, and what is doubtful about it."""
        if self.parameters.pager is PagerMode.NONE:
            return None, ""
        try:
            return pager(page, self.parameters.pager_base), ""
        except PagerNotUnderstoodError as error:
            return None, str(error)

    def _next_page(self, lead: Lead) -> tuple[Lead, ...]:
        first_url, shape = self._pagers.get(lead.column_key, ("", None))
        number = lead.page_number + 1
        if shape is None or number > shape.count:
            return ()
        return page_after(lead, absolute(first_url, shape.address(number)))
