"""The recorded pages of the shipped portals are read as a person agreed; a portal without one says why.

A folder of ``recorded/`` is the id of its portal, the slash written as ``_``; ``recorded/README.md`` says how pages
come to be there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from gongkai.crawler.portal.shipped import portal_files
from gongkai.crawler.survey.recording import differences, portal_file_of, recordings
from tests.places import RECORDED, ROOT

FOLDERS = recordings(RECORDED)
NONE: dict[str, str] = yaml.safe_load((RECORDED / "none.yaml").read_text(encoding="utf-8"))
LARGEST_PAGE = 40_000
"""Bytes of a recorded page: a page as received is reduced to what is read in it before it is kept."""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_pages_are_read_as_agreed(folder: Path) -> None:
    assert differences(folder) == []


def test_every_portal_has_a_recorded_page_or_says_that_it_has_none() -> None:
    assert [path for path in RECORDED.iterdir() if path.is_dir() and path not in FOLDERS] == []
    recorded = {name for name in portal_files() if RECORDED / name.replace("/", "_") in FOLDERS}
    assert len(recorded) == len(FOLDERS), "a folder is of a shipped portal"
    assert recorded.isdisjoint(NONE)
    assert recorded | set(NONE) == set(portal_files())
    assert all("seen" in reason for reason in NONE.values()), "a reason says what has been seen of the portal"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_recording_is_of_its_portal_and_whole(folder: Path) -> None:
    assert portal_file_of(folder) == ROOT / "portals" / f"{folder.name.replace('_', '/', 1)}.yaml"
    assert max(path.stat().st_size for path in folder.glob("*.html")) <= LARGEST_PAGE
