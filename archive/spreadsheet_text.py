"""Texts of documents in a CSV that people open with a spreadsheet: none is calculated."""

from __future__ import annotations

import re

_CALCULATED = re.compile(r"[\s\0]*[=+\-@|＝＋－＠]|[\t\r\n]")
"""Beginnings of a text that a spreadsheet takes for a formula or strips before it looks (OWASP, CSV injection)."""


def inert(text: str) -> str:
    """The text, with an apostrophe before one that a spreadsheet would calculate."""
    return f"'{text}" if _CALCULATED.match(text) else text
