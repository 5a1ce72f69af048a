"""What stands on a PDF page: characters and ruling lines, in points from the top left of the page as shown.

The only module that knows the PDF engine (pdfium through pypdfium2); what it returns is plain geometry.  pdfium gives
characters and paths in the page's own space, before its /Rotate is applied and from the bottom left; both are turned
here.  Walking the characters one by one is the cost of reading a PDF, so each costs one call, for its origin on the
baseline, and what a run of them has in common (size, direction) is asked once a run.
"""

from __future__ import annotations

import ctypes
import dataclasses
import itertools
import math
import operator
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from parsing.formats.lattice import Rule
from parsing.formats.typesetting import ADVANCE, LIFT, Run, split

THIN = 3.0
"""A filled shape not thicker than this is a rule; thicker ones are shading."""

SLANT = 1.0
"""A stroke that rises by more than this over its length is no ruling."""

MAX_OBJECTS = 300_000
"""Characters and paths of one page; a printed page of tables has some 10,000."""

MAX_DEPTH = 12
"""Forms inside forms that are opened; a printed page has one or two levels."""

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) of x' = ax + cy + e, y' = bx + dy + f, as PDF writes it."""

UNMAPPED = "\ufffd"
"""Stands for a character whose code its font maps to nothing."""

_LINE_ENDS = re.compile(r"[\r\n]+")
_LINE = re.compile(r"[^\s](?:[^\r\n]*[^\s])?")
_SPACE = re.compile(r"\s")


class OverfullPageError(Exception):
    """Raised when a page holds more than ``MAX_OBJECTS`` things."""


class DamagedPageError(Exception):
    """Raised when the engine cannot load a page."""


@dataclasses.dataclass(slots=True)
class PageContent:
    """A page as shown: size in points, characters, rules, and the share of it that pictures cover (0 to 1)."""

    width: float
    height: float
    runs: list[Run]
    horizontals: list[Rule]
    verticals: list[Rule]
    pictures: float = 0.0
    paths: int = 0


def content_of(document: Any, number: int) -> PageContent:
    """The content of page ``number`` (from 0) of a pdfium document.

    Raises OverfullPageError, and DamagedPageError where the engine cannot load the page.
    """
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        raise DamagedPageError("the engine cannot load it")
    try:
        content, frame, turn = _frame(page)
        _read_objects(page, content, frame)
        _read_characters(page, content, frame, turn)
        content.pictures = min(content.pictures, 1.0)
        return content
    finally:
        pdfium.FPDF_ClosePage(page)


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


def _read_characters(page: Any, content: PageContent, frame: Matrix, turn: int) -> None:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count > MAX_OBJECTS:
            raise OverfullPageError(f"the page holds more than {MAX_OBJECTS} characters")
        if count > 0:
            text = readable(_characters(text_page, count))
            ruled = content.horizontals and content.verticals
            stretches = _stretches(text, *_origins(text_page, 0, count)) if ruled else _lines(text_page, text)
            settings = _Settings(text_page, turn)
            for start, end, xs, ys in stretches:
                run = _run(settings, start, text[start:end], xs, ys)
                if run is not None:
                    _keep_run(content, run, frame)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _characters(text_page: Any, count: int) -> str:
    """The page's characters by index: in one call, or one by one where some have no place in the text."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(_character(pdfium.FPDFText_GetUnicode(text_page, index)) for index in range(count))


def _character(code: int) -> str:
    """pdfium gives 0 where a code has no Unicode, and surrogates one by one for characters beyond the basic plane."""
    return UNMAPPED if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _bare(function: Any, result: Any) -> Any:
    """An engine function without declared argument types: converting them costs twice the call itself, and these are
    called for every character and object.  Arguments must be pointers and plain ints."""
    bare = type(function)(ctypes.cast(function, ctypes.c_void_p).value)
    bare.restype = result
    return bare


class _Handle(ctypes.c_void_p):
    """What the engine calls an object by; a class of its own, so that ctypes hands it on as it is."""


_origin = _bare(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_matrix = _bare(pdfium.FPDFText_GetMatrix, ctypes.c_int)
_font_size = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_is_unmapped = _bare(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
_object = _bare(pdfium.FPDFPage_GetObject, _Handle)
_form_object = _bare(pdfium.FPDFFormObj_GetObject, _Handle)
_kind = _bare(pdfium.FPDFPageObj_GetType, ctypes.c_int)
_bounds = _bare(pdfium.FPDFPageObj_GetBounds, ctypes.c_int)
_segment = _bare(pdfium.FPDFPath_GetPathSegment, _Handle)
_segment_kind = _bare(pdfium.FPDFPathSegment_GetType, ctypes.c_int)
_segment_point = _bare(pdfium.FPDFPathSegment_GetPoint, ctypes.c_int)
_segment_closes = _bare(pdfium.FPDFPathSegment_GetClose, ctypes.c_int)


def _origins(text_page: Any, start: int, end: int) -> tuple[list[float], list[float]]:
    """Where each character from ``start`` to ``end`` stands on its baseline, in the page's own space."""
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y, handle = ctypes.byref(x), ctypes.byref(y), ctypes.cast(text_page, ctypes.c_void_p)
    xs: list[float] = []
    ys: list[float] = []
    for index in range(start, end):
        _origin(handle, index, at_x, at_y)
        xs.append(x.value)
        ys.append(y.value)
    return xs, ys


def _lines(text_page: Any, text: str) -> Iterator[tuple[int, int, list[float], list[float]]]:
    """(start, end, xs, ys) of the lines of a page without tables, as the engine tells them.

    Of a line without spaces only where its ends stand is asked: nothing between them matters.
    """
    for found in _LINE.finditer(text):
        start, end = found.span()
        (first_x,), (first_y,) = _origins(text_page, start, start + 1)
        (last_x,), (last_y,) = _origins(text_page, end - 1, end)
        straight = first_y == last_y or first_x == last_x
        if straight and end - start > 2 and not _SPACE.search(text, start, end):
            steps = end - start - 1
            step_x, step_y = (last_x - first_x) / steps, (last_y - first_y) / steps
            xs = [first_x + place * step_x for place in range(steps + 1)]
            yield start, end, xs, [first_y + place * step_y for place in range(steps + 1)]
            continue
        for begin, stop, xs, ys in _stretches(text[start:end], *_origins(text_page, start, end)):
            yield start + begin, start + stop, xs, ys


def _stretches(text: str, xs: list[float], ys: list[float]) -> Iterator[tuple[int, int, list[float], list[float]]]:
    """(start, end, xs, ys) of characters that follow each other on one baseline of the direction most of them have."""
    count = len(text)
    level = sum(map(operator.eq, ys, itertools.islice(ys, 1, None)))
    upright = sum(map(operator.eq, xs, itertools.islice(xs, 1, None)))
    across = ys if level >= upright else xs
    changes = map(operator.ne, across, itertools.islice(across, 1, None))
    cuts = {index for index, changed in enumerate(changes, 1) if changed}
    for found in _LINE_ENDS.finditer(text):
        cuts.update(found.span())
    start = 0
    for index in [*sorted(cuts), count]:
        if start < index and text[start] not in "\r\n":
            yield start, index, xs[start:index], ys[start:index]
        start = index


class _Settings:
    """How characters are set: asked once a run."""

    def __init__(self, text_page: Any, turn: int) -> None:
        self.text_page = ctypes.cast(text_page, ctypes.c_void_p)
        self.turn = turn
        self.matrix = pdfium.FS_MATRIX()
        self._at = ctypes.byref(self.matrix)

    def of(self, index: int) -> tuple[float, int, bool]:
        """A character's type size in points (0 where the engine gives it none), quarter turns counter-clockwise in
        the page's own space, and whether its code maps to no character."""
        if not _matrix(self.text_page, index, self._at):
            return 0.0, 0, False
        matrix = self.matrix
        b, c, d = matrix.b, matrix.c, matrix.d
        size = abs(_font_size(self.text_page, index)) * (math.hypot(c, d) if c else abs(d))
        quarters = round(math.atan2(b, matrix.a) / (math.pi / 2)) % 4 if b or matrix.a < 0 else 0
        return size, quarters, _is_unmapped(self.text_page, index) > 0


def _run(settings: _Settings, index: int, text: str, xs: list[float], ys: list[float]) -> Run | None:
    """A stretch as a run in the page's own space; None where it is blank or the engine gives it no size.

    Spaces that the engine put in have no setting of their own, so the first printed character tells it.
    """
    kept = text.strip()
    if not kept:
        return None
    printed = len(text) - len(text.lstrip())
    size, quarters, unmapped = settings.of(index + printed)
    if size <= 0:
        return None
    if unmapped:
        kept = UNMAPPED * len(kept)
    along = (ys if quarters % 2 else xs)[printed : printed + len(kept)]
    first = along[0]
    offsets = [value - first for value in along] if quarters < 2 else [first - value for value in along]
    return Run(kept, xs[printed], ys[printed], offsets, size, (quarters - settings.turn) % 4)


def _keep_run(content: PageContent, run: Run, frame: Matrix) -> None:
    """Add a run as shown, without the characters that lie off the page."""
    run.x, run.y = _applied(frame, run.x, run.y)
    step_x, step_y = ((1, 0), (0, -1), (-1, 0), (0, 1))[run.direction]
    rise = LIFT * run.size
    middle_x, middle_y = run.x + step_y * rise, run.y - step_x * rise
    width, height = content.width, content.height

    def is_shown(place: int) -> bool:
        along = run.offsets[place] + ADVANCE[run.text[place]] * run.size / 2
        return 0 <= middle_x + step_x * along <= width and 0 <= middle_y + step_y * along <= height

    # A run is straight: with both ends on the page, all of it is.
    if is_shown(0) and is_shown(-1):
        content.runs.append(run)
        return
    shown = [is_shown(place) for place in range(len(run.text))]
    content.runs.extend(piece for visible, piece in split(run, shown) if visible)


_FONT_FORMS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00))
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}


_FONT_FORM = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")


def readable(text: str) -> str:
    """Text as printed: radicals and compatibility ideographs that fonts map Chinese characters to, undone."""
    return text.translate(_FONT_FORMS) if _FONT_FORM.search(text) else text


def _read_objects(page: Any, content: PageContent, frame: Matrix) -> None:
    """Rules and pictures among the page's objects, forms opened."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pointers = tuple(ctypes.byref(value) for value in (left, bottom, right, top))
    for count, (item, kind, matrix) in enumerate(_objects(page, frame)):
        if count >= MAX_OBJECTS:
            raise OverfullPageError(f"the page holds more than {MAX_OBJECTS} paths")
        if not _bounds(item, *pointers):
            continue
        a, b, c, d, e, f = matrix
        x0, y0 = a * left.value + c * bottom.value + e, b * left.value + d * bottom.value + f
        x1, y1 = a * right.value + c * top.value + e, b * right.value + d * top.value + f
        if x1 < x0:
            x0, x1 = x1, x0
        if y1 < y0:
            y0, y1 = y1, y0
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            content.pictures += _visible_share((x0, y0, x1, y1), content)
            continue
        content.paths += 1
        if x1 - x0 <= THIN or y1 - y0 <= THIN:
            _keep_thin(content, x0, y0, x1, y1)
        else:
            _keep_pieces(content, item, matrix)


def _objects(page: Any, frame: Matrix) -> Iterator[tuple[Any, int, Matrix]]:
    """Every path and picture with its matrix into the page as shown, forms opened to ``MAX_DEPTH``."""
    handle = ctypes.cast(page, ctypes.c_void_p)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = _object(handle, index)
        kind = _kind(item)
        if kind in _DRAWN:
            yield item, kind, frame
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, frame, 1)


_DRAWN = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)


def _form_objects(form: Any, outer: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    matrix = _product(_own_matrix(form), outer)
    if depth > MAX_DEPTH:
        return
    for index in range(pdfium.FPDFFormObj_CountObjects(_typed(form))):
        item = _form_object(form, index)
        kind = _kind(item)
        if kind in _DRAWN:
            yield item, kind, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, matrix, depth + 1)


def _typed(item: Any) -> Any:
    """The object as the engine's declared functions take it."""
    return ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _keep_pieces(content: PageContent, path: Any, matrix: Matrix) -> None:
    """Add the ruling lines of a path that is no single rule: its strokes, and the thin shapes it fills.

    Printer drivers fill all the borders of a page as one path; a large filled shape is shading.
    """
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(_typed(path), fill, stroke)
    for points in _subpaths(_typed(path), _product(_own_matrix(path), matrix)):
        if stroke.value:
            for (x, y), (to_x, to_y) in itertools.pairwise(points):
                if abs(to_y - y) <= SLANT:
                    _keep(content, (y + to_y) / 2, min(x, to_x), max(x, to_x), horizontal=True)
                elif abs(to_x - x) <= SLANT:
                    _keep(content, (x + to_x) / 2, min(y, to_y), max(y, to_y), horizontal=False)
        elif len(points) > 2:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            _keep_thin(content, min(xs), min(ys), max(xs), max(ys))


def _keep_thin(content: PageContent, x0: float, y0: float, x1: float, y1: float) -> None:
    """Add a shape as a rule if it is thin enough to be one."""
    width, height = x1 - x0, y1 - y0
    if width >= height:
        if height <= THIN:
            _keep(content, (y0 + y1) / 2, x0, x1, horizontal=True)
    elif width <= THIN:
        _keep(content, (x0 + x1) / 2, y0, y1, horizontal=False)


def _own_matrix(item: Any) -> Matrix:
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(_typed(item), own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def _subpaths(path: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each straight stretch of a path as shown; a curve ends one."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y, handle = ctypes.byref(x), ctypes.byref(y), ctypes.cast(path, ctypes.c_void_p)
    points: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(path), MAX_OBJECTS)):
        segment = _segment(handle, index)
        _segment_point(segment, at_x, at_y)
        if _segment_kind(segment) != pdfium.FPDF_SEGMENT_LINETO:
            yield points
            points = []
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if _segment_closes(segment):
            yield [*points, points[0]]
            points = [points[0]]
    yield points


def _keep(content: PageContent, at: float, start: float, end: float, *, horizontal: bool) -> None:
    """Add a rule, cut to the page; what lies off the page is not shown."""
    along, across = (content.width, content.height) if horizontal else (content.height, content.width)
    start, end = max(start, 0.0), min(end, along)
    if end > start and -THIN <= at <= across + THIN:
        (content.horizontals if horizontal else content.verticals).append(Rule(at, start, end))


def _visible_share(box: tuple[float, float, float, float], content: PageContent) -> float:
    x0, y0, x1, y1 = box
    width, height = min(x1, content.width) - max(x0, 0.0), min(y1, content.height) - max(y0, 0.0)
    return max(width, 0.0) * max(height, 0.0) / (content.width * content.height)
