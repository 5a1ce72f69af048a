"""From a logical table to line items: which column is what, which row is what, and the amounts between them.

A statement form is one or more *blocks* side by side (收入 | 支出): columns that name the row (codes, labels), then
columns of amounts.  Column headings give the dimensions of an amount; in the two-sided balances the row's own name
gives them.  The vocabulary of headings is data (``vocabulary/headings.csv``).
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.parsing.tables.assembly import Table, TableCell
from gongkai.parsing.text.amounts import Printed, compact, in_yuan, is_blank, read_number, unspaced
from gongkai.vocabulary.forms import BASIC_FORMS, Form
from gongkai.vocabulary.headings import meaning

_ORDINAL = re.compile(r"(.*/)?(序号|行次|栏次|档次)")
_CODE_HEADING = re.compile(r"(.*/)?(类|款|项|.*(编码|代码|编号|科目号))")
_TEXT_HEADING = re.compile(
    r"(.*/)?.*(名称|项目|科目|用途|类型|类别|性质|说明|备注|内容|依据|来源|单位|部门|功能分类|经济分类|按.*分类|目录)"
)
_PROJECT_HEADING = re.compile(r"(.*级)?项目(名称)?")
_OWNER_HEADING = re.compile(r"(预算|主管|实施|承担|执行|.*级预算)?(单位|部门)(名称)?")
_AMOUNT_HEADING = re.compile(
    r".*(金额|预算数|决算数|合计|小计|总计|收入|支出|经费|资金|拨款|预算|结转|结余|补助|费|数|万元|元)([(（].*[)）])?"
)
_TOTAL = re.compile(r"(本年|当年|本期)?(财政拨款)?(收入|支出|收支|.{0,12}经费)?[(（]?[合总小共]计(数|额)?[)）]?")
_COLUMN_NUMBERS = re.compile(r"[栏行档]次|\*+")
_YEAR = re.compile(r"(\d{4})年(度)?(预算|决算|执行)?数?")
_CHANGE = re.compile(r".*(增减|增长|变化|差额).*")
_CODED_LABEL = re.compile(r"[\[【(（]?(\d{3,9})[\]】)）]?[-—–_ ]?((?!年)[\u4e00-\u9fff“(（].*)")
"""A code and its name in one cell: ``2010301-行政运行``."""
LEVELS = {3: "category", 5: "group", 7: "item"}
_PRIOR_COLUMN = re.compile(r"(\d{4})年")
_BUDGET_COLUMN = re.compile(r"(年初|全年|调整|调整后)?预算数?")


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
    fund: str | None
    spending: str | None
    period: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """Columns that name a row, and the amount columns they name it for.  ``direction`` as in ``line_items``."""

    direction: str | None
    codes: tuple[CodeColumns, ...]
    labels: tuple[int, ...]
    amounts: tuple[AmountColumn, ...]
    owners: int | None = None
    """The column that names the unit each row belongs to, in lists of projects."""


@dataclasses.dataclass(slots=True)
class LineItem:
    """One amount position, interpreted; fields as the columns of ``line_items``."""

    cell: TableCell
    """The cell the amount is taken from, and where it is printed."""
    table_index: int
    column: int
    """The column it is read in: the cell's own unless the row was found to have slid."""
    row: int
    block: int
    label: str
    """The row's name as printed, white space removed."""
    name: str
    """The same made comparable (NFKC)."""
    direction: str | None
    codes: dict[str, str]
    unit_code: str | None
    unit_name: str | None
    fund: str | None
    spending: str | None
    period: str | None
    measure: str
    amount: Decimal | None
    decimals: int | None
    is_total: bool
    is_group_total: bool = False
    """The 小计 of rows whose common name stands before them in a merged cell."""
    implied_code: str | None = None
    """The code its name stands for, where the form prints names alone; of ``implied_kind``."""
    implied_kind: str = "function"
    """``function`` or ``economic``."""
    status: str = "unchecked"
    doubted: bool = False
    """Its reading was chosen among several, or could not be."""

    @property
    def function_code(self) -> str | None:
        return self.codes.get("function")

    @property
    def line_code(self) -> str | None:
        """The functional code it stands for, printed or implied by its name."""
        return self.function_code or (self.implied_code if self.implied_kind == "function" else None)

    @property
    def economic_code(self) -> str | None:
        """The department's economic code it stands for, printed or implied by its name."""
        return self.codes.get("economic") or (self.implied_code if self.implied_kind == "economic" else None)

    @property
    def function_level(self) -> str | None:
        return LEVELS.get(len(self.function_code or ""))


@dataclasses.dataclass(slots=True)
class Statement:
    """A table recognised as a statement form, with its amounts."""

    table: Table
    form: Form
    unit: str
    blocks: tuple[Block, ...]
    items: list[LineItem]
    refused: list[tuple[TableCell, str]] = dataclasses.field(default_factory=list)
    """Cells in amount columns that hold no readable amount, each with the reason."""

    def rows(self, block: int) -> dict[int, dict[int, LineItem]]:
        """The items of a block by row and column, row order kept."""
        rows: dict[int, dict[int, LineItem]] = {}
        for item in self.items:
            if item.block == block:
                rows.setdefault(item.row, {})[item.column] = item
        return rows

    @property
    def decimals(self) -> int:
        """The most decimals any amount of the form shows: publishers trim trailing zeros, so the finest counts."""
        return max((item.decimals for item in self.items if item.decimals is not None), default=0)


def interpret(table: Table, form: Form, unit: str, year: int | None) -> Statement:
    """Read a recognised table.  ``unit`` is its unit of account, ``year`` the document's fiscal year if known."""
    body = table.body()
    blocks = _blocks(table, form, body, year)
    statement = Statement(table, form, unit, blocks, [])
    owner: tuple[str | None, str] | None = None
    years = _year_column(blocks, body)
    above: list[dict[str, str]] = [{} for _ in blocks]
    for row in body:
        if years is not None and _is_of_another_year(_text(row, years), year):
            continue
        for number, block in enumerate(blocks):
            named = _name_row(row, block, years, above[number])
            if named is None or _COLUMN_NUMBERS.fullmatch(named.name):
                continue
            if "unit" in named.codes and not named.codes.keys() - {"unit"}:
                owner = (named.codes["unit"], named.label)
            elif block.owners is not None and _text(row, block.owners):
                owner = (None, unspaced(row[block.owners].text))
            statement.items.extend(_items(statement, number, row, named, owner))
    return statement


@dataclasses.dataclass(frozen=True, slots=True)
class _RowName:
    label: str
    codes: dict[str, str]
    is_group_total: bool = False

    @property
    def name(self) -> str:
        return compact(self.label)


def _items(
    statement: Statement, number: int, row: dict[int, TableCell], named: _RowName, owner: tuple[str | None, str] | None
) -> Iterator[LineItem]:
    block = statement.blocks[number]
    two_sided = statement.form.direction is None
    row_name = named.name
    of_total = is_total(row_name)
    for amount in block.amounts:
        cell = row.get(amount.column)
        if cell is None:
            continue
        printed = read_number(cell.text)
        if printed is None and not is_blank(cell.text):
            statement.refused.append((cell, f"{cell.text!r} in an amount column is not an amount"))
        label = named.label or _column_name(amount)
        yield LineItem(
            cell=cell,
            table_index=statement.table.index,
            column=amount.column,
            row=cell.row,
            block=number,
            label=label,
            name=compact(label),
            direction=block.direction,
            codes=named.codes,
            unit_code=owner[0] if owner else None,
            unit_name=owner[1] if owner else None,
            fund=_fund(amount, row_name, block, two_sided=two_sided),
            spending=_spending(amount, row_name, two_sided=two_sided),
            period=_period(amount, row_name, two_sided=two_sided),
            measure="/".join(amount.path),
            amount=_yuan(printed, statement, cell),
            decimals=printed.decimals if printed else None,
            is_total=of_total,
            is_group_total=named.is_group_total,
        )


def _column_name(amount: AmountColumn) -> str:
    """The item a column stands for where rows have no names (三公 laid out across): its lowest heading but 小计."""
    named = [level for level in amount.path if not re.fullmatch(r"[合小总]计|.*[预决]算数?|金额", level)]
    return named[-1] if named else (amount.path or ("",))[-1]


@functools.lru_cache(maxsize=8_192)
def is_total(label: str) -> bool:
    """True for the row that sums its table (合计, 总计, 支出合计, 收入总计)."""
    return _TOTAL.fullmatch(label) is not None


def _yuan(printed: Printed | None, statement: Statement, cell: TableCell) -> Decimal | None:
    if printed is None:
        return None
    amount = in_yuan(printed, statement.unit)
    if amount is None:
        statement.refused.append((cell, f"{cell.text!r} {statement.unit} is finer than a fen or too large"))
    return amount


def _fund(amount: AmountColumn, name: str, block: Block, *, two_sided: bool) -> str | None:
    if amount.fund not in (None, "total"):
        return amount.fund
    if two_sided and block.direction == "revenue":
        return meaning(name, "fund") or "total"
    return amount.fund


def _spending(amount: AmountColumn, name: str, *, two_sided: bool) -> str | None:
    named = meaning(name, "spending")
    if amount.spending == "basic" and is_total(name) and named in ("personnel", "public"):
        return named  # 人员经费合计 beside 公用经费合计, under headings that name neither
    return amount.spending or (named if two_sided else None)


def _period(amount: AmountColumn, name: str, *, two_sided: bool) -> str | None:
    if two_sided and amount.period in (None, "total"):
        return meaning(name, "period") or "total"
    return amount.period


def _year_column(blocks: Sequence[Block], body: Sequence[dict[int, TableCell]]) -> int | None:
    """The label column that says which year a row is of, where the form prints last year's row and the change too."""
    for block in blocks:
        for column in block.labels:
            texts = [text for row in body if (text := _text(row, column))]
            years = sum(_YEAR.fullmatch(text) is not None for text in texts)
            if years and all(_YEAR.fullmatch(text) or _CHANGE.fullmatch(text) for text in texts):
                return column
    return None


def _is_of_another_year(text: str, year: int | None) -> bool:
    found = _YEAR.fullmatch(text)
    return bool(_CHANGE.fullmatch(text)) or (found is not None and year is not None and int(found.group(1)) != year)


def _name_row(row: dict[int, TableCell], block: Block, years: int | None, above: dict[str, str]) -> _RowName | None:
    """What the row is called in this block; None when the block has nothing in it (one side of a balance is short).

    ``above`` holds the last code of each kind, and is kept up to date: a row may print the last part of its code alone.
    """
    texts = [_name_in(unspaced(row[c].text)) for c in block.labels if c != years and _text(row, c)]
    if not texts and block.labels:  # 支出合计 across the block before this one and the names of this one
        over = (cell for cell in row.values() if cell.column < block.labels[0] < cell.column + cell.column_span)
        texts = [text for cell in over if (text := _name_in(unspaced(cell.text)))]
    if not texts:  # 合计 across the columns of code and name
        columns = [column for group in block.codes for column in group.columns]
        texts = [unspaced(row[c].text) for c in columns if (text := _text(row, c)) and not re.search(r"\d", text)]
    label = texts[0] if texts else ""
    codes: dict[str, str] = {}
    for group in block.codes:
        code = _code(row, group, above.get(group.kind, ""))
        if code:
            codes[group.kind] = above[group.kind] = code
    amounts = any(not is_blank(_text(row, amount.column)) for amount in block.amounts)
    if not label and not codes and not (amounts or not block.labels):
        return None
    return _RowName(label, codes, is_group_total=len(texts) > 1 and is_total(compact(texts[-1])))


@functools.lru_cache(maxsize=8_192)
def _name_in(text: str) -> str:
    """A row's name without the code printed before it in the same cell."""
    coded = _CODED_LABEL.fullmatch(text)
    return coded.group(2) if coded else text


def _text(row: dict[int, TableCell], column: int) -> str:
    return compact(row[column].text) if column in row else ""


def _code(row: dict[int, TableCell], group: CodeColumns, above: str) -> str:
    """The digits of a code, joined over its columns; columns may hold only their own part or the code so far.

    Where 类 | 款 | 项 print each part on its own row, a part alone goes on from the code ``above`` it.
    """
    code = ""
    for place, column in enumerate(group.columns):
        coded = _CODED_LABEL.fullmatch(_text(row, column))
        part = coded.group(1) if coded else _text(row, column)
        if not re.fullmatch(r"\d+", part):
            continue
        if place and not code and len(part) == 2 and len(above) >= 1 + 2 * place:
            code = above[: 1 + 2 * place]
        code = part if code and part.startswith(code) else code + part
    return code


def _blocks(table: Table, form: Form, body: Sequence[dict[int, TableCell]], year: int | None) -> tuple[Block, ...]:
    roles = [_role(table.headers[column], column, body) for column in range(table.width)]
    filled = {column for row in body for column in row if _text(row, column)}
    groups: list[list[int]] = []
    for column, role in enumerate(roles):
        names = role in ("code", "label") and (column in filled or not filled)
        opens = names and (not groups or any(roles[each] == "amount" for each in groups[-1]))
        if opens or not groups:
            groups.append([])
        groups[-1].append(column)
    blocks = (_block(table, form, body, roles, columns, year=year) for columns in groups)
    return tuple(block for block in blocks if block.amounts)


def _role(header: str, column: int, body: Sequence[dict[int, TableCell]]) -> str:
    """ordinal, code, label, amount or text, by the heading first and by what stands below it where that is silent."""
    texts = [text for row in body if column in row and not is_blank(text := row[column].text)]
    numbers = sum(read_number(text) is not None for text in texts)
    leaf = header.rsplit("/", 1)[-1]
    if _ORDINAL.fullmatch(header):
        return "ordinal"
    if _CODE_HEADING.fullmatch(header):
        return "code"
    if numbers * 2 > len(texts):
        return "amount"
    if texts:
        return "label" if _TEXT_HEADING.fullmatch(leaf) or not _AMOUNT_HEADING.fullmatch(leaf) else "text"
    if _TEXT_HEADING.fullmatch(leaf) or not leaf:
        return "label" if leaf else "text"
    return "amount"


def _block(
    table: Table,
    form: Form,
    body: Sequence[dict[int, TableCell]],
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
    leaves = {column: compact(table.headers[column].rsplit("/", 1)[-1]) for column in labels}
    if not any(_PROJECT_HEADING.fullmatch(leaf) for leaf in leaves.values()):
        return None
    return next((column for column, leaf in leaves.items() if _OWNER_HEADING.fullmatch(leaf)), None)


def _this_year(amounts: Sequence[int], headers: Sequence[str], year: int | None) -> list[int]:
    """Amount columns of the year itself: last year's figures, changes and percentages are left to ``cells``."""
    kept: list[int] = []
    for column in amounts:
        other = [int(found) for found in _PRIOR_COLUMN.findall(headers[column]) if year and int(found) != year]
        if meaning(headers[column], "skip") is None and not other:
            kept.append(column)
    settled = [column for column in kept if "决算" in headers[column].rsplit("/", 1)[-1]]
    if settled:
        kept = [column for column in kept if not _BUDGET_COLUMN.fullmatch(headers[column].rsplit("/", 1)[-1])]
    return kept


def _direction(table: Table, columns: Sequence[int], body: Sequence[dict[int, TableCell]]) -> str | None:
    """Which side of a balance a block is: by its headings, else by what its rows are called."""
    headers = [table.headers[column].split("/")[0] for column in columns]
    said = "".join(headers)
    if ("收入" in said) != ("支出" in said):
        return "revenue" if "收入" in said else "expenditure"
    texts = [_text(row, column) for row in body for column in columns]
    revenue = sum("收入" in text or "拨款" in text for text in texts)
    spending = sum("支出" in text for text in texts)
    if revenue == spending:
        return None
    return "revenue" if revenue > spending else "expenditure"


def _amount_columns(
    columns: Sequence[int], headers: Sequence[str], form: Form, direction: str | None
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


def _fund_of(path: Sequence[str], form: Form) -> str | None:
    """A form of one fund carries it throughout; elsewhere the heading decides, and no word means all funds."""
    if form.fund not in (None, "total", "fiscal_appropriation"):
        return form.fund
    two_sided_or_revenue = form.direction is None or form.direction == "revenue"
    return _deepest(path, "fund") or form.fund or ("total" if two_sided_or_revenue else None)


def _has_spending_axis(form: Form) -> bool:
    return form.id in ("expenditure", "general_public", "government_fund", "state_capital", "appropriation_expenditure")


def _deepest(path: Sequence[str], dimension: str) -> str | None:
    """The value that the lowest heading of a path fixes; 小计 and the like leave what stands above them."""
    found = (meaning(level, dimension) for level in reversed(path))
    return next((value for value in found if value is not None), None)


def _code_groups(
    table: Table, form: Form, columns: Sequence[int], roles: Sequence[str], body: Sequence[dict[int, TableCell]]
) -> tuple[CodeColumns, ...]:
    groups: list[list[int]] = []
    for column in (each for each in columns if roles[each] == "code" or _holds_codes(each, roles, body)):
        parent, _, leaf = table.headers[column].rpartition("/")
        joins = groups and groups[-1][-1] == column - 1 and leaf in ("款", "项")
        if joins and table.headers[column - 1].rpartition("/")[0] == parent:
            groups[-1].append(column)
        else:
            groups.append([column])
    kinds = ((_code_kind(table, form, group, body), group) for group in groups)
    return tuple(CodeColumns(kind, tuple(group)) for kind, group in kinds if kind is not None)


def _holds_codes(column: int, roles: Sequence[str], body: Sequence[dict[int, TableCell]]) -> bool:
    """True for a column of names that mostly begin with their code."""
    if roles[column] != "label":
        return False
    texts = [text for row in body if (text := _text(row, column))]
    return sum(_CODED_LABEL.fullmatch(text) is not None for text in texts) * 2 > len(texts)


def _code_kind(table: Table, form: Form, group: Sequence[int], body: Sequence[dict[int, TableCell]]) -> str | None:
    header = table.headers[group[0]]
    if re.search(r"政府.*经济", header):
        return "government_economic"
    if "经济" in header:
        return "economic"
    if "功能" in header:
        return "function"
    if re.search(r"(单位|部门|机构)(编码|代码)", header):
        return "unit"
    return _kind_by_content(form, group, body)


def _kind_by_content(form: Form, group: Sequence[int], body: Sequence[dict[int, TableCell]]) -> str | None:
    """Functional codes begin with 2, department economic codes with 3, government economic codes with 5."""
    codes: list[str] = []
    for row in body:
        if code := _code(row, CodeColumns("", tuple(group)), codes[-1] if codes else ""):
            codes.append(code)
    if not codes:
        return "economic" if form.id in (*BASIC_FORMS, "economic_summary") else "function"
    first, count = Counter(code[0] for code in codes).most_common(1)[0]
    if count * 2 <= len(codes):
        return None
    return {"2": "function", "3": "economic", "5": "government_economic"}.get(first)
