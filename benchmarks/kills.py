"""Kills hand-overs at any moment, again and again: exports, copies, signings, hand-outs, checks that heal.

    python benchmarks/kills.py [--trials N] [--seed S] [--captures N] [--folder DIR] [--task NAME …]

An archive of small captures is made.  Each task runs once undisturbed, which tells its seconds and its result.  Each
trial then starts it in a process of its own, kills that after a random part of these seconds, looks for a package that
has its final name and is not whole, runs the task again and compares what is there with the undisturbed result.
Hidden names that the second run left behind are told too.  The exit code is 1 unless every trial survived.
"""

# ruff: noqa: S311

from __future__ import annotations

import argparse
import collections
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

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.packages import fill  # noqa: E402
from gongkai.__main__ import main as gongkai  # noqa: E402

PROCESSES = multiprocessing.get_context("fork")
TASKS = {
    "wacz": ("export", "wacz", "{out}/all.wacz"),
    "wacz split": ("export", "wacz", "{out}/all.wacz", "--split", "64K"),
    "bagit": ("export", "bagit", "{out}/bag"),
    "ocfl": ("export", "ocfl", "{out}/root"),
    "copy": ("copy", "{out}/copy"),
    "hand-out": ("get", "--title", "pdf", "--to", "{out}/documents"),
    "hand-out zip": ("get", "--title", "pdf", "--to", "{out}/documents.zip"),
    "sign": ("sign", "--key", "{key}"),
    "heal": ("verify", "--heal-from", "{copy}"),
    "verify": ("verify",),
}
"""What is run, each with the archive as the root."""
LOOSE = {
    "copy": ("raw/sha256/", "captures/"),
    "heal": ("raw/sha256/", "captures/"),
    "sign": ("raw/sha256/", "captures/"),
    "verify": ("raw/sha256/", "captures/"),
}
"""Tasks whose reports bear times: the beginnings of the keys that are compared."""
WHOLE = {"wacz": "all.wacz", "wacz split": "all.json", "hand-out": "documents", "hand-out zip": "documents.zip"}
"""What bears its final name only when it is whole."""
MARKED = {"bagit": "bag", "ocfl": "root"}
"""What says UNFINISHED until it is whole."""


class Trials:
    """Trials on one archive, which stays as it is; tasks that write to an archive get a copy of it."""

    def __init__(self, folder: Path, captures: int) -> None:
        self._folder = folder
        self.kills = 0
        """Trials whose process was killed before it had ended."""
        self._origin, self._copy, self._key = folder / "origin", folder / "copy", folder / "key"
        _in_child(lambda: fill(self._origin, captures, 2048))
        for command in (("copy", str(self._copy)), ("sign", "--new-key", str(self._key))):
            assert _ended(_started(self._origin, command)) == 0, command  # noqa: S101

    def undisturbed(self, task: str) -> tuple[float, dict[str, str]]:
        """Seconds of a whole run, and what it makes."""
        place = self._place(task)
        began = time.monotonic()
        code = _ended(_started(place / "archive", self._command(task, place)))
        seconds = time.monotonic() - began
        assert code == 0, (task, code)  # noqa: S101
        return seconds, self._made(task, place)

    def killed(self, task: str, seconds: float, whole: dict[str, str]) -> str:
        """One trial: what went wrong, or nothing."""
        place = self._place(task)
        command = self._command(task, place)
        running = _started(place / "archive", command)
        running.join(seconds)
        if running.pid and running.is_alive():
            os.kill(running.pid, signal.SIGKILL)
        running.join()
        self.kills += running.exitcode == -signal.SIGKILL
        by_itself = running.exitcode not in (0, -signal.SIGKILL) and f"it ended by itself, with {running.exitcode}"
        if wrong := by_itself or self._half(task, place, whole) or self._half_objects(place):
            return wrong
        code = 0 if running.exitcode == 0 and task in WHOLE else _ended(_started(place / "archive", command))
        if code != 0:
            return f"the second run ended with {code}"
        if (made := self._made(task, place)) != whole:
            return f"differs: {sorted(set(made.items()) ^ set(whole.items()))[:4]}"
        hidden = [
            path.relative_to(place).as_posix()
            for path in (place / "out").rglob(".*")
            if path.name != ".incoming" or any(path.iterdir())
        ]
        hidden = [name for name in hidden if not name.endswith(".lock") and not name.endswith("/.incoming")]
        if hidden:
            return f"left behind: {hidden[:4]}"
        if task not in WHOLE and task not in MARKED:
            archive = place / "out/copy" if task == "copy" else place / "archive"
            return f"verify ended with {code}" if (code := _ended(_started(archive, ("verify",)))) else ""
        return ""

    def _place(self, task: str) -> Path:
        place = self._folder / "trial"  # its path stands in packages
        shutil.rmtree(place, ignore_errors=True)
        (place / "out").mkdir(parents=True)
        shutil.copytree(self._origin, place / "archive", copy_function=os.link if task != "heal" else shutil.copy)
        if task == "heal":
            for path in sorted((place / "archive/raw").rglob("*"))[::3]:
                if path.is_file():
                    path.unlink()
        return place

    def _command(self, task: str, place: Path) -> list[str]:
        known = {"out": place / "out", "key": self._key, "copy": self._copy}
        return [word.format(**known) for word in TASKS[task]]

    def _made(self, task: str, place: Path) -> dict[str, str]:
        root = place / {"copy": "out/copy"}.get(task, "archive" if task in LOOSE else "out")
        hashed = dict(_hashes(root))
        return {name: digest for name, digest in hashed.items() if name.startswith(LOOSE.get(task, ""))}

    def _half(self, task: str, place: Path, whole: dict[str, str]) -> str:
        """What has its final name and is not whole."""
        made = self._made(task, place)
        if (name := WHOLE.get(task)) and (place / "out" / name).exists():
            there = {key: digest for key, digest in made.items() if key.split("/")[0] == name}
            wanted = {key: digest for key, digest in whole.items() if key.split("/")[0] == name}
            return "" if there == wanted else f"{name} is half"
        folder = MARKED.get(task, "")
        if folder and any(key.startswith(f"{folder}/") for key in made) and f"{folder}/UNFINISHED" not in made:
            return "" if made == whole else f"{folder} is half and does not say so"
        return ""

    def _half_objects(self, place: Path) -> str:
        """An original under its hash that is another's bytes."""
        originals = (path for path in place.rglob("raw/sha256/**/*") if path.is_file() and path.name[0] != ".")
        half = [path for path in originals if hashlib.sha256(path.read_bytes()).hexdigest() != path.name]
        return f"{half[0].relative_to(place)} is half" if half else ""


def _hashes(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts):
            yield path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _started(root: Path, command: tuple[str, ...] | list[str]) -> multiprocessing.process.BaseProcess:
    running = PROCESSES.Process(target=_run, args=(root, command))
    running.start()
    return running


def _run(root: Path, command: tuple[str, ...] | list[str]) -> None:
    os.environ["GONGKAI_ROOT"] = str(root)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        if "KILLS_SHOW" not in os.environ:
            os.dup2(nowhere.fileno(), 2)
    gongkai(["--root", str(root), *command])


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
    parser.add_argument("--task", action="append", choices=TASKS)
    given = parser.parse_args()
    chance, bad = random.Random(given.seed), collections.Counter[str]()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        trials = Trials(Path(name), given.captures)
        for task in given.task or TASKS:
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
