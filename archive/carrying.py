"""Objects carried from one store to another, each proven on its way and atomic where it arrives."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import hashlib
import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator

from gongkai.archive import keys
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.proofs import Proof, Spoilt, is_whole, received
from gongkai.archive.store import ObjectInfo, Store

AT_ONCE = 8
"""Objects under way at once: between stores most of the time is waiting."""

Told = Callable[[str, int, str], None]
"""Called with the key, the length and the SHA-256 of each object that arrived."""


@dataclasses.dataclass(frozen=True, slots=True)
class Load:
    """An object to be carried: its key, its proof, and what the target holds under the key."""

    key: str
    proof: Proof
    held: ObjectInfo | None = None


class Pace:
    """Lets so many bytes a second pass, over all threads; everything at once where no rate is given."""

    def __init__(self, rate: float | None) -> None:
        self._rate = rate
        self._lock = threading.Lock()
        self._free_at = 0.0

    def __call__(self, size: int) -> None:
        if self._rate is None:
            return
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + size / self._rate
            free_at = self._free_at
        time.sleep(max(0.0, free_at - time.monotonic()))


class Carrier:
    """Carries from ``origin`` to ``target``; what is damaged at the origin is named and stays there."""

    def __init__(
        self, origin: Store, target: Store, *, verify: bool = False, rate: float | None = None, told: Told | None = None
    ) -> None:
        self.origin = origin
        self.target = target
        self.verify = verify
        self.findings: list[Finding] = []
        self.objects = self.bytes = self.held = self.mended = 0
        self._pace = Pace(rate)
        self._told = told or (lambda _key, _size, _sha256: None)
        self._lock = threading.Lock()

    def carry_all(self, loads: Iterable[Load]) -> None:
        """Carry what the target does not hold, several objects at a time; few are listed ahead."""
        waiting = iter(loads)
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads:
            while some := list(itertools.islice(waiting, 8 * AT_ONCE)):
                for _ in threads.map(self.carry, some):
                    pass

    def carry(self, load: Load) -> bool:
        """Carry one object.  False where it is damaged at the origin, or whole but different at both ends."""
        arrived = received(self.origin, load.key, load.proof, self._pace)
        if isinstance(arrived, Spoilt):
            self.name(arrived.finding)
            return False
        try:
            if load.held is None:
                self.target.write_once(load.key, arrived.open())
            elif self._is_another_whole_one(load):
                self.name(Finding(load.key, Problem.ALTERED, "it is whole here and there, but not the same"))
                return False
            else:
                self.target.write(load.key, arrived.open())
            self._count(load, arrived.size, arrived.sha256)
        finally:
            arrived.close()
        return True

    def _is_another_whole_one(self, load: Load) -> bool:
        """A name that is a hash, and a report the inventory knows, cannot have two whole contents."""
        return keys.capture_file_number(load.key) is not None and is_whole(self.target, load.key, load.proof)

    def needs(self, load: Load, size: int, *, verify: bool = False) -> bool:
        """True for an object that the target lacks, holds in another length, or, where all is verified, damaged."""
        held = load.held
        is_trusted = held is not None and held.size == size
        if is_trusted and (not (verify or self.verify) or is_whole(self.target, load.key, load.proof)):
            with self._lock:
                self.held += 1
            return False
        return True

    def lost(self, key: str) -> None:
        """Name an object that the origin lost: the target still holds it, and keeps it."""
        self.name(Finding(key, Problem.MISSING, f"{self.target.url!r} holds it, {self.origin.url!r} does not"))

    def put(self, key: str, data: bytes) -> None:
        """Write bytes that were proven when they were read, unless the target holds the same."""
        if self.target.size(key) == len(data) and self.target.read(key) == data:
            return
        self._pace(len(data))
        self.target.write(key, data)
        self._count(Load(key, lambda _: None), len(data), hashlib.sha256(data).hexdigest())

    def name(self, finding: Finding) -> None:
        """Note something that is not as it should be, once."""
        with self._lock:
            if finding not in self.findings:
                self.findings.append(finding)

    def _count(self, load: Load, size: int, sha256: str) -> None:
        with self._lock:
            self.objects += 1
            self.bytes += size
            self.mended += load.held is not None
            self._told(load.key, size, sha256)


def side_by_side(
    origin: Iterable[ObjectInfo], target: Iterable[ObjectInfo]
) -> Iterator[tuple[str, ObjectInfo | None, ObjectInfo | None]]:
    """Two listings in key order as one: each key and its rows, None where one of the listings has none."""
    ours, theirs = iter(origin), iter(target)
    here, there = next(ours, None), next(theirs, None)
    while here is not None or there is not None:
        if here is not None and (there is None or _order(here) < _order(there)):
            yield here.key, here, None
            here = next(ours, None)
        elif there is not None and (here is None or _order(there) < _order(here)):
            yield there.key, None, there
            there = next(theirs, None)
        elif here is not None:
            yield here.key, here, there
            here, there = next(ours, None), next(theirs, None)


def _order(info: ObjectInfo) -> bytes:
    return info.key.encode("utf-8", "surrogateescape")
