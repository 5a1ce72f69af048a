"""Seed 001 as a Word file: headings, real gridSpan and vMerge, header rows marked to repeat."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.documents import narrative
from tests.documents.disclosures import Disclosure, Form, Project
from tests.documents.hebei_pdf import body_row, header_rows, indicator_header, indicator_rows, plan_rows
from tests.documents.office import without_clock
from tests.documents.pdf import Cell

_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_HEADINGS = (
    "一、部门职责及机构设置情况",
    "二、部门预算安排的总体情况",
    "三、机关运行经费安排情况",
    "四、财政拨款“三公”经费预算情况及增减变化原因",
    "五、部门整体绩效目标",
    "六、部门项目预算安排情况及绩效目标",
    "七、政府采购预算情况",
    "八、国有资产信息",
    "九、名词解释",
    "十、其他需要说明的事项",
)


class HebeiDocx:
    """Writes one disclosure."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.document: Any = Document()
        style = self.document.styles["Normal"]
        style.font.name = "仿宋"
        style.font.size = Pt(10.5)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
        self.document.core_properties.title = disclosure.title
        self.document.core_properties.author = disclosure.entity

    def build(self) -> bytes:
        """The whole file."""
        self._contents()
        for form in self.disclosure.statements():
            self._form(form, level=1)
        self._narrative()
        stream = io.BytesIO()
        self.document.save(stream)
        return without_clock(stream.getvalue())

    def _contents(self) -> None:
        year = self.disclosure.year
        self.document.add_paragraph(f"{year}年部门预算信息公开目录").alignment = WD_ALIGN_PARAGRAPH.CENTER
        titles = [form.title for form in self.disclosure.statements()]
        for title in ("部门预算公开表", *titles, "部门预算信息公开情况说明", *_HEADINGS):
            self.document.add_paragraph(title)
        self.document.add_page_break()

    def _form(self, form: Form, level: int | None = None) -> None:
        if level:
            self.document.add_heading(form.title, level)
        else:
            self.document.add_paragraph(form.title).alignment = WD_ALIGN_PARAGRAPH.CENTER
        for caption in form.captions:
            paragraph = self.document.add_paragraph(caption)
            paragraph.alignment = _ALIGN["right" if caption.startswith("单位") else "left"]
        header = header_rows(form.header)
        if form.numbering:
            header.append(body_row(form.numbering, labels=False))
        self._table([*header, *map(body_row, form.rows)], form.width, len(header))
        for note in form.notes:
            self.document.add_paragraph(note)

    def _table(self, rows: Sequence[Sequence[Cell]], width: int, header_count: int) -> None:
        table = self.document.add_table(len(rows), width, style="Table Grid")
        grid = [list(row.cells) for row in table.rows]
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                taken |= {(number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                _fill(grid, number, column, cell)
                column += cell.columns
        for row in table.rows[:header_count]:
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:tblHeader"))

    def _narrative(self) -> None:
        add, disclosure = self.document.add_paragraph, self.disclosure
        self.document.add_page_break()
        title = f"{disclosure.entity}{disclosure.year}年部门预算信息公开情况说明"
        self.document.add_heading(title, 1)
        add(narrative.intro(disclosure))
        texts: dict[int, tuple[str, ...]] = {
            0: narrative.duties(),
            1: tuple(narrative.quoted_sentence(disclosure, s) for s in ("income", "expenditure", "change")),
            2: (narrative.quoted_sentence(disclosure, "operating"),),
            3: (narrative.quoted_sentence(disclosure, "three_public"),),
            4: narrative.overall_goals(),
            7: (narrative.quoted_sentence(disclosure, "assets"),),
            8: narrative.terms(disclosure),
            9: (narrative.DISCLAIMER,),
        }
        tables = {0: "units", 6: "procurement", 7: "assets"}
        for number, heading in enumerate(_HEADINGS):
            self.document.add_heading(heading, 2)
            for text in texts.get(number, ()):
                add(text)
            if number in tables:
                self._form(disclosure.form(tables[number]))
            if number == 5:
                for project in disclosure.projects:
                    self._project(project)

    def _project(self, project: Project) -> None:
        self.document.add_heading(project.title or project.name, 3)
        self.document.add_paragraph(f"单位：{self.disclosure.unit}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
        widths = (1, 1, 1, 2, 1, 1)
        indicators = [_widened(row, widths) for row in [indicator_header(), *indicator_rows(project)]]
        self._table([*plan_rows(project), *indicators], 7, 0)


def _widened(row: list[Cell], widths: tuple[int, ...]) -> list[Cell]:
    own = widths[len(widths) - len(row) :]
    return [Cell(cell.text, width, cell.rows) for cell, width in zip(row, own, strict=True)]


def _fill(grid: list[list[Any]], row: int, column: int, cell: Cell) -> None:
    target = grid[row][column]
    if cell.rows > 1 or cell.columns > 1:
        target = target.merge(grid[row + cell.rows - 1][column + cell.columns - 1])
    if cell.text:
        paragraph = target.paragraphs[0]
        paragraph.add_run(cell.text)
        paragraph.alignment = _ALIGN[cell.align]


def build(disclosure: Disclosure) -> bytes:
    """The Word file of ``disclosure``."""
    return HebeiDocx(disclosure).build()
