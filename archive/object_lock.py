"""Object lock of S3: retention and legal hold of what an archive keeps, and the proof that a server enforces them.

A retention is only ever made longer.  One in ``COMPLIANCE`` mode binds everybody, the holder of the bucket too, until
its day; one in ``GOVERNANCE`` mode may be lifted by whoever holds the special permission for it.  A legal hold has no
day and lasts until it is released.  A lock binds the version of an object that is there: a later version, or a delete
marker that hides it, is still possible, and takes nothing away.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import secrets
from collections.abc import Callable, Collection
from typing import Literal, TypeVar, cast

import minio
import minio.error
from minio.retention import Retention

from gongkai.archive import keys
from gongkai.archive.s3_store import S3Store
from gongkai.archive.store import ArchiveError

T = TypeVar("T")
Mode = Literal["GOVERNANCE", "COMPLIANCE"]

CANARIES = f"{keys.LOCKS}canary/"
_CANARY_LIFE = dt.timedelta(minutes=2)
"""Long enough for a slow server, short enough that nobody waits for what a proof leaves behind."""
_NO_RETENTION = {"NoSuchObjectLockConfiguration", "ObjectLockConfigurationNotFoundError"}
_NO_HOLD = {*_NO_RETENTION, "NoSuchObjectLegalHold", "NoSuchLegalHold"}


class LockUnsupportedError(ArchiveError):
    """Raised where a store or a bucket knows no object lock; the message says what can be done."""


class LockNotEnforcedError(ArchiveError):
    """Raised when a server accepts a lock and does not keep it: the message says what it allowed."""


@dataclasses.dataclass(frozen=True, slots=True)
class Locked:
    """The lock of an object; ``until`` in UTC, both None where there is no retention."""

    mode: Mode | None = None
    until: dt.datetime | None = None
    is_held: bool = False


class ObjectLock:
    """The locks of one archive on S3; safe for use from several threads."""

    def __init__(self, store: S3Store) -> None:
        """Raises LockUnsupportedError where the bucket was made without object lock."""
        self._store = store
        code = store.ask(CANARIES + "x", lambda client, at, _: _code(lambda: client.get_object_lock_config(at)))
        if code is not None:
            raise LockUnsupportedError(
                f"the bucket of {store.url!r} has no object lock ({code}): it is given to a bucket when that is made;"
                " make another one with it and fill it with gongkai copy"
            )

    def lock_of(self, key: str) -> Locked:
        """The lock of an object as it stands.  Raises ObjectMissingError."""

        retention = self._store.ask(
            key, lambda client, *at: _unless(_NO_RETENTION, lambda: client.get_object_retention(*at))
        )
        is_held = self._store.ask(
            key, lambda client, *at: _unless(_NO_HOLD, lambda: client.is_object_legal_hold_enabled(*at))
        )
        if retention is None:
            return Locked(is_held=bool(is_held))
        return Locked(cast("Mode", retention.mode), retention.retain_until_date.astimezone(dt.UTC), bool(is_held))

    def retain(self, key: str, mode: Mode, until: dt.datetime) -> bool:
        """Retain an object at least until then.  False where it is retained as long and as strictly already.

        Neither the time nor the mode of a retention is ever lowered.
        """
        now = self.lock_of(key)
        strictest: Mode = "COMPLIANCE" if "COMPLIANCE" in (mode, now.mode) else "GOVERNANCE"
        longest = max(until, now.until or until)
        if (now.mode, now.until) == (strictest, longest):
            return False
        wanted = Retention(strictest, longest)
        self._store.ask(key, lambda client, bucket, name: client.set_object_retention(bucket, name, wanted))
        return True

    def hold(self, key: str) -> bool:
        """Put an object under legal hold.  False where it is."""
        return self._set_hold(key, wanted=True)

    def release(self, key: str) -> bool:
        """Release an object from legal hold.  False where it is under none."""
        return self._set_hold(key, wanted=False)

    def _set_hold(self, key: str, *, wanted: bool) -> bool:
        if self.lock_of(key).is_held == wanted:
            return False

        def ask(client: minio.Minio, bucket: str, name: str) -> None:
            (client.enable_object_legal_hold if wanted else client.disable_object_legal_hold)(bucket, name)

        self._store.ask(key, ask)
        return True

    def prove(self, mode: Mode) -> None:
        """Try on objects made for it what a lock must refuse, each of which expires or is removed.

        Raises LockNotEnforcedError when the server allows any of it.
        """
        self._remove_canaries()
        _Canary(self._store, self).prove_retention(mode)
        _Canary(self._store, self).prove_hold()

    def _remove_canaries(self) -> None:
        """Remove those of earlier proofs whose time is over."""

        def remove(client: minio.Minio, bucket: str, name: str) -> None:
            client.remove_object(bucket, name, version_id=client.stat_object(bucket, name).version_id)

        for info in list(self._store.list(CANARIES)):
            self._store.ask(info.key, lambda *at: _code(lambda: remove(*at)))


def _unless(codes: Collection[str], operation: Callable[[], T]) -> T | None:
    """The answer to an operation; None where the server has one of these codes for it."""
    try:
        return operation()
    except minio.error.S3Error as error:
        if error.code in codes:
            return None
        raise


def _code(operation: Callable[[], object]) -> str | None:
    """The code with which the server refuses; None where it does what is asked."""
    try:
        operation()
    except minio.error.S3Error as error:
        return str(error.code)
    return None


class _Canary:
    """An object on which it is tried what a server refuses."""

    def __init__(self, store: S3Store, locks: ObjectLock) -> None:
        self._store = store
        self._locks = locks
        self._key = f"{CANARIES}{secrets.token_hex(8)}"
        self._version = store.ask(self._key, self._put)

    @staticmethod
    def _put(client: minio.Minio, bucket: str, name: str) -> str | None:
        return client.put_object(bucket, name, io.BytesIO(b"canary"), 6).version_id

    def prove_retention(self, mode: Mode) -> None:
        """A retained version can neither be deleted nor, in COMPLIANCE mode, be released sooner."""
        until = (dt.datetime.now(dt.UTC) + _CANARY_LIFE).replace(microsecond=0)
        self._locks.retain(self._key, mode, until)
        found = self._locks.lock_of(self._key)
        if (found.mode, found.until) != (mode, until):
            raise self._unkept(f"forgets a retention at once: {found.mode} until {found.until} was asked for")
        self._refuses_deletion("a retained object")
        sooner = Retention(mode, until - _CANARY_LIFE / 2)
        if self._tried(lambda client, *at: client.set_object_retention(*at, sooner)) is None:
            raise self._unkept(f"shortens a retention in {mode} mode")
        self._refuses_deletion("a retained object")

    def prove_hold(self) -> None:
        """A held version cannot be deleted until it is released."""
        self._locks.hold(self._key)
        if not self._locks.lock_of(self._key).is_held:
            raise self._unkept("forgets a legal hold at once")
        self._refuses_deletion("an object under legal hold")
        self._locks.release(self._key)
        self._delete()

    def _refuses_deletion(self, what: str) -> None:
        if self._delete() is None:
            raise self._unkept(f"deletes {what}")
        version = self._version
        if self._tried(lambda client, *at: client.stat_object(*at, version_id=version)) is not None:
            raise self._unkept(f"says that it keeps {what}, and deletes it")

    def _delete(self) -> str | None:
        version = self._version
        return self._tried(lambda client, *at: client.remove_object(*at, version_id=version))

    def _tried(self, operation: Callable[[minio.Minio, str, str], object]) -> str | None:
        return self._store.ask(self._key, lambda *at: _code(lambda: operation(*at)))

    def _unkept(self, what: str) -> LockNotEnforcedError:
        return LockNotEnforcedError(
            f"the server of {self._store.url!r} accepts locks and does not enforce them: it {what};"
            " nothing was locked, keep a copy where locks are kept"
        )
