"""How the rows of a list nest by their numbers: 一、 over （一） over 1. over (1).

Forms without codes say by numbering which row is part of which.  The styles have no fixed order (some lists begin
with 1、), and a list inside a list may use the same style again (一、本年支出 over 一、一般公共服务支出): a row goes on
with the innermost list of its style whose next number it bears, and opens a new list when it bears the first.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

_STYLES = (
    re.compile(r"([一二三四五六七八九十]+)[、.．]"),
    re.compile(r"[(（]([一二三四五六七八九十]+)[)）]"),
    re.compile(r"(\d{1,2})[、.．](?!\d)"),
    re.compile(r"[(（](\d{1,2})[)）]"),
)
_OF_WHICH = re.compile(r"其中[:：]")
"""Printed before the first number of a list inside a list: 其中：（1）."""
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list: its number's style (index in ``_STYLES``) and value, None where it has no number."""

    row: int
    style: int | None
    number: int


@dataclasses.dataclass(slots=True)
class Outline:
    """The numbered rows of a list by the row they are part of; ``None`` holds those of the outermost list."""

    children: dict[int | None, list[int]]
    parents: dict[int, int | None]


def outline(rows: Sequence[tuple[int, str]]) -> Outline:
    """The outline of (row, name) pairs in order; rows without a number are in none."""
    found = Outline({None: []}, {})
    open_lists: list[list[int]] = []  # [style, last number, row of the last entry] from the outermost inwards
    for row, name in rows:
        entry = _entry(row, name)
        if entry.style is None:
            continue
        depth = _depth(open_lists, entry)
        if depth == len(open_lists):
            open_lists.append([entry.style, entry.number, row])
        else:
            del open_lists[depth + 1 :]
            open_lists[depth] = [entry.style, entry.number, row]
        parent = open_lists[depth - 1][2] if depth else None
        found.children.setdefault(parent, []).append(row)
        found.parents[row] = parent
    return found


def _depth(open_lists: Sequence[Sequence[int]], entry: Entry) -> int:
    """The open list an entry continues, innermost first; a new one where it continues none."""
    same = [depth for depth, (style, _, _) in enumerate(open_lists) if style == entry.style]
    following = [depth for depth in same if entry.number == open_lists[depth][1] + 1]
    if following:
        return following[-1]
    if entry.number > 1:
        later = [depth for depth in same if entry.number > open_lists[depth][1]]
        if later:
            return later[-1]
    return len(open_lists)


def _entry(row: int, name: str) -> Entry:
    for style, pattern in enumerate(_STYLES):
        if found := pattern.match(_OF_WHICH.sub("", name, count=1)):
            return Entry(row, style, _value(found.group(1)))
    return Entry(row, None, 0)


def is_numbered(name: str) -> bool:
    """Whether a name begins with a number of any style."""
    return any(pattern.match(name) for pattern in _STYLES)


def _value(digits: str) -> int:
    if digits.isascii():
        return int(digits)
    tens, ten, ones = digits.partition("十")
    if not ten:
        return _DIGITS.get(digits, 0)
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
