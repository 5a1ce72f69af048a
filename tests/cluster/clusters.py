"""A Dask scheduler and its workers as processes of their own, on loopback and without dashboards, to be killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from distributed import Client

from tests.crawler.site import until

QUIET = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "warning", "PYTHONWARNINGS": "ignore"}


class RunningCluster:
    """A scheduler under way, and the workers started so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--port", "0")
        until(self._file.exists)
        until(lambda: self._file.read_text().endswith("}"))
        self.address = str(json.loads(self._file.read_text())["address"])
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """A worker of one thread under a nanny, as ``dask worker`` starts it; it is there when this returns."""
        with Client(self.address, set_as_default=False) as client:
            there = set(client.nthreads())
            worker = self._start("dask_worker", self.address, "--nthreads", "1", "--memory-limit", "8GB", *options)
            until(lambda: bool(set(client.nthreads()) - there))  # one that was killed may be counted still
        self.workers.append(worker)
        return worker

    def _start(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        own = ["--scheduler-file", str(self._file)] if program == "dask_scheduler" else ["--local-directory"]
        if program == "dask_worker":
            own.append(str(self._folder))
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options, *own, "--no-dashboard"]
        with (self._folder / f"{program}.log").open("ab") as log:
            return subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, **QUIET},
            )

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL for a process and, where it is a nanny, for its worker and the worker's children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def spawned_by(pid: int) -> list[int]:
    """The processes that multiprocessing started for a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = stat.read_text(errors="replace").rpartition(")")[2].split()[1]
            if int(parent) == pid and "spawn_main" in (stat.parent / "cmdline").read_text():
                found.append(int(stat.parent.name))
    return found


def dask_worker(nanny: subprocess.Popen[bytes]) -> int:
    """The process number of the worker that a nanny keeps."""
    [worker] = spawned_by(nanny.pid)
    return worker


@contextlib.contextmanager
def running_cluster(folder: Path) -> Iterator[RunningCluster]:
    """A scheduler while the block lasts."""
    cluster = RunningCluster(folder)
    try:
        yield cluster
    finally:
        cluster.close()
