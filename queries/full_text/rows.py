"""Hits as rows, for whatever writes or shows the rows of an answer."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from gongkai.queries.full_text.finding import Hit
from gongkai.queries.full_text.tables import Place

_PLACES = tuple(name for name in Place._fields if name != "page")
_NUMBERS = ("year", *Place._fields)
_COLUMNS = ("kind", "entity", "year", "phase", "page", "passage", "province", "city", "county", "department", *_PLACES)
SCHEMA = pa.schema({name: pa.int32() if name in _NUMBERS else pa.string() for name in (*_COLUMNS, "document_sha256")})
"""The columns of hits; those of places are the columns of the lake's tables by the same names."""

FOR_READING = ("kind", "entity", "year", "page", "passage", "document_sha256")
"""Columns that fit on a terminal."""

MARKS = ("«", "»")
"""Stand around each hit where a person reads."""


def hit_rows(hits: Iterable[Hit]) -> pa.Table:
    """Hits as a table, passages as printed."""
    rows = [{**{name: getattr(hit, name, None) for name in SCHEMA.names}, **hit.place._asdict()} for hit in hits]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def reading_rows(hits: Iterable[Hit]) -> pa.Table:
    """Hits for a person: passages in one line, each hit between marks."""
    hits = list(hits)
    table = hit_rows(hits).select(FOR_READING)
    passages = pa.array(list(map(marked, hits)), pa.string())
    return table.set_column(table.schema.get_field_index("passage"), "passage", passages)


def marked(hit: Hit) -> str:
    """A passage in one line, each hit between marks."""
    text, at, pieces = hit.passage, 0, list[str]()
    for begin, end in hit.marks:
        pieces += [text[at:begin], MARKS[0], text[begin:end], MARKS[1]]
        at = end
    return "".join([*pieces, text[at:]]).replace("\n", " ")
