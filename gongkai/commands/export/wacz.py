"""``gongkai export wacz``: captures as a web archive package."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from collections.abc import Iterable
from typing import Any

import click

from gongkai.archive.archive import Archive
from gongkai.archive.packages.selection import Place, Selection
from gongkai.archive.roots import open_store
from gongkai.archive.store import Store
from gongkai.crawler.portal.file import archived_as
from gongkai.crawler.portal.shipped import find_portals
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.queries.connection import load_manifest
from gongkai.queries.lake import connect
from gongkai.session import CommandError, Session, say
from gongkai.vocabulary.divisions import UnknownDivisionError, stated

_SIZE = re.compile(r"([1-9][0-9]{0,8})([KMGT]?)B?", re.IGNORECASE)
_POWERS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_TIMES = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])
_SHA256 = re.compile(r"[0-9a-fA-F]{8,64}")


def _size(_context: click.Context, _option: click.Parameter, text: str | None) -> int | None:
    if text is None:
        return None
    match = _SIZE.fullmatch(text)
    if match is None:
        raise click.BadParameter(f"{text!r} is no size such as 500M or 10G")
    return int(match[1]) << 10 * _POWERS[match[2].upper()]


@click.command("wacz", short_help="Captures as a web archive package, for ReplayWeb.page and archives.")
@click.argument("file", metavar="FILE|s3://BUCKET/KEY")
@click.option("--portal", "portals", multiple=True, help="Captures of a portal; repeat for more.")
@click.option("--run", "runs", multiple=True, help="Captures of a run; repeat for more.")
@click.option("--place", help="What the portals of a division published, and documents that are its: a name or a code.")
@click.option("--document", "documents", multiple=True, metavar="SHA256|URL", help="A document; repeat for more.")
@click.option("--since", type=_TIMES, help="Captures from this time on (UTC).")
@click.option("--until", type=_TIMES, help="Captures before this time (UTC).")
@click.option("--split", callback=_size, metavar="SIZE", help="Parts of about this size, such as 500M or 10G.")
@click.pass_obj
def wacz_file(
    session: Session,
    *,
    file: str,
    portals: tuple[str, ...],
    runs: tuple[str, ...],
    place: str | None,
    documents: tuple[str, ...],
    since: dt.datetime | None,
    until: dt.datetime | None,
    split: int | None,
) -> None:
    """Write captures with their requests, headers and times as a web archive (WARC 1.1 in a WACZ).

    Everything, or what all options given agree on, together with the pages that lead to it. The same captures give
    the same bytes. A run that was cut off is finished by the next one. With --split FILE.json names the parts.

    \b
    gongkai export wacz 2025.wacz --since 2025-01-01 --until 2026-01-01
    gongkai export wacz s3://archive/fuzhou.wacz --portal fujian/fuzhou --split 10G
    gongkai verify --package 2025.wacz
    """
    archive = session.filled_archive()
    target, name = package_place(file)
    if not name.endswith(".wacz"):
        raise CommandError(f"{file!r} does not end in .wacz: give a file name that does", Exit.WRONG_USAGE)
    selection = Selection(
        portals=frozenset(map(archived_as, portals)),
        runs=frozenset(runs),
        documents=frozenset(_documents(archive, documents)),
        place=_place(archive, place) if place else None,
        since=since and since.replace(tzinfo=dt.UTC),
        until=until and until.replace(tzinfo=dt.UTC),
    )
    module = wacz_module("wacz")
    with progress("exporting") as advance:
        try:
            done = module.write_wacz(archive, selection, target, name, split=split, note=advance)
        except module.PackageRefusedError as error:
            raise CommandError(str(error), Exit.WRONG_USAGE) from error
    kept = f", {done.kept} of them there already" if done.kept else ""
    parts = f" in {len(done.parts)} parts{kept}" if split else ""
    say(f"{file}: {done.captures} captures, {done.bytes} bytes{parts}")


def wacz_module(name: str) -> Any:
    """A module that reads or writes web archives.  Raises CommandError where warcio is not installed."""
    try:
        return importlib.import_module(f"gongkai.archive.packages.{name}")
    except ImportError as error:
        how = "pip install 'gongkai[exchange]'"
        raise CommandError(f"web archives need gongkai[exchange]: {how}", Exit.WRONG_USAGE) from error


def package_place(file: str) -> tuple[Store, str]:
    """The store that holds a file, a directory or a bucket, and its name there.  Raises ArchiveError."""
    folder, _, name = file.rpartition("/")
    return open_store(folder or ("/" if file.startswith("/") else ".")), name


def _documents(archive: Archive, named: Iterable[str]) -> Iterable[str]:
    for what in named:
        if not _SHA256.fullmatch(what):
            yield what
            continue
        found = {str(capture.payload_sha256) for capture in archive.find(what)}
        if not found:
            raise CommandError(f"the archive holds no original of {what!r}", Exit.WRONG_USAGE)
        yield from found


def _place(archive: Archive, name: str) -> Place:
    try:
        code = stated(name).code
    except UnknownDivisionError as error:
        raise CommandError(f"--place: {error}", Exit.WRONG_USAGE) from error
    beginning = re.sub(r"(00)+$", "", code)
    portals = frozenset(
        portal.archive_name for portal in find_portals() if str(portal.division_code).startswith(beginning)
    )
    return Place(portals, frozenset(_originals(archive, beginning)), (beginning,))


def _originals(archive: Archive, beginning: str) -> Iterable[str]:
    """SHA-256 of the documents in the lake that are of a division or one below it."""
    if load_manifest(archive.store) is None:
        return []
    with connect(archive.store) as connection:
        sql = "SELECT coalesce(container_sha256, sha256) FROM documents WHERE starts_with(division_code, ?)"
        return [str(row[0]) for row in connection.execute(sql, [beginning]).fetchall()]
