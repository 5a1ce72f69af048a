"""How exactly and how fast scanned pages are read: ``python benchmarks/ocr.py FOLDER [--pages N]``.

Takes table pages of the drawn PDFs in FOLDER (one of each file, the one with most numbers), makes scans of them
(rendered, turned, noised, saved as JPEG) and compares what OCR reads with what the page's own text says.
Needs the extra: ``pip install 'gongkai[ocr]'``.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import io
import pathlib
import random
import re
import resource
import time
import unicodedata

import pypdfium2
from PIL import Image, ImageChops

from parsing.formats.pdf import read_pdf
from parsing.formats.pdf_fonts import use_boxes, use_system_fonts
from parsing.formats.scan import is_available, read_scanned_page
from parsing.formats.scan_extra import INSTALL
from parsing.grid import Cell, Grid

_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """How a page is damaged: dots per inch, degrees of slant, quarters, noise (grey levels), JPEG quality."""

    name: str
    dpi: int = 200
    slant: float = 0.0
    quarters: int = 0
    noise: float = 0.0
    quality: int = 90


FAULTS = (
    Fault("clean 200 dpi"),
    Fault("clean 100 dpi", dpi=100),
    Fault("+1.5 deg, noise 12, q40", slant=1.5, noise=12, quality=40),
    Fault("-1.5 deg, noise 12, q40, 150 dpi", dpi=150, slant=-1.5, noise=12, quality=40),
    Fault("quarter turn, -0.7 deg, noise 8, q60", slant=-0.7, quarters=1, noise=8, quality=60),
    Fault("upside down, 0.4 deg, noise 8, q60", slant=0.4, quarters=2, noise=8, quality=60),
)


@dataclasses.dataclass(slots=True)
class Score:
    """Counts over pages: of the text layer's tables, cells and numbers, and of those that OCR has the same."""

    pages: int = 0
    seconds: float = 0.0
    grids: int = 0
    same_grids: int = 0
    cells: int = 0
    same_cells: int = 0
    numbers: int = 0
    same_numbers: int = 0
    found_numbers: int = 0
    wrong_numbers: int = 0


def plain(text: str) -> str:
    """Text without spaces and widths, which printing does not tell for certain."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(plain(text)))


def scanned(page: pypdfium2.PdfPage, fault: Fault, seed: int) -> bytes:
    """A PDF of one page, a picture of the given page with its faults."""
    picture = page.render(scale=fault.dpi / 72, grayscale=True).to_pil()
    picture = picture.rotate(fault.slant, Image.Resampling.BICUBIC, fillcolor=255)
    if fault.quarters:
        picture = picture.rotate(-90 * fault.quarters, expand=True)
    if fault.noise:
        grain = random.Random(seed).randbytes(picture.width * picture.height)  # noqa: S311 - repeatable noise
        even = Image.frombytes("L", picture.size, grain)
        width = fault.noise * 12**0.5
        noise = even.point([round((level / 255 - 0.5) * width + 128) for level in range(256)])
        picture = ImageChops.add(picture, noise, 1, -128)
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=fault.dpi, quality=fault.quality)
    return out.getvalue()


def table_pages(folder: pathlib.Path) -> list[tuple[pathlib.Path, int]]:
    """The page (from 1) of each PDF of the folder that has most numbers in tables."""
    pages = []
    for path in sorted(folder.glob("*.pdf")):
        numbers: collections.Counter[int] = collections.Counter()
        for block in read_pdf(path.read_bytes()).blocks:
            if isinstance(block, Grid) and block.page:
                numbers[block.page] += sum(is_number(cell.text) for cell in block.cells)
        if numbers and numbers.most_common(1)[0][1] >= 10:
            pages.append((path, numbers.most_common(1)[0][0]))
    return pages


def compare(truth: list[Grid], read: list[Grid], score: Score, *, verbose: bool = False) -> None:
    """Add one page's counts: each table against the one read that is most like it."""
    left = list(read)
    for grid in truth:
        pairs = [(likeness(grid, other, step), index, step) for index, other in enumerate(left) for step in STEPS]
        _, index, step = max(pairs, default=(0, 0, (0, 0)))
        cells = _placed(left.pop(index), step) if pairs else {}
        for cell in grid.cells:
            text = cells.get(_place(cell))
            same = text is not None and plain(text) == plain(cell.text)
            score.cells += 1
            score.same_cells += same
            score.same_numbers += same and is_number(cell.text)
            if verbose and not same:
                print(f"      {cell.text!r} read {text!r}")
        score.grids += 1
        score.same_grids += set(cells) == {_place(cell) for cell in grid.cells}
    wanted = collections.Counter(plain(c.text) for g in truth for c in g.cells if is_number(c.text))
    found = collections.Counter(plain(c.text) for g in read for c in g.cells if is_number(c.text))
    score.numbers += wanted.total()
    score.found_numbers += (wanted & found).total()
    score.wrong_numbers += (found - wanted).total()


STEPS = [(rows, columns) for rows in range(-3, 4) for columns in (-1, 0, 1)]
"""Files rule rows in white round a table (its title), which a scan does not show."""


def likeness(grid: Grid, other: Grid, step: tuple[int, int]) -> int:
    """How many cells stand in the same places with the same text after moving the other table by rows and columns."""
    cells = _placed(other, step)
    return sum(1 + (plain(cells[_place(c)]) == plain(c.text)) for c in grid.cells if _place(c) in cells)


def _placed(grid: Grid, step: tuple[int, int]) -> dict[tuple[int, int, int, int], str]:
    return {(c.row + step[0], c.column + step[1], c.row_span, c.column_span): c.text for c in grid.cells}


def _place(cell: Cell) -> tuple[int, int, int, int]:
    return cell.row, cell.column, cell.row_span, cell.column_span


def measure(pages: list[tuple[pathlib.Path, int]], fault: Fault, *, verbose: bool) -> Score:
    score = Score()
    for seed, (path, number) in enumerate(pages):
        data = path.read_bytes()
        use_boxes()
        truth = [b for b in read_pdf(data).blocks if isinstance(b, Grid) and b.page == number]
        use_system_fonts()
        with pypdfium2.PdfDocument(data) as document:
            scan = scanned(document[number - 1], fault, seed)
        with pypdfium2.PdfDocument(scan) as document:
            start = time.process_time()
            blocks, _ = read_scanned_page(document.raw, 1)
            score.seconds += time.process_time() - start
        score.pages += 1
        before = (score.same_cells, score.cells)
        if verbose:
            print(f"   {path.name} p.{number}")
        compare(truth, [block for block in blocks if isinstance(block, Grid)], score, verbose=verbose)
        if verbose:
            print(f"      cells {score.same_cells - before[0]}/{score.cells - before[1]}", flush=True)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path, help="folder of drawn PDFs")
    parser.add_argument("--pages", type=int, default=20, help="most pages taken")
    parser.add_argument("--fault", help="only the faults whose name contains this")
    parser.add_argument("--verbose", action="store_true", help="name every difference")
    arguments = parser.parse_args()
    if not is_available():
        parser.error(f"reading scans needs the extra: {INSTALL}")
    pages = table_pages(arguments.folder)
    random.Random(1).shuffle(pages)  # noqa: S311 - the same pages every time
    print(f"{'fault':<40} pages tables same  cells   exact  numbers in place  on page  not there  s/page")
    for fault in FAULTS:
        if arguments.fault and arguments.fault not in fault.name:
            continue
        s = measure(pages[: arguments.pages], fault, verbose=arguments.verbose)
        print(
            f"{fault.name:<40} {s.pages:5} {s.grids:6} {s.same_grids:4} {s.cells:6} {s.same_cells / s.cells:7.4f} "
            f"{s.numbers:8} {s.same_numbers / s.numbers:8.4f} {s.found_numbers / s.numbers:8.4f} {s.wrong_numbers:10} "
            f"{s.seconds / s.pages:7.2f}",
            flush=True,
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
