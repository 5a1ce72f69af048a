"""What is shown with a number: the picture of its place in the original, and what is known of it as named facts."""

from __future__ import annotations

import contextlib
import dataclasses
import io
from collections.abc import Iterator, Mapping
from typing import Any

from PIL import Image

from gongkai.parsing.formats.pdf.missing_fonts import use_boxes, use_system_fonts
from gongkai.queries.evidence import Evidence
from gongkai.queries.evidence_facts import Facts, cell_facts, document_facts
from gongkai.queries.evidence_picture import picture_of
from gongkai.queries.page_picture import Part, PdfPages


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
