"""Results made elsewhere are taken in, unless something newer or another address is known."""

from __future__ import annotations

import datetime as dt

from gongkai.crawler.registry.adoption import adopted
from gongkai.crawler.registry.places import State
from tests.crawler.registry.test_places import DAY, QINGXIAN, replaced


def test_results_are_adopted_unless_older_or_of_another_address() -> None:
    found = replaced(QINGXIAN, state=State.VERIFIED, since=DAY, reason="12 rows")
    adoption = adopted([QINGXIAN], [found])
    assert (adoption.rows, adoption.changed, adoption.refused) == ([found], [found], [])
    older = replaced(found, state=State.BROKEN, since=dt.date(2026, 10, 1))
    elsewhere = replaced(found, url="http://c.gov.cn/")
    again = adopted([found], [older, elsewhere, QINGXIAN])
    assert (again.rows, again.changed) == ([found], [])
    assert [reason.split(" ")[0] for _, reason in again.refused] == ["the", "it", "nothing"]
