"""Elements to lines and grids in reading order."""

from __future__ import annotations

from gongkai.parsing.text.grid import Grid, TextLine
from tests.parsing.formats.html.pages import read_page, shown


def test_layout_tables_are_opened() -> None:
    reading = read_page(
        "<table><tr><td>左栏</td><td><h2>收支总表</h2><table><tr><td>工资<td>1</tr></table><p>注：无</td></tr></table>"
        "<table><tr><td>一格</td></tr></table>"
    )
    assert shown(reading) == ["左栏", "收支总表", [["工资", "1"]], "注：无", "一格"]
    assert reading.blocks[1] == TextLine("收支总表", heading=2)


def test_preformatted_lines() -> None:
    assert shown(read_page("<pre>一、收入  1.00\n\n二、支出  1.00</pre>")) == ["一、收入  1.00", "二、支出  1.00"]


def test_table_with_amounts_keeps_its_cells_beside_a_nested_one() -> None:
    inner = "<table><tr><td>甲</td><td>0.40</td></tr><tr><td>乙</td><td>0.60</td></tr></table>"
    reading = read_page(
        f"<table><tr><td>工资<td>1.00<td>其中{inner}</tr><tr><td>津贴<td>2.00<td>"
        "<table><tr><td>一格</td></tr></table></tr></table>"
    )
    assert shown(reading) == [
        [["工资", "1.00", "其中"], ["津贴", "2.00", "一格"]],
        [["甲", "0.40"], ["乙", "0.60"]],
    ]


def test_tables_with_amounts_nested_deeply() -> None:
    """Each is read once: read in its cell and after its table, 40 levels would take for ever."""
    reading = read_page("<table><tr><td>工资<td>1.00</tr><tr><td>津贴<td>2.00</tr><tr><td>" * 40)
    assert len([block for block in reading.blocks if isinstance(block, Grid)]) == 40


_ARTICLE = [
    "大冶市水利和湖泊局2024年度部门决算情况说明",
    "2024年度收入合计1,234.56万元，其中：财政拨款收入1,200.00万元。",
    "2024年度支出合计1,200.00万元，其中：基本支出800.00万元。",
]


def test_a_table_that_sets_an_article_beside_a_menu_is_opened() -> None:
    article = "".join(f"<p>{text}</p>" for text in _ARTICLE)
    for table in (f"<tr><td>首页<td>{article}</tr>", f"<tr><td>当前位置<td>首页</tr><tr><td colspan=2>{article}</tr>"):
        assert shown(read_page(f"<table>{table}</table>"))[-3:] == _ARTICLE


def test_a_table_of_few_rows_keeps_its_cells() -> None:
    goal = "".join(f"<p>{text}</p>" for text in _ARTICLE)
    other = f"<p>{_ARTICLE[0]}</p><p>{_ARTICLE[1]}</p>"
    rows = "<tr><td>1<td>2</tr>" * 3
    for table in (
        f"<tr><td>{goal}<td>{goal}</tr>",
        f"{rows}<tr><td>3<td>{goal}</tr>",
        f"<tr><td>目标<td>{other}</tr>",
    ):
        assert isinstance(shown(read_page(f"<table>{table}</table>"))[0], list)
