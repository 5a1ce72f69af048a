"""`gongkai quality`: counts by document and by group, where to look next, and what became worse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.exits import Exit
from tests.commands.conftest import Command
from tests.queries.small_lake import FINAL, HEBEI, HENAN, UNIT, UNKNOWN

Rows = dict[str, dict[str, Any]]


def rows(gongkai: Command, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(gongkai("quality", *arguments, "-f", "json").output)
    return found


@pytest.fixture
def kept(gongkai: Command, tmp_path: Path) -> Path:
    """A run kept of the small lake."""
    file = tmp_path / "before.parquet"
    assert gongkai("quality", "--format", "parquet", "--output", str(file)).code == Exit.OK
    return file


def rewrite(kept: Path, change: Callable[[Rows], object]) -> None:
    """Make the run kept another one."""
    table = pq.ParquetFile(kept).read()
    documents = {row["document_sha256"]: row for row in table.to_pylist(maps_as_pydicts="strict")}
    change(documents)
    pq.write_table(pa.Table.from_pylist(list(documents.values()), schema=table.schema), kept)


def test_one_row_for_each_document(gongkai: Command) -> None:
    found = {row["document_sha256"]: row for row in rows(gongkai)}
    assert set(found) == {HEBEI, UNIT, HENAN, FINAL, UNKNOWN}
    hebei = found[HEBEI]
    assert (hebei["file_name"], hebei["portal"], hebei["parser_version"]) == ("a.pdf", "local", "test")
    assert (hebei["amounts"], hebei["confirmed_percent"]) == (20, "90.00")
    assert hebei["issues_by_kind"] == {"shifted_row": 1}
    assert found[UNKNOWN]["confirmed_percent"] is None


def test_counts_by_group(gongkai: Command) -> None:
    by_department = {row["name"]: row for row in rows(gongkai, "--by", "department")}
    assert by_department["教育"]["documents"] == 2
    assert by_department["教育"]["amounts"] == 14
    assert by_department["教育"]["broken_by_rule"] == {}
    assert by_department["人力资源和社会保障"]["broken_by_rule"]["row_funds"] == 1
    assert by_department[None]["issues_by_kind"] == {"place_unknown": 1}
    (whole,) = rows(gongkai, "--by", "parser_version")
    assert (whole["name"], whole["documents"], whole["amounts"], whole["confirmed"]) == ("test", 5, 36, 29)
    assert whole["issues_by_kind"] == {"place_unknown": 1, "shifted_row": 1}


def test_the_worst_come_first_with_reasons_and_pages(gongkai: Command) -> None:
    worst = rows(gongkai, "--worst")
    assert [(row["document_sha256"], row["to_settle"]) for row in worst] == [(HEBEI, 7), (HENAN, 5), (UNKNOWN, 0)]
    assert worst[0]["reasons"] == "promised_form_present 1, row_funds 1, shifted_row 1, text_table 1"
    assert worst[0]["pages"] == [12]
    assert [row["document_sha256"] for row in rows(gongkai, "--worst", "1")] == [HEBEI]


def test_an_unchanged_run_has_no_differences(gongkai: Command, kept: Path) -> None:
    ended = gongkai("quality", "--against", str(kept), "-f", "csv")
    assert (ended.code, ended.output.count("\n")) == (Exit.OK, 1)
    assert ended.errors == "documents: all alike\n"


@pytest.mark.parametrize(
    ("column", "before", "found"),
    [
        ("amounts", 21, ("amounts", "worse")),
        ("amounts", 19, ("amounts", "better")),
        ("confirmed", 19, ("confirmed", "worse")),
        ("tables_recognised", 8, ("tables_recognised", "worse")),
        ("doubtful", 0, ("doubtful", "worse")),
        ("doubtful", 2, ("doubtful", "better")),
        ("amounts_unrecognised", 0, ("amounts_unrecognised", "worse")),
        ("issues_by_kind", {}, ("issues_by_kind.shifted_row", "worse")),
        ("issues_by_kind", {"shifted_row": 1, "form_unknown": 1}, ("issues_by_kind.form_unknown", "better")),
        ("broken_by_rule", {"row_funds": 1, "text_table": 1}, ("broken_by_rule.promised_form_present", "worse")),
        ("rows_by_table", {"projects": 3}, ("rows_by_table.projects", "worse")),
        ("rows_by_table", {}, ("rows_by_table.projects", "better")),
        ("entity", None, ("entity", "better")),
        ("county", "山海关区", ("county", "worse")),
        ("year", 2024, ("year", "changed")),
        ("reading", "0" * 12, ("reading", "changed")),
    ],
)
def test_what_differs_is_judged(
    gongkai: Command, kept: Path, column: str, before: object, found: tuple[str, str]
) -> None:
    measure, verdict = found
    rewrite(kept, lambda documents: documents[HEBEI].update({column: before}))
    ended = gongkai("quality", "--against", str(kept), "-f", "json")
    (change,) = json.loads(ended.output)
    assert (change["verdict"], change["measure"], change["document_sha256"]) == (verdict, measure, HEBEI)
    assert ended.code == (Exit.SOMETHING_FAILED if verdict == "worse" else Exit.OK)
    assert ended.errors == f"documents: {verdict} 1\n"


def test_new_and_gone_documents_are_named(gongkai: Command, kept: Path) -> None:
    def rename(documents: Rows) -> None:
        documents[UNIT]["document_sha256"] = "f" * 64

    rewrite(kept, rename)
    ended = gongkai("quality", "--against", str(kept), "-f", "json")
    assert [(row["verdict"], row["document_sha256"]) for row in json.loads(ended.output)] == [
        ("gone", "f" * 64),
        ("new", UNIT),
    ]
    assert ended.code == Exit.SOMETHING_FAILED


def test_a_run_of_another_version_is_compared_as_far_as_it_goes(gongkai: Command, kept: Path) -> None:
    rewrite(kept, lambda documents: documents[HEBEI].update({"amounts": 21}))
    pq.write_table(pq.ParquetFile(kept).read().drop_columns(["doubtful", "issues_by_kind", "county", "reading"]), kept)
    ended = gongkai("quality", "--against", str(kept), "-f", "json")
    assert [row["measure"] for row in json.loads(ended.output)] == ["amounts"]
    assert "without doubtful, issues_by_kind, county, reading: these are not compared" in ended.errors


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--against", "no.parquet"), "'no.parquet'"),
        (("--against", "other.parquet"), "no column 'document_sha256'"),
        (("--against", "text.parquet"), "not Parquet"),
        (("--by", "portal", "--worst"), "--by, --worst and --against"),
        (("--by", "county"), "'county'"),
        (("--worst", "0"), "0"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    gongkai: Command, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "text.parquet").write_text("PAR", encoding="ascii")
    pq.write_table(pa.table({"a": [1]}), tmp_path / "other.parquet")
    ended = gongkai("quality", *arguments)
    assert ended.code == Exit.WRONG_USAGE
    assert ended.is_one_sentence, ended.errors
    assert told in ended.errors
