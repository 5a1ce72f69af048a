"""A connection that holds relations answers as one that does not, whatever is asked in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.store import Store
from gongkai.queries import connection as connections
from gongkai.queries.connection import LakeConnection
from gongkai.queries.coverage import Answer
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.held_relations import SHARED
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_queries
from gongkai.queries.reach import Within, scans_of
from gongkai.queries.relations import needed, relations_read
from gongkai.queries.scans import Scan
from gongkai.queries.sql_guard import run
from gongkai.queries.together import hold_together
from gongkai.vocabulary.divisions import divisions, place
from tests.queries.small_lake import HEBEI, write_lake

LARGE = set(SHARED) - {"documents"}
PLACE, OTHER = "河北省/秦皇岛市", "河南省/济源市"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = DirectoryStore(tmp_path_factory.mktemp("lake"))
    write_lake(store)
    return store


@pytest.fixture
def plain(store: Store) -> Iterator[LakeConnection]:
    with connect(store) as lake:
        yield lake


@pytest.fixture
def holding(store: Store) -> Iterator[LakeConnection]:
    with connect(store) as lake:
        lake.holds = True
        yield lake


def held(lake: LakeConnection) -> set[str]:
    """The relations that a connection holds."""
    rows = lake.already("SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'held_')", {})
    return {name.removeprefix("held_") for (name,) in rows}


def asked(lake: LakeConnection, name: str, **given: str) -> list[tuple[object, ...]]:
    query = named_queries()[name]
    values = query.values({key: value for key, value in given.items() if key in query.values({})})
    answer = Answer(lake, query, values)
    return [*(tuple(row.values()) for row in answer.rows().read_all().to_pylist()), (answer.coverage(),)]


def test_every_named_query_answers_the_same_where_relations_are_held(
    plain: LakeConnection, holding: LakeConnection
) -> None:
    sharing = [name for name, query in named_queries().items() if set(needed(relations_read(query.sql))) & LARGE]
    assert len(sharing) > 8
    for given in ({"place": PLACE}, {"place": OTHER, "year": "2024"}):
        for name in (*sharing, "disclosures"):
            assert asked(holding, name, **given) == asked(plain, name, **given), (name, given)


def test_questions_about_the_same_documents_share_what_they_are_made_of(holding: LakeConnection) -> None:
    asked(holding, "place_by_function", place=PLACE)
    assert held(holding) == set(SHARED) - {"revenue_sources"}
    holding.already("UPDATE temp.held_document_totals SET expenditure = 7", {})
    assert {row[8] for row in asked(holding, "spending_by_department", place=PLACE)[:-1]} == {7}


def test_what_is_held_is_let_go_for_other_documents(plain: LakeConnection, holding: LakeConnection) -> None:
    everything = "SELECT document_sha256, expenditure FROM document_totals ORDER BY ALL"
    asked(holding, "spending_by_department", place=PLACE)
    assert "document_totals" in held(holding)
    assert run(holding, everything).read_all() == run(plain, everything).read_all()
    assert "document_totals" not in held(holding)
    assert asked(holding, "spending_by_department", place=OTHER) == asked(plain, "spending_by_department", place=OTHER)


def test_nothing_is_held_of_too_many_amounts(holding: LakeConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_MOST_HELD", 1)
    assert len(asked(holding, "spending_by_department", place=PLACE)) > 1
    assert held(holding) == set()


def test_a_connection_that_was_not_told_to_holds_nothing(plain: LakeConnection) -> None:
    asked(plain, "place_by_function", place=PLACE)
    assert held(plain) == set()


def test_documents_are_chosen_once_for_questions_about_them(
    holding: LakeConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = []
    choose = holding.choose

    def counted(documents: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        times.append(documents)
        return choose(documents, parameters)

    monkeypatch.setattr(holding, "choose", counted)
    for name in ("spending_by_department", "three_public_by_department", "place_by_source"):
        asked(holding, name, place=PLACE)
    assert len(times) == 1
    asked(holding, "budget_against_outcome", place=PLACE)
    assert len(times) == 3
    asked(holding, "spending_by_department", place=PLACE)  # of whose documents those of the same bodies are more
    assert len(times) == 3
    asked(holding, "spending_by_department", place=PLACE, year="2025")
    assert len(times) == 4


def test_a_place_told_from_its_province_on_reads_no_other_province(
    plain: LakeConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Scan] = []
    reading = plain.read

    def noted(scans: Iterable[Scan]) -> None:
        asked_for = list(scans)
        read.extend(asked_for)
        reading(asked_for)

    monkeypatch.setattr(plain, "read", noted)
    query = named_queries()["spending_by_department"]
    scans_of(plain, query, query.values({"place": PLACE}))
    assert {scan.partitions.provinces for scan in read} == {frozenset({"河北省", None})}


def test_no_city_or_county_bears_the_name_of_another_province() -> None:
    places = [place(each) for each in divisions()]
    provinces = {each.province for each in places}
    assert len(provinces) > 30
    below = {(each.province, name) for each in places for name in (each.city, each.county) if name}
    assert not {(of, name) for of, name in below if any(name.endswith(each) for each in provinces - {of})}


def test_a_statement_within_a_place_or_documents_reads_those(plain: LakeConnection) -> None:
    sql = "SELECT DISTINCT document_sha256 FROM document_totals ORDER BY ALL"
    of_place = run(plain, sql, within=Within(PLACE)).read_all()
    assert 0 < len(of_place) < len(run(plain, sql, within=Within()).read_all())
    sha256 = of_place.to_pylist()[0]["document_sha256"]
    of_one = run(plain, "SELECT DISTINCT document_sha256 FROM line_items", within=Within(documents=frozenset([sha256])))
    assert {"document_sha256": sha256} in of_one.read_all().to_pylist()


EXECUTED = {"place": "河北省", "year": "2023", "phase": "executed"}
SIDES = ({"place": PLACE, "year": "2025"}, {"place": OTHER, "year": "2024"}, EXECUTED)


def together(lake: LakeConnection, name: str, *sides: Mapping[str, str]) -> None:
    query = named_queries()[name]
    hold_together(lake, query, [query.values(side) for side in sides])


def test_a_query_asked_of_several_places_together_answers_as_if_asked_of_each(
    plain: LakeConnection, holding: LakeConnection
) -> None:
    together(holding, "place_by_function", *SIDES)

    for side in SIDES:
        answer = asked(holding, "place_by_function", **side)
        assert len(answer) > 1, side
        assert answer == asked(plain, "place_by_function", **side)
    assert held(holding) == {"documents", "function_leaves", "function_names"}


def test_what_several_places_share_is_read_once(holding: LakeConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = []
    choose = holding.choose

    def counted(documents: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        chosen.append(documents)
        return choose(documents, parameters)

    monkeypatch.setattr(holding, "choose", counted)

    together(holding, "place_by_function", *SIDES)
    holding.already("UPDATE temp.held_function_leaves SET amount = 7", {})
    rows = [row for side in SIDES for row in asked(holding, "place_by_function", **side)[:-1]]

    assert len(chosen) == 1
    assert {int(str(row[7]).partition(".")[0]) % 7 for row in rows} == {0}


def test_other_questions_find_every_column_after_one_that_was_asked_together(
    plain: LakeConnection, holding: LakeConnection
) -> None:
    labels = "SELECT label, printed FROM function_leaves WHERE document_sha256 = $sha256 ORDER BY ALL"
    together(holding, "place_by_function", *SIDES)
    with pytest.raises(LakeUnusableError, match=r"function_leaves\.label is not held"):
        holding.already("SELECT label FROM function_leaves", {})

    asked(holding, "place_by_function", **SIDES[0])
    other = run(holding, labels, {"sha256": HEBEI}).read_all()
    assert other.num_rows
    assert other == run(plain, labels, {"sha256": HEBEI}).read_all()
    together(holding, "place_by_function", *SIDES)
    given = {"code": "208", **SIDES[0]}
    assert asked(holding, "function_across_departments", **given) == asked(
        plain, "function_across_departments", **given
    )


def test_places_with_too_many_amounts_are_asked_one_by_one(
    plain: LakeConnection, holding: LakeConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_MOST_HELD_FOR_ONE", 1)
    together(holding, "place_by_function", *SIDES)

    assert held(holding) == set()
    for side in SIDES:
        assert asked(holding, "place_by_function", **side) == asked(plain, "place_by_function", **side)
