"""The real command line, in this process or in one of its own, on an archive in a temporary directory."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.__main__ import run
from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.local_files import add_files
from tests.queries.small_lake import write_lake

BUDGET = "预算公开情况说明\n本文件没有表。\n".encode()


@dataclasses.dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    output: str
    errors: str

    @property
    def is_one_sentence(self) -> bool:
        """One line of complaint, without a traceback."""
        lines = [line for line in self.errors.splitlines() if not line.startswith("Try: ")]
        return len(lines) == 1 and lines[0].startswith("gongkai: ")


Command = Callable[..., Ended]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing from the developer's shell, and a current directory of our own."""
    for name in [name for name in os.environ if name.startswith("GONGKAI_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small lake; writing it anew for every test would force hundreds of files to disk."""
    folder = tmp_path_factory.mktemp("written-once")
    write_lake(DirectoryStore(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path, written_once: Path) -> Path:
    """An archive with one local file, and the small lake."""
    root = tmp_path / "archive"
    file = tmp_path / "说明.txt"
    file.write_bytes(BUDGET)
    shutil.copytree(written_once, root)
    add_files(Archive(DirectoryStore(root)), [file])
    return root


@pytest.fixture
def gongkai(root: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Run a command in this process; ``--root`` is given unless the arguments hold one."""

    def command(*arguments: str) -> Ended:
        given = arguments if "--root" in arguments else ("--root", str(root), *arguments)
        code = run(given)
        captured = capsysbinary.readouterr()
        return Ended(code, captured.out.decode(), captured.err.decode())

    return command


def in_a_process(*arguments: str, timeout: float = 1200) -> Ended:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments], capture_output=True, timeout=timeout, check=False
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def process() -> Command:
    return in_a_process
