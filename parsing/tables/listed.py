"""Amounts of lists: of a purchase, an asset, a project, which no statement form holds."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from decimal import Decimal

from gongkai.parsing.tables.table import TableCell
from gongkai.parsing.text.amounts import UNITS, in_yuan, read_number
from gongkai.vocabulary.dimensions import Status


@dataclasses.dataclass(slots=True)
class ListedAmount:
    """A printed amount in yuan; ``status`` as in ``line_items``, given by the identities."""

    cell: TableCell
    table_index: int
    column: int
    amount: Decimal
    last_digit: Decimal
    """One unit of its last printed digit, in yuan."""
    status: Status = "unchecked"


def listed_amount(cell: TableCell | None, table_index: int, unit: str | None) -> ListedAmount | None:
    """The amount a cell prints; None where it prints none or the unit is not known."""
    printed = read_number(cell.text) if cell is not None else None
    if cell is None or printed is None:
        return None
    stated = printed.unit or unit
    amount = in_yuan(printed, stated) if stated in UNITS else None
    if amount is None or stated is None:
        return None
    return ListedAmount(cell, table_index, cell.column, amount, UNITS[stated].scaleb(-printed.decimals))


def finest_digit(amounts: Iterable[ListedAmount]) -> Decimal:
    """The last digit that a list prints: publishers trim trailing zeros, so the finest counts."""
    return min((amount.last_digit for amount in amounts), default=Decimal("0.01"))
