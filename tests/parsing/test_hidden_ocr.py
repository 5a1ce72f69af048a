"""Amounts on a scan whose text is the OCR of whoever scanned it."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context

ROWS = [["项目", "本年预算数"], ["一、一般公共预算拨款收入", "10.00"], ["二、事业收入", "5.00"]]


def scan(*, unseen: bool) -> bytes:
    """A page that is a picture, with a table on it whose text shows or does not."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 250)), 0, 0, *A4)
    canvas.grid([72, 300, 500], [600 - 20 * row for row in range(len(ROWS) + 1)])
    canvas.setFont("STSong-Light", 10)
    if unseen:
        canvas.addLiteral("3 Tr")
    canvas.drawString(200, 650, "某市财政局2025年部门预算收入总表")
    canvas.drawString(400, 620, "单位：万元")
    for row, texts in enumerate(ROWS):
        for x, text in zip((80, 310), texts, strict=True):
            canvas.drawString(x, 586 - 20 * row, text)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(("unseen", "status"), [(False, "unchecked"), (True, "doubtful")])
def test_amounts_of_somebody_s_ocr_hold_only_where_sums_confirm_them(*, unseen: bool, status: str) -> None:
    data = scan(unseen=unseen)
    rows = parse_document(hashlib.sha256(data).hexdigest(), data, Context(None, None, (), None)).rows
    kinds = {row["kind"] for row in rows["issues"]}
    assert ("ocr_text_layer" in kinds) is unseen
    assert {row["printed"]: row["status"] for row in rows["line_items"]} == dict.fromkeys(("10.00", "5.00"), status)
