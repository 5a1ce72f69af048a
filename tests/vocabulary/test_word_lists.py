"""Every list of printed words loads, and words combine into patterns."""

from __future__ import annotations

import re

import pytest

from gongkai.vocabulary.word_lists import any_of, word_lists, words


@pytest.mark.parametrize("file", ["captions.csv", "numbering.csv"])
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
