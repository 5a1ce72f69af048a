"""Findings to rows: one function for each table of the lake, which makes the module long and each of them short."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from gongkai.lake.partition import Partition
from gongkai.lake.rows import (
    CellRow,
    CheckRow,
    ClaimRow,
    DocumentRow,
    IndicatorRow,
    IssueRow,
    LineItemRow,
    ParsedDocument,
    ProjectPaymentRow,
    ProjectRow,
    Rows,
    SectionRow,
    TableRow,
    UnitRow,
    no_rows,
)
from gongkai.parsing.findings import Findings, Issue
from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.narrative.paragraphs import sections
from gongkai.parsing.proof.check import BROKEN, HOLDS, Check, Side
from gongkai.parsing.proof.named_positions import expense_at
from gongkai.parsing.publisher import Disclosure
from gongkai.parsing.quality import quality_row
from gongkai.parsing.tables.listed import ListedAmount
from gongkai.parsing.tables.project_cards import Project
from gongkai.parsing.tables.statement import LEVELS, LineItem, Statement
from gongkai.parsing.tables.table import Table, TableCell
from gongkai.parsing.tables.targets import read_target
from gongkai.parsing.text.amounts import UNITS, as_quantity, compact
from gongkai.parsing.text.grid import Box
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.parsing.text.totals import is_sum, is_total
from gongkai.vocabulary.dimensions import LineItemExpense, ParseStatus, Status
from gongkai.vocabulary.expenses import EVENTS, line_item_of

_NOWHERE = (None, None, None, None)
_STEPS_OF_A_POINT = 64
"""Places are kept to a 64th of a point, which is .006 mm: two percent of a lake would be digits beyond."""
_FEN = Decimal("0.01")


def parsed_document(findings: Findings, status: ParseStatus) -> ParsedDocument:
    """The rows of every table for one document; ``status`` is its parse status."""
    rows = no_rows()
    sha256, tables = findings.sha256, findings.assembled.tables
    rows["tables"] = [_table_row(findings, table) for table in tables]
    rows["cells"] = [_cell_row(table, cell) for table in tables for cell in _in_order(table)]
    rows["line_items"] = [
        _line_item_row(sha256, statement, item) for statement in findings.every_statement() for item in statement.items
    ]
    projects = findings.projects
    rows["projects"] = [_project_row(project, project.name) for project in projects if project.name is not None]
    rows["project_payments"] = [row for project in projects for row in _payment_rows(project)]
    rows["indicators"] = [row for project in projects for row in _indicator_rows(project)]
    rows["checks"] = [_check_row(sha256, index, check) for index, check in enumerate(findings.checks)]
    rows["sections"] = list(_section_rows(findings)) if status != "unrelated" else []
    rows["claims"] = [_claim_row(sha256, claim) for claim in findings.claims]
    rows["issues"] = [_issue_row(index, issue) for index, issue in enumerate(findings.issues)]
    _add_inventories(rows, findings)
    rows["quality"] = [quality_row(rows)]
    rows["documents"] = [_document_row(findings, status, rows)]
    return ParsedDocument(sha256, status, _partition(findings.disclosure), rows)


def bare(sha256: str, status: ParseStatus, issues: Sequence[Issue], file_format: str | None = None) -> ParsedDocument:
    """A document of which only its row and its issues are known."""
    rows = no_rows()
    document: DocumentRow = {"sha256": sha256, "parse_status": status, "issues": len(issues)}
    if file_format is not None:
        document["format"] = file_format
    rows["documents"] = [document]
    rows["issues"] = [_issue_row(index, issue) for index, issue in enumerate(issues)]
    rows["quality"] = [quality_row(rows)]
    return ParsedDocument(sha256, status, Partition(None, None, None), rows)


def _partition(disclosure: Disclosure) -> Partition:
    province = disclosure.place.province if disclosure.place else None
    return Partition(province, disclosure.year, disclosure.department)


def _document_row(findings: Findings, status: ParseStatus, rows: Rows) -> DocumentRow:
    disclosure, where = findings.disclosure, findings.disclosure.place
    quality = rows["quality"][0]
    return {
        "sha256": findings.sha256,
        "entity": disclosure.entity,
        "department": disclosure.department,
        "unit_code": disclosure.unit_code or _code_of(findings),
        "level": disclosure.level,
        "year": disclosure.year,
        "phase": disclosure.phase,
        "province": where.province if where else None,
        "city": where.city if where else None,
        "county": where.county if where else None,
        "division_code": where.division_code if where else None,
        "title": disclosure.title,
        "format": findings.reading.format,
        "pages": findings.reading.pages,
        "parse_status": status,
        "tables": len(rows["tables"]),
        "cells": len(rows["cells"]),
        "amounts": quality["amounts"],
        "confirmed": quality["confirmed"],
        "checks_held": sum(check.outcome == HOLDS for check in findings.checks),
        "checks_broken": sum(check.outcome == BROKEN for check in findings.checks),
        "issues": len(findings.issues),
    }


def _code_of(findings: Findings) -> str | None:
    """The code of the unit row that carries the entity's own name (Henan forms print codes in rows only)."""
    name = compact(findings.disclosure.entity or "")
    codes = (
        item.unit_code
        for statement in findings.statements
        for item in statement.items
        if item.unit_name and compact(item.unit_name) == name
    )
    return min((code for code in codes if code), key=len, default=None)


def _table_row(findings: Findings, table: Table) -> TableRow:
    form = findings.forms.get(table.index)
    return {
        "table_index": table.index,
        "title": table.title,
        "form": form.id if form else None,
        "unit": table.unit,
        "first_page": table.first_page,
        "last_page": table.last_page,
        "columns": table.headers,
        "rows": table.row_count,
    }


def _in_order(table: Table) -> list[TableCell]:
    return sorted(table.cells, key=operator.attrgetter("row", "column"))


def _place(box: Box | None) -> tuple[float | None, float | None, float | None, float | None]:
    """Left, top, right and bottom of a box as they are kept, in points."""
    if box is None:
        return _NOWHERE
    x0, y0, x1, y1 = (round(edge * _STEPS_OF_A_POINT) / _STEPS_OF_A_POINT for edge in box)
    return x0, y0, x1, y1


def _cell_row(table: Table, cell: TableCell) -> CellRow:
    x0, y0, x1, y1 = _place(cell.box)
    return {
        "table_index": table.index,
        "row_index": cell.row,
        "column_index": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "is_header": cell.is_header,
        "header": table.headers[cell.column] or None,
        "text": cell.text,
        "ocr_confidence": cell.ocr_confidence,
        "page": cell.page,
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
    }


def line_item_id(sha256: str, table: int, row: int, column: int) -> str:
    """Stable over runs as long as the document's tables are read alike."""
    return f"{sha256[:12]}-{table}-{row}-{column}"


def claim_id(sha256: str, index: int) -> str:
    """Stable over runs as long as the document's narrative is read alike."""
    return f"{sha256[:12]}-s{index}"


def _id(sha256: str, item: Side) -> str:
    if isinstance(item, Claim):
        return claim_id(sha256, item.index)
    return line_item_id(sha256, item.table_index, item.cell.row, item.cell.column)


def _last_digit(amount: Decimal | None, unit: str | None, decimals: int | None) -> Decimal | None:
    """One unit of the last digit printed, in yuan; a fen where it is finer or where words state the amount (无)."""
    if amount is None:
        return None
    printed = UNITS[unit].scaleb(-(decimals or 0)) if unit in UNITS else _FEN
    return max(printed, _FEN)


def _line_item_row(sha256: str, statement: Statement, item: LineItem) -> LineItemRow:
    x0, y0, x1, y1 = _place(item.cell.box)
    code = item.line_code
    of_three_public = statement.form.id == "three_public"
    return {
        "line_item_id": _id(sha256, item),
        "form": statement.form.id,
        "direction": item.direction,
        "label": item.label or None,
        "function_code": code,
        "function_level": LEVELS.get(len(code or "")),
        "economic_code": item.economic_code,
        "government_economic_code": item.government_economic_code,
        "unit_code": item.unit_code,
        "unit_name": item.unit_name,
        "fund": item.fund,
        "spending": item.spending,
        "period": item.period,
        "item": _expense(statement, item) if of_three_public else None,
        "basis": item.basis,
        "meaning": item.meaning,
        "is_total": item.is_total or is_total(item.name),
        "row_kind": item.row_kind,
        "measure": item.measure or None,
        "amount": item.amount,
        "printed": item.cell.text,
        "unit": item.unit or statement.unit,
        "last_digit": _last_digit(item.amount, item.unit or statement.unit, item.decimals),
        "page": item.cell.page,
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
        "ocr_confidence": item.cell.ocr_confidence,
        "status": item.status,
        "table_index": statement.table.index,
        "row_index": item.cell.row,
        "column_index": item.cell.column,
    }


def _expense(statement: Statement, item: LineItem) -> LineItemExpense | None:
    """The part of 三公 an amount is; a total is 三公 itself where the form prints no other expenses."""
    name = without_enumerator(item.name)
    expense = expense_at(name, item.measure)
    if expense is not None:
        return line_item_of(expense)
    across = any(expense_at("", each.measure) for each in statement.items)
    is_total_of_form = any(map(is_sum, item.measure.split("/"))) if across else is_total(name)
    others = (expense_at(without_enumerator(each.name), each.measure) for each in statement.items)
    return "total" if is_total_of_form and not any(other in EVENTS for other in others) else None


def _project_row(project: Project, name: str) -> ProjectRow:
    place = project.listed or project
    return {
        "project_code": project.code,
        "project_name": name,
        "unit_code": project.unit_code,
        "unit_name": project.unit_name,
        "budget": project.budget,
        "status": _status(project.amounts.get("budget")),
        "fiscal_funds": project.fiscal_funds,
        "other_funds": project.other_funds,
        "multi_year_total": project.amount("several_years"),
        "purpose": project.purpose,
        "goals": project.goals,
        "in_tables": project.in_tables,
        "unit": place.unit,
        "page": place.page,
        "table_index": place.table,
    }


def _payment_rows(project: Project) -> Iterator[ProjectPaymentRow]:
    for payment in project.plan:
        yield {
            "project_code": project.code,
            "project_name": project.name,
            "period": payment.period,
            "printed": payment.printed,
            "amount": payment.amount,
            "share": payment.share,
            "unit": project.unit,
            "page": payment.page,
            "table_index": project.table,
            "row_index": payment.row,
            "column_index": payment.column,
        }


def _indicator_rows(project: Project) -> Iterator[IndicatorRow]:
    for indicator in project.indicators:
        comparator, value, unit = read_target(indicator.target or "", indicator.sign, indicator.unit)
        yield {
            "project_code": project.code,
            "project_name": project.name,
            "level1": indicator.level1,
            "level2": indicator.level2,
            "level3": indicator.level3,
            "description": indicator.description,
            "target": indicator.target,
            "comparator": comparator,
            "value": as_quantity(value) if value is not None else None,
            "value_unit": unit,
            "basis": indicator.basis,
            "page": indicator.page,
            "table_index": project.table,
            "row_index": indicator.row,
        }


def _status(amount: ListedAmount | None) -> Status | None:
    return amount.status if amount is not None else None


def _add_inventories(rows: Rows, findings: Findings) -> None:
    for purchases in findings.purchases:
        rows["procurement"].extend({**each.row, "status": _status(each.amount)} for each in purchases.rows)
    for assets in findings.assets:
        rows["assets"].extend({**each.row, "status": _status(each.value)} for each in assets)
    rows["units"].extend(findings.units)
    if not any(form.id == "units" for form in findings.forms.values()):
        rows["units"].extend(_units_of_statements(findings.statements))


def _units_of_statements(statements: Sequence[Statement]) -> Iterator[UnitRow]:
    """Where no table lists the units, the rows that a revenue form gives to each of them."""
    seen: set[str] = set()
    for statement in statements:
        for item in statement.items:
            code = item.codes.get("unit")
            if statement.form.id != "revenue" or code is None or code in seen or len(code) < 6:
                continue
            seen.add(code)
            yield {
                "unit_code": code,
                "unit_name": item.label or None,
                "nature": None,
                "rank": None,
                "funding": None,
                "page": item.cell.page,
                "table_index": statement.table.index,
                "row_index": item.cell.row,
            }


def _check_row(sha256: str, index: int, check: Check) -> CheckRow:
    return {
        "check_index": index,
        "rule": check.rule,
        "scope": check.scope,
        "total": [_id(sha256, item) for item in check.total],
        "addends": [_id(sha256, item) for item in check.addends],
        "expected": check.expected,
        "found": check.found,
        "difference": check.difference,
        "tolerance": None if check.tolerance is None else check.tolerance.quantize(_FEN, ROUND_CEILING),
        "outcome": check.outcome,
        "reason": check.reason,
    }


def _section_rows(findings: Findings) -> Iterator[SectionRow]:
    for index, section in enumerate(sections(findings.paragraphs)):
        yield {
            "section_index": index,
            "heading": section.heading,
            "level": section.level,
            "text": "\n".join(section.lines),
            "page": section.page,
        }


def _claim_row(sha256: str, row: Claim) -> ClaimRow:
    x0, y0, x1, y1 = _place(row.box)
    mention = row.mention
    return {
        "claim_id": claim_id(sha256, row.index),
        "claim_index": row.index,
        "heading": row.heading,
        "item": mention.item,
        "label": mention.label,
        "function_code": mention.code if mention.item == "function" else None,
        "economic_code": mention.code if mention.item == "economic" else None,
        "government_economic_code": mention.code if mention.item == "government_economic" else None,
        "fund": mention.fund,
        "role": row.role,
        "amount": row.amount,
        "percent": row.percent,
        "quantity": row.quantity,
        "printed": row.printed,
        "unit": row.unit,
        "last_digit": _last_digit(row.amount, row.unit, row.decimals),
        "comparison": row.comparison,
        "compared_with": row.compared_with,
        "reason": row.reason,
        "sentence": row.sentence,
        "page": row.page,
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
    }


def _issue_row(index: int, issue: Issue) -> IssueRow:
    return {
        "issue_index": index,
        "kind": issue.kind,
        "reason": issue.reason,
        "page": issue.page,
        "table_index": issue.table_index,
        "row_index": issue.row_index,
    }
