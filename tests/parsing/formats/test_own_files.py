"""Files of our own, as odd as published ones are: whole grids, and what a damaged or disguised file ends as.

`test_corpus` asks the same of the published files, where they are at hand.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlwt  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import SimpleDocTemplate, Table

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read as read_file
from gongkai.parsing.formats.word.doc import read_doc
from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.words import TABLE_WORDS
from gongkai.parsing.text.grid import Grid, Reading, TextLine, UnreadableDocumentError
from tests.documents.disclosures import Form, load
from tests.documents.word import WordFile, row_definition
from tests.places import DEMO_SITE, RECORDED

DISCLOSURES = sorted(path for path in DEMO_SITE.rglob("*") if path.suffix in {".pdf", ".docx", ".xlsx"})
PAGES = [*sorted(DEMO_SITE.rglob("*.html")), *sorted(RECORDED.rglob("*.html"))]
DRAWN = {"000": "202502/P020250218365478120001.pdf", "003": "202405/P020240526403217891002.pdf"}
FONT = "STSong-Light"


def read(data: bytes) -> Reading:
    return read_file(identified(data), TABLE_WORDS)


def _name(path: Path) -> str:
    return f"{path.stem[-3:]}{path.suffix}"


def assert_whole(reading: Reading) -> None:
    """Every grid's positions are covered exactly once, in row-major order."""
    for grid in (block for block in reading.blocks if isinstance(block, Grid)):
        covered = [
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(covered) == len(set(covered)) == grid.row_count * grid.column_count
        assert list(grid.cells) == sorted(grid.cells, key=lambda cell: (cell.row, cell.column))


@pytest.mark.parametrize("path", DISCLOSURES, ids=_name)
def test_grids_of_disclosures_are_whole(path: Path) -> None:
    reading = read(path.read_bytes())
    assert sum(isinstance(block, Grid) for block in reading.blocks) > 10
    assert {doubt.kind for doubt in reading.doubts} <= {"hidden_sheet"}
    assert_whole(reading)


def test_pages_of_portals_are_read_or_say_that_they_hold_nothing() -> None:
    assert len(PAGES) > 35
    for path in PAGES:
        reading = read(path.read_bytes())
        assert {doubt.kind for doubt in reading.doubts} <= {"no_content", "undecodable_text"}, path.name
        assert_whole(reading)


# --- what is drawn is what is read ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", DRAWN)
def test_every_heading_and_row_of_every_form_is_read_as_it_was_drawn(seed: str) -> None:
    """000 stands on upright pages, 003 on turned ones; both break forms over pages."""
    tables = assemble(read((DEMO_SITE / DRAWN[seed]).read_bytes()).blocks).tables
    titled = {_close(table.title or ""): table for table in tables}
    compared = 0
    for form in load(seed).statements():
        if form.id.startswith("performance"):
            continue
        table = titled[_close(form.title)]
        assert [tuple(map(_close, path.split("/"))) for path in table.headers] == _paths(form), form.title
        body = [
            [_close(row[column].text) if column in row else "" for column in range(table.width)] for row in table.body()
        ]
        assert body == [[_close(text) for text in row] for row in form.rows], form.title
        compared += len(body)
    assert compared > 150


def _paths(form: Form) -> list[tuple[str, ...]]:
    """The headings over each column from the top down, each once."""
    texts: dict[tuple[int, int], str] = {}
    for number, row in enumerate(form.header):
        column = 0
        for cell in row:
            while (number, column) in texts:
                column += 1
            for down, across in itertools.product(range(cell.rows), range(cell.columns)):
                texts[number + down, column + across] = _close(cell.text)
            column += cell.columns
    columns = [[texts[row, column] for row in range(len(form.header))] for column in range(form.width)]
    return [tuple(text for text, _ in itertools.groupby(column) if text) for column in columns]


def _close(text: str) -> str:
    return re.sub(r"\s", "", text)


# --- disguised and damaged --------------------------------------------------------------------------------------------


def kind(data: bytes) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(data)
    return caught.value.kind


@pytest.mark.parametrize("path", [path for path in DISCLOSURES if path.suffix != ".xlsx"], ids=_name)
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_download_that_was_cut_off(path: Path, part: float) -> None:
    data = path.read_bytes()
    assert kind(data[: int(len(data) * part)]) == "truncated"


def test_a_pdf_that_was_decoded_as_text() -> None:
    """Somebody's crawler stored what it took for a page; the bytes are gone for good."""
    text = (DEMO_SITE / DRAWN["000"]).read_bytes().decode("utf-8", errors="replace")
    assert kind(text.encode()) == "mangled"


def test_a_page_that_was_saved_under_the_name_of_a_pdf() -> None:
    """The name is not looked at: a page of a portal where a PDF was promised is read as the page it is."""
    page = (RECORDED / "hunan_changsha" / "1-listing.html").read_bytes()
    reading = read(page)
    assert reading.format == "html"
    assert any("国家统计局长沙调查队" in block.text for block in reading.blocks if isinstance(block, TextLine))


# --- other programs ---------------------------------------------------------------------------------------------------


def test_a_word_file_with_a_class_id_in_its_header() -> None:
    """WPS writes its class id into eight reserved bytes and the eight behind them, which stricter readers refuse."""
    two = row_definition(0, [(1000, 0), (2000, 0)])
    plain = WordFile().paragraph("“三公”经费情况").row(["项目", "22,618.9"], two).build()
    assert plain[8:24] == bytes(16)
    marked = plain[:8] + bytes.fromhex("0609020000000000c000000000000046") + plain[24:]
    assert read_doc(marked).blocks == read_doc(plain).blocks
    assert kind(marked[: len(marked) // 2]) == "truncated"


ROWS = [
    ["项目", "预算数", "上年数"],
    ["一般公共服务支出", "2,106.66", "1,998.10"],
    ["住房保障支出", "445.69", "430.02"],
    ["合计", "2,552.35", "2,428.12"],
]


def test_a_workbook_and_its_print_in_one_archive_agree() -> None:
    """Every amount of one is in the other, as often; the columns that the budget system hid are in neither."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("部门预算表.xls", _workbook())
        archive.writestr("部门预算表.pdf", _print())
    with zipfile.ZipFile(out) as archive:
        readings = {name[-3:]: read(archive.read(name)) for name in archive.namelist()}
    assert (
        _amounts(readings["xls"])
        == _amounts(readings["pdf"])
        == sorted(text for row in ROWS for text in row if "." in text)
    )


def _workbook() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("部门预算表")
    style: Any = xlwt.easyxf(num_format_str="#,##0.00")
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            if "." in text:
                sheet.write(number, column, float(text.replace(",", "")), style)
            else:
                sheet.write(number, column, text)
        sheet.write(number, 3, 99.99, style)
    sheet.col(3).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _print() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    table = Table(ROWS, style=[("FONT", (0, 0), (-1, -1), FONT, 10), ("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(out, pagesize=A4).build([table])
    return out.getvalue()


def _amounts(reading: Reading) -> list[str]:
    cells = (cell.text for block in reading.blocks if isinstance(block, Grid) for cell in block.cells)
    return sorted(text.strip() for text in cells if "." in text)
