"""``gongkai export bagit`` and ``ocfl``: originals with their provenance, for other archives."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from gongkai.archive.packages.bag import Custodian, write_bag
from gongkai.archive.packages.ocfl import write_ocfl
from gongkai.archive.roots import open_store
from gongkai.commands.export.selection_options import selection_of, selection_options
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.session import CommandError, Session, say

F = TypeVar("F", bound=Callable[..., Any])

_TARGET = click.argument("target", metavar="DIR|s3://BUCKET/PREFIX")


def _package_options(command: F) -> F:
    """What is taken, and who hands it over."""
    command = selection_options(command)
    options = (
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
    archive = session.filled_archive()
    selection = selection_of(archive, **asked)
    destination, holder = open_store(target), _custodian(custodian, contact)
    with progress("packing") as advance:
        done = write_bag(archive, destination, selection, holder, on=dt.datetime.now(dt.UTC).date(), note=advance)
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
    archive = session.filled_archive()
    selection = selection_of(archive, **asked)
    destination, holder = open_store(target), _custodian(custodian, contact)
    with progress("packing") as advance:
        filed = write_ocfl(archive, destination, selection, holder, advance)
    say(
        f"{destination.url}: {filed.objects} objects; {filed.new_objects} of them and {filed.new_versions} versions are"
        " new"
    )


def _custodian(name: str, contact: str) -> Custodian:
    """Raises CommandError for a contact that is no address."""
    if contact and not re.fullmatch(r"(mailto:[^@\s]+@|https?://)\S+", contact):
        raise CommandError(
            f"{contact!r} is no address of a custodian: give mailto:name@example.org or https://example.org/",
            Exit.WRONG_USAGE,
        )
    return Custodian(name, contact)
