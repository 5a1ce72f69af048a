"""Seed 002 as HTML: the whole budget in the body of an article, its tables with rowspan and colspan.

The caption lines (entity, year, unit) are the first row of each table, as in files pasted from a word processor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from tests.documents import narrative
from tests.documents.disclosures import Disclosure, Form, Project
from tests.documents.hebei_pdf import body_row, header_rows, indicator_header, indicator_rows
from tests.documents.pdf import Cell

LINE = "\n"
_HEADINGS = (
    "一、部门职责及机构设置情况",
    "二、部门预算安排的总体情况",
    "三、机关运行经费安排情况",
    "四、财政拨款“三公”经费预算情况及增减变化原因",
    "五、预算绩效信息",
    "六、政府采购预算情况",
    "七、国有资产信息",
    "八、名词解释",
    "九、其他需要说明的事项",
)


def build(disclosure: Disclosure) -> str:
    """The article's body."""
    parts = [part for form in disclosure.statements() for part in _form(form)]
    return "\n".join([*parts, *_narrative(disclosure)])


def _paragraph(text: str, align: str = "justify") -> str:
    return f'<p style="text-align: {align};">{escape(text, quote=False)}</p>'


def _heading(text: str) -> str:
    return f'<p style="text-align: justify;"><strong>{escape(text, quote=False)}</strong></p>'


def _cell(cell: Cell) -> str:
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f'<td{spans} align="{cell.align}">{escape(cell.text, quote=False).replace(LINE, "<br>") or "&nbsp;"}</td>'


def html_table(rows: Sequence[Sequence[Cell]]) -> str:
    """A ruled table."""
    lines = ["<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows]
    return "\n".join(['<table border="1" cellspacing="0" cellpadding="2"><tbody>', *lines, "</tbody></table>"])


def _caption_row(captions: Sequence[str], width: int) -> list[Cell]:
    """The captions over the whole width: the last over one column, the others sharing the rest."""
    if len(captions) == 1:
        return [Cell(captions[0], width, align="left")]
    shared = (width - 1) // (len(captions) - 1)
    widths = [shared] * (len(captions) - 2)
    widths = [width - 1 - sum(widths), *widths, 1]
    aligns = ["left", *(["center"] * (len(captions) - 2)), "right"]
    return [Cell(text, w, align=align) for text, w, align in zip(captions, widths, aligns, strict=True)]


def _form(form: Form) -> Iterator[str]:
    yield f'<p style="text-align: center;"><strong>{escape(form.title, quote=False)}</strong></p>'
    rows = [_caption_row(form.captions, form.width)] if form.captions else []
    rows += header_rows(form.header)
    if form.numbering:
        rows.append(body_row(form.numbering, labels=False))
    yield html_table([*rows, *map(body_row, form.rows)])
    for note in form.notes:
        yield _paragraph(note)


def _narrative(disclosure: Disclosure) -> Iterator[str]:
    title = f"{disclosure.entity}{disclosure.year}年部门预算信息公开情况说明"
    yield f'<p style="text-align: center;"><strong>{title}</strong></p>'
    yield _paragraph(narrative.intro(disclosure))
    texts: dict[int, tuple[str, ...]] = {
        0: narrative.duties(),
        1: tuple(narrative.quoted_sentence(disclosure, s) for s in ("income", "expenditure", "change")),
        2: (narrative.quoted_sentence(disclosure, "operating"),),
        3: (narrative.quoted_sentence(disclosure, "three_public"),),
        4: narrative.overall_goals(),
        5: (narrative.quoted_sentence(disclosure, "procurement"),),
        6: (narrative.quoted_sentence(disclosure, "assets"),),
        7: narrative.terms(disclosure),
        8: (narrative.DISCLAIMER,),
    }
    tables = {0: "units", 5: "procurement", 6: "assets"}
    for number, heading in enumerate(_HEADINGS):
        yield _heading(heading)
        yield from map(_paragraph, texts[number])
        if number in tables:
            yield from _form(disclosure.form(tables[number]))
        if number == 4:
            yield _paragraph("预算项目绩效目标")
            for project in disclosure.projects:
                yield from _project(project)


def _project(project: Project) -> Iterator[str]:
    yield _heading(project.title or project.name)
    goal = [Cell("绩效目标"), Cell(narrative.goal(project), 5, align="left")]
    yield html_table([goal, indicator_header(), *indicator_rows(project)])
