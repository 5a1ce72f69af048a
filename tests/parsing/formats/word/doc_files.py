"""Word 97-2003 files of the tests, and what is read of them."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.word.doc import read_doc
from gongkai.parsing.text.grid import Grid, Reading, TextLine, UnreadableDocumentError
from tests.documents.word import (
    WordFile,
    row_definition,
)

BEGINS, GOES_ON = 0x60, 0x20
"""Flags of a cell that begins a vertically merged set, and of one that goes on the one above."""

TWO = row_definition(0, [(1000, 0), (2000, 0)])


def refusal(data: bytes) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_doc(data)
    return caught.value


def shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def spans(file: WordFile) -> list[tuple[int, int, int, int, str]]:
    """(row, column, rows, columns, text) of the cells of the one table."""
    (grid,) = (block for block in read_doc(file.build()).blocks if isinstance(block, Grid))
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]
