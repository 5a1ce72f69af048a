"""The sides of a 收支 form that prints revenue above expenditure in one column, as its rows tell them.

A row 收入合计 closes the revenue above it, a heading row 二、支出 opens what stands below it; a total that is the first
row (收入合计 above its parts) opens its side too.  Rows that neither reaches are of no known side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gongkai.parsing.tables.statement import Statement
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.parsing.text.totals import SUM
from gongkai.vocabulary.dimensions import Direction
from gongkai.vocabulary.word_lists import any_of

_BOTH = re.compile(any_of("sides.csv", "both"))
_SIDES: tuple[Direction, Direction] = ("revenue", "expenditure")
_PART = f"(?:{any_of('sides.csv', 'part')})?"
_THIS_YEAR = f"(?:{any_of('totals.csv', 'this_year')})?"
_OPENS = {side: re.compile(f"{_THIS_YEAR}{any_of('sides.csv', side)}{_PART}") for side in _SIDES}
_CLOSES = {side: re.compile(rf".*{any_of('sides.csv', side)}[(（]?{SUM}[)）]?") for side in _SIDES}


def give_sides(statement: Statement, names: Sequence[Mapping[int, str]]) -> None:
    """Give the amounts of stacked sides their direction; those of no known side are doubtful.

    ``names`` are the compact names of the rows of each block.
    """
    if not _is_stacked(statement):
        return
    sides = sides_of(names[0])
    if set(sides.values()) != set(_SIDES) and statement.form.direction is not None:
        return
    for item in statement.items:
        side = sides.get(item.row)
        item.direction = side
        if side is None:
            item.meaning = "doubtful"
        elif side == "revenue":
            item.spending = None


def _is_stacked(statement: Statement) -> bool:
    """True for a form of both sides, by its title or its kind, in one block whose headings name none."""
    of_both = statement.form.direction is None or _BOTH.search(compact(statement.table.title or ""))
    if not of_both or len(statement.blocks) != 1 or not statement.items:
        return False
    block = statement.blocks[0]
    told = any(column.direction is not None for column in block.amounts)
    return not told and (block.direction is None or block.direction == statement.form.direction)


def sides_of(names: Mapping[int, str]) -> dict[int, Direction]:
    """The side of each row of a column that tells them."""
    found: dict[int, Direction] = {}
    waiting: list[int] = []
    opened: Direction | None = None
    first = next(iter(names), None)
    leads = first is not None and _side(names[first], _CLOSES) is not None
    for row, name in names.items():
        opens, closes = _side(name, _OPENS), _side(name, _CLOSES)
        if opens is not None or (leads and closes is not None):
            opened = opens or closes
        elif closes is not None and opened is None:
            found.update(dict.fromkeys(waiting, closes))
            waiting = []
        side = opened or closes
        if side is not None:
            found[row] = side
        else:
            waiting.append(row)
    return found


def _side(name: str, patterns: Mapping[Direction, re.Pattern[str]]) -> Direction | None:
    plain = without_enumerator(name)
    return next((side for side, pattern in patterns.items() if pattern.fullmatch(plain)), None)
