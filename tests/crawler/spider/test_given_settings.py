"""Settings of one run: passed on where they harm nobody, refused by name where portals or evidence would pay."""

from __future__ import annotations

import pytest
from scrapy.settings import BaseSettings

from gongkai.crawler import settings as project_settings
from gongkai.crawler.errors import SettingRefusedError
from gongkai.crawler.portal.file import PortalLimits
from gongkai.crawler.spider.given_settings import FIXED, PARTS, check, give, keep_parts, of_project, state
from tests.crawler.offline import portal_of

SPIDERMON = "spidermon.contrib.scrapy.extensions.Spidermon"


def test_what_a_portals_file_states_gives_way_to_what_is_given() -> None:
    settings = of_project()
    give(settings, {"DOWNLOAD_DELAY": "5", "LISTING_MAX_PAGES": "7", "FEED_EXPORT_ENCODING": "gbk"})
    portal = portal_of(delay_seconds=3.0, timeout_seconds=9.0, limits=PortalLimits(pages=50))
    check(settings, portal)
    state(settings, portal)
    assert (settings.getfloat("DOWNLOAD_DELAY"), settings.getfloat("DOWNLOAD_TIMEOUT")) == (5.0, 9.0)
    assert (settings.getint("LISTING_MAX_PAGES"), settings["FEED_EXPORT_ENCODING"]) == (7, "gbk")


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"DOWNLOAD_DELY": "2"}, "no setting 'DOWNLOAD_DELY'; the closest are DOWNLOAD_DELAY"),
        ({"log_level": "INFO"}, "no setting 'log_level'"),
        ({"SPIDERMON_ENABLED": "1"}, "no setting 'SPIDERMON_ENABLED'"),
        ({"EXTENSIONS": "{"}, "The setting EXTENSIONS cannot be '{'"),
        ({"EXTENSIONS": "0"}, "The setting EXTENSIONS cannot be '0'"),
    ],
)
def test_what_is_not_understood_is_refused(given: dict[str, str], complaint: str) -> None:
    with pytest.raises(SettingRefusedError, match=complaint):
        give(of_project(), given)


def test_a_part_brings_settings_of_its_own() -> None:
    settings = of_project()
    give(settings, {"SPIDERMON_ENABLED": "True", "EXTENSIONS": f'{{"{SPIDERMON}": 500}}'})
    assert settings.getbool("SPIDERMON_ENABLED")


@pytest.mark.parametrize("name", [*FIXED, "DOWNLOADER_MIDDLEWARES_BASE"])
def test_what_protects_portals_and_evidence_is_not_changed(name: str) -> None:
    settings = of_project()
    known = settings.attributes.get(name)
    settings.set(name, "{}" if known and isinstance(known.value, BaseSettings) else "0", "cmdline")
    with pytest.raises(SettingRefusedError, match=f"The setting {name} is not changed: "):
        check(settings, portal_of())


@pytest.mark.parametrize(
    ("value", "file_says", "least"),
    [("1", None, "the crawler asks for at least 1.5 s"), ("2", 3.0, "the file of 'test' asks for at least 3 s")],
)
def test_a_pause_may_be_longer_and_never_shorter(value: str, file_says: float | None, least: str) -> None:
    settings, portal = of_project(), portal_of(delay_seconds=file_says)
    give(settings, {"DOWNLOAD_DELAY": value})
    with pytest.raises(SettingRefusedError, match=least):
        check(settings, portal)
    give(settings, {"DOWNLOAD_DELAY": "3"})
    check(settings, portal)


@pytest.mark.parametrize("value", ["", "-1", "nan", "1,5", "soon"])
def test_a_pause_that_is_no_number_is_refused(value: str) -> None:
    settings = of_project()
    give(settings, {"DOWNLOAD_DELAY": value})
    with pytest.raises(SettingRefusedError, match="is not taken"):
        check(settings, portal_of(delay_seconds=0.0))


def test_parts_are_added_to_ours_and_replace_none() -> None:
    settings = of_project()
    ours = "gongkai.crawler.wire.politeness.Patience"
    give(settings, {"EXTENSIONS": f'{{"{SPIDERMON}": 500, "{ours}": null}}', "DOWNLOADER_MIDDLEWARES": "{}"})
    keep_parts(settings)
    assert settings.getdict("EXTENSIONS") == {SPIDERMON: 500, **project_settings.EXTENSIONS}
    assert settings.getdict("DOWNLOADER_MIDDLEWARES") == project_settings.DOWNLOADER_MIDDLEWARES


def test_scrapy_counts_where_a_collector_listens() -> None:
    settings = of_project()
    keep_parts(settings)
    assert settings.getdict("EXTENSIONS") == project_settings.EXTENSIONS
    give(settings, {"STATS_CLASS": "scrapy.statscollectors.MemoryStatsCollector"})
    keep_parts(settings)
    assert "scrapy.extensions.corestats.CoreStats" not in settings.getdict("EXTENSIONS")
    assert "scrapy.downloadermiddlewares.stats.DownloaderStats" not in settings.getdict("DOWNLOADER_MIDDLEWARES")
    for name in PARTS:
        ours = {part: place for part, place in getattr(project_settings, name).items() if place is not None}
        assert ours.items() <= settings.getdict(name).items()
