"""A scanned page set upright: its slant undone, its lines level, and the right way up.

Import only where the extra is installed (``extra``).
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any

from gongkai.parsing.formats.scan.picture import Picture, Rendered, cv2, ink_of, np
from gongkai.parsing.text.grid import Box

MAX_SLANT = 5.0
"""Degrees by which a page may lie slanted on the scanner."""

LONG = 26.0
"""A straight line of this length is a rule: longer than the strokes of any character but a poster's."""

WELL_READ = 0.9
"""Legibility that only lines the right way up reach."""

MORE = 0.1
"""How much more legible lines must be upside down for a page to count as upside down: most are not."""

SAMPLES = 6
"""Lines read to see which way up a page is."""


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
