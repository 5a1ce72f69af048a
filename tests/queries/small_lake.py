"""A lake small enough to know every answer by heart, written as parsing writes it: files, versions, the manifest.

Five documents: a department of Hebei (类, 款 and 项 printed, “三公” beside 会议费) and one of its units, a department
of Henan (项 alone, funds with 其中, “三公” as columns), final accounts (预算数 beside 决算数), and one whose place and
year cannot be told.  Amounts are chosen, not published ones.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive.store import Store
from gongkai.lake.manifest import LakeFile, Manifest
from gongkai.lake.partition import PARTITION, Partition
from gongkai.lake.publication import write_manifest
from gongkai.lake.schema import TABLES, arrow_schema
from gongkai.parsing.proof.named_positions import expense_at
from gongkai.parsing.tables.column_dimensions import stated_basis
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.expenses import line_item_of

HEBEI, UNIT, HENAN, FINAL, UNKNOWN = (digit * 64 for digit in "abcde")

Row = dict[str, Any]

_PLACES = {
    HEBEI: ("河北省", 2025, "人力资源和社会保障"),
    UNIT: ("河北省", 2025, "人力资源和社会保障"),
    HENAN: ("河南省", 2024, "教育"),
    FINAL: ("河北省", 2023, "教育"),
    UNKNOWN: (None, None, None),
}


def rows() -> dict[str, list[Row]]:
    """Every table's rows; amounts in yuan."""
    line_items = [*_hebei(), *_unit(), *_henan(), *_final()]
    tables: dict[str, list[Row]] = {
        "documents": list(_documents()),
        "line_items": _numbered(line_items),
        "projects": [_placed(row, 0) for row in _PROJECTS],
        "indicators": [_placed(row, number) for number, row in enumerate(_INDICATORS)],
        "checks": [_placed(row, 0) for row in _CHECKS],
        "issues": [_placed(row, 0) for row in _ISSUES],
        "sections": [_placed(row, 0) for row in _SECTIONS],
        "claims": [_placed(row, 0) for row in _CLAIMS],
        "assets": [_placed(row, number) for number, row in enumerate(_ASSETS)],
        "units": [_placed(row, number) for number, row in enumerate(_UNITS)],
        "quality": [_placed(row, 0) for row in _quality()],
    }
    return tables


def write_lake(store: Store, tables: Mapping[str, list[Row]] | None = None) -> Manifest:
    """Write the rows as a lake; the manifest last."""
    files = []
    for name, table_rows in (rows() if tables is None else tables).items():
        parts: dict[Partition, list[Row]] = defaultdict(list)
        for row in table_rows:
            parts[Partition(row["province"], row["year"], row["department"])].append(row)
        files += [_write_file(store, name, partition, part) for partition, part in parts.items()]
    return write_manifest(store, files, "test")


def _write_file(store: Store, table: str, partition: Partition, part: list[Row]) -> LakeFile:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(part, schema=arrow_schema(TABLES[table])).drop_columns(list(PARTITION)), sink)
    data = sink.getvalue()
    file = LakeFile(table, partition, len(part), len(data), hashlib.sha256(data).hexdigest())
    store.write(file.path, data)
    store.write(file.version, data)
    return file


def _numbered(items: list[Row]) -> list[Row]:
    """Amounts of one form share its table, those of one printed row its row, those of one printed column its column."""
    tables: dict[tuple[Any, ...], int] = {}
    printed: dict[tuple[Any, ...], int] = {}
    columns: dict[tuple[Any, ...], int] = {}
    placed = []
    for number, item in enumerate(items):
        form = (item["document_sha256"], item["form"])
        row = (*form, item["direction"], item["label"], item.get("function_code"))
        axes = (*form, *(item.get(name) for name in ("direction", "spending", "fund", "period", "measure")))
        place = {
            "line_item_id": f"{item['document_sha256'][:12]}-{number}",
            "table_index": tables.setdefault(form, len(tables)),
            "column_index": columns.setdefault(axes, len(columns)),
        }
        placed.append({**_placed({**place, **item}, printed.setdefault(row, len(printed)))})
    return placed


def _placed(row: Row, number: int) -> Row:
    province, year, department = _PLACES[row["document_sha256"]]
    place = {"province": province, "year": year, "department": department}
    numbered = {"table_index": 0, "row_index": number, "column_index": 0}
    return {**numbered, "line_item_id": f"{row['document_sha256'][:12]}-0-{number}-0", **row, **place}


def _documents() -> list[Row]:
    named = (
        (HEBEI, "秦皇岛市人力资源和社会保障局", "秦皇岛市", None, "department", "approved", "parsed"),
        (UNIT, "秦皇岛市社会保险中心", "秦皇岛市", None, "unit", "approved", "parsed"),
        (HENAN, "济源市教育局", "济源市", None, "department", "approved", "parsed"),
        (FINAL, "承德市双桥区教育局", "承德市", "双桥区", "department", "executed", "parsed"),
        (UNKNOWN, None, None, None, None, None, "partial"),
    )
    counts = {HEBEI: (20, 18), UNIT: (2, 2), HENAN: (10, 5), FINAL: (4, 4), UNKNOWN: (0, 0)}
    return [
        {
            **_placed({"document_sha256": sha256}, 0),
            "sha256": sha256,
            "entity": entity,
            "city": city,
            "county": county,
            "level": level,
            "phase": phase,
            "parse_status": status,
            "format": "pdf",
            "pages": 3,
            "amounts": counts[sha256][0],
            "confirmed": counts[sha256][1],
            "issues": int(sha256 == UNKNOWN),
            "portal": "local",
            "parser_version": "test",
            "file_name": f"{sha256[0]}.pdf",
            "first_captured_at": dt.datetime(2025, 2, 1, 8, 0, tzinfo=dt.UTC),
        }
        for sha256, entity, city, county, level, phase, status in named
    ]


def _item(sha256: str, form: str, label: str, amount: str | None, **columns: Any) -> Row:
    code = columns.get("function_code")
    return {
        "document_sha256": sha256,
        "form": form,
        "direction": "expenditure",
        "label": label,
        "function_level": {3: "category", 5: "group", 7: "item"}[len(code)] if code else None,
        "period": "total",
        "item": line_item_of(expense_at(without_enumerator(label), "")) if form == "three_public" else None,
        "basis": stated_basis((columns.get("measure") or "").split("/"), None, None),
        "meaning": "stated",
        "is_total": label.endswith(("合计", "总计")),
        "row_kind": "total" if label.endswith(("合计", "总计")) else "line",
        "last_digit": None if amount is None else Decimal("0.01"),
        "measure": columns.get("spending") or "合计",
        "amount": None if amount is None else Decimal(amount),
        "printed": amount,
        "unit": "元",
        "status": "confirmed",
        **columns,
    }


def _spending(sha256: str, code: str | None, label: str, basic: str | None, project: str | None) -> list[Row]:
    """The 合计, 基本支出 and 项目支出 of one row of the expenditure form."""
    total = str(sum(Decimal(part) for part in (basic, project) if part))
    amounts = {"total": total, "basic": basic, "project": project}
    return [
        _item(
            sha256,
            "expenditure",
            label,
            amount,
            function_code=code,
            spending=spending,
            fund="total",
            **({"row_kind": "subtotal"} if sha256 == HEBEI and len(code or "") in (3, 5) else {}),
        )
        for spending, amount in amounts.items()
    ]


def _hebei() -> list[Row]:
    return [
        _item(HEBEI, "balance", "本年收入合计", "900.00", direction="revenue", measure="收入/金额"),
        _item(HEBEI, "balance", "上年结转", "100.10", direction="revenue", measure="收入/金额"),
        _item(HEBEI, "balance", "收入总计", "1000.10", direction="revenue", measure="收入/金额"),
        _item(HEBEI, "balance", "支出总计", "1000.10", measure="支出/金额"),
        _item(HEBEI, "revenue", "合计", "1000.10", direction="revenue", fund="total"),
        _item(HEBEI, "revenue", "合计", "900.00", direction="revenue", fund="fiscal_appropriation", period="current"),
        _item(HEBEI, "revenue", "合计", "900.00", direction="revenue", fund="total", period="current"),
        _item(HEBEI, "revenue", "合计", "100.10", direction="revenue", fund="total", period="carried_over"),
        *_spending(HEBEI, None, "合计", "600.00", "400.10"),
        *_spending(HEBEI, "208", "社会保障和就业支出", "550.00", "400.10"),
        *_spending(HEBEI, "20801", "人力资源和社会保障管理事务", "550.00", "400.10"),
        *_spending(HEBEI, "2080101", "行政运行", "550.00", None),
        *_spending(HEBEI, "2080102", "一般行政管理事务", None, "400.10"),
        *_spending(HEBEI, "221", "住房保障支出", "50.00", None),
        *_spending(HEBEI, "22102", "住房改革支出", "50.00", None),
        *_spending(HEBEI, "2210201", "住房公积金", "50.00", None),
        _item(HEBEI, "general_public_basic", "合计", "500.00", spending="personnel"),
        _item(HEBEI, "general_public_basic", "合计", "100.00", spending="public"),
        _item(HEBEI, "general_public_basic", "基本工资", "300.00", spending="personnel", economic_code="30101"),
        _item(HEBEI, "three_public", "合计", "90.00", fund="total"),
        _item(HEBEI, "three_public", "合计", "90.00", fund="general_public"),
        _item(HEBEI, "three_public", "“三公”经费小计", "63.00", fund="total"),
        _item(HEBEI, "three_public", "“三公”经费小计", "70.00", fund="total", measure="上年预算数"),
        _item(HEBEI, "three_public", "一、因公出国（境）费", None, fund="total"),
        _item(HEBEI, "three_public", "二、公务用车购置及运维费", "60.00", fund="total"),
        _item(HEBEI, "three_public", "其中：公务用车购置费", "0.00", fund="total", status="unchecked"),
        _item(HEBEI, "three_public", "公务用车运行维护费", "60.00", fund="total"),
        _item(
            HEBEI,
            "three_public",
            "三、公务接待费",
            "3.00",
            fund="total",
            status="doubtful",
            table_index=7,
            row_index=40,
        ),
        _item(HEBEI, "three_public", "会议费", "27.00", fund="total", status="unchecked"),
    ]


def _unit() -> list[Row]:
    return [
        *_spending(UNIT, None, "合计", "200.00", "50.00"),
        *_spending(UNIT, "2080101", "行政运行", "200.00", "50.00"),
    ]


def _henan() -> list[Row]:
    revenue = {"direction": "revenue"}
    return [
        _item(HENAN, "balance", "收入总计", "500.00", **revenue),
        _item(HENAN, "revenue", "合计", "500.00", fund="total", measure="总计", **revenue),
        _item(HENAN, "revenue", "合计", "400.00", fund="total", period="current", measure="本年收入/合计", **revenue),
        _item(
            HENAN,
            "revenue",
            "合计",
            "300.00",
            fund="general_public",
            period="current",
            measure="一般公共预算/小计",
            **revenue,
        ),
        _item(
            HENAN,
            "revenue",
            "合计",
            "250.00",
            fund="fiscal_appropriation",
            period="current",
            measure="一般公共预算/其中：财政拨款",
            **revenue,
        ),
        _item(
            HENAN,
            "revenue",
            "合计",
            "100.00",
            fund="government_fund",
            period="current",
            measure="政府性基金",
            **revenue,
        ),
        _item(
            HENAN, "revenue", "合计", "100.00", fund="total", period="carried_over", measure="上年结转/合计", **revenue
        ),
        _item(
            HENAN,
            "revenue",
            "合计",
            "100.00",
            fund="general_public",
            period="carried_over",
            measure="上年结转/一般",
            **revenue,
        ),
        *_spending(HENAN, None, "合计", "300.00", "200.00"),
        _item(HENAN, "expenditure", "合计", "200.00", spending="wages", fund="total"),
        _item(HENAN, "expenditure", "合计", "40.00", spending="individual_family", fund="total"),
        *_spending(HENAN, "2050302", "中等职业教育", "300.00", "150.00"),
        *_spending(HENAN, "2080505", "机关事业单位基本养老保险缴费支出", None, "50.00"),
        _item(HENAN, "three_public", "“三公”经费合计", "8.00", fund=None),
        _item(HENAN, "three_public", "公务用车购置及运行费", "7.50", fund=None, measure="公务用车购置及运行费/小计"),
        _item(HENAN, "three_public", "公务用车运行费", "7.50", fund=None),
        _item(HENAN, "three_public", "公务接待费", "0.50", fund=None),
    ]


def _final() -> list[Row]:
    return [
        _item(FINAL, "balance", "总计", "77.00", direction="revenue", measure="收入/决算数"),
        _item(FINAL, "balance", "总计", "99.00", direction="revenue", measure="收入/全年预算数"),
        *({**row, "period": "current"} for row in _spending(FINAL, None, "合计", "70.00", "7.00")),
        *({**row, "period": "current"} for row in _spending(FINAL, "20502", "普通教育", "70.00", "7.00")),
    ]


_PROJECTS: list[Row] = [
    {
        "document_sha256": HEBEI,
        "project_code": "A1",
        "project_name": "就业补助",
        "budget": Decimal("300.10"),
        "page": 9,
    },
    {
        "document_sha256": HEBEI,
        "project_code": "A2",
        "project_name": "档案托管",
        "budget": Decimal("100.00"),
        "page": 9,
    },
    {
        "document_sha256": HENAN,
        "project_code": None,
        "project_name": "校舍维修",
        "budget": Decimal("150.00"),
        "page": 4,
    },
    {"document_sha256": HENAN, "project_code": None, "project_name": "无预算项目", "budget": None, "page": 4},
]

_INDICATORS: list[Row] = [
    {
        "document_sha256": HEBEI,
        "project_code": "A1",
        "project_name": "就业补助",
        "level1": "产出指标",
        "level3": "资金到位率",
        "target": "≥95%",
        "comparator": "≥",
        "value": Decimal(95),
        "value_unit": "%",
    },
    {"document_sha256": HENAN, "project_name": "校舍维修", "level1": "产出指标", "target": "2024年底"},
]

_CHECKS: list[Row] = [
    {
        "document_sha256": HEBEI,
        "check_index": 0,
        "rule": "row_funds",
        "scope": "three_public",
        "expected": Decimal("63.00"),
        "found": Decimal("60.00"),
        "difference": Decimal("-3.00"),
        "tolerance": Decimal("0.02"),
        "outcome": "broken",
        "total": ["x"],
        "addends": ["y", "z"],
    },
    {"document_sha256": HEBEI, "check_index": 1, "rule": "row_funds", "outcome": "holds"},
    {
        "document_sha256": HEBEI,
        "check_index": 2,
        "rule": "text_table",
        "scope": "text and table: '“三公”经费', 60元 and three_public",
        "expected": Decimal("60.00"),
        "found": Decimal("63.00"),
        "difference": Decimal("3.00"),
        "tolerance": Decimal("1.01"),
        "outcome": "broken",
        "total": [f"{HEBEI[:12]}-s0"],
        "addends": ["y"],
    },
    *(
        {
            "document_sha256": HEBEI,
            "check_index": number,
            "rule": "promised_form_present",
            "scope": f"contents, page 2: {title!r}",
            "outcome": outcome,
            "reason": reason,
        }
        for number, (title, outcome, reason) in enumerate(
            (
                ("部门收支总表", "holds", "present on page 3"),
                ("政府性基金支出表", "holds", "declared empty on page 9: 空表列示"),
                (
                    "部门支出总表",
                    "broken",
                    "missing: it is promised, but neither a table nor its title is in the document",
                ),
            ),
            start=3,
        )
    ),
]

_ISSUES: list[Row] = [
    {"document_sha256": UNKNOWN, "issue_index": 0, "kind": "place_unknown", "reason": "no place is named"},
    {
        "document_sha256": HEBEI,
        "issue_index": 0,
        "kind": "shifted_row",
        "reason": "the row fits only when shifted",
        "table_index": 7,
        "row_index": 40,
    },
]

_CLAIMS: list[Row] = [
    {
        "document_sha256": HEBEI,
        "claim_id": f"{HEBEI[:12]}-s{number}",
        "claim_index": number,
        "label": label,
        "page": 12,
        **said,
    }
    for number, (label, said) in enumerate(
        (
            (
                "“三公”经费",
                {"item": "three_public", "role": "amount", "amount": Decimal("60.00"), "sentence": "安排60元。"},
            ),
            (
                "机关运行经费",
                {
                    "item": "operating_expenses",
                    "role": "change",
                    "amount": Decimal("-5.00"),
                    "comparison": "decrease",
                    "compared_with": "prior_budget",
                    "reason": "厉行节约",
                },
            ),
            ("机关运行经费", {"item": "operating_expenses", "role": "change_percent", "percent": Decimal("-4.1000")}),
            ("政府采购", {"item": "procurement", "role": "amount", "amount": Decimal("30.00")}),
            ("货物", {"item": "procurement_goods", "role": "amount", "amount": Decimal("10.00")}),
            ("服务", {"item": "procurement_services", "role": "amount", "amount": Decimal("20.00")}),
            ("共有车辆", {"item": "vehicles_held", "role": "amount", "quantity": Decimal(3), "unit": "辆"}),
        )
    )
]


def _quality() -> list[Row]:
    """One row per document; HEBEI has 20 amounts and a table of no known form with 5 more, UNKNOWN has none."""
    nothing: Row = dict.fromkeys(
        ("tables", "tables_recognised", "tables_unrecognised", "filled_cells", "amounts", "confirmed"), 0
    )
    nothing |= dict.fromkeys(
        ("doubtful", "unchecked", "refused", "amounts_unrecognised", "checks_held", "checks_broken", "issues"), 0
    )
    nothing |= {"checks_not_assessable": 0, "broken_by_rule": {}, "issues_by_kind": {}, "rows_by_table": {}}
    hebei: Row = {"tables": 9, "tables_recognised": 7, "tables_unrecognised": 1, "amounts_unrecognised": 5}
    hebei |= {"amounts": 20, "confirmed": 18, "doubtful": 1, "unchecked": 1, "checks_held": 3, "checks_broken": 3}
    hebei |= {"broken_by_rule": {"promised_form_present": 1, "row_funds": 1, "text_table": 1}}
    hebei |= {"issues": 1, "issues_by_kind": {"shifted_row": 1}, "rows_by_table": {"projects": 2}}
    henan: Row = {"tables": 4, "tables_recognised": 4, "amounts": 10, "confirmed": 5, "unchecked": 5}
    of_each: dict[str, Row] = {
        HEBEI: hebei,
        UNIT: {"amounts": 2, "confirmed": 2},
        HENAN: henan,
        FINAL: {"amounts": 4, "confirmed": 4},
        UNKNOWN: {"issues": 1, "issues_by_kind": {"place_unknown": 1}},
    }
    return [{"document_sha256": sha256, "reading": sha256[:12], **nothing, **row} for sha256, row in of_each.items()]


_UNITS: list[Row] = [
    {"document_sha256": HEBEI, "unit_name": "秦皇岛市社会保险中心"},
    {"document_sha256": HEBEI, "unit_name": "秦皇岛市就业服务中心"},
]

_ASSETS: list[Row] = [
    {"document_sha256": HEBEI, "item": "资产总额", "value": Decimal("900.00"), "as_of": "2024-12-31"},
]

_SECTIONS: list[Row] = [
    {
        "document_sha256": HEBEI,
        "section_index": 0,
        "heading": "四、财政拨款“三公”经费预算情况",
        "text": "2025年，我部门财政拨款“三公”经费预算安排63元。",
    },
    {
        "document_sha256": HEBEI,
        "section_index": 1,
        "heading": "二、机构设置",
        "page": 2,
        "text": "本部门行政编制40人，事业编制12人，实有人\n员50人。纳入2025年部门预算编制范围的单位包括：\n"
        "1.秦皇岛市社会保险中心；\n2.秦皇岛市就业服务中心。\n此外无其他单位。",
    },
]
