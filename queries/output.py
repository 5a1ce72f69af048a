"""Answers as text or files.

| form | values |
|---|---|
| ``table`` | for reading on a terminal, see ``reading_table``; money with thousands separators, at most TABLE_ROWS rows |
| ``md`` | a table of Markdown, what Markdown would take for its own escaped; money with thousands separators |
| ``csv`` | UTF-8 with a heading row, line feeds; NULL is an empty field, an empty text is ``""`` |
| ``csv-spreadsheet`` | CSV with a byte order mark, by which spreadsheets know UTF-8, and with an apostrophe before a text that one would calculate |
| ``xlsx`` | a workbook, see ``spreadsheet``: amounts are numbers, texts are never calculated |
| ``json`` | an array of objects, one row a line; DECIMAL is a string such as ``"166548400.00"``, because JSON readers take numbers for floating point and would lose the fen |
| ``parquet`` | the answer's own types |

A terminal is sent no character that would steer it: it is spelt out (``\\x1b``), in tables and Markdown always, in CSV where the
answer goes to a terminal; JSON has its own escapes for them.  Times are ISO 8601 with zone; lists, structs and maps in
CSV, tables and workbooks are JSON.
"""  # noqa: E501 - a table row cannot be broken

from __future__ import annotations

import codecs
import contextlib
import itertools
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive import temporary_names
from gongkai.archive.spreadsheet_text import inert
from gongkai.queries.errors import OutputError
from gongkai.queries.printable import json_escaped, printable
from gongkai.queries.reading_table import crowded_out, empty_columns, is_number, plain_text, reading_table
from gongkai.queries.spreadsheet import write_workbook
from gongkai.queries.values import json_value, text_of

Format = Literal["table", "md", "csv", "csv-spreadsheet", "xlsx", "json", "parquet"]
FORMATS: tuple[Format, ...] = ("table", "md", "csv", "csv-spreadsheet", "xlsx", "json", "parquet")
BINARY: tuple[Format, ...] = ("xlsx", "parquet")
"""Forms that a terminal cannot show."""

TABLE_ROWS = 1000
"""More rows than anyone reads in a table; the rest is counted, and the writer says so."""

Note = Callable[[str], None]


def write(reader: pa.RecordBatchReader, form: Format, stream: BinaryIO, note: Note, width: int | None = None) -> int:
    """Write an answer to a binary stream; returns the number of its rows.

    ``width`` is the terminal's, in characters; None, where the stream is no terminal, lets a table be as wide as its
    contents.  ``note`` is told in one sentence what a table left out.  Raises what reading the answer raises, and
    OSError from the stream.
    """
    counted = _Counted(reader)
    reader = pa.RecordBatchReader.from_batches(reader.schema, counted)
    if form == "table":
        _write_table(reader, stream, note, width)
    elif form == "md":
        _write_markdown(reader, stream)
    elif form == "xlsx":
        with _spooled(stream) as spool:
            write_workbook(reader.schema.names, _rows(reader), spool)
    elif form in ("csv", "csv-spreadsheet"):
        _write_csv(reader, stream, on_terminal=width is not None, spreadsheet=form == "csv-spreadsheet")
    elif form == "json":
        _write_json(reader, stream)
    else:
        _write_parquet(reader, stream)
    return counted.rows


class _Counted:
    """The batches of an answer, counting its rows as they pass."""

    def __init__(self, reader: pa.RecordBatchReader) -> None:
        self._reader = reader
        self.rows = 0

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._reader:
            self.rows += batch.num_rows
            yield batch


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when it was written whole; what stood there before is replaced then.

    Raises OutputError when it cannot be written.
    """
    temporary_names.remove_leftovers(path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=temporary_names.prefix(path))
    except OSError as error:
        raise OutputError(f"{str(path)!r} cannot be written: {error.strerror or error}") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        _allow_reading(temporary)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{str(path)!r} cannot be written: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _allow_reading(path: Path) -> None:
    """The permissions an ordinary new file gets; temporary files are made for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _rows(reader: pa.RecordBatchReader) -> Iterator[list[object]]:
    for batch in reader:
        columns = (column.to_pylist(maps_as_pydicts="strict") for column in batch.columns)
        yield from (list(row) for row in zip(*columns, strict=True))


def _write_csv(reader: pa.RecordBatchReader, stream: BinaryIO, *, on_terminal: bool, spreadsheet: bool) -> None:
    def line(values: Iterable[object]) -> bytes:
        text = ",".join(_csv_field(value, spreadsheet=spreadsheet) for value in values)
        return ((printable(text) if on_terminal else text) + "\n").encode()

    if spreadsheet:
        stream.write(codecs.BOM_UTF8)
    stream.write(line(reader.schema.names))
    stream.writelines(map(line, _rows(reader)))


def _csv_field(value: object, *, spreadsheet: bool) -> str:
    if value is None:
        return ""
    text = text_of(value)
    if spreadsheet and isinstance(value, str | list | dict):
        text = inert(text)
    if text == "" or any(character in text for character in ',"\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _write_json(reader: pa.RecordBatchReader, stream: BinaryIO) -> None:
    names = reader.schema.names
    separator = b"["
    for row in _rows(reader):
        line = json.dumps(dict(zip(names, map(json_value, row), strict=True)), ensure_ascii=False)
        stream.write(separator + b"\n" + json_escaped(line).encode())
        separator = b","
    stream.write(b"\n]\n" if separator == b"," else b"[]\n")


@contextlib.contextmanager
def _spooled(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A file that is sent to the stream once it is whole: a pipe cannot seek, and some formats hold positions."""
    with tempfile.TemporaryFile() as spool:
        yield spool
        spool.seek(0)
        while block := spool.read(1 << 20):
            stream.write(block)


def _write_parquet(reader: pa.RecordBatchReader, stream: BinaryIO) -> None:
    with _spooled(stream) as spool, pq.ParquetWriter(spool, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _write_table(reader: pa.RecordBatchReader, stream: BinaryIO, note: Note, width: int | None) -> None:
    rows = _rows(reader)
    shown = list(itertools.islice(rows, TABLE_ROWS))
    count = len(shown) + sum(1 for _ in rows)
    crowded = crowded_out(reader.schema, shown, width)
    places = [at for at, name in enumerate(reader.schema.names) if name not in crowded]
    schema = pa.schema([reader.schema.field(at) for at in places])
    stream.write(reading_table(schema, [[row[at] for at in places] for row in shown], width).encode())
    if empty := empty_columns(reader.schema, shown):
        note(f"left out, without a value in any row shown: {', '.join(empty)}")
    if crowded:
        note(f"left out for want of room: {', '.join(crowded)}; a wider terminal shows them, and --format md")
    if count > TABLE_ROWS:
        note(f"{count} rows, of which the first {TABLE_ROWS} are shown; use --format csv, json or parquet for all")


_MARKDOWN = re.compile(r"[\\`*\[\]<>|~]|(?<!\w)_|_(?!\w)")
"""Characters that Markdown would take for its own."""


def _write_markdown(reader: pa.RecordBatchReader, stream: BinaryIO) -> None:
    def line(texts: Iterable[str]) -> bytes:
        return f"| {' | '.join(texts)} |\n".encode()

    def escaped(text: str) -> str:
        return _MARKDOWN.sub(r"\\\g<0>", printable(text).replace("&", "&amp;")).replace("\n", "<br>")

    stream.write(line(map(escaped, reader.schema.names)))
    stream.write(line("---:" if is_number(field.type) else "---" for field in reader.schema))
    stream.writelines(line(escaped(plain_text(value)) for value in row) for row in _rows(reader))
