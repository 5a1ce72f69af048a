"""The values of filled form fields (AcroForm), and words typed onto a page, as runs in their places.

Both are annotations, which lie over a page and are none of its content.  A field has a value and mostly a drawing of
it.  What is drawn counts, since that is what readers see; the value is read where nothing is drawn, or less than it.
Buttons, boxes to tick, signatures and hidden fields state no value.
"""

from __future__ import annotations

import ctypes
import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.layout.typesetting import ADVANCE, LIFT, RISE, Run, turned, turned_run
from gongkai.parsing.formats.pdf.engine import Matrix, applied
from gongkai.parsing.text.grid import Box

MAX_FIELDS = 5_000
"""Annotations of one page that are looked at."""

MAX_LENGTH = 20_000
"""Bytes of one value that are read."""

PADDING = 2.0
"""Points between a field's edge and its text."""

USUAL_SIZE = 10.0
"""Type size of a field whose size is left to the reader."""

_TYPED = frozenset({pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX})
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_PASSWORD = 1 << 13
"""A text field's flag: its value is shown as stars (ISO 32000-1, table 228)."""


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A field's value, its box in the page's own space (left, bottom, right, top), and its type size, 0 if free."""

    value: str
    rect: tuple[float, float, float, float]
    size: float


class Form:
    """A document's form, through which the engine answers about fields; ``close`` it before the document."""

    def __init__(self, document: Any) -> None:
        # The engine keeps a pointer to it.
        self._info = pdfium.FPDF_FORMFILLINFO(version=2)
        has_fields = pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_NONE
        self.handle = pdfium.FPDFDOC_InitFormFillEnvironment(document, self._info) if has_fields else None

    def close(self) -> None:
        if self.handle:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self.handle)

    def fields(self, page: Any) -> list[Field]:
        """The page's filled fields and typed words that are shown."""
        return [field for field in self._all(page) if field.value.strip()]

    def drawn_texts(self, page: Any, document: Any, number: int, fields: list[Field]) -> list[tuple[str, str]]:
        """What stands in each field's box without its drawing and with it, white space removed.

        Drawings that the form calls out of date are made anew.  Those of all annotations become content of the page
        for whoever loads it from now on.
        """
        before = _bounded(page, fields)
        if self.handle:
            pdfium.FORM_OnAfterLoadPage(page, self.handle)
            pdfium.FORM_OnBeforeClosePage(page, self.handle)
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        flat = pdfium.FPDF_LoadPage(document, number)
        try:
            return list(zip(before, _bounded(flat, fields), strict=True))
        finally:
            pdfium.FPDF_ClosePage(flat)

    def _all(self, page: Any) -> Iterator[Field]:
        for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_FIELDS)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            try:
                if not pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                    yield from self._of(annotation)
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)

    def _of(self, annotation: Any) -> Iterator[Field]:
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_FREETEXT:
            yield Field(_string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"), _rect(annotation), 0.0)
        elif kind == pdfium.FPDF_ANNOT_WIDGET and self.handle:
            if pdfium.FPDFAnnot_GetFormFieldType(self.handle, annotation) not in _TYPED:
                return
            if not pdfium.FPDFAnnot_GetFormFieldFlags(self.handle, annotation) & _PASSWORD:
                size = ctypes.c_float()
                pdfium.FPDFAnnot_GetFontSize(self.handle, annotation, size)
                yield Field(self._value(annotation), _rect(annotation), size.value)

    def _value(self, annotation: Any) -> str:
        """A field's value; the labels of what is chosen where there is a choice."""
        count = min(pdfium.FPDFAnnot_GetOptionCount(self.handle, annotation), MAX_FIELDS)
        chosen = [
            _string(pdfium.FPDFAnnot_GetOptionLabel, self.handle, annotation, at)
            for at in range(count)
            if pdfium.FPDFAnnot_IsOptionSelected(self.handle, annotation, at)
        ]
        return "\n".join(chosen) or _string(pdfium.FPDFAnnot_GetFormFieldValue, self.handle, annotation)


def field_runs(
    fields: list[Field], drawn: list[tuple[str, str]], frame: Matrix, size: tuple[float, float], quarters: int
) -> tuple[list[Run], list[str]]:
    """The fields as runs, read the way the page is, and what is said against them: a drawing of another value.

    ``frame`` leads from the page's own space to the page as shown, of ``size``; ``quarters`` is the direction in
    which its lines run.
    """
    runs: list[Run] = []
    differing: list[str] = []
    wide = (size[1], size[0]) if quarters % 2 else size
    for field, (under, shown) in zip(fields, drawn, strict=True):
        value = _unspaced(field.value)
        if value in under:  # printed as well
            continue
        seen = shown if not under else ""
        text = field.value if not seen or seen in value else seen
        if text == seen and not _is_alike(value, seen):
            differing.append(f"{seen!r} is drawn for {value!r}")
        box = turned(_box(field.rect, frame), quarters, *size)
        runs += [turned_run(run, -quarters, *wide) for run in _set(text, box, field.size)]
    return runs, differing


def _is_alike(value: str, shown: str) -> bool:
    """True where a drawing shows the value, or the value rounded and with separators."""
    if value in shown:
        return True
    exact, printed = (_NUMBER.fullmatch(text) for text in (value, shown))
    if exact is None or printed is None:
        return False
    rounding = Decimal(5).scaleb(-1 - len(printed["decimals"] or ""))
    return abs(_read(exact) - _read(printed)) <= rounding


_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?")


def _read(number: re.Match[str]) -> Decimal:
    return Decimal(number[0].replace(",", ""))


def _unspaced(text: str) -> str:
    """Text for comparison: NFKC, all white space removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _set(text: str, box: Box, size: float) -> list[Run]:
    """A text set into a box line by line, in small type where there is no room for larger."""
    width, height = max(box.x1 - box.x0 - 2 * PADDING, 1.0), box.y1 - box.y0
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    size = min(size if size > 0 else USUAL_SIZE, height / RISE)
    if height >= 2 * size:
        lines = [part for line in lines for part in _wrapped(line, width / size)]
    size = min(size, height / len(lines), *(width / sum(ADVANCE[each] for each in line) for line in lines))
    top = (box.y0 + box.y1 - size * len(lines)) / 2
    return [
        Run(line, box.x0 + PADDING, top + size * (at + 0.5 + LIFT), _offsets(line, size), size)
        for at, line in enumerate(lines)
    ]


def _wrapped(line: str, room: float) -> Iterator[str]:
    """A line cut where it is wider than the room there is, in sizes."""
    start, used = 0, 0.0
    for at, character in enumerate(line):
        used += ADVANCE[character]
        if used > room and at > start:
            yield line[start:at].strip()
            start, used = at, ADVANCE[character]
    yield line[start:].strip()


def _offsets(line: str, size: float) -> list[float]:
    offsets, at = [], 0.0
    for character in line:
        offsets.append(at)
        at += ADVANCE[character] * size
    return offsets


def _bounded(page: Any, fields: list[Field]) -> list[str]:
    """The page's text in each field's box, white space removed."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        return [_unspaced(_bounded_text(text_page, *field.rect)) for field in fields]
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _bounded_text(text_page: Any, left: float, bottom: float, right: float, top: float) -> str:
    places = (left, top, right, bottom)
    count = min(pdfium.FPDFText_GetBoundedText(text_page, *places, None, 0), MAX_LENGTH)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetBoundedText(text_page, *places, buffer, count)
    return str(memoryview(buffer)[:written], "utf-16-le", "replace").rstrip("\0")


def _string(function: Any, *of: Any) -> str:
    """A text that the engine writes into a buffer, of which it says the length first."""
    length = min(function(*of, None, 0), MAX_LENGTH)
    if length < 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(*of, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _rect(annotation: Any) -> tuple[float, float, float, float]:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rect)
    return rect.left, rect.bottom, rect.right, rect.top


def _box(rect: tuple[float, float, float, float], frame: Matrix) -> Box:
    """A rectangle of the page's own space on the page as shown."""
    (x0, y0), (x1, y1) = applied(frame, *rect[:2]), applied(frame, *rect[2:])
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
