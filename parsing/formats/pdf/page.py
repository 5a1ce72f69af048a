"""A PDF page to its characters and ruling lines, in points from the top left of the page as shown.

pdfium gives characters and paths in the page's own space, before its /Rotate is applied and from the bottom left; both
are turned here.  What is returned is plain geometry.
"""

from __future__ import annotations

import collections
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.pdf.characters import read_characters
from gongkai.parsing.formats.pdf.content import DamagedPageError, PageContent
from gongkai.parsing.formats.pdf.drawing import read_drawing
from gongkai.parsing.formats.pdf.engine import Matrix
from gongkai.parsing.formats.pdf.fields import Form, field_runs
from gongkai.parsing.formats.pdf.watermarks import is_red_line


def content_of(document: Any, number: int, form: Form) -> PageContent:
    """The content of page ``number`` (from 0) of a pdfium document, the values of its ``form``'s fields included.

    Raises OverfullPageError, and DamagedPageError where the engine cannot load the page.
    """
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        raise DamagedPageError("the engine cannot load it")
    try:
        content, frame, turn = _frame(page)
        read_drawing(page, content, frame)
        read_characters(page, content, frame, turn)
        if content.is_sealed:
            _forget_the_seal(page, content, frame)
        if fields := form.fields(page):
            drawn = form.drawn_texts(page, document, number, fields)
            size = content.width, content.height
            runs, content.differing = field_runs(fields, drawn, frame, size, reading_direction(content))
            content.runs += runs
        content.pictures = min(content.pictures, 1.0)
        return content
    finally:
        pdfium.FPDF_ClosePage(page)


def _forget_the_seal(page: Any, content: PageContent, frame: Matrix) -> None:
    """Take the border of a seal out of the page's rules; where all rules are in red they are the table's."""
    rest = PageContent(content.width, content.height, [], [], [])
    read_drawing(page, rest, frame, is_aside=is_red_line)
    if rest.horizontals and rest.verticals:
        content.horizontals, content.verticals = rest.horizontals, rest.verticals


def reading_direction(content: PageContent) -> int:
    """The direction that most of a page's characters run in, in quarter turns counter-clockwise from the usual one."""
    if not any(run.direction for run in content.runs):
        return 0
    directions: collections.Counter[int] = collections.Counter()
    for run in content.runs:
        directions[run.direction] += len(run.text)
    return directions.most_common(1)[0][0]


def _frame(page: Any) -> tuple[PageContent, Matrix, int]:
    """An empty page of the size shown, the way into its space from the page's own, and its quarter turns clockwise."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    turn = pdfium.FPDFPage_GetRotation(page) % 4
    frames: tuple[Matrix, ...] = (
        (1.0, 0.0, 0.0, -1.0, -left, top),
        (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        (0.0, -1.0, -1.0, 0.0, top, right),
    )
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    if turn % 2:
        width, height = height, width
    return PageContent(width, height, [], [], []), frames[turn], turn
