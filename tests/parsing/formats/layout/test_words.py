"""What is taken for a heading, a caption and a total, with words and without."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.layout.words import NO_WORDS, TableWords
from gongkai.parsing.tables.words import TABLE_WORDS


@pytest.mark.parametrize(
    ("text", "is_heading", "is_apart", "is_total"),
    [
        ("项 目", True, False, False),
        ("本年支出", True, False, False),
        ("教育", False, False, False),
        ("单位：万元", True, True, False),
        ("支出预算总表", True, True, False),
        ("附表三", False, True, False),
        ("本表无数据。", False, True, False),
        ("合 计", True, False, True),
        ("支出合计", True, False, False),
    ],
)
def test_words_of_budget_tables(text: str, *, is_heading: bool, is_apart: bool, is_total: bool) -> None:
    words: TableWords = TABLE_WORDS
    assert (words.is_heading(text), words.is_apart(text), words.is_total(text)) == (is_heading, is_apart, is_total)


def test_without_words_only_a_sentence_stands_apart() -> None:
    assert NO_WORDS.is_heading("anything")
    assert not NO_WORDS.is_heading(" ")
    assert not NO_WORDS.is_apart("支出预算总表")
    assert NO_WORDS.is_apart("以上各项均已公开。")
    assert not NO_WORDS.is_total("合计")
