"""What the first rows of tables say before their headings: titles alone in a row, labels with their value beside them.

Workbooks print covers and titles in cells (大冶市教育局 over 2024年度支出决算表; 单位名称 | 大冶市教育局).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from gongkai.parsing.tables.table import Table, TableCell
from gongkai.vocabulary.word_lists import any_of

_FILE = "publisher.csv"
_LABEL = re.compile(f"(?:{any_of(_FILE, 'label')}|{any_of(_FILE, 'year_caption')})[:：]?")
_YEAR = re.compile(rf"20\d{{2}}{any_of(_FILE, 'of_year')}")
_CAPTION = re.compile(r"[:：]\S")
_TABLES, _ROWS = 3, 8
"""First tables, and first rows of each, that are looked at."""


def title_rows(tables: Sequence[Table]) -> list[str]:
    """Texts that stand alone in one of the first rows and begin it."""
    alone = (cells[0] for table in tables[:_TABLES] for cells in _filled(table) if len(cells) == 1)
    return [cell.plain for cell in alone if cell.column == 0]


def label_rows(tables: Sequence[Table]) -> list[str]:
    """Labels of the first rows with the cell beside them (单位名称：大冶市教育局), and a year beside other captions."""
    rows = [cells for table in tables[:_TABLES] for cells in _filled(table)]
    pairs = ((cells[at], cells[at + 1]) for cells in rows for at in range(len(cells) - 1))
    labelled = [
        f"{label.plain.rstrip(':：')}：{value.plain}" for label, value in pairs if _LABEL.fullmatch(label.plain)
    ]
    return [*labelled, *(year for cells in rows if (year := _year_beside_captions(cells)))]


def _year_beside_captions(cells: Sequence[TableCell]) -> str | None:
    """The one year of a row that holds a caption with its value (金额单位：万元); columns are headed by years too."""
    years = [cell.plain for cell in cells if _YEAR.fullmatch(cell.plain)]
    return years[0] if len(years) == 1 and any(_CAPTION.search(cell.plain) for cell in cells) else None


def _filled(table: Table) -> Iterator[list[TableCell]]:
    """The cells with text of each of the first rows."""
    first = itertools.takewhile(lambda cell: cell.row < _ROWS, table.cells)
    for _, row in itertools.groupby(first, key=lambda cell: cell.row):
        cells = [cell for cell in row if cell.plain]
        if cells:
            yield cells
