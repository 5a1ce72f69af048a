"""The schema of the lake's tables, derived from the types of their rows in ``lake.rows``."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import json
import types
import typing
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from gongkai.lake.rows import About, PartitionColumns, Rows

_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    bool: pa.bool_(),
    float: pa.float32(),
    dt.datetime: pa.timestamp("us", "UTC"),
    list[str]: pa.list_(pa.string()),
    dict[str, int]: pa.map_(pa.string(), pa.int32()),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column: Arrow type and what it holds, with its unit where it has one."""

    name: str
    type: pa.DataType
    description: str


@dataclasses.dataclass(frozen=True, slots=True)
class LakeTable:
    """A table: what a row is, its columns in order, and the columns its rows are sorted by."""

    name: str
    row: str
    columns: tuple[Column, ...]
    sort: tuple[str, ...]


def _tables() -> Iterator[LakeTable]:
    partition = tuple(_columns(PartitionColumns))
    for name, annotation in typing.get_type_hints(Rows, include_extras=True).items():
        rows, about = typing.get_args(annotation)
        if not isinstance(about, About):
            raise TypeError(f"the table {name!r} does not say what its rows are about")
        own = tuple(_columns(typing.get_args(rows)[0]))
        named = {column.name for column in own}
        yield LakeTable(name, about.row, (*own, *(each for each in partition if each.name not in named)), about.sort)


def _columns(row: type) -> Iterator[Column]:
    for name, annotation in typing.get_type_hints(row, include_extras=True).items():
        if typing.get_origin(annotation) in (typing.Required, typing.NotRequired):
            (annotation,) = typing.get_args(annotation)  # noqa: PLW2901
        python, *said = typing.get_args(annotation)
        stated = next((each for each in said if isinstance(each, pa.DataType)), None)
        yield Column(name, stated or _arrow(python), next(each for each in said if isinstance(each, str)))


def _arrow(python: Any) -> pa.DataType:
    """The Arrow type of a Python type.  Raises KeyError for one that no column has."""
    if typing.get_origin(python) is types.UnionType or typing.get_origin(python) is typing.Union:
        (python,) = (each for each in typing.get_args(python) if each is not type(None))
    return _ARROW[str if typing.get_origin(python) is typing.Literal else python]


TABLES: dict[str, LakeTable] = {table.name: table for table in _tables()}
"""Every table of the lake by name."""


@functools.cache
def arrow_schema(table: LakeTable) -> pa.Schema:
    """The Arrow schema of a table, descriptions in each field's ``description`` metadata."""
    fields = [
        pa.field(column.name, column.type, metadata={b"description": column.description.encode()})
        for column in table.columns
    ]
    return pa.schema(fields, metadata={b"table": table.name.encode(), b"row": table.row.encode()})


@functools.cache
def pandas_types(table: LakeTable) -> bytes:
    """The metadata ``pandas`` of a table's files: types that pandas alone would get wrong.

    pyarrow reads a partition column as a dictionary.  pandas takes that for a category and refuses a null in it, unless
    a type of Arrow's is named here.  Whole numbers and truth values with nulls would become floats and objects.
    """
    nullable = {pa.int32(): "Int32", pa.bool_(): "boolean"}
    types = {column.name: nullable[column.type] for column in table.columns if column.type in nullable}
    types |= {"province": "large_string[pyarrow]", "year": "int32[pyarrow]", "department": "large_string[pyarrow]"}
    columns = [{"name": name, "field_name": name, "pandas_type": of, "numpy_type": of} for name, of in types.items()]
    return json.dumps({"index_columns": [], "column_indexes": [], "columns": columns}).encode()


_LAYOUT = "partition columns in the path alone, types for pandas beside"
"""What files of one set of columns can differ in."""


def schema_fingerprint() -> str:
    """Twelve hex digits that change whenever a table's columns, their types or the files' layout do."""
    columns = [_LAYOUT] + [
        f"{table.name}.{column.name} {column.type}" for table in TABLES.values() for column in table.columns
    ]
    return hashlib.sha256("\n".join(columns).encode()).hexdigest()[:12]
