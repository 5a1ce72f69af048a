"""Words by which a table is told where nothing is ruled; formats know none, whoever knows the documents gives them."""

from __future__ import annotations

import dataclasses
import re

_ANY = re.compile(r"\S")
_NONE = re.compile(r"(?!)")
AMOUNT = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?(?<!\d)\d+\.\d{1,6}")
_SENTENCE_END = re.compile("[。；]$")


@dataclasses.dataclass(frozen=True, slots=True)
class TableWords:
    """Patterns that stand in a table's heading, in captions above and between tables, for a total and for an amount.

    As given by default any text may be a heading, only the end of a sentence tells what is no part of a table, and an
    amount has a decimal point or separators.
    """

    heading: re.Pattern[str] = _ANY
    caption: re.Pattern[str] = _NONE
    total: re.Pattern[str] = _NONE
    amount: re.Pattern[str] = AMOUNT

    def is_heading(self, text: str) -> bool:
        """True for a text that heads a column; printers spread its characters (``total  sum``)."""
        return self.heading.search(text.replace(" ", "")) is not None

    def is_apart(self, text: str) -> bool:
        """True for a caption, and for the end of a sentence: neither belongs to a table."""
        return self.caption.search(text) is not None or _SENTENCE_END.search(text) is not None

    def is_total(self, text: str) -> bool:
        """True for the heading of a total, white space aside."""
        return self.total.fullmatch("".join(text.split())) is not None


NO_WORDS = TableWords()
"""For callers that know nothing of the documents they read."""
