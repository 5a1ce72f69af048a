"""Recorded pages keep how a portal looked when its file was written, and what its family read in them.

A recording is a folder: the pages as received, and `expected.yaml`, which names the portal's file (relative to the
folder) and says of each page its address, its hash, the system it was recognised as, and what was read.  A command
proposes it, a person reads and corrects it, and no test ever writes it.  `differences` is that test: it reads the pages
again and tells what has changed, be it the code, the file, or the recording itself.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from scrapy.utils.misc import load_object

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError, PortalFileError
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Row
from gongkai.crawler.portal.file import Portal, load_portal
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.spider.family_spider import FamilySpider
from gongkai.crawler.survey.recognition import detect_page
from gongkai.crawler.survey.recorded_page import RecordedPage
from gongkai.crawler.visit import Run, Visit

EXPECTED = "expected.yaml"
NAMED_ROWS = 3
"""So many rows of a listing are written out: enough to see a wrong title, date or address."""

TEST = '''"""The pages of {portal} as recorded on {date} are read as a person agreed."""

from __future__ import annotations

from pathlib import Path

from gongkai.crawler.survey.recording import differences


def test_the_pages_of_{name}_are_read_as_agreed() -> None:
    assert differences(Path(__file__).parent) == []
'''

Reading = dict[str, Any]


def read(portal: Portal, recorded: RecordedPage) -> Reading:
    """The reading of a page by the portal's family, in values that YAML holds; nothing is requested.

    Of a listing: its rows, further pages and columns, and what it declares to hold; `refused` says why it is no listing
    of the family.  Of an article: title, date, 索引号 and files.  `problems` names what the crawl would report.
    """
    report = PortalReport(portal=portal.id)
    visit = Visit(run=Run(run_id="recording", archive=None), portal=portal, report=report)
    spider: FamilySpider[Any] = load_object(FAMILIES[portal.family].spider)(visit=visit)
    reading = _listing(spider, recorded) if recorded.role is Role.LISTING else _article(spider, recorded)
    problems = sorted({problem.kind for problem in report.problems})
    return {**reading, **({"problems": problems} if problems else {})}


def _listing(spider: FamilySpider[Any], recorded: RecordedPage) -> Reading:
    try:
        listed = spider.read_listing(recorded.page, Lead(url=recorded.url, role=Role.LISTING))
    except ListingNotUnderstoodError as error:
        return {"refused": str(error)}
    return {
        "rows": len(listed.rows),
        "first_rows": [_row(row) for row in listed.rows[:NAMED_ROWS]],
        "next_pages": [lead.url for lead in listed.next_pages],
        "columns": [lead.url for lead in listed.columns],
        "total": listed.total,
        "pages": listed.pages,
    }


def _row(row: Row) -> Reading:
    return {"title": row.title, "url": row.url, "published_on": row.published_on}


def _article(spider: FamilySpider[Any], recorded: RecordedPage) -> Reading:
    page = recorded.page
    facts = spider.read_facts(page)
    files = spider.read_files(page, Lead(url=recorded.url, role=Role.ARTICLE))
    return {
        "title": facts.title,
        "published_on": facts.published_on,
        "index_number": facts.index_number,
        "files": [{"text": link.text, "url": link.url} for link in files],
    }


@dataclasses.dataclass(frozen=True, slots=True)
class Recording:
    """The paths that were written, and the family's reading of each page."""

    paths: tuple[Path, ...]
    readings: tuple[Reading, ...]


# --- the folder -------------------------------------------------------------------------------------------------------


def record(
    folder: Path, portal_file: Path, portal: Portal, pages: Sequence[RecordedPage], recorded_on: dt.date
) -> Recording:
    """Write the pages, what is read in them, and a test that reads them again, into a new folder.

    Raises FileExistsError where the folder exists: what a person has agreed to is never overwritten.
    """
    names = [f"{number}-{recorded.role.value}.html" for number, recorded in enumerate(pages, 1)]
    expectations = [_expectation(portal, name, recorded) for name, recorded in zip(names, pages, strict=True)]
    expected = {
        "portal": Path(os.path.relpath(portal_file, folder)).as_posix(),
        "recorded_on": recorded_on,
        "pages": expectations,
    }
    folder.mkdir(parents=True)
    for name, recorded in zip(names, pages, strict=True):
        (folder / name).write_bytes(recorded.body)
    text = yaml.safe_dump(expected, allow_unicode=True, sort_keys=False, width=120)
    (folder / EXPECTED).write_text(text, encoding="utf-8")
    test = folder / f"test_{folder.name}.py"
    test.write_text(
        TEST.format(portal=portal.id, date=recorded_on, name=re.sub(r"\W", "_", folder.name)), encoding="utf-8"
    )
    paths = (*(folder / name for name in names), folder / EXPECTED, test)
    return Recording(paths, tuple(expectation["reads"] for expectation in expectations))


def _expectation(portal: Portal, name: str, recorded: RecordedPage) -> Reading:
    return {
        "file": name,
        "url": recorded.url,
        "role": recorded.role.value,
        "content_type": recorded.content_type,
        "sha256": hashlib.sha256(recorded.body).hexdigest(),
        "system": detect_page(recorded.page).system,
        "reads": read(portal, recorded),
    }


def recordings(folder: Path) -> list[Path]:
    """The folders of recordings at or below a folder, in order of their names."""
    return sorted(path.parent for path in folder.rglob(EXPECTED))


def portal_file_of(folder: Path) -> Path:
    """The file of the portal that a recording is of.  Raises PortalFileError where the recording cannot be read."""
    with _reading(folder):
        expected = yaml.safe_load((folder / EXPECTED).read_text(encoding="utf-8"))
        file: Path = folder / expected["portal"]
        return file.resolve()


@contextlib.contextmanager
def _reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise PortalFileError(
            f"The recording {str(folder)!r} cannot be read: {type(error).__name__}: {error}."
        ) from error


def differences(folder: Path) -> list[str]:
    """The differences between what is read now in a recording's pages and what a person agreed to, one sentence each.

    Raises PortalFileError where the recording or its portal's file cannot be read.
    """
    with _reading(folder):
        expected = yaml.safe_load((folder / EXPECTED).read_text(encoding="utf-8"))
        portal = load_portal(folder / expected["portal"])
        named = {page["file"] for page in expected["pages"]}
        forgotten = sorted(path.name for path in folder.glob("*.html") if path.name not in named)
        told = [difference for page in expected["pages"] for difference in _differences(folder, portal, page)]
    return told + [f"{name}: it is a page of which {EXPECTED} says nothing." for name in forgotten]


def _differences(folder: Path, portal: Portal, expected: Mapping[str, Any]) -> Iterator[str]:
    body = (folder / expected["file"]).read_bytes()
    recorded = RecordedPage(expected["url"], body, Role(expected["role"]), expected["content_type"])
    now = _expectation(portal, expected["file"], recorded)
    for key in ("sha256", "system"):
        if now[key] != expected[key]:
            yield f"{expected['file']}: {key} is {now[key]!r}; {expected[key]!r} is expected."
    reads, agreed = now["reads"], expected["reads"]
    for key in dict.fromkeys((*agreed, *reads)):
        if reads.get(key) != agreed.get(key):
            yield f"{expected['file']}: {key} reads {reads.get(key)!r}; {agreed.get(key)!r} is expected."
