"""The inventory: every run that ever wrote to the archive, each with the SHA-256 of its report once it is written.

It stands twice, as ``inventory.json`` and as ``raw/inventory.json``, so that no single deletion of an object or a
folder silences it: whichever copy is left says what is missing, the other copy too.  The run reports name one another
by hash besides: each names those that no report named before it.

A run is entered when it writes its first capture file, so that a killed one is missed too.  Whoever enters a run holds
the lock ``LOCK`` and takes up the reports that are not entered: those of older versions, and of runs killed in between.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from gongkai.archive import formats, keys, seal
from gongkai.archive.lock import locked
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.archive.streams import digest_of

COPIES = ("inventory.json", "raw/inventory.json")
"""Keys of the two copies."""
LOCK = "inventory"
UNDER_WAY = "under_way"
"""The ``state`` in the report of a run that is not finished."""


@dataclasses.dataclass(slots=True)
class Inventory:
    """``runs`` by identifier: the SHA-256 of the report, None while the run is under way or where it was killed.

    ``heads`` are finished runs that no report names yet; ``has_lake`` is set by the first publication.
    """

    runs: dict[str, str | None] = dataclasses.field(default_factory=dict)
    heads: set[str] = dataclasses.field(default_factory=set)
    has_lake: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Copies:
    """The two copies as read: the inventory, and what is wrong with either; ``is_missed`` by its key."""

    inventory: Inventory | None
    missing: frozenset[str]
    """Copies that are not there though the other one says that they were."""
    damaged: Mapping[str, seal.SealBrokenError]


def read_copies(store: Store) -> Copies:
    """The inventory as both copies tell it; None where there is none.  Raises NewerFormatError."""
    documents: dict[str, dict[str, Any]] = {}
    absent: set[str] = set()
    damaged: dict[str, seal.SealBrokenError] = {}
    for key in COPIES:
        try:
            document = seal.load_sealed_json(store.read(key))
            formats.check_format(document.get(formats.MEMBER, 1), formats.INVENTORY, repr(key))
            documents[key] = document
        except ObjectMissingError:
            absent.add(key)
        except seal.SealBrokenError as error:
            damaged[key] = error
    known = any(document["twin"] for document in documents.values()) or bool(damaged)
    return Copies(_united(documents), frozenset(absent if known else ()), damaged)


def _united(documents: Mapping[str, Mapping[str, Any]]) -> Inventory | None:
    """One inventory of the copies, the first of which is written first and is the newer one where they differ."""
    if not documents:
        return None
    inventory = Inventory()
    for key in reversed(COPIES):
        if document := documents.get(key):
            inventory.runs |= dict(document["runs"])
            inventory.heads = set(document["heads"])
            inventory.has_lake |= document["lake"]
    return inventory


def enter(store: Store, run_id: str) -> None:
    """Enter a run that is under way; its report, which says so, is there already."""
    with locked(store, LOCK, wait=True):
        inventory = _complete(store, run_id)
        inventory.runs.setdefault(run_id, None)
        _write(store, inventory)


def note_lake(store: Store) -> None:
    """Enter that there is a lake; nothing is written where that is known."""
    known = read_copies(store).inventory
    if known is None or not known.has_lake:
        with locked(store, LOCK, wait=True):
            inventory = _complete(store, "")
            inventory.has_lake = True
            _write(store, inventory)


def conclude(
    store: Store, run_id: str, report: Callable[[Mapping[str, str]], BinaryIO], *, has_lake: bool = False
) -> set[str]:
    """Write a run's report, made with the SHA-256 of the reports it is to name by their runs, and enter it.

    Killed in between, the report is taken up by the next run.  Gives the runs whose reports are entered.
    """
    with locked(store, LOCK, wait=True):
        inventory = _complete(store, run_id)
        if inventory.runs.get(run_id) is not None:
            inventory.runs[run_id] = None  # it is written anew: killed in between, its hash would be the wrong one
            _write(store, inventory)
        previous = {run: digest for run in inventory.heads - {run_id} if (digest := inventory.runs[run])}
        with report({**_named_before(store, run_id), **previous}) as stream:
            store.write(keys.run_report_key(run_id), stream)
            inventory.runs[run_id] = digest_of(stream)
        inventory.heads = {run_id}
        inventory.has_lake |= has_lake
        _write(store, inventory)
    return {run for run, digest in inventory.runs.items() if digest is not None}


def _named_before(store: Store, run_id: str) -> dict[str, str]:
    """The reports that an earlier report of this run names."""
    try:
        return dict(seal.load_sealed_json(store.read(keys.run_report_key(run_id))).get("previous", {}))
    except (ObjectMissingError, seal.SealBrokenError):
        return {}


def _complete(store: Store, run_id: str) -> Inventory:
    """The inventory with the reports that are not entered yet, but for that of the run itself."""
    inventory = read_copies(store).inventory or Inventory()
    for info in store.list(keys.RUNS):
        run = info.key.removeprefix(keys.RUNS).removesuffix(".json")
        if not keys.is_run_report(info.key) or run == run_id or inventory.runs.get(run) is not None:
            continue
        data = store.read(info.key)
        try:
            is_finished = seal.load_sealed_json(data).get("state") != UNDER_WAY
        except seal.SealBrokenError:
            is_finished = False
        inventory.runs[run] = hashlib.sha256(data).hexdigest() if is_finished else None
        if is_finished:
            inventory.heads.add(run)
    return inventory


def _write(store: Store, inventory: Inventory) -> None:
    first, second = COPIES
    if store.size(second) is None:
        # Killed before the second is there, the first must not say that it is missing.
        store.write(first, _dump(inventory, twin=False))
        store.write(second, _dump(inventory, twin=True))
    data = _dump(inventory, twin=True)
    store.write(first, data)
    store.write(second, data)


def _dump(inventory: Inventory, *, twin: bool) -> bytes:
    return seal.sealed_json(
        {
            formats.MEMBER: formats.INVENTORY,
            "runs": inventory.runs,
            "heads": sorted(inventory.heads),
            "lake": inventory.has_lake,
            "twin": twin,
        }
    )
