"""``gongkai documents``: the parsed documents, filtered."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.phase_option import phase_option
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_query
from gongkai.queries.output import Format
from gongkai.queries.sql_guard import run
from gongkai.row_output import answer, answer_options, say_nothing_found
from gongkai.session import Session

_FOR_READING = """
    SELECT
        document, year, phase, coalesce(entity, file_name) AS entity, nullif(parse_status, 'parsed') AS status, amounts,
        confirmed_percent AS confirmed, issues
    FROM ({})
    ORDER BY province, city, county, year, department, entity, sha256
"""
"""What fits into eighty places; the other formats have every column."""


@click.command("documents", short_help="List the parsed documents.")
@click.option("--place", help="Part of a province, city, county or entity name.")
@click.option("--year", type=int, help="Fiscal year.")
@click.option("--department", help="Controlled department name, such as 教育.")
@phase_option
@click.option(
    "--level", type=click.Choice(["department", "unit", "government"]), help="部门, 单位 or a whole government."
)
@click.option(
    "--status", type=click.Choice(["parsed", "partial", "unrelated", "unreadable"]), help="How parsing ended."
)
@answer_options
@click.pass_obj
def command(session: Session, /, *, form: Format, output: Path | None, **filters: str | int | None) -> None:
    """List the parsed documents: place, year, who published them, how many amounts are confirmed, issues."""
    query = named_query("documents_of_a_place")
    values = {**query.values({}), **{name: value for name, value in filters.items() if value is not None}}
    sql = _FOR_READING.format(query.sql) if form == "table" else query.sql
    with connect(session.filled_archive().store) as connection:
        if not answer(run(connection, sql, values, of=query), form, output):
            say_nothing_found(connection)
