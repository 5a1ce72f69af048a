"""Text that does not stay in its cell: lines that fall below it, and what a rule goes through.

Spreadsheets clip a text at its cell's floor, so that nobody sees the line below it; in the file it is there, over the
text of the next row.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Sequence

from gongkai.parsing.formats.layout.lattice import Lattice
from gongkai.parsing.formats.layout.typesetting import DOUBLED, Run
from gongkai.parsing.text.grid import Doubt

STRUCK_LOW, STRUCK_HIGH = 0.2, 0.6
"""Heights above the baseline in sizes between which a rule goes through text; nearer its edges it only touches it."""

OVERLAP = 0.65
"""Distance of two baselines in sizes below which lines print over each other."""

ALIKE = 0.8
"""Ratio of two type sizes below which the smaller one is a raised or lowered mark."""

PITCH = (0.9, 2.0)
"""Distance of the baselines of a text's lines in sizes."""

SHOWN = 10
"""Texts that an issue names."""

_REASON = "text stands across a rule or over another text; it was given to the cell it begins in or has most of"

Texts = dict[int, list[Run]]
"""The runs of each cell by the index of its span."""


def doubts_of(runs: Sequence[Run], page: int) -> list[Doubt]:
    """A doubt that names texts which may belong to two cells each, and their places; none where there are none."""
    if not runs:
        return []
    told = [f"{run.text!r} at {run.x + run.offsets[0]:.0f}, {run.y:.0f}" for run in runs[:SHOWN]]
    more = [f"{len(runs) - SHOWN} more"] if len(runs) > SHOWN else []
    return [Doubt("text_crosses_rule", f"{_REASON}: {'; '.join([*told, *more])}", page)]


def struck(lattice: Lattice, texts: Texts) -> list[Run]:
    """The upright runs that a rule between two rows goes through."""
    ys, spans = lattice.ys, lattice.spans
    first, last = ys[0], ys[-1]
    found: list[Run] = []
    for index, runs in texts.items():
        row, _, rows, _ = spans[index]
        top, bottom = ys[row], ys[row + rows]
        for run in runs:
            y, size = run.y, run.size
            if y - STRUCK_HIGH * size < top or y - STRUCK_LOW * size > bottom:
                edge = top if y - STRUCK_HIGH * size < top else bottom
                if run.direction == 0 and first < edge < last:
                    found.append(run)
    return found


def put_back(lattice: Lattice, texts: Texts) -> list[Run]:
    """Move lines that fell below their cells back into them; the lines over others that are nobody's.

    A line over another one of its cell belongs to the text above whose next line it is.
    """
    unknown: list[Run] = []
    # Rows from top to bottom, since a cell's own text is known only without the line that fell into it.
    for index in sorted([index for index, runs in texts.items() if len(runs) > 1]):
        for one, other in _overlapping(texts[index]):
            fallen = _fallen(lattice, texts, index, (one, other))
            if fallen is None:
                unknown.append(other)
                continue
            run, above = fallen
            texts[index] = [each for each in texts[index] if each is not run]
            texts[above].append(run)
    return unknown


def _overlapping(runs: list[Run]) -> list[tuple[Run, Run]]:
    """The pairs of a cell's upright runs whose ink lies over each other, and is not the same text printed twice."""
    ordered = sorted((run for run in runs if run.direction == 0), key=_HEIGHT)
    return [(one, other) for one, other in itertools.pairwise(ordered) if _is_over(one, other)]


_HEIGHT = operator.attrgetter("y", "x")


def _is_over(one: Run, other: Run) -> bool:
    size = min(one.size, other.size)
    if other.y - one.y >= OVERLAP * size or size < ALIKE * max(one.size, other.size):
        return False
    if one.text.strip() == other.text.strip() and abs(one.ends()[0] - other.ends()[0]) <= 2 * DOUBLED * size:
        return False
    near = size * (0.25 if other.y - one.y > DOUBLED * size else 0.12)  # narrow letters of one line stand close
    inked = [_inked(run) for run in (one, other)]
    return any(abs(x - place) < near for x in inked[0] for place in inked[1])


def _inked(run: Run) -> list[float]:
    """Where each character of a run begins but its spaces, which have no ink."""
    return [run.x + offset for offset, each in zip(run.offsets, run.text, strict=True) if not each.isspace()]


def _fallen(lattice: Lattice, texts: Texts, index: int, pair: tuple[Run, Run]) -> tuple[Run, int] | None:
    """Which of two runs goes on with the text of the cell above, and the index of that cell.

    Rows are drawn one after the other, so that only the run drawn first can be of the row above.
    """
    span = lattice.spans[index]
    above = next(
        (
            at
            for at, other in enumerate(lattice.spans)
            if other.row + other.rows == span.row and (other.column, other.columns) == (span.column, span.columns)
        ),
        None,
    )
    if above is None or not texts.get(above):
        return None
    run = next(run for run in texts[index] if run is pair[0] or run is pair[1])
    return (run, above) if _goes_on(max(texts[above], key=_HEIGHT), run) else None


def _goes_on(last: Run, run: Run) -> bool:
    """True for a run that begins below another one, where its next line would."""
    low, high = PITCH
    return low * run.size <= run.y - last.y <= high * run.size and abs(run.ends()[0] - last.ends()[0]) <= run.size
