"""A folder full of modules with the names of Python's own: no child of ours loads one of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("archive", "crawler", "lake", "parsing", "queries", "viewer", "vocabulary", "gongkai")
STARTS = re.compile(r"get_context\(|sys\.executable|set_start_method\(|multiprocessing\.Process\(|ProcessPool")
OWN_NAMES = ("socket", "pickle", "signal", "tempfile", "json", "datetime", "selectors", "logging")

SPAWNED = """
import time
from gongkai.archive.children import spawned
if __name__ == "__main__":
    process = spawned(time.sleep, 0)
    process.join()
    raise SystemExit(process.exitcode)
"""
JOB = """
import datetime as dt, os
from gongkai.running.jobs import Job
now = dt.datetime.now(dt.UTC)
job = Job(name="version", arguments=["status"], environment=dict(os.environ))
job.start("no-such-archive", now)
while job.poll(now, 1) is None:
    pass
raise SystemExit(0 if job.code == 4 else 1)
"""
CLUSTER = """
from gongkai.archive import Archive
from gongkai.cluster.connection import connected
from gongkai.cluster.terms import marked
if __name__ == "__main__":
    with marked(Archive.open(__file__ + ".archive").store, "parse") as terms, connected("local:1", terms):
        pass
"""


@pytest.mark.parametrize("program", [SPAWNED, JOB, CLUSTER])
def test_a_child_takes_no_module_from_the_current_folder(tmp_path: Path, program: str) -> None:
    """The program stands elsewhere, as an installed command does: its own Python does not look into the folder."""
    if program is CLUSTER:
        pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    folder, start = tmp_path / "folder", tmp_path / "bin" / "start.py"
    folder.mkdir()
    start.parent.mkdir()
    start.write_text(program)
    for name in OWN_NAMES:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'loaded')!r}, 'a').write({name!r})\nraise SystemExit")
    done = subprocess.run([sys.executable, str(start)], cwd=folder, capture_output=True, text=True, check=False)
    assert not (tmp_path / "loaded").exists()
    assert done.returncode == 0, done.stderr


def test_whoever_starts_a_python_does_it_here() -> None:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if not path.is_symlink()]
    found = {str(path.relative_to(ROOT)) for path in files if STARTS.search(path.read_text(encoding="utf-8"))}
    assert found == {"archive/children.py"}
