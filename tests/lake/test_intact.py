"""No byte of a lake file reaches a reader unless the file is what the manifest says, and each is hashed once."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gongkai.archive import Store, open_store
from gongkai.lake import intact
from gongkai.lake.files import PIECES
from gongkai.lake.intact import damaged, damaged_of
from gongkai.lake.manifest import LakeDamagedError, Manifest
from gongkai.lake.partition import Partitions
from gongkai.lake.publication import read_table
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.lake import connect
from tests.queries.small_lake import write_lake


@pytest.fixture
def store(any_root: str) -> Store:
    return open_store(any_root)


@pytest.fixture
def manifest(store: Store, monkeypatch: pytest.MonkeyPatch) -> Manifest:
    """The small lake, looked at long after it was written."""
    monkeypatch.setattr(intact, "_SETTLED", intact._SETTLED * 0)
    written = write_lake(store)
    time.sleep(1.1 if store.access else 0.05)  # S3 knows whole seconds
    assert damaged(store, written) == []
    return written


@contextmanager
def opened(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The keys of the files opened in the block, pieces of the manifest left out."""
    seen: list[str] = []
    really = store.open

    def open_and_note(key: str) -> object:
        seen.extend([] if key.startswith(PIECES) else [key])
        return really(key)

    with monkeypatch.context() as patch:
        patch.setattr(store, "open", open_and_note)
        yield seen


def test_every_file_is_hashed_once(store: Store, manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(store, monkeypatch) as seen:
        assert damaged(store, manifest) == []
    assert seen == []
    changed = manifest.files[0].version
    store.write(changed, store.read(changed)[:-1] + b"?")
    with opened(store, monkeypatch) as seen:
        assert damaged(store, manifest) == [changed]
    assert seen == [changed]


def test_any_flipped_bit_in_any_file_is_found_before_an_answer(store: Store, manifest: Manifest) -> None:
    chance = random.Random(20261126)
    files = [file for file in manifest.files if not store.access or file.table in {"documents", "line_items"}]
    for file in files:
        data = store.read(file.version)
        position = chance.randrange(len(data))
        store.write(
            file.version, data[:position] + bytes([data[position] ^ 1 << chance.randrange(8)]) + data[position + 1 :]
        )
        with connect(store) as lake, pytest.raises(LakeUnusableError, match="parse --all"):
            lake.execute(f"SELECT count(*) FROM {file.table}")  # noqa: S608 - a name of the schema
        with pytest.raises(LakeDamagedError, match=file.version):
            read_table(store, file.table, manifest)
        store.write(file.version, data)


def test_a_flip_is_found_whose_time_of_writing_was_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(str(tmp_path))
    manifest = write_lake(store)
    assert damaged(store, manifest) == []
    path = tmp_path / manifest.files[0].version
    before, data = path.stat(), path.read_bytes()
    with path.open("r+b") as file:
        file.seek(40)
        file.write(bytes([data[40] ^ 1]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert damaged(store, manifest) == [manifest.files[0].version]


def test_a_file_written_just_now_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another write within one tick of the clock would not show."""
    store = open_store(str(tmp_path))
    manifest = write_lake(store)
    assert damaged(store, manifest) == []
    with opened(store, monkeypatch) as seen:
        assert damaged(store, manifest) == []
    assert len(seen) == len(manifest.files)


@pytest.mark.parametrize("cache", ["unwritable", "garbage", "none"])
def test_without_what_was_remembered_the_answer_is_the_same(
    store: Store, manifest: Manifest, cache: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "cache"
    if cache == "unwritable":
        folder.write_bytes(b"no folder")
    elif cache == "garbage":
        folder.mkdir()
        monkeypatch.setenv("GONGKAI_CACHE", str(folder))
        damaged(store, manifest)
        for file in folder.iterdir():
            file.write_bytes(b"\xff\x00" * 100)
    monkeypatch.setenv("GONGKAI_CACHE", str(folder))
    if cache == "none":
        for name in ("GONGKAI_CACHE", "XDG_CACHE_HOME"):
            monkeypatch.delenv(name)
        monkeypatch.setenv("HOME", "")
    store.delete(manifest.files[0].version)
    assert damaged(store, manifest) == [manifest.files[0].version]


def test_files_given_are_asked_for_by_themselves(
    store: Store, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is listed, and of the other files nothing is known."""
    monkeypatch.setattr(store, "list", None)
    files = manifest.of("line_items", Partitions(provinces={"河南省"}))
    assert [file.partition.province for file in files] == ["河南省"]
    assert damaged_of(store, files) == []
    store.write(files[0].version, b"?")
    store.delete(manifest.of("documents")[0].version)
    with opened(store, monkeypatch) as seen:
        assert damaged_of(store, files) == [files[0].version]
    assert seen == [], "its length says it"
