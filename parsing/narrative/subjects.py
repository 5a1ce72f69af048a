"""Subjects of the numbers in a sentence: the item named last, in each bracket its own."""

from __future__ import annotations

from gongkai.parsing.narrative.claim import Mention
from gongkai.parsing.narrative.wordings import LISTED


class Subjects:
    """The items a sentence has spoken of so far, beginning with the one carried over from the sentence before."""

    def __init__(self, carried: Mention | None) -> None:
        self._open: list[Mention | None] = [carried]
        """The subject within each open bracket, outermost first."""
        self._compared: Mention | None = None
        """The one item of which several numbers stand before a semicolon: 预算为5万元，支出决算为4万元；较上年减少….

        Behind a single number a comparison may be one of the whole that the item is a part of.
        """
        self._stated = 0
        """Numbers stated so far."""
        self._spoken_of: list[Mention] = []
        self._outside_brackets: list[Mention] = []
        self._head_end = 0

    @property
    def current(self) -> Mention | None:
        return self._open[-1]

    @property
    def head(self) -> Mention | None:
        """The first item outside brackets, whose parts may follow."""
        return self._outside_brackets[0] if self._outside_brackets else None

    @property
    def only(self) -> Mention | None:
        """The one item named so far; None where there is none or another."""
        return self._spoken_of[0] if len(self._spoken_of) == 1 else None

    def last_of(self, item: str) -> Mention | None:
        """The last naming of an item; None where it was not named."""
        return next((mention for mention in reversed(self._spoken_of) if mention.item == item), None)

    @property
    def is_any(self) -> bool:
        """True once a number was stated of an item."""
        return bool(self._spoken_of)

    def turn(self, mark: str) -> None:
        """Brackets open and close a subject of their own; a semicolon ends the one before it."""
        if mark == "(":
            self._open.append(self._open[-1])
        elif mark == ")" and len(self._open) > 1:
            self._open.pop()
        elif mark == ";":
            subject = self.current
            is_alone = len(self._open) == 1 < self._stated and all(each is subject for each in self._spoken_of)
            self.drop()
            self._compared = subject if is_alone else None

    def drop(self) -> None:
        """Nobody is spoken of any more: something else came between."""
        self._open[-1] = self._compared = None

    @property
    def compared(self) -> Mention | None:
        """The item that a comparison speaks of which names none."""
        return self.current or self._compared

    @property
    def before_bracket(self) -> Mention | None:
        """The item before a bracket that the sentence leaves open; None where it leaves none open."""
        return self._open[0] if len(self._open) > 1 else None

    def name(self, mention: Mention, end: int) -> None:
        """Take in an item whose name ends at ``end``."""
        self._open[-1], self._compared = mention, None
        self._head_end = self._head_end or end
        self._spoken_of.append(mention)
        if len(self._open) == 1:
            self._outside_brackets.append(mention)

    def go_on_with(self, mention: Mention) -> None:
        """Take in a further number of an item, which the sentence itself may not have named."""
        self._stated += 1
        if mention not in self._spoken_of:
            self._spoken_of.append(mention)
            self._outside_brackets.append(mention)

    def of_next(self, text: str) -> Mention | None:
        """The subject of a following sentence that names none: the first item, where the others are its parts."""
        head = self.head or self._spoken_of[0]
        alone = all(each is head for each in self._spoken_of)
        return head if alone or LISTED.search(text, self._head_end) else None
