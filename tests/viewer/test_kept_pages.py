"""Pages that are kept: written once for all who ask, within the room there is."""

from __future__ import annotations

import threading

import pytest

from gongkai.viewer.kept_pages import KeptPages


def test_a_page_that_many_want_is_written_once() -> None:
    kept = KeptPages()
    written: list[int] = []
    had: list[bytes | None] = []
    others: list[threading.Thread] = []
    started = threading.Event()

    def want() -> None:
        with kept.wanted(("a",)) as page:
            if page is None:
                written.append(1)
                started.set()
                for other in others:
                    other.start()
                kept.keep(("a",), b"page")
            had.append(page)

    first = threading.Thread(target=want)
    others += [threading.Thread(target=want) for _ in range(5)]
    first.start()
    started.wait(30)
    first.join()
    for other in others:
        other.join()

    assert len(written) == 1
    assert had.count(b"page") == 5


def test_where_nothing_is_kept_each_writes_it() -> None:
    kept = KeptPages()
    wrote = []

    def want() -> None:
        with kept.wanted(("a",)) as page:
            wrote.append(page)

    with kept.wanted(("a",)) as page:
        other = threading.Thread(target=want)
        other.start()
        wrote.append(page)
    other.join()

    assert wrote == [None, None]


def test_one_that_fails_leaves_the_page_to_the_next() -> None:
    kept = KeptPages()

    with pytest.raises(ValueError, match="no"), kept.wanted(("a",)):
        raise ValueError("no")

    with kept.wanted(("a",)) as page:
        assert page is None


def test_there_is_room_for_the_last_ones_asked_for() -> None:
    kept = KeptPages(room=2)
    for name in "ab":
        kept.keep((name,), b"x")
    with kept.wanted(("a",)):
        kept.keep(("c",), b"x")

    held = []
    for name in "abc":
        with kept.wanted((name,)) as page:
            held.append(page)
    assert held == [b"x", None, b"x"]
