"""One original to the rows of every lake table: a pure function of its bytes and of what its capture says.

Reading → logical tables → whose disclosure it is → statement forms → slid rows → identities → rows.
"""

from __future__ import annotations

import dataclasses
import hashlib
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from gongkai.lake.manifest import Partition
from gongkai.lake.rows import ParsedDocument, Row
from gongkai.lake.schema import TABLES
from gongkai.parsing.formats.envelopes import containers
from gongkai.parsing.formats.envelopes.detection import detect
from gongkai.parsing.formats.reading import read
from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.narrative.claims import claims
from gongkai.parsing.narrative.paragraphs import Paragraph, paragraphs, sections
from gongkai.parsing.proof.between_forms import ProjectBudget, check_agreement
from gongkai.parsing.proof.codes_and_names import check_names, complete_codes, imply_codes
from gongkai.parsing.proof.promised_forms import check_promised_forms
from gongkai.parsing.proof.slid_rows import settle_slid_rows
from gongkai.parsing.proof.text_and_tables import check_text
from gongkai.parsing.proof.within_a_form import BROKEN, HOLDS, Check, Side, assign_statuses, check_statement
from gongkai.parsing.publisher import Context, Disclosure, identify
from gongkai.parsing.quality import quality_row
from gongkai.parsing.tables.assembly import Assembled, Table, TableCell, assemble, is_contents
from gongkai.parsing.tables.form_headings import form_by_heading
from gongkai.parsing.tables.inventories import assets, procurement, units
from gongkai.parsing.tables.line_items import LEVELS, LineItem, Statement, interpret
from gongkai.parsing.tables.project_cards import Project, cards, is_card, read_card
from gongkai.parsing.tables.project_lists import is_catalogue, is_list, read_catalogue, read_list
from gongkai.parsing.tables.targets import read_target
from gongkai.parsing.text.amounts import as_quantity, compact, read_number
from gongkai.parsing.text.captions import declares_empty, without_ordinal
from gongkai.parsing.text.grid import Doubt, Reading, TextLine, UnreadableDocumentError
from gongkai.vocabulary.forms import AMOUNT_FORMS, Form, form_of_title

_CORE_FORMS = set(AMOUNT_FORMS) - {"project_expenditure", "operating_expenses"}


@dataclasses.dataclass(frozen=True, slots=True)
class Issue:
    """A row of ``issues`` before it is numbered."""

    kind: str
    reason: str
    page: int | None = None
    table_index: int | None = None
    row_index: int | None = None


@dataclasses.dataclass(slots=True)
class _Work:
    """A document on its way to rows."""

    sha256: str
    reading: Reading
    assembled: Assembled
    disclosure: Disclosure
    forms: dict[int, Form] = dataclasses.field(default_factory=dict)
    statements: list[Statement] = dataclasses.field(default_factory=list)
    projects: list[Project] = dataclasses.field(default_factory=list)
    paragraphs: list[Paragraph] = dataclasses.field(default_factory=list)
    claims: list[Claim] = dataclasses.field(default_factory=list)
    checks: list[Check] = dataclasses.field(default_factory=list)
    issues: list[Issue] = dataclasses.field(default_factory=list)


def parse_original(sha256: str, data: bytes, context: Context) -> list[ParsedDocument]:
    """Parse one original; an archive file (zip, ...) or a Word document gives itself and every document in it.

    Never raises for what the bytes hold: a refusal is a row in ``issues``.
    """
    try:
        found = list(containers.contents(data))
    except UnreadableDocumentError as error:
        return [_refused(sha256, Issue(error.kind, str(error)))]
    problems = [
        Doubt(member.problem.kind, f"{member.name}: {member.problem.reason}") for member in found if member.problem
    ]
    documents: dict[str, ParsedDocument] = {}
    for member in found:
        if member.data is not None:
            inner = parse_document(hashlib.sha256(member.data).hexdigest(), member.data, context)
            inner.rows["documents"][0].update(container_sha256=sha256, file_name=member.name)
            documents.setdefault(inner.sha256, dataclasses.replace(inner, container=sha256))
    kind = detect(data)
    if kind in containers.KINDS:
        return [_bare(sha256, "container", list(map(_issue, problems)), format=kind), *documents.values()]
    return [parse_document(sha256, data, context, problems), *documents.values()]


def parse_document(sha256: str, data: bytes, context: Context, problems: Sequence[Doubt] = ()) -> ParsedDocument:
    """Parse one document; ``problems`` are those of what is embedded in it.

    Never raises for what the bytes hold: a refusal is a row in ``issues``.
    """
    try:
        reading = read(data)
    except UnreadableDocumentError as error:
        return _refused(sha256, Issue(error.kind, str(error)))
    reading = dataclasses.replace(reading, doubts=(*reading.doubts, *problems))
    assembled = assemble(reading.blocks)
    disclosure, doubts = identify(assembled.tables, _outside_heads(assembled), context, reading.title)
    work = _Work(sha256, reading, assembled, disclosure)
    _recognise(work)
    if not _is_disclosure(work):
        work.forms.clear()
    if work.forms or _names_a_disclosure(disclosure):
        work.paragraphs.extend(paragraphs(_outside_heads(assembled)))
        work.claims.extend(claims(work.paragraphs, disclosure.year, disclosure.phase))
    if not work.forms and _names_a_disclosure(disclosure):
        reason = "no table of it is a statement form; its narrative is kept"
        work.issues.append(Issue("no_statement_forms", reason))
        work.issues.extend(_issue(doubt) for doubt in (*reading.doubts, *doubts))
        work.checks.extend(check_text(work.claims, (), disclosure.phase))
        work.checks.extend(_promised(work))
        return _rows(work, "partial")
    if not work.forms and any(doubt.kind == "no_text_layer" for doubt in reading.doubts):
        work.issues.extend(_issue(doubt) for doubt in reading.doubts)
        return _rows(work, "unreadable")
    if not work.forms:
        reason = "no table of it is a statement form, so it is not taken for a budget or final accounts"
        work.issues.append(Issue("not_a_budget", reason))
        work.issues.extend(_issue(doubt) for doubt in reading.doubts)
        return _rows(work, "unrelated")
    _interpret(work)
    _prove(work)
    _classify(work)
    work.issues.extend(_issue(doubt) for doubt in (*reading.doubts, *doubts))
    return _rows(work, "partial" if work.issues else "parsed")


def _is_disclosure(work: _Work) -> bool:
    """A budget or final accounts speaks of itself as 预算 or 决算, or has the forms that nothing else has; a notice
    with a list of projects or purchases is none."""
    return work.disclosure.phase is not None or any(form.id in _CORE_FORMS for form in work.forms.values())


def _names_a_disclosure(disclosure: Disclosure) -> bool:
    """True when the document's own title names an entity's budget or final accounts of a year (a 情况说明)."""
    title = compact(disclosure.own_title or "")
    told = disclosure.entity is not None and disclosure.year is not None and disclosure.phase is not None
    return told and re.search(r"(部门|单位)?(预算|决算)(公开|信息|情况|说明|编制)*", title) is not None


def _outside_heads(assembled: Assembled) -> list[TextLine]:
    """Running text that is not a table's title or caption."""
    return [line for line in assembled.lines if id(line) not in assembled.in_heads]


def _issue(doubt: Doubt) -> Issue:
    return Issue(doubt.kind, doubt.reason, doubt.page)


def _refused(sha256: str, issue: Issue) -> ParsedDocument:
    """An original of which nothing could be read: one document row, one issue."""
    return _bare(sha256, "unreadable", [issue])


def _bare(sha256: str, status: str, issues: Sequence[Issue], **known: Any) -> ParsedDocument:
    """A document of which only its row and its issues are known."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    rows["documents"] = [{"sha256": sha256, "parse_status": status, "issues": len(issues), **known}]
    rows["issues"] = [_issue_row(index, issue) for index, issue in enumerate(issues)]
    rows["quality"] = [quality_row(rows)]
    return ParsedDocument(sha256, status, Partition(None, None, None), rows)


def refuse(sha256: str, kind: str, reason: str) -> ParsedDocument:
    """The rows for an original whose parsing failed as a whole (a worker died, ran out of time or memory)."""
    return _refused(sha256, Issue(kind, reason))


def _recognise(work: _Work) -> None:
    for table in work.assembled.tables:
        form = _form(table)
        if form is not None:
            work.forms[table.index] = form
    if not work.forms:
        return
    for table in work.assembled.tables:
        if table.index not in work.forms and not is_contents(table) and _has_amounts(table):
            shown = table.title or "/".join(header for header in table.headers if header)[:60]
            reason = f"no statement form is known for the table {shown!r}; its cells are kept"
            work.issues.append(Issue("form_unknown", reason, table.first_page, table.index))


def _form(table: Table) -> Form | None:
    """The form a table's title names; a table with indicator headings is a performance form whatever its title says."""
    if is_contents(table):
        return None
    named = form_of_title(without_ordinal(table.title)) if table.title else None
    if is_card(table) or is_list(table) or (is_catalogue(table) and (named is None or named.id not in AMOUNT_FORMS)):
        whole = named is not None and named.id == "performance_department"
        return form_of_title("部门整体绩效目标表" if whole else "项目绩效目标表")
    if named is not None and named.id in AMOUNT_FORMS and table.width < 2:
        return None
    return named or form_by_heading(table)


def _has_amounts(table: Table) -> bool:
    return any(
        not cell.is_header and (printed := read_number(cell.text)) is not None and printed.decimals > 0
        for cell in table.cells
    )


def _interpret(work: _Work) -> None:
    for table in work.assembled.tables:
        form = work.forms.get(table.index)
        if form is None:
            continue
        if table.header_mismatch_pages:
            pages = ", ".join(str(page) for page in table.header_mismatch_pages if page is not None)
            where = f" on page {pages}" if pages else ""
            reason = f"a repeated heading{where} differs from the first; the first is used for the whole table"
            work.issues.append(Issue("heading_differs", reason, table.header_mismatch_pages[0], table.index))
        if form.id in AMOUNT_FORMS:
            _interpret_statement(work, table, form)
        if form.id in ("performance_project", "performance_department") or is_catalogue(table):
            _read_projects(work, table, of_department=form.id == "performance_department")


def _read_projects(work: _Work, table: Table, *, of_department: bool) -> None:
    if is_list(table) or is_catalogue(table):
        listed = read_list(table, table.unit) if is_list(table) else read_catalogue(table, table.unit)
        work.projects.extend(listed)
        for project in listed:
            if project.name is None:
                reason = f"{len(project.indicators)} indicators of a project whose name does not stand beside them"
                work.issues.append(Issue("project_unnamed", reason, project.page, table.index))
    else:
        for card in cards(table):
            project = read_card(card, table.unit, of_department=of_department)
            before = work.projects[-1] if work.projects else None
            if before is not None and _goes_on(table, project, before):
                before.indicators.extend(project.indicators)
            else:
                work.projects.append(project)


def _goes_on(table: Table, project: Project, before: Project) -> bool:
    """True for indicators that a page break parted from the card they belong to: they name nothing themselves."""
    unnamed = table.title is None and project.name is None
    return unnamed and before.table == table.index - 1 and not before.indicators


def _interpret_statement(work: _Work, table: Table, form: Form) -> None:
    unit = table.unit
    if unit is None:
        if _has_amounts(table):
            reason = f"the table {table.title!r} states no unit of account; its amounts are not interpreted"
            work.issues.append(Issue("unit_unknown", reason, table.first_page, table.index))
        return
    statement = interpret(table, form, unit, work.disclosure.year)
    work.statements.append(statement)
    refused = complete_codes(statement)
    imply_codes(statement)
    if refused:
        shown = ", ".join(refused[:5]) + (", ..." if len(refused) > 5 else "")
        reason = f"codes of {table.title!r} are not whole, and left out: {shown}"
        work.issues.append(Issue("code_malformed", reason, table.first_page, table.index))
    for cell, reason in statement.refused:
        work.issues.append(Issue("amount_unreadable", reason, cell.page, table.index, cell.row))
    printed = any(item.amount for item in statement.items)
    if printed and any(declares_empty(note) for note in table.notes):
        reason = f"a note says that {table.title!r} is empty, but it holds amounts"
        work.issues.append(Issue("declared_empty", reason, table.last_page, table.index))


def _prove(work: _Work) -> None:
    for slid in settle_slid_rows(work.statements):
        table = slid.statement.table
        kind = "row_slid" if slid.settled else "row_undecided"
        work.issues.append(Issue(kind, slid.reason, table.first_page, table.index, slid.row))
    for statement in work.statements:
        work.checks.extend(check_statement(statement))
    proved = {statement.table.index for statement in work.statements}
    listed = [project for project in work.projects if project.name is not None and project.table not in proved]
    budgets = [ProjectBudget(project.budget) for project in listed]
    work.checks.extend(check_agreement(work.statements, budgets))
    of_one_body = work.disclosure.level is not None or work.disclosure.department is not None
    comparable = work.statements if of_one_body else ()
    work.checks.extend(check_text(work.claims, comparable, work.disclosure.phase))
    work.checks.extend(_promised(work))
    assign_statuses(work.statements, work.checks)
    read_by_ocr = _read_by_ocr(work)
    for item in (item for statement in work.statements for item in statement.items):
        if item.status == "unchecked" and (item.cell.ocr_confidence is not None or item.cell.page in read_by_ocr):
            item.status = "doubtful"


def _promised(work: _Work) -> Iterator[Check]:
    assembled = work.assembled
    return check_promised_forms(assembled.lines, assembled.tables, work.forms, work.claims, work.disclosure.phase)


def _read_by_ocr(work: _Work) -> set[int | None]:
    """The pages whose text is OCR's, ours or that of whoever scanned them."""
    return {doubt.page for doubt in work.reading.doubts if doubt.kind in ("read_by_ocr", "ocr_text_layer")}


def _classify(work: _Work) -> None:
    """Codes against the names beside them; see ``parsing.proof.codes_and_names``."""
    for found in check_names(work.statements, _read_by_ocr(work)):
        where = (found.page, found.table_index, found.row_index)
        if found.contradicts:
            work.issues.append(Issue("name_contradicts_code", found.reason, *where))
        else:
            work.issues.append(Issue("classification_unknown", found.reason, *where))


def _rows(work: _Work, status: str) -> ParsedDocument:
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    tables = work.assembled.tables
    rows["tables"] = [_table_row(work, table) for table in tables]
    rows["cells"] = [_cell_row(table, cell) for table in tables for cell in _in_order(table)]
    rows["line_items"] = [
        _line_item_row(work.sha256, statement, item) for statement in work.statements for item in statement.items
    ]
    rows["projects"] = [_project_row(project) for project in work.projects if project.name is not None]
    rows["indicators"] = [row for project in work.projects for row in _indicator_rows(project)]
    rows["checks"] = [_check_row(work.sha256, index, check) for index, check in enumerate(work.checks)]
    rows["sections"] = list(_section_rows(work)) if status != "unrelated" else []
    rows["statements"] = [_statement_row(work.sha256, row) for row in work.claims]
    rows["issues"] = [_issue_row(index, issue) for index, issue in enumerate(work.issues)]
    for name, found in _inventory_rows(work):
        rows[name].extend(found)
    rows["quality"] = [quality_row(rows)]
    rows["documents"] = [_document_row(work, status, rows)]
    return ParsedDocument(work.sha256, status, _partition(work.disclosure), rows)


def _partition(disclosure: Disclosure) -> Partition:
    province = disclosure.place.province if disclosure.place else None
    return Partition(province, disclosure.year, disclosure.department)


def _document_row(work: _Work, status: str, rows: dict[str, list[Row]]) -> Row:
    disclosure, where = work.disclosure, work.disclosure.place
    amounts = [row for row in rows["line_items"] if row["amount"] is not None]
    return {
        "sha256": work.sha256,
        "entity": disclosure.entity,
        "department": disclosure.department,
        "unit_code": disclosure.unit_code or _code_of(work),
        "level": disclosure.level,
        "year": disclosure.year,
        "phase": disclosure.phase,
        "province": where.province if where else None,
        "city": where.city if where else None,
        "county": where.county if where else None,
        "division_code": where.division_code if where else None,
        "title": disclosure.title,
        "format": work.reading.format,
        "pages": work.reading.pages,
        "parse_status": status,
        "tables": len(rows["tables"]),
        "cells": len(rows["cells"]),
        "amounts": len(amounts),
        "confirmed": sum(row["status"] == "confirmed" for row in amounts),
        "checks_held": sum(check.outcome == HOLDS for check in work.checks),
        "checks_broken": sum(check.outcome == BROKEN for check in work.checks),
        "issues": len(work.issues),
    }


def _code_of(work: _Work) -> str | None:
    """The code of the unit row that carries the entity's own name (Henan forms print codes in rows only)."""
    name = compact(work.disclosure.entity or "")
    codes = (
        item.unit_code
        for statement in work.statements
        for item in statement.items
        if item.unit_name and compact(item.unit_name) == name
    )
    return min((code for code in codes if code), key=len, default=None)


def _table_row(work: _Work, table: Table) -> Row:
    form = work.forms.get(table.index)
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


def _placed(cell: TableCell | Claim) -> Row:
    x0, y0, x1, y1 = cell.box or _NOWHERE
    return {"page": cell.page, "x0": x0, "y0": y0, "x1": x1, "y1": y1}


_NOWHERE = (None, None, None, None)


def _cell_row(table: Table, cell: TableCell) -> Row:
    x0, y0, x1, y1 = cell.box or _NOWHERE
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


def statement_id(sha256: str, index: int) -> str:
    """Stable over runs as long as the document's narrative is read alike."""
    return f"{sha256[:12]}-s{index}"


def _id(sha256: str, item: Side) -> str:
    if isinstance(item, Claim):
        return statement_id(sha256, item.index)
    return line_item_id(sha256, item.table_index, item.cell.row, item.cell.column)


def _line_item_row(sha256: str, statement: Statement, item: LineItem) -> Row:
    # a balance sums whole categories; its names stay names
    code = item.line_code if statement.form.direction is not None else item.function_code
    return {
        "line_item_id": _id(sha256, item),
        "form": statement.form.id,
        "direction": item.direction,
        "label": item.label or None,
        "function_code": code,
        "function_level": LEVELS.get(len(code or "")),
        "economic_code": item.economic_code,
        "government_economic_code": item.codes.get("government_economic"),
        "unit_code": item.unit_code,
        "unit_name": item.unit_name,
        "fund": item.fund,
        "spending": item.spending,
        "period": item.period,
        "measure": item.measure or None,
        "amount": item.amount,
        "printed": item.cell.text,
        "unit": statement.unit,
        **_placed(item.cell),
        "ocr_confidence": item.cell.ocr_confidence,
        "status": item.status,
        "table_index": statement.table.index,
        "row_index": item.cell.row,
        "column_index": item.cell.column,
    }


def _project_row(project: Project) -> Row:
    return {
        "project_code": project.code,
        "project_name": project.name,
        "unit_code": project.unit_code,
        "unit_name": project.unit_name,
        "budget": project.budget,
        "fiscal_funds": project.fiscal_funds,
        "other_funds": project.other_funds,
        "purpose": project.purpose,
        "goals": project.goals,
        **{f"plan_{month}": project.plan.get(month) for month in ("march", "june", "october", "december")},
        "unit": project.unit,
        "page": project.page,
        "table_index": project.table,
    }


def _indicator_rows(project: Project) -> Iterator[Row]:
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


def _inventory_rows(work: _Work) -> Iterator[tuple[str, Iterable[Row]]]:
    for table in work.assembled.tables:
        form = work.forms.get(table.index)
        if form is None:
            continue
        if form.id == "procurement":
            yield "procurement", list(procurement(table, table.unit))
        elif form.id == "assets":
            yield "assets", list(assets(table, table.unit))
        elif form.id == "units":
            yield "units", list(units(table))
    if not any(form.id == "units" for form in work.forms.values()):
        yield "units", list(_units_of_statements(work.statements))


def _units_of_statements(statements: Sequence[Statement]) -> Iterator[Row]:
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
                "unit_name": item.label,
                "page": item.cell.page,
                "table_index": statement.table.index,
                "row_index": item.cell.row,
            }


def _check_row(sha256: str, index: int, check: Check) -> Row:
    return {
        "check_index": index,
        "rule": check.rule,
        "scope": check.scope,
        "total": [_id(sha256, item) for item in check.total],
        "addends": [_id(sha256, item) for item in check.addends],
        "expected": check.expected,
        "found": check.found,
        "difference": check.difference,
        "tolerance": None if check.tolerance is None else check.tolerance.quantize(Decimal("0.01"), ROUND_CEILING),
        "outcome": check.outcome,
        "reason": check.reason,
    }


def _section_rows(work: _Work) -> Iterator[Row]:
    for index, section in enumerate(sections(work.paragraphs)):
        yield {
            "section_index": index,
            "heading": section.heading,
            "level": section.level,
            "text": "\n".join(section.lines),
            "page": section.page,
        }


def _statement_row(sha256: str, row: Claim) -> Row:
    mention = row.mention
    return {
        "statement_id": statement_id(sha256, row.index),
        "statement_index": row.index,
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
        "comparison": row.comparison,
        "compared_with": row.compared_with,
        "reason": row.reason,
        "sentence": row.sentence,
        **_placed(row),
    }


def _issue_row(index: int, issue: Issue) -> Row:
    return {
        "issue_index": index,
        "kind": issue.kind,
        "reason": issue.reason,
        "page": issue.page,
        "table_index": issue.table_index,
        "row_index": issue.row_index,
    }
