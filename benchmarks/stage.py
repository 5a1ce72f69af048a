"""How fast the whole stage is: from an archive's originals to Parquet, on one worker and on every core.

    python benchmarks/stage.py [FOLDER] [--workers N …]

The folder's files are archived in a temporary directory, then parsed anew for each number of workers.  Time is that of
a clock on the wall, the start of the workers included; pages are those of formats that have pages.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from archive.archive import Archive
from archive.local_files import add_files
from parsing.stage import parse
from queries.lake import connect

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pdf"

COUNTS = "SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(amounts), 0) FROM documents"


def measure(archive: Archive, workers: int) -> float:
    """Seconds to parse everything."""
    before = time.perf_counter()
    parse(archive, everything=True, workers=workers)
    return time.perf_counter() - before


def counts(archive: Archive) -> tuple[int, int, int]:
    """Documents, pages and amounts of the lake."""
    with connect(archive.store) as connection:
        row = connection.execute(COUNTS).fetchone()
    if row is None:
        raise RuntimeError("a count without a row")
    return int(row[0]), int(row[1]), int(row[2])


def main() -> None:
    cores = os.cpu_count() or 1
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="documents, also in folders below")
    parser.add_argument("--workers", type=int, nargs="+", default=sorted({1, cores}), help="numbers to try in turn")
    given = parser.parse_args()
    if not given.folder.is_dir():
        parser.error(f"{str(given.folder)!r} is no folder")
    with tempfile.TemporaryDirectory(prefix="gongkai-benchmark-") as root:
        archive = Archive.open(root)
        add_files(archive, [given.folder])
        sys.stdout.write("| workers | documents | pages | amounts | seconds | pages/s |\n|---|---|---|---|---|---|\n")
        for workers in given.workers:
            seconds = measure(archive, workers)
            documents, pages, amounts = counts(archive)
            sys.stdout.write(
                f"| {workers} | {documents} | {pages} | {amounts} | {seconds:.1f} | {pages / seconds:.0f} |\n"
            )


if __name__ == "__main__":
    main()
