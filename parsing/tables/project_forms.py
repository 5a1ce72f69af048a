"""The form of projects (项目支出表): which of its rows are projects, and what it prints of each.

A row is a project where the form shows that it is a line: no total, no unit, no kind of projects (其他运转类), no
project of a higher level, and part of a list that adds up.  A project takes several rows where its money is printed by
class.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from gongkai.parsing.tables.columns import Block
from gongkai.parsing.tables.listed import ListedAmount, finest_digit
from gongkai.parsing.tables.project_cards import MoneyKind, Project
from gongkai.parsing.tables.project_catalogues import code_and_name, list_columns
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.tables.table import Row, leaf
from gongkai.parsing.text.amounts import UNITS, compact, unspaced
from gongkai.vocabulary import classification
from gongkai.vocabulary.dimensions import Fund
from gongkai.vocabulary.word_lists import any_of

_NAME = re.compile(any_of("project_forms.csv", "name"))
_CLASSIFICATIONS = {
    "function": "functional",
    "economic": "economic",
    "government_economic": "government_economic",
}
"""The classification of each kind of code."""
_OF_TITLE: dict[Fund | None, MoneyKind] = {
    "total": "budget",
    "fiscal_appropriation": "fiscal",
    "general_public": "fiscal",
    "government_fund": "fiscal",
    "state_capital": "fiscal",
}
"""Says which money the whole of a form is, by the fund of its title: a form of one fund prints no whole budget."""
_OF_COLUMN: dict[Fund | None, MoneyKind] = {
    "fiscal_appropriation": "fiscal",
    "fiscal_account": "account",
    "unit_funds": "own",
    "other": "other",
}


class Listing(NamedTuple):
    """The projects of a form, and why rows of it are not taken for projects."""

    projects: list[Project]
    refused: list[str]


class _Line(NamedTuple):
    """A row that may be a project's: its cells, its amounts and its name by the lowest level that it prints."""

    cells: Row
    items: Sequence[LineItem]
    name: str
    unit_above: str | None
    """The unit whose sum stands above it."""

    @property
    def classes(self) -> set[str]:
        return _CLASSIFICATIONS.keys() & self.items[0].codes.keys()


def read_form(statement: Statement) -> Listing:
    """Read the projects of a form whose rows have their kinds; none where it states outcomes, or lists classes."""
    listing = Listing([], [])
    for number, block in enumerate(statement.blocks if statement.basis in ("budget", None) else ()):
        columns = name_columns(statement, block)
        lines = _without_details(statement, list(_lines(statement, number, columns)))
        if not lines or _lists_classes(block, columns, lines):
            continue
        reason = _refusal(statement, number, columns, lines)
        if reason is not None:
            listing.refused.append(reason)
        else:
            listing.projects.extend(_project(statement, rows) for rows in _by_project(lines))
    return listing


def name_columns(statement: Statement, block: Block) -> list[int]:
    """The columns that name projects, from the highest level to the lowest."""
    headers = statement.table.headers
    return sorted(column for column in block.labels if _NAME.fullmatch(compact(leaf(headers[column]))))


def depths(statement: Statement, number: int) -> dict[int, int]:
    """How many columns of names stand before the last that names a row, for every row that one of them names."""
    columns = name_columns(statement, statement.blocks[number])
    return {
        row: max(filled)
        for row, cells in _cells(statement).items()
        if (filled := [depth for depth, column in enumerate(columns) if column in cells and cells[column].plain])
    }


def _cells(statement: Statement) -> dict[int, Row]:
    return {next(iter(row.values())).row: row for row in statement.table.body()}


def _lines(statement: Statement, number: int, columns: Sequence[int]) -> Iterator[_Line]:
    cells, unit = _cells(statement), None
    for row, items in statement.rows(number).items():
        printed = [item for item in items.values() if item.amount is not None]
        kind = next((item.row_kind for item in printed), "total")
        unit = printed[0].label if kind == "unit" else None if kind == "total" else unit
        if kind in ("line", None):
            names = [unspaced(cells[row][column].text) for column in columns if column in cells[row]]
            yield _Line(cells[row], printed, next((name for name in reversed(names) if name), ""), unit)


def _without_details(statement: Statement, lines: Sequence[_Line]) -> list[_Line]:
    """The lines without those by class that print again, in parts, what the row of their project before them prints."""
    kept: list[_Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        kept.append(line)
        place += 1
        parts = list(itertools.takewhile(lambda part: part.classes and part.name in ("", kept[-1].name), lines[place:]))
        if parts and not line.classes and _sums(statement, line, parts):
            place += len(parts)
    return kept


def _sums(statement: Statement, line: _Line, parts: Sequence[_Line]) -> bool:
    whole, *amounts = (_whole(statement, each.items) for each in (line, *parts))
    printed = [amount for amount in amounts if amount is not None]
    if whole is None or not printed:
        return False
    tolerance = finest_digit([whole, *printed]) * (len(printed) + 1) / 2
    return abs(sum((amount.amount for amount in printed), Decimal(0)) - whole.amount) <= tolerance


def _lists_classes(block: Block, columns: Sequence[int], lines: Sequence[_Line]) -> bool:
    """True for a form whose rows are classes (302 商品和服务支出), not projects."""
    coded = {column for group in block.codes if group.kind in _CLASSIFICATIONS for column in group.columns}
    if coded and not coded & set(columns):
        return all(_is_class(line) if columns else line.classes for line in lines)
    return all(line.items[0].line_code or line.items[0].economic_code for line in lines)


def _is_class(line: _Line) -> bool:
    """True where the name of a row is that of its class."""
    codes, name = line.items[0].codes, classification.comparable(line.name)
    return any(name in classification.names(_CLASSIFICATIONS[kind], codes[kind]) for kind in line.classes)


def _refusal(statement: Statement, number: int, columns: Sequence[int], lines: Sequence[_Line]) -> str | None:
    """Why the rows of a form are not taken for projects; None where they are."""
    title = statement.table.title
    if not columns:
        return f"no column of {title!r} is known to name projects"
    if not lines[0].name or any(not line.name and not line.classes for line in lines):
        return f"rows of {title!r} print amounts and name no project"
    if not _adds_up(statement, number, lines):
        return f"the rows of {title!r} do not add up to its total, so which of them are projects is not known"
    if doubtful := _may_sum_others(statement, number, lines):
        return f"{title!r} prints no total, and its row {doubtful!r} may be the sum of rows below it"
    return None


def _adds_up(statement: Statement, number: int, lines: Sequence[_Line]) -> bool:
    if any(item.row_kind is None for line in lines for item in line.items):
        return False
    totals = _totals(statement, number)
    amounts = [amount for line in lines if (amount := _whole(statement, line.items))]
    tolerance = finest_digit(amounts) * (len(amounts) + 1) / 2
    summed = sum((amount.amount for amount in amounts), Decimal(0))
    return not totals or any(abs(summed - total.amount) <= tolerance for total in totals)


def _totals(statement: Statement, number: int) -> list[ListedAmount]:
    rows = ([*items.values()] for items in statement.rows(number).values())
    totals = (_whole(statement, items) for items in rows if items[0].row_kind == "total")
    return [total for total in totals if total is not None]


def _may_sum_others(statement: Statement, number: int, lines: Sequence[_Line]) -> str | None:
    """The name of a row that is the sum of two rows or more right behind it, where no total says that it is none."""
    if _totals(statement, number):
        return None
    amounts = [amount.amount if (amount := _whole(statement, line.items)) else Decimal(0) for line in lines]
    for place, wanted in enumerate(amounts):
        sums = list(itertools.accumulate(filter(None, amounts[place + 1 :])))
        if wanted and wanted in sums[1:]:
            return lines[place].name
    return None


def _by_project(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The rows of each project: those by class that go on under its name, printed again or not."""
    rows: list[_Line] = []
    for line in lines:
        if rows and not _goes_on(rows[0], line):
            yield rows
            rows = []
        rows.append(line)
    yield rows


def _goes_on(first: _Line, line: _Line) -> bool:
    if not line.classes or not first.classes or line.name not in ("", first.name):
        return False
    return not line.name or _unit(line) == _unit(first)


def _unit(line: _Line) -> tuple[str | None, str | None]:
    code, name = line.items[0].unit_code, line.items[0].unit_name
    return (code, name) if code or name else (None, line.unit_above)


def _project(statement: Statement, rows: Sequence[_Line]) -> Project:
    first, columns = rows[0], list_columns(statement.table)
    texts = {
        kind: unspaced(first.cells[columns[kind]].text) if columns.get(kind) in first.cells else ""
        for kind in ("code", "goals")
    }
    code, name = code_and_name({"name": first.name, "code": texts["code"]})
    return Project(
        statement.table.index,
        first.items[0].cell.page,
        code,
        name,
        *_unit(first),
        amounts=_money(statement, rows),
        goals=texts["goals"] or None,
        unit=statement.unit,
        in_tables="expenditure",
    )


def _money(statement: Statement, rows: Sequence[_Line]) -> dict[MoneyKind, ListedAmount]:
    """Read what the rows of a project print of its money, together; a form of one fund prints that fund alone."""
    printed: dict[MoneyKind, list[ListedAmount]] = {}
    of_title = _OF_TITLE.get(statement.whole_funds[1])
    for line in rows:
        whole = _whole(statement, line.items)
        if whole is not None and of_title is not None:
            printed.setdefault(of_title, []).append(whole)
        for item in line.items:
            kind = _OF_COLUMN.get(item.fund) if item.fund not in statement.whole_funds else None
            if kind is not None and item.period == "total":
                printed.setdefault(kind, []).append(_listed(statement, item))
    return {kind: _together(amounts) for kind, amounts in printed.items()}


def _whole(statement: Statement, items: Sequence[LineItem]) -> ListedAmount | None:
    """The amount of all the money that the form is about; None where a row prints none, or two that differ."""
    whole = [
        item
        for item in items
        if item.fund in statement.whole_funds and item.period == "total" and item.column_class is None
    ]
    printed = [item for item in whole if item.amount is not None]
    return _listed(statement, printed[0]) if len({item.amount for item in printed}) == 1 else None


def _listed(statement: Statement, item: LineItem) -> ListedAmount:
    amount = item.amount or Decimal(0)
    digit = UNITS[item.unit or statement.unit].scaleb(-(item.decimals or 0))
    return ListedAmount(item.cell, item.table_index, item.column, amount, digit, item.status)


def _together(amounts: Sequence[ListedAmount]) -> ListedAmount:
    """The sum of amounts, at the place of the first."""
    first = amounts[0]
    status = first.status if {amount.status for amount in amounts} == {first.status} else "unchecked"
    summed = sum((amount.amount for amount in amounts), Decimal(0))
    return ListedAmount(first.cell, first.table_index, first.column, summed, finest_digit(amounts), status)
