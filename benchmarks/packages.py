"""How fast originals are handed over, and in how much memory: bags, OCFL roots, web archives and ZIP files of many.

    python benchmarks/packages.py [--originals N …] [--bytes B] [--folder DIR] [--only STEP …]

An archive of N originals is made at N addresses, a thousand captures in a file.  Each step runs in a process of its
own, on a folder: the first export, one that finds nothing new, and the check of the package.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from gongkai.archive import capture_table, keys
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.handing_out import Zip, hand_out
from gongkai.archive.packages.bag import Custodian, write_bag
from gongkai.archive.packages.bag_fixity import bag_findings
from gongkai.archive.packages.ocfl import write_ocfl
from gongkai.archive.packages.ocfl_fixity import ocfl_findings
from gongkai.archive.packages.wacz import write_wacz
from gongkai.archive.packages.wacz_fixity import wacz_findings
from gongkai.archive.retrieval import Asked, History
from gongkai.archive.selection import Selection

RUN = "20260101T000000000000Z-0000"
STEPS = (
    *("bagit", "bagit again", "bagit verify", "ocfl", "ocfl again", "ocfl verify", "wacz", "wacz verify"),
    "hand-out",
)
IN_A_FILE = 1000


def fill(root: Path, count: int, size: int) -> None:
    """An archive without the care of a store, which would measure the disk."""
    for start in range(0, count, IN_A_FILE):
        captures = [_kept(root, number, size) for number in range(start, min(count, start + IN_A_FILE))]
        path = root / keys.captures_prefix("benchmark", RUN) / f"{start // IN_A_FILE:06d}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(capture_table.dump(captures))


def _kept(root: Path, number: int, size: int) -> Capture:
    data = str(number).encode().ljust(size, b".")
    sha256 = hashlib.sha256(data).hexdigest()
    path = root / keys.original_key(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Capture(
        capture_id=f"{number:032x}",
        run_id=RUN,
        portal="benchmark",
        role=Role.ATTACHMENT,
        url=f"https://czj.example.gov.cn/{number}.pdf",
        outcome=Outcome.CAPTURED,
        requested_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=number),
        payload_sha256=sha256,
        payload_bytes=size,
        file_name=f"{number}.pdf",
        response_headers=(("Content-Type", "application/pdf"), ("Content-Length", str(size))),
    )


def run(step: str, folder: Path) -> None:
    """One step; says the seconds on the wall, those of the processor, and the most memory."""
    archive, target = Archive.open(str(folder / "archive")), DirectoryStore(folder / step.split(maxsplit=1)[0])
    began = time.perf_counter()
    if step == "wacz":
        write_wacz(archive, Selection(), target, "all.wacz")
    elif step == "wacz verify":
        assert list(wacz_findings(target, "all.wacz", lambda _key, _size: None)) == []  # noqa: S101
    elif step == "hand-out":
        with (
            (folder / "documents.zip").open("wb") as file,
            contextlib.closing(Zip(file)) as package,
            contextlib.closing(History(archive)) as history,
        ):
            hand_out(archive, history.find(Asked()), package, None)
    elif step.endswith("verify"):
        check = bag_findings if step.startswith("bagit") else ocfl_findings
        assert list(check(target, lambda _key, _size: None)) == []  # noqa: S101
    elif step.startswith("bagit"):
        write_bag(archive, target, Selection(), Custodian(), on=dt.date(2026, 2, 1))
    else:
        write_ocfl(archive, target, Selection(), Custodian())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([time.perf_counter() - began, sum(os.times()[:2]), peak]))


def measure(count: int, size: int, folder: Path, steps: Sequence[str]) -> None:
    fill(folder / "archive", count, size)
    for step in steps:
        command = [sys.executable, __file__, "--step", step, "--folder", str(folder)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        wall, processor, peak = json.loads(ran.stdout)
        print(
            f"{count:>9,} {step:<13} {wall:8.1f} s {processor:8.1f} s of processor {count / wall:8.0f} originals/s"
            f" {peak:5} MB",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--originals", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--bytes", type=int, default=2048)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--step", choices=STEPS)
    parser.add_argument("--only", nargs="+", choices=STEPS, default=STEPS)
    given = parser.parse_args()
    if given.step:
        run(given.step, given.folder)
        return
    for count in given.originals:
        with tempfile.TemporaryDirectory(dir=given.folder) as name:
            measure(count, given.bytes, Path(name), given.only)


if __name__ == "__main__":
    main()
