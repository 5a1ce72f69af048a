"""Refusals are told where no capture tells them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from gongkai.crawler.errors import RobotsDeniedError
from gongkai.crawler.wire.refusals import Refusals
from tests.crawler.offline import SITE, portal_of, spider_of, visit_to


def test_a_spider_of_no_portal_is_told_and_a_portals_has_its_captures(caplog: pytest.LogCaptureFixture) -> None:
    request, refusal = Request(SITE), RobotsDeniedError("robots.txt forbids it.")
    nobodys = Refusals.from_crawler(Crawler(Spider))
    nobodys.process_exception(request, refusal)
    nobodys.process_exception(request, IgnoreRequest("a filter's"))
    visit = visit_to(portal_of())
    visit.run.archive = object()  # type: ignore[assignment]
    of_a_portal: Any = SimpleNamespace(spider=spider_of(visit))
    Refusals(of_a_portal).process_exception(request, refusal)
    assert [record.getMessage() for record in caplog.records] == ["robots.txt forbids it."]
