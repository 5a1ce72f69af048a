"""Rows to standard output or a file, in the format asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
import duckdb
import pyarrow as pa

from gongkai.exits import Exit
from gongkai.pager import paged
from gongkai.queries.chinese import in_chinese_for_reading
from gongkai.queries.output import BINARY, FORMATS, Format, new_file, write
from gongkai.session import CommandError, say, terminal_width
from gongkai.vocabulary.languages import is_asked_for, speaks_chinese

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
    paging = click.option(
        "--no-pager",
        is_flag=True,
        expose_value=False,
        callback=_remember_paging,
        help="On a terminal: print everything at once, also what is longer than the screen.",
    )
    for option in (paging, output, form):
        command = option(command)
    return command


_NO_PAGER = "gongkai.no_pager"

_FOR_READING: tuple[Format, ...] = ("table", "md", "xlsx", "csv-spreadsheet")
"""Formats that follow the person's language; JSON and Parquet never do: programs know columns by their names."""
_WHERE_ASKED: tuple[Format, ...] = (*_FOR_READING, "csv")
"""CSV is read by people and programs: a machine's locale must not change what a script reads."""


def _remember_paging(context: click.Context, _option: click.Parameter, given: bool) -> None:  # noqa: FBT001 - click's
    context.meta[_NO_PAGER] = given


def follows_language(form: Format) -> bool:
    """Are headings and values of this format said in Chinese?"""
    return speaks_chinese() and form in (_WHERE_ASKED if is_asked_for() else _FOR_READING)


def told(rows: pa.RecordBatchReader, form: Format) -> pa.RecordBatchReader:
    """The rows with headings and values in the person's language, where the format follows it."""
    return in_chinese_for_reading(rows) if follows_language(form) else rows


def answer(rows: pa.RecordBatchReader, form: Format, output: Path | None) -> int:
    """Write rows where the person asked for them; returns their number.

    Raises CommandError for a binary format on a terminal.
    """
    rows = told(rows, form)
    if output is not None:
        with new_file(output) as stream:
            return write(rows, form, stream, say)
    if form in BINARY and sys.stdout.isatty():
        raise CommandError(f"{form} is binary: give --output FILE, or send it to a pipe", Exit.WRONG_USAGE)
    context = click.get_current_context(silent=True)
    notes: list[str] = []
    with paged(wanted=not (context and context.meta.get(_NO_PAGER))) as stream:
        count = write(rows, form, stream, notes.append, terminal_width())
    for note in notes:
        say(note)
    return count


_PLACES = 10


def say_nothing_found(connection: duckdb.DuckDBPyConnection) -> None:
    """Tell of an answer without rows, and which places the lake holds: a place not held is the usual reason."""
    sql = """
        SELECT concat_ws('/', province, city, county) AS place FROM documents
        WHERE province IS NOT NULL GROUP BY place ORDER BY count(*) DESC, place
    """
    places = [str(place) for (place,) in connection.execute(sql).fetchall()]
    more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
    say(f"0 rows; places held: {', '.join(places[:_PLACES]) or 'none'}{more}")


def records(columns: Mapping[str, pa.DataType], rows: Iterable[Mapping[str, Any]]) -> pa.RecordBatchReader:
    """Rows made in Python as a query's answer would come."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=pa.schema(columns)).to_reader()
