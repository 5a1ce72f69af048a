"""Locks on real S3 servers, and on one that takes them without keeping them."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import threading
import uuid
from collections.abc import Callable, Iterator

import minio
import minio.error
import pytest

from gongkai.archive import keys
from gongkai.archive.archive import Archive, OriginalMissingError
from gongkai.archive.capture import Capture
from gongkai.archive.locking import change_all, locks_of, object_lock
from gongkai.archive.object_lock import CANARIES, Locked, LockNotEnforcedError, LockUnsupportedError, ObjectLock
from gongkai.archive.roots import open_store
from gongkai.archive.selection import Selection, addresses_of, selected_keys
from gongkai.archive.store import Store
from tests.archive.conftest import FaultProxy, _Handler
from tests.s3_servers import S3Server

Make = Callable[..., Capture]


def client_of(server: S3Server) -> minio.Minio:
    return minio.Minio(server.endpoint, server.access_key, server.secret_key, secure=False, region="us-east-1")


@pytest.fixture
def locked_root(s3_server: S3Server, s3_root: str) -> str:
    """A prefix in a bucket with object lock; ``s3_root`` sets the environment."""
    bucket = f"locked-{uuid.uuid4().hex[:12]}"
    client_of(s3_server).make_bucket(bucket, object_lock=True)
    return f"s3://{bucket}/{s3_root.rpartition('/')[2]}"


@pytest.fixture
def kept(locked_root: str, make_capture: Make) -> Archive:
    """Two originals of two portals, the second captured a day later."""
    archive = Archive.open(locked_root)
    for number, portal in enumerate(("hebei", "henan")):
        payload = portal.encode()
        original = archive.keep_original(payload)
        archive.record(
            [make_capture(1440 * number, portal=portal, url=f"https://{portal}/", payload_sha256=original.sha256)]
        )
    return archive


def key_of(portal: str) -> str:
    return keys.original_key(hashlib.sha256(portal.encode()).hexdigest())


def in_minutes(minutes: int) -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(minutes=minutes)


def deletes(server: S3Server, store: Store, key: str) -> bool:
    """True where the very version of an object can be deleted."""
    bucket, _, name = store.locate(key).removeprefix("s3://").partition("/")
    client = client_of(server)
    try:
        client.remove_object(bucket, name, version_id=client.stat_object(bucket, name).version_id)
    except minio.error.S3Error:
        return False
    return True


def test_a_lock_is_proven_set_extended_and_never_shortened(kept: Archive, s3_server: S3Server) -> None:
    lock, key = object_lock(kept.store), key_of("hebei")
    lock.prove("GOVERNANCE")
    lock.prove("COMPLIANCE")
    soon, later, latest = in_minutes(5), in_minutes(10), in_minutes(20)
    assert lock.retain(key, "COMPLIANCE", later)
    assert not deletes(s3_server, kept.store, key)
    assert not lock.retain(key, "COMPLIANCE", soon)
    assert not lock.retain(key, "GOVERNANCE", soon)
    assert lock.lock_of(key) == Locked("COMPLIANCE", later)
    assert lock.retain(key, "GOVERNANCE", latest), "longer, and no less strict"
    assert lock.lock_of(key) == Locked("COMPLIANCE", latest)
    assert deletes(s3_server, kept.store, key_of("henan"))


def test_a_stricter_mode_is_set_or_named_as_refused(kept: Archive) -> None:
    """SeaweedFS lets nobody change the mode of a retention."""
    lock, key = object_lock(kept.store), key_of("hebei")
    soon, later = in_minutes(5), in_minutes(10)
    lock.retain(key, "GOVERNANCE", later)
    done = change_all([key], lambda each: lock.retain(each, "COMPLIANCE", soon), lambda _: None)
    assert done.changed + len(done.failed) == 1
    assert lock.lock_of(key) == Locked("COMPLIANCE" if done.changed else "GOVERNANCE", later)


def test_a_hold_lasts_until_it_is_released(kept: Archive, s3_server: S3Server) -> None:
    lock, key = object_lock(kept.store), key_of("hebei")
    assert (lock.hold(key), lock.hold(key)) == (True, False)
    assert not deletes(s3_server, kept.store, key)
    assert [key for key, _ in locks_of(lock, selected_keys(kept, Selection()))] == [key]
    assert (lock.release(key), lock.release(key)) == (True, False)
    assert deletes(s3_server, kept.store, key)


def test_what_is_not_there_is_named_and_stops_nothing(kept: Archive) -> None:
    lock = object_lock(kept.store)
    done = change_all([key_of("nowhere"), key_of("henan")], lock.hold, lambda _: None)
    assert (done.changed, done.failed) == (1, [key_of("nowhere")])
    lock.release(key_of("henan"))


def test_canaries_that_outlived_their_time_are_removed(kept: Archive) -> None:
    kept.store.write(f"{CANARIES}old", b"canary")
    object_lock(kept.store).prove("GOVERNANCE")
    assert f"{CANARIES}old" not in [info.key for info in kept.store.list(CANARIES)]


def test_a_bucket_without_lock_and_a_directory_say_so(s3_root: str, tmp_path: object) -> None:
    with pytest.raises(LockUnsupportedError, match="no object lock"):
        object_lock(open_store(s3_root))
    with pytest.raises(LockUnsupportedError, match="cannot be locked"):
        object_lock(open_store(str(tmp_path)))


class _Forgetful(_Handler):
    """Takes locks without passing them on; ``pretends`` gives back what was asked for."""

    taken: dict[str, bytes]
    pretends = True

    def handle_any(self) -> None:
        kind = self.path.partition("?")[2].partition("=")[0].partition("&")[0]
        if kind not in {"retention", "legal-hold"}:
            super().handle_any()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.command == "PUT":
            self.taken[self.path] = body
            self._answer(200, [], b"")
        elif self.pretends and self.path in self.taken:
            self._answer(200, [("Content-Type", "application/xml")], self.taken[self.path])
        else:
            error = b"<Error><Code>NoSuchObjectLockConfiguration</Code><Message>none</Message></Error>"
            self._answer(404, [("Content-Type", "application/xml")], error)

    do_GET = do_PUT = handle_any  # noqa: N815


@pytest.fixture(params=[True, False], ids=["pretends", "forgets"])
def without_enforcing(
    request: pytest.FixtureRequest, s3_server: S3Server, locked_root: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ObjectLock]:
    """The lock of a server that accepts without enforcing."""
    server = FaultProxy(s3_server.endpoint)
    server.RequestHandlerClass = type("Forgetful", (_Forgetful,), {"taken": {}, "pretends": request.param})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    monkeypatch.setenv("GONGKAI_S3_ENDPOINT", f"http://{server.endpoint}")
    lock = object_lock(open_store(locked_root))
    yield lock
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_server_that_accepts_without_enforcing_is_named(without_enforcing: ObjectLock) -> None:
    with pytest.raises(LockNotEnforcedError, match="accepts locks and does not enforce them"):
        without_enforcing.prove("COMPLIANCE")


def test_objects_are_chosen_by_portal_age_and_document(kept: Archive, make_capture: Make) -> None:
    files = {portal: next(kept.store.list(f"captures/{portal}/")).key for portal in ("hebei", "henan")}
    hebei, henan = ({key_of(portal), files[portal]} for portal in ("hebei", "henan"))
    noon = make_capture().requested_at + dt.timedelta(hours=1)

    def chosen(selection: Selection) -> set[str]:
        found = list(selected_keys(kept, selection))
        assert len(found) == len(set(found))
        return set(found)

    assert chosen(Selection()) == hebei | henan
    assert chosen(Selection(portals=frozenset({"henan"}))) == henan
    assert chosen(Selection(until=noon)) == hebei
    assert chosen(Selection(urls=addresses_of(kept, ["https://henan/"]))) == henan
    assert chosen(Selection(urls=addresses_of(kept, [hashlib.sha256(b"hebei").hexdigest()[:12]]))) == hebei
    assert chosen(Selection(portals=frozenset({"henan"}), until=noon)) == set()
    with pytest.raises(OriginalMissingError):
        addresses_of(kept, ["https://nowhere/"])


def test_a_later_version_takes_nothing_away(kept: Archive, s3_server: S3Server) -> None:
    lock, key = object_lock(kept.store), key_of("hebei")
    bucket, _, name = kept.store.locate(key).removeprefix("s3://").partition("/")
    first = client_of(s3_server).stat_object(bucket, name).version_id
    lock.retain(key, "GOVERNANCE", in_minutes(5))
    client_of(s3_server).put_object(bucket, name, io.BytesIO(b"other"), 5)
    answer = client_of(s3_server).get_object(bucket, name, version_id=first)
    assert answer.read() == b"hebei"
    answer.close()
    answer.release_conn()
