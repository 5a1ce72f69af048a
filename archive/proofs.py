"""The proof that an object carries of itself: the hash in its name, or the seal inside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from gongkai.archive import capture_table, inventory, keys, seal, under_way
from gongkai.archive.arrival import Arrival, Arrived
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.store import ArchiveError, ObjectMissingError, Store, StoreError
from gongkai.archive.streams import chunks

_IN_MEMORY = 1 << 20
"""Bytes of one object on its way that are held in memory; the rest goes to a temporary file."""

Proof = Callable[[Arrived], str | None]
"""Says in one sentence what is wrong with the bytes of an object; None where they are those once written."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spoilt:
    """An object that could not be read, or not proven."""

    finding: Finding


def received(store: Store, key: str, proof: Proof, pace: Callable[[int], None] = lambda _: None) -> Arrived | Spoilt:
    """The object, proven while it was read; the caller closes it.  ``pace`` is told the bytes of each piece."""
    arrival = Arrival(_IN_MEMORY)
    try:
        with store.open(key) as stream:
            for chunk in chunks(stream):
                pace(len(chunk))
                arrival.write(chunk)
    except ObjectMissingError as error:
        arrival.close()
        return Spoilt(Finding(key, Problem.MISSING, str(error)))
    except (StoreError, OSError) as error:
        arrival.close()
        return Spoilt(Finding(key, Problem.UNREADABLE, str(error)))
    arrived = arrival.finish()
    wrong = proof(arrived)
    if wrong is None:
        return arrived
    arrived.close()
    return Spoilt(Finding(key, Problem.ALTERED, wrong))


def is_whole(store: Store, key: str, proof: Proof) -> bool:
    """True for an object that is there and proves itself."""
    arrived = received(store, key, proof)
    if isinstance(arrived, Spoilt):
        return False
    arrived.close()
    return True


def by_hash(sha256: str) -> Proof:
    """The proof of an object whose bytes have a known hash."""

    def wrong(arrived: Arrived) -> str | None:
        return None if arrived.sha256 == sha256 else f"its bytes hash to {arrived.sha256!r}, not to {sha256!r}"

    return wrong


def of_key(key: str, runs: Mapping[str, str | None]) -> Proof | None:
    """The proof of an object by its key, None where it has none of its own.

    ``runs`` holds the SHA-256 of the reports that are known, by run.
    """
    if key.startswith(keys.RAW):
        sha256 = keys.sha256_of_key(key)
        return by_hash(sha256) if sha256 else None
    if key.startswith(keys.RUNS) and key.endswith(".json"):
        run = run_of(key)
        known = runs.get(run)
        return by_hash(known) if known else _sealed(lambda data: _check_report(run, data))
    check = _check_of(key)
    return _sealed(check) if check else None


def _check_of(key: str) -> Callable[[bytes], object] | None:
    """Gives what raises where the bytes under a key are not those once sealed."""
    if keys.capture_file_number(key) is not None:
        return lambda data: _check_captures(key, data)
    if key in inventory.COPIES:
        return seal.load_sealed_json
    if key.startswith(keys.RUNS) and key.endswith(".html"):
        return seal.check_html
    if keys.run_of_note(key) is not None:
        return lambda data: under_way.load_note(key, data)
    return None


def run_of(key: str) -> str:
    """The run whose report or page a key names."""
    return key.removeprefix(keys.RUNS).rpartition(".")[0]


def _sealed(check: Callable[[bytes], object]) -> Proof:
    def wrong(arrived: Arrived) -> str | None:
        try:
            check(arrived.open().read())
        except (ArchiveError, ValueError) as error:
            return str(error)
        return None

    return wrong


def _check_captures(key: str, data: bytes) -> None:
    for capture in capture_table.load(data):
        if not key.startswith(keys.captures_prefix(capture.portal, capture.run_id)):
            raise seal.SealBrokenError(f"it holds captures of {capture.portal}/{capture.run_id}")


def _check_report(run: str, data: bytes) -> None:
    named = seal.load_sealed_json(data).get("run_id")
    if named != run:
        raise seal.SealBrokenError(f"it is the report of run {named!r}")
