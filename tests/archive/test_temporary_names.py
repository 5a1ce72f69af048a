"""What a killed process left under a hidden name is removed by whoever makes the file or folder again, nothing else."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from gongkai.archive import processes, temporary_names
from gongkai.archive.handing_out import new_folder
from gongkai.queries.output import new_file

PROCESSES = multiprocessing.get_context("spawn")
LONG_NAME = "某" * 83
"""249 bytes: as long as file names get with an ending, so that no temporary name may hold it."""


def killed_while_writing(path: Path) -> None:
    with new_folder(path) as folder, folder.file("documents/a", 1) as file:
        file.write(b"a")
        file.flush()
        with new_file(path.with_suffix(".csv")) as stream:
            stream.write(b"half")
            os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not processes.own_mark(), reason="nothing tells here which processes run")
def test_leftovers_of_a_killed_process_go_with_the_next_attempt(tmp_path: Path) -> None:
    path = tmp_path / "documents"
    writing = PROCESSES.Process(target=killed_while_writing, args=(path,))
    writing.start()
    writing.join()
    assert writing.exitcode == -signal.SIGKILL
    assert sorted(entry.is_dir() for entry in tmp_path.iterdir()) == [False, True], "both under hidden names"
    with new_folder(path), new_file(path.with_suffix(".csv")) as stream:
        stream.write(b"whole")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["documents", "documents.csv"]


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    with new_folder(tmp_path / "documents"):
        under_way = [entry.name for entry in tmp_path.iterdir()]
        temporary_names.remove_leftovers(tmp_path / "documents")
        assert [entry.name for entry in tmp_path.iterdir()] == under_way


def test_a_file_may_have_the_longest_name(tmp_path: Path) -> None:
    with new_file(tmp_path / f"{LONG_NAME}.csv") as stream:
        stream.write(b"a")
    assert (tmp_path / f"{LONG_NAME}.csv").read_bytes() == b"a"
