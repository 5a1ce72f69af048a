"""How fast PDFs are read, against an independent reader of tables and against pdfium's text alone.

    python benchmarks/reading.py [FOLDER] [--repeat N]

Every file is read by each engine in turn, so that a machine that slows down slows all of them.  Time is processor time
of this process.  Peak memory is measured afterwards, each engine reading the whole folder in a process of its own.
``tablers``, a reader in Rust, is measured where it is installed: ``pip install tablers``.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import importlib
import importlib.util
import io
import logging
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.tables.words import TABLE_WORDS
from gongkai.parsing.text.grid import Grid, UnreadableDocumentError

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pdf"

AMOUNT = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)\.\d{1,6}")
"""What is counted as an amount found: a whole cell that is a number with decimals, as every engine prints it."""

UNREADABLE = (UnreadableDocumentError, pypdfium2.PdfiumError, pdfplumber.utils.exceptions.PdfminerException)


def gongkai(data: bytes) -> int:
    """Amounts in the cells of our reader."""
    grids = (block for block in read_pdf(data, TABLE_WORDS).blocks if isinstance(block, Grid))
    return amounts(cell.text for grid in grids for cell in grid.cells)


def plumber(data: bytes) -> int:
    """Amounts in the cells of pdfplumber's extract_tables, as it comes."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        tables = (table for page in document.pages for table in page.extract_tables())
        return amounts(cell for table in tables for row in table for cell in row if cell)


def text_only(data: bytes) -> int:
    """Amounts among the words of pdfium's text: no cells, the speed no reader on pdfium can exceed."""
    with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        return sum(amounts(page.get_textpage().get_text_range().split()) for page in document)


def tablers(data: bytes) -> int:
    """Amounts in the cells of the tables of tablers, with its own settings."""
    library: Any = importlib.import_module("tablers")
    document = library.Document(bytes=data)
    try:
        tables = (table for page in document.pages() for table in library.find_tables(page, extract_text=True))
        return amounts(cell.text or "" for table in tables for cell in table.cells)
    finally:
        document.close()


ENGINES: dict[str, Callable[[bytes], int]] = {"gongkai": gongkai, "pdfplumber": plumber, "text only": text_only}
if importlib.util.find_spec("tablers") is not None:
    ENGINES["tablers"] = tablers


@dataclasses.dataclass
class Tally:
    """The work of one engine: CPU seconds, amounts found, files it refused."""

    seconds: float = 0.0
    amounts: int = 0
    refused: int = 0


def amounts(texts: Iterable[str]) -> int:
    return sum(AMOUNT.fullmatch("".join(text.split())) is not None for text in texts)


def read(engine: str, data: bytes, tally: Tally) -> None:
    before = time.process_time()
    try:
        tally.amounts += ENGINES[engine](data)
    except UNREADABLE:
        tally.refused += 1
    tally.seconds += time.process_time() - before


def pages_of(data: bytes) -> int:
    try:
        with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def peak_megabytes(engine: str, folder: Path) -> float:
    """Measure a fresh process that reads the folder with one engine; all engines are imported, so the base is equal."""
    command = [sys.executable, __file__, str(folder), "--memory", engine]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def measure_memory(engine: str, files: list[Path]) -> None:
    for file in files:
        read(engine, file.read_bytes(), Tally())
    # Not getrusage: Linux hands its maximum on from the process that started this one.
    peak = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
    sys.stdout.write(f"{int(peak[1]) / 1024:.0f}\n" if peak else "nan\n")


def measure(files: list[Path], repeat: int) -> tuple[int, dict[str, Tally]]:
    tallies = {engine: Tally() for engine in ENGINES}
    pages = 0
    for number in range(repeat):
        for file in files:
            data = file.read_bytes()
            pages += pages_of(data)
            for engine, tally in tallies.items():
                read(engine, data, tally)
        sys.stderr.write(f"round {number + 1} of {repeat}\n")
    return pages, tallies


def report(files: list[Path], pages: int, repeat: int, tallies: dict[str, Tally], peaks: dict[str, float]) -> None:
    say = sys.stdout.write
    say(f"{len(files)} files, {pages // repeat} pages, {repeat} rounds, one core\n\n")
    say("| engine | pages/s | times pdfplumber | of text only | amounts | refused | peak MB |\n")
    say("|---|---|---|---|---|---|---|\n")
    slow, fast = tallies["pdfplumber"].seconds, tallies["text only"].seconds
    for engine, tally in tallies.items():
        found, refused = tally.amounts // repeat, tally.refused // repeat
        say(
            f"| {engine} | {pages / tally.seconds:.0f} | {slow / tally.seconds:.1f} | {fast / tally.seconds:.2f}"
            f" | {found} | {refused} | {peaks[engine]:.0f} |\n"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="PDFs, also in folders below")
    parser.add_argument("--repeat", type=int, default=1, help="rounds over the folder")
    parser.add_argument("--memory", choices=ENGINES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font it does not like
    files = sorted(given.folder.rglob("*.pdf"))
    if not files:
        parser.error(f"{str(given.folder)!r} holds no PDF")
    if given.memory:
        measure_memory(given.memory, files)
        return
    pages, tallies = measure(files, given.repeat)
    peaks = {engine: peak_megabytes(engine, given.folder) for engine in ENGINES}
    report(files, pages, given.repeat, tallies, peaks)


if __name__ == "__main__":
    main()
