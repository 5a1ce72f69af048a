"""Tables without rules: told by columns of amounts that stand under each other.

Only what is surely a table is taken for one: at least ``MIN_ROWS`` lines with amounts, white space between the columns
all the way down, and a heading above them.  Everything else stays lines of text.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence

from gongkai.parsing.formats.layout.lattice import Lattice
from gongkai.parsing.formats.layout.pieces import GAP, Line, Piece, line_of
from gongkai.parsing.formats.layout.spans import Span
from gongkai.parsing.formats.layout.typesetting import ADVANCE, FALL, RISE, Run, rows_of
from gongkai.parsing.formats.layout.unruled import SURE, Texts, rows_told_apart
from gongkai.parsing.formats.layout.words import TableWords

MIN_ROWS = 3
"""Lines with amounts under each other; fewer may be chance."""

RIVER = 1.0
"""White space in points between two columns, all the way down."""

SET = 6.0
"""Points by which amounts of one column may differ in where they begin, end or are centred."""

FAR = 3.5
"""Distance between two lines, in usual distances, beyond which the lower one is outside the table."""

MAX_HEADING = 8
"""Lines of a heading; printed forms have up to four levels, each of one line or two."""

_AMOUNT = re.compile(r"(?<![^\s])[-−(（]?\d[\d,，]*[.．]\d\d?(?![^\s)）])")


@dataclasses.dataclass(frozen=True, slots=True)
class _Table:
    """Lines from the first of the heading to the last of the body, and the columns they stand in."""

    heading: list[Line]
    body: list[Line]
    columns: list[tuple[float, float]]


def aligned_tables(runs: Sequence[Run], words: TableWords) -> tuple[list[tuple[Lattice, Texts]], list[Run]]:
    """The tables that upright runs outside all rules make, each with its cells' runs; and the runs left over."""
    if sum(map(_may_be_of_table, runs)) < MIN_ROWS:
        return [], list(runs)
    rows = rows_of(run for run in runs if run.direction == 0)
    lines = [line_of(row) for row in rows]
    found: list[tuple[Lattice, Texts]] = []
    taken: set[int] = set()
    for body in _bodies(lines, words):
        table = _table(lines, body, words)
        divided = _cells(table) if table else None
        if table is not None and divided is not None:
            found.append(divided)
            taken.update(id(line) for line in (*table.heading, *table.body))
    rest = [run for line in lines if id(line) not in taken for run in line.runs]
    return found, [*rest, *(run for run in runs if run.direction)]


def _may_be_of_table(run: Run) -> bool:
    """True where an amount stands apart in it; running text has spaces round its numbers, but no gaps."""
    if "." not in run.text and "．" not in run.text:
        return False
    for match in _AMOUNT.finditer(run.text):
        at = match.start()
        if at == 0:
            if match.end() == len(run.text):
                return True
            continue
        before = at - 1
        while run.text[before].isspace():
            before -= 1
        if run.offsets[at] - run.offsets[before] > (ADVANCE[run.text[before]] + GAP) * run.size:
            return True
    return False


def _bodies(lines: list[Line], words: TableWords) -> Iterator[range]:
    """The line numbers of each stretch from amounts to amounts with nothing but lines of a table between."""
    start = last = None
    for number, line in enumerate(lines):
        if line.has_amounts:
            if start is None or last is None or not _follows(lines, last, number, words):
                if start is not None and last is not None:
                    yield range(start, last + 1)
                start = number
            last = number
    if start is not None and last is not None:
        yield range(start, last + 1)


def _follows(lines: list[Line], last: int, number: int, words: TableWords) -> bool:
    """True where what stands between two lines with amounts may be a table's: short labels and dashes, no far gap."""
    steps = itertools.pairwise(lines[last : number + 1])
    return all(below.y - above.y <= FAR * max(above.size, below.size) for above, below in steps) and not any(
        words.is_apart(line.pieces[-1].text) for line in lines[last + 1 : number] if line.pieces
    )


def _table(lines: list[Line], body: range, words: TableWords) -> _Table | None:
    """The table with that body; None where its columns or its heading are not clear."""
    inside = list(lines[body.start : body.stop])
    if sum(line.has_amounts for line in inside) < MIN_ROWS:
        return None
    heading = _heading(lines, body.start, words)
    if not any(words.is_heading(piece.text) for line in heading for piece in line.pieces):
        return None
    columns = _columns([*inside, *heading[-1:]])
    if len(columns) < 2 or not _is_set_in(inside, columns):
        return None
    return _Table(heading, inside, columns)


def _heading(lines: list[Line], start: int, words: TableWords) -> list[Line]:
    """The lines above a body that are its heading: up to a caption, a far gap or a line of running text."""
    heading: list[Line] = []
    below = lines[start]
    for line in reversed(lines[max(start - MAX_HEADING, 0) : start]):
        far = below.y - line.y > FAR * max(line.size, below.size)
        if far or not line.pieces or any(words.is_apart(piece.text) for piece in line.pieces):
            break
        heading.insert(0, line)
        below = line
    return heading


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """Where something stands in any of the lines, as intervals with white space between them all the way down."""
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((piece.x0, piece.x1) for line in lines for piece in line.pieces):
        if columns and x0 - columns[-1][1] <= RIVER:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _is_set_in(lines: list[Line], columns: list[tuple[float, float]]) -> bool:
    """True where a line never has two amounts in one column, and some column has nothing but amounts set in line."""
    by_column: list[list[Piece]] = [[] for _ in columns]
    for line in lines:
        for column, pieces in _shared_out(line, columns).items():
            if len(pieces) > 1 and any(SURE.fullmatch(piece.text) for piece in pieces):
                return False
            by_column[column] += pieces
    return any(_is_in_line(pieces) for pieces in by_column if sum(piece.is_amount for piece in pieces) >= MIN_ROWS)


def _is_in_line(pieces: list[Piece]) -> bool:
    """True where pieces are amounts that begin, end or are centred at one place."""
    edges = ([p.x0 for p in pieces], [p.x1 for p in pieces], [p.middle for p in pieces])
    return all(piece.is_amount for piece in pieces) and any(max(at) - min(at) <= SET for at in edges)


def _shared_out(line: Line, columns: list[tuple[float, float]]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for piece in line.pieces:
        found.setdefault(_column_under(piece, columns), []).append(piece)
    return found


def _column_under(piece: Piece, columns: list[tuple[float, float]]) -> int:
    """The column a piece stands over most, or else nearest to."""
    return max(
        range(len(columns)),
        key=lambda index: (
            min(piece.x1, columns[index][1]) - max(piece.x0, columns[index][0]),
            -abs(piece.middle - sum(columns[index]) / 2),
        ),
    )


def _cells(table: _Table) -> tuple[Lattice, Texts] | None:
    """The table's rows and columns; None where its rows cannot be told."""
    columns = table.columns
    xs = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1]]
    lines = [*table.heading, table.body[0]]
    ys = [line.y - RISE * line.size for line in lines]
    bottom = table.body[-1].y + FALL * table.body[-1].size
    spans: list[Span] = []
    texts: Texts = {}
    for row, placed in enumerate(_placed_heading(table)):
        for column in range(len(columns)):
            if column in placed:
                texts[len(spans)] = [run for piece in placed[column] for run in piece.runs]
            spans.append(Span(row, column))
    first = len(spans)
    spans += [Span(len(table.heading), column) for column in range(len(columns))]
    for line in table.body:
        for column, pieces in _shared_out(line, columns).items():
            texts.setdefault(first + column, []).extend(run for piece in pieces for run in piece.runs)
    whole = Lattice(tuple(xs), (*ys, bottom), tuple(spans))
    lattice, texts = rows_told_apart(whole, texts)
    return (lattice, texts) if len(lattice.ys) > len(whole.ys) else None


def _placed_heading(table: _Table) -> list[dict[int, list[Piece]]]:
    """The heading's pieces by line and column; one over several columns stands at the first of them."""
    placed: list[dict[int, list[Piece]]] = []
    named: set[int] = set()
    for line in reversed(table.heading):
        own = _shared_out(line, table.columns)
        here = {column: pieces for column, pieces in own.items() if column not in named}
        for column in sorted(set(own) & named):
            middle = sum(piece.middle for piece in own[column]) / len(own[column])
            here[_first_under(middle, column, table.columns, named, set(own) - {column})] = own[column]
        placed.insert(0, here)
        named |= set(own)
    return placed


def _first_under(
    middle: float, column: int, columns: list[tuple[float, float]], named: set[int], others: set[int]
) -> int:
    """The first of the columns that a piece centred at ``middle`` over ``column`` is the heading of.

    These are neighbours with a heading of their own further down and none beside this piece, such that their common
    middle is nearest to the piece's.
    """
    free = named - others
    first, last = column, column
    while first - 1 in free:
        first -= 1
    while last + 1 in free:
        last += 1
    choices = ((a, b) for a in range(first, column + 1) for b in range(column, last + 1))
    return min(choices, key=lambda each: abs((columns[each[0]][0] + columns[each[1]][1]) / 2 - middle))[0]
