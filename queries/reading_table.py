"""Rows as text for reading: a table where it fits into the terminal's width, else a record of each row.

Widths are those on a terminal, where a Chinese character takes two places.  What is short and exact never folds: a
number, a date, a hash, a code.  Other text folds between words and between Chinese characters, but not within a number
that stands in it.  A column without any value goes, and the digits of a SHA-256 beyond the twelfth, which name a
document in every command that asks for one.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import pyarrow as pa
from rich.cells import cell_len

from gongkai.queries.printable import printable
from gongkai.queries.values import text_of

HASH_DIGITS = 12
"""Digits of a SHA-256 shown."""

_HASH = re.compile(r"[0-9a-f]{64}")
_EXACT = re.compile(r"[+\-(]?[\d][\d.,:%+\-/T)Z]*|[0-9a-f]{12}(-\d+)*")
"""A text that is a number, a date, a code or the beginning of a hash."""
_NUMBER = re.compile(r"[+\-]?\d[\d.,:/\-]*[%‰]?")
_WORD = re.compile(_NUMBER.pattern + r"|[!-/:-^`-~]*_|[!-/:-~]+ ?|\s|.", re.DOTALL)
"""What folding keeps together: a number or date, a word or a part of one that _ ends, one Chinese character."""
_NAME = re.compile(r"[A-Za-z]{,16}(?:_|(?![A-Za-z]))")
"""A part of a name such as ``vehicles_held``, for which a table makes room."""
_TEXT = 10
"""Places that a column of folded text has at least, where its texts are longer."""
_LINES = 4
"""Lines a row of a table may take; where rows would take more, records are easier to read."""
_AROUND = ("province", "department", "county", "city", "phase", "level")
"""Columns that say where an entity's document belongs, the first to go where many rows are too wide for a table."""
_MANY = 4
"""Rows of which a table is easier to read than records."""
_GAP = "  "


@dataclasses.dataclass(frozen=True, slots=True)
class _Column:
    name: str
    is_right: bool
    texts: list[str]

    @property
    def is_exact(self) -> bool:
        return self.is_right or all(_EXACT.fullmatch(text) for text in self.texts if text)

    def widest(self) -> int:
        return max((_widest(text) for text in self.texts), default=0)

    def wanted(self) -> int:
        """Places that nothing has to be folded in."""
        return max(self.widest(), cell_len(self.name))

    def needed(self) -> int:
        """Places without which a number or a word would be broken."""
        heading = max(map(cell_len, _heading_pieces(self.name)))
        if self.is_exact:
            return max(self.widest(), heading)
        whole = (len(part) for text in self.texts for kept in (_NUMBER, _NAME) for part in kept.findall(text))
        return max(heading, max(whole, default=0), min(self.widest(), _TEXT))


def reading_table(schema: pa.Schema, rows: Sequence[Sequence[object]], width: int | None) -> str:
    """The rows as text; ``width`` None for a table as wide as it needs."""
    columns = _columns(schema, rows)
    widths = _widths(columns, width)
    if widths is None or (width is not None and not _is_readable(columns, widths)):
        return "\n".join(_records(columns, len(rows), width)) + "\n"
    return "\n".join(_table(columns, len(rows), widths)) + "\n"


def _columns(schema: pa.Schema, rows: Sequence[Sequence[object]]) -> list[_Column]:
    """The columns that have a value somewhere."""
    empty = set(empty_columns(schema, rows))
    return [
        _Column(cell_text(field.name), is_number(field.type), [cell_text(row[at]) for row in rows])
        for at, field in enumerate(schema)
        if field.name not in empty
    ]


def crowded_out(schema: pa.Schema, rows: Sequence[Sequence[object]], width: int | None) -> list[str]:
    """Columns without which rows that are too wide for a table fit into one; none where no table comes of it."""
    columns = _columns(schema, rows)
    candidates = [name for name in _AROUND if name in {column.name for column in columns}]
    if width is None or len(rows) < _MANY:
        return []
    for count in range(len(candidates) + 1):
        kept = [column for column in columns if column.name not in candidates[:count]]
        widths = _widths(kept, width)
        if widths is not None and _is_readable(kept, widths):
            return candidates[:count]
    return []


def empty_columns(schema: pa.Schema, rows: Sequence[Sequence[object]]) -> list[str]:
    """Names of the columns that are left out, having no value in any row; none where that would leave none."""
    names = [name for at, name in enumerate(schema.names) if rows and all(row[at] in (None, "") for row in rows)]
    return names if len(names) < len(schema.names) else []


def cell_text(value: object) -> str:
    """A value for reading: money with thousands separators, a hash by its first digits, nothing that steers."""
    if isinstance(value, list):
        value = [_short(item) for item in value]
    return printable(plain_text(_short(value))).replace("\t", "    ")


def plain_text(value: object) -> str:
    """A value in full, money with thousands separators, nothing for NULL."""
    if value is None:
        return ""
    if isinstance(value, Decimal) and value.as_tuple().exponent != 0:
        return f"{value:,f}"
    return text_of(value)


def _short(value: object) -> object:
    return value[:HASH_DIGITS] if isinstance(value, str) and _HASH.fullmatch(value) else value


def is_number(kind: pa.DataType) -> bool:
    """Is a column of this type set to the right?"""
    return pa.types.is_decimal(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)


def _widest(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _heading_pieces(name: str) -> list[str]:
    return re.findall(r"[^_ ]+[_ ]?|[_ ]+", name) or [name]


def _widths(columns: Sequence[_Column], width: int | None) -> list[int] | None:
    """Places for each column; None where they do not fit."""
    wanted = [column.wanted() for column in columns]
    if width is None:
        return wanted
    left = width - len(_GAP) * (len(columns) - 1)
    needed = [column.needed() for column in columns]
    if sum(needed) > left:
        return None
    widths = needed
    while (spare := left - sum(widths)) > 0 and widths != wanted:
        growing = [at for at in range(len(widths)) if widths[at] < wanted[at]]
        share = max(spare // len(growing), 1)
        for at in growing[:spare]:
            widths[at] = min(widths[at] + share, wanted[at])
    return widths


def _is_readable(columns: Sequence[_Column], widths: Sequence[int]) -> bool:
    """Do most rows take few lines?"""
    heights: list[int] = [
        max(-(-cell_len(text) // width) + text.count("\n") for text, width in zip(row, widths, strict=True))
        for row in zip(*(column.texts for column in columns), strict=True)
    ]
    return sum(height <= _LINES for height in heights) * 2 >= len(heights)


def _table(columns: Sequence[_Column], count: int, widths: Sequence[int]) -> Iterator[str]:
    headings = [list(_heading(column.name, width)) for column, width in zip(columns, widths, strict=True)]
    yield from _lines(columns, headings, widths)
    yield _GAP.join("─" * width for width in widths)
    for row in range(count):
        cells = [list(folded(column.texts[row], width)) for column, width in zip(columns, widths, strict=True)]
        yield from _lines(columns, cells, widths)


def _lines(columns: Sequence[_Column], cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for parts in itertools.zip_longest(*cells, fillvalue=""):
        padded = (
            " " * (width - cell_len(part)) + part if column.is_right else part + " " * (width - cell_len(part))
            for column, part, width in zip(columns, parts, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip()


def _heading(name: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _heading_pieces(name):
        if line and cell_len(line + piece) > width:
            yield line
            line = ""
        line += piece
    yield line


def _records(columns: Sequence[_Column], count: int, width: int | None) -> Iterator[str]:
    """One field a line, a rule between rows; fields without a value are left out."""
    names = max(cell_len(column.name) for column in columns)
    room = max((width or 10_000) - names - len(_GAP), _TEXT)
    for row in range(count):
        yield f"── {row + 1} " + "─" * min(max((width or 40) - len(str(row + 1)) - 4, 2), 36)
        for column in columns:
            if text := column.texts[row]:
                parts = [text] if column.is_exact else list(folded(text, room))
                yield f"{column.name}{' ' * (names - cell_len(column.name))}{_GAP}{parts[0]}"
                yield from (" " * names + _GAP + part for part in parts[1:])


def folded(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most so many places; a number stays whole, a word where it fits into a line at all."""
    for paragraph in text.split("\n"):
        if cell_len(paragraph) <= width:
            yield paragraph.rstrip()
            continue
        line, taken = "", 0
        for piece in itertools.chain.from_iterable(_broken(word, width) for word in _words(paragraph)):
            if line and taken + cell_len(piece.rstrip()) > width:
                yield line.rstrip()
                line, taken = "", 0
            line += piece
            taken += cell_len(piece)
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    return (found[0] for found in _WORD.finditer(text))


def _broken(word: str, width: int) -> Iterator[str]:
    """A word in pieces that fit: whole but for one longer than a line, such as an address."""
    while cell_len(word.rstrip()) > width and not _NUMBER.match(word):
        yield word[:width]
        word = word[width:]
    yield word
