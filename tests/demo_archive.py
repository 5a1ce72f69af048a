"""The five disclosures of the demonstration, archived and parsed: a root that tests only read."""

from __future__ import annotations

from pathlib import Path

from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.local_files import add_files
from gongkai.parsing.stage import parse
from tests.places import DEMO_SITE

_IN_PAGE = "202302/t20230221_100011.html"


def write_demo(folder: Path) -> None:
    """Fill an empty folder."""
    archive = Archive(DirectoryStore(folder))
    published = [path for path in sorted(DEMO_SITE.glob("*/[PW]*")) if path.is_file()]
    add_files(archive, [*published, DEMO_SITE / _IN_PAGE])
    parse(archive, workers=1)
