"""Text as a browser sets it."""

from __future__ import annotations

from tests.parsing.formats.html.pages import read_page, shown


def test_text_of_cells_as_a_browser_sets_it() -> None:
    reading = read_page(
        "<table><tr><td><p><span>13,297.</span><span>11</span></p></td><td>一般公共\n  预算&nbsp;财政</td>"
        "<td>208050<br>5</td><td> <p>a  b</p><p></p><p>c</p></td></tr></table>"
    )
    assert shown(reading) == [[["13,297.11", "一般公共预算 财政", "208050\n5", "a b\nc"]]]
