"""Sites on loopback for the crawler's tests."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from tests.crawler.recorded_pages import PUBLISHED, own_page, published_page
from tests.crawler.site import Site, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def new_site() -> Iterator[Callable[..., Site]]:
    """Start one more site; all are stopped at the end of the test."""
    with contextlib.ExitStack() as stack:
        yield lambda *args: stack.enter_context(running_site(*args))


@pytest.fixture(params=["own", "published"])
def recorded_page(request: pytest.FixtureRequest) -> Callable[[str], bytes]:
    """The bytes of a recorded page by the beginning of its name: once of our own pages, once of the published ones."""
    if request.param == "own":
        return own_page
    if not PUBLISHED.is_dir():
        pytest.skip("the published pages are not at ../shared/corpus/html; put them there to read them too")
    return published_page
