"""A disk that fills amid a hand-over: one sentence, no half package, and with room the next run finishes."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.local_files import add_files
from gongkai.exits import Exit
from tests.commands.conftest import Command

FILES = 12
HAND_OVERS = {
    "wacz": (("export", "wacz", "disk/all.wacz"), Exit.ARCHIVE_UNUSABLE),
    "bagit": (("export", "bagit", "disk/bag"), Exit.ARCHIVE_UNUSABLE),
    "ocfl": (("export", "ocfl", "disk/root"), Exit.ARCHIVE_UNUSABLE),
    "copy": (("copy", "disk/copy"), Exit.ARCHIVE_UNUSABLE),
    "hand-out": (("get", "--title", "budget", "--to", "disk/documents"), Exit.SOMETHING_FAILED),
    "hand-out zip": (("get", "--title", "budget", "--to", "disk/documents.zip"), Exit.SOMETHING_FAILED),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive of some files that do not compress."""
    folder = tmp_path / "gongkai-data"
    chance, paths = random.Random(1), []
    for number in range(FILES):
        paths.append(tmp_path / f"budget-{number}.pdf")
        paths[-1].write_bytes(b"%PDF-1.7\n" + chance.randbytes(200_000))
    add_files(Archive(DirectoryStore(folder)), paths)
    return folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte, which more than half of the archive does not fit on."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    point = tmp_path / "disk"
    point.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(point)]
    if not mount or not unmount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("not allowed to mount a small file system here")
    yield point
    subprocess.run([str(unmount), str(point)], check=True)


@pytest.mark.parametrize("kind", HAND_OVERS)
def test_a_full_disk_is_one_sentence_and_the_next_run_finishes(
    gongkai: Command, root: Path, disk: Path, kind: str
) -> None:
    arguments, code = HAND_OVERS[kind]
    ended = gongkai(*arguments)
    assert ended.code == code, ended.errors
    assert ended.is_one_sentence, ended.errors
    assert "No space left on device" in ended.errors
    final = Path(arguments[-1])
    assert not final.exists() or kind == "copy" or (final / "UNFINISHED").exists()
    for path in (final / "raw/sha256").rglob("*"):
        assert path.is_dir() or hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    subprocess.run(["mount", "-o", "remount,size=32m", str(disk)], check=True)
    assert gongkai(*arguments).code == Exit.OK
    check = {"copy": ("--root", str(final), "verify"), "hand-out": (), "hand-out zip": ()}
    checking = check.get(kind, ("verify", "--package", str(final)))
    assert not checking or gongkai(*checking).code == Exit.OK
    assert [path for path in disk.rglob(".*") if path.is_file() and not path.name.endswith(".lock")] == []
    assert root.is_dir()
