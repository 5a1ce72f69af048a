"""Lines around a table: titles, captions, notes and running heads."""

from __future__ import annotations

from gongkai.parsing.tables.heads import head_lines, notes_after, running_lines, title_of
from gongkai.parsing.text.grid import Box, TextLine


def lines(*texts: str) -> list[TextLine]:
    return [TextLine(text) for text in texts]


def test_captions_and_the_nearest_title_are_the_head() -> None:
    head = head_lines(lines("一句话，说明，如下。", "部门收支总表", "部门：某局", "单位：万元"))
    assert [line.text for line in head] == ["部门收支总表", "部门：某局", "单位：万元"]


def test_a_title_on_two_lines_is_one_where_both_name_a_form() -> None:
    title, captions = title_of(["一般公共预算财政拨款支出", "决算表", "单位：万元"])
    assert title == "一般公共预算财政拨款支出决算表"
    assert captions == ["单位：万元"]


def test_a_second_line_that_names_a_form_of_its_own_ends_the_title_of_another() -> None:
    first, second = "公开09表：一般公共预算“三公”经费、会议费、培训费", "支出预算表"
    assert title_of([first, second, "单位：万元"]) == (first + second, ["单位：万元"])
    assert [line.text for line in head_lines(lines(first, second, "单位：万元"))] == [first, second, "单位：万元"]
    assert title_of(["某市水利局一般公共预算支出表", "支出总表"])[0] == "支出总表"


def test_notes_go_on_where_the_publisher_speaks_of_itself() -> None:
    after = lines("注：空表列示。", "本部门无政府性基金预算。", "12", "第二部分", "注：别的")
    assert notes_after(after) == ["注：空表列示。", "本部门无政府性基金预算。"]


def test_running_heads_stand_at_one_height_on_many_pages_and_name_no_form() -> None:
    def page(number: int, text: str) -> TextLine:
        return TextLine(text, number, Box(50, 30, 200, 42))

    heads = [page(number, "某局2025年部门预算公开") for number in range(1, 5)]
    assert running_lines(heads) == {id(line) for line in heads}
    assert running_lines(heads[:2]) == set()
    assert running_lines([page(number, "项目绩效目标表") for number in range(1, 5)]) == set()


def test_a_title_over_the_form_s_title_is_kept_among_the_captions() -> None:
    title, captions = title_of(["某市水利局2024年度部门决算", "支出决算表", "单位：万元"])
    assert title == "支出决算表"
    assert captions == ["某市水利局2024年度部门决算", "单位：万元"]
