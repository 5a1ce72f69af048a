"""How well the structure of tables is read, against the ICDAR-2013 table competition, beside two independent readers.

    python benchmarks/structure.py [FOLDER] [--verbose]

The folder holds the competition's PDFs and, of each, the truth (``*-str.xml``): government documents of the EU and the
US, which nobody here wrote.  The measure follows the competition's idea: of all filled cells, the nearest filled
neighbours to the right and below, as pairs of texts without white space and punctuation.  ``tablers`` is measured where
it is installed: ``pip install tablers``.
"""

from __future__ import annotations

import argparse
import bisect
import collections
import contextlib
import dataclasses
import importlib.util
import io
import logging
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
import pypdfium2
from lxml import etree

from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.tables.words import TABLE_WORDS
from gongkai.parsing.text.grid import Grid, UnreadableDocumentError

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "icdar2013"
TRUTH = "-str.xml"

UNREADABLE = (UnreadableDocumentError, pypdfium2.PdfiumError, pdfplumber.utils.exceptions.PdfminerException)


class Place(NamedTuple):
    """A cell: the first and last row and column it covers, and its text."""

    top: int
    bottom: int
    left: int
    right: int
    text: str


Relations = collections.Counter[tuple[str, str, str]]
"""Neighbours: the texts of both cells, and which way the second lies."""


def gongkai(data: bytes) -> list[list[Place]]:
    """The grids of our reader."""
    return [
        [Place(c.row, c.row + c.row_span - 1, c.column, c.column + c.column_span - 1, c.text) for c in block.cells]
        for block in read_pdf(data, TABLE_WORDS).blocks
        if isinstance(block, Grid)
    ]


def plumber(data: bytes) -> list[list[Place]]:
    """The tables of pdfplumber with its own settings, spans by the edges of their cells."""
    tables: list[list[Place]] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.find_tables():
                texts = [text for row in table.extract() for text in row]
                boxes = [box for row in table.rows for box in row.cells]
                pairs = zip(boxes, texts, strict=True)
                tables.append(_placed((box, text or "") for box, text in pairs if box is not None))
    return tables


def tablers(data: bytes) -> list[list[Place]]:
    """The tables of tablers with its own settings, spans by the edges of their cells."""
    library: Any = importlib.import_module("tablers")
    document = library.Document(bytes=data)
    try:
        found = [table for page in document.pages() for table in library.find_tables(page, extract_text=True)]
        return [_placed((cell.bbox, cell.text or "") for cell in table.cells) for table in found]
    finally:
        document.close()


def _placed(cells: Iterable[tuple[Any, str]]) -> list[Place]:
    """Cells with their rows and columns, from boxes (left, top, right, bottom)."""
    boxed = list(cells)
    xs, ys = _edges(box[0] for box, _ in boxed), _edges(box[1] for box, _ in boxed)
    places: list[Place] = []
    for (left, top, right, bottom), text in boxed:
        row, column = bisect.bisect_right(ys, top + 0.5) - 1, bisect.bisect_right(xs, left + 0.5) - 1
        last_row, last_column = bisect.bisect_left(ys, bottom - 0.5) - 1, bisect.bisect_left(xs, right - 0.5) - 1
        places.append(Place(row, max(row, last_row), column, max(column, last_column), text))
    return places


def _edges(values: Iterable[float]) -> list[float]:
    """Edges in order, those within a point of the one before taken for the same."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 1:
            edges.append(value)
    return edges


ENGINES: dict[str, Callable[[bytes], list[list[Place]]]] = {"gongkai": gongkai, "pdfplumber": plumber}
if importlib.util.find_spec("tablers") is not None:
    ENGINES["tablers"] = tablers


def _plain(text: str) -> str:
    return re.sub(r"\W|_", "", text).lower() or re.sub(r"\s", "", text)


def relations(cells: Iterable[Place]) -> Relations:
    """The nearest filled neighbour to the right in each row, and below in each column, of every filled cell."""
    filled = [cell for cell in cells if _plain(cell.text)]
    at = {
        (row, column): index
        for index, cell in enumerate(filled)
        for row in range(cell.top, cell.bottom + 1)
        for column in range(cell.left, cell.right + 1)
    }
    last_row = max((cell.bottom for cell in filled), default=0)
    last_column = max((cell.right for cell in filled), default=0)
    pairs: set[tuple[int, int, str]] = set()
    for index, cell in enumerate(filled):
        for row in range(cell.top, cell.bottom + 1):
            beside = (at.get((row, column)) for column in range(cell.right + 1, last_column + 1))
            pairs |= _pair(index, beside, "right")
        for column in range(cell.left, cell.right + 1):
            under = (at.get((row, column)) for row in range(cell.bottom + 1, last_row + 1))
            pairs |= _pair(index, under, "below")
    return collections.Counter((_plain(filled[one].text), _plain(filled[two].text), way) for one, two, way in pairs)


def _pair(index: int, others: Iterable[int | None], way: str) -> set[tuple[int, int, str]]:
    other = next((other for other in others if other is not None), None)
    return set() if other is None or other == index else {(index, other, way)}


def truth(path: Path) -> Relations:
    """The relations of every table of the competition's file; the pieces of one table are put together."""
    total: Relations = collections.Counter()
    for table in etree.parse(path).getroot().iter("table"):
        total += relations(cell for region in table.iter("region") for cell in _cells(region))
    return total


def _cells(region: Any) -> Iterator[Place]:
    down, right = int(region.get("row-increment") or 0), int(region.get("col-increment") or 0)
    for cell in region.iter("cell"):
        row, column = int(cell.get("start-row")), int(cell.get("start-col"))
        last_row, last_column = int(cell.get("end-row") or row), int(cell.get("end-col") or column)
        content = cell.find("content")
        text = "" if content is None else "".join(content.itertext())
        yield Place(row + down, last_row + down, column + right, last_column + right, text)


@dataclasses.dataclass
class Tally:
    """The work of one engine: CPU seconds, and (precision, recall) of every document."""

    seconds: float = 0.0
    scores: dict[str, tuple[float, float]] = dataclasses.field(default_factory=dict)

    def means(self) -> tuple[float, float, float]:
        """Precision and recall as means over the documents, and the F of the two."""
        precision, recall = (sum(score[side] for score in self.scores.values()) / len(self.scores) for side in (0, 1))
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure(files: list[Path]) -> tuple[int, dict[str, Tally]]:
    """(pages, tally of each engine); the engines alternate file by file."""
    tallies = {engine: Tally() for engine in ENGINES}
    pages = 0
    for file in files:
        data, wanted = file.read_bytes(), truth(file.with_name(file.stem + TRUTH))
        with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
            pages += len(document)
        for engine, tally in tallies.items():
            before = time.process_time()
            try:
                tables = ENGINES[engine](data)
            except UNREADABLE:
                tables = []
            tally.seconds += time.process_time() - before
            found = sum(map(relations, tables), collections.Counter())
            hits = (wanted & found).total()
            precision = hits / found.total() if found else 0.0
            tally.scores[file.name] = precision, hits / wanted.total() if wanted else 0.0
    return pages, tallies


def report(pages: int, tallies: dict[str, Tally], *, verbose: bool) -> None:
    """The figures as a Markdown table; with ``verbose``, the documents that are not exact."""
    say = sys.stdout.write
    say("| engine | documents | pages | precision | recall | F | exact | nothing right | pages/s |\n")
    say("|---|---|---|---|---|---|---|---|---|\n")
    for engine, tally in tallies.items():
        precision, recall, together = tally.means()
        exact = sum(score == (1, 1) for score in tally.scores.values())
        nothing = sum(score[1] == 0 for score in tally.scores.values())
        say(
            f"| {engine} | {len(tally.scores)} | {pages} | {precision:.3f} | {recall:.3f} | {together:.3f} | {exact}"
            f" | {nothing} | {pages / tally.seconds:.0f} |\n"
        )
    if "tablers" not in tallies:
        say("\ntablers is not installed and was not measured: pip install tablers\n")
    if verbose:
        for name, (precision, recall) in sorted(tallies["gongkai"].scores.items(), key=lambda item: sum(item[1])):
            if (precision, recall) != (1, 1):
                say(f"{name}: precision {precision:.2f}, recall {recall:.2f}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="the competition's PDFs and truths")
    parser.add_argument("--verbose", action="store_true", help="also the documents that gongkai does not read exactly")
    given = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font it does not like
    files = sorted(file for file in given.folder.glob("*.pdf") if file.with_name(file.stem + TRUTH).exists())
    if not files:
        parser.error(f"{str(given.folder)!r} holds no PDF with its truth ({TRUTH})")
    pages, tallies = measure(files)
    report(pages, tallies, verbose=given.verbose)


if __name__ == "__main__":
    main()
