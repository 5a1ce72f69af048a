"""A document is asked for by the validators that its last answer gave."""

from __future__ import annotations

import dataclasses
import datetime as dt

from gongkai.archive import Capture, Outcome, Role
from gongkai.crawler.wire.conditional_requests import conditions

NOW = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)


def test_validators_survive_answers_that_do_not_repeat_them() -> None:
    first = Capture(
        capture_id="1",
        run_id="r",
        portal="p",
        role=Role.ATTACHMENT,
        url="http://a/b.pdf",
        outcome=Outcome.CAPTURED,
        requested_at=NOW,
        http_status=200,
        response_headers=(("ETag", '"v1"'), ("last-modified", "Sun, 01 Mar 2026 08:00:00 GMT")),
    )
    asked = {"If-None-Match": '"v1"', "If-Modified-Since": "Sun, 01 Mar 2026 08:00:00 GMT"}
    assert conditions(first) == asked
    second = dataclasses.replace(
        first, outcome=Outcome.NOT_MODIFIED, http_status=304, request_headers=tuple(asked.items()), response_headers=()
    )
    assert conditions(second) == asked
    replaced = dataclasses.replace(first, request_headers=tuple(asked.items()), response_headers=())
    assert conditions(replaced) == {}, "the conditions of a request that got a new body are out of date"
