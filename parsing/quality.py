"""How far one document was understood: counts of what was recognised, interpreted, confirmed, broken and doubted.

Counted from the rows themselves, so that the counts cannot disagree with what the lake holds.
"""

from __future__ import annotations

import collections
import hashlib
import json
import operator
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from gongkai.lake.rows import CellRow, LineItemRow, QualityRow, Rows
from gongkai.parsing.proof.check import BROKEN, HOLDS, NOT_ASSESSABLE
from gongkai.parsing.text.amounts import read_number
from gongkai.vocabulary.dimensions import Status

_Counted = Literal["claims", "sections", "projects", "indicators", "procurement", "assets", "units"]
COUNTED_TABLES: tuple[_Counted, ...] = get_args(_Counted)
"""Tables whose rows are counted as they are, in ``rows_by_table``; the others have columns of their own."""

_JSON = json.JSONEncoder(ensure_ascii=False, default=str)
_READING = (
    *("form", "direction", "label", "function_code", "economic_code", "government_economic_code"),
    *("unit_code", "fund", "spending", "period", "amount", "status"),
)
"""The columns that say how an amount is read, whatever cell it stands in."""
_reading_of = operator.itemgetter(*_READING)


def quality_row(rows: Rows) -> QualityRow:
    """The row of ``quality`` of a document, without its key and partition, from its rows of the other tables."""
    amounts = [row for row in rows["line_items"] if row["amount"] is not None]
    listed = [status for status in _listed(rows) if status is not None]
    statuses = collections.Counter([*(row["status"] for row in amounts), *listed])
    outcomes = collections.Counter(row["outcome"] for row in rows["checks"])
    kinds = collections.Counter(row["kind"] for row in rows["issues"])
    unrecognised = {row["table_index"] for row in rows["issues"] if row["kind"] == "form_unknown"}
    return {
        "tables": len(rows["tables"]),
        "tables_recognised": sum(row["form"] is not None for row in rows["tables"]),
        "tables_unrecognised": len(unrecognised),
        "filled_cells": sum(bool(row["text"]) for row in rows["cells"]),
        "amounts": len(amounts) + len(listed),
        "confirmed": statuses["confirmed"],
        "doubtful": statuses["doubtful"],
        "unchecked": statuses["unchecked"],
        "refused": kinds["amount_unreadable"],
        "amounts_unrecognised": sum(_is_amount(row) for row in rows["cells"] if row["table_index"] in unrecognised),
        "checks_held": outcomes[HOLDS],
        "checks_broken": outcomes[BROKEN],
        "checks_not_assessable": outcomes[NOT_ASSESSABLE],
        "broken_by_rule": _counts(row["rule"] for row in rows["checks"] if row["outcome"] == BROKEN),
        "issues": len(rows["issues"]),
        "issues_by_kind": _counts(row["kind"] for row in rows["issues"]),
        "rows_by_table": {name: len(rows[name]) for name in COUNTED_TABLES if rows[name]},
        "reading": _reading(amounts),
    }


def _listed(rows: Rows) -> Iterator[Status | None]:
    """The statuses of the amounts that stand in lists and in no form; None for rows that print none."""
    yield from (row["status"] for row in rows["procurement"])
    yield from (row["status"] for row in rows["assets"])
    yield from (row["status"] for row in rows["projects"] if row["in_tables"] not in ("expenditure", "both"))


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(collections.Counter(names).items()))


def _is_amount(cell: CellRow) -> bool:
    """A cell below the headings that prints a number with decimals; codes and counts have none."""
    if cell["is_header"]:
        return False
    number = read_number(cell["text"])
    return number is not None and number.decimals > 0


def _reading(amounts: Iterable[LineItemRow]) -> str:
    digest = hashlib.sha256()
    for row in amounts:
        digest.update(_JSON.encode(_reading_of(row)).encode() + b"\n")
    return digest.hexdigest()[:12]
