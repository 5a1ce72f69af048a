"""Settings name only what there is, and say to every portal who is asking."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from scrapy.utils.misc import load_object

from gongkai.crawler import settings


def dotted() -> list[str]:
    tables: list[dict[str, Any]] = [
        settings.DOWNLOADER_MIDDLEWARES,
        settings.SPIDER_MIDDLEWARES,
        settings.EXTENSIONS,
        settings.ITEM_PIPELINES,
    ]
    handlers = [handler for handler in settings.DOWNLOAD_HANDLERS.values() if handler]
    single = [settings.TWISTED_DNS_RESOLVER, settings.LOG_FORMATTER, settings.STATS_CLASS]
    return [*(name for table in tables for name in table), *handlers, *single]


@pytest.mark.parametrize("name", dotted())
def test_every_part_named_is_there(name: str) -> None:
    assert load_object(name) is not None


def test_what_is_answered_without_asking_comes_before_every_rule() -> None:
    order = sorted(
        (place, name.rpartition(".")[2]) for name, place in settings.DOWNLOADER_MIDDLEWARES.items() if place is not None
    )
    assert [name for _, name in order] == [
        "Refusals",
        "HeldDocuments",
        "AddressGuard",
        "NamedByRedirect",
        "RobotsMiddleware",
        "Gatekeeper",
        "ConditionalRequests",
        "PortalCookies",
    ]


def test_the_contact_stands_in_the_user_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_CONTACT", "name@example.org")
    try:
        assert "contact name@example.org" in importlib.reload(settings).USER_AGENT
    finally:
        monkeypatch.undo()
        importlib.reload(settings)
    assert "contact" not in settings.USER_AGENT or settings.CONTACT
