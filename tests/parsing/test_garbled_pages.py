"""Pages whose words are garbled beside real digits: no amount of them is believed."""

from __future__ import annotations

import hashlib
import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.document import parse_document
from gongkai.parsing.formats.pdf import reader
from gongkai.parsing.publisher import Context

HEADS = ["科目", "合计", "基本支出", "项目支出"]
AMOUNTS = ["812.36", "512.16", "300.20"]


def _document(*garbled: bool) -> bytes:
    """A statement on each page, whose words are letters of another script where it is garbled."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for is_garbled in garbled:
        font = "Helvetica" if is_garbled else "STSong-Light"

        def write(x: float, y: float, text: str, font: str = font) -> None:
            canvas.setFont(font, 10)
            canvas.drawString(x, y, "".join(chr(0xC0 + ord(each) % 60) for each in text) if font[0] == "H" else text)

        write(180, 650, "某市财政局2025年部门预算支出总表")
        write(400, 620, "单位：万元")
        canvas.grid([72, 180, 290, 400, 510], [600, 580, 560])
        for column, head in enumerate(HEADS):
            write(76 + 110 * column, 586, head)
        write(76, 566, "合计")
        canvas.setFont("Helvetica", 10)
        for column, amount in enumerate(AMOUNTS, 1):
            canvas.drawString(76 + 110 * column, 566, amount)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "is_available", lambda: False)


def test_only_the_garbled_page_is_refused() -> None:
    data = _document(False, True)
    parsed = parse_document(hashlib.sha256(data).hexdigest(), data, Context(None, None, (), None))
    assert {row["page"] for row in parsed.rows["line_items"]} == {1}
    assert [row["page"] for row in parsed.rows["issues"] if row["kind"] == "garbled_text_layer"] == [2]


def test_a_document_of_garbled_pages_is_unreadable_not_unrelated() -> None:
    data = _document(True)
    parsed = parse_document(hashlib.sha256(data).hexdigest(), data, Context(None, None, (), None))
    assert parsed.status == "unreadable"
    assert [row["kind"] for row in parsed.rows["issues"]] == ["garbled_text_layer"]
