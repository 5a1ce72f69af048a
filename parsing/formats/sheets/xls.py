"""XLS and ET (WPS Spreadsheets' files of the same streams): every visible sheet as grids, values as they are shown.

Read by xlrd, which knows number formats, borders, and what is hidden or struck out.  (calamine is faster but gives
values without formats, does not tell what is hidden, and aborts the whole process on some damaged files.)
"""

from __future__ import annotations

import io
import struct
from typing import Any

import xlrd  # type: ignore[import-untyped]

from gongkai.parsing.formats.envelopes.compound import is_truncated
from gongkai.parsing.formats.sheets.hidden import hidden_sheet, settled
from gongkai.parsing.formats.sheets.number_format import BUILT_IN, exact, shown
from gongkai.parsing.formats.sheets.sheet import MAX_CELLS, MAX_SHEETS, Merge, Sheet, sheet_blocks
from gongkai.parsing.text.grid import Block, Doubt, Reading, UnreadableDocumentError
from gongkai.parsing.text.struck_out import StruckOut, struck

_FAILURES = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""Exceptions of xlrd on damaged bytes: its own errors, and plain ones from records that are too short."""


def read_xls(data: bytes) -> Reading:
    """An XLS workbook's visible sheets, each with its name as a heading.

    Raises UnreadableDocumentError: ``truncated``, ``encrypted``, ``corrupt``, ``too_large``.
    """
    if is_truncated(data):
        raise UnreadableDocumentError("truncated", "the XLS workbook breaks off before its end; fetch it again")
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,  # else one stray cell fills its row and column with blanks
            on_demand=True,
            ignore_workbook_corruption=True,  # sectors used twice, as several exporting programs write them
            logfile=io.StringIO(),
        )
        with book:
            return _read(book)
    except _FAILURES as error:
        if "encrypted" in str(error):
            reason = "the XLS workbook is encrypted with a password that is not known"
            raise UnreadableDocumentError("encrypted", reason) from error
        reason = f"the XLS workbook cannot be read: {' '.join(str(error).split())[:200] or type(error).__name__}"
        raise UnreadableDocumentError("corrupt", reason) from error


def _read(book: Any) -> Reading:
    doubts: list[Doubt] = []
    blocks: list[Block] = []
    struck_out = StruckOut()
    cells = 0
    for index in range(min(book.nsheets, MAX_SHEETS)):
        table = book.sheet_by_index(index)
        if table.visibility != 0:
            doubts.append(hidden_sheet(table.name))
            continue
        cells += sum(table.row_len(row) for row in range(table.nrows))
        if cells > MAX_CELLS:
            raise UnreadableDocumentError("too_large", f"the XLS workbook has more than {MAX_CELLS} cells")
        blocks += sheet_blocks(_sheet(book, table, doubts, struck_out), doubts)
        book.unload_sheet(index)
    return Reading("xls", tuple(blocks), doubts=(*doubts, *struck_out.doubts()))


def _sheet(book: Any, table: Any, doubts: list[Doubt], struck_out: StruckOut) -> Sheet:
    """One sheet as shown."""
    formats = _Formats(book)
    ruled: set[int] = set()
    sheet = Sheet(table.name, ruled=ruled)
    for row in range(table.nrows):
        for column, cell in enumerate(table.row(row)):
            if formats.has_border(cell):
                ruled.add(row)
            text = formats.text(cell, shows_zeros=bool(table.show_zero_values))
            marked = formats.marked(text, cell, table.rich_text_runlist_map.get((row, column)) or [])
            if text := struck_out.without(marked, f"{table.name}!R{row + 1}C{column + 1}"):
                sheet.texts[row, column] = text
                if cell.ctype == xlrd.XL_CELL_NUMBER:
                    sheet.numbers.add((row, column))
    sheet.merges = [Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in table.merged_cells]
    rows = {row for row, info in table.rowinfo_map.items() if info.hidden or info.height == 0}
    columns = {column for column, info in table.colinfo_map.items() if info.hidden or info.width == 0}
    return settled(sheet, rows, columns, doubts)


class _Formats:
    """Cells as shown by the number formats of their workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book

    def has_border(self, cell: Any) -> bool:
        """True where the cell's style draws any border."""
        style = self._style(cell)
        if style is None:
            return False
        border = style.border
        lines = (border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style)
        return any(lines)

    def marked(self, text: str, cell: Any, runs: list[tuple[int, int]]) -> str:
        """A cell's text with what is struck out in it marked; ``runs`` are those of a string: where each begins in it,
        and its font."""
        style = self._style(cell)
        fonts = [(0, style.font_index if style is not None else 0), *runs]
        ends = [start for start, _ in runs] + [len(text)]
        if not any(map(self._strikes, {font for _, font in fonts})):
            return text
        pieces = ((text[start:end], font) for (start, font), end in zip(fonts, ends, strict=True))
        return "".join(struck(piece) if self._strikes(font) else piece for piece, font in pieces)

    def _strikes(self, font: int) -> bool:
        fonts = self._book.font_list
        return 0 <= font < len(fonts) and bool(fonts[font].struck_out)

    def text(self, cell: Any, *, shows_zeros: bool) -> str:
        """The cell's value as shown."""
        match cell.ctype:
            case xlrd.XL_CELL_TEXT:
                return str(cell.value)
            case xlrd.XL_CELL_BOOLEAN:
                return "TRUE" if cell.value else "FALSE"
            case xlrd.XL_CELL_ERROR:
                return str(xlrd.error_text_from_code.get(cell.value, "#ERR"))
            case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
                return self._number(cell, shows_zeros=shows_zeros)
        return ""

    def _number(self, cell: Any, *, shows_zeros: bool) -> str:
        try:
            value = exact(repr(float(cell.value)))
        except ValueError:
            return str(cell.value)
        if value == 0 and not shows_zeros:
            return ""
        return shown(value, self._code(cell), epoch_1904=self._book.datemode == 1)

    def _code(self, cell: Any) -> str:
        """The format code: the program's own for the numbers reserved for them, else the one in the file."""
        style = self._style(cell)
        if style is None:
            return "General"
        if style.format_key in BUILT_IN:
            return BUILT_IN[style.format_key]
        entry = self._book.format_map.get(style.format_key)
        return (entry.format_str if entry is not None else None) or "General"

    def _style(self, cell: Any) -> Any:
        index = cell.xf_index
        return self._book.xf_list[index] if index is not None and 0 <= index < len(self._book.xf_list) else None
