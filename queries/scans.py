"""Which relations a statement reads, and rows of which partitions: asked of DuckDB's own planner over empty tables.

DuckDB pushes the filters of a statement down to the relations they hold for, also through joins, views and bound
parameters, and says so in its plan.  In the planner's catalogue every table of the lake is an empty table, and so is
every view of ``BY_DOCUMENT``: a filter on the partition of its rows holds for all rows it is made of.  What the plan
does not say restricts nothing: more files are read then, never fewer.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import duckdb

from gongkai.lake.partition import PARTITION, Partitions
from gongkai.lake.schema import TABLES
from gongkai.queries.relations import BY_DOCUMENT, WHOLE_LAKE, creating, named_in, needed, words_of

_TEXT = r"'(?:[^']|'')*'"
_VALUE = rf"(?:{_TEXT}|-?\d+|NULL)"
_KEY = rf"({'|'.join(PARTITION)}|sha256|document_sha256)"
_ONE = re.compile(rf"\(?{_KEY}(?:=| IS NOT DISTINCT FROM | IS (?=NULL))({_VALUE})\)?")
_SEVERAL = re.compile(rf"(?:optional: )?{_KEY} IN \(({_VALUE}(?:, {_VALUE})*)\)")
_BETWEEN = re.compile(r"year>(=?)(\d{4}) AND year<(=?)(\d{4})")
_PLACE = re.compile(
    rf"\(?contains\(concat_ws\('/', province, city, county, entity\), ({_TEXT})\)(?: AND (?!.* OR ).*\))?"
)

_WITHOUT = "statistics_propagation,empty_result_pullup,join_filter_pushdown,common_subplan"
"""Optimizers that would draw conclusions from the tables being empty, or that say what is known at run time only."""

EVERYWHERE = Partitions()

_VOCABULARY = ("classifications", "glossary")
COMPARING = ("disclosures", "agreements")
"""Views that put documents together: ``reach`` tells which others a row of one is made of."""
CHOSEN = "chosen_documents"
"""The temporary table of ``LakeConnection.choose``."""
_AS_TABLES = frozenset([*TABLES, *BY_DOCUMENT, *WHOLE_LAKE, *COMPARING])
_RELATIONS = _AS_TABLES.union(_VOCABULARY)
"""What stands as a table in a plan."""


@dataclasses.dataclass(frozen=True, slots=True)
class Scan:
    """A relation that is read, and of which rows: those of partitions, of documents (SHA-256), of a place."""

    relation: str
    partitions: Partitions = EVERYWHERE
    sha256: frozenset[str] | None = None
    place: str | None = None
    of_chosen: bool = False
    """Only rows of the documents that ``LakeConnection.choose`` chose."""


class Planner:
    """Plans statements over the relations of a connection, none of whose rows it sees."""

    def __init__(self, relations: duckdb.DuckDBPyConnection) -> None:
        self._connection = duckdb.connect(config={"python_enable_replacements": False, "threads": 1})
        self._connection.execute(f"SET disabled_optimizers = '{_WITHOUT}'")
        self._connection.execute("SET enable_external_access = false")
        self._relations = relations
        self._created: set[str] = set()
        for name in _VOCABULARY:
            self._connection.execute(_as_table(relations, name))

    def scans(self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] | None) -> list[Scan] | None:
        """What a statement reads; None where DuckDB does not plan it over empty tables."""
        self._create_for(sql)
        try:
            row = self._connection.execute(f"EXPLAIN (FORMAT json) {sql}", parameters or None).fetchone()
            plan = json.loads(row[1]) if row else None
        except (duckdb.Error, ValueError):
            with contextlib.suppress(duckdb.Error):
                self._connection.rollback()  # of several statements the first may have begun a transaction
            return None
        scans = [scan for node in plan or () for scan in _scans(node, None)]
        return None if plan is None or any(scan.relation not in _RELATIONS for scan in scans) else scans

    def _create_for(self, sql: str) -> None:
        for name in needed(words_of(sql), _AS_TABLES):
            if name not in self._created:
                is_table = name in _AS_TABLES
                self._connection.execute(_as_table(self._relations, name) if is_table else creating(name))
                self._created.add(name)

    def close(self) -> None:
        self._connection.close()


def _as_table(relations: duckdb.DuckDBPyConnection, name: str) -> str:
    """``CREATE TABLE`` for a relation: an empty one with its columns."""
    said = relations.execute(f"DESCRIBE SELECT * FROM {name}").fetchall()  # noqa: S608 - names of our own
    return f"CREATE TABLE {name} (" + ", ".join(f'"{column}" {kind}' for column, kind, *_ in said) + ")"


def _scans(node: Mapping[str, Any], above: str | None) -> Iterator[Scan]:
    """The scans at and below a node; ``above`` is the condition of a filter right above it."""
    known = node["extra_info"]
    table = str(known.get("Table", ""))
    if table:
        filters = known.get("Filters", [])
        yield _scan(table.rpartition(".")[2].strip('"'), [filters] if isinstance(filters, str) else filters, above)
    condition = known.get("Expression") if node["name"].strip() == "FILTER" else None
    for child in node["children"]:
        yield from _scans(child, condition if isinstance(condition, str) else None)


def _scan(relation: str, filters: Sequence[str], above: str | None) -> Scan:
    wanted: dict[str, frozenset[Any]] = {}
    for text in filters:
        for key, values in _restrictions(text):
            wanted[key] = wanted[key] & values if key in wanted else values
    place = _PLACE.fullmatch(above) if above else None
    partitions = Partitions(wanted.get("province"), wanted.get("year"), wanted.get("department"))
    hashes = wanted.get("sha256" if relation == "documents" else "document_sha256")
    return Scan(relation, partitions, hashes, place and _value(place[1]))


def _restrictions(text: str) -> Iterator[tuple[str, frozenset[Any]]]:
    """The values to which a filter restricts a column that tells the partition; nothing for any other filter."""
    if found := _ONE.fullmatch(text):
        yield found[1], frozenset([_value(found[2])])
    elif found := _SEVERAL.fullmatch(text):
        yield found[1], frozenset(map(_value, re.findall(_VALUE, found[2])))
    elif found := _BETWEEN.fullmatch(text):
        yield "year", frozenset(range(int(found[2]) + (not found[1]), int(found[4]) + bool(found[3])))


def _value(text: str) -> Any:
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    return None if text == "NULL" else int(text)


def partitions_holding(rows: Iterable[tuple[Any, ...]]) -> Iterator[Partitions]:
    """Partitions that hold these, given as rows, and few others: for each province the years and departments found."""
    found: dict[str | None, tuple[set[int | None], set[str | None]]] = {}
    for province, year, department in rows:
        years, departments = found.setdefault(province, (set(), set()))
        years.add(year)
        departments.add(department)
    for province, (years, departments) in found.items():
        yield Partitions(frozenset([province]), frozenset(years), frozenset(departments))


def named_scans(sql: str) -> list[Scan]:
    """Every relation whose name stands in the text of a statement, whole: for statements that cannot be planned."""
    return [Scan(name) for name in named_in(sql)]
