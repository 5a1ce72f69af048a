"""Codes of a table against the names printed beside them.

The check works on any table whose rows print codes of the three classifications, as one column, in 类 款 项 columns,
or before the name in one cell.  The column of the names is the one in which the names of known codes mostly stand: no
heading has to be understood, and columns of unit codes or catalogue numbers, beside which no names of codes stand, are
left alone.

A pair is called a contradiction only where code and name are both known and never belonged together.  A name cut by
its cell, run together with the next one, or slid into the next row is a matter of reading, and says nothing.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from gongkai.parsing.tables.statement import Statement
from gongkai.parsing.text.amounts import compact, unspaced
from gongkai.parsing.text.coded_names import NO_YEAR
from gongkai.parsing.text.numbering import without_enumerator, without_of_which
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.classification import (
    AGREES,
    CODE_UNKNOWN,
    CONTRADICTS,
    NAME_UNKNOWN,
    codes_named,
    comparable,
    kind_of,
    names,
    relation,
)

Row = Mapping[int, str]
"""The texts of a row by column."""

_CODED = re.compile(rf"[\[【(]?(\d{{3,7}})[\]】)]?[-—–_.、:]*({NO_YEAR}[\u4e00-\u9fff“(].*)?")
_CATEGORY = re.compile(r"[235]\d{2}")
_WHOLE_PART = re.compile(r"\d{2}|\d{5}|\d{7}")
_PART = re.compile(r"\d|" + _WHOLE_PART.pattern)
"""The digits of 款 or 项, or the code so far; some rows lack the zero."""
_CHINESE = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A code and the name printed beside it.  ``row`` and ``column`` are where the code ends; ``name`` as printed."""

    kind: str
    code: str
    name: str
    row: int
    column: int


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """A pair that is doubted, once per document.  ``contradicts``: both are known, and do not belong together."""

    contradicts: bool
    reason: str
    page: int | None
    table_index: int
    row_index: int


def pairs(rows: Mapping[int, Row]) -> list[Pair]:
    """Every code of a table with its name, in row order.  ``rows`` are the rows below the heading, by their number."""
    columns = sorted({column for row in rows.values() for column in row})
    coded: list[Pair] = []
    for codes in _code_columns(rows, columns):
        name_column = _name_column(rows, codes, columns)
        if name_column is not None:
            coded.extend(_with_names(rows, codes, name_column))
    return sorted(coded, key=lambda pair: (pair.row, pair.column))


def doubts(coded: Sequence[Pair]) -> Iterator[tuple[Pair, str]]:
    """The pairs the vocabulary does not know, each with its ``relation``; matters of reading are left out."""
    known = {(pair.row, pair.column): relation(pair.kind, pair.code, pair.name) for pair in coded}
    for number, pair in enumerate(coded):
        doubt = known[pair.row, pair.column]
        neighbours = (*coded[max(number - 2, 0) : number], *coded[number + 1 : number + 3])
        if doubt in (CODE_UNKNOWN, NAME_UNKNOWN) or (
            doubt == CONTRADICTS
            and not any(_slid(pair, other) and known[other.row, other.column] != AGREES for other in neighbours)
        ):
            yield pair, doubt


def _slid(pair: Pair, other: Pair) -> bool:
    """True when the name beside one code belongs to the code of the row above or below."""
    return pair.column == other.column and comparable(pair.name) in names(other.kind, other.code)


def check_names(statements: Sequence[Statement], unsure_pages: Collection[int | None]) -> Iterator[Finding]:
    """The pairs of the statements that the vocabulary contradicts or does not know.

    A contradiction is told once per document and pair, an unknown pair once per document and code.  Rows on
    ``unsure_pages`` (read by OCR) are left out: a misread character would be told as a new name.
    """
    told: set[tuple[str, ...]] = set()
    for statement in statements:
        for pair, doubt in doubts(pairs(_rows(statement))):
            page = _page(statement, pair)
            key = (pair.kind, pair.code, comparable(pair.name) if doubt == CONTRADICTS else "")
            if page not in unsure_pages and key not in told:
                told.add(key)
                yield Finding(doubt == CONTRADICTS, _reason(pair, doubt), page, statement.table.index, pair.row)


def _rows(statement: Statement) -> Mapping[int, Row]:
    rows: dict[int, dict[int, str]] = {}
    for cell in statement.table.cells:
        if not cell.is_header:
            rows.setdefault(cell.row, {})[cell.column] = cell.text
    return rows


def _page(statement: Statement, pair: Pair) -> int | None:
    return next((cell.page for cell in statement.table.cells if cell.row == pair.row), None)


def _reason(pair: Pair, doubt: str) -> str:
    kind = pair.kind.replace("_", " ")
    if doubt == CODE_UNKNOWN:
        return f"the {kind} code {pair.code!r}, printed as {pair.name!r}, is not in the vocabulary"
    known = " or ".join(repr(name) for name in names(pair.kind, pair.code).values())
    if doubt == NAME_UNKNOWN:
        return f"the {kind} code {pair.code!r} is printed as {pair.name!r}, a name not in the vocabulary: it is {known}"
    others = codes_named(pair.kind, pair.name)
    meant = f"which is {others[0]}" if len(others) == 1 else f"a name of {len(others)} other codes"
    return f"the {kind} code {pair.code!r} is printed as {pair.name!r}, {meant}; {pair.code} is {known}"


_Codes = dict[int, tuple[str, str, int]]
"""Kind, code and the column it ends in, by row."""


def _code_columns(rows: Mapping[int, Row], columns: Sequence[int]) -> Iterator[_Codes]:
    """The codes of a table, one mapping for each column and kind."""
    taken: set[int] = set()
    for column in columns:
        if column in taken:
            continue
        parts = _parts(rows, column)
        taken.update(parts)
        read = _read(rows, column, parts)
        for kind in dict.fromkeys(code[0] for code in read.values()):
            yield {row: code for row, code in read.items() if code[0] == kind}


def _parts(rows: Mapping[int, Row], column: int) -> list[int]:
    """The columns right of a column of 类 that hold the digits of 款 and 项."""
    if not _mostly(_CATEGORY, rows, column):
        return []
    parts: list[int] = []
    for part in (column + 1, column + 2):
        if not _mostly(_WHOLE_PART, rows, part):
            break
        parts.append(part)
    return parts


def _mostly(pattern: re.Pattern[str], rows: Mapping[int, Row], column: int) -> bool:
    """True when more than half of the texts in a column match."""
    texts = [text for row in rows.values() if (text := compact(row.get(column, "")))]
    return sum(pattern.fullmatch(text) is not None for text in texts) * 2 > len(texts)


def _read(rows: Mapping[int, Row], column: int, parts: Sequence[int]) -> _Codes:
    """The codes in a column and the columns of their parts; 类 and 款 printed once count for the rows below."""
    codes: _Codes = {}
    above = ""
    for number, row in rows.items():
        coded = _CODED.fullmatch(compact(row.get(column, "")))
        code, end = (coded.group(1), column) if coded else ("", column)
        for level, part in enumerate(parts):
            text = compact(row.get(part, ""))
            if _PART.fullmatch(text):
                code = code or above[: 3 + 2 * level]
                code, end = (text if text.startswith(code) and code else code + text.zfill(2)), part
        kind = kind_of(code)
        if kind is not None:
            codes[number] = (kind, code, end)
            above = code
    return codes


def _name_column(rows: Mapping[int, Row], codes: _Codes, columns: Sequence[int]) -> int | None:
    """The column in which the names of known codes mostly stand; None where there is none."""
    agree: Counter[int] = Counter()
    known: Counter[int] = Counter()
    for row, (kind, code, _end) in codes.items():
        for column in columns:
            name = _name(rows[row].get(column, ""))
            if name and names(kind, code):
                known[column] += 1
                agree[column] += relation(kind, code, name) == AGREES
    best = max(columns, key=lambda column: agree[column], default=None)
    return best if best is not None and agree[best] * 2 > known[best] else None


def _with_names(rows: Mapping[int, Row], codes: _Codes, column: int) -> Iterator[Pair]:
    for row, (kind, code, end) in codes.items():
        name = _name(rows[row].get(column, ""))
        if name:
            yield Pair(kind, code, name, row, end)


@functools.lru_cache(maxsize=8_192)
def _name(text: str) -> str:
    """The name in a cell, without its code, number and 其中; empty where there is none."""
    printed = without_of_which(without_enumerator(unspaced(text)))
    coded = _CODED.fullmatch(compact(printed))
    name = coded.group(2) or "" if coded else printed
    return name if _CHINESE.search(name) and not is_total(compact(name)) else ""
