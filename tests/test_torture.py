"""Attacks of ``benchmarks/torture.py``: it finds nothing lost, and tells what it would find."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

TORTURE = ROOT / "benchmarks" / "torture.py"
TRIALS = {"directory": 9, "seaweedfs": 4, "ministack": 4}
"""Each attack once on a directory, and so many of them on each S3 server: a trial takes seconds."""


def torture(*options: str, cache: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TORTURE), "--minutes", "30", "--seed", "7", *options]
    return subprocess.run(command, capture_output=True, text=True, cwd=cache, timeout=3_000, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("kind", TRIALS)
def test_each_attack_is_survived(kind: str, tmp_path: Path) -> None:
    ended = torture("--on", kind, "--trials", str(TRIALS[kind]), cache=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout + ended.stderr


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in TRIALS if kind != "directory"])
def test_a_server_killed_in_the_middle_of_crawl_add_and_parse_loses_nothing(kind: str, tmp_path: Path) -> None:
    ended = torture("--on", kind, "--attack", "kill store", "--trials", "3", cache=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout + ended.stderr
