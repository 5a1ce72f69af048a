"""Scrapy's settings for one portal: the facts of its file, and what a person gives with `-s NAME=VALUE`.

What protects portals and evidence is no matter of taste: a given setting that would make the crawler faster than the
portal's file allows, hide who is asking, or take a part of ours away is refused by name.  Parts that are given (an
extension, a middleware) are added to ours and replace none.  Everything else is passed on to Scrapy as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, Settings, default_settings

from gongkai.crawler import settings as project_settings
from gongkai.crawler.errors import SettingRefusedError
from gongkai.crawler.facts import closest
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.wire import rendering

PARTS = ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES")
STATISTICS = {
    "DOWNLOADER_MIDDLEWARES": ("scrapy.downloadermiddlewares.stats.DownloaderStats",),
    "EXTENSIONS": (
        "scrapy.extensions.corestats.CoreStats",
        "scrapy.extensions.logcount.LogCount",
        "scrapy.extensions.logstats.LogStats",
    ),
}
"""What fills Scrapy's statistics; idle unless `STATS_CLASS` names a collector that keeps them."""

PACE = "the pause between two requests and one request at a time are owed to the portals"
NAME = "every portal is told who is asking, and where to complain (GONGKAI_CONTACT)"
ROBOTS = "robots.txt is obeyed by a part of ours, whatever Scrapy's settings say"
NETWORK = "only public addresses are asked, each by the address its name was checked to have"
EVIDENCE = "what is filed must be what the portal sent, once, to the request on record"
FIXED = {
    **dict.fromkeys(("ROBOTSTXT_OBEY", "ROBOTSTXT_USER_AGENT", "ROBOTSTXT_PARSER"), ROBOTS),
    **dict.fromkeys(("USER_AGENT", "BOT_NAME", "DEFAULT_REQUEST_HEADERS", "SPIDER_MODULES", "NEWSPIDER_MODULE"), NAME),
    **dict.fromkeys(
        (
            "CONCURRENT_REQUESTS",
            "CONCURRENT_REQUESTS_PER_DOMAIN",
            "CONCURRENT_REQUESTS_PER_IP",
            "CONCURRENT_ITEMS",
            "DOWNLOAD_SLOTS",
            "AUTOTHROTTLE_ENABLED",
            "AUTOTHROTTLE_TARGET_CONCURRENCY",
            "RANDOMIZE_DOWNLOAD_DELAY",
            "DOWNLOAD_DELAY_JITTER",
        ),
        PACE,
    ),
    **dict.fromkeys(
        ("TWISTED_DNS_RESOLVER", "DNS_RESOLVER", "DNSCACHE_ENABLED", "HTTPPROXY_ENABLED", "DOWNLOAD_HANDLERS"), NETWORK
    ),
    **dict.fromkeys(
        (
            "HTTPCACHE_ENABLED",
            "COMPRESSION_ENABLED",
            "COOKIES_ENABLED",
            "REDIRECT_ENABLED",
            "METAREFRESH_ENABLED",
            "JOBDIR",
            "DOWNLOADER",
            "SCHEDULER",
            "DUPEFILTER_CLASS",
            "ITEM_PROCESSOR",
            "TWISTED_REACTOR",
            "TWISTED_REACTOR_ENABLED",
        ),
        EVIDENCE,
    ),
}
"""Settings that nobody changes, each with the reason."""
AT_LEAST = ("DOWNLOAD_DELAY", "THROTTLED_DELAY_SECONDS", "AUTOTHROTTLE_START_DELAY", "AUTOTHROTTLE_MAX_DELAY")
"""Pauses, which may be given longer and never shorter."""
NUMBER = re.compile(r"\d+(?:\.\d+)?")
_GIVEN = SETTINGS_PRIORITIES["cmdline"]


def state(settings: BaseSettings, portal: Portal) -> None:
    """Set what the file of a portal states, below what a person gives for one run."""
    if portal.delay_seconds is not None:
        settings.set("DOWNLOAD_DELAY", portal.delay_seconds, priority="spider")
    if portal.timeout_seconds is not None:
        settings.set("DOWNLOAD_TIMEOUT", portal.timeout_seconds, priority="spider")
    if portal.browser is not None:
        rendering.configure(settings)
    limits = {
        "PAGE_MAXSIZE": portal.limits.page_bytes,
        "DOWNLOAD_MAXSIZE": portal.limits.file_bytes,
        "MINIMUM_RATE": portal.limits.bytes_per_second,
        "LISTING_MAX_PAGES": portal.limits.pages,
        "PORTAL_MAX_SECONDS": portal.limits.seconds,
    }
    settings.update({name: value for name, value in limits.items() if value is not None}, priority="spider")


def give(settings: BaseSettings, given: Mapping[str, str]) -> None:
    """Set what a person gives by name and value.  Raises SettingRefusedError for a name or value not understood."""
    for name, value in given.items():
        try:
            settings.set(name, value, priority="cmdline")
        except (ValueError, TypeError) as error:
            raise SettingRefusedError(f"The setting {name} cannot be {value!r}: {error}.") from error
    parts = [str(part).casefold() for name in PARTS if name in given for part in settings.getdict(name)]
    for name in given:
        _check_name(name, parts)


def _check_name(name: str, parts: list[str]) -> None:
    """Refuse a name that neither Scrapy nor the project knows, nor a part that was given with it."""
    known = {each for each in (*dir(default_settings), *dir(project_settings)) if each.isupper()}
    owner = name.partition("_")[0].casefold()
    if name in known or any(part.startswith(f"{owner}.") for part in parts):
        return
    near = closest(name, known)
    hint = f"the closest are {', '.join(near)}" if near else "names are capitals, as in LOG_LEVEL=INFO"
    raise SettingRefusedError(f"Scrapy has no setting {name!r}; {hint}.")


def check(settings: BaseSettings, portal: Portal) -> None:
    """Refuse what was given against a portal or against evidence.  Raises SettingRefusedError."""
    given = [name for name in settings if (settings.getpriority(name) or 0) >= _GIVEN]
    for name in given:
        if name in FIXED or name.endswith("_BASE"):
            raise SettingRefusedError(f"The setting {name} is not changed: {FIXED.get(name, EVIDENCE)}.")
        if name in AT_LEAST:
            _check_pause(name, str(settings[name]).strip(), portal)


def _check_pause(name: str, value: str, portal: Portal) -> None:
    least, whose = float(getattr(project_settings, name)), "the crawler"
    if name == "DOWNLOAD_DELAY" and portal.delay_seconds is not None:
        least, whose = portal.delay_seconds, f"the file of {portal.id!r}"
    if not NUMBER.fullmatch(value) or float(value) < least:
        raise SettingRefusedError(f"The setting {name}={value} is not taken: {whose} asks for at least {least:g} s.")


def keep_parts(settings: BaseSettings) -> None:
    """Put the parts of ours back beside those that were given, and let Scrapy count where a collector listens."""
    keeps_statistics = settings["STATS_CLASS"] != project_settings.STATS_CLASS
    for name in PARTS:
        ours = dict(getattr(project_settings, name))
        for part in STATISTICS.get(name, ()) if keeps_statistics else ():
            del ours[part]
        is_given = settings.getpriority(name) == _GIVEN
        if is_given or (keeps_statistics and name in STATISTICS):
            given = settings.getdict(name) if is_given else {}
            settings.set(name, BaseSettings({**given, **ours}, priority="cmdline"), priority="cmdline")


def of_project() -> Settings:
    """Scrapy's settings with the project's over them."""
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    return settings
