"""Columns and rows by white space."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.layout.columns import columns_of, has_columns, is_figure, rows_in, texts_of, worded_lines
from gongkai.parsing.formats.layout.typesetting import Run, text_of

SIZE = 10.0


def _run(text: str, x: float, y: float, size: float = SIZE) -> Run:
    return Run(text, x, y, [at * size / 2 for at in range(len(text))], size)


def _rows(*runs: Run) -> list[dict[int, str]]:
    lines = worded_lines(runs)
    columns = columns_of(lines)
    return [
        {first: " ".join(word.text for word in words) for (first, _), words in row.cells.items()}
        for row in rows_in(lines, columns, [])
    ]


@pytest.mark.parametrize(
    "text", ["1,530.22", "(3.5)", "-0.1", "$49,497", "—", "12%", "(102.7-103.6)", "5.3**", "2011a"]
)
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["Q1", "2025年", "Total", "合计", "K-12"])
def test_texts_are_no_figures(text: str) -> None:
    assert not is_figure(text)


def test_figures_set_close_have_columns_and_a_sentence_with_numbers_has_none() -> None:
    close, sentence = worded_lines(
        [_run("2,753,438 2,799,250", 50, 100), _run("In 2011 they charged 215 of 300.", 50, 120)]
    )
    assert has_columns(close)
    assert not has_columns(sentence)


def test_spaces_of_labels_that_happen_to_stand_under_each_other_part_no_columns() -> None:
    rows = _rows(_run("one label", 50, 100), _run("1.0", 150, 100), _run("two texts", 50, 120), _run("2.0", 150, 120))
    assert rows == [{0: "one label", 1: "1.0"}, {0: "two texts", 1: "2.0"}]


def test_label_of_two_lines_is_one_row_where_it_goes_on_small() -> None:
    rows = _rows(
        _run("Income in", 50, 100), _run("1.0", 150, 100), _run("constant dollars", 50, 112), _run("Other", 50, 130),
        _run("2.0", 150, 130), _run("Rest", 50, 150), _run("3.0", 150, 150),
    )  # fmt: skip
    assert rows == [{0: "Income in constant dollars", 1: "1.0"}, {0: "Other", 1: "2.0"}, {0: "Rest", 1: "3.0"}]


def test_label_of_two_lines_centred_on_its_figures_is_one_row() -> None:
    rows = _rows(
        _run("基本养老", 50, 100), _run("1.0", 150, 100), _run("机关事业单位", 50, 120), _run("2.0", 150, 125),
        _run("养老保险缴费", 50, 130), _run("公积金", 50, 150), _run("3.0", 150, 150),
    )  # fmt: skip
    assert [row[1] for row in rows] == ["1.0", "2.0", "3.0"]
    assert rows[1][0] == "机关事业单位 养老保险缴费"


def test_figures_under_each_other_are_never_one_row() -> None:
    rows = _rows(_run("Men", 50, 100), _run("1.0", 150, 100), _run("women", 50, 107), _run("2.0", 150, 107))
    assert len(rows) == 2


def test_section_between_rows_stands_in_the_first_column() -> None:
    rows = _rows(
        _run("A", 50, 100), _run("1.0", 100, 100), _run("2.0", 150, 100), _run("A long name of a section", 50, 120),
        _run("B", 50, 140), _run("3.0", 100, 140), _run("4.0", 150, 140),
    )  # fmt: skip
    assert rows[1] == {0: "A long name of a section"}


def test_raised_mark_stands_on_the_line_it_is_raised_from() -> None:
    (line,) = worded_lines([_run("Year", 50, 100), _run("1", 70, 96, size=6)])
    assert [word.text for word in line.pieces] == ["Year", "1"]


def test_characters_spread_over_a_column_are_one_text() -> None:
    run = Run("合计", 50, 100, [0, 35], SIZE)
    (line,) = worded_lines([run, _run("金额", 200, 100)])
    assert [[word.text for word in text] for text in texts_of(line)] == [["合", "计"], ["金额"]]


def test_word_that_a_label_has_twice_stays_twice() -> None:
    (line,) = worded_lines([_run("ideas and texts and more", 50, 100)])
    assert text_of([run for word in line.pieces for run in word.runs]) == "ideas and texts and more"
