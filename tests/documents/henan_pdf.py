"""Seed 003 as the PDF of a Henan department: portrait narrative, wide forms on pages turned by ``/Rotate 90``.

Amounts have thousands separators; the functional code stands in three columns; rows whose amounts slid into a
neighbouring column are printed slid, as they were.  Headers are repeated on continuation pages, titles are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.documents import narrative
from tests.documents.disclosures import Disclosure, Form, Project
from tests.documents.hebei_pdf import header_rows
from tests.documents.pdf import Book, Cell, Table, flow

AMOUNT = re.compile(r"^[\d,]+\.\d\d$")
NOTE = "注：金额由元换算为万元，合计可能有尾差。"
NO_ROWS_NOTE = "注：2024年度没有国有资本经营预算支出，本表为空。"
_FUNCTIONAL = (24, 24, 24, 48, 190, 58, 58, 58, 54, 52, 58, 52, 58)
FORM_WIDTHS: dict[str, tuple[float, ...]] = {
    "balance": (165, 80, 165, 80),
    "revenue": (40, 112, 50, 50, 46, 46, 44, 36, 36, 28, 30, 30, 30, 38, 42, 34, 30, 30, 30, 24),
    "expenditure": _FUNCTIONAL,
    "appropriation_balance": (145, 66, 180, 72, 70, 70, 64, 64),
    "general_public": _FUNCTIONAL,
    "general_public_basic": (46, 120, 46, 110, 60, 60, 56),
    "economic_summary": (24, 24, 110, 24, 24, 100, 54, 52, 52, 50, 40, 42, 36, 30, 30, 30, 32, 28),
    "three_public": (85, 80, 70, 85, 85, 80),
    "government_fund": _FUNCTIONAL,
    "state_capital": _FUNCTIONAL,
    "project_expenditure": (44, 270, 56, 56, 54, 54, 46, 50, 46, 46, 36, 30),
}
PORTRAIT = {"balance", "general_public_basic", "three_public"}
SIZES = {"revenue": 6.5, "economic_summary": 7.0, "project_expenditure": 8.0, "balance": 8.5}
PERFORMANCE_WIDTHS = (71, 98, 44, 44, 34, 30, 66, 46, 72, 44, 72, 44, 66, 40)
STATEMENTS = (
    "收入支出预算总体情况说明",
    "收入预算总体情况说明",
    "财政拨款收入支出总体情况说明",
    "一般公共预算支出预算情况说明",
    "一般公共预算基本支出情况说明",
    "“三公”经费支出预算情况说明",
    "机关运转经费情况说明",
    "政府采购支出预算情况说明",
)
SECTIONS = (
    "expenditure",
    "income",
    "appropriation",
    "general_public",
    "general_public_basic",
    "three_public",
    "operating",
    "procurement",
)


def row_cells(texts: Sequence[str]) -> list[Cell]:
    """A data row: amounts to the right, names to the left, codes in the middle."""

    def align(text: str) -> str:
        if AMOUNT.match(text):
            return "right"
        return "left" if text != "合计" and not text.isdigit() else "center"

    return [Cell(text, align=align(text)) for text in texts]


class HenanPdf:
    """Writes one disclosure."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.book = Book(disclosure.title, margin=40)

    def build(self) -> bytes:
        """The whole file."""
        self._front()
        self._narrative()
        for form in self.disclosure.statements():
            if form.id == "performance_department":
                self._department_performance(form)
            elif form.id == "performance_project":
                self._project_performance(form)
            else:
                self._statement(form)
        return self.book.finish()

    def _front(self) -> None:
        book, disclosure = self.book, self.disclosure
        book.new_page()
        book.y = 150
        book.line(f"{disclosure.year}年度{disclosure.entity}", 18, "center", gap=10)
        book.line("部门预算说明", 18, "center", gap=40)
        book.line("目　录", 15, "center", gap=12)
        parts = ("第一部分　部门概况", "第二部分　2024年度部门预算情况说明", "第三部分　名词解释", "附件：部门预算表")
        for part in parts:
            book.line(part, 12, gap=6)
        names = [re.sub(r"^2024年(度)?", "", form.title) for form in disclosure.statements()]
        for number, name in enumerate(names, 1):
            book.line(f"　　{number}、{name}", 11, gap=5)

    def _narrative(self) -> None:
        book, disclosure = self.book, self.disclosure
        book.new_page()
        book.line("第一部分　部门概况", 14, "center", gap=10)
        book.line("一、主要职责", 12)
        for text in narrative.duties():
            book.paragraph(text)
        book.line("二、机构设置及预算单位构成", 12)
        units = disclosure.form("units").rows
        book.paragraph(f"本预算为汇总预算，包括局机关和{len(units) - 1}个局属单位：")
        for number, (_, name) in enumerate(units[1:], 1):
            book.paragraph(f"{number}.{name}")
        book.line("第二部分　2024年度部门预算情况说明", 14, "center", gap=10)
        for number, (title, section) in enumerate(zip(STATEMENTS, SECTIONS, strict=True)):
            book.line(f"{'一二三四五六七八'[number]}、{title}", 12)
            book.paragraph(narrative.quoted_sentence(disclosure, section))
            if number == 0:
                book.paragraph(narrative.quoted_sentence(disclosure, "change"))
        book.line("第三部分　名词解释", 14, "center", gap=10)
        for text in (*narrative.terms(disclosure), narrative.DISCLAIMER):
            book.paragraph(text)

    def _open(self, title: str, captions: Sequence[str], *, rotated: bool) -> None:
        self.book.new_page(rotated=rotated)
        self.book.line(title, 15, "center", gap=8)
        for caption in captions:
            self.book.line(caption, 9.5, "right" if caption.startswith("单位") else "left", gap=3)

    def _statement(self, form: Form) -> None:
        rotated = form.id not in PORTRAIT
        size, widths = SIZES.get(form.id, 8.5), FORM_WIDTHS[form.id]
        header = Table(header_rows(form.header), widths, size)
        body = Table([row_cells(row) for row in form.rows], widths, size, pad=3)
        self._open(form.title, form.captions, rotated=rotated)
        header.draw(self.book, 0, len(header.heights))

        def next_page() -> None:
            self.book.new_page(rotated=rotated)
            header.draw(self.book, 0, len(header.heights))

        flow(self.book, body, next_page)
        self.book.y += 4
        for note in (NOTE, NO_ROWS_NOTE) if form.id == "state_capital" else (NOTE,):
            self.book.line(note, 8.5)

    def _department_performance(self, form: Form) -> None:
        self._open(form.title, (), rotated=False)
        self.book.line(form.captions[0], 10, "center")
        size, widths = 8.5, (85, 100, 160, 75, 95)
        rows: list[list[Cell]] = [
            [Cell("部门(单位)名称"), Cell(self.disclosure.entity, 4, align="left")],
            [Cell("年度履职目标"), Cell("按预算完成年度各项工作，保持服务不中断。", 4, align="left")],
        ]
        tasks = narrative.tasks()
        rows.append([Cell("年度主要任务", rows=len(tasks) + 1), Cell("任务名称"), Cell("主要内容", 3)])
        rows += [[Cell(name, align="left"), Cell(content, 3, align="left")] for name, content in tasks]
        label = [Cell("预算情况", rows=len(form.amounts))]
        for item, amount in form.amounts:
            rows.append([*label, Cell(item, 2, align="left"), Cell(amount, 2, align="right")])
            label = []
        heading = [*(Cell(name) for name in ("一级指标", "二级指标", "三级指标", "指标值", "指标值说明"))]
        body = Table([*rows, heading, *_merged_levels(form.rows)], widths, size)

        def next_page() -> None:
            self.book.new_page()

        flow(self.book, body, next_page)

    def _project_performance(self, form: Form) -> None:
        size = 6.0
        header = Table(header_rows(form.header), PERFORMANCE_WIDTHS, size)
        self._open(form.title, form.captions, rotated=True)
        header.draw(self.book, 0, len(header.heights))

        def next_page() -> None:
            self.book.new_page(rotated=True)
            header.draw(self.book, 0, len(header.heights))

        rows: list[list[Cell]] = []
        for unit in form.rows:
            rows.append([*row_cells(unit), *(Cell("") for _ in range(14 - len(unit)))])
            for project in self.disclosure.projects:
                if project.unit_code == unit[0]:
                    rows += performance_rows(project)
        flow(self.book, Table(rows, PERFORMANCE_WIDTHS, size, pad=3), next_page)


def _merged_levels(indicators: Sequence[Sequence[str]]) -> list[list[Cell]]:
    rows = []
    for number, (level1, level2, level3, target) in enumerate(indicators):
        row = [Cell(level3, align="left"), Cell(target), Cell("")]
        above = indicators[number - 1] if number else None
        if above is None or above[1] != level2:
            row.insert(0, Cell(level2, rows=sum(other[1] == level2 for other in indicators)))
        if above is None or above[0] != level1:
            row.insert(0, Cell(level1, rows=sum(other[0] == level1 for other in indicators)))
        rows.append(row)
    return rows


def performance_rows(project: Project) -> list[list[Cell]]:
    """A project's rows of fourteen columns: what it costs, merged beside the indicators under their four headings."""
    tall = len(project.indicators)
    facts = (project.code or "", project.name, project.budget or "", project.fiscal or "", "", "")
    lead = [Cell(text, rows=tall, align=cell.align) for text, cell in zip(facts, row_cells(facts), strict=True)]
    rows = []
    for indicator in project.indicators:
        rows.append([*lead, *(Cell(text or "") for text in indicator)])
        lead = []
    return rows


def build(disclosure: Disclosure) -> bytes:
    """The PDF of ``disclosure``."""
    return HenanPdf(disclosure).build()
