"""Headings of several levels over columns that no rule parts."""

from __future__ import annotations

from gongkai.parsing.formats.layout.columns import worded_lines
from gongkai.parsing.formats.layout.headings import heading_cells
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.spans import Span
from gongkai.parsing.formats.layout.typesetting import Run

COLUMNS = [(50.0, 90.0), (150.0, 180.0), (200.0, 230.0), (300.0, 330.0)]


def _run(text: str, x: float, y: float) -> Run:
    return Run(text, x, y, [at * 5.0 for at in range(len(text))], 10.0)


def _cells(runs: list[Run], rules: list[Rule] | None = None) -> dict[Span, str]:
    _, cells = heading_cells(worded_lines(runs), COLUMNS, rules or [])
    return {span: " ".join(word.text for word in words) for span, words in cells if words}


def test_text_over_a_short_rule_heads_the_columns_over_it() -> None:
    runs = [
        _run("Both", 180, 100),
        _run("Label", 50, 120),
        _run("One", 150, 120),
        _run("Two", 200, 120),
        _run("Rest", 300, 120),
    ]
    assert _cells(runs, [Rule(105, 150, 230)]) == {
        Span(0, 0, 2): "Label", Span(0, 1, 1, 2): "Both", Span(1, 1): "One", Span(1, 2): "Two", Span(0, 3, 2): "Rest",
    }  # fmt: skip


def test_texts_over_one_long_rule_share_its_columns_by_their_middles() -> None:
    runs = [_run("Both", 180, 100), _run("Else", 305, 100), *(_run("No", x, 120) for x in (150, 200, 300))]
    cells = _cells(runs, [Rule(105, 150, 330)])
    assert cells[Span(0, 1, 1, 2)] == "Both"
    assert cells[Span(0, 3)] == "Else"


def test_text_wider_than_a_column_heads_those_it_stands_over_without_any_rule() -> None:
    runs = [_run("Totalamounts", 160, 100), *(_run("No.", x, 120) for x in (150, 200, 300))]
    cells = _cells(runs)
    assert cells[Span(0, 1, 1, 2)] == "Totalamounts"
    assert cells[Span(0, 3, 2)] == "No."


def test_lines_of_one_column_are_one_text_however_close_the_next_column_is() -> None:
    runs = [
        _run("Percent of", 130, 100),
        _run("Average", 195, 100),
        _run("students", 140, 112),
        _run("of all", 200, 112),
    ]
    assert _cells(runs) == {Span(0, 1): "Percent of students", Span(0, 2): "Average of all"}
