"""``gongkai versions``: the versions of a document, and what differs."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.changes import AMOUNTS, VERSIONS, amounts, versions
from gongkai.exits import Exit
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import CommandError, Session


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
    urls = sorted({capture.url for capture in archive.find(what) if capture.payload_sha256})
    if not urls:
        message = f"the archive holds no original of {what!r}: give 8 or more digits of a SHA-256, or an address"
        raise CommandError(message, Exit.SOMETHING_FAILED)
    captures = [capture for url in urls for capture in archive.find(url) if capture.url == url]
    if is_of_amounts:
        answer(records(AMOUNTS, amounts(archive, captures)), form, output)
    else:
        answer(records(VERSIONS, versions(archive, captures)), form, output)
