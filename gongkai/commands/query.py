"""``gongkai query``: SQL or a named query over the lake."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import pyarrow as pa
from click.shell_completion import CompletionItem

from gongkai.application import help_formatter
from gongkai.queries.coverage import Answer, missing
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import NamedQuery, named_queries, named_query
from gongkai.queries.output import Format
from gongkai.queries.sql_guard import run
from gongkai.row_output import answer, answer_options, records, say_nothing_found
from gongkai.session import Session, echo, say, terminal_width
from gongkai.vocabulary.languages import said


def _settings(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """``name=value`` pairs by name."""
    values: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.isidentifier():
            raise click.BadParameter(f"{text!r} is not of the form NAME=VALUE")
        values[name] = value
    return values


def _names(_context: click.Context, _argument: click.Parameter, begun: str) -> list[CompletionItem]:
    """Named queries that begin so, for the completion of a shell."""
    return [
        CompletionItem(name, help=said(each.title)) for name, each in named_queries().items() if name.startswith(begun)
    ]


@click.command("query", short_help="Ask the lake, in SQL or by the name of a query.")
@click.argument("question", required=False, metavar="[SQL|NAME|-]", shell_complete=_names)
@click.option(
    "--set",
    "values",
    multiple=True,
    callback=_settings,
    metavar="NAME=VALUE",
    help="A parameter: of the named query, or $NAME in SQL (bound as text).  Repeatable.",
)
@click.option("--missing", "silent", is_flag=True, help="Of a named query: the documents that do not answer it.")
@answer_options
@click.pass_obj
def command(
    session: Session,
    question: str | None,
    *,
    values: Mapping[str, str],
    silent: bool,
    form: Format,
    output: Path | None,
) -> None:
    """Ask the lake.

    One SELECT in DuckDB's SQL, `-` to read it from standard input, or the name of a query.  Without either, the named
    queries are listed.  Queries only read, and only the lake.  Behind the answer of a named query it is said how many
    documents answer it.

    \b
    gongkai query three_public_by_department --set year=2025
    gongkai query "SELECT entity, amount FROM amounts WHERE label = '合计'" --format csv
    """
    if question is None:
        _list(form, output)
        return
    named = named_query(question) if re.fullmatch(r"\w+", question) else None
    if silent and named is None:
        raise click.UsageError("--missing is of a named query")
    bound = named.values(values) if named else {}
    with connect(session.filled_archive().store) as connection:
        if connection.manifest is None or "documents" not in connection.manifest.tables:
            say(f"the lake has no documents yet: run {session.command} parse")
        if silent and named is not None:
            answer(missing(connection, named, bound), form, output)
            return
        if named is not None:
            asked = Answer(connection, named, bound)
            has_rows, covered = answer(asked.rows(), form, output), asked.coverage()
        else:
            sql = sys.stdin.read() if question == "-" else question
            has_rows, covered = answer(run(connection, sql, values), form, output), None
        if not has_rows:
            say_nothing_found(connection)
        if covered is not None:
            say(str(covered))


def _list(form: Format, output: Path | None) -> None:
    """The named queries, for reading or as rows."""
    queries = list(named_queries().values())
    if form == "table" and output is None:
        echo("\n\n".join(map(_described, queries)))
        return
    columns = dict.fromkeys(("name", "title", "parameters", "description"), pa.string())
    answer(records(columns, map(_row, queries)), form, output)


def _described(query: NamedQuery) -> str:
    formatter = help_formatter(terminal_width() or 100)
    formatter.write_text(f"{query.name}: {said(query.title)}")
    formatter.indent()
    formatter.write_text(query.description)
    formatter.write_dl(
        [(f"--set {parameter.name}={_default(parameter.default)}", parameter.meaning) for parameter in query.parameters]
    )
    return formatter.getvalue().rstrip()


def _row(query: NamedQuery) -> dict[str, str]:
    parameters = " ".join(f"{parameter.name}={_default(parameter.default)}" for parameter in query.parameters)
    return {"name": query.name, "title": query.title, "parameters": parameters, "description": query.description}


def _default(value: object) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)
