"""A worker's share of the memory that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.archive.machine import machine_bytes
from gongkai.parsing import workers
from gongkai.parsing.memory import LEAST_BYTES, MOST_BYTES, bytes_per_worker, most_workers
from gongkai.parsing.publisher import Context

GIB = 2**30


def group(folder: Path, file: str, limit: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(f"{limit}\n")


@pytest.mark.parametrize(
    ("memory", "workers", "share"),
    [(8 * GIB, 2, 3 * GIB), (8 * GIB, 4, 3 * GIB // 2), (64 * GIB, 8, MOST_BYTES), (2 * GIB, 1, 3 * GIB // 2)],
)
def test_a_worker_has_its_share(memory: int, workers: int, share: int) -> None:
    assert bytes_per_worker(memory, workers) == share


@pytest.mark.parametrize(("memory", "workers"), [(64 * GIB, 32), (4 * GIB, 2), (GIB, 1), (GIB // 2, 1)])
def test_as_many_workers_run_as_there_is_memory_for(memory: int, workers: int) -> None:
    assert most_workers(memory) == workers
    assert workers * bytes_per_worker(memory, workers) <= max(memory, LEAST_BYTES)


def test_the_limit_of_a_control_group_counts(tmp_path: Path) -> None:
    own = tmp_path / "cgroup"
    own.write_text("0::/system.slice/one.service\n")
    group(tmp_path / "system.slice", "memory.max", str(GIB // 4))
    group(tmp_path / "system.slice" / "one.service", "memory.max", "max")
    assert machine_bytes(tmp_path, own) == GIB // 4


def test_so_does_that_of_the_first_kind_of_control_group(tmp_path: Path) -> None:
    own = tmp_path / "cgroup"
    own.write_text("9:name=systemd:/\n4:cpu,memory:/docker/abc\n1:cpu:/other\n")
    group(tmp_path / "memory", "memory.limit_in_bytes", str(GIB // 8))  # as it looks from inside a container
    group(tmp_path / "cpu" / "other", "memory.limit_in_bytes", "1")
    assert machine_bytes(tmp_path, own) == GIB // 8


def test_without_control_groups_it_is_the_machine_s(tmp_path: Path) -> None:
    own = tmp_path / "cgroup"
    own.write_text("0::/\n")
    whole = machine_bytes(tmp_path, tmp_path / "none")
    group(tmp_path, "memory.max", "9223372036854771712")
    assert machine_bytes(tmp_path, own) == whole > 0


class StartedError(Exception):
    """Raised in place of starting a worker; says what it would have been given."""


@pytest.mark.parametrize(("memory", "tasks", "share"), [(8 * GIB, 2, 3 * GIB), (8 * GIB, 40, 3 * GIB // 2)])
def test_workers_are_started_with_their_share(
    monkeypatch: pytest.MonkeyPatch, memory: int, tasks: int, share: int
) -> None:
    def start(_root: str, limits: workers.Limits) -> None:
        raise StartedError(limits.bytes)

    monkeypatch.setattr(workers, "machine_bytes", lambda: memory)
    monkeypatch.setattr(workers, "_start", start)
    with pytest.raises(StartedError, match=rf"^{share}$"):
        next(workers.parse_all("", [workers.Task("00", Context())] * tasks, 16))
