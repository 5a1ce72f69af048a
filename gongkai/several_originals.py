"""Several originals, chosen by what the lake and the captures know of them, listed or handed out."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
import pyarrow as pa

from gongkai.archive.archive import Archive
from gongkai.archive.handing_out import AsRead, HandedOut, Zip, hand_out, new_folder
from gongkai.archive.retrieval import Asked, Found, History
from gongkai.exits import Exit
from gongkai.phase_option import phase_option
from gongkai.queries.errors import OutputError
from gongkai.queries.lake import connect
from gongkai.queries.output import Format, new_file
from gongkai.row_output import answer, records
from gongkai.session import CommandError, say

F = TypeVar("F", bound=Callable[..., Any])

_TIME = pa.timestamp("us", "UTC")
_FOUND: dict[str, pa.DataType] = {
    "sha256": pa.string(),
    "bytes": pa.int64(),
    "observed_at": _TIME,
    "gone_since": _TIME,
    "portal": pa.string(),
    "title": pa.string(),
    "index_number": pa.string(),
    "file_name": pa.string(),
    "url": pa.string(),
}
_READ = (
    *("province", "city", "county", "entity", "department", "level", "year", "phase"),
    *("title", "parse_status", "parser_version"),
)
"""Columns of ``documents`` that a hand-out has besides the SHA-256 of original and document."""
_ASKED = """
    FROM documents
    WHERE in_place($place, province, city, county, entity)
      AND ($year IS NULL OR year = $year)
      AND ($department = '' OR department = $department)
      AND ($phase = '' OR phase = $phase)
"""
_IN_LAKE = f"SELECT DISTINCT coalesce(container_sha256, sha256) {_ASKED}"
_AS_READ = f"SELECT coalesce(container_sha256, sha256), sha256, {', '.join(_READ)} {_ASKED} ORDER BY ALL"
_STATING = "SELECT DISTINCT coalesce(container_sha256, sha256) FROM documents WHERE contains(title, ?)"
_ROWS = 1000
_NO_FOLDERS = frozenset({".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".pdf", ".csv", ".json"})
"""Ends of names by which people ask for a file that is not made."""


@dataclasses.dataclass(frozen=True, slots=True)
class Several:
    """What several documents have in common: of the lake the first four, of both a title, of captures the rest."""

    place: str | None = None
    year: int | None = None
    department: str | None = None
    phase: str | None = None
    index_number: str | None = None
    title: tuple[str, ...] = ()
    until: dt.datetime | None = None


def several_options(command: F) -> F:
    """The options that choose several documents, and where they go."""
    options = (
        click.option("--place", help="Part of a province, city, county or entity name."),
        click.option("--year", type=int, help="Fiscal year."),
        click.option("--department", help="Controlled department name, such as 教育."),
        phase_option,
        click.option("--index-number", metavar="NUMBER", help="The 索引号 of the disclosure, as the portal gives it."),
        click.option(
            "--title",
            multiple=True,
            metavar="WORD",
            help="A word of its title or name as captured, or of the title that it states; may be repeated.",
        ),
        click.option(
            "--to",
            type=click.Path(path_type=Path),
            metavar="DIR|FILE.zip",
            help="Hand several out to a new folder or ZIP file, with manifest, captures and checksums.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def several(archive: Archive, asked: Several, to: Path | None, form: Format) -> None:
    """List the documents, or write them to a new folder or ZIP file.  Raises CommandError where there are none."""
    if asked == Several(until=asked.until):
        raise click.UsageError(
            "give a SHA256 or URL, or --place, --year, --department, --phase, --index-number or --title"
        )
    for option, value in _options(asked):
        if not str(value).strip():
            raise CommandError(f"{option} {value!r} says nothing: give what to look for", Exit.WRONG_USAGE)
    if to is not None:
        _check(to)
    with contextlib.closing(History(archive)) as history:
        documents = _known(history.find(_asked(archive, asked)), asked)
        if to is None:
            answer(records(_FOUND, (_row(found) for found in documents)), form, None)
            return
        written = _write(archive, documents, to, asked)
    say(f"{to}: {written.originals} originals of {written.addresses} addresses, {written.bytes} bytes")


def _asked(archive: Archive, asked: Several) -> Asked:
    hashes = None
    if any(value is not None for value in (asked.place, asked.year, asked.department, asked.phase)):
        with connect(archive.store) as connection:
            hashes = [sha256 for (sha256,) in connection.execute(_IN_LAKE, _values(asked)).fetchall()]
    return Asked(asked.index_number, asked.title, asked.until, hashes, _stating(archive, asked.title))


def _stating(archive: Archive, words: Sequence[str]) -> dict[str, list[str]]:
    """The originals with a document whose own title has the word, as far as the lake knows them."""
    if not words:
        return {}
    with connect(archive.store) as connection:
        return {word: [sha256 for (sha256,) in connection.execute(_STATING, [word]).fetchall()] for word in words}


def _values(asked: Several) -> dict[str, Any]:
    return {
        "place": asked.place or "",
        "year": asked.year,
        "department": asked.department or "",
        "phase": asked.phase or "",
    }


def _as_read(archive: Archive, asked: Several) -> AsRead:
    def rows() -> Iterator[Sequence[object]]:
        with connect(archive.store) as connection:
            answer = connection.execute(_AS_READ, _values(asked))
            while several_rows := answer.fetchmany(_ROWS):
                yield from several_rows

    return AsRead(("sha256", "document_sha256", *_READ), rows())


def _check(to: Path) -> None:
    """Raise CommandError for a name that can be none of a new folder or ZIP file."""
    if to.exists():
        raise CommandError(f"{str(to)!r} exists already: give another name with --to", Exit.WRONG_USAGE)
    if not to.absolute().parent.is_dir():
        raise CommandError(f"{str(to.parent)!r} is no folder: make it first, or give another --to", Exit.WRONG_USAGE)
    if to.suffix.lower() in _NO_FOLDERS:
        raise CommandError(
            f"--to {str(to)!r} is no name of a folder or of a ZIP file: end it in .zip", Exit.WRONG_USAGE
        )


def _options(asked: Several) -> Iterator[tuple[str, object]]:
    """The options given and their values."""
    for name, value in dataclasses.asdict(asked).items():
        if isinstance(value, dt.datetime):
            last = value - dt.timedelta(microseconds=1)
            yield "--as-of", f"{last:%Y-%m-%dT%H:%M:%S}"
            continue
        for each in value if isinstance(value, tuple) else () if value is None else (value,):
            yield f"--{name.replace('_', '-')}", each


def _known(documents: Iterator[Found], asked: Several) -> Iterator[Found]:
    """The documents, of which there is one at least.  Raises CommandError."""
    first = next(documents, None)
    if first is None:
        given = " ".join(f"{option} {str(value)!r}" for option, value in _options(asked))
        raise CommandError(
            f"the archive holds no document of {given}: give less, or parse first, since place, year, department and"
            " phase are known of parsed documents, a number as captured, a title of both",
            Exit.SOMETHING_FAILED,
        )
    yield first
    yield from documents


def _write(archive: Archive, documents: Iterator[Found], to: Path, asked: Several) -> HandedOut:
    read = _as_read(archive, asked)
    try:
        if to.suffix.lower() == ".zip":
            with new_file(to) as stream, contextlib.closing(Zip(stream)) as package:
                return hand_out(archive, documents, package, asked.until, read)
        with new_folder(to) as folder:
            return hand_out(archive, documents, folder, asked.until, read)
    except OutputError as error:
        raise CommandError(str(error), Exit.SOMETHING_FAILED) from error
    except OSError as error:
        raise CommandError(
            f"{str(to)!r} cannot be written: {error.strerror or error}", Exit.SOMETHING_FAILED
        ) from error


def _row(found: Found) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _FOUND}
