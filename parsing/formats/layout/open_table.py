"""A table whose columns no rules part, from the lines of its heading and its body."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence

from gongkai.parsing.formats.layout.columns import (
    Interval,
    Row,
    columns_of,
    has_columns,
    is_figure,
    rows_in,
    texts_of,
)
from gongkai.parsing.formats.layout.headings import headed, heading_cells
from gongkai.parsing.formats.layout.lattice import Lattice
from gongkai.parsing.formats.layout.pieces import Line, Piece
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.spans import Span
from gongkai.parsing.formats.layout.typesetting import FALL, RISE
from gongkai.parsing.formats.layout.unruled import Texts
from gongkai.parsing.formats.layout.words import TableWords

FAR = 2.2
"""Sizes from a line down to the next line or rule, beyond which they are not of one heading."""

WIDE = 14.0
"""Sizes: a table has a column whose texts are narrower, columns of running text are wider."""


MIN_ROWS = 4
"""Lines of figures under each other; fewer may be a drawing's labels."""

SURE = 0.8
"""Share of the filled cells of a column that are figures, where it is one of figures."""

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")

MAX_COLUMNS = 60
"""Columns of one table; the widest seen has 25, and finding headings takes the time of their square."""


def open_table(
    heading: list[Line], body: list[Line], rules: Sequence[float], short: Sequence[Rule]
) -> tuple[Lattice, Texts] | None:
    """The table of a heading and a body; None where its columns cannot be told or are those of running text.

    ``rules`` are the heights of rules over its whole width, over which no row continues; ``short`` are those within.
    """
    columns = columns_of(body)
    if not 1 < len(columns) <= MAX_COLUMNS or sum(map(has_columns, body)) < 2:
        return None
    rows = rows_in(body, columns, rules)
    if len(rows) + bool(heading) < 3 or not _is_narrow(rows, columns) or not _is_filled(rows, columns):
        return None
    wide = headed(columns, heading, short)
    if wide is None:
        return None
    return _built(heading, rows if len(wide) == len(columns) else rows_in(body, wide, rules), wide, short)


def heading_above(lines: list[Line], top: float, short: Sequence[Rule], words: TableWords) -> list[Line]:
    """The lines over the first rule that head a table: close to it and with columns, or close over a short rule."""
    heading: list[Line] = []
    below = top
    for line in reversed(lines):
        under = [rule for rule in short if line.y <= rule.at < below and rule.start - 2 <= line.pieces[0].x0]
        near = below - line.y <= FAR * line.size
        if not near or is_apart(line, words) or not (has_columns(line) or under):
            break
        heading.insert(0, line)
        below = line.y
    return heading


def is_apart(line: Line, words: TableWords) -> bool:
    """True for a line with a caption or the end of a sentence, which are of no table."""
    return any(words.is_apart("".join(word.text for word in text)) for text in texts_of(line))


def is_of_figures(line: Line) -> bool:
    """True for a line of several texts of which half are figures."""
    texts = texts_of(line)
    return len(texts) > 1 and sum(is_figure(word.text) for word in line.pieces) * 2 >= len(texts)


def has_columns_of_figures(body: list[Line]) -> bool:
    """True where two columns at least hold figures nearly everywhere, and not all rise evenly as a scale does."""
    columns = columns_of(body)
    rows = rows_in(body, columns, ())
    scales = []
    for at in range(len(columns)):
        cells = ["".join(word.text for word in words) for row in rows if (words := row.cells.get((at, at)))]
        if len(cells) >= MIN_ROWS and sum(map(is_figure, cells)) >= SURE * len(cells):
            scales.append(_is_scale(cells))
    return len(scales) > 1 and not all(scales)


def _is_scale(cells: list[str]) -> bool:
    """True for numbers with one distance from each to the next, and for whole ones that never fall, as pages do."""
    numbers = [float(cell.replace(",", "")) for cell in cells if _NUMBER.fullmatch(cell)]
    if len(numbers) < len(cells):
        return False
    steps = {round(b - a, 6) for a, b in itertools.pairwise(numbers)}
    return len(steps) == 1 or (min(steps) >= 0 and all(map(float.is_integer, numbers)))


def _is_narrow(rows: list[Row], columns: Sequence[Interval]) -> bool:
    """True where the texts of some column are narrow, as those of running text set in columns never are."""
    return any(
        statistics.median(widths) <= WIDE
        for at in range(len(columns))
        if (widths := [_width(words) for row in rows if (words := row.cells.get((at, at)))])
    )


def _width(words: list[Piece]) -> float:
    return (max(word.x1 for word in words) - min(word.x0 for word in words)) / words[0].runs[0].size


def _is_filled(rows: list[Row], columns: Sequence[Interval]) -> bool:
    """True where half of the columns hold something in several rows."""
    filled = sum(sum((at, at) in row.cells for row in rows) > 1 for at in range(len(columns)))
    return filled * 2 >= len(columns)


def _built(
    heading: list[Line], rows: list[Row], columns: Sequence[Interval], short: Sequence[Rule]
) -> tuple[Lattice, Texts]:
    depth, cells = heading_cells(heading, columns, [r for r in short if r.at < rows[0].y]) if heading else (0, [])
    for at, row in enumerate(rows):
        covered = {column for first, last in row.cells for column in range(first, last + 1)}
        cells += [(Span(depth + at, first, 1, last - first + 1), words) for (first, last), words in row.cells.items()]
        cells += [(Span(depth + at, column), []) for column in range(len(columns)) if column not in covered]
    cells.sort(key=lambda cell: cell[0])
    xs = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1]]
    body = [row.y - RISE * row.size for row in rows]
    top = min(heading[0].y - RISE * heading[0].size, body[0] - depth) if depth else body[0]
    ys = [*(top + (body[0] - top) * at / depth for at in range(depth)), *body]
    bottom = rows[-1].last + FALL * rows[-1].size
    texts = {at: [run for word in words for run in word.runs] for at, (_, words) in enumerate(cells) if words}
    return Lattice(tuple(xs), (*ys, bottom), tuple(span for span, _ in cells)), texts
