"""How texts are compared: in NFKC and without white space; a word outside quotes without punctuation too.

The index holds pairs of neighbouring characters, each pair one token at the place of its first character, and at the
end of a text its last character alone, so that no pair reaches into the next text.  A text holds a word of two
characters or more where the word's pairs follow each other.  Single characters are held apart, without places.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import unicodedata
from collections.abc import Sequence

from gongkai.queries.errors import ParameterError


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
        compare = squeezed if self.exact else folded
        return any(self.compared in compare(text) for text in texts)


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

_IN_TOKENS = {code: chr(0xFEE0 + code) for code in range(0x21, 0x7F)}
"""ASCII as full-width letters, which NFKC leaves nowhere: SQLite's tokenizer would part and lower ASCII."""

_LONGEST = 64
"""Characters of a word that the index is asked for; hits of a longer one are looked at."""


def tokens(text: str) -> tuple[str, str]:
    """A text as the index holds it: its pairs in order, and its characters."""
    written = folded(text).translate(_IN_TOKENS)
    return " ".join([*_pairs(written), written[-1:]]), " ".join(sorted(set(written)))


def expressions(words: Sequence[Word]) -> tuple[str, str]:
    """What to ask the index's pairs and its characters, FTS5's way, for hits that hold every word.

    Empty where there is nothing to ask.
    """
    written = [folded(word.text)[:_LONGEST].translate(_IN_TOKENS) for word in words]
    return (
        " AND ".join(f'"{" ".join(_pairs(each))}"' for each in written if len(each) > 1),
        " AND ".join(f'"{each}"' for each in written if len(each) == 1),
    )


def _pairs(written: str) -> list[str]:
    return [first + second for first, second in itertools.pairwise(written)]


def must_be_looked_at(word: Word) -> bool:
    """True for a word of which the index knows more hits than there are, or nothing."""
    return word.exact or not 0 < len(folded(word.text)) <= _LONGEST


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
