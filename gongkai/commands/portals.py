"""``gongkai portals``: the known portals, and files for further ones."""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pyarrow as pa
import yaml

from gongkai.commands import recordings, registry
from gongkai.commands.new_portals import new_portals, wanted, wanted_in
from gongkai.crawler.errors import PageUnavailableError, PortalFileError
from gongkai.crawler.pages.media_types import is_html
from gongkai.crawler.portal.file import load_portal
from gongkai.crawler.portal.shipped import check_portals, find_portals, portal_files
from gongkai.crawler.registry.places import Place, State, find_places, known_places, without_file
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


for further in (registry.verify, registry.import_list, registry.adopt, recordings.record_pages):
    command.add_command(further)

_PLACES: dict[str, pa.DataType] = {
    "place": pa.string(),
    "division_code": pa.string(),
    "level": pa.string(),
    "state": pa.string(),
    "since": pa.date32(),
    "reason": pa.string(),
    "url": pa.string(),
    "contradicted_by": pa.string(),
}
_GROUPS = ("province", "level", "state")


@command.command("list", short_help="List the known portals, or the places without one.")
@click.option("--missing", is_flag=True, help="The places of the registry that no portal file describes.")
@click.option("--by", type=click.Choice(_GROUPS), help="With --missing: their number by province, level or state.")
@click.option("--place", metavar="PLACE", help="With --missing: one place, or with / at its end all below it.")
@answer_options
def list_portals(form: Format, output: Path | None, *, missing: bool, by: str | None, place: str | None) -> None:
    """List the known portals, with the date on which a person last saw a crawl of it succeed.

    With --missing, the places of the registry that no portal file describes yet, with the address that somebody named
    and what is known of it.
    """
    if not missing and (by or place):
        raise CommandError("--by and --place go with --missing", Exit.WRONG_USAGE)
    if missing:
        _list_missing(form, output, by, place)
        return
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


def _list_missing(form: Format, output: Path | None, by: str | None, place: str | None) -> None:
    places = known_places()
    wanted = find_places(places, place) if place else places
    lacking = without_file(wanted, find_portals())
    if by is None:
        answer(records(_PLACES, ({name: getattr(row, name) for name in _PLACES} for row in lacking)), form, output)
        return
    answer(records(_counted(by), _counts(wanted, lacking, by)), form, output)


def _counted(by: str) -> dict[str, pa.DataType]:
    names = ("places", "with_file", *(state.value for state in State))
    return {by: pa.string(), **dict.fromkeys(names, pa.int64())}


def _counts(places: Sequence[Place], lacking: Sequence[Place], by: str) -> Iterator[dict[str, object]]:
    """How many places a group has, how many of them have a file, and the states of those that have none."""
    for group in dict.fromkeys(str(getattr(row, by)) for row in places):
        of_group = [row for row in places if str(getattr(row, by)) == group]
        without = [row for row in lacking if str(getattr(row, by)) == group]
        states = collections.Counter(row.state.value for row in without)
        counts = {state.value: states[state.value] for state in State}
        yield {by: group, "places": len(of_group), "with_file": len(of_group) - len(without), **counts}


@command.command("check", short_help="Read portal files and report what is wrong.")
@click.argument("files", nargs=-1, metavar="[FILE...]", type=click.Path(path_type=Path))
@click.option("--recorded", is_flag=True, help="Read recorded pages again, and tell what is read otherwise.")
def check(files: tuple[Path, ...], *, recorded: bool) -> Exit:
    """Read every portal file strictly, or only the files named, and report each that is not understood.

    With --recorded, the recorded pages of all portals are read again, or those in folders and of files named.
    """
    if recorded:
        return recordings.check_recorded(files)
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
@click.argument("page", metavar="[URL|FILE]", required=False)
@click.option(
    "--place", "places", metavar="PLACE", multiple=True, help="A place of the registry, or PLACE/ for all below."
)
@click.option(
    "--from",
    "listed",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file of addresses and places, one a line.",
)
@click.option(
    "--results",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("new-portals.csv"),
    show_default=True,
    help="For many: the table of what each gave; what it holds is not looked at again.",
)
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
    page: str | None,
    *,
    places: tuple[str, ...],
    listed: Path | None,
    results: Path,
    url: str | None,
    portal_id: str | None,
    division: str | None,
    family: str | None,
    parameters: dict[str, object],
    out: Path,
    allow_loopback: bool,
) -> Exit:
    """Look at a portal, recognise its family, and write the file that describes it.

    Reads at most four pages of the host: the one named, the column of budgets it links to, an article. Writes
    portals/ID.yaml, and under tests/portals/recorded/ the pages, what is read in them, and a test. Nothing that exists
    is overwritten. A page saved from a browser can be given in place of an address.

    With --place the address is the registry's. Several places, or a FILE of addresses and places, are looked at side by
    side, each host politely: a portal's file is written where the pages leave no doubt, and the table of results says
    what a person has to decide about the others.
    """
    if sum(map(bool, (page, places, listed))) != 1:
        raise CommandError("give one of: an address or a saved page, --place, --from FILE", Exit.WRONG_USAGE)
    asked = wanted_in(listed) if listed else wanted(places)
    if listed or len(asked) > 1:
        return new_portals(asked, out, results, allow_loopback=allow_loopback)
    if places and not asked:
        raise CommandError(f"the registry names no address for {places[0]!r}", Exit.WRONG_USAGE)
    if asked and (row := asked[0].row):
        page, division = row.url, division or row.division_code
    today = dt.datetime.now(dt.UTC).date()
    pages = _pages(page or "", url, allow_loopback=allow_loopback)
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
    return Exit.OK


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
    folder = out / recordings.RECORDED / recordings.folder_name(proposal.id)
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
