"""The five seeds as extracted text: the layouts, figures and printing errors of the published files, in our words.

Seeds 000, 001 and 004 have a line for each table row, its cells separated by tabs, 003 the same with Markdown headings;
002 has one cell per line, as a word processor exports it.  Forms are cut into pages where they were, codes that a
narrow column broke stay broken (``208260 2``), and amounts that slid stand in the column they were printed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tests.documents import narrative
from tests.documents.disclosures import Disclosure, Form, Project
from tests.documents.hebei_pdf import body_row, header_rows, indicator_header, indicator_rows, plan_rows
from tests.documents.henan_pdf import SECTIONS, STATEMENTS, performance_rows
from tests.documents.pdf import Cell

Rows = Sequence[Sequence[Cell]]

CONTRADICTED = {
    "002": "其中，公务用车购置及运行维护费支出0万元：公务用车购置支出0万元，公务用车运行维护费支出0万元。",
}
"""Figures that a narrative gives a second time, and differently."""


def build(disclosure: Disclosure) -> str:
    """The text of ``disclosure``."""
    if disclosure.seed == "003":
        return "\n\n".join(_henan(disclosure)) + "\n"
    table = one_cell_per_line if disclosure.seed == "002" else tabbed
    return "\n\n".join(_hebei(disclosure, table)) + "\n"


# --- tables -----------------------------------------------------------------------------------------------------------


def tabbed(rows: Rows) -> str:
    """A line for each row; a merged cell prints its text once, at its top left, and blanks elsewhere."""
    height, width = len(rows), sum(cell.columns for cell in rows[0])
    texts = [[""] * width for _ in range(height)]
    for row, column, cell in _placed(rows):
        texts[row][column] = cell.text
    return "\n".join("\t".join(row) for row in texts)


def one_cell_per_line(rows: Rows) -> str:
    """A line for each cell, which begins with a tab, and a blank line behind each row.

    A cell merged over columns is printed once; one merged over rows leaves a blank cell in each row below.
    """
    lines: list[dict[int, str]] = [{} for _ in rows]
    for row, column, cell in _placed(rows):
        for below in range(row, row + cell.rows):
            lines[below][column] = cell.text if below == row else ""
    return "\n".join("".join(f"\t{line[column]}\n" for column in sorted(line)) for line in lines)


def _placed(rows: Rows) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with the row and the column it begins in."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            yield number, column, cell


# --- Hebei ------------------------------------------------------------------------------------------------------------


def _hebei(disclosure: Disclosure, table: Callable[[Rows], str]) -> Iterator[str]:
    if disclosure.seed != "002":  # a contents page repeats every title
        yield f"{disclosure.year} 年{disclosure.kind}预算信息公开目录"
        yield "\n".join(f"{form.title}.....\t{page}" for page, form in enumerate(disclosure.statements(), 1))
    for form in disclosure.statements():
        is_cut = (disclosure.seed, form.id) == ("001", "revenue")
        yield from _cut_form(form) if is_cut else _form(form, table)
    kind = disclosure.kind
    yield f"{disclosure.entity}{disclosure.year}年{kind}预算信息公开情况说明"
    yield narrative.intro(disclosure)
    yield f"一、{kind}职责及机构设置情况"
    yield from narrative.duties()
    yield from _form(disclosure.form("units"), table)
    yield f"二、{kind}预算安排的总体情况"
    yield narrative.quoted_sentence(disclosure, "income")
    yield narrative.quoted_sentence(disclosure, "expenditure")
    yield narrative.changed_sentence(disclosure)
    yield "三、机关运行经费安排情况"
    yield narrative.quoted_sentence(disclosure, "operating")
    yield "四、财政拨款“三公”经费预算情况及增减变化原因"
    yield narrative.quoted_sentence(disclosure, "three_public") + CONTRADICTED.get(disclosure.seed, "")
    yield f"五、{kind}整体绩效目标"
    yield from narrative.overall_goals()
    yield f"六、{kind}项目预算安排情况及绩效目标"
    for project in disclosure.projects:
        yield from _project(project, disclosure, table)
    yield "七、政府采购预算情况"
    yield from _form(disclosure.form("procurement"), table)
    yield "八、国有资产信息"
    yield narrative.quoted_sentence(disclosure, "assets")
    yield from _form(disclosure.form("assets"), table)
    yield "九、名词解释"
    yield from narrative.terms(disclosure)
    yield "十、其他需要说明的事项"
    yield narrative.DISCLAIMER


def _form(form: Form, table: Callable[[Rows], str]) -> Iterator[str]:
    """A form on the pages it stood on: its heading again on each, its captions where they were."""
    yield form.title
    first = 0
    for page in form.pages or (None,):
        rows = form.rows[first : first + page.rows] if page else form.rows
        first += len(rows)
        if page is None or page.captions:
            yield from form.captions
        label = page.numbering if page else (form.numbering or ("",))[0]
        yield table([*_heading(form, label), *map(body_row, rows)])
    yield from form.notes


def _heading(form: Form, label: str) -> list[list[Cell]]:
    numbering = [body_row((label, *form.numbering[1:]), labels=False)] if form.numbering else []
    return [*header_rows(form.header), *numbering]


def _cut_form(form: Form) -> Iterator[str]:
    """The revenue form of seed 001 on three pages: the second begins amid a row, the third's heading lost a column."""
    yield form.title
    heading = [line.split("\t") for line in tabbed(_heading(form, "栏次")).split("\n")]
    moved = [[*line[:-2], line[-1], line[-2]] for line in heading[:2]]
    code_and_name, rest = form.rows[12][:3], form.rows[12][3:]
    name, behind = code_and_name[2][:6], code_and_name[2][6:]
    cut = [[*code_and_name[:2], name, *rest], ["", "", behind, *("" for _ in rest)]]
    pages = [
        [*heading, *form.rows[:12], cut[0]],
        [*heading, cut[1], *form.rows[13:24]],
        [*moved, heading[2], *form.rows[24:]],
    ]
    for page in pages:
        yield from form.captions
        yield "\n".join("\t".join(row) for row in page)


def _project(project: Project, disclosure: Disclosure, table: Callable[[Rows], str]) -> Iterator[str]:
    yield project.title or project.name
    if project.code is None:
        goal = [Cell("绩效目标"), Cell(narrative.goal(project), 5)]
        yield table([goal, indicator_header(), *indicator_rows(project)])
        return
    yield f"单位：{disclosure.unit}"
    indicators = [[*row[:-1], Cell(row[-1].text, 2)] for row in (indicator_header(), *indicator_rows(project))]
    yield table([*plan_rows(project), *indicators])


# --- Henan ------------------------------------------------------------------------------------------------------------


def _henan(disclosure: Disclosure) -> Iterator[str]:
    year, entity = disclosure.year, disclosure.entity
    yield f"# {year}年度{entity}部门预算说明"
    yield "## **附件：部门预算表**"
    yield "\n".join(f"- {form.title}" for form in disclosure.statements())
    yield "# 第一部分 部门概况"
    yield "## 一、主要职责"
    yield from narrative.duties()
    yield "## 二、机构设置及预算单位构成"
    yield from (f"{number}.{name}" for number, (_, name) in enumerate(disclosure.form("units").rows[1:], 1))
    yield f"# 第二部分 {year}年度部门预算情况说明"
    for number, (title, section) in enumerate(zip(STATEMENTS, SECTIONS, strict=True)):
        yield f"## {'一二三四五六七八'[number]}、{title}"
        yield narrative.quoted_sentence(disclosure, section)
    yield "# 第三部分 名词解释"
    yield from (*narrative.terms(disclosure), narrative.DISCLAIMER)
    for form in disclosure.statements():
        if form.id == "performance_department":
            yield from _department_performance(form, disclosure)
        elif form.id == "performance_project":
            yield from _project_performance(form, disclosure)
        else:
            yield from _form(form, tabbed)


def _department_performance(form: Form, disclosure: Disclosure) -> Iterator[str]:
    yield f"# {form.title}"
    yield from form.captions
    tasks = narrative.tasks()
    rows = [
        [Cell("部门(单位)名称"), Cell(""), Cell(disclosure.entity, 3)],
        [Cell("年度履职目标"), Cell("按预算完成年度各项工作，保持服务不中断。", 4)],
        [Cell("年度主要任务", rows=len(tasks) + 1), Cell("任务名称", 2), Cell("主要内容", 2)],
        *([Cell(name, 2), Cell(content, 2)] for name, content in tasks),
    ]
    label = [Cell("预算情况", rows=len(form.amounts))]
    for item, amount in form.amounts:
        rows.append([*label, Cell(item, 2), Cell(amount, 2)])
        label = []
    rows.append([Cell(name) for name in ("一级指标", "二级指标", "三级指标", "指标值", "指标值说明")])
    above: tuple[str, ...] = ("", "")
    for level1, level2, level3, target in form.rows:
        shown = ("" if above == (level1, level2) else level2, level3, target, "")
        rows.append([Cell("" if above[0] == level1 else level1), *map(Cell, shown)])
        above = (level1, level2)
    yield tabbed(rows)


def _project_performance(form: Form, disclosure: Disclosure) -> Iterator[str]:
    yield f"## {form.title}"
    yield from form.captions
    rows: list[list[Cell]] = []
    for unit in form.rows:
        rows.append([*map(Cell, unit), *(Cell("") for _ in range(14 - len(unit)))])
        for project in disclosure.projects:
            if project.unit_code == unit[0]:
                rows += performance_rows(project)
    yield tabbed([*header_rows(form.header), *rows])
