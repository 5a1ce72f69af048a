"""Headings of several rows read as one path per column, and the row that numbers the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.parsing.text.amounts import compact, unspaced
from gongkai.parsing.text.totals import is_sum
from gongkai.vocabulary.word_lists import any_of

_FILE = "columns.csv"
_NUMBERS_COLUMNS = re.compile(any_of(_FILE, "line_number", "ordinal"))
_CODE_PART = re.compile(any_of(_FILE, "code_part"))
_LETTERED = re.compile(rf"(\*|{any_of(_FILE, 'column_letter')}){{1,3}}|[A-Z]|\d{{1,2}}(=[\d+\-]+)?")
_ROW_NAMES = re.compile(rf".*{any_of(_FILE, 'row_names')}")


def numbers_columns(row: Sequence[str]) -> bool:
    """True for the row that numbers the columns (栏次 | 1 | 2 | 3 …)."""
    filled = [plain for text in row if (plain := compact(text)) and not _CODE_PART.fullmatch(plain)]
    numbers = [int(text) for text in filled if text.isdigit() and len(text) < 3]
    consecutive = len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    rest = [text for text in filled if not text.isdigit()]
    if rest and _NUMBERS_COLUMNS.fullmatch(rest[0]) and len(rest) == 1:
        return consecutive or not numbers
    lettered = all(_LETTERED.fullmatch(text) for text in filled)
    return lettered and (
        (consecutive and numbers[0] in (1, 0)) or (len(filled) > 3 and "1" in filled and "2" in filled)
    )


def code_parts(row: Sequence[str]) -> dict[int, str]:
    """The columns of a row that it heads as parts of a code (类 | 款 | 项), and these words; two or more, or none.

    Such cells are heading also where their row holds the total, or numbers the columns.
    """
    parts = {column: plain for column, text in enumerate(row) if _CODE_PART.fullmatch(plain := compact(text))}
    return parts if len(parts) > 1 else {}


def header_paths(
    matrix: list[list[str]],
    covered: list[list[str]],
    captions: int,
    heading: int,
    spans_known: bool,  # noqa: FBT001
) -> list[str]:
    """The header path of each column: its heading cells from top to bottom, joined by ``/``, white space removed."""
    rows = [row for row in range(captions, heading) if not numbers_columns(matrix[row])]
    width = len(matrix[0]) if matrix else 0
    source = covered if spans_known else _filled(matrix, rows)
    paths: list[str] = []
    for column in range(width):
        levels: list[str] = []
        for row in rows:
            text = unspaced(source[row][column])
            if text and (not levels or levels[-1] != text):
                levels.append(text)
        paths.append("/".join(levels))
    return paths


def _filled(matrix: list[list[str]], rows: Sequence[int]) -> list[list[str]]:
    """Headings of a format that prints merged cells as blanks, the blanks filled where they belong to a neighbour.

    A blank belongs to the heading on its left when something stands below it and both have the same heading above.
    """
    filled = [list(row) for row in matrix]
    for position, row in enumerate(rows):
        if position + 1 < len(rows):
            _begin_at_subtotals(filled[row], matrix[rows[position + 1]])
        for column in range(1, len(filled[row])):
            if filled[row][column].strip():
                continue
            below = any(matrix[lower][column].strip() for lower in rows[position + 1 :])
            parents = [filled[upper][column] == filled[upper][column - 1] for upper in rows[:position]]
            alone = not any(filled[upper][column].strip() for upper in rows[:position])
            if below and filled[row][column - 1].strip() and (position == 0 or (all(parents) and not alone)):
                filled[row][column] = filled[row][column - 1]
    return filled


def _begin_at_subtotals(above: list[str], below: Sequence[str]) -> None:
    """Move a heading that slid one column left back over its sub-heading 小计 (合计), which opens every group."""
    for column in range(len(above) - 2, 0, -1):
        under, beside = compact(below[column]), compact(below[column + 1])
        if not above[column].strip() or above[column + 1].strip() or not under:
            continue
        if is_sum(beside) and not is_sum(under) and not _ROW_NAMES.fullmatch(under):
            above[column], above[column + 1] = "", above[column]
