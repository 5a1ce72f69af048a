"""``gongkai export wacz``: captures as a web archive package."""

from __future__ import annotations

import importlib
import re
from typing import Any

import click

from gongkai.archive.roots import open_store
from gongkai.archive.store import Store
from gongkai.commands.export.selection_options import selection_of, selection_options
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.session import CommandError, Session, say

_SIZE = re.compile(r"([1-9][0-9]{0,8})([KMGT]?)B?", re.IGNORECASE)
_POWERS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}


def _size(_context: click.Context, _option: click.Parameter, text: str | None) -> int | None:
    if text is None:
        return None
    match = _SIZE.fullmatch(text)
    if match is None:
        raise click.BadParameter(f"{text!r} is no size such as 500M or 10G")
    return int(match[1]) << 10 * _POWERS[match[2].upper()]


@click.command("wacz", short_help="Captures as a web archive package, for ReplayWeb.page and archives.")
@click.argument("file", metavar="FILE|s3://BUCKET/KEY")
@selection_options
@click.option("--split", callback=_size, metavar="SIZE", help="Parts of about this size, such as 500M or 10G.")
@click.pass_obj
def wacz_file(session: Session, /, *, file: str, split: int | None, **asked: Any) -> None:
    """Write captures with their requests, headers and times as a web archive (WARC 1.1 in a WACZ).

    Everything, or what all options given agree on, together with the pages that lead to it. The same captures give
    the same bytes. A run that was cut off is finished by the next one. With --split FILE.json names the parts.

    \b
    gongkai export wacz 2025.wacz --since 2025-01-01 --until 2025-12-31
    gongkai export wacz s3://archive/fuzhou.wacz --portal fujian/fuzhou --split 10G
    gongkai verify --package 2025.wacz
    """
    archive = session.filled_archive()
    target, name = package_place(file)
    if not name.endswith(".wacz"):
        raise CommandError(f"{file!r} does not end in .wacz: give a file name that does", Exit.WRONG_USAGE)
    selection = selection_of(archive, **asked)
    module = wacz_module("wacz")
    with progress("exporting") as advance:
        done = module.write_wacz(archive, selection, target, name, split=split, note=advance)
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
