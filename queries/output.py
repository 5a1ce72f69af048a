"""Answers as text or files.

| form | values |
|---|---|
| ``table`` | for reading on a terminal; money with thousands separators, at most TABLE_ROWS rows |
| ``csv`` | UTF-8 with a heading row, line feeds; NULL is an empty field, an empty text is ``""`` |
| ``csv-spreadsheet`` | CSV with a byte order mark, by which spreadsheets know UTF-8, and with an apostrophe before a text that one would calculate |
| ``json`` | an array of objects, one row a line; DECIMAL is a string such as ``"166548400.00"``, because JSON readers take numbers for floating point and would lose the fen |
| ``parquet`` | the answer's own types |

A terminal is sent no character that would steer it: it is spelt out (``\\x1b``), in tables always, in CSV where the
answer goes to a terminal; JSON has its own escapes for them.  Times are ISO 8601 with zone; lists, structs and maps in
CSV and tables are JSON.
"""  # noqa: E501 - a table row cannot be broken

from __future__ import annotations

import codecs
import contextlib
import datetime as dt
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Literal

import pyarrow as pa
import pyarrow.parquet as pq
import rich.box
import rich.console
import rich.table
import rich.text

from gongkai.queries.errors import OutputError
from gongkai.queries.printable import json_escaped, printable

Format = Literal["table", "csv", "csv-spreadsheet", "json", "parquet"]
FORMATS: tuple[Format, ...] = ("table", "csv", "csv-spreadsheet", "json", "parquet")

TABLE_ROWS = 1000
"""More rows than anyone reads in a table; the rest is counted, and the writer says so."""

Note = Callable[[str], None]


def write(reader: pa.RecordBatchReader, form: Format, stream: BinaryIO, note: Note, width: int | None = None) -> None:
    """Write an answer to a binary stream.

    ``width`` is the terminal's, in characters; None, where the stream is no terminal, lets a table be as wide as its
    contents.  ``note`` is told in one sentence what a table left out.  Raises what reading the answer raises, and
    OSError from the stream.
    """
    if form == "table":
        _write_table(reader, stream, note, width)
    elif form in ("csv", "csv-spreadsheet"):
        _write_csv(reader, stream, on_terminal=width is not None, spreadsheet=form == "csv-spreadsheet")
    elif form == "json":
        _write_json(reader, stream)
    else:
        _write_parquet(reader, stream)


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when it was written whole; what stood there before is replaced then.

    Raises OutputError when it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
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


_CALCULATED = re.compile(r"[\s\0]*[=+\-@|＝＋－＠]|[\t\r\n]")
"""Beginnings of a text that a spreadsheet takes for a formula or strips before it looks (OWASP, CSV injection)."""


def _csv_field(value: object, *, spreadsheet: bool) -> str:
    if value is None:
        return ""
    text = _text(value)
    if spreadsheet and isinstance(value, str | list | dict) and _CALCULATED.match(text):
        text = "'" + text
    if text == "" or any(character in text for character in ',"\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _write_json(reader: pa.RecordBatchReader, stream: BinaryIO) -> None:
    names = reader.schema.names
    separator = b"["
    for row in _rows(reader):
        line = json.dumps(dict(zip(names, map(_json_value, row), strict=True)), ensure_ascii=False)
        stream.write(separator + b"\n" + json_escaped(line).encode())
        separator = b","
    stream.write(b"\n]\n" if separator == b"," else b"[]\n")


def _json_value(value: object) -> object:
    if isinstance(value, Decimal):
        # DuckDB's sums of integers arrive as decimals without a fraction: they are counts, not money.
        return int(value) if value.as_tuple().exponent == 0 else str(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else str(value)  # JSON has neither NaN nor infinities
    if isinstance(value, list):
        return [_json_value(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _json_value(item) for key, item in value.items()}
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | dict):
        return json.dumps(_json_value(value), ensure_ascii=False)
    return str(value)


def _write_parquet(reader: pa.RecordBatchReader, stream: BinaryIO) -> None:
    # A pipe cannot seek: Parquet is written to a spool first, its footer holds positions.
    with tempfile.TemporaryFile() as spool:
        with pq.ParquetWriter(spool, reader.schema, compression="zstd") as writer:
            for batch in reader:
                writer.write_batch(batch)
        spool.seek(0)
        while block := spool.read(1 << 20):
            stream.write(block)


def _write_table(reader: pa.RecordBatchReader, stream: BinaryIO, note: Note, width: int | None) -> None:
    table = rich.table.Table(box=rich.box.SIMPLE_HEAD, pad_edge=False)
    for field in reader.schema:
        numeric = pa.types.is_decimal(field.type) or pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        table.add_column(rich.text.Text(printable(field.name)), justify="right" if numeric else "left", overflow="fold")
    count = 0
    for row in _rows(reader):
        count += 1
        if count <= TABLE_ROWS:
            table.add_row(*(_table_cell(value) for value in row))
    stream.write(rendered(table, width).encode())
    if count > TABLE_ROWS:
        note(f"{count} rows, of which the first {TABLE_ROWS} are shown; use --format csv, json or parquet for all")


def _table_cell(value: object) -> rich.text.Text:
    if value is None:
        return rich.text.Text("")
    if isinstance(value, Decimal) and value.as_tuple().exponent != 0:
        return rich.text.Text(f"{value:,f}")
    return rich.text.Text(printable(_text(value)))


def rendered(table: rich.table.Table, width: int | None) -> str:
    """A table as plain text; ``width`` None for as wide as it needs."""
    buffer = io.StringIO()
    console = rich.console.Console(file=buffer, width=width or 100_000, color_system=None, legacy_windows=False)
    if width is None:
        console.width = max(console.measure(table).maximum, 1)
    console.print(table)
    lines = (line.rstrip() for line in buffer.getvalue().splitlines())
    return "\n".join(line for line in lines if line) + "\n"
