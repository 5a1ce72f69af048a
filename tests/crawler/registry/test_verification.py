"""One look at each place; what each answer means is tried from the front door, in the tests of the commands."""

from __future__ import annotations

import dataclasses

from gongkai.archive import Outcome
from gongkai.crawler.registry.verification import REFUSALS, UNANSWERED, look
from tests.crawler.registry.test_places import QINGXIAN


def test_a_place_without_an_address_is_not_looked_at() -> None:
    nowhere = dataclasses.replace(QINGXIAN, url="")
    seen = look([nowhere])
    assert (seen.results, seen.interrupted) == ([], False)


def test_a_refusal_is_no_missing_page() -> None:
    assert not {404, 410, 500} & REFUSALS
    assert Outcome.HTTP_ERROR not in UNANSWERED
