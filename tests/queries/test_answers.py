"""Views and named queries rest on what the parser states, add up, and tell where documents say otherwise."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sysconfig
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.local_files import add_files
from gongkai.parsing.stage import parse
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_query
from gongkai.queries.sql_guard import run
from tests.queries.small_lake import FINAL, HEBEI, HENAN, UNIT, Row, rows, write_lake

DOCS = Path(__file__).parents[2]
SHARED = Path(__file__).parents[3] / "shared"
ADDED_UP = """
    SELECT document_sha256, form, direction, divided_by, sum(amount) AS summed, any_value(form_total) AS form_total,
        max(last_digit) * (count(*) + 1) / 2 AS rounding
    FROM addable_amounts
    GROUP BY ALL
"""
Lake = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture
def lake_of(tmp_path: Path) -> Lake:
    """A lake of the small one's rows and more."""

    def made(items: Iterable[Row] = (), **more: list[Row]) -> duckdb.DuckDBPyConnection:
        tables = rows()
        tables["line_items"] += items
        for name, added in more.items():
            tables.setdefault(name, []).extend(added)
        store = DirectoryStore(tmp_path)
        write_lake(store, tables)
        return connect(store)

    return made


def ask(lake: duckdb.DuckDBPyConnection, query: str, **given: str) -> list[dict[str, Any]]:
    named = named_query(query)
    answer: list[dict[str, Any]] = run(lake, named.sql, named.values(given)).read_all().to_pylist()
    return answer


def told(lake: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return lake.sql(sql).fetchall()


def item(form: str, label: str, amount: str, **columns: Any) -> Row:
    """An amount of the unit's document, in a table of its own."""
    row: Row = {
        "document_sha256": UNIT,
        "line_item_id": f"{label}{amount}",
        "form": form,
        "direction": "expenditure",
        "label": label,
        "period": "total",
        "basis": "budget",
        "meaning": "stated",
        "is_total": False,
        "row_kind": "line",
        "amount": Decimal(amount),
        "printed": amount,
        "unit": "元",
        "last_digit": Decimal("0.01"),
        "status": "confirmed",
        "table_index": 90,
        "row_index": 0,
        "column_index": 0,
        "province": "河北省",
        "year": 2025,
        "department": "人力资源和社会保障",
    }
    return {**row, **columns}


def test_the_lines_of_a_form_add_up_to_its_total(lake_of: Lake) -> None:
    lake = lake_of()
    summed = told(lake, f"SELECT summed, form_total, rounding FROM ({ADDED_UP})")  # noqa: S608 - text of our own
    assert summed
    assert all(abs(found - total) <= rounding for found, total, rounding in summed)
    assert told(lake, f"SELECT sum(amount) FROM addable_amounts WHERE document_sha256 = '{HEBEI}'") == [  # noqa: S608
        (Decimal("1000.10"),)
    ]


def test_a_form_whose_lines_do_not_add_up_is_a_contradiction_and_no_addend(lake_of: Lake) -> None:
    form = [
        item("general_public", "合计", "100.00", is_total=True, row_kind="total", fund="general_public"),
        item("general_public", "行政运行", "90.00", function_code="2010101", fund="general_public", row_index=1),
    ]
    lake = lake_of(form)
    assert told(lake, "SELECT count(*) FROM addable_amounts WHERE form = 'general_public'") == [(0,)]
    [row] = [row for row in ask(lake, "contradictions") if row["form"] == "general_public"]
    assert (row["kind"], row["stated"], row["found"]) == ("lines", Decimal("100.00"), Decimal("90.00"))


def test_of_which_subtotals_and_last_year_are_never_added(lake_of: Lake) -> None:
    form = [
        item("general_public", "合计", "100.00", is_total=True, row_kind="total"),
        item("general_public", "人员", "100.00", row_kind="subtotal", row_index=1),
        item("general_public", "在职", "60.00", row_index=2),
        item("general_public", "涉密", "40.00", row_kind="withheld", row_index=3),
        item("general_public", "其中：工资", "10.00", row_kind="of_which", row_index=4),
        item("general_public", "在职", "55.00", basis="prior_budget", row_index=2, column_index=1),
    ]
    lake = lake_of(form)
    added = told(lake, "SELECT label, amount FROM addable_amounts WHERE form = 'general_public' ORDER BY label")
    assert added == [("在职", Decimal("60.00")), ("涉密", Decimal("40.00"))]


def test_three_public_is_never_a_total_that_holds_meetings(lake_of: Lake) -> None:
    columns = {"table_index": 91, "fund": "general_public", "is_total": True, "row_kind": "total"}
    form = [
        item("three_public", "合计", "90.00", **columns),
        item("three_public", "合计", "27.00", item="meetings", column_index=1, **columns),
    ]
    lake = lake_of(form)
    sql = f"SELECT three_public, three_public_from FROM document_totals WHERE document_sha256 = '{UNIT}'"  # noqa: S608
    assert told(lake, sql) == [(None, None)]


def test_three_public_is_summed_from_its_parts_where_no_total_is_printed(lake_of: Lake) -> None:
    form = [
        item("three_public", name, amount, item=name, row_index=number)
        for number, (name, amount) in enumerate((("abroad", "1.00"), ("vehicles", "5.00"), ("reception", "2.00")))
    ]
    sql = f"SELECT three_public, three_public_from FROM document_totals WHERE document_sha256 = '{UNIT}'"  # noqa: S608
    assert told(lake_of(form), sql) == [(Decimal("8.00"), "three_public")]


def test_a_total_of_no_table_is_the_narratives_where_it_states_one_alone(lake_of: Lake) -> None:
    def claim(number: int, amount: str) -> Row:
        said = {"document_sha256": UNIT, "claim_id": f"s{number}", "claim_index": number, "label": "“三公”经费"}
        stated = {"item": "three_public", "role": "amount", "amount": Decimal(amount), "last_digit": Decimal(1)}
        place = {"province": "河北省", "year": 2025, "department": "人力资源和社会保障", "sentence": ""}
        return {**said, **stated, **place}

    sql = f"SELECT three_public, three_public_from FROM document_totals WHERE document_sha256 = '{UNIT}'"  # noqa: S608
    assert told(lake_of(claims=[claim(0, "7.00"), claim(1, "7.00")]), sql) == [(Decimal("7.00"), "narrative")]
    assert told(lake_of(claims=[claim(0, "7.00"), claim(1, "9.00")]), sql) == [(None, None)]


def test_functions_come_from_the_form_whose_total_is_the_whole_spending(lake_of: Lake) -> None:
    other = {"document_sha256": "f" * 64, "fund": "general_public"}
    form = [
        item("expenditure", "合计", "100.00", is_total=True, row_kind="total", **{**other, "fund": "total"}),
        item("general_public", "合计", "100.00", is_total=True, row_kind="total", table_index=91, **other),
        item("general_public", "行政运行", "100.00", function_code="2010101", table_index=91, row_index=1, **other),
    ]
    document = {**rows()["documents"][1], "sha256": "f" * 64, "entity": "秦皇岛市统计局"}
    lake = lake_of(form, documents=[document])
    leaves = f"SELECT form, function_code, amount FROM function_leaves WHERE document_sha256 = '{'f' * 64}'"  # noqa: S608
    assert told(lake, leaves) == [("general_public", "2010101", Decimal("100.00"))]
    part = [{**row, "amount": Decimal("80.00")} if row["form"] == "general_public" else row for row in form]
    assert told(lake_of(part, documents=[document]), leaves) == [], "a form of one fund that is not all the money"


def test_what_the_narrative_states_otherwise_is_a_contradiction(lake_of: Lake) -> None:
    [row] = [row for row in ask(lake_of(), "contradictions", figure="three_public") if row["kind"] == "narrative"]
    assert (row["stated"], row["found"], row["page"]) == (Decimal("63.00"), Decimal("60.00"), 12)


def test_a_places_spending_counts_departments_alone_and_once(lake_of: Lake) -> None:
    document = {**rows()["documents"][0], "sha256": "f" * 64}
    again = [
        {**row, "document_sha256": "f" * 64, "line_item_id": f"f{row['line_item_id']}"}
        for row in rows()["line_items"]
        if row["document_sha256"] == HEBEI
    ]
    answer = ask(lake_of(again, documents=[document]), "place_by_function", place="秦皇岛")
    assert sum(row["amount"] for row in answer) == Decimal("1000.10")
    assert {row["departments"] for row in answer} == {1}


def test_this_year_and_last_years_of_one_table(lake_of: Lake) -> None:
    lake = lake_of()
    [row] = ask(lake, "year_on_year")
    assert (row["amount"], row["last_year"], row["change"]) == (Decimal("63.00"), Decimal("70.00"), Decimal("-7.00"))
    assert (row["last_year_basis"], row["printed_in"]) == ("prior_budget", "one document")


def test_two_columns_that_can_be_last_years_are_none(lake_of: Lake) -> None:
    [prior] = [row for row in rows()["line_items"] if row["basis"] == "prior_budget"]
    assert ask(lake_of([{**prior, "column_index": 99, "amount": Decimal("71.00")}]), "year_on_year") == []


def test_the_outcome_beside_its_budget(lake_of: Lake) -> None:
    [row] = ask(lake_of(), "budget_against_outcome")
    assert (row["budget_basis"], row["budget"], row["outcome"]) == (
        "adjusted_budget",
        Decimal("99.00"),
        Decimal("77.00"),
    )
    assert row["document_sha256"] == FINAL


def test_procurement_by_goods_works_and_services(lake_of: Lake) -> None:
    place = {"province": "河南省", "year": 2024, "department": "教育", "document_sha256": HENAN, "is_subtotal": False}
    lines = [{**place, "catalogue_code": code, "amount": Decimal(5)} for code in ("A02010100", "C05990000", "C99")]
    answer = {row["document_sha256"]: row for row in ask(lake_of(procurement=lines), "procurement_by_kind")}
    said = [answer[HEBEI][name] for name in ("procurement", "goods", "works", "services", "listed_goods")]
    assert said == [Decimal("30.00"), Decimal("10.00"), None, Decimal("20.00"), None]
    listed = [answer[HENAN][name] for name in ("goods", "listed_goods", "listed_works", "listed_services")]
    assert listed == [None, Decimal("5.00"), Decimal("0.00"), Decimal("10.00")]
    uncoded = ask(lake_of(procurement=[*lines, {**place, "amount": Decimal(1)}]), "procurement_by_kind")
    assert [row["document_sha256"] for row in uncoded] == [HEBEI]


def test_procurement_of_one_fund_does_not_stand_for_that_of_all(lake_of: Lake) -> None:
    [whole] = [row for row in rows()["claims"] if row["item"] == "procurement" and row["document_sha256"] == HEBEI]
    part = {**whole, "claim_index": 98, "claim_id": "x-s98", "fund": "general_public", "amount": Decimal("7.00")}
    answer = {row["document_sha256"]: row for row in ask(lake_of(claims=[part]), "procurement_by_kind")}
    assert answer[HEBEI]["procurement"] == Decimal("30.00")


def test_posts_and_people_are_read_across_line_breaks(lake_of: Lake) -> None:
    counts = [(row["kind"], row["persons"]) for row in ask(lake_of(), "head_counts")]
    assert sorted(counts) == [
        ("actual", 50),
        ("establishment_administrative", 40),
        ("establishment_institution", 12),
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("核定编制30名，其中：行政编制10名、参公管理事业编制20名", [("establishment", 30)]),
        ("退休人员增加5人", []),
        ("年末实有在职人员为 108 人，退休人员：7人", [("in_service", 108), ("retired", 7)]),
        ("行政编制333人，实有438人，离退休241人", [("actual", 438), ("retired", 241)]),
        ("编制2025年部门预算", []),
        (
            "在职人员编制496人，其中：行政编制333人,工勤人员编制26人，机关工勤编制3名",
            [("establishment", 496), ("establishment_workers", 3), ("establishment_workers", 26)],
        ),
    ],
)
def test_head_counts_as_narratives_word_them(lake_of: Lake, text: str, counts: list[tuple[str, int]]) -> None:
    section = {"document_sha256": UNIT, "section_index": 0, "text": text, "province": "河北省", "year": 2025}
    lake = lake_of(sections=[{**section, "department": "人力资源和社会保障"}])
    kinds = "kind IN ('actual', 'establishment', 'establishment_workers', 'in_service', 'retired')"
    sql = f"SELECT kind, persons FROM head_counts WHERE document_sha256 = '{UNIT}' AND {kinds} ORDER BY kind, persons"  # noqa: S608
    assert told(lake, sql) == counts


def test_figures_per_head_name_the_heads(lake_of: Lake) -> None:
    [row] = ask(lake_of(), "per_capita")
    assert (row["persons"], row["persons_kind"], row["three_public_per_head"]) == (50, "actual", Decimal("1.26"))


def test_vehicles_of_the_narrative_and_assets_of_the_table(lake_of: Lake) -> None:
    stated = [
        (row["stated_in"], row["item"], row["quantity"], row["value"]) for row in ask(lake_of(), "vehicles_and_assets")
    ]
    assert stated == [
        ("assets", "资产总额", None, Decimal("900.00")),
        ("narrative", "vehicles_held", Decimal(3), None),
    ]


def test_units_of_the_table_and_of_a_numbered_list(lake_of: Lake) -> None:
    units = [(row["listed_in"], row["unit_name"]) for row in ask(lake_of(), "subordinate_units")]
    names = ["秦皇岛市社会保险中心", "秦皇岛市就业服务中心"]
    assert units == [(listed_in, name) for listed_in in ("table", "narrative") for name in names]


def test_meetings_and_training_say_where_they_stand(lake_of: Lake) -> None:
    [row] = ask(lake_of(), "meetings_and_training")
    assert (row["meetings"], row["meetings_from"], row["training"]) == (Decimal("27.00"), "three_public", None)


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("产出指标", "output"),
        ("一、产出", "output"),
        ("产出指标（50分）", "output"),
        ("效益指", "benefit"),
        ("服务对象满意度指标", "satisfaction"),
        ("成本指标(20分)", "cost"),
        ("投入管理指标", "management"),
        ("各类职业技能培训", None),
        (None, None),
    ],
)
def test_level_1_is_one_kind_however_it_is_spelled(lake_of: Lake, printed: str | None, kind: str | None) -> None:
    indicator = {"document_sha256": UNIT, "level1": printed, "province": "河北省", "year": 2025}
    lake = lake_of(indicators=[{**indicator, "department": "人力资源和社会保障"}])
    sql = f"SELECT kind, level1 FROM indicator_targets WHERE document_sha256 = '{UNIT}'"  # noqa: S608
    assert told(lake, sql) == [(kind, printed)]


TOTALS = {
    "000": ("166548400.00", "166548400.00", "63000.00"),
    "001": ("527299100.00", "527299100.00", "25000.00"),
    "002": ("159548900.00", "159548900.00", "30000.00"),
    "003": ("118441000.00", "118441000.00", "80000.00"),
    "004": ("24880900.00", "24880900.00", "1500.00"),
}
"""Revenue, expenditure and “三公” of the seeds, read from their pages, in yuan."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the seeds, under the name that the documentation gives it."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the shared folder is not beside the project")
    folder = tmp_path_factory.mktemp("archive") / "gongkai-data"
    archive = Archive.open(str(folder))
    add_files(archive, [SHARED / "seeds"])
    parse(archive)
    return folder


@pytest.fixture(scope="module")
def seeds(root: Path) -> duckdb.DuckDBPyConnection:
    return connect(Archive.open(str(root)).store)


def recipes(file: str, command: str) -> list[str]:
    """The SQL of the commands that a document shows, as far as it gives amounts."""
    shown = re.findall(rf'^ *{command} "(.*)"', (DOCS / file).read_text(encoding="utf-8"), re.MULTILINE)
    return [sql for sql in shown if re.search("amount|revenue", sql) and "count(" not in sql]


def test_totals_of_published_documents_are_those_of_their_pages(seeds: duckdb.DuckDBPyConnection) -> None:
    sql = """
        SELECT left(file_name, 3), revenue, expenditure, three_public
        FROM document_totals JOIN documents ON sha256 = document_sha256
    """
    assert {row[0]: tuple(map(str, row[1:])) for row in told(seeds, sql)} == TOTALS


def test_lines_of_published_forms_add_up_to_printed_totals(seeds: duckdb.DuckDBPyConnection) -> None:
    summed = told(seeds, f"SELECT summed, form_total, rounding FROM ({ADDED_UP})")  # noqa: S608 - text of our own
    assert len(summed) >= 40
    assert all(abs(found - total) <= rounding for found, total, rounding in summed)
    functions = "form = 'expenditure' AND divided_by = 'function'"
    whole = f"SELECT count(DISTINCT document_sha256) FROM addable_amounts WHERE {functions}"  # noqa: S608
    assert told(seeds, whole) == [(5,)]


def test_sources_of_published_documents_add_up_to_their_revenue(seeds: duckdb.DuckDBPyConnection) -> None:
    sources: dict[str, Decimal] = {}
    for row in ask(seeds, "funds_by_source"):
        sources[row["document_sha256"]] = sources.get(row["document_sha256"], Decimal(0)) + row["amount"]
    totals = dict(told(seeds, "SELECT document_sha256, revenue FROM document_totals"))
    assert sources.keys() == totals.keys()
    assert all(abs(sources[each] - totals[each]) <= 200 for each in totals)


def test_recipes_for_gongkai_give_the_totals_of_the_pages(seeds: duckdb.DuckDBPyConnection) -> None:
    by_function, addable = recipes("docs/querying.md", "gongkai query")
    functions = run(seeds, by_function).read_all().to_pylist()
    assert len({row["name"] for row in functions}) == len(functions)
    assert abs(sum(row["amount"] for row in functions) - Decimal(TOTALS["001"][1])) <= 1200
    added = [row["sum(amount)"] for row in run(seeds, addable).read_all().to_pylist()]
    spent = [Decimal(expenditure) for _, expenditure, _ in TOTALS.values()]
    assert all(abs(found - total) <= 200 for found, total in zip(sorted(added), sorted(spent), strict=True))
    (entities,) = recipes("docs/commands.md", "gongkai query")
    revenues = {row["revenue"] for row in run(seeds, entities).read_all().to_pylist()}
    assert revenues == {Decimal(TOTALS[seed][0]) for seed in ("000", "001", "004")}


@pytest.mark.parametrize(("file", "folder"), [("README.md", ".."), ("docs/querying.md", ".")])
def test_recipes_for_plain_duckdb_give_the_totals_of_the_pages(root: Path, file: str, folder: str) -> None:
    text = (DOCS / file).read_text(encoding="utf-8").replace("\\\n", "")
    (recipe,) = re.findall(r'^ *(duckdb .* -c ".*document_totals"$)', text, re.MULTILINE)
    shipped = DOCS / "contrib" / "duckdb" / "views.sql"
    named = root / folder / ("views.sql" if folder == "." else "contrib/duckdb/views.sql")
    named.parent.mkdir(parents=True, exist_ok=True)
    named.write_bytes(shipped.read_bytes())
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    program, *options = shlex.split(recipe)
    command = [program, "-csv", "-noheader", *options]
    done = subprocess.run(
        command, cwd=root / folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
    )
    revenues = sorted(line.rpartition(",")[2] for line in done.stdout.splitlines())
    assert revenues == sorted(revenue for revenue, _, _ in TOTALS.values())
