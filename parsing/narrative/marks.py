"""A sentence taken apart into the marks that a reader goes by.

*Items* are names, *numbers* figures and words for them, *reasons* the clauses that explain a change, *turns* the
brackets and semicolons at which the subject changes, *breaks* the punctuation that ends words that belong together.
Numbers inside a clause of purposes or reasons (主要用于…, 主要原因是…) are no marks, for the clause speaks of parts of
an item; nor are numbers that belong to an item's name (单价100万元以上设备).
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator

from gongkai.parsing.narrative.items import Item, items_in
from gongkai.parsing.narrative.numbers import Number, comparisons, declared_none, printed_numbers
from gongkai.parsing.narrative.reasons import end_of_parts
from gongkai.parsing.narrative.wordings import BREAK, CAUSE, NONE, REASON, SKIPPED

_TURN = re.compile(r"[();]")


@dataclasses.dataclass(frozen=True, slots=True)
class Reason:
    """A reason the sentence gives, where it begins, and where its further parts begin and end."""

    start: int
    text: str
    further: tuple[int, int]


class Marks:
    """The marks of one sentence, each kind in order and looked for when it is first asked for."""

    def __init__(self, text: str, category: str | None) -> None:
        self.text = text
        self._category = category

    @functools.cached_property
    def items(self) -> tuple[Item, ...]:
        """The items that the sentence names; of one without numbers mostly nobody asks."""
        return items_in(self.text, self._category)

    @functools.cached_property
    def reasons(self) -> list[Reason]:
        return [_reason(self.text, match) for match in REASON.finditer(self.text)]

    @functools.cached_property
    def numbers(self) -> list[Number]:
        stated = [*printed_numbers(self.text), *comparisons(self.text)]
        if NONE.search(self.text):
            stated += declared_none(self.text, self.items)
        if not stated:
            return []
        skipped = [match.span() for match in self._purposes()]
        skipped += [reason.further for reason in self.reasons]
        return sorted(
            (
                number
                for number in stated
                if not any(start <= number.start < end for start, end in skipped)
                and (number.kind == "none" or not self._in_an_item(number.start))
            ),
            key=lambda number: number.start,
        )

    def _purposes(self) -> Iterator[re.Match[str]]:
        """The clauses of purposes, but for words that are a part of an item's name (用于保障…正常运转的日常支出)."""
        purpose = SKIPPED.search(self.text)
        while purpose is not None:
            name = next((item for item in self.items if item.start <= purpose.start() < item.end), None)
            if name is None:
                yield purpose
            purpose = SKIPPED.search(self.text, purpose.end() if name is None else name.end)

    @functools.cached_property
    def _turns(self) -> list[tuple[int, str]]:
        turns = ((match.start(), match.group()) for match in _TURN.finditer(self.text))
        return [(start, letter) for start, letter in turns if not self._in_an_item(start)]

    def turns(self, start: int, end: int) -> Iterator[str]:
        """The brackets and semicolons between two positions that are no part of an item's name."""
        return (letter for position, letter in self._turns if start <= position < end)

    @functools.cached_property
    def _breaks(self) -> list[re.Match[str]]:
        return list(BREAK.finditer(self.text))

    def clause_start(self, end: int) -> int:
        """The start of the words before ``end`` that no punctuation parts."""
        return max((match.end() for match in self._breaks if match.start() < end), default=0)

    def words_start(self, start: int, end: int) -> int:
        """``clause_start``, not before ``start``; punctuation within an item's name (（境）) parts nothing."""
        return max(
            (
                match.end()
                for match in self._breaks
                if start <= match.start() < end and not self._in_an_item(match.start())
            ),
            default=start,
        )

    def _in_an_item(self, position: int) -> bool:
        return any(item.start <= position < item.end for item in self.items)

    def reason_of(self, number: Number) -> str | None:
        """The reason given behind a change, before the next figure that is no percentage."""
        reason = next((each for each in self.reasons if each.start >= number.end), None)
        if reason is None:
            return None
        figures = (each for each in self.numbers if each.start > number.end and each.kind != "percent")
        return None if any(each.start < reason.start for each in figures) else reason.text

    @property
    def reason_for_previous(self) -> Reason | None:
        """The reason that explains figures of sentences before, for it stands before all numbers of this one."""
        if not self.reasons or any(number.start < self.reasons[0].start for number in self.numbers):
            return None
        return self.reasons[0]

    def item_explained(self, reason: Reason) -> str | None:
        """The item whose change a sentence explains: 公务接待费减少的主要原因是…."""
        return next((item.item for item in self.items if item.end <= reason.start), None)


def _within_bracket(text: str, start: int, end: int) -> int:
    """The end of ``text[start:end]``, or the bracket within it that closes one opened before it."""
    depth = 0
    for position in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth < 0:
            return position
    return end


def _reason(text: str, found: re.Match[str]) -> Reason:
    start, end = found.span("reason")
    start += len(text[start:end]) - len(text[start:end].lstrip("，,。;:"))
    whole = _within_bracket(text, start, end_of_parts(text, start, end))
    return Reason(found.start(), CAUSE.sub("", text[start:whole].rstrip("，,。;:")), (end, whole))
