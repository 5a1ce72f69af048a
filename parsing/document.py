"""One original to the rows of every lake table: a pure function of its bytes and of what its capture says.

Reading → logical tables → whose disclosure it is → statement forms → slid rows → identities → rows.
Every step of that way is called from here, which makes the module long.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence

from gongkai.lake.rows import ParsedDocument
from gongkai.parsing.findings import Findings, Issue
from gongkai.parsing.formats.envelopes import containers
from gongkai.parsing.formats.envelopes.detection import File, identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.narrative.claims import claims
from gongkai.parsing.narrative.paragraphs import paragraphs
from gongkai.parsing.proof.between_forms import check_agreement
from gongkai.parsing.proof.check import HOLDS, Check
from gongkai.parsing.proof.codes_and_names import check_names
from gongkai.parsing.proof.empty_forms import empty_forms, funds_without_money, items_claimed_none
from gongkai.parsing.proof.left_out import excuse_what_is_left_out
from gongkai.parsing.proof.lists import check_assets, check_projects, check_purchases
from gongkai.parsing.proof.projects_stated_twice import settle
from gongkai.parsing.proof.promised_forms import check_promised_forms
from gongkai.parsing.proof.roll_forward import check_roll_forward
from gongkai.parsing.proof.row_kinds import mark_row_kinds
from gongkai.parsing.proof.slid_rows import settle_slid_rows
from gongkai.parsing.proof.statuses import assign_statuses
from gongkai.parsing.proof.text_and_tables import check_text
from gongkai.parsing.proof.whole_codes import complete_codes, give_to_units, imply_codes
from gongkai.parsing.proof.within_a_form import check_statement
from gongkai.parsing.publisher import Context, Disclosure, identify
from gongkai.parsing.publisher.governments import is_report
from gongkai.parsing.publisher.names import captioned, is_same_body
from gongkai.parsing.publisher.titles import speaks_of_a_body
from gongkai.parsing.rows import bare, parsed_document
from gongkai.parsing.tables.assembly import Assembled, assemble
from gongkai.parsing.tables.form_headings import speaks_of_budgets
from gongkai.parsing.tables.inventories import assets, procurement, units
from gongkai.parsing.tables.line_items import headless, interpret, mark_total_of
from gongkai.parsing.tables.listed import ListedAmount
from gongkai.parsing.tables.project_cards import Project, cards, is_card, read_card
from gongkai.parsing.tables.project_catalogues import is_catalogue, read_catalogue
from gongkai.parsing.tables.project_forms import read_form
from gongkai.parsing.tables.project_lists import is_list, read_list
from gongkai.parsing.tables.recognition import form_of, has_amounts, has_numbers
from gongkai.parsing.tables.statement import LineItem
from gongkai.parsing.tables.table import Table, is_contents
from gongkai.parsing.tables.words import TABLE_WORDS
from gongkai.parsing.text.captions import declares_empty, tells_of_any_table
from gongkai.parsing.text.grid import Doubt, TextLine, UnreadableDocumentError
from gongkai.vocabulary.dimensions import ParseStatus
from gongkai.vocabulary.forms import AMOUNT_FORMS, GOVERNMENT_FORMS, Form, FormId

_ALSO_ELSEWHERE: frozenset[FormId] = frozenset(("project_expenditure", "operating_expenses", "purchased_services"))
_CORE_FORMS = frozenset((*AMOUNT_FORMS, *GOVERNMENT_FORMS)) - _ALSO_ELSEWHERE
"""Forms that nothing but a budget or final accounts has."""


def parse_original(sha256: str, data: bytes, context: Context) -> list[ParsedDocument]:
    """Parse one original; an archive file (zip, ...) or a Word document gives itself and every document in it.

    Never raises for what the bytes hold: a refusal is a row in ``issues``.
    """
    file = identified(data)
    try:
        found = list(containers.contents(file))
    except UnreadableDocumentError as error:
        return [_refused(sha256, Issue(error.kind, str(error)))]
    problems = [
        Doubt(member.problem.kind, f"{member.name}: {member.problem.reason}") for member in found if member.problem
    ]
    documents: dict[str, ParsedDocument] = {}
    for member in found:
        if member.file is not None:
            own = dataclasses.replace(context, file_name=member.name.rsplit("/", 1)[-1])
            inner = parse_file(hashlib.sha256(member.file.data).hexdigest(), member.file, own)
            inner.rows["documents"][0].update({"container_sha256": sha256, "file_name": member.name})
            documents.setdefault(inner.sha256, dataclasses.replace(inner, container=sha256))
    if file.kind in containers.KINDS:
        return [bare(sha256, "container", list(map(Issue.of, problems)), file_format=file.kind), *documents.values()]
    return [parse_file(sha256, file, context, problems), *documents.values()]


def parse_document(sha256: str, data: bytes, context: Context) -> ParsedDocument:
    """Parse one document, and nothing that is embedded in it."""
    return parse_file(sha256, identified(data), context)


def parse_file(sha256: str, file: File, context: Context, problems: Sequence[Doubt] = ()) -> ParsedDocument:
    """Parse one document; ``problems`` are those of what is embedded in it.

    Never raises for what the bytes hold: a refusal is a row in ``issues``.
    """
    try:
        reading = read(file, TABLE_WORDS)
    except UnreadableDocumentError as error:
        return _refused(sha256, Issue(error.kind, str(error)))
    reading = dataclasses.replace(reading, doubts=(*reading.doubts, *problems))
    assembled = assemble(reading.blocks)
    disclosure, doubts = identify(assembled.tables, _outside_heads(assembled), context, reading.title)
    findings = Findings(sha256, reading, assembled, disclosure)
    _recognise(findings)
    if not _is_disclosure(findings):
        findings.forms.clear()
    if findings.forms or _names_a_disclosure(disclosure):
        findings.paragraphs.extend(paragraphs(_outside_heads(assembled)))
        if findings.forms or not _is_report(disclosure):
            findings.claims.extend(claims(findings.paragraphs, disclosure.year, disclosure.phase))
    return parsed_document(findings, _understand(findings, doubts))


def _understand(findings: Findings, doubts: Sequence[Doubt]) -> ParseStatus:
    """Interpret and prove what was recognised; ``doubts`` are those about the publisher.  Returns the parse status."""
    reading, disclosure = findings.reading, findings.disclosure
    if findings.forms:
        _interpret(findings)
        _prove(findings)
        _classify(findings)
        findings.issues.extend(map(Issue.of, (*reading.doubts, *doubts)))
        return "partial" if findings.issues else "parsed"
    if _names_a_disclosure(disclosure):
        reason = "no table of it is a statement form; its narrative is kept"
        if _is_report(disclosure):
            reason += ", its figures, which are of several years and levels, are not read"
        findings.issues.append(Issue("no_statement_forms", reason))
        findings.issues.extend(map(Issue.of, (*reading.doubts, *doubts)))
        findings.checks.extend(check_text(findings.claims, (), disclosure.phase))
        findings.checks.extend(_promised(findings))
        return "partial"
    unreadable = any(doubt.kind in ("no_text_layer", "garbled_text_layer") for doubt in reading.doubts)
    if not unreadable:
        reason = "no table of it is a statement form, so it is not taken for a budget or final accounts"
        findings.issues.append(Issue("not_a_budget", reason))
    findings.issues.extend(map(Issue.of, reading.doubts))
    return "unreadable" if unreadable else "unrelated"


def _is_disclosure(findings: Findings) -> bool:
    """A budget or final accounts speaks of itself as 预算 or 决算, or has the forms that nothing else has, and in words
    that only budgets use; a notice with a list of projects or purchases is none."""
    statements = (table for table in findings.assembled.tables if table.index in findings.forms)
    if not speaks_of_a_body(findings.disclosure.own_title or "") and not any(map(speaks_of_budgets, statements)):
        return False
    return findings.disclosure.phase is not None or any(form.id in _CORE_FORMS for form in findings.forms.values())


def _names_a_disclosure(disclosure: Disclosure) -> bool:
    """True when the document's own title names an entity's budget or final accounts of a year (a 情况说明)."""
    told = disclosure.entity is not None and disclosure.year is not None and disclosure.phase is not None
    return told and disclosure.own_title is not None


def _is_report(disclosure: Disclosure) -> bool:
    """True for what a government reports to its congress: its text says of several years and levels the same things."""
    return disclosure.level == "government" and is_report(disclosure.own_title or "")


def _outside_heads(assembled: Assembled) -> list[TextLine]:
    """Running text that is not a table's title or caption."""
    return [line for line in assembled.lines if id(line) not in assembled.in_heads]


def _refused(sha256: str, issue: Issue) -> ParsedDocument:
    """An original of which nothing could be read: one document row, one issue."""
    return bare(sha256, "unreadable", [issue])


def refuse(sha256: str, kind: str, reason: str) -> ParsedDocument:
    """The rows for an original whose parsing failed as a whole (a worker died, ran out of time or memory)."""
    return _refused(sha256, Issue(kind, reason))


def _recognise(findings: Findings) -> None:
    for table in findings.assembled.tables:
        form = form_of(table)
        if form is not None:
            findings.forms[table.index] = form
    if not findings.forms:
        return
    for table in findings.assembled.tables:
        if table.index not in findings.forms and not is_contents(table) and has_amounts(table):
            shown = table.title or "/".join(header for header in table.headers if header)[:60]
            reason = f"no statement form is known for the table {shown!r}; its cells are kept"
            findings.issues.append(Issue("form_unknown", reason, table.first_page, table.index))


def _interpret(findings: Findings) -> None:
    for table in findings.assembled.tables:
        form = findings.forms.get(table.index)
        if form is None:
            continue
        if table.header_mismatch_pages and not is_card(table):  # the next card begins with its own project's name
            pages = ", ".join(str(page) for page in table.header_mismatch_pages if page is not None)
            where = f" on page {pages}" if pages else ""
            reason = f"a repeated heading{where} differs from the first; the first is used for the whole table"
            findings.issues.append(Issue("heading_differs", reason, table.header_mismatch_pages[0], table.index))
        if form.id in AMOUNT_FORMS:
            _interpret_statement(findings, table, form)
        if form.id in GOVERNMENT_FORMS and has_numbers(table):
            reason = f"amounts of {table.title!r}, a form of whole governments, are not interpreted; its cells are kept"
            findings.issues.append(Issue("form_not_interpreted", reason, table.first_page, table.index))
        if form.id in ("performance_project", "performance_department") or is_catalogue(table):
            _read_projects(findings, table, of_department=form.id == "performance_department")
        if form.id in ("procurement", "assets", "units"):
            _read_inventory(findings, table, form)
    _give_to_captioned(findings)
    give_to_units(findings.statements)


def _give_to_captioned(findings: Findings) -> None:
    """Give the amounts of a table to the body its captions name, where those of another table name another.

    A department's page prints the forms of its units below its own.
    """
    named = {statement.table.index: captioned(statement.table.captions) for statement in findings.statements}
    own = findings.disclosure.entity
    if own is None or len({body.entity for body in named.values() if body}) < 2:
        return
    for statement in findings.every_statement():
        body = named.get(statement.table.index)
        if body is None or own.startswith(body.entity) or is_same_body(own, body.entity):  # a long name may be cut
            continue
        for item in statement.items:
            if item.unit_name is None:
                item.unit_name, item.unit_code = body.entity, body.code or item.unit_code


def _read_inventory(findings: Findings, table: Table, form: Form) -> None:
    if form.id == "units":
        findings.units.extend(units(table))
        return
    if table.unit is None and has_amounts(table):
        _tell_unit_unknown(findings, table)
    if form.id == "procurement":
        purchases = procurement(table, table.unit)
        findings.purchases.append(purchases)
        for cell in purchases.refused():
            reason = f"{cell.text!r} in an amount column is not an amount"
            findings.issues.append(Issue("amount_unreadable", reason, cell.page, table.index, cell.row))
    else:
        findings.assets.append(list(assets(table, table.unit)))


def _read_projects(findings: Findings, table: Table, *, of_department: bool) -> None:
    if is_list(table) or is_catalogue(table):
        listed = read_list(table, table.unit) if is_list(table) else read_catalogue(table, table.unit)
        findings.projects.extend(listed)
        for project in listed:
            if project.name is None:
                reason = f"{len(project.indicators)} indicators of a project whose name does not stand beside them"
                findings.issues.append(Issue("project_unnamed", reason, project.page, table.index))
    else:
        for card in cards(table):
            project = read_card(card, table.unit, of_department=of_department)
            before = findings.projects[-1] if findings.projects else None
            if before is not None and _goes_on(table, project, before):
                before.indicators.extend(project.indicators)
                findings.joined.add(table.index)
            else:
                findings.projects.append(project)


def _goes_on(table: Table, project: Project, before: Project) -> bool:
    """True for indicators that a page break parted from the card they belong to: they name nothing themselves."""
    unnamed = table.title is None and project.name is None
    return unnamed and before.table == table.index - 1 and not before.indicators


def _interpret_statement(findings: Findings, table: Table, form: Form) -> None:
    unit = table.unit
    if unit is None:
        if has_amounts(table):
            _tell_unit_unknown(findings, table)
        return
    statement = interpret(table, form, unit, findings.disclosure.year, findings.disclosure.phase)
    mark_total_of(statement, findings.disclosure.entity)
    findings.statements.append(statement)
    refused = complete_codes(statement)
    imply_codes(statement)
    for beside in statement.beside:
        complete_codes(beside)
        imply_codes(beside)
    if refused:
        shown = ", ".join(refused[:5]) + (", ..." if len(refused) > 5 else "")
        reason = f"codes of {table.title!r} are not whole, and left out: {shown}"
        findings.issues.append(Issue("code_malformed", reason, table.first_page, table.index))
    for cell, reason in statement.refused:
        findings.issues.append(Issue("amount_unreadable", reason, cell.page, table.index, cell.row))
    for column, amounts in headless(statement).items():
        reason = f"no heading tells what {amounts} amounts in column {column + 1} of {table.title!r} alone mean"
        findings.issues.append(Issue("heading_missing", reason, table.first_page, table.index))
    printed = any(item.amount for item in statement.items)
    if printed and any(declares_empty(note) and not tells_of_any_table(note) for note in table.notes):
        reason = f"a note says that {table.title!r} is empty, but it holds amounts"
        findings.issues.append(Issue("declared_empty", reason, table.last_page, table.index))


def _tell_unit_unknown(findings: Findings, table: Table) -> None:
    reason = f"the table {table.title!r} states no unit of account; its amounts are not interpreted"
    findings.issues.append(Issue("unit_unknown", reason, table.first_page, table.index))


def _prove(findings: Findings) -> None:
    for slid in settle_slid_rows(findings.statements):
        table = slid.statement.table
        kind = "row_slid" if slid.settled else "row_undecided"
        findings.issues.append(Issue(kind, slid.reason, table.first_page, table.index, slid.row))
    for statement in findings.every_statement():
        mark_row_kinds(statement)
        findings.checks.extend(check_statement(statement))
        findings.checks.extend(check_roll_forward(statement))
    proved = {statement.table.index for statement in findings.statements}
    listed = [project for project in findings.projects if project.name is not None and project.table not in proved]
    findings.checks.extend(check_agreement(findings.statements, [project.amounts.get("budget") for project in listed]))
    findings.checks.extend(check_projects(findings.projects, findings.statements))
    for purchases in findings.purchases:
        findings.checks.extend(check_purchases(purchases))
    for rows in findings.assets:
        findings.checks.extend(check_assets(rows))
    of_government = findings.disclosure.level == "government"  # whose text speaks of several scopes under one name
    one_is_named = findings.disclosure.level is not None or findings.disclosure.department is not None
    of_one_body = one_is_named and not of_government
    comparable = findings.every_statement() if of_one_body else ()
    findings.checks.extend(check_text(findings.claims, comparable, findings.disclosure.phase))
    findings.checks.extend(_promised(findings))
    findings.checks[:] = excuse_what_is_left_out(findings.checks, findings.assembled.tables)
    _tell_of_empty_forms(findings)
    assign_statuses(findings.every_statement(), findings.listed_amounts(), findings.checks)
    _list_projects(findings)
    read_by_ocr = _read_by_ocr(findings)
    printed = (item for statement in findings.every_statement() for item in statement.items)
    amounts: list[LineItem | ListedAmount] = [*printed, *findings.listed_amounts()]
    for item in amounts:
        if item.status == "unchecked" and (item.cell.ocr_confidence is not None or item.cell.page in read_by_ocr):
            item.status = "doubtful"


def _list_projects(findings: Findings) -> None:
    """Add the projects of the forms of projects to those whose targets are printed, each once."""
    read = {project.table for project in findings.projects}
    forms: list[list[Project]] = []
    for statement in findings.statements:
        table = statement.table
        if statement.form.id == "project_expenditure" and table.index not in read:
            listing = read_form(statement)
            forms.append(listing.projects)
            for reason in listing.refused:
                findings.issues.append(Issue("projects_unread", reason, table.first_page, table.index))
    of_all_funds = [listed for listed in forms if any("budget" in project.amounts for project in listed)]
    findings.projects[:], doubts = settle(of_all_funds or forms, findings.projects)
    for project, other in doubts:
        reason = f"the project {project.name!r} may be {other.name!r} of page {other.page}, or another one"
        findings.issues.append(Issue("project_unsettled", reason, project.page, project.table))


def _tell_of_empty_forms(findings: Findings) -> None:
    """A form that yields nothing is declared empty, which is a fact, or it is an issue."""
    lines, tables = findings.assembled.lines, findings.assembled.tables
    none = items_claimed_none(findings.claims) | funds_without_money(findings.statements)
    told = {
        issue.table_index
        for issue in findings.issues
        if issue.kind in ("unit_unknown", "form_not_interpreted") and issue.table_index is not None
    }
    for empty in empty_forms(lines, tables, findings.forms, none, findings.yielding() | told):
        scope = f"{empty.form.id}: {empty.title!r}"
        if empty.declared is not None:
            findings.checks.append(Check("form_empty", scope, (), (), None, None, None, HOLDS, empty.declared))
        else:
            lost = "nothing was read" if empty.table is not None else "no table was read"
            reason = f"{lost} of the form {empty.title!r} ({empty.form.id}), and nothing says that it is empty"
            findings.issues.append(Issue("form_empty", reason, empty.page, empty.table))


def _promised(findings: Findings) -> Iterator[Check]:
    lines, tables = findings.assembled.lines, findings.assembled.tables
    return check_promised_forms(lines, tables, findings.forms, findings.claims, findings.disclosure.phase)


def _read_by_ocr(findings: Findings) -> set[int | None]:
    """The pages whose text is OCR's, ours or that of whoever scanned them."""
    return {doubt.page for doubt in findings.reading.doubts if doubt.kind in ("read_by_ocr", "ocr_text_layer")}


def _classify(findings: Findings) -> None:
    """Codes against the names beside them; see ``parsing.proof.codes_and_names``."""
    for found in check_names(findings.statements, _read_by_ocr(findings)):
        where = (found.page, found.table_index, found.row_index)
        if found.contradicts:
            findings.issues.append(Issue("name_contradicts_code", found.reason, *where))
        else:
            findings.issues.append(Issue("classification_unknown", found.reason, *where))
