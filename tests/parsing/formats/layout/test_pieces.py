"""Lines cut at the gaps between columns."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.layout.pieces import line_of
from gongkai.parsing.formats.layout.typesetting import Run


def _runs(*placed: tuple[float, str]) -> list[Run]:
    return [Run(text, x, 100, [10.0 * index for index in range(len(text))], 10) for x, text in placed]


@pytest.mark.parametrize(
    ("runs", "pieces"),
    [
        (_runs((0, "教育"), (25, "支出")), ["教育支出"]),
        (_runs((0, "教育"), (33, "支出")), ["教育", "支出"]),
        (_runs((0, "208"), (27, "社会保障")), ["208", "社会保障"]),
        (_runs((0, "12"), (17, "月")), ["12月"]),
        (_runs((40, "1.00"), (0, "工资")), ["工资", "1.00"]),
        ([Run("工资1.00", 0, 100, [0, 10, 60, 65, 70, 75], 10)], ["工资", "1.00"]),
    ],
    ids=["close", "apart", "behind a code", "behind a number", "order", "gap inside a run"],
)
def test_pieces(runs: list[Run], pieces: list[str]) -> None:
    assert [piece.text for piece in line_of(runs).pieces] == pieces


def test_lines_with_amounts() -> None:
    assert line_of(_runs((0, "工资"), (60, "1.00"))).has_amounts
    assert not line_of(_runs((0, "工资"), (60, "2025"))).has_amounts
    assert not line_of(_runs((60, "1.00"))).has_amounts
