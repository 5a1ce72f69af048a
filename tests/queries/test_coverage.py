"""Every named query says how many of the documents it was asked of answer, and can list those that do not."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.coverage import Answer, coverage, missing
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_queries, named_query
from gongkai.queries.sql_guard import run
from tests.queries.small_lake import FINAL, HEBEI, HENAN, UNIT, UNKNOWN, rows, write_lake


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    store = DirectoryStore(tmp_path_factory.mktemp("lake"))
    write_lake(store)
    return connect(store)


def told(lake: duckdb.DuckDBPyConnection, name: str, **given: str) -> str:
    query = named_query(name)
    return str(coverage(lake, query, query.values(given)))


def silent(lake: duckdb.DuckDBPyConnection, name: str, **given: str) -> set[str]:
    query = named_query(name)
    return {row["sha256"] for row in missing(lake, query, query.values(given)).read_all().to_pylist()}


@pytest.mark.parametrize("name", list(named_queries()))
def test_the_documents_that_answer_and_those_that_do_not_are_all_that_were_asked(
    lake: duckdb.DuckDBPyConnection, name: str
) -> None:
    query = named_query(name)
    covered = coverage(lake, query, query.values({}))
    assert covered.asked == (3 if query.values({}).get("phase") == "approved" else 5)
    if covered.answering is not None:
        assert len(silent(lake, name)) == covered.asked - covered.answering
        assert covered.asked == covered.answering or covered.unanswered != "have no row", "the heading says nothing"


def test_documents_without_the_form_are_counted_and_listed(lake: duckdb.DuckDBPyConnection) -> None:
    expected = "2 of 5 documents answer; 3 state no “三公” total: --missing lists them"
    assert told(lake, "three_public_by_department") == expected
    assert silent(lake, "three_public_by_department") == {UNIT, FINAL, UNKNOWN}


def test_only_documents_that_the_parameters_let_through_are_asked(lake: duckdb.DuckDBPyConnection) -> None:
    assert told(lake, "three_public_by_department", place="济源") == "1 of 1 documents answer"
    assert silent(lake, "three_public_by_department", year="2025") == {UNIT}


def test_a_query_asked_once_tells_its_first_rows_and_who_answers(lake: duckdb.DuckDBPyConnection) -> None:
    query = named_query("largest_projects")
    values = query.values({"limit": "1"})
    asked = Answer(lake, query, values)
    assert asked.rows().read_all().num_rows == 1
    assert str(asked.coverage()) == told(lake, "largest_projects")
    assert asked.rows().read_all() == run(lake, query.sql, values, of=query).read_all()


def test_a_limit_of_rows_leaves_no_document_out(lake: duckdb.DuckDBPyConnection) -> None:
    assert told(lake, "largest_projects", limit="1") == told(lake, "largest_projects")
    assert silent(lake, "largest_projects", limit="1") == {UNIT, FINAL, UNKNOWN}


def test_a_query_that_counts_says_how_many_documents_it_counted(lake: duckdb.DuckDBPyConnection) -> None:
    assert told(lake, "issues_by_kind") == "asked of 5 documents"
    assert silent(lake, "issues_by_kind") == set()


def test_whole_governments_are_asked_where_they_are_asked_for(tmp_path: Path) -> None:
    tables = rows()
    for document in tables["documents"]:
        if document["sha256"] == HENAN:
            document["level"] = "government"
    store = DirectoryStore(tmp_path)
    write_lake(store, tables)
    lake = connect(store)
    assert told(lake, "three_public_by_department").startswith("1 of 4 documents answer")
    assert HENAN not in silent(lake, "three_public_by_department")
    assert HEBEI not in silent(lake, "three_public_by_department")
    assert told(lake, "three_public_by_department", governments="true").startswith("1 of 5 documents answer")
    assert HENAN in silent(lake, "three_public_by_department", governments="true")
