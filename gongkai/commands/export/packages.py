"""``gongkai export bagit`` and ``ocfl``: originals with their provenance, for other archives."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection
from typing import Any, TypeVar

import click

from gongkai.archive.archive import Archive
from gongkai.archive.packages.bag import Custodian, write_bag
from gongkai.archive.packages.ocfl import write_ocfl
from gongkai.archive.packages.scope import Scope, urls_of
from gongkai.archive.roots import open_store
from gongkai.crawler.portal.file import archived_as
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.queries.lake import connect
from gongkai.session import CommandError, Session, say

F = TypeVar("F", bound=Callable[..., Any])

_OF_PLACE = """
    SELECT DISTINCT coalesce(container_sha256, sha256)
    FROM documents WHERE in_place(?, province, city, county, entity)
"""
_DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])
_TARGET = click.argument("target", metavar="DIR|s3://BUCKET/PREFIX")


def _package_options(command: F) -> F:
    """What is taken, and who hands it over."""
    options = (
        click.option("--portal", "portals", multiple=True, help="Only what this portal published; may be repeated."),
        click.option("--place", help="Only parsed documents of a place: part of a province, city, county or entity."),
        click.option(
            "--document",
            "documents",
            multiple=True,
            metavar="SHA256|URL",
            help="Only this document, with every version at its address; may be repeated.",
        ),
        click.option("--since", type=_DAY, help="Only what was captured at this time (UTC) or later."),
        click.option("--until", type=_DAY, help="Only what was captured before this time; a date means its end."),
        click.option(
            "--custodian", default="gongkai", show_default=True, metavar="NAME", help="Who hands the package over."
        ),
        click.option("--contact", default="", metavar="mailto:…|https://…", help="The address of the custodian."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("bagit", short_help="Originals and captures as a BagIt bag.")
@_TARGET
@_package_options
@click.pass_obj
def bagit(session: Session, /, *, target: str, custodian: str, contact: str, **asked: Any) -> None:
    """Copy originals, and how each was obtained, into a BagIt bag; again into the same one, add what is new.

    Cut off, it leaves UNFINISHED there; run it again and it finishes.

    \b
    gongkai export bagit handed-over --custodian 国家图书馆 --contact mailto:archive@example.org
    gongkai verify --package handed-over
    bagit.py --validate handed-over
    """
    archive, scope = _scope(session, **asked)
    destination, holder = open_store(target), _custodian(custodian, contact)
    with progress("packing") as advance:
        done = write_bag(archive, destination, scope, holder, on=dt.datetime.now(dt.UTC).date(), note=advance)
    told = "whole" if done.is_new else "is there already, unchanged"
    say(
        f"{destination.url}: a bag of {done.originals} originals and {done.captures} captures, {done.bytes} bytes in"
        f" {done.files} files, {told}"
    )


@click.command("ocfl", short_help="Originals and captures as an OCFL storage root.")
@_TARGET
@_package_options
@click.pass_obj
def ocfl(session: Session, /, *, target: str, custodian: str, contact: str, **asked: Any) -> None:
    """Copy originals into an OCFL storage root, an object for each address; again into the same one, add new versions.

    A version is what stood there when it changed, and how it was obtained. Cut off, it leaves UNFINISHED there; run it
    again and it finishes.

    \b
    gongkai export ocfl s3://library/budgets --custodian 国家图书馆 --contact mailto:archive@example.org
    gongkai verify --package s3://library/budgets
    """
    archive, scope = _scope(session, **asked)
    destination, holder = open_store(target), _custodian(custodian, contact)
    with progress("packing") as advance:
        filed = write_ocfl(archive, destination, scope, holder, advance)
    say(
        f"{destination.url}: {filed.objects} objects; {filed.new_objects} of them and {filed.new_versions} versions are"
        " new"
    )


def _scope(
    session: Session,
    *,
    portals: tuple[str, ...],
    place: str | None,
    documents: tuple[str, ...],
    since: dt.datetime | None,
    until: dt.datetime | None,
) -> tuple[Archive, Scope]:
    """The archive and what is taken of it.  Raises CommandError where there is nothing of what was asked for."""
    archive = session.filled_archive()
    words = (*(f"document {name}" for name in documents), *([f"place {place}"] if place else []))
    urls = urls_of(archive, documents, _payloads(archive, place)) if words else None
    if urls is not None and not urls:
        raise CommandError(
            f"the archive holds nothing of {'; '.join(words)!r}: places are known once documents are parsed, and a"
            " document is named by 8 or more digits of its SHA-256 or its address",
            Exit.SOMETHING_FAILED,
        )
    return archive, Scope(
        portals=frozenset(map(archived_as, portals)), since=_utc(since), until=_end(until), urls=urls, words=words
    )


def _payloads(archive: Archive, place: str | None) -> Collection[str]:
    """The originals of a place, as the lake knows them."""
    if not place:
        return ()
    with connect(archive.store) as connection:
        return [sha256 for (sha256,) in connection.execute(_OF_PLACE, [place]).fetchall()]


def _utc(time: dt.datetime | None) -> dt.datetime | None:
    return time and time.replace(tzinfo=dt.UTC)


def _end(time: dt.datetime | None) -> dt.datetime | None:
    is_date = time is not None and time.time() == dt.time()
    return time and time.replace(tzinfo=dt.UTC) + dt.timedelta(days=1 if is_date else 0)


def _custodian(name: str, contact: str) -> Custodian:
    """Raises CommandError for a contact that is no address."""
    if contact and not re.fullmatch(r"(mailto:[^@\s]+@|https?://)\S+", contact):
        raise CommandError(
            f"{contact!r} is no address of a custodian: give mailto:name@example.org or https://example.org/",
            Exit.WRONG_USAGE,
        )
    return Custodian(name, contact)
