"""Lists of projects side by side (河南): level-1 indicators are column groups 三级指标 | 指标值.

A project has as many rows as its longest group, its code and name in the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gongkai.parsing.tables.indicators import LEVEL3, TARGETS, Indicator
from gongkai.parsing.tables.listed import listed_amount
from gongkai.parsing.tables.project_cards import CODE, MoneyKind, Project
from gongkai.parsing.tables.project_rows import is_furniture, without_heading
from gongkai.parsing.tables.table import Row, Table, leaf, page_of
from gongkai.parsing.text.amounts import is_blank, unspaced
from gongkai.parsing.text.coded_names import overlapped
from gongkai.vocabulary.word_lists import words

_FILE = "project_lists.csv"
_KINDS: tuple[MoneyKind, ...] = ("budget", "fiscal", "account", "own")
_MONEY = {word: kind for kind in _KINDS for word in words(_FILE, kind)}
_UNIT_CODE = re.compile(r"\d{3,9}")
_HAN = re.compile("[\u4e00-\u9fff]")


class _Group(NamedTuple):
    """The indicators of one level-1 name: the columns of their own names and of their targets."""

    level1: str
    name: int
    target: int

    @property
    def columns(self) -> set[int]:
        return {self.name, self.target}


def is_list(table: Table) -> bool:
    """True for the layout side by side: column groups 三级指标 | 指标值 repeated per level-1 indicator."""
    return sum("/" in header and leaf(header) in LEVEL3 for header in table.headers) >= 2


def read_list(table: Table, unit: str | None) -> list[Project]:
    """Read the layout side by side: a row with a code begins a unit (short code) or a project (long code)."""
    reader = _Reader(table, unit)
    for row in table.body():
        if not is_furniture(row, table):
            reader.read(row)
    for project, rows in zip(reader.projects, _placed(reader.blocks, reader.groups), strict=True):
        project.indicators.extend(indicator for row in rows for indicator in _row_indicators(row, reader.groups))
    return reader.projects


class _Reader:
    """The projects of a list so far, each with its rows."""

    def __init__(self, table: Table, unit: str | None) -> None:
        self.table, self.printed, self.unit = table.index, table, unit
        self.groups = _groups(table)
        self.columns = _money_columns(table)
        self.projects: list[Project] = []
        self.blocks: list[list[Row]] = []
        self.owner: tuple[str | None, str | None] = (None, None)

    def read(self, row: Row) -> None:
        """Read one row.

        Rows that nothing names, of a group that had ended before, begin another project: it was cut by the end of the
        page, and its code stands in the next row that has one.
        """
        code = row[0].plain if 0 in row else ""
        name = unspaced(without_heading(row[1].text, self.printed)) if 1 in row else ""
        if _UNIT_CODE.fullmatch(code):
            self.owner = (code, name or None)
            return
        if CODE.fullmatch(code):
            self._read_coded(row, code, name)
        elif self.projects and (name or _HAN.search(code)):
            last = self.projects[-1]
            last.name = overlapped(last.name or "", unspaced(row[0].text) + name)
        elif self._restarts(row):
            self._begin(row, None, None)
        if self.blocks:
            self.blocks[-1].append(row)

    def _read_coded(self, row: Row, code: str, name: str) -> None:
        last = self.projects[-1] if self.projects else None
        if last is not None and last.code is None and not self._restarts(row):
            last.code, last.name = code, name or None
        elif last is None or not _same_project(last, code, name, row, self.columns):
            self._begin(row, code, name or None)
        _fill_money(self.projects[-1], row, self.columns, self.unit)

    def _begin(self, row: Row, code: str | None, name: str | None) -> None:
        self.projects.append(Project(self.table, page_of(row), code, name, *self.owner, unit=self.unit))
        self.blocks.append([])

    def _restarts(self, row: Row) -> bool:
        """True for a row that fills a group that had ended: a group's indicators stand without a gap between them.

        Not told of rows of two pages, whose cells may stand differently.
        """
        block = self.blocks[-1] if self.blocks else []
        if not block or len(row) != len(block[-1]) or page_of(row) != page_of(block[-1]):
            return False
        filled, before = _filled(row), _filled(block[-1])
        return any(
            columns & filled and not columns & before and any(columns & _filled(each) for each in block)
            for columns in (group.columns for group in self.groups)
        )


def _filled(row: Row) -> set[int]:
    return {column for column, cell in row.items() if not is_blank(cell.text)}


def _placed(blocks: Sequence[Sequence[Row]], groups: Sequence[_Group]) -> Iterator[list[Row]]:
    """Each project's rows with its indicators under their headings.

    A page whose rows have more cells than the heading has them further right; all rows of a project are moved left
    alike, by the least number that puts each name with its target, or as in the project before.
    """
    first, last = groups[0].name if groups else 0, groups[-1].target if groups else 0
    before = (0, 0)
    for block in blocks:
        width = max((len(row) for row in block), default=0)
        fits = [shift for shift in range(max(0, width - last - 1) + 1) if _fits(block, groups, first, shift)]
        shift = before[1] if before[0] == width and before[1] in fits else min(fits, default=0)
        before = (width, shift)
        yield [_moved(row, first, shift) for row in block] if shift else list(block)


def _fits(block: Sequence[Row], groups: Sequence[_Group], first: int, shift: int) -> bool:
    pairs = [(name, target) for _, name, target in groups]
    for row in block:
        filled = {column - shift for column in _filled(row) if column >= first}
        whole = [name for name, target in pairs if name in filled and target in filled]
        if filled - {column for pair in pairs for column in pair} or 2 * len(whole) < len(filled):
            return False
    return True


def _moved(row: Row, first: int, shift: int) -> Row:
    kept = {column: cell for column, cell in row.items() if column < first}
    return kept | {column - shift: cell for column, cell in row.items() if column - shift >= first}


def _same_project(last: Project, code: str, name: str, row: Row, columns: Mapping[MoneyKind, int]) -> bool:
    """True when a page break cut a project's row: the code before begins this one and had no amounts, or all is
    printed again."""
    if (code, name) == (last.code, last.name) and _overlaps(row, columns, last):
        return True
    if last.budget is not None or not code.startswith(last.code or "-") or "budget" not in columns:
        return False
    last.code = code
    last.name = overlapped(last.name or "", name)
    return True


def _overlaps(row: Row, columns: Mapping[MoneyKind, int], last: Project) -> bool:
    """True where the budget in a row is blank, or that of the project before."""
    budget = columns.get("budget", -1)
    if budget not in row or is_blank(row[budget].text):
        return True
    amount = listed_amount(row[budget], last.table, last.unit)
    return (amount.amount if amount else None) == last.budget


def _money_columns(table: Table) -> dict[MoneyKind, int]:
    leaves = enumerate(map(leaf, table.headers))
    return {_MONEY[heading]: column for column, heading in leaves if heading in _MONEY}


def _fill_money(project: Project, row: Row, columns: Mapping[MoneyKind, int], unit: str | None) -> None:
    for kind, column in columns.items():
        amount = listed_amount(row.get(column), project.table, unit)
        if amount is not None:
            project.amounts[kind] = amount


def _groups(table: Table) -> list[_Group]:
    groups: list[_Group] = []
    for column, header in enumerate(table.headers[:-1]):
        if leaf(header) in LEVEL3 and leaf(table.headers[column + 1]) in TARGETS:
            level1 = header.split("/")[-2] if "/" in header else ""
            groups.append(_Group(level1, column, column + 1))
    return groups


def _row_indicators(row: Row, groups: Sequence[_Group]) -> Iterator[Indicator]:
    for level1, name, target in groups:
        text = unspaced(row[name].text) if name in row else ""
        value = unspaced(row[target].text) if target in row else ""
        if text or value:
            cell = row[name] if name in row else row[target]
            yield Indicator(cell.row, cell.page, level1, None, text or None, None, value or None, None)
