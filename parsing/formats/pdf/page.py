"""What stands on a PDF page: characters and ruling lines, in points from the top left of the page as shown.

The only module that knows the PDF engine (pdfium through pypdfium2); what it returns is plain geometry.  pdfium gives
characters and paths in the page's own space, before its /Rotate is applied and from the bottom left; both are turned
here.  Walking the characters one by one is the cost of reading a PDF, so each costs one call, for its origin on the
baseline, and what a run of them has in common (size, direction) is asked once a run; and the calls are made by the
hundred, from C to C.
"""

from __future__ import annotations

import bisect
import ctypes
import dataclasses
import itertools
import math
import operator
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.layout.lattice import Rule, new_rule
from gongkai.parsing.formats.layout.typesetting import ADVANCE, LIFT, Run, split
from gongkai.parsing.text.font_forms import readable

THIN = 3.0
"""A filled shape not thicker than this is a rule; thicker ones are shading."""

SLANT = 1.0
"""A stroke that rises by more than this over its length is no ruling."""

TWO_SHAPES = 6
"""Points from which a filled path can hold a thin shape beside another; with fewer, one that is thick has none."""

MAX_OBJECTS = 300_000
"""Characters or objects of one page; a printed page of tables has some 10,000."""

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
            handle = ctypes.cast(text_page, ctypes.c_void_p)
            ruled = content.horizontals and content.verticals
            stretches = _stretches(text, 0, *_origins(handle, range(count))) if ruled else _lines(handle, text)
            for run in _runs(handle, text, sorted(stretches), frame, turn):
                _keep_run(content, run)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _characters(text_page: Any, count: int) -> str:
    """The page's characters by index: in one call, or one by one where some have no place in the text."""
    # Of few sizes, since ctypes makes a class of each.
    buffer = (ctypes.c_ushort * (1 << count.bit_length()))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = str(memoryview(buffer)[: max(written - 1, 0)], "utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(_character(pdfium.FPDFText_GetUnicode(text_page, index)) for index in range(count))


def _character(code: int) -> str:
    """pdfium gives 0 where a code has no Unicode, and surrogates one by one for characters beyond the basic plane."""
    return UNMAPPED if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _bare(function: Any, result: Any) -> Any:
    """An engine function as cheap to call as can be, for what is asked about every character and object.

    Its arguments are not converted (that costs twice the call itself) and must be pointers and plain ints; and it
    keeps the interpreter's lock, which other threads get between two calls.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


class _Handle(ctypes.c_void_p):
    """What the engine calls an object by; a class of its own, so that ctypes hands it on as it is."""


_font_size = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_is_unmapped = _bare(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
_object = _bare(pdfium.FPDFPage_GetObject, _Handle)
_form_object = _bare(pdfium.FPDFFormObj_GetObject, _Handle)
_kind = _bare(pdfium.FPDFPageObj_GetType, ctypes.c_int)
_draw_mode = _bare(pdfium.FPDFPath_GetDrawMode, ctypes.c_int)
_segment_count = _bare(pdfium.FPDFPath_CountSegments, ctypes.c_int)
_segment = _bare(pdfium.FPDFPath_GetPathSegment, _Handle)
_segment_kind = _bare(pdfium.FPDFPathSegment_GetType, ctypes.c_int)
_segment_closes = _bare(pdfium.FPDFPathSegment_GetClose, ctypes.c_int)


class _Question:
    """Something the engine is asked about many things in a row, which spares a step of Python for each answer.

    The answers land in one array of C numbers; the pointers to its places, which the engine wants, are made once.
    Like the engine itself, for one thread at a time.
    """

    PLACES = 512

    def __init__(
        self, function: Any, number: type[ctypes.c_double | ctypes.c_float], fields: int, pointers: int
    ) -> None:
        """``function`` writes ``fields`` numbers through its last ``pointers`` arguments: one each, or all to one."""
        self._ask = _bare(function, ctypes.c_int)
        self._fields = fields
        self._answers = (number * (fields * self.PLACES))()
        size = ctypes.sizeof(number)
        places = range(0, fields * size * self.PLACES, fields * size)
        self._pointers = [
            [ctypes.byref(self._answers, place + at * size) for place in places] for at in range(pointers)
        ]

    def about(self, *things: Sequence[Any]) -> tuple[list[int], list[list[float]]]:
        """What the function returned for each thing, and each field of its answers as a list.

        ``things`` are the arguments before the pointers, a sequence for each.
        """
        returned: list[int] = []
        fields: list[list[float]] = [[] for _ in range(self._fields)]
        for start in range(0, len(things[0]), self.PLACES):
            part = [each[start : start + self.PLACES] for each in things]
            returned += map(self._ask, *part, *self._pointers)
            end = len(part[0]) * self._fields
            for at, values in enumerate(fields):
                values.extend(self._answers[at : end : self._fields])
        return returned, fields


_ORIGIN = _Question(pdfium.FPDFText_GetCharOrigin, ctypes.c_double, fields=2, pointers=2)
_MATRIX = _Question(pdfium.FPDFText_GetMatrix, ctypes.c_float, fields=6, pointers=1)
_BOUNDS = _Question(pdfium.FPDFPageObj_GetBounds, ctypes.c_float, fields=4, pointers=4)
_POINT = _Question(pdfium.FPDFPathSegment_GetPoint, ctypes.c_float, fields=2, pointers=2)


def _origins(text_page: ctypes.c_void_p, indexes: Sequence[int]) -> tuple[list[float], list[float]]:
    """Where each of the characters stands on its baseline, in the page's own space."""
    _, (xs, ys) = _ORIGIN.about([text_page] * len(indexes), indexes)
    return xs, ys


Stretch = tuple[int, int, list[float], list[float]]
"""Characters that follow each other on one baseline, without white space round them: start, end, where each stands."""


def _lines(text_page: ctypes.c_void_p, text: str) -> Iterator[Stretch]:
    """The lines of a page without tables, as the engine tells them.

    Of a line without spaces only where its ends stand is asked: nothing between them matters.
    """
    spans = [found.span() for found in _LINE.finditer(text)]
    xs, ys = _origins(text_page, [index for start, end in spans for index in (start, end - 1)])
    others: list[tuple[int, int]] = []
    for (start, end), first_x, last_x, first_y, last_y in zip(spans, xs[::2], xs[1::2], ys[::2], ys[1::2], strict=True):
        if (first_y == last_y or first_x == last_x) and not _SPACE.search(text, start, end):
            yield start, end, _evenly(first_x, last_x, end - start), _evenly(first_y, last_y, end - start)
        else:
            others.append((start, end))
    xs, ys = _origins(text_page, [index for span in others for index in range(*span)])
    at = 0
    for start, end in others:
        upto = at + end - start
        yield from _stretches(text, start, xs[at:upto], ys[at:upto])
        at = upto


def _evenly(first: float, last: float, count: int) -> list[float]:
    """So many numbers in equal steps."""
    if first == last or count < 2:
        return [first] * count
    step = (last - first) / (count - 1)
    return [first + place * step for place in range(count)]


def _stretches(text: str, first: int, xs: list[float], ys: list[float]) -> Iterator[Stretch]:
    """The parts of each line, from the character ``first``, on one baseline of the direction that most of them have."""
    cuts = _cuts(ys)
    if 2 * len(cuts) > len(ys):
        cuts = min(cuts, _cuts(xs), key=len)
    for line in _LINE.finditer(text, first, first + len(ys)):
        start, end = line.start() - first, line.end() - first
        here = cuts[bisect.bisect_right(cuts, start) : bisect.bisect_left(cuts, end)]
        if not here:
            yield start + first, end + first, xs[start:end], ys[start:end]
            continue
        for part in itertools.pairwise([start, *here, end]):
            if found := _LINE.search(text, first + part[0], first + part[1]):
                begin, stop = found.start() - first, found.end() - first
                yield begin + first, stop + first, xs[begin:stop], ys[begin:stop]


def _cuts(values: list[float]) -> list[int]:
    """The places of values that differ from the one before."""
    changes = map(operator.ne, itertools.islice(values, 1, None), values)
    return list(itertools.compress(itertools.count(1), changes))


def _runs(text_page: ctypes.c_void_p, text: str, stretches: list[Stretch], frame: Matrix, turn: int) -> Iterator[Run]:
    """Stretches as runs as shown, but for those that the engine gives no size.

    How characters are set is asked about the first of each.
    """
    firsts = [stretch[0] for stretch in stretches]
    handles = [text_page] * len(firsts)
    known, matrices = _MATRIX.about(handles, firsts)
    sizes, unmapped = map(_font_size, handles, firsts), map(_is_unmapped, handles, firsts)
    settings = zip(known, *matrices[:4], sizes, unmapped, strict=True)
    for (start, end, xs, ys), (is_set, a, b, c, d, points, is_unmapped) in zip(stretches, settings, strict=True):
        size = abs(points) * (math.hypot(c, d) if c else abs(d))
        if not is_set or size <= 0:
            continue
        kept = UNMAPPED * (end - start) if is_unmapped > 0 else text[start:end]
        quarters = round(math.atan2(b, a) / (math.pi / 2)) % 4 if b or a < 0 else 0
        along = ys if quarters % 2 else xs
        first = along[0]
        offsets = [value - first for value in along] if quarters < 2 else [first - value for value in along]
        yield Run(kept, *_applied(frame, xs[0], ys[0]), offsets, size, (quarters - turn) % 4)


_STEPS = ((1, 0), (0, -1), (-1, 0), (0, 1))
"""The way a run of each direction goes across and down the page."""


def _keep_run(content: PageContent, run: Run) -> None:
    """Add a run without the characters that lie off the page."""
    last = run.offsets[-1]
    if (
        run.direction == 0
        and 0.0 <= run.x <= run.x + last <= content.width - run.size
        and run.size <= run.y <= content.height
    ):
        content.runs.append(run)
    else:
        content.runs += _shown(content, run)


def _shown(content: PageContent, run: Run) -> list[Run]:
    """A run cut to the page: a character is shown if its middle is."""
    step_x, step_y = _STEPS[run.direction]
    text, offsets, half, rise = run.text, run.offsets, run.size / 2, LIFT * run.size
    middle_x, middle_y = run.x + step_y * rise, run.y - step_x * rise
    width, height = content.width, content.height
    first, last = offsets[0] + ADVANCE[text[0]] * half, offsets[-1] + ADVANCE[text[-1]] * half
    # A run is straight: with both ends on the page, all of it is.
    if (
        0 <= middle_x + step_x * first <= width
        and 0 <= middle_x + step_x * last <= width
        and 0 <= middle_y + step_y * first <= height
        and 0 <= middle_y + step_y * last <= height
    ):
        return [run]
    along = [offset + ADVANCE[character] * half for offset, character in zip(offsets, text, strict=True)]
    shown = [0 <= middle_x + step_x * at <= width and 0 <= middle_y + step_y * at <= height for at in along]
    return [piece for visible, piece in split(run, shown) if visible]


def _read_objects(page: Any, content: PageContent, frame: Matrix) -> None:
    """Rules and pictures among the page's objects, forms opened to ``MAX_DEPTH``."""
    todo = [(_object, ctypes.cast(page, _Handle), pdfium.FPDFPage_CountObjects(page), frame, 0)]
    seen = 0
    while todo:
        fetch, parent, count, matrix, depth = todo.pop()
        seen += count
        if seen > MAX_OBJECTS:
            raise OverfullPageError(f"the page holds more than {MAX_OBJECTS} objects")
        paths, pictures, forms = _drawn(fetch, parent, count)
        _keep_paths(content, paths, matrix)
        for _, *box in _boxes(pictures, matrix):
            content.pictures += _visible_share(box, content)
        if depth < MAX_DEPTH:
            todo += [
                (_form_object, form, _form_count(form), _product(_own_matrix(form), matrix), depth + 1)
                for form in forms
            ]


def _drawn(fetch: Any, parent: _Handle, count: int) -> tuple[list[_Handle], list[_Handle], list[_Handle]]:
    """The paths, the pictures and the forms among what a page or a form holds."""
    items = list(map(fetch, itertools.repeat(parent, count), range(count)))
    kinds = list(map(_kind, items))
    paths, pictures, forms = (
        [item for item, kind in zip(items, kinds, strict=True) if kind == wanted] if wanted in kinds else []
        for wanted in (_PATH, _IMAGE, _FORM)
    )
    return paths, pictures, forms


_Placed = tuple[_Handle, float, float, float, float]
"""An object and its box as shown: x0, y0, x1, y1."""


def _boxes(items: list[_Handle], matrix: Matrix) -> list[_Placed]:
    """The objects that have an extent."""
    known, (lefts, bottoms, rights, tops) = _BOUNDS.about(items)
    a, b, c, d, e, f = matrix
    x0s, x1s = _between(_moved(lefts, bottoms, a, c, e), _moved(rights, tops, a, c, e), a, c)
    y0s, y1s = _between(_moved(lefts, bottoms, b, d, f), _moved(rights, tops, b, d, f), b, d)
    return list(itertools.compress(zip(items, x0s, y0s, x1s, y1s, strict=True), known))


def _moved(xs: list[float], ys: list[float], by_x: float, by_y: float, shift: float) -> list[float]:
    """One coordinate of points through a matrix, which is hardly ever askew."""
    if not by_y:
        return [by_x * x + shift for x in xs]
    if not by_x:
        return [by_y * y + shift for y in ys]
    return [by_x * x + by_y * y + shift for x, y in zip(xs, ys, strict=True)]


def _between(firsts: list[float], lasts: list[float], by_x: float, by_y: float) -> tuple[list[float], list[float]]:
    """The lesser and the greater of two coordinates after ``_moved``, each of which was the lesser one before."""
    if by_x and by_y:
        return list(map(min, firsts, lasts)), list(map(max, firsts, lasts))
    return (lasts, firsts) if by_x + by_y < 0 else (firsts, lasts)


def _keep_paths(content: PageContent, paths: list[_Handle], matrix: Matrix) -> None:
    boxes = _boxes(paths, matrix)
    content.paths += len(boxes)
    width, height, horizontals, verticals = content.width, content.height, content.horizontals, content.verticals
    for path, x0, y0, x1, y1 in boxes:
        across, down = x1 - x0, y1 - y0
        if across > THIN and down > THIN:
            _keep_pieces(content, path, matrix)
        elif x0 <= 0.0 or y0 <= 0.0 or x1 >= width or y1 >= height:
            _keep_thin(content, x0, y0, x1, y1)
        elif across < down:
            verticals.append(new_rule(((x0 + x1) / 2, y0, y1)))
        elif across > 0.0:
            horizontals.append(new_rule(((y0 + y1) / 2, x0, x1)))


_PATH, _IMAGE, _FORM = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _keep_pieces(content: PageContent, path: _Handle, matrix: Matrix) -> None:
    """Add the ruling lines of a path that is no single rule: its strokes, and the thin shapes it fills.

    Printer drivers fill all the borders of a page as one path; a large filled shape is shading.
    """
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    _draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    count = min(_segment_count(path), MAX_OBJECTS)
    if not stroke.value and count < TWO_SHAPES:
        return
    for points in _subpaths(path, count, _product(_own_matrix(path), matrix)):
        if stroke.value:
            for (x, y), (to_x, to_y) in itertools.pairwise(points):
                if abs(to_y - y) <= SLANT:
                    _keep_across(content, (y + to_y) / 2, min(x, to_x), max(x, to_x))
                elif abs(to_x - x) <= SLANT:
                    _keep_down(content, (x + to_x) / 2, min(y, to_y), max(y, to_y))
        elif len(points) > 2:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            _keep_thin(content, min(xs), min(ys), max(xs), max(ys))


def _keep_thin(content: PageContent, x0: float, y0: float, x1: float, y1: float) -> None:
    """Add a shape as a rule if it is thin enough to be one."""
    width, height = x1 - x0, y1 - y0
    if width >= height:
        if height <= THIN:
            _keep_across(content, (y0 + y1) / 2, x0, x1)
    elif width <= THIN:
        _keep_down(content, (x0 + x1) / 2, y0, y1)


def _own_matrix(item: _Handle) -> Matrix:
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(_typed(item), own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def _form_count(form: _Handle) -> int:
    return int(pdfium.FPDFFormObj_CountObjects(_typed(form)))


def _typed(item: _Handle) -> Any:
    """The object as the engine's declared functions take it."""
    return ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)


def _subpaths(path: _Handle, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each straight stretch of a path of ``count`` segments, as shown; a curve ends one."""
    segments = list(map(_segment, [path] * count, range(count)))
    kinds, closes = map(_segment_kind, segments), map(_segment_closes, segments)
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    for kind, is_closing, x, y in zip(kinds, closes, *_POINT.about(segments)[1], strict=True):
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            yield points
            points = []
        points.append((a * x + c * y + e, b * x + d * y + f))
        if is_closing:
            yield [*points, points[0]]
            points = [points[0]]
    yield points


def _keep_across(content: PageContent, at: float, start: float, end: float) -> None:
    """Add a horizontal rule, cut to the page; what lies off the page is not shown."""
    start, end = max(start, 0.0), min(end, content.width)
    if end > start and -THIN <= at <= content.height + THIN:
        content.horizontals.append(new_rule((at, start, end)))


def _keep_down(content: PageContent, at: float, start: float, end: float) -> None:
    """Add a vertical rule, cut to the page."""
    start, end = max(start, 0.0), min(end, content.height)
    if end > start and -THIN <= at <= content.width + THIN:
        content.verticals.append(new_rule((at, start, end)))


def _visible_share(box: Sequence[float], content: PageContent) -> float:
    x0, y0, x1, y1 = box
    width, height = min(x1, content.width) - max(x0, 0.0), min(y1, content.height) - max(y0, 0.0)
    return max(width, 0.0) * max(height, 0.0) / (content.width * content.height)
