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
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium

from parsing.formats.lattice import Rule
from parsing.formats.typesetting import ADVANCE, LIFT, Run, part, split

THIN = 3.0
"""A filled shape not thicker than this is a rule; thicker ones are shading."""

SLANT = 1.0
"""A stroke that rises by more than this over its length is no ruling."""

MAX_OBJECTS = 300_000
"""Characters and paths of one page; a printed page of tables has some 10,000."""

MAX_DEPTH = 12
"""Forms inside forms that are opened; a printed page has one or two levels."""

Place = Callable[[float, float], tuple[float, float]]
"""From the page's own space to points from the top left of the page as shown."""


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
        content, place, turn = _frame(page)
        _read_objects(page, content, place)
        _read_characters(page, content, place, turn)
        content.pictures = min(content.pictures, 1.0)
        return content
    finally:
        pdfium.FPDF_ClosePage(page)


def _frame(page: Any) -> tuple[PageContent, Place, int]:
    """An empty page of the size shown, the way into its space, and its quarter turns clockwise."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    turn = pdfium.FPDFPage_GetRotation(page) % 4
    places: tuple[Place, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    if turn % 2:
        width, height = height, width
    return PageContent(width, height, [], [], []), places[turn], turn


def _read_characters(page: Any, content: PageContent, place: Place, turn: int) -> None:
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
            for start, end, xs, ys in stretches:
                run = _run(text_page, start, text[start:end], xs, ys, turn=turn)
                if run is not None:
                    _keep_run(content, run, place)
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


_origin = _bare(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_object = _bare(pdfium.FPDFPage_GetObject, ctypes.c_void_p)
_form_object = _bare(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p)
_kind = _bare(pdfium.FPDFPageObj_GetType, ctypes.c_int)
_bounds = _bare(pdfium.FPDFPageObj_GetBounds, ctypes.c_int)


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


def _run(text_page: Any, index: int, text: str, xs: list[float], ys: list[float], *, turn: int) -> Run | None:
    """A stretch as a run in the page's own space; None where it is blank or the engine gives it no size.

    Spaces that the engine put in have no setting of their own, so the first printed character tells it.
    """
    printed = len(text) - len(text.lstrip())
    matrix = pdfium.FS_MATRIX()
    if printed == len(text) or not pdfium.FPDFText_GetMatrix(text_page, index + printed, matrix):
        return None
    size = abs(pdfium.FPDFText_GetFontSize(text_page, index + printed)) * math.hypot(matrix.c, matrix.d)
    if size <= 0:
        return None
    if pdfium.FPDFText_HasUnicodeMapError(text_page, index + printed) > 0:
        text = UNMAPPED * len(text)
    quarters = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    along = ys if quarters % 2 else xs
    first = along[printed]
    offsets = [value - first for value in along] if quarters < 2 else [first - value for value in along]
    start = Run(text, xs[printed], ys[printed], offsets, size, (quarters - turn) % 4)
    return part(start, printed, len(text))


def _keep_run(content: PageContent, run: Run, place: Place) -> None:
    """Add a run as shown, without the characters that lie off the page."""
    run.x, run.y = place(run.x, run.y)
    step_x, step_y = ((1, 0), (0, -1), (-1, 0), (0, 1))[run.direction]
    rise = LIFT * run.size
    middle_x, middle_y = run.x + step_y * rise, run.y - step_x * rise

    def is_shown(character: str, offset: float) -> bool:
        along = offset + ADVANCE[character] * run.size / 2
        x, y = middle_x + step_x * along, middle_y + step_y * along
        return 0 <= x <= content.width and 0 <= y <= content.height

    # A run is straight: with both ends on the page, all of it is.
    if is_shown(run.text[0], run.offsets[0]) and is_shown(run.text[-1], run.offsets[-1]):
        content.runs.append(run)
        return
    shown = [is_shown(character, offset) for character, offset in zip(run.text, run.offsets, strict=True)]
    content.runs.extend(piece for visible, piece in split(run, shown) if visible)


_FONT_FORMS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00))
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}


def readable(text: str) -> str:
    """Text as printed: radicals and compatibility ideographs that fonts map Chinese characters to, undone."""
    return text.translate(_FONT_FORMS)


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _read_objects(page: Any, content: PageContent, place: Place) -> None:
    """Rules and pictures among the page's objects, forms opened."""
    values = tuple(ctypes.c_float() for _ in range(4))
    left, bottom, right, top = values
    pointers = tuple(ctypes.byref(value) for value in values)
    for count, (item, kind, matrix) in enumerate(_objects(page)):
        if count >= MAX_OBJECTS:
            raise OverfullPageError(f"the page holds more than {MAX_OBJECTS} paths")
        if not _bounds(item, *pointers):
            continue
        box = _box((left.value, bottom.value, right.value, top.value), matrix, place)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            content.pictures += _visible_share(box, content)
            continue
        content.paths += 1
        if not _keep_thin(content, box):
            _keep_pieces(content, item, matrix, place)


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Every path and picture with its matrix into the page's space, forms opened to ``MAX_DEPTH``."""
    handle = ctypes.cast(page, ctypes.c_void_p)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = ctypes.c_void_p(_object(handle, index))
        kind = _kind(item)
        if kind in _DRAWN:
            yield item, kind, IDENTITY
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, IDENTITY, 1)


_DRAWN = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)


def _form_objects(form: Any, outer: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    matrix = _product(_own_matrix(form), outer)
    if depth > MAX_DEPTH:
        return
    for index in range(pdfium.FPDFFormObj_CountObjects(_typed(form))):
        item = ctypes.c_void_p(_form_object(form, index))
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


def _box(bounds: tuple[float, float, float, float], matrix: Matrix, place: Place) -> tuple[float, float, float, float]:
    """(x0, y0, x1, y1) as shown, of (left, bottom, right, top) in an object's space."""
    left, bottom, right, top = bounds
    if matrix is IDENTITY:
        corners = (place(left, bottom), place(right, top))
    else:
        corners = (place(*_applied(matrix, left, bottom)), place(*_applied(matrix, right, top)))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _keep_pieces(content: PageContent, path: Any, matrix: Matrix, place: Place) -> None:
    """Add the ruling lines of a path that is no single rule: its strokes, and the thin shapes it fills.

    Printer drivers fill all the borders of a page as one path; a large filled shape is shading.
    """
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(_typed(path), fill, stroke)
    for points in _subpaths(_typed(path), _product(_own_matrix(path), matrix), place):
        if stroke.value:
            for (x, y), (to_x, to_y) in itertools.pairwise(points):
                if abs(to_y - y) <= SLANT:
                    _keep(content, (y + to_y) / 2, min(x, to_x), max(x, to_x), horizontal=True)
                elif abs(to_x - x) <= SLANT:
                    _keep(content, (x + to_x) / 2, min(y, to_y), max(y, to_y), horizontal=False)
        elif len(points) > 2:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            _keep_thin(content, (min(xs), min(ys), max(xs), max(ys)))


def _keep_thin(content: PageContent, box: tuple[float, float, float, float]) -> bool:
    """Add a shape as a rule if it is thin enough to be one."""
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) > THIN:
        return False
    if x1 - x0 >= y1 - y0:
        _keep(content, (y0 + y1) / 2, x0, x1, horizontal=True)
    else:
        _keep(content, (x0 + x1) / 2, y0, y1, horizontal=False)
    return True


def _own_matrix(item: Any) -> Matrix:
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(_typed(item), own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def _subpaths(path: Any, matrix: Matrix, place: Place) -> Iterator[list[tuple[float, float]]]:
    """The points of each straight stretch of a path as shown; a curve ends one."""
    point_x, point_y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(path), MAX_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, point_x, point_y)
        here = place(*_applied(matrix, point_x.value, point_y.value))
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            yield points
            points = []
        points.append(here)
        if pdfium.FPDFPathSegment_GetClose(segment):
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
