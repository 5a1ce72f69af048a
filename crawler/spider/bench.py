"""`scrapy bench`: how fast Scrapy is on this machine, measured as anywhere else.

It asks a server of its own on this machine as fast as it can, which the settings of a polite crawler forbid; so it runs
without them.
"""

from __future__ import annotations

import argparse

from scrapy.commands import bench
from scrapy.settings import SETTINGS_PRIORITIES, Settings


class Command(bench.Command):
    """Scrapy's own bench with Scrapy's own settings."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        settings, theirs = self.settings, Settings()
        if settings is None:
            raise TypeError("Scrapy gives a command its settings before it reads the options.")
        for name in list(settings):
            if settings.getpriority(name) == SETTINGS_PRIORITIES["project"]:
                settings.set(name, theirs.get(name), priority="project")
        settings.setdict(self.default_settings, priority="project")
        super().process_options(args, opts)
