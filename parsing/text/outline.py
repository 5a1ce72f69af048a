"""Lists inside lists, told by the numbers of their rows: 一、 over （一） over 1. over (1).

Forms without codes say by numbering which row is part of which.  The styles have no fixed order (some lists begin
with 1、), and an inner list may use the style of the outer one again (一、本年支出 over 一、一般公共服务支出).  A row
goes on with the innermost list of its style whose next number it bears, and opens a new list when it bears the first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from gongkai.parsing.text.numbering import Enumerator, entry

MAX_OPEN = 40
"""Open lists that are remembered, innermost first.  Printed lists nest four or five deep; a document made to be slow
opens one with every row."""


@dataclasses.dataclass(slots=True)
class Outline:
    """The numbered rows of a list by the row they are part of; ``None`` holds those of the outermost list."""

    children: dict[int | None, list[int]]
    parents: dict[int, int | None]


def outline(rows: Sequence[tuple[int, str]]) -> Outline:
    """The outline of (row, name) pairs in order; rows without a number are in none."""
    read = Outline({None: []}, {})
    open_lists: list[tuple[int, Enumerator]] = []  # row and number of the last entry, from the outermost list inwards
    for row, name in rows:
        number = entry(name)
        if number is None:
            continue
        depth = _depth([last for _, last in open_lists], number)
        open_lists[depth:] = [(row, number)]
        parent = open_lists[depth - 1][0] if depth else None
        read.children.setdefault(parent, []).append(row)
        read.parents[row] = parent
        del open_lists[:-MAX_OPEN]
    return read


def _depth(open_lists: Sequence[Enumerator], number: Enumerator) -> int:
    """The open list that a number continues, innermost first; a new one where it continues none."""
    alike = [depth for depth, last in enumerate(open_lists) if last.style == number.style]
    following = [depth for depth in alike if number.number == open_lists[depth].number + 1]
    if following:
        return following[-1]
    later = [depth for depth in alike if number.number > open_lists[depth].number] if number.number > 1 else []
    return later[-1] if later else len(open_lists)
