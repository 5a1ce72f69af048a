"""The heading of a table without rules between its columns: which columns each of its texts heads.

A text that a piece of rule underlines heads the columns over that piece; one wider than a column heads those it is
centred over.  What stands under each other in one column, with neither between, is one text.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
from collections.abc import Sequence

from gongkai.parsing.formats.layout.columns import Interval, texts_of
from gongkai.parsing.formats.layout.pieces import Line, Piece
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.spans import Span

REACH = 2.0
"""Points by which a column may stand out from under the rule that underlines its heading."""

LEAST = 0.5
"""Points of white space that part the headings of two columns."""


@dataclasses.dataclass(slots=True)
class _Group:
    """A text that heads several columns, or one with a rule under it, and the height down to which it does."""

    first: int
    last: int
    bottom: float
    words: list[Piece]


def heading_cells(
    lines: Sequence[Line], columns: Sequence[Interval], pieces: Sequence[Rule]
) -> tuple[int, list[tuple[Span, list[Piece]]]]:
    """(rows, cells with their words) of a heading of ``lines``; ``pieces`` are the short rules in it."""
    groups, free = _groups(lines, columns, pieces)
    alone: dict[int, list[Piece]] = {}
    for word, column in free:
        alone.setdefault(column, []).append(word)
    depth = {id(group): _depth(group, groups) for group in groups}
    levels = [
        max((depth[id(group)] + 1 for group in groups if group.first <= at <= group.last), default=0)
        for at in range(len(columns))
    ]
    rows = max((level + (at in alone) for at, level in enumerate(levels)), default=1)
    cells = [(Span(depth[id(group)], group.first, 1, group.last - group.first + 1), group.words) for group in groups]
    for at, level in enumerate(levels):
        if level < rows:
            cells.append((Span(level, at, rows - level), alone.get(at, [])))
        elif at in alone:
            next(words for span, words in cells if span.column <= at < span.column + span.columns).extend(alone[at])
    return rows, _filled_up(cells, rows, len(columns))


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


def _depth(group: _Group, groups: list[_Group]) -> int:
    above = [g for g in groups if g.bottom < group.bottom and g.first <= group.last and group.first <= g.last]
    return max((_depth(g, groups) + 1 for g in above), default=0)


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
    for line in others:
        for text in texts_of(line):
            parts = [
                list(part) for _, part in itertools.groupby(text, key=lambda word: bisect.bisect(cuts, word.middle))
            ]
            at = [bisect.bisect(cuts, part[0].middle) for part in parts]
            crossed = any(word.x0 + 0.5 < x < word.x1 - 0.5 for word in text for x in cuts)
            if (
                line is not others[-1]
                and (crossed or len(parts) > 1)
                and not _is_set_under(parts, at, columns, line.size)
            ):
                groups.append(_group_over(text, columns, cuts, line))
            else:
                free += [(word, column) for part, column in zip(parts, at, strict=True) for word in part]
    return groups, free


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


def _is_set_under(parts: list[list[Piece]], at: list[int], columns: Sequence[Interval], size: float) -> bool:
    """True where most parts of a text begin, end or are centred where their columns do."""
    return sum(_is_set(part, columns[column], size) for part, column in zip(parts, at, strict=True)) * 2 > len(parts)


def _is_set(part: list[Piece], column: Interval, size: float) -> bool:
    x0, x1 = part[0].x0, part[-1].x1
    offs = (x0 - column[0], x1 - column[1], (x0 + x1 - column[0] - column[1]) / 2)
    return min(map(abs, offs)) <= 0.5 * size


def _group_over(text: list[Piece], columns: Sequence[Interval], cuts: list[float], line: Line) -> _Group:
    """The group of the columns that a text stands over."""
    first, last = bisect.bisect(cuts, text[0].x0 + 1), bisect.bisect(cuts, text[-1].x1 - 1)
    return _Group(first, last, line.y, list(text))


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
    best = min(
        itertools.combinations(range(first + 1, stop), len(texts) - 1),
        key=lambda cuts: sum(
            abs(_middle(text) - (columns[a][0] + columns[b - 1][1]) / 2)
            for text, (a, b) in zip(texts, itertools.pairwise([first, *cuts, stop]), strict=True)
        ),
    )
    groups = [
        _Group(a, b - 1, rule.at, list(text))
        for text, (a, b) in zip(texts, itertools.pairwise([first, *best, stop]), strict=True)
    ]
    for line, word in own:
        if line is not last:
            min(groups, key=lambda group: abs(_middle(group.words) - word.middle)).words.append(word)
    return groups


def _middle(words: Sequence[Piece]) -> float:
    return (words[0].x0 + words[-1].x1) / 2
