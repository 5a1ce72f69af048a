"""Text that is struck out: words and amounts that a correction took back, and that are left out of what is read.

Readers mark it (``struck``) where they meet it, and take it out (``StruckOut.without``) once a line or cell is whole.
"""

from __future__ import annotations

import re

from gongkai.parsing.text.grid import Doubt

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Noncharacters of Unicode, which no text holds, around a struck piece."""
_PIECE = re.compile(f"(?:{_OPEN}[^{_OPEN}{_CLOSE}]*{_CLOSE})+")
_REASON = "what stands in brackets is struck out and was left out"
_MARKS = dict.fromkeys(map(ord, (_OPEN, _CLOSE)))

SHOWN = 10
"""Lines and cells with struck text that an issue names."""
_BEFORE, _LONGEST = 20, 60
"""Letters before the struck text that an issue shows, and letters of the whole."""


def struck(text: str) -> str:
    """The text of a piece that is struck out, marked as such."""
    return f"{_OPEN}{text.translate(_MARKS)}{_CLOSE}"


class StruckOut:
    """Takes struck pieces out of a document's lines and cells, which come in reading order, and tells of them."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._count = 0
        self._before = ""
        """The line or cell with text that came last."""

    def without(self, text: str, place: str = "") -> str:
        """The text of a line or cell without its struck pieces; what is blank prints the same struck out or not.

        ``place`` says where it stands; without one, the text around it does, or else the line before.
        """
        if _OPEN not in text:
            left = text
        else:
            left = _PIECE.sub(_edges, text).translate(_MARKS)
            if any(piece[0].translate(_MARKS).strip() for piece in _PIECE.finditer(text)):
                self._count += 1
                self._told += [_told(text, place or ("" if left.strip() else self._before))][: SHOWN - len(self._told)]
        if left.strip():
            self._before = left
        return left

    def doubts(self) -> tuple[Doubt, ...]:
        """The doubt that names what was left out, and its places; none where nothing was."""
        if not self._count:
            return ()
        more = [f"+ {self._count - SHOWN}"] if self._count > SHOWN else []
        return (Doubt("struck_out", f"{_REASON}: {'; '.join([*self._told, *more])}"),)


def _edges(match: re.Match[str]) -> str:
    """The blanks at the edges of a struck piece and its breaks, which keep apart what stands before and behind it."""
    text = match[0].translate(_MARKS)
    if not (inner := text.strip()):
        return text
    before, after = text.split(inner, 1)
    return before + "".join(character for character in inner if character in "\n\t") + after


def _bracketed(match: re.Match[str]) -> str:
    text = match[0].translate(_MARKS)
    return f"[{text}]" if text.strip() else text


def _line(text: str) -> str:
    return " ".join(text.split())


def _told(text: str, place: str) -> str:
    """A line with its struck pieces in brackets behind its place, what stands far from them cut off."""
    near = text[max(text.index(_OPEN) - _BEFORE, 0) :]
    shown = _line(_PIECE.sub(_bracketed, near).translate(_MARKS))[:_LONGEST]
    return repr(f"{_line(place)[-_BEFORE:]} {shown}".strip())
