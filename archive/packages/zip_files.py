"""ZIP files of anybody, opened within bounds; nothing is ever unpacked to a file."""

from __future__ import annotations

import contextlib
import json
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

LARGEST_DIRECTORY = 64 << 20
"""Bytes of a ZIP's list of files, all of which is held in memory."""
LONGEST_PAGE = 1 << 20
_MOST_TITLES = 200_000
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"


class ZipRefusedError(Exception):
    """Raised when a ZIP file has no end, or a list of files that is too long to be honest."""


@contextlib.contextmanager
def opened_zip(source: Path | BinaryIO) -> Iterator[zipfile.ZipFile]:
    """A ZIP file for reading.  Raises ZipRefusedError, zipfile.BadZipFile, OSError."""
    with contextlib.ExitStack() as stack:
        raw: BinaryIO = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
        _check_directory(raw)
        yield stack.enter_context(zipfile.ZipFile(raw))


def _check_directory(raw: BinaryIO) -> None:
    size = raw.seek(0, 2)
    raw.seek(max(0, size - (1 << 17)))
    tail = raw.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise ZipRefusedError("it has no end of a ZIP file")
    length = struct.unpack_from("<L", tail, at + 12)[0]
    if length == 0xFFFFFFFF:
        at = tail.rfind(_END_64)
        length = struct.unpack_from("<Q", tail, at + 40)[0] if at >= 0 and len(tail) >= at + 56 else 0
    if length > LARGEST_DIRECTORY:
        raise ZipRefusedError(f"its list of files has {length} bytes, more than {LARGEST_DIRECTORY}")
    raw.seek(0)


def warc_names(package: zipfile.ZipFile) -> list[str]:
    """The WARC files of a package, by name."""
    names = {info.filename for info in package.infolist() if not info.is_dir()}
    return sorted(name for name in names if name.lower().endswith((".warc", ".warc.gz")))


def lines(file: IO[bytes], longest: int = LONGEST_PAGE) -> Iterator[bytes]:
    """The lines of a file.  Raises ZipRefusedError for one that is too long."""
    while line := file.readline(longest):
        if len(line) >= longest:
            raise ZipRefusedError(f"a line of {getattr(file, 'name', 'it')!r} is longer than {longest} bytes")
        yield line


def page_titles(package: zipfile.ZipFile) -> dict[str, str]:
    """The titles of pages by address, as far as the package lists them; what is no page is passed over."""
    titles: dict[str, str] = {}
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        with contextlib.suppress(KeyError, ZipRefusedError), package.open(name) as file:
            for line in lines(file):
                with contextlib.suppress(ValueError, TypeError, KeyError):
                    page = json.loads(line)
                    if isinstance(page["url"], str) and isinstance(page["title"], str) and len(titles) < _MOST_TITLES:
                        titles.setdefault(page["url"], page["title"])
    return titles
