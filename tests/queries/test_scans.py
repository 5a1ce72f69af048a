"""A statement reads the files of the partitions it is about, and its answer is that over the whole lake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.lake.files import LakeFile
from gongkai.lake.partition import Partition, Partitions
from gongkai.lake.schema import TABLES
from gongkai.queries.connection import LakeConnection
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import NamedQuery, named_queries
from gongkai.queries.reach import scans_of
from gongkai.queries.relations import BY_DOCUMENT, create_relations, relation_statements, relations_read, tables_behind
from gongkai.queries.scans import Planner, Scan
from gongkai.queries.sql_guard import run
from tests.queries.small_lake import HENAN, write_lake


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LakeConnection]:
    store = DirectoryStore(tmp_path_factory.mktemp("lake"))
    write_lake(store)
    with connect(store) as connection:
        yield connection


@contextmanager
def everywhere(lake: LakeConnection) -> Iterator[None]:
    """Every statement in the block reads every table, whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lake, "_scans", lambda *_: [Scan(name) for name in tables_behind()])
        yield


@pytest.fixture(scope="module")
def planner() -> Iterator[Planner]:
    with duckdb.connect() as connection:
        create_relations(connection, lambda _: (), uniform=True, with_comments=False)
        made = Planner(connection)
        yield made
        made.close()


HENAN_2024 = Partitions(frozenset(["河南省"]), frozenset([2024]))

PLANNED: list[tuple[str, dict[str, Any], list[Scan]]] = [
    ("SELECT 1", {}, []),
    ("FROM amounts WHERE province = '河南省' AND year = 2024", {}, [Scan("amounts", HENAN_2024)]),
    ("FROM amounts WHERE province = $p AND year = $y", {"p": "河南省", "y": 2024}, [Scan("amounts", HENAN_2024)]),
    (
        "WITH a AS (FROM tables) SELECT count(*) FROM a WHERE year IN (2023, 2025) AND department IS NULL",
        {},
        [Scan("tables", Partitions(None, frozenset([2023, 2025]), frozenset([None])))],
    ),
    ("FROM cells WHERE year BETWEEN 2023 AND 2024", {}, [Scan("cells", Partitions(None, frozenset([2023, 2024])))]),
    ("FROM units WHERE province = 'it''s'", {}, [Scan("units", Partitions(frozenset(["it's"])))]),
    ("FROM units WHERE province = 'a' OR year = 2024", {}, [Scan("units")]),
    ("FROM units WHERE province <> 'a' AND year > 2020", {}, [Scan("units")]),
    ("FROM checks WHERE document_sha256 = 'ab'", {}, [Scan("checks", sha256=frozenset(["ab"]))]),
    ("FROM documents WHERE container_sha256 = 'ab'", {}, [Scan("documents")]),
    (
        "FROM document_totals WHERE in_place('海港区', province, city, county, entity) AND year = 2024",
        {},
        [Scan("document_totals", Partitions(None, frozenset([2024])), place="海港区")],
    ),
    (
        "FROM documents WHERE in_place('a', province, city, county, entity) OR entity = 'b'",
        {},
        [Scan("documents")],
    ),
]


@pytest.mark.parametrize(("sql", "parameters", "scans"), PLANNED)
def test_filters_say_which_partitions_are_read(
    planner: Planner, sql: str, parameters: dict[str, Any], scans: list[Scan]
) -> None:
    assert planner.scans(sql, parameters) == scans


def test_what_cannot_be_planned_is_not_guessed(planner: Planner) -> None:
    assert planner.scans("PIVOT documents ON year USING count(*)", None) is None


def test_the_tables_behind_each_view_are_those_that_duckdb_reads() -> None:
    with duckdb.connect() as connection:
        create_relations(connection, lambda _: (), uniform=True, with_comments=False)
        planner = Planner(connection)
        for name, tables in tables_behind().items():
            scans = planner.scans(f"FROM {name}", None)
            read = {table for scan in scans or () for table in tables_behind().get(scan.relation, ())}
            assert read == tables, name
        for query in named_queries().values():
            scans = planner.scans(query.sql, query.values({}))
            planned = {scan.relation for scan in scans or ()} - {"classifications", "glossary"}
            behind = {table for each in planned for table in tables_behind()[each]}
            said = {table for each in relations_read(query.sql) for table in tables_behind()[each]}
            assert behind == said, query.name


def test_the_views_by_document_give_a_partition_what_they_give_it_in_the_whole_lake(lake: LakeConnection) -> None:
    everything = [Scan(name) for name in tables_behind()]
    partitions = lake.execute("SELECT DISTINCT province, year, department FROM documents").fetchall()
    keys = "province IS NOT DISTINCT FROM ? AND year IS NOT DISTINCT FROM ? AND department IS NOT DISTINCT FROM ?"
    for name in BY_DOCUMENT:
        for partition in partitions:
            sql = f"SELECT * FROM {name} WHERE {keys} ORDER BY ALL"  # noqa: S608 - names of our own
            alone = lake.execute(sql, list(partition)).fetchall()
            lake.read(everything)
            assert lake.already(sql, list(partition)) == alone, (name, partition)
    assert {name for name, _ in relation_statements()} >= set(BY_DOCUMENT)


GIVEN: list[dict[str, str]] = [
    {"place": "河南"},
    {"place": "秦皇岛", "year": "2025"},
    {"place": "nowhere"},
    {"year": "2024"},
    {"department": "人力资源和社会保障"},
    {"portal": "demo", "year": "2025"},
]


@pytest.mark.parametrize("name", list(named_queries()))
def test_a_named_query_answers_as_if_it_read_the_whole_lake(lake: LakeConnection, name: str) -> None:
    query = named_queries()[name]
    for given in GIVEN:
        values = query.values({key: value for key, value in given.items() if key in query.values({})})
        answer = run(lake, query.sql, values, of=query).read_all()
        with everywhere(lake):
            assert run(lake, query.sql, values).read_all().to_pylist() == answer.to_pylist(), given


def test_a_place_is_looked_up_before_other_tables_are_read(lake: LakeConnection) -> None:
    query = named_queries()["broken_checks"]
    scans = scans_of(lake, query, query.values({"place": "济源"}))
    found = {each for scan in scans for each in scan.partitions.provinces or ()}
    assert found == {"河南省"}
    lake.read_for("SELECT 1")


def test_a_table_that_was_not_chosen_says_so_instead_of_looking_empty(lake: LakeConnection) -> None:
    lake.read([Scan("documents", HENAN_2024)])
    assert [row[0] for row in lake.already("SELECT sha256 FROM documents", {})] == [HENAN]
    with pytest.raises(Exception, match="no file of line_items was chosen"):
        lake.already("SELECT * FROM line_items", {})


def test_a_connection_keeps_to_one_moment(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    write_lake(store)
    with connect(store) as connection:
        before = connection.execute("SELECT count(*) FROM documents").fetchall()
        store.delete("lake/manifest.json")
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == before


NAMES_OF_CODES = {"budget_by_function", "place_by_function", "place_by_source"}
"""Queries that read every line item: a code that no list has is named as the whole lake most often names it.  A large
lake has these counts derived."""
COUNTED = ("function_labels", "function_names")
"""Views that count over the whole lake."""


def opened(lake: LakeConnection, sql: str, values: Any = None, *, of: NamedQuery | None = None) -> set[LakeFile]:
    lake.proved.clear()
    run(lake, sql, values, of=of).read_all()
    return set(lake.proved)


@pytest.mark.parametrize("name", [name for name, query in named_queries().items() if "place" in query.values({})])
def test_a_named_query_opens_no_file_of_another_place(lake: LakeConnection, name: str) -> None:
    query = named_queries()[name]
    given = {"place": "秦皇岛", "year": "2025"}
    files = opened(lake, query.sql, query.values({each: given[each] for each in given}), of=query)
    elsewhere = {file.table for file in files if (file.partition.province, file.partition.year) != ("河北省", 2025)}
    assert elsewhere - {"documents"} == ({"line_items"} if name in NAMES_OF_CODES else set())


PARTITION_OF_HEBEI = "province = '河北省' AND year = 2025 AND department = '人力资源和社会保障'"
PLACE = "in_place('秦皇岛', province, city, county, entity) AND year = 2025"


@pytest.mark.parametrize("name", [name for name, of in tables_behind().items() if of and name not in COUNTED])
def test_a_table_or_view_opens_the_files_of_its_partition_alone(lake: LakeConnection, name: str) -> None:
    asked = Partition("河北省", 2025, "人力资源和社会保障")
    files = opened(lake, f"SELECT * FROM {name} WHERE {PARTITION_OF_HEBEI}")  # noqa: S608 - names of our own
    assert {file.partition for file in files} <= {asked}
    assert files or name in ("cells", "tables", "procurement", "project_payments")
    if name == "documents" or (name not in TABLES and name != "indicator_targets"):
        files = opened(lake, f"SELECT * FROM {name} WHERE {PLACE}")  # noqa: S608 - names of our own
        assert {file.partition for file in files if file.table != "documents"} <= {asked}
