"""From pieces on pages to whole tables: titles found, pieces joined, headings read as paths.

A *logical table* is what the publisher drew: one heading, however many pages.  Its rows are the rows of its pieces in
order; a heading repeated on a later page stays as rows marked ``is_header``, so that nothing printed is lost; a row cut
by the page break is one row again.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Sequence

from gongkai.parsing.text.amounts import compact, is_blank, read_number, unspaced
from gongkai.parsing.text.captions import (
    could_be_title,
    ends_like_contents,
    goes_on_with_note,
    is_caption,
    is_contents_entry,
    is_note,
    is_page_number,
    unit_in,
)
from gongkai.parsing.text.grid import Block, Box, Grid, TextLine
from gongkai.parsing.text.numbering import entry, without_enumerator
from gongkai.vocabulary.forms import form_of_title

_COLUMN_NUMBERS = re.compile(r"[栏档行]次|序号")
_TOTAL_STARTS = re.compile(r"(合|总|共|小)计|.{2,8}(收入|支出)(合|总|小)计")
_CODE = re.compile(r"[1-9]\d{2}(\d{2}){0,2}|0\d{2,5}|\d{6,}|(?=.*\d)[\dA-Z]{10,}")
_SENTENCE = re.compile(r"。|；|.{60}")
_SUBTOTAL = re.compile(r"[小合总]计")
_COLUMN_WORD = re.compile(
    r".*(名称|编码|代码|编号|项目|科目|金额|[合小总]计|收入|支出|经费|拨款|结转|结余|资金|预算|决算数?|指标值?|单位|部门|数量|单价|"
    r"类别|类型|性质|备注|说明|依据|描述|序号|[栏行]次|类|款|项|数|费|规格|形式|元[)）])"
)
_TARGETS = ("指标值", "年度指标值", "本年绩效指标值", "绩效指标值", "预期指标值", "目标值")
_ROW_NAMES = re.compile(r".*(项目|名称|编码|代码|科目|序号)")
_MAX_HEADING_ROWS = 6
_SHORT = 12
"""Characters of the rest of a caption that was too long for its place."""
_SAME_RULE = 2.0
"""Points by which a rule may move from page to page."""
_FEW_COLUMNS = 6
"""Columns from which rules that stand alike on two pages are no chance."""
_SAME_HEIGHT = 10.0
"""Points by which a running head may move from page to page."""


@dataclasses.dataclass(slots=True)
class TableCell:
    """A cell of a logical table; ``row`` and ``column`` count over all its pieces."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None
    is_header: bool = False
    ocr_confidence: float | None = None


@dataclasses.dataclass(slots=True)
class Table:
    """A logical table.  ``headers`` are the header paths by column, levels joined by ``/``, white space removed."""

    index: int
    title: str | None
    captions: list[str]
    cells: list[TableCell]
    headers: list[str]
    heading_rows: int
    """Leading rows that are captions or heading."""
    captions_inside: int = 0
    """Leading rows that are captions drawn inside the ruling."""
    notes: list[str] = dataclasses.field(default_factory=list)
    header_mismatch_pages: list[int | None] = dataclasses.field(default_factory=list)
    row_count: int = 0
    """Rows, headings included."""

    @property
    def width(self) -> int:
        return len(self.headers)

    @property
    def unit(self) -> str | None:
        """The unit of account its captions or its heading state."""
        return unit_in([*reversed(self.captions), *(cell.text for cell in self.cells if cell.is_header)])

    @property
    def first_page(self) -> int | None:
        return min((cell.page for cell in self.cells if cell.page is not None), default=None)

    @property
    def last_page(self) -> int | None:
        return max((cell.page for cell in self.cells if cell.page is not None), default=None)

    def body(self) -> list[dict[int, TableCell]]:
        """The rows below the heading, each as its cells by column (blank ones included), repeated headings left out."""
        rows: dict[int, dict[int, TableCell]] = {}
        for cell in self.cells:
            if not cell.is_header:
                rows.setdefault(cell.row, {})[cell.column] = cell
        return [rows[row] for row in sorted(rows)]


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
    blocks = list(blocks)
    running = _running_lines(blocks)
    for block in blocks:
        if isinstance(block, TextLine):
            lines.append(block)
            if id(block) not in running:
                pending.append(block)
            continue
        piece = _Piece.of(block)
        if tables and _continues(tables[-1], piece, pending):
            _append(tables[-1], piece)
        else:
            if tables:
                tables[-1].notes.extend(_notes(pending))
            head = _head_lines(pending)
            in_heads.update(id(line) for line in head)
            tables.append(_table(len(tables), piece, head))
        pending = []
    if tables:
        tables[-1].notes.extend(_notes(pending))
    return Assembled(tuple(tables), tuple(lines), frozenset(in_heads))


def _running_lines(blocks: Sequence[Block]) -> set[int]:
    """``id`` of each line that is a page's running head or foot: the same text at the same height on many pages.

    A title that stands on every page of its tables (项目绩效目标表) is none: it names a form.
    """
    edges: dict[int, tuple[Block, Block]] = {}
    for block in blocks:
        if block.page is not None:
            edges[block.page] = (edges[block.page][0] if block.page in edges else block, block)
    places: dict[tuple[str, int, int], list[TextLine]] = {}
    for pair in edges.values():
        for end, line in enumerate(pair):
            if isinstance(line, TextLine) and line.box is not None:
                key = (compact(line.text), end, round(line.box.y0 / _SAME_HEIGHT))
                places.setdefault(key, []).append(line)
    many = max(3, len(edges) // 4)
    repeated = (lines for lines in places.values() if len(lines) >= many)
    return {
        id(line)
        for lines in repeated
        if not is_caption(lines[0].text) and form_of_title(without_enumerator(lines[0].text)) is None
        for line in lines
    }


def _notes(pending: Sequence[TextLine]) -> list[str]:
    """Remarks that follow a table, up to the first line that is none."""
    notes: list[str] = []
    for line in pending:
        if is_note(line.text) or (notes and goes_on_with_note(line.text)):
            notes.append(line.text)
        elif not is_page_number(line.text):
            break
    return notes


@dataclasses.dataclass(slots=True)
class _Piece:
    """A grid with its rows told apart: captions inside the ruling, heading, body."""

    grid: Grid
    matrix: list[list[str]]
    """Text by position; a merged cell's text at its anchor only."""
    covered: list[list[str]]
    """Text by position; a merged cell's text at every position it covers."""
    captions: int
    """Leading rows that are captions."""
    heading: int
    """Rows, captions included, before the first body row."""

    @classmethod
    def of(cls, grid: Grid) -> _Piece:
        matrix = [[""] * grid.column_count for _ in range(grid.row_count)]
        covered = [[""] * grid.column_count for _ in range(grid.row_count)]
        for cell in grid.cells:
            matrix[cell.row][cell.column] = cell.text
            for row in range(cell.row, min(cell.row + cell.row_span, grid.row_count)):
                for column in range(cell.column, min(cell.column + cell.column_span, grid.column_count)):
                    covered[row][column] = cell.text
        captions = _caption_rows(matrix)
        return cls(grid, matrix, covered, captions, _heading_rows(matrix, captions))

    def caption_texts(self) -> list[str]:
        return [text for row in self.matrix[: self.captions] for text in row if text.strip()]

    def heading_texts(self) -> list[str]:
        """What the heading says, as a bag of compact texts, the row of column numbers left out."""
        rows = self.matrix[self.captions : self.heading]
        return [plain for row in rows if not _numbers_columns(row) for text in row if (plain := compact(text))]


def _caption_rows(matrix: list[list[str]]) -> int:
    """Leading rows inside the ruling that only carry the title, entity, year or unit."""
    captions = 0
    for row in matrix[:_MAX_HEADING_ROWS]:
        filled = [text for text in row if text.strip()]
        alone = len(filled) == 1 and len(row) > 1 and (could_be_title(filled[0]) or is_note(filled[0]))
        if filled and not alone and not all(is_caption(text) for text in filled):
            break
        captions += 1
    while captions and captions < len(matrix) and not any(text.strip() for text in matrix[captions - 1]):
        captions -= 1
    return captions if captions < len(matrix) else 0


def _numbers_columns(row: Sequence[str]) -> bool:
    """True for the row that numbers the columns (栏次 | 1 | 2 | 3 …)."""
    filled = [compact(text) for text in row if text.strip()]
    numbers = [int(text) for text in filled if text.isdigit() and len(text) < 3]
    consecutive = len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    rest = [text for text in filled if not text.isdigit()]
    if rest and _COLUMN_NUMBERS.fullmatch(rest[0]) and len(rest) == 1:
        return consecutive or not numbers
    lettered = all(re.fullmatch(r"[*甲乙丙丁]{1,3}|[A-Z]|\d{1,2}(=[\d+\-]+)?", text) for text in filled)
    return lettered and (
        (consecutive and numbers[0] in (1, 0)) or (len(filled) > 3 and "1" in filled and "2" in filled)
    )


def _begins_body(row: Sequence[str]) -> bool:
    """True for a row that can't be heading: it holds an amount, a code, a sentence, a total's name or listed items."""
    filled = [compact(text) for text in row if text.strip()]
    words = [text for text in filled if not read_number(text)]
    if len(words) < len(filled) or any(_CODE.fullmatch(text) or _is_sentence(text) for text in words):
        return True
    return bool(words) and all(map(_names_a_row, words))


def _names_a_row(text: str) -> bool:
    """True for a total's name and for an entry of a list: what no heading is called."""
    number = entry(text)
    return _TOTAL_STARTS.fullmatch(text) is not None or (number is not None and number.length < len(text))


def _is_sentence(text: str) -> bool:
    number = entry(text)
    is_entry = number is not None and number.style == "digits" and number.length + 2 <= len(text)
    return is_entry or _SENTENCE.search(text) is not None


def _heading_rows(matrix: list[list[str]], captions: int) -> int:
    index = captions
    limit = min(len(matrix), captions + _MAX_HEADING_ROWS)
    while index < limit:
        row = matrix[index]
        if _numbers_columns(row):
            return index + 1
        if _begins_body(row):
            return index
        if not any(text.strip() for text in row) and index > captions:
            return index
        if _looks_like_body_text(row, matrix[captions]):
            return index
        index += 1
    return index if index < limit or (limit == len(matrix) and limit - captions <= 3) else captions + 1


def _looks_like_body_text(row: Sequence[str], first: Sequence[str]) -> bool:
    """A row of words below a full single-level heading (a list of units, of indicators) is body, not heading."""
    if row is first:
        return False
    return all(text.strip() for text in first) and len(set(map(compact, first))) == len(first)


def _continues(table: Table, piece: _Piece, pending: Sequence[TextLine]) -> bool:
    texts = [line.text for line in pending if not is_page_number(line.text)]
    if any(is_note(text) for text in texts):
        return False
    named = [text for text in (*texts, *piece.caption_texts()) if not is_caption(text)]
    repeats = _repeated_heading(table, piece) > 0
    if named:
        same_title = table.title is not None and all(compact(text) in compact(table.title) for text in named)
        return (same_title and repeats) or (not any(map(_names_form, named)) and _is_ruled_alike(table, piece))
    if repeats:
        return True
    if _has_own_heading(piece):
        return False
    if piece.grid.column_count == table.width or not pending:
        return True
    return _columns_of(table, piece.grid) is not None


def _is_ruled_alike(table: Table, piece: _Piece) -> bool:
    """True for rows without any heading between the very rules of the page before.

    Text between the two is then what overflowed a cell at the page's edge, where it does not show.
    """
    bare = piece.heading == piece.captions == 0 and piece.grid.column_count >= _FEW_COLUMNS
    follows = piece.grid.page is not None and piece.grid.page - 1 == table.last_page
    return bare and follows and _columns_of(table, piece.grid) is not None


def _has_own_heading(piece: _Piece) -> bool:
    """True when most of what stands before the first body row are the words of column headings."""
    said = piece.heading_texts()
    return bool(said) and sum(_COLUMN_WORD.fullmatch(text) is not None for text in said) * 2 > len(said)


def _repeated_heading(table: Table, piece: _Piece) -> int:
    """How many of the piece's leading rows repeat heading rows of the table, captions included; 0 when none do.

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
            rows.setdefault(cell.row, []).append(compact(cell.text))
    kept = [[text for text in rows[row] if text] for row in sorted(rows)]
    return kept if headings_only else [row for row in kept if not any(read_number(text) for text in row)]


def _table(index: int, piece: _Piece, head: Sequence[TextLine]) -> Table:
    texts = [line.text for line in head] + piece.caption_texts()
    title, captions = _title_of(texts)
    blank = [""] * piece.grid.column_count
    table = Table(index, title, captions, [], blank, piece.heading, piece.captions)
    _add_rows(table, piece, range(piece.grid.row_count))
    table.headers = header_paths(piece.matrix, piece.covered, piece.captions, piece.heading, piece.grid.spans_known)
    return table


def _head_lines(pending: Sequence[TextLine]) -> list[TextLine]:
    """The lines directly above a table that belong to it: captions, and the nearest line or two that are its title.

    A title or a caption too long for its place goes on in the next line; that is believed of a short line only where
    the line before it is a caption, or where the two together name a form.
    """
    lines = [line for line in pending if not is_page_number(line.text)]
    head: list[TextLine] = []
    for at in range(len(lines) - 1, -1, -1):
        line, above = lines[at], lines[at - 1] if at else None
        if is_caption(line.text):
            head.append(line)
        elif above is not None and _names_form(above.text + line.text) and not _names_form(line.text):
            head += [line, above]
            break
        elif could_be_title(line.text):
            head.append(line)
            break
        elif above is not None and len(compact(line.text)) <= _SHORT and is_caption(above.text):
            head.append(line)
        else:
            break
    return list(reversed(head))


def _names_form(text: str) -> bool:
    return could_be_title(text) and form_of_title(without_enumerator(text)) is not None


def _title_of(texts: Sequence[str]) -> tuple[str | None, list[str]]:
    """The title among the lines of a table's head, and the other lines."""
    titles = [text for text in texts if could_be_title(text)]
    for first, second in itertools.pairwise(texts):
        if first not in titles[-1:] and _names_form(first + second) and not any(map(_names_form, titles)):
            return first + second, [text for text in texts if text not in (first, second)]
    return (titles[-1] if titles else None), [text for text in texts if text not in titles]


def _columns_of(table: Table, grid: Grid) -> list[int] | None:
    """The table's columns that a later page's piece, which may be narrower, goes on with, told by their rules.

    The last is where the piece ends.  None where a rule of the piece stands where the table has none.
    """
    there = [(cell.column, cell.column_span, cell.box) for cell in table.cells]
    here = [(cell.column, cell.column_span, cell.box) for cell in grid.cells]
    if grid.column_count > table.width:
        return None
    known, wanted = _rules(there), _rules(here)
    columns = [
        next((column for column, x in sorted(known.items()) if abs(x - wanted[number]) <= _SAME_RULE), None)
        for number in range(grid.column_count + 1)
        if number in wanted
    ]
    found = [column for column in columns if column is not None]
    whole = len(found) == grid.column_count + 1 and found == sorted(set(found))
    return found if whole and found[-1] == table.width else None


def _rules(cells: Iterable[tuple[int, int, Box | None]]) -> dict[int, float]:
    """Where each column begins, the number of columns for where the last one ends."""
    rules: dict[int, float] = {}
    for column, span, box in cells:
        if box is not None:
            rules.setdefault(column, box.x0)
            rules.setdefault(column + span, box.x1)
    return rules


def _widened(grid: Grid, columns: Sequence[int], width: int) -> Grid:
    """A piece with its cells in the table's columns."""
    cells = tuple(
        cell._replace(
            column=columns[cell.column], column_span=columns[cell.column + cell.column_span] - columns[cell.column]
        )
        for cell in grid.cells
    )
    return dataclasses.replace(grid, column_count=width, cells=cells)


def _append(table: Table, piece: _Piece) -> None:
    if piece.grid.column_count < table.width and (columns := _columns_of(table, piece.grid)):
        piece = _Piece.of(_widened(piece.grid, columns, table.width))
    heading = _repeated_heading(table, piece) or piece.captions
    if piece.captions < heading == piece.captions + table.heading_rows - table.captions_inside:
        paths = header_paths(piece.matrix, piece.covered, piece.captions, heading, piece.grid.spans_known)
        if piece.grid.column_count == table.width and _differs(paths, table.headers):
            table.header_mismatch_pages.append(piece.grid.page)
    if piece.grid.column_count > table.width:
        table.headers.extend([""] * (piece.grid.column_count - table.width))
    _add_rows(table, piece, range(heading), as_header=True)
    start = heading
    if start < piece.grid.row_count and _is_fragment(table, piece.matrix[start]):
        _mend(table, piece, start)
        start += 1
    _add_rows(table, piece, range(start, piece.grid.row_count))


def _differs(paths: Sequence[str], headers: Sequence[str]) -> bool:
    """A later page's heading disagrees with the first page's (a column lost or shifted), compared column by column."""
    return any(path and header and path != header for path, header in zip(paths, headers, strict=False))


def _add_rows(table: Table, piece: _Piece, rows: range, *, as_header: bool = False) -> None:
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


def _is_fragment(table: Table, row: Sequence[str]) -> bool:
    """True when a piece's first body row is the rest of the row that the page break cut.

    It holds no amount and no more than half of the cells of the row before, all in columns where that row has text.
    """
    filled = {column for column, text in enumerate(row) if text.strip()}
    last_row = max((cell.row for cell in table.cells if not cell.is_header), default=-1)
    last = [cell for cell in table.cells if cell.row == last_row]
    before = {cell.column for cell in last if cell.text.strip()}
    if not filled or not before or not filled <= before or filled & _target_columns(table):
        return False
    if any(read_number(row[column]) is not None or _CODE.fullmatch(compact(row[column])) for column in filled):
        return False
    if any(_names_a_row(compact(row[column])) for column in filled):
        return False
    return len(filled) * 2 <= len(before)


def _target_columns(table: Table) -> set[int]:
    """Columns of indicator targets: a row that states one is a row of its own."""
    return {cell.column for cell in table.cells if compact(cell.text) in _TARGETS}


def _mend(table: Table, piece: _Piece, row: int) -> None:
    last_row = max(cell.row for cell in table.cells if not cell.is_header)
    by_column = {cell.column: cell for cell in table.cells if cell.row == last_row and not cell.is_header}
    for column, text in enumerate(piece.matrix[row]):
        if text.strip():
            by_column[column].text += "\n" + text


def header_paths(
    matrix: list[list[str]],
    covered: list[list[str]],
    captions: int,
    heading: int,
    spans_known: bool,  # noqa: FBT001
) -> list[str]:
    """The header path of each column: its heading cells from top to bottom, joined by ``/``, white space removed."""
    rows = [row for row in range(captions, heading) if not _numbers_columns(matrix[row])]
    width = len(matrix[0]) if matrix else 0
    source = covered if spans_known else _filled(matrix, rows)
    paths: list[str] = []
    for column in range(width):
        levels: list[str] = []
        for row in rows:
            text = unspaced(source[row][column])
            if text and (not levels or levels[-1] != text):
                levels.append(text)
        paths.append("/".join(levels))
    return paths


def _filled(matrix: list[list[str]], rows: Sequence[int]) -> list[list[str]]:
    """Headings of a format that prints merged cells as blanks, the blanks filled where they belong to a neighbour.

    A blank belongs to the heading on its left when something stands below it and both have the same heading above.
    """
    filled = [list(row) for row in matrix]
    for position, row in enumerate(rows):
        if position + 1 < len(rows):
            _begin_at_subtotals(filled[row], matrix[rows[position + 1]])
        for column in range(1, len(filled[row])):
            if filled[row][column].strip():
                continue
            below = any(matrix[lower][column].strip() for lower in rows[position + 1 :])
            parents = [filled[upper][column] == filled[upper][column - 1] for upper in rows[:position]]
            alone = not any(filled[upper][column].strip() for upper in rows[:position])
            if below and filled[row][column - 1].strip() and (position == 0 or (all(parents) and not alone)):
                filled[row][column] = filled[row][column - 1]
    return filled


def _begin_at_subtotals(above: list[str], below: Sequence[str]) -> None:
    """Move a heading that slid one column left back over its sub-heading 小计 (合计), which opens every group."""
    for column in range(len(above) - 2, 0, -1):
        under, beside = compact(below[column]), compact(below[column + 1])
        if not above[column].strip() or above[column + 1].strip() or not under:
            continue
        if _SUBTOTAL.fullmatch(beside) and not _SUBTOTAL.fullmatch(under) and not _ROW_NAMES.fullmatch(under):
            above[column], above[column + 1] = "", above[column]


def is_contents(table: Table) -> bool:
    """True for a table of contents that the format drew as a table: titles and page numbers."""
    rows = table.body() or []
    if table.width > 3 or not table.cells:
        return False
    entries = [" ".join(cell.text for cell in row.values()) for row in rows]
    entries += [cell.text for cell in table.cells if cell.is_header]
    dotted = sum(is_contents_entry(entry) for entry in entries)
    ends = sum(map(ends_like_contents, entries))
    return bool(entries) and max(dotted, ends) * 2 > len(entries)


def row_texts(row: dict[int, TableCell]) -> list[str]:
    """The texts of a row that are not blank, left to right."""
    return [row[column].text for column in sorted(row) if not is_blank(row[column].text)]
