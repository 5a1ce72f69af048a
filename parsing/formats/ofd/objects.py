"""Text objects and path data of OFD as plain values: placed characters, runs of straight lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.parsing.formats.layout.typesetting import ADVANCE
from gongkai.parsing.formats.ofd.elements import local_name, numbers_of
from gongkai.parsing.text.font_forms import readable

_COMMAND = re.compile(r"([SMLQBAC])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Operators of abbreviated path data and how many numbers each takes."""

Point = tuple[float, float]


def placed_characters(element: etree._Element, size: float, stretch: float) -> Iterator[tuple[str, float, float]]:
    """(character, x, y) of each character of a text object, in its own space.

    A text code without X or Y goes on where the last one stood; characters without a stated advance follow each other
    by their usual width.
    """
    x = y = 0.0
    for code in (inner for inner in element if local_name(inner) == "TextCode"):
        x, y = (numbers_of(code.get("X")) or [x])[0], (numbers_of(code.get("Y")) or [y])[0]
        text = readable(code.text or "")
        xs, ys = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        at_x, at_y = x, y
        for index, character in enumerate(text):
            yield character, at_x, at_y
            usual = 0.0 if index < len(ys) else size * stretch * ADVANCE[character]
            at_x += xs[index] if index < len(xs) else usual
            at_y += ys[index] if index < len(ys) else 0.0


def _deltas(text: str | None, limit: int) -> list[float]:
    """Advances between characters; ``g 4 3.5`` stands for four times 3.5.  At most ``limit``."""
    deltas: list[float] = []
    words = iter((text or "").split())
    for word in words:
        run = [word]
        count = 1
        if word == "g":
            count_word, value = next(words, ""), next(words, "")
            count = int(count_word) if count_word.isascii() and count_word.isdigit() and len(count_word) < 7 else 0
            run = [value]
        if len(deltas) >= limit or not (number := numbers_of(run[0])):
            break
        deltas += number * min(count, limit - len(deltas))
    return deltas


def straight_lines(data: str) -> Iterator[list[Point]]:
    """The runs of straight lines in abbreviated path data; a curve ends one run and begins another."""
    points: list[Point] = []
    start: Point | None = None
    for operator, numbers in _operations(data):
        if operator == "C":
            if start is not None and points:
                points.append(start)
        elif operator == "L":
            points.append((numbers[0], numbers[1]))
        else:
            if len(points) > 1:
                yield points
            points = [(numbers[-2], numbers[-1])]
            if operator in "SM":
                start = points[0]
    if len(points) > 1:
        yield points


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    """(operator, its numbers); one with too few numbers ends the path."""
    operator = ""
    numbers: list[float] = []
    for match in _COMMAND.finditer(data):
        if match[1]:
            if operator:
                return
            operator, numbers = match[1], []
        elif operator and (number := numbers_of(match[2])):
            numbers += number
        if operator and len(numbers) == _ARGUMENTS[operator]:
            yield operator, numbers
            operator = ""
