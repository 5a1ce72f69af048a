"""``benchmarks/kills.py``: each hand-over survives a kill, and a half package under its final name would be told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

KILLS = ROOT / "benchmarks" / "kills.py"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("store", "tasks", "survived"),
    [("directory", (), 12), ("seaweedfs", ("wacz long", "release", "copy", "lock"), 4)],
)
def test_each_hand_over_survives_a_kill(tmp_path: Path, store: str, tasks: tuple[str, ...], survived: int) -> None:
    given = ["--store", store, *(word for task in tasks for word in ("--task", task))]
    command = [sys.executable, str(KILLS), "--trials", "1", "--captures", "30", "--seed", "7", "--folder", "."]
    ended = subprocess.run([*command, *given], capture_output=True, text=True, cwd=tmp_path, timeout=1_800, check=False)
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout + ended.stderr
    assert ended.stdout.count("1 of 1 survived") == survived, ended.stdout
