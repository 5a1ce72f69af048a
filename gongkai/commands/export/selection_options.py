"""The options by which every export of captures is told what to take."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection
from typing import Any, TypeVar

import click

from gongkai.archive.archive import Archive
from gongkai.archive.selection import Place, Selection, addresses_of, addresses_with
from gongkai.crawler.portal.file import archived_as
from gongkai.crawler.portal.shipped import find_portals
from gongkai.exits import Exit
from gongkai.queries.connection import load_manifest
from gongkai.queries.lake import connect
from gongkai.session import CommandError
from gongkai.vocabulary.divisions import UnknownDivisionError, stated

F = TypeVar("F", bound=Callable[..., Any])

_TIME = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])
_OF_PLACE = """
    SELECT DISTINCT coalesce(container_sha256, sha256) FROM documents
    WHERE in_place($place, province, city, county, entity) OR ($code <> '' AND starts_with(division_code, $code))
"""


def selection_options(command: F) -> F:
    """The options; the command hands them on to ``selection_of``."""
    options = (
        click.option("--portal", "portals", multiple=True, help="Only what this portal published; may be repeated."),
        click.option("--run", "runs", multiple=True, help="Only what this run captured; may be repeated."),
        click.option(
            "--place",
            help="What the portals of a division published, named or by its code, and parsed documents of a place: part"
            " of a province, city, county or entity.",
        ),
        click.option(
            "--document",
            "documents",
            multiple=True,
            metavar="SHA256|URL",
            help="Only this document, with every version at its address; may be repeated.",
        ),
        click.option("--since", type=_TIME, help="Only what was captured at this time (UTC) or later."),
        click.option("--until", type=_TIME, help="Only what was captured before this time; a date means its end."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def selection_of(
    archive: Archive,
    *,
    portals: tuple[str, ...],
    runs: tuple[str, ...],
    place: str | None,
    documents: tuple[str, ...],
    since: dt.datetime | None,
    until: dt.datetime | None,
) -> Selection:
    """What the options ask for.

    Raises CommandError for a place, OriginalMissingError for a document that is not known, AmbiguousHashError.
    """
    return Selection(
        portals=frozenset(map(archived_as, portals)),
        runs=frozenset(runs),
        urls=addresses_of(archive, documents) if documents else None,
        place=_place(archive, place) if place else None,
        since=since and since.replace(tzinfo=dt.UTC),
        until=_end(until),
        words=(*(f"document {name}" for name in documents), *([f"place {place}"] if place else [])),
    )


def _end(time: dt.datetime | None) -> dt.datetime | None:
    is_date = time is not None and time.time() == dt.time()
    return time and time.replace(tzinfo=dt.UTC) + dt.timedelta(days=1 if is_date else 0)


def _place(archive: Archive, name: str) -> Place:
    """Raises CommandError for a name that is of no division and of no parsed document."""
    try:
        beginning = re.sub(r"(00)+$", "", stated(name).code)
    except UnknownDivisionError as error:
        originals = _originals(archive, name, "")
        if not originals:
            raise CommandError(f"--place: {error}", Exit.SOMETHING_FAILED) from error
        return Place(urls=addresses_with(archive, originals))
    portals = [portal for portal in find_portals() if str(portal.division_code).startswith(beginning)]
    urls = addresses_with(archive, _originals(archive, name, beginning))
    return Place(frozenset(portal.archive_name for portal in portals), urls, (beginning,))


def _originals(archive: Archive, name: str, code: str) -> Collection[str]:
    """The originals of a place, or of a division and those below it, as the lake knows them."""
    if load_manifest(archive.store) is None:
        return ()
    with connect(archive.store) as connection:
        return [sha256 for (sha256,) in connection.execute(_OF_PLACE, {"place": name, "code": code}).fetchall()]
