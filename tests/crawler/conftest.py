"""Sites on loopback for the crawler's tests."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from tests.crawler.site import Site, running_site
from tests.places import SHARED

CORPUS = SHARED / "corpus" / "html"


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def new_site() -> Iterator[Callable[..., Site]]:
    """Start one more site; all are stopped at the end of the test."""
    with contextlib.ExitStack() as stack:
        yield lambda *args: stack.enter_context(running_site(*args))


@pytest.fixture
def recorded_page() -> Callable[[str], bytes]:
    """The bytes of a recorded page by the beginning of its name; skips the test where the recordings are absent."""

    def read(beginning: str) -> bytes:
        found = sorted(CORPUS.glob(f"{beginning}*"))
        if not found:
            pytest.skip(f"no recorded page {beginning}* in {CORPUS}: the shared corpus is not part of the project")
        return found[0].read_bytes()

    return read
