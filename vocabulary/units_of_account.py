"""Units of account printed on statement forms, in yuan."""

from __future__ import annotations

import functools
from decimal import Decimal

from gongkai.vocabulary.loading import load


@functools.cache
def units_of_account() -> dict[str, Decimal]:
    """Every unit and how many yuan it is."""
    rows = load("units_of_account.csv", ("unit", "yuan"), ("unit",))
    return {row["unit"]: Decimal(row.count("yuan")) for row in rows}
