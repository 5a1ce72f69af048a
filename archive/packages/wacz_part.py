"""One WACZ as it is written: a ZIP file made piece by piece, which can go on behind an address."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import itertools
import json
import re
import struct
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, BinaryIO, cast

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.packages.contents import Contents
from gongkai.archive.packages.index import idx_lines
from gongkai.archive.packages.records import RENDERED, Written, records, warcinfo
from gongkai.archive.streams import chunks

WACZ_VERSION = "1.1.1"
SOFTWARE = f"gongkai {importlib.metadata.version('gongkai')}"
SEAL = b"gongkai.sha256:"
"""Beginning of the ZIP comment; 64 digits follow, with which the file ends."""
WARC, CDX, IDX = "archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx"
PAGES, EXTRA_PAGES = "pages/pages.jsonl", "pages/extraPages.jsonl"
DATAPACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"


def created_text(at: dt.datetime) -> str:
    """A time as a data package writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


class Groups:
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
        """Hand over the bytes written since the last call."""
        piece = b"".join(self._held)
        self._held.clear()
        self._digest.update(piece)
        self.size += len(piece)
        return piece

    def take_sealed(self) -> bytes:
        """Hand over the bytes written since, the last 64 replaced by the SHA-256 of everything before them."""
        piece = b"".join(self._held)[:-64]
        self._held = [piece]
        piece = self.take()
        self._held = [self._digest.hexdigest().encode()]
        return piece + self.take()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class PartWriter:
    """One WACZ, made piece by piece."""

    def __init__(self, archive: Archive, name: str, created: dt.datetime, note: Callable[[str], None]) -> None:
        self._sink = _Sink()
        self._last = ""
        self._captures = 0
        self._archive, self._name, self._created, self._note = archive, name, created, note
        self._zip = zipfile.ZipFile(cast("BinaryIO", self._sink), "w")
        self._contents = Contents()
        self._resources: list[dict[str, Any]] = []
        self._kept: Iterator[bytes] = iter(())
        self._offset = 0

    def close(self) -> None:
        """Give up the temporary data."""
        self._contents.close()

    def take_diary(self) -> BinaryIO:
        """What index and pages gained since the last call."""
        return self._contents.take_diary()

    @property
    def facts(self) -> dict[str, Any]:
        """The last address, how many captures there are, and SHA-256 and length so far."""
        sink = self._sink
        return {"last": self._last, "captures": self._captures, "sha256": sink.sha256, "bytes": sink.size}

    def go_on(self, facts: Mapping[str, Any], kept: Iterator[bytes], diaries: Iterable[BinaryIO]) -> None:
        """Begin with the bytes of a run that stood at such facts when it was cut off."""
        self._last, self._captures, self._kept = facts["last"], facts["captures"], kept
        for diary in diaries:
            self._contents.follow(diary)

    def pieces(self, groups: Groups, limit: int | None) -> Generator[bytes, None, None]:
        """The bytes of the file, which ends after the address with which it reaches ``limit``; an empty piece stands
        between two addresses, where it could go on."""
        yield from self._entry(WARC, self._warc(groups, limit))
        blocks: list[tuple[int, str]] = []
        yield from self._entry(CDX, self._cdx(blocks))
        yield from self._entry(IDX, (line.encode() for line in idx_lines(blocks, CDX.rpartition("/")[2])))
        yield from self._entry(PAGES, self._contents.pages.main())
        if self._contents.pages.has_extra:
            yield from self._entry(EXTRA_PAGES, self._contents.pages.extra())
        described = self._datapackage()
        yield from self._entry(DATAPACKAGE, iter([described]))
        digest = {"path": DATAPACKAGE, "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
        yield from self._entry(DIGEST, iter([json.dumps(digest).encode()]))
        self._zip.comment = SEAL + b"0" * 64
        self._zip.close()
        yield self._sink.take_sealed()

    def _entry(self, name: str, data: Iterator[bytes]) -> Iterator[bytes]:
        """A file of the ZIP, stored as it is, and its entry in the data package."""
        info = zipfile.ZipInfo(name)
        info.external_attr = 0o644 << 16
        info.create_system = 3
        # A time; ReplayWeb.page also takes a file without any such field for one whose local head has none either.
        info.extra = struct.pack("<HHBL", 0x5455, 5, 1, min(int(self._created.timestamp()), 0x7FFFFFFF))
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as file:
            yield self._sink.take()
            for piece in data:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
                yield self._sink.take()
        yield self._sink.take()
        base = name.rpartition("/")[2].lower()  # a data package's names have no capitals
        self._resources.append({"name": base, "path": name, "hash": f"sha256:{digest.hexdigest()}", "bytes": size})

    def _warc(self, groups: Groups, limit: int | None) -> Iterator[bytes]:
        for chunk in _behind(self._sink.size, self._kept):
            self._offset += len(chunk)
            yield chunk
        if not self._offset:
            yield from self._written(warcinfo(self._created, f"{self._name}#{WARC}", SOFTWARE))
        while groups.has_more and (limit is None or self._offset < limit):
            for capture in groups.take():
                for record in self._records_of(capture):
                    yield from self._written(record)
                self._last, self._captures = capture.url, self._captures + 1
                self._note(capture.url)
            yield b""

    def _written(self, record: Written) -> Iterator[bytes]:
        if record.is_shown:
            self._contents.add(record, WARC, self._offset)
        self._offset += record.length
        with record.data as data:
            yield from chunks(data)

    def _records_of(self, capture: Capture) -> Iterator[Written]:
        sha256 = capture.payload_sha256
        first = self._contents.first(sha256) if sha256 and _is_sent(capture) else None
        if sha256 is None or first is not None:
            yield from records(capture, None, first)
            return
        with self._archive.open_original(sha256) as payload:
            for record in records(capture, payload, None):
                if record.sha256 == sha256:  # a redirect on the way there has no bytes of it
                    if record.kind == "response":
                        self._contents.note_first(record)
                    self._contents.add_page(capture, record)
                yield record

    def _cdx(self, blocks: list[tuple[int, str]]) -> Iterator[bytes]:
        for block, first in self._contents.blocks():
            blocks.append((len(block), first))
            yield block

    def _datapackage(self) -> bytes:
        document = {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "software": SOFTWARE,
            "created": created_text(self._created),
            "title": re.sub(r"\.wacz$", "", self._name),
            **self._contents.pages.main_page(),
            "resources": self._resources,
        }
        return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _behind(size: int, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces without the first so many bytes."""
    for piece in pieces:
        if rest := piece[size:]:
            yield rest
        size = max(0, size - len(piece))


def _is_sent(capture: Capture) -> bool:
    """True for a capture of bytes as a server sent them."""
    is_rendered = any(name.lower() == RENDERED for name, _ in capture.response_headers)
    is_answer = capture.role is not Role.FILE and not is_rendered
    return is_answer and (capture.http_status is not None or capture.outcome is Outcome.NOT_MODIFIED)
