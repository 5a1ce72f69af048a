"""The five published disclosures the project was begun on, as extracted text; they are not part of the repository."""

from __future__ import annotations

import functools

import pytest

from gongkai.lake.rows import ParsedDocument
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from tests.places import SHARED

SEEDS = ("000", "001", "002", "003", "004")


@functools.cache
def _parsed(seed: str) -> ParsedDocument:
    path = next((SHARED / "seeds").glob(f"{seed}_*.txt"))
    return parse_document(seed * 20, path.read_bytes(), Context())


def seed_text(seed: str) -> str:
    """The text of a seed; skips the test where the seeds are not at hand."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the seed disclosures are not at ../shared/seeds; put them there to run this test")
    return next((SHARED / "seeds").glob(f"{seed}_*.txt")).read_text(encoding="utf-8")


def parsed_seed(seed: str) -> ParsedDocument:
    """A seed, parsed once a session."""
    seed_text(seed)
    return _parsed(seed)
