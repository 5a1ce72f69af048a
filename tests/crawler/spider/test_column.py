"""A column is held to what it declares."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.archive import Outcome, Role
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, Row
from gongkai.crawler.spider.column import Column

BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"
FIRST = Lead(url=BASE, role=Role.LISTING)


def rows_of(*names: str) -> tuple[Row, ...]:
    return tuple(Row(f"http://a.cn/{name}", name, dt.date(2025, 1, 1)) for name in names)


def read(column: Column, number: int, listed: Listed) -> tuple[Outcome, list[str]]:
    """The outcome of a page, and the kinds of what is noted about it."""
    lead = Lead(url=f"{BASE}?{number}", role=Role.LISTING, parent_url=BASE, column=BASE, page_number=number)
    verdict = column.judge(listed, lead)
    taken = column.take(listed, lead) if verdict.outcome is Outcome.CAPTURED else ()
    return verdict.outcome, [kind for kind, _, _ in taken]


@pytest.mark.parametrize(
    ("listings", "noted"),
    [
        ([Listed(rows=rows_of("a", "b"), total=3, pages=2), Listed(rows=rows_of("c"), total=3)], []),
        (
            [Listed(rows=rows_of("a", "b"), total=4, pages=2), Listed(rows=rows_of("c"), total=4)],
            ["listing_incomplete"],
        ),
        ([Listed(rows=rows_of("a"), pages=2)], ["listing_incomplete"]),
        # one more row was added on top, and pushed one from the first page to the second
        ([Listed(rows=rows_of("a", "b"), total=3), Listed(rows=rows_of("b", "c"), total=4)], []),
        ([Listed(rows=rows_of("a", "b"), total=4), Listed(rows=rows_of("d"), total=3)], ["listing_changed"]),
        ([Listed(rows=rows_of("a", "b"), total=3, repeats=1)], []),
        # shown first, then again from the beginning
        (
            [
                Listed(rows=rows_of("a"), total=2, is_preview=True),
                Listed(rows=rows_of("a"), pages=2),
                Listed(rows=rows_of("b")),
            ],
            [],
        ),
    ],
)
def test_what_a_column_declares_is_held_against_what_was_read(listings: list[Listed], noted: list[str]) -> None:
    column = Column(BASE)
    kinds = []
    for number, listed in enumerate(listings, start=1):
        outcome, taken = read(column, number, listed)
        assert outcome is Outcome.CAPTURED
        kinds += taken
    assert kinds + [kind for kind, _, _ in column.conclude()] == noted


def test_pages_without_rows_and_repeated_pages_are_told_apart() -> None:
    column = Column(BASE)
    assert column.judge(Listed(), FIRST).outcome is Outcome.LISTING_EMPTY
    assert column.judge(Listed(total=0), FIRST).outcome is Outcome.LISTING_EMPTY, "a start address is never empty"
    assert read(Column(BASE), 2, Listed(total=0)) == (Outcome.CAPTURED, ["column_empty"])
    assert read(Column(BASE), 1, Listed(columns=(FIRST,))) == (Outcome.CAPTURED, [])
    assert read(Column(BASE), 9, Listed(may_be_empty=True)) == (Outcome.CAPTURED, [])
    read(column, 1, Listed(rows=rows_of("a", "b")))
    repeated = column.judge(Listed(rows=rows_of("b", "a")), FIRST)
    assert repeated.outcome is Outcome.LISTING_REPEATED
