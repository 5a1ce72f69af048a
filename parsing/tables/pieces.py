"""One piece of a table on one page, its rows told apart: captions inside the ruling, heading, body."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from gongkai.parsing.tables.header_paths import numbers_columns
from gongkai.parsing.text.amounts import compact, read_number
from gongkai.parsing.text.captions import could_be_title, is_caption, is_note
from gongkai.parsing.text.grid import Grid
from gongkai.parsing.text.numbering import entry
from gongkai.parsing.text.totals import SIDE, SUM
from gongkai.vocabulary.word_lists import any_of

_TOTAL = re.compile(rf"{SUM}|.{{2,8}}{SIDE}{SUM}")
_CODE = re.compile(r"[1-9]\d{2}(\d{2}){0,2}|0\d{2,5}|\d{6,}|(?=.*\d)[\dA-Z]{10,}")
_SENTENCE = re.compile(r"。|；|.{60}")
_COLUMN_WORDS = any_of("columns.csv", "code", "code_part", "text", "amount", "ordinal", "line_number", "heading")
_COLUMN_WORD = re.compile(rf".*({SUM}|{_COLUMN_WORDS})")
_MAX_HEADING_ROWS = 6


@dataclasses.dataclass(slots=True)
class Piece:
    """A grid with its rows told apart: captions inside the ruling, heading, body."""

    grid: Grid
    matrix: list[list[str]]
    """Text by position; a merged cell's text at its anchor only."""
    covered: list[list[str]]
    """Text by position; a merged cell's text at every position it covers."""
    captions: int
    """Leading rows that are captions."""
    heading: int
    """Rows, captions included, before the first body row."""

    @classmethod
    def of(cls, grid: Grid) -> Piece:
        matrix = [[""] * grid.column_count for _ in range(grid.row_count)]
        covered = [[""] * grid.column_count for _ in range(grid.row_count)]
        for cell in grid.cells:
            matrix[cell.row][cell.column] = cell.text
            for row in range(cell.row, min(cell.row + cell.row_span, grid.row_count)):
                for column in range(cell.column, min(cell.column + cell.column_span, grid.column_count)):
                    covered[row][column] = cell.text
        captions = _caption_rows(matrix)
        return cls(grid, matrix, covered, captions, _heading_rows(matrix, captions))

    def caption_texts(self) -> list[str]:
        return [text for row in self.matrix[: self.captions] for text in row if text.strip()]

    def heading_texts(self) -> list[str]:
        """The compact texts of the heading, the row of column numbers left out."""
        rows = self.matrix[self.captions : self.heading]
        return [plain for row in rows if not numbers_columns(row) for text in row if (plain := compact(text))]


def _caption_rows(matrix: list[list[str]]) -> int:
    """Leading rows inside the ruling that only carry the title (over each block of columns), entity, year or unit."""
    captions = 0
    for number, row in enumerate(matrix[:_MAX_HEADING_ROWS]):
        filled = [text for text in row if text.strip()]
        said = next((text for text in filled if not stands_beside_title(text)), "")
        alone = _is_alone(row) and (could_be_title(said) or is_note(said) or _stands_over_title(matrix, number))
        if filled and not alone and not all(is_caption(text) for text in filled):
            break
        captions += 1
    while captions and captions < len(matrix) and not any(text.strip() for text in matrix[captions - 1]):
        captions -= 1
    return captions if captions < len(matrix) else 0


def _is_alone(row: Sequence[str]) -> bool:
    """True for a row that says one thing and nothing beside it but captions."""
    filled = [text for text in row if text.strip() and not stands_beside_title(text)]
    return len(set(filled)) == 1 and len(row) > len(filled)


def stands_beside_title(text: str) -> bool:
    """True for a caption; a bare number is the page of a list of contents rather than the number of a form."""
    return is_caption(text) and read_number(text) is None


def _stands_over_title(matrix: list[list[str]], row: int) -> bool:
    """True for the first row where a title stands alone in the next: GK01 over 部门收入总表."""
    below = matrix[1] if row == 0 and len(matrix) > 1 else []
    return _is_alone(below) and any(map(could_be_title, below))


def _begins_body(row: Sequence[str]) -> bool:
    """True for a row that can't be heading: it holds an amount, a code, a sentence, a total's name or listed items."""
    filled = [compact(text) for text in row if text.strip()]
    words = [text for text in filled if not read_number(text)]
    if len(words) < len(filled) or any(is_code(text) or _is_sentence(text) for text in words):
        return True
    return bool(words) and all(map(names_a_row, words))


def names_a_row(text: str) -> bool:
    """True for a total's name and for an entry of a list: what no heading is called."""
    number = entry(text)
    return _TOTAL.fullmatch(text) is not None or (number is not None and number.length < len(text))


def _is_sentence(text: str) -> bool:
    number = entry(text)
    is_entry = number is not None and number.style == "digits" and number.length + 2 <= len(text)
    return is_entry or _SENTENCE.search(text) is not None


def _heading_rows(matrix: list[list[str]], captions: int) -> int:
    index = captions
    limit = min(len(matrix), captions + _MAX_HEADING_ROWS)
    while index < limit:
        row = matrix[index]
        if numbers_columns(row):
            return index + 1
        if _begins_body(row):
            return index
        if not any(text.strip() for text in row) and index > captions:
            return index
        if _looks_like_body_text(row, matrix[captions]):
            return index
        index += 1
    return index if index < limit or (limit == len(matrix) and limit - captions <= 3) else captions + 1


def _looks_like_body_text(row: Sequence[str], first: Sequence[str]) -> bool:
    """A row of words below a full single-level heading (a list of units, of indicators) is body, not heading."""
    if row is first:
        return False
    return all(text.strip() for text in first) and len(set(map(compact, first))) == len(first)


def is_code(text: str) -> bool:
    """True for what may be the code of a classification, a unit or a project."""
    return _CODE.fullmatch(text) is not None


def heads_a_column(text: str) -> bool:
    """True for a text that ends like a column's heading."""
    return _COLUMN_WORD.fullmatch(text) is not None
