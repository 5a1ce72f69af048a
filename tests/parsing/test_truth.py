"""Tables of two published budgets against hand-checked truths, beside what pdfplumber alone makes of them."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import io
import json
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.table import Table
from gongkai.parsing.tables.words import TABLE_WORDS
from tests.places import SHARED

TRUTHS = sorted((SHARED / "truth").glob("*.json"))

needs_truth = pytest.mark.skipif(not TRUTHS, reason="no truths at ../shared/truth; put them there to run this test")


def score(truth: list[Any], predicted: list[Any]) -> dict[str, Any]:
    specification = importlib.util.spec_from_file_location("score", SHARED / "truth" / "score.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    result: dict[str, Any] = module.score(truth, predicted)
    return result


@functools.cache
def published(sha256: str) -> bytes:
    for path in (SHARED / "corpus" / "pdf").iterdir():
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
    pytest.skip(f"the document {sha256[:12]} is not in ../shared/corpus/pdf")


def predicted(table: Table) -> dict[str, Any]:
    rows = [[row[column].text if column in row else "" for column in range(table.width)] for row in table.body()]
    return {"pages": [table.first_page, table.last_page], "rows": rows, "columns": table.headers}


def of_pdfplumber(data: bytes) -> list[dict[str, Any]]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [
            {"pages": [number, number], "rows": [[cell or "" for cell in row] for row in table]}
            for number, page in enumerate(document.pages, 1)
            for table in page.extract_tables()
        ]


@needs_truth
@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_every_cell_row_heading_and_table_is_right(path: Path) -> None:
    truth = json.loads(path.read_text(encoding="utf-8"))
    data = published(truth["sha256"])
    ours = score(
        truth["tables"], [predicted(table) for table in assemble(read(identified(data), TABLE_WORDS).blocks).tables]
    )
    assert (ours["recall"], ours["precision"], ours["exact_rows"]) == (1, 1, 1)
    assert (ours["tables_whole"], ours["tables_found"]) == (ours["tables"], ours["tables"])
    assert ours["headers"] == 1
    assert ours["spurious_tables"] == 0
    theirs = score(truth["tables"], of_pdfplumber(data))
    for measure in ("recall", "precision", "exact_rows", "tables_whole"):
        assert ours[measure] >= theirs[measure]
