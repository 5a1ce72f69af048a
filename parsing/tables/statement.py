"""A statement form read from a table: its amounts, each with the dimensions that headings and names give it."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from gongkai.parsing.tables.column_dimensions import fund_of_title
from gongkai.parsing.tables.columns import Block
from gongkai.parsing.tables.table import Table, TableCell
from gongkai.vocabulary.dimensions import (
    Basis,
    Direction,
    FunctionLevel,
    Fund,
    Meaning,
    Period,
    RowKind,
    Spending,
    Status,
)
from gongkai.vocabulary.forms import Form

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
    unit: str | None
    """The unit of account printed beside the amount itself, where there is one."""
    is_total: bool
    basis: Basis | None = None
    meaning: Meaning = "stated"
    row_kind: RowKind | None = None
    """The kind of its row: a line, a sum of lines or a part of one; None where that is not known."""
    is_group_total: bool = False
    """The 小计 of rows whose common name stands before them in a merged cell."""
    implied_code: str | None = None
    """The code its name stands for, where the form prints names alone; of ``implied_kind``."""
    column_class: str | None = None
    """The economic class that its column's heading names."""
    implied_kind: str = "function"
    """``function``, ``economic`` or ``government_economic``."""
    status: Status = "unchecked"
    doubted: bool = False
    """Its reading was chosen among several, or could not be."""

    @property
    def called(self) -> str:
        """Its row as people are told of it: by its name, or by its first code where it prints codes alone."""
        return self.label or next(iter(self.codes.values()), "")

    @property
    def function_code(self) -> str | None:
        return self.codes.get("function")

    @property
    def line_code(self) -> str | None:
        """The functional code it stands for, printed or implied by its name."""
        return self.function_code or (self.implied_code if self.implied_kind == "function" else None)

    @property
    def economic_code(self) -> str | None:
        """The department's economic code it stands for, printed or implied by its name or its column's."""
        implied = self.implied_code if self.implied_kind == "economic" else None
        return self.codes.get("economic") or implied or self._class_of_column("3")

    @property
    def government_economic_code(self) -> str | None:
        """The government's economic code it stands for, printed or implied by its name."""
        implied = self.implied_code if self.implied_kind == "government_economic" else None
        return self.codes.get("government_economic") or implied or self._class_of_column("5")

    def _class_of_column(self, first: str) -> str | None:
        return self.column_class if self.column_class is not None and self.column_class.startswith(first) else None

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
    basis: Basis | None = None
    """The kind of figure that all its amounts are."""
    beside: tuple[Statement, ...] = ()
    """Statements of the other kinds of figures in the table."""
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
    def two_sided(self) -> bool:
        """True where revenue stands beside expenditure and the rows say more than the columns."""
        return self.form.direction is None or len({block.direction for block in self.blocks}) > 1

    @property
    def whole_funds(self) -> tuple[Fund | None, ...]:
        """The funds of amounts that its form does not part by fund: all, or the one that its title names."""
        return "total", fund_of_title(self.table, self.form)

    @property
    def decimals(self) -> int:
        """The most decimals any amount of the form shows: publishers trim trailing zeros, so the finest counts."""
        return max((item.decimals for item in self.items if item.decimals is not None), default=0)
