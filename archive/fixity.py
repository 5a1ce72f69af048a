"""Fixity: whether every object is there, byte for byte as it was written.

What should be there is told by what is left: captures and the lake name originals, run reports name capture files and
one another, the inventory names every run.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import enum
import functools
import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, TypeVar

from gongkai.archive import capture_table, compaction, formats, inventory, keys, run_index, seal, under_way
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture
from gongkai.archive.store import ObjectInfo, ObjectMissingError, Store, StoreError
from gongkai.archive.streams import chunks

Progress = Callable[[str, int], None]
"""Called with the key and length in bytes of each object that was checked."""

T = TypeVar("T")


class Problem(enum.StrEnum):
    """The ways in which an object can be wrong."""

    MISSING = "missing"
    """Something names it, and it is not there."""
    ALTERED = "altered"
    """Its bytes are not those its name, its seal or the manifest promises."""
    UNREADABLE = "unreadable"
    """The store cannot read it, or it is not what its key says."""
    MISPLACED = "misplaced"
    """An original's name under the wrong key."""
    UNEXPECTED = "unexpected"
    """Nothing of this archive's is filed under such a key."""
    UNFINISHED = "unfinished"
    """It was cut off, and the next run that writes completes it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One object that is not as it should be; ``detail`` is one sentence."""

    key: str
    problem: Problem
    detail: str


@dataclasses.dataclass(frozen=True, slots=True)
class Losses:
    """Findings of missing objects; `is_whole` where time sufficed to look for everything."""

    findings: list[Finding]
    is_whole: bool


StreamCheck = Callable[[BinaryIO, int], Iterator[Finding]]
"""Looks further into an object whose hash is right: its bytes from the beginning, and their number."""


class _OutOfTimeError(Exception):
    """Raised between two objects when the time allowed is used up."""


def verify(
    archive: Archive,
    *,
    subset: tuple[int, int] | None = None,
    seconds: float | None = None,
    progress: Progress | None = None,
    note: Callable[[str], None] | None = None,
    further: Sequence[FurtherCheck] = (),
) -> Iterator[Finding]:
    """Check every object and yield what is wrong; ``further`` are the checks of what others file in the archive.

    ``note`` is told what could not be judged, such as files being replaced just then.

    ``subset=(n, t)`` checks the n-th of t parts, 1 ≤ n ≤ t; the t parts share no object and together are all.
    ``seconds`` stops after that time and begins at a random place, so that repeated short runs come round to
    everything.  Raises ValueError for an impossible subset, StoreError when the store as a whole fails.
    """
    if subset is not None and not 1 <= subset[0] <= subset[1]:
        raise ValueError(f"the subset {subset[0]}/{subset[1]} is impossible: it must be n/t with 1 ≤ n ≤ t")
    deadline = None if seconds is None else time.monotonic() + seconds
    return Verification(archive.store, subset or (1, 1), deadline, progress, note=note).findings(further)


def losses(archive: Archive, further: Sequence[FurtherCheck] = (), *, seconds: float) -> Losses:
    """Find what is missing, or damaged among what says so: `verify` without reading originals and lake files.

    It ends after `seconds`, in a large archive before it came to all capture files.
    """
    verification = Verification(archive.store, (1, 1), time.monotonic() + seconds, None, presence_only=True)
    return Losses(list(verification.findings(further)), is_whole=not verification.ran_out_of_time)


class Verification:
    """One pass over an archive: which objects are in its part, how long it may take, what was reported already.

    ``presence_only`` and ``note`` are for the checks of other packages too: no object need be read that names no other,
    and what could not be judged is told.
    """

    def __init__(
        self,
        store: Store,
        subset: tuple[int, int],
        deadline: float | None,
        progress: Progress | None,
        *,
        presence_only: bool = False,
        note: Callable[[str], None] | None = None,
    ) -> None:
        self.store = store
        self.note = note or (lambda _: None)
        self.presence_only = presence_only
        self._part, self._parts = subset
        self._deadline = deadline
        self._progress = progress
        self._shards: dict[str, dict[str, int]] = {}
        self._reported: set[str] = set()
        self.ran_out_of_time = False

    @functools.cached_property
    def _copies(self) -> inventory.Copies:
        return inventory.read_copies(self.store)

    @functools.cached_property
    def _listed_captures(self) -> frozenset[str]:
        """Keys under ``captures/`` at one moment; others may have come since."""
        return frozenset(info.key for info in self.store.list(keys.CAPTURES))

    def _is_there(self, capture_file: str) -> bool:
        """Ask for each where time is short: listing all of a large archive would take all of it."""
        is_listed = self._deadline is None and capture_file in self._listed_captures
        return is_listed or self.store.size(capture_file) is not None

    @property
    def has_lake(self) -> bool:
        """True where the inventory says that something was published."""
        return self._copies.inventory is not None and self._copies.inventory.has_lake

    def findings(self, further: Sequence[FurtherCheck]) -> Iterator[Finding]:
        """Run every check, in random order where time is short, and yield its findings."""
        others = [functools.partial(check, self) for check in further]
        passes: list[Callable[[], Iterator[Finding]]]
        if self.presence_only:
            passes = [self._inventory, *others, self._runs, self._notes, self._captures]  # those that take longest last
        else:
            own = [self._inventory, self._captures, self._compactions, self._runs, self._notes]
            passes = [self._originals, self._outside_originals, *own, *others]
            if self._deadline is not None:
                secrets.SystemRandom().shuffle(passes)
        try:
            for check in passes:
                yield from check()
        except _OutOfTimeError:
            self.ran_out_of_time = True

    def turn_to(self, subset: tuple[int, int]) -> None:
        """Go on with another part; what was listed and reported before stays known."""
        self._part, self._parts = subset

    def is_in_part(self, digest: str) -> bool:
        """True for an object in the part to be checked, by its own SHA-256 or that of its key."""
        return part_of(digest, self._parts) == self._part

    @property
    def places(self) -> tuple[int, int]:
        """The first and the last number that the first 8 digits of a hash in this part may be."""
        return places_of(self._part, self._parts)

    def is_mine(self, key: str) -> bool:
        """True for an object in the part to be checked, by the SHA-256 of its key."""
        return self.is_in_part(key_digest(key))

    def checked(self, key: str, size: int) -> None:
        """Note that an object was checked; ends the pass between two objects when its time is used up."""
        if self._progress:
            self._progress(key, size)
        self.look_at_the_time()

    def look_at_the_time(self) -> None:
        """End the pass when its time is used up."""
        if self._deadline is not None and time.monotonic() >= self._deadline:
            raise _OutOfTimeError

    def in_turn(self, rows: Iterable[T]) -> Iterable[T]:
        """The rows as they come; where time is short, from a random one round to the one before it.

        Where only presence is told, listing all of them first would take longer than all the time there is.
        """
        if self._deadline is None or self.presence_only:
            return rows
        every = list(rows)
        start = secrets.randbelow(len(every) or 1)
        return every[start:] + every[:start]

    def _originals(self) -> Iterator[Finding]:
        for prefix in self._original_prefixes():
            for info in self.store.list(prefix):
                sha256 = keys.sha256_of_key(info.key)
                if sha256 is not None and self.is_in_part(sha256):
                    yield from self.same_bytes(info.key, sha256)
                    self.checked(info.key, info.size)

    def _original_prefixes(self) -> list[str]:
        """Prefixes to list the originals of this part by; from a random place on where time is short."""
        if self._deadline is None and self._parts == 1:
            return [keys.RAW]
        digits = next((count for count in range(1, 8) if 16**count >= self._parts), 8)
        if self._parts == 1:
            digits = 2
        first, end = (self._part - 1) * 16**digits // self._parts, -(-self._part * 16**digits // self._parts)
        return [_originals_from(f"{number:0{digits}x}") for number in self.in_turn(range(first, end))]

    @functools.cached_property
    def _outsiders(self) -> list[str]:
        """Keys under raw/ that are not an original's, listed once for all parts."""
        every = (info.key for info in self.store.list("raw/"))
        return [key for key in every if keys.sha256_of_key(key) is None and key not in inventory.COPIES]

    def _outside_originals(self) -> Iterator[Finding]:
        """Objects under raw/ whose key is not an original's."""
        for key in filter(self.is_mine, self._outsiders):
            name = key.rpartition("/")[2]
            if keys.is_sha256(name):
                yield Finding(key, Problem.MISPLACED, f"it belongs under {keys.original_key(name)!r}")
            else:
                yield Finding(key, Problem.UNEXPECTED, "its name is not a SHA-256")

    def _inventory(self) -> Iterator[Finding]:
        """Both copies of the inventory, every run it names, and the indexes."""
        for key in filter(self.is_mine, inventory.COPIES):
            if error := self._copies.damaged.get(key):
                yield Finding(key, Problem.ALTERED, str(error))
            elif key in self._copies.missing:
                yield from self._missing(key, "the other copy says that it was there")
            if (size := self.store.size(key)) is not None:
                self.checked(key, size)
        for info in self.store.list(run_index.PREFIX):
            if info.key.startswith(compaction.PREFIX):
                continue
            if self.is_mine(info.key):
                try:
                    check = seal.check_parquet if info.key.endswith(".parquet") else seal.load_sealed_json
                    check(self.store.read(info.key))
                except seal.SealBrokenError as error:
                    yield Finding(info.key, Problem.ALTERED, f"{error}; its next reader makes it anew")
                self.checked(info.key, info.size)
        runs = self._copies.inventory.runs if self._copies.inventory else {}
        there = {info.key for info in self.store.list(keys.RUNS)}
        for run in runs:
            if (key := keys.run_report_key(run)) not in there:
                yield from self._missing(key, "the inventory names it")

    def _compactions(self) -> Iterator[Finding]:
        for info in self.in_turn(self.store.list(compaction.PREFIX)):
            if self.is_mine(info.key):
                for difference in compaction.differences(self.store, info.key):
                    yield Finding(info.key, Problem.ALTERED, f"{difference}; it may be deleted")
                self.checked(info.key, info.size)

    def _captures(self) -> Iterator[Finding]:
        numbers: dict[str, set[int]] = collections.defaultdict(set)
        for info in self.in_turn(self.store.list(keys.CAPTURES)):
            number = keys.capture_file_number(info.key)
            if number is not None:
                numbers[info.key.rpartition("/")[0]].add(number)
            if not self.is_mine(info.key):
                continue
            if number is None:
                yield Finding(info.key, Problem.UNEXPECTED, "it is not named like a capture file")
            else:
                yield from self._capture_file(info)
                self.checked(info.key, info.size)
        for prefix, found in numbers.items():
            for number in sorted(set(range(max(found))) - found):
                key = f"{prefix}/{number:06d}.parquet"
                yield from self._missing(key, "later capture files of its run are there")

    def _capture_file(self, info: ObjectInfo) -> Iterator[Finding]:
        try:
            captures = capture_table.load(self.store.read(info.key))
        except (capture_table.CapturesUnreadableError, StoreError) as error:
            yield Finding(info.key, _problem(error), str(error))
            return
        prefix = info.key.rpartition("/")[0] + "/"
        for capture in captures:
            if keys.captures_prefix(capture.portal, capture.run_id) != prefix:
                yield Finding(info.key, Problem.MISPLACED, f"it holds captures of {capture.portal}/{capture.run_id}")
                return
            yield from self._payload(info.key, capture)

    def _payload(self, key: str, capture: Capture) -> Iterator[Finding]:
        sha256 = capture.payload_sha256
        if sha256 is None:
            return
        if not keys.is_sha256(sha256):
            yield Finding(key, Problem.UNREADABLE, f"it names the payload {sha256!r}, which is not a SHA-256")
            return
        size = self._shard(sha256[:2]).get(sha256)
        original = keys.original_key(sha256)
        if size is None:
            yield from self.cited(sha256, f"{key!r} names it as what {capture.url!r} gave")
        elif capture.payload_bytes not in {None, size} and original not in self._reported:
            self._reported.add(original)
            yield Finding(original, Problem.ALTERED, f"it has {size} bytes, its capture says {capture.payload_bytes}")

    def cited(self, sha256: str, detail: str) -> Iterator[Finding]:
        """An original that something names must be there; it may have come after its neighbours were listed."""
        if keys.is_sha256(sha256) and sha256 not in self._shard(sha256[:2]):
            key = keys.original_key(sha256)
            if (size := self.store.size(key)) is None:
                yield from self._missing(key, detail, always=True)
            else:
                self._shard(sha256[:2])[sha256] = size

    def _shard(self, prefix: str) -> dict[str, int]:
        """SHA-256 and length of the originals under two digits, listed once."""
        if prefix not in self._shards:
            rows = self.store.list(f"{keys.RAW}{prefix}/")
            self._shards[prefix] = {info.key.rpartition("/")[2]: info.size for info in rows}
        return self._shards[prefix]

    def is_reported(self, key: str) -> bool:
        """True for an object that something else was found to miss."""
        return key in self._reported

    def _missing(self, key: str, detail: str, *, always: bool = False) -> Iterator[Finding]:
        """Report a missing object once, in its own part unless the object that names it is in this part."""
        if key not in self._reported and (always or self.is_mine(key)):
            self._reported.add(key)
            yield Finding(key, Problem.MISSING, detail)

    def _runs(self) -> Iterator[Finding]:
        for info in self.in_turn(self.store.list(keys.RUNS)):
            if not self.is_mine(info.key):
                continue
            try:
                data = self.store.read(info.key)
                if keys.is_run_report(info.key):
                    yield from self._run_report(info.key, seal.load_sealed_json(data), data)
                else:
                    seal.check_html(data)
            except (seal.SealBrokenError, formats.NewerFormatError, StoreError) as error:
                yield Finding(info.key, _problem(error), str(error))
            self.checked(info.key, info.size)

    def _run_report(self, key: str, report: dict[str, Any], data: bytes) -> Iterator[Finding]:
        formats.check_format(report.get(formats.MEMBER, 1), formats.REPORT, "it")
        run = str(report.get("run_id"))
        if key != f"{keys.RUNS}{run}.json":
            yield Finding(key, Problem.MISPLACED, f"it is the report of run {run!r}")
            return
        known = self._copies.inventory.runs.get(run) if self._copies.inventory else None
        if known is not None and known != hashlib.sha256(data).hexdigest():
            yield Finding(key, Problem.ALTERED, "the inventory names another report of this run")
        if "previous" in report and self._copies.inventory is None and not self._copies.damaged:
            yield from self._missing(inventory.COPIES[0], f"{key!r} was entered in it", always=True)
        yield from self._named_captures(key, report)
        for note in under_way.keys_of_notes(report):
            if self.store.size(note) is None and not self._is_over(key):
                yield from self._missing(note, f"{key!r} counts it", always=True)
        for other, digest in report.get("previous", {}).items():
            yield from self._named(keys.run_report_key(other), digest, key)
        if report.get("page"):
            yield from self._named(keys.run_page_key(run), report["page"], key)
        for other, digest in report.get("wrote", {}).items():
            yield from self.named(other, digest, f"{key!r} names it")

    def _named_captures(self, key: str, report: dict[str, Any]) -> Iterator[Finding]:
        """The capture files that a report, or a note beside it, names."""
        for capture_file in run_index.capture_files(report):
            if self.presence_only:  # else a report that takes longer than all the time there is would never be checked
                self.look_at_the_time()
            if not self._is_there(capture_file):
                yield from self._missing(capture_file, f"{key!r} names it", always=True)

    def _is_over(self, key: str) -> bool:
        """True where a run ended since its report was read, its notes being deleted behind the report."""
        with contextlib.suppress(StoreError, seal.SealBrokenError):
            return seal.load_sealed_json(self.store.read(key)).get("state") != inventory.UNDER_WAY
        return False

    def _notes(self) -> Iterator[Finding]:
        """The notes of runs under way; a run's report counts them, so that one that is gone is missed there."""
        for info in self.in_turn(self.store.list(keys.UNDER_WAY)):
            if not self.is_mine(info.key):
                continue
            if keys.run_of_note(info.key) is None:
                yield Finding(info.key, Problem.UNEXPECTED, "it is not named like a note of a run under way")
            else:
                yield from self._note(info.key)
            self.checked(info.key, info.size)

    def _note(self, key: str) -> Iterator[Finding]:
        try:
            note = under_way.load_note(key, self.store.read(key))
        except ObjectMissingError:
            return
        except (seal.SealBrokenError, formats.NewerFormatError, StoreError) as error:
            yield Finding(key, _problem(error), str(error))
        else:
            yield from self._named_captures(key, note)

    def _named(self, key: str, sha256: str, by: str) -> Iterator[Finding]:
        """Check what a run report names by its hash; an altered report, whose seal is broken, is found by itself."""
        try:
            data = self.store.read(key)
            if keys.is_run_report(key):
                seal.load_sealed_json(data)
            else:
                seal.check_html(data)
        except ObjectMissingError:
            yield from self._missing(key, f"{by!r} names it", always=True)
            return
        except (seal.SealBrokenError, StoreError):
            return
        if hashlib.sha256(data).hexdigest() != sha256 and key not in self._reported:
            self._reported.add(key)
            yield Finding(key, Problem.ALTERED, f"{by!r} names another one by its hash")

    def named(self, key: str, sha256: str, detail: str) -> Iterator[Finding]:
        """Check a small object that another names by its hash, and report it once."""
        try:
            data = self.store.read(key)
        except ObjectMissingError:
            yield from self._missing(key, detail, always=True)
            return
        except StoreError:
            return
        if hashlib.sha256(data).hexdigest() != sha256 and key not in self._reported:
            self._reported.add(key)
            yield Finding(key, Problem.ALTERED, f"{detail} with another SHA-256")

    def same_bytes(self, key: str, sha256: str, also: StreamCheck | None = None) -> Iterator[Finding]:
        """Compare an object with the SHA-256 it should have; ``also`` looks further into one whose hash is right."""
        try:
            with self.store.open(key) as stream:
                digest, size = _digest(stream)
                if digest != sha256:
                    self._reported.add(key)
                    yield Finding(key, Problem.ALTERED, f"its bytes hash to {digest!r}, not to {sha256!r}")
                elif also is not None:
                    stream.seek(0)
                    yield from also(stream, size)
        except ObjectMissingError:
            yield from self._missing(key, "it was listed, or the manifest names it", always=True)
        except (StoreError, OSError) as error:
            yield Finding(key, Problem.UNREADABLE, str(error))


def part_of(digest: str, parts: int) -> int:
    """The part, 1 to ``parts``, in which an object with this SHA-256 lies: all are equally wide ranges of hashes."""
    return (int(digest[:8], 16) * parts >> 32) + 1


def places_of(part: int, parts: int) -> tuple[int, int]:
    """The numbers that the first 8 digits of the hashes of a part may be: the first and the last."""
    return -(-((part - 1) << 32) // parts), -(-(part << 32) // parts) - 1


def key_digest(key: str) -> str:
    """The SHA-256 that files an object in a part: an original's own, that of its key for any other."""
    return keys.sha256_of_key(key) or hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def _originals_from(digits: str) -> str:
    """The prefix under which the originals lie whose SHA-256 begins so."""
    return f"{keys.RAW}{digits[:2]}" if len(digits) <= 2 else f"{keys.RAW}{digits[:2]}/{digits}"


def _digest(stream: BinaryIO) -> tuple[str, int]:
    """SHA-256 and length in bytes."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(stream):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _problem(error: Exception) -> Problem:
    """The problem that an error while reading shows in the object read."""
    if isinstance(error, ObjectMissingError):
        return Problem.MISSING
    broken = seal.SealBrokenError
    return Problem.ALTERED if isinstance(error, broken) or isinstance(error.__cause__, broken) else Problem.UNREADABLE


FurtherCheck = Callable[[Verification], Iterator[Finding]]
"""A check of objects that another package files: the lake's, for example."""
