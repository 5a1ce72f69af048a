"""The archive: originals under their hash, captures beside them, one report for each run.

The module is long because writing, retrieving and reporting share the one state of an open archive.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import datetime as dt
import hashlib
import itertools
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from gongkai.archive import capture_table, compaction, formats, inventory, keys, seal, under_way
from gongkai.archive.arrival import Arrived
from gongkai.archive.capture import Capture
from gongkai.archive.compaction import Piece
from gongkai.archive.latest import Latest
from gongkai.archive.roots import open_store
from gongkai.archive.store import ArchiveError, BadKeyError, ObjectInfo, ObjectMissingError, Store, StoreError
from gongkai.archive.streams import chunks, digest_of, new_spool, spooled
from gongkai.archive.under_way import UnderWay

_SHORT = 2 << 20
"""Bytes of a portal's capture files up to which its history is read at once."""
_READ_AT_ONCE = 8
"""Portals whose capture files are read side by side: most of the time of a fetch from S3 is waiting."""

_REMEMBERED = 1 << 14
"""Originals known to be stored, so that recording them asks the store no more; about 2 MB."""


class OriginalMissingError(ArchiveError):
    """Raised when an original is asked for that the archive does not hold."""


class OriginalAlteredError(ArchiveError):
    """Raised when the bytes under an original's key do not hash to its name."""


class CaptureRefusedError(ArchiveError, ValueError):
    """Raised when captures cannot be recorded: no captures, of several runs, without zone, without their original."""


class RunReportRefusedError(ArchiveError, ValueError):
    """Raised when a run report is not JSON, or names another run than the one it is written for."""


class AmbiguousHashError(ArchiveError, ValueError):
    """Raised when an abbreviated SHA-256 stands for several originals; the message names them."""


Portals = Callable[[], Iterable[Mapping[str, Any]]]
"""Gives the rows that a crawl's report has of its portals, one after the other."""


@dataclasses.dataclass(frozen=True, slots=True)
class Original:
    """An original as kept: its SHA-256, its length, and whether this call stored it.

    ``is_new`` may be False for bytes just stored when the store's answer was lost and the request repeated.
    """

    sha256: str
    bytes: int
    is_new: bool


class Archive:
    """One archive root.  Every call blocks; safe for use from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._known: set[bytes] = set()
        self._runs: dict[str, UnderWay] = {}
        self._pages: dict[str, str] = {}
        self._next: dict[str, int] = {}

    @classmethod
    def open(cls, root: str) -> Archive:
        """The archive at a directory or ``s3://bucket/prefix``.  Raises RootUnusableError, StoreUnavailableError."""
        return cls(open_store(root))

    @property
    def store(self) -> Store:
        """The store below; keys as the package docstring maps them."""
        return self._store

    def keep_original(self, data: bytes | BinaryIO | Arrived) -> Original:
        """Store bytes under their SHA-256, once.  A stream is read to its end, held on disk where it is long.

        What was hashed while it arrived is not hashed again.  What the stream raises is passed on.  Raises
        OriginalAlteredError when the archive holds this original with another length already.
        """
        if isinstance(data, Arrived):
            return self._keep(data.sha256, data.size, data.head if data.is_whole else data.open())
        with spooled(data) as (stream, size):
            sha256 = _sha256(stream)
            stream.seek(0)
            return self._keep(sha256, size, stream)

    def _keep(self, sha256: str, size: int, data: bytes | BinaryIO) -> Original:
        key = keys.original_key(sha256)
        is_new = self._store.write_once(key, data)
        if not is_new and (held := self._store.size(key)) != size:
            raise OriginalAlteredError(
                f"{key!r} holds {held!r} bytes where its name promises {size}: run `gongkai verify`,"
                " remove the damaged object and try again"
            )
        self.remember(sha256)
        return Original(sha256, size, is_new)

    def original(self, sha256: str) -> bytes:
        """The original, its hash checked.  Raises OriginalMissingError, OriginalAlteredError."""
        with self.open_original(sha256) as stream:
            return stream.read()

    def open_original(self, sha256: str) -> BinaryIO:
        """The original as a seekable stream, its hash checked before it is handed out; the caller closes it.

        Raises OriginalMissingError, OriginalAlteredError.
        """
        try:
            stream = self._store.open(keys.original_key(sha256))
        except (ObjectMissingError, BadKeyError) as error:
            raise OriginalMissingError(f"{sha256!r} is not an original in {self._store.url!r}") from error
        found = _sha256(stream)
        if found != sha256:
            stream.close()
            raise OriginalAlteredError(f"the original {sha256!r} now hashes to {found!r}: run `gongkai verify`")
        stream.seek(0)
        return stream

    def originals(self) -> Iterator[tuple[str, int]]:
        """SHA-256 and length in bytes of every original, by SHA-256."""
        for info in self._store.list(keys.RAW):
            if sha256 := keys.sha256_of_key(info.key):
                yield sha256, info.size

    def record(self, captures: Sequence[Capture]) -> str:
        """Write one capture file, all of one portal and run, and return its key.  Nothing is ever replaced.

        Raises CaptureRefusedError when they are not of one portal and run, when a time has no zone, or when an
        original they name is not stored yet: first the original, then its record.  Raises StoreError, nothing being
        recorded, where the store does not take the note that the run writes there: of captures that no report names
        `parse` would not know, were the run killed.
        """
        data, portal, run_id = self._checked(captures)
        prefix = keys.captures_prefix(portal, run_id)
        with self._lock:
            run = self._run(run_id)
            if prefix not in run:
                run.note(prefix, self._next.get(prefix) or self._next_number(prefix))
            for number in itertools.count(self._next.get(prefix) or self._next_number(prefix)):
                key = f"{prefix}{number:06d}.parquet"
                # Refused although equal bytes lie there: our own write, whose first answer was lost.  Captures of
                # another run have other identifiers.
                if self._store.write_once(key, data) or self._store.read(key) == data:
                    self._next[prefix] = number + 1
                    with contextlib.suppress(StoreError):  # the folder is noted, and the captures are recorded
                        run.note(prefix, number + 1)
                    return key
        raise AssertionError("counting does not end")

    def _run(self, run_id: str) -> UnderWay:
        return self._runs.setdefault(run_id, UnderWay(self._store, run_id))

    def captures(self, portal: str | None = None) -> Iterator[Capture]:
        """Every capture, or every one of a portal, run by run in the order written.

        Raises CapturesUnreadableError when a capture file is damaged or newer than this version.
        """
        for _, batch in self.capture_files(portal):
            yield from batch

    def capture_files(self, portal: str | None = None) -> Iterator[tuple[str, list[Capture]]]:
        """Key and captures of every capture file, in the order of ``captures``, and raising what it raises."""
        for piece in self._history(portal):
            start = 0
            for key, count in piece.files:
                yield key, capture_table.captures(piece.rows.slice(start, count))
                start += count

    def capture_columns(self, names: Sequence[str]) -> Iterator[Piece]:
        """Some columns of all capture files, in the order of ``captures``: no row becomes an object.

        Raises CapturesUnreadableError when a capture file is damaged or newer than this version.
        """
        portals = itertools.groupby(self.capture_listing(), key=_is_short)
        with concurrent.futures.ThreadPoolExecutor(_READ_AT_ONCE) as pool:
            for are_short, some in portals:
                if not are_short:
                    for infos in some:
                        yield from compaction.history(self._store, infos, names)
                while ahead := list(itertools.islice(some, 2 * _READ_AT_ONCE)):
                    for pieces in pool.map(lambda infos: list(compaction.history(self._store, infos, names)), ahead):
                        yield from pieces

    def capture_rows(self) -> Iterator[pa.Table]:
        """Every capture as rows of tables, in the order of ``captures``, and raising what it raises."""
        return (piece.rows for piece in self._history(None))

    def _history(self, portal: str | None) -> Iterator[Piece]:
        """The capture files of a portal, or of all portals, as tables."""
        for infos in self.capture_listing(portal):
            yield from compaction.history(self._store, infos)

    def capture_listing(self, portal: str | None = None) -> Iterator[list[ObjectInfo]]:
        """The capture files of each portal, or of one, as the store lists them, in order of their keys."""
        prefix = keys.CAPTURES if portal is None else f"{keys.CAPTURES}{keys.check_segment(portal)}/"
        files = (info for info in self._store.list(prefix) if keys.capture_file_number(info.key) is not None)
        for _, group in itertools.groupby(files, key=lambda info: info.key.split("/")[1]):
            yield list(group)

    def latest_by_url(self, portal: str) -> Latest:
        """For every URL of a portal the last capture that has a payload."""
        last = (capture_table.last_of_each_url(piece.rows) for piece in self._history(portal))
        return Latest(capture for table in last for capture in capture_table.captures(table))

    def versions(self, url: str) -> list[Capture]:
        """The first capture of each distinct payload a URL has had, oldest first."""
        first: dict[str, Capture] = {}
        for capture in self._matching(lambda rows: pc.equal(rows["url"], pa.scalar(url))):
            if capture.payload_sha256:
                first.setdefault(capture.payload_sha256, capture)
        return list(first.values())

    def find(self, what: str) -> list[Capture]:
        """Captures of a URL (asked for or redirected to), or of an original by 8 to 64 digits of its SHA-256.

        Oldest first; empty when there is none.  Raises AmbiguousHashError when the digits begin several hashes.
        """
        if not re.fullmatch(r"[0-9a-fA-F]{8,64}", what):
            asked = pa.scalar(what)
            return self._matching(
                lambda rows: pc.or_kleene(pc.equal(rows["url"], asked), pc.equal(rows["final_url"], asked))
            )
        digits = what.lower()
        found = self._matching(lambda rows: pc.starts_with(rows["payload_sha256"], digits))
        hashes = sorted({str(capture.payload_sha256) for capture in found})
        if len(hashes) > 1:
            named = ", ".join(hashes[:10])
            raise AmbiguousHashError(f"{what!r} begins {len(hashes)} hashes, give more digits: {named}")
        return found

    def _matching(self, wanted: Callable[[pa.Table], Any]) -> list[Capture]:
        """The captures of all portals in the rows wanted, oldest first; no other row becomes an object."""
        rows = (piece.rows.filter(wanted(piece.rows)) for piece in self._history(None))
        return capture_table.by_time(capture for table in rows for capture in capture_table.captures(table))

    def write_run_report(self, run_id: str, report: Mapping[str, Any], portals: Portals | None = None) -> None:
        """Write a run's report, replacing an earlier report of that run, and enter it in the inventory.  ``portals``
        gives its member of that name, anew whenever it is asked: those of a country are never in memory together.

        Added are ``format``; ``run_id``; ``capture_files``, by prefix the number of files this archive object has
        recorded for the run; ``page``, the SHA-256 of the page written for it; and ``previous``, by run the SHA-256 of
        the reports that no report named before.  ``verify`` misses all these when they are gone.  ``lake`` in the
        report says that the run published something.  Raises RunReportRefusedError when the report is not JSON.
        """
        if report.get("run_id", run_id) != run_id:
            raise RunReportRefusedError(f"the report is of run {report['run_id']!r}, not of {run_id!r}")
        own = {
            formats.MEMBER: formats.REPORT_BY_ITSELF,
            "run_id": run_id,
            "capture_files": self._run(run_id).files,
            "page": self._pages.get(run_id),
        }

        def sealed(previous: Mapping[str, str]) -> BinaryIO:
            document = {**report, **own, "previous": dict(previous)}
            with contextlib.ExitStack() as stack:
                spool = stack.enter_context(new_spool())
                try:
                    if portals is None:
                        spool.write(seal.sealed_json(document))
                    else:
                        seal.write_sealed_json(spool, document, "portals", portals())
                except (TypeError, ValueError) as error:
                    raise RunReportRefusedError(f"the report of run {run_id!r} cannot be written: {error}") from error
                stack.pop_all()
            spool.seek(0)
            return spool

        sealed({}).close()
        self._run(run_id).is_concluded = True
        under_way.clear(self._store, inventory.conclude(self._store, run_id, sealed, has_lake=bool(report.get("lake"))))

    def note_lake(self) -> None:
        """Say in the inventory that there is a lake, which ``verify`` misses from then on when it is gone."""
        inventory.note_lake(self._store)

    def write_run_page(self, run_id: str, parts: Iterable[str]) -> None:
        """Write a run's report as a page for people, sealed, replacing an earlier page of that run.

        Its report, written after it, says that it is there.
        """
        with new_spool() as page:
            seal.write_sealed_html(page, parts)
            digest = digest_of(page)
            self._store.write(keys.run_page_key(run_id), page)
        self._pages[run_id] = digest

    def run_report(self, run_id: str) -> dict[str, Any] | None:
        """The report of one run; None where there is none.  Raises SealBrokenError, NewerFormatError, StoreError."""
        try:
            return under_way.read(self._store, run_id)[0]
        except (ObjectMissingError, BadKeyError):
            return None

    def run_reports(self) -> Iterator[dict[str, Any]]:
        """Every finished run's report as given, with what ``write_run_report`` adds, oldest run first.

        Raises SealBrokenError when a report was changed after it was written, NewerFormatError for a newer version's.
        """
        for info in self._store.list(keys.RUNS):
            if not keys.is_run_report(info.key):
                continue
            try:
                report = seal.load_sealed_json(self._store.read(info.key))
            except seal.SealBrokenError as error:
                raise seal.SealBrokenError(f"{info.key!r} is damaged: {error}; run `gongkai verify`") from error
            formats.check_format(report.get(formats.MEMBER, 1), formats.REPORT, repr(info.key))
            if report.get("state") != inventory.UNDER_WAY:
                yield report

    def _checked(self, captures: Sequence[Capture]) -> tuple[bytes, str, str]:
        """The captures as a file, with their portal and run.  Raises CaptureRefusedError."""
        groups = {(capture.portal, capture.run_id) for capture in captures}
        if len(groups) != 1:
            raise CaptureRefusedError(
                f"record captures of exactly one portal and run together, not of {sorted(groups)!r}"
            )
        for capture in captures:
            self._check_payload(capture)
        try:
            data = capture_table.dump([_in_utc(capture) for capture in captures])
        except ValueError as error:
            raise CaptureRefusedError(f"captures of {groups!r} cannot be written: {error}") from error
        return data, *groups.pop()

    def _check_payload(self, capture: Capture) -> None:
        sha256 = capture.payload_sha256
        if sha256 is None:
            return
        if not keys.is_sha256(sha256):
            raise CaptureRefusedError(f"the capture of {capture.url!r} names {sha256!r}, which is not a SHA-256")
        if bytes.fromhex(sha256) in self._known:
            return
        if self._store.size(keys.original_key(sha256)) is None:
            raise CaptureRefusedError(
                f"the capture of {capture.url!r} names the original {sha256!r}, which is not stored:"
                " keep the original first, then record the capture"
            )
        self.remember(sha256)

    def remember(self, sha256: str) -> None:
        """Take it that an original is stored, and spare the next record a question; forgetting costs only that."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known.add(bytes.fromhex(sha256))

    def _next_number(self, prefix: str) -> int:
        numbers = (keys.capture_file_number(info.key) for info in self._store.list(prefix))
        return max((number for number in numbers if number is not None), default=-1) + 1


def _random_identifiers() -> Iterator[str]:
    """Random identifiers, drawn many at a time: each drawing is a call to the system that gives up the thread."""
    while True:
        drawn = secrets.token_hex(16 * 256)
        yield from (drawn[at : at + 32] for at in range(0, len(drawn), 32))


_identifiers = _random_identifiers()
_identifiers_lock = threading.Lock()


def new_run_id(now: dt.datetime) -> str:
    """An identifier that sorts by time: UTC to the microsecond and four random digits, ``20261122T141500123456Z-3fa9``.

    Runs of one second have to sort too: the last of them says how a portal is.
    """
    return f"{capture_table.instant(now):%Y%m%dT%H%M%S%fZ}-{secrets.token_hex(2)}"


def new_capture_id() -> str:
    """An identifier no other capture has: 32 random hexadecimal digits."""
    with _identifiers_lock:
        return next(_identifiers)


def _in_utc(capture: Capture) -> Capture:
    """Raises ValueError when a time has no zone."""
    if capture.requested_at.tzinfo is dt.UTC and (capture.received_at is None or capture.received_at.tzinfo is dt.UTC):
        return capture
    received_at = capture.received_at and capture_table.instant(capture.received_at)
    return dataclasses.replace(
        capture, requested_at=capture_table.instant(capture.requested_at), received_at=received_at
    )


def _sha256(data: BinaryIO) -> str:
    digest = hashlib.sha256()
    for chunk in chunks(data):
        digest.update(chunk)
    return digest.hexdigest()


def _is_short(infos: Sequence[ObjectInfo]) -> bool:
    return sum(info.size for info in infos) <= _SHORT
