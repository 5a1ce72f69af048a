"""XLSX: every visible sheet as grids, values as they are shown, merged cells exact.

Read from the XML, where the number format of every cell and the stored digits are in reach.  A formula's value is the
one stored with it.  Hidden sheets and struck text are not read but named in a doubt; hidden rows and columns are
settled by ``hidden``.
"""

from __future__ import annotations

import collections
import itertools
import re
from collections.abc import Iterator

from lxml import etree

from gongkai.parsing.formats.envelopes.package import Package
from gongkai.parsing.formats.sheets.hidden import hidden_sheet, settled
from gongkai.parsing.formats.sheets.number_format import BUILT_IN, exact, shown
from gongkai.parsing.formats.sheets.sheet import MAX_CELLS, MAX_COLUMNS, MAX_SHEETS, Merge, Sheet, sheet_blocks
from gongkai.parsing.text.grid import Block, Doubt, Reading, UnreadableDocumentError
from gongkai.parsing.text.raised import raised
from gongkai.parsing.text.struck_out import StruckOut, struck

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(data: bytes) -> Reading:
    """An XLSX workbook's visible sheets, each with its name as a heading.

    Raises UnreadableDocumentError: ``truncated``, ``corrupt``, ``encrypted``, ``too_large``.
    """
    package = Package(data, "XLSX")
    book = _Workbook(package)
    doubts: list[Doubt] = []
    blocks: list[Block] = []
    for name, part, visible in book.sheets():
        if not visible:
            doubts.append(hidden_sheet(name))
        elif part is not None:
            blocks += sheet_blocks(book.sheet(name, part, doubts), doubts)
    return Reading("xlsx", tuple(blocks), doubts=(*doubts, *book.struck_out.doubts()), title=_title(package))


def _title(package: Package) -> str | None:
    part = "docProps/core.xml"
    if not package.has(part):
        return None
    return (package.xml(part).findtext("{http://purl.org/dc/elements/1.1/}title") or "").strip() or None


class _Workbook:
    """The parts of an XLSX file that its sheets share."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.xml(_WORKBOOK)
        self._ns = _STRICT if str(self._root.tag).startswith(f"{{{_STRICT}}}") else _MAIN
        properties = self._root.find(self._q("workbookPr"))
        self._epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._related = package.related(_WORKBOOK)
        self._strings = self._shared_strings()
        self._formats, self._bordered, self._struck = self._styles()
        self.struck_out = StruckOut()
        self._cells = 0

    def _q(self, name: str) -> str:
        return f"{{{self._ns}}}{name}"

    def _part(self, kind: str) -> str | None:
        parts = [part for relation, part in self._related.values() if relation == kind]
        return parts[0] if parts and self._package.has(parts[0]) else None

    def sheets(self) -> Iterator[tuple[str, str | None, bool]]:
        """(name, part, visible) of each sheet in order; chart sheets have no part."""
        for count, sheet in enumerate(self._root.iter(self._q("sheet"))):
            if count >= MAX_SHEETS:
                return
            relation = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
            kind, part = self._related.get(str(relation), ("", ""))
            yield (
                sheet.get("name", ""),
                part if kind == "worksheet" else None,
                sheet.get("state", "visible") == "visible",
            )

    def _shared_strings(self) -> list[tuple[str, str]]:
        part = self._part("sharedStrings")
        if part is None:
            return []
        return [self._rich_text(item) for item in self._package.xml(part).iter(self._q("si"))]

    def _rich_text(self, item: etree._Element) -> tuple[str, str]:
        """The text of a string in runs, in a cell whose font strikes nothing out and in one whose font does; phonetic
        guides are not part of it."""
        plain = [item.findtext(self._q("t")) or ""]
        of_struck = [struck(plain[0])]
        for run in item.iterfind(self._q("r")):
            text = run.findtext(self._q("t")) or ""
            font = run.find(self._q("rPr"))
            position = None if font is None else font.find(self._q("vertAlign"))
            text = raised(text) if position is not None and position.get("val") == "superscript" else text
            plain.append(struck(text) if self._strikes(font) else text)
            of_struck.append(struck(text) if font is None else plain[-1])
        text, in_struck = (
            _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(pieces)) for pieces in (plain, of_struck)
        )
        return text, text if in_struck == text else in_struck

    def _strikes(self, font: etree._Element | None) -> bool:
        line = None if font is None else font.find(self._q("strike"))
        return line is not None and line.get("val", "1") not in ("0", "false")

    def _styles(self) -> tuple[list[str], list[bool], list[bool]]:
        """For each cell style: its number format code, whether it draws a border, and whether it strikes text out."""
        part = self._part("styles")
        if part is None:
            return [], [], []
        root = self._package.xml(part)
        codes = {f.get("numFmtId"): f.get("formatCode", "General") for f in root.iter(self._q("numFmt"))}
        borders = [
            any(side.get("style", "none") != "none" for side in border)
            for border in root.iterfind(f"{self._q('borders')}/{self._q('border')}")
        ]
        fonts = [self._strikes(font) for font in root.iterfind(f"{self._q('fonts')}/{self._q('font')}")]
        formats, bordered, struck_out = [], [], []
        for style in root.iterfind(f"{self._q('cellXfs')}/{self._q('xf')}"):
            number = style.get("numFmtId", "0")
            formats.append(codes.get(number) or BUILT_IN.get(_index(number, -1), "General"))
            border = _index(style.get("borderId", ""), -1)
            bordered.append(0 <= border < len(borders) and borders[border])
            font = _index(style.get("fontId", ""), -1)
            struck_out.append(0 <= font < len(fonts) and fonts[font])
        return formats, bordered, struck_out

    def sheet(self, name: str, part: str, doubts: list[Doubt]) -> Sheet:
        """One sheet as shown.  Raises UnreadableDocumentError beyond ``MAX_CELLS`` or where its XML is damaged."""
        root = self._package.xml(part)
        ruled: set[int] = set()
        sheet = Sheet(name, ruled=ruled)
        view = root.find(f"{self._q('sheetViews')}/{self._q('sheetView')}")
        shows_zeros = view is None or view.get("showZeros", "1") not in ("0", "false")
        without_value = 0
        for row, column, cell in self._positions(root):
            if self._has_border(cell):
                ruled.add(row)
            stored, is_number = self._cell(cell, shows_zeros=shows_zeros)
            text = self.struck_out.without(stored, f"{name}!R{row + 1}C{column + 1}")
            if text:
                sheet.texts[row, column] = text
                if is_number:
                    sheet.numbers.add((row, column))
            elif cell.find(self._q("f")) is not None and cell.get("t") != "str" and not cell.findtext(self._q("v")):
                without_value += 1
        if without_value:
            reason = (
                f"sheet {name!r} has {without_value} formulas whose result is not stored; their cells are blank here"
            )
            doubts.append(Doubt("formula_without_value", reason))
        references = (merge.get("ref", "") for merge in root.iter(self._q("mergeCell")))
        sheet.merges = [merge for merge in map(_range, references) if merge is not None]
        return settled(sheet, self._hidden_rows(root), self._hidden_columns(root), doubts)

    def _positions(self, root: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
        """(row, column, cell); positions that a writer left out follow the one before."""
        row = -1
        for line in root.iterfind(f"{self._q('sheetData')}/{self._q('row')}"):
            row = _index(line.get("r", ""), row + 2) - 1
            column = -1
            for cell in line.iterfind(self._q("c")):
                at = _position(cell.get("r", ""))
                column = at[1] if at else column + 1
                self._cells += 1
                if self._cells > MAX_CELLS:
                    raise UnreadableDocumentError("too_large", f"the XLSX workbook has more than {MAX_CELLS} cells")
                yield row, column, cell

    def _has_border(self, cell: etree._Element) -> bool:
        style = _index(cell.get("s", ""), 0)
        return style < len(self._bordered) and self._bordered[style]

    def _cell(self, cell: etree._Element, *, shows_zeros: bool) -> tuple[str, bool]:
        """(text as shown, what is struck out marked; whether the value is a number)."""
        style = _index(cell.get("s", ""), 0)
        is_struck = style < len(self._struck) and self._struck[style]
        kind = cell.get("t", "n")
        if kind in ("s", "inlineStr"):
            return self._string(cell, kind)[is_struck], False
        text, is_number = self._value(cell, kind, shows_zeros=shows_zeros)
        return struck(text) if is_struck else text, is_number

    def _string(self, cell: etree._Element, kind: str) -> tuple[str, str]:
        """A cell's string as ``_rich_text`` gives it."""
        if kind == "inlineStr":
            inline = cell.find(self._q("is"))
            return ("", "") if inline is None else self._rich_text(inline)
        index = _index(cell.findtext(self._q("v")) or "", -1)
        return self._strings[index] if 0 <= index < len(self._strings) else ("", "")

    def _value(self, cell: etree._Element, kind: str, *, shows_zeros: bool) -> tuple[str, bool]:
        """(text as shown of a cell without string, whether it is a number)."""
        stored = cell.findtext(self._q("v")) or ""
        match kind:
            case "n" if stored:
                return self._number(cell, stored, shows_zeros=shows_zeros)
            case "b":
                return ("TRUE" if stored == "1" else "FALSE"), False
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), stored), False

    def _number(self, cell: etree._Element, stored: str, *, shows_zeros: bool) -> tuple[str, bool]:
        try:
            value = exact(stored)
        except ValueError:
            return stored, False
        if value == 0 and not shows_zeros:
            return "", False
        style = _index(cell.get("s", ""), 0)
        code = self._formats[style] if style < len(self._formats) else "General"
        return shown(value, code, epoch_1904=self._epoch_1904), True

    def _hidden_rows(self, root: etree._Element) -> set[int]:
        rows = root.iterfind(f"{self._q('sheetData')}/{self._q('row')}")
        hidden = (row for row in rows if row.get("hidden") in ("1", "true") or row.get("ht") == "0")
        return {_index(row.get("r", ""), 0) - 1 for row in hidden}

    def _hidden_columns(self, root: etree._Element) -> set[int]:
        begins: collections.Counter[int] = collections.Counter()  # ranges may overlap without end
        for column in root.iterfind(f"{self._q('cols')}/{self._q('col')}"):
            if column.get("hidden") in ("1", "true") or column.get("width") == "0":
                first, last = _index(column.get("min", ""), 1), _index(column.get("max", ""), 0)
                if first <= last:
                    begins[first - 1] += 1
                    begins[last] -= 1
        depths = itertools.accumulate(begins[column] for column in range(MAX_COLUMNS))
        return {column for column, depth in enumerate(depths) if depth > 0}


def _index(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def _position(reference: str) -> tuple[int, int] | None:
    """(row, column) from 0 of a reference such as ``B12``."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _range(reference: str) -> Merge | None:
    first, _, last = reference.partition(":")
    start, end = _position(first), _position(last or first)
    return None if start is None or end is None else Merge(*start, *end)
