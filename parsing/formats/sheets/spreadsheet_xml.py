"""Workbooks as one XML file (SpreadsheetML 2003), as Excel 2003 and many reporting systems save them, often as .xls.

Values are shown by their number formats, struck text is left out, merged cells are exact; laid out by ``sheet`` as the
other spreadsheets.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

from lxml import etree

from gongkai.parsing.formats.envelopes.package import parse_flat_xml
from gongkai.parsing.formats.sheets.hidden import hidden_sheet, settled
from gongkai.parsing.formats.sheets.number_format import BUILT_IN, exact, shown
from gongkai.parsing.formats.sheets.sheet import MAX_CELLS, MAX_COLUMNS, MAX_SHEETS, Merge, Sheet, sheet_blocks
from gongkai.parsing.text.grid import Block, Doubt, Reading, UnreadableDocumentError
from gongkai.parsing.text.raised import raised
from gongkai.parsing.text.struck_out import StruckOut, struck

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"

MAX_ROWS = 1_048_576
"""Rows that a sheet can have."""

_SS = f"{{{NAMESPACE}}}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_TITLE = "{urn:schemas-microsoft-com:office:office}Title"

_NAMED_FORMATS = {
    "General Number": "General",
    "General Date": BUILT_IN[22],
    "Long Date": BUILT_IN[31],
    "Medium Date": BUILT_IN[15],
    "Short Date": BUILT_IN[14],
    "Long Time": BUILT_IN[21],
    "Medium Time": BUILT_IN[18],
    "Short Time": BUILT_IN[20],
    "Currency": BUILT_IN[7],
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
}
"""Number formats by the names that the format gives them, as a Chinese Excel shows them."""

_MARKS: dict[str, Callable[[str], str]] = {"sup": raised, "s": struck}
"""How a text is kept that stands within one of these elements of a string."""

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  a sheet's dates have no zone


@dataclasses.dataclass(frozen=True, slots=True)
class _Style:
    code: str = "General"
    has_border: bool = False
    is_struck: bool = False


def read_spreadsheet_xml(data: bytes) -> Reading:
    """An XML workbook's visible sheets, each with its name as a heading.

    Raises UnreadableDocumentError: ``corrupt``, ``bomb`` (entities), ``too_large``.
    """
    root = parse_flat_xml(data, "the XML workbook")
    if root.tag != f"{_SS}Workbook":
        raise UnreadableDocumentError("corrupt", f"the XML workbook has the root {str(root.tag)!r}")
    if sum(1 for _ in root.iter(f"{_SS}Cell")) > MAX_CELLS:
        raise UnreadableDocumentError("too_large", f"the XML workbook has more than {MAX_CELLS} cells")
    styles = _styles(root)
    doubts: list[Doubt] = []
    struck_out = StruckOut()
    blocks: list[Block] = []
    for sheet in root.findall(f"{_SS}Worksheet")[:MAX_SHEETS]:
        name = _attribute(sheet, "Name") or ""
        if (sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") or "SheetVisible").strip() != "SheetVisible":
            doubts.append(hidden_sheet(name))
        elif (table := sheet.find(f"{_SS}Table")) is not None:
            shows_zeros = sheet.find(f"{_X}WorksheetOptions/{_X}DoNotDisplayZeros") is None
            read = _sheet(name, table, styles, doubts, struck_out, shows_zeros=shows_zeros)
            blocks += sheet_blocks(read, doubts)
    title = (root.findtext(f".//{_TITLE}") or "").strip() or None
    return Reading("spreadsheet_xml", tuple(blocks), doubts=(*doubts, *struck_out.doubts()), title=title)


def _attribute(element: etree._Element, name: str) -> str | None:
    """An attribute; some writers leave out its namespace."""
    return element.get(_SS + name) or element.get(name)


def _count(element: etree._Element, name: str, most: int) -> int:
    """An attribute that counts, 0 where it is absent or no count."""
    value = _attribute(element, name) or ""
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _styles(root: etree._Element) -> dict[str, _Style]:
    """Styles by id, what they do not say taken from their parent, else from the one called Default."""
    styles: dict[str, _Style] = {}
    for element in root.iterfind(f"{_SS}Styles/{_SS}Style"):
        base = styles.get(_attribute(element, "Parent") or "Default", _Style())
        number = element.find(f"{_SS}NumberFormat")
        code = base.code if number is None else _attribute(number, "Format") or "General"
        borders = element.find(f"{_SS}Borders")
        has_border = base.has_border if borders is None else borders.find(f"{_SS}Border") is not None
        font = element.find(f"{_SS}Font")
        is_struck = base.is_struck if font is None else _attribute(font, "StrikeThrough") == "1"
        styles[_attribute(element, "ID") or ""] = _Style(_NAMED_FORMATS.get(code, code), has_border, is_struck)
    return styles


def _sheet(
    name: str,
    table: etree._Element,
    styles: dict[str, _Style],
    doubts: list[Doubt],
    struck_out: StruckOut,
    *,
    shows_zeros: bool,
) -> Sheet:
    """One sheet as shown."""
    ruled: set[int] = set()
    sheet = Sheet(name, ruled=ruled)
    rows: set[int] = set()
    column_styles, columns = _columns(table)
    without_value = 0
    for row, span, element in _numbered(table, "Row", MAX_ROWS):
        if _is_hidden(element, "Height"):
            rows.update(range(row, row + span + 1))
        for column_index, cell in _cells(element):
            named = _attribute(cell, "StyleID") or _attribute(element, "StyleID") or column_styles.get(column_index)
            style = styles.get(named or "Default", _Style())
            if style.has_border:
                ruled.add(row)
            down, across = _count(cell, "MergeDown", MAX_ROWS), _count(cell, "MergeAcross", MAX_COLUMNS)
            if down or across:
                sheet.merges.append(Merge(row, column_index, row + down, column_index + across))
            stored, is_number = _shown(cell, style, shows_zeros=shows_zeros)
            place = f"{name}!R{row + 1}C{column_index + 1}"
            text = struck_out.without(struck(stored) if style.is_struck else stored, place)
            if text:
                sheet.texts[row, column_index] = text
                if is_number:
                    sheet.numbers.add((row, column_index))
            elif _attribute(cell, "Formula") and not _text(cell).strip():
                without_value += 1
    if without_value:
        reason = f"sheet {name!r} has {without_value} formulas whose result is not stored; their cells are blank here"
        doubts.append(Doubt("formula_without_value", reason))
    return settled(sheet, rows, columns, doubts)


def _columns(table: etree._Element) -> tuple[dict[int, str | None], set[int]]:
    """(style of each column that has one, columns that are hidden)."""
    styles: dict[int, str | None] = {}
    hidden: set[int] = set()
    for index, span, column in _numbered(table, "Column", MAX_COLUMNS):
        styles.update(dict.fromkeys(range(index, index + span + 1), _attribute(column, "StyleID")))
        if _is_hidden(column, "Width"):
            hidden.update(range(index, index + span + 1))
    return styles, hidden


def _numbered(table: etree._Element, kind: str, most: int) -> Iterator[tuple[int, int, etree._Element]]:
    """(index from 0, how many more it stands for, element) of rows or columns; one without index, or with
    one that has passed, follows the last."""
    index = 0
    for element in table.iterfind(_SS + kind):
        index = max(_count(element, "Index", most) - 1, index)
        span = min(_count(element, "Span", most), max(most - 1 - index, 0))
        if index >= most:
            return
        yield index, span, element
        index += span + 1


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """(column from 0, cell); one without index, or with one that has passed, follows the last and all it covers."""
    column = 0
    for cell in row.iterfind(f"{_SS}Cell"):
        column = max(_count(cell, "Index", MAX_COLUMNS) - 1, column)
        if column >= MAX_COLUMNS:
            return
        yield column, cell
        column += 1 + _count(cell, "MergeAcross", MAX_COLUMNS)


def _is_hidden(element: etree._Element, size: str) -> bool:
    return _attribute(element, "Hidden") == "1" or _attribute(element, size) == "0"


def _shown(cell: etree._Element, style: _Style, *, shows_zeros: bool) -> tuple[str, bool]:
    """(text as shown, whether the value is a number)."""
    data = cell.find(f"{_SS}Data")
    if data is None:
        return "", False
    stored = _text(data)
    match _attribute(data, "Type"):
        case "Number":
            return _number(stored, style, shows_zeros=shows_zeros)
        case "DateTime":
            return _moment(stored, style), False
        case "Boolean":
            return ("TRUE" if stored.strip() == "1" else "FALSE"), False
    return stored, False


def _text(element: etree._Element) -> str:
    """All text below an element: strings may hold the markup of their fonts, raised and struck pieces among it."""
    pieces = [element.text or ""]
    for child in element.iterchildren("*"):
        inner = _text(child)
        name = etree.QName(child).localname.lower()
        pieces += [_MARKS[name](inner) if name in _MARKS else inner, child.tail or ""]
    return "".join(pieces)


def _number(stored: str, style: _Style, *, shows_zeros: bool) -> tuple[str, bool]:
    try:
        value = exact(stored)
    except ValueError:
        return stored, False
    if value == 0 and not shows_zeros:
        return "", False
    return shown(value, style.code), True


def _moment(stored: str, style: _Style) -> str:
    """A date as its format shows it; as it is stored where the format is none of a date."""
    try:
        since = dt.datetime.fromisoformat(stored.strip()).replace(tzinfo=None) - _EPOCH
    except ValueError:
        return stored
    if style.code == "General":
        return stored.removesuffix("T00:00:00.000")
    return shown(Decimal(since.days) + Decimal(since.seconds) / 86_400, style.code)
