"""A heading and a body whose columns no rules part, as a table."""

from __future__ import annotations

from gongkai.parsing.formats.layout.columns import worded_lines
from gongkai.parsing.formats.layout.open_table import heading_above, is_of_figures, open_table
from gongkai.parsing.formats.layout.pieces import Line
from gongkai.parsing.formats.layout.typesetting import Run, text_of
from gongkai.parsing.formats.layout.words import NO_WORDS


def _lines(*rows: tuple[float, list[tuple[float, str]]]) -> list[Line]:
    return worded_lines(
        Run(text, x, y, [at * 5.0 for at in range(len(text))], 10.0) for y, texts in rows for x, text in texts
    )


BODY = [(120.0 + 20 * at, [(50.0, "Name of it"), (150.0, f"{at}.5"), (220.0, f"{at}.7")]) for at in range(4)]


def test_every_position_has_a_cell_and_every_word_its_place() -> None:
    table = open_table(_lines((100, [(50, "Label"), (150, "One"), (220, "Two")])), _lines(*BODY[:3]), (), ())
    assert table is not None
    lattice, texts = table
    assert len(lattice.spans) == 12
    assert [text_of(texts[at]) for at in range(12)] == [
        "Label", "One", "Two", "Name of it", "0.5", "0.7", "Name of it", "1.5", "1.7", "Name of it", "2.5", "2.7",
    ]  # fmt: skip
    assert list(lattice.ys) == sorted(lattice.ys)


def test_columns_of_long_texts_alone_are_no_table() -> None:
    text = "words of running text in one of two columns"
    assert (
        open_table([], _lines(*((100.0 + 14 * at, [(50.0, text), (350.0, text)]) for at in range(9))), (), ()) is None
    )


def test_more_columns_than_a_page_can_hold_are_no_table() -> None:
    rows = [(100.0 + 14 * at, [(10.0 + 20 * column, "1") for column in range(90)]) for at in range(4)]
    assert open_table([], _lines(*rows), (), ()) is None


def test_heading_ends_at_a_line_without_columns_and_at_a_wide_gap() -> None:
    title, heading = (80.0, [(50.0, "A title")]), (100.0, [(50.0, "Label"), (150.0, "One")])
    assert len(heading_above(_lines(title, heading), 120, (), NO_WORDS)) == 1
    assert heading_above(_lines(heading), 140, (), NO_WORDS) == []


def test_line_of_figures() -> None:
    figures, text = _lines(BODY[0], (200, [(50, "Label"), (150, "One"), (220, "Two")]))
    assert is_of_figures(figures)
    assert not is_of_figures(text)
