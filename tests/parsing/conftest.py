"""The five disclosures the project was begun on, parsed: in our words, and as they were published."""

from __future__ import annotations

import dataclasses
import functools

import pytest

from gongkai.lake.rows import ParsedDocument
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from tests.documents.seeds import SOURCES, chosen, text


@dataclasses.dataclass(frozen=True, slots=True)
class Seeds:
    """One rendering of the five; `documents.seeds` says what the sources are."""

    source: str

    def text(self, seed: str) -> str:
        return text(self.source, seed)

    def parsed(self, seed: str) -> ParsedDocument:
        """A seed, parsed once a session."""
        return _parsed(self.source, seed)


@functools.cache
def _parsed(source: str, seed: str) -> ParsedDocument:
    return parse_document(seed * 20, text(source, seed).encode(), Context())


@pytest.fixture(params=SOURCES)
def seeds(request: pytest.FixtureRequest) -> Seeds:
    return Seeds(chosen(request.param))
