"""Amounts as horizontal bars on one scale, a row each, with what is not known shown as such."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from gongkai.viewer.charts.drawing_parts import LETTER, box, drawing, fitting, linked, text

WIDTH = 960.0
_LABEL = 260.0
_TOLD = 150.0
_STEP = 24.0


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """A row: ``amount`` None is not known, and is never drawn as zero; ``kind`` is one of six colours."""

    name: str
    amount: Decimal | None
    told: str
    address: str | None = None
    kind: int = 1


def bars(rows: Sequence[Bar], title: str, description: str) -> Markup:
    """The drawing; negative amounts go to the left of the line at zero."""
    known = [row.amount for row in rows if row.amount is not None]
    least, most = min([Decimal(0), *known]), max([Decimal(0), *known])
    room = WIDTH - _LABEL - _TOLD
    scale = room / (float(most - least) or 1)
    zero = _LABEL - float(least) * scale
    parts = (_bar(row, number * _STEP, zero, scale) for number, row in enumerate(rows))
    return drawing(WIDTH, max(len(rows), 1) * _STEP, title, description, parts)


def _bar(row: Bar, y: float, zero: float, scale: float) -> Markup:
    inside = Markup().join(_parts(row, y, zero, scale))
    return linked(row.address, f"{row.name}: {row.told}", inside)


def _parts(row: Bar, y: float, zero: float, scale: float) -> Iterator[Markup]:
    yield text(4, y + LETTER + 4, fitting(row.name, _LABEL - 2 * LETTER))
    end = zero
    if row.amount is not None:
        length = float(row.amount) * scale
        end = zero + max(length, 0)
        x, kind = min(zero, zero + length), f"bar bar-{row.kind}"
        yield box(x, y + 4, max(abs(length), 1), _STEP - 8, kind=kind, name=row.told)
    yield text(end + 6, y + LETTER + 4, row.told, "quiet" if row.amount is not None else "quiet missing")
