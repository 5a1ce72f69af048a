"""The content of a PDF page as plain values, and the errors that keep a page from being read."""

from __future__ import annotations

import dataclasses

from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.typesetting import Run

MAX_OBJECTS = 300_000
"""Characters or objects of one page; a printed page of tables has some 10,000."""


class OverfullPageError(Exception):
    """Raised when a page holds more than ``MAX_OBJECTS`` things."""


class DamagedPageError(Exception):
    """Raised when the engine cannot load a page."""


@dataclasses.dataclass(slots=True)
class PageContent:
    """A page as shown: size in points, characters, rules, and the share of it that pictures cover (0 to 1)."""

    width: float
    height: float
    runs: list[Run]
    horizontals: list[Rule]
    verticals: list[Rule]
    pictures: float = 0.0
    paths: int = 0
    set_aside: str = ""
    """Words laid over the page as a watermark, which are not among ``runs``."""
    is_sealed: bool = False
    """True where the text of a seal in red is among ``set_aside``."""
    differing: list[str] = dataclasses.field(default_factory=list)
    """Form fields that show another text than their value, each as it is said."""
