"""Rows of cells to grids, by the rules of HTML."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.html import grids
from tests.parsing.formats.html.pages import read_page, shown, spans


def test_spans() -> None:
    reading = read_page(
        "<table><caption>收支总表</caption><tr><th rowspan=2>项目<th colspan=2>金额</tr><tr><th>小计<th>其中</tr>"
        "<tr><td>工资<td>1.00<td>0.50</tr><tr><td>合计</tr></table>"
    )
    assert shown(reading)[0] == "收支总表"
    assert spans(reading) == [
        ("项目", 0, 0, 2, 1),
        ("金额", 0, 1, 1, 2),
        ("小计", 1, 1, 1, 1),
        ("其中", 1, 2, 1, 1),
        ("工资", 2, 0, 1, 1),
        ("1.00", 2, 1, 1, 1),
        ("0.50", 2, 2, 1, 1),
        ("合计", 3, 0, 1, 1),
        ("", 3, 1, 1, 1),
        ("", 3, 2, 1, 1),
    ]


def test_spans_that_run_past_the_table() -> None:
    reading = read_page(
        "<table><tr><td colspan=999999>题</td></tr><tr><td rowspan=50>a</td><td colspan=x>1</td></tr>"
        "<tr><td rowspan=0>2</td></tr></table>"
    )
    assert spans(reading) == [("题", 0, 0, 1, 2), ("a", 1, 0, 2, 1), ("1", 1, 1, 1, 1), ("2", 2, 1, 1, 1)]


def test_span_that_meets_a_cell_from_above() -> None:
    reading = read_page(
        "<table><tr><td>a<td>b<td rowspan=2>c</tr><tr><td colspan=3>d</tr><tr><td>e<td>f<td>g</tr></table>"
    )
    assert spans(reading)[:4] == [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 0, 2, 2, 1), ("d", 1, 0, 1, 2)]


def test_foot_is_shown_last() -> None:
    reading = read_page("<table><tfoot><tr><td>合计<td>1</tr></tfoot><tbody><tr><td>工资<td>1</tr></tbody></table>")
    assert shown(reading) == [[["工资", "1"], ["合计", "1"]]]


def test_table_of_too_many_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "MAX_POSITIONS", 100)
    reading = read_page("<table>" + "<tr><td colspan=1000>a<td>b</tr>" * 30 + "</table><p>后</p>")
    assert shown(reading) == ["后"]
    assert [doubt.kind for doubt in reading.doubts] == ["too_large"]


def test_spans_without_end() -> None:
    """The size of a cell is known before its positions are: 5,000 such cells would fill the memory."""
    reading = read_page("<table>" + "<tr><td rowspan=65534 colspan=1000>x</tr>" * 5000 + "</table><p>后</p>")
    assert shown(reading) == ["后"]
    assert [doubt.kind for doubt in reading.doubts] == ["too_large"]
