"""The publication that a command of ``gongkai export`` is about, and the terms it is handed on under."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import click

from gongkai.exits import Exit
from gongkai.lake.catalogues.holdings import Holdings, holdings
from gongkai.lake.catalogues.terms import Terms, TermsError
from gongkai.lake.manifest import Manifest
from gongkai.queries.connection import load_manifest
from gongkai.session import CommandError, Session

F = TypeVar("F", bound=Callable[..., Any])


def published(session: Session, on: dt.date | None = None) -> Holdings:
    """What the lake holds.  Raises CommandError where nothing was parsed yet."""
    held = holdings(session.filled_archive().store, on)
    if held is None:
        raise _nothing(session)
    return held


def published_manifest(session: Session) -> Manifest:
    """The manifest alone, for which no file is opened.  Raises CommandError where nothing was parsed yet."""
    manifest = load_manifest(session.filled_archive().store)
    if manifest is None or not manifest.files:
        raise _nothing(session)
    return manifest


def _nothing(session: Session) -> CommandError:
    url = session.archive().store.url
    return CommandError(f"the lake at {url!r} holds nothing yet: run {session.command} parse", Exit.SOMETHING_FAILED)


def terms_options(command: F) -> F:
    """The options that say who publishes, under which licence and where; the command takes ``terms``."""
    options = (
        click.option("--publisher", default="gongkai", show_default=True, help="Who publishes the data."),
        click.option(
            "--licence",
            default="",
            metavar="SPDX|URL",
            help="The licence it is published under; none is stated without it.",
        ),
        click.option(
            "--base",
            default="",
            metavar="URL",
            help="Where the folder that holds lake/ is on the web; without it addresses are relative.",
        ),
    )
    for option in options:
        command = option(command)
    return command


def terms_of(publisher: str, licence: str, base: str) -> Terms:
    """The terms of these options.  Raises CommandError."""
    try:
        return Terms.of(publisher, licence, base)
    except TermsError as error:
        raise CommandError(str(error), Exit.WRONG_USAGE) from error
