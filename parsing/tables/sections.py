"""Sections of a form: a heading row gives its period, fund or spending to the rows below it.

二、上年结转 makes the funds below it carried over; 2、专项业务经费支出 makes 工资福利支出 below it project spending.  A
section reaches to the next row of its own level, as the numbers of the rows nest, and to the next total.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.parsing.text.numbering import entry, is_entry, without_enumerator, without_of_which
from gongkai.parsing.text.outline import Outline, outline
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.dimensions import Fund, Period, Spending
from gongkai.vocabulary.headings import meaning
from gongkai.vocabulary.word_lists import any_of

LAST_YEAR = re.compile(any_of("columns.csv", "last_year"))
"""Found in the name of a balance that came from the year before: 上年结转."""
_SHARE = re.compile(any_of("columns.csv", "share_of_balance"))
_DISTRIBUTION, _SHARE_OF_DISTRIBUTION = (
    re.compile(any_of("columns.csv", name)) for name in ("distribution", "share_of_distribution")
)
BALANCES: frozenset[Period] = frozenset(("carried_over", "opening", "closing"))
"""Periods that money carried from one year into another is of."""
APPROPRIATIONS: frozenset[Fund | None] = frozenset(("general_public", "government_fund", "state_capital"))
"""The funds that 财政拨款 is made of."""
PARTS_OF_ANY: frozenset[Fund | None] = frozenset(("fiscal_appropriation", "other", None))
"""What the parts of such a fund are called: 经费拨款, 其他收入, 专项收入."""
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
    is_part: bool = False
    """It is listed below another, or has no number and stands between two that have: 一、… | 经费拨款 | 二、…"""


def sections(names: Mapping[int, str], *, two_sided: bool) -> dict[int, Section]:
    """The section of each row; ``names`` are the compact names of a block's rows, in row order.

    In ``two_sided`` forms what is listed beside a balance is this year's: 一、财政拨款 beside 二、上年结转.
    """
    found: dict[int, Section] = {}
    parts = list(_between_totals(names))
    of_this_year = _before_balances(parts, names) if two_sided else frozenset[int]()
    for rows, total in parts:
        listed = outline([(row, names[row]) for row in rows])
        parents, beside_balance = listed.parents, _beside_balance(listed, names) if two_sided else frozenset()
        closed = _between_entries(rows, listed)
        numbered: int | None = None
        balance: Period | None = None
        restarts = listing = below = False
        for row in rows:
            if row in parents:
                numbered, listing, below = row, False, False
                restarts = restarts or (balance is not None and _is_first(names[row]))
                found[row] = Section(period=balance) if restarts else _under(parents[row], found, names)
                found[row] = dataclasses.replace(found[row], is_part=parents[row] is not None)
                if row in beside_balance and found[row].period is None:
                    found[row] = dataclasses.replace(found[row], period="current")
            elif without_of_which(names[row]) != names[row]:
                found[row], listing = Section(period=balance) if below else _under(numbered, found, names), True
            elif balance is not None and is_share_of_balance(names[row]):
                found[row] = Section(period=balance)
            elif (period := meaning(names[row], "period")) is not None:
                balance, restarts = (period if period in BALANCES else None), False
                below = balance is not None
            elif balance is not None and meaning(names[row], "fund") is not None:
                found[row] = Section(period=balance)
            elif numbered is not None:
                inner = _under(numbered, found, names)
                if row in closed:
                    found[row] = dataclasses.replace(inner, is_part=True)
                else:
                    found[row] = Section(fund=inner.fund if listing else None, period=inner.period)
        if total is not None and (total in of_this_year or meaning(names[total], "period") == "current"):
            found |= _of_this_year((*rows, *of_this_year & {total}), found)
    return found


def _of_this_year(rows: Iterable[int], found: Mapping[int, Section]) -> dict[int, Section]:
    """The sections of rows above a total of this year: of this year too, where they state no period."""
    sections = {row: found.get(row, Section()) for row in rows}
    return {
        row: section if section.period else dataclasses.replace(section, period="current")
        for row, section in sections.items()
    }


def _before_balances(parts: Sequence[tuple[list[int], int | None]], names: Mapping[int, str]) -> frozenset[int]:
    """The totals that name no period and that only balances stand between and the next: 小计 | 上年结余 | 收入总计."""
    return frozenset(
        total
        for (_, total), (rows, after) in itertools.pairwise(parts)
        if total is not None and after is not None and rows and meaning(names[total], "period") is None
        if all(meaning(names[row], "period") in BALANCES for row in rows)
    )


def _beside_balance(listed: Outline, names: Mapping[int, str]) -> frozenset[int]:
    """The rows of lists of which one entry is a balance, which name no period themselves."""
    lists = (
        rows for rows in listed.children.values() if any(meaning(names[row], "period") in BALANCES for row in rows)
    )
    return frozenset(row for rows in lists for row in rows if meaning(names[row], "period") is None)


def is_balance(name: str) -> bool:
    """True for what was there at the beginning of a year or is left at its end: 年初结转和结余, 上年结转和结余."""
    period = meaning(name, "period")
    return period in ("opening", "closing") or (period == "carried_over" and LAST_YEAR.search(name) is not None)


def is_share_of_distribution(name: str, above: Iterable[str]) -> bool:
    """True for a part of 结余分配 where that stands ``above`` it: 转入事业基金."""
    part = _SHARE_OF_DISTRIBUTION.fullmatch(without_enumerator(without_of_which(name)))
    return part is not None and any(map(_DISTRIBUTION.search, above))


def is_share_of_balance(name: str) -> bool:
    """True for a part of a balance that stands above it: 项目支出结转和结余, 经营结余."""
    return _SHARE.fullmatch(without_enumerator(without_of_which(name))) is not None


def _between_entries(rows: Sequence[int], listed: Outline) -> frozenset[int]:
    """The rows without a number that another entry of the list of the entry above them follows."""
    closed: set[int] = set()
    run: list[int] = []
    above: int | None = None
    for row in rows:
        if row not in listed.parents:
            run.append(row)
            continue
        if above is not None and listed.parents[row] == listed.parents[above]:
            closed.update(run)
        above, run = row, []
    return frozenset(closed)


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
    own = meaning(name, "fund")
    return Section(
        fund=outer.fund if own in PARTS_OF_ANY and outer.fund in APPROPRIATIONS else own or outer.fund,
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
