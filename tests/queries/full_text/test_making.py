"""Segments made by processes of their own: the same as those made here, whatever happens to a process."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import processes
from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.connection import load_manifest
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.full_text import index as index_module
from gongkai.queries.full_text import making
from gongkai.queries.full_text.compared import words_of
from gongkai.queries.full_text.finding import Question
from gongkai.queries.full_text.folder import IndexFolder
from gongkai.queries.full_text.index import Index, folders
from gongkai.queries.full_text.making import most_processes
from gongkai.queries.full_text.search import search, standing
from gongkai.queries.full_text.segment import Draft
from tests.queries.full_text.test_search import PLACES, lake_of
from tests.queries.small_lake import FINAL, HEBEI, HENAN, write_lake
from tests.viewer.conftest import until

WORDS = Question(words_of("就业"))


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    store = DirectoryStore(tmp_path / "档案")
    write_lake(store, lake_of(sections=[(HEBEI, "就业"), (HENAN, "就业"), (FINAL, "就业")]))
    return store


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two processes at once make every segment, however small; those that were started."""
    processes: list[subprocess.Popen[bytes]] = []
    original = subprocess.Popen

    def popen(*given: Any, **named: Any) -> subprocess.Popen[bytes]:
        processes.append(original(*given, **named))
        return processes[-1]

    monkeypatch.setattr(making, "_SMALL", 0)
    monkeypatch.setattr(making, "most_processes", lambda: 2)
    monkeypatch.setattr(subprocess, "Popen", popen)
    yield processes
    assert all(process.returncode is not None for process in processes)


def files(store: DirectoryStore) -> set[str]:
    return {path.name for path in folders(store)[0].glob("*.sqlite*")}


def test_processes_make_the_segments_that_are_made_here(
    store: DirectoryStore, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(making, "make", None)
        shown = Index(store, print, told.append).opened()
    assert len(told) == len(started) == len(PLACES)
    assert search(store, WORDS).total == 3

    monkeypatch.setenv("GONGKAI_SEARCH_INDEX", str(tmp_path / "elsewhere"))
    monkeypatch.setattr(making, "most_processes", lambda: 1)
    alone = Index(store, print).opened()
    assert len(started) == len(PLACES)
    assert [each.index for each in alone.segments] == [each.index for each in shown.segments]


@pytest.mark.usefixtures("started")
def test_a_process_takes_no_module_from_the_current_folder(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "pickle.py").write_text(f"open({str(tmp_path / 'loaded')!r}, 'a').close()")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "path", ["", *sys.path])  # as in a notebook, and behind python -c
    monkeypatch.setattr(making, "make", None)
    assert Index(store, print).opened().segments
    assert not (tmp_path / "loaded").exists()


def test_the_segment_of_a_process_that_was_killed_is_made_here(
    store: DirectoryStore, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    original = making._started

    def killed(*given: Any) -> Any:
        process = original(*given)
        os.kill(started[-1].pid, signal.SIGKILL)
        return process

    monkeypatch.setattr(making, "_started", killed)
    Index(store, print).opened()
    assert {process.returncode for process in started} == {-signal.SIGKILL}
    assert search(store, WORDS).total == 3
    assert len(files(store)) == len(PLACES)


def test_where_no_process_can_be_started_segments_are_made_here(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_SMALL", 0)
    monkeypatch.setattr(making, "most_processes", lambda: 2)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert search(store, WORDS).total == 3


def test_who_is_interrupted_ends_its_processes_and_what_was_made_stays(
    store: DirectoryStore, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    original = IndexFolder.state

    def state(self: IndexFolder, stated: Any) -> None:
        original(self, stated)
        (self.path / "building-of-a-process-that-is-ended.sqlite-draft").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(IndexFolder, "state", state)
        with pytest.raises(KeyboardInterrupt):
            Index(store, print).opened()
    assert len(standing(store).current) == 1
    assert not [name for name in files(store) if name.startswith("building")]
    told: list[str] = []
    Index(store, print, told.append).opened()
    assert len(told) == len(PLACES) - 1
    assert len(files(store)) == len(PLACES)


KILLED = """
import os, signal, sys
from gongkai.archive import processes
from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.full_text import making
from gongkai.queries.full_text.index import Index
making._SMALL, making.most_processes = 0, lambda: 2
started = making._started
def killed(*given):
    process = started(*given)
    sys.stdout.write(f"{processes._mark(process._popen.pid)}\\n")
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)
making._started = killed
Index(DirectoryStore(sys.argv[1]), print).opened()
"""


def test_processes_end_with_who_started_them(store: DirectoryStore) -> None:
    """The process would wait for ever: the files of the lake that it reads are pipes."""
    manifest = load_manifest(store)
    assert manifest
    lake = [Path(store.locate(file.version)) for file in manifest.of("documents")]
    for file in lake:
        file.rename(file.with_suffix(".kept"))
        os.mkfifo(file)
    done = subprocess.run([sys.executable, "-c", KILLED, store.url], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    until(lambda: processes.is_gone(done.stdout.split()[-1]))
    for file in lake:
        file.with_suffix(".kept").replace(file)
    assert search(store, WORDS).total == 3
    assert len(files(store)) == len(PLACES)


def test_a_full_disk_costs_nothing_of_the_index_that_is_there(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    Index(store, print, place="河南省").opened()
    made = files(store)

    def full(_: Draft, path: Path) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    notes: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(Draft, "finish", full)
        with pytest.raises(LakeUnusableError, match="disk is full"):
            search(store, WORDS, notes.append)
    assert notes == []
    assert files(store) == made
    assert standing(store).current == {"河南省"}


def test_of_a_place_that_is_waited_for_another_builder_makes_the_province_next(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The builder of everything stops after its first province until the question about the last one is answered."""
    monkeypatch.setattr(index_module, "_PAUSE_SECONDS", 0.01)
    order = sorted(standing(store).lacking, key=lambda each: each or "")
    last = "河南省"
    asked, answered, may_go_on = threading.Event(), threading.Event(), threading.Event()
    made: list[Any] = []
    original, ask_for = IndexFolder.state, IndexFolder.ask_for

    def state(self: IndexFolder, stated: Any) -> None:
        original(self, stated)
        made.append({shard.province for shard in stated.shards if shard.pieces})
        if len(made) == 1:
            may_go_on.set()
            assert asked.wait(60)
        elif len(made) == 2:
            assert answered.wait(60)

    def asking(self: IndexFolder, provinces: Any) -> None:
        ask_for(self, provinces)
        asked.set()

    monkeypatch.setattr(IndexFolder, "state", state)
    monkeypatch.setattr(IndexFolder, "ask_for", asking)
    builder = threading.Thread(target=Index(store, print).opened)
    builder.start()
    assert may_go_on.wait(60)
    assert order.index(last) == len(order) - 1
    total = search(store, Question(words_of("就业"), last)).total
    answered.set()
    builder.join()
    assert total == 1
    assert made[1] == {order[0], last}
    assert standing(store).is_whole
    assert not (folders(store)[0] / "asked.json").exists()


@pytest.mark.parametrize(
    ("memory", "threads", "processes"), [(2**34, "3", 3), (2**30, "8", 1), (2**28, "8", 1), (2**34, "1", 1)]
)
def test_as_many_processes_as_there_are_cores_and_memory_for(
    monkeypatch: pytest.MonkeyPatch, memory: int, threads: str, processes: int
) -> None:
    monkeypatch.setattr(making, "machine_bytes", lambda: memory)
    monkeypatch.setenv("GONGKAI_QUERY_THREADS", threads)
    assert most_processes() == processes
