"""CSV and TSV: one grid, fields verbatim."""

from __future__ import annotations

import csv
import itertools

from gongkai.parsing.formats.envelopes.detection import decode_text
from gongkai.parsing.text.grid import Cell, Doubt, Grid, Reading, UnreadableDocumentError

MAX_POSITIONS = 1_000_000
"""Rows times columns read."""

MAX_FIELD = 2**20
"""Characters of one field; an unclosed quotation mark swallows the rest of a file."""

_DELIMITERS = {"csv": ",", "tsv": "\t"}


def read_delimited(data: bytes, format_name: str) -> Reading:
    """The rows of a file of ``format_name`` ``csv`` or ``tsv`` as one grid; short rows are filled with blanks.

    Merged cells cannot be told from blanks, so the grid's spans are not known.
    Raises UnreadableDocumentError: ``corrupt`` for bad quoting, ``too_large``.
    """
    text, _ = decode_text(data)
    previous = csv.field_size_limit(MAX_FIELD)
    try:
        lines = text.replace("\0", "").splitlines(keepends=True)
        rows = list(csv.reader(lines, delimiter=_DELIMITERS[format_name]))
    except csv.Error as error:
        reason = f"the {format_name.upper()} file's rows cannot be told apart: {error}"
        raise UnreadableDocumentError("corrupt", reason) from error
    finally:
        csv.field_size_limit(previous)
    rows = _trimmed(rows)
    width = max(map(len, rows), default=0)
    if len(rows) * width > MAX_POSITIONS:
        reason = (
            f"the {format_name.upper()} file has {len(rows)} rows and {width} columns, over {MAX_POSITIONS} positions"
        )
        raise UnreadableDocumentError("too_large", reason)
    doubts = [Doubt("undecodable_text", "some characters could not be decoded")] if "�" in text else []
    if not rows:
        return Reading(format_name, (), doubts=tuple(doubts))
    cells = tuple(
        Cell(row, column, text)
        for row, fields in enumerate(rows)
        for column, text in enumerate(itertools.islice(itertools.chain(fields, itertools.repeat("")), width))
    )
    return Reading(format_name, (Grid(len(rows), width, cells, spans_known=False),), doubts=tuple(doubts))


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Rows with stripped fields, without blank ones before, after and between."""
    stripped = [[field.strip() for field in row] for row in rows]
    width = max((index for row in stripped for index, field in enumerate(row, start=1) if field), default=0)
    return [row[:width] for row in stripped if any(row)]
