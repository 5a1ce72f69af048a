"""``gongkai add``: local files become captures."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.archive.local_files import add_files
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.session import Session, echo, say


@click.command("add", short_help="Archive local files.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR...")
@click.pass_obj
def command(session: Session, paths: tuple[str, ...]) -> Exit:
    """Archive local files, and those in directories, as they are.

    A file whose bytes are known already adds an observation, not a copy.  What cannot be read is named and stops
    nothing.  `gongkai parse` reads what was added.
    """
    archive = session.archive()
    with progress("adding") as advance:
        report = add_files(archive, paths, progress=lambda path: advance(Path(path).name))
    for problem in report.problems:
        say(f"gongkai: {problem.reason}")
    echo(f"captured {report.captured} · unchanged {report.unchanged} · refused {len(report.problems)}")
    if report.captured:
        say(f"next: {session.command} parse")
    return Exit.SOMETHING_FAILED if report.problems else Exit.OK
