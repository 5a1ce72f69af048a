"""What is shown with a number: the picture of its place in the original, and what is known of it as named facts."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from PIL import Image

from gongkai.parsing.formats.pdf.missing_fonts import use_boxes, use_system_fonts
from gongkai.queries.evidence import Cell, Evidence
from gongkai.queries.evidence_picture import picture_of
from gongkai.queries.page_picture import Part, PdfPages
from gongkai.vocabulary.glossary import heading, values_of
from gongkai.vocabulary.languages import said, speaks_chinese

LINE_ITEM = re.compile(r"([0-9a-f]{12})-(\d{1,9})-(\d{1,9})-(\d{1,9})")
"""A line_item_id: digits of the document's SHA-256, table, row and column."""

Facts = list[tuple[str, str]]
"""Names and values, for reading."""


@dataclasses.dataclass(frozen=True, slots=True)
class NumberEvidence:
    """A number and the place where it is printed; a notebook shows the picture."""

    facts: dict[str, str]
    """What is known of it: amount, unit and text as printed, checks, entity, address, capture, page and box."""
    png: bytes | None
    """The page around the number, framed; None where the original's format has no pages that can be drawn."""

    def _repr_png_(self) -> bytes | None:
        return self.png


@contextlib.contextmanager
def pages_of(data: bytes) -> Iterator[PdfPages]:
    """The PDF to draw, with the machine's fonts where it lacks its own: the readers have set boxes in their place."""
    use_system_fonts()
    try:
        pages = PdfPages(data)
        try:
            yield pages
        finally:
            pages.close()
    finally:
        use_boxes()


def drawn(pages: PdfPages, evidence: Evidence | None, page: int, scale: float, *, whole_page: bool) -> Image.Image:
    """The part of the page around the cell, or the whole page.  Raises PictureError."""
    if evidence is None:
        return pages.draw(Part(page, None), scale)
    return picture_of(evidence, pages, scale, whole_page=whole_page)


def cell_facts(evidence: Evidence | None) -> Facts:
    """What is known of the cell: its table, the amounts read from it, the checks they take part in."""
    if evidence is None:
        return []
    facts: Facts = [("table", evidence.table["title"] or "without a title")]
    for item in evidence.items:
        facts += _amount_facts(item)
    if not evidence.items:
        facts += [("column", evidence.cell.header or ""), ("printed", evidence.cell.text)]
        facts += [("amount", "none: the cell is no amount of a known form, or was not interpreted")]
    if evidence.moved:
        facts.append(("moved", f"its row slid: printed under {evidence.cell.header!r}, where the picture marks it"))
    return facts + [_check_fact(check) for check in evidence.checks]


def _amount_facts(item: Mapping[str, Any]) -> Facts:
    codes = [item[name] for name in ("function_code", "economic_code", "government_economic_code") if item[name]]
    axes = [f"{said_fact(name)} {_said(item, name)}" for name in ("fund", "spending", "period") if item[name]]
    return [
        ("line item", item["line_item_id"]),
        ("form", " ".join(filter(None, (_said(item, "form"), _said(item, "direction"))))),
        ("label", " ".join([*codes, item["label"] or ""])),
        ("measure", (item["measure"] or "") + (f" ({', '.join(axes)})" if axes else "")),
        ("meaning", _said(item, "meaning")),
        ("printed", repr(item["printed"] or "")),
        ("amount", "none: blank or unreadable" if item["amount"] is None else f"{item['amount']:,f} yuan"),
        ("unit", item["unit"] or ""),
        ("status", _said(item, "status")),
    ]


def _check_fact(check: Mapping[str, Any]) -> tuple[str, str]:
    side = "states the total" if check["states_the_total"] else "is summed"
    told = said(f"{_said(check, 'rule')} ({said(check['scope'])}): {_said(check, 'outcome')}; the amount {side}")
    if check["difference"] is not None:
        told += said(f", difference {check['difference']:,f} yuan (at most {check['tolerance'] or 0:,f})")
    return "check", told + (f"; {said(check['reason'])}" if check["reason"] else "")


def said_fact(name: str) -> str:
    """The name of a fact in the person's language."""
    told = said(name)
    return heading(name) if told == name and speaks_chinese() else told


def _said(row: Mapping[str, Any], column: str) -> str | None:
    """A closed value in the person's language."""
    value: str | None = row[column]
    return values_of(column).get(value, value) if value and speaks_chinese() else value


def document_facts(document: Mapping[str, Any], evidence: Evidence | None, page: int | None) -> Facts:
    """Whose document it is, where it came from, and where in it the cell stands."""
    captured = document["first_captured_at"]
    facts = [
        ("entity", document["entity"]),
        ("title", document["title"]),
        ("url", document["url"]),
        ("portal", document["portal"]),
        ("captured at", f"{captured:%Y-%m-%dT%H:%M:%SZ}" if captured else None),
        ("file name", document["file_name"]),
        ("SHA-256", document["sha256"]),
        ("published in", document["container_sha256"]),
        ("page", f"{page} of {document['pages']}" if page else None),
        ("box", _box(evidence.cell) if evidence else None),
    ]
    return [(name, value) for name, value in facts if value]


def _box(cell: Cell) -> str | None:
    if cell.box is None:
        return None
    return " ".join(f"{value:.1f}" for value in cell.box) + " (x0 y0 x1 y1, points from the top left)"


def font_facts(pages: PdfPages, page: int) -> Facts:
    """Fonts that the file lacks, which change how the page looks."""
    lacking = pages.fonts_lacking(page)
    return [("fonts", f"not in the file, drawn with this machine's: {', '.join(lacking)}")] if lacking else []


def shown(data: bytes, document: Mapping[str, Any], evidence: Evidence, scale: float) -> NumberEvidence:
    """The number in the original, whose bytes these are: what is known of it, and its picture where there are pages."""
    page = evidence.cell.page
    facts: Facts = [*cell_facts(evidence), *document_facts(document, evidence, page)]
    if document["format"] != "pdf" or page is None:
        return NumberEvidence(_by_name(facts), None)
    picture = io.BytesIO()
    with pages_of(data) as pages:
        drawn(pages, evidence, page, scale, whole_page=False).save(picture, "PNG")
        facts += font_facts(pages, page)
    return NumberEvidence(_by_name(facts), picture.getvalue())


def _by_name(facts: Facts) -> dict[str, str]:
    """Facts by name; several of one name stand in lines."""
    names = dict.fromkeys(name for name, _ in facts)
    return {name: "\n".join(value for each, value in facts if each == name) for name in names}
