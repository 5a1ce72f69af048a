"""How large a picture is that is a page of its own, in the points that boxes of the lake are told in.

Dots per inch that pictures declare are mostly their software's default, so a page is taken for A4.
"""

from __future__ import annotations

A4 = 595.0, 842.0
"""Sides of the paper that a page without a size of its own is taken for."""

LONGEST_PAGE = 2.0
"""A picture longer than this many times its breadth is a strip of pages."""


def dots_per_point(width: int, height: int) -> float:
    """Dots of a picture to the point: its longer side is A4's, or, of a strip of pages, its shorter side."""
    longer, shorter = max(width, height), min(width, height)
    return shorter / A4[0] if longer > LONGEST_PAGE * shorter else longer / A4[1]
