"""Amounts as horizontal bars on one scale, a row each, with what is not known shown as such."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from gongkai.viewer.charts.drawing_parts import LETTER, NARROW, WIDE, box, drawing, fitting, linked, text, width_of


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """A row: ``amount`` None is not known, and is never drawn as zero; ``kind`` is one of six colours."""

    name: str
    amount: Decimal | None
    told: str
    address: str | None = None
    kind: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class _Rows:
    """How rows are laid out: names before their bars, or above them where the drawing is narrow."""

    width: float
    label: float
    step: float
    bar: float
    """From the top of a row to the top of its bar."""


_BESIDE = _Rows(WIDE, 260.0, 24.0, 4.0)
_ABOVE = _Rows(NARROW, 0.0, 46.0, 22.0)
_THICK = 16.0


def bars(rows: Sequence[Bar], title: str, description: str) -> Markup:
    """The drawing; negative amounts go to the left of the line at zero."""
    return drawing(title, description, functools.partial(_laid_out, rows))


def _laid_out(rows: Sequence[Bar], width: float) -> tuple[float, list[Markup]]:
    layout = _ABOVE if width <= NARROW else _BESIDE
    known = [row.amount for row in rows if row.amount is not None]
    least, most = min([Decimal(0), *known]), max([Decimal(0), *known])
    told = max((width_of(row.told) for row in rows), default=0.0) + LETTER if layout is _BESIDE else 0.0
    scale = (layout.width - layout.label - told) / (float(most - least) or 1)
    zero = layout.label - float(least) * scale
    drawn = [_bar(row, number * layout.step, zero, scale, layout) for number, row in enumerate(rows)]
    return max(len(rows), 1) * layout.step, drawn


def _bar(row: Bar, y: float, zero: float, scale: float, layout: _Rows) -> Markup:
    """The link holds no text: a name that was cut to its room would not be the one that is read out."""
    length = None if row.amount is None else float(row.amount) * scale
    shapes = [box(1, y + 1, layout.width - 2, layout.step - 2, kind="row")]
    if length is not None:
        kind = f"bar bar-{row.kind}"
        shapes.append(box(min(zero, zero + length), y + layout.bar, max(abs(length), 1), _THICK, kind=kind))
    shown = linked(row.address, f"{row.name}: {row.told}", Markup().join(shapes))
    return shown + Markup().join(_texts(row, y + LETTER + 4, zero + max(length or 0.0, 0.0), layout))


def _texts(row: Bar, foot: float, end: float, layout: _Rows) -> Iterator[Markup]:
    quiet = "quiet" if row.amount is not None else "quiet missing"
    if layout is _ABOVE:
        yield text(4, foot, fitting(row.name, layout.width - 2 * LETTER - width_of(row.told)))
        yield text(layout.width - 4, foot, row.told, f"{quiet} end")
    else:
        yield text(4, foot, fitting(row.name, layout.label - 2 * LETTER))
        yield text(end + 6, foot, row.told, quiet)
