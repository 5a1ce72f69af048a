"""Seed 004 as a workbook: one sheet per form with merged headers.

Half of the sheets hold amounts as numbers shown by the format ``0.00``, the others as text; a hidden sheet of
scratch values is left in, as publishers do.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.documents import narrative
from tests.documents.disclosures import Disclosure, Form, Project
from tests.documents.hebei_pdf import AMOUNT, body_row, header_rows, indicator_header, indicator_rows, plan_rows
from tests.documents.office import without_clock
from tests.documents.pdf import Cell

AS_TEXT = {"revenue", "general_public", "three_public", "procurement"}
"""Forms whose amounts stand as text."""

_LINE = Side(style="thin")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_INTEGER = re.compile(r"^\d{1,9}$")


class HebeiXlsx:
    """Writes one disclosure."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.workbook = Workbook()
        self.workbook.properties.creator = disclosure.entity
        self.workbook.properties.title = disclosure.title
        self.workbook.properties.created = dt.datetime(2025, 2, 10, 1, tzinfo=dt.UTC).replace(tzinfo=None)
        first = self.workbook.active
        if first is not None:
            self.workbook.remove(first)

    def build(self) -> bytes:
        """The whole file."""
        for number, form in enumerate(self.disclosure.statements(), 1):
            self._form(f"{number}{_short(form.title)}", form)
        self._explanation()
        for number, project in enumerate(self.disclosure.projects, 1):
            self._project(f"绩效目标表{number}", project)
        self._form("政府采购预算", self.disclosure.form("procurement"))
        self._form("固定资产占用情况", self.disclosure.form("assets"))
        self._scratch()
        stream = io.BytesIO()
        self.workbook.save(stream)
        return without_clock(stream.getvalue())

    def _form(self, name: str, form: Form) -> None:
        sheet = self.workbook.create_sheet(name)
        row = _heading(sheet, form, form.width)
        header = header_rows(form.header)
        if form.numbering:
            header.append(body_row(form.numbering, labels=False))
        row = _table(sheet, row, header, numbers=False)
        row = _table(sheet, row, [body_row(texts) for texts in form.rows], numbers=form.id not in AS_TEXT)
        for note in form.notes:
            sheet.cell(row, 1, note)
            row += 1
        for column in range(1, form.width + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 14

    def _explanation(self) -> None:
        sheet = self.workbook.create_sheet("情况说明")
        sheet.column_dimensions["A"].width = 110
        disclosure = self.disclosure
        quoted = [narrative.quoted_sentence(disclosure, section) for section in disclosure.quoted]
        texts = (
            f"{disclosure.entity}{disclosure.year}年单位预算信息公开情况说明",
            narrative.intro(disclosure),
            *narrative.duties(),
            *quoted,
            *narrative.terms(disclosure),
            narrative.DISCLAIMER,
        )
        for row, text in enumerate(texts, 1):
            sheet.cell(row, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
        units = disclosure.form("units")
        sheet.cell(len(texts) + 2, 1, units.title)
        _table(sheet, len(texts) + 3, [*header_rows(units.header), *map(body_row, units.rows)], numbers=False)

    def _project(self, name: str, project: Project) -> None:
        sheet = self.workbook.create_sheet(name)
        sheet.cell(1, 1, project.title or project.name).font = Font(bold=True)
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=7)
        sheet.cell(2, 7, f"单位：{self.disclosure.unit}")
        widths = (1, 1, 1, 2, 1, 1)
        indicators = []
        for cells in [indicator_header(), *indicator_rows(project)]:
            own = widths[len(widths) - len(cells) :]
            indicators.append([Cell(cell.text, w, cell.rows) for cell, w in zip(cells, own, strict=True)])
        _table(sheet, 3, [*plan_rows(project), *indicators], numbers=True)
        for letter in "ABCDEFG":
            sheet.column_dimensions[letter].width = 18

    def _scratch(self) -> None:
        sheet = self.workbook.create_sheet("Sheet3")
        sheet["A1"], sheet["B1"], sheet["A3"] = "临时", 111, "abc"
        sheet.sheet_state = "hidden"


def _short(title: str) -> str:
    return title.removeprefix("单位预算").replace("预算", "").replace("财政拨款", "")[:20]


def _heading(sheet: Worksheet, form: Form, width: int) -> int:
    cell = sheet.cell(1, 1, form.title)
    cell.font = Font(bold=True, size=14)
    cell.alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    for row, caption in enumerate(form.captions, 2):
        column = width if caption.startswith("单位：") else 1
        sheet.cell(row, column, caption)
    return 2 + len(form.captions)


def _table(sheet: Worksheet, first: int, rows: Sequence[Sequence[Cell]], *, numbers: bool) -> int:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            _write(sheet, first + number, column + 1, cell, numbers=numbers)
            column += cell.columns
    return first + len(rows)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, *, numbers: bool) -> None:
    target = sheet.cell(row, column)
    if numbers and AMOUNT.match(cell.text):
        target.value, target.number_format = Decimal(cell.text), "0.00"
    elif numbers and column == 1 and _INTEGER.match(cell.text):
        target.value = int(cell.text)
    else:
        target.value = cell.text or None
    target.alignment = Alignment(horizontal=cell.align, vertical="center", wrap_text=True)
    for other_row in range(row, row + cell.rows):
        for other_column in range(column, column + cell.columns):
            sheet.cell(other_row, other_column).border = _BORDER
    if cell.rows > 1 or cell.columns > 1:
        last_row, last_column = row + cell.rows - 1, column + cell.columns - 1
        sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)


def build(disclosure: Disclosure) -> bytes:
    """The workbook of ``disclosure``."""
    return HebeiXlsx(disclosure).build()
