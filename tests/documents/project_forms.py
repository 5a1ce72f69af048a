"""Forms of projects (项目支出表) in the layouts seen, their cells and merges kept, named by us; each a page of HTML."""

from __future__ import annotations

from collections.abc import Sequence

from tests.documents.hebei_html import html_table
from tests.documents.pdf import Cell

TITLE = "某市某局2026年部门预算"


def page(*parts: str) -> str:
    """A page that is a department's budget."""
    body = "\n".join(parts)
    return f"<html><head><meta charset=utf-8><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body}</body></html>"


def form(heading: Sequence[Sequence[Cell]], rows: str, title: str = "项目支出表", unit: str = "万元") -> str:
    """A form: ``rows`` one per line, cells parted by ``|`` and lines of a cell by ``/``; ``^`` goes on from above."""
    body = [line.replace("/", "\n").split("|") for line in rows.strip().split("\n")]
    cells: list[list[Cell]] = []
    for place, texts in enumerate(body):
        under = [len([*_run(body[place + 1 :], column)]) for column in range(len(texts))]
        cells.append([Cell(text, rows=1 + under[column]) for column, text in enumerate(texts) if text != "^"])
    return f"<p align=center>{title}</p><p>单位：{unit}</p>" + html_table([*heading, *cells])


def _run(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    """The cells below that go on with the one above them."""
    taken: list[str] = []
    for row in rows:
        if row[column] != "^":
            break
        taken.append(row[column])
    return taken


def plain(rows: str, title: str = "项目支出表", unit: str = "万元") -> str:
    """A form whose first row of ``rows`` is its heading."""
    first, rest = rows.strip().split("\n", 1)
    return form([[Cell(text) for text in first.split("|")]], rest, title, unit)


NATIONAL = [
    [
        Cell("类型", rows=2),
        Cell("项目名称", 2),
        Cell("项目单位", rows=2),
        Cell("合计", rows=2),
        Cell("本年财政拨款", 2),
        Cell("财政拨款结转", 2),
        Cell("财政专户管理资金", rows=2),
        Cell("单位资金", rows=2),
    ],
    [
        *map(Cell, ("一级项目", "二级项目")),
        *map(Cell, ("一般公共预算", "政府性基金预算") * 2),
    ],
]
"""The heading of the national form (长春, 北京 …), its kinds in the first column."""
