"""The rows of the lake's tables: every column with its type, unit and meaning, said once.

``Rows`` names every table; each is a list of rows whose type says the columns in order.  The annotation of a column
holds its description and a Python type, from which ``lake.schema`` derives the Arrow type; ``Decimal`` names its own
(``MONEY``, ``QUANTITY``).  mypy refuses a misspelt or missing column where a row is written,
``lake.packing.pack`` one that mypy cannot see.

``document_sha256`` and the partition columns have the same value in all rows of a document: ``pack`` adds them.  The
module is long because it is the public schema, one line for each column.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Annotated, NotRequired, Required, TypedDict

import pyarrow as pa

from gongkai.lake.partition import Partition
from gongkai.vocabulary.dimensions import (
    Basis,
    CheckOutcome,
    Direction,
    FunctionLevel,
    Fund,
    Level,
    LineItemExpense,
    Meaning,
    ParseStatus,
    Period,
    Phase,
    ProjectTables,
    RowKind,
    Spending,
    Status,
)
from gongkai.vocabulary.forms import FormId

MONEY = pa.decimal128(20, 2)
"""Yuan, to the fen."""
QUANTITY = pa.decimal128(20, 4)

Money = Annotated[Decimal | None, MONEY]
Quantity = Annotated[Decimal | None, QUANTITY]

DocumentHash = Annotated[str, "SHA-256 of the original, key of documents.sha256"]
TableIndex = Annotated[int, "logical table in the document, from 0"]
RowIndex = Annotated[int, "row in the logical table, from 0, headers included"]
ColumnIndex = Annotated[int, "column in the logical table, from 0"]
OcrConfidence = Annotated[
    float | None,
    "likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR",
]
Page = Annotated[int | None, "page in the original, from 1; null for formats without pages"]
Left = Annotated[float | None, "left edge, PDF points from the left of the page, to a 64th"]
Top = Annotated[float | None, "top edge, PDF points from the top of the page, to a 64th"]
Right = Annotated[float | None, "right edge, PDF points, to a 64th"]
Bottom = Annotated[float | None, "bottom edge, PDF points, to a 64th"]


class PartitionColumns(TypedDict):
    """The columns that every table ends with; ``documents`` has them among its own."""

    province: Annotated[str | None, "province as named in GB/T 2260; partition key"]
    year: Annotated[int | None, "fiscal year; partition key"]
    department: Annotated[str | None, "controlled department name; partition key"]


class DocumentRow(TypedDict, total=False):
    """A row of ``documents``; of an original that could not be read only a few columns are known."""

    sha256: Required[Annotated[str, "SHA-256 of the original"]]
    entity: Annotated[str | None, "who published it, as printed"]
    department: Annotated[str | None, "controlled department name; partition key"]
    unit_code: Annotated[str | None, "code of the department or unit as printed, for example 323003"]
    level: Annotated[Level | None, "department 部门, unit 单位 or government (a whole city, county or province)"]
    year: Annotated[int | None, "fiscal year; partition key"]
    phase: Annotated[Phase | None, "approved 预算 or executed 决算"]
    province: Annotated[str | None, "province as named in GB/T 2260; partition key"]
    city: Annotated[str | None, "prefecture-level division, or one directly under a province"]
    county: Annotated[str | None, "county-level division"]
    division_code: Annotated[str | None, "six-digit GB/T 2260 code of the lowest division known"]
    title: Annotated[str | None, "title of the disclosure"]
    format: Annotated[str | None, "format detected from the bytes: pdf, docx, xlsx, xls, html, text, ..."]
    pages: Annotated[int | None, "pages; null for formats without"]
    parse_status: Required[
        Annotated[ParseStatus, "parsed, partial (something refused, see issues), unrelated, unreadable, container"]
    ]
    parser_version: Annotated[str | None, "version of the parsing stage that made these rows"]
    first_captured_at: Annotated[dt.datetime | None, "when the original was first received"]
    portal: Annotated[str | None, "portal it was first captured from; local for files given by hand"]
    url: Annotated[str | None, "address it was first captured from"]
    article_url: Annotated[str | None, "page that links it; the files of one article are one disclosure"]
    file_name: Annotated[str | None, "file name as given by the portal or the local path; in an archive file its own"]
    container_sha256: Annotated[
        str | None, "SHA-256 of the archive file (zip, ...) or Word document it was published in; null for others"
    ]
    tables: Annotated[int, "logical tables found"]
    cells: Annotated[int, "cells found"]
    amounts: Annotated[int, "amounts of forms and of lists interpreted and not blank"]
    confirmed: Annotated[int, "amounts confirmed by an identity that holds"]
    checks_held: Annotated[int, "identities that hold"]
    checks_broken: Annotated[int, "identities that are broken"]
    issues: Annotated[int, "rows in issues"]


class TableRow(TypedDict):
    """A row of ``tables``."""

    document_sha256: NotRequired[DocumentHash]
    table_index: TableIndex
    title: Annotated[str | None, "title as printed"]
    form: Annotated[FormId | None, "statement form; null where not recognised"]
    unit: Annotated[str | None, "unit of its amounts as printed: 元, 万元, 亿元"]
    first_page: Annotated[int | None, "first page; null for formats without pages"]
    last_page: Annotated[int | None, "last page"]
    columns: Annotated[list[str], "header paths in column order, levels joined by /"]
    rows: Annotated[int, "rows, headers included"]


class CellRow(TypedDict):
    """A row of ``cells``."""

    document_sha256: NotRequired[DocumentHash]
    table_index: TableIndex
    row_index: RowIndex
    column_index: ColumnIndex
    row_span: Annotated[int, "rows it covers"]
    column_span: Annotated[int, "columns it covers"]
    is_header: Annotated[bool, "part of the heading rows"]
    header: Annotated[str | None, "header path of its column, levels joined by /"]
    text: Annotated[str, "text as printed"]
    ocr_confidence: OcrConfidence
    page: Page
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom


class LineItemRow(TypedDict):
    """A row of ``line_items``."""

    line_item_id: Annotated[str, "first 12 hex of the document, table, row and column, joined by -"]
    document_sha256: NotRequired[DocumentHash]
    form: Annotated[FormId, "statement form"]
    direction: Annotated[Direction | None, "revenue or expenditure"]
    label: Annotated[str | None, "name of the row as printed, white space removed"]
    function_code: Annotated[
        str | None,
        "functional classification 支出功能分类, digits only; where names stand alone, the code a name implies",
    ]
    function_level: Annotated[FunctionLevel | None, "category 类, group 款, item 项"]
    economic_code: Annotated[
        str | None,
        "department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name"
        " implies",
    ]
    government_economic_code: Annotated[
        str | None, "government economic classification 政府预算支出经济分类, digits only"
    ]
    unit_code: Annotated[str | None, "code of the budget unit the row belongs to"]
    unit_name: Annotated[str | None, "name of the budget unit the row belongs to"]
    fund: Annotated[
        Fund | None, "source of funds; total over all the form covers; null where the form has no such axis"
    ]
    spending: Annotated[Spending | None, "kind of spending; null where the form has no such axis"]
    period: Annotated[Period | None, "total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance"]
    item: Annotated[LineItemExpense | None, "which part of 三公 the row of a “三公” form is; null in other forms"]
    basis: Annotated[Basis | None, "what kind of figure the column states; null where neither it nor the document says"]
    meaning: Annotated[
        Meaning,
        "stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one;"
        " doubtful: a heading is missing, unknown or not the column's alone",
    ]
    is_total: Annotated[
        bool,
        "the row, or the column where rows have no names, states its form's total (合计, 支出总计, ...); null, which is"
        " taken for no, in rows of older parsers",
    ]
    row_kind: Annotated[
        RowKind | None,
        "line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中:"
        " part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell",
    ]
    measure: Annotated[str | None, "printed header path of the column, levels joined by /"]
    amount: Annotated[Money, "yuan; null where the cell is blank or unreadable, 0 where a zero is printed"]
    printed: Annotated[str, "text as printed"]
    unit: Annotated[str, "unit as printed: 元, 万元, 亿元"]
    last_digit: Annotated[
        Money, "yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is"
    ]
    ocr_confidence: OcrConfidence
    page: Page
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom
    status: Annotated[Status, "confirmed, unchecked or doubtful"]
    table_index: TableIndex
    row_index: RowIndex
    column_index: ColumnIndex


class ProjectRow(TypedDict):
    """A row of ``projects``."""

    document_sha256: NotRequired[DocumentHash]
    project_code: Annotated[str | None, "code as printed, white space removed; null where none is printed"]
    project_name: Annotated[str, "name as printed, white space removed"]
    unit_code: Annotated[str | None, "code of the budget unit the project belongs to"]
    unit_name: Annotated[str | None, "name of the budget unit the project belongs to"]
    budget: Annotated[Money, "yuan, of the year; null where none is printed"]
    status: Annotated[Status | None, "of the budget, as in line_items; null where none is printed"]
    fiscal_funds: Annotated[Money, "of which 财政资金, yuan"]
    other_funds: Annotated[Money, "of which 其他资金, yuan"]
    multi_year_total: Annotated[
        Money, "yuan over several years (总投资, 实施期资金总额, 三年合计), where printed; never part of the budget"
    ]
    purpose: Annotated[str | None, "what the money is for, as printed"]
    goals: Annotated[str | None, "绩效目标 as printed"]
    in_tables: Annotated[
        ProjectTables,
        "performance: 绩效目标表, expenditure: 项目支出表, both, or unsettled: it may be another row of its document",
    ]
    unit: Annotated[str | None, "unit of the amounts as printed"]
    page: Annotated[int | None, "page it starts on, in 项目支出表 where that lists it"]
    table_index: TableIndex


class ProjectPaymentRow(TypedDict):
    """A row of ``project_payments``."""

    document_sha256: NotRequired[DocumentHash]
    project_code: Annotated[str | None, "code of the project; null where none is printed"]
    project_name: Annotated[str | None, "name of the project; null for the department's own card"]
    period: Annotated[str, "when it is to be paid, as printed, white space removed: 3月底, 一季度, 12月, ..."]
    printed: Annotated[str, "text as printed"]
    amount: Annotated[Money, "yuan; null where a share is printed, and where the text is neither"]
    share: Annotated[Quantity, "per cent of the project's budget; null where an amount is printed"]
    unit: Annotated[str | None, "unit of the amounts as printed"]
    page: Annotated[int | None, "page"]
    table_index: TableIndex
    row_index: RowIndex
    column_index: ColumnIndex


class IndicatorRow(TypedDict):
    """A row of ``indicators``."""

    document_sha256: NotRequired[DocumentHash]
    project_code: Annotated[str | None, "code of the project; null for the department's own or where none is printed"]
    project_name: Annotated[str | None, "name of the project; null for the department's own"]
    level1: Annotated[str | None, "一级指标"]
    level2: Annotated[str | None, "二级指标"]
    level3: Annotated[str | None, "三级指标"]
    description: Annotated[str | None, "绩效指标描述"]
    target: Annotated[str | None, "指标值 as printed, white space removed"]
    comparator: Annotated[str | None, "≥, ≤, >, <, = or - (a range); null where none can be told"]
    value: Annotated[Quantity, "number in the target; null where it is not a number"]
    value_unit: Annotated[str | None, "what stands behind the number: %, 人, 天, 万元, ..."]
    basis: Annotated[str | None, "指标值确定依据"]
    page: Annotated[int | None, "page"]
    table_index: TableIndex
    row_index: RowIndex


class ProcurementRow(TypedDict):
    """A row of ``procurement``."""

    document_sha256: NotRequired[DocumentHash]
    project_name: Annotated[str | None, "project as printed"]
    item: Annotated[str | None, "采购物品名称"]
    catalogue_code: Annotated[str | None, "政府采购目录序号"]
    quantity_unit: Annotated[str | None, "计量单位"]
    quantity: Annotated[Quantity, "数量"]
    unit_price: Annotated[Money, "yuan; publishers round it to the printed unit, so 0.00 is common"]
    amount: Annotated[Money, "yuan, all funds"]
    status: Annotated[Status | None, "of the amount, as in line_items; null where none is printed"]
    is_subtotal: Annotated[bool, "a total or subtotal row"]
    unit: Annotated[str | None, "unit of the amounts as printed"]
    page: Annotated[int | None, "page"]
    table_index: TableIndex
    row_index: RowIndex


class AssetRow(TypedDict):
    """A row of ``assets``."""

    document_sha256: NotRequired[DocumentHash]
    item: Annotated[str, "as printed, white space removed"]
    as_of: Annotated[str | None, "截止时间 as printed"]
    quantity: Annotated[Quantity, "as printed; the item's name carries its unit"]
    value: Annotated[Money, "yuan"]
    status: Annotated[Status | None, "of the value, as in line_items; null where none is printed"]
    unit: Annotated[str | None, "unit of the value as printed"]
    page: Annotated[int | None, "page"]
    table_index: TableIndex
    row_index: RowIndex


class UnitRow(TypedDict):
    """A row of ``units``."""

    document_sha256: NotRequired[DocumentHash]
    unit_code: Annotated[str | None, "code as printed"]
    unit_name: Annotated[str | None, "name as printed, white space removed"]
    nature: Annotated[str | None, "单位性质: 行政, 事业, ..."]
    rank: Annotated[str | None, "单位规格"]
    funding: Annotated[str | None, "经费保障形式"]
    page: Annotated[int | None, "page"]
    table_index: TableIndex
    row_index: RowIndex


class SectionRow(TypedDict):
    """A row of ``sections``."""

    document_sha256: NotRequired[DocumentHash]
    section_index: Annotated[int, "order in the document, from 0"]
    heading: Annotated[str | None, "heading as printed; null for what stands before the first"]
    level: Annotated[int | None, "depth of the heading, 1 = highest"]
    text: Annotated[str, "text as printed, lines joined by line feeds"]
    page: Annotated[int | None, "page the section starts on"]


class ClaimRow(TypedDict):
    """A row of ``claims``."""

    claim_id: Annotated[str, "first 12 hex of the document and s with claim_index, joined by -"]
    document_sha256: NotRequired[DocumentHash]
    claim_index: Annotated[int, "order in the document, from 0"]
    heading: Annotated[str | None, "nearest heading above it as printed; null before the first"]
    item: Annotated[str, "item it is stated of; values in this document"]
    label: Annotated[str, "the words that name the item, as printed"]
    function_code: Annotated[str | None, "functional classification of a function, digits only; null where not known"]
    economic_code: Annotated[str | None, "department economic classification of an economic class"]
    government_economic_code: Annotated[str | None, "government economic classification of such a class"]
    fund: Annotated[
        Fund | None, "source of funds that the words or the heading name; total over all; null where neither does"
    ]
    role: Annotated[str, "amount, budget, adjusted_budget, previous, change, change_percent, completion or share"]
    amount: Annotated[Money, "yuan; a decrease is negative; null for percentages, counts and 基本持平"]
    percent: Annotated[Quantity, "per cent; a decrease is negative; null for amounts and counts"]
    quantity: Annotated[Quantity, "vehicles or pieces of equipment; null otherwise"]
    printed: Annotated[str, "number, or the words that state it (持平, 无…), as printed"]
    unit: Annotated[str | None, "unit as printed: 元, 万元, 亿元, %, 辆, ...; null where words state it"]
    last_digit: Annotated[
        Money,
        "yuan: one unit of the last digit printed, 100 for 万元 with two decimals; a fen where words state the amount;"
        " null where amount is",
    ]
    comparison: Annotated[
        str | None, "increase, decrease, unchanged or about_unchanged; null where no change is stated"
    ]
    compared_with: Annotated[
        str | None, "prior_year, prior_budget, prior_actual, own_budget or adjusted_budget; null where not said"
    ]
    reason: Annotated[
        str | None, "the reason stated for the change with all its numbered parts (一是…；二是…), white space removed"
    ]
    sentence: Annotated[str, "the sentence as printed, line breaks removed"]
    page: Page
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom


class CheckRow(TypedDict):
    """A row of ``checks``."""

    document_sha256: NotRequired[DocumentHash]
    check_index: Annotated[int, "order in the document, from 0"]
    rule: Annotated[str, "identifier of the identity"]
    scope: Annotated[str, "where it was applied: form, row or column, in words"]
    total: Annotated[list[str], "line_item_id or claim_id of the side that states the total"]
    addends: Annotated[list[str], "line_item_id or claim_id of the side that is summed or compared"]
    expected: Annotated[Money, "yuan; what the total states"]
    found: Annotated[Money, "yuan; what the addends sum to"]
    difference: Annotated[Money, "yuan; found minus expected"]
    tolerance: Annotated[Money, "yuan; what rounding of the printed unit can explain"]
    outcome: Annotated[CheckOutcome, "holds, broken or not_assessable"]
    reason: Annotated[str | None, "why it is not assessable, or what was found of a promised form; null otherwise"]


class IssueRow(TypedDict):
    """A row of ``issues``."""

    document_sha256: NotRequired[DocumentHash]
    issue_index: Annotated[int, "order in the document, from 0"]
    kind: Annotated[str, "short stable identifier"]
    reason: Annotated[str, "one sentence"]
    page: Annotated[int | None, "page; null where it concerns the whole document"]
    table_index: Annotated[int | None, "logical table; null where it concerns none"]
    row_index: Annotated[int | None, "row; null where it concerns none"]


class QualityRow(TypedDict):
    """A row of ``quality``."""

    document_sha256: NotRequired[DocumentHash]
    tables: Annotated[int, "logical tables found"]
    tables_recognised: Annotated[int, "tables of a statement form"]
    tables_unrecognised: Annotated[
        int, "tables of no known form that hold amounts, of documents that have statement forms"
    ]
    filled_cells: Annotated[int, "cells that hold a text"]
    amounts: Annotated[int, "amounts interpreted and not blank: confirmed + doubtful + unchecked"]
    confirmed: Annotated[int, "amounts with which an identity holds"]
    doubtful: Annotated[int, "amounts with which identities are broken only, or whose reading was chosen among several"]
    unchecked: Annotated[int, "amounts to which no identity could be applied"]
    refused: Annotated[int, "texts in columns of amounts that are no amount"]
    amounts_unrecognised: Annotated[int, "numbers with decimals in the tables counted by tables_unrecognised"]
    checks_held: Annotated[int, "identities that hold"]
    checks_broken: Annotated[int, "identities that are broken"]
    checks_not_assessable: Annotated[int, "identities that could not be applied"]
    broken_by_rule: Annotated[dict[str, int], "broken identities by rule"]
    issues: Annotated[int, "rows in issues"]
    issues_by_kind: Annotated[dict[str, int], "issues by kind"]
    rows_by_table: Annotated[dict[str, int], "rows of claims, sections, projects, indicators and inventories, by table"]
    reading: Annotated[
        str, "12 hex digits that change whenever an amount, its dimensions or its status is read otherwise"
    ]


@dataclasses.dataclass(frozen=True, slots=True)
class About:
    """A table: what a row is, and the columns its rows are sorted by."""

    row: str
    sort: tuple[str, ...]


class Rows(TypedDict):
    """Every table of the lake with its rows."""

    documents: Annotated[list[DocumentRow], About("one parsed original", ("sha256",))]
    tables: Annotated[
        list[TableRow], About("one logical table, joined over its pages", ("document_sha256", "table_index"))
    ]
    cells: Annotated[
        list[CellRow],
        About(
            "one cell of any table, verbatim; a merged cell stands once, at its top left",
            ("document_sha256", "table_index", "row_index", "column_index"),
        ),
    ]
    line_items: Annotated[
        list[LineItemRow],
        About(
            "one amount position of an official statement form, interpreted; blank cells are rows with a null amount",
            ("document_sha256", "table_index", "row_index", "column_index"),
        ),
    ]
    projects: Annotated[
        list[ProjectRow], About("one project", ("document_sha256", "table_index", "project_code", "project_name"))
    ]
    project_payments: Annotated[
        list[ProjectPaymentRow],
        About(
            "one planned payment of a project 资金支出计划, as its card prints it; plans are often cumulative",
            ("document_sha256", "table_index", "row_index", "column_index"),
        ),
    ]
    indicators: Annotated[
        list[IndicatorRow],
        About(
            "one performance indicator of a project or of the department",
            ("document_sha256", "table_index", "row_index"),
        ),
    ]
    procurement: Annotated[
        list[ProcurementRow],
        About(
            "one row of a government procurement budget 政府采购预算", ("document_sha256", "table_index", "row_index")
        ),
    ]
    assets: Annotated[
        list[AssetRow],
        About(
            "one row of a table of fixed assets held 固定资产占用情况", ("document_sha256", "table_index", "row_index")
        ),
    ]
    units: Annotated[
        list[UnitRow],
        About("one budget unit of the department 机构设置情况", ("document_sha256", "table_index", "row_index")),
    ]
    sections: Annotated[
        list[SectionRow], About("narrative text under one heading", ("document_sha256", "section_index"))
    ]
    claims: Annotated[
        list[ClaimRow],
        About("one number that the narrative states of a named item", ("document_sha256", "claim_index")),
    ]
    checks: Annotated[list[CheckRow], About("one accounting identity applied", ("document_sha256", "check_index"))]
    issues: Annotated[list[IssueRow], About("anything refused or doubtful", ("document_sha256", "issue_index"))]
    quality: Annotated[list[QualityRow], About("how far one document was understood", ("document_sha256",))]


def no_rows() -> Rows:
    """Every table without a row."""
    return Rows(
        documents=[],
        tables=[],
        cells=[],
        line_items=[],
        projects=[],
        project_payments=[],
        indicators=[],
        procurement=[],
        assets=[],
        units=[],
        sections=[],
        claims=[],
        checks=[],
        issues=[],
        quality=[],
    )


@dataclasses.dataclass(frozen=True, slots=True)
class ParsedDocument:
    """The outcome of one original: rows by table (``documents`` has exactly one), and the partition they belong to."""

    sha256: str
    status: ParseStatus
    partition: Partition
    rows: Rows
    container: str | None = None
    """SHA-256 of the archive file it was found in."""
