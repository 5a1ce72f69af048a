"""Seasons, what is due, and what the archive's run reports say of the last crawls."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai.crawler.portal.schedule import Due, LastCrawls, Schedule, due, last_crawls, longest_waiting_first
from gongkai.crawler.report.latest import Latest

NOW = dt.datetime(2026, 3, 10, 2, tzinfo=dt.UTC)
SCHEDULE = Schedule(budgets=3, finals=7, otherwise=30, full=180)


def ago(days: float) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        ("2026-01-01T00:00:00+08:00", 3),
        ("2025-12-31T16:30:00+00:00", 3),  # New Year in China already
        ("2026-04-30T23:00:00+08:00", 3),
        ("2026-05-01T00:00:00+08:00", 30),
        ("2026-08-01T00:00:00+08:00", 7),
        ("2026-10-31T23:59:00+08:00", 7),
        ("2026-10-31T17:00:00+00:00", 30),
    ],
)
def test_the_season_is_told_by_the_calendar_in_china(moment: str, days: int) -> None:
    assert SCHEDULE.days(dt.datetime.fromisoformat(moment)) == days


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (LastCrawls(), Due(crawl=True, full=True)),
        (LastCrawls(ago(2), ago(2), ago(2)), Due(crawl=False, full=False)),
        (LastCrawls(ago(2.99), ago(2.99), ago(10)), Due(crawl=True, full=False)),
        (LastCrawls(ago(1), ago(1), ago(181)), Due(crawl=True, full=True)),
        (LastCrawls(ago(0.2), ago(40), ago(40)), Due(crawl=False, full=False)),  # failed five hours ago
        (LastCrawls(ago(1.5), ago(40), ago(40)), Due(crawl=True, full=False)),
        (LastCrawls(ago(1.5), None, None), Due(crawl=True, full=True)),
    ],
)
def test_what_is_due(last: LastCrawls, expected: Due) -> None:
    assert due(SCHEDULE, last, NOW) == expected


def report(day: int, exit_code: int = 0, **facts: Any) -> dict[str, Any]:
    finished = dt.datetime(2026, 1, day, tzinfo=dt.UTC).isoformat()
    portal = {"portal": "a/b", "finished": finished, "exit_code": exit_code, "limit_reached": False, "full": False}
    interrupted = facts.pop("interrupted", False)
    return {"interrupted": interrupted, "portals": [portal | facts]}


def last_crawls_of(reports: list[dict[str, Any]]) -> dict[str, LastCrawls]:
    return last_crawls(Latest.of_reports(reports))


def test_the_last_crawls_are_read_from_run_reports() -> None:
    def day(number: int) -> dt.datetime:
        return dt.datetime(2026, 1, number, tzinfo=dt.UTC)

    assert last_crawls_of([]) == {}
    assert last_crawls_of([report(1)]) == {"a/b": LastCrawls(day(1), day(1), day(1), day(1))}, (
        "the first crawl sees everything"
    )
    ignored = [report(4, limit_reached=True), report(5, interrupted=True), report(6, finished=None)]
    assert last_crawls_of([report(1), report(2, full=True), report(3, 1), *ignored, report(7, 3)]) == {
        "a/b": LastCrawls(tried=day(7), trusted=day(3), swept=day(2), ended=day(7))
    }
    assert last_crawls_of([report(1, 3)]) == {"a/b": LastCrawls(day(1), None, None, day(1))}
    assert last_crawls_of([report(1), report(4, limit_reached=True)])["a/b"] == LastCrawls(
        day(1), day(1), day(1), day(4)
    )


def test_who_waited_longest_is_first() -> None:
    def ended(number: int) -> LastCrawls:
        return LastCrawls(ended=dt.datetime(2026, 1, number, tzinfo=dt.UTC))

    last = {"hanging": ended(5), "ready": ended(3)}
    assert longest_waiting_first(["hanging", "ready", "new"], last) == ["new", "ready", "hanging"]
