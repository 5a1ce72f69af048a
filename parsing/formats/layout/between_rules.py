"""Tables between rules that run across: a rule above, one under the heading and one below, as printers set them.

Such rules have one extent, and what stands between them has columns; running text between the rules of a page's head
and foot has none, or columns that are all wide.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence

from gongkai.parsing.formats.layout.columns import (
    SPACE,
    Interval,
    has_columns,
    is_figure,
    may_hold_figures,
    texts_of,
    worded_lines,
)
from gongkai.parsing.formats.layout.lattice import SLIVER, Lattice
from gongkai.parsing.formats.layout.open_table import (
    FAR,
    has_columns_of_figures,
    heading_above,
    is_apart,
    is_of_figures,
    open_table,
)
from gongkai.parsing.formats.layout.pieces import Line
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.typesetting import LIFT, Run, split
from gongkai.parsing.formats.layout.unruled import Texts
from gongkai.parsing.formats.layout.words import TableWords

LEAST = 120.0
"""Points: a shorter rule is no table's."""

SAME = 6.0
"""Points by which the rules of one table may differ in where they begin and end."""

BESIDE = 4.0
"""Points by which text may stand out at the side of the rules."""

PROSE = 0.6
"""Share of the width from which a text that stands alone on its line is running text."""

MIN_ROWS = 3
"""Lines of figures under a rule that are a table's, though no rule closes it."""

HEAD = 60.0
"""Points over a table's first rule within which its heading may stand."""

TELLING = 0.4
"""Share of a table's lines that have columns; the others are sections and what goes on from the line above."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Region:
    """What stands between the rules of one table: the heights of the rules, the lines and the short rules.

    ``above`` are the lines over the first rule that may be the heading; an open region has no last rule.
    """

    rules: list[float]
    above: list[Line]
    lines: list[Line]
    short: list[Rule]
    is_open: bool


def tables_between_rules(
    rules: Sequence[Rule], runs: Sequence[Run], words: TableWords
) -> tuple[list[tuple[Lattice, Texts]], list[Run]]:
    """The tables between ``rules`` (joined, across), each with its cells' runs; and the runs left over."""
    tables: list[tuple[Lattice, Texts]] = []
    rest = list(runs)
    frames = list(_frames(rules))
    may_be_open = may_hold_figures(rest, MIN_ROWS) if frames else False
    for extent, heights in frames:
        if len(heights) == 1 and not may_be_open:
            continue
        pieces = _within(rest, extent, heights[0] - HEAD)
        lines = worded_lines(piece for own, _ in pieces for piece in own)
        taken: set[int] = set()
        for region in _regions(lines, extent, heights, rules, words):
            heading = _heading(region.lines, region.rules)
            body = region.lines[len(heading) :]
            heading = heading or region.above
            if region.is_open and not (heading and has_columns_of_figures(body)):
                continue
            if table := open_table(heading, body, region.rules, region.short):
                tables.append(table)
                taken.update(id(run) for line in (*heading, *body) for run in line.runs)
        if taken:
            rest = [run for whole, cut in zip(rest, pieces, strict=True) for run in _left_of(whole, cut, taken)]
    return tables, rest


_Cut = tuple[list[Run], list[Run]]
"""The pieces of a run between the ends of rules, and those outside."""


def _left_of(run: Run, cut: _Cut, taken: set[int]) -> list[Run]:
    own, outside = cut
    left = [piece for piece in own if id(piece) not in taken]
    return [run] if len(left) == len(own) else [*left, *outside]


def is_undivided(texts: Texts) -> bool:
    """True for the cells of a ruled table that hold several lines or rows of figures, as if rules were left out."""
    parted = [runs for runs in texts.values() if len(runs) > 1 or " " in runs[0].text]
    return sum(map(_undivided_lines, parted)) > 1


def heads_a_body(lattice: Lattice, texts: Texts) -> bool:
    """True for a few ruled rows of texts without any figure, as are ruled headings over bodies without rules."""
    return len(lattice.ys) - 1 <= MIN_ROWS and not any(is_figure(run.text) for runs in texts.values() for run in runs)


def keeps_cells(tables: Iterable[tuple[Lattice, Texts]], lattice: Lattice) -> bool:
    """True where no cell of the tables joins what the rules of the lattice part."""
    owners = lattice.owners()
    return all(
        len({owners.get(lattice.locate(*middle_of(run)) or (-1, -1)) for run in runs}) == 1
        for _, texts in tables
        for runs in texts.values()
    )


def middle_of(run: Run) -> tuple[float, float]:
    """A point in the middle of an upright run."""
    start, end = run.ends()
    return (start + end) / 2, run.y - LIFT * run.size


def _undivided_lines(runs: list[Run]) -> int:
    """The lines of a cell of which half are figures, set apart; and those that are figures under others."""
    held = [word for run in runs for word in run.text.split()]
    if sum(map(is_figure, held)) < 2:
        return 0
    texts = [["".join(word.text for word in text) for text in texts_of(line, SPACE)] for line in worded_lines(runs)]
    figures = [(sum(map(is_figure, line)), len(line)) for line in texts]
    alone = sum(count == many for count, many in figures)
    return sum(count > 1 and count * 2 >= many for count, many in figures) + (alone if alone > 1 else 0)


def _frames(rules: Sequence[Rule]) -> Iterator[tuple[Interval, list[float]]]:
    """Extents that several rules have in common, and the heights of these."""
    free = sorted(rule for rule in rules if rule.end - rule.start >= LEAST)
    while free:
        first = free[0]
        same = [r for r in free if abs(r.start - first.start) <= SAME and abs(r.end - first.end) <= SAME]
        free = [rule for rule in free if rule not in same]
        heights: list[float] = []
        for rule in same:
            if not heights or rule.at - heights[-1] > SLIVER:
                heights.append(rule.at)
        yield (min(r.start for r in same), max(r.end for r in same)), heights


def _within(runs: list[Run], extent: Interval, top: float) -> list[_Cut]:
    """Each run cut at the ends of rules; what is set sideways or stands above ``top`` is outside."""
    left, right = extent[0] - BESIDE, extent[1] + BESIDE
    return [([], [run]) if run.direction or run.y < top else _cut(run, left, right) for run in runs]


def _cut(run: Run, left: float, right: float) -> _Cut:
    start, end = run.ends()
    if end <= left or start >= right:
        return [], [run]
    if left <= start and end <= right:
        return [run], []
    cut: _Cut = ([], [])
    for outside, piece in split(run, [not left < x < right for x in run.centres(0, len(run.text))]):
        cut[outside].append(piece)
    return cut


def _regions(
    lines: list[Line], extent: Interval, heights: list[float], rules: Sequence[Rule], words: TableWords
) -> Iterator[_Region]:
    """The stretches of rules with nothing but a table between them; a page may break off before the last rule."""
    end = _open_end([line for line in lines if line.y > heights[-1]], words)
    heights = [*heights, end] if end else heights
    bands = [
        [line for line in lines if top < line.y - 0.3 * line.size <= bottom]
        for top, bottom in itertools.pairwise(heights)
    ]
    start = None
    for at in range(len(bands) + 1):
        if at < len(bands) and _is_of_table(bands[at], extent, words):
            start = at if start is None else start
        elif start is not None:
            inside = [line for band in bands[start:at] for line in band]
            top, bottom = heights[start], heights[at]
            short = [
                r for r in rules if top - HEAD < r.at < bottom and r.end - r.start < extent[1] - extent[0] - 2 * SAME
            ]
            short = [r for r in short if r.start >= extent[0] - SAME and r.end <= extent[1] + SAME]
            above = heading_above([line for line in lines if line.y < top], top, short, words)
            yield _Region(heights[start : at + 1], above, inside, short, is_open=end is not None and at == len(bands))
            start = None


def _open_end(lines: list[Line], words: TableWords) -> float | None:
    """Where a body of figures ends that stands under the last rule; None where there is none."""
    ends: list[float] = []
    before = lines[0] if lines else None
    for line in lines:
        if before is None or line.y - before.y > FAR * line.size or is_apart(line, words):
            break
        if is_of_figures(line):
            ends.append(line.y + line.size)
        elif has_columns(line) and not ends:
            break
        before = line
    return ends[-1] if len(ends) >= MIN_ROWS else None


def _is_of_table(lines: list[Line], extent: Interval, words: TableWords) -> bool:
    """True where lines between two rules have columns, and none is running text or a caption."""
    width = extent[1] - extent[0]
    with_columns = sum(map(has_columns, lines))
    if not with_columns or with_columns < TELLING * len(lines):
        return False
    alone = [line for line in lines if len(texts_of(line)) == 1 and not has_columns(line)]
    if sum(line.pieces[-1].x1 - line.pieces[0].x0 > PROSE * width for line in alone) > 0.1 * len(lines):
        return False
    return not any(is_apart(line, words) for line in lines)


def _heading(lines: list[Line], rules: list[float]) -> list[Line]:
    """The lines above the first rule, where more stands below it; else those above the first line of figures."""
    above = [line for line in lines if line.y - 0.3 * line.size <= rules[1]] if len(rules) > 2 else lines
    below = lines[len(above) :]
    if below and sum(map(is_of_figures, above)) <= min(2, sum(map(is_of_figures, below))):
        return above
    first = next((at for at, line in enumerate(lines) if is_of_figures(line)), 0)
    while first and not has_columns(lines[first - 1]):
        first -= 1
    return lines[:first]
