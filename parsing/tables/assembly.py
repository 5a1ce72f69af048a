"""From pieces on pages to whole tables: titles found, pieces joined, headings read as paths.

A *logical table* is what the publisher drew: one heading, however many pages.  Its rows are the rows of its pieces in
order; a heading repeated on a later page stays as rows marked ``is_header``, so that nothing printed is lost; a row cut
by the page break is one row again.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Sequence

from gongkai.parsing.tables.cut_headings import SAME_RULE, rules, whole_heading, widened
from gongkai.parsing.tables.header_paths import code_parts, header_paths, numbers_columns
from gongkai.parsing.tables.heads import head_lines, names_form, notes_after, running_lines, title_of
from gongkai.parsing.tables.indicators import heading_columns_of
from gongkai.parsing.tables.page_breaks import goes_on, mend
from gongkai.parsing.tables.pieces import Piece, heads_a_column
from gongkai.parsing.tables.stacked_statements import apart
from gongkai.parsing.tables.table import Table, TableCell
from gongkai.parsing.text.amounts import compact, read_number
from gongkai.parsing.text.captions import cut_unit, is_caption, is_note, is_page_number, without_continuation
from gongkai.parsing.text.grid import Block, Grid, TextLine
from gongkai.parsing.text.numbering import without_of_which

_FEW_COLUMNS = 6
"""Columns from which rules that stand alike on two pages are no chance."""


@dataclasses.dataclass(frozen=True, slots=True)
class Assembled:
    """A document's tables and what stands around them, both in reading order."""

    tables: tuple[Table, ...]
    lines: tuple[TextLine, ...]
    """Every line of running text, titles, captions and notes included."""
    in_heads: frozenset[int]
    """``id`` of each line that is a table's title or caption."""


def assemble(blocks: Iterable[Block]) -> Assembled:
    """Join table pieces into logical tables and give each its title, captions and notes."""
    tables: list[Table] = []
    lines: list[TextLine] = []
    pending: list[TextLine] = []
    in_heads: set[int] = set()
    blocks = list(itertools.chain.from_iterable(map(_apart, blocks)))
    running = running_lines(blocks)
    first: Piece | None = None  # of the last table, while it is all of it
    head: list[TextLine] = []
    for block in blocks:
        if isinstance(block, TextLine):
            lines.append(block)
            if id(block) not in running:
                pending.append(block)
            continue
        piece = Piece.of(block)
        is_next = all(is_page_number(line.text) for line in pending)
        if first is not None and is_next and (cut := whole_heading(first, piece)):
            first, tables[-1] = None, _table(len(tables) - 1, Piece.of(cut), head)
        elif tables and _continues(tables[-1], piece, pending):
            _append(tables[-1], piece)
            first = None
        else:
            if tables:
                tables[-1].notes.extend(notes_after(pending))
            head = head_lines(pending)
            in_heads.update(id(line) for line in head)
            tables.append(_table(len(tables), piece, head))
            first = piece
        pending = []
    if tables:
        tables[-1].notes.extend(notes_after(pending))
    return Assembled(tuple(tables), tuple(lines), frozenset(in_heads))


def _apart(block: Block) -> Iterable[Block]:
    return apart(block) if isinstance(block, Grid) else [block]


def _continues(table: Table, piece: Piece, pending: Sequence[TextLine]) -> bool:
    texts = [line.text for line in pending if not is_page_number(line.text)]
    if any(is_note(text) for text in texts):
        return False
    if _goes_on_with_indicators(table, piece, pending):
        return True
    named = [text for text in (*texts, *piece.caption_texts()) if not is_caption(text) and _says_something(text)]
    repeats = _repeated_heading(table, piece) > 0
    if named:
        if table.title is not None and all(without_continuation(text) in compact(table.title) for text in named):
            return repeats or _is_ruled_alike(table, piece, few=1)
        return not any(map(names_form, named)) and _is_ruled_alike(table, piece, few=_FEW_COLUMNS)
    if repeats or _has_own_heading(piece):
        return repeats
    return piece.grid.column_count == table.width or not pending or _columns_of(table, piece.grid) is not None


def _goes_on_with_indicators(table: Table, piece: Piece, pending: Sequence[TextLine]) -> bool:
    """True for rows of indicators between the rules of the page before, though a name of one ends like a heading.

    The page's end cuts the merged cells of their levels, which then have no rule at the left: what they say stands
    beside the piece.
    """
    if piece.captions or piece.grid.page is None or piece.grid.page - 1 != table.last_page:
        return False
    headings = [{cell.plain for cell in cells} for cells in table.rows().values()]
    own = [set(map(compact, row)) for row in piece.matrix]
    return (
        any(map(heading_columns_of, headings))
        and not any(map(heading_columns_of, own))
        and _columns_of(table, piece.grid) is not None
        and all(is_page_number(line.text) or _stands_beside(line, table, piece) for line in pending)
    )


def _stands_beside(line: TextLine, table: Table, piece: Piece) -> bool:
    """True for text at the left of every cell of its page, where the table has columns; no form's name."""
    places = [(cell.page, cell.box) for cell in table.cells] + [(cell.page, cell.box) for cell in piece.grid.cells]
    here = [box.x0 for page, box in places if box is not None and page == line.page]
    if line.box is None or not here or names_form(line.text):
        return False
    first = min(cell.box.x0 for cell in table.cells if cell.box is not None)
    return first <= line.box.x0 and line.box.x1 <= min(here)


def _says_something(text: str) -> bool:
    """False for words that open a list and stand alone (of which:): they are no name of a table."""
    return bool(without_of_which(compact(text)))


def _is_ruled_alike(table: Table, piece: Piece, *, few: int) -> bool:
    """True for rows without any heading between the very rules of the page before, at least ``few`` columns of them.

    Text between the two is then what overflowed a cell at the page's edge, where it does not show.
    """
    bare = piece.heading == piece.captions == 0 and piece.grid.column_count >= few
    follows = piece.grid.page is not None and piece.grid.page - 1 == table.last_page
    return bare and follows and _columns_of(table, piece.grid) is not None


def _has_own_heading(piece: Piece) -> bool:
    """True when most of what stands before the first body row are the words of column headings, over most columns.

    A name alone beside blank cells is a row without amounts.
    """
    said = piece.heading_texts()
    rows = piece.covered[piece.captions : piece.heading]
    headed = sum(any(text.strip() for text in column) for column in zip(*rows, strict=True))
    return headed * 2 > piece.grid.column_count and sum(map(heads_a_column, said)) * 2 > len(said)


def _repeated_heading(table: Table, piece: Piece) -> int:
    """Count the piece's leading rows that repeat heading rows of the table, captions included; 0 when none do.

    A repeated heading may have lost or shifted a column, so four in five of its texts decide.
    """
    if abs(piece.grid.column_count - table.width) > 2:
        return 0
    heading = _said_by_row(table, headings_only=True)
    end = piece.captions + len(heading)
    said = [plain for row in piece.matrix[piece.captions : end] for text in row if (plain := compact(text))]
    known = {text for row in heading for text in row}
    if heading and end <= piece.grid.row_count and sum(text in known for text in said) * 5 >= len(said) * 4:
        return end
    first = {plain for text in piece.matrix[piece.captions] if (plain := compact(text))}
    inner = len(first) > 2 and any(first <= set(row) for row in _said_by_row(table, headings_only=False))
    return piece.captions + 1 if inner else 0


def _said_by_row(table: Table, *, headings_only: bool) -> list[list[str]]:
    """Texts of the table's rows; of its first heading only, or of every row without a number."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if not headings_only or table.captions_inside <= cell.row < table.heading_rows:
            rows.setdefault(cell.row, []).append(cell.plain)
    kept = [[text for text in rows[row] if text] for row in sorted(rows)]
    return kept if headings_only else [row for row in kept if not any(read_number(text) for text in row)]


def _table(index: int, piece: Piece, head: Sequence[TextLine]) -> Table:
    texts = [line.text for line in head] + piece.caption_texts()
    title, captions = title_of(texts)
    blank = [""] * piece.grid.column_count
    table = Table(index, title, captions, [], blank, piece.heading, piece.captions)
    _add_rows(table, piece, range(piece.grid.row_count))
    matrix, covered = piece.matrix, piece.covered
    if (end := _end_of_caption(captions, matrix[piece.captions : piece.heading])) is not None:
        captions.append(end)
        matrix, covered = ([[_without_line(text, end) for text in row] for row in rows] for rows in (matrix, covered))
    table.headers = header_paths(matrix, covered, piece.captions, piece.heading, piece.grid.spans_known)
    _add_code_parts(table, piece)
    return table


def _end_of_caption(captions: Sequence[str], heading: Sequence[Sequence[str]]) -> str | None:
    """The end of a caption that breaks off over the table, 单位：万 / 元, where a heading begins with it."""
    lines = (text.split("\n")[0].strip() for row in heading for text in row if "\n" in text)
    return next((line for line in lines if captions and len(line) == 1 and cut_unit(captions[-1], line)), None)


def _without_line(text: str, line: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if rest and first.strip() == line else text


def _add_code_parts(table: Table, piece: Piece) -> None:
    """Complete the headings of codes by a row that also holds the total, or numbers the columns."""
    for row in range(max(piece.heading - 1, 0), min(piece.heading + 1, piece.grid.row_count)):
        if row < piece.heading and not numbers_columns(piece.matrix[row]):
            continue
        parts = code_parts(piece.matrix[row])
        for column, part in parts.items():
            table.headers[column] = "/".join(filter(None, (table.headers[column], part)))
        for cell in table.cells:
            cell.is_header = cell.is_header or (cell.row == row and cell.column in parts)


def _columns_of(table: Table, grid: Grid) -> list[int] | None:
    """The table's columns that a later page's piece, which may be narrower, goes on with, told by their rules.

    The last is where the piece ends.  None where a rule of the piece stands where the table has none.
    """
    there = [(cell.column, cell.column_span, cell.box) for cell in table.cells]
    here = [(cell.column, cell.column_span, cell.box) for cell in grid.cells]
    if grid.column_count > table.width:
        return None
    known, wanted = rules(there), rules(here)
    columns = [
        next((column for column, x in sorted(known.items()) if abs(x - wanted[number]) <= SAME_RULE), None)
        for number in range(grid.column_count + 1)
        if number in wanted
    ]
    found = [column for column in columns if column is not None]
    whole = len(found) == grid.column_count + 1 and found == sorted(set(found))
    return found if whole and found[-1] == table.width else None


def _append(table: Table, piece: Piece) -> None:
    if piece.grid.column_count < table.width and (columns := _columns_of(table, piece.grid)):
        piece = Piece.of(widened(piece.grid, columns, table.width))
    heading = _repeated_heading(table, piece) or piece.captions
    if piece.captions < heading == piece.captions + table.heading_rows - table.captions_inside:
        paths = header_paths(piece.matrix, piece.covered, piece.captions, heading, piece.grid.spans_known)
        if piece.grid.column_count == table.width and _differs(paths, table.headers):
            table.header_mismatch_pages.append(piece.grid.page)
    if piece.grid.column_count > table.width:
        table.headers.extend([""] * (piece.grid.column_count - table.width))
    _add_rows(table, piece, range(heading), as_header=True)
    start = heading
    if start < piece.grid.row_count and goes_on(table, piece, start):
        mend(table, piece, start)
        start += 1
    _add_rows(table, piece, range(start, piece.grid.row_count))


def _differs(paths: Sequence[str], headers: Sequence[str]) -> bool:
    """A later page's heading disagrees with the first page's (a column lost or shifted), compared column by column."""
    return any(path and header and path != header for path, header in zip(paths, headers, strict=False))


def _add_rows(table: Table, piece: Piece, rows: range, *, as_header: bool = False) -> None:
    first = table.row_count
    table.row_count += len(rows)
    chosen = {row: first + offset for offset, row in enumerate(rows)}
    own_heading = not table.cells
    for cell in piece.grid.cells:
        if cell.row not in chosen:
            continue
        header = as_header or (own_heading and cell.row < piece.heading)
        table.cells.append(
            TableCell(
                chosen[cell.row],
                cell.column,
                cell.text,
                cell.row_span,
                cell.column_span,
                cell.page,
                cell.box,
                header,
                cell.ocr_confidence,
            )
        )
