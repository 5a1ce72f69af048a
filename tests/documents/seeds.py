"""The five disclosures the project was begun on, as extracted text.

``own`` has the published figures and layouts in our words (`documents.as_text`); ``published`` is the text of the
published files, which are not part of the repository.
"""

from __future__ import annotations

import functools

import pytest

from tests.documents import as_text
from tests.documents.disclosures import load
from tests.places import SHARED

PUBLISHED = SHARED / "seeds"
SOURCES = ("own", "published")


def chosen(source: str) -> str:
    """The source; skips the test where its files are absent."""
    if source == "published" and not PUBLISHED.is_dir():
        pytest.skip("the published seeds are not at ../shared/seeds; put them there to read them too")
    return source


@functools.cache
def text(source: str, seed: str) -> str:
    if source == "own":
        return as_text.build(load(seed))
    return next(PUBLISHED.glob(f"{seed}_*.txt")).read_text(encoding="utf-8")
