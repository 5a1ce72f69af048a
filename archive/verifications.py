"""Verifications: each leaves a sealed record, and together they say when every object was read last.

``verifications/<id>.json`` holds when it began and ended, which parts of the archive it read whole and since when, how
many objects and bytes, and its findings.  A record is written when its verification begins, again whenever a part is
whole, and at the end, so that a killed one shows as one without an end.  Each names the ended ones before it by hash.

A part n/t is a range of hashes, see ``fixity.part_of``; part 1/1 is everything.  An object was read with the last part
that holds it and began after the object was written; who checks often in small parts reads the oldest first.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import datetime as dt
import hashlib
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from gongkai.archive import formats, keys, run_index, seal
from gongkai.archive.archive import Archive, new_run_id
from gongkai.archive.fixity import (
    Finding,
    FurtherCheck,
    Problem,
    Progress,
    Verification,
    key_digest,
    part_of,
    places_of,
)
from gongkai.archive.store import ObjectInfo, ObjectMissingError, Store, StoreError

PREFIX = "verifications/"
FORMAT = 1
FINDINGS_KEPT = 1000
"""Findings that a record holds; their number is always told."""
NOT_READ = (".incoming/", "locks/", "handover/", "exports/", "search/", run_index.PREFIX, PREFIX)
"""What verifications do not read, or what may be lost: it is asked of none of it when it was read last."""

_READ_AT_ONCE = 8
_FEWEST_PARTS, _MOST_PARTS, _ORIGINALS_OF_A_PART = 16, 4096, 1024
_WIDTH = 1 << 32

Part = tuple[int, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """The order for a verification: one part n/t, seconds, or the parts that were not read for longest first."""

    subset: Part | None = None
    seconds: float | None = None
    oldest_first: bool = False


@dataclasses.dataclass(slots=True)
class Record:
    """One verification.  ``parts`` holds each part that was read whole with the moment at which that began.

    ``end`` is ``whole`` where all that was asked for was read, ``time`` where the time was over before, ``stopped``
    where a person or an error stopped it, and None while it is under way or where it was killed.
    """

    id: str
    began: dt.datetime
    asked: Asked
    ended: dt.datetime | None = None
    end: str | None = None
    parts: list[tuple[Part, dt.datetime]] = dataclasses.field(default_factory=list)
    objects: int = 0
    size: int = 0
    findings: list[Finding] = dataclasses.field(default_factory=list)
    finding_count: int = 0
    previous: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{PREFIX}{self.id}.json"

    def dump(self) -> bytes:
        return seal.sealed_json(
            {
                formats.MEMBER: FORMAT,
                "id": self.id,
                "began": self.began.isoformat(),
                "asked": dataclasses.asdict(self.asked),
                "ended": self.ended and self.ended.isoformat(),
                "end": self.end,
                "parts": [[n, of, began.isoformat()] for (n, of), began in self.parts],
                "objects": self.objects,
                "bytes": self.size,
                "findings": [[each.problem.value, each.key, each.detail] for each in self.findings],
                "finding_count": self.finding_count,
                "previous": self.previous,
            }
        )


def load(data: bytes) -> Record:
    """Raises SealBrokenError, NewerFormatError."""
    document = seal.load_sealed_json(data)
    formats.check_format(document.get(formats.MEMBER), FORMAT, "a record of a verification")
    asked = document["asked"]
    return Record(
        document["id"],
        dt.datetime.fromisoformat(document["began"]),
        Asked(asked["subset"] and (asked["subset"][0], asked["subset"][1]), asked["seconds"], asked["oldest_first"]),
        document["ended"] and dt.datetime.fromisoformat(document["ended"]),
        document["end"],
        [((n, of), dt.datetime.fromisoformat(began)) for n, of, began in document["parts"]],
        document["objects"],
        document["bytes"],
        [Finding(key, Problem(problem), detail) for problem, key, detail in document["findings"]],
        document["finding_count"],
        document["previous"],
    )


def records(store: Store) -> Iterator[Record]:
    """Every verification on record, oldest first; what cannot be read is passed over, for `verify` names it."""
    for _, data in _stored(store):
        with contextlib.suppress(seal.SealBrokenError, formats.NewerFormatError):
            yield load(data)


def _stored(store: Store) -> Iterator[tuple[str, bytes]]:
    names = (info.key for info in store.list(PREFIX))
    with concurrent.futures.ThreadPoolExecutor(_READ_AT_ONCE) as pool:
        while ahead := list(itertools.islice(names, 4 * _READ_AT_ONCE)):
            yield from zip(ahead, pool.map(store.read, ahead), strict=True)


class Readings:
    """The moment at which each part of an archive was last read whole."""

    def __init__(self, told: Iterable[Record]) -> None:
        self._by_parts: dict[int, dict[int, dt.datetime]] = {}
        for record in told:
            for (n, of), began in record.parts:
                numbers = self._by_parts.setdefault(of, {})
                numbers[n] = max(began, numbers.get(n, began))

    def of(self, digest: str) -> dt.datetime | None:
        """The last reading of what is filed by this SHA-256, see ``fixity.key_digest``; None where there is none."""
        moments = (numbers.get(part_of(digest, of)) for of, numbers in self._by_parts.items())
        return max(filter(None, moments), default=None)

    def of_object(self, info: ObjectInfo) -> dt.datetime | None:
        """The last reading of an object since it was written; None where there is none."""
        read = self.of(key_digest(info.key))
        return read if read is not None and read >= info.modified else None

    def of_part(self, part: Part) -> dt.datetime | None:
        """The last moment since which all of a part was read, in one larger part or an equal one."""
        first, last = places_of(*part)
        moments = (
            numbers.get((first * each >> 32) + 1)
            for each, numbers in self._by_parts.items()
            if first * each >> 32 == last * each >> 32
        )
        return max(filter(None, moments), default=None)

    def share_since(self, moment: dt.datetime) -> float:
        """The share of the archive, 0 to 1, that was read at or after a moment, as far as 4,096 samples show."""
        middles = (f"{(2 * number + 1) * _WIDTH // (2 * _MOST_PARTS):08x}" for number in range(_MOST_PARTS))
        return sum((read := self.of(middle)) is not None and read >= moment for middle in middles) / _MOST_PARTS


def unread(store: Store, readings: Readings, since: dt.datetime) -> Iterator[tuple[ObjectInfo, dt.datetime | None]]:
    """Objects that were neither read nor written at or after a moment, each with its last reading."""
    for info in store.list(""):
        if not info.key.startswith(NOT_READ):
            read = readings.of_object(info)
            if max(read or info.modified, info.modified) < since:
                yield info, read


def verify_recorded(
    archive: Archive,
    asked: Asked,
    *,
    progress: Progress | None = None,
    note: Callable[[str], None] | None = None,
    further: Sequence[FurtherCheck] = (),
) -> Iterator[Finding]:
    """``fixity.verify``, of which a record stays; where it cannot be written, ``note`` is told."""
    store, tell = archive.store, note or (lambda _: None)
    now = dt.datetime.now(dt.UTC)
    before = list(records(store))
    record = Record(new_run_id(now), now, asked, previous=_ends(store, before))
    keeping = _Keeping(store, record, tell)
    keeping.keep()
    deadline = None if asked.seconds is None else time.monotonic() + asked.seconds
    verification = Verification(store, asked.subset or (1, 1), deadline, keeping.counting(progress), note=note)
    parts = _oldest_first(store, before) if asked.oldest_first else [asked.subset or (1, 1)]
    record.end = "stopped"
    try:
        for part in parts:
            began = dt.datetime.now(dt.UTC)
            verification.turn_to(part)
            yield from keeping.noting(verification.findings((*further, record_findings)))
            if verification.ran_out_of_time:
                record.end = "time"
                break
            record.parts.append((part, began))
            keeping.keep_under_way()
        else:
            record.end = "whole"
        if not record.parts:
            tell(
                "no part was read whole in the time given, so that no object counts as read: give --oldest-first, or"
                " more --seconds"
            )
    finally:
        record.ended = dt.datetime.now(dt.UTC)
        keeping.keep()


class _Keeping:
    """Writes a record, as long as the store takes it."""

    def __init__(self, store: Store, record: Record, tell: Callable[[str], None]) -> None:
        self._store = store
        self._record = record
        self._tell = tell
        self._is_refused = False

    def keep(self) -> None:
        if self._is_refused:
            return
        try:
            self._store.write(self._record.key, self._record.dump())
        except StoreError as error:
            self._is_refused = True
            self._tell(f"no record of this verification is kept: {error}")

    def keep_under_way(self) -> None:
        end, self._record.end = self._record.end, None
        self.keep()
        self._record.end = end

    def counting(self, progress: Progress | None) -> Progress:
        def checked(key: str, size: int) -> None:
            self._record.objects += 1
            self._record.size += size
            if progress is not None:
                progress(key, size)

        return checked

    def noting(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for finding in findings:
            self._record.finding_count += 1
            if len(self._record.findings) < FINDINGS_KEPT:
                self._record.findings.append(finding)
            yield finding


def _ends(store: Store, before: Sequence[Record]) -> dict[str, str]:
    """The ended records that no other names yet, by their hash."""
    named = {key for record in before for key in record.previous}
    heads = [record.key for record in before if record.ended and record.key not in named]
    return {key: hashlib.sha256(store.read(key)).hexdigest() for key in heads}


def _oldest_first(store: Store, before: Sequence[Record]) -> list[Part]:
    """All parts, those first that were never read whole, then by the time of their last reading."""
    originals = 256 * sum(1 for _ in store.list(f"{keys.RAW}00/"))
    of = _FEWEST_PARTS
    while of < _MOST_PARTS and originals > of * _ORIGINALS_OF_A_PART:
        of *= 16
    readings, never = Readings(before), dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(((n, of) for n in range(1, of + 1)), key=lambda part: readings.of_part(part) or never)


def record_findings(verification: Verification) -> Iterator[Finding]:
    """Check every record of a verification, and that those are there which others name."""
    for info in verification.store.list(PREFIX):
        if not verification.is_mine(info.key):
            continue
        try:
            record = load(verification.store.read(info.key))
        except ObjectMissingError:
            continue
        except (seal.SealBrokenError, formats.NewerFormatError, StoreError) as error:
            is_altered = isinstance(error, seal.SealBrokenError)
            yield Finding(info.key, Problem.ALTERED if is_altered else Problem.UNREADABLE, str(error))
        else:
            for key, digest in record.previous.items():
                yield from verification.named(key, digest, f"{info.key!r} names it")
        verification.checked(info.key, info.size)
