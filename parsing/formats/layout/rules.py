"""Ruling lines: the pieces that programs draw, joined to rules.

Office programs draw rules as strokes, as thin filled rectangles (one per cell border, often doubled one or two points
apart), as rectangles round each cell, or dashed.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable, Iterable
from typing import NamedTuple

SNAP = 2.0
"""Rules closer than this are one rule drawn twice: Word doubles its borders 1-2 pt apart."""

JOIN = 3.0
"""Pieces of one rule with a gap up to this are one piece: dashes, and borders drawn cell by cell."""

TOUCH = 3.0
"""How far a rule may end short of the rule it meets."""


class Rule(NamedTuple):
    """A horizontal rule at height ``at`` from x ``start`` to ``end``; or a vertical one, axes exchanged."""

    at: float
    start: float
    end: float


new_rule: Callable[[tuple[float, float, float]], Rule] = functools.partial(tuple.__new__, Rule)
"""A rule of its three numbers.  Pages have hundreds, and a named tuple's own constructor takes twice as long."""


def joined(pieces: Iterable[Rule]) -> list[Rule]:
    """Pieces of the same rule joined: heights within ``SNAP`` made one, gaps up to ``JOIN`` closed, dots dropped.

    Ascending by their heights.
    """
    rules: list[Rule] = []
    for group in _clusters(sorted(pieces, key=_HEIGHT)):
        if len(group) > 1:
            rules += _one_by_one(group)
        else:
            rules += group
    return [rule for rule in rules if rule[2] - rule[1] > TOUCH]


def _clusters(pieces: list[Rule]) -> list[list[Rule]]:
    """Runs of rules, each within ``SNAP`` of the one before and of twice that altogether."""
    clusters: list[list[Rule]] = []
    first = before = -math.inf
    for piece in pieces:
        at = piece.at
        if at - before > SNAP or at - first > 2 * SNAP:
            clusters.append([piece])
            first = at
        else:
            clusters[-1].append(piece)
        before = at
    return clusters


def _one_by_one(group: list[Rule]) -> list[Rule]:
    """The rules that pieces on (almost) one height make."""
    rules: list[Rule] = []
    at = (group[0].at + group[-1].at) / 2
    group.sort(key=_BEGINNING)
    _, start, end = group[0]
    for _, begin, stop in group:
        if begin > end + JOIN:
            rules.append(new_rule((at, start, end)))
            start, end = begin, stop
        elif stop > end:
            end = stop
    rules.append(new_rule((at, start, end)))
    return rules


_HEIGHT, _BEGINNING = operator.itemgetter(0), operator.itemgetter(1)
