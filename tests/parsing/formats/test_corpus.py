"""Real files, where the shared corpus is at hand: nothing crashes, hidden truths score, every grid is whole."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import pathlib
from types import ModuleType
from typing import Any

import pdfplumber
import pytest

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.formats.reading import read
from gongkai.parsing.formats.scan.reader import is_available
from gongkai.parsing.tables.words import TABLE_WORDS
from gongkai.parsing.text.grid import Grid, Reading, UnreadableDocumentError
from tests.places import SHARED

CORPUS = SHARED / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no shared corpus at {CORPUS}")


def _expected_kind(path: pathlib.Path) -> set[str]:
    """How a file of the hostile set that is no scan ends, by what its finder saw in it."""
    kinds = {
        "garbled": {"read"},
        "html": {"read"},
        "pdf_decoded": {"mangled"},
        "truncated": {"truncated"},
        "unrelated": {"read"},
    }
    return next(kind for prefix, kind in kinds.items() if path.name.startswith(prefix))


def _outcome(data: bytes) -> set[str]:
    try:
        reading = read(identified(data), TABLE_WORDS)
    except UnreadableDocumentError as error:
        return {error.kind}
    _assert_whole(reading)
    return {doubt.kind for doubt in reading.doubts} or {"read"}


def _assert_whole(reading: Reading) -> None:
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


def test_hostile_files_end_as_they_should() -> None:
    files = sorted(path for path in (CORPUS / "hostile").iterdir() if not path.name.startswith("scan"))
    outcomes = {path.name: _outcome(path.read_bytes()) for path in files}
    assert outcomes == {path.name: _expected_kind(path) for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted((CORPUS / "hostile").glob("scan*")), ids=lambda path: path.stem[:6])
def test_scans_are_read_by_ocr_or_named_as_pictures(path: pathlib.Path) -> None:
    outcome = _outcome(path.read_bytes())
    assert "read_by_ocr" in outcome if is_available() else outcome == {"no_text_layer"}


def test_office_files() -> None:
    allowed = {"read", "hidden_cells", "unsupported_format"}
    for path in sorted((CORPUS / "office").iterdir()):
        assert _outcome(path.read_bytes()) <= allowed, path.name


def test_portal_pages() -> None:
    for path in sorted((CORPUS / "html").iterdir()):
        assert _outcome(path.read_bytes()) <= {"read", "no_content", "undecodable_text"}, path.name


@pytest.mark.slow
def test_pdfs() -> None:
    for path in sorted((CORPUS / "pdf").iterdir()):
        assert _outcome(path.read_bytes()) <= {"read", "no_text_layer", "text_crosses_rule"}, path.name


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "truth" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _pieces(reading: Reading) -> list[dict[str, Any]]:
    pieces = []
    for grid in (block for block in reading.blocks if isinstance(block, Grid)):
        rows = [[""] * grid.column_count for _ in range(grid.row_count)]
        for cell in grid.cells:
            rows[cell.row][cell.column] = cell.text
        pieces.append({"pages": [grid.page, grid.page], "rows": rows})
    return pieces


def _pieces_of_pdfplumber(path: pathlib.Path) -> list[dict[str, Any]]:
    with pdfplumber.open(path) as document:
        return [
            {"pages": [page.page_number] * 2, "rows": table}
            for page in document.pages
            for table in page.extract_tables()
        ]


@pytest.mark.slow
@pytest.mark.parametrize("truth", sorted((SHARED / "truth").glob("*.json")), ids=lambda path: path.stem)
def test_scores_at_least_as_well_as_pdfplumber(truth: pathlib.Path) -> None:
    expected = json.loads(truth.read_text(encoding="utf-8"))
    files = (CORPUS / "pdf").iterdir()
    path = next(file for file in files if hashlib.sha256(file.read_bytes()).hexdigest() == expected["sha256"])
    score = _scorer().score
    ours = score(expected["tables"], _pieces(read_pdf(path.read_bytes(), TABLE_WORDS)))
    theirs = score(expected["tables"], _pieces_of_pdfplumber(path))
    for measure in ("recall", "precision", "exact_rows"):
        assert ours[measure] >= theirs[measure], measure
    assert (ours["recall"], ours["precision"], ours["exact_rows"]) == (1, 1, 1)
