"""Several originals handed out at once, to a folder or a ZIP file that stands alone.

=================  =================================================================================================
``documents/``     the originals, each under its own name and the first digits of its SHA-256
``manifest.csv``   a row for each address: file, SHA-256, length, and what the captures say of it; no text of it is
                   one that a spreadsheet would calculate
``as_read.csv``     a row for each document that the lake read in them, as it stands in its table ``documents``; absent
                   where the lake knows none
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
import pickle
import re
import shutil
import sqlite3
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
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
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -4096;
CREATE TABLE originals (sha256 TEXT PRIMARY KEY, name TEXT, bytes INTEGER) WITHOUT ROWID;
CREATE TABLE urls (url TEXT PRIMARY KEY) WITHOUT ROWID;
"""
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


@dataclasses.dataclass(frozen=True, slots=True)
class AsRead:
    """What the lake read: names of columns, and rows, of each of which the first is the original's SHA-256."""

    columns: Sequence[str]
    rows: Iterable[Sequence[object]]


def hand_out(
    archive: Archive,
    documents: Iterator[Found],
    target: _Target,
    until: dt.datetime | None,
    as_read: AsRead | None = None,
) -> HandedOut:
    """Write the documents, their manifest, what was read in them, captures and checksums.

    Raises OriginalMissingError, OriginalAlteredError, and what the target raises.
    """
    with contextlib.closing(_Taken()) as taken, tempfile.TemporaryFile() as sums:
        with _table(["file", *(field.name for field in dataclasses.fields(Found))]) as (manifest, write):
            for found in documents:
                name = taken.name(found.sha256)
                if name is None:
                    name = f"documents/{safe_name(found)}"
                    taken.note(found.sha256, name, _put_original(archive, found, name, target, sums))
                taken.note_url(found.url)
                write([name, *map(_cell, dataclasses.astuple(found))])
            _put(target, "manifest.csv", manifest, sums)
        if as_read is not None:
            _write_as_read(as_read, taken, target, sums)
        with tempfile.TemporaryFile() as captures:
            _write_captures(archive, taken, until, captures)
            _put(target, "captures.jsonl", captures, sums)
        sums.seek(0)
        _put(target, "CHECKSUMS", sums, io.BytesIO())
        return taken.counts()


class _Taken:
    """Originals and addresses handed out, in a temporary database: there may be millions."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")

    def close(self) -> None:
        self._database.close()

    def name(self, sha256: str) -> str | None:
        row = self._database.execute("SELECT name FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
        return row and str(row[0])

    def note(self, sha256: str, name: str, size: int) -> None:
        self._database.execute("INSERT INTO originals VALUES (?, ?, ?)", (sha256, name, size))

    def note_url(self, url: str) -> None:
        self._database.execute("INSERT OR IGNORE INTO urls VALUES (?)", (url,))

    def has_url(self, url: str) -> bool:
        return self._database.execute("SELECT 1 FROM urls WHERE url = ?", (url,)).fetchone() is not None

    def counts(self) -> HandedOut:
        sql = "SELECT (SELECT count(*) FROM urls), count(*), coalesce(sum(bytes), 0) FROM originals"
        return HandedOut(*self._database.execute(sql).fetchone())


@contextlib.contextmanager
def _table(columns: Sequence[str]) -> Iterator[tuple[BinaryIO, Callable[[Sequence[object]], object]]]:
    """A temporary file, and what writes a row of CSV to it."""
    with tempfile.TemporaryFile() as file:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        yield file, writer.writerow
        text.detach()


def _write_as_read(as_read: AsRead, taken: _Taken, target: _Target, sums: BinaryIO) -> None:
    with _table(["file", *as_read.columns]) as (file, write):
        is_known = False
        for row in as_read.rows:
            name = taken.name(str(row[0]))
            if name is not None:
                is_known = True
                write([name, *map(_cell, row)])
        if is_known:
            _put(target, "as_read.csv", file, sums)


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


class _Members(list[zipfile.ZipInfo]):
    """The members of a ZIP file in a temporary file, of which the library would hold each in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._count = 0

    def append(self, member: zipfile.ZipInfo) -> None:
        pickle.dump(member, self._file)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)  # noqa: S301 - written by `append`, in a file without a name

    def close(self) -> None:
        self._file.close()


class _NoNames(dict[str, zipfile.ZipInfo]):
    """Takes the names of members, by which nothing is looked up while they are written."""

    def __setitem__(self, name: str, member: zipfile.ZipInfo) -> None:
        """Forget it."""


class Zip:
    """A ZIP file being written from its beginning to its end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)
        self._members = _Members()
        self._zip.filelist, self._zip.NameToInfo = self._members, _NoNames()

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
        with contextlib.closing(self._members):
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


def _write_captures(archive: Archive, taken: _Taken, until: dt.datetime | None, file: BinaryIO) -> None:
    for rows in archive.capture_rows():
        urls = (str(url) for url in pc.unique(rows["url"].cast(pa.string())).to_pylist())
        wanted = pa.array([url for url in urls if taken.has_url(url)], pa.string())
        table = rows.filter(pc.is_in(rows["url"].cast(pa.string()), value_set=wanted))
        for capture in capture_table.one_by_one(table):
            if until is None or capture.requested_at < until:
                file.write(dumped(capture).encode() + b"\n")


def _cell(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return inert(value) if isinstance(value, str) else value
