"""``gongkai withdrawn``: documents that no longer stand where they were published."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from gongkai.archive.retrieval import History
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options
from gongkai.session import Session
from gongkai.withdrawals import withdrawn_rows


@click.command("withdrawn", short_help="List documents that are gone from their address or were replaced.")
@answer_options
@click.pass_obj
def command(session: Session, /, *, form: Format, output: Path | None) -> None:
    """List documents that are gone from their address or were replaced there.

    One whose bytes stand at another address now has moved, to moved_to.

    last_observed_at is the last time it was observed there; since is when its absence or its successor was first
    observed. The archive keeps the originals: gongkai get hands them out.
    """
    with contextlib.closing(History(session.filled_archive())) as history:
        answer(withdrawn_rows(history), form, output)
