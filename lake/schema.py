"""The lake's tables: every column with its type, unit and meaning.

One row of ``TABLES`` per table; ``arrow_schema`` makes the schema written into Parquet, with each description in
the field's metadata.  ``province``, ``year`` and ``department`` stand in every table: they are the partition.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib

import pyarrow as pa

MONEY = pa.decimal128(20, 2)
"""Yuan, to the fen."""

PARTITION = ("province", "year", "department")


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column: Arrow type and what it holds, with its unit where it has one."""

    name: str
    type: pa.DataType
    description: str


@dataclasses.dataclass(frozen=True, slots=True)
class LakeTable:
    """A table: what a row is, its columns in order, and the columns its rows are sorted by."""

    name: str
    row: str
    columns: tuple[Column, ...]
    sort: tuple[str, ...]


_TEXT = pa.string()
_INT = pa.int32()
_BOX = (
    Column("page", _INT, "page in the original, from 1; null for formats without pages"),
    Column("x0", pa.float32(), "left edge, PDF points from the left of the page"),
    Column("y0", pa.float32(), "top edge, PDF points from the top of the page"),
    Column("x1", pa.float32(), "right edge, PDF points"),
    Column("y1", pa.float32(), "bottom edge, PDF points"),
)
_OCR = Column(
    "ocr_confidence",
    pa.float32(),
    "likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR",
)
_PLACE = (
    Column("province", _TEXT, "province as named in GB/T 2260; partition key"),
    Column("year", _INT, "fiscal year; partition key"),
    Column("department", _TEXT, "controlled department name; partition key"),
)
_DOCUMENT = Column("document_sha256", _TEXT, "SHA-256 of the original, key of documents.sha256")
_TABLE = Column("table_index", _INT, "logical table in the document, from 0")
_ROW = Column("row_index", _INT, "row in the logical table, from 0, headers included")
_COLUMN = Column("column_index", _INT, "column in the logical table, from 0")


def _table(name: str, row: str, *columns: Column, sort: tuple[str, ...]) -> LakeTable:
    return LakeTable(name, row, (*columns, *_PLACE), sort)


DOCUMENTS = LakeTable(
    "documents",
    "one parsed original",
    (
        Column("sha256", _TEXT, "SHA-256 of the original"),
        Column("entity", _TEXT, "who published it, as printed"),
        Column("department", _TEXT, "controlled department name; partition key"),
        Column("unit_code", _TEXT, "code of the department or unit as printed, for example 323003"),
        Column("level", _TEXT, "department 部门 or unit 单位"),
        Column("year", _INT, "fiscal year; partition key"),
        Column("phase", _TEXT, "approved 预算 or executed 决算"),
        Column("province", _TEXT, "province as named in GB/T 2260; partition key"),
        Column("city", _TEXT, "prefecture-level division, or one directly under a province"),
        Column("county", _TEXT, "county-level division"),
        Column("division_code", _TEXT, "six-digit GB/T 2260 code of the lowest division known"),
        Column("title", _TEXT, "title of the disclosure"),
        Column("format", _TEXT, "format detected from the bytes: pdf, docx, xlsx, xls, html, text, ..."),
        Column("pages", _INT, "pages; null for formats without"),
        Column(
            "parse_status", _TEXT, "parsed, partial (something refused, see issues), unrelated, unreadable, container"
        ),
        Column("parser_version", _TEXT, "version of the parsing stage that made these rows"),
        Column("first_captured_at", pa.timestamp("us", "UTC"), "when the original was first received"),
        Column("portal", _TEXT, "portal it was first captured from; local for files given by hand"),
        Column("url", _TEXT, "address it was first captured from"),
        Column("article_url", _TEXT, "page that links it; the files of one article are one disclosure"),
        Column("file_name", _TEXT, "file name as given by the portal or the local path; in an archive file its own"),
        Column(
            "container_sha256",
            _TEXT,
            "SHA-256 of the archive file (zip, ...) or Word document it was published in; null for others",
        ),
        Column("tables", _INT, "logical tables found"),
        Column("cells", _INT, "cells found"),
        Column("amounts", _INT, "amounts interpreted and not blank"),
        Column("confirmed", _INT, "amounts confirmed by an identity that holds"),
        Column("checks_held", _INT, "identities that hold"),
        Column("checks_broken", _INT, "identities that are broken"),
        Column("issues", _INT, "rows in issues"),
    ),
    sort=("sha256",),
)

TABLES_TABLE = _table(
    "tables",
    "one logical table, joined over its pages",
    _DOCUMENT,
    _TABLE,
    Column("title", _TEXT, "title as printed"),
    Column("form", _TEXT, "statement form; null where not recognised"),
    Column("unit", _TEXT, "unit of its amounts as printed: 元, 万元, 亿元"),
    Column("first_page", _INT, "first page; null for formats without pages"),
    Column("last_page", _INT, "last page"),
    Column("columns", pa.list_(_TEXT), "header paths in column order, levels joined by /"),
    Column("rows", _INT, "rows, headers included"),
    sort=("document_sha256", "table_index"),
)

CELLS = _table(
    "cells",
    "one cell of any table, verbatim; a merged cell stands once, at its top left",
    _DOCUMENT,
    _TABLE,
    _ROW,
    _COLUMN,
    Column("row_span", _INT, "rows it covers"),
    Column("column_span", _INT, "columns it covers"),
    Column("is_header", pa.bool_(), "part of the heading rows"),
    Column("header", _TEXT, "header path of its column, levels joined by /"),
    Column("text", _TEXT, "text as printed"),
    _OCR,
    *_BOX,
    sort=("document_sha256", "table_index", "row_index", "column_index"),
)

LINE_ITEMS = _table(
    "line_items",
    "one amount position of an official statement form, interpreted; blank cells are rows with a null amount",
    Column("line_item_id", _TEXT, "first 12 hex of the document, table, row and column, joined by -"),
    _DOCUMENT,
    Column("form", _TEXT, "statement form"),
    Column("direction", _TEXT, "revenue or expenditure"),
    Column("label", _TEXT, "name of the row as printed, white space removed"),
    Column(
        "function_code",
        _TEXT,
        "functional classification 支出功能分类, digits only; where names stand alone, the code a name implies",
    ),
    Column("function_level", _TEXT, "category 类, group 款, item 项"),
    Column(
        "economic_code",
        _TEXT,
        "department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name"
        " implies",
    ),
    Column("government_economic_code", _TEXT, "government economic classification 政府预算支出经济分类, digits only"),
    Column("unit_code", _TEXT, "code of the budget unit the row belongs to"),
    Column("unit_name", _TEXT, "name of the budget unit the row belongs to"),
    Column("fund", _TEXT, "source of funds; total over all the form covers; null where the form has no such axis"),
    Column("spending", _TEXT, "kind of spending; null where the form has no such axis"),
    Column("period", _TEXT, "total, current 本年 or carried_over 上年结转"),
    Column("measure", _TEXT, "printed header path of the column, levels joined by /"),
    Column("amount", MONEY, "yuan; null where the cell is blank or unreadable, 0 where a zero is printed"),
    Column("printed", _TEXT, "text as printed"),
    Column("unit", _TEXT, "unit as printed: 元, 万元, 亿元"),
    _OCR,
    *_BOX,
    Column("status", _TEXT, "confirmed, unchecked or doubtful"),
    _TABLE,
    _ROW,
    _COLUMN,
    sort=("document_sha256", "table_index", "row_index", "column_index"),
)

PROJECTS = _table(
    "projects",
    "one project",
    _DOCUMENT,
    Column("project_code", _TEXT, "code as printed, white space removed; null where none is printed"),
    Column("project_name", _TEXT, "name as printed, white space removed"),
    Column("unit_code", _TEXT, "code of the budget unit the project belongs to"),
    Column("unit_name", _TEXT, "name of the budget unit the project belongs to"),
    Column("budget", MONEY, "yuan; null where none is printed"),
    Column("fiscal_funds", MONEY, "of which 财政资金, yuan"),
    Column("other_funds", MONEY, "of which 其他资金, yuan"),
    Column("purpose", _TEXT, "what the money is for, as printed"),
    Column("goals", _TEXT, "绩效目标 as printed"),
    Column("plan_march", _TEXT, "payments planned by the end of March as printed: a percentage or an amount"),
    Column("plan_june", _TEXT, "by the end of June"),
    Column("plan_october", _TEXT, "by the end of October"),
    Column("plan_december", _TEXT, "by the end of December"),
    Column("unit", _TEXT, "unit of the amounts as printed"),
    Column("page", _INT, "page it starts on"),
    _TABLE,
    sort=("document_sha256", "table_index", "project_code", "project_name"),
)

INDICATORS = _table(
    "indicators",
    "one performance indicator of a project or of the department",
    _DOCUMENT,
    Column("project_code", _TEXT, "code of the project; null for the department's own or where none is printed"),
    Column("project_name", _TEXT, "name of the project; null for the department's own"),
    Column("level1", _TEXT, "一级指标"),
    Column("level2", _TEXT, "二级指标"),
    Column("level3", _TEXT, "三级指标"),
    Column("description", _TEXT, "绩效指标描述"),
    Column("target", _TEXT, "指标值 as printed, white space removed"),
    Column("comparator", _TEXT, "≥, ≤, >, <, = or - (a range); null where none can be told"),
    Column("value", pa.decimal128(20, 4), "number in the target; null where it is not a number"),
    Column("value_unit", _TEXT, "what stands behind the number: %, 人, 天, 万元, ..."),
    Column("basis", _TEXT, "指标值确定依据"),
    Column("page", _INT, "page"),
    _TABLE,
    _ROW,
    sort=("document_sha256", "table_index", "row_index"),
)

PROCUREMENT = _table(
    "procurement",
    "one row of a government procurement budget 政府采购预算",
    _DOCUMENT,
    Column("project_name", _TEXT, "project as printed"),
    Column("item", _TEXT, "采购物品名称"),
    Column("catalogue_code", _TEXT, "政府采购目录序号"),
    Column("quantity_unit", _TEXT, "计量单位"),
    Column("quantity", pa.decimal128(20, 4), "数量"),
    Column("unit_price", MONEY, "yuan; publishers round it to the printed unit, so 0.00 is common"),
    Column("amount", MONEY, "yuan, all funds"),
    Column("is_subtotal", pa.bool_(), "a total or subtotal row"),
    Column("unit", _TEXT, "unit of the amounts as printed"),
    Column("page", _INT, "page"),
    _TABLE,
    _ROW,
    sort=("document_sha256", "table_index", "row_index"),
)

ASSETS = _table(
    "assets",
    "one row of a table of fixed assets held 固定资产占用情况",
    _DOCUMENT,
    Column("item", _TEXT, "as printed, white space removed"),
    Column("as_of", _TEXT, "截止时间 as printed"),
    Column("quantity", pa.decimal128(20, 4), "as printed; the item's name carries its unit"),
    Column("value", MONEY, "yuan"),
    Column("unit", _TEXT, "unit of the value as printed"),
    Column("page", _INT, "page"),
    _TABLE,
    _ROW,
    sort=("document_sha256", "table_index", "row_index"),
)

UNITS = _table(
    "units",
    "one budget unit of the department 机构设置情况",
    _DOCUMENT,
    Column("unit_code", _TEXT, "code as printed"),
    Column("unit_name", _TEXT, "name as printed, white space removed"),
    Column("nature", _TEXT, "单位性质: 行政, 事业, ..."),
    Column("rank", _TEXT, "单位规格"),
    Column("funding", _TEXT, "经费保障形式"),
    Column("page", _INT, "page"),
    _TABLE,
    _ROW,
    sort=("document_sha256", "table_index", "row_index"),
)

SECTIONS = _table(
    "sections",
    "narrative text under one heading",
    _DOCUMENT,
    Column("section_index", _INT, "order in the document, from 0"),
    Column("heading", _TEXT, "heading as printed; null for what stands before the first"),
    Column("level", _INT, "depth of the heading, 1 = highest"),
    Column("text", _TEXT, "text as printed, lines joined by line feeds"),
    Column("page", _INT, "page the section starts on"),
    sort=("document_sha256", "section_index"),
)

STATEMENTS = _table(
    "statements",
    "one number that the narrative states of a named item",
    Column("statement_id", _TEXT, "first 12 hex of the document and s with statement_index, joined by -"),
    _DOCUMENT,
    Column("statement_index", _INT, "order in the document, from 0"),
    Column("heading", _TEXT, "nearest heading above it as printed; null before the first"),
    Column("item", _TEXT, "item it is stated of; values in this document"),
    Column("label", _TEXT, "the words that name the item, as printed"),
    Column("function_code", _TEXT, "functional classification of a function, digits only; null where not known"),
    Column("economic_code", _TEXT, "department economic classification of an economic class"),
    Column("government_economic_code", _TEXT, "government economic classification of such a class"),
    Column(
        "fund", _TEXT, "source of funds that the words or the heading name; total over all; null where neither does"
    ),
    Column("role", _TEXT, "amount, budget, previous, change, change_percent, completion or share"),
    Column("amount", MONEY, "yuan; a decrease is negative; null for percentages, counts and 基本持平"),
    Column("percent", pa.decimal128(20, 4), "per cent; a decrease is negative; null for amounts and counts"),
    Column("quantity", pa.decimal128(20, 4), "vehicles or pieces of equipment; null otherwise"),
    Column("printed", _TEXT, "number, or the words that state it (持平, 无…), as printed"),
    Column("unit", _TEXT, "unit as printed: 元, 万元, 亿元, %, 辆, ...; null where words state it"),
    Column("comparison", _TEXT, "increase, decrease, unchanged or about_unchanged; null where no change is stated"),
    Column("compared_with", _TEXT, "prior_year, prior_budget, prior_actual or own_budget; null where not said"),
    Column("reason", _TEXT, "the reason stated for the change, as in the sentence, white space removed"),
    Column("sentence", _TEXT, "the sentence as printed, line breaks removed"),
    *_BOX,
    sort=("document_sha256", "statement_index"),
)

CHECKS = _table(
    "checks",
    "one accounting identity applied",
    _DOCUMENT,
    Column("check_index", _INT, "order in the document, from 0"),
    Column("rule", _TEXT, "identifier of the identity"),
    Column("scope", _TEXT, "where it was applied: form, row or column, in words"),
    Column("total", pa.list_(_TEXT), "line_item_id or statement_id of the side that states the total"),
    Column("addends", pa.list_(_TEXT), "line_item_id or statement_id of the side that is summed or compared"),
    Column("expected", MONEY, "yuan; what the total states"),
    Column("found", MONEY, "yuan; what the addends sum to"),
    Column("difference", MONEY, "yuan; found minus expected"),
    Column("tolerance", MONEY, "yuan; what rounding of the printed unit can explain"),
    Column("outcome", _TEXT, "holds, broken or not_assessable"),
    Column("reason", _TEXT, "why it is not assessable, or what was found of a promised form; null otherwise"),
    sort=("document_sha256", "check_index"),
)

ISSUES = _table(
    "issues",
    "anything refused or doubtful",
    _DOCUMENT,
    Column("issue_index", _INT, "order in the document, from 0"),
    Column("kind", _TEXT, "short stable identifier"),
    Column("reason", _TEXT, "one sentence"),
    Column("page", _INT, "page; null where it concerns the whole document"),
    Column("table_index", _INT, "logical table; null where it concerns none"),
    Column("row_index", _INT, "row; null where it concerns none"),
    sort=("document_sha256", "issue_index"),
)

_COUNTS = pa.map_(_TEXT, _INT)

QUALITY = _table(
    "quality",
    "how far one document was understood",
    _DOCUMENT,
    Column("tables", _INT, "logical tables found"),
    Column("tables_recognised", _INT, "tables of a statement form"),
    Column(
        "tables_unrecognised", _INT, "tables of no known form that hold amounts, of documents that have statement forms"
    ),
    Column("filled_cells", _INT, "cells that hold a text"),
    Column("amounts", _INT, "amounts interpreted and not blank: confirmed + doubtful + unchecked"),
    Column("confirmed", _INT, "amounts with which an identity holds"),
    Column(
        "doubtful", _INT, "amounts with which identities are broken only, or whose reading was chosen among several"
    ),
    Column("unchecked", _INT, "amounts to which no identity could be applied"),
    Column("refused", _INT, "texts in columns of amounts that are no amount"),
    Column("amounts_unrecognised", _INT, "numbers with decimals in the tables counted by tables_unrecognised"),
    Column("checks_held", _INT, "identities that hold"),
    Column("checks_broken", _INT, "identities that are broken"),
    Column("checks_not_assessable", _INT, "identities that could not be applied"),
    Column("broken_by_rule", _COUNTS, "broken identities by rule"),
    Column("issues", _INT, "rows in issues"),
    Column("issues_by_kind", _COUNTS, "issues by kind"),
    Column("rows_by_table", _COUNTS, "rows of statements, sections, projects, indicators and inventories, by table"),
    Column(
        "reading", _TEXT, "12 hex digits that change whenever an amount, its dimensions or its status is read otherwise"
    ),
    sort=("document_sha256",),
)

TABLES: dict[str, LakeTable] = {
    table.name: table
    for table in (
        DOCUMENTS,
        TABLES_TABLE,
        CELLS,
        LINE_ITEMS,
        PROJECTS,
        INDICATORS,
        PROCUREMENT,
        ASSETS,
        UNITS,
        SECTIONS,
        STATEMENTS,
        CHECKS,
        ISSUES,
        QUALITY,
    )
}
"""Every table of the lake by name."""


@functools.cache
def arrow_schema(table: LakeTable) -> pa.Schema:
    """The Arrow schema of a table, descriptions in each field's ``description`` metadata."""
    fields = [
        pa.field(column.name, column.type, metadata={b"description": column.description.encode()})
        for column in table.columns
    ]
    return pa.schema(fields, metadata={b"table": table.name.encode(), b"row": table.row.encode()})


def schema_fingerprint() -> str:
    """Twelve hex digits that change whenever a table's columns or their types do."""
    columns = [f"{table.name}.{column.name} {column.type}" for table in TABLES.values() for column in table.columns]
    return hashlib.sha256("\n".join(columns).encode()).hexdigest()[:12]
