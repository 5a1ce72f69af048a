"""Every named query over the small lake: it runs as it is, and counts no yuan twice."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.lake.schema import TABLES
from gongkai.queries.errors import ParameterError, SqlError, UnknownQueryError
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_queries, named_query, parse
from gongkai.queries.sql_guard import run
from tests.queries.small_lake import FINAL, HEBEI, HENAN, UNIT, UNKNOWN, rows, write_lake


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    store = DirectoryStore(tmp_path_factory.mktemp("lake"))
    write_lake(store)
    return connect(store)


def ask(lake: duckdb.DuckDBPyConnection, query: str, **given: str) -> list[dict[str, Any]]:
    named = named_query(query)
    rows: list[dict[str, Any]] = run(lake, named.sql, named.values(given)).read_all().to_pylist()
    return rows


def column(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """One column by document."""
    return {row["document_sha256"]: row[name] for row in rows}


def test_there_are_the_queries_an_analyst_starts_with() -> None:
    assert set(named_queries()) >= {
        "three_public_by_department",
        "budget_by_function",
        "largest_projects",
        "personnel_against_projects",
        "carried_over_funds",
        "project_indicators",
        "unconfirmed_amounts",
        "documents_of_a_place",
        "broken_checks",
        "issues_by_kind",
        "funds_by_source",
    }


@pytest.mark.parametrize("name", list(named_queries()))
def test_every_query_is_described_and_runs_with_its_defaults(lake: duckdb.DuckDBPyConnection, name: str) -> None:
    query = named_query(name)
    assert query.title
    assert len(query.description) > 40
    assert all(parameter.meaning for parameter in query.parameters)
    assert ask(lake, name)


@pytest.mark.parametrize("name", list(named_queries()))
def test_every_query_also_runs_over_an_empty_lake(tmp_path: Path, name: str) -> None:
    assert ask(connect(DirectoryStore(tmp_path)), name) == []


def test_every_query_view_and_macro_is_documented(lake: duckdb.DuckDBPyConnection) -> None:
    text = (Path(__file__).parents[2] / "docs" / "querying.md").read_text(encoding="utf-8")
    macros = "SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE NOT internal"
    ours = "SELECT view_name AS name FROM duckdb_views() WHERE NOT internal"
    names = [row["name"] for sql in (macros, ours) for row in run(lake, sql).read_all().to_pylist()]
    for name in {*names, *named_queries()} - set(TABLES):
        assert re.search(rf"`{name}[`(]", text), name


def test_three_public_is_the_row_of_that_name_not_the_total_with_meetings(lake: duckdb.DuckDBPyConnection) -> None:
    rows = ask(lake, "three_public_by_department")
    assert column(rows, "three_public") == {HEBEI: Decimal("63.00"), HENAN: Decimal("8.00")}
    assert column(rows, "vehicles") == {HEBEI: Decimal("60.00"), HENAN: Decimal("7.50")}
    assert column(rows, "vehicle_purchase") == {HEBEI: Decimal("0.00"), HENAN: None}
    assert column(rows, "reception") == {HEBEI: Decimal("3.00"), HENAN: Decimal("0.50")}
    assert column(rows, "abroad") == {HEBEI: None, HENAN: None}


def test_spending_by_function_counts_each_yuan_once(lake: duckdb.DuckDBPyConnection) -> None:
    rows = ask(lake, "budget_by_function")
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row["document_sha256"]] = sums.get(row["document_sha256"], Decimal(0)) + row["amount"]
    totals = column(ask(lake, "spending_by_department"), "expenditure")
    assert sums == totals
    hebei = {row["function_code"]: row["amount"] for row in rows if row["document_sha256"] == HEBEI}
    assert hebei == {"208": Decimal("950.10"), "221": Decimal("50.00")}


@pytest.mark.parametrize(
    ("level", "codes"), [("group", {"20801", "22102"}), ("item", {"2080101", "2080102", "2210201"})]
)
def test_functions_can_be_cut_at_any_level(lake: duckdb.DuckDBPyConnection, level: str, codes: set[str]) -> None:
    rows = ask(lake, "budget_by_function", level=level, place="秦皇岛市人力")
    assert {row["function_code"] for row in rows} == codes
    assert sum(row["amount"] for row in rows) == Decimal("1000.10")


def test_an_impossible_level_is_refused(lake: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(SqlError, match="level must be category, group or item"):
        ask(lake, "budget_by_function", level="section")


def test_a_functional_code_is_compared_over_documents(lake: duckdb.DuckDBPyConnection) -> None:
    rows = ask(lake, "function_across_departments", code="208")
    assert column(rows, "amount") == {HEBEI: Decimal("950.10"), UNIT: Decimal("250.00"), HENAN: Decimal("50.00")}
    assert column(rows, "basic") == {HEBEI: Decimal("550.00"), UNIT: Decimal("200.00"), HENAN: None}
    assert column(rows, "project") == {HEBEI: Decimal("400.10"), UNIT: Decimal("50.00"), HENAN: Decimal("50.00")}


def test_funds_leave_out_totals_and_what_another_fund_contains(lake: duckdb.DuckDBPyConnection) -> None:
    rows = ask(lake, "funds_by_source")
    for sha256, revenue in ((HEBEI, "1000.10"), (HENAN, "500.00")):
        parts = [row for row in rows if row["document_sha256"] == sha256]
        assert sum(row["amount"] for row in parts) == Decimal(revenue)
        assert not any("其中" in row["measure"] for row in parts)


def test_carried_over_funds_come_from_the_total_row(lake: duckdb.DuckDBPyConnection) -> None:
    rows = ask(lake, "carried_over_funds")
    assert column(rows, "carried_over") == {HEBEI: Decimal("100.10"), HENAN: Decimal("100.00")}
    assert column(rows, "share_percent") == {HEBEI: Decimal("10.01"), HENAN: Decimal("20.00")}


def test_personnel_says_which_form_it_was_printed_in(lake: duckdb.DuckDBPyConnection) -> None:
    rows = ask(lake, "personnel_against_projects", phase="approved")
    assert column(rows, "personnel") == {HEBEI: Decimal("500.00"), HENAN: Decimal("240.00"), UNIT: None}
    assert column(rows, "personnel_form") == {HEBEI: "general_public_basic", HENAN: "expenditure", UNIT: None}
    assert column(rows, "project") == {HEBEI: Decimal("400.10"), HENAN: Decimal("200.00"), UNIT: Decimal("50.00")}


def test_final_accounts_give_what_was_spent_not_what_was_planned(lake: duckdb.DuckDBPyConnection) -> None:
    row = run(lake, f"SELECT revenue FROM document_totals WHERE document_sha256 = '{FINAL}'").read_all()  # noqa: S608
    assert row.to_pylist() == [{"revenue": Decimal("77.00")}]


def test_what_final_accounts_spent_this_year_is_all_they_spent(lake: duckdb.DuckDBPyConnection) -> None:
    row = run(lake, f"SELECT expenditure, basic, project FROM document_totals WHERE document_sha256 = '{FINAL}'")  # noqa: S608
    spent = {"expenditure": Decimal("77.00"), "basic": Decimal("70.00"), "project": Decimal("7.00")}
    assert row.read_all().to_pylist() == [spent]
    leaves = run(lake, f"SELECT function_code, amount FROM function_leaves WHERE document_sha256 = '{FINAL}'")  # noqa: S608
    assert leaves.read_all().to_pylist() == [{"function_code": "20502", "amount": Decimal("77.00")}]


def test_largest_projects_are_those_with_a_budget(lake: duckdb.DuckDBPyConnection) -> None:
    assert [row["project_name"] for row in ask(lake, "largest_projects")] == ["就业补助", "校舍维修", "档案托管"]
    assert [row["project_name"] for row in ask(lake, "largest_projects", limit="1")] == ["就业补助"]
    assert [row["project_name"] for row in ask(lake, "largest_projects", least="150.01")] == ["就业补助"]


def test_indicators_are_found_by_the_project_s_name_or_code(lake: duckdb.DuckDBPyConnection) -> None:
    assert [row["target"] for row in ask(lake, "project_indicators", project="A1")] == ["≥95%"]
    assert [row["target"] for row in ask(lake, "project_indicators", project="校舍")] == ["2024年底"]


def test_doubtful_amounts_come_with_their_reason(lake: duckdb.DuckDBPyConnection) -> None:
    rows = ask(lake, "unconfirmed_amounts")
    assert [(row["status"], row["amount"], row["reason"]) for row in rows] == [
        ("doubtful", Decimal("3.00"), "the row fits only when shifted"),
        ("unchecked", Decimal("27.00"), None),
    ]
    assert len(ask(lake, "unconfirmed_amounts", zeros="true")) == 3


def test_documents_of_a_place_by_any_of_its_names(lake: duckdb.DuckDBPyConnection) -> None:
    for place, expected in (
        ("双桥区", {FINAL}),
        ("河北", {HEBEI, UNIT, FINAL}),
        ("济源市教育局", {HENAN}),
        ("湖南", set()),
    ):
        assert {row["sha256"] for row in ask(lake, "documents_of_a_place", place=place)} == expected
    assert {row["sha256"] for row in ask(lake, "documents_of_a_place", status="partial")} == {UNKNOWN}


def test_broken_checks_leave_out_those_that_hold(lake: duckdb.DuckDBPyConnection) -> None:
    assert [row["difference"] for row in ask(lake, "broken_checks")] == [Decimal("-3.00"), Decimal("3.00"), None]


def test_parameters_are_read_by_their_type() -> None:
    query = named_query("largest_projects")
    values = query.values({"year": "2025", "least": "1.50", "place": "2025"})
    asked = {"place": "2025", "year": 2025, "department": "", "least": Decimal("1.50"), "limit": 20}
    assert values == {**asked, "governments": False}
    assert query.values({"year": "null"})["year"] is None
    for name, text in (("year", "今年"), ("least", "NaN"), ("limit", "")):
        with pytest.raises(ParameterError, match=name):
            query.values({name: text})
    with pytest.raises(ParameterError, match="zeros"):
        named_query("unconfirmed_amounts").values({"zeros": "maybe"})


def test_an_unknown_parameter_or_query_is_answered_with_what_there_is() -> None:
    with pytest.raises(ParameterError, match="it has place, year"):
        named_query("largest_projects").values({"plaec": "x"})
    with pytest.raises(UnknownQueryError, match="three_public_by_department"):
        named_query("three_public")


@pytest.mark.parametrize("name", ["document_totals", "Projects", "glossary"])
def test_the_name_of_a_table_or_view_is_answered_with_how_to_ask_it(name: str) -> None:
    with pytest.raises(UnknownQueryError, match=f'gongkai query "SELECT .+ FROM {name} LIMIT 20"'):  # noqa: S608 - a hint
        named_query(name)
    with pytest.raises(UnknownQueryError, match="no named query 'in_place'"):
        named_query("in_place")


@pytest.mark.parametrize(
    "sql",
    ["SELECT 1", "--\nSELECT 1", "-- Title\n-- :x number = 1  meaning\nSELECT 1", "-- T\n-- :x text = 'a'\nSELECT 1"],
)
def test_a_heading_that_is_not_understood_is_an_error(sql: str) -> None:
    with pytest.raises(ValueError, match="named query 'mine'"):
        parse("mine", sql)


def test_what_the_narrative_contradicts_leads_to_its_sentence(lake: duckdb.DuckDBPyConnection) -> None:
    [row] = ask(lake, "narrative_against_tables")
    assert (row["item"], row["page"], row["stated"], row["found"]) == (
        "three_public",
        12,
        Decimal("60.00"),
        Decimal("63.00"),
    )
    assert ask(lake, "narrative_against_tables", item="reception") == []


def test_a_stated_change_comes_with_its_percentage_and_reason(lake: duckdb.DuckDBPyConnection) -> None:
    [row] = ask(lake, "year_on_year_reasons")
    assert (row["change"], row["change_percent"], row["reason"]) == (Decimal("-5.00"), Decimal("-4.1000"), "厉行节约")


def test_promised_forms_are_missing_declared_empty_or_present(lake: duckdb.DuckDBPyConnection) -> None:
    assert [row["found"] for row in ask(lake, "promised_forms", found="")] == ["missing", "present", "declared empty"]
    assert [row["promised"] for row in ask(lake, "promised_forms")] == ["contents, page 2: '部门支出总表'"]


def test_whole_governments_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    """And never part of a sum: each is a row of its own, with its level."""
    tables = rows()
    for document in tables["documents"]:
        if document["sha256"] == HENAN:
            document["level"] = "government"
    for item in tables["line_items"]:
        if item["document_sha256"] == HENAN and item["form"] == "expenditure":
            item["form"] = "general_public"
    store = DirectoryStore(tmp_path)
    write_lake(store, tables)
    lake = connect(store)
    assert set(column(ask(lake, "three_public_by_department"), "three_public")) == {HEBEI}
    assert HENAN not in column(ask(lake, "largest_projects", limit="100"), "budget")
    assert HENAN in column(ask(lake, "largest_projects", limit="100", governments="true"), "budget")
    asked = lake.sql("SELECT DISTINCT document_sha256, level FROM government_amounts").fetchall()
    assert asked == [(HENAN, "government")]
    for view in ("amounts", "addable_amounts", "function_leaves"):
        assert lake.table(view).filter("level = 'government'").fetchall() == []
    assert HENAN not in {row["document_sha256"] for row in ask(lake, "budget_by_function")}
    functions = [row for row in ask(lake, "budget_by_function", governments="true") if row["document_sha256"] == HENAN]
    assert {row["level"] for row in functions} == {"government"}
    totals = lake.sql("SELECT sum(amount), any_value(form_total) FROM form_lines WHERE level = 'government'").fetchone()
    assert sum(row["amount"] for row in functions) == (totals or (None, None))[1] == (totals or (None, None))[0]
    assert all(HENAN not in row["documents"] for row in ask(lake, "place_by_function", level="item"))


def test_every_query_of_amounts_can_be_asked_for_governments() -> None:
    """The others tell what is held and how well it was read, of all documents; or add up departments."""
    without = {name for name, query in named_queries().items() if "governments" not in query.values({})}
    assert without == {
        "agreement_between_documents",
        "broken_checks",
        "confirmation_by_document",
        "contradictions",
        "disclosures",
        "documents_of_a_place",
        "issues_by_kind",
        "narrative_against_tables",
        "place_by_function",
        "place_by_source",
        "promised_forms",
        "quality_by_group",
        "worst_documents",
    }


def test_sources_and_functions_of_a_place_are_one_sum_but_for_rounding(lake: duckdb.DuckDBPyConnection) -> None:
    """The functions are those of ``place_by_function`` as far as the documents are the same."""
    rows = ask(lake, "place_by_source")
    documents = {sha256 for row in rows for sha256 in row["documents"]}
    sums = {side: sum(row["amount"] for row in rows if row["direction"] == side) for side in ("revenue", "expenditure")}

    assert documents
    assert documents <= {sha256 for row in ask(lake, "place_by_function") for sha256 in row["documents"]}
    assert abs(sums["revenue"] - sums["expenditure"]) <= 200 * len(documents)  # printed in 万元 with two decimals
    sources = [row["amount"] for row in ask(lake, "funds_by_source") if row["document_sha256"] in documents]
    assert sums["revenue"] == sum(sources)
