"""The characters of a PDF page as runs, in points from the top left of the page as shown.

Each character costs one call, for its origin on the baseline; what a run of them has in common (size, direction) is
asked once a run.
"""

from __future__ import annotations

import bisect
import ctypes
import itertools
import math
import operator
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.layout.typesetting import ADVANCE, LIFT, Run, split
from gongkai.parsing.formats.pdf.content import MAX_OBJECTS, OverfullPageError, PageContent
from gongkai.parsing.formats.pdf.engine import MATRIX, ORIGIN, Matrix, applied, font_size, lacks_unicode
from gongkai.parsing.formats.pdf.watermarks import is_page_askew, pale_text, quoted, seal_text
from gongkai.parsing.text.font_forms import readable

UNMAPPED = "\ufffd"
"""Stands for a character whose code its font maps to nothing."""

ASKEW = 0.06
"""Share of a quarter turn beyond which text is slanted; a page scanned or laid out a little askew stays below it."""

_LINE_ENDS = re.compile(r"[\r\n]+")
_LINE = re.compile(r"[^\s](?:[^\r\n]*[^\s])?")
_SPACE = re.compile(r"\s")


def read_characters(page: Any, content: PageContent, frame: Matrix, turn: int) -> None:
    """Add the runs of a page; ``frame`` leads from its own space to the page as shown, ``turn`` counts quarters."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count > MAX_OBJECTS:
            raise OverfullPageError(f"the page holds more than {MAX_OBJECTS} characters")
        if count > 0:
            text = readable(_characters(text_page, count))
            handle = ctypes.cast(text_page, ctypes.c_void_p)
            ruled = content.horizontals and content.verticals
            stretches = _stretches(text, 0, *_origins(handle, range(count))) if ruled else _lines(handle, text)
            _keep_print(content, text_page, *_runs(handle, text, sorted(stretches), frame, turn))
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _keep_print(content: PageContent, text_page: Any, runs: list[Run], firsts: list[int], askew: list[int]) -> None:
    """Add the runs of a page, but for the watermarks over them; ``askew`` are the places of slanted runs."""
    aside = set(askew if askew and not is_page_askew(askew, runs) else ())
    aside.update(pale_text(text_page, runs, firsts))
    seal = seal_text(text_page, runs, firsts, askew, (content.horizontals, content.verticals))
    content.is_sealed = bool(seal)
    aside |= seal
    if aside:
        content.set_aside = quoted([runs[place].text for place in sorted(aside)])
        runs = [run for place, run in enumerate(runs) if place not in aside]
    for run in runs:
        _keep_run(content, run)


def _characters(text_page: Any, count: int) -> str:
    """The page's characters by index: in one call, or one by one where some have no place in the text."""
    # Of few sizes, since ctypes makes a class of each.
    buffer = (ctypes.c_ushort * (1 << count.bit_length()))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = str(memoryview(buffer)[: max(written - 1, 0)], "utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(_character(pdfium.FPDFText_GetUnicode(text_page, index)) for index in range(count))


def _character(code: int) -> str:
    """pdfium gives 0 where a code has no Unicode, and surrogates one by one for characters beyond the basic plane."""
    return UNMAPPED if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _origins(text_page: ctypes.c_void_p, indexes: Sequence[int]) -> tuple[list[float], list[float]]:
    """Where each of the characters stands on its baseline, in the page's own space."""
    _, (xs, ys) = ORIGIN.about([text_page] * len(indexes), indexes)
    return xs, ys


Stretch = tuple[int, int, list[float], list[float]]
"""Characters that follow each other on one baseline, without white space round them: start, end, where each stands."""


def _lines(text_page: ctypes.c_void_p, text: str) -> Iterator[Stretch]:
    """The lines of a page without tables, as the engine tells them.

    Of a line without spaces only where its ends stand is asked: nothing between them matters.
    """
    spans = [found.span() for found in _LINE.finditer(text)]
    xs, ys = _origins(text_page, [index for start, end in spans for index in (start, end - 1)])
    others: list[tuple[int, int]] = []
    for (start, end), first_x, last_x, first_y, last_y in zip(spans, xs[::2], xs[1::2], ys[::2], ys[1::2], strict=True):
        if (first_y == last_y or first_x == last_x) and not _SPACE.search(text, start, end):
            yield start, end, _evenly(first_x, last_x, end - start), _evenly(first_y, last_y, end - start)
        else:
            others.append((start, end))
    xs, ys = _origins(text_page, [index for span in others for index in range(*span)])
    at = 0
    for start, end in others:
        upto = at + end - start
        yield from _stretches(text, start, xs[at:upto], ys[at:upto])
        at = upto


def _evenly(first: float, last: float, count: int) -> list[float]:
    """So many numbers in equal steps."""
    if first == last or count < 2:
        return [first] * count
    step = (last - first) / (count - 1)
    return [first + place * step for place in range(count)]


def _stretches(text: str, first: int, xs: list[float], ys: list[float]) -> Iterator[Stretch]:
    """The parts of each line, from the character ``first``, on one baseline of the direction that most of them have."""
    cuts = _cuts(ys)
    if 2 * len(cuts) > len(ys):
        cuts = min(cuts, _cuts(xs), key=len)
    for line in _LINE.finditer(text, first, first + len(ys)):
        start, end = line.start() - first, line.end() - first
        here = cuts[bisect.bisect_right(cuts, start) : bisect.bisect_left(cuts, end)]
        if not here:
            yield start + first, end + first, xs[start:end], ys[start:end]
            continue
        for part in itertools.pairwise([start, *here, end]):
            if found := _LINE.search(text, first + part[0], first + part[1]):
                begin, stop = found.start() - first, found.end() - first
                yield begin + first, stop + first, xs[begin:stop], ys[begin:stop]


def _cuts(values: list[float]) -> list[int]:
    """The places of values that differ from the one before."""
    changes = map(operator.ne, itertools.islice(values, 1, None), values)
    return list(itertools.compress(itertools.count(1), changes))


def _runs(
    text_page: ctypes.c_void_p, text: str, stretches: list[Stretch], frame: Matrix, turn: int
) -> tuple[list[Run], list[int], list[int]]:
    """Stretches as runs as shown, but for those that the engine gives no size.

    With them the index of each one's first character, and the places of those that are slanted.
    How characters are set is asked about the first of each.
    """
    runs: list[Run] = []
    starts: list[int] = []
    askew: list[int] = []
    firsts = [stretch[0] for stretch in stretches]
    handles = [text_page] * len(firsts)
    known, matrices = MATRIX.about(handles, firsts)
    sizes = map(font_size, handles, firsts)
    # A font that maps one code to nothing is asked about each; where a run begins tells, as every font begins some.
    is_doubtful = any(error > 0 for error in map(lacks_unicode, handles, firsts))
    settings = zip(known, *matrices[:4], sizes, strict=True)
    for (start, end, xs, ys), (is_set, a, b, c, d, points) in zip(stretches, settings, strict=True):
        size = abs(points) * (math.hypot(c, d) if c else abs(d))
        if not is_set or size <= 0:
            continue
        kept = _mapped(text_page, text, start, end) if is_doubtful else text[start:end]
        quarters = 0
        if b or a < 0:
            angle = math.atan2(b, a) / (math.pi / 2)
            quarters = round(angle) % 4
            if abs(angle - round(angle)) > ASKEW:
                askew.append(len(starts))
        starts.append(start)
        along = ys if quarters % 2 else xs
        first = along[0]
        offsets = [value - first for value in along] if quarters < 2 else [first - value for value in along]
        run = Run(kept, *applied(frame, xs[0], ys[0]), offsets, size, (quarters - turn) % 4)
        if (quarters or turn) and any(map(operator.gt, offsets, itertools.islice(offsets, 1, None))):
            parts = _in_order(run)
            starts += [start] * (len(parts) - 1)
            runs += parts
        else:
            runs.append(run)
    return runs, starts, askew


_STEPS = ((1, 0), (0, -1), (-1, 0), (0, 1))
"""The way a run of each direction goes across and down the page."""


def _mapped(text_page: ctypes.c_void_p, text: str, start: int, end: int) -> str:
    """Characters of the page, those that their font maps to nothing as ``UNMAPPED``."""
    errors = map(lacks_unicode, itertools.repeat(text_page), range(start, end))
    return "".join(UNMAPPED if error > 0 else text[at] for at, error in enumerate(errors, start))


def _in_order(run: Run) -> list[Run]:
    """A run cut where it goes back: the engine strings texts together by how the page is shown, not how it reads."""
    backs = itertools.accumulate(map(operator.gt, run.offsets, itertools.islice(run.offsets, 1, None)), initial=0)
    step_x, step_y = _STEPS[run.direction]
    parts = [piece for _, piece in split(run, list(backs))]
    for piece in parts:
        first = piece.offsets[0]
        piece.x, piece.y = run.x + step_x * first, run.y + step_y * first
        piece.offsets = [offset - first for offset in piece.offsets]
    return parts


def _keep_run(content: PageContent, run: Run) -> None:
    """Add a run without the characters that lie off the page."""
    last = run.offsets[-1]
    if (
        run.direction == 0
        and 0.0 <= run.x <= run.x + last <= content.width - run.size
        and run.size <= run.y <= content.height
    ):
        content.runs.append(run)
    else:
        content.runs += _shown(content, run)


def _shown(content: PageContent, run: Run) -> list[Run]:
    """A run cut to the page: a character is shown if its middle is."""
    step_x, step_y = _STEPS[run.direction]
    text, offsets, half, rise = run.text, run.offsets, run.size / 2, LIFT * run.size
    middle_x, middle_y = run.x + step_y * rise, run.y - step_x * rise
    width, height = content.width, content.height
    first, last = offsets[0] + ADVANCE[text[0]] * half, offsets[-1] + ADVANCE[text[-1]] * half
    # A run is straight: with both ends on the page, all of it is.
    if (
        0 <= middle_x + step_x * first <= width
        and 0 <= middle_x + step_x * last <= width
        and 0 <= middle_y + step_y * first <= height
        and 0 <= middle_y + step_y * last <= height
    ):
        return [run]
    along = [offset + ADVANCE[character] * half for offset, character in zip(offsets, text, strict=True)]
    shown = [0 <= middle_x + step_x * at <= width and 0 <= middle_y + step_y * at <= height for at in along]
    return [piece for visible, piece in split(run, shown) if visible]
