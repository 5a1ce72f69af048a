"""Part of a PDF page as a picture, with places on it marked.

Boxes are PDF points from the top left of the page as shown, as everywhere in the lake.  What is drawn depends on the
fonts of the machine only where the file does not hold its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageDraw

from queries.errors import QueryError

Box = tuple[float, float, float, float]

POINTS_PER_INCH = 72

MOST_PIXELS = 60_000_000
"""A page of 200 inches, the largest PDF allows, would take gigabytes at any scale a person reads at."""


class PictureError(QueryError):
    """Raised when a page cannot be drawn: not a PDF, no such page, or too large at the scale asked for."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A box to mark: ``tint`` colours what is inside (the darker print stays), ``frame`` is drawn around it."""

    box: Box
    tint: tuple[int, int, int] | None = None
    frame: tuple[int, int, int] | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A part of a page, from 1; ``region`` None is the whole page."""

    page: int
    region: Box | None
    marks: tuple[Mark, ...] = ()


class PdfPages:
    """A PDF's pages, to draw them.  Raises PictureError when the bytes are not a PDF that can be opened."""

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise PictureError(f"the original cannot be drawn: {error}") from error

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Give the file back."""
        self._document.close()

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page as shown, in points."""
        return self._page(number).get_size()

    def draw(self, part: Part, scale: float) -> Image.Image:
        """The part as a picture, ``scale`` pixels to the point."""
        page = self._page(part.page)
        width, height = page.get_size()
        x0, y0, x1, y1 = _inside(part.region or (0, 0, width, height), width, height)
        if (x1 - x0) * (y1 - y0) * scale * scale > MOST_PIXELS:
            raise PictureError(
                f"page {part.page} measures {width:.0f} x {height:.0f} points: give a --scale below {scale:g}"
            )
        # pdfium crops before it turns nothing: the margins are those of the page as shown.
        bitmap = page.render(scale=scale, crop=(x0, height - y1, width - x1, y0), fill_color=(255, 255, 255, 255))
        picture = bitmap.to_pil().convert("RGB")
        for mark in part.marks:
            _mark(picture, mark, (x0, y0), scale)
        return picture

    def _page(self, number: int) -> pypdfium2.PdfPage:
        if not 1 <= number <= len(self._document):
            raise PictureError(f"the original has {len(self._document)} pages, not a page {number}")
        try:
            return self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise PictureError(f"page {number} of the original cannot be drawn: {error}") from error


def stacked(pictures: Sequence[Image.Image], gap: int) -> Image.Image:
    """Pictures below each other, a grey band between them that says: something is left out here."""
    height = sum(picture.height for picture in pictures) + gap * (len(pictures) - 1)
    whole = Image.new("RGB", (max(picture.width for picture in pictures), height), (160, 160, 160))
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height + gap
    return whole


def _inside(box: Box, width: float, height: float) -> Box:
    """The box cut at the edges of the page, at least a point wide and high."""
    x0, y0 = min(max(box[0], 0), width - 1), min(max(box[1], 0), height - 1)
    return x0, y0, max(min(box[2], width), x0 + 1), max(min(box[3], height), y0 + 1)


def _mark(picture: Image.Image, mark: Mark, origin: tuple[float, float], scale: float) -> None:
    left, top = origin
    x0, y0, x1, y1 = (round((value - (left, top)[side % 2]) * scale) for side, value in enumerate(mark.box))
    if mark.tint:
        inside = (max(x0, 0), max(y0, 0), min(x1, picture.width), min(y1, picture.height))
        if inside[0] < inside[2] and inside[1] < inside[3]:
            _tint(picture, inside, mark.tint)
    if mark.frame:
        thick = max(round(1.5 * scale), 2)
        box = (x0 - thick, y0 - thick, x1 + thick, y1 + thick)
        ImageDraw.Draw(picture).rectangle(box, outline=mark.frame, width=thick)


def _tint(picture: Image.Image, box: tuple[int, int, int, int], colour: tuple[int, int, int]) -> None:
    """Multiply, as a highlighter does: print stays as dark as it was."""
    part = picture.crop(box)
    channels = [
        channel.point([value * level // 255 for value in range(256)])
        for channel, level in zip(part.split(), colour, strict=True)
    ]
    picture.paste(Image.merge("RGB", channels), box)
