"""Text that is struck out: left out in every format, and told of; it never joins the number beside it."""

from __future__ import annotations

import io

import pytest
import xlwt  # type: ignore[import-untyped]
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.text.grid import Doubt, Grid, Reading, TextLine
from gongkai.parsing.text.struck_out import SHOWN, StruckOut, struck
from tests.documents.word import WordFile, struck_through
from tests.parsing.formats.html.pages import read_page
from tests.parsing.formats.sheets.xlsx_files import rewritten, xlsx_of
from tests.parsing.formats.word.docx_files import W, docx_of

WHY = "what stands in brackets is struck out and was left out: "


def _shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def _told(reading: Reading) -> str:
    (doubt,) = reading.doubts
    assert doubt.kind == "struck_out"
    return doubt.reason.removeprefix(WHY)


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _docx(properties: str, style: str = "", styles: str = "") -> bytes:
    kept = _run("15", '<w:strike w:val="0"/>')
    body = f"<w:p><w:pPr>{style}</w:pPr>{_run('12', properties)}{kept}</w:p>"
    return docx_of(body, styles=f'<w:styles xmlns:w="{W}">{styles}</w:styles>')


def _style(name: str, kind: str, inner: str) -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}">{inner}</w:style>'


STRIKE = "<w:rPr><w:strike/></w:rPr>"
CHARACTERS = _style("a", "character", STRIKE) + _style("b", "character", '<w:basedOn w:val="a"/>')
PARAGRAPHS = _style("p", "paragraph", STRIKE)
WORD_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:rPr>'
    '<w:strike w:val="on"/></w:rPr><w:t>12</w:t></w:r><w:r><w:t>15</w:t></w:r></w:p></w:body></w:wordDocument>'
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_docx("<w:strike/>"), id="docx"),
        pytest.param(_docx('<w:dstrike w:val="true"/>'), id="docx twice"),
        pytest.param(_docx('<w:rStyle w:val="b"/>', styles=CHARACTERS), id="docx style of characters"),
        pytest.param(_docx("", '<w:pStyle w:val="p"/>', PARAGRAPHS), id="docx style of paragraphs"),
        pytest.param(
            _docx("", styles=_style("p", "paragraph", STRIKE).replace("w:styleId", 'w:default="1" w:styleId')),
            id="docx usual style",
        ),
        pytest.param(
            _docx("", styles=f"<w:docDefaults><w:rPrDefault>{STRIKE}</w:rPrDefault></w:docDefaults>"),
            id="docx defaults",
        ),
        pytest.param(WORD_2003.encode(), id="word 2003 xml"),
        pytest.param(rb"{\rtf1\ansi {\strike 12}15\par}", id="rtf group"),
        pytest.param(rb"{\rtf1\ansi\striked1\strike0 12\striked0 15\par}", id="rtf twice"),
        pytest.param(rb"{\rtf1\ansi\strike\u49 ?\u50 ?\plain 15\par}", id="rtf unicode"),
        pytest.param(WordFile().text("12", struck_through()).paragraph("15").build(), id="doc"),
        pytest.param(WordFile().text("12", struck_through(twice=True)).paragraph("15").build(), id="doc twice"),
    ],
)
def test_struck_amount_is_left_out_and_told_of(data: bytes) -> None:
    reading = read(identified(data))
    assert (_shown(reading), _told(reading)) == (["15"], "'[12]15'")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_docx('<w:strike w:val="false"/>'), id="docx off"),
        pytest.param(
            _docx('<w:rStyle w:val="a"/>', '<w:pStyle w:val="p"/>', CHARACTERS + PARAGRAPHS), id="docx taken back"
        ),
        pytest.param(rb"{\rtf1\ansi{\strike0 12}15\par}", id="rtf off"),
    ],
)
def test_what_is_not_struck_stays(data: bytes) -> None:
    reading = read(identified(data))
    assert (_shown(reading), reading.doubts) == (["1215"], ())


@pytest.mark.parametrize(
    ("page", "lines", "told"),
    [
        ("<p><del>12</del>15万元</p>", ["15万元"], "'[12]15万元'"),
        ("<p>甲<s> 12 </s>15</p>", ["甲 15"], "'甲[ 12 ]15'"),
        ("<p>甲<strike>旧<br>文</strike>新</p>", ["甲", "新"], "'甲[旧]'; '[文]新'"),
        ("<p>甲</p><del><p>乙</p></del>", ["甲"], "'甲 [乙]'"),
        (
            "<p>1<b style='color:red;text-decoration:underline line-through'>2<i>3</i></b>5</p>",
            ["15"],
            "'1[23]5'",
        ),
        ("<p>1<i style='text-decoration-line:line-through'>2</i></p>", ["1"], "'1[2]'"),
        (
            "<table><tr><td>工资<td><del>12</del>15</tr><tr style=text-decoration:line-through><td>甲<td>9</table>",
            [[["工资", "15"], ["", ""]]],
            "'[12]15'; '15 [甲]'; '15 [9]'",
        ),
        ("<pre>甲 <del>12\n13</del>15</pre>", ["甲", "15"], "'甲 [12]'; '[13]15'"),
    ],
)
def test_struck_text_of_a_page(page: str, lines: list[object], told: str) -> None:
    reading = read_page(page)
    assert (_shown(reading), _told(reading)) == (lines, told)


def test_a_page_that_strikes_nothing_out() -> None:
    reading = read_page(
        "<p>1<s style='text-decoration:none'>2</s><s> </s>3<u style='text-decoration:underline'>4</u></p>"
    )
    assert (_shown(reading), reading.doubts) == (["12 34"], ())


def _book(sheet: Worksheet) -> None:
    font = InlineFont(strike=True)
    sheet.append(["项目", CellRichText(TextBlock(font, "12"), "15"), 1])
    sheet.append(["工资", "旧", 2])
    sheet.append(["津贴", CellRichText("12", TextBlock(InlineFont(b=True), "15")), 3])
    for at in ("B2", "C2", "B3"):
        sheet[at].font = Font(strike=True)


def test_struck_cells_and_runs_of_xlsx() -> None:
    reading = read(identified(xlsx_of(_book, "表")))
    assert _shown(reading) == ["表", [["项目", "15", "1"], ["工资", "", ""], ["津贴", "15", "3"]]]
    assert _told(reading) == "'表!R1C2 [12]15'; '表!R2C2 [旧]'; '表!R2C3 [2]'; '表!R3C2 [12]15'"


def test_strike_that_is_switched_off_in_xlsx() -> None:
    data = rewritten(xlsx_of(_book, "表"), "xl/styles.xml", '<strike val="1"/>', '<strike val="0"/>')
    assert _shown(read(identified(data)))[1] == [["项目", "15", "1"], ["工资", "旧", "2"], ["津贴", "1215", "3"]]


def test_struck_cells_and_runs_of_xls() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    line = xlwt.easyfont("struck_out true")
    for row, name in enumerate(("项目", "工资")):
        sheet.write(row, 0, name)
        sheet.write(row, 2, row)
    sheet.write_rich_text(0, 1, [("12", line), "15"])
    sheet.write(1, 1, 9, xlwt.easyxf("font: struck_out true"))
    out = io.BytesIO()
    book.save(out)
    reading = read(identified(out.getvalue()))
    assert _shown(reading) == ["表", [["项目", "15", "0"], ["工资", "", "1"]]]
    assert _told(reading) == "'表!R1C2 [12]15'; '表!R2C2 [9]'"


def test_struck_cells_and_runs_of_an_xml_workbook() -> None:
    spreadsheet = "urn:schemas-microsoft-com:office:spreadsheet"
    rich = '<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><S>12</S>15</ss:Data>'
    cells = f'<Cell>{rich}</Cell><Cell ss:StyleID="a"><Data ss:Type="Number">9</Data></Cell>'
    book = (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{spreadsheet}" xmlns:ss='
        f'"{spreadsheet}"><Styles><Style ss:ID="a"><Font ss:StrikeThrough="1"/></Style></Styles><Worksheet ss:Name='
        f'"表"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell>{cells}<Cell><Data ss:Type="Number">1</Data>'
        "</Cell></Row></Table></Worksheet></Workbook>"
    )
    reading = read(identified(book.encode()))
    assert isinstance(reading.blocks[1], Grid)
    assert _shown(reading)[1] == [["x", "15", "", "1"]]
    assert _told(reading) == "'表!R1C2 [12]15'; '表!R1C3 [9]'"


def test_many_struck_lines_are_counted_and_long_ones_cut() -> None:
    struck_out = StruckOut()
    assert struck_out.without(struck("旧" * 90)) == ""
    assert struck_out.without(f"{'甲' * 90}{struck('0 ')}{struck('1 ')}4{struck(' ')}") == f"{'甲' * 90} 4 "
    for _ in range(SHOWN):
        struck_out.without(struck("x"))
    (doubt,) = struck_out.doubts()
    before = "甲" * 18 + " 4"
    shown = [f"'[{'旧' * 59}'", f"'{'甲' * 20}[0 1 ]4'", *[f"'{before} [x]'"] * (SHOWN - 2)]
    assert doubt == Doubt("struck_out", f"{WHY}{'; '.join([*shown, '+ 2'])}")
    assert StruckOut().doubts() == ()


def test_marks_that_stand_in_a_text_itself_strike_nothing() -> None:
    struck_out = StruckOut()
    marked = struck("x")
    assert struck_out.without(f"12{marked[0]}15") == "1215"
    assert struck_out.doubts() == ()


def test_breaks_and_blanks_of_struck_text_still_part_what_stands_around_it() -> None:
    struck_out = StruckOut()
    assert struck_out.without("12" + struck("a\tb\nc d ") + "15") == "12\t\n 15"
    assert struck_out.without(f"12{struck(' ')}15{struck('')}") == "12 15"
    assert read(identified(rb"{\rtf1\ansi 12{\strike 3\line 4}15\par}")).blocks == (TextLine("12\n15"),)
