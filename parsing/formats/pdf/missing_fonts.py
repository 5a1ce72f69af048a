"""Fonts for text whose own font is not in the file.

pdfium drops a character when it cannot measure it: when the font is not embedded and the machine has none like it,
text set sideways and characters drawn alone are missing from what it reads.  What a document says may not depend on
the fonts of the machine that parses it, so every such font is answered with one that holds a box for every
character (``box_font/boxes.ttf``, 636 bytes, made for this project); origins and widths come from the file.

The standard fonts need no widths in the file (ISO 32000-1, 9.6.2.2): Helvetica, Times, Courier, and Arial, Times New
Roman and Courier New, which writers treat alike.  pdfium brings fonts with their widths, and takes them when nothing
is offered.

The offer is for the whole process; a process that draws pages calls ``use_system_fonts`` first.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.resources
import re
from typing import Any

import pypdfium2.raw as pdfium

_BUILT_IN = re.compile(rb"(?:helvetica|arial|times|courier|symbol|zapfdingbats)", re.IGNORECASE)
"""How the names of the fonts begin that pdfium brings itself."""
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

    def map_font(_info: Any, _weight: int, _italic: int, _charset: int, _pitch: int, face: Any, _exact: Any) -> Any:
        """Boxes, but for faces that pdfium has metrics of its own for, which it takes when nothing is offered."""
        return None if face and _BUILT_IN.match(ctypes.string_at(face)) else _HANDLE

    offer = pdfium.FPDF_SYSFONTINFO()
    offer.version = 1
    offer.Release = fields["Release"](lambda _info: None)
    offer.EnumFonts = fields["EnumFonts"](lambda _info, _mapper: None)
    offer.MapFont = fields["MapFont"](map_font)
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
