"""Scans: pages drawn as pictures, damaged as scanners and fax machines do, and a real one with a stamp on it.

Most need the optional extra: ``pip install 'gongkai[ocr]'``, then ``pytest tests/parsing/formats/scan``.
The pages drawn hold Latin letters and digits, the only ones in fonts that come with the packages at hand.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import pathlib
import random
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from gongkai.parsing.document import parse_document
from gongkai.parsing.formats.pdf.missing_fonts import use_boxes, use_system_fonts
from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.formats.scan.extra import UNCERTAIN
from gongkai.parsing.formats.scan.reader import is_available
from gongkai.parsing.publisher import Context
from gongkai.parsing.text.grid import Box, Grid, Reading, TextLine
from tests.places import SHARED

DPI = 200
WIDTH, HEIGHT = 1654, 2339  # A4 in dots
POINT = 72 / DPI
CORPUS = SHARED / "corpus"
HOSTILE, DRAWN = CORPUS / "hostile", CORPUS / "pdf"

needs_extra = pytest.mark.skipif(
    not is_available(),
    reason="reading scans needs the extra: pip install 'gongkai[ocr]', then pytest tests/parsing/formats/scan",
)

COLUMNS = (150, 250, 750, 1_100, 1_500)
ROWS = (400, 450, 500, 550, 600, 650, 700)
STATEMENT = [
    ["No.", "Item", "Budget"],
    ["Total", "Basic"],
    ["1", "General public services", "13,297.11", "8,024.60"],
    ["2", "Education", "1,206.03", "0.00"],
    ["3", "Housing", "-45.90", ""],
    ["", "Sum", "14,457.24", "8,024.60"],
]


@dataclasses.dataclass(frozen=True)
class Scanner:
    """How a page comes out of a scanner: degrees of slant, quarter turns, grey levels of noise, JPEG quality."""

    slant: float = 0.0
    quarters: int = 0
    noise: int = 0
    quality: int = 90

    def pdf(self, page: Image.Image) -> bytes:
        """A PDF of one page that is nothing but the picture."""
        picture = page.rotate(self.slant, Image.Resampling.BICUBIC, fillcolor="white")
        picture = picture.rotate(-90 * self.quarters, expand=True)
        if self.noise and picture.mode == "L":
            grain = random.Random(7).randbytes(picture.width * picture.height)
            levels = [128 + round((level / 255 - 0.5) * 2 * self.noise) for level in range(256)]
            noise = Image.frombytes("L", picture.size, grain).point(levels)
            picture = ImageChops.add(picture, noise, 1, -128)
        out = io.BytesIO()
        picture.save(out, "PDF", resolution=DPI, quality=self.quality)
        return out.getvalue()


def _blank(mode: str = "L") -> Image.Image:
    return Image.new(mode, (WIDTH, HEIGHT), "white")


def _text(page: Image.Image, x: float, y: float, text: str, points: float = 10, *, colour: str = "black") -> None:
    """Text from x to the right with its middle at y."""
    font = ImageFont.load_default(points / POINT)
    ImageDraw.Draw(page).text((x, y), text, fill=colour, font=font, anchor="lm")


def _lattice(page: Image.Image, xs: Sequence[int], ys: Sequence[int]) -> None:
    draw = ImageDraw.Draw(page)
    for y in ys:
        draw.line((xs[0], y, xs[-1], y), "black", 2)
    for x in xs:
        draw.line((x, ys[0], x, ys[-1]), "black", 2)


def _statement(mode: str = "L") -> Image.Image:
    """A title, a unit, a heading over two columns beside two over two rows, and four rows of amounts."""
    page = _blank(mode)
    draw = ImageDraw.Draw(page)
    _text(page, 550, 250, "Statement of expenditure", 16)
    _text(page, 1_230, 350, "Unit: yuan")
    for y in (400, *ROWS[2:]):
        draw.line((150, y, 1_500, y), "black", 2)
    draw.line((750, 450, 1_500, 450), "black", 2)
    for x in (150, 250, 750, 1_500):
        draw.line((x, 400, x, 700), "black", 2)
    draw.line((1_100, 450, 1_100, 700), "black", 2)
    _text(page, 170, 450, "No.")
    _text(page, 400, 450, "Item")
    _text(page, 1_050, 425, "Budget")
    _text(page, 880, 475, "Total")
    _text(page, 1_260, 475, "Basic")
    for row, texts in enumerate(STATEMENT[2:], start=2):
        for column, text in enumerate(texts):
            _text(page, COLUMNS[column] + 25, (ROWS[row] + ROWS[row + 1]) / 2, text)
    _text(page, 150, 760, "Note: amounts include those carried forward.")
    return page


def _grids(reading: Reading) -> list[Grid]:
    return [block for block in reading.blocks if isinstance(block, Grid)]


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def _words(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, TextLine)]


def _kinds(reading: Reading) -> list[tuple[str, int | None]]:
    return [(doubt.kind, doubt.page) for doubt in reading.doubts]


def _edges(box: Box | None) -> tuple[float, float, float, float]:
    assert box is not None
    return box.x0, box.y0, box.x1, box.y1


@needs_extra
@pytest.mark.parametrize(
    "scanner",
    [
        Scanner(),
        Scanner(slant=1.5, noise=25, quality=40),
        Scanner(slant=-1.5, noise=25, quality=40),
        Scanner(slant=0.6, quarters=1, noise=15, quality=60),
        Scanner(slant=-3.0, quarters=2, noise=15, quality=60),
        Scanner(quarters=3, quality=40),
    ],
    ids=str,
)
def test_damaged_scan_is_read_exactly(scanner: Scanner) -> None:
    reading = read_pdf(scanner.pdf(_statement()))
    assert _kinds(reading) == [("read_by_ocr", 1)]
    (grid,) = _grids(reading)
    assert _texts(grid) == STATEMENT
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells if cell.row < 2}
    assert spans == {"No.": (2, 1), "Item": (2, 1), "Budget": (1, 2), "Total": (1, 1), "Basic": (1, 1)}
    assert _words(reading) == [
        "Statement of expenditure",
        "Unit: yuan",
        "Note: amounts include those carried forward.",
    ]


@needs_extra
def test_boxes_are_points_of_the_page_as_shown() -> None:
    reading = read_pdf(Scanner().pdf(_statement()))
    (grid,) = _grids(reading)
    assert _edges(grid.box) == pytest.approx([edge * POINT for edge in (150, 400, 1_500, 700)], abs=1)
    amount = next(cell for cell in grid.cells if cell.text == "1,206.03")
    assert amount.page == 1
    assert _edges(amount.box) == pytest.approx([edge * POINT for edge in (750, 550, 1_100, 600)], abs=1)
    title = next(block for block in reading.blocks if isinstance(block, TextLine))
    x0, y0, x1, y1 = _edges(title.box)
    assert x0 < 550 / DPI * 72 + 2
    assert y0 < 250 * POINT < y1
    assert x1 > 700 * POINT


@needs_extra
def test_boxes_of_a_page_lying_on_its_side() -> None:
    """Turned clockwise by a quarter, the table's top is at the right of the page as shown."""
    (grid,) = _grids(read_pdf(Scanner(quarters=1).pdf(_statement())))
    shown = (HEIGHT - 700, 150, HEIGHT - 400, 1_500)
    assert _edges(grid.box) == pytest.approx([edge * POINT for edge in shown], abs=1)


@needs_extra
def test_lines_of_a_cell_are_read_one_by_one() -> None:
    page = _blank()
    _lattice(page, (150, 600, 1_000), (400, 520, 600))
    for y, text in ((430, "Expenditure on housing,"), (460, "water supply and"), (490, "waste disposal (net)")):
        _text(page, 170, y, text)
    _text(page, 700, 460, "2,406.17")
    _text(page, 170, 560, "Total")
    _text(page, 700, 560, "2,406.17")
    (grid,) = _grids(read_pdf(Scanner(noise=15).pdf(page)))
    assert _texts(grid) == [
        ["Expenditure on housing,\nwater supply and\nwaste disposal (net)", "2,406.17"],
        ["Total", "2,406.17"],
    ]


@needs_extra
def test_text_close_to_the_rules_keeps_its_digits() -> None:
    page = _blank()
    _lattice(page, (150, 500, 800), (400, 434, 468))
    font = ImageFont.load_default(10 / POINT)
    draw = ImageDraw.Draw(page)
    for y, left, right in ((417, "30,102.88", "6,400.00"), (451, "77,010.96", "8,500.00")):
        draw.text((155, y), left, "black", font, anchor="lm")
        draw.text((796, y), right, "black", font, anchor="rm")
    (grid,) = _grids(read_pdf(Scanner(slant=0.8).pdf(page)))
    assert _texts(grid) == [["30,102.88", "6,400.00"], ["77,010.96", "8,500.00"]]


@needs_extra
def test_broken_and_missing_rules() -> None:
    """Rules with gaps, as faxes make them, and a table that the page's end cuts off without a closing rule."""
    page = _blank()
    _lattice(page, (150, 700, 1_200), (400, 450, 500, 550))
    draw = ImageDraw.Draw(page)
    for x in (150, 700, 1_200):
        draw.line((x, 550, x, 600), "black", 2)
    for x, y in ((300, 450), (900, 500), (700, 420), (1_000, 400)):
        draw.rectangle((x - 4, y - 4, x + 4, y + 4), fill="white")
    for row, (text, amount) in enumerate((("Item", "Amount"), ("A1", "10.01"), ("B2", "20.02"), ("C3", "30.03"))):
        _text(page, 170, 425 + 50 * row, text)
        _text(page, 750, 425 + 50 * row, amount)
    (grid,) = _grids(read_pdf(Scanner().pdf(page)))
    assert _texts(grid) == [["Item", "Amount"], ["A1", "10.01"], ["B2", "20.02"], ["C3", "30.03"]]


@needs_extra
def test_line_that_ends_inside_a_cell_is_no_rule() -> None:
    """Bold digits set close make straight lines too; one here runs from the middle of a cell to its right rule."""
    page = _statement()
    ImageDraw.Draw(page).line((1_250, 691, 1_500, 691), "black", 2)
    (grid,) = _grids(read_pdf(Scanner().pdf(page)))
    assert (grid.row_count, grid.column_count) == (6, 4)
    assert [row[:2] for row in _texts(grid)[2:]] == [row[:2] for row in STATEMENT[2:]]


@needs_extra
def test_red_stamp_does_not_hide_amounts() -> None:
    stamp = _blank("RGB")
    ImageDraw.Draw(stamp).ellipse((700, 430, 1_000, 730), outline=(220, 30, 40), width=12)
    _text(stamp, 760, 580, "APPROVED", 14, colour="#dc1e28")
    page = ImageChops.multiply(_statement("RGB"), stamp)  # ink does not cover ink
    (grid,) = _grids(read_pdf(Scanner().pdf(page)))
    assert _texts(grid) == STATEMENT


@needs_extra
def test_page_of_text_alone_has_no_grid() -> None:
    page = _blank()
    lines = [f"Line {number} of the narrative says {number * 1_013:,}.50 yuan." for number in range(3, 9)]
    for place, line in enumerate(lines):
        _text(page, 200, 300 + 60 * place, line, 12)
    reading = read_pdf(Scanner(slant=-0.7, noise=15).pdf(page))
    assert _grids(reading) == []
    assert _words(reading) == lines


@needs_extra
@pytest.mark.parametrize("shade", ["white", "black"])
def test_blank_page(shade: str) -> None:
    reading = read_pdf(Scanner().pdf(Image.new("L", (WIDTH, HEIGHT), shade)))
    assert reading.blocks == ()
    assert _kinds(reading) == [("read_by_ocr", 1)]


@needs_extra
def test_page_of_noise_gives_no_amounts() -> None:
    noise = Image.frombytes("L", (WIDTH, HEIGHT), random.Random(3).randbytes(WIDTH * HEIGHT))
    reading = read_pdf(Scanner().pdf(noise))
    assert not any(character.isdigit() for block in reading.blocks for character in repr(block))


@needs_extra
def test_drawn_pages_are_not_read_by_ocr() -> None:
    """Of a file with both, only the picture is read as one."""
    with pypdfium2.PdfDocument(Scanner().pdf(_statement())) as document:
        document.new_page(300, 200, 0)
        out = io.BytesIO()
        document.save(out)
    assert _kinds(read_pdf(out.getvalue())) == [("read_by_ocr", 2)]


@needs_extra
@pytest.mark.skipif(not HOSTILE.is_dir(), reason=f"no shared corpus at {HOSTILE}")
def test_real_scan_on_its_side_with_a_stamp() -> None:
    """A list of projects of Changsha's culture bureau; the stamp covers part of its first column."""
    (path,) = HOSTILE.glob("scan_2_*.pdf")
    reading = read_pdf(path.read_bytes())
    (grid,) = _grids(reading)
    rows = _texts(grid)
    assert [len(row) for row in rows] == [6] * 10 + [4]
    assert rows[0][1:] == ["项目内容", "支出功能科目", "政府预算经济科目", "部门预算支出经济科目", "金额"]
    amounts = ["10.2714", "0.3116", "0.09", "16.19", "0.495", "0.09", "7.9", "0.24", "0.09", "35.678"]
    assert [row[-1] for row in rows[1:]] == amounts
    assert [row[3] for row in rows[1:10]] == ["50205委托业务费"] * 9
    assert {"2025年文化和旅游项目资金安排表", "金额单位：万元"} <= set(_words(reading))


def _one_page(path: pathlib.Path, number: int) -> bytes:
    """A page (from 1) of a file as a file of its own."""
    with pypdfium2.PdfDocument(path) as whole, pypdfium2.PdfDocument.new() as single:
        single.import_pages(whole, [number - 1])
        out = io.BytesIO()
        single.save(out)
    return out.getvalue()


FACTS = {
    ("scan_0_*.pdf", 3): (
        "2023年度市交警支队专项资金预算指标安排数12,542.74",
        "万元，到位资金12,542.74万元，全部由市级财政划拨，资金到",
        "位率100.00%。截至2023年12月31日，实际支出数12,542.74",
        "万元，预算执行率100.00%。专项资金的管理采用国库集中支",
        "通警情平均处置时间3.5分钟，同比提升30%，五一商圈交通",
    ),
    ("scan_1_*.pdf", 1): (
        "2022年度长沙市市场监督管理局",
        "市场监督专项及部门项目支出绩效评价结果",
        "2022年市财政安排市市场监管局项目年初预算12,954.16",
        "万元，其中：部门预算项目3,683.76万元，公共项目9,270.40",
        "万元。调整后项目预算为13,205.30万元，其中：部门预算项目",
        "4,209.23万元，公共项目8,996.07万元。",
        "2022年项目实际支出12,667.08万元，其中部门预算项目实",
    ),
    ("scan_3_*.pdf", 2): (
        "展大局作出积极贡献。全市实现社会消费品零售总额6598.5",
        "亿元，增长5.2%；网络零售额2697.9亿元，增长4.6%；外贸",
        "进出口2715亿元，增长4.5%，其中出口1988.1亿元，增长5.4%；",
        "实际使用外资3.88亿美元，规模质量保持稳定发展。",
    ),
}
"""Lines of real scans, as a person reads them on the page's picture; spaces left out."""


@needs_extra
@pytest.mark.skipif(not HOSTILE.is_dir(), reason=f"no shared corpus at {HOSTILE}")
@pytest.mark.parametrize(("name", "number"), FACTS, ids=str)
def test_real_scans_of_running_text(name: str, number: int) -> None:
    (path,) = HOSTILE.glob(name)
    words = [text.replace(" ", "") for text in _words(read_pdf(_one_page(path, number)))]
    assert set(FACTS[name, number]) <= set(words)
    assert min(map(len, words)) > 1, "dirt on the margin is no text"


@needs_extra
def test_rows_without_rules_between_them_are_told_apart() -> None:
    page = _blank()
    _lattice(page, (150, 750, 1_100, 1_500), (400, 450, 700))
    for x, text in ((170, "Item"), (800, "Total"), (1_150, "Basic")):
        _text(page, x, 425, text)
    rows = [("Sum", "6,060.66", "3,030.33"), ("Education", "1,010.11", "1,010.11"), ("Housing", "5,050.55", "2,020.22")]
    for place, row in enumerate(rows):
        for x, text in zip((170, 800, 1_150), row, strict=True):
            _text(page, x, 490 + 60 * place, text)
    (grid,) = _grids(read_pdf(Scanner(slant=0.5, noise=15).pdf(page)))
    assert _texts(grid) == [["Item", "Total", "Basic"], *map(list, rows)]


@needs_extra
def test_what_a_rule_may_have_cut_off_is_uncertain() -> None:
    """The last digit of an amount printed wider than its cell lies under the rule."""
    page = _blank()
    _text(page, 170, 475, "Water supply")
    _text(page, 520, 425, "18,402.77")
    _text(page, 520, 475, "18,402.77")
    draw = ImageDraw.Draw(page)
    edge = 528 + round(draw.textlength("18,402.7", font=ImageFont.load_default(10 / POINT)))
    draw.rectangle((edge, 450, edge + 60, 500), fill="white")
    _lattice(page, (150, 500, edge), (450, 500))
    draw.line((150, 400, 150, 450), "black", 2)
    for line in ((150, 400, 900, 400), (500, 400, 500, 450), (900, 400, 900, 450), (150, 450, 900, 450)):
        draw.line(line, "black", 2)
    reading = read_pdf(Scanner().pdf(page))
    cells = {cell.text: cell.ocr_confidence for grid in _grids(reading) for cell in grid.cells if cell.text}
    whole, cut = cells.pop("18,402.77"), next(sure for text, sure in cells.items() if text.startswith("18,402"))
    assert whole is not None
    assert cut is not None
    assert cut < UNCERTAIN < whole
    assert "uncertain_text" in {doubt.kind for doubt in reading.doubts}


@needs_extra
def test_blank_cells_have_no_likelihood() -> None:
    (grid,) = _grids(read_pdf(Scanner().pdf(_statement())))
    assert all((cell.ocr_confidence is None) == (not cell.text) for cell in grid.cells)
    assert all(cell.ocr_confidence > UNCERTAIN for cell in grid.cells if cell.ocr_confidence is not None)


@needs_extra
def test_table_at_the_edge_of_a_slanted_page_is_whole() -> None:
    page = _blank()
    _lattice(page, (10, 400, 1_640), (20, 70, 120))
    for y, text, amount in ((45, "Total", "9,801.26"), (95, "Housing", "7,204.58")):
        _text(page, 18, y, text)
        _text(page, 1_490, y, amount)
    picture = page.rotate(2.5, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    (grid,) = _grids(read_pdf(Scanner().pdf(picture)))
    assert _texts(grid) == [["Total", "9,801.26"], ["Housing", "7,204.58"]]


@needs_extra
@pytest.mark.slow
@pytest.mark.skipif(not HOSTILE.is_dir(), reason=f"no shared corpus at {HOSTILE}")
@pytest.mark.parametrize(("name", "number", "rows"), [("garbled_0_*.pdf", 1, 55), ("garbled_1_*.pdf", 2, 54)])
def test_real_table_as_a_picture_reads_as_drawn(name: str, number: int, rows: int) -> None:
    """Debt limits of Hunan's counties: bold names stand on the thick rules, and most rows have no rules between."""
    (path,) = HOSTILE.glob(name)
    page = _one_page(path, number)
    drawn, scanned = (_grids(read_pdf(data)) for data in (page, Scanner(noise=10).pdf(_shown(page))))
    assert [(grid.row_count, grid.column_count) for grid in drawn] == [(rows, 7)]
    assert _plain(scanned) == _plain(drawn)


def _plain(grids: list[Grid]) -> list[list[list[str]]]:
    return [[["".join(text.split()) for text in row] for row in _texts(grid)] for grid in grids]


def _shown(page: bytes) -> Image.Image:
    """A page's picture, with the fonts that people see."""
    use_system_fonts()
    try:
        with pypdfium2.PdfDocument(page) as document:
            picture: Image.Image = document[0].render(scale=DPI / 72, grayscale=True).to_pil()
    finally:
        use_boxes()
    return picture


@needs_extra
@pytest.mark.slow
@pytest.mark.skipif(not DRAWN.is_dir(), reason=f"no shared corpus at {DRAWN}")
def test_amounts_of_a_scanned_statement_are_marked_and_proven() -> None:
    """A page of a drawn budget, and the same page as a scan: same amounts, each marked, and none merely unchecked."""
    page = _one_page(DRAWN / "烟台_2026年烟台市大数据局部门预算.pdf", 13)
    drawn, scanned = (_line_items(data) for data in (page, Scanner(slant=0.7, noise=12, quality=60).pdf(_shown(page))))
    assert [(item["label"], item["amount"]) for item in scanned] == [(item["label"], item["amount"]) for item in drawn]
    assert {item["ocr_confidence"] for item in drawn} == {None}
    amounts = [item for item in scanned if item["amount"] is not None]
    assert all(item["ocr_confidence"] > UNCERTAIN for item in amounts)
    assert {item["status"] for item in amounts} <= {"confirmed", "doubtful"}
    assert "confirmed" in {item["status"] for item in amounts}


def _line_items(data: bytes) -> list[Any]:
    return [*parse_document(hashlib.sha256(data).hexdigest(), data, Context()).rows["line_items"]]


def test_without_the_extra_the_doubt_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.parsing.formats.scan.extra.PACKAGES", ("a_package_that_is_not_installed",))
    reading = read_pdf(Scanner().pdf(_statement()))
    assert reading.blocks == ()
    (doubt,) = reading.doubts
    assert (doubt.kind, doubt.page) == ("no_text_layer", 1)
    assert "pip install 'gongkai[ocr]'" in doubt.reason


def test_nothing_heavy_is_imported_before_a_scan_is_read() -> None:
    heavy = ("cv2", "numpy", "onnxruntime", "rapidocr")
    code = f"import gongkai.parsing.formats.reading, sys; print(sorted({set(heavy)} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
