"""A workbook of one sheet (Office Open XML, ECMA-376), as spreadsheets open it.

Texts are inline strings, which no spreadsheet calculates whatever they begin with.  Decimals are numbers with the
decimals of their column, of which a spreadsheet keeps fifteen digits: one with more stands as text, so that no fen is
lost.  Times and dates are ISO 8601, lists and maps JSON.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import BinaryIO
from xml.sax.saxutils import escape

from gongkai.queries.errors import OutputError
from gongkai.queries.printable import printable
from gongkai.queries.values import text_of

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
"""Limits of a sheet: its rows, the characters of a cell."""
_DIGITS = 15
"""Significant digits of a number in a spreadsheet, which is a double."""
_HEADING, _MONEY, _DECIMAL = 1, 2, 3
"""Positions in ``_STYLES``: bold, two decimals with thousands separators, as many decimals as there are."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="gongkai" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
"""Every part but the sheet; number format 4 of the standard is ``#,##0.00``."""

_BEGIN = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_END = "</sheetData></worksheet>"

_READ_AS_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""``_x0041_`` in a text is read as the character of that code; its first line is then written as a code itself."""


def write_workbook(names: Sequence[str], rows: Iterable[Sequence[object]], stream: BinaryIO) -> None:
    """Write rows under a heading to a seekable stream.  Raises OutputError for what no sheet can hold."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as workbook:
        for name, text in _PARTS.items():
            workbook.writestr(_part(name), _DECLARED + text)
        with workbook.open(_part("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write((_DECLARED + _BEGIN).encode())
            sheet.write(_row(_text(name, _HEADING) for name in names))
            for number, row in enumerate(rows, start=2):
                if number > MOST_ROWS:
                    raise OutputError(f"a sheet has {MOST_ROWS} rows at most: use --format csv or parquet")
                sheet.write(_row(map(_cell, row)))
            sheet.write(_END.encode())


def _part(name: str) -> zipfile.ZipInfo:
    """An entry of the same time always: the same answer gives the same bytes."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _row(cells: Iterable[str]) -> bytes:
    return f"<row>{''.join(cells)}</row>".encode()


def _cell(value: object) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= _DIGITS:
        style = _MONEY if value.as_tuple().exponent == -2 else _DECIMAL
        return f'<c s="{style}"><v>{value:f}</v></c>'
    if isinstance(value, int | float) and value - value == 0 and len(str(value).strip("-")) <= _DIGITS:
        return f"<c><v>{value}</v></c>"
    return _text(text_of(value))


def _text(text: str, style: int = 0) -> str:
    if len(text) > MOST_CHARACTERS:
        raise OutputError(
            f"a cell holds {MOST_CHARACTERS} characters at most, not the {len(text)} of {text[:20]!r}…:"
            " use --format csv or parquet"
        )
    written = escape(_READ_AS_CODE.sub("_x005F_", printable(text)))
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{written}</t></is></c>'
