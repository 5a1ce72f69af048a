"""A store that goes away amid a hand-over, or refuses: one sentence, and the next run finishes."""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.local_files import add_files
from gongkai.archive.roots import open_store
from gongkai.exits import Exit
from tests.archive.conftest import FaultProxy
from tests.commands.conftest import Command
from tests.s3_servers import S3Server

FILES = 8
HAND_OVERS = {
    "wacz": ("export", "wacz", "{to}/all.wacz"),
    "bagit": ("export", "bagit", "{to}/bag"),
    "ocfl": ("export", "ocfl", "{to}/root"),
    "copy": ("copy", "{to}/copy"),
}


class _Leaving(FaultProxy):
    """Answers so many requests, and every later one with a fault; None is without end."""

    left: int | None = None
    bucket = ""

    def next_fault(self) -> str:
        if self.left is None:
            return ""
        self.left -= 1
        return self.fault if self.left < 0 else ""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive of some files."""
    chance, paths = random.Random(2), []
    for number in range(FILES):
        paths.append(tmp_path / f"budget-{number}.pdf")
        paths[-1].write_bytes(b"%PDF-1.7\n" + chance.randbytes(20_000))
    add_files(Archive(DirectoryStore(tmp_path / "gongkai-data")), paths)
    return tmp_path / "gongkai-data"


@pytest.fixture
def leaving(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Leaving]:
    """A proxy before the server, which the environment names."""
    proxy = _Leaving(s3_server.endpoint)
    proxy.bucket = s3_server.bucket
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    given = {**s3_server.environment(), "GONGKAI_S3_ENDPOINT": f"http://{proxy.endpoint}", "GONGKAI_S3_ATTEMPTS": "2"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
        for copied in ("S3_ENDPOINT", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
            if name.endswith(copied):
                monkeypatch.setenv(f"GONGKAI_COPY_{copied}", value)
    yield proxy
    proxy.released.set()
    proxy.shutdown()
    proxy.server_close()
    thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["403", "reset"])
@pytest.mark.parametrize("kind", HAND_OVERS)
def test_a_store_that_is_lost_is_one_sentence_and_the_next_run_finishes(
    gongkai: Command, root: Path, leaving: _Leaving, kind: str, fault: str
) -> None:
    def run(to: str) -> tuple[int, str, bool]:
        ended = gongkai(*(word.format(to=to) for word in HAND_OVERS[kind]))
        return ended.code, ended.errors, ended.is_one_sentence

    whole, to = (f"s3://{leaving.bucket}/{uuid.uuid4().hex}" for _ in range(2))
    assert run(whole)[0] == Exit.OK
    leaving.fault, leaving.left = fault, len(leaving.requests) // 2

    code, errors, is_one_sentence = run(to)
    assert (code, is_one_sentence) == (Exit.ARCHIVE_UNUSABLE, True), errors

    leaving.left = None
    there = {info.key for info in open_store(to).list("")}
    assert "all.wacz" not in there
    assert not there or kind in ("wacz", "copy") or any(key.endswith("UNFINISHED") for key in there)
    for info in open_store(to).list(""):
        if "/locks/" in info.key:
            open_store(to).delete(info.key)  # a lease that could not be given back lapses by itself, some time later
    code, errors, _ = run(to)
    assert code == Exit.OK, errors
    target = HAND_OVERS[kind][-1].format(to=to)
    checking = ("--root", target, "verify") if kind == "copy" else ("verify", "--package", target)
    checked = gongkai(*checking)
    assert checked.code == Exit.OK, checked.errors
    assert not any("UNFINISHED" in info.key for info in open_store(to).list(""))
    assert root.is_dir()
