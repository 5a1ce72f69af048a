"""Queries that compare documents read those that they compare, and answer as if they read the whole lake."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.connection import LakeConnection
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_queries
from gongkai.queries.reach import WIDENED
from gongkai.queries.relations import tables_behind
from gongkai.queries.scans import COMPARING, Scan
from gongkai.queries.sql_guard import run
from tests.queries.small_lake import write_lake

Row = dict[str, Any]

_DOCUMENTS = 160
_PLACES = [("河北省", None), ("河北省", "甲市"), ("河北省", "乙市"), ("河南省", "丙市"), (None, None), (None, "河北省")]
_TABLES = ("documents", "claims", "line_items", "units", "checks")


def _documents(dice: random.Random) -> Iterator[Row]:
    """Few bodies, many documents: any may lack its place, year, phase, level or name, and share an article."""
    for number in range(_DOCUMENTS):
        province, city = dice.choice(_PLACES)
        yield {
            "sha256": f"{number:064x}",
            "province": province,
            "city": city,
            "year": dice.choice([2022, 2023, 2023, 2024, 2024, None]),
            "department": dice.choice(["教育", "卫生健康", None]),
            "entity": dice.choice(["教育局", "教育局", "教 育局", f"{province}卫生局", None]),
            "level": dice.choice(["department", "department", "unit", None]),
            "phase": dice.choice(["approved", "approved", "executed", None]),
            "article_url": dice.choice([None, *(f"http://{at}.example/" for at in range(50))]),
            "parse_status": "parsed",
            "amounts": dice.choice([0, 3, 3]),
        }


def _rows(dice: random.Random) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {name: [] for name in _TABLES}
    for document in _documents(dice):
        sha256 = document["sha256"]
        of = {"document_sha256": sha256, **{name: document[name] for name in ("province", "year", "department")}}
        tables["documents"].append(document)
        amount = {"amount": Decimal(dice.randrange(1, 4) * 10000), "last_digit": Decimal(100), "page": 1}
        for number, (item, role) in enumerate([("expenditure_total", "amount"), ("basic", "previous")]):
            if dice.random() < 0.6:
                stated = {"claim_id": f"{sha256[-12:]}-s{number}", "claim_index": number, "item": item, "label": item}
                tables["claims"].append({**of, **stated, **amount, "role": role, "fund": "total"})
        if document["amounts"]:
            whole = {
                "fund": "total",
                "spending": "total",
                "period": "total",
                "is_total": True,
                "row_kind": "total",
                "meaning": "stated",
            }
            line = {"form": "expenditure", "direction": "expenditure", "label": "合计", **whole}
            for number, basis in enumerate(["outcome", "budget", "prior_budget"]):
                place = {"line_item_id": f"{sha256[-12:]}-{number}", "table_index": 0, "row_index": 0}
                tables["line_items"].append({**of, **line, **amount, **place, "column_index": number, "basis": basis})
        if document["level"] == "department":
            tables["units"].append({**of, "unit_name": dice.choice(["教育局", "卫生局"]), "row_index": 0, "page": 1})
    return tables


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LakeConnection]:
    store = DirectoryStore(tmp_path_factory.mktemp("lake"))
    write_lake(store, _rows(random.Random(20)))
    with connect(store) as connection:
        yield connection


_ASKED = [
    {"place": "甲市", "year": "2024"},
    {"place": "河北", "year": "2023"},
    {"place": "卫生", "year": "2024"},
    {"place": "教 育", "year": "2022"},
    {"year": "2024"},
]


@pytest.mark.parametrize("name", list(WIDENED))
def test_a_comparison_answers_as_if_it_read_the_whole_lake(lake: LakeConnection, name: str) -> None:
    query = named_queries()[name]
    rows = 0
    for given in _ASKED:
        values = query.values({**given, "limit": "100000"})
        answer = sorted(run(lake, query.sql, values, of=query).read_all().to_pylist(), key=str)
        lake.read([Scan(table) for table in tables_behind() if table not in COMPARING])
        assert sorted(lake.as_it_stands.execute(query.sql, values).to_arrow_table().to_pylist(), key=str) == answer, (
            given
        )
        rows += len(answer)
    assert rows > 20


_FILTERED = [
    "province = '河北省' AND year = 2024",
    "year = 2023",
    "province = '河北省' AND department = '教育'",
    "in_place('甲市', province, city, county, entity) AND year = 2024",
    "in_place('教育', province, city, county, entity)",
    "province IS NULL AND year IS NULL",
]


@pytest.mark.parametrize("view", COMPARING)
def test_a_view_that_compares_gives_filtered_what_it_gives_in_the_whole_lake(lake: LakeConnection, view: str) -> None:
    of_a_document = [f"document_sha256 = '{number:064x}'" for number in (3, 7)] if view == "agreements" else []
    rows = 0
    for filtered in [*_FILTERED, *of_a_document]:
        sql = f"SELECT * FROM {view} WHERE {filtered}"  # noqa: S608 - texts of this module
        answer = sorted(lake.execute(sql).fetchall(), key=str)
        lake.read([Scan(table) for table in tables_behind() if table not in COMPARING])
        assert sorted(lake.already(sql, {}), key=str) == answer, filtered
        rows += len(answer)
    assert rows > 20
