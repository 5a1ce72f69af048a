"""Hidden sheets; and hidden rows and columns of a sheet: part of the table, or aids of the program that filled it.

Finance offices hide the finest classification level and the code column to print less: those cells belong to the
table, are read, and are named in a doubt because no print shows them.  Reporting systems hide database names and row
numbers in a margin of the same sheet: those are left out, and named too.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable

from gongkai.parsing.formats.sheets.sheet import Merge, Sheet
from gongkai.parsing.text.grid import Doubt


def hidden_sheet(name: str) -> Doubt:
    """The doubt about a sheet that its author hid."""
    return Doubt("hidden_sheet", f"sheet {name!r} is hidden and was not read")


def settled(sheet: Sheet, rows: set[int], columns: set[int], doubts: list[Doubt]) -> Sheet:
    """The sheet with the hidden rows and columns that belong to its table, without the others.

    ``rows`` and ``columns`` are the hidden ones.  What was read though hidden, and what was left out, becomes a doubt
    ``hidden_cells``.
    """
    hidden = {at for at, text in sheet.texts.items() if text.strip() and (at[0] in rows or at[1] in columns)}
    if not hidden:
        return _without(sheet, rows, columns)
    aside_rows, aside_columns = _rows_aside(sheet, rows, columns), _columns_aside(sheet, rows, columns)
    left_out = {at for at in hidden if at[0] in aside_rows or at[1] in aside_columns}
    parts = []
    if read := len(hidden) - len(left_out):
        parts.append(f"{read} filled cells in hidden rows or columns, which were read")
    if left_out:
        parts.append(f"{len(left_out)} hidden cells outside its table, which were left out")
    doubts.append(Doubt("hidden_cells", f"sheet {sheet.name!r} has {' and '.join(parts)}"))
    return _without(sheet, aside_rows, aside_columns)


def _rows_aside(sheet: Sheet, rows: set[int], columns: set[int]) -> set[int]:
    """Hidden rows outside the table: above its first visible row, among its headings without holding a number, or
    without text."""
    visible = [at for at, text in sheet.texts.items() if text.strip() and at[0] not in rows and at[1] not in columns]
    first = min((row for row, _ in visible), default=0)
    body = min((row for row, column in visible if (row, column) in sheet.numbers), default=first)
    numeric = {row for row, column in sheet.numbers if column not in columns}
    filled = {row for row, _ in sheet.texts}
    return {row for row in rows if row not in filled or row < first or (row < body and row not in numeric)}


def _columns_aside(sheet: Sheet, rows: set[int], columns: set[int]) -> set[int]:
    """Hidden columns outside the table: those without a heading, which is text in a visible row of headings."""
    headings = _heading_rows(sheet, rows, columns)
    top: dict[int, int] = {}
    for (row, column), text in sheet.texts.items():
        if column in columns and row not in rows and text.strip():
            top[column] = min(row, top.get(column, row))
    headed = {column for column, row in top.items() if row in headings and (row, column) not in sheet.numbers}
    return columns - headed


def _heading_rows(sheet: Sheet, rows: set[int], columns: set[int]) -> set[int]:
    """Visible rows in which several visible cells are filled, none with a number."""
    count: dict[int, int] = {}
    for (row, column), text in sheet.texts.items():
        if row not in rows and column not in columns and text.strip():
            count[row] = count.get(row, 0) + 1
    numeric = {row for row, column in sheet.numbers if column not in columns}
    return {row for row, cells in count.items() if cells > 1 and row not in numeric}


def _without(sheet: Sheet, rows: set[int], columns: set[int]) -> Sheet:
    """The sheet without the given rows and columns, the others moved up to each other."""
    if not rows and not columns:
        return sheet
    row_at, column_at = _closing_up(rows), _closing_up(columns)
    next_row, next_column = _next_shown(rows), _next_shown(columns)
    texts = dict(sheet.texts)
    merges = []
    for merge in sheet.merges:
        top, left = next_row.get(merge.top, merge.top), next_column.get(merge.left, merge.left)
        if top <= merge.bottom and left <= merge.right:
            if (top, left) != (merge.top, merge.left) and (merge.top, merge.left) in texts:
                texts[top, left] = texts.pop((merge.top, merge.left))  # shown in what is left of the merged range
            merges.append(
                Merge(row_at(top), column_at(left), row_at(merge.bottom + 1) - 1, column_at(merge.right + 1) - 1)
            )
    kept = {at: text for at, text in texts.items() if at[0] not in rows and at[1] not in columns}
    return Sheet(
        sheet.name,
        {(row_at(row), column_at(column)): text for (row, column), text in kept.items()},
        {(row_at(row), column_at(column)) for row, column in sheet.numbers if (row, column) in kept},
        merges,
        None if sheet.ruled is None else {row_at(row) for row in sheet.ruled if row not in rows},
    )


def _closing_up(gone: set[int]) -> Callable[[int], int]:
    """The new index of a row or column once those before it are gone."""
    order = sorted(gone)
    return lambda index: index - bisect.bisect_left(order, index)


def _next_shown(gone: set[int]) -> dict[int, int]:
    """For each row or column that is gone, the first one after it that is not."""
    shown: dict[int, int] = {}
    for index in sorted(gone, reverse=True):
        shown[index] = shown.get(index + 1, index + 1)
    return shown
