"""Which documents a named query answers from, told from its parameters before any of its large tables is read.

A query asks of the documents that its place, year, department and portal let through.  A place or portal is looked up
in ``documents`` first; every row that the answer is made of then belongs to a document found there, and lies in its
partition.  Queries that put several documents together reach further, ``WIDENED``:

===============================  =======================================================================
query                            which other documents its answer is made of
===============================  =======================================================================
``budget_against_outcome``       those of the same body in that year
``year_on_year``                 those of the same body in that year and the year before
``disclosures``                  those of the same disclosures: of the same place, or linked from one article
``agreement_between_documents``  what ``disclosures`` reaches, and the same places in the year before
===============================  =======================================================================
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from gongkai.lake.manifest import Manifest
from gongkai.lake.partition import PARTITION, Partition, Partitions
from gongkai.queries.named_queries import NamedQuery
from gongkai.queries.relations import WHOLE_LAKE, relations_read, tables_behind
from gongkai.queries.scans import CHOSEN, Scan, partitions_holding


class Lake(Protocol):
    """What a connection to the lake does for this module."""

    choice: tuple[object, list[tuple[Any, ...]]] | None

    @property
    def manifest(self) -> Manifest | None: ...

    def read(self, scans: Iterable[Scan]) -> None: ...

    def choose(self, documents: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]: ...

    def already(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]: ...


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

_ASKED_BY_NAME = {"disclosures": "disclosures", "agreements": "agreement_between_documents"}
"""The named query over a view that puts documents together."""
_IN_PLACE = "in_place($place, province, city, county, {})"
_OF_VALUES = "({0} IS NULL OR list_contains(${0}::VARCHAR[], {0}::VARCHAR))"
_ENTITY = "replace(entity, ' ', '')"
_CHOSEN = f"(SELECT sha256 FROM temp.{CHOSEN})"  # noqa: S608 - names of our own, as below
_OF_YEARS = "($years IS NULL OR o.year IS NULL OR list_contains($years, o.year))"
_PLACE = "concat_ws('/', {0}.province, {0}.city, {0}.county)"
_SAME_BODY = f"""
    WITH of_places AS MATERIALIZED (
        SELECT sha256, entity, province, {_PLACE.format("o")} AS place
        FROM documents AS o
        WHERE {_OF_YEARS} AND {_PLACE.format("o")} IN (
            SELECT {_PLACE.format("d")} FROM documents AS d WHERE d.sha256 IN {_CHOSEN}
        )
    ),
    names AS MATERIALIZED (  -- each once: body_name takes long
        SELECT entity, place, is_chosen, body_name(entity, province) AS body
        FROM (
            SELECT entity, province, place, bool_or(sha256 IN {_CHOSEN}) AS is_chosen
            FROM of_places
            WHERE entity IS NOT NULL
            GROUP BY ALL
        )
    )
    SELECT sha256, province, year, department
    FROM documents
    WHERE sha256 IN {_CHOSEN}
       OR sha256 IN (
            SELECT o.sha256
            FROM of_places AS o
            JOIN names AS n USING (entity, place)
            JOIN names AS c USING (body, place)
            WHERE c.is_chosen
       )
"""  # noqa: S608
_SAME_DISCLOSURE = f"""
    WITH linked AS (  -- a file that does not tell whose it is belongs to a disclosure of its article
        SELECT {_PLACE.format("d")} AS place, article_url
        FROM documents AS d
        WHERE sha256 IN {_CHOSEN}
           OR article_url IN (SELECT article_url FROM documents WHERE sha256 IN {_CHOSEN})
    ),
    of_places AS (
        SELECT sha256, article_url
        FROM documents AS o
        WHERE {_OF_YEARS} AND {_PLACE.format("o")} IN (SELECT place FROM linked)
    )
    SELECT sha256, province, year, department
    FROM documents
    WHERE sha256 IN {_CHOSEN} OR sha256 IN (SELECT sha256 FROM of_places)
       OR article_url IN (SELECT article_url FROM linked UNION SELECT article_url FROM of_places)
"""  # noqa: S608
_ARTICLES = f"SELECT DISTINCT article_url FROM documents WHERE article_url IS NOT NULL AND sha256 IN {_CHOSEN}"  # noqa: S608
CHOOSING = "SELECT sha256, province, year, department FROM documents WHERE {}"
_LINKED = "SELECT DISTINCT province, year, department FROM documents WHERE article_url IN (SELECT unnest($articles))"


@dataclasses.dataclass(frozen=True, slots=True)
class Together:
    """Documents chosen for several questions, each with these values."""

    given: Sequence[Mapping[str, Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class _Widened:
    """How a query that compares documents reaches others than those asked for."""

    documents: str
    """SQL of all documents it needs, from those chosen."""
    years_back: int = 0
    by_article: bool = False
    """True where documents linked from one article belong together, wherever they lie."""


WIDENED: Mapping[str, _Widened] = {
    "budget_against_outcome": _Widened(_SAME_BODY),
    "year_on_year": _Widened(_SAME_BODY, years_back=1),
    "disclosures": _Widened(_SAME_DISCLOSURE, by_article=True),
    "agreement_between_documents": _Widened(_SAME_DISCLOSURE, years_back=1, by_article=True),
}


def scans_of(lake: Lake, query: NamedQuery, values: Mapping[str, Any]) -> list[Scan]:
    """What a named query reads with these values.  Raises what reading ``documents`` raises."""
    return _scans(lake, query.sql, given_of(values), WIDENED.get(query.name))


def given_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by which documents are chosen."""
    return {name: values[name] for name in CONDITIONS if name != "phase" and values.get(name) not in (None, "")}


@dataclasses.dataclass(frozen=True, slots=True)
class Within:
    """The documents that a statement of our own is about alone: those of a place, year and department, or of these
    hashes."""

    place: str = ""
    year: int | None = None
    department: str = ""
    and_bodies: bool = False
    """Also those of the same bodies under other names."""
    documents: frozenset[str] | None = None


def scans_within(lake: Lake, sql: str, within: Within) -> list[Scan] | None:
    """What such a statement reads; None where it is about all documents.  Raises what reading ``documents`` raises."""
    if within.documents is not None:
        return [Scan(relation, sha256=within.documents) for relation in relations_read(sql)]
    widened = WIDENED["budget_against_outcome"] if within.and_bodies else None
    given = {name: getattr(within, name) for name in ("place", "year", "department")}
    given = {name: value for name, value in given.items() if value not in (None, "")}
    return _scans(lake, sql, given, widened) if given else None


def _scans(lake: Lake, sql: str, given: Mapping[str, Any], widened: _Widened | None) -> list[Scan]:
    tables = {"documents"}.union(*(tables_behind()[each] for each in relations_read(sql)))
    scans = [Scan(each) for each in tables.intersection(WHOLE_LAKE)]
    tables -= set(WHOLE_LAKE)
    by_article = widened is not None and widened.by_article and "year" in given
    if not by_article and not any(name in given for name in _LOOKED_UP):
        return [*scans, *(Scan(each, _of_paths(given, widened)) for each in tables)]
    return [*scans, *_of_chosen(tables, _chosen(lake, given, widened))]


def scans_of_comparison(lake: Lake, scan: Scan) -> Iterable[Scan]:
    """What a view that puts documents together reads for the rows of a scan.  Raises what reading ``documents`` raises.

    A row need not have the year of its document, so documents that tell no year are asked for as well; ``agreements``
    gives names without spaces, and of several spellings of a name one.
    """
    tables = tables_behind()[scan.relation]
    if scan == Scan(scan.relation):
        return map(Scan, tables)
    widened, years = WIDENED[_ASKED_BY_NAME[scan.relation]], scan.partitions.years
    back = _back_from(years, widened.years_back)
    departments = scan.partitions.departments if scan.relation == "agreements" else None
    asked = Partitions(scan.partitions.provinces, years and years | {None}, departments)
    keys = (asked.provinces, asked.years, asked.departments, scan.sha256)
    wanted = dict(zip((*PARTITION, "sha256"), keys, strict=True))
    given = {name: sorted(each for each in of if each is not None) for name, of in wanted.items() if of is not None}
    conditions = ["true", *map(_OF_VALUES.format, given)]
    if scan.place is not None:
        conditions.append(f"({_IN_PLACE.format('entity')} OR {_IN_PLACE.format(_ENTITY)})")
    lake.read([Scan("documents", asked, scan.sha256)])
    documents = f"SELECT sha256, province, year, department FROM documents WHERE {' AND '.join(conditions)}"  # noqa: S608
    holding = lake.choose(documents, {**given, **({} if scan.place is None else {"place": scan.place})})
    return _of_chosen(tables, _widen(lake, holding, back, widened) if holding else holding)


def _of_chosen(tables: Iterable[str], holding: Iterable[tuple[Any, ...]]) -> list[Scan]:
    partitions = list(partitions_holding(holding)) or [Partitions(frozenset())]
    return [Scan(each, of, of_chosen=True) for of in partitions for each in tables]


def _of_paths(given: Mapping[str, Any], widened: _Widened | None) -> Partitions:
    """The partitions of the documents asked for, and of those that they are compared with."""
    departments = frozenset([given["department"]]) if "department" in given and not widened else None
    return Partitions(None, _years(given, widened.years_back if widened else 0), departments)


def _years(given: Mapping[str, Any], back: int) -> frozenset[int | None] | None:
    return _back_from([given["year"]], back) if "year" in given else None


def _back_from(years: Iterable[int | None] | None, back: int) -> frozenset[int | None] | None:
    """These years and so many before each; None for all."""
    if years is None:
        return None
    return frozenset(year - each for year in years if year is not None for each in range(back + 1))


def _chosen(lake: Lake, given: Mapping[str, Any], widened: _Widened | None) -> list[tuple[Any, ...]]:
    """Choose the documents that an answer is made of; the partitions that hold them."""
    years = _years(given, widened.years_back if widened else 0)
    if lake.choice is not None and _covers(lake.choice[0], given, widened, years):
        return lake.choice[1]
    conditions = " AND ".join(CONDITIONS[name] for name in given)
    asked = where_documents_lie(lake, given)
    if widened and widened.by_article:  # a file that does not tell its year may belong to a disclosure of that year
        conditions = conditions.replace("year = $year)", "year IS NULL OR year = $year)")
        with_undated = asked.partitions.years and asked.partitions.years | {None}
        asked = Scan("documents", dataclasses.replace(asked.partitions, years=with_undated))
    lake.read([asked])
    holding = lake.choose(CHOOSING.format(conditions), given)
    if widened and holding:
        holding = _widen(lake, holding, years, widened)
    lake.choice = (given, widened and widened.documents, years), holding
    return holding


def where_documents_lie(lake: Lake, given: Mapping[str, Any]) -> Scan:
    """Where the documents lie that these values let through."""
    return Scan("documents", dataclasses.replace(_of_paths(given, None), provinces=_provinces(lake, given)))


def _covers(chosen_by: object, given: Mapping[str, Any], widened: _Widened | None, years: object) -> bool:
    """Are the documents chosen those of an answer, if with others of the same bodies?"""
    if isinstance(chosen_by, Together):
        return widened is None and given in chosen_by.given
    by = [(given, widened and widened.documents, years), (given, _SAME_BODY, years)]
    return chosen_by in by[: 1 if widened else 2]


def _provinces(lake: Lake, given: Mapping[str, Any]) -> frozenset[str | None] | None:
    """The province that a place is told from, as in 江苏省/无锡市: no city and no county of another bears its name."""
    province, below, _ = str(given.get("place", "")).partition("/")
    held = {piece.province for piece in lake.manifest.pieces} if lake.manifest else ()
    return frozenset([province, None]) if below and province in held else None


def _widen(
    lake: Lake, holding: Sequence[tuple[Any, ...]], years: frozenset[int | None] | None, widened: _Widened
) -> list[tuple[Any, ...]]:
    """Choose the documents too that those chosen are compared with."""
    parameters = {"years": sorted(year for year in years if year is not None) if years else None}
    provinces = frozenset(province for province, _, _ in holding) | {None}
    asked = Partitions(provinces, None if years is None else years | {None})
    while True:
        lake.read([Scan("documents", asked)])
        found = lake.choose(widened.documents, parameters)
        beyond = [each for each in _linked(lake) if each not in asked] if widened.by_article else []
        if not beyond:
            return found
        years_beyond = frozenset(each.year for each in beyond)
        provinces |= {each.province for each in beyond}
        asked = Partitions(provinces, None if asked.years is None else asked.years | years_beyond)


def _linked(lake: Lake) -> Sequence[Partition]:
    """The partitions of all documents that are linked from the articles of those chosen."""
    articles = [article for (article,) in lake.already(_ARTICLES, {})]
    if not articles:
        return ()
    lake.read([Scan("documents")])
    return [Partition(*row) for row in lake.already(_LINKED, {"articles": articles})]
