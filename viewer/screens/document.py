"""A number and its page: a document's tables beside the picture of the page they were read from.

A cell is chosen by ``table``, ``row`` and ``column``, or by ``item``, a line_item_id.  What is said of it is what
``gongkai evidence`` says, from the same function.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.archive.store import ArchiveError
from gongkai.queries.evidence import Evidence, Row, documents_of, evidence_of
from gongkai.queries.evidence_facts import LINE_ITEM, cell_facts, check_fact, document_facts, said_fact
from gongkai.queries.page_contents import ROWS, DocumentContents, Place, TablePiece
from gongkai.queries.page_picture import PictureError
from gongkai.viewer.errors import BadAddressError, NotHeldError, ViewerError
from gongkai.viewer.view import Question, Screen, Shown, View
from gongkai.vocabulary.languages import said

_SECTIONS = 60
_DRAWN = ("pdf", "jpeg", "png", "webp", "tiff", "bmp", "gif", "album", "ofd")
"""Formats of which there are pictures of pages."""
_AMOUNTS = """
    SELECT
        line_item_id, form, direction, label, function_code, economic_code, fund, spending, period, item, basis,
        meaning, is_total, measure, amount, printed, unit, status, page, table_index, row_index, column_index
    FROM line_items
    WHERE document_sha256 = $sha256 AND province IS NOT DISTINCT FROM $province
      AND year IS NOT DISTINCT FROM $year::INTEGER AND department IS NOT DISTINCT FROM $department
    ORDER BY table_index, row_index, column_index
"""
_SAME_ADDRESS = """
    SELECT sha256, file_name, first_captured_at, parse_status, amounts FROM documents
    WHERE url = $url AND sha256 <> $sha256 AND province IS NOT DISTINCT FROM $province
      AND CASE
        WHEN $container::VARCHAR IS NULL THEN container_sha256 IS NULL
        ELSE container_sha256 <> $container AND file_name = $file_name
      END
    ORDER BY first_captured_at
"""

_ENCLOSED = """
    SELECT sha256, file_name, title, parse_status FROM documents WHERE container_sha256 = $sha256
    ORDER BY file_name, sha256
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """The page's picture, its size in points, and the boxes of its cells; or why there is none."""

    address: str | None = None
    width: float = 0
    height: float = 0
    missing: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One amount of a check: what it is, and where it stands."""

    text: str
    amount: Any
    address: str | None


def show(view: View) -> Shown:
    """The document of ``sha256`` or ``item``, at a page, a table or a cell."""
    document, place = _asked(view)
    contents = DocumentContents(view.lake, document)
    evidence = _evidence(view, document, place) if place else None
    tables = contents.tables()
    page = _page(view, document, evidence, tables)
    table = place[0] if place else (view.integer("table") or 0)
    first = _first_row(view, place)
    pieces = contents.on_page(page, tables) if page else contents.of_table(table, first, tables)
    checks = evidence.checks if evidence else ()
    sides = contents.sides(checks)
    amounts = view.ask("amounts", "Amounts of this document", _amounts(document), most=0)
    values = {
        "document": document,
        "tables": tables,
        "pieces": pieces,
        "statuses": contents.statuses([piece.table["table_index"] for piece in pieces]),
        "place": _chosen(evidence, place),
        "picture": picture_of(view, document, page) if page else Picture(),
        "page": page,
        "table": table,
        "first": first,
        "rows": ROWS,
        "cell": [(said_fact(name), said(value)) for name, value in cell_facts(evidence) if name != "check"],
        "facts": [(said_fact(name), value) for name, value in document_facts(document, None, page)],
        "checks": [_sides(view, document, check, sides) for check in checks],
        "quoted": contents.quoted(checks),
        "sections": contents.sections(page, _SECTIONS),
        "issues": contents.issues(),
        "versions": _versions(view, document),
        "enclosed": view.rows(_ENCLOSED, sha256=document["sha256"]) if document["parse_status"] == "container" else [],
        "amounts": amounts,
        **_neighbours(view, document, contents, place or _start(pieces, tables, page)),
    }
    return Shown(_title(document), "document.html", values, citation=_citation(view, document, page))


def _asked(view: View) -> tuple[Row, Place | None]:
    """The document, and the place of the chosen cell.  Raises BadAddressError, NotHeldError."""
    digits, place = view.text("sha256").lower(), None
    if item := view.text("item"):
        parts = LINE_ITEM.fullmatch(item)
        if parts is None:
            raise BadAddressError(f"parameter 'item' is a line_item_id, not {item!r}")
        digits, place = parts[1], (int(parts[2]), int(parts[3]), int(parts[4]))
    elif view.text("row") and view.text("column"):
        place = (view.integer("table") or 0, view.integer("row") or 0, view.integer("column") or 0)
    if len(digits) < 8 or not set(digits) <= set("0123456789abcdef"):
        raise BadAddressError(f"parameter 'sha256' is at least 8 digits of a document's SHA-256, not {digits!r}")
    found = documents_of(view.lake, digits)
    if not found:
        raise NotHeldError(f"no document {digits!r} is held")
    if len(found) > 1:
        raise BadAddressError(f"{digits!r} begins several hashes: give more digits")
    return found[0], place


def _evidence(view: View, document: Row, place: Place) -> Evidence:
    """What is known of a cell.  Raises NotHeldError."""
    evidence = evidence_of(view.lake, document, *place)
    if evidence is None:
        table, row, column = place
        raise NotHeldError(f"the document has no cell in table {table}, row {row}, column {column}")
    return evidence


def _page(view: View, document: Row, evidence: Evidence | None, tables: Sequence[Row]) -> int | None:
    """The page to show; None for a document without pages.  Raises NotHeldError for one it does not have."""
    if not document["pages"]:
        return None
    if evidence and evidence.cell.page:
        return evidence.cell.page
    asked, named = view.integer("page"), view.integer("table")
    if asked is None and named is not None:
        asked = next((table["first_page"] for table in tables if table["table_index"] == named), None)
    if asked is not None and not 1 <= asked <= document["pages"]:
        raise NotHeldError(f"the document has {document['pages']} pages, not a page {asked}")
    return asked or 1


def _start(pieces: Sequence[TablePiece], tables: Sequence[Row], page: int | None) -> Place | None:
    """Before the first cell of what is shown, or of the first table behind it."""
    for piece in pieces:
        rows = [cell.row for cell in piece.cells if not cell.is_header and cell.page == page]
        if rows:
            return piece.table["table_index"], min(rows), -1
    later = (table["table_index"] for table in tables if page and (table["first_page"] or 0) > page)
    index = next(later, None)
    return None if index is None else (index, -1, -1)


def _first_row(view: View, place: Place | None) -> int:
    """The first row shown of a table without pages: that of the piece which holds the chosen cell."""
    asked = view.integer("first")
    if asked is None:
        asked = place[1] if place else 0
    return asked // ROWS * ROWS


def _versions(view: View, document: Row) -> list[dict[str, Any]]:
    """Other documents that were published at its address: of one in an archive file, those of its name."""
    if not document["url"]:
        return []
    names = ("url", "sha256", "province", "file_name")
    values = {name: document[name] for name in names}
    return view.rows(_SAME_ADDRESS, **values, container=document["container_sha256"])


def picture_of(view: View, document: Row, page: int) -> Picture:
    """The picture of a page, or why there is none."""
    if document["format"] not in _DRAWN:
        return Picture(missing=said("There are no pictures of pages of this format: {}").format(document["format"]))
    if view.page_size is None:
        return Picture()
    try:
        width, height = view.page_size(document, page)
    except (PictureError, ViewerError, ArchiveError) as error:
        return Picture(missing=said(str(error)))
    form = "svg" if document["format"] == "ofd" else "webp"
    return Picture(view.addresses.picture(document["sha256"], page, form), width, height)


def _chosen(evidence: Evidence | None, place: Place | None) -> Place | None:
    """Where the chosen cell begins: a merged one is found by any position it covers."""
    return (place[0], evidence.cell.row, evidence.cell.column) if evidence and place else None


def _amounts(document: Row) -> Question:
    return Question(_AMOUNTS, {name: document[name] for name in ("sha256", "province", "year", "department")})


def _sides(view: View, document: Row, check: Row, sides: Mapping[str, Row]) -> dict[str, Any]:
    """A check with the amounts on both sides."""

    def side(identifier: str) -> Side:
        row = sides.get(identifier)
        if row is None:
            return Side(identifier, None, None)
        address = view.link("document", item=identifier) if row["row_index"] is not None else None
        if address is None and row["page"]:
            address = view.link("document", sha256=document["sha256"], page=row["page"])
        return Side(row["label"] or identifier, row["amount"], address)

    return {
        "check": check,
        "told": check_fact(check),
        "total": [side(each) for each in check["total"] or ()],
        "addends": [side(each) for each in check["addends"] or ()],
    }


def _neighbours(view: View, document: Row, contents: DocumentContents, place: Place | None) -> dict[str, Any]:
    """The amounts in question before and after the chosen cell, and how many there are."""
    places = [(row["table_index"], row["row_index"], row["column_index"]) for row in contents.in_question()]
    after = next((each for each in places if place is None or each > place), None)
    before = next((each for each in reversed(places) if place is not None and each < place), None)

    def address(found: Place | None) -> str | None:
        names = zip(("table", "row", "column"), found or (), strict=False)
        return view.link("document", sha256=document["sha256"], **dict(names)) if found else None

    return {"doubtful": len(places), "next_doubtful": address(after), "previous_doubtful": address(before)}


def _title(document: Row) -> str:
    return str(document["title"] or document["file_name"] or document["sha256"][:12])


def _citation(view: View, document: Row, page: int | None) -> dict[str, Any]:
    captured = document["first_captured_at"]
    return {
        "entity": document["entity"],
        "title": document["title"],
        "page": said("page {}").format(page) if page else None,
        "sha256": f"SHA-256 {document['sha256']}",
        "url": document["url"],
        "captured": said("captured {}").format(f"{captured:%Y-%m-%dT%H:%M:%SZ}") if captured else None,
        "publication": said("gongkai, publication {}").format(view.publication),
    }


SCREEN = Screen("document", "Document", show, in_navigation=False)
