"""What each tool answers, from one opened lake and within its limits.

A tool more is a function here with its name in ``ANSWERS``, and its signature in ``server``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import duckdb

from gongkai.exits import Exit
from gongkai.mcp.limits import Limits
from gongkai.opened_lake import OpenLake, Relation
from gongkai.queries.comments import comment
from gongkai.queries.errors import UnknownQueryError
from gongkai.queries.full_text.tables import KINDS, Kind
from gongkai.queries.lake import relation_names
from gongkai.queries.named_queries import NamedQuery, named_queries, named_query
from gongkai.queries.printable import json_escaped
from gongkai.queries.relations import create_relations
from gongkai.queries.values import json_value
from gongkai.session import CommandError

Json = dict[str, Any]
Answered = tuple[Json, bytes | None]

_SOURCES = 20
"""Documents named behind an answer; more are counted."""
_PLACES = 60
_LONGEST = 500
"""Characters of a name, title, fact or error, which documents and questions make as long as they like."""
_HASHES = ("document_sha256", "sha256", "documents", "last_year_document", "line_item_id")
"""Columns of an answer that name documents: by hash, a list of hashes, or an id that begins with one."""
_SOURCE = """
    SELECT
        left(sha256, 12) AS document, entity, level, year, phase, title, url, first_captured_at AS captured_at,
        portal, file_name, sha256
    FROM documents WHERE list_contains($documents, left(sha256, 12)) ORDER BY sha256 LIMIT $limit
"""
_HELD = """
    SELECT
        concat_ws('/', province, city, county) AS place, count(*) AS documents,
        list_sort(list_distinct(list(year))) AS years
    FROM documents GROUP BY ALL ORDER BY documents DESC, place
"""


def list_tables(lake: OpenLake, limits: Limits) -> Answered:
    """Tables and views with what their rows are, and the places of which documents are held."""
    with _catalogue() as connection:
        tables = {name: comment(name) for name in relation_names(connection)}
    places = lake.sql(_HELD).fetchall()
    total = sum(count for _, count, _ in places)
    held = [{"place": place, "documents": count, "years": years} for place, count, years in places[:_PLACES]]
    further = len(places) - len(held)
    return {"tables": tables, "held": {"documents": total, "places": held, "further_places": further}}, None


def describe(lake: OpenLake, limits: Limits, name: str) -> Answered:
    """The columns of a table or view, or the parameters of a named query."""
    if name in named_queries():
        return _query_described(named_query(name)), None
    with _catalogue() as connection:
        known = [*relation_names(connection)]
        if name not in known:
            raise UnknownQueryError(f"there is no table, view or named query {name!r}: list_tables and list_queries")
        rows = connection.execute(f'DESCRIBE "{name}"').fetchall()
    columns = [{"name": column, "type": kind, "comment": comment(name, column)} for column, kind, *_ in rows]
    return {"name": name, "a_row_is": comment(name), "columns": columns}, None


def list_queries(lake: OpenLake, limits: Limits) -> Answered:
    """The named queries with their parameters."""
    queries = {
        name: {"title": query.title, "parameters": [each.name for each in query.parameters]}
        for name, query in named_queries().items()
    }
    return {"queries": queries}, None


def query_sql(lake: OpenLake, limits: Limits, sql: str) -> Answered:
    """One SELECT."""
    rows, documents = _rows(lake.sql(sql), limits)
    ((held,),) = lake.sql("SELECT count(*) FROM documents").fetchall()
    named = f"the rows name {len(documents)} of them" if documents else "the rows name none: select document_sha256"
    return {"coverage": f"{held} documents are held; {named}", **rows, **_sources(lake, documents)}, None


def query_named(
    lake: OpenLake, limits: Limits, name: str, parameters: Mapping[str, Any], *, missing: bool = False
) -> Answered:
    """A named query with what it covers; ``missing`` gives the documents that do not answer instead."""
    covered = lake.coverage(name, **parameters)
    relation = lake.missing(name, **parameters) if missing else lake.query(name, **parameters)
    rows, documents = _rows(relation, limits)
    told = f"{covered.told}: missing=true lists them" if covered.silent else covered.told
    return {"coverage": told, **rows, **_sources(lake, documents)}, None


def search(
    lake: OpenLake, limits: Limits, words: str, *, place: str, year: int | None, phase: str, kinds: list[Kind] | None
) -> Answered:
    """Passages of the full text that hold every word."""
    hits = lake.search(words, place=place, year=year, phase=phase, kinds=kinds or KINDS, limit=limits.rows)
    rows, documents = _rows(hits, limits)
    if not lake.is_newest():
        # The index shows the lake as it is now, the sources would be those of the publication opened.
        raise CommandError("something was published during the search: ask again", Exit.SOMETHING_FAILED)
    given = len(rows["rows_from_documents"])
    cut = (
        None if given == hits.total else f"{given} of {hits.total} hits are given: add words, a place, a year or kinds"
    )
    covered = f"{hits.total} passages hold the words"
    return {"coverage": covered, **rows, "cut": cut, **_sources(lake, documents)}, None


def evidence(lake: OpenLake, limits: Limits, line_item_id: str) -> Answered:
    """Where an amount is printed: facts and a picture."""
    found = lake.evidence(line_item_id)
    picture = "attached" if found.png else "none: the original's format has no pages that can be drawn"
    facts = {name: shortened(value) for name, value in found.facts.items()}
    return {"picture": picture, "facts_from_documents": facts}, found.png


ANSWERS: Mapping[str, Callable[..., Answered]] = {
    each.__name__: each for each in (list_tables, describe, list_queries, query_sql, query_named, search, evidence)
}
"""What the answering process can be asked, by the tool's name."""


def written(content: Json) -> str:
    """An answer as the model reads it: JSON on one line, in which what steers a reader's eye is escaped."""
    return json_escaped(json.dumps(content, ensure_ascii=False, default=str))


def shortened(text: str) -> str:
    """A text of which what is too long is left out."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text):,} characters)"


def _catalogue() -> duckdb.DuckDBPyConnection:
    """Every relation, without rows: what they are called is the same in every lake."""
    connection = duckdb.connect()
    create_relations(connection, lambda _: (), uniform=True)
    return connection


def _query_described(query: NamedQuery) -> Json:
    parameters = [
        {"name": each.name, "type": each.type, "default": json_value(each.default), "meaning": each.meaning}
        for each in query.parameters
    ]
    return {"name": query.name, "title": query.title, "description": query.description, "parameters": parameters}


def _rows(relation: Relation, limits: Limits) -> tuple[Json, list[str]]:
    """The rows that the limits let through and whether there are more; the documents they name, by twelve digits."""
    reader = relation.reader()
    kept: list[list[object]] = []
    size, cut = 0, None
    for row in (row for batch in reader for row in _slices(batch, limits.rows + 1)):
        values = [json_value(value) for value in row]
        size += len(json.dumps(values, ensure_ascii=False).encode())
        if cut := _reached(len(kept), size, limits):
            break
        kept.append(values)
    reader.close()
    names = reader.schema.names
    documents = _named_documents(names, kept)
    return {"cut": cut, "columns": [shortened(name) for name in names], "rows_from_documents": kept}, documents


def _slices(batch: Any, rows: int) -> Iterable[tuple[object, ...]]:
    """The first rows of a batch, of which no more than can be shown become objects."""
    columns = [column.to_pylist(maps_as_pydicts="strict") for column in batch.slice(0, rows).columns]
    return zip(*columns, strict=True)


def _reached(rows: int, size: int, limits: Limits) -> str | None:
    """Which limit the next row would break."""
    if rows >= limits.rows:
        return f"only the first {rows} rows are given and there are more: aggregate, filter, or use LIMIT and OFFSET"
    if size > limits.bytes:
        said = f"only the first {rows} rows are given and there are more" if rows else "the first row is too large"
        return f"{said}: an answer has {limits.bytes:,} bytes, so select fewer columns, or left(text, 200)"
    return None


def _named_documents(names: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    at = [index for index, name in enumerate(names) if name in _HASHES]
    cells = (row[index] for row in rows for index in at)
    texts = (text for cell in cells for text in (cell if isinstance(cell, list) else [cell]))
    return sorted({text[:12] for text in texts if isinstance(text, str)})


def _sources(lake: OpenLake, documents: list[str]) -> Json:
    if not documents:
        return {"sources": []}
    relation = lake.sql(_SOURCE, documents=documents, limit=_SOURCES)
    found = [dict(zip(relation.columns, map(_source_value, row), strict=True)) for row in relation.fetchall()]
    further = {"further_sources": len(documents) - _SOURCES} if len(documents) > _SOURCES else {}
    return {"sources": found, **further}


def _source_value(value: object) -> object:
    return shortened(value) if isinstance(value, str) else json_value(value)
