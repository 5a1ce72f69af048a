"""A scanned page as a picture: rendered, set upright, its ruling lines and its ink told apart.

Positions are pixels of the upright picture until ``Upright`` takes them to points; sizes in this module are in points
(1/72 inch) unless they say pixels, so that nothing depends on the resolution.  Import only where the extra is
installed (``scan_extra``).
"""

from __future__ import annotations

import ctypes
import dataclasses
import importlib
import itertools
import math
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.text.grid import Box

cv2: Any = importlib.import_module("cv2")  # by name: type checks do not depend on the optional extra
np: Any = importlib.import_module("numpy")
cv2.setNumThreads(1)  # pages are read by one process per core

Picture = Any
"""A NumPy array of grey bytes, height x width; as ``ink``, 255 where something is printed and 0 elsewhere."""

DPI = 200
"""Dots per inch at which pages are rendered: office scanners' usual setting, at which 5-point print is legible."""

MAX_PIXELS = 12_000_000
"""Pixels of a rendered page, twice those of A3; larger pages are rendered more coarsely."""

MAX_SLANT = 5.0
"""Degrees by which a page may lie slanted on the scanner."""

INK = 20
"""How much darker than its surroundings (0 to 255) ink is."""

STROKE = 10.0
"""Print is thinner than this; what is thicker is shading or a picture."""

FAINT = 0.25
"""Share of the darkest print's contrast below which a spot may be noise: on shaded paper noise passes ``INK`` ..."""

BESIDE = 9.0
"""... and is print only this near to darker print on its height: thin strokes and points of a line."""

LONG = 26.0
"""A straight line of this length is a rule: longer than the strokes of any character but a poster's."""

WIDE = 60.0
"""A straight line of this length is certainly none of bold characters set close."""

SHORT = 8.0
"""A straight line of this length is a rule where it runs from one rule to another: the height of the lowest row."""

THICK = 4.0
"""A rule is not thicker."""

BREAK = 6.0
"""Breaks in a rule up to this are faults of the scan ..."""

BREAK_SHARE = 0.2
"""... if they are also short beside the pieces, by this share: strokes of characters in one column of text are not."""

MEET = 2.0
"""A rule ends no further than this from a rule it meets."""

MEET_CLOSELY = 1.0
"""The same short of it for a short rule: the strokes of characters in a low row come nearly as close."""

WELL_READ = 0.9
"""Legibility that only lines the right way up reach."""

MORE = 0.1
"""How much more legible lines must be upside down for a page to count as upside down: most are not."""

SAMPLES = 6
"""Lines read to see which way up a page is."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rendered:
    """A page's picture as shown: ``grey``; ``unstamped``, the same without red ink; and dots per point."""

    grey: Picture
    unstamped: Picture
    scale: float


@dataclasses.dataclass(frozen=True, slots=True)
class Upright:
    """A page's picture turned so that its lines run level, and the way back to the page as shown, in points."""

    grey: Picture
    unstamped: Picture
    scale: float
    back: Any

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The box on the page as shown round a rectangle of the upright picture, in pixels."""
        corners = np.array([[left, top, 1], [right, top, 1], [left, bottom, 1], [right, bottom, 1]], float)
        xs, ys = self.back @ corners.T
        return Box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))


@dataclasses.dataclass(frozen=True, slots=True)
class Ruled:
    """An upright picture's rules, in points from its top left; its other ink; the picture without rules and stamps."""

    horizontals: list[Rule]
    verticals: list[Rule]
    ink: Picture
    plain: Picture


def rendered(document: Any, number: int) -> Rendered | None:
    """Page ``number`` (from 1) of a pdfium document as a picture; None where the engine cannot load or draw it."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        return None
    try:
        size = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(size[0] * size[1], 1.0)))
        width, height = (max(round(length * scale), 1) for length in size)
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
        if not bitmap:
            return None
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
            colours = _pixels(bitmap, width, height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    finally:
        pdfium.FPDF_ClosePage(page)
    return Rendered(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), _without_red(colours), scale)


def _without_red(colours: Any) -> Picture:
    """The page in its red alone, in which red ink is nearly white, with what is redder than grey made lighter still."""
    blue, green, red = cv2.split(colours)
    return cv2.add(red, cv2.subtract(red, cv2.max(blue, green)))


def _pixels(bitmap: Any, width: int, height: int) -> Any:
    """A copy of a bitmap's pixels, height x width x (blue, green, red)."""
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    buffer = ctypes.cast(pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * (stride * height)))
    return (
        np.frombuffer(buffer.contents, np.uint8)
        .reshape(height, stride)[:, : width * 3]
        .reshape(height, width, 3)
        .copy()
    )


def upright(page: Rendered, legibility: Callable[[list[Picture]], float]) -> Upright:
    """The page with its lines level and the right way up.

    ``legibility`` says how well some lines of text can be read (0 to 1): only that tells which way up a page is.
    """
    quarters, slant = 0, _slant(page.grey, page.scale)
    level = _turned(page, slant, quarters)
    samples, sideways = _samples(level)
    if sideways:
        quarters = 1
        level = _turned(page, slant, quarters)
        samples, _ = _samples(level)
    if not samples:
        return level
    as_is = legibility(samples)
    if as_is < WELL_READ and legibility([cv2.rotate(sample, cv2.ROTATE_180) for sample in samples]) > as_is + MORE:
        return _turned(page, slant, quarters + 2)
    return level


def _slant(grey: Picture, scale: float) -> float:
    """Degrees by which the page must turn counter-clockwise for its lines and rules to run level.

    At the right angle the ink of each line falls into few rows of pixels (or columns, where lines run upwards), so
    the sum over neighbouring rows of the squared difference of their ink is greatest.
    """
    ink = ink_of(_shrunk(grey, scale), 1.0).astype(np.float32)
    height, width = ink.shape

    def sharpness(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
        level = cv2.warpAffine(ink, turn, (width, height))
        return max(float((np.diff(level.sum(axis=axis)) ** 2).sum()) for axis in (0, 1))

    best = 0.0
    for reach, step in ((MAX_SLANT, 0.5), (0.4, 0.1), (0.08, 0.02)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = max((float(angle) for angle in angles), key=sharpness)
    return best


def _turned(page: Rendered, slant: float, quarters: int) -> Upright:
    """The page turned counter-clockwise by ``slant`` degrees, then clockwise by quarters."""
    height, width = page.grey.shape
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1), [0, 0, 1]])
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = math.ceil(width * cosine + height * sine), math.ceil(width * sine + height * cosine)
    matrix[:2, 2] += (wide - width) / 2, (high - height) / 2  # nothing of the page's corners is lost
    width, height = wide, high
    for _ in range(quarters % 4):
        matrix = np.array([[0, -1, height], [1, 0, 0], [0, 0, 1]], float) @ matrix
        height, width = width, height
    back = np.linalg.inv(matrix)[:2] / page.scale

    def warped(picture: Picture) -> Picture:
        return cv2.warpAffine(
            picture, matrix[:2], (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )

    grey = warped(page.grey)
    same = page.grey is page.unstamped
    return Upright(grey, grey if same else warped(page.unstamped), page.scale, back)


def _samples(page: Upright) -> tuple[list[Picture], bool]:
    """Some pieces of lines of text, and whether lines run upwards or downwards instead."""
    ink = ink_of(_shrunk(page.unstamped, page.scale), 1.0)
    ink = cv2.subtract(ink, _long_strokes(ink))
    blobs = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((4, 4), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(blobs, connectivity=8)
    boxes = stats[1:, :4].tolist()
    level = [box for box in boxes if box[2] >= 2.5 * box[3] and 5 <= box[3] <= 40]
    rising = [box for box in boxes if box[3] >= 2.5 * box[2] and 5 <= box[2] <= 40]
    sideways = sum(h for *_, h in rising) > sum(w for _, _, w, _ in level)
    usual = sorted(level, key=lambda box: abs(box[2] - 6 * box[3]))[:SAMPLES]
    edges = [[round(edge * page.scale) for edge in (x - 1, y - 1, x + w + 1, y + h + 1)] for x, y, w, h in usual]
    return [page.unstamped[max(top, 0) : bottom, max(left, 0) : right] for left, top, right, bottom in edges], sideways


def _long_strokes(ink: Picture) -> Picture:
    """The rules in ink at one pixel a point, a little widened: they would tie the lines of a table together."""
    length = round(LONG)
    across, down = (
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size, np.uint8)) for size in ((1, length), (length, 1))
    )
    return cv2.dilate(cv2.max(across, down), np.ones((3, 3), np.uint8))


def _shrunk(picture: Picture, scale: float) -> Picture:
    """The picture at one pixel a point."""
    return cv2.resize(picture, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)


def ruled(page: Upright) -> Ruled:
    """The ruling lines of an upright page, what else is printed on it, and the picture without the rules."""
    picture = cv2.GaussianBlur(page.unstamped, (3, 3), 0)
    across = _straight(picture, page.scale)
    down = _straight(cv2.transpose(picture), page.scale)
    across, down = _confirmed(across, down, page.scale)
    paper = _paper(page.unstamped, STROKE * page.scale, STROKE * page.scale)
    ink = _print(paper, picture, page.scale)
    plain = page.unstamped.copy()
    for pieces, turn in ((across, False), (down, True)):
        for piece in pieces:
            place = _place(piece, turn=turn)
            ink[place] = 0
            plain[place] = paper[place]
    return Ruled(_rules(across, page.scale), _rules(down, page.scale), ink, plain)


def ink_of(picture: Picture, scale: float) -> Picture:
    """255 where strokes of print or rules are, 0 elsewhere."""
    smooth = cv2.GaussianBlur(picture, (3, 3), 0)
    return _print(_paper(smooth, STROKE * scale, STROKE * scale), smooth, scale)


def _paper(picture: Picture, width: float, height: float) -> Picture:
    """The picture without anything dark that is narrower or lower than that: the paper and its shading."""
    kernel = np.ones((max(round(height), 1), max(round(width), 1)), np.uint8)
    return cv2.morphologyEx(picture, cv2.MORPH_CLOSE, kernel)


def _print(paper: Picture, picture: Picture, scale: float) -> Picture:
    """255 where the picture is much darker than its paper, as measured by what is darkest on the page."""
    contrast = cv2.subtract(paper, picture)
    any_ink = cv2.threshold(contrast, INK, 255, cv2.THRESH_BINARY)[1]
    dark = contrast[contrast > INK]
    if not len(dark):
        return any_ink
    sure = cv2.threshold(contrast, max(INK, FAINT * float(np.percentile(dark, 90))), 255, cv2.THRESH_BINARY)[1]
    beside = cv2.dilate(sure, np.ones((3, 2 * round(BESIDE * scale) + 1), np.uint8))
    return cv2.bitwise_and(any_ink, beside)


def _darker(paper: Picture, picture: Picture) -> Picture:
    return cv2.threshold(cv2.subtract(paper, picture), INK, 255, cv2.THRESH_BINARY)[1]


@dataclasses.dataclass(frozen=True, slots=True)
class _Piece:
    """A straight level line in pixels: the rows it covers and the columns from ``start`` to before ``end``."""

    top: int
    bottom: int
    start: int
    end: int

    @property
    def at(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def length(self) -> int:
        return self.end - self.start


def _straight(picture: Picture, scale: float) -> list[_Piece]:
    """Every thin level line of at least ``SHORT``, breaks closed; lines of text may be among the short ones."""
    thin = _darker(_paper(picture, 1, THICK * scale), picture)
    tall = cv2.dilate(thin, np.ones((3, 1), np.uint8))  # a line not quite level steps from row to row
    runs = cv2.morphologyEx(tall, cv2.MORPH_OPEN, np.ones((1, round(SHORT * scale)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    pieces = [_Piece(int(y) + 1, int(y + h) - 1, int(x), int(x + w)) for x, y, w, h, _ in stats[1:]]
    return _mended([piece for piece in pieces if piece.bottom - piece.top <= 2 * THICK * scale], scale)


def _mended(pieces: list[_Piece], scale: float) -> list[_Piece]:
    """Pieces of one rule, broken by faults of the scan, joined."""
    whole: list[_Piece] = []
    ends: dict[int, list[int]] = {}  # places in ``whole`` by height in points
    for piece in sorted(pieces, key=lambda piece: piece.start):
        height = int(piece.at / scale)
        for index in itertools.chain.from_iterable(ends.get(height + step, ()) for step in (-1, 0, 1)):
            other = whole[index]
            bridged = min(BREAK * scale, BREAK_SHARE * min(piece.length, other.length))
            if abs(piece.at - other.at) <= scale and -scale <= piece.start - other.end <= bridged:
                rows = min(piece.top, other.top), max(piece.bottom, other.bottom)
                whole[index] = _Piece(*rows, other.start, max(piece.end, other.end))
                break
        else:
            ends.setdefault(height, []).append(len(whole))
            whole.append(piece)
    return whole


def _confirmed(across: list[_Piece], down: list[_Piece], scale: float) -> tuple[list[_Piece], list[_Piece]]:
    """The lines that are rules of a table, as the rules tell that they meet.

    Short ones count only between long ones that are certain: the strokes of a bold character meet each other.
    """
    long_across, long_down = ([piece for piece in pieces if piece.length >= LONG * scale] for pieces in (across, down))
    long_down = _rules_among(long_down, long_across, scale)
    wide = [piece for piece in long_across if piece.length >= WIDE * scale]
    certain = [*wide, *_rules_among(long_across, long_down, scale)]
    short_down = (piece for piece in down if piece.length < LONG * scale)
    kept_down = [*long_down, *(piece for piece in short_down if _is_rule(piece, certain, scale))]
    return _rules_among(across, kept_down, scale), kept_down


def _rules_among(pieces: list[_Piece], crossing: list[_Piece], scale: float) -> list[_Piece]:
    """The pieces that are rules, and those that continue one; the strokes of bold digits set close do neither."""
    sure: list[_Piece] = []
    others: list[_Piece] = []
    for piece in pieces:
        (sure if _is_rule(piece, crossing, scale) else others).append(piece)
    heights = {round(piece.at / scale) + step for piece in sure for step in (-1, 0, 1)}
    long = (piece for piece in others if piece.length >= LONG * scale and round(piece.at / scale) in heights)
    return [*sure, *(piece for piece in long if _met(piece, crossing, scale))]


def _met(piece: _Piece, crossing: list[_Piece], scale: float) -> list[float]:
    """Where a piece meets others, between its ends or just beyond them."""
    near = MEET * scale
    return [
        other.at
        for other in crossing
        if other.start - near <= piece.at <= other.end + near and piece.start - near <= other.at <= piece.end + near
    ]


def _is_rule(piece: _Piece, crossing: list[_Piece], scale: float) -> bool:
    """A long piece that runs across another or from one to another, or a short one that does the latter exactly."""
    near, closely = MEET * scale, MEET_CLOSELY * scale
    met = _met(piece, crossing, scale)
    if piece.length >= LONG * scale:
        between = bool(met) and max(met) - min(met) >= SHORT * scale
        return between or any(piece.start + near < at < piece.end - near for at in met)
    return any(at - piece.start <= near and piece.start - at <= closely for at in met) and any(
        piece.end - at <= near and at - piece.end <= closely for at in met
    )


def _rules(pieces: list[_Piece], scale: float) -> list[Rule]:
    return [Rule(piece.at / scale, piece.start / scale, piece.end / scale) for piece in pieces]


def _place(piece: _Piece, *, turn: bool) -> tuple[slice, slice]:
    """The pixels of a rule with the blurred ones beside it."""
    rows, columns = slice(max(piece.top - 1, 0), piece.bottom + 1), slice(piece.start, piece.end)
    return (columns, rows) if turn else (rows, columns)
