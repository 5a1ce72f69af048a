"""Workbooks in one XML file (SpreadsheetML 2003)."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.envelopes.detection import detect, identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.formats.sheets import spreadsheet_xml
from gongkai.parsing.text.grid import Reading, TextLine, UnreadableDocumentError

NAMES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
)
STYLES = (
    '<Styles><Style ss:ID="Default"><NumberFormat/></Style>'
    '<Style ss:ID="s1"><NumberFormat ss:Format="Standard"/></Style>'
    '<Style ss:ID="s2" ss:Parent="s1"><Borders><Border ss:Position="Top" ss:LineStyle="Continuous"/></Borders></Style>'
    '<Style ss:ID="s3"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style></Styles>'
)


def _sheet(rows: str, name: str = "收支总表", columns: str = "", options: str = "") -> str:
    return (
        f'<Worksheet ss:Name="{name}"><Table>{columns}{rows}</Table>'
        f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}</WorksheetOptions></Worksheet>'
    )


def _book(*sheets: str, prolog: str = "", styles: str = STYLES) -> bytes:
    start = f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>{prolog}'
    return f"{start}<Workbook {NAMES}>{styles}{''.join(sheets)}</Workbook>".encode()


def _cell(value: object, more: str = "") -> str:
    kind = "String" if isinstance(value, str) else "Number"
    return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def _row(*values: object, more: str = "") -> str:
    cells = (value if isinstance(value, str) and value.startswith("<Cell") else _cell(value) for value in values)
    return f"<Row {more}>{''.join(cells)}</Row>"


def _shown(reading: Reading) -> list[str | list[list[tuple[str, int, int]]]]:
    return [
        block.text
        if isinstance(block, TextLine)
        else [[(cell.text, cell.row_span, cell.column_span) for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def _texts(*rows: str, **more: str) -> list[list[str]]:
    """The texts of the one table."""
    reading = read(identified(_book(_sheet("".join(rows), **more))))
    (grid,) = (block for block in reading.blocks if not isinstance(block, TextLine))
    return [[cell.text for cell in row] for row in grid.rows()]


def test_merged_cells_and_indexes() -> None:
    rows = (
        _row(
            "<Cell ss:MergeDown='1'><Data ss:Type='String'>项目</Data></Cell>",
            _cell("金额", 'ss:MergeAcross="1"'),
            "注",
        )
        + _row(_cell("小计", 'ss:Index="2"'), "其中", "")
        + _row("工资", 1, 0.5, "无", more='ss:Index="3"')
    )
    reading = read(identified(_book(_sheet(rows))))
    assert reading.format == "spreadsheet_xml"
    assert _shown(reading) == [
        "收支总表",
        [
            [("项目", 2, 1), ("金额", 1, 2), ("注", 1, 1)],
            [("小计", 1, 1), ("其中", 1, 1), ("", 1, 1)],
            [("工资", 1, 1), ("1", 1, 1), ("0.5", 1, 1), ("无", 1, 1)],
        ],
    ]


def test_values_as_shown() -> None:
    moment = '<Cell ss:StyleID="s3"><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell>'
    plain = '<Cell><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell>'
    rich = '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B>体</ss:Data></Cell>'
    boolean = '<Cell><Data ss:Type="Boolean">1</Data></Cell>'
    assert _texts(
        _row(_cell(13297.1, 'ss:StyleID="s2"'), moment, plain, rich, boolean), _row("a&#10;b", 1.5, "x", "y", "z")
    ) == [["13,297.10", "2024年3月", "2024-03-01", "粗体", "TRUE"], ["a\nb", "1.5", "x", "y", "z"]]


def test_styles_of_rows_and_columns() -> None:
    columns = '<Column ss:Index="2" ss:Span="1" ss:StyleID="s1"/>'
    assert _texts(_row("a", 1000, 2), _row("b", 3, 4), columns=columns) == [
        ["a", "1,000.00", "2.00"],
        ["b", "3.00", "4.00"],
    ]
    assert _texts(_row("a", 1, more='ss:StyleID="s1"'), _row("b", 3)) == [["a", "1.00"], ["b", "3"]]


def test_hidden_sheets_columns_and_zeros() -> None:
    hidden = _sheet(_row("x", 1), name="底稿", options="<Visible>SheetHidden</Visible>")
    columns = '<Column ss:Index="3" ss:Hidden="1"/>'
    rows = _row("项目", "金额") + _row("工资", 0, 99) + _row("津贴", 2)
    reading = read(identified(_book(hidden, _sheet(rows, columns=columns, options="<DoNotDisplayZeros/>"))))
    assert [doubt.kind for doubt in reading.doubts] == ["hidden_sheet", "hidden_cells"]
    (grid,) = (block for block in reading.blocks if not isinstance(block, TextLine))
    assert [[cell.text for cell in row] for row in grid.rows()] == [["项目", "金额"], ["工资", ""], ["津贴", "2"]]


def test_formula_without_value() -> None:
    reading = read(identified(_book(_sheet(_row("合计", 1, '<Cell ss:Formula="=SUM(R1C1)"/>') + _row("a", 2)))))
    assert [doubt.kind for doubt in reading.doubts] == ["formula_without_value"]


def test_prefixed_elements_and_attributes_without_namespace() -> None:
    """As reporting systems write them."""
    data = (
        '<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet Name="表"><ss:Table>'
        '<ss:Row><ss:Cell MergeAcross="1"><ss:Data Type="String">总表</ss:Data></ss:Cell></ss:Row>'
        '<ss:Row><ss:Cell><ss:Data Type="String">工资</ss:Data></ss:Cell>'
        '<ss:Cell><ss:Data Type="Number">1</ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>'
    )
    assert _shown(read(identified(data.encode()))) == ["表", [[("总表", 1, 2)], [("工资", 1, 1), ("1", 1, 1)]]]


@pytest.mark.parametrize("index", ["99999999999999", "-1", "x", "0"])
def test_impossible_indexes(index: str) -> None:
    reading = read(identified(_book(_sheet(_row("甲", 1) + _row("乙", 2, more=f'ss:Index="{index}"')))))
    assert len(reading.blocks) == 2


def test_stray_cell_far_away_makes_no_giant() -> None:
    far = '<Cell ss:Index="16000" ss:MergeAcross="99999" ss:MergeDown="999999"><Data ss:Type="String">x</Data></Cell>'
    rows = _row("甲", 1) + _row(far, more='ss:Index="1000000"')
    assert _shown(read(identified(_book(_sheet(rows)))))[1] == [[("甲", 1, 1), ("1", 1, 1)]]


def test_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = _book(_sheet(_row("&a;")), prolog='<!DOCTYPE w [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;">]>')
    monkeypatch.setattr(spreadsheet_xml, "MAX_CELLS", 3)
    for data, kind in ((bomb, "bomb"), (_book()[:-5], "corrupt"), (_book(_sheet(_row(*"abcd"))), "too_large")):
        with pytest.raises(UnreadableDocumentError) as caught:
            read(identified(data))
        assert (detect(data), caught.value.kind) == ("spreadsheet_xml", kind)


def test_html_that_excel_saves_stays_html() -> None:
    data = f"<html {NAMES}><body><table><tr><td>甲</td><td>1</td></tr></table></body></html>".encode()
    assert detect(data) == "html"
