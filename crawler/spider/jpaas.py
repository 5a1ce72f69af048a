"""大汉 jpaas: a spider asks the gateway for the units of a column's page, and remembers which of them is the list."""

from __future__ import annotations

import dataclasses
from typing import Any

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.jpaas import JpaasParameters, Unit, UnitPage, chosen_units, unit_page
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, page_after
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.family_spider import FamilySpider
from gongkai.crawler.visit import Visit

UNIT = "unit"


@dataclasses.dataclass(slots=True)
class Choice:
    """The units of one page: how many have not answered yet, and whether one of them was the list."""

    page_url: str
    waiting: int
    is_only: bool
    has_list: bool = False


class JpaasSpider(FamilySpider[JpaasParameters]):
    """Asks for the units of a column's page, and reads on in each unit that is a list."""

    name = "jpaas"

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        super().__init__(visit, **kwargs)
        self._units: dict[str, tuple[Unit, Choice]] = {}

    def read_as_family(self, page: Page, lead: Lead) -> Listed:
        if lead.step != UNIT:
            return Listed(columns=tuple(self._asked_units(page, lead)))
        unit, choice = self._units[lead.column_key]
        choice.waiting -= lead.page_number == 1
        answer = unit_page(page, choice.page_url, self.parameters.row)
        if lead.page_number == 1 and not choice.is_only and answer.total is None:
            return self._no_list(choice)
        choice.has_list = choice.has_list or bool(answer.rows)
        return Listed(
            rows=answer.rows, next_pages=self._next(unit, answer, lead), total=answer.total, pages=answer.pages
        )

    def after_failure(self, lead: Lead) -> tuple[Lead, ...]:
        if lead.step == UNIT and lead.page_number == 1:
            self._units[lead.column_key][1].waiting -= 1
        return ()

    def _asked_units(self, page: Page, lead: Lead) -> list[Lead]:
        chosen = chosen_units(page, self.parameters.tag)
        choice = Choice(page.url, len(chosen), is_only=len(chosen) == 1 or self.parameters.tag is not None)
        asked = []
        for unit in chosen:
            address = unit.address(1, self.parameters.page_size)
            self._units[address] = (unit, choice)
            asked.append(Lead(url=address, role=Role.LISTING, parent_url=lead.url, step=UNIT))
        return asked

    def _no_list(self, choice: Choice) -> Listed:
        """A unit without a pager among several: navigation or news, unless none of them turns out to be the list."""
        if choice.waiting == 0 and not choice.has_list:
            raise ListingNotUnderstoodError(
                "no unit of the page holds a list with a pager; state the list's tagId as `tag` in the portal's file"
            )
        return Listed(may_be_empty=True)

    def _next(self, unit: Unit, answer: UnitPage, lead: Lead) -> tuple[Lead, ...]:
        if answer.pages is None or answer.size is None or lead.page_number >= answer.pages:
            return ()
        number = lead.page_number + 1
        return page_after(lead, unit.address(number, answer.size), number)
