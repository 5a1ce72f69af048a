"""HTML: the article of a page, spans, layout tables, charsets."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.html import grids
from gongkai.parsing.formats.html.mhtml import read_mhtml
from gongkai.parsing.formats.html.page import read_html
from gongkai.parsing.text.grid import Grid, Reading, TextLine, UnreadableDocumentError


def _read(body: str, head: str = "") -> Reading:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())


def _shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def _spans(reading: Reading) -> list[tuple[str, int, int, int, int]]:
    (grid,) = (block for block in reading.blocks if isinstance(block, Grid))
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def test_spans() -> None:
    reading = _read(
        "<table><caption>收支总表</caption><tr><th rowspan=2>项目<th colspan=2>金额</tr><tr><th>小计<th>其中</tr>"
        "<tr><td>工资<td>1.00<td>0.50</tr><tr><td>合计</tr></table>"
    )
    assert _shown(reading)[0] == "收支总表"
    assert _spans(reading) == [
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
    reading = _read(
        "<table><tr><td colspan=999999>题</td></tr><tr><td rowspan=50>a</td><td colspan=x>1</td></tr>"
        "<tr><td rowspan=0>2</td></tr></table>"
    )
    assert _spans(reading) == [("题", 0, 0, 1, 2), ("a", 1, 0, 2, 1), ("1", 1, 1, 1, 1), ("2", 2, 1, 1, 1)]


def test_span_that_meets_a_cell_from_above() -> None:
    reading = _read("<table><tr><td>a<td>b<td rowspan=2>c</tr><tr><td colspan=3>d</tr><tr><td>e<td>f<td>g</tr></table>")
    assert _spans(reading)[:4] == [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 0, 2, 2, 1), ("d", 1, 0, 1, 2)]


def test_foot_is_shown_last() -> None:
    reading = _read("<table><tfoot><tr><td>合计<td>1</tr></tfoot><tbody><tr><td>工资<td>1</tr></tbody></table>")
    assert _shown(reading) == [[["工资", "1"], ["合计", "1"]]]


def test_layout_tables_are_opened() -> None:
    reading = _read(
        "<table><tr><td>左栏</td><td><h2>收支总表</h2><table><tr><td>工资<td>1</tr></table><p>注：无</td></tr></table>"
        "<table><tr><td>一格</td></tr></table>"
    )
    assert _shown(reading) == ["左栏", "收支总表", [["工资", "1"]], "注：无", "一格"]
    assert reading.blocks[1] == TextLine("收支总表", heading=2)


def test_text_of_cells_as_a_browser_sets_it() -> None:
    reading = _read(
        "<table><tr><td><p><span>13,297.</span><span>11</span></p></td><td>一般公共\n  预算&nbsp;财政</td>"
        "<td>208050<br>5</td><td> <p>a  b</p><p></p><p>c</p></td></tr></table>"
    )
    assert _shown(reading) == [[["13,297.11", "一般公共预算 财政", "208050\n5", "a b\nc"]]]


def test_only_the_article_is_read() -> None:
    reading = _read(
        "<nav>导航</nav><div>首页</div>"
        "<div class='TRS_Editor wide' id=x><p>正文</p><div class=TRS_Editor>内</div></div>"
        "<div id=Zoom></div><div>版权所有</div>",
        "<title>门户网站</title><meta name=ArticleTitle content='2025年部门预算'>",
    )
    assert _shown(reading) == ["正文", "内"]
    assert reading.title == "2025年部门预算"


def test_whole_body_without_a_marked_article() -> None:
    reading = _read(
        "<script>var a='<p>x</p>'</script><style>p{}</style><p style='display: none'>隐</p><p hidden>藏</p>"
        "<div>甲<b>乙</b><br>丙</div>丁<!-- 注释 --><ul><li>一<li>二</ul>",
        "<title> 决算\n公开 </title>",
    )
    assert _shown(reading) == ["甲乙", "丙", "丁", "一", "二"]
    assert reading.title == "决算公开"


def test_preformatted_lines() -> None:
    assert _shown(_read("<pre>一、收入  1.00\n\n二、支出  1.00</pre>")) == ["一、收入  1.00", "二、支出  1.00"]


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gbk">', "gb18030"),
        ("", "gb18030"),
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta charset="big5">', "big5"),
        ("", "utf-16"),
    ],
)
def test_charsets(meta: str, encoding: str) -> None:
    page = f"<html><head>{meta}</head><body><p>預算公開</p></body></html>"
    assert _shown(read_html(page.encode(encoding))) == ["預算公開"]


def test_charset_of_the_header_comes_before_the_page() -> None:
    page = "<meta charset=gb2312><p>預算</p>".encode("big5")
    assert _shown(read_html(page, declared="big5")) == ["預算"]


def test_xml_declaration() -> None:
    page = '<?xml version="1.0" encoding="gbk"?><html><body>预算</body></html>'
    assert _shown(read_html(page.encode("gbk"))) == ["预算"]


def test_lost_characters_are_named() -> None:
    reading = read_html("<meta charset=utf-8><p>预算公开".encode() + b"\xff\xff</p>")
    assert [doubt.kind for doubt in reading.doubts] == ["undecodable_text"]


def test_deep_nesting_ends() -> None:
    reading = _read("<div>" * 50_000 + "深")
    assert [doubt.kind for doubt in reading.doubts] == ["too_deep"] or _shown(reading) == ["深"]


def test_table_of_too_many_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "MAX_POSITIONS", 100)
    reading = _read("<table>" + "<tr><td colspan=1000>a<td>b</tr>" * 30 + "</table><p>后</p>")
    assert _shown(reading) == ["后"]
    assert [doubt.kind for doubt in reading.doubts] == ["too_large"]


def test_web_archive() -> None:
    data = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=D4=A4=CB=E3</p>\r\n--b--\r\n"
    )
    reading = read_mhtml(data)
    assert (reading.format, _shown(reading)) == ("mhtml", ["预算"])


def test_web_archive_without_page() -> None:
    with pytest.raises(UnreadableDocumentError, match="no HTML part"):
        read_mhtml(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx")


def test_sheets_of_a_web_archive() -> None:
    """Excel saves a workbook as one page per sheet, with a frame and a page of tabs round them."""
    pages = {
        "book.htm": "<title>预算</title><frameset></frameset>",
        "book.files/tabstrip.htm": "<table><tr><td>表一</td><td>表二</td></tr></table>",
        "book.files/sheet001.htm": "<table><tr><td>工资</td><td>1.00</td></tr></table>",
        "book.files/sheet002.htm": "<table><tr><td>支出</td><td>2.00</td></tr></table>",
    }
    parts = "".join(
        f"--b\r\nContent-Location: file:///C:/{name}\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n<html>{page}</html>\r\n"
        for name, page in pages.items()
    )
    reading = read_mhtml(
        f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n{parts}--b--".encode()
    )
    assert _shown(reading) == [[["工资", "1.00"]], [["支出", "2.00"]]]
    assert reading.title == "预算"


def test_table_with_amounts_keeps_its_cells_beside_a_nested_one() -> None:
    inner = "<table><tr><td>甲</td><td>0.40</td></tr><tr><td>乙</td><td>0.60</td></tr></table>"
    reading = _read(
        f"<table><tr><td>工资<td>1.00<td>其中{inner}</tr><tr><td>津贴<td>2.00<td>"
        "<table><tr><td>一格</td></tr></table></tr></table>"
    )
    assert _shown(reading) == [
        [["工资", "1.00", "其中"], ["津贴", "2.00", "一格"]],
        [["甲", "0.40"], ["乙", "0.60"]],
    ]


def test_spans_without_end() -> None:
    """The size of a cell is known before its positions are: 5,000 such cells would fill the memory."""
    reading = _read("<table>" + "<tr><td rowspan=65534 colspan=1000>x</tr>" * 5000 + "</table><p>后</p>")
    assert _shown(reading) == ["后"]
    assert [doubt.kind for doubt in reading.doubts] == ["too_large"]


def test_tables_with_amounts_nested_deeply() -> None:
    """Each is read once: read in its cell and after its table, 40 levels would take for ever."""
    reading = _read("<table><tr><td>工资<td>1.00</tr><tr><td>津贴<td>2.00</tr><tr><td>" * 40)
    assert len([block for block in reading.blocks if isinstance(block, Grid)]) == 40


@pytest.mark.parametrize("declared", ["iso-8859-1", "ascii", "windows-1252"])
def test_wrong_declarations(declared: str) -> None:
    page = f"<html><head><meta charset={declared}></head><body><p>部门预算</p></body></html>"
    assert _shown(read_html(page.encode("gb18030"))) == ["部门预算"]
    assert _shown(read_html(page.encode("gb18030"), declared=declared)) == ["部门预算"]
    assert _shown(read_html(page.encode())) == ["部门预算"]
