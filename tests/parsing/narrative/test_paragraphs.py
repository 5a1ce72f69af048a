"""Paragraphs from printed lines, by where the lines stand, and sections by heading."""

from __future__ import annotations

import pytest

from gongkai.parsing.narrative.paragraphs import paragraphs, sections
from gongkai.parsing.text.grid import Box, TextLine

LETTER = 15.0
LEFT, RIGHT, TOP = 70.0, 520.0, 70.0
FULL = "本部门的主要职责是贯彻执行国家的方针政策和法律法规并组织实施"
"""A line as long as the page is wide."""


def line(text: str, row: int, *, page: int = 1, indent: float = 0, end: float | None = None) -> TextLine:
    """A line of a page; ``indent`` in letters, ``end`` where it stops (its own length, else the margin)."""
    x0, y0 = LEFT + indent * LETTER, TOP + 30 * row
    x1 = end if end is not None else min(x0 + LETTER * len(text), RIGHT)
    return TextLine(text, page, Box(x0, y0, x1, y0 + LETTER))


def texts(lines: list[TextLine]) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(lines)]


def page_of(first: int, page: int = 1) -> list[TextLine]:
    """Three full lines of one paragraph, which give the page its margins."""
    return [
        line(FULL, first, page=page, indent=2, end=RIGHT),
        line(FULL, first + 1, page=page, end=RIGHT),
        line(FULL, first + 2, page=page, end=RIGHT),
        line("各项工作。", first + 3, page=page),
    ]


def test_lines_that_reach_the_margin_are_one_paragraph() -> None:
    assert texts([*page_of(0), *page_of(4)]) == [FULL * 3 + "各项工作。"] * 2


def second(text: str, *, last: str) -> list[str]:
    """The paragraphs of two: one of two lines, the second of which ends with ``last``, and one that opens with
    ``text``."""
    first = [line(FULL, 4, indent=2, end=RIGHT), line(FULL[: -len(last)] + last, 5, end=RIGHT)]
    return texts([*page_of(0), *first, line(text, 6, indent=2, end=RIGHT)])[1:]


def test_an_indented_line_behind_a_full_stop_begins_a_paragraph() -> None:
    assert len(second(FULL, last="。")) == 2
    assert len(second(FULL, last="与")) == 1


def test_an_entry_of_a_list_begins_a_paragraph() -> None:
    assert len(second("2." + FULL[:-2], last="与")) == 2


def paged() -> list[TextLine]:
    """Three pages of two lines between running head and page number."""
    lines: list[TextLine] = []
    for page, letter in enumerate("甲乙丙", 1):
        lines += [
            line("某局2025年部门预算", 0, page=page, indent=8),
            line(letter + FULL[1:], 2, page=page, indent=2 if page == 1 else 0, end=RIGHT),
            line(FULL[:-1] + letter, 3, page=page, end=RIGHT),
            line(f"- {page} -", 20, page=page, indent=14),
        ]
    return lines


def test_a_paragraph_goes_on_over_a_page_and_its_furniture() -> None:
    whole = "".join(f"{letter}{FULL[1:]}{FULL[:-1]}{letter}" for letter in "甲乙丙")
    assert texts(paged()) == [whole]


def test_a_line_that_two_pages_share_is_no_running_head() -> None:
    two = [each for each in paged() if each.page != 3]
    assert sum(text.count("某局2025年部门预算") for text in texts(two)) == 2


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("第二部分 2025年部门预算情况说明", 1),
        ("一、收支总体情况", 2),
        ("（一）收入预算", 3),
        ("1.行政运行", None),
        ("一、收入预算100万元", None),
        ("一、收入预算增加，支出预算减少，结余不变", None),
        ("一、本部门职责是贯彻方针政策。", None),
        ("本部门概况", None),
    ],
)
def test_levels_of_headings(text: str, level: int | None) -> None:
    [paragraph] = paragraphs([TextLine(text)])
    assert paragraph.level == level


def test_a_heading_that_the_format_marks_keeps_its_level() -> None:
    [paragraph] = paragraphs([TextLine("收入预算100万元", heading=2)])
    assert paragraph.level == 2


@pytest.mark.parametrize("text", ["- 12 -", "─ 12 ─", "单位：万元", "收入支出决算总表……12"])
def test_what_is_no_text_proper_is_left_out(text: str) -> None:
    assert texts([TextLine("收入预算增加。"), TextLine(text)]) == ["收入预算增加。"]


def test_a_sentence_with_a_closing_date_is_no_caption() -> None:
    text = "截至2024年12月31日，本部门共有车辆3辆。"
    assert texts([TextLine(text)]) == [text]


def test_notes_and_numbered_paragraphs_are_told() -> None:
    made = paragraphs([TextLine("注：本表为空。"), TextLine("1.行政运行支出。"), TextLine("本部门概况")])
    assert [(each.note, each.numbered) for each in made] == [(True, False), (False, True), (False, False)]


def test_sections_hold_the_text_below_their_heading() -> None:
    made = paragraphs(
        [
            TextLine("部门概况", 1),
            TextLine("第一部分 职责", 1),
            TextLine("贯彻方针政策。", 2),
            TextLine("组织实施。", 2),
            TextLine("第二部分 预算", 3),
        ]
    )
    assert [(each.heading, each.level, each.page, each.lines) for each in sections(made)] == [
        (None, None, 1, ["部门概况"]),
        ("第一部分 职责", 1, 1, ["贯彻方针政策。", "组织实施。"]),
        ("第二部分 预算", 1, 3, []),
    ]
    assert list(sections([])) == []


def test_headings_whose_numbers_are_lost_are_headings() -> None:
    lines = [
        "收入决算情况说明",
        "收入合计12万元。",
        "政府性基金预算财政拨款支出决算情况说明",
        "支出合计2万元。",
        "政府采购支出情况",
    ]
    found = paragraphs([TextLine(line) for line in lines])
    assert [paragraph.level for paragraph in found] == [2, None, 2, None, 2]


def test_lines_without_a_number_are_no_headings_beside_those_with_one() -> None:
    lines = ("一、收入决算情况说明", "政府采购支出情况", "国有资产占用情况", "会议费支出情况")
    found = paragraphs([TextLine(line) for line in lines])
    assert [paragraph.level for paragraph in found] == [2, None, None, None]


def test_two_lines_that_end_as_headings_do_may_be_a_title() -> None:
    found = paragraphs(
        [TextLine(line) for line in ("一般公共预算", "支出情况的说明", "有关情况说明", "支出合计5万元。")]
    )
    assert [paragraph.level for paragraph in found] == [None] * 4
