"""Headings above a paragraph, and what they say of the amounts below them."""

from __future__ import annotations

import dataclasses
import functools

from gongkai.parsing.narrative.wordings import MONEY_FLOW, OTHER_PART, fund_in
from gongkai.vocabulary.dimensions import Fund


@dataclasses.dataclass(frozen=True)
class Headings:
    """The headings above a paragraph with their levels, outermost first, and how many there were before it in all."""

    above: tuple[tuple[int, str], ...] = ()
    section: int = 0

    def under(self, level: int, text: str) -> Headings:
        """The headings above what follows a heading of ``level``."""
        kept = (each for each in self.above if each[0] < level)
        return Headings((*kept, (level, text)), self.section + 1)

    @property
    def heading(self) -> str | None:
        return self.above[-1][1] if self.above else None

    @functools.cached_property
    def fund(self) -> Fund | None:
        """The fund the nearest heading names, else ``total`` where one speaks of revenue or expenditure at all."""
        texts = [text for _, text in reversed(self.above)]
        named = next((fund for text in texts if (fund := fund_in(text))), None)
        if named is not None:
            return named
        return "total" if any(MONEY_FLOW.search(text) for text in texts) else None

    @functools.cached_property
    def speaks_of_other_things(self) -> bool:
        """True under the heading of projects, definitions or tasks, or under a lesser heading (（一）) within one."""
        deepest = self.above[-1][0] if self.above else 0
        own = [text for level, text in self.above if level == deepest or (level > 1 and deepest > 2)]
        return any(OTHER_PART.search(text) for text in own)
