"""Rows of a list of projects that are no project: sums, units, categories, and what a page prints again.

A row of a unit or of a category (其他运转类) sums the projects below it; taken for a project it would be the largest
of its list.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple

from gongkai.parsing.tables.heads import names_form
from gongkai.parsing.tables.listed import ListedAmount, finest_digit
from gongkai.parsing.tables.table import Row, Table, leaf
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.captions import is_caption, is_note
from gongkai.parsing.text.numbering import without_enumerator, without_of_which
from gongkai.parsing.text.totals import ends_in_sum, is_total
from gongkai.vocabulary.organisations import is_organisation
from gongkai.vocabulary.word_lists import any_of

_CATEGORY = re.compile(any_of("project_catalogues.csv", "category"))


class Stated(NamedTuple):
    """A row of a list: its name (compact), its budget, and True where it says what a project is for."""

    name: str
    budget: ListedAmount | None
    described: bool


def is_category(name: str) -> bool:
    """True for a kind of project (特定目标类): a row of that name sums projects, a column of such names sorts them."""
    return _CATEGORY.fullmatch(without_enumerator(name)) is not None


def is_sum_row(name: str) -> bool:
    """True for a row that sums others or is part of another by its name: 合计, 某局小计, 其中：…."""
    bare = name.rstrip(":")
    return is_total(bare) or ends_in_sum(bare) or without_of_which(name) != name


def sums_of_others(rows: Sequence[Stated]) -> set[int]:
    """The places of rows that sum those below them, by name, or by what they say and the arithmetic."""
    return {
        place
        for place, row in enumerate(rows)
        if row.name
        and (
            _sums_by_name(row.name)
            or (not row.described and _adds_up(rows, place, 1 if is_organisation(row.name) else 2))
        )
    }


def _sums_by_name(name: str) -> bool:
    return is_sum_row(name) or is_category(name)


def _adds_up(rows: Sequence[Stated], place: int, least: int) -> bool:
    """True where so many rows at least, all that follow up to the next row that says nothing, add up to it.

    Sums by name among them are passed over: a unit stands over its 其他运转类 and its projects.
    """
    total = rows[place].budget
    following = itertools.takewhile(lambda row: row.described or _sums_by_name(row.name), rows[place + 1 :])
    parts = [row.budget for row in following if row.budget is not None and not _sums_by_name(row.name)]
    if total is None or len(parts) < least:
        return False
    tolerance = finest_digit([total, *parts]) * (len(parts) + 1) / 2
    return abs(sum((part.amount for part in parts), Decimal(0)) - total.amount) <= tolerance


def is_furniture(row: Row, table: Table) -> bool:
    """True for a row that a new page prints again: the title, a caption, the headings of columns."""
    filled = [cell for cell in row.values() if cell.plain]
    if len(filled) == 1:
        (cell,) = filled
        return is_caption(cell.plain) or is_note(cell.plain) or (cell.column == 0 and names_form(cell.plain))
    headings = _headings(table)
    return len(filled) > 1 and all(cell.plain in headings for cell in filled)


def without_heading(text: str, table: Table) -> str:
    """A cell's text without the lines at its ends that print the table's title or a column's heading."""
    lines = text.split("\n")
    printed_again = _headings(table)
    while len(lines) > 1 and compact(lines[0]) in printed_again:
        lines.pop(0)
    while len(lines) > 1 and compact(lines[-1]) in printed_again:
        lines.pop()
    return "\n".join(lines)


def _headings(table: Table) -> Collection[str]:
    levels = {compact(level) for header in table.headers for level in (*header.split("/"), leaf(header))}
    return {text for text in (*levels, compact(table.title or "")) if text}
