"""``gongkai quality``: how far documents were understood, where to look next, and what became worse."""

from __future__ import annotations

import collections
from pathlib import Path

import click
import duckdb
import pyarrow as pa

from gongkai.exits import Exit
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_query
from gongkai.queries.output import Format
from gongkai.queries.quality import MEASURES, VERDICTS, Change, compare, read_run
from gongkai.queries.sql_guard import run
from gongkai.row_output import answer, answer_options, records
from gongkai.session import CommandError, Session, say

GROUPS = ("portal", "department", "province", "year", "phase", "format", "parse_status", "parser_version")
DOCUMENTS = "SELECT * FROM document_quality ORDER BY file_name, document_sha256"

_CHANGES: dict[str, pa.DataType] = dict.fromkeys(
    ("verdict", "measure", "before", "after", "file_name", "document_sha256"), pa.string()
)


@click.command("quality", short_help="Say how far documents were understood, and compare two runs.")
@click.option(
    "--by",
    type=click.Choice(["document", *GROUPS]),
    default="document",
    show_default=True,
    help="One row for each of these.",
)
@click.option(
    "--worst",
    type=click.IntRange(min=1),
    is_flag=False,
    flag_value=20,
    metavar="[N]",
    help="The N documents (20) with most amounts not confirmed, why, and on which pages.",
)
@click.option(
    "--against",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What differs from a run kept as Parquet; exit code 1 where a document is read worse.",
)
@answer_options
@click.pass_obj
def command(
    session: Session, *, by: str, worst: int | None, against: Path | None, form: Format, output: Path | None
) -> Exit:
    """Say how far documents were understood: tables recognised, amounts interpreted and confirmed, identities broken,
    issues by kind.

    A run is kept as Parquet and compared with a later one, so that a change that makes a document worse is seen:

    \b
    gongkai quality --format parquet --output before.parquet
    gongkai quality --against before.parquet
    """
    if sum((by != "document", worst is not None, against is not None)) > 1:
        raise CommandError("give one of --by, --worst and --against, each asks for other rows", Exit.WRONG_USAGE)
    kept = None if against is None else read_run(against)
    with connect(session.filled_archive().store) as connection:
        if kept is not None:
            _say_what_is_not_compared(kept)
            return _report(compare(kept, _documents(connection)), form, output)
        answer(_rows(connection, by, worst), form, output)
    return Exit.OK


def _rows(connection: duckdb.DuckDBPyConnection, by: str, worst: int | None) -> pa.RecordBatchReader:
    if worst is None and by == "document":
        return run(connection, DOCUMENTS)
    query = named_query("quality_by_group" if worst is None else "worst_documents")
    return run(connection, query.sql, query.values({"by": by} if worst is None else {"limit": str(worst)}), of=query)


def _documents(connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = run(connection, DOCUMENTS).read_all().to_pylist(maps_as_pydicts="strict")
    return rows


def _say_what_is_not_compared(kept: list[dict[str, object]]) -> None:
    missing = [name for name in MEASURES if kept and name not in kept[0]]
    if missing:
        say(f"the run kept is of another version, without {', '.join(missing)}: these are not compared")


def _report(changes: list[Change], form: Format, output: Path | None) -> Exit:
    """The changes as rows, how many documents each verdict has in words; the exit code says whether any is worse."""
    columns = ({name: getattr(change, name) for name in _CHANGES} for change in changes)
    answer(records(_CHANGES, columns), form, output)
    documents = collections.Counter(
        verdict for verdict, _ in {(each.verdict, each.document_sha256) for each in changes}
    )
    say(
        "documents: " + (" · ".join(f"{each} {documents[each]}" for each in VERDICTS if documents[each]) or "all alike")
    )
    return Exit.SOMETHING_FAILED if documents["worse"] or documents["gone"] else Exit.OK
