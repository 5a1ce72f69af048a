"""From a logical table to line items: which row is what, and the amounts in its columns.

A statement form is one or more *blocks* side by side (收入 | 支出): columns that name the row (codes, labels), then
columns of amounts.  Column headings give the dimensions of an amount; in the two-sided balances the row's own name
gives them.  The vocabulary of headings is data (``vocabulary/headings.csv``).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.parsing.tables.columns import AmountColumn, Block, blocks_of, read_code
from gongkai.parsing.tables.table import Row, Table, TableCell, plain_text
from gongkai.parsing.text.amounts import Printed, compact, in_yuan, is_blank, read_number, unspaced
from gongkai.parsing.text.coded_names import coded_name
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.dimensions import Direction, FunctionLevel, Fund, Period, Spending, Status
from gongkai.vocabulary.forms import Form
from gongkai.vocabulary.headings import meaning
from gongkai.vocabulary.word_lists import any_of

_FILE = "columns.csv"
_NUMBERS_COLUMNS = re.compile(rf"{any_of(_FILE, 'line_number')}|\*+")
_BARE = re.compile(any_of(_FILE, "bare"))
_YEAR = re.compile(any_of(_FILE, "year_of_row"))
_CHANGE = re.compile(any_of(_FILE, "change"))
LEVELS: dict[int, FunctionLevel] = {3: "category", 5: "group", 7: "item"}


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
    """``label`` made comparable (NFKC)."""
    direction: Direction | None
    codes: dict[str, str]
    unit_code: str | None
    unit_name: str | None
    fund: Fund | None
    spending: Spending | None
    period: Period | None
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
    status: Status = "unchecked"
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
    def function_level(self) -> FunctionLevel | None:
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
    blocks = blocks_of(table, form, body, year)
    statement = Statement(table, form, unit, blocks, [])
    owner: tuple[str | None, str] | None = None
    years = _year_column(blocks, body)
    above: list[dict[str, str]] = [{} for _ in blocks]
    for row in body:
        if years is not None and _is_of_another_year(plain_text(row, years), year):
            continue
        for number, block in enumerate(blocks):
            named = _name_row(row, block, years, above[number])
            if named is None or _NUMBERS_COLUMNS.fullmatch(named.name):
                continue
            if "unit" in named.codes and not named.codes.keys() - {"unit"}:
                owner = (named.codes["unit"], named.label)
            elif block.owners is not None and plain_text(row, block.owners):
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
    statement: Statement, number: int, row: Row, named: _RowName, owner: tuple[str | None, str] | None
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
    named = [level for level in amount.path if not _BARE.fullmatch(level)]
    return named[-1] if named else (amount.path or ("",))[-1]


def _yuan(printed: Printed | None, statement: Statement, cell: TableCell) -> Decimal | None:
    if printed is None:
        return None
    amount = in_yuan(printed, statement.unit)
    if amount is None:
        statement.refused.append((cell, f"{cell.text!r} {statement.unit} is finer than a fen or too large"))
    return amount


def _fund(amount: AmountColumn, name: str, block: Block, *, two_sided: bool) -> Fund | None:
    if amount.fund not in (None, "total"):
        return amount.fund
    if two_sided and block.direction == "revenue":
        return meaning(name, "fund") or "total"
    return amount.fund


def _spending(amount: AmountColumn, name: str, *, two_sided: bool) -> Spending | None:
    named = meaning(name, "spending")
    if amount.spending == "basic" and is_total(name) and named in ("personnel", "public"):
        return named  # 人员经费合计 beside 公用经费合计, under headings that name neither
    return amount.spending or (named if two_sided else None)


def _period(amount: AmountColumn, name: str, *, two_sided: bool) -> Period | None:
    if two_sided and amount.period in (None, "total"):
        return meaning(name, "period") or "total"
    return amount.period


def _year_column(blocks: Sequence[Block], body: Sequence[Row]) -> int | None:
    """The label column that says which year a row is of, where the form prints last year's row and the change too."""
    for block in blocks:
        for column in block.labels:
            texts = [text for row in body if (text := plain_text(row, column))]
            years = sum(_YEAR.fullmatch(text) is not None for text in texts)
            if years and all(_YEAR.fullmatch(text) or _CHANGE.fullmatch(text) for text in texts):
                return column
    return None


def _is_of_another_year(text: str, year: int | None) -> bool:
    found = _YEAR.fullmatch(text)
    return bool(_CHANGE.fullmatch(text)) or (found is not None and year is not None and int(found.group(1)) != year)


def _name_row(row: Row, block: Block, years: int | None, above: dict[str, str]) -> _RowName | None:
    """The row's name and codes in this block; None where the block has nothing in it (one side of a balance is short).

    ``above`` holds the last code of each kind, and is kept up to date: a row may print the last part of its code alone.
    """
    texts = [_name_in(unspaced(row[c].text)) for c in block.labels if c != years and plain_text(row, c)]
    if not texts and block.labels:  # 支出合计 across the block before this one and the names of this one
        over = (cell for cell in row.values() if cell.column < block.labels[0] < cell.column + cell.column_span)
        texts = [text for cell in over if (text := _name_in(unspaced(cell.text)))]
    if not texts:  # 合计 across the columns of code and name
        columns = [column for group in block.codes for column in group.columns]
        texts = [unspaced(row[c].text) for c in columns if (text := plain_text(row, c)) and not re.search(r"\d", text)]
    label = texts[0] if texts else ""
    codes: dict[str, str] = {}
    for group in block.codes:
        code = read_code(row, group, above.get(group.kind, ""))
        if code:
            codes[group.kind] = above[group.kind] = code
    amounts = any(not is_blank(plain_text(row, amount.column)) for amount in block.amounts)
    if not label and not codes and not (amounts or not block.labels):
        return None
    return _RowName(label, codes, is_group_total=len(texts) > 1 and is_total(compact(texts[-1])))


def _name_in(text: str) -> str:
    """A row's name without the code that its cell prints before it."""
    coded = coded_name(text)
    return coded.name if coded else text
