"""Values and types as SQL text."""

from __future__ import annotations

import pyarrow as pa


def sql_type(arrow: pa.DataType) -> str:
    """DuckDB's name of an Arrow type used in the schema.  Raises TypeError for one that is not."""
    if pa.types.is_list(arrow):
        return f"{sql_type(arrow.value_type)}[]"
    if pa.types.is_map(arrow):
        return f"MAP({sql_type(arrow.key_type)}, {sql_type(arrow.item_type)})"
    if pa.types.is_decimal(arrow):
        return f"DECIMAL({arrow.precision},{arrow.scale})"
    names = {
        pa.string(): "VARCHAR",
        pa.bool_(): "BOOLEAN",
        pa.int32(): "INTEGER",
        pa.int64(): "BIGINT",
        pa.float32(): "FLOAT",
        pa.float64(): "DOUBLE",
        pa.date32(): "DATE",
        pa.timestamp("us", "UTC"): "TIMESTAMPTZ",
    }
    if arrow not in names:
        raise TypeError(f"no SQL type is set down for {arrow}")
    return names[arrow]


def quoted(text: str) -> str:
    """A string as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
