"""The index of the run reports: each is read once, and the index never says what the reports do not."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import Archive, Problem, SealBrokenError, StoreUnavailableError, run_index, verify
from gongkai.archive.run_index import gathered
from gongkai.archive.seal import load_sealed_json, sealed_json


def gather(index: dict[str, Any], report: Mapping[str, Any], _captures: object) -> None:
    index[report["run_id"]] = report["exit_code"]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.open(str(tmp_path / "archive"))
    for number in range(3):
        made.write_run_report(f"run-{number}", {"exit_code": number})
    return made


KEY = "indexes/x.json"
ALL = {"run-0": 0, "run-1": 1, "run-2": 2}


def test_each_report_is_read_once(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    assert gathered(archive.store, "x", gather, "1").index == ALL
    read: list[str] = []
    through = archive.store.read

    def noted(key: str) -> bytes:
        read.append(key)
        return through(key)

    monkeypatch.setattr(archive.store, "read", noted)
    assert gathered(archive.store, "x", gather, "1").index == ALL
    assert [key for key in read if key.startswith("runs/")] == []
    archive.write_run_report("run-3", {"exit_code": 3})
    read.clear()
    assert gathered(archive.store, "x", gather, "1").index == ALL | {"run-3": 3}
    assert [key for key in read if key.startswith("runs/")] == ["runs/run-3.json"]


def test_a_report_written_anew_another_version_damage_and_loss_make_it_anew(archive: Archive) -> None:
    gathered(archive.store, "x", gather, "1")
    archive.write_run_report("run-2", {"exit_code": 7})
    assert gathered(archive.store, "x", gather, "1").index == ALL | {"run-2": 7}
    assert gathered(archive.store, "x", lambda index, _report, _captures: index.update(n=len(index)), "2").index == {
        "n": 1
    }
    archive.store.write(KEY, archive.store.read(KEY).replace(b"run-1", b"run-9"))
    assert [(found.key, found.problem) for found in verify(archive)] == [(KEY, Problem.ALTERED)]
    assert gathered(archive.store, "x", gather, "1").index == ALL | {"run-2": 7}
    assert list(verify(archive)) == []
    archive.store.delete(KEY)
    assert list(verify(archive)) == []
    assert gathered(archive.store, "x", gather, "1").index == ALL | {"run-2": 7}


def test_a_copied_archive_keeps_it_and_a_lost_report_stays_told(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered(archive.store, "x", gather, "1")
    shutil.copytree(tmp_path / "archive", tmp_path / "copy")
    copy = Archive.open(str(tmp_path / "copy"))
    copy.store.delete("runs/run-0.json")
    assert gathered(copy.store, "x", gather, "1").index == ALL


def test_a_run_under_way_counts_once_it_is_finished(archive: Archive) -> None:
    archive.store.write("runs/run-4.json", b'{"run_id": "run-4"}')
    with pytest.raises(SealBrokenError, match="run-4"):
        gathered(archive.store, "x", gather, "1")
    archive.store.delete("runs/run-4.json")
    archive.store.write("runs/run-4.json", sealed_json({"run_id": "run-4", "state": "under_way"}))
    assert gathered(archive.store, "x", gather, "1").index == ALL
    archive.write_run_report("run-4", {"exit_code": 4})
    assert gathered(archive.store, "x", gather, "1").index == ALL | {"run-4": 4}


def test_a_reader_that_may_not_write_is_answered(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(key: str, data: bytes) -> None:
        raise StoreUnavailableError(key)

    monkeypatch.setattr(archive.store, "write", refuse)
    assert gathered(archive.store, "x", gather, "1").index == ALL


def test_it_is_saved_on_the_way(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is stopped half-way through years of reports leaves to the next what was read."""
    monkeypatch.setattr(run_index, "_SAVED_EVERY_SECONDS", -1.0)
    monkeypatch.setattr(run_index, "_READ_AT_ONCE", 1)

    def stopped(index: dict[str, Any], report: Mapping[str, Any], _captures: object) -> None:
        if report["run_id"] == "run-2":
            raise KeyboardInterrupt
        index[report["run_id"]] = report["exit_code"]

    with pytest.raises(KeyboardInterrupt):
        gathered(archive.store, "x", stopped, "1")
    assert load_sealed_json(archive.store.read(KEY))["gathered"] == {"run-0": 0, "run-1": 1}
    assert gathered(archive.store, "x", gather, "1").index == ALL
