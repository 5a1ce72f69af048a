"""Reasons that go on under numbers: 主要原因：一是…；二是…。三是…, or 1.…；2.…, kept as they are printed.

Parts are counted: 二是 goes on with a reason whose last part is 一是, and no other number does.  Numbers like 2. go on
within a sentence alone, for they number paragraphs too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.narrative.wordings import FILE
from gongkai.parsing.text.numbering import enumerator
from gongkai.vocabulary.word_lists import any_of

_PART = re.compile(rf"(?:^|(?<=[，,;:。])){any_of(FILE, 'reason_part')}")
LONGEST = 1000
"""Letters of a reason to which no further part is added."""


def end_of_parts(text: str, start: int, end: int) -> int:
    """The end of the reason ``text[start:end]`` with the numbered parts that follow it behind semicolons."""
    while text[end : end + 1] == ";" and _is_next(text[start:end], text[end + 1 :]):
        stop = re.compile("[;。]|$").search(text, end + 1)
        if stop is None or stop.start() - start > LONGEST:
            break
        end = stop.start()
    return end


def _is_next(reason: str, following: str) -> bool:
    said = _PART.match(following)
    if said is not None:
        return _value(said) == _parts(reason) + 1 > 1
    first, after = enumerator(reason), enumerator(following)
    if first is None or after is None or first.style != after.style or first.number != 1:
        return False
    between = (enumerator(part) for part in reason.split(";"))
    return after.number == max(each.number for each in between if each and each.style == first.style) + 1


def _parts(reason: str) -> int:
    """How many parts 一是, 二是 … a reason has; 0 where it has none."""
    count = 0
    for part in _PART.finditer(reason):
        if _value(part) != count + 1:
            break
        count += 1
    return count


def _value(part: re.Match[str]) -> int:
    return int(unicodedata.numeric(part[1]))


class ReasonInParts:
    """The reason stated last, as long as its parts go on in sentences of their own."""

    def __init__(self) -> None:
        self._explained: list[Claim] = []
        self._between = ""

    def begin(self, explained: Sequence[Claim], sentence: str) -> None:
        """Take the reason that ends a sentence, where it has parts; a sentence without a claim is kept in between."""
        reason = next((claim.reason for claim in reversed(explained) if claim.reason), None)
        if reason is None and self._explained and _PART.search(sentence) is None:
            self._between += sentence
        elif reason is None:
            self.end()
        elif _parts(reason) and sentence.rstrip("。;").endswith(reason):
            self._explained = [claim for claim in explained if claim.reason == reason]
            self._between = ""

    def end(self) -> None:
        self._explained, self._between = [], ""

    def goes_on(self, sentence: str) -> bool:
        """True for a sentence that is the next part of the reason, which is added to the claims it explains."""
        part = _PART.match(sentence)
        reason = self._explained[0].reason if self._explained else None
        if reason is None or part is None or _value(part) != _parts(reason) + 1:
            return False
        whole = f"{reason}。{self._between}{sentence}".rstrip("，,。;:")
        if len(whole) > LONGEST:
            return False
        for claim in self._explained:
            claim.reason = whole
        self._between = ""
        return True
