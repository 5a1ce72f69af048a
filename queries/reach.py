"""Which partitions a named query can have rows of, told from its parameters before any of its tables is read.

A query asks of the documents that its place, year, department and portal let through.  A place or portal is looked up
in ``documents`` first; the partitions of the documents found are those of every other row that the answer is made of,
for all rows of a document lie in its partition.  Queries that put several documents together reach further:

==============================  ==========================================================================
query                           what else its answer is made of
==============================  ==========================================================================
``budget_against_outcome``      the other departments of the province in that year: a body need not tell its
``year_on_year``                the year before, too
``disclosures``                 the whole province, and those whose documents are linked from the same articles
``agreement_between_documents``  what ``disclosures`` reaches, and the year before
==============================  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.lake.partition import Partitions
from gongkai.queries.connection import LakeConnection
from gongkai.queries.named_queries import NamedQuery
from gongkai.queries.relations import WHOLE_LAKE, relations_read, tables_behind
from gongkai.queries.scans import Scan, partitions_holding

CONDITIONS = {
    "place": "in_place($place, province, city, county, entity)",
    "year": "($year IS NULL OR year = $year)",
    "phase": "($phase = '' OR phase = $phase)",
    "department": "($department = '' OR department = $department)",
    "portal": "($portal = '' OR portal = $portal)",
}
"""Which documents a parameter lets through, by its name."""

_LOOKED_UP = ("place", "portal")
"""Parameters that no path tells."""
_OF_ALL_DEPARTMENTS = {"budget_against_outcome": 0, "year_on_year": 1, "agreement_between_documents": 1}
"""Queries that compare documents of a place, whatever their departments, and how many years back."""
_OF_ARTICLES = ("disclosures", "agreement_between_documents")
_LINKED = """
    SELECT DISTINCT province FROM documents
    WHERE article_url IN (SELECT article_url FROM documents WHERE list_contains($provinces, province))
"""


def scans_of(lake: LakeConnection, query: NamedQuery, values: Mapping[str, Any]) -> list[Scan]:
    """What a named query reads with these values.  Raises what reading ``documents`` raises."""
    partitions = _partitions(lake, query, values)
    tables = {"documents"}.union(*(tables_behind()[each] for each in relations_read(query.sql)))
    of_chosen = query.name not in _OF_ALL_DEPARTMENTS and query.name not in _OF_ARTICLES and _is_looked_up(values)
    scans = [Scan(each, of, of_chosen=of_chosen) for each in tables.difference(WHOLE_LAKE) for of in partitions]
    scans += [Scan(each) for each in tables.intersection(WHOLE_LAKE)]
    if query.name in _OF_ARTICLES:
        linked = _linked(lake, partitions)
        scans += [Scan(table, linked) for table in tables_behind()["disclosures"]]
    return scans


def _partitions(lake: LakeConnection, query: NamedQuery, values: Mapping[str, Any]) -> list[Partitions]:
    """The partitions of the documents asked, and of those that they are compared with."""
    given = {name: values[name] for name in CONDITIONS if name != "phase" and values.get(name) not in (None, "")}
    years = frozenset([given["year"]]) if "year" in given else None
    departments = frozenset([given["department"]]) if "department" in given else None
    asked = [Partitions(None, years, departments)]
    if _is_looked_up(values):
        lake.read([Scan("documents", asked[0])])
        conditions = " AND ".join(CONDITIONS[name] for name in given)
        asked = list(partitions_holding(lake.choose(conditions, given))) or [Partitions(frozenset())]
    if query.name in _OF_ALL_DEPARTMENTS:
        return [_wider(each, _OF_ALL_DEPARTMENTS[query.name]) for each in asked]
    return asked


def _is_looked_up(values: Mapping[str, Any]) -> bool:
    return any(values.get(name) not in (None, "") for name in _LOOKED_UP)


def _wider(asked: Partitions, years_back: int) -> Partitions:
    years = asked.years and asked.years | {
        year - back for year in asked.years if year for back in range(years_back + 1)
    }
    return Partitions(asked.provinces, years)


def _linked(lake: LakeConnection, asked: Sequence[Partitions]) -> Partitions:
    """The whole provinces of documents, and of all that are linked from the same articles."""
    if any(each.provinces is None for each in asked):
        return Partitions()
    provinces = frozenset[str | None]().union(*(each.provinces or () for each in asked))
    lake.read([Scan("documents")])
    rows = lake.already(_LINKED, {"provinces": sorted(name for name in provinces if name)})
    return Partitions(provinces | {None} | {name for (name,) in rows})
