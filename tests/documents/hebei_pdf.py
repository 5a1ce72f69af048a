"""Seed 000 as the PDF of a Hebei budget system: portrait pages, ruled tables, captions above each page's grid.

The statement forms keep the pagination they were published with (facts, ``pages``): where codes were broken by
wrapping, the code column is drawn as narrow as it was.  The contents page repeats every title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tests.documents import narrative
from tests.documents.disclosures import MONTHS, Disclosure, Form, HeaderCell, PageOfForm, Project
from tests.documents.pdf import PADDING, Book, Cell, Table, flow, text_width

AMOUNT = re.compile(r"^-?[\d,]+\.\d+$")
FORM_WIDTHS: dict[str, tuple[float, ...]] = {
    "balance": (32, 155, 75, 160, 75),
    "revenue": (26, 0, 100, 47, 47, 47, 32, 32, 32, 32, 32, 32, 38),
    "expenditure": (26, 0, 145, 58, 55, 58, 40, 40, 40),
    "appropriation_balance": (26, 118, 56, 120, 56, 52, 40, 40),
    "general_public": (32, 0, 200, 70, 70, 70),
    "general_public_basic": (32, 0, 180, 75, 75, 75),
    "government_fund": (32, 0, 200, 70, 70, 70),
    "state_capital": (32, 0, 200, 70, 70, 70),
    "three_public": (32, 190, 70, 75, 65, 70),
}
SIZES = {"revenue": 8.0, "expenditure": 8.5, "appropriation_balance": 8.5}
HEADINGS = (
    "一、部门职责及机构设置情况",
    "二、部门预算安排的总体情况",
    "三、机关运行经费安排情况",
    "四、财政拨款“三公”经费预算情况及增减变化原因",
    "五、部门整体绩效目标",
    "六、部门主管专项资金预算安排情况及绩效目标",
    "七、部门项目预算安排情况及绩效目标",
    "八、政府采购预算情况",
    "九、国有资产信息",
    "十、名词解释",
    "十一、其他需要说明的事项",
)


def header_rows(header: Sequence[Sequence[HeaderCell]]) -> list[list[Cell]]:
    """The header's cells, ready to draw."""
    return [[Cell(cell.text, cell.columns, cell.rows) for cell in row] for row in header]


def body_row(texts: Sequence[str], *, labels: bool = True) -> list[Cell]:
    """A data row: amounts to the right, names to the left, codes and numbers in the middle."""

    def align(text: str) -> str:
        if AMOUNT.match(text):
            return "right"
        return "left" if labels and text != "合计" and not text[:1].isdigit() else "center"

    return [Cell(text, align=align(text)) for text in texts]


class HebeiPdf:
    """Writes one disclosure; ``page_of`` collects the page of every title for the contents page."""

    def __init__(self, disclosure: Disclosure, page_of: dict[str, int]) -> None:
        self.disclosure = disclosure
        self.page_of = dict(page_of)
        self.book = Book(disclosure.title)

    def build(self) -> bytes:
        """The whole file."""
        self._contents()
        for form in self.disclosure.statements():
            self._statement(form)
        self._narrative()
        return self.book.finish()

    def _contents(self) -> None:
        self.book.new_page()
        year = self.disclosure.year
        self.book.line(f"{year}年部门预算信息公开目录", 16, "center", gap=14)
        self.book.line("部门预算公开表", 12, gap=8)
        for form in self.disclosure.statements():
            self._contents_line(form.title)
        self.book.line("部门预算信息公开情况说明", 12, gap=8)
        for heading in HEADINGS:
            self._contents_line(heading)

    def _contents_line(self, title: str) -> None:
        page = str(self.page_of.get(title, 0))
        text = f"{title}....."
        self.book.line(text, 11, gap=7)
        self.book.text_at(page, self.book.width - self.book.margin - 20, self.book.y - 10.3, 11)

    def _title(self, title: str, size: float = 15) -> None:
        self.page_of[title] = self.book.page_number
        self.book.line(title, size, "center", gap=8)

    def _captions(self, captions: Sequence[str]) -> None:
        entity, *others = captions
        self.book.line(entity, 9.5, gap=3)
        for caption in others:
            self.book.line(caption, 9.5, "right" if caption.startswith("单位") else "left", gap=3)

    def _statement(self, form: Form) -> None:
        first = 0
        for number, page in enumerate(form.pages):
            self.book.new_page()
            if number == 0:
                self._title(form.title)
            if page.captions:
                self._captions(form.captions)
            self._statement_page(form, page, form.rows[first : first + page.rows])
            first += page.rows
        for note in form.notes:
            self.book.line(note, 9.5)

    def _statement_page(self, form: Form, page: PageOfForm, rows: Sequence[tuple[str, ...]]) -> None:
        narrow = any(re.fullmatch(r"\d+ \d+", row[1]) for row in rows)
        size = SIZES.get(form.id, 9.0)
        code_width = text_width("208050", size) + 2 if narrow else text_width("20805050", size)
        widths = [width or code_width + 2 * PADDING for width in FORM_WIDTHS[form.id]]
        joined = [[re.sub(r"(?<=\d) (?=\d)", "", text) for text in row] for row in rows]
        numbering = [page.numbering, *(form.numbering or ())[1:]]
        grid = [*header_rows(form.header), body_row(numbering, labels=False), *map(body_row, joined)]
        table = Table(grid, widths, size, pad=4.5)
        table.draw(self.book, 0, len(table.heights))
        self.book.y += 6

    def _narrative(self) -> None:
        disclosure, book = self.disclosure, self.book
        book.new_page()
        book.line(f"{disclosure.entity}{disclosure.year}年部门预算信息公开情况说明", 13, "center", gap=10)
        book.paragraph(narrative.intro(disclosure))
        self._heading(0)
        for text in narrative.duties():
            book.paragraph(text)
        self._plain_table(disclosure.form("units"), (190, 60, 70, 150))
        self._heading(1)
        for section in ("income", "expenditure", "change"):
            book.paragraph(narrative.quoted_sentence(disclosure, section))
        self._heading(2)
        book.paragraph(narrative.quoted_sentence(disclosure, "operating"))
        self._heading(3)
        book.paragraph(narrative.quoted_sentence(disclosure, "three_public"))
        self._heading(4)
        for text in narrative.overall_goals():
            book.paragraph(text)
        self._heading(5)
        book.paragraph("本部门没有主管的专项资金。")
        self._heading(6)
        for project in disclosure.projects:
            self._project(project)
        book.new_page()
        self._heading(7)
        self._plain_table(
            disclosure.form("procurement"), (46, 34, 46, 40, 28, 26, 26, 30, 38, 34, 38, 34, 28, 30, 38), 7
        )
        self._heading(8)
        book.paragraph(narrative.quoted_sentence(disclosure, "assets"))
        self._plain_table(disclosure.form("assets"), (220, 120, 130))
        self._heading(9)
        for text in narrative.terms(disclosure):
            book.paragraph(text)
        self._heading(10)
        book.paragraph(narrative.DISCLAIMER)

    def _heading(self, number: int) -> None:
        if self.book.y + 40 > self.book.bottom:
            self.book.new_page()
        self.page_of[HEADINGS[number]] = self.book.page_number
        self.book.y += 4
        self.book.line(HEADINGS[number], 12, gap=6)

    def _plain_table(self, form: Form, widths: Sequence[float], size: float = 9.0) -> None:
        rows = [*header_rows(form.header), *map(body_row, form.rows)]
        table = Table(rows, widths, size)
        if self.book.y + sum(table.heights) + 60 > self.book.bottom:
            self.book.new_page()
        self.book.line(form.title, 11, "center")
        if form.captions:
            self._captions(form.captions)
        table.draw(self.book, 0, len(table.heights))
        self.book.y += 6
        for note in form.notes:
            self.book.line(note, 9.5)

    def _project(self, project: Project) -> None:
        book, size = self.book, 9.0
        widths = (62, 80, 98, 104, 92, 60)
        book.y += 8
        if book.y + 230 > book.bottom:
            book.new_page()
        book.paragraph(project.title or project.name)
        book.line(f"单位：{self.disclosure.unit}", 9.5, "right", gap=3)
        plan = Table(plan_rows(project), (62, 60, 78, 62, 78, 62, 94), size)
        plan.draw(book, 0, len(plan.heights))
        heading = [indicator_header()]
        table = Table([*heading, *indicator_rows(project)], widths, size)

        def next_page() -> None:
            book.new_page()
            repeated = Table(heading, widths, size)
            repeated.draw(book, 0, 1)

        flow(book, table, next_page, split_rows=True)


def plan_rows(project: Project) -> list[list[Cell]]:
    """The upper part of a project's performance table: code, name, budget, purpose, payment plan and goal."""
    months = [project.plan.get(month, "") for month in MONTHS]
    return [
        [Cell("项目编码"), Cell(project.code or "", 2), Cell("项目名称"), Cell(project.name, 3)],
        [
            Cell("预算规模及资金用途", rows=2),
            Cell("预算数"),
            Cell(project.budget or "", align="right"),
            Cell("其中：财政资金"),
            Cell(project.fiscal or "", align="right"),
            Cell("其他资金"),
            Cell(project.other or "", align="right"),
        ],
        [Cell(narrative.purpose(project), 6, align="left")],
        [Cell("资金支出计划（%）", rows=2), *(Cell(m, w) for m, w in zip(MONTHS, (1, 2, 2, 1), strict=True))],
        [Cell(text, width) for text, width in zip(months, (1, 2, 2, 1), strict=True)],
        [Cell("绩效目标"), Cell(narrative.goal(project), 6, align="left")],
    ]


def indicator_header() -> list[Cell]:
    """The header of the indicators."""
    names = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
    return [Cell(name) for name in names]


def indicator_rows(project: Project) -> list[list[Cell]]:
    """The indicators, a level repeated from the row above merged into one tall cell."""
    indicators = project.indicators
    starts = [n for n, row in enumerate(indicators) if n == 0 or row[0] != indicators[n - 1][0]]
    tall = {first: after - first for first, after in pairwise([*starts, len(indicators)])}
    rows = []
    for number, (level1, level2, level3, description, target, basis) in enumerate(indicators):
        texts = (level2, level3, description or level3, target, basis)
        row = [Cell(text or "") for text in texts]
        if number in tall:
            row.insert(0, Cell(level1 or "", rows=tall[number]))
        rows.append(row)
    return rows


def build(disclosure: Disclosure) -> bytes:
    """The PDF of ``disclosure``; built twice, because the contents page tells the pages of what follows."""
    first = HebeiPdf(disclosure, {})
    first.build()
    return HebeiPdf(disclosure, first.page_of).build()
