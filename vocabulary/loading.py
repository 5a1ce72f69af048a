"""The one loader of the code lists.

A list is a UTF-8 CSV file in this package: a header line, then one row per line, sorted as its module says.  A file
that is not exactly as its module expects is refused whole, with file and line: a code list with a silent hole would
turn up years later as amounts filed under the wrong name.
"""

from __future__ import annotations

import csv
import dataclasses
import importlib.resources
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T", bound=str)


class VocabularyError(Exception):
    """Root of what this package raises; the message is one sentence with file, line and the value in question."""


class ListMissingError(VocabularyError):
    """Raised when a code list is not in the installed package, from ``load``."""


class ListCorruptError(VocabularyError):
    """Raised when a code list has another header, a row of another length, a duplicate key or a bad value."""


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row of a code list, with where it stands (``line`` counts from 1, the header included)."""

    file: str
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def optional(self, column: str) -> str | None:
        """The text, or None where the cell is blank."""
        return self.values[column] or None

    def year(self, column: str) -> int | None:
        """A year of four digits; None where the cell is blank.  Raises ListCorruptError."""
        text = self.values[column]
        if not text:
            return None
        if len(text) != 4 or not (text.isascii() and text.isdigit()):
            raise self.refused(f"{column} {text!r} is not a year of four digits")
        return int(text)

    def count(self, column: str) -> int:
        """A whole number, 0 or more.  Raises ListCorruptError."""
        text = self.values[column]
        if not (text.isascii() and text.isdigit()):
            raise self.refused(f"{column} {text!r} is not a whole number")
        return int(text)

    def choice(self, column: str, allowed: Sequence[T]) -> T:
        """The one of ``allowed`` that the text is.  Raises ListCorruptError where it is none."""
        text = self.values[column]
        chosen = next((each for each in allowed if each == text), None)
        if chosen is None:
            raise self.refused(f"{column} {text!r} is not one of {', '.join(allowed)}")
        return chosen

    def optional_choice(self, column: str, allowed: Sequence[T]) -> T | None:
        """``choice``, or None where the cell is blank.  Raises ListCorruptError."""
        return self.choice(column, allowed) if self.values[column] else None

    def refused(self, reason: str) -> ListCorruptError:
        """The error to raise for this row."""
        return ListCorruptError(f"{self.file} line {self.line}: {reason}; correct the list")


def load(file: str, columns: Sequence[str], key: Sequence[str]) -> tuple[Row, ...]:
    """Every row of the list ``file`` of this package.

    ``columns`` is the header the file must have, in order; no two rows may agree in all columns of ``key``.
    Raises ListMissingError and ListCorruptError.
    """
    try:
        text = importlib.resources.files("gongkai.vocabulary").joinpath(file).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ListMissingError(f"the code list {file!r} is not in the package vocabulary; reinstall it") from error
    except UnicodeDecodeError as error:
        raise ListCorruptError(f"{file}: not UTF-8 ({error}); correct the list") from error
    return parse(file, text.splitlines(), columns, key)


def parse(file: str, lines: Iterable[str], columns: Sequence[str], key: Sequence[str]) -> tuple[Row, ...]:
    """``load`` for text at hand; ``file`` is only for messages."""
    reader = csv.reader(lines, strict=True)
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, values in _records(file, reader):
        if line == 1:
            _check_header(file, values, columns)
            continue
        row = _row(file, line, values, columns)
        identity = tuple(row[column] for column in key)
        if identity in seen:
            raise row.refused(f"{', '.join(key)} {'/'.join(identity)!r} stand already on line {seen[identity]}")
        seen[identity] = line
        rows.append(row)
    if reader.line_num == 0:
        raise ListCorruptError(f"{file} is empty; it must begin with the header {','.join(columns)!r}")
    return tuple(rows)


def _records(file: str, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        raise ListCorruptError(f"{file}: not CSV ({error}); correct the list") from error


def _check_header(file: str, values: Sequence[str], columns: Sequence[str]) -> None:
    if tuple(values) != tuple(columns):
        found, expected = ",".join(values), ",".join(columns)
        raise ListCorruptError(f"{file} line 1: the header is {found!r}, not {expected!r}; correct the list")


def _row(file: str, line: int, values: Sequence[str], columns: Sequence[str]) -> Row:
    row = Row(file, line, dict(zip(columns, values, strict=False)))
    if len(values) != len(columns):
        raise row.refused(f"{len(values)} values where the header has {len(columns)} columns")
    if any(value != value.strip() for value in values):
        raise row.refused(f"a value of {list(values)!r} begins or ends with white space")
    return row
