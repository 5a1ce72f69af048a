"""The lists behind the statements: government procurement, fixed assets held, units of the department."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.lake.rows import AssetRow, ProcurementRow, UnitRow
from gongkai.parsing.tables.listed import ListedAmount, listed_amount
from gongkai.parsing.tables.table import Table, TableCell, leaf
from gongkai.parsing.text.amounts import UNITS, as_quantity, compact, in_yuan, is_blank, read_number, unspaced
from gongkai.parsing.text.captions import closing_date
from gongkai.parsing.text.totals import ends_in_sum, is_sum
from gongkai.vocabulary.headings import meaning
from gongkai.vocabulary.word_lists import any_of, word_lists

_FILE = "inventories.csv"


def _wanted(table: str) -> dict[str, re.Pattern[str]]:
    """The headings of a table's columns by the column of the lake they fill; a path may stand above a heading."""
    names = [name for name in word_lists(_FILE) if name.startswith(f"{table}.")]
    return {name.removeprefix(f"{table}."): re.compile(rf"(.*/)?{any_of(_FILE, name)}") for name in names}


_PROCUREMENT = _wanted("procurement")
_ASSETS = _wanted("assets")
_UNITS = _wanted("units")
_CODED_ITEM = re.compile(r"([ABC]\d{2,10})[-—_ ]?(\D.*)")
"""A catalogue's code and name in one cell: C05040300保安服务."""
_FUNCTION_ITEM = re.compile(any_of(_FILE, "function_item"))


@dataclasses.dataclass(slots=True)
class Purchase:
    """A row of a procurement budget; ``amounts`` by column, the one of all funds and those of each."""

    row: ProcurementRow
    level: int
    """The first column it fills: a subtotal further left reaches over those further right."""
    amount: ListedAmount | None
    amounts: dict[int, ListedAmount]


@dataclasses.dataclass(slots=True)
class Purchases:
    """A procurement budget; ``funds`` are the columns of its amounts, that of all funds among them."""

    table: Table
    unit: str | None
    funds: tuple[int, ...]
    rows: list[Purchase]

    def refused(self) -> list[TableCell]:
        """Texts that are no amount in columns where others are."""
        read = {column for row in self.rows for column in row.amounts}
        cells = (row[column] for row in self.table.body() for column in read if column in row)
        return [cell for cell in cells if not is_blank(cell.text) and read_number(cell.text) is None]


@dataclasses.dataclass(slots=True)
class Asset:
    """A row of a table of assets."""

    row: AssetRow
    value: ListedAmount | None


def _columns(table: Table, wanted: dict[str, re.Pattern[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in wanted.items():
        column = next((index for index, header in enumerate(table.headers) if pattern.fullmatch(compact(header))), None)
        if column is not None and column not in found.values():
            found[name] = column
    return found


def _text(row: dict[int, TableCell], column: int | None) -> str | None:
    if column is None or column not in row or is_blank(row[column].text):
        return None
    return unspaced(row[column].text)


def _number(row: dict[int, TableCell], column: int | None) -> Decimal | None:
    printed = read_number(row[column].text) if column is not None and column in row else None
    return as_quantity(printed.value) if printed else None


def _money(row: dict[int, TableCell], column: int | None, unit: str | None) -> Decimal | None:
    printed = read_number(row[column].text) if column is not None and column in row else None
    return in_yuan(printed, unit) if printed and unit in UNITS else None


def procurement(table: Table, unit: str | None) -> Purchases:
    """A procurement budget, totals and subtotals marked."""
    columns = _columns(table, _PROCUREMENT)
    funds = tuple(sorted({*_fund_columns(table), *filter(None, [columns.get("amount")])}))
    return Purchases(table, unit, funds, list(_purchases(table, unit, columns, funds)))


def _fund_columns(table: Table) -> Iterator[int]:
    """The columns of one fund's money each: 一般公共预算拨款, 上年结转结余."""
    for column, header in enumerate(table.headers):
        lowest = compact(leaf(header))
        named = meaning(lowest, "fund") or meaning(lowest, "period") == "carried_over"
        part = is_sum(lowest) and any(meaning(compact(level), "fund") for level in header.split("/")[:-1])
        if named or part:
            yield column


def _purchases(table: Table, unit: str | None, columns: dict[str, int], funds: Sequence[int]) -> Iterator[Purchase]:
    body = _reaching_down(table, columns.get("item"))
    finest = _finest(table, columns, body)
    for row in body:
        filled = [cell for cell in row.values() if not is_blank(cell.text)]
        printed = {column: listed_amount(row.get(column), table.index, unit) for column in funds}
        amounts = {column: amount for column, amount in printed.items() if amount is not None}
        amount = amounts.get(columns.get("amount", -1))
        name = _text(row, columns.get("project_name")) or _text(row, columns.get("subject"))
        name = name or (unspaced(filled[0].text) if filled else None)
        item = _text(row, columns.get("item"))
        if not filled or (amount is None and item is None):
            continue
        coded = _CODED_ITEM.fullmatch(item or "")
        total = item is None and any(ends_in_sum(compact(text)) for text in (filled[0].text, name or ""))
        fields: ProcurementRow = {
            "project_name": name,
            "item": coded[2] if coded else item,
            "catalogue_code": _text(row, columns.get("catalogue_code")) or (coded[1] if coded else None),
            "quantity_unit": _text(row, columns.get("quantity_unit")),
            "quantity": _number(row, columns.get("quantity")),
            "unit_price": _money(row, columns.get("unit_price"), unit),
            "amount": amount.amount if amount else None,
            "status": None,
            "is_subtotal": total or not _is_single(row, (finest, columns.get("method"))),
            "unit": unit,
            "page": row[min(row)].page,
            "table_index": table.index,
            "row_index": row[min(row)].row,
        }
        yield Purchase(fields, min(cell.column for cell in filled), amount, amounts)


def _is_single(row: dict[int, TableCell], columns: Sequence[int | None]) -> bool:
    """True for a row that fills a column that only single purchases fill, and for any row of a table without one."""
    return columns[0] is None or any(_text(row, column) is not None for column in columns)


def _reaching_down(table: Table, column: int | None) -> list[dict[int, TableCell]]:
    """The rows below the heading, a merged cell of one column standing in each row that it covers."""
    covers = {
        row: cell
        for cell in table.cells
        if cell.column == column and not cell.is_header and not is_blank(cell.text)
        for row in range(cell.row, cell.row + cell.row_span)
    }
    body = table.body()
    for row in body:
        covering = covers.get(row[min(row)].row)
        if covering is not None:
            row.setdefault(covering.column, covering)
    return body


def _finest(table: Table, columns: dict[str, int], body: Sequence[dict[int, TableCell]]) -> int | None:
    """The column that only rows of single purchases fill: what is bought, or the lowest functional code.

    Rows without it sum up those with it (货物, a unit, a 类); None where no row has it, so that each stands for itself.
    """
    by_function = (index for index, header in enumerate(table.headers) if _FUNCTION_ITEM.fullmatch(compact(header)))
    chosen = (columns.get("item"), *by_function)
    return next((column for column in chosen if any(_text(row, column) for row in body)), None)


def assets(table: Table, unit: str | None) -> Iterator[Asset]:
    """Rows of a table of fixed assets held."""
    columns = _columns(table, _ASSETS)
    as_of = next(filter(None, map(closing_date, table.captions)), None)
    for row in table.body():
        item = _text(row, columns.get("item", 0))
        if item is None:
            continue
        value = listed_amount(row.get(columns.get("value", -1)), table.index, unit)
        fields: AssetRow = {
            "item": item,
            "as_of": as_of,
            "quantity": _number(row, columns.get("quantity")),
            "value": value.amount if value else None,
            "status": None,
            "unit": unit,
            "page": next(iter(row.values())).page,
            "table_index": table.index,
            "row_index": next(iter(row.values())).row,
        }
        yield Asset(fields, value)


def units(table: Table) -> Iterator[UnitRow]:
    """Rows of a table of the department's budget units."""
    columns = _columns(table, _UNITS)
    if "unit_name" not in columns:
        return
    for row in table.body():
        name = _text(row, columns["unit_name"])
        if name is None:
            continue
        yield {
            "unit_code": _text(row, columns.get("unit_code")),
            "unit_name": name,
            "nature": _text(row, columns.get("nature")),
            "rank": _text(row, columns.get("rank")),
            "funding": _text(row, columns.get("funding")),
            "page": row[columns["unit_name"]].page,
            "table_index": table.index,
            "row_index": row[columns["unit_name"]].row,
        }
