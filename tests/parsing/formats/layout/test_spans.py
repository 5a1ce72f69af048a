"""Walls between positions to cells."""

from __future__ import annotations

from gongkai.parsing.formats.layout.spans import Span, Walls, spans_of


def _walls(*rows: str) -> Walls:
    """By edge, ``x`` for a piece of wall."""
    return [bytearray(mark == "x" for mark in row) for row in rows]


def test_walls_everywhere() -> None:
    found = spans_of(_walls("xx", "xx", "xx"), _walls("xx", "xx", "xx"))
    assert found == [Span(0, 0), Span(0, 1), Span(1, 0), Span(1, 1)]


def test_a_missing_wall_joins_two_positions() -> None:
    assert spans_of(_walls("xx", "xx", "xx"), _walls("xx", ".x", "xx")) == [Span(0, 0, 1, 2), Span(1, 0), Span(1, 1)]
    assert spans_of(_walls("xx", ".x", "xx"), _walls("xx", "xx", "xx")) == [Span(0, 0, 2, 1), Span(0, 1), Span(1, 1)]


def test_a_piece_of_wall_inside_does_not_part_a_rectangle() -> None:
    floors, sides = _walls("xxx", "x..", "xxx"), _walls("xx", "..", "..", "xx")
    assert spans_of(floors, sides) == [Span(0, 0, 2, 3)]


def test_other_shapes_are_cut_into_their_rows() -> None:
    """Three positions of four hang together, so the two of the upper row are one cell."""
    floors, sides = _walls("xx", ".x", "xx"), _walls("xx", ".x", "xx")
    assert spans_of(floors, sides) == [Span(0, 0, 1, 2), Span(1, 0), Span(1, 1)]
