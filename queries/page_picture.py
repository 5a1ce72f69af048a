"""Part of a PDF page as a picture, with places on it marked.

Boxes are PDF points from the top left of the page as shown, as everywhere in the lake.  What is drawn depends on the
fonts of the machine only where the file does not hold its own.
"""

from __future__ import annotations

import ctypes
import dataclasses
from collections.abc import Sequence
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw
from pypdfium2 import raw

from gongkai.queries.errors import QueryError

Box = tuple[float, float, float, float]

MOST_PIXELS = 100_000_000
"""A page of 200 inches, the largest there may be, would take gigabytes at any scale a person reads at."""


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
        self._check(number)
        try:
            width, height = self._document.get_page_size(number - 1)
        except pypdfium2.PdfiumError as error:
            raise PictureError(f"page {number} of the original cannot be drawn: {error}") from error
        return float(width), float(height)

    def draw(self, part: Part, scale: float) -> Image.Image:
        """The part as a picture, ``scale`` pixels to the point."""
        page = self._page(part.page)
        width, height = page.get_size()
        if width * height * scale * scale > MOST_PIXELS:
            raise PictureError(
                f"page {part.page} measures {width:.0f} x {height:.0f} points, too much to draw at {scale:g} pixels"
                " each: give a smaller --scale"
            )
        picture = page.render(scale=scale).to_pil().convert("RGB")
        for mark in part.marks:
            _mark(picture, mark, scale)
        return picture if part.region is None else _cut(picture, part.region, scale)

    def fonts_lacking(self, number: int) -> list[str]:
        """Names of the fonts a page uses that the file does not hold: the machine's are drawn in their place."""
        names = set()
        for text in self._page(number).get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(text)
            if font and raw.FPDFFont_GetIsEmbedded(font) == 0:
                names.add(_font_name(font))
        return sorted(names)

    def _check(self, number: int) -> None:
        if not 1 <= number <= len(self._document):
            raise PictureError(f"the original has {len(self._document)} pages, not a page {number}")

    def _page(self, number: int) -> pypdfium2.PdfPage:
        self._check(number)
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


def _font_name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    try:
        return buffer.value.decode("utf-8")
    except UnicodeDecodeError:
        return buffer.value.decode("gbk", "replace")  # what Chinese Windows writes


def _cut(picture: Image.Image, region: Box, scale: float) -> Image.Image:
    """The region of a drawn page, cut at its edges, at least a pixel wide and high."""
    x0, y0, x1, y1 = (round(value * scale) for value in region)
    left, top = min(max(x0, 0), picture.width - 1), min(max(y0, 0), picture.height - 1)
    right, bottom = max(min(x1, picture.width), left + 1), max(min(y1, picture.height), top + 1)
    return picture.crop((left, top, right, bottom))


def _mark(picture: Image.Image, mark: Mark, scale: float) -> None:
    x0, y0, x1, y1 = (round(value * scale) for value in mark.box)
    if mark.tint:
        inside = (max(x0, 0), max(y0, 0), min(x1, picture.width), min(y1, picture.height))
        if inside[0] < inside[2] and inside[1] < inside[3]:
            _tint(picture, inside, mark.tint)
    if mark.frame:
        thick = max(round(1.5 * scale), 2)
        box = (x0 - thick, y0 - thick, max(x1, x0) + thick, max(y1, y0) + thick)
        ImageDraw.Draw(picture).rectangle(box, outline=mark.frame, width=thick)


def _tint(picture: Image.Image, box: tuple[int, int, int, int], colour: tuple[int, int, int]) -> None:
    """Multiply, as a highlighter does: print stays as dark as it was."""
    part = picture.crop(box)
    channels = [
        channel.point([value * level // 255 for value in range(256)])
        for channel, level in zip(part.split(), colour, strict=True)
    ]
    picture.paste(Image.merge("RGB", channels), box)
