"""``gongkai get``: an original, as it was received."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import click
import pyarrow as pa

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture
from gongkai.enclosed import bytes_of, document_of
from gongkai.exits import Exit
from gongkai.parsing.left import count_pending
from gongkai.queries.output import FORMATS, Format, new_file
from gongkai.row_output import answer, records
from gongkai.session import CommandError, Session, say, terminal_width
from gongkai.several_originals import Several, several, several_options

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

_SHA256 = re.compile(r"[0-9a-fA-F]{8,64}")


@click.command("get", short_help="Hand out an original.")
@click.argument("what", metavar="[SHA256|URL]", required=False)
@click.option("--output", "-o", metavar="FILE|-", help="Where to; - is standard output.  Default: its own file name.")
@click.option("--version", type=click.IntRange(min=1), help="Which version of the URL, 1 the oldest.  Default: newest.")
@click.option(
    "--at",
    "--as-of",
    "at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="The version that stood at the URL at this time (UTC); a date means its end.",
)
@click.option("--versions", "listing", is_flag=True, help="List the versions instead.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", help="How a list is written.")
@several_options
@click.pass_obj
def command(
    session: Session,
    /,
    what: str | None,
    *,
    output: str | None,
    version: int | None,
    at: dt.datetime | None,
    listing: bool,
    form: Format,
    to: Path | None,
    **asked: Any,
) -> None:
    """Hand out an original, its bytes checked against their SHA-256; or several, to a folder or a ZIP file.

    Named by its SHA-256 (the first 8 digits or more) or by the address it came from; a local file's address is its
    file:// URL, or its path.  A file inside an archive file (zip, ...) or a Word document is named by its own SHA-256
    once the original that holds it was parsed.

    Several are those of a place, year, department or phase, as parsed, of a number, as captured, or of a title, as
    captured or parsed; without --to they are listed.

    \b
    gongkai get 1de823700c09 --output original.pdf
    gongkai get --place 秦皇岛 --year 2025 --to 秦皇岛.zip
    gongkai get --title 决算 --as-of 2025-03-01 --to 决算
    """
    if what is None or to is not None or any(asked.values()):
        if what is not None or output is not None or version is not None or listing:
            raise click.UsageError("give a SHA256 or URL, or what several documents have in common, not both")
        several(session.filled_archive(), Several(**asked, until=_until(at)), to, form)
        return
    if version is not None and at is not None:
        raise click.UsageError("give --version or --at, not both")
    archive = session.filled_archive()
    captures = _captures(archive, what)
    found = [capture for capture in captures if capture.payload_sha256]
    inner = None if found else _inside(archive, what)
    if inner is not None:
        if listing or version is not None or at is not None:
            raise CommandError(
                f"{what!r} lies inside the original {inner['container_sha256']!r}, and only originals have versions:"
                " give that one with --version, --at or --versions",
                Exit.WRONG_USAGE,
            )
        _hand_out_inner(archive, inner, output)
        return
    if not found:
        raise CommandError(_nothing(archive, session, what, captures), Exit.SOMETHING_FAILED)
    if listing:
        rows = (_row(number, capture) for number, capture in enumerate(_versions(found), 1))
        answer(records(_VERSIONS, rows), form, None)
        return
    _hand_out(archive, _chosen(found, what, version, at), output)


def _captures(archive: Archive, what: str) -> list[Capture]:
    """Every capture of it, oldest first."""
    path = Path(what)
    names = [what, path.absolute().as_uri()] if "://" not in what else [what]
    return next((found for name in names if (found := archive.find(name))), [])


def _inside(archive: Archive, what: str) -> Mapping[str, Any] | None:
    """The lake's row of a document that lies inside an original; None where it knows none."""
    document = document_of(archive, what) if _SHA256.fullmatch(what) else None
    return document if document and document["container_sha256"] else None


def _nothing(archive: Archive, session: Session, what: str, captures: Sequence[Capture]) -> str:
    """Why there is no original of it, and what to do."""
    waiting = count_pending(archive) if _SHA256.fullmatch(what) else 0
    if waiting:
        return (
            f"the archive holds no original of {what!r}; should it lie inside another file, that is known once it is"
            f" parsed, and {waiting} originals wait for it: run {session.command} parse first"
        )
    seen = f"; it was seen {len(captures)} times, last as {captures[-1].outcome.value!r}" if captures else ""
    asked = "give 8 or more digits of a SHA-256, or an address as captured"
    return f"the archive holds no original of {what!r}{seen}: {asked}"


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
    until = _until(at)
    if at is None or until is None:
        return found[-1]
    standing = [capture for capture in found if capture.requested_at < until]
    if not standing:
        raise CommandError(
            f"{what!r} was first captured at {found[0].requested_at:%Y-%m-%dT%H:%M:%SZ}, after {at:%Y-%m-%dT%H:%M:%S}",
            Exit.SOMETHING_FAILED,
        )
    return standing[-1]


def _until(at: dt.datetime | None) -> dt.datetime | None:
    """The first moment after a time asked for; a date means its end."""
    is_date = at is not None and at.time() == dt.time()
    return at and at.replace(tzinfo=dt.UTC) + (dt.timedelta(days=1) if is_date else dt.timedelta(microseconds=1))


def _hand_out(archive: Archive, capture: Capture, output: str | None) -> None:
    sha256 = str(capture.payload_sha256)
    with (
        archive.open_original(sha256) as original,
        _target(output, capture.file_name, sha256) as (target, file),
    ):
        shutil.copyfileobj(original, file)
    if target is not None:
        say(f"{target}: {capture.payload_bytes} bytes, SHA-256 {sha256}, from {capture.url}")


def _hand_out_inner(archive: Archive, document: Mapping[str, Any], output: str | None) -> None:
    """A file that lies inside an original; which one is said in any case, since its bytes alone do not tell."""
    data = bytes_of(archive, document)
    with _target(output, document["file_name"], document["sha256"]) as (target, file):
        file.write(data)
    say(
        f"{target or 'standard output'}: {len(data)} bytes, SHA-256 {document['sha256']}, {document['file_name']!r} in"
        f" the original {document['container_sha256']} from {document['url']}"
    )


@contextlib.contextmanager
def _target(output: str | None, given: str | None, sha256: str) -> Iterator[tuple[Path | None, BinaryIO]]:
    """Where the bytes go: a new file, which appears when it is whole, or standard output, which has no path."""
    if output == "-":
        if terminal_width() is not None:
            raise CommandError("an original may be binary: give --output FILE, or send it to a pipe", Exit.WRONG_USAGE)
        yield None, sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(output) if output else _own_name(given, sha256)
    with new_file(path) as file:
        yield path, file


def _own_name(given: str | None, sha256: str) -> Path:
    """A file name in the current directory.  Raises CommandError rather than replace what stands there."""
    name = Path(Path(given or "").name.replace("\0", "") or sha256)
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
