"""The columns of a statement form: codes, names, amounts, and the dimensions that their headings fix."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, overload

from gongkai.parsing.tables.table import Row, Table, leaf, plain_text
from gongkai.parsing.text.amounts import compact, is_blank, read_number
from gongkai.parsing.text.coded_names import coded_name
from gongkai.parsing.text.totals import SUM, ends_in_sum
from gongkai.vocabulary import classification
from gongkai.vocabulary.dimensions import Basis, Direction, Fund, Meaning, Period, Spending, StatedBasis
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
_THIS_YEAR = any_of("totals.csv", "this_year") + any_of("totals.csv", "appropriation") + "?"
_THIS_YEAR_REVENUE, _THIS_YEAR_SPENDING = (
    re.compile(f"{_THIS_YEAR}{any_of('sides.csv', side)}(?:{SUM})?") for side in ("revenue", "expenditure")
)
_DIGIT = re.compile(r"\d")
_RATE = re.compile(r"-?[\d,.]+%")
MIN_CODES = 3
"""Codes that make a column without a heading one of codes."""
_CODE_KINDS = tuple(
    (kind, re.compile(any_of(_FILE, kind))) for kind in ("government_economic", "economic", "function", "unit")
)
_REVENUE, _EXPENDITURE, _REVENUE_ROW = (
    re.compile(any_of("sides.csv", *sides)) for sides in (("revenue",), ("expenditure",), ("revenue", "received"))
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
    basis: Basis | None = None
    direction: Direction | None = None
    """Its own, where one block prints revenue beside expenditure: 年初结转 | 本年收入 | 本年支出 | 年末结转."""
    meaning: Meaning = "stated"


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """Columns that name a row, and the amount columns they name it for.  ``direction`` as in ``line_items``."""

    direction: Direction | None
    codes: tuple[CodeColumns, ...]
    labels: tuple[int, ...]
    amounts: tuple[AmountColumn, ...]
    owners: int | None = None
    """The column that names the unit each row belongs to, in lists of projects."""
    names_units: bool = False
    """True where each row is a unit's."""


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


def blocks_of(table: Table, form: Form, body: Sequence[Row], year: int | None, own: Basis | None) -> tuple[Block, ...]:
    """The blocks of a table that have amounts, from left to right; ``own`` and ``year`` as for ``stated_basis``."""
    roles = [_role(table.headers[column], column, body) for column in range(table.width)]
    filled = {column for row in body for column in row if plain_text(row, column)}
    groups: list[list[int]] = []
    for column, role in enumerate(roles):
        names = role in ("code", "label") and (column in filled or not filled)
        opens = names and (not groups or any(roles[each] == "amount" for each in groups[-1]))
        if opens or not groups:
            groups.append([])
        groups[-1].append(column)
    blocks = (_block(table, form, body, roles, columns, year=year, own=own) for columns in groups)
    return tuple(block for block in blocks if block.amounts)


def with_joined_headings(table: Table, body: Sequence[Row]) -> Table:
    """The table with each heading that stands over an empty column given to the headless amounts beside it.

    A column is joined where one of its neighbours is such a heading's and no other column can be; what is left without
    a heading stays so.
    """
    headers = list(table.headers)
    filled = {column for row in body for column in row if plain_text(row, column)}
    headless = [column for column in filled if column < len(headers) and not headers[column]]
    spare = {column for column, header in enumerate(headers) if header and column not in filled}
    joined = True
    while joined:
        joined = False
        for column in headless:
            beside = [each for each in (column - 1, column + 1) if each in spare]
            if not headers[column] and len(beside) == 1:
                headers[column], headers[beside[0]] = headers[beside[0]], ""
                spare.discard(beside[0])
                joined = True
    return dataclasses.replace(table, headers=headers) if headers != table.headers else table


def _role(header: str, column: int, body: Sequence[Row]) -> str:
    """ordinal, code, label, amount or text, by the heading first and by what stands below it where that is silent."""
    texts = [text for row in body if column in row and not is_blank(text := row[column].text)]
    numbers = sum(read_number(text) is not None for text in texts)
    lowest = leaf(header)
    if _ORDINAL.fullmatch(header):
        return "ordinal"
    if _CODE_HEADING.fullmatch(header):
        return "code"
    if not header and _are_codes(texts):
        return "code"
    if numbers * 2 > len(texts) or (_names_amounts(lowest) and _could_be_amounts(texts, numbers)):
        return "amount"
    if texts and all(map(_RATE.fullmatch, map(compact, texts))):
        return "text"
    return _role_of_words(lowest) if texts else _role_of_nothing(lowest)


def _role_of_words(heading: str) -> str:
    return "label" if _TEXT_HEADING.fullmatch(heading) or not _AMOUNT_HEADING.fullmatch(heading) else "text"


def _role_of_nothing(heading: str) -> str:
    if not heading:
        return "text"
    return "label" if _TEXT_HEADING.fullmatch(heading) else "amount"


def _names_amounts(heading: str) -> bool:
    return bool(_AMOUNT_HEADING.fullmatch(heading)) and not _TEXT_HEADING.fullmatch(heading)


def _could_be_amounts(texts: Sequence[str], numbers: int) -> bool:
    """True where some texts are numbers, or all hold digits: the others are numbers that cannot be read."""
    return bool(texts) and (numbers * 5 >= len(texts) or all(_DIGIT.search(text) for text in texts))


def _are_codes(texts: Sequence[str]) -> bool:
    """True for a column without a heading whose texts are codes of one classification, which look like money.

    A column of small amounts can hold a code by chance, never mostly codes of one kind.
    """
    digits = [text for text in map(compact, texts) if text.isdecimal()]
    if len(digits) < MIN_CODES or len(digits) * 2 <= len(texts):
        return False
    kinds = Counter(
        kind for text in digits if (kind := classification.kind_of(text)) and classification.names(kind, text)
    )
    return bool(kinds) and kinds.most_common(1)[0][1] * 5 >= len(digits) * 4


def _block(
    table: Table,
    form: Form,
    body: Sequence[Row],
    roles: Sequence[str],
    columns: Sequence[int],
    *,
    year: int | None,
    own: Basis | None,
) -> Block:
    amounts = [column for column in columns if roles[column] == "amount"]
    wanted = [column for column in amounts if holds_amounts(table.headers[column], year)]
    direction = form.direction or _direction(table, columns, body)
    labels = [column for column in columns if roles[column] == "label"]
    owners = _owners(table, form, labels)
    return Block(
        direction=direction,
        codes=_code_groups(table, form, columns, roles, body),
        labels=tuple(column for column in labels if column != owners),
        amounts=_amount_columns(wanted, table, form, direction, year=year, own=own),
        owners=owners,
        names_units=owners is None and bool(labels) and all(_names_unit(table.headers[each]) for each in labels),
    )


def _names_unit(header: str) -> bool:
    return _OWNER_HEADING.fullmatch(compact(leaf(header))) is not None


def _owners(table: Table, form: Form, labels: Sequence[int]) -> int | None:
    """The column of units in a list of projects (单位名称 | 项目名称 | 金额)."""
    if form.id != "project_expenditure":
        return None
    headings = {column: compact(leaf(table.headers[column])) for column in labels}
    if not any(map(_PROJECT_HEADING.fullmatch, headings.values())):
        return None
    return next((column for column, heading in headings.items() if _OWNER_HEADING.fullmatch(heading)), None)


def stated_basis(path: Sequence[str], own: Basis | None, year: int | None) -> Basis | None:
    """The kind of figure that a header path says its column states; ``own`` where it says nothing.

    ``own`` is the figure the document was published for, ``year`` its fiscal year.  2025年预算数 in a budget of 2026 is
    last year's budget, 执行数 in a budget last year's outcome.
    """
    said = _deepest(path, "basis")
    years = [int(found) for level in path for found in _YEAR.findall(level)]
    if said == "change":
        return said
    if said == "prior" or (year is not None and years and years[-1] == year - 1):
        return _of_year_before(said, own)
    if said == "outcome" and own == "budget":
        return "prior_outcome"
    return own if said is None else said


def _of_year_before(said: StatedBasis | None, own: Basis | None) -> Basis | None:
    if said in ("outcome", "prior_outcome"):
        return "prior_outcome"
    if said in ("budget", "adjusted_budget", "prior_budget"):
        return "prior_budget"
    return {"budget": "prior_budget", "outcome": "prior_outcome"}.get(own or "")  # type: ignore[return-value]


def holds_amounts(header: str, year: int | None) -> bool:
    """True unless the heading names a rate, what stands beside the form's amounts, or a year further away."""
    years = [int(found) for found in _YEAR.findall(header)]
    distant = year is not None and any(each not in (year, year - 1) for each in years)
    return meaning(header, "skip") is None and not distant


def _direction(table: Table, columns: Sequence[int], body: Sequence[Row]) -> Direction | None:
    """The side of a balance that a block is, by its headings, else by what its rows are called."""
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
    columns: Sequence[int],
    table: Table,
    form: Form,
    direction: Direction | None,
    *,
    year: int | None,
    own: Basis | None,
) -> tuple[AmountColumn, ...]:
    """The amount columns of a block; where any heading speaks of a kind of spending, the others are its total."""
    headers = table.headers
    paths = {column: tuple(headers[column].split("/")) if headers[column] else () for column in columns}
    titled = _fund_of_title(table, form)
    named = {fund for path in paths.values() if (fund := _deepest(path, "fund"))}
    of_form = titled if named <= {titled} else form.fund
    of_title = meaning(compact(table.title or ""), "period")
    spendings = {column: _deepest(path, "spending") for column, path in paths.items()}
    axis = any(spendings.values()) or _has_spending_axis(form)
    rolls = _rolls_forward(paths.values(), direction)
    of_sum = _period_of_sum(paths.values())
    return tuple(
        AmountColumn(
            column,
            path,
            basis=stated_basis(path, own, year),
            direction=_side(path) if rolls else None,
            fund=_fund_of(path, form, of_form),
            spending=(spendings[column] or form.spending or ("total" if axis and path else None))
            if direction == "expenditure" and not (rolls and _is_no_spending(path))
            else None,
            period=_deepest(path, "period") or of_title or of_sum or ("total" if path else None),
            meaning="stated" if path else "doubtful",
        )
        for column, path in paths.items()
    )


def _rolls_forward(paths: Iterable[Sequence[str]], direction: Direction | None) -> bool:
    """True for a block of 年初结转 | 本年收入 | 本年支出 | 年末结转, as forms of one fund in final accounts have it."""
    of_revenue = any(_THIS_YEAR_REVENUE.fullmatch(level) for path in paths for level in path)
    of_spending = any(_THIS_YEAR_SPENDING.fullmatch(level) for path in paths for level in path)
    return direction == "expenditure" and of_revenue and of_spending


def _period_of_sum(paths: Iterable[Sequence[str]]) -> Period | None:
    """``current`` where a column is 本年收入合计 or 本年支出合计: the columns beside it are its parts."""
    sums = (level for path in paths for level in path if ends_in_sum(level))
    return (
        "current"
        if any(_THIS_YEAR_REVENUE.fullmatch(name) or _THIS_YEAR_SPENDING.fullmatch(name) for name in sums)
        else None
    )


def _side(path: Sequence[str]) -> Direction:
    """What was there at the beginning or came in is revenue; the rest was spent or is left over."""
    opening = _deepest(path, "period") in ("opening", "carried_over")
    return "revenue" if opening or any(map(_THIS_YEAR_REVENUE.fullmatch, path)) else "expenditure"


def _is_no_spending(path: Sequence[str]) -> bool:
    return _side(path) == "revenue" or _deepest(path, "period") == "closing"


def _fund_of_title(table: Table, form: Form) -> Fund | None:
    """The fund of a form whose columns name none, or the narrower one its title names: 一般公共预算“三公”经费表."""
    if form.direction == "expenditure" and form.fund in (None, "total"):
        return meaning(compact(table.title or ""), "fund") or form.fund
    return form.fund


def _fund_of(path: Sequence[str], form: Form, of_form: Fund | None) -> Fund | None:
    """A form of one fund carries it throughout; elsewhere the heading decides, and no word means all funds."""
    if form.fund not in (None, "total", "fiscal_appropriation"):
        return form.fund
    two_sided_or_revenue = form.direction is None or form.direction == "revenue"
    return _deepest(path, "fund") or of_form or ("total" if two_sided_or_revenue and path else None)


def _has_spending_axis(form: Form) -> bool:
    return form.id in ("expenditure", "general_public", "government_fund", "state_capital", "appropriation_expenditure")


@overload
def _deepest(path: Sequence[str], dimension: Literal["fund"]) -> Fund | None: ...
@overload
def _deepest(path: Sequence[str], dimension: Literal["period"]) -> Period | None: ...
@overload
def _deepest(path: Sequence[str], dimension: Literal["spending"]) -> Spending | None: ...
@overload
def _deepest(path: Sequence[str], dimension: Literal["basis"]) -> StatedBasis | None: ...
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
