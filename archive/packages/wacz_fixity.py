"""Fixity of web archive packages, ours and others': every file against the data package, every record against its
digest, the index against the records, the pages against the index.

A package without index or pages, which other validators pass, is refused.  Of ours a seal covers every byte of the
file; of others' the bytes between the files of the ZIP are covered by nothing.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from typing import Any, BinaryIO, cast

from gongkai.archive import seal
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.packages.addresses import as_uri
from gongkai.archive.packages.wacz import MULTI_PROFILE
from gongkai.archive.packages.wacz_part import DATAPACKAGE, DIGEST, PAGES, SEAL
from gongkai.archive.packages.warc_reader import WarcDamagedError, records
from gongkai.archive.packages.zip_files import ZipRefusedError, lines, opened_zip, warc_names
from gongkai.archive.store import ObjectMissingError, Store, StoreError
from gongkai.archive.streams import chunks

_INDEXES = (".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz")
_SHOWN = frozenset({"response", "revisit", "resource", "conversion"})
_LARGEST_JSON = 64 << 20

Told = Callable[[str, int], None]


def is_wacz(name: str) -> bool:
    """True for the name of a web archive package, or of the JSON file over the parts of one."""
    return name.lower().endswith((".wacz", ".json"))


def wacz_findings(store: Store, key: str, told: Told) -> Iterator[Finding]:
    """What is missing, altered or not part of a package; ``told`` of each file in it and its length."""
    if key.lower().endswith(".json"):
        yield from _parts(store, key, told)
        return
    try:
        with store.open(key) as raw:
            yield from _Check(raw, key, told).findings()
    except ObjectMissingError:
        yield Finding(key, Problem.MISSING, "it is not there")
    except (StoreError, OSError) as error:
        yield Finding(key, Problem.UNREADABLE, str(error))


def _parts(store: Store, key: str, told: Told) -> Iterator[Finding]:
    try:
        document = seal.load_sealed_json(store.read(key))
        resources = [(str(each["path"]), str(each["hash"])) for each in document["resources"]]
        if document.get("profile") != MULTI_PROFILE or not resources:
            raise ValueError(f"its profile is {document.get('profile')!r}, or it names no part")
    except ObjectMissingError:
        yield Finding(key, Problem.MISSING, "it is not there")
        return
    except (seal.SealBrokenError, LookupError, TypeError, ValueError) as error:
        yield Finding(key, Problem.ALTERED, f"it is no list of parts: {error}")
        return
    folder = key.rpartition("/")[0]
    for path, digest in resources:
        part = f"{folder}/{path}" if folder else path
        yield from wacz_findings(store, part, told)
        try:
            with store.open(part) as raw:
                found = _digest(raw)
        except StoreError:
            continue  # said already
        if found != digest:
            yield Finding(part, Problem.ALTERED, f"its digest is {found}, {key!r} says {digest}")


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    for chunk in chunks(stream):
        digest.update(chunk)
    return f"sha256:{digest.hexdigest()}"


class _Check:
    """The check of one package."""

    def __init__(self, raw: BinaryIO, key: str, told: Told) -> None:
        self._raw, self._key, self._told = raw, key, told
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(
            "CREATE TABLE records (file TEXT, at INTEGER, url TEXT, indexed INTEGER, shown INTEGER, whole INTEGER)"
        )
        self._database.execute("CREATE TABLE urls (url TEXT PRIMARY KEY) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def findings(self) -> Iterator[Finding]:
        """What is wrong with it."""
        is_sealed = yield from self._seal()
        try:
            with opened_zip(self._raw) as package:
                yield from self._files(package, is_sealed=is_sealed)
                yield from self._warcs(package)
                yield from self._index(package)
                yield from self._pages(package)
        except (ZipRefusedError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
            yield Finding(self._key, Problem.ALTERED, f"it cannot be read: {error}")
        finally:
            self._database.close()

    def _altered(self, name: str, detail: str) -> Finding:
        return Finding(f"{self._key}:{name}", Problem.ALTERED, detail)

    def _missing(self, name: str, detail: str) -> Finding:
        return Finding(f"{self._key}:{name}", Problem.MISSING, detail)

    def _seal(self) -> Generator[Finding, None, bool]:
        """Check the seal at the end; returns whether there is one."""
        size = self._raw.seek(0, 2)
        self._raw.seek(max(0, size - 64 - len(SEAL)))
        tail = self._raw.read()
        if not tail.startswith(SEAL):
            return False
        self._raw.seek(0)
        digest, left = hashlib.sha256(), size - 64
        while left and (piece := self._raw.read(min(left, 1 << 20))):
            digest.update(piece)
            left -= len(piece)
        if digest.hexdigest().encode() != tail[-64:]:
            yield Finding(self._key, Problem.ALTERED, "its bytes do not match the SHA-256 it ends with")
        return True

    def _files(self, package: zipfile.ZipFile, *, is_sealed: bool) -> Iterator[Finding]:
        """Every file against the data package, and that against its digest."""
        names = [info.filename for info in package.infolist() if not info.is_dir()]
        for name in sorted({name for name in names if names.count(name) > 1} if len(names) < 1000 else ()):
            yield self._altered(name, "the ZIP holds it twice")
        try:
            described = _small(package, DATAPACKAGE)
            document = json.loads(described)
            resources = {str(each["path"]): each for each in document["resources"]}
        except KeyError:
            yield self._missing(DATAPACKAGE, "nothing says what the package holds")
            return
        except (ValueError, TypeError) as error:
            yield self._altered(DATAPACKAGE, f"it is no data package: {error}")
            return
        is_ours = str(document.get("software", "")).startswith("gongkai")
        if is_ours and not is_sealed:
            yield Finding(self._key, Problem.ALTERED, "the seal with which it must end is not there")
        yield from self._described(package, described, is_ours=is_ours)
        for name, resource in resources.items():
            yield from self._file(package, name, resource)
        for name in sorted(set(names) - resources.keys() - {DATAPACKAGE, DIGEST}):
            yield Finding(f"{self._key}:{name}", Problem.UNEXPECTED, f"{DATAPACKAGE} does not name it")

    def _described(self, package: zipfile.ZipFile, described: bytes, *, is_ours: bool) -> Iterator[Finding]:
        try:
            stated = json.loads(_small(package, DIGEST))["hash"]
        except KeyError:
            if is_ours:
                yield self._missing(DIGEST, f"nothing says what {DATAPACKAGE} was")
            return
        except (ValueError, TypeError) as error:
            yield self._altered(DIGEST, f"it is no digest: {error}")
            return
        if stated != f"sha256:{hashlib.sha256(described).hexdigest()}":
            yield self._altered(DATAPACKAGE, f"its digest is another than {DIGEST} says")

    def _file(self, package: zipfile.ZipFile, name: str, resource: dict[str, Any]) -> Iterator[Finding]:
        algorithm, _, stated = str(resource.get("hash", "")).partition(":")
        if algorithm not in {"md5", "sha1", "sha256", "sha512"}:
            yield self._altered(name, f"{DATAPACKAGE} gives no digest of it")
            return
        digest, size = hashlib.new(algorithm, usedforsecurity=False), 0
        try:
            with package.open(name) as file:
                for chunk in chunks(cast("BinaryIO", file)):
                    digest.update(chunk)
                    size += len(chunk)
        except KeyError:
            yield self._missing(name, f"{DATAPACKAGE} names it")
            return
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            yield self._altered(name, str(error))
            return
        self._told(f"{self._key}:{name}", size)
        if digest.hexdigest() != stated or resource.get("bytes", size) != size:
            yield self._altered(name, f"its digest is {digest.hexdigest()}, {DATAPACKAGE} says {stated}")

    def _warcs(self, package: zipfile.ZipFile) -> Iterator[Finding]:
        """Every record of every WARC against its digest."""
        names = warc_names(package)
        if not names:
            yield self._missing("archive/", "it holds no WARC")
        for name in names:
            with package.open(name) as raw:
                for record in records(cast("BinaryIO", raw)):
                    try:
                        if record.problem is not None or record.block is None:
                            raise WarcDamagedError(record.problem or "it has no block")
                        record.block.drain()
                        if record.block.is_as_declared is False:
                            raise WarcDamagedError("its bytes are not those whose digest it gives")
                    except WarcDamagedError as error:
                        yield self._altered(name, f"the record at byte {record.offset}: {error}")
                    is_shown = record.kind in _SHOWN and "warc-truncated" not in record.fields
                    row = (
                        name.rpartition("/")[2],
                        record.offset,
                        record.url,
                        0,
                        is_shown,
                        is_shown and record.kind != "revisit",
                    )
                    self._database.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", row)
        self._database.execute("CREATE INDEX places ON records (at, file)")

    def _index(self, package: zipfile.ZipFile) -> Iterator[Finding]:
        """Every line of the index against the record it names; a package of which nothing is indexed is refused."""
        names = [name for name in package.namelist() if name.startswith("indexes/") and name.endswith(_INDEXES)]
        for name in names:
            try:
                with package.open(name) as raw, contextlib.ExitStack() as stack:
                    file: Any = stack.enter_context(gzip.open(raw)) if name.endswith(".gz") else raw
                    yield from self._index_lines(name, file)
            except (OSError, EOFError, zlib.error) as error:
                yield self._altered(name, f"it cannot be read: {error}")
        shown, indexed = self._database.execute("SELECT count(*), sum(indexed) FROM records WHERE shown").fetchone()
        if not names or (shown and not indexed):
            yield self._missing("indexes/", "it has no index, without which nothing in it can be found")
        elif shown and indexed < shown:
            sql = "SELECT file, at, url FROM records WHERE shown AND NOT indexed AND url LIKE 'http%' LIMIT 20"
            for file, at, url in self._database.execute(sql):
                yield self._missing("indexes/", f"the record at byte {at} of {file!r} ({url}) is not in it")

    def _index_lines(self, name: str, file: Any) -> Iterator[Finding]:
        for number, line in enumerate(lines(file), 1):
            try:
                if line.startswith(b"!meta"):
                    continue
                facts = json.loads(line[line.index(b"{") :])
                place = (int(facts["offset"]), str(facts["filename"]).rpartition("/")[2])
                url = str(facts["url"])
            except (ValueError, LookupError, TypeError) as error:
                yield self._altered(name, f"its line {number} is no line of an index: {error}")
                continue
            sql = "SELECT rowid, url FROM records WHERE at = ? AND file = ?"
            row = next((row for row in self._database.execute(sql, place) if row[1] in {url, as_uri(url)}), None)
            if row is None:
                yield self._altered(
                    name, f"its line {number} names byte {place[0]} of {place[1]!r}, where no such record is"
                )
                continue
            self._database.execute("UPDATE records SET indexed = 1 WHERE rowid = ?", (row[0],))
            self._database.execute("INSERT OR IGNORE INTO urls VALUES (?)", (url,))

    def _pages(self, package: zipfile.ZipFile) -> Iterator[Finding]:
        """The list of pages: there, not empty, and of addresses in the index."""
        count = 0
        try:
            with package.open(PAGES) as file:
                for number, line in enumerate(lines(file), 1):
                    problem = self._page(number, line)
                    count += number > 1
                    if problem:
                        yield self._altered(PAGES, f"its line {number} {problem}")
        except KeyError:
            yield self._missing(PAGES, "it has no list of pages, without which nobody knows where to begin")
            return
        if not count and self._database.execute("SELECT 1 FROM records WHERE whole").fetchone():
            yield self._missing(PAGES, "it lists no page")

    def _page(self, number: int, line: bytes) -> str | None:
        try:
            page = json.loads(line)
            if number == 1:
                return None if str(page["format"]).startswith("json-pages-") else "states another format"
            url = str(page["url"])
            page["ts"]
        except (ValueError, LookupError, TypeError) as error:
            return f"is no page: {error}"
        sql = "SELECT 1 FROM urls WHERE url = ? OR url = ?"
        is_there = self._database.execute(sql, (url, url.partition("#")[0])).fetchone() is not None
        is_posted = "__wb_method=" in url
        return None if is_there or is_posted else f"is of {url!r}, which is not in the index"


def _small(package: zipfile.ZipFile, name: str) -> bytes:
    """A file of bounded length.  Raises KeyError, ValueError."""
    with package.open(name) as file:
        data = file.read(_LARGEST_JSON + 1)
    if len(data) > _LARGEST_JSON:
        raise ValueError(f"it is longer than {_LARGEST_JSON} bytes")
    return data
