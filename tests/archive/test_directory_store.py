"""What only a directory has to prove: files, permissions, full disks, kills, leftovers."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.store import BadKeyError, RootUnusableError, StoreUnavailableError

ORIGINAL = "raw/sha256/ab/" + "ab" * 32

# Fills the disk: no file of the process may grow beyond 100,000 bytes.
FULL_DISK = """
import resource, sys
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.store import StoreUnavailableError
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    DirectoryStore(sys.argv[1]).write("raw/x", b"x" * 5_000_000)
except StoreUnavailableError as error:
    print(error)
"""


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "root")


def unfinished(store: DirectoryStore) -> list[Path]:
    return list((Path(store.url) / ".incoming").iterdir())


def test_opening_makes_nothing(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path / "new")
    assert list(store.list("")) == []
    assert store.size("x") is None
    assert not (tmp_path / "new").exists()


def test_relative_paths_stay_where_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = DirectoryStore("here")
    monkeypatch.chdir("/")
    store.write("x", b"1")
    assert (tmp_path / "here" / "x").read_bytes() == b"1"


def test_a_file_is_no_root(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RootUnusableError, match="is not a directory"):
        DirectoryStore(tmp_path / "file")
    with pytest.raises(RootUnusableError):
        DirectoryStore("nul\0byte")


def test_originals_are_read_only_and_others_follow_the_umask(store: DirectoryStore) -> None:
    previous = os.umask(0o027)
    try:
        store.write_once(ORIGINAL, b"x")
        store.write("runs/r.json", b"{}")
    finally:
        os.umask(previous)
    assert stat.S_IMODE(Path(store.locate(ORIGINAL)).stat().st_mode) == 0o444
    assert stat.S_IMODE(Path(store.locate("runs/r.json")).stat().st_mode) == 0o640


def test_nothing_is_left_in_incoming(store: DirectoryStore) -> None:
    store.write("a/x", b"1")
    store.write_once("a/x", b"2")
    store.write_once("a/y", b"3")
    store.copy_all([("a/x", "a/z")])
    store.copy_all([("a/x", "a/z")])
    assert unfinished(store) == []


def test_copy_takes_no_space_where_links_exist(store: DirectoryStore) -> None:
    store.write("a", b"1")
    store.copy_all([("a", "b")])
    assert Path(store.locate("a")).samefile(store.locate("b"))


def test_copy_and_write_once_without_hard_links(store: DirectoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    # FAT and many network mounts answer so; such a file system cannot be mounted everywhere tests run.
    monkeypatch.setattr(os, "link", refuse)
    store.write("a", b"1")
    store.copy_all([("a", "b")])
    assert not Path(store.locate("a")).samefile(store.locate("b"))
    assert store.read("b") == b"1"
    assert store.write_once("c", b"2") is True
    assert store.write_once("c", b"3") is False
    assert store.read("c") == b"2"
    assert unfinished(store) == []


def test_leftovers_are_removed_when_a_day_old(store: DirectoryStore) -> None:
    store.write("x", b"1")
    old, new = (Path(store.url) / ".incoming" / name for name in ("1-old.part", "2-new.part"))
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)
    again = DirectoryStore(store.url)
    assert unfinished(again) == [new]
    assert [info.key for info in again.list("")] == ["x"]


def test_leftovers_of_a_process_that_runs_no_more_are_removed_at_once(store: DirectoryStore) -> None:
    store.write("x", b"1")
    code = (
        "import os, sys, signal\n"
        "from gongkai.archive.directory_store import DirectoryStore\n"
        "class Dies:\n"
        "    def read(self, size): print(flush=True); os.kill(os.getpid(), int(sys.stdin.readline()))\n"
        "DirectoryStore(sys.argv[1]).write('y', Dies())\n"
    )
    command = [sys.executable, "-c", code, store.url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdout.readline()
        assert len(unfinished(DirectoryStore(store.url))) == 1, "it is being written"
        print(signal.SIGKILL.value, file=writer.stdin, flush=True)
        writer.wait()
        assert len(unfinished(store)) == 1
    assert unfinished(DirectoryStore(store.url)) == []


def test_a_key_cannot_be_file_and_directory(store: DirectoryStore) -> None:
    store.write("a/x", b"1")
    with pytest.raises(BadKeyError):
        store.write("a/x/y", b"2")
    with pytest.raises(BadKeyError):
        store.write("a", b"3")
    assert store.read("a/x") == b"1"


def test_no_permission() -> None:
    # Not even root may write here.
    if not Path("/sys/kernel").is_dir():
        pytest.skip("no /sys to be refused by")
    with pytest.raises(RootUnusableError, match="does not permit"):
        DirectoryStore("/sys/kernel/archive").write("x", b"1")


def test_file_too_large(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, text=True, check=False, timeout=600
    )
    assert "File too large" in done.stdout
    assert "check the disk and its free space" in done.stdout
    assert done.stderr == ""
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    point = tmp_path / "disk"
    point.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(point)]
    if not mount or not unmount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("not allowed to mount a small file system here")
    yield point
    subprocess.run([str(unmount), str(point)], check=True)


def test_full_disk(small_disk: Path) -> None:
    store = DirectoryStore(small_disk / "root")
    store.write("runs/r.json", b"old")
    for key in ("raw/x", "runs/r.json"):
        with pytest.raises(StoreUnavailableError, match="No space left on device"):
            store.write(key, b"x" * 2_000_000)
    assert store.read("runs/r.json") == b"old"
    assert [info.key for info in store.list("")] == ["runs/r.json"]
    assert unfinished(store) == []
    store.write("raw/x", b"x" * 500_000)


def test_names_made_before_an_error_are_forced_to_disk(store: DirectoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next writer finds these files there and forces nothing: a power cut would lose what both believed kept."""
    forced: list[Path] = []
    monkeypatch.setattr("gongkai.archive.directory_store._sync_directory", forced.append)

    def objects() -> Iterator[tuple[str, bytes]]:
        yield "lake/versions/a", b"a"
        raise InterruptedError

    with pytest.raises(InterruptedError):
        store.write_all_once(objects())
    assert Path(store.url) / "lake" / "versions" in forced
