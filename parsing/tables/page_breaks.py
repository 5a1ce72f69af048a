"""Rows that a page break cuts: which row of a page is the rest of the last one before, and the two made one."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from gongkai.parsing.tables.heads import names_form
from gongkai.parsing.tables.pieces import Piece, is_code, names_a_row
from gongkai.parsing.tables.table import Row, Table, plain_text
from gongkai.parsing.text.amounts import compact, read_number
from gongkai.parsing.text.captions import is_note
from gongkai.parsing.text.numbering import without_of_which
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.word_lists import words

_TARGETS = frozenset(words("indicators.csv", "target"))


def goes_on(table: Table, piece: Piece, row: int) -> bool:
    """True when a piece's first body row is part of the row that the page break cut."""
    return _is_fragment(table, piece.matrix[row]) or _has_the_amounts(table, piece, row)


def _is_fragment(table: Table, row: Sequence[str]) -> bool:
    """True when a piece's first body row is the rest of the row that the page break cut.

    It holds no amount and no more than half of the cells of the row before, all in columns where that row has text.
    """
    filled = {column for column, text in enumerate(row) if text.strip()}
    last = _last_row(table)
    before = {column for column, cell in last.items() if cell.text.strip()}
    if not filled or not before or not filled <= before or filled & _target_columns(table):
        return False
    if any(read_number(row[column]) is not None or is_code(compact(row[column])) for column in filled):
        return False
    texts = [compact(row[column]) for column in filled]
    if any(map(_stands_alone, texts)):
        return False
    return len(filled) * 2 <= len(before)


def _has_the_amounts(table: Table, piece: Piece, row: int) -> bool:
    """True when a piece's first body row has the amounts, and may have the rest of the name, of the row that the page
    break cut: centred in a high row, they stand on the other page.

    That row has a code and no number; this one no code, and numbers only where that one is blank.  Every other row of
    the table but totals has a code.
    """
    texts = {column: compact(text) for column, text in enumerate(piece.matrix[row]) if text.strip()}
    cells = _last_row(table)
    last = {column: cell.plain for column, cell in cells.items() if cell.plain}
    if not last or piece.grid.page is None or piece.grid.page - 1 != table.last_page:
        return False
    first = min(last)
    names = [column for column in last if column != first]
    amounts = [column for column, text in texts.items() if read_number(text) is not None]
    is_cut = is_code(last[first]) and bool(names) and all(read_number(last[column]) is None for column in names)
    rest = [column for column in texts if column not in amounts]
    return (
        is_cut
        and bool(amounts)
        and first not in texts
        and all(column in cells and column not in last for column in amounts)
        and all(column in names and not _stands_alone(texts[column]) for column in rest)
        and all(map(functools.partial(_is_coded, column=first), table.body()))
    )


def _is_coded(row: Row, column: int) -> bool:
    """True for a row with a code in a column, and for a total's."""
    return is_code(plain_text(row, column)) or any(is_total(cell.plain) for cell in row.values())


def _last_row(table: Table) -> Row:
    """The cells of a table's last body row by column; empty where it has none."""
    last = max((cell.row for cell in table.cells if not cell.is_header), default=-1)
    return {cell.column: cell for cell in table.cells if cell.row == last and not cell.is_header}


def _stands_alone(text: str) -> bool:
    """True for a text that cannot be the rest of another: a total's name, an entry, of which, a note, a form's name."""
    return names_a_row(text) or is_total(text) or without_of_which(text) != text or is_note(text) or names_form(text)


def _target_columns(table: Table) -> set[int]:
    """Columns of indicator targets: a row that states one is a row of its own."""
    return {cell.column for cell in table.cells if cell.plain in _TARGETS}


def mend(table: Table, piece: Piece, row: int) -> None:
    """Add a piece's row to the table's last one; what was blank there is where the piece has it."""
    by_column = _last_row(table)
    for cell in piece.grid.cells:
        if cell.row == row and cell.text.strip():
            known = by_column[cell.column]
            if not known.plain:
                known.page, known.box = cell.page, cell.box
            known.append(cell.text)
