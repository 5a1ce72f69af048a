"""``gongkai get``: an original, as it was received."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pyarrow as pa

from archive.archive import Archive
from archive.capture import Capture
from gongkai.answers import answer, records
from gongkai.exits import Exit
from gongkai.session import CommandError, Session, say, terminal_width
from queries.output import FORMATS, Format, new_file

_VERSIONS: dict[str, pa.DataType] = {
    "version": pa.int32(),
    "sha256": pa.string(),
    "bytes": pa.int64(),
    "received_at": pa.timestamp("us", "UTC"),
    "outcome": pa.string(),
    "http_status": pa.int32(),
    "portal": pa.string(),
    "file_name": pa.string(),
    "url": pa.string(),
}


@click.command("get", short_help="Hand out an original.")
@click.argument("what", metavar="SHA256|URL")
@click.option("--output", "-o", metavar="FILE|-", help="Where to; - is standard output.  Default: its own file name.")
@click.option("--version", type=click.IntRange(min=1), help="Which version of the URL, 1 the oldest.  Default: newest.")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="The version that stood at the URL at this time (UTC); a date means its end.",
)
@click.option("--versions", "listing", is_flag=True, help="List the versions instead.")
@click.option(
    "--format", "-f", "form", type=click.Choice(FORMATS), default="table", help="How --versions writes its list."
)
@click.pass_obj
def command(
    session: Session,
    what: str,
    *,
    output: str | None,
    version: int | None,
    at: dt.datetime | None,
    listing: bool,
    form: Format,
) -> None:
    """Hand out an original, its bytes checked against their SHA-256.

    Named by its SHA-256 (the first 8 digits or more) or by the address it came from; a local file's address is its
    file:// URL, or its path.
    """
    if version is not None and at is not None:
        raise click.UsageError("give --version or --at, not both")
    archive = session.filled_archive()
    found = _captures(archive, what)
    if listing:
        rows = (_row(number, capture) for number, capture in enumerate(_versions(found), 1))
        answer(records(_VERSIONS, rows), form, None)
        return
    _hand_out(archive, _chosen(found, what, version, at), output)


def _captures(archive: Archive, what: str) -> list[Capture]:
    """Every capture of it that has an original, oldest first.  Raises CommandError when there is none."""
    path = Path(what)
    names = [what, path.absolute().as_uri()] if "://" not in what else [what]
    captures = next((found for name in names if (found := archive.find(name))), [])
    found = [capture for capture in captures if capture.payload_sha256]
    if not found:
        seen = f"; it was seen {len(captures)} times, last as {captures[-1].outcome.value!r}" if captures else ""
        raise CommandError(
            f"the archive holds no original of {what!r}{seen}: give 8 or more digits of a SHA-256, or an address as"
            " captured",
            Exit.SOMETHING_FAILED,
        )
    return found


def _versions(captures: Sequence[Capture]) -> list[Capture]:
    """The first capture of each distinct original, oldest first."""
    first: dict[str | None, Capture] = {}
    for capture in captures:
        first.setdefault(capture.payload_sha256, capture)
    return list(first.values())


def _chosen(found: Sequence[Capture], what: str, version: int | None, at: dt.datetime | None) -> Capture:
    if version is not None:
        versions = _versions(found)
        if version > len(versions):
            raise CommandError(f"{what!r} has {len(versions)} versions, not {version}", Exit.SOMETHING_FAILED)
        return versions[version - 1]
    if at is None:
        return found[-1]
    is_date = at.time() == dt.time()
    until = at.replace(tzinfo=dt.UTC) + (dt.timedelta(days=1) if is_date else dt.timedelta(microseconds=1))
    standing = [capture for capture in found if capture.requested_at < until]
    if not standing:
        raise CommandError(
            f"{what!r} was first captured at {found[0].requested_at:%Y-%m-%dT%H:%M:%SZ}, after {at:%Y-%m-%dT%H:%M:%S}",
            Exit.SOMETHING_FAILED,
        )
    return standing[-1]


def _hand_out(archive: Archive, capture: Capture, output: str | None) -> None:
    sha256 = str(capture.payload_sha256)
    if output == "-" and terminal_width() is not None:
        raise CommandError("an original may be binary: give --output FILE, or send it to a pipe", Exit.WRONG_USAGE)
    with archive.open_original(sha256) as original:
        if output == "-":
            shutil.copyfileobj(original, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        target = Path(output) if output else _own_name(capture)
        with new_file(target) as file:
            shutil.copyfileobj(original, file)
    say(f"{target}: {capture.payload_bytes} bytes, SHA-256 {sha256}, from {capture.url}")


def _own_name(capture: Capture) -> Path:
    """A file name in the current directory.  Raises CommandError rather than replace what stands there."""
    given = Path(capture.file_name or "").name.replace("\0", "")
    name = Path(given or str(capture.payload_sha256))
    if name.exists():
        raise CommandError(f"{str(name)!r} exists here already: give --output FILE", Exit.WRONG_USAGE)
    return name


def _row(number: int, capture: Capture) -> dict[str, object]:
    return {
        "version": number,
        "sha256": capture.payload_sha256,
        "bytes": capture.payload_bytes,
        "received_at": capture.received_at or capture.requested_at,
        "outcome": capture.outcome.value,
        "http_status": capture.http_status,
        "portal": capture.portal,
        "file_name": capture.file_name,
        "url": capture.url,
    }
