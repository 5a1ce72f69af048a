"""Values of an answer as text and as JSON."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal


def text_of(value: object) -> str:
    """A value as CSV has it: times in ISO 8601, lists, structs and maps as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | dict):
        return json.dumps(json_value(value), ensure_ascii=False)
    return str(value)


def json_value(value: object) -> object:
    """A value as JSON has it; a decimal is a string, so that no reader loses a fen."""
    if isinstance(value, Decimal):
        # DuckDB's sums of integers arrive as decimals without a fraction: they are counts, not money.
        return int(value) if value.as_tuple().exponent == 0 else str(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else str(value)  # JSON has neither NaN nor infinities
    if isinstance(value, list):
        return [json_value(item) for item in value]
    if isinstance(value, dict):
        return {str(key): json_value(item) for key, item in value.items()}
    return text_of(value)
