"""大汉 Hanweb JCMS (jpage): a spider remembers the list of a column's page while it asks the proxy for further rows."""

from __future__ import annotations

import math
from typing import Any

from gongkai.crawler.families.jpage import (
    JpageParameters,
    Paging,
    Unit,
    chosen_unit,
    group_address,
    page_address,
    records,
)
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, page_after
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.family_spider import FamilySpider
from gongkai.crawler.visit import Visit

BY_POST, BY_PAGE = "groups", "pages"


class JpageSpider(FamilySpider[JpageParameters]):
    """Asks the proxy for group after group, as the page's own script does.

    A proxy that only knows page numbers answers a group with the first rows again; then it is asked by page, from the
    first one, whose rows the column's page has shown already.
    """

    name = "jpage"

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        super().__init__(visit, **kwargs)
        self._units: dict[str, Unit] = {}

    def read_as_family(self, page: Page, lead: Lead) -> Listed:
        if not lead.step:
            return self._first(page, lead)
        unit = self._units[lead.column_key]
        answer = records(page, unit.page_url)
        if lead.step == BY_PAGE:
            pages = answer.pages or _pages(answer.total, len(answer.rows))
            further = self._page(unit, lead, lead.page_number + 1) if _goes_on(lead, pages) else ()
            return Listed(rows=answer.rows, next_pages=further, total=answer.total, pages=pages)
        is_first_again = bool(unit.rows) and unit.rows[0].url in {row.url for row in answer.rows}
        if is_first_again and self.parameters.paging is Paging.AUTO and lead.page_number == 2:
            return Listed(next_pages=self._page(unit, lead, 1), may_be_empty=True)
        groups = _groups(unit, answer.total)
        further = self._group(unit, lead, lead.page_number + 1) if _goes_on(lead, groups) else ()
        return Listed(rows=answer.rows, next_pages=further, total=answer.total)

    def after_failure(self, lead: Lead) -> tuple[Lead, ...]:
        unit = self._units.get(lead.column_key)
        if unit is None or lead.step != BY_POST or not _goes_on(lead, _groups(unit, None)):
            return ()
        return self._group(unit, lead, lead.page_number + 1)

    def _first(self, page: Page, lead: Lead) -> Listed:
        unit = chosen_unit(page, self.parameters.unit)
        self._units[lead.column_key] = unit
        is_whole = unit.total is not None and unit.total <= len(unit.rows)
        further = () if is_whole else self._behind(unit, lead)
        doubt = f"The list {unit.name!r} of {lead.url!r} says neither how many rows it has nor where they are."
        is_known = bool(further) or unit.total is not None
        return Listed(
            rows=unit.rows,
            next_pages=further,
            total=unit.total,
            is_preview=True,
            may_be_empty=bool(further),
            doubt="" if is_known else doubt,
        )

    def _behind(self, unit: Unit, lead: Lead) -> tuple[Lead, ...]:
        if unit.proxy and unit.total and self.parameters.paging is not Paging.PAGE:
            return self._group(unit, lead, 2 if unit.rows else 1)
        return self._page(unit, lead, 1)

    def _group(self, unit: Unit, lead: Lead, number: int) -> tuple[Lead, ...]:
        return page_after(lead, group_address(unit, number), number, step=BY_POST)

    def _page(self, unit: Unit, lead: Lead, number: int) -> tuple[Lead, ...]:
        return page_after(lead, page_address(unit, number), number, step=BY_PAGE)


def _groups(unit: Unit, total: int | None) -> int:
    return _pages(unit.total if total is None else total, unit.group)


def _pages(total: int | None, size: int) -> int:
    return math.ceil((total or 0) / size) if size else 0


def _goes_on(lead: Lead, count: int | None) -> bool:
    return count is not None and lead.page_number < count
