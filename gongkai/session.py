"""The archive root and the options a command is run with."""

from __future__ import annotations

import dataclasses
import importlib
import os
import shlex
import shutil
import sys
from typing import TYPE_CHECKING

import click

from gongkai.exits import Exit
from gongkai.queries.printable import printable, shortened
from gongkai.vocabulary.languages import said

if TYPE_CHECKING:
    from gongkai.archive.archive import Archive

DEFAULT_ROOT = "gongkai-data"

_FILLED = ("captures/", "raw/", "lake/", "runs/", "inventory.json")
"""An archive has something under one of these, also one of which the rest was lost."""


class CommandError(Exception):
    """Raised by commands for what a person can put right; one sentence, and the exit code."""

    def __init__(self, message: str, code: Exit) -> None:
        super().__init__(message)
        self.code = code


@dataclasses.dataclass(frozen=True, slots=True)
class Session:
    """The options given before the command."""

    root: str
    debug: bool = False

    def archive(self) -> Archive:
        """The archive at the root, which a first write makes.  Raises ArchiveError."""
        module = importlib.import_module("gongkai.archive.archive")
        opened: Archive = module.Archive.open(self.root)
        return opened

    def filled_archive(self) -> Archive:
        """The archive at the root, for commands that only read.  Raises CommandError where nothing was kept yet."""
        archive = self.archive()
        if not any(
            next(archive.store.list(prefix), None)
            for prefix in ("captures/", "raw/", "lake/", "runs/", "inventory.json")
        ):
            raise CommandError(
                f"there is no archive at {archive.store.url!r} yet: fill it with gongkai add or crawl,"
                " or give another one with --root",
                Exit.ARCHIVE_UNUSABLE,
            )
        return archive

    @property
    def command(self) -> str:
        """How to call gongkai on this archive again, as a person would type it."""
        if self.root == DEFAULT_ROOT and not os.environ.get("GONGKAI_ROOT"):
            return "gongkai"
        return f"gongkai --root {shlex.quote(self.root)}"


def echo(text: str = "", *, nl: bool = True, err: bool = False) -> None:
    """Print what a person reads.  The one way to the terminal: what documents and portals say cannot steer it."""
    click.echo(printable(said(text)), nl=nl, err=err)


def say(message: str) -> None:
    """One line for the person, on standard error; long addresses in it are cut."""
    click.echo(printable(shortened(said(message))), err=True)


def terminal_width() -> int | None:
    """Characters in a line where standard output is a terminal, else None: a pipe must lose nothing."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
