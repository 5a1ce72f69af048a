"""Placed characters to lines of text."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.layout.typesetting import Run, lines_of, part, split, text_of, turned, turned_run
from gongkai.parsing.text.grid import Box


def _run(text: str, x: float = 0, y: float = 100, step: float = 10, size: float = 10) -> Run:
    """Characters set evenly."""
    return Run(text, x, y, [step * index for index in range(len(text))], size)


def test_runs_on_one_baseline_are_a_line() -> None:
    lines = lines_of([_run("收入", 50), _run("支出", 50, 120), _run("部门", 0, 102)])
    assert [line.text for line in lines] == ["部门 收入", "支出"]
    assert lines[1].box == Box(50, 120 - 8.8, 70, 121.2)


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([_run("预"), _run("算", 19)], "预算"),
        ([_run("预"), _run("算", 20)], "预 算"),
        ([_run("预 算", step=9)], "预算"),
        ([_run("2025", step=5), _run("Total", 30, step=5)], "2025 Total"),
        ([_run("2025", step=5), _run("Total", 29, step=5)], "2025Total"),
        ([_run("a b", step=5)], "a b"),
        ([_run("金额"), _run("12.50", 23, step=5)], "金额12.50"),
        ([_run("金额"), _run("12.50", 30, step=5)], "金额 12.50"),
    ],
    ids=["spread", "gap", "space of the file", "words", "one word", "Latin space", "digits behind", "digits apart"],
)
def test_spaces_where_the_setting_shows_them(runs: list[Run], text: str) -> None:
    assert text_of(runs) == text


def test_what_is_printed_twice_to_look_bold_is_read_once() -> None:
    assert text_of([_run("合计"), _run("合计", 0.8, 100.3)]) == "合计"
    assert text_of([Run("合合计计", 0, 100, [0, 0.5, 10, 10.5], 10)]) == "合计"
    assert text_of([_run("11.00", step=5)]) == "11.00"
    assert text_of([_run("一一")]) == "一一"


def test_lines_set_sideways_follow_the_upright_ones() -> None:
    sideways = [Run("上", 300, 80, [0.0], 10, 1), Run("下", 320, 80, [0.0], 10, 1)]
    assert [line.text for line in lines_of([*sideways, _run("正文")])] == ["正文", "上", "下"]


def test_boxes_turned_four_times_are_where_they_were() -> None:
    box = Box(10, 20, 30, 25)
    once = turned(box, 1, 200, 100)
    assert once == Box(75, 10, 80, 30)
    assert turned(turned(once, 1, 100, 200), 2, 200, 100) == box
    run = turned_run(_run("预", 10, 20), 1, 200, 100)
    assert (run.x, run.y, run.direction) == (80, 10, 3)


def test_pieces_of_a_run_keep_their_places() -> None:
    run = _run("工资 1.00", 50, step=10)
    piece = part(run, 2, 7)
    assert piece is not None
    assert (piece.text, piece.ends()[0]) == ("1.00", 80)
    assert part(run, 2, 3) is None
    pieces = split(run, ["a", "a", "a", "b", "b", "b", "b"])
    assert [(owner, piece.text) for owner, piece in pieces] == [("a", "工资"), ("b", "1.00")]


def test_words_set_close_together() -> None:
    run = Run("机关支出12", 0, 100, [0, 10, 30, 40, 50, 55], 10)
    assert [run.word_round(index) for index in (0, 2, 4)] == [(0, 2), (2, 4), (4, 6)]
