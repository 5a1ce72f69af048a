"""``gongkai portals``: what is known about portals."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa

from crawler.portal import check_portals, find_portals, portal_files
from gongkai.answers import answer, answer_options, records
from gongkai.exits import Exit
from gongkai.session import say
from queries.output import Format

_PORTALS: dict[str, pa.DataType] = {
    "portal": pa.string(),
    "name": pa.string(),
    "family": pa.string(),
    "division_code": pa.string(),
    "addresses": pa.int32(),
    "verified": pa.date32(),
}


@click.group("portals", short_help="List the known portals, or check their files.")
def command() -> None:
    """What is known about portals: one small file of facts each."""


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


@command.command("check", short_help="Read every portal file and report what is wrong.")
def check() -> Exit:
    """Read every portal file strictly and report each that is not understood."""
    errors = check_portals()
    for error in errors:
        say(f"gongkai: {error}")
    click.echo(f"{len(portal_files())} portal files, {len(errors)} with errors")
    return Exit.SOMETHING_FAILED if errors else Exit.OK
