"""A font for text whose own font is not in the file.

pdfium drops a character when it cannot measure it: when the font is not embedded and the machine has none like it,
text set sideways and characters drawn alone are missing from what it reads.  What a disclosure says may not depend on
the fonts of the machine that parses it, so every such font is answered with one that holds a box for every
character (``box_font/boxes.ttf``, 636 bytes, made for this project): origins and widths still come from the file.
The offer is for the whole process; a process that draws pages calls ``use_system_fonts`` first.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.resources
from typing import Any

import pypdfium2.raw as pdfium

_HANDLE = 1
"""The one font there is; pdfium only hands it back."""


@functools.cache
def _offer() -> Any:
    """pdfium's structure of callbacks, kept alive as long as the process."""
    font = importlib.resources.files("gongkai.parsing.formats.pdf").joinpath("box_font/boxes.ttf").read_bytes()
    fields = dict(pdfium.FPDF_SYSFONTINFO._fields_)

    def font_data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        """The whole file for table 0; pdfium then reads the tables itself."""
        if table:
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    offer = pdfium.FPDF_SYSFONTINFO()
    offer.version = 1
    offer.Release = fields["Release"](lambda _info: None)
    offer.EnumFonts = fields["EnumFonts"](lambda _info, _mapper: None)
    offer.MapFont = fields["MapFont"](lambda *_: _HANDLE)
    offer.GetFont = fields["GetFont"](lambda *_: _HANDLE)
    offer.GetFontData = fields["GetFontData"](font_data)
    offer.GetFaceName = fields["GetFaceName"](lambda *_: 0)
    offer.GetFontCharset = fields["GetFontCharset"](lambda *_: 0)
    offer.DeleteFont = fields["DeleteFont"](lambda *_: None)
    return offer


def use_boxes() -> None:
    """Answer every font that is not in the file with boxes, in this process, from the next document on."""
    pdfium.FPDF_SetSystemFontInfo(ctypes.pointer(_offer()))


def use_system_fonts() -> None:
    """Undo ``use_boxes``, for drawing."""
    # A new one each time: pdfium frees the one it holds when another takes its place.
    pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())
