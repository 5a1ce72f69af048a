"""Plain-text disclosures: the three layouts that text exports of statement forms come in.

*Tabbed*: a table row is one line, its cells separated by tabs; a blank line or a line without tabs ends the table.
A merged cell prints its text once, at its top left, and blanks elsewhere.  Markdown headings (``#``) may stand between.

*One cell per line*: each cell is a line that begins with a tab, a blank line ends the row, running text ends the
table.  A cell of several lines goes on without the tab.  A cell merged over columns is printed once and takes no
further lines, one merged over rows leaves a blank cell below: the columns of a heading are found by laying it over
the row beneath it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.parsing.formats.layout.words import NO_WORDS, TableWords
from gongkai.parsing.text.grid import Block, Cell, Grid, Reading, TextLine

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BOOKMARK = re.compile(r"\[bookmark: [^\]]*\]")


def read_text(text: str, words: TableWords = NO_WORDS) -> Reading:
    """Read a text document; never fails, text without tables gives lines only.  ``words`` tell totals in headings."""
    lines = text.split("\n")
    blocks = _one_cell_per_line(lines, words) if _is_one_cell_per_line(lines) else _tabbed(lines)
    return Reading("text", tuple(blocks))


def _is_one_cell_per_line(lines: list[str]) -> bool:
    """True when lines that hold a tab mostly begin with their only one."""
    tabbed = [line for line in lines if "\t" in line]
    single = sum(1 for line in tabbed if line.startswith("\t") and line.count("\t") == 1)
    return bool(tabbed) and single * 2 > len(tabbed)


def _text_line(line: str) -> TextLine:
    shown = _BOOKMARK.sub("", line).strip()
    heading = _HEADING.fullmatch(shown)
    if heading is None:
        return TextLine(shown)
    return TextLine(heading.group(2), heading=len(heading.group(1)))


def _tabbed(lines: list[str]) -> Iterator[Block]:
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            yield _grid([[(text, 1) for text in row] for row in rows], spans_known=False)
            rows = []
        if line.strip():
            yield _text_line(line)


def _one_cell_per_line(lines: list[str], words: TableWords) -> Iterator[Block]:
    rows: list[tuple[int, list[str]]] = []
    """Blank lines before the row, and its cells."""
    blanks = 0
    for line in lines:
        if line.startswith("\t"):
            if blanks or not rows:
                rows.append((blanks, []))
            rows[-1][1].append(line[1:])
            blanks = 0
        elif not line.strip():
            blanks += 1
        elif rows and not blanks and not _BOOKMARK.search(line) and not line.startswith(" "):
            rows[-1][1][-1] += "\n" + line
        else:
            yield from _table(rows, words)
            rows, blanks = [], 0
            yield _text_line(line)
    yield from _table(rows, words)


def _table(rows: list[tuple[int, list[str]]], words: TableWords) -> Iterator[Grid]:
    if rows:
        yield _grid(_laid_over(_rejoined(rows), words), spans_known=True)


def _rejoined(rows: list[tuple[int, list[str]]]) -> list[list[str]]:
    """Undo row ends that were a line feed at the end of a cell's own text.

    Such a row comes in parts, a single blank line apart, that together fill exactly the width of the rows before
    and behind them.
    """
    joined: list[list[str]] = []
    index = 0
    while index < len(rows):
        parts = _parts_of_a_row(rows, index, len(joined[-1]) if joined else 0)
        joined.append([cell for _, part in rows[index : index + parts] for cell in part])
        index += parts
    return joined


def _parts_of_a_row(rows: list[tuple[int, list[str]]], first: int, width: int) -> int:
    filled = len(rows[first][1])
    last = first
    while filled < width and last + 1 < len(rows) and rows[last + 1][0] == 1:
        last += 1
        filled += len(rows[last][1])
    whole = width > 3 and filled == width and last > first
    followed = last + 1 < len(rows) and rows[last + 1][0] == 1
    return last - first + 1 if whole and (not followed or len(rows[last + 1][1]) == width) else 1


def _laid_over(rows: list[list[str]], words: TableWords) -> list[list[tuple[str, int]]]:
    """Give each cell of a short row the columns it covers in the next wider row, where that is certain."""
    placed = [[(text, 1) for text in row] for row in rows]
    for index in range(len(rows) - 2, -1, -1):
        above, below = rows[index], placed[index + 1]
        width = sum(span for _, span in below)
        if len(above) < width and len(above) > 1:
            spans = _spans_over(above, below, words)
            if spans is not None:
                placed[index] = list(zip(above, spans, strict=True))
    return placed


def _spans_over(above: list[str], below: list[tuple[str, int]], words: TableWords) -> list[int] | None:
    """Columns each heading covers, or None when the row below does not tell.

    A blank below is a heading merged downwards: it has exactly one column.  A run of filled cells lies under
    one heading, or under several: a further one begins where the first label comes again (``item | budget | item |
    budget``), or where a total opens a group of amounts (``code | name | total | wages``).
    """
    for restarts, totals in ((True, NO_WORDS), (False, words), (True, words)):
        groups: list[int] = []
        run: list[tuple[str, int]] = []
        for text, span in [*below, ("", 0)]:
            if text.strip():
                run.append((text, span))
                continue
            groups.extend(_groups(run, restarts=restarts, totals=totals))
            run = []
            if span:
                groups.append(span)
        if len(groups) == len(above):
            return groups
    return None


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _groups(run: list[tuple[str, int]], *, restarts: bool, totals: TableWords) -> list[int]:
    """Widths of the groups in a run of sub-headings."""
    widths: list[int] = []
    for text, span in run:
        again = restarts and _unspaced(text) == _unspaced(run[0][0])
        if not widths or again or totals.is_total(text):
            widths.append(0)
        widths[-1] += span
    return widths


def _grid(rows: list[list[tuple[str, int]]], *, spans_known: bool) -> Grid:
    width = max(sum(span for _, span in row) for row in rows)
    cells: list[Cell] = []
    for index, row in enumerate(rows):
        column = 0
        for text, span in row:
            cells.append(Cell(index, column, text, column_span=span))
            column += span
        cells.extend(Cell(index, blank, "") for blank in range(column, width))
    return Grid(len(rows), width, tuple(cells), spans_known=spans_known)
