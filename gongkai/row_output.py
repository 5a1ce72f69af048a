"""Rows to standard output or a file, in the format asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
import pyarrow as pa

from gongkai.exits import Exit
from gongkai.queries.output import FORMATS, Format, new_file, write
from gongkai.session import CommandError, say, terminal_width

F = TypeVar("F", bound=Callable[..., Any])


def answer_options(command: F) -> F:
    """The options ``--format`` and ``--output`` of every command whose result is rows."""
    output = click.option(
        "--output",
        "-o",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to FILE instead of standard output; it appears when it is whole.",
        metavar="FILE",
    )
    form = click.option(
        "--format",
        "-f",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How rows are written; in JSON decimals are strings, so that no fen is lost.",
    )
    for option in (output, form):
        command = option(command)
    return command


def answer(rows: pa.RecordBatchReader, form: Format, output: Path | None) -> None:
    """Write rows where the person asked for them.  Raises CommandError for Parquet on a terminal."""
    if output is not None:
        with new_file(output) as stream:
            write(rows, form, stream, say)
        return
    if form == "parquet" and sys.stdout.isatty():
        raise CommandError("Parquet is binary: give --output FILE, or send it to a pipe", Exit.WRONG_USAGE)
    write(rows, form, sys.stdout.buffer, say, terminal_width())
    sys.stdout.buffer.flush()


def records(columns: Mapping[str, pa.DataType], rows: Iterable[Mapping[str, Any]]) -> pa.RecordBatchReader:
    """Rows made in Python as a query's answer would come."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=pa.schema(columns)).to_reader()
