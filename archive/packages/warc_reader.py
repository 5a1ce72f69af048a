"""WARC files of anybody, read record by record within bounds: what is damaged is named, and reading goes on behind it.

warcio reads a line of any length and stops at the first record that it cannot read; files from elsewhere need more.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from gongkai.archive.packages import arc

CHUNK = 1 << 16
LONGEST_LINE = 1 << 16
LONGEST_HEAD = 1 << 18
LARGEST_GAP = 1 << 30
"""Bytes between two records after which a file is given up."""
_MAGIC = b"\x1f\x8b\x08"


class WarcDamagedError(Exception):
    """Raised when a record cannot be read: cut short, damaged, endless, or no record at all; says why."""


@dataclasses.dataclass(slots=True)
class Record:
    """A record: where it begins in its file, its fields by lower-case name, and its block, to be read before the next
    record is asked for; ``problem`` says why there is none."""

    offset: int
    fields: dict[str, str] = dataclasses.field(default_factory=dict)
    block: Block | None = None
    problem: str | None = None

    @property
    def kind(self) -> str:
        return self.fields.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        return self.fields.get("warc-target-uri", "").strip("<>")


class Block:
    """The bytes of a record, hashed as they are read."""

    def __init__(self, source: _Members, length: int, digest: str | None) -> None:
        self.left = length
        self.is_broken = False
        self._length, self._source = length, source
        self._declared = parsed_digest(digest)
        self._hash = hashlib.new(self._declared[0], usedforsecurity=False) if self._declared else None

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; without a size the next piece.  Raises WarcDamagedError where they end too early."""
        return self._taken(lambda: self._source.read(min(CHUNK if size < 0 else size, self.left)))

    def readline(self, limit: int = LONGEST_LINE) -> bytes:
        """Up to the end of a line, or so many bytes.  Raises WarcDamagedError where they end too early."""
        return self._taken(lambda: self._source.readline(min(limit, self.left)))

    def _taken(self, read: Any) -> bytes:
        if not self.left:
            return b""
        try:
            data: bytes = read()
            if not data:
                raise WarcDamagedError(f"its block ends after {self._length - self.left} of {self._length} bytes")
        except WarcDamagedError:
            self.is_broken = True
            raise
        self.left -= len(data)
        if self._hash is not None:
            self._hash.update(data)
        return data

    def drain(self) -> None:
        """Read the rest.  Raises WarcDamagedError."""
        if self.left > LARGEST_GAP:
            self.is_broken = True
            raise WarcDamagedError(f"its block is said to have {self.left} bytes more, too many to pass over")
        while self.read():
            pass

    @property
    def is_as_declared(self) -> bool | None:
        """After all was read: are these the bytes whose digest the record gives?  None where it gives none."""
        return None if self._hash is None or self._declared is None else self._hash.digest() == self._declared[1]

    @property
    def is_followed_rightly(self) -> bool:
        """After all was read: does a line's end or the end of the member stand behind it, as it must?"""
        return self._source.is_at_line_end()


def records(raw: BinaryIO) -> Iterator[Record]:
    """The records of a WARC or ARC, compressed or not; one with a ``problem`` for each place that cannot be read."""
    source = _Members(raw)
    gap = 0
    while gap < LARGEST_GAP:
        record = Record(source.offset)
        try:
            if not source.begin():
                return
            record.offset = source.offset
            record.fields = _fields(source)
            record.block = Block(source, _length(record.fields), record.fields.get("warc-block-digest"))
            yield record
            if not record.block.is_broken:
                record.block.drain()
                continue
        except WarcDamagedError as error:
            yield Record(record.offset if record.fields else source.offset, record.fields, problem=str(error))
        skipped = source.find_next()
        if skipped is None:
            return
        gap += skipped
    yield Record(source.offset, problem="too much of it is no record; the rest was not read")


def parsed_digest(text: str | None) -> tuple[str, bytes] | None:
    """Algorithm and digest of ``sha1:BASE32`` and ``sha256:hex``; None for what is not known."""
    name, _, value = (text or "").strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in {"md5", "sha1", "sha256", "sha512"}:
        return None
    size = hashlib.new(name, usedforsecurity=False).digest_size
    try:
        digest = bytes.fromhex(value) if len(value) == 2 * size else base64.b32decode(value.upper())
    except (ValueError, binascii.Error):
        return None
    return (name, digest) if len(digest) == size else None


def header_lines(read_line: Any) -> Iterator[bytes]:
    """The lines of a head without its first and the empty one at its end, continued ones joined.

    Raises WarcDamagedError for a head that does not end in time.
    """
    held, size = b"", 0
    while True:
        line: bytes = read_line()
        size += len(line)
        if size > LONGEST_HEAD or (line and not line.endswith(b"\n")):
            raise WarcDamagedError(f"its head is longer than {LONGEST_HEAD} bytes, or is cut")
        bare = line.rstrip(b"\r\n")
        if bare[:1] in {b" ", b"\t"} and held:
            held += b" " + bare.strip()
            continue
        if held:
            yield held
        if not bare:
            return
        held = bare


def _fields(source: _Members) -> dict[str, str]:
    first = source.readline(LONGEST_LINE)
    source.is_arc = source.is_arc or arc.begins_file(first)
    if source.is_arc and (told := arc.fields(first)):
        return told
    if not first.startswith(b"WARC/"):
        raise WarcDamagedError(f"{first[:20]!r} begins no record")
    fields: dict[str, str] = {}
    for line in header_lines(lambda: source.readline(LONGEST_LINE)):
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _length(fields: dict[str, str]) -> int:
    text = fields.get("content-length", "")
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise WarcDamagedError(f"its Content-Length is {text[:40]!r}")
    return int(text)


class _Members:
    """The bytes of a file, of a compressed one those of its gzip members, of which none is read past its end
    unawares."""

    def __init__(self, raw: BinaryIO) -> None:
        self.offset = 0
        """Where the current member begins; of a file that is not compressed, the next byte."""
        self.is_arc = False
        """True once a record said that the file is an ARC."""
        self._raw = raw
        self._packed = raw.read(CHUNK)
        self._is_gzip = self._packed.startswith(_MAGIC[:2])
        self._read = len(self._packed)
        self._inflate: Any = None
        self._held = b""

    def begin(self) -> bool:
        """Go to the next byte that is not a line's end, in this member or the next; False at the end of the file."""
        while True:
            if not self._held and not self._fill():
                if not self._is_gzip or not self._next_member():
                    return False
                continue
            bare = self._held.lstrip(b"\r\n")
            self._moved(len(self._held) - len(bare))
            self._held = bare
            if bare:
                return True

    def read(self, size: int) -> bytes:
        """Up to so many bytes of this member; none at its end.  Raises WarcDamagedError."""
        if not self._held and size:
            self._fill()
        data, self._held = self._held[:size], self._held[size:]
        self._moved(len(data))
        return data

    def readline(self, limit: int) -> bytes:
        """A line of this member, or so many bytes of it.  Raises WarcDamagedError."""
        self._hold_line(limit)
        at = self._held.find(b"\n", 0, limit)
        return self.read(at + 1 if at >= 0 else limit) if self._held else b""

    def _hold_line(self, limit: int) -> None:
        while b"\n" not in self._held and len(self._held) < limit and self._fill():
            pass

    def is_at_line_end(self) -> bool:
        """True before the end of a line, of this member or of the file.  Raises WarcDamagedError."""
        return not (self._held or self._fill()) or self._held[:1] in {b"\r", b"\n"}

    def find_next(self) -> int | None:
        """Go to the next line that begins a record; the bytes passed over, None where there is none."""
        passed = 0
        while passed < LARGEST_GAP:
            try:
                if not self.begin():
                    return None
                self._hold_line(LONGEST_LINE)
                if self._held.startswith(b"WARC/") or (self.is_arc and arc.begins_record(self._held)):
                    return passed
                passed += len(self.readline(LONGEST_LINE))
            except WarcDamagedError:
                if not self._find_member():
                    return None
        return passed

    def _moved(self, count: int) -> None:
        if not self._is_gzip:
            self.offset += count

    def _fill(self) -> bool:
        """More bytes of this member; False at its end."""
        if not self._is_gzip:
            added, self._packed = self._packed, self._raw.read(CHUNK)
            self._held += added
            return bool(added)
        while self._inflate is not None:
            if not self._packed and not self._more():
                self._inflate = None
                raise WarcDamagedError("the file ends within a gzip member")
            try:
                data = self._inflate.decompress(self._packed, CHUNK)
            except zlib.error as error:
                self._inflate = None
                raise WarcDamagedError(f"its gzip member is damaged: {error}") from error
            self._packed = self._inflate.unconsumed_tail
            if self._inflate.eof:
                self._packed, self._inflate = self._inflate.unused_data, None
            if data:
                self._held += data
                return True
        return False

    def _more(self) -> bool:
        piece = self._raw.read(CHUNK)
        self._read += len(piece)
        self._packed += piece
        return bool(piece)

    def _next_member(self) -> bool:
        self._packed = self._packed.lstrip(b"\0")
        while len(self._packed) < len(_MAGIC) and self._more():
            pass
        if not self._packed:
            return False
        self.offset = self._read - len(self._packed)
        if not self._packed.startswith(_MAGIC):
            raise WarcDamagedError(f"{self._packed[:20]!r} begins no gzip member")
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS + 16)
        return True

    def _find_member(self) -> bool:
        """Go to what looks like the beginning of another gzip member."""
        self._held, self._inflate = b"", None
        if not self._is_gzip:
            return False
        start = 1
        while (at := self._packed.find(_MAGIC, start)) < 0:
            self._packed = self._packed[-len(_MAGIC) + 1 :]
            start = 0
            if not self._more():
                self._packed = b""
                return False
        self._packed = self._packed[at:]
        return True
