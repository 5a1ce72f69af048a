"""A small archive with a history, and a store that dies at its n-th change."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from gongkai.archive.archive import Archive, new_capture_id
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.keys import LOCKS
from gongkai.archive.store import ObjectInfo, ObjectMissingError, S3Access, Store

BUDGET = "https://czj.example.gov.cn/预算/1.pdf"
LARGE = "https://czj.example.gov.cn/2.xls"
RUN = "20260101T000000000000Z-aaaa"


def capture(
    archive: Archive, minute: int, url: str, data: bytes | None, outcome: Outcome = Outcome.CAPTURED, **values: Any
) -> Capture:
    """A capture at a minute, its original kept."""
    original = archive.keep_original(data) if data is not None else None
    given: dict[str, Any] = {
        "capture_id": new_capture_id(),
        "run_id": RUN,
        "portal": "hebei-qinhuangdao",
        "role": Role.ATTACHMENT,
        "url": url,
        "outcome": outcome,
        "requested_at": dt.datetime(2026, 1, 1, 0, minute, tzinfo=dt.UTC),
        "payload_sha256": original and original.sha256,
        "payload_bytes": original and original.bytes,
        "file_name": "部门预算.pdf",
        "title": "部门预算公开",
        "response_headers": (("Content-Type", "application/pdf"),),
    }
    return Capture(**{**given, **values})


def first(archive: Archive) -> None:
    """Two documents, one of them longer than what is copied in memory, and an address that did not answer."""
    archive.record(
        [
            capture(archive, 1, BUDGET, b"first"),
            capture(archive, 2, LARGE, b"x" * (1 << 20) + b"y", file_name=None),
            capture(archive, 3, "https://czj.example.gov.cn/3", None, Outcome.TIMEOUT),
        ]
    )


def later(archive: Archive) -> None:
    """The budget was replaced, unchanged, gone, and there again as it was at first."""
    archive.record(
        [capture(archive, 10, BUDGET, b"second"), capture(archive, 11, BUDGET, b"second", Outcome.UNCHANGED)]
    )
    archive.record([capture(archive, 12, BUDGET, None, Outcome.GONE), capture(archive, 13, BUDGET, b"first")])


def contents(store: Store) -> dict[str, bytes]:
    return {info.key: store.read(info.key) for info in store.list("")}


class MemoryStore:
    """A store in memory, for tests that fill many; it has no folders."""

    url = "memory"
    access = S3Access("", "", "", "", "", use_ssl=False)

    def __init__(self, objects: Mapping[str, bytes] = {}) -> None:
        self.objects = dict(objects)

    def write(self, key: str, data: bytes | BinaryIO) -> None:
        self.objects[key] = data if isinstance(data, bytes) else data.read()

    def write_once(self, key: str, data: bytes) -> bool:
        return self.objects.setdefault(key, data) is data

    def write_all_once(self, objects: Iterable[tuple[str, bytes | BinaryIO]]) -> None:
        for key, data in objects:
            self.write(key, data)

    def read(self, key: str) -> bytes:
        if key not in self.objects:
            raise ObjectMissingError(key)
        return self.objects[key]

    def open(self, key: str) -> BinaryIO:
        return io.BytesIO(self.read(key))

    def size(self, key: str) -> int | None:
        return len(self.objects[key]) if key in self.objects else None

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        now = dt.datetime.now(dt.UTC)
        return (ObjectInfo(key, len(data), now) for key, data in sorted(self.objects.items()) if key.startswith(prefix))

    def delete(self, key: str) -> None:
        self.objects.pop(key, None)


class CutOffError(Exception):
    """Raised in place of a write, as a kill would end it."""


class Mortal:
    """A store that dies at its n-th change of what it is to hold; a lock, which goes with its process, is none."""

    def __init__(self, store: Store, changes: int) -> None:
        self._store, self._left = store, changes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @property  # type: ignore[misc] # that of an object may be set, and is not here
    def __class__(self) -> type:
        """That of the store, by which a lock is told to be the system's."""
        return type(self._store)

    def write(self, key: str, data: bytes | BinaryIO) -> None:
        self._count(key)
        self._store.write(key, data)

    def delete(self, key: str) -> None:
        self._count(key)
        self._store.delete(key)

    def join(self, key: str, pieces: Sequence[str]) -> None:
        self._count(key)
        self._store.join(key, pieces)

    def write_all_once(self, objects: Iterable[tuple[str, bytes | BinaryIO]]) -> None:
        for pair in objects:
            self._count(pair[0])
            self._store.write_all_once([pair])

    def _count(self, key: str) -> None:
        if key.startswith(LOCKS):
            return
        self._left -= 1
        if self._left < 0:
            raise CutOffError
