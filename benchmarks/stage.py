"""How fast the whole stage is: reading alone and all of parsing on one core, then an archive's originals to Parquet.

    python benchmarks/stage.py [FOLDER] [--repeat N] [--workers N …]

First every file is read, and parsed to the tables that are published, in this process: processor seconds, of each file
the least of the rounds.  Then the files are archived in a temporary directory and parsed anew for each number of
workers: seconds on the wall, with the workers' start and the writing of the lake.  Pages are those of formats that have
pages.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from gongkai.archive.archive import Archive
from gongkai.archive.local_files import add_files
from gongkai.lake.packing import pack
from gongkai.parsing.document import parse_original
from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.publisher import Context
from gongkai.parsing.stage import parse
from gongkai.parsing.tables.words import TABLE_WORDS
from gongkai.parsing.text.grid import UnreadableDocumentError
from gongkai.parsing.workers import COLLECT_EVERY
from gongkai.queries.lake import connect

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pdf"

COUNTS = "SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(amounts), 0) FROM documents"


def read_only(data: bytes, name: str) -> int:
    """Tables and text of a file, without their meaning; its pages, 0 where it has none.  ``name`` is not looked at."""
    try:
        return read(identified(data), TABLE_WORDS).pages or 0
    except UnreadableDocumentError:
        return 0


def whole_stage(data: bytes, name: str) -> int:
    """A file to the tables that are published, as a worker of the stage makes them; its pages, 0 where it has none."""
    documents = parse_original(hashlib.sha256(data).hexdigest(), data, Context(file_name=name))
    return max(pack(document).row()["pages"] or 0 for document in documents)


STEPS: dict[str, Callable[[bytes, str], int]] = {"reading only": read_only, "whole stage": whole_stage}


def least_seconds(files: Iterable[Path], rounds: int) -> dict[str, tuple[int, float]]:
    """Pages, and processor seconds for them, of each step.  The steps take turns; files without pages do not count."""
    found = dict.fromkeys(STEPS, (0, 0.0))
    for file in files:
        data = file.read_bytes()
        least = dict.fromkeys(STEPS, float("inf"))
        for _ in range(rounds):
            for name, step in STEPS.items():
                before = time.process_time()
                pages = step(data, file.name)
                least[name] = min(least[name], time.process_time() - before)
                gc.collect()
        if pages:
            found = {name: (so_far + pages, spent + least[name]) for name, (so_far, spent) in found.items()}
    return found


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
    parser.add_argument("--repeat", type=int, default=3, help="rounds of the first part; 0 leaves it out")
    given = parser.parse_args()
    if not given.folder.is_dir():
        parser.error(f"{str(given.folder)!r} is no folder")
    if given.repeat > 0:
        gc.set_threshold(COLLECT_EVERY)
        sys.stdout.write("| one core | pages | processor seconds | pages/s |\n|---|---|---|---|\n")
        files = sorted(file for file in given.folder.rglob("*") if file.is_file())
        for name, (pages, seconds) in least_seconds(files, given.repeat).items():
            rate = pages / seconds if pages else 0.0
            sys.stdout.write(f"| {name} | {pages} | {seconds:.1f} | {rate:.0f} |\n")
        sys.stdout.write("\n")
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
