"""Which statement form a table is when no title says so: by what its headings and its first rows cannot but mean.

Only forms whose headings no other form has: the sides of a balance, the 三公 items laid out across, the kinds of income
and the kinds of spending.  Everything else without a title stays unknown.
"""

from __future__ import annotations

import re

from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import compact
from gongkai.vocabulary.forms import Form, form

_OWN_INCOME = re.compile(r"(事业|经营|其他)收入|上级补助|附属单位")
_APPROPRIATION = re.compile(r"一般公共预算|政府性基金|国有资本经营|财政拨款")
_GRAND_TOTAL = re.compile(r"(收入|支出)?总计|(收入|支出)合计")
_OWN_HEADINGS = (
    ("three_public", ("出国", "用车", "接待"), 3),
    ("expenditure", ("基本支出", "项目支出", "上缴上级|上解上级", "经营支出", "附属单位"), 4),
    ("revenue", ("财政拨款|一般公共预算", "上级补助", "事业收入", "经营收入", "附属单位", "其他收入"), 4),
)
"""Forms, headings that only they have together, and how many of those are enough."""


def form_by_heading(table: Table) -> Form | None:
    """The form a table's headings name beyond doubt; None for all others, and for tables whose title says something."""
    if table.title is not None:
        return None
    headers = [compact(header) for header in table.headers]
    if _is_balance(headers):
        return _balance(table)
    for identifier, patterns, enough in _OWN_HEADINGS:
        if _count(headers, patterns) >= enough:
            return form(identifier)
    return None


def _balance(table: Table) -> Form | None:
    """收支总表 lists income of the unit's own; 财政拨款收支总表 has public funds alone."""
    rows = [compact(cell.text) for cell in table.cells if not cell.is_header]
    if not any(_GRAND_TOTAL.fullmatch(text) for text in rows):
        return None
    if any(_OWN_INCOME.search(text) for text in rows):
        return form("balance")
    return form("appropriation_balance") if any(_APPROPRIATION.search(text) for text in rows) else None


def _is_balance(headers: list[str]) -> bool:
    sides = [header.split("/")[0] for header in headers]
    return "收入" in sides and "支出" in sides and all(side in ("收入", "支出", "") for side in sides)


def _count(headers: list[str], patterns: tuple[str, ...]) -> int:
    return sum(any(re.search(pattern, header) for header in headers) for pattern in patterns)
