"""The engine's functions that are asked about every character and object, as cheap to call as can be.

Walking the characters one by one is the cost of reading a PDF, so the calls are made by the hundred, from C to C.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) of x' = ax + cy + e, y' = bx + dy + f, as PDF writes it."""


def bare(function: Any, result: Any) -> Any:
    """An engine function as cheap to call as can be, for what is asked about every character and object.

    Its arguments are not converted (that costs twice the call itself) and must be pointers and plain ints; and it
    keeps the interpreter's lock, which other threads get between two calls.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


class Handle(ctypes.c_void_p):
    """A pointer to an object of the engine's; a class of its own, so that ctypes hands it on as it is."""


font_size = bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
lacks_unicode = bare(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
object_of_page = bare(pdfium.FPDFPage_GetObject, Handle)
object_of_form = bare(pdfium.FPDFFormObj_GetObject, Handle)
kind_of = bare(pdfium.FPDFPageObj_GetType, ctypes.c_int)
draw_mode = bare(pdfium.FPDFPath_GetDrawMode, ctypes.c_int)
segment_count = bare(pdfium.FPDFPath_CountSegments, ctypes.c_int)
segment_of = bare(pdfium.FPDFPath_GetPathSegment, Handle)
segment_kind = bare(pdfium.FPDFPathSegment_GetType, ctypes.c_int)
segment_closes = bare(pdfium.FPDFPathSegment_GetClose, ctypes.c_int)


class Question:
    """Something the engine is asked about many things in a row, which spares a step of Python for each answer.

    The answers land in one array of C numbers; the pointers to its places, which the engine wants, are made once.
    Like the engine itself, for one thread at a time.
    """

    PLACES = 512

    def __init__(
        self, function: Any, number: type[ctypes.c_double | ctypes.c_float], fields: int, pointers: int
    ) -> None:
        """``function`` writes ``fields`` numbers through its last ``pointers`` arguments: one each, or all to one."""
        self._ask = bare(function, ctypes.c_int)
        self._fields = fields
        self._answers = (number * (fields * self.PLACES))()
        size = ctypes.sizeof(number)
        places = range(0, fields * size * self.PLACES, fields * size)
        self._pointers = [
            [ctypes.byref(self._answers, place + at * size) for place in places] for at in range(pointers)
        ]

    def about(self, *things: Sequence[Any]) -> tuple[list[int], list[list[float]]]:
        """The number that the function returned for each thing, and each field of its answers as a list.

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


ORIGIN = Question(pdfium.FPDFText_GetCharOrigin, ctypes.c_double, fields=2, pointers=2)
MATRIX = Question(pdfium.FPDFText_GetMatrix, ctypes.c_float, fields=6, pointers=1)
BOUNDS = Question(pdfium.FPDFPageObj_GetBounds, ctypes.c_float, fields=4, pointers=4)
POINT = Question(pdfium.FPDFPathSegment_GetPoint, ctypes.c_float, fields=2, pointers=2)

PATH, IMAGE, FORM = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM


def product(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does what one does and then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point through a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def own_matrix(item: Handle) -> Matrix:
    """The matrix from an object's own space to that of the page or form that holds it."""
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(typed(item), own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def form_count(form: Handle) -> int:
    """How many objects a form holds."""
    return int(pdfium.FPDFFormObj_CountObjects(typed(form)))


def typed(item: Handle) -> Any:
    """The object as the engine's declared functions take it."""
    return ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
