"""Every list of printed words loads, and words combine into patterns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.vocabulary.word_lists import COLUMNS, any_of, word_lists, words

VOCABULARY = Path(__file__).resolve().parents[2] / "vocabulary"
FILES = [
    path.name
    for path in sorted(VOCABULARY.glob("*.csv"))
    if path.read_text(encoding="utf-8").startswith(",".join(COLUMNS) + "\n")
]


@pytest.mark.parametrize("file", FILES)
def test_every_list_is_one_of_patterns(file: str) -> None:
    for name, patterns in word_lists(file).items():
        assert patterns, name
        assert all(re.compile(pattern) for pattern in patterns)


def test_a_list_keeps_the_order_of_its_file() -> None:
    assert words("numbering.csv", "exhibit") == ("附件", "附表", "表")
    assert any_of("numbering.csv", "clause", "of_which") == "(?:条|其中)"


def test_a_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("numbering.csv", "nothing")


def test_every_list_is_in_the_map_of_the_room() -> None:
    said = (VOCABULARY / "__init__.py").read_text(encoding="utf-8")
    assert [file for file in FILES if f"``{file}``" not in said] == []
