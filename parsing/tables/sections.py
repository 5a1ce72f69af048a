"""Sections of a form: a heading row gives its period, fund or spending to the rows below it.

二、上年结转 makes the funds below it carried over; 2、专项业务经费支出 makes 工资福利支出 below it project spending.  A
section reaches to the next row of its own level, as the numbers of the rows nest, and to the next total.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from gongkai.parsing.text.numbering import entry, is_entry, without_of_which
from gongkai.parsing.text.outline import Outline, outline
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.dimensions import Fund, Period, Spending
from gongkai.vocabulary.headings import meaning

BALANCES: frozenset[Period] = frozenset(("carried_over", "opening", "closing"))
"""Periods that money carried from one year into another is of."""
_WITHIN: dict[Spending, frozenset[Spending]] = {
    "basic": frozenset(("personnel", "wages", "individual_family", "public")),
    "personnel": frozenset(("wages", "individual_family")),
    "project": frozenset(("project_operating", "project_specific")),
}
"""Kinds of spending that are parts of another: a row under 项目支出 that is named 工资福利支出 is project spending."""


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """Dimensions that the heading rows above a row give it; None where they give none."""

    fund: Fund | None = None
    spending: Spending | None = None
    period: Period | None = None


def sections(names: Mapping[int, str], *, two_sided: bool) -> dict[int, Section]:
    """The section of each row; ``names`` are the compact names of a block's rows, in row order.

    In ``two_sided`` forms what is listed beside a balance is this year's: 一、财政拨款 beside 二、上年结转.
    """
    found: dict[int, Section] = {}
    for rows, total in _between_totals(names):
        listed = outline([(row, names[row]) for row in rows])
        parents, beside_balance = listed.parents, _beside_balance(listed, names) if two_sided else frozenset()
        numbered: int | None = None
        balance: Period | None = None
        restarts = listing = False
        for row in rows:
            if row in parents:
                numbered, listing = row, False
                restarts = restarts or (balance is not None and _is_first(names[row]))
                found[row] = Section(period=balance) if restarts else _under(parents[row], found, names)
                if row in beside_balance and found[row].period is None:
                    found[row] = dataclasses.replace(found[row], period="current")
            elif without_of_which(names[row]) != names[row]:
                found[row], listing = _under(numbered, found, names), True
            elif (period := meaning(names[row], "period")) is not None:
                balance, restarts = (period if period in BALANCES else None), False
            elif balance is not None and meaning(names[row], "fund") is not None:
                found[row] = Section(period=balance)
            elif numbered is not None:
                inner = _under(numbered, found, names)
                found[row] = Section(fund=inner.fund if listing else None, period=inner.period)
        if total is not None and meaning(names[total], "period") == "current":
            for row in rows:
                section = found.get(row, Section())
                found[row] = section if section.period else dataclasses.replace(section, period="current")
    return found


def _beside_balance(listed: Outline, names: Mapping[int, str]) -> frozenset[int]:
    """The rows of lists of which one entry is a balance, which name no period themselves."""
    lists = (
        rows for rows in listed.children.values() if any(meaning(names[row], "period") in BALANCES for row in rows)
    )
    return frozenset(row for rows in lists for row in rows if meaning(names[row], "period") is None)


def _is_first(name: str) -> bool:
    number = entry(name)
    return number is not None and number.number == 1


def _between_totals(names: Mapping[int, str]) -> Iterator[tuple[list[int], int | None]]:
    """Rows that no total parts, with the total that they stand above."""
    rows: list[int] = []
    for row, name in names.items():
        if is_total(name) and not is_entry(name):
            yield rows, row
            rows = []
        else:
            rows.append(row)
    yield rows, None


def _under(parent: int | None, found: Mapping[int, Section], names: Mapping[int, str]) -> Section:
    """The section that ``parent`` opens: its own dimensions, within those it stands in itself."""
    if parent is None:
        return Section()
    outer, name = found.get(parent, Section()), names[parent]
    return Section(
        fund=meaning(name, "fund") or outer.fund,
        spending=within(meaning(name, "spending"), outer.spending),
        period=of_period(meaning(name, "period"), outer.period),
    )


def within(own: Spending | None, outer: Spending | None) -> Spending | None:
    """The spending of a row named ``own`` in a section of ``outer``: the row's only where it is a part of that."""
    if outer is None or own in _WITHIN.get(outer, ()):
        return own
    return outer


def of_period(own: Period | None, outer: Period | None) -> Period | None:
    """The period of a row named ``own`` in a section of ``outer``: what was carried over stays so under any name."""
    return outer if outer in BALANCES or own is None else own
