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
import math
import pathlib
import random
import re
import resource
import time
import unicodedata

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from gongkai.parsing.formats.pdf.missing_fonts import use_boxes, use_system_fonts
from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.formats.scan.extra import INSTALL, UNCERTAIN
from gongkai.parsing.formats.scan.reader import is_available, read_scanned_page
from gongkai.parsing.text.grid import Block, Cell, Grid, TextLine

_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")
_AMOUNT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """How a page is damaged: dots per inch, degrees of slant, quarters, noise (grey levels), JPEG quality, a stamp."""

    name: str
    dpi: int = 200
    slant: float = 0.0
    quarters: int = 0
    noise: float = 0.0
    quality: int = 90
    stamp: tuple[int, int, int] | None = None
    """Colour of the ink of a stamp across the page's middle."""


FAULTS = (
    Fault("clean, 200 dpi"),
    Fault("clean, 150 dpi", dpi=150),
    Fault("+1.5 deg, noise 12, q40, 200 dpi", slant=1.5, noise=12, quality=40),
    Fault("-2 deg, noise 12, q40, 150 dpi", dpi=150, slant=-2.0, noise=12, quality=40),
    Fault("quarter turn, -0.7 deg, noise 8, q60", slant=-0.7, quarters=1, noise=8, quality=60),
    Fault("upside down, 0.5 deg, noise 8, q60", slant=0.5, quarters=2, noise=8, quality=60),
    Fault("red stamp, 0.5 deg, q60", slant=0.5, quality=60, stamp=(215, 40, 50)),
    Fault("grey stamp, 0.5 deg, q60", slant=0.5, quality=60, stamp=(120, 120, 120)),
)


@dataclasses.dataclass(slots=True)
class Score:
    """Counts over pages: of the text layer's tables, amounts and labels, and of those that OCR has the same."""

    pages: int = 0
    seconds: float = 0.0
    grids: int = 0
    same_grids: int = 0
    amounts: int = 0
    same_amounts: int = 0
    found_amounts: int = 0
    invented: int = 0
    """Amounts read that are not on the page ..."""
    unmarked: int = 0
    """... and whose likelihood gives no warning."""
    marked: int = 0
    """Amounts read right that are marked as uncertain all the same."""
    labels: int = 0
    same_labels: int = 0


def plain(text: str) -> str:
    """Text without spaces and widths, which printing does not tell for certain."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(plain(text)))


def is_amount(text: str) -> bool:
    """True for a number with decimals or separators, which no code, year or running number is."""
    return bool(_AMOUNT.fullmatch(plain(text))) and not plain(text).lstrip("+-").isdigit()


def scanned(page: pypdfium2.PdfPage, fault: Fault, seed: int) -> bytes:
    """A PDF of one page, a picture of the given page with its faults."""
    picture = page.render(scale=fault.dpi / 72, grayscale=fault.stamp is None).to_pil()
    if fault.stamp:
        picture = _stamped(picture.convert("RGB"), fault.stamp, fault.dpi)
    paper = 255 if fault.stamp is None else (255, 255, 255)
    picture = picture.rotate(fault.slant, Image.Resampling.BICUBIC, expand=True, fillcolor=paper)
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


def _stamped(picture: Image.Image, colour: tuple[int, int, int], dpi: int) -> Image.Image:
    """A round stamp of 4.2 cm in the middle of the page, a star in it; ink does not cover ink."""
    ink = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(ink)
    radius, x, y = 60 / 72 * dpi, picture.width / 2, picture.height / 2
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colour, width=round(3 / 72 * dpi))
    turns = [math.pi * (0.4 * corner - 0.5) for corner in (0, 2, 4, 1, 3)]
    star = [(x + 0.35 * radius * math.cos(turn), y + 0.35 * radius * math.sin(turn)) for turn in turns]
    draw.polygon(star, fill=colour)
    return ImageChops.multiply(picture, ink)


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


def compare(truth: list[Grid], blocks: list[Block], score: Score, *, verbose: bool = False) -> None:
    """Add one page's counts: each table against the one read that is most like it."""
    read = [block for block in blocks if isinstance(block, Grid)]
    lines = {plain(block.text) for block in blocks if isinstance(block, TextLine)}
    left = list(read)
    for grid in truth:
        pairs = [(likeness(grid, other, step), index, step) for index, other in enumerate(left) for step in STEPS]
        _, index, step = max(pairs, default=(0, 0, (0, 0)))
        cells = _placed(left.pop(index), step) if pairs else {}
        for cell in grid.cells:
            text = cells.get(_place(cell))
            same = text is not None and plain(text) == plain(cell.text)
            if is_amount(cell.text):
                score.amounts += 1
                score.same_amounts += same
            elif cell.text.strip() and not is_number(cell.text):
                score.labels += 1
                same = same or plain(cell.text) in lines
                score.same_labels += same
            if verbose and not same and (cell.text or text):
                print(f"      {cell.text!r} read {text!r}")
        score.grids += 1
        score.same_grids += {place for place, text in cells.items() if text} == {
            _place(cell) for cell in grid.cells if cell.text
        }
    _count_amounts(truth, read, score)


def _count_amounts(truth: list[Grid], read: list[Grid], score: Score) -> None:
    """Which amounts stand anywhere in the page's tables, and which of those read do not."""
    wanted = collections.Counter(plain(c.text) for g in truth for c in g.cells)
    amounts = [cell for grid in read for cell in grid.cells if is_amount(cell.text)]
    for cell in sorted(amounts, key=lambda cell: -(cell.ocr_confidence or 0.0)):
        text, certain = plain(cell.text), (cell.ocr_confidence or 0.0) >= UNCERTAIN
        if wanted[text] > 0:
            wanted[text] -= 1
            score.found_amounts += 1
            score.marked += not certain
        else:
            score.invented += 1
            score.unmarked += certain


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
        if verbose:
            print(f"   {path.name} p.{number}")
        compare(truth, blocks, score, verbose=verbose)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path, help="folder of drawn PDFs")
    parser.add_argument("--pages", type=int, default=20, help="most pages taken")
    parser.add_argument("--fault", action="append", help="only the faults whose name contains this; may be repeated")
    parser.add_argument("--verbose", action="store_true", help="name every difference")
    arguments = parser.parse_args()
    if not is_available():
        parser.error(f"reading scans needs the extra: {INSTALL}")
    pages = table_pages(arguments.folder)
    random.Random(1).shuffle(pages)  # noqa: S311 - the same pages every time
    print(f"{'fault':<38} pages tables whole amounts in place on page invented unmarked marked labels right s/page")
    for fault in FAULTS:
        if arguments.fault and not any(part in fault.name for part in arguments.fault):
            continue
        s = measure(pages[: arguments.pages], fault, verbose=arguments.verbose)
        print(
            f"{fault.name:<38} {s.pages:5} {s.grids:6} {s.same_grids:5} {s.amounts:7} "
            f"{s.same_amounts / s.amounts:8.4f} {s.found_amounts / s.amounts:7.4f} {s.invented:8} {s.unmarked:8} "
            f"{s.marked:6} {s.labels:6} {s.same_labels / s.labels:12.4f} {s.seconds / s.pages:6.2f}",
            flush=True,
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
