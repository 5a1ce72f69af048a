"""``gongkai portals``: the known portals, and files for further ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import pyarrow as pa
import yaml

from gongkai.crawler.errors import PageUnavailableError, PortalFileError
from gongkai.crawler.pages.media_types import is_html
from gongkai.crawler.portal.file import load_portal
from gongkai.crawler.portal.shipped import check_portals, find_portals, portal_files
from gongkai.crawler.survey.first_look import survey
from gongkai.crawler.survey.proposal import Proposal, Wishes, check_address, propose
from gongkai.crawler.survey.proposed_file import as_yaml
from gongkai.crawler.survey.recognition import detect
from gongkai.crawler.survey.recorded_page import RecordedPage
from gongkai.crawler.survey.recording import Recording, record
from gongkai.exits import Exit
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import CommandError, echo, say

_PORTALS: dict[str, pa.DataType] = {
    "portal": pa.string(),
    "name": pa.string(),
    "family": pa.string(),
    "division_code": pa.string(),
    "addresses": pa.int32(),
    "verified": pa.date32(),
}


@click.group("portals", short_help="List the known portals, check their files, describe another.")
def command() -> None:
    """Portals as they are known: one small file of facts each."""


@command.command("list", short_help="List the known portals.")
@answer_options
def list_portals(form: Format, output: Path | None) -> None:
    """List the known portals, with the date on which a person last saw a crawl of it succeed."""
    rows = (
        {
            "portal": portal.id,
            "name": portal.name,
            "family": portal.family,
            "division_code": portal.division_code,
            "addresses": len(portal.start_urls),
            "verified": portal.verified,
        }
        for portal in find_portals()
    )
    answer(records(_PORTALS, rows), form, output)


@command.command("check", short_help="Read portal files and report what is wrong.")
@click.argument("files", nargs=-1, metavar="[FILE...]", type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> Exit:
    """Read every portal file strictly, or only the files named, and report each that is not understood."""
    errors = [error for file in files if (error := _fault(file))] if files else check_portals()
    for error in errors:
        say(f"gongkai: {error}")
    echo(f"{len(files) or len(portal_files())} portal files, {len(errors)} with errors")
    return Exit.SOMETHING_FAILED if errors else Exit.OK


def _fault(file: Path) -> PortalFileError | None:
    try:
        load_portal(file)
    except PortalFileError as error:
        return error
    return None


# --- new --------------------------------------------------------------------------------------------------------------


def _parameters(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, object]:
    values: dict[str, object] = {}
    for text in given:
        name, equals, value = text.partition("=")
        try:
            values[name] = yaml.safe_load(value)
        except yaml.YAMLError as error:
            raise click.BadParameter(f"{value!r} is no YAML value: {' '.join(str(error).split())}") from error
        if not equals or not name:
            raise click.BadParameter(f"{text!r} must be NAME=VALUE, e.g. first_page=1")
    return values


@command.command("new", short_help="Propose a portal's file from its pages.")
@click.argument("page", metavar="URL|FILE")
@click.option("--url", help="The address that a saved page, given as a FILE, came from.")
@click.option("--id", "portal_id", metavar="PROVINCE/NAME", help="The portal's id; made from its host if not given.")
@click.option("--division", metavar="CODE", help="Its division's six digits (GB/T 2260), where the pages do not tell.")
@click.option("--family", help="The family that reads it, in place of the one recognised.")
@click.option(
    "--parameter",
    "parameters",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_parameters,
    help="A parameter of the family; can be given several times.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The checkout to write into; the current directory if not given.",
)
@click.option("--allow-loopback", is_flag=True, help="The portal is served on this machine.")
def new(
    page: str,
    *,
    url: str | None,
    portal_id: str | None,
    division: str | None,
    family: str | None,
    parameters: dict[str, object],
    out: Path,
    allow_loopback: bool,
) -> None:
    """Look at a portal, recognise its family, and write the file that describes it.

    Reads at most four pages of the host: the one named, the column of budgets it links to, an article. Writes
    portals/ID.yaml, and under tests/portals/recorded/ the pages, what is read in them, and a test. Nothing that exists
    is overwritten. A page saved from a browser can be given in place of an address.
    """
    today = dt.datetime.now(dt.UTC).date()
    pages = _pages(page, url, allow_loopback=allow_loopback)
    wishes = Wishes(
        portal_id=portal_id,
        division_code=division,
        family=family,
        parameters=parameters,
        allow_loopback=allow_loopback,
    )
    proposal = propose(pages, today, wishes)
    file, recording = _write(out, proposal, pages, today)
    _tell(proposal, recording)
    for path in (file, *recording.paths):
        echo(str(path))
    say(f"Read them through, then try the file: gongkai crawl {file} --dry-run")


def _pages(page: str, url: str | None, *, allow_loopback: bool) -> list[RecordedPage]:
    if page.startswith(("http://", "https://")):
        if url is not None:
            raise CommandError("--url goes with a saved page; the page given is an address itself", Exit.WRONG_USAGE)
        return survey(page, allow_loopback=allow_loopback)
    if url is None:
        raise CommandError(
            f"{page!r} is no address beginning with http:// or https://; for a saved page give its address with --url",
            Exit.WRONG_USAGE,
        )
    try:
        body = Path(page).read_bytes()
    except OSError as error:
        raise CommandError(f"the page {page!r} cannot be read: {error.strerror}", Exit.WRONG_USAGE) from error
    check_address(url)
    if not is_html(body):
        raise PageUnavailableError(f"{page!r} is no HTML page.")
    if challenge := detect(body, url).challenge:
        raise PageUnavailableError(f"{page!r} is an anti-bot page of {challenge}; it tells nothing of the portal.")
    return [RecordedPage.received(url, body)]


def _tell(proposal: Proposal, recording: Recording) -> None:
    """Say on standard error what was recognised by what, and what a person has to find out."""
    detection = proposal.detection
    say(f"{detection.system or 'unknown system'} ({detection.certainty.value}), read by the family {proposal.family}")
    for evidence in detection.evidence:
        say(f"  {evidence}")
    for other in detection.others:
        say(f"  also of {other.system}: {other}")
    refusals = [
        f"The family refuses the page: {reading['refused']}" for reading in recording.readings if "refused" in reading
    ]
    for question in (*proposal.questions, *refusals):
        say(f"to do: {question}")


def _write(out: Path, proposal: Proposal, pages: list[RecordedPage], today: dt.date) -> tuple[Path, Recording]:
    file = out / "portals" / f"{proposal.id}.yaml"
    name = "".join(char if char.isalnum() else "_" for char in proposal.id)
    folder = out / "tests" / "portals" / "recorded" / name
    for path in (file, folder):
        if path.exists():
            raise CommandError(f"{str(path)!r} exists; give the portal another --id, or remove it", Exit.WRONG_USAGE)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_yaml(proposal), encoding="utf-8")
        return file, record(folder, file, load_portal(file), pages, today)
    except OSError as error:
        raise CommandError(f"{str(out)!r} cannot be written to: {error.strerror}", Exit.WRONG_USAGE) from error
    except PortalFileError:
        file.unlink()
        raise
