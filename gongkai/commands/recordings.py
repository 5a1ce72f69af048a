"""``gongkai portals record`` and ``check --recorded``: pages as they were, and what is read in them now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from gongkai.crawler.errors import PortalFileError
from gongkai.crawler.portal.file import load_portal
from gongkai.crawler.portal.shipped import portal_files
from gongkai.crawler.survey.first_look import pages_of
from gongkai.crawler.survey.golden import golden_differences
from gongkai.crawler.survey.recording import EXPECTED, differences, portal_file_of, record, recordings
from gongkai.exits import Exit
from gongkai.session import CommandError, echo, say

RECORDED = Path("tests", "portals", "recorded")
"""Where a checkout keeps its recordings, one folder for each."""
GOLDEN = Path("tests", "crawler", "golden")
"""Where a checkout keeps an invented page of each kind."""


def folder_name(portal_id: str) -> str:
    """The name of the folder of a portal's recording."""
    return "".join(char if char.isalnum() or char == "-" else "_" for char in portal_id)


@click.command("record", short_help="Record pages of a known portal.")
@click.argument("portal", metavar="PORTAL")
@click.argument("urls", nargs=-1, metavar="[URL...]")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The checkout to write into; the current directory if not given.",
)
def record_pages(portal: str, urls: tuple[str, ...], *, out: Path) -> Exit:
    """Fetch pages of a portal, given by its id or its file, and write down what its family reads in them.

    Takes the URLs, or the portal's first start address and one article of it, with the manners that its file states.
    Writes tests/portals/recorded/PORTAL/ as `portals new` does; nothing that exists is overwritten.
    """
    file = _file_of(portal)
    described = load_portal(file)
    folder = out / RECORDED / folder_name(described.id)
    if folder.exists():
        raise CommandError(f"{str(folder)!r} exists; remove it to record the portal again", Exit.WRONG_USAGE)
    pages = pages_of(described, urls)
    try:
        recording = record(folder, file, described, pages, dt.datetime.now(dt.UTC).date())
    except OSError as error:
        raise CommandError(f"{str(out)!r} cannot be written to: {error.strerror}", Exit.WRONG_USAGE) from error
    for path in recording.paths:
        echo(str(path))
    for reading in recording.readings:
        if "refused" in reading:
            say(f"to do: The family refuses the page: {reading['refused']}")
    say(f"Read {folder / EXPECTED} against the pages and correct it; then: gongkai portals check --recorded {folder}")
    return Exit.OK


def _file_of(portal: str) -> Path:
    if portal.endswith(".yaml"):
        return Path(portal)
    file = portal_files().get(portal)
    if file is None:
        raise CommandError(f"no portal file is named {portal!r}; `gongkai portals list` names them", Exit.WRONG_USAGE)
    return Path(str(file))


def check_recorded(given: Sequence[Path]) -> Exit:
    """Read recorded pages again, and tell every difference from what a person agreed to."""
    folders = (
        [folder for path in given for folder in _recordings_of(path)]
        if given
        else recordings(RECORDED) + recordings(GOLDEN)
    )
    if not folders:
        raise CommandError(
            f"there is no recording at {', '.join(map(str, given)) or RECORDED}: give folders of recordings, or run it"
            " in a checkout",
            Exit.WRONG_USAGE,
        )
    told = [f"{folder}: {sentence}" for folder in dict.fromkeys(folders) for sentence in _differences(folder)]
    for sentence in told:
        say(f"gongkai: {sentence}")
    echo(f"{len(set(folders))} recordings, {len(told)} differences")
    return Exit.SOMETHING_FAILED if told else Exit.OK


def _recordings_of(path: Path) -> list[Path]:
    """The recordings in a folder, the one of an expected.yaml, or those of a portal's file."""
    if path.name == EXPECTED:
        return [path.parent]
    if path.suffix != ".yaml":
        return recordings(path)
    return [folder for folder in recordings(RECORDED) if portal_file_of(folder) == path.resolve()]


def _differences(folder: Path) -> list[str]:
    try:
        return golden_differences(folder) if folder.name == GOLDEN.name else differences(folder)
    except PortalFileError as error:
        return [str(error)]
