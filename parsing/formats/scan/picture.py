"""A scanned page as a picture: rendered, and its ink told from its paper.

Sizes here and in the modules built on this one are points (1/72 inch) unless they say pixels, so that nothing depends
on the resolution.  Import only where the extra is installed (``extra``).
"""

from __future__ import annotations

import ctypes
import dataclasses
import importlib
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.lake.picture_pages import dots_per_point

cv2: Any = importlib.import_module("cv2")  # by name: type checks do not depend on the optional extra
np: Any = importlib.import_module("numpy")
cv2.setNumThreads(1)  # pages are read by one process per core

Picture = Any
"""A NumPy array of grey bytes, height x width; as ``ink``, 255 where something is printed and 0 elsewhere."""

DPI = 200
"""Dots per inch at which pages are rendered: office scanners' usual setting, at which 5-point print is legible."""

MAX_PIXELS = 12_000_000
"""Pixels of a rendered page, twice those of A3; larger pages are rendered more coarsely."""

INK = 20
"""How much darker than its surroundings (0 to 255) ink is."""

STROKE = 10.0
"""Print is thinner than this; what is thicker is shading or a picture."""

FAINT = 0.25
"""Share of the darkest print's contrast below which a spot may be noise: on shaded paper noise passes ``INK`` ..."""

BESIDE = 9.0
"""... and is print only this near to darker print on its height: thin strokes and points of a line."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rendered:
    """A page's picture as shown: ``grey``; ``unstamped``, without red ink; and dots per point."""

    grey: Picture
    unstamped: Picture
    scale: float


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


def decoded(data: bytes) -> Iterator[Rendered | None]:
    """The pages of a picture file (JPEG, PNG, WebP, BMP, TIFF with several pages), None for one that is damaged.

    Their size in points is that of ``lake.picture_pages``.
    """
    buffer = np.frombuffer(data, np.uint8)
    try:
        _, pages = cv2.imdecodemulti(buffer, cv2.IMREAD_COLOR)
    except cv2.error:  # larger than the library draws, or damaged
        pages = ()
    if not pages:
        yield None
        return
    for page in pages:
        yield _as_page(page)


def _as_page(colours: Any) -> Rendered:
    height, width = colours.shape[:2]
    own = dots_per_point(width, height)
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(height * width / own**2, 1.0)))
    size = max(round(width * scale / own), 1), max(round(height * scale / own), 1)
    way = cv2.INTER_AREA if scale < own else cv2.INTER_CUBIC
    colours = cv2.resize(colours, size, interpolation=way)
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


def ink_of(picture: Picture, scale: float) -> Picture:
    """255 where strokes of print or rules are, 0 elsewhere."""
    smooth = cv2.GaussianBlur(picture, (3, 3), 0)
    return print_on(paper_of(smooth, STROKE * scale, STROKE * scale), smooth, scale)


def paper_of(picture: Picture, width: float, height: float) -> Picture:
    """The picture without anything dark that is narrower or lower than that: the paper and its shading."""
    kernel = np.ones((max(round(height), 1), max(round(width), 1)), np.uint8)
    return cv2.morphologyEx(picture, cv2.MORPH_CLOSE, kernel)


def print_on(paper: Picture, picture: Picture, scale: float) -> Picture:
    """255 where the picture is much darker than its paper, as measured by what is darkest on the page."""
    contrast = cv2.subtract(paper, picture)
    any_ink = cv2.threshold(contrast, INK, 255, cv2.THRESH_BINARY)[1]
    dark = contrast[contrast > INK]
    if not len(dark):
        return any_ink
    sure = cv2.threshold(contrast, max(INK, FAINT * float(np.percentile(dark, 90))), 255, cv2.THRESH_BINARY)[1]
    beside = cv2.dilate(sure, np.ones((3, 2 * round(BESIDE * scale) + 1), np.uint8))
    return cv2.bitwise_and(any_ink, beside)


def darker(paper: Picture, picture: Picture) -> Picture:
    """255 where the picture is darker than its paper by more than ``INK``."""
    return cv2.threshold(cv2.subtract(paper, picture), INK, 255, cv2.THRESH_BINARY)[1]
