"""``gongkai versions``: the versions of a document, and what differs."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.changes import AMOUNTS, VERSIONS, amounts, captures_of, versions
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import Session


@click.command("versions", short_help="List the versions of a document, and what differs.")
@click.argument("what", metavar="SHA256|URL")
@click.option("--amounts", "is_of_amounts", is_flag=True, help="List the numbers that changed instead.")
@answer_options
@click.pass_obj
def command(session: Session, /, what: str, *, is_of_amounts: bool, form: Format, output: Path | None) -> None:
    """List the versions of a document, and what differs from the one before: bytes, amounts, lines of narrative.

    Amounts and lines are compared where both versions were parsed.
    """
    archive = session.filled_archive()
    captures = captures_of(archive, what)
    if is_of_amounts:
        answer(records(AMOUNTS, amounts(archive, captures)), form, output)
    else:
        answer(records(VERSIONS, versions(archive, captures)), form, output)
