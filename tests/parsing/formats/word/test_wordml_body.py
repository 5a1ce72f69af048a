"""Paragraphs and tables of WordprocessingML."""

from __future__ import annotations

import io

import docx

from gongkai.parsing.formats.word.docx import read_docx
from gongkai.parsing.text.grid import Grid, TextLine
from tests.parsing.formats.word.docx_files import W, cell, docx_of, paragraph, shown, table


def test_merged_cells_of_a_file_by_python_docx() -> None:
    document = docx.Document()
    document.core_properties.title = "部门预算"
    document.add_heading("收支预算总表", 2)
    table = document.add_table(rows=4, cols=3)
    rows = (("项目", "金额", ""), ("", "小计", "其中"), ("工资", "1.00", "0.50"), ("合计", "1.00", ""))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("注：含上年结转。")
    out = io.BytesIO()
    document.save(out)
    reading = read_docx(out.getvalue())
    assert reading.title == "部门预算"
    heading, grid, note = reading.blocks
    assert heading == TextLine("收支预算总表", heading=2)
    assert note == TextLine("注：含上年结转。")
    assert isinstance(grid, Grid)
    assert (grid.row_count, grid.column_count) == (4, 3)
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells][:5] == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "金额"),
        (1, 1, 1, 1, "小计"),
        (1, 2, 1, 1, "其中"),
        (2, 0, 1, 1, "工资"),
    ]


def test_short_rows_and_grid_before_are_filled_with_blanks() -> None:
    body = table(
        cell("a") + cell("b") + cell("c"),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("x"),
        cell("wide", '<w:gridSpan w:val="3"/>'),
    )
    assert shown(read_docx(docx_of(body))) == [[["a", "b", "c"], ["", "x", ""], ["wide"]]]


def test_merge_that_nothing_begins_stands_alone() -> None:
    """A row deleted by hand leaves a continuation without its beginning: the cell is kept."""
    body = table(cell("a", "<w:vMerge/>") + cell("1"), cell("b") + cell("2"))
    assert shown(read_docx(docx_of(body))) == [[["a", "1"], ["b", "2"]]]


def test_nested_table_follows_its_table() -> None:
    inner = table(cell("1") + cell("2"))
    assert shown(read_docx(docx_of(table(cell("外", inner=inner) + cell("右"))))) == [[["外", "右"]], [["1", "2"]]]


def test_frame_of_one_cell_is_text() -> None:
    assert shown(read_docx(docx_of(table(cell("说明"))))) == ["说明"]


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('单位：万元')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>收支总表</w:t><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert shown(read_docx(docx_of(body))) == ["收支总表", "单位：万元"]


def test_heading_levels_of_styles_and_paragraphs() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="d"/></w:style><w:style w:styleId="d"><w:basedOn w:val="c"/></w:style>'
        "</w:styles>"
    )
    body = (
        paragraph("一", '<w:pStyle w:val="b"/>')
        + paragraph("二", '<w:outlineLvl w:val="1"/>')
        + paragraph("文", '<w:pStyle w:val="a"/><w:outlineLvl w:val="9"/>')
        + paragraph("环", '<w:pStyle w:val="c"/>')
    )
    reading = read_docx(docx_of(body, styles=styles))
    assert [block.heading for block in reading.blocks if isinstance(block, TextLine)] == [1, 2, None, None]


def test_document_taken_in_is_named() -> None:
    reading = read_docx(docx_of(paragraph("正文") + '<w:altChunk w:id="a"/>'))
    assert [doubt.kind for doubt in reading.doubts] == ["unread_part"]
