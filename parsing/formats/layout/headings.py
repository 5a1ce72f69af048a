"""The heading of a table without rules between its columns: which columns each of its texts heads.

A text that a piece of rule underlines heads the columns over that piece; one wider than a column heads those it is
centred over.  What stands under each other in one column, with neither between, is one text.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import math
from collections.abc import Sequence

from gongkai.parsing.formats.layout.columns import Interval, texts_of
from gongkai.parsing.formats.layout.pieces import Line, Piece
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.spans import Span

REACH = 2.0
"""Points by which a column may stand out from under the rule that underlines its heading."""

CENTRED = 0.3
"""Sizes by which the middle of a text may be off the middle of the columns it is centred over."""

LEAST = 0.5
"""Points of white space that part the headings of two columns."""


@dataclasses.dataclass(slots=True)
class _Group:
    """A text that heads several columns, or one with a rule under it, and the height down to which it does."""

    first: int
    last: int
    bottom: float
    words: list[Piece]

    def is_over(self, other: _Group) -> bool:
        """True where both head a column."""
        return self.first <= other.last and other.first <= self.last


def heading_cells(
    lines: Sequence[Line], columns: Sequence[Interval], pieces: Sequence[Rule]
) -> tuple[int, list[tuple[Span, list[Piece]]]]:
    """(rows, cells with their words) of a heading of ``lines``; ``pieces`` are the short rules in it."""
    groups, free = _groups(lines, columns, pieces)
    alone: dict[int, list[Piece]] = {}
    for word, column in free:
        alone.setdefault(column, []).append(word)
    groups.sort(key=lambda group: group.bottom)
    depths = _depths(groups)
    levels = [
        max(
            (depth + 1 for group, depth in zip(groups, depths, strict=True) if group.first <= at <= group.last),
            default=0,
        )
        for at in range(len(columns))
    ]
    rows = max((level + (at in alone) for at, level in enumerate(levels)), default=1)
    cells = [
        (Span(depth, group.first, 1, group.last - group.first + 1), group.words)
        for group, depth in zip(groups, depths, strict=True)
    ]
    for at, level in enumerate(levels):
        if level < rows:
            cells.append((Span(level, at, rows - level), alone.get(at, [])))
        elif at in alone:
            next(words for span, words in cells if span.column <= at < span.column + span.columns).extend(alone[at])
    return rows, _filled_up(cells, rows, len(columns))


def headed(columns: Sequence[Interval], lines: Sequence[Line], pieces: Sequence[Rule]) -> list[Interval] | None:
    """The columns of a body with those that hold nothing but a heading.

    Where as many headings as columns stand in the same order, a heading beside its column is its own.  None where a
    heading stands over no column and a column under no heading, so that they may belong together.
    """
    headings = _headings(lines, pieces)
    blank = [each for each in headings if not any(map(_overlap, itertools.repeat(each), columns))]
    headless = [each for each in columns if not any(map(_overlap, itertools.repeat(each), headings))]
    if not blank:
        return list(columns)
    if not headless:
        return sorted([*columns, *blank])
    if len(headings) != len(columns):
        return None
    wide = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(columns, headings, strict=True)]
    return wide if all(a[1] < b[0] for a, b in itertools.pairwise(wide)) else None


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _headings(lines: Sequence[Line], pieces: Sequence[Rule]) -> list[Interval]:
    """Where the headings of single columns stand: texts under each other are one, a text over several is none."""
    found: list[Interval] = []
    for line in reversed(lines):
        for text in texts_of(line):
            own = (text[0].x0, text[-1].x1)
            under = [each for each in found if _overlap(each, own)]
            if len(under) > 1 or any(_is_over(word, rule) and line.y <= rule.at for word in text for rule in pieces):
                continue
            if not under and _is_centred_over(own, found, CENTRED * line.size):
                continue
            for each in under:
                found.remove(each)
            found.append((min(x for x, _ in (own, *under)), max(x for _, x in (own, *under))))
    return sorted(found)


def _is_centred_over(text: Interval, headings: list[Interval], near: float) -> bool:
    """True for a text over the gap between neighbours that it may head together."""
    left = [each for each in headings if each[1] <= text[0]]
    right = [each for each in headings if each[0] >= text[1]]
    middle = (text[0] + text[1]) / 2
    return any(abs((a[0] + b[1]) / 2 - middle) <= near for a in left for b in right)


def _filled_up(cells: list[tuple[Span, list[Piece]]], rows: int, columns: int) -> list[tuple[Span, list[Piece]]]:
    """The cells with blank ones at the positions that none covers."""
    covered = {
        (row, column)
        for span, _ in cells
        for row in range(span.row, span.row + span.rows)
        for column in range(span.column, span.column + span.columns)
    }
    blank = [place for place in itertools.product(range(rows), range(columns)) if place not in covered]
    return sorted([*cells, *((Span(row, column), []) for row, column in blank)], key=lambda cell: cell[0])


def _depths(groups: list[_Group]) -> list[int]:
    """How many groups stand over each other over each, from the top."""
    depths: list[int] = []
    for at, group in enumerate(groups):
        over = (depths[n] + 1 for n, g in enumerate(groups[:at]) if g.bottom < group.bottom and g.is_over(group))
        depths.append(max(over, default=0))
    return depths


_Free = list[tuple[Piece, int]]
"""Words that head one column, with that column."""


def _groups(lines: Sequence[Line], columns: Sequence[Interval], pieces: Sequence[Rule]) -> tuple[list[_Group], _Free]:
    left = [(line, word) for line in lines for word in line.pieces]
    groups: list[_Group] = []
    for rule in sorted(pieces):
        under = [at for at, column in enumerate(columns) if _is_under(column, rule)]
        own = [(line, word) for line, word in left if line.y <= rule.at + 1 and _is_over(word, rule)]
        if not under or not own:
            continue
        taken = {id(word) for _, word in own}
        left = [(line, word) for line, word in left if id(word) not in taken]
        groups += _shared_groups(own, columns, under, rule)
    others = [dataclasses.replace(line, pieces=[word for own, word in left if own is line]) for line in lines]
    cuts = _cuts(others, columns)
    free: _Free = []
    below: _Headed = []
    for line in reversed(others):
        here = [(bisect.bisect(cuts, word.middle), word) for word in line.pieces]
        for text in texts_of(line):
            group = _told_by_place(text, columns, cuts, below)
            if group is None and not pieces:
                group = _alone_over(text, columns, cuts, below, {at for at, _ in here})
            if group:
                groups.append(_Group(*group, line.y, list(text)))
            else:
                free += [(word, bisect.bisect(cuts, word.middle)) for word in text]
        below += here
    free.sort(key=lambda each: each[0].runs[0].y)
    return groups, free


def _told_by_place(
    text: list[Piece], columns: Sequence[Interval], cuts: list[float], below: _Headed
) -> tuple[int, int] | None:
    """(first, last) of the columns that a text over several heads; None where each of its parts heads one.

    Parts that begin, end or are centred just where their columns do are texts of their own; else a text centred over
    its columns heads them all.
    """
    size = text[0].runs[0].size
    first, last = bisect.bisect(cuts, text[0].x0 + 1), bisect.bisect(cuts, text[-1].x1 - 1)
    if first == last:
        return None
    is_centred = abs(_middle(text) - (columns[first][0] + columns[last][1]) / 2) <= CENTRED * size
    parts = [list(part) for _, part in itertools.groupby(text, key=lambda word: bisect.bisect(cuts, word.middle))]
    near = (0.5 * CENTRED if is_centred else 0.5) * size
    own = sum(_is_set(part, columns[bisect.bisect(cuts, part[0].middle)], near) for part in parts)
    return (first, last) if own * 2 <= len(parts) and (below or is_centred) else None


def _alone_over(
    text: list[Piece], columns: Sequence[Interval], cuts: list[float], below: _Headed, taken: set[int]
) -> tuple[int, int] | None:
    """(first, last) of the columns that a text over one heads because it is centred over it and its neighbours.

    These have texts of their own further down and none beside this one; a text set as the column or the text under it
    is that column's.
    """
    column, near = bisect.bisect(cuts, text[0].middle), CENTRED * text[0].runs[0].size
    under = [word for at, word in below if at == column]
    if not under or _is_set(text, columns[column], 0.5 * near):
        return None
    if _is_set(text, (min(word.x0 for word in under), max(word.x1 for word in under)), near):
        return None
    headed = {at for at, _ in below} - (taken - {column})
    first = last = column
    while first - 1 in headed:
        first -= 1
    while last + 1 in headed:
        last += 1
    choices = [(a, b) for a in range(first, column + 1) for b in range(column, last + 1) if a < b]
    off = {each: abs((columns[each[0]][0] + columns[each[1]][1]) / 2 - _middle(text)) for each in choices}
    best = min(choices, key=off.__getitem__, default=None)
    return best if best and off[best] <= near else None


_Headed = list[tuple[int, Piece]]
"""Words further down in a heading, with the column each stands over."""


def _cuts(lines: Sequence[Line], columns: Sequence[Interval]) -> list[float]:
    """Where the headings of neighbouring columns part: in white space that most lines leave there, from below."""
    cuts: list[float] = []
    for left, right in itertools.pairwise(columns):
        free = [(left[0] + left[1]) / 2, (right[0] + right[1]) / 2]
        spaces = [(free[0], free[1])]
        for line in reversed(lines):
            narrowed = _without_words(spaces, line)
            spaces = narrowed or spaces
        inside = [space for space in spaces if space[1] > left[1] - 1 and space[0] < right[0] + 1] or spaces
        start, end = max(inside, key=lambda space: space[1] - space[0])
        cuts.append((max(start, min(left[1], end)) + min(end, max(right[0], start))) / 2)
    return cuts


def _without_words(spaces: list[Interval], line: Line) -> list[Interval]:
    """The parts of spaces that no word of a line stands in."""
    for word in line.pieces:
        parts = [((x0, min(x1, word.x0)), (max(x0, word.x1), x1)) for x0, x1 in spaces]
        spaces = [space for pair in parts for space in pair if space[1] - space[0] > LEAST]
    return spaces


def _is_set(part: list[Piece], column: Interval, near: float) -> bool:
    """True where a text begins, ends or is centred where a column does."""
    x0, x1 = part[0].x0, part[-1].x1
    return min(abs(x0 - column[0]), abs(x1 - column[1]), abs((x0 + x1 - column[0] - column[1]) / 2)) <= near


def _is_under(column: Interval, rule: Rule) -> bool:
    return rule.start - REACH <= (column[0] + column[1]) / 2 <= rule.end + REACH


def _is_over(word: Piece, rule: Rule) -> bool:
    return rule.start - REACH <= word.middle <= rule.end + REACH


def _shared_groups(
    own: list[tuple[Line, Piece]], columns: Sequence[Interval], under: list[int], rule: Rule
) -> list[_Group]:
    """The texts over one piece of rule, each with those of the columns under it whose middle is nearest to its own."""
    last = max((line for line, _ in own), key=lambda line: line.y)
    texts = texts_of(dataclasses.replace(last, pieces=[word for line, word in own if line is last]))
    first, stop = under[0], under[-1] + 1
    if len(texts) > len(under):
        texts = [[word for text in texts for word in text]]
    best = _parted(tuple(map(_middle, texts)), [columns[at] for at in under])
    edges = [first, *(first + cut for cut in best), stop]
    groups = [
        _Group(a, b - 1, rule.at, list(text)) for text, (a, b) in zip(texts, itertools.pairwise(edges), strict=True)
    ]
    for line, word in own:
        if line is not last:
            min(groups, key=lambda group: abs(_middle(group.words) - word.middle)).words.append(word)
    return groups


def _parted(middles: Sequence[float], columns: Sequence[Interval]) -> list[int]:
    """Where to cut columns into as many groups as there are texts, so that their middles are nearest to the texts'."""
    nowhere: tuple[float, list[int]] = (math.inf, [])
    ends: list[list[tuple[float, list[int]]]] = [[(0.0, []), *[nowhere] * len(columns)]]
    for middle in middles:
        before = ends[-1]
        ends.append([nowhere])
        for stop in range(1, len(columns) + 1):
            off = ((before[a][0] + abs((columns[a][0] + columns[stop - 1][1]) / 2 - middle), a) for a in range(stop))
            cost, start = min(off)
            ends[-1].append((cost, [*before[start][1], start]))
    return ends[-1][-1][1][1:]


def _middle(words: Sequence[Piece]) -> float:
    return (words[0].x0 + words[-1].x1) / 2
