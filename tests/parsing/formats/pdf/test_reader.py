"""PDF: documents drawn for the purpose, each showing one way in which tables are printed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Literal

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.text.grid import Block, Cell, Grid, Reading, TextLine, UnreadableDocumentError

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4

TURNED_BACK = {0: (0, 0), 90: (0, -HEIGHT), 180: (-WIDTH, -HEIGHT), 270: (-WIDTH, 0)}
"""What a page shown turned is moved by before it is drawn on as if it were upright."""

Draw = Callable[[Canvas], None]


def _pdf(*pages: Draw, encrypt: pdfencrypt.StandardEncryption | None = None, kind: type[Canvas] = Canvas) -> bytes:
    out = io.BytesIO()
    canvas = kind(out, pagesize=A4, encrypt=encrypt)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _text(canvas: Canvas, x: float, y: float, text: str, size: float = 10) -> None:
    """Text with its baseline at y points from the top."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - y, text)


def _rule(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)


def _lattice(canvas: Canvas, xs: Sequence[float], ys: Sequence[float]) -> None:
    for y in ys:
        _rule(canvas, xs[0], y, xs[-1], y)
    for x in xs:
        _rule(canvas, x, ys[0], x, ys[-1])


def _grids(reading: Reading) -> list[Grid]:
    return [block for block in reading.blocks if isinstance(block, Grid)]


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def _box(item: Grid | Cell) -> tuple[float, float, float, float]:
    assert item.box is not None
    return item.box.x0, item.box.y0, item.box.x1, item.box.y1


def _words(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, TextLine)]


def _statement(canvas: Canvas) -> None:
    """A title, a heading over two columns beside one over two rows, and two rows of amounts."""
    _text(canvas, 200, 60, "收支预算总表", 16)
    _text(canvas, 50, 90, "部门：某某局")
    _text(canvas, 480, 90, "单位：万元")
    for y in (100, 140, 160, 180):
        _rule(canvas, 50, y, 350, y)
    _rule(canvas, 150, 120, 350, 120)
    for x in (50, 150, 350):
        _rule(canvas, x, 100, x, 180)
    _rule(canvas, 250, 120, 250, 180)
    for x, y, text in (
        (80, 125, "项目"),
        (230, 115, "金额"),
        (180, 135, "小计"),
        (280, 135, "其中：人员"),
        (55, 155, "一般公共服务支出"),
        (180, 155, "13,297.11"),
        (300, 155, "0.00"),
        (55, 175, "合计"),
        (180, 175, "13,297.11"),
    ):
        _text(canvas, x, y, text)
    _text(canvas, 50, 200, "注：本表数据含上年结转。")


def test_statement_with_merged_headings() -> None:
    reading = read_pdf(_pdf(_statement))
    assert reading.pages == 1
    assert reading.doubts == ()
    kinds = [block.text if isinstance(block, TextLine) else "GRID" for block in reading.blocks]
    assert kinds == ["收支预算总表", "部门：某某局 单位：万元", "GRID", "注：本表数据含上年结转。"]
    (grid,) = _grids(reading)
    assert _texts(grid) == [
        ["项目", "金额"],
        ["小计", "其中：人员"],
        ["一般公共服务支出", "13,297.11", "0.00"],
        ["合计", "13,297.11", ""],
    ]
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells if cell.row < 2}
    assert spans == {"项目": (2, 1), "金额": (1, 2), "小计": (1, 1), "其中：人员": (1, 1)}
    amount = next(cell for cell in grid.cells if cell.text == "13,297.11")
    assert amount.page == 1
    assert _box(amount) == pytest.approx((150, 140, 250, 160))


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotated_page(rotation: int) -> None:
    """The page is stored turned and shown upright: boxes count as shown."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.rotate(rotation)
        canvas.translate(*TURNED_BACK[rotation])
        _statement(canvas)

    data = _pdf(draw)
    assert b"/Rotate %d" % rotation in data
    (grid,) = _grids(read_pdf(data))
    assert _texts(grid)[2] == ["一般公共服务支出", "13,297.11", "0.00"]
    assert _box(grid) == pytest.approx((50, 100, 350, 180))


def test_page_drawn_sideways() -> None:
    """A wide table on an upright page, turned by hand: rows stay rows, boxes are those of the page as shown."""

    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.translate(0, -HEIGHT)
        _statement(canvas)

    (grid,) = _grids(read_pdf(_pdf(draw)))
    assert _texts(grid)[3] == ["合计", "13,297.11", ""]
    assert _box(grid) == pytest.approx((100, HEIGHT - 350, 180, HEIGHT - 50))


class _ByCharacter(Canvas):
    """Draws each character of a text alone."""

    def drawString(self, x: float, y: float, text: str, *args: object, **options: object) -> None:  # noqa: N802
        for at, character in enumerate(text):
            super().drawString(x + self.stringWidth(text[:at]), y, character)


@pytest.mark.parametrize("is_by_character", [False, True])
@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("by", ["content", "rotate"])
def test_page_shown_turned_is_read_upright(by: str, turn: int, is_by_character: bool) -> None:
    """Drawn turned, or drawn upright under a /Rotate: the page is shown sideways or upside down, its rows stay rows."""

    def turned(canvas: Canvas) -> None:
        canvas.setPageSize((HEIGHT, WIDTH) if turn % 180 else (WIDTH, HEIGHT))
        canvas.rotate(turn)
        canvas.translate(*TURNED_BACK[turn])
        _statement(canvas)

    kind = _ByCharacter if is_by_character else Canvas
    upright = _pdf(_statement, kind=kind)
    data = _pdf(turned, kind=kind) if by == "content" else upright.replace(b"/Rotate 0", b"/Rotate %d" % turn)
    expected, shown = read_pdf(upright), read_pdf(data)
    assert [block.text if isinstance(block, TextLine) else _texts(block) for block in shown.blocks] == [
        block.text if isinstance(block, TextLine) else _texts(block) for block in expected.blocks
    ]
    assert shown.doubts == ()
    if turn == 180:
        assert _box(_grids(shown)[0]) == pytest.approx((WIDTH - 350, HEIGHT - 180, WIDTH - 50, HEIGHT - 100))


def test_text_beyond_the_crop_box_is_not_shown() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((20, 100, WIDTH, HEIGHT))
        _statement(canvas)
        _text(canvas, 55, HEIGHT - 40, "页外 9,999.99")

    reading = read_pdf(_pdf(draw))
    assert not any("页外" in text for text in _words(reading.blocks))
    (grid,) = _grids(reading)
    assert _box(grid) == pytest.approx((30, 100, 330, 180))


def test_table_over_a_page_break() -> None:
    """The first page's last row has no rule below, the second page's first row none above."""

    def first(canvas: Canvas) -> None:
        for y in (700, 720):
            _rule(canvas, 50, y, 250, y)
        for x in (50, 150, 250):
            _rule(canvas, x, 700, x, 742)
        for x, y, text in ((55, 715, "科目"), (155, 715, "金额"), (55, 735, "2080505"), (155, 735, "20.00")):
            _text(canvas, x, y, text)

    def second(canvas: Canvas) -> None:
        for y in (80, 100):
            _rule(canvas, 50, y, 250, y)
        for x in (50, 150, 250):
            _rule(canvas, x, 60, x, 100)
        for x, y, text in ((55, 75, "2080506"), (155, 75, "10.00"), (55, 95, "合计"), (155, 95, "30.00")):
            _text(canvas, x, y, text)

    grids = _grids(read_pdf(_pdf(first, second)))
    assert [grid.page for grid in grids] == [1, 2]
    assert [_texts(grid) for grid in grids] == [
        [["科目", "金额"], ["2080505", "20.00"]],
        [["2080506", "10.00"], ["合计", "30.00"]],
    ]


def test_borders_drawn_as_thin_rectangles_twice() -> None:
    """As Word does: every cell has its own borders, filled rectangles half a point wide, doubled."""

    def draw(canvas: Canvas) -> None:
        for row in range(2):
            for column in range(3):
                x, y = 50 + 80 * column, HEIGHT - 120 - 20 * row
                for shift in (0, 1.1):
                    canvas.rect(x, y + shift, 80, 0.5, stroke=0, fill=1)
                    canvas.rect(x, y + 20 - shift, 80, 0.5, stroke=0, fill=1)
                    canvas.rect(x + shift, y, 0.5, 20, stroke=0, fill=1)
                    canvas.rect(x + 80 - shift, y, 0.5, 20, stroke=0, fill=1)
                _text(canvas, x + 5, 115 + 20 * row, f"{row}.{column}0")

    (grid,) = _grids(read_pdf(_pdf(draw)))
    assert _texts(grid) == [["0.00", "0.10", "0.20"], ["1.00", "1.10", "1.20"]]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_borders_filled_as_one_path(rotation: int) -> None:
    """As printer drivers do; the page is shown turned, and what is on it is drawn turned back."""
    xs, ys = (50, 130, 210, 290), (100, 130, 160)

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.rotate(rotation)
        canvas.translate(*TURNED_BACK[rotation])
        path = canvas.beginPath()
        for y in ys:
            path.rect(xs[0], HEIGHT - y, xs[-1] - xs[0], 0.5)
        for x in xs:
            path.rect(x, HEIGHT - ys[-1], 0.5, ys[-1] - ys[0])
        canvas.drawPath(path, stroke=0, fill=1)
        for row, y in enumerate(ys[:-1]):
            for column, x in enumerate(xs[:-1]):
                _text(canvas, x + 5, y + 20, f"{row}.{column}0")

    (grid,) = _grids(read_pdf(_pdf(draw)))
    assert _texts(grid) == [["0.00", "0.10", "0.20"], ["1.00", "1.10", "1.20"]]


def test_page_of_many_cells_each_with_its_own_borders() -> None:
    """Thousands of characters and paths, more than the engine is asked about in one go."""
    rows, columns = 40, 12

    def draw(canvas: Canvas) -> None:
        for row in range(rows):
            for column in range(columns):
                x, y = 40 + 40 * column, HEIGHT - 60 - 18 * row
                for left, low, wide, high in ((0, 0, 40, 0.5), (0, 18, 40, 0.5), (0, 0, 0.5, 18), (40, 0, 0.5, 18)):
                    canvas.rect(x + left, y + low, wide, high, stroke=0, fill=1)
                _text(canvas, x + 4, HEIGHT - y - 5, f"{row}.{column:02d}", 8)

    (grid,) = _grids(read_pdf(_pdf(draw)))
    assert _texts(grid) == [[f"{row}.{column:02d}" for column in range(columns)] for row in range(rows)]


def test_line_of_several_words_and_one_off_its_baseline() -> None:
    """On a page without tables; the note sign stands higher than the words beside it."""

    def draw(canvas: Canvas) -> None:
        _text(canvas, 50, 100, "预算公开说明")
        _text(canvas, 50, 130, "Budget of 2025")
        _text(canvas, 122, 125, "1", 5)
        _text(canvas, 130, 130, "as approved")

    lines = _words(read_pdf(_pdf(draw)).blocks)
    assert lines[0] == "预算公开说明"
    assert "".join(lines[1:]).replace(" ", "") in {"Budgetof20251asapproved", "1Budgetof2025asapproved"}


def test_cells_drawn_as_boxes_and_shaded() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(40, HEIGHT - 130, 300, 60, stroke=0, fill=1)
        canvas.rect(60, HEIGHT - 108, 50, 10, stroke=0, fill=1)
        canvas.setFillGray(0)
        for column in range(2):
            for row in range(2):  # upwards
                canvas.rect(50 + 80 * column, HEIGHT - 120 + 20 * row, 80, 20)
        _text(canvas, 62, 105, "合计")
        _text(canvas, 140, 105, "1.00")

    (grid,) = _grids(read_pdf(_pdf(draw)))
    assert _texts(grid) == [["", ""], ["合计", "1.00"]]


def test_wrapped_code_and_touching_columns() -> None:
    def draw(canvas: Canvas) -> None:
        _lattice(canvas, (50, 90, 132.1, 250), (100, 130))
        _text(canvas, 52, 112, "208050", 10)
        _text(canvas, 52, 124, "5", 10)
        _text(canvas, 92, 120, "13,297.11", 9)
        _text(canvas, 132.5, 120, "机关事业单位、养老", 9)

    (grid,) = _grids(read_pdf(_pdf(draw)))
    assert _texts(grid) == [["208050\n5", "13,297.11", "机关事业单位、养老"]]


def test_spread_headings_and_words() -> None:
    def draw(canvas: Canvas) -> None:
        _text(canvas, 50, 100, "合 计")
        for index, character in enumerate("项目名称"):
            _text(canvas, 50 + 15 * index, 130, character)
        _text(canvas, 50, 160, "Budget of 2025 年")
        _text(canvas, 50, 190, "甲")
        _text(canvas, 90, 190, "乙")

    assert _words(read_pdf(_pdf(draw)).blocks) == ["合计", "项目名称", "Budget of 2025 年", "甲 乙"]


def test_characters_printed_twice_are_one() -> None:
    def draw(canvas: Canvas) -> None:
        _text(canvas, 50, 100, "合计11.11")
        _text(canvas, 50.4, 100.2, "合计11.11")

    assert _words(read_pdf(_pdf(draw)).blocks) == ["合计11.11"]


def test_table_inside_a_cell_is_a_grid_of_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        _lattice(canvas, (50, 300, 400), (100, 200))
        _lattice(canvas, (70, 120, 170), (120, 140))
        _text(canvas, 75, 135, "内")
        _text(canvas, 310, 150, "外")

    assert [_texts(grid) for grid in _grids(read_pdf(_pdf(draw)))] == [[["", "外"]], [["内", ""]]]


def test_page_frame_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        _lattice(canvas, (30, 560), (30, 800))
        _text(canvas, 50, 100, "部门职责")

    assert _words(read_pdf(_pdf(draw)).blocks) == ["部门职责"]


def _picture(canvas: Canvas) -> None:
    from PIL import Image  # noqa: PLC0415
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)


def _numbered(canvas: Canvas) -> None:
    _picture(canvas)
    _text(canvas, 300, 830, "第3页共7页")


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra that reads scans is not installed."""
    monkeypatch.setattr("gongkai.parsing.formats.scan.extra.PACKAGES", ("a_package_that_is_not_installed",))


@pytest.mark.usefixtures("without_ocr")
def test_scanned_page_is_named() -> None:
    reading = read_pdf(_pdf(_statement, _numbered))
    assert [(doubt.kind, doubt.page) for doubt in reading.doubts] == [("no_text_layer", 2)]
    assert len(_grids(reading)) == 1
    assert reading.blocks[-1].page == 2


def test_a_cover_s_words_over_a_picture_are_its_text() -> None:
    def cover(canvas: Canvas) -> None:
        _picture(canvas)
        _text(canvas, 200, 300, "某市财政局部门预算", size=30)

    reading = read_pdf(_pdf(cover))
    assert (reading.doubts, _words(reading.blocks)) == ((), ["某市财政局部门预算"])


def _scanned(mode: Literal[0, 3], lines: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        _picture(canvas)
        for line in range(lines):
            text = canvas.beginText(72, 700 - 30 * line)
            text.setTextRenderMode(mode)
            text.setFont("STSong-Light", 10)
            text.textLine("一般公共预算收入 1,234.56")
            canvas.drawText(text)

    return draw


@pytest.mark.parametrize("lines", [1, 8])
def test_a_scan_with_somebody_s_ocr_under_it_is_doubted_and_read(lines: int) -> None:
    reading = read_pdf(_pdf(_statement, _scanned(3, lines)))
    assert [(doubt.kind, doubt.page) for doubt in reading.doubts] == [("ocr_text_layer", 2)]
    assert _words([block for block in reading.blocks if block.page == 2]) == ["一般公共预算收入 1,234.56"] * lines
    assert read_pdf(_pdf(_scanned(0, lines))).doubts == ()


def _unmapped_pdf(codes: bytes = b"00410042" * 20, *, tells_digits: bool = False) -> bytes:
    """A page of characters in a font that numbers its glyphs and says of none which character it is, or of digits."""
    page = b"/Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R"
    content = b"BT /F 10 Tf 20 100 Td <" + codes + b"> Tj ET"
    system = b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    cmap = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0030> <0039> <0030> endbfrange"
    told = b"/ToUnicode 7 0 R " if tells_digits else b""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< " + page + b" >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H " + told + b"/DescendantFonts [6 0 R] >>",
        b"<< /Length %d >> stream\n" % len(content) + content + b"\nendstream",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500 /CIDSystemInfo " + system + b" >>",
        b"<< /Length %d >> stream\n" % len(cmap) + cmap + b"\nendstream",
    ]
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(bodies, start=1))
    return b"%PDF-1.4\n" + objects + b"trailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.mark.usefixtures("without_ocr")
def test_text_that_maps_to_nothing_gives_no_text() -> None:
    reading = read_pdf(_unmapped_pdf())
    assert [(doubt.kind, doubt.page) for doubt in reading.doubts] == [("garbled_text_layer", 1)]
    assert reading.blocks == ()


def test_what_a_font_tells_of_a_text_is_kept() -> None:
    """Only the character whose code maps to nothing is lost, also where it is the first."""
    reading = read_pdf(_unmapped_pdf(b"004100380031003200390041> Tj 0 -20 Td <00380041", tells_digits=True))
    assert _words(reading.blocks) == ["\ufffd8129\ufffd", "8\ufffd"]


def test_encrypted() -> None:
    locked = pdfencrypt.StandardEncryption("secret", ownerPassword="owner", strength=128)
    with pytest.raises(UnreadableDocumentError, match="encrypted") as caught:
        read_pdf(_pdf(_statement, encrypt=locked))
    assert caught.value.kind == "encrypted"


def test_restricted_but_readable_without_password() -> None:
    locked = pdfencrypt.StandardEncryption("", ownerPassword="owner", canPrint=0, canCopy=0, strength=128)

    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "Total 13,297.11")

    assert _words(read_pdf(_pdf(draw, encrypt=locked)).blocks) == ["Total 13,297.11"]


def test_cut_in_half() -> None:
    data = _pdf(*[_statement] * 4)
    with pytest.raises(UnreadableDocumentError, match="breaks off") as caught:
        read_pdf(data[: len(data) // 2])
    assert caught.value.kind == "truncated"


def test_only_the_end_is_missing() -> None:
    """All pages can be reached: they are read, and the file is said to be incomplete."""
    data = _pdf(_statement, _statement)
    reading = read_pdf(data[: data.rindex(b"startxref")])
    assert [doubt.kind for doubt in reading.doubts] == ["truncated"]
    assert len(_grids(reading)) == 2


def test_damaged() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_pdf(b"%PDF-1.4\n1 0 obj\n<< /Type /Nothing >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
    assert caught.value.kind == "corrupt"


def test_title_of_the_properties() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("2025年部门预算")
        _statement(canvas)

    assert read_pdf(_pdf(draw)).title == "2025年部门预算"


@pytest.mark.usefixtures("without_ocr")
def test_text_layer_of_characters_no_chinese_print_has_gives_no_cells() -> None:
    def draw(canvas: Canvas) -> None:
        _lattice(canvas, (50, 250, 450), (100, 120, 140))
        canvas.setFont("Helvetica", 10)
        for row, y in enumerate((115, 135)):
            canvas.drawString(55, HEIGHT - y, "Ã¥Â¹Â´Ã¦Â¶Ã¥Â¥Ã¤Â½" * (row + 2))

    reading = read_pdf(_pdf(draw))
    assert [doubt.kind for doubt in reading.doubts] == ["garbled_text_layer"]
    assert reading.blocks == ()
