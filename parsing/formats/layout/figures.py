"""Tables without any rules or known words: told by lines of figures that stand in several columns under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.parsing.formats.layout.columns import is_figure, may_hold_figures, worded_lines
from gongkai.parsing.formats.layout.lattice import Lattice
from gongkai.parsing.formats.layout.open_table import (
    FAR,
    MIN_ROWS,
    has_columns_of_figures,
    heading_above,
    is_apart,
    is_of_figures,
    open_table,
)
from gongkai.parsing.formats.layout.pieces import Line
from gongkai.parsing.formats.layout.typesetting import Run
from gongkai.parsing.formats.layout.unruled import Texts
from gongkai.parsing.formats.layout.words import TableWords

_DRAWN = re.compile(r"[-=_—]{4,}")
"""A rule typed with characters."""


def tables_of_figures(runs: Sequence[Run], words: TableWords) -> tuple[list[tuple[Lattice, Texts]], list[Run]]:
    """The tables that upright runs outside all rules make, each with its cells' runs; and the runs left over."""
    if not may_hold_figures(runs, MIN_ROWS):
        return [], list(runs)
    lines = worded_lines(run for run in runs if run.direction == 0)
    tables: list[tuple[Lattice, Texts]] = []
    taken: set[int] = set()
    for start, end in _stretches(lines, words):
        heading, rules = _heading(lines, start, words)
        body = lines[start:end]
        table = open_table(heading, body, (), ()) if heading and has_columns_of_figures(body) else None
        if table:
            tables.append(table)
            taken.update(id(run) for line in (*heading, *rules, *body) for run in line.runs)
    return tables, [run for run in runs if id(run) not in taken]


def _stretches(lines: list[Line], words: TableWords) -> Iterator[tuple[int, int]]:
    """(start, end) of lines of figures that follow each other, with no more than a line of text between."""
    start = last = None
    rows = 0
    for number, line in enumerate(lines):
        if start is None or last is None:
            near = False
        else:
            between = lines[last + 1 : number]
            near = len(between) <= 1 and not any(is_apart(each, words) for each in between) and all(
                below.y - above.y <= FAR * below.size
                for above, below in zip(lines[last:number], lines[last + 1 : number + 1], strict=True)
            )  # fmt: skip
        if _is_row(line):
            if not near:
                if start is not None and last is not None and rows >= MIN_ROWS:
                    yield start, last + 1
                start, rows = number, 0
            last = number
            rows += 1
    if start is not None and last is not None and rows >= MIN_ROWS:
        yield start, last + 1


def _is_row(line: Line) -> bool:
    return is_of_figures(line) and sum(is_figure(word.text) for word in line.pieces) > 1


def _heading(lines: list[Line], start: int, words: TableWords) -> tuple[list[Line], list[Line]]:
    """The lines that head a body, and a rule typed under them."""
    above = lines[:start]
    drawn = above[-1:] if above and _is_drawn(above[-1]) else []
    heading = heading_above(above[: len(above) - len(drawn)], (drawn or lines[start:])[0].y, (), words)
    return heading, drawn


def _is_drawn(line: Line) -> bool:
    return all(_DRAWN.fullmatch(word.text) for word in line.pieces)
