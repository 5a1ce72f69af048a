"""Which column of a statement form is what: codes, names, amounts, and the dimensions that headings fix."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, overload

from gongkai.parsing.tables.table import Row, Table, leaf, plain_text
from gongkai.parsing.text.amounts import compact, is_blank, read_number
from gongkai.parsing.text.coded_names import coded_name
from gongkai.vocabulary.dimensions import Basis, Direction, Fund, Period, Spending
from gongkai.vocabulary.forms import BASIC_FORMS, Form
from gongkai.vocabulary.headings import meaning
from gongkai.vocabulary.word_lists import any_of, words

_FILE = "columns.csv"
_ORDINAL = re.compile(rf"(.*/)?{any_of(_FILE, 'ordinal', 'line_number')}")
_CODE_HEADING = re.compile(rf"(.*/)?({any_of(_FILE, 'code_part')}|.*{any_of(_FILE, 'code')})")
_LOWER_PARTS = frozenset(words(_FILE, "lower_part"))
_TEXT_HEADING = re.compile(rf"(.*/)?.*{any_of(_FILE, 'text')}")
_PROJECT_HEADING = re.compile(any_of(_FILE, "project"))
_OWNER_HEADING = re.compile(any_of(_FILE, "owner"))
_AMOUNT_HEADING = re.compile(rf".*{any_of(_FILE, 'amount')}([(（].*[)）])?")
_YEAR = re.compile(any_of(_FILE, "year_of_column"))
_SETTLED = re.compile(any_of(_FILE, "settled"))
_BUDGET = re.compile(any_of(_FILE, "budget"))
_CODE_KINDS = tuple(
    (kind, re.compile(any_of(_FILE, kind))) for kind in ("government_economic", "economic", "function", "unit")
)
_REVENUE, _EXPENDITURE, _REVENUE_ROW = (
    re.compile(any_of("form_headings.csv", side)) for side in ("revenue_side", "expenditure_side", "revenue_row")
)


@dataclasses.dataclass(frozen=True, slots=True)
class CodeColumns:
    """The columns that together print one code; ``kind`` is function, economic, government_economic or unit."""

    kind: str
    columns: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class AmountColumn:
    """A column of amounts and the dimensions its heading fixes (None: the heading says nothing)."""

    column: int
    path: tuple[str, ...]
    fund: Fund | None
    spending: Spending | None
    period: Period | None


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """Columns that name a row, and the amount columns they name it for.  ``direction`` as in ``line_items``."""

    direction: Direction | None
    codes: tuple[CodeColumns, ...]
    labels: tuple[int, ...]
    amounts: tuple[AmountColumn, ...]
    owners: int | None = None
    """The column that names the unit each row belongs to, in lists of projects."""


def read_code(row: Row, group: CodeColumns, above: str) -> str:
    """The digits of a code, joined over its columns; columns may hold only their own part or the code so far.

    Where 类 | 款 | 项 print each part on its own row, a part alone goes on from the code ``above`` it.
    """
    code = ""
    for place, column in enumerate(group.columns):
        printed = plain_text(row, column)
        coded = coded_name(printed)
        part = coded.code if coded else printed
        if not re.fullmatch(r"\d+", part):
            continue
        if place and not code and len(part) == 2 and len(above) >= 1 + 2 * place:
            code = above[: 1 + 2 * place]
        code = part if code and part.startswith(code) else code + part
    return code


def blocks_of(table: Table, form: Form, body: Sequence[Row], year: int | None) -> tuple[Block, ...]:
    """The blocks of a table that have amounts, from left to right."""
    roles = [_role(table.headers[column], column, body) for column in range(table.width)]
    filled = {column for row in body for column in row if plain_text(row, column)}
    groups: list[list[int]] = []
    for column, role in enumerate(roles):
        names = role in ("code", "label") and (column in filled or not filled)
        opens = names and (not groups or any(roles[each] == "amount" for each in groups[-1]))
        if opens or not groups:
            groups.append([])
        groups[-1].append(column)
    blocks = (_block(table, form, body, roles, columns, year=year) for columns in groups)
    return tuple(block for block in blocks if block.amounts)


def _role(header: str, column: int, body: Sequence[Row]) -> str:
    """ordinal, code, label, amount or text, by the heading first and by what stands below it where that is silent."""
    texts = [text for row in body if column in row and not is_blank(text := row[column].text)]
    numbers = sum(read_number(text) is not None for text in texts)
    lowest = leaf(header)
    if _ORDINAL.fullmatch(header):
        return "ordinal"
    if _CODE_HEADING.fullmatch(header):
        return "code"
    if numbers * 2 > len(texts):
        return "amount"
    if texts:
        return "label" if _TEXT_HEADING.fullmatch(lowest) or not _AMOUNT_HEADING.fullmatch(lowest) else "text"
    if _TEXT_HEADING.fullmatch(lowest) or not lowest:
        return "label" if lowest else "text"
    return "amount"


def _block(
    table: Table,
    form: Form,
    body: Sequence[Row],
    roles: Sequence[str],
    columns: Sequence[int],
    *,
    year: int | None,
) -> Block:
    amounts = [column for column in columns if roles[column] == "amount"]
    wanted = _this_year(amounts, table.headers, year)
    direction = form.direction or _direction(table, columns, body)
    labels = [column for column in columns if roles[column] == "label"]
    owners = _owners(table, form, labels)
    return Block(
        direction=direction,
        codes=_code_groups(table, form, columns, roles, body),
        labels=tuple(column for column in labels if column != owners),
        amounts=_amount_columns(wanted, table.headers, form, direction),
        owners=owners,
    )


def _owners(table: Table, form: Form, labels: Sequence[int]) -> int | None:
    """The column of units in a list of projects (单位名称 | 项目名称 | 金额)."""
    if form.id != "project_expenditure":
        return None
    headings = {column: compact(leaf(table.headers[column])) for column in labels}
    if not any(map(_PROJECT_HEADING.fullmatch, headings.values())):
        return None
    return next((column for column, heading in headings.items() if _OWNER_HEADING.fullmatch(heading)), None)


def _this_year(amounts: Sequence[int], headers: Sequence[str], year: int | None) -> list[int]:
    """Amount columns of the year itself: last year's figures, changes and percentages are left to ``cells``."""
    kept: list[int] = []
    for column in amounts:
        other = [stated for stated in _YEAR.findall(headers[column]) if year and int(stated) != year]
        if meaning(headers[column], "skip") is None and not other:
            kept.append(column)
    if any(_SETTLED.search(leaf(headers[column])) for column in kept):
        return [column for column in kept if not _BUDGET.fullmatch(leaf(headers[column]))]
    return kept


def _direction(table: Table, columns: Sequence[int], body: Sequence[Row]) -> Direction | None:
    """Which side of a balance a block is: by its headings, else by what its rows are called."""
    headers = [table.headers[column].split("/")[0] for column in columns]
    said = "".join(headers)
    of_revenue, of_expenditure = bool(_REVENUE.search(said)), bool(_EXPENDITURE.search(said))
    if of_revenue != of_expenditure:
        return "revenue" if of_revenue else "expenditure"
    texts = [plain_text(row, column) for row in body for column in columns]
    revenue = sum(_REVENUE_ROW.search(text) is not None for text in texts)
    spending = sum(_EXPENDITURE.search(text) is not None for text in texts)
    if revenue == spending:
        return None
    return "revenue" if revenue > spending else "expenditure"


def _amount_columns(
    columns: Sequence[int], headers: Sequence[str], form: Form, direction: Direction | None
) -> tuple[AmountColumn, ...]:
    """The amount columns of a block; where any heading speaks of a kind of spending, the others are its total."""
    paths = {column: tuple(headers[column].split("/")) if headers[column] else () for column in columns}
    spendings = {column: _deepest(path, "spending") for column, path in paths.items()}
    axis = any(spendings.values()) or _has_spending_axis(form)
    return tuple(
        AmountColumn(
            column,
            path,
            fund=_fund_of(path, form),
            spending=(spendings[column] or form.spending or ("total" if axis else None))
            if direction == "expenditure"
            else None,
            period=_deepest(path, "period") or "total",
        )
        for column, path in paths.items()
    )


def _fund_of(path: Sequence[str], form: Form) -> Fund | None:
    """A form of one fund carries it throughout; elsewhere the heading decides, and no word means all funds."""
    if form.fund not in (None, "total", "fiscal_appropriation"):
        return form.fund
    two_sided_or_revenue = form.direction is None or form.direction == "revenue"
    return _deepest(path, "fund") or form.fund or ("total" if two_sided_or_revenue else None)


@functools.lru_cache(maxsize=8_192)
def basis_of(measure: str) -> Basis | None:
    """The kind of figure that a header path, its levels joined by ``/``, says its column states."""
    return _deepest(measure.split("/"), "basis")


def _has_spending_axis(form: Form) -> bool:
    return form.id in ("expenditure", "general_public", "government_fund", "state_capital", "appropriation_expenditure")


@overload
def _deepest(path: Sequence[str], dimension: Literal["fund"]) -> Fund | None: ...
@overload
def _deepest(path: Sequence[str], dimension: Literal["period"]) -> Period | None: ...
@overload
def _deepest(path: Sequence[str], dimension: Literal["spending"]) -> Spending | None: ...
@overload
def _deepest(path: Sequence[str], dimension: Literal["basis"]) -> Basis | None: ...
def _deepest(path: Sequence[str], dimension: Literal["fund", "period", "spending", "basis"]) -> str | None:
    """The value that the lowest heading of a path fixes; 小计 and the like leave what stands above them."""
    found = (meaning(level, dimension) for level in reversed(path))
    return next((value for value in found if value is not None), None)


def _code_groups(
    table: Table, form: Form, columns: Sequence[int], roles: Sequence[str], body: Sequence[Row]
) -> tuple[CodeColumns, ...]:
    groups: list[list[int]] = []
    for column in (each for each in columns if roles[each] == "code" or _holds_codes(each, roles, body)):
        parent, _, part = table.headers[column].rpartition("/")
        joins = groups and groups[-1][-1] == column - 1 and part in _LOWER_PARTS
        if joins and table.headers[column - 1].rpartition("/")[0] == parent:
            groups[-1].append(column)
        else:
            groups.append([column])
    kinds = ((_code_kind(table, form, group, body), group) for group in groups)
    return tuple(CodeColumns(kind, tuple(group)) for kind, group in kinds if kind is not None)


def _holds_codes(column: int, roles: Sequence[str], body: Sequence[Row]) -> bool:
    """True for a column of names that mostly begin with their code."""
    if roles[column] != "label":
        return False
    texts = [text for row in body if (text := plain_text(row, column))]
    return sum(coded_name(text) is not None for text in texts) * 2 > len(texts)


def _code_kind(table: Table, form: Form, group: Sequence[int], body: Sequence[Row]) -> str | None:
    header = table.headers[group[0]]
    named = next((kind for kind, pattern in _CODE_KINDS if pattern.search(header)), None)
    return named or _kind_by_content(form, group, body)


def _kind_by_content(form: Form, group: Sequence[int], body: Sequence[Row]) -> str | None:
    """Functional codes begin with 2, department economic codes with 3, government economic codes with 5."""
    codes: list[str] = []
    for row in body:
        if code := read_code(row, CodeColumns("", tuple(group)), codes[-1] if codes else ""):
            codes.append(code)
    if not codes:
        return "economic" if form.id in (*BASIC_FORMS, "economic_summary") else "function"
    first, count = Counter(code[0] for code in codes).most_common(1)[0]
    if count * 2 <= len(codes):
        return None
    return {"2": "function", "3": "economic", "5": "government_economic"}.get(first)
