"""``gongkai portals verify``, ``import`` and ``adopt``: the registry of places, looked at and kept."""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import click

from gongkai.crawler.portal.shipped import own_folders
from gongkai.crawler.registry.adoption import adopted
from gongkai.crawler.registry.importing import contradictions, merged, read_list
from gongkai.crawler.registry.places import REGISTRY, Place, as_csv, find_places, known_places, read_places
from gongkai.crawler.registry.verification import look
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.queries.output import new_file
from gongkai.session import CommandError, echo, say

_INTO = "The registry to change; without it the one in the first folder of GONGKAI_PORTALS, or ./portals."


@click.command("verify", short_help="Look at the columns of the registry's places, one polite page each.")
@click.option("--place", "names", metavar="PLACE", multiple=True, help="A place, or with / at its end all below it.")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    default="registry-results.csv",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of results, to be handed back; places it holds already are not looked at again.",
)
@click.option("--allow-loopback", is_flag=True, help="The portals are served on this machine.")
def verify(names: tuple[str, ...], output: Path, *, allow_loopback: bool) -> Exit:
    """Look at the budget column of each place and write down what was seen: rows, family, answer, redirect, firewall.

    To be run where the portals can be reached. Stopped, it goes on with what its file lacks. The file is handed back to
    the project, which takes it in with gongkai portals adopt.
    """
    places = known_places()
    wanted = [row for name in names for row in find_places(places, name)] if names else places
    done = read_places(output) if output.exists() else []
    left = [row for row in dict.fromkeys(wanted) if row.url and row.place not in {result.place for result in done}]
    if not left:
        echo(f"{len(done)} results stand in {output}; nothing is left to look at")
        return Exit.OK
    with progress("looking", len(left)) as advance:
        seen = look(left, allow_loopback=allow_loopback, on_place=advance)
    results = [*done, *seen.results]
    with new_file(output) as stream:
        stream.write(as_csv(results).encode())
    states = collections.Counter(row.state.value for row in seen.results)
    counted = " · ".join(f"{state} {count}" for state, count in sorted(states.items()))
    echo(f"{len(seen.results)} places looked at: {counted}" if counted else "no place was looked at")
    say(f"The results stand in {output}; hand it back, or take it in with gongkai portals adopt {output}")
    return Exit.INTERRUPTED if seen.interrupted else Exit.OK


@click.command("import", short_help="Take a list of addresses into the registry.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Whose list it is, for the registry's column of that name.")
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day the list was made.")
@click.option("--into", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help=_INTO)
def import_list(file: Path, source: str, day: dt.datetime, into: Path | None) -> None:
    """Take addresses from a tab-separated list; what was verified stays, and other addresses are shown."""
    target = _registry_file(into)
    known = read_places(target) if target.exists() else []
    rows = merged(known, read_list(file, source, day.date()))
    _write_registry(target, rows)
    echo(f"{len(rows)} places in {target}, {len(rows) - len(known)} of them new")
    for row in contradictions(rows):
        say(f"{row.place}: {row.url} here, {row.contradicted_by}")


@click.command("adopt", short_help="Take results of portals verify into the registry.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--into", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help=_INTO)
def adopt(file: Path, into: Path | None) -> Exit:
    """Take in what was seen elsewhere, unless the registry knows something newer or another address."""
    target = _registry_file(into)
    own = {row.place: row for row in (read_places(target) if target.exists() else [])}
    known = {row.place: row for row in known_places()} | own
    adoption = adopted(list(known.values()), read_places(file))
    _write_registry(target, (own | {row.place: row for row in adoption.changed}).values())
    echo(f"{len(adoption.changed)} places changed in {target}, {len(adoption.refused)} results refused")
    for row, reason in adoption.refused:
        say(f"gongkai: {row.place}: not taken: {reason}")
    return Exit.SOMETHING_FAILED if adoption.refused else Exit.OK


def _registry_file(into: Path | None) -> Path:
    """The registry to change: the one given, the first of one's own folders, or the checkout's."""
    own = own_folders()
    if into is None and not own and not Path("portals").is_dir():
        raise CommandError(
            "no registry can be changed here: set GONGKAI_PORTALS to a folder of your own, or give --into FILE",
            Exit.WRONG_USAGE,
        )
    return into or (own[0] if own else Path("portals")) / REGISTRY


def _write_registry(target: Path, rows: Iterable[Place]) -> None:
    with new_file(target) as stream:
        stream.write(as_csv(rows).encode())
