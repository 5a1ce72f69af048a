"""XLSB: every visible sheet as grids, by calamine: values without formats, so numbers come in their shortest form."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import python_calamine

from gongkai.parsing.formats.sheets.hidden import hidden_sheet
from gongkai.parsing.formats.sheets.number_format import exact, general
from gongkai.parsing.formats.sheets.sheet import MAX_POSITIONS, MAX_SHEETS, Merge, Sheet, sheet_blocks
from gongkai.parsing.text.grid import Block, Doubt, Reading, UnreadableDocumentError


def read_xlsb(data: bytes) -> Reading:
    """An XLSB workbook's visible sheets, each with its name as a heading.

    Raises UnreadableDocumentError: ``encrypted``, ``corrupt``.
    """
    doubts: list[Doubt] = []
    blocks: list[Block] = []
    with _calamine(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))) as book:
        for about in book.sheets_metadata[:MAX_SHEETS]:
            if about.visible != python_calamine.SheetVisibleEnum.Visible:
                doubts.append(hidden_sheet(about.name))
            elif about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                name: str = about.name
                table = _calamine(lambda name=name: book.get_sheet_by_name(name))
                blocks += _calamine(lambda table=table: _calamine_blocks(table, doubts))
    return Reading("xlsb", tuple(blocks), doubts=tuple(doubts))


def _calamine(call: Any) -> Any:
    """A call into calamine; its errors, and the panics it has on damaged files, as UnreadableDocumentError."""
    try:
        return call()
    except python_calamine.PasswordError as error:
        raise UnreadableDocumentError("encrypted", "the xlsb workbook is encrypted") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableDocumentError("corrupt", f"the xlsb workbook cannot be read: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a Rust panic; pyo3 exports no name for it to catch
            raise
        raise UnreadableDocumentError("corrupt", f"the xlsb workbook cannot be read: {error}") from None


def _calamine_blocks(table: Any, doubts: list[Doubt]) -> list[Block]:
    sheet = Sheet(table.name)
    if table.total_height * table.total_width > 4 * MAX_POSITIONS:
        reason = f"sheet {table.name!r} spans {table.total_height} rows and {table.total_width} columns"
        doubts.append(Doubt("too_large", f"{reason}; it was not read"))
        return []
    start_row, start_column = table.start or (0, 0)
    for row, values in enumerate(table.to_python(), start=start_row):
        for column, value in enumerate(values, start=start_column):
            if text := _plain(value):
                sheet.texts[row, column] = text
                if isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.numbers.add((row, column))
    sheet.merges = [Merge(*first, *last) for first, last in table.merged_cell_ranges or ()]
    return sheet_blocks(sheet, doubts)


def _plain(value: Any) -> str:
    """A value without its format: numbers in their shortest exact form, dates in ISO form."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        try:
            return general(exact(repr(value)))
        except ValueError:
            return repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)
