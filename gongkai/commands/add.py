"""``gongkai add``: local files become captures."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.archive.local_files import Told, add_files
from gongkai.exits import Exit
from gongkai.phase_option import phase_option
from gongkai.progress import progress
from gongkai.session import CommandError, Session, echo, say
from gongkai.vocabulary.divisions import UnknownDivisionError, stated
from gongkai.vocabulary.organisations import could_be_a_name

_FIRST_YEAR, _LAST_YEAR = 2000, 2099


@click.command("add", short_help="Archive local files.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR...")
@click.option("--year", type=click.IntRange(_FIRST_YEAR, _LAST_YEAR), help="Fiscal year of what they disclose.")
@click.option("--entity", help="Full name of the body whose disclosure they are.")
@click.option("--place", help="Its division: a name such as 大冶市, or its code of GB/T 2260.")
@phase_option
@click.pass_obj
def command(
    session: Session,
    *,
    paths: tuple[str, ...],
    year: int | None,
    entity: str | None,
    place: str | None,
    phase: str | None,
) -> Exit:
    """Archive local files, and those in directories, as they are.

    A file whose bytes are known already adds an observation, not a copy.  What cannot be read is named and stops
    nothing.  `gongkai parse` reads what was added.

    Of a web archive (.wacz, .warc, .arc, also .gz, of whatever crawler) each record becomes a capture of its own time
    and headers; that needs gongkai[exchange].

    --year, --entity, --place and --phase say what you know of all files given.  It is kept with them and fills in
    what a document does not say itself; where a document says otherwise, the document is believed and an issue
    (told_otherwise) names both.
    """
    told = Told(year, _entity(entity), _division(place), phase)
    archive = session.archive()
    with progress("adding") as advance:
        report = add_files(archive, paths, told=told, progress=lambda path: advance(Path(path).name))
    for problem in report.problems:
        say(f"gongkai: {problem.reason}")
    echo(f"captured {report.captured} · unchanged {report.unchanged} · refused {len(report.problems)}")
    if report.known or report.left_out:
        say(f"{report.known} records were known already, {report.left_out} are no page, file or part of one")
    if report.unchanged and told != Told():
        say(f"next: {session.command} parse --all")
    elif report.captured:
        say(f"next: {session.command} parse")
    return Exit.SOMETHING_FAILED if report.problems else Exit.OK


def _entity(name: str | None) -> str | None:
    if name is not None and not could_be_a_name(name):
        raise CommandError(f"--entity {name!r} is no name of a body: give its full name alone", Exit.WRONG_USAGE)
    return "".join(name.split()) if name else None


def _division(name: str | None) -> str | None:
    try:
        return stated(name).code if name is not None else None
    except UnknownDivisionError as error:
        raise CommandError(f"--place: {error}", Exit.WRONG_USAGE) from error
