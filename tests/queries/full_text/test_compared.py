"""What a question asks for, and where words stand in a text as printed."""

from __future__ import annotations

import pytest

from gongkai.queries.errors import ParameterError
from gongkai.queries.full_text.compared import Word, folded, places, squeezed, words_of


def test_words_are_parted_by_white_space_and_quotes_hold_phrases() -> None:
    assert words_of('过紧日子　厉行 "“三公” 经费"') == (
        Word("过紧日子"),
        Word("厉行"),
        Word("“三公” 经费", exact=True),
    )
    assert words_of("， 减少") == (Word("减少"),)


@pytest.mark.parametrize("question", ["", " ", "，", '""', '" "', '减少 "三公'])
def test_a_question_without_a_word_is_refused(question: str) -> None:
    with pytest.raises(ParameterError, match=r"nothing to look for|not closed"):
        words_of(question)


def test_white_space_is_passed_over_and_punctuation_outside_quotes() -> None:
    assert squeezed("“三 公”\n经费，Ａ１") == "“三公”经费,A1"
    assert folded("“三 公”\n经费，Ａ１\u200b≥5") == "三公经费A1≥5"


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("安排“三\n公”经费。", "三公经费", ["三\n公”经费"]),
        ("安排“三公”经费。", '"“三公”"', ["“三公”"]),
        ("１２㎡和m2", "m2", ["㎡", "m2"]),
        ("减少减少减", "减少", ["减少", "减少"]),
        ("三公经费", "三公 公经", ["三公经"]),
        ("cafe\u0301店", "é店", ["e\u0301店"]),
        ("一亿", "二", []),
    ],
)
def test_places_are_those_of_the_printed_text(text: str, words: str, found: list[str]) -> None:
    assert [text[begin:end] for begin, end in places(text, words_of(words))] == found
