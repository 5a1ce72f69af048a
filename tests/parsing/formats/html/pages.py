"""Pages written for the tests, and what is read of them."""

from __future__ import annotations

from gongkai.parsing.formats.html.page import read_html
from gongkai.parsing.tables.words import TABLE_WORDS
from gongkai.parsing.text.grid import Grid, Reading, TextLine


def read_page(body: str, head: str = "") -> Reading:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), words=TABLE_WORDS)


def shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def spans(reading: Reading) -> list[tuple[str, int, int, int, int]]:
    (grid,) = (block for block in reading.blocks if isinstance(block, Grid))
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]
