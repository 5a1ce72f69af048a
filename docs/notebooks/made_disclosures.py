"""Budgets of an invented department over five years, for a notebook that needs more years than the demonstration has.

Nobody published them: the department, the figures and the reasons are made up.

    python docs/notebooks/made_disclosures.py made
    gongkai --root made-data add made
    gongkai --root made-data parse
    GONGKAI_ROOT=made-data marimo edit docs/notebooks/department_over_years.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

DEPARTMENT = "示例市教育局"
YEARS: Sequence[tuple[int, int, int, int, int, str]] = (
    # year, basic and project spending in 万元, vehicles and receptions in 元, why “三公” changed
    (2021, 2100, 1450, 120_000, 30_000, ""),
    (2022, 2180, 1620, 110_000, 25_000, "压减公务接待"),
    (2023, 2230, 1380, 100_000, 20_000, "一辆公务用车报废后不再购置"),
    (2024, 2310, 1890, 100_000, 12_000, "严格控制接待标准"),
    (2025, 2405, 2010, 84_000, 8_000, "公务用车由市里统一调度"),
)


def budget(at: int) -> str:
    """The budget of one year as a web page."""
    year = YEARS[at][0]
    title = f"{DEPARTMENT}{year}年部门预算公开"
    body = "".join(_body(at))
    return f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>'


def _body(at: int) -> Iterator[str]:
    year, basic, project, vehicles, reception, _ = YEARS[at]
    total = basic + project
    yield f"<p>{DEPARTMENT}{year}年部门预算情况说明</p>"
    yield f"<p>“三公”经费支出情况</p><p>{_stated(at)}</p>"
    yield from _form(
        "部门收支总表",
        [
            ("收入", "", "支出", ""),
            ("项目", "预算数", "项目", "预算数"),
            ("一、一般公共预算拨款收入", f"{total}.00", "一、教育支出", f"{total}.00"),
            ("收入总计", f"{total}.00", "支出总计", f"{total}.00"),
        ],
    )
    yield from _form(
        "部门支出总表",
        [
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            ("205", "教育支出", f"{total}.00", f"{basic}.00", f"{project}.00"),
            ("20501", "教育管理事务", f"{total}.00", f"{basic}.00", f"{project}.00"),
            ("2050101", "行政运行", f"{basic}.00", f"{basic}.00", ""),
            ("2050102", "一般行政管理事务", f"{project}.00", "", f"{project}.00"),
            ("", "合计", f"{total}.00", f"{basic}.00", f"{project}.00"),
        ],
    )
    yield from _form(
        "一般公共预算“三公”经费支出表",
        [
            ("项目", "预算数"),
            ("合计", _wan(vehicles + reception)),
            ("1、因公出国（境）费用", ""),
            ("2、公务接待费", _wan(reception)),
            ("3、公务用车购置及运行维护费", _wan(vehicles)),
            ("其中：公务用车购置费", ""),
            ("公务用车运行维护费", _wan(vehicles)),
        ],
    )


def _stated(at: int) -> str:
    year, _, _, vehicles, reception, reason = YEARS[at]
    stated = f"{year}年“三公”经费预算{_wan(vehicles + reception)}万元"
    if not reason:
        return stated + "。"
    before = YEARS[at - 1][3] + YEARS[at - 1][4]
    fewer = before - vehicles - reception
    return f"{stated}，比上年减少{_wan(fewer)}万元，下降{fewer / before:.2%}，主要原因是{reason}。"


def _wan(yuan: int) -> str:
    return f"{yuan // 10_000}.{yuan % 10_000 // 100:02}"


def _form(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"<p>{title}</p><p>单位：万元</p>"
    yield '<table border="1">'
    yield from ("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    yield "</table>"


def write(folder: Path) -> None:
    """Write a page for each year."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, (year, *_) in enumerate(YEARS):
        (folder / f"{DEPARTMENT}{year}年部门预算.html").write_text(budget(at), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
