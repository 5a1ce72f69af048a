"""Web archive packages (WACZ 1.1.1) of captures, written to any store piece by piece.

Equal captures give equal bytes, so that a part that is there needs not be made again: ``write_wacz`` of a selection
that is split notes each part in ``NAME.unfinished``, and a later run goes on behind the last one.  A part ends between
two addresses, so that what refers to bytes refers to bytes of that part.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import importlib.metadata
import itertools
import json
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from gongkai.archive import seal
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.keys import INCOMING
from gongkai.archive.packages.index import Index, idx_lines
from gongkai.archive.packages.pages import Pages
from gongkai.archive.packages.records import RENDERED, Written, records, warcinfo
from gongkai.archive.packages.selection import Picked, Selection
from gongkai.archive.store import ArchiveError, ObjectMissingError, Store
from gongkai.archive.streams import chunks

WACZ_VERSION = "1.1.1"
SOFTWARE = f"gongkai {importlib.metadata.version('gongkai')}"
SEAL = b"gongkai.sha256:"
"""Beginning of the ZIP comment; 64 digits follow, with which the file ends."""
WARC, CDX, IDX = "archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx"
PAGES, EXTRA_PAGES = "pages/pages.jsonl", "pages/extraPages.jsonl"
DATAPACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
MULTI_PROFILE = "multi-wacz-package"
_FORMAT = 1
"""Raised when equal captures would give other bytes than before: parts that are there are then made anew."""


class PackageRefusedError(ArchiveError):
    """Raised when a package cannot be written: nothing is selected, or its name is taken."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A file written: its key, SHA-256 and length, the last address in it, and how many captures it holds."""

    path: str
    sha256: str
    bytes: int
    last: str
    captures: int


@dataclasses.dataclass(frozen=True, slots=True)
class Package:
    """A package as written: its key, its parts, and how many of them were there already."""

    key: str
    parts: tuple[Part, ...]
    kept: int

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)

    @property
    def captures(self) -> int:
        return sum(part.captures for part in self.parts)


def write_wacz(
    archive: Archive,
    selection: Selection,
    target: Store,
    name: str,
    *,
    split: int | None = None,
    note: Callable[[str], None] = lambda _: None,
) -> Package:
    """Write what is selected as ``name``, or where it is split, after about so many bytes each, as parts and a JSON
    file that names them.

    ``note`` is told each capture's address.  Raises PackageRefusedError, OriginalMissingError, OriginalAlteredError,
    CapturesUnreadableError, StoreError; nothing but whole files is left then.
    """
    key = name if split is None else f"{name.removesuffix('.wacz')}.json"
    if target.size(key) is not None:
        raise PackageRefusedError(f"{key!r} is in {target.url!r} already: give another name, or remove it first")
    with contextlib.closing(Picked(archive, selection)) as picked:
        if not len(picked):
            raise PackageRefusedError("no capture is selected: ask for less narrow a choice")
        made = _Making(archive, picked, target, note)
        if split is None:
            parts = [made.part(name, _Groups(picked.after()), None)]
            kept = 0
        else:
            parts, kept = made.parts(name.removesuffix(".wacz"), split)
            target.write(key, _multi(parts, picked.span[1]))
            target.delete(_state_key(key))
    _tidy(target)
    return Package(key, tuple(parts), kept)


class _Making:
    """Parts under way."""

    def __init__(self, archive: Archive, picked: Picked, target: Store, note: Callable[[str], None]) -> None:
        self._archive, self._picked, self._target, self._note = archive, picked, target, note
        self._created = picked.span[1]

    def parts(self, stem: str, split: int) -> tuple[list[Part], int]:
        """All parts, of which those an earlier run finished are kept; and the number of these."""
        state = {"format": _FORMAT, "captures": self._picked.fingerprint, "split": split}
        parts = self._there(stem, state)
        kept = len(parts)
        groups = _Groups(self._picked.after(parts[-1].last if parts else None))
        while groups.has_more:
            parts.append(self.part(f"{stem}-{len(parts) + 1:05d}.wacz", groups, split))
            done = {**state, "parts": [dataclasses.asdict(part) for part in parts]}
            self._target.write(_state_key(f"{stem}.json"), seal.sealed_json(done))
        return parts, kept

    def part(self, key: str, groups: _Groups, limit: int | None) -> Part:
        """Write the next part."""
        writing = _PartWriter(self._archive, key.rpartition("/")[2], self._created, self._note)
        with contextlib.closing(writing):
            self._target.write(key, cast("BinaryIO", _Pieces(writing.pieces(groups, limit))))
            return Part(key, writing.sink.sha256, writing.sink.size, writing.last, writing.captures)

    def _there(self, stem: str, state: dict[str, Any]) -> list[Part]:
        """The parts that a run stopped half-way finished, of just these captures."""
        with contextlib.suppress(ObjectMissingError, seal.SealBrokenError):
            noted = seal.load_sealed_json(self._target.read(_state_key(f"{stem}.json")))
            parts = [Part(**part) for part in noted.pop("parts")]
            if noted == state:
                return list(itertools.takewhile(lambda part: self._target.size(part.path) == part.bytes, parts))
        return []


def _state_key(key: str) -> str:
    return f"{key}.unfinished"


def _multi(parts: list[Part], created: dt.datetime) -> bytes:
    resources = [
        {
            "name": part.path.rpartition("/")[2],
            "path": part.path.rpartition("/")[2],
            "hash": f"sha256:{part.sha256}",
            "bytes": part.bytes,
        }
        for part in parts
    ]
    document = {
        "profile": MULTI_PROFILE,
        "wacz_version": WACZ_VERSION,
        "software": SOFTWARE,
        "created": _created(created),
        "resources": resources,
    }
    return seal.sealed_json(document)


def _created(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


class _Groups:
    """Captures address by address."""

    def __init__(self, captures: Iterator[Capture]) -> None:
        self._groups = itertools.groupby(captures, key=lambda capture: capture.url)
        self._next = next(self._groups, None)

    @property
    def has_more(self) -> bool:
        return self._next is not None

    def take(self) -> Iterator[Capture]:
        """The captures of the next address, to be read to their end."""
        if self._next is not None:
            yield from self._next[1]
            self._next = next(self._groups, None)


class _Sink:
    """Takes what a ZIP file is written as, and gives it on."""

    def __init__(self) -> None:
        self.size = 0
        self._held: list[bytes] = []
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def take(self) -> bytes:
        """What was written since the last call."""
        piece = b"".join(self._held)
        self._held.clear()
        self._digest.update(piece)
        self.size += len(piece)
        return piece

    def take_sealed(self) -> bytes:
        """What was written since, its last 64 bytes replaced by the SHA-256 of everything before them."""
        piece = b"".join(self._held)[:-64]
        self._held = [piece]
        piece = self.take()
        self._held = [self._digest.hexdigest().encode()]
        return piece + self.take()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class _Pieces:
    """A stream over pieces made as they are read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while not self._rest or size < 0:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._rest += piece
        data, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return data


class _PartWriter:
    """One WACZ, made piece by piece."""

    def __init__(self, archive: Archive, name: str, created: dt.datetime, note: Callable[[str], None]) -> None:
        self.sink = _Sink()
        self.last = ""
        self.captures = 0
        self._offset = 0
        self._archive, self._name, self._created, self._note = archive, name, created, note
        self._zip = zipfile.ZipFile(cast("BinaryIO", self.sink), "w")
        self._index, self._pages = Index(), Pages()
        self._resources: list[dict[str, Any]] = []

    def close(self) -> None:
        """Give up the temporary data."""
        self._index.close()
        self._pages.close()

    def pieces(self, groups: _Groups, limit: int | None) -> Iterator[bytes]:
        """The bytes of the file, which ends after the address with which it reaches ``limit``."""
        yield from self._entry(WARC, self._warc(groups, limit))
        blocks: list[tuple[int, str]] = []
        yield from self._entry(CDX, self._cdx(blocks))
        yield from self._entry(IDX, (line.encode() for line in idx_lines(blocks, CDX.rpartition("/")[2])))
        yield from self._entry(PAGES, self._pages.main())
        if self._pages.has_extra:
            yield from self._entry(EXTRA_PAGES, self._pages.extra())
        described = self._datapackage()
        yield from self._entry(DATAPACKAGE, iter([described]))
        digest = {"path": DATAPACKAGE, "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
        yield from self._entry(DIGEST, iter([json.dumps(digest).encode()]))
        self._zip.comment = SEAL + b"0" * 64
        self._zip.close()
        yield self.sink.take_sealed()

    def _entry(self, name: str, data: Iterator[bytes]) -> Iterator[bytes]:
        """A file of the ZIP, stored as it is, and its entry in the data package."""
        info = zipfile.ZipInfo(name)
        info.external_attr = 0o644 << 16
        info.create_system = 3
        # A time; ReplayWeb.page also takes a file without any such field for one whose local head has none either.
        info.extra = struct.pack("<HHBL", 0x5455, 5, 1, min(int(self._created.timestamp()), 0x7FFFFFFF))
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as file:
            for piece in data:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
                yield self.sink.take()
        yield self.sink.take()
        base = name.rpartition("/")[2].lower()  # a data package's names have no capitals
        self._resources.append({"name": base, "path": name, "hash": f"sha256:{digest.hexdigest()}", "bytes": size})

    def _warc(self, groups: _Groups, limit: int | None) -> Iterator[bytes]:
        info = warcinfo(self._created, f"{self._name}#{WARC}", SOFTWARE)
        for record in itertools.chain([info], self._records(groups, limit)):
            if record.is_shown:
                self._index.add(record, WARC, self._offset)
            self._offset += record.length
            with record.data as data:
                yield from chunks(data)

    def _records(self, groups: _Groups, limit: int | None) -> Iterator[Written]:
        while groups.has_more and (limit is None or self._offset < limit):
            for capture in groups.take():
                yield from self._records_of(capture)
                self.last, self.captures = capture.url, self.captures + 1
                self._note(capture.url)

    def _records_of(self, capture: Capture) -> Iterator[Written]:
        sha256 = capture.payload_sha256
        first = self._index.first(sha256) if _is_sent(capture) else None
        if sha256 is None or first is not None:
            yield from records(capture, None, first)
            return
        with self._archive.open_original(sha256) as payload:
            for record in records(capture, payload, None):
                if record.kind == "response":
                    self._index.note_first(record)
                self._pages.add(capture, record)
                yield record

    def _cdx(self, blocks: list[tuple[int, str]]) -> Iterator[bytes]:
        for block, first in self._index.blocks():
            blocks.append((len(block), first))
            yield block

    def _datapackage(self) -> bytes:
        document = {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "software": SOFTWARE,
            "created": _created(self._created),
            "title": re.sub(r"\.wacz$", "", self._name),
            **self._pages.main_page(),
            "resources": self._resources,
        }
        return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _is_sent(capture: Capture) -> bool:
    """True for a capture of bytes as a server sent them."""
    is_rendered = any(name.lower() == RENDERED for name, _ in capture.response_headers)
    is_answer = capture.role is not Role.FILE and not is_rendered
    return is_answer and (capture.http_status is not None or capture.outcome is Outcome.NOT_MODIFIED)


def _tidy(target: Store) -> None:
    """Remove the folder in which a directory's files were begun."""
    if target.access is None:
        with contextlib.suppress(OSError):
            (Path(target.url) / INCOMING).rmdir()
