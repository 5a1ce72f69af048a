"""`scrapy bench` measures Scrapy on this machine, and none of our pauses."""

from __future__ import annotations

import argparse

from scrapy.settings import Settings

from gongkai.crawler import settings as project_settings
from gongkai.crawler.spider.bench import Command
from gongkai.crawler.spider.given_settings import of_project


def options(*given: str) -> argparse.Namespace:
    return argparse.Namespace(set=list(given), logfile=None, loglevel=None, nolog=False, pidfile=None, pdb=False)


def test_it_runs_with_scrapys_own_settings() -> None:
    command, theirs = Command(), Settings()
    command.settings = of_project()
    assert command.settings["DOWNLOAD_DELAY"] == project_settings.DOWNLOAD_DELAY
    command.process_options([], options("LOGSTATS_INTERVAL=2"))
    for name in ("DOWNLOAD_DELAY", "CONCURRENT_REQUESTS", "STATS_CLASS", "TWISTED_DNS_RESOLVER"):
        assert command.settings[name] == theirs[name]
    for name in ("DOWNLOADER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES", "DOWNLOAD_HANDLERS"):
        assert dict(command.settings[name]) == {}
    assert (command.settings["LOG_LEVEL"], command.settings["LOGSTATS_INTERVAL"]) == ("INFO", "2")


def test_it_is_the_bench_of_the_project() -> None:
    assert Command.__module__ == project_settings.COMMANDS_MODULE
