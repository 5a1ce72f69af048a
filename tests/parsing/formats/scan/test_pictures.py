"""Pictures of pages as documents: each picture is a page, an album of them one document."""

from __future__ import annotations

import importlib
import io
import zipfile
from typing import Any

import pytest

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.formats.scan import pictures
from gongkai.parsing.text.grid import Grid, UnreadableDocumentError

ROWS = [["1001", "250.36"], ["2002", "48.00"], ["3003", "298.36"]]


def page(rows: list[list[str]], suffix: str) -> bytes:
    """A ruled table on a page of A4 at 150 dots per inch, in one of the formats of pictures."""
    cv2: Any = pytest.importorskip("cv2")
    np: Any = importlib.import_module("numpy")
    sheet = np.full((1754, 1240, 3), 255, np.uint8)
    for line in range(len(rows) + 1):
        cv2.line(sheet, (150, 200 + 90 * line), (1090, 200 + 90 * line), (0, 0, 0), 3)
    for x in (150, 620, 1090):
        cv2.line(sheet, (x, 200), (x, 200 + 90 * len(rows)), (0, 0, 0), 3)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            cv2.putText(
                sheet, text, (230 + 470 * column, 260 + 90 * number), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (0, 0, 0), 3
            )
    ok, data = cv2.imencode(suffix, sheet)
    assert ok
    return bytes(data)


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def texts(data: bytes) -> list[tuple[int | None, str]]:
    reading = read(identified(data))
    grids = [block for block in reading.blocks if isinstance(block, Grid)]
    return [(cell.page, cell.text) for grid in grids for cell in grid.cells]


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".bmp"])
def test_a_picture_of_a_page_is_read_as_a_page(suffix: str) -> None:
    assert [text for _, text in texts(page(ROWS, suffix))] == [text for row in ROWS for text in row]


def test_an_album_is_one_document_whose_pages_stand_in_the_order_of_their_numbers() -> None:
    album = zipped(**{"p10.png": page([["7007", "10.00"]], ".png"), "p2.jpg": page(ROWS, ".jpg")})
    assert identified(album).kind == "album"
    assert [number for number, _ in texts(album)] == [1] * 6 + [2] * 2


def test_without_the_extra_each_picture_is_a_page_that_was_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "is_available", lambda: False)
    reading = read(
        identified(zipped(**{"1.png": b"\x89PNG\r\n\x1a\n" + bytes(30), "2.jpg": b"\xff\xd8\xff" + bytes(9)}))
    )
    assert [(doubt.kind, doubt.page) for doubt in reading.doubts] == [("no_text_layer", 1), ("no_text_layer", 2)]


def test_a_damaged_page_of_an_album_costs_that_page() -> None:
    album = zipped(**{"1.png": b"\x89PNG\r\n\x1a\n" + bytes(30), "2.png": page(ROWS, ".png")})
    reading = read(identified(album))
    assert [doubt.page for doubt in reading.doubts if doubt.kind == "corrupt_page"] == [1]
    assert [number for number, _ in texts(album)] == [2] * 6


def test_a_picture_that_cannot_be_drawn_is_corrupt() -> None:
    pytest.importorskip("cv2")
    with pytest.raises(UnreadableDocumentError, match="none of its pictures"):
        read(identified(b"\xff\xd8\xff\xe0" + bytes(40)))


def test_a_zip_with_anything_but_pictures_is_no_album() -> None:
    assert identified(zipped(**{"1.jpg": b"\xff\xd8\xff" + bytes(9), "2.pdf": b"%PDF-1.4"})).kind == "zip"
