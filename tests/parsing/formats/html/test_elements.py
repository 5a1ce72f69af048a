"""Text as a browser sets it."""

from __future__ import annotations

import pytest

from tests.parsing.formats.html.pages import read_page, shown


def test_text_of_cells_as_a_browser_sets_it() -> None:
    reading = read_page(
        "<table><tr><td><p><span>13,297.</span><span>11</span></p></td><td>一般公共\n  预算&nbsp;财政</td>"
        "<td>208050<br>5</td><td> <p>a  b</p><p></p><p>c</p></td></tr></table>"
    )
    assert shown(reading) == [[["13,297.11", "一般公共预算 财政", "208050\n5", "a b\nc"]]]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>15<span style='color:red; font-size:0'>7</span>万元</p>", ["15万元"]),
        (
            "<p>15<span style='FONT-SIZE: 0.0pt !important'>7<b>8</b></span>万元</p><p style=font-size:0px>甲</p>",
            ["15万元"],
        ),
        (
            "<p>1<span style='font-size:0'>2<i style='font-size:14px'>3</i><i style='font-size:1em'>4</i></span>5</p>",
            ["135"],
        ),
        ("<p>1<span style='font-size:0'>2<b class=a>3</b><font size=3>4</font></span></p>", ["134"]),
        ("<div style='font-size:0'>甲<p>乙</p><table><tr><td>丙<td>1</tr></table></div>", ["乙", [["丙", "1"]]]),
        ("<p>1<span style='font-size:0.9em'>2</span><span style='font-size:10px;line-height:0'>3</span></p>", ["123"]),
    ],
)
def test_text_without_size_is_hidden(page: str, lines: list[object]) -> None:
    """A block, or what has a class, may have its size from a style sheet, and is read."""
    assert shown(read_page(page)) == lines
