"""The same money in two documents: chosen amounts in lakes of two or three documents each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_query
from gongkai.queries.sql_guard import run
from tests.queries.small_lake import write_lake

NOW, BEFORE, OTHER = ("1" * 64, "2" * 64, "3" * 64)
ENTITY = "某市教育局"

Row = dict[str, Any]


def document(sha256: str, year: int, **told: Any) -> Row:
    place = {"province": "河北省", "city": "某市", "year": year, "department": "教育"}
    return {"sha256": sha256, "entity": ENTITY, "level": "department", "phase": "approved", **place, **told}


def statement(sha256: str, number: int, role: str, amount: str, **told: Any) -> Row:
    return {
        "document_sha256": sha256,
        "claim_id": f"{sha256[:12]}-s{number}",
        "claim_index": number,
        "item": "operating_expenses",
        "label": "机关运行经费",
        "role": role,
        "amount": Decimal(amount),
        "printed": f"{Decimal(amount) / 10000:.2f}",
        "unit": "万元",
        "last_digit": Decimal("100.00"),
        "page": 3,
        **told,
    }


def item(sha256: str, form: str, amount: str, **told: Any) -> Row:
    direction = "revenue" if form == "revenue" or told.get("label") == "收入总计" else "expenditure"
    return {
        "document_sha256": sha256,
        "form": form,
        "direction": direction,
        "label": "合计",
        "fund": "total",
        "spending": "total",
        "period": "total",
        "amount": Decimal(amount),
        "printed": f"{Decimal(amount) / 10000:.2f}",
        "unit": "万元",
        "last_digit": Decimal("100.00"),
        "is_total": told.get("label", "合计") in ("合计", "收入总计", "支出总计"),
        **told,
    }


def agreements(folder: Path, documents: list[Row], **tables: list[Row]) -> list[Row]:
    """The view over a lake of these rows; every row lies where its document does."""
    store = DirectoryStore(folder)
    places = {row["sha256"]: {name: row[name] for name in ("province", "year", "department")} for row in documents}
    placed = {name: [{**row, **places[row["document_sha256"]]} for row in rows] for name, rows in tables.items()}
    write_lake(store, {"documents": documents, **placed})
    with connect(store) as lake:
        found: list[Row] = run(lake, "SELECT * FROM agreements ORDER BY rule, item").read_all().to_pylist()
    return found


def two_years(folder: Path, said: list[Row], before: list[Row], **told: Any) -> list[Row]:
    """This year's narrative against last year's."""
    documents = [document(NOW, 2025), document(BEFORE, 2024, **told)]
    return agreements(folder, documents, claims=[*said, *before])


@pytest.mark.parametrize(
    ("last", "outcome"), [("50000.00", "holds"), ("50200.00", "holds"), ("50300.00", "broken"), ("40000.00", "broken")]
)
def test_last_years_figure_is_what_last_year_stated(tmp_path: Path, last: str, outcome: str) -> None:
    said = [statement(NOW, 0, "previous", "50000.00", compared_with="prior_budget")]
    (row,) = two_years(tmp_path, said, [statement(BEFORE, 0, "amount", last)])
    assert (row["rule"], row["outcome"], row["document_sha256"], row["other_documents"]) == (
        "prior_year",
        outcome,
        NOW,
        [BEFORE],
    )
    assert (row["expected"], row["found"], row["tolerance"]) == (Decimal("50000.00"), Decimal(last), Decimal("200.00"))


@pytest.mark.parametrize(("compared_with", "outcome"), [("prior_budget", "broken"), ("prior_year", "not_assessable")])
def test_a_stated_change_tells_last_years_figure(tmp_path: Path, compared_with: str, outcome: str) -> None:
    said = [
        statement(NOW, 0, "amount", "60000.00"),
        statement(NOW, 1, "change", "10000.00", comparison="increase", compared_with=compared_with),
    ]
    (row,) = two_years(tmp_path / "holds", said, [statement(BEFORE, 0, "amount", "50000.00")])
    assert (row["outcome"], row["expected"], row["tolerance"]) == ("holds", Decimal("50000.00"), Decimal("300.00"))
    (row,) = two_years(tmp_path / "differs", said, [statement(BEFORE, 0, "amount", "45000.00")])
    assert (row["outcome"], row["difference"]) == (outcome, Decimal("-5000.00"))


@pytest.mark.parametrize(
    ("told", "compared_with"),
    [
        ({"entity": "某市公安局"}, "prior_budget"),
        ({"phase": "executed"}, "prior_budget"),
        ({"city": "另市"}, "prior_budget"),
        ({"phase": "executed"}, "prior_actual"),
    ],
)
def test_only_the_same_entity_and_stage_is_compared(tmp_path: Path, told: Row, compared_with: str) -> None:
    said = [statement(NOW, 0, "previous", "50000.00", compared_with=compared_with)]
    assert two_years(tmp_path, said, [statement(BEFORE, 0, "amount", "1.00")], **told) == []


def test_a_function_and_a_total_are_looked_for_in_last_years_tables(tmp_path: Path) -> None:
    said = [
        statement(NOW, 0, "previous", "70000.00", compared_with="prior_budget", item="expenditure_total"),
        statement(NOW, 1, "previous", "30000.00", compared_with="prior_budget", item="function", function_code="205"),
        statement(NOW, 2, "previous", "9.00", compared_with="prior_budget", item="function", label="没有编码"),
    ]
    items = [
        item(BEFORE, "expenditure", "70000.00"),
        item(BEFORE, "expenditure", "30000.00", label="教育支出", function_code="205"),
        item(BEFORE, "expenditure", "20000.00", label="教育支出", function_code="205", spending="basic"),
    ]
    documents = [document(NOW, 2025), document(BEFORE, 2024)]
    rows = agreements(tmp_path, documents, claims=said, line_items=items)
    assert [(row["item"], row["outcome"]) for row in rows] == [("expenditure_total", "holds"), ("function", "holds")]


def department_with_units(folder: Path, second: str, held: int = 2) -> list[Row]:
    """A department of 100,000 yuan with two units, the first of 60,000, the second's own document of ``second``."""
    names = ("某市第一中学", "某市第二中学")
    documents = [
        document(NOW, 2025),
        document(BEFORE, 2025, entity=names[0], level="unit"),
        document(OTHER, 2025, entity=names[1], level="unit"),
    ][: held + 1]
    items = [item(NOW, "expenditure", "100000.00"), item(BEFORE, "expenditure", "60000.00")]
    items += [item(OTHER, "expenditure", second)] if held == 2 else []
    items.append(item(NOW, "expenditure", "60000.00", label=names[0], unit_code="1", unit_name=names[0]))
    units = [{"document_sha256": NOW, "unit_name": name} for name in names]
    return agreements(folder, documents, line_items=items, units=units)


@pytest.mark.parametrize(("second", "outcome"), [("40000.00", "holds"), ("40100.00", "holds"), ("40200.00", "broken")])
def test_a_department_is_the_sum_of_its_units(tmp_path: Path, second: str, outcome: str) -> None:
    rows = {row["rule"]: row for row in department_with_units(tmp_path, second)}
    assert set(rows) == {"unit_in_department", "units_of_department"}
    assert (rows["unit_in_department"]["outcome"], rows["unit_in_department"]["label"]) == ("holds", "某市第一中学")
    whole = rows["units_of_department"]
    assert (whole["outcome"], whole["expected"], whole["found"]) == (
        outcome,
        Decimal("100000.00"),
        Decimal("60000.00") + Decimal(second),
    )
    assert whole["other_documents"] == [BEFORE, OTHER]


def test_amounts_of_an_older_version_are_not_compared(tmp_path: Path) -> None:
    """Without its last digit nothing is known of how an amount was rounded: it would be called broken."""
    older = {"last_digit": None, "is_total": None}
    documents = [document(NOW, 2025), document(BEFORE, 2025, entity="某市第一中学", level="unit")]
    items = [
        item(NOW, "expenditure", "100000.00", **older),
        item(BEFORE, "balance", "60000.00", label="支出总计", **older),
    ]
    units = [{"document_sha256": NOW, "unit_name": "某市第一中学"}]
    assert agreements(tmp_path, documents, line_items=items, units=units) == []


def test_a_sum_of_some_of_the_units_says_nothing(tmp_path: Path) -> None:
    rows = {row["rule"]: row for row in department_with_units(tmp_path, "0.00", held=1)}
    whole = rows["units_of_department"]
    assert (whole["outcome"], whole["found"]) == ("not_assessable", None)
    assert whole["reason"] == "documents of 1 of the 2 units it lists are held"
    assert rows["unit_in_department"]["outcome"] == "holds"


def two_files(folder: Path, said: list[Row], items: list[Row], **told: Any) -> list[Row]:
    """A narrative and the tables of the same disclosure."""
    documents = [
        document(NOW, 2025, amounts=0, parse_status="partial"),
        document(OTHER, 2025, amounts=len(items), parse_status="parsed", **told),
    ]
    return agreements(folder, documents, claims=said, line_items=items)


@pytest.mark.parametrize(
    ("item_name", "told", "stated", "outcome"),
    [
        ("expenditure_total", {}, "70000.00", "holds"),
        ("expenditure_total", {}, "70100.00", "holds"),
        ("expenditure_total", {}, "70300.00", "broken"),
        ("function", {"function_code": "205"}, "30000.00", "holds"),
        ("function", {"function_code": "205"}, "31000.00", "broken"),
        ("function", {"function_code": "205", "fund": "general_public"}, "31000.00", "not_assessable"),
        ("project", {}, "20000.00", "holds"),
        ("project", {}, "21000.00", "not_assessable"),
    ],
)
def test_a_narrative_is_compared_with_the_tables_of_its_disclosure(
    tmp_path: Path, item_name: str, told: Row, stated: str, outcome: str
) -> None:
    items = [
        item(OTHER, "expenditure", "70000.00"),
        item(OTHER, "expenditure", "20000.00", spending="project"),
        item(OTHER, "expenditure", "30000.00", label="教育支出", function_code="205"),
    ]
    (row,) = two_files(tmp_path, [statement(NOW, 0, "amount", stated, item=item_name, **told)], items, level=None)
    assert (row["rule"], row["outcome"], row["other_documents"]) == ("narrative_and_tables", outcome, [OTHER])


def of_a_body(number: int) -> dict[str, list[Row]]:
    """Last year's narrative, this year's, this year's tables and those of a unit, of a body of its own.

    Every second body's narrative states another total than its tables, every third another figure of last year.
    """
    now, before, tables, unit = (f"{number:03}{at}".ljust(64, "0") for at in range(4))
    name = f"某市第{number}局"
    told = {"entity": name, "parse_status": "parsed"}
    total = f"{70000 + 1000 * (number % 2)}.00"
    last_year = f"{50000 + 1000 * (number % 3 == 0)}.00"
    return {
        "documents": [
            document(now, 2025, **told),
            document(before, 2024, **told),
            document(tables, 2025, **told, amounts=3),
            document(unit, 2025, **told | {"entity": f"{name}中心"}, level="unit", amounts=1),
        ],
        "claims": [
            statement(now, 0, "amount", total, item="expenditure_total"),
            statement(now, 1, "amount", "30000.00", item="function", function_code="205"),
            statement(now, 2, "previous", last_year, compared_with="prior_budget"),
            statement(before, 0, "amount", "50000.00"),
        ],
        "line_items": [
            item(tables, "expenditure", "70000.00"),
            item(tables, "expenditure", "30000.00", label="教育支出", function_code="205"),
            item(tables, "expenditure", "20000.00", label=f"{name}中心", unit_name=f"{name}中心", is_total=False),
            item(unit, "expenditure", "20000.00"),
        ],
        "units": [{"document_sha256": tables, "unit_name": f"{name}中心"}],
    }


def test_bodies_of_one_lake_are_compared_each_within_itself(tmp_path: Path) -> None:
    """The rows of a mixed lake are those of its bodies' own lakes, and none is made of figures of all documents."""
    bodies = [of_a_body(number) for number in range(40)]
    mixed = {table: [row for body in bodies for row in body[table]] for table in bodies[0]}
    found = agreements(tmp_path / "mixed", **mixed)
    alone = [row for number in range(6) for row in agreements(tmp_path / str(number), **bodies[number])]

    assert len(found) == len(alone) / 6 * len(bodies)
    first = [row for row in found if int(row["document_sha256"][:3]) < 6]
    assert sorted(map(repr, first)) == sorted(map(repr, alone))
    assert {(row["rule"], row["outcome"]) for row in found} >= {
        (rule, outcome) for rule in ("prior_year", "narrative_and_tables") for outcome in ("holds", "broken")
    }
    with connect(DirectoryStore(tmp_path / "mixed")) as lake:
        ((_, plan),) = lake.execute("EXPLAIN (ANALYZE, FORMAT json) SELECT * FROM agreements").fetchall()
    assert max(rows_of(json.loads(plan))) < 50 * len(bodies)


def rows_of(operator: dict[str, Any]) -> Iterator[int]:
    """How many rows each operator of a plan gave."""
    yield operator.get("operator_cardinality", 0)
    for below in operator["children"]:
        yield from rows_of(below)


def test_files_of_another_level_or_body_are_not_compared(tmp_path: Path) -> None:
    said = [statement(NOW, 0, "amount", "70000.00", item="expenditure_total")]
    items = [item(OTHER, "expenditure", "70000.00")]
    assert two_files(tmp_path / "unit", said, items, level="unit") == []
    assert two_files(tmp_path / "body", said, items, entity="某市公安局") == []


def disclosures(folder: Path, documents: list[Row]) -> list[Row]:
    store = DirectoryStore(folder)
    write_lake(store, {"documents": documents})
    with connect(store) as lake:
        found: list[Row] = run(lake, "SELECT * FROM disclosures ORDER BY year, level").read_all().to_pylist()
    return found


def asked(folder: Path, query: str, documents: list[Row], items: list[Row]) -> list[Row]:
    """Ask a lake of these documents and amounts a named query."""
    store, of = DirectoryStore(folder), named_query(query)
    places = {row["sha256"]: {name: row[name] for name in ("province", "year", "department")} for row in documents}
    write_lake(
        store, {"documents": documents, "line_items": [{**row, **places[row["document_sha256"]]} for row in items]}
    )
    with connect(store) as lake:
        found: list[Row] = run(lake, of.sql, {each.name: each.default for each in of.parameters}).read_all().to_pylist()
    return found


@pytest.mark.parametrize(
    ("query", "other", "levels", "rows"),
    [
        ("year_on_year", {"year": 2024}, ["department"], 1),
        ("year_on_year", {"year": 2024}, [], 0),
        ("year_on_year", {"year": 2024}, ["unit"], 0),
        ("year_on_year", {"year": 2024}, ["department", "unit"], 0),
        ("year_on_year", {"year": 2024, "level": None}, ["department"], 1),
        ("budget_against_outcome", {"year": 2025, "phase": "executed"}, ["department"], 1),
        ("budget_against_outcome", {"year": 2025, "phase": "executed"}, ["unit"], 0),
    ],
)
def test_tables_without_a_level_are_of_the_only_one_that_their_body_states(
    tmp_path: Path, query: str, other: Row, levels: list[str], rows: int
) -> None:
    """This year's tables state none, its narrative does, and so do those of the other year or phase."""
    said = [document(f"{at}" * 64, 2025, level=level) for at, level in enumerate(levels, 5)]
    documents = [document(NOW, 2025, level=None), document(OTHER, **{"level": "department", **other}), *said]
    items = [item(sha256, "expenditure", amount) for sha256, amount in ((NOW, "90000.00"), (OTHER, "80000.00"))]
    items = [
        {**row, "basis": "outcome" if other.get("phase") and row["document_sha256"] == OTHER else "budget"}
        for row in items
    ]
    found = asked(tmp_path, query, documents, items)
    assert [row["figure"] for row in found] == ["expenditure"] * rows


@pytest.mark.parametrize("name", ["中共某省委办公厅", "中国共产党某省委员会办公厅", "省委办公厅"])
def test_one_body_may_be_spelled_in_several_ways(tmp_path: Path, name: str) -> None:
    place = {"province": "某省", "city": None, "parse_status": "parsed"}
    documents = [
        document(NOW, 2025, **{**place, "entity": "某省委办公厅"}),
        document(OTHER, 2025, **{**place, "entity": name, "level": None}),
    ]
    (row,) = disclosures(tmp_path, documents)
    assert (row["documents"], row["level"]) == ([NOW, OTHER], "department")


def test_a_file_without_a_name_belongs_to_the_disclosure_of_its_article(tmp_path: Path) -> None:
    article = {"article_url": "https://example.cn/a.html", "parse_status": "partial"}
    nameless = document(OTHER, 2025, **article, entity=None, level=None, phase=None)
    (row,) = disclosures(tmp_path / "one", [document(NOW, 2025, **article), nameless])
    assert (row["documents"], row["articles"]) == ([NOW, OTHER], [article["article_url"]])
    several = [document(NOW, 2025, **article), document(BEFORE, 2024, **article), nameless]
    rows = disclosures(tmp_path / "several", several)
    assert [row["documents"] for row in rows] == [[BEFORE], [NOW]]


def test_a_department_and_the_unit_of_its_name_publish_two_disclosures(tmp_path: Path) -> None:
    documents = [document(NOW, 2025, parse_status="parsed"), document(OTHER, 2025, level="unit", parse_status="parsed")]
    assert [(row["level"], row["documents"]) for row in disclosures(tmp_path, documents)] == [
        ("department", [NOW]),
        ("unit", [OTHER]),
    ]
