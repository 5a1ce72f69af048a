"""What must be true of every document: of the demonstration documents, and of chosen amounts that contradict it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.lake import connect
from gongkai.queries.sql_guard import run
from tests.parsing.test_demo_documents import FILES, parsed
from tests.queries.small_lake import write_lake

Row = dict[str, Any]

BROKEN = {("001", "projects")}
"""The projects of 001 add up to more than its whole spending, as the published ones do."""


def invariants(folder: Path, tables: Mapping[str, list[Row]]) -> dict[str, Row]:
    """The view over the rows of one document."""
    store = DirectoryStore(folder)
    write_lake(store, tables)
    with connect(store) as lake:
        found: list[Row] = run(lake, "SELECT * FROM invariants").read_all().to_pylist()
    return {row["invariant"]: row for row in found}


def of_seed(seed: str) -> dict[str, list[Row]]:
    tables: Mapping[str, Any] = parsed(seed).rows
    (document,) = tables["documents"]
    keys = {name: document.get(name) for name in ("province", "year", "department")}
    keys["document_sha256"] = parsed(seed).sha256
    return {name: [{**row, **keys} for row in rows] for name, rows in tables.items()}


@pytest.mark.parametrize("seed", FILES)
def test_demonstration_documents(seed: str, tmp_path: Path) -> None:
    rows = invariants(tmp_path, of_seed(seed))
    assert set(rows) == {"three_public", "functions", "sources", "procurement", "projects"}
    broken = {(seed, name) for name, row in rows.items() if row["outcome"] == "broken"}
    assert broken == {each for each in BROKEN if each[0] == seed}
    assert all((row["outcome"] == "not_assessable") == (row["reason"] is not None) for row in rows.values())


def _less(row: Row, column: str = "amount") -> None:
    row[column] -= Decimal(1_000_000)


@pytest.mark.parametrize("invariant", ["three_public", "functions", "procurement", "projects"])
def test_another_amount_breaks_it(invariant: str, tmp_path: Path) -> None:
    tables = of_seed("004")
    items = tables["line_items"]
    match invariant:
        case "three_public":
            for row in (row for row in tables["claims"] if row["item"] == "three_public" and row["amount"] is not None):
                _less(row)
        case "functions":
            _less(next(row for row in items if row["form"] == "expenditure" and row["function_level"] == "item"))
        case "procurement":
            _less(next(row for row in tables["procurement"] if not row["is_subtotal"]))
        case "projects":
            tables["projects"][0]["budget"] += 1_000_000
    rows = invariants(tmp_path, tables)
    assert [name for name, row in rows.items() if row["outcome"] == "broken"] == [invariant]


def test_sources_are_those_of_the_identity(tmp_path: Path) -> None:
    tables = of_seed("004")
    for row in tables["checks"]:
        if row["rule"] in ("row", "total") and row["found"] is not None:
            _less(row, "found")
    assert invariants(tmp_path, tables)["sources"]["outcome"] == "broken"


@pytest.mark.parametrize(("less", "outcome"), [(False, "holds"), (True, "broken")])
def test_the_parts_that_the_narrative_states_stand_for_their_total(less: bool, outcome: str, tmp_path: Path) -> None:
    tables = of_seed("001")
    tables["claims"] = [row for row in tables["claims"] if row["item"] != "three_public"]
    if less:
        _less(next(row for row in tables["claims"] if row["item"] == "vehicles" and row["role"] == "amount"))
    assert invariants(tmp_path, tables)["three_public"]["outcome"] == outcome


@pytest.mark.parametrize(("less", "outcome"), [(False, "holds"), (True, "broken")])
def test_this_year_is_the_whole_where_a_form_prints_no_more(less: bool, outcome: str, tmp_path: Path) -> None:
    tables = of_seed("004")
    items = [row for row in tables["line_items"] if row["form"] == "expenditure"]
    for row in items:
        row["period"] = "current"
    if less:
        _less(next(row for row in items if row["function_level"] == "item"))
    rows = invariants(tmp_path, tables)
    assert rows["functions"]["outcome"] == outcome
    assert rows["projects"]["outcome"] == "holds"
