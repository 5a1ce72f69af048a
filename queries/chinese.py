"""Answers in Chinese: headings, closed values and descriptions, for reading; what documents print stays as it is.

A value is told in Chinese where its column is known by name to hold closed values (``glossary``), alone, in a list, as
the key of a map, or as a part of ``portal, state``.  Columns named in ``_TEXTS`` hold sentences of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from gongkai.vocabulary.glossary import HEADING, heading, values_of
from gongkai.vocabulary.languages import in_chinese

_TEXTS = {"comment", "reason", "scope", "detail", "title", "description", "example"}
_WORD = re.compile(r"[a-z][a-z_0-9-]*")


def in_chinese_for_reading(rows: pa.RecordBatchReader) -> pa.RecordBatchReader:
    """The same rows with Chinese headings and values; a heading that stands twice keeps its name."""
    tellers = [_teller(field) for field in rows.schema]
    names = [heading(name) for name in rows.schema.names]
    shown = [name if names.count(name) == 1 else own for name, own in zip(names, rows.schema.names, strict=True)]
    schema = pa.schema([pa.field(name, field.type) for name, field in zip(shown, rows.schema, strict=True)])
    return pa.RecordBatchReader.from_batches(schema, _told(rows, schema, tellers))


Teller = Callable[[Any], Any]
"""From an Arrow array to one of the same type."""


def _told(rows: pa.RecordBatchReader, schema: pa.Schema, tellers: list[Teller | None]) -> Iterator[pa.RecordBatch]:
    for batch in rows:
        columns = [teller(column) if teller else column for teller, column in zip(tellers, batch.columns, strict=True)]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _teller(field: pa.Field[Any]) -> Teller | None:
    """How the values of a column are told in Chinese; None where they stay."""
    values = values_of(field.name) if field.name != HEADING else {}
    if field.name in _TEXTS and pa.types.is_string(field.type):
        return lambda column: _mapped(column, lambda text: _named(in_chinese(text), values))
    if not values:
        return None
    if pa.types.is_string(field.type):
        return lambda column: _mapped(column, lambda text: _value(text, values))
    if pa.types.is_list(field.type) and pa.types.is_string(field.type.value_type):
        return lambda column: pa.array(
            [each and [values.get(item, item) for item in each] for each in column.to_pylist()], field.type
        )
    if pa.types.is_map(field.type):
        return lambda column: pa.array(
            [each and [(values.get(key, key), item) for key, item in each] for each in column.to_pylist()], field.type
        )
    return None


def _mapped(column: pa.Array[Any], told: Callable[[str], str]) -> pa.Array[Any]:
    """Each text told once, however often it stands there."""
    texts = column.to_pylist()
    by_text = {text: told(text) for text in {*texts} if text is not None}
    told_texts: pa.Array[Any] = pa.array([None if text is None else by_text[text] for text in texts], column.type)
    return told_texts


def _named(text: str, values: Mapping[str, str]) -> str:
    """A sentence with the closed values that it names, such as the form of a scope."""
    return _WORD.sub(lambda found: values.get(found[0], found[0]), text) if values else text


def told(text: str, *columns: str) -> str:
    """A sentence in Chinese, with the closed values of these columns that it names."""
    values = {key: value for column in columns for key, value in values_of(column).items()}
    return _named(in_chinese(text), values)


def _value(text: str, values: Mapping[str, str]) -> str:
    """A closed value, or a text made of parts of which some are: ``portal, state``, ``kind 3, rule 2``."""
    if text in values or (", " not in text and not re.fullmatch(r"[a-z_]+ \d+", text)):
        return values.get(text, text)
    return ", ".join(
        _WORD.sub(lambda found: values.get(found[0], found[0]), part) if _is_listed(part, values) else part
        for part in text.split(", ")
    )


def _is_listed(part: str, values: Mapping[str, str]) -> bool:
    return part.split(" ", maxsplit=1)[0] in values
