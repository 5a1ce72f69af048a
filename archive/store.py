"""The store: one small protocol for objects by key, with a directory and an S3 bucket behind it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Protocol


class ArchiveError(Exception):
    """Root of what this package raises; the message is one sentence with the value in question."""


class StoreError(ArchiveError):
    """Root of what a store raises."""


class BadKeyError(StoreError, ValueError):
    """Raised when a key is not one: empty, absolute, with ``.``, ``..`` or empty segments, NUL, or too long."""


class ObjectMissingError(StoreError):
    """Raised when a key is read that the store does not hold."""


class RootUnusableError(StoreError):
    """Raised when an archive root cannot be opened: an unknown bucket, no permission, not a directory, bad URL."""


class StoreUnavailableError(StoreError):
    """Raised when the store fails after the allowed retries: time-outs, 5xx, a full disk."""


@dataclasses.dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One row of a listing; ``size`` in bytes, ``modified`` UTC with zone.

    ``tag`` is another one whenever the object was written: S3's ETag, a file's number and times.
    """

    key: str
    size: int
    modified: dt.datetime
    tag: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class S3Access:
    """Facts that another reader (DuckDB's ``CREATE SECRET``) needs to open an address from ``locate``.

    ``endpoint`` is ``host[:port]`` without scheme; keys are empty for anonymous access.
    """

    endpoint: str
    access_key: str
    secret_key: str = dataclasses.field(repr=False)
    session_token: str = dataclasses.field(repr=False)
    region: str
    use_ssl: bool
    url_style: str = "path"


class Store(Protocol):
    """A flat space of objects under ``/``-separated keys (UTF-8, Chinese allowed).

    Every call blocks; callers with an event loop run it in a thread.  Safe for use from several threads.
    """

    @property
    def url(self) -> str:
        """The root as a person would give it: an absolute path, or ``s3://bucket/prefix``."""

    @property
    def access(self) -> S3Access | None:
        """Facts that other readers need to open an address from ``locate``; None where they need none."""

    def write(self, key: str, data: bytes | BinaryIO) -> None:
        """Put an object, replacing any under that key; a reader sees the old or the new bytes, never a mixture."""

    def write_once(self, key: str, data: bytes | BinaryIO) -> bool:
        """Put an object unless the key exists.  True when written, False when it was there already (left as it is)."""

    def write_all_once(self, objects: Iterable[tuple[str, bytes | BinaryIO]]) -> None:
        """``write_once`` of many, sooner than one after the other, where keys name the bytes: an object that is there
        and holds others is damaged, and replaced.  All are kept when it returns; each stream, which is one that can be
        read again, is closed as soon as it is."""

    def replace(self, key: str, data: bytes, tag: str | None) -> bool:
        """Put an object if the key still holds what had this ``tag`` (None: nothing).  False when it does not.

        A directory looks first and writes then, so that whoever replaces there holds a lock (archive.lock); an S3
        server that honours ``If-Match`` decides in one step.  False may also stand for a write whose answer was lost.
        """

    def read(self, key: str) -> bytes:
        """The whole object.  Raises ObjectMissingError."""

    def read_part(self, key: str, start: int, length: int) -> bytes:
        """So many bytes from ``start`` on, in one request; fewer where the object ends.  Raises ObjectMissingError."""

    def open(self, key: str) -> BinaryIO:
        """A readable stream over the object; the caller closes it.  Raises ObjectMissingError."""

    def size(self, key: str) -> int | None:
        """Length in bytes, or None where the key names no object."""

    def info(self, key: str) -> ObjectInfo | None:
        """The object's row of a listing, or None where the key names no object."""

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """Every object whose key starts with ``prefix``, in key order (code points of the UTF-8 key)."""

    def copy_all(self, names: Iterable[tuple[str, str]]) -> None:
        """Put the bytes under each first key under the second too, replacing; without moving them through this process
        where the store can.  Raises ObjectMissingError."""

    def join(self, key: str, pieces: Sequence[str]) -> None:
        """Put the bytes of objects, one behind the other, under a key; without moving them through this process where
        the store can, for which each but the last has to be of 5 MiB at least.  Raises ObjectMissingError."""

    def delete(self, key: str) -> None:
        """Remove an object; silent when it is not there."""

    def locate(self, key: str) -> str:
        """The address under which DuckDB and PyArrow read the object: an absolute path or an ``s3://`` URL."""
