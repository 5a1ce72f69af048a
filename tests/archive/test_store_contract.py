"""What every store must do, on a directory and on a real S3 server."""

from __future__ import annotations

import concurrent.futures
import datetime as dt
import hashlib
import io
import os
from typing import BinaryIO

import pytest

from gongkai.archive.roots import open_store
from gongkai.archive.store import BadKeyError, ObjectMissingError, Store
from gongkai.archive.streams import IN_MEMORY, new_spool

CHINESE = "lake/line_items/province=河北省/year=2025/department=人力资源和社会保障/data.parquet"


class OneWayStream(io.RawIOBase):
    """A stream that can be read once, a few bytes at a time, like a socket."""

    def __init__(self, data: bytes) -> None:
        self._rest = data

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = min(len(buffer), 65_537, len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def one_way(data: bytes) -> BinaryIO:
    return io.BufferedReader(OneWayStream(data))


def keys(store: Store, prefix: str) -> list[str]:
    return [info.key for info in store.list(prefix)]


def test_write_read_and_replace(store: Store) -> None:
    store.write("a/b", b"old")
    store.write("a/b", b"newer")
    assert store.read("a/b") == b"newer"
    assert store.size("a/b") == 5
    with store.open("a/b") as stream:
        assert stream.read(2) == b"ne"
        stream.seek(0)
        assert stream.read() == b"newer"


@pytest.mark.parametrize("size", [0, 1, 100_000, IN_MEMORY + 1, 17 << 20])
def test_streams_of_any_length(store: Store, size: int) -> None:
    data = os.urandom(1 << 16) * (size // (1 << 16) + 1)
    data = data[:size]
    store.write("streamed", one_way(data))
    assert store.size("streamed") == size
    assert hashlib.sha256(store.read("streamed")).digest() == hashlib.sha256(data).digest()


def test_a_part_is_read_and_ends_where_the_object_does(store: Store) -> None:
    store.write("a/文件", b"0123456789")
    assert store.read_part("a/文件", 0, 4) == b"0123"
    assert store.read_part("a/文件", 7, 3) == b"789"
    assert store.read_part("a/文件", 7, 30) == b"789"
    with pytest.raises(ObjectMissingError):
        store.read_part("a/none", 0, 4)


def test_write_once_keeps_the_first(store: Store) -> None:
    assert store.write_once("raw/x", b"first") is True
    assert store.write_once("raw/x", one_way(b"second")) is False
    assert store.read("raw/x") == b"first"


@pytest.mark.parametrize("size", [3, IN_MEMORY + 1, 17 << 20])
def test_streams_among_many_are_kept_or_mend_what_is_damaged_and_are_closed(store: Store, size: int) -> None:
    data = os.urandom(size)
    store.write("there/whole", data)
    store.write("there/damaged", data[:-1])
    spools = [new_spool() for _ in range(3)]
    for spool in spools:
        spool.write(data)
        spool.seek(0)
    names = ("there/whole", "there/damaged", "new")
    whole = next(info.tag for info in store.list("there/whole"))
    store.write_all_once([("bytes", b"abc"), *zip(names, spools, strict=True)])
    assert [store.read(name) == data for name in names] == [True, True, True]
    assert store.read("bytes") == b"abc"
    assert all(spool.closed for spool in spools)
    assert next(info.tag for info in store.list("there/whole")) == whole


def test_of_many_simultaneous_writers_one_wins(store: Store) -> None:
    contents = [f"writer {number}".encode() * 1000 for number in range(8)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda data: store.write_once("captures/p/r/000000.parquet", data), contents))
    assert won.count(True) == 1
    assert store.read("captures/p/r/000000.parquet") == contents[won.index(True)]


def test_missing_objects(store: Store) -> None:
    assert store.size("nothing") is None
    with pytest.raises(ObjectMissingError, match="nothing"):
        store.read("nothing")
    with pytest.raises(ObjectMissingError):
        store.open("nothing/at/all")
    with pytest.raises(ObjectMissingError, match="nothing"):
        store.copy_all([("nothing", "elsewhere")])
    store.delete("nothing")
    assert list(store.list("nothing/")) == []


def test_a_prefix_of_a_key_is_no_object(store: Store) -> None:
    store.write("runs/r/x.json", b"{}")
    assert store.size("runs/r") is None
    with pytest.raises(ObjectMissingError):
        store.read("runs/r")


def test_delete(store: Store) -> None:
    store.write(CHINESE, b"x")
    store.delete(CHINESE)
    assert store.size(CHINESE) is None
    assert keys(store, "") == []


def test_copy_replaces_and_is_independent(store: Store) -> None:
    store.write("lake/versions/v/data.parquet", b"one")
    store.write(CHINESE, b"zero")
    store.copy_all([("lake/versions/v/data.parquet", CHINESE)])
    assert store.read(CHINESE) == b"one"
    store.copy_all([("lake/versions/v/data.parquet", CHINESE)])
    store.write(CHINESE, b"two")
    assert store.read("lake/versions/v/data.parquet") == b"one"
    assert sorted(keys(store, "")) == sorted(["lake/versions/v/data.parquet", CHINESE])


def test_listing_is_in_key_order_and_by_any_prefix(store: Store) -> None:
    # A directory's own order differs: "a/x" before "a-b/y" and "a.txt".
    names = [
        "a-b/y",
        "a-c/z",
        "a.txt",
        "a/x",
        "a/x.y/z",
        "a0",
        "b",
        "省份=河北省/年",
        "Ａ",
        "😀",
        "a b+c&d%41",
    ]
    for name in names:
        store.write(f"top/{name}", name.encode())
    store.write("topmost", b"")
    expected = sorted((f"top/{name}" for name in names), key=str.encode)
    assert keys(store, "top/") == expected
    assert keys(store, "") == [*expected, "topmost"]
    assert keys(store, "top/a") == [key for key in expected if key.startswith("top/a")]
    assert keys(store, "top/省份=河") == ["top/省份=河北省/年"]


def test_listing_tells_size_and_time(store: Store) -> None:
    before = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(seconds=2)
    store.write("x", b"12345")
    (info,) = store.list("x")
    assert (info.key, info.size) == ("x", 5)
    assert before <= info.modified <= dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)


def test_listing_of_more_than_a_page(store: Store) -> None:
    names = [f"many/{number:04d}" for number in range(1005)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: store.write(name, b"x"), names))
    assert keys(store, "many/") == names


NO_KEYS = ["", "/", "/etc/passwd", "a//b", "a/", "..", "a/../b", "./a", "a/.", "a\0b", "\ud800", ".incoming/x"]
TOO_LONG = ["x" * 256, "预" * 86, "x/" * 600 + "x"]


@pytest.mark.parametrize("key", NO_KEYS + TOO_LONG)
def test_keys_that_are_none(store: Store, key: str) -> None:
    for refused in (store.read, store.size, store.delete, store.locate):
        with pytest.raises(BadKeyError):
            refused(key)
    with pytest.raises(BadKeyError):
        store.write(key, b"x")
    with pytest.raises(BadKeyError):
        store.write_once(key, b"x")


def test_errors_of_the_source_are_passed_on_and_leave_nothing(store: Store) -> None:
    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            raise PermissionError(13, "not yours")

    for write in (store.write, store.write_once):
        with pytest.raises(PermissionError, match="not yours"):
            write("x", Failing())  # type: ignore[arg-type]
    assert keys(store, "") == []


def test_url_and_locate(store: Store, root: str) -> None:
    assert store.url == root
    assert store.locate(CHINESE) == f"{root}/{CHINESE}"


def test_replace_only_what_is_still_there(store: Store) -> None:
    assert store.info("a/b") is None
    assert store.replace("a/b", b"first", None)
    assert not store.replace("a/b", b"again", None)
    first = store.info("a/b")
    assert first is not None
    assert (first.key, first.size, next(store.list("a/")).tag) == ("a/b", 5, first.tag)
    assert store.replace("a/b", b"second", first.tag)
    assert not store.replace("a/b", b"third", first.tag), "it was replaced meanwhile"
    assert store.read("a/b") == b"second"
    second = store.info("a/b")
    assert second is not None
    store.delete("a/b")
    assert not store.replace("a/b", b"third", second.tag), "it is gone"
    assert store.size("a/b") is None


def test_two_who_replace_at_once_are_told_apart(s3_root: str) -> None:
    """On the server: between the question for the tag and the write another one writes."""
    store = open_store(s3_root)
    store.write("a", b"first")
    before = store.info("a")
    assert before is not None
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(lambda number: store.replace("a", b"%d" % number, before.tag), range(8)))
    assert outcomes.count(True) == 1
