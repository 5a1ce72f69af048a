"""How texts are compared: in NFKC and without white space; a word outside quotes without punctuation too.

The index holds pairs of neighbouring characters, each pair one token at the place of its first character, and at the
end of a text its last character alone, so that no pair reaches into the next text.  A text holds a word of two
characters or more where the word's pairs follow each other.  Single characters are held apart, without places.

Punctuation is not in the pairs; each pair that punctuation parts somewhere in a text is a token more, behind the text.
So a phrase in quotes need be looked for only in texts that part one of its pairs: any other holds it as typed.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import operator
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from gongkai.queries.errors import ParameterError

_STABLE = frozenset("—‘’“”、。〈〉《》「」『』【】")
"""Punctuation that NFKC leaves as it is whatever stands beside it."""


@dataclasses.dataclass(frozen=True)
class Word:
    """Something to look for; ``exact`` as typed, its punctuation too, as a phrase in quotes is."""

    text: str
    exact: bool = False

    @functools.cached_property
    def compared(self) -> str:
        """The word as texts are compared with it."""
        return squeezed(self.text) if self.exact else folded(self.text)

    def is_in(self, texts: Sequence[str]) -> bool:
        """True where one of the texts holds the word: what the index must agree with."""
        if self._is_stable and any(self.compared in text for text in texts):
            return True
        compare = squeezed if self.exact else folded
        return any(self.compared in compare(text) for text in texts)

    @functools.cached_property
    def _is_stable(self) -> bool:
        """True for characters that NFKC leaves as they are whatever stands beside them, and for a word as printed."""
        return all("\u4e00" <= each <= "\u9fff" or (self.exact and each in _STABLE) for each in self.compared)


def words_of(question: str) -> tuple[Word, ...]:
    """The words of a question, parted by white space, and its phrases in quotes.

    Raises ParameterError for a quote that is not closed and for a question without a word.
    """
    parts = question.split('"')
    if len(parts) % 2 == 0:
        raise ParameterError(f"the quote in {question!r} is not closed: a phrase stands between two of them")
    words = [Word(text) for part in parts[::2] for text in part.split()]
    phrases = [Word(phrase, exact=True) for phrase in parts[1::2]]
    wanted = tuple(word for word in (*words, *phrases) if word.compared)
    if not wanted:
        raise ParameterError(
            f"there is nothing to look for in {question!r}: give a word, or punctuation in quotes ('\"——\"')"
        )
    return wanted


def squeezed(text: str) -> str:
    """The text in NFKC without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def folded(text: str) -> str:
    """The text in NFKC without white space, punctuation and invisible characters."""
    return squeezed(text).translate(_LEFT_OUT)


class _Table(dict[int, str | None]):
    """What each character becomes, told once for each; one that stays itself is remembered as such."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        self[code] = None if category[0] == "P" or category in {"Cc", "Cf"} else character
        return self[code]


_LEFT_OUT = _Table()


class _Written(dict[int, str | None]):
    """What each character becomes in the index: one that is left out a space, of which no compared text has one."""

    def __missing__(self, code: int) -> str | None:
        kept = _LEFT_OUT[code]
        self[code] = " " if kept is None else chr(0xFEE0 + code) if 0x21 <= code < 0x7F else kept
        return self[code]


_WRITTEN = _Written()
"""ASCII becomes full-width letters, which NFKC leaves nowhere: SQLite's tokenizer would part and lower ASCII."""

_CROSSING = "x"
"""Begins the token of a pair that punctuation parts somewhere in a text: ASCII, so that it is no character of one."""

_LONGEST = 64
"""Characters of a word that the index is asked for; hits of a longer one are looked at."""


def tokens(text: str) -> tuple[str, str]:
    """A text as the index holds it: its pairs in order, then those that punctuation parts; and its characters."""
    return _tokens_of_short(text) if len(text) <= _SHORT else _tokens(text)


def _tokens(text: str) -> tuple[str, str]:
    runs = _runs(text)
    written = "".join(runs)
    crossings = _crossings(runs) if len(runs) > 1 else ()
    return " ".join([*_pairs(written), written[-1:], *crossings]), " ".join(dict.fromkeys(written))


_SHORT = 32
_tokens_of_short = functools.lru_cache(1 << 14)(_tokens)
"""Most texts are cells, whose headings and labels all documents print."""


@dataclasses.dataclass(frozen=True)
class Expressions:
    """What to ask the index, FTS5's way; a text is empty where there is nothing to ask."""

    pairs: str
    characters: str
    doubtful: str
    """Of hits by ``pairs`` those that may hold a phrase with punctuation within that the phrase does not have."""


def expressions(words: Sequence[Word]) -> Expressions:
    """What to ask the index for passages that hold every word."""
    pairs, characters, doubtful = list[str](), list[str](), set[str]()
    for word in words:
        runs = _runs(word.text)
        written = "".join(runs)[:_LONGEST]
        if len(written) > 1:
            pairs.append(" ".join(_pairs(written)))
        elif written:
            characters.append(written)
        if word.exact and must_be_looked_at(word):
            pairs += _crossings(runs)
        elif word.exact:
            doubtful.update(_CROSSING + pair for pair in _pairs(written))
    return Expressions(_joined(" AND ", pairs), _joined(" AND ", characters), _joined(" OR ", sorted(doubtful)))


def _joined(between: str, phrases: Sequence[str]) -> str:
    return between.join(f'"{phrase}"' for phrase in phrases)


def _runs(text: str) -> list[str]:
    """The text as the index has it, parted where punctuation is left out."""
    return squeezed(text).translate(_WRITTEN).split(" ") if text else []


def _pairs(written: str) -> Iterator[str]:
    return map(operator.add, written, written[1:])


def _crossings(runs: Sequence[str]) -> Iterable[str]:
    """The pairs that stand at the borders of runs, as tokens."""
    kept = [run for run in runs if run]
    return dict.fromkeys(_CROSSING + before[-1] + after[0] for before, after in itertools.pairwise(kept))


def must_be_looked_at(word: Word) -> bool:
    """True for a word of which the index knows more hits than there are, or nothing."""
    written = folded(word.text)
    return not 0 < len(written) <= _LONGEST or (word.exact and written != word.compared)


_BEFORE, _AFTER = 30, 60
"""Characters of a passage before its first hit and from there on."""


def places(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where words stand in a text as printed: begin and end of each occurrence, in order, none within another.

    Empty where the text's characters cannot be told apart in NFKC.
    """
    spans = sorted(span for word in words if word.compared for span in _occurrences(text, word))
    apart: list[tuple[int, int]] = []
    for begin, end in spans:
        if apart and begin < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return apart


def _occurrences(text: str, word: Word) -> list[tuple[int, int]]:
    compare = squeezed if word.exact else folded
    wanted, whole = word.compared, compare(text)
    if wanted not in whole:
        return []
    origins = [(begin, end) for begin, end in _clusters(text) for _ in compare(text[begin:end])]
    if len(origins) != len(whole):
        return []
    spans, at = [], whole.find(wanted)
    while at >= 0:
        spans.append((origins[at][0], origins[at + len(wanted) - 1][1]))
        at = whole.find(wanted, at + len(wanted))
    return spans


def _clusters(text: str) -> list[tuple[int, int]]:
    """The characters of a text, each with the marks that combine with it."""
    begins = [at for at, character in enumerate(text) if not at or not unicodedata.combining(character)]
    return list(zip(begins, [*begins[1:], len(text)], strict=True))


def around(text: str, words: Sequence[Word]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words around the first hit, with an ellipsis where text is left out, and the marks in them."""
    spans = places(text, words)
    first = spans[0] if spans else (0, 0)
    begin, end = max(0, first[0] - _BEFORE), min(len(text), max(first[0] + _AFTER, first[1]))
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    shift = len(before) - begin
    marks = tuple((left + shift, right + shift) for left, right in spans if right <= end)
    return f"{before}{text[begin:end]}{after}", marks
