"""The ruling lines of a PDF page, and how much of it pictures cover.

Programs draw rules as strokes, as thin filled rectangles, and as one path that fills all the borders of a page.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.layout.rules import new_rule
from gongkai.parsing.formats.pdf.content import MAX_OBJECTS, OverfullPageError, PageContent
from gongkai.parsing.formats.pdf.engine import (
    BOUNDS,
    FORM,
    IMAGE,
    PATH,
    POINT,
    Handle,
    Matrix,
    draw_mode,
    form_count,
    kind_of,
    object_of_form,
    object_of_page,
    own_matrix,
    product,
    segment_closes,
    segment_count,
    segment_kind,
    segment_of,
)

THIN = 3.0
"""A filled shape not thicker than this is a rule; thicker ones are shading."""

SLANT = 1.0
"""A stroke that rises by more than this over its length is no ruling."""

TWO_SHAPES = 6
"""Points from which a filled path can hold a thin shape beside another; with fewer, one that is thick has none."""

MAX_DEPTH = 12
"""Forms inside forms that are opened; a printed page has one or two levels."""


def read_drawing(
    page: Any, content: PageContent, frame: Matrix, *, is_aside: Callable[[Handle], bool] | None = None
) -> None:
    """Add the rules and pictures among a page's objects but paths that are aside, forms opened to ``MAX_DEPTH``."""
    todo = [(object_of_page, ctypes.cast(page, Handle), pdfium.FPDFPage_CountObjects(page), frame, 0)]
    seen = 0
    while todo:
        fetch, parent, count, matrix, depth = todo.pop()
        seen += count
        if seen > MAX_OBJECTS:
            raise OverfullPageError(f"the page holds more than {MAX_OBJECTS} objects")
        paths, pictures, forms = _drawn(fetch, parent, count)
        if is_aside:
            paths = list(itertools.filterfalse(is_aside, paths))
        _keep_paths(content, paths, matrix)
        for _, *box in _boxes(pictures, matrix):
            content.pictures += _visible_share(box, content)
        if depth < MAX_DEPTH:
            todo += [
                (object_of_form, form, form_count(form), product(own_matrix(form), matrix), depth + 1) for form in forms
            ]


def _drawn(fetch: Any, parent: Handle, count: int) -> tuple[list[Handle], list[Handle], list[Handle]]:
    """The paths, the pictures and the forms among what a page or a form holds."""
    items = list(map(fetch, itertools.repeat(parent, count), range(count)))
    kinds = list(map(kind_of, items))
    paths, pictures, forms = (
        [item for item, kind in zip(items, kinds, strict=True) if kind == wanted] if wanted in kinds else []
        for wanted in (PATH, IMAGE, FORM)
    )
    return paths, pictures, forms


_Placed = tuple[Handle, float, float, float, float]
"""An object and its box as shown: x0, y0, x1, y1."""


def _boxes(items: list[Handle], matrix: Matrix) -> list[_Placed]:
    """The objects that have an extent."""
    known, (lefts, bottoms, rights, tops) = BOUNDS.about(items)
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


def _keep_paths(content: PageContent, paths: list[Handle], matrix: Matrix) -> None:
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


def _keep_pieces(content: PageContent, path: Handle, matrix: Matrix) -> None:
    """Add the ruling lines of a path that is no single rule: its strokes, and the thin shapes it fills.

    Printer drivers fill all the borders of a page as one path; a large filled shape is shading.
    """
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    count = min(segment_count(path), MAX_OBJECTS)
    if not stroke.value and count < TWO_SHAPES:
        return
    for points in _subpaths(path, count, product(own_matrix(path), matrix)):
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


def _subpaths(path: Handle, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each straight stretch of a path of ``count`` segments, as shown; a curve ends one."""
    segments = list(map(segment_of, [path] * count, range(count)))
    kinds, closes = map(segment_kind, segments), map(segment_closes, segments)
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    for kind, is_closing, x, y in zip(kinds, closes, *POINT.about(segments)[1], strict=True):
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
