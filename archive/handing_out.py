"""Several originals handed out at once, to a folder or a ZIP file that stands alone.

=================  =================================================================================================
``documents/``     the originals, each under its own name and the first digits of its SHA-256
``manifest.csv``   a row for each address: file, SHA-256, length, and what the captures say of it; no text of it is
                   one that a spreadsheet would calculate
``captures.jsonl`` every capture of these addresses, up to the time asked for
``CHECKSUMS``      SHA-256 of every other file, as ``sha256sum --check`` reads it; written last
=================  =================================================================================================

Equal documents give equal bytes: files lie uncompressed in the ZIP, without times of their own.
"""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import datetime as dt
import hashlib
import io
import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from gongkai.archive import capture_table, temporary_names
from gongkai.archive.archive import Archive
from gongkai.archive.latest import dumped
from gongkai.archive.retrieval import Found
from gongkai.archive.spreadsheet_text import inert
from gongkai.archive.streams import chunks

_UNSAFE = re.compile(r'[<>:"/\\|?*.\s]+')
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})$")
_STEM_BYTES = 150
_DIGITS = 12
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class _Target(Protocol):
    def file(self, name: str, size: int) -> contextlib.AbstractContextManager[BinaryIO]:
        """A new file to write, of about this length."""


@dataclasses.dataclass(frozen=True, slots=True)
class HandedOut:
    """How many addresses and distinct originals were written, and the length of the originals."""

    addresses: int
    originals: int
    bytes: int


def hand_out(archive: Archive, documents: Iterator[Found], target: _Target, until: dt.datetime | None) -> HandedOut:
    """Write the documents, their manifest, captures and checksums.

    Raises OriginalMissingError, OriginalAlteredError, and what the target raises.
    """
    with tempfile.TemporaryFile() as manifest, tempfile.TemporaryFile() as sums:
        table = io.TextIOWrapper(manifest, "utf-8", newline="", write_through=True)
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["file", *(field.name for field in dataclasses.fields(Found))])
        urls: list[str] = []
        files: dict[bytes, str] = {}
        total = 0
        for found in documents:
            key = bytes.fromhex(found.sha256)
            if key not in files:
                files[key] = f"documents/{safe_name(found)}"
                total += _put_original(archive, found, files[key], target, sums)
            urls.append(found.url)
            writer.writerow([files[key], *map(_cell, dataclasses.astuple(found))])
        table.detach()
        _put(target, "manifest.csv", manifest, sums)
        with tempfile.TemporaryFile() as captures:
            _write_captures(archive, urls, until, captures)
            _put(target, "captures.jsonl", captures, sums)
        sums.seek(0)
        _put(target, "CHECKSUMS", sums, io.BytesIO())
    return HandedOut(len(urls), len(files), total)


def safe_name(found: Found) -> str:
    """A file name that every system takes: ``2024年预算-1de823700c09.pdf``.

    No folder, no name that Windows keeps for itself, no invisible character; Chinese stays as it is.
    """
    address = unquote(urlsplit(found.url).path).rpartition("/")[2]
    given = unicodedata.normalize("NFC", found.file_name or found.title or address)
    ending = _ENDING.search(given) or (_ENDING.search(address) if not found.file_name else None)
    stem = given[: -len(ending[0])] if ending and given.endswith(ending[0]) else given
    seen = "".join(" " if unicodedata.category(each).startswith("C") else each for each in stem)
    plain = _UNSAFE.sub("_", seen).encode("utf-8", "replace")[:_STEM_BYTES].decode("utf-8", "ignore").strip("_-~")
    return f"{plain or 'document'}-{found.sha256[:_DIGITS]}{ending[0].lower() if ending else ''}"


class Folder:
    """A folder being filled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextlib.contextmanager
    def file(self, name: str, size: int) -> Iterator[BinaryIO]:
        """A new file; ``size`` matters to a ZIP alone."""
        del size
        path = self._path / name
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as file:
            yield file


class Zip:
    """A ZIP file being written from its beginning to its end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)

    @contextlib.contextmanager
    def file(self, name: str, size: int) -> Iterator[BinaryIO]:
        """A new member."""
        info = zipfile.ZipInfo(name, _ZIP_TIME)
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        info.file_size = size
        with self._zip.open(info, "w", force_zip64=size >= zipfile.ZIP64_LIMIT) as file:
            yield file  # type: ignore[misc] # a member written is a BinaryIO in all that is used

    def close(self) -> None:
        """Write the directory, which makes it whole."""
        self._zip.close()


@contextlib.contextmanager
def new_folder(path: Path) -> Iterator[Folder]:
    """A folder that appears under its name when it is whole.  Raises FileExistsError for one that is there."""
    if path.exists():
        raise FileExistsError(path)
    temporary_names.remove_leftovers(path)
    temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=temporary_names.prefix(path)))
    try:
        yield Folder(temporary)
        temporary.chmod(0o755)
        temporary.rename(path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _put_original(archive: Archive, found: Found, name: str, target: _Target, sums: BinaryIO) -> int:
    with archive.open_original(found.sha256) as original:
        return _put(target, name, original, sums)


def _put(target: _Target, name: str, source: BinaryIO, sums: BinaryIO) -> int:
    """Copy a seekable stream, and note its SHA-256; returns its length."""
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    digest = hashlib.sha256()
    with target.file(name, size) as file:
        for chunk in chunks(source):
            digest.update(chunk)
            file.write(chunk)
    sums.write(f"{digest.hexdigest()}  {name}\n".encode())
    return size


def _write_captures(archive: Archive, urls: list[str], until: dt.datetime | None, file: BinaryIO) -> None:
    wanted = pa.array(urls, pa.string())
    for rows in archive.capture_rows():
        table = rows.filter(pc.is_in(rows["url"].cast(pa.string()), value_set=wanted))
        for capture in capture_table.captures(table):
            if until is None or capture.requested_at < until:
                file.write(dumped(capture).encode() + b"\n")


def _cell(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return inert(value) if isinstance(value, str) else value
