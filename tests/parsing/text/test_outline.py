"""Lists inside lists, told by the numbers of their rows."""

from __future__ import annotations

from gongkai.parsing.text.outline import outline


def parents(*names: str) -> list[str | None]:
    read = outline(list(enumerate(names)))
    return [None if (parent := read.parents[row]) is None else names[parent] for row in sorted(read.parents)]


def test_styles_nest_in_the_order_in_which_they_appear() -> None:
    assert parents("一、收入", "（一）拨款", "（二）事业", "二、支出") == [None, "一、收入", "一、收入", None]
    assert parents("1、收入", "（1）拨款", "2、支出") == [None, "1、收入", None]


def test_a_style_may_be_used_again_inside() -> None:
    names = ("一、本年支出", "一、一般公共服务", "二、公共安全", "三、教育", "二、结转下年")
    assert parents(*names)[:4] == [None, "一、本年支出", "一、本年支出", "一、本年支出"]


def test_of_which_before_the_first_number() -> None:
    assert parents("1.用车", "其中：（1）购置", "（2）运行", "2.接待") == [None, "1.用车", "1.用车", None]


def test_rows_without_a_number_and_titles_of_tables_are_in_no_list() -> None:
    read = outline([(0, "一、收入"), (1, "合计"), (2, "附表2"), (3, "二、支出")])
    assert read.children == {None: [0, 3]}
