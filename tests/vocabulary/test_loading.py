from __future__ import annotations

import pytest

from gongkai.vocabulary.loading import ListCorruptError, ListMissingError, load, parse

COLUMNS = ("code", "name", "valid_from")


def test_rows_carry_their_values_and_line() -> None:
    first, second = parse("x.csv", ["code,name,valid_from", "1,甲,2018", '2,"乙,丙",'], COLUMNS, ("code",))
    assert (first["name"], first.year("valid_from"), first.line) == ("甲", 2018, 2)
    assert (second["name"], second.year("valid_from"), second.optional("valid_from")) == ("乙,丙", None, None)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "x.csv is empty"),
        (["code,name"], "line 1: the header is 'code,name'"),
        (["code,valid_from,name"], "line 1: the header"),
        (["code,name,valid_from", "1,甲"], "line 2: 2 values where the header has 3"),
        (["code,name,valid_from", "1,甲,2018,9"], "line 2: 4 values"),
        (["code,name,valid_from", "1,甲,", "", "2,乙,"], "line 3: 0 values"),
        (["code,name,valid_from", "1,甲,", "1,乙,"], "line 3: code '1' stand already on line 2"),
        (["code,name,valid_from", "1,甲 ,"], "line 2: a value of .* white space"),
        (["code,name,valid_from", '1,"甲'], "not CSV"),
    ],
)
def test_anything_unexpected_is_refused_with_file_and_line(lines: list[str], reason: str) -> None:
    with pytest.raises(ListCorruptError, match=reason):
        parse("x.csv", lines, COLUMNS, ("code",))


@pytest.mark.parametrize("text", ["18", "２０１８", "20180", "-201", "abcd"])
def test_a_year_is_four_digits(text: str) -> None:
    (row,) = parse("x.csv", ["code,name,valid_from", f"1,甲,{text}"], COLUMNS, ("code",))
    with pytest.raises(ListCorruptError, match=r"x\.csv line 2: valid_from"):
        row.year("valid_from")


def test_values_outside_a_closed_list_or_no_numbers_are_refused() -> None:
    (row,) = parse("x.csv", ["code,name,valid_from", "1,甲,"], COLUMNS, ("code",))
    assert row.count("code") == 1
    with pytest.raises(ListCorruptError, match="name '甲' is not one of 乙, 丙"):
        row.choice("name", ("乙", "丙"))
    with pytest.raises(ListCorruptError, match="name '甲' is not a whole number"):
        row.count("name")


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(ListMissingError, match=r"'nowhere\.csv'"):
        load("nowhere.csv", COLUMNS, ("code",))
