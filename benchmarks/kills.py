"""Kills hand-overs at any moment, again and again: exports, copies, signings, hand-outs, locks, checks that heal.

    python benchmarks/kills.py [--store directory|seaweedfs|ministack] [--trials N] [--seed S] [--captures N]
        [--folder DIR] [--task NAME …]

An archive of small captures is made.  Each task runs once undisturbed, which tells its seconds and its result.  Each
trial then starts it in a process of its own, kills that after a random part of these seconds, looks for a package that
has its final name and is not whole, runs the task again and compares what is there with the undisturbed result.
Names that the second run left behind are told too: hidden files, pieces, leases.  The exit code is 1 unless every trial
survived.
"""

# ruff: noqa: S311

from __future__ import annotations

import argparse
import collections
import contextlib
import dataclasses
import datetime as dt
import hashlib
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import minio

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.packages import fill  # noqa: E402
from gongkai.__main__ import main as gongkai  # noqa: E402
from gongkai.archive.archive import Archive  # noqa: E402
from gongkai.archive.keys import CAPTURES, RAW  # noqa: E402
from gongkai.archive.locking import object_lock  # noqa: E402
from gongkai.archive.packages import staged  # noqa: E402
from gongkai.archive.roots import open_store  # noqa: E402
from gongkai.exits import Exit  # noqa: E402
from tests.archive.packages.kept import capture  # noqa: E402
from tests.queries import small_lake  # noqa: E402
from tests.s3_servers import RUNNING, S3Server  # noqa: E402

PROCESSES = multiprocessing.get_context("fork")
DIRECTORY = "directory"
_KEPT = (RAW, CAPTURES)
_LONG, _PIECE = 3, 5 << 20


@dataclasses.dataclass(frozen=True)
class Task:
    """What is run on an archive, and how its result is judged."""

    command: tuple[str, ...]
    made: str = "out"
    """Where the result lies."""
    keys: tuple[str, ...] = ("",)
    """Beginnings of the keys that are compared, where others bear times."""
    whole: str = ""
    """What bears its final name only when it is whole."""
    marked: str = ""
    """What says UNFINISHED until it is whole."""
    origin: str = "origin"
    stores: tuple[str, ...] = (DIRECTORY, *RUNNING)


TASKS = {
    "wacz": Task(("export", "wacz", "{out}/all.wacz"), whole="all.wacz"),
    "wacz long": Task(("export", "wacz", "{out}/all.wacz"), whole="all.wacz", origin="long"),
    "wacz split": Task(("export", "wacz", "{out}/all.wacz", "--split", "64K"), whole="all.json"),
    "bagit": Task(("export", "bagit", "{out}/bag"), marked="bag"),
    "ocfl": Task(("export", "ocfl", "{out}/root"), marked="root"),
    "release": Task(
        ("export", "release", "{out}/release", "--date", "2026-02-01"), marked="release", origin="released"
    ),
    "copy": Task(("copy", "{out}/copy"), "out/copy", _KEPT),
    "hand-out": Task(("get", "--title", "pdf", "--to", "{local}/documents"), "local", whole="documents"),
    "hand-out zip": Task(("get", "--title", "pdf", "--to", "{local}/documents.zip"), "local", whole="documents.zip"),
    "sign": Task(("sign", "--key", "{key}"), "archive", _KEPT),
    "heal": Task(("verify", "--heal-from", "{copy}"), "archive", _KEPT),
    "verify": Task(("verify",), "archive", _KEPT),
    "lock": Task(("lock", "--until", "2199-01-01"), "archive", _KEPT, stores=tuple(RUNNING)),
}


class Ground:
    """Where archives and packages lie: below a folder, or in a bucket."""

    def __init__(self, top: str) -> None:
        self.top = top

    def url(self, name: str) -> str:
        return f"{self.top}/{name}"

    @property
    def _is_bucket(self) -> bool:
        return self.top.startswith("s3://")

    def clear(self, name: str) -> None:
        if not self._is_bucket:
            shutil.rmtree(self.url(name), ignore_errors=True)
            return
        store = open_store(self.url(name))
        for info in list(store.list("")):
            store.delete(info.key)

    def take(self, folder: Path, name: str, *, linked: bool) -> None:
        """Put the files of a folder under a name."""
        if not self._is_bucket:
            shutil.copytree(folder, self.url(name), copy_function=os.link if linked else shutil.copy)
            return
        source, target = open_store(str(folder)), open_store(self.url(name))
        target.write_all_once((info.key, source.read(info.key)) for info in source.list(""))

    def hashes(self, name: str, keys: tuple[str, ...]) -> dict[str, str]:
        """SHA-256 by key, hidden names left out."""
        store = open_store(self.url(name))
        listed = [info.key for each in keys for info in store.list(each)]
        seen = [key for key in listed if not any(part.startswith(".") for part in key.split("/"))]
        return {key: hashlib.sha256(store.read(key)).hexdigest() for key in seen}

    def locks(self, name: str, keys: tuple[str, ...]) -> dict[str, str]:
        """The lock of each object."""
        store = open_store(self.url(name))
        lock = object_lock(store)
        return {info.key: str(lock.lock_of(info.key)) for each in keys for info in store.list(each)}

    def hidden(self, name: str) -> list[str]:
        """Names that only a run under way may have."""
        if self._is_bucket:
            names = [info.key for info in open_store(self.url(name)).list("")]
            return [key for key in names if ("locks/" in key and "/canary/" not in key) or ".unfinished" in key]
        root = Path(self.url(name))
        paths = [path for path in root.rglob("*") if path.name.startswith(".") or ".unfinished" in path.name]
        left = [path for path in paths if path.name != ".incoming" or any(path.iterdir())]
        names = [path.relative_to(root).as_posix() for path in left]
        return [key for key in names if not key.endswith((".lock", "/.incoming"))]


class Trials:
    """Trials on archives that stay as they are: each gets a copy."""

    def __init__(self, folder: Path, captures: int, servers: S3Server | None) -> None:
        self._folder, self._local = folder, Ground(str(folder))
        self.kills = 0
        """Trials whose process was killed before it had ended."""
        self._key = folder / "key"
        _in_child(lambda: self._fill(captures))
        for command in (("copy", str(folder / "copy")), ("sign", "--new-key", str(self._key))):
            assert _ended(_started(str(folder / "origin"), command)) == 0, command  # noqa: S101
        self._ground = Ground(f"s3://{servers.bucket}" if servers else str(folder))
        self._locked = Ground(f"s3://{_bucket_with_locks(servers)}") if servers else self._ground

    def _fill(self, captures: int) -> None:
        fill(self._folder / "origin", captures, 2048)
        fill(self._folder / "released", 1, 2048)
        small_lake.write_lake(open_store(str(self._folder / "released")))
        archive = Archive.open(str(self._folder / "long"))
        for number in range(_LONG):
            data = random.Random(number).randbytes(_PIECE)
            archive.record([capture(archive, number, f"https://czj.example.gov.cn/{number}.pdf", data)])

    def undisturbed(self, name: str) -> tuple[float, dict[str, str]]:
        """Seconds of a whole run, and what it makes."""
        task = TASKS[name]
        self._place(task)
        began = time.monotonic()
        code = _ended(self._start(task))
        seconds = time.monotonic() - began
        assert code == 0, (name, code)  # noqa: S101
        return seconds, self._made(task)

    def killed(self, name: str, seconds: float, whole: dict[str, str]) -> str:
        """One trial: what went wrong, or nothing."""
        task = TASKS[name]
        self._place(task)
        running = self._start(task)
        running.join(seconds)
        if running.pid and running.is_alive():
            os.kill(running.pid, signal.SIGKILL)
        running.join()
        self.kills += running.exitcode == -signal.SIGKILL
        by_itself = running.exitcode not in (0, -signal.SIGKILL) and f"it ended by itself, with {running.exitcode}"
        if wrong := by_itself or self._half(task, whole) or self._half_objects():
            return wrong
        if code := self._again(task, running.exitcode):
            return f"the second run ended with {code}"
        if (made := self._made(task)) != whole:
            return f"differs: {sorted(set(made.items()) ^ set(whole.items()))[:4]}"
        if hidden := [*self._ground_of(task).hidden("trial/out"), *self._local.hidden("trial/local")]:
            return f"left behind: {hidden[:4]}"
        if not (task.whole or task.marked):
            root = self._ground_of(task).url("trial/out/copy" if "copy" in task.command else "trial/archive")
            return f"verify ended with {code}" if (code := _ended(_started(root, ("verify",)))) else ""
        return ""

    def _again(self, task: Task, ended: int | None) -> int | None:
        """The exit code of a second run; 0 where a package is whole and nothing was left to do."""
        is_whole = task.whole and any(key.split("/")[0] == task.whole for key in self._made(task))
        code = 0 if is_whole and ended == 0 else _ended(self._start(task))
        return 0 if is_whole and code == Exit.WRONG_USAGE else code

    def _ground_of(self, task: Task) -> Ground:
        return self._locked if "lock" in task.command else self._ground

    def _place(self, task: Task) -> None:
        """Names that stand in packages, and so are always the same."""
        ground = self._ground_of(task)
        for each in (ground, self._local):
            each.clear("trial")
        for name in ("trial/local", "trial/out"):
            (self._folder / name).mkdir(parents=True)
        is_healed = "--heal-from" in task.command
        ground.take(self._folder / task.origin, "trial/archive", linked=not is_healed)
        if is_healed:
            store = open_store(ground.url("trial/archive"))
            for info in list(store.list(RAW))[::3]:
                store.delete(info.key)

    def _start(self, task: Task) -> multiprocessing.process.BaseProcess:
        ground = self._ground_of(task)
        known = {
            "out": ground.url("trial/out"),
            "local": self._local.url("trial/local"),
            "key": self._key,
            "copy": self._folder / "copy",
        }
        return _started(ground.url("trial/archive"), [word.format(**known) for word in task.command])

    def _made(self, task: Task) -> dict[str, str]:
        if task.made == "local":
            return self._local.hashes("trial/local", task.keys)
        if "lock" in task.command:
            return self._locked.locks("trial/archive", task.keys)
        return self._ground.hashes(f"trial/{task.made}", task.keys)

    def _half(self, task: Task, whole: dict[str, str]) -> str:
        """What has its final name and is not whole."""
        made = self._made(task)
        there = {key: digest for key, digest in made.items() if key.split("/")[0] == task.whole}
        if there:
            wanted = {key: digest for key, digest in whole.items() if key.split("/")[0] == task.whole}
            return "" if there == wanted else f"{task.whole} is half"
        in_folder = {key: digest for key, digest in made.items() if key.startswith(f"{task.marked}/") and task.marked}
        packed = {key: digest for key, digest in in_folder.items() if not key.startswith(f"{task.marked}/locks/")}
        if packed and f"{task.marked}/UNFINISHED" not in packed:
            return "" if packed == whole else f"{task.marked} is half and does not say so"
        return ""

    def _half_objects(self) -> str:
        """An original under its hash that is another's bytes."""
        found = self._ground.hashes("trial", ("",)).items()
        half = [key for key, digest in found if f"/{RAW}" in key and key.rpartition("/")[2] != digest]
        return f"{half[0]} is half" if half else ""


def _bucket_with_locks(server: S3Server) -> str:
    client = minio.Minio(server.endpoint, server.access_key, server.secret_key, secure=False, region="us-east-1")
    name = f"locked-{dt.datetime.now(dt.UTC):%H%M%S%f}"
    client.make_bucket(name, object_lock=True)
    return name


@contextlib.contextmanager
def _served(store: str) -> Iterator[S3Server | None]:
    """The server under way, and the settings by which it is found."""
    if store == DIRECTORY:
        yield None
        return
    with RUNNING[store]() as running:
        os.environ.update(running.server.environment())
        yield running.server


def _started(root: str, command: tuple[str, ...] | list[str]) -> multiprocessing.process.BaseProcess:
    running = PROCESSES.Process(target=_run, args=(root, command))
    running.start()
    return running


def _run(root: str, command: tuple[str, ...] | list[str]) -> None:
    os.environ["GONGKAI_ROOT"] = root
    staged.PIECE = _PIECE
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        if "KILLS_SHOW" not in os.environ:
            os.dup2(nowhere.fileno(), 2)
    gongkai(["--root", root, *command])


def _in_child(do: Callable[[], None]) -> None:
    running = PROCESSES.Process(target=do)
    running.start()
    assert _ended(running) == 0  # noqa: S101


def _ended(running: multiprocessing.process.BaseProcess) -> int | None:
    running.join()
    return running.exitcode


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--captures", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--store", choices=(DIRECTORY, *RUNNING), default=DIRECTORY)
    parser.add_argument("--task", action="append", choices=TASKS)
    given = parser.parse_args()
    chance, bad = random.Random(given.seed), collections.Counter[str]()
    with tempfile.TemporaryDirectory(dir=given.folder) as name, _served(given.store) as server:
        trials = Trials(Path(name).absolute(), given.captures, server)
        for task in given.task or [name for name, task in TASKS.items() if given.store in task.stores]:
            seconds, whole = trials.undisturbed(task)
            trials.kills = 0
            for _ in range(given.trials):
                moment = chance.uniform(0, seconds)
                if wrong := trials.killed(task, moment, whole):
                    bad[task] += 1
                    print(f"{task}: killed after {moment:.3f} of {seconds:.3f} s: {wrong}", flush=True)
            survived = given.trials - bad[task]
            print(f"{task}: {survived} of {given.trials} survived, {trials.kills} killed in time", flush=True)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
