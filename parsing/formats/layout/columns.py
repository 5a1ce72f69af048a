"""Columns and rows of a stretch of lines that no rules divide: told by the white space between their words."""

from __future__ import annotations

import dataclasses
import itertools
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence

from gongkai.parsing.formats.layout.pieces import Line, Piece, words_of
from gongkai.parsing.formats.layout.typesetting import Run, is_wide, rows_of

RIVER = 1.0
"""White space in points between two columns, all the way down."""

SPACE = 0.75
"""White space in sizes up to which two words may be of one text; a space of a typewriter has 0.6."""

APART = 1.0
"""White space in sizes from which two words stand in different columns."""

SPREAD = 4.0
"""White space in sizes up to which printers spread the characters of a heading."""

LABEL = 18.0
"""Sizes that a label beside figures is seldom longer than; a line of running text is."""

RAISED = 0.6
"""Share of the size by which a footnote's mark may stand above its line."""

TIGHT = 0.8
"""Share of the usual distance between two rows below which a line continues the line above it."""

TOUCHING = 0.75
"""Distance between two baselines in sizes below which two lines would overlap: they are one row, set in two cells."""

_FIGURE = re.compile(r"[^\w\s]*\d[\d\W_]*(?:[a-z]|Ref\.)?|[-—–−─]+|\W*[*†‡#]\W*")
_ALONE = re.compile(r"(?<!\S)(?:[-(]?\d[\d,.%)-]*|[-—–])(?!\S)")
"""A number, or the dash that stands for none, with white space round it."""

_WORD_BEGUN = re.compile(r"[a-z]")

Interval = tuple[float, float]
"""Where a column begins and ends across the page."""


@dataclasses.dataclass(slots=True)
class Row:
    """One row of a body: the words of each column it fills, and of a text set across columns, by (first, last)."""

    y: float
    size: float
    cells: dict[tuple[int, int], list[Piece]]
    last: float


def is_figure(text: str) -> bool:
    """True for a number with whatever signs stand at it, and for the marks that stand for none."""
    return _FIGURE.fullmatch(text) is not None


def may_hold_figures(runs: Iterable[Run], rows: int) -> bool:
    """False where less than that many lines have two figures with white space round them and little else."""
    by_line: dict[int, tuple[int, float]] = {}
    for run in runs:
        text = run.text
        alone = _ALONE.findall(text)
        count, others = by_line.get(round(run.y), (0, 0.0))
        rest = (len(text) - sum(map(len, alone))) * (0.5 if text.isascii() else 1.0)
        by_line[round(run.y)] = count + len(alone), others + rest
    return sum(count > 1 and others <= LABEL for count, others in by_line.values()) >= rows


def worded_lines(runs: Iterable[Run]) -> list[Line]:
    """The lines that upright runs make, cut into words; a raised mark stands on the line it is raised from."""
    lines: list[Line] = []
    for row in rows_of(runs):
        pieces = sorted((piece for run in row for piece in _worded(run)), key=lambda piece: piece.x0)
        if pieces:
            lines.append(Line(statistics.median(run.y for run in row), max(run.size for run in row), pieces, row))
    return _with_raised_marks(lines)


def _worded(run: Run) -> Iterator[Piece]:
    """The words of a run; each keeps the space behind it, by which a text knows that there is one."""
    at = 0
    for word in words_of(run):
        at = run.text.index(word.text, at) + len(word.text)
        spaced = word
        if at < len(run.text) and run.text[at].isspace():
            spaced = Run(f"{word.text} ", run.x, run.y, [*word.offsets, run.offsets[at]], run.size)
        yield Piece(*word.ends(), [spaced], word.text)


def _with_raised_marks(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in reversed(lines):
        base = kept[-1] if kept else None
        if base is not None and line.size < 0.85 * base.size and base.y - line.y < RAISED * base.size:
            base.pieces = sorted(
                (*base.pieces, *(_lowered(piece, base.y) for piece in line.pieces)), key=lambda p: p.x0
            )
            base.runs = [*base.runs, *line.runs]
        else:
            kept.append(line)
    return kept[::-1]


def _lowered(piece: Piece, y: float) -> Piece:
    return Piece(piece.x0, piece.x1, [dataclasses.replace(run, y=y) for run in piece.runs], piece.text)


def texts_of(line: Line, gap: float = APART) -> list[list[Piece]]:
    """The words of a line by the texts they make: those with white space of ``gap`` sizes between stand apart.

    Chinese characters that stand alone are one text, spread over its column.
    """
    texts: list[list[Piece]] = []
    for word in line.pieces:
        near = SPREAD if texts and _is_character(word) and _is_character(texts[-1][-1]) else gap
        if texts and word.x0 - texts[-1][-1].x1 < near * line.size:
            texts[-1].append(word)
        else:
            texts.append([word])
    return texts


def _is_character(word: Piece) -> bool:
    return len(word.text) == 1 and is_wide(word.text)


def has_columns(line: Line) -> bool:
    """True for a line with texts apart, or with several figures that are most of it, however close."""
    if len(texts_of(line)) > 1:
        return True
    figures = sum(is_figure(word.text) for word in line.pieces)
    return figures > 1 and figures * 2 >= len(line.pieces)


def columns_of(lines: Sequence[Line]) -> list[Interval]:
    """Where something stands in any of the lines that have columns, by the rivers of white space between."""
    telling = [line for line in lines if has_columns(line)]
    columns: list[Interval] = []
    for x0, x1 in sorted((word.x0, word.x1) for line in telling for word in line.pieces):
        if columns and x0 - columns[-1][1] <= RIVER:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return _without_chance(columns, telling)


def _without_chance(columns: list[Interval], lines: list[Line]) -> list[Interval]:
    """The columns without rivers that only happen to run between the words of texts."""
    kept = columns[:1]
    for column in columns[1:]:
        if _is_chance(kept[-1], column, lines):
            kept[-1] = (kept[-1][0], column[1])
        else:
            kept.append(column)
    return kept


def _is_chance(left: Interval, right: Interval, lines: list[Line]) -> bool:
    """True where most lines that have words on both sides of a river have no more than a space between them."""
    within = apart = 0
    for line in lines:
        for one, two in itertools.pairwise(line.pieces):
            if left[0] <= one.x0 and one.x1 <= left[1] and right[0] <= two.x0 and two.x1 <= right[1]:
                if two.x0 - one.x1 > SPACE * line.size or (_has_digit(one.text) and _has_digit(two.text)):
                    apart += 1
                else:
                    within += 1
    return within >= apart


def _has_digit(text: str) -> bool:
    return is_figure(text) and any(character.isdigit() for character in text)


def column_at(word: Piece, columns: Sequence[Interval]) -> int:
    """The column a word stands over most, or else nearest to."""
    return max(
        range(len(columns)),
        key=lambda at: (
            max(min(word.x1, columns[at][1]) - max(word.x0, columns[at][0]), 0.0),
            -max(columns[at][0] - word.x1, word.x0 - columns[at][1]),
        ),
    )


def rows_in(lines: Sequence[Line], columns: Sequence[Interval], rules: Sequence[float]) -> list[Row]:
    """The rows that a body's lines make; a line that continues the row above it is joined to it.

    ``rules`` are the heights of rules, over which no row continues.
    """
    rows: list[Row] = []
    pitch = _pitch(lines)
    for line, below in itertools.zip_longest(lines, lines[1:]):
        row = Row(line.y, line.size, _placed(line, columns), line.y)
        above = rows[-1] if rows else None
        is_nearer_below = above and below and below.y - line.y < line.y - above.last - 1.0
        if (
            above
            and not any(above.last < at < line.y for at in rules)
            and _continues(row, above, 0.0 if is_nearer_below else pitch)
        ):
            for place, words in row.cells.items():
                above.cells.setdefault(place, []).extend(words)
            above.last = line.y
        else:
            rows.append(row)
    return rows


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance between two lines with columns that follow each other."""
    steps = [
        below.y - above.y for above, below in itertools.pairwise(lines) if has_columns(above) and has_columns(below)
    ]
    return statistics.median(steps) if steps else 0.0


def _placed(line: Line, columns: Sequence[Interval]) -> dict[tuple[int, int], list[Piece]]:
    cells: dict[tuple[int, int], list[Piece]] = {}
    alone = not has_columns(line)
    for word in line.pieces:
        at = column_at(word, columns)
        cells.setdefault((at, at), []).append(word)
    if alone and len(cells) > 1:
        return {_spread(line.pieces, columns): list(line.pieces)}
    return cells


def _spread(words: Sequence[Piece], columns: Sequence[Interval]) -> tuple[int, int]:
    """The columns of a text that stands alone across several: its own, or those that it is centred over."""
    first, last = column_at(words[0], columns), column_at(words[-1], columns)
    middle, size = (words[0].x0 + words[-1].x1) / 2, words[0].runs[0].size
    if words[0].x0 - columns[first][0] <= size and first == 0:
        return 0, 0
    for left in range(first + 1):
        if abs((columns[left][0] + columns[-1][1]) / 2 - middle) <= size:
            return left, len(columns) - 1
    return first, last


def _continues(row: Row, above: Row, pitch: float) -> bool:
    """True where a line goes on with the row above it instead of beginning one; ``pitch`` is 0 where it may not."""
    shared = [place for place in row.cells if place in above.cells]
    if any(_has_figure(row.cells[place]) and _has_figure(above.cells[place]) for place in shared if place[0] > 0):
        return False
    step = row.y - above.last
    if step < TOUCHING * row.size:
        return True
    if not shared or any(place not in above.cells for place in row.cells if place[0] == 0):
        return False
    if len(row.cells) > len(above.cells) and not all(map(_goes_on, row.cells.values())):
        return False
    if all(_goes_on(words) for place, words in row.cells.items() if place in above.cells):
        return pitch > 0 and step <= max(1.3 * pitch, 1.5 * row.size)
    label = (0, 0)
    return (
        list(row.cells) == [label] and step < TIGHT * pitch and row.cells[label][0].x0 >= above.cells[label][0].x0 - 1.0
    )


def _has_figure(words: list[Piece]) -> bool:
    return all(is_figure(word.text) for word in words)


def _goes_on(words: list[Piece]) -> bool:
    """True for a text that begins as the middle of a sentence does."""
    return _WORD_BEGUN.match(words[0].text) is not None
