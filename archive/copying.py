"""A second copy of originals, captures and run reports on another store, and what it gives back.

A copy is an archive of its own: it opens, verifies and answers like the first.  It is filled in the order in which an
archive is written, originals, captures, pages, reports, inventory, each under its key, so that a copy stopped at any
moment holds whole objects, and the next one goes on from a difference of listings.

The inventory, and the reports of runs under way with their notes, are read before anything is listed: what they name
was there then.
Nothing is deleted from a copy, and no object of it is replaced by one that does not prove itself.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from gongkai.archive import inventory, keys, proofs, seal, signatures, under_way
from gongkai.archive.carrying import Carrier, Load, side_by_side
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.formats import NewerFormatError
from gongkai.archive.store import ArchiveError, ObjectMissingError, Store

LOCK = "copy"
"""Held on the target by whoever fills it."""
_READINGS = 5
"""How often the inventory is read until no run ended meanwhile."""

Runs = Mapping[str, str | None]


class OtherArchiveError(ArchiveError, ValueError):
    """Raised when two stores do not hold the same archive, or are one and the same place."""


@dataclasses.dataclass(frozen=True, slots=True)
class Moment:
    """An archive's runs at one moment: the bytes of its inventory, and of the reports of runs not finished then, and by
    their keys of the notes beside these."""

    copies: inventory.Copies
    data: bytes | None
    """The inventory as it is to stand in both copies; None where there is no whole one."""
    under_way: Mapping[str, bytes]
    notes: Mapping[str, bytes]

    @property
    def runs(self) -> Runs:
        return self.copies.inventory.runs if self.copies.inventory else {}


def moment_of(store: Store) -> Moment:
    """The runs of an archive, none of which ended while they were read."""
    for _ in range(_READINGS):
        copies = inventory.read_copies(store)
        data, reports = _whole_inventory(store, copies), dict(_reports_under_way(store, copies))
        moment = Moment(copies, data, reports, dict(_notes(store, reports.values())))
        after = inventory.read_copies(store)
        if after.inventory == copies.inventory and data == _whole_inventory(store, after):
            break
    return moment


def _whole_inventory(store: Store, copies: inventory.Copies) -> bytes | None:
    for key in inventory.COPIES:
        if key not in copies.missing and key not in copies.damaged:
            try:
                return store.read(key)
            except ObjectMissingError:
                continue
    return None


def _reports_under_way(store: Store, copies: inventory.Copies) -> Iterator[tuple[str, bytes]]:
    runs = copies.inventory.runs if copies.inventory else {}
    for run in (run for run, digest in runs.items() if digest is None):
        try:
            yield run, store.read(keys.run_report_key(run))
        except ObjectMissingError:
            continue


def _notes(store: Store, reports: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """The notes that reports count; `verify` names one that is lost."""
    for report in reports:
        with contextlib.suppress(seal.SealBrokenError):
            for key in under_way.keys_of_notes(seal.load_sealed_json(report)):
                with contextlib.suppress(ObjectMissingError):
                    yield key, store.read(key)


def check_same_archive(origin: Store, target: Store) -> None:
    """Raises OtherArchiveError where the target is the origin, lies in it, or holds another archive's runs."""
    where, there = (f"{store.url}/" for store in (origin, target))
    is_one_store = type(origin) is type(target) and origin.access == target.access
    if is_one_store and (where.startswith(there) or there.startswith(where)):
        raise OtherArchiveError(f"{target.url!r} and {origin.url!r} are one place: a copy lies apart")
    ours, theirs = (moment_of(store).runs.keys() for store in (origin, target))
    if ours and theirs and ours.isdisjoint(theirs):
        raise OtherArchiveError(f"{target.url!r} holds another archive than {origin.url!r}: give a place of its own")


def copy_objects(carrier: Carrier) -> None:
    """Bring originals, captures, run reports and the inventory of the target up to those of the origin."""
    now, before = moment_of(carrier.origin), moment_of(carrier.target)
    carrier.carry_all(_immutable(carrier, keys.RAW, now.runs))
    carried, held = carrier.objects, carrier.held
    carrier.carry_all(_immutable(carrier, keys.CAPTURES, now.runs))
    if carrier.objects > carried:  # captures made while the originals were carried name others
        captures_held = carrier.held - held
        carrier.carry_all(_immutable(carrier, keys.RAW, now.runs))
        carrier.held = held + captures_held
    _copy_statements(carrier)
    pages, reports = _of_runs(carrier, now, before.runs)
    carrier.carry_all(pages)
    carrier.carry_all(reports)
    for key, data in now.notes.items():
        carrier.put(key, data)
    for run, data in now.under_way.items():
        carrier.put(keys.run_report_key(run), data)
    _copy_inventory(carrier, now, before)


def _immutable(carrier: Carrier, prefix: str, runs: Runs) -> Iterator[Load]:
    """Lists the objects that never change and that the target lacks; names those that the origin lacks."""
    for key, info, held in side_by_side(carrier.origin.list(prefix), carrier.target.list(prefix)):
        proof = proofs.of_key(key, runs)
        if proof is None:
            continue  # nothing of an archive's: verify names it
        load = Load(key, proof, held)
        if info is None:
            carrier.lost(key)
        elif carrier.needs(load, info.size):
            yield load


def _copy_statements(carrier: Carrier) -> None:
    """Bring the signed inventories of the target up to those of the origin: a run report names each of them."""
    known = statement_proofs(carrier)
    for key, proof in known.items():
        info = carrier.origin.info(key)
        load = Load(key, proof, carrier.target.info(key))
        if info is None:
            carrier.lost(key)
        elif carrier.needs(load, info.size):
            carrier.carry(load)
    for number in sorted(signatures.numbers(carrier.target).keys() - signatures.numbers(carrier.origin).keys()):
        carrier.lost(signatures.statement_key(number, "json"))


def statement_proofs(carrier: Carrier) -> dict[str, proofs.Proof]:
    """The files of the origin's signed inventories, each with its proof; what cannot be proven is named."""
    known: dict[str, proofs.Proof] = {}
    try:
        for key, sha256 in signatures.hashes(carrier.origin):
            known[key] = proofs.by_hash(sha256)
    except ImportError:
        detail = "its signature needs the extra exchange: pip install 'gongkai[exchange]'"
        carrier.name(Finding(signatures.PREFIX, Problem.UNREADABLE, detail))
    except (signatures.StatementRefusedError, NewerFormatError, ObjectMissingError) as error:
        carrier.name(Finding(signatures.PREFIX, Problem.ALTERED, str(error)))
    else:
        _leave_out_unproven_stamp(carrier, known)
    return known


def _leave_out_unproven_stamp(carrier: Carrier, known: dict[str, proofs.Proof]) -> None:
    """Take the stamp of the last statement out of what is carried, and name it, unless it proves itself."""
    stamp = signatures.last_stamp(carrier.origin)
    if stamp is None:
        return
    try:
        signatures.prove_last_stamp(carrier.origin)
    except ImportError:
        del known[stamp]
        detail = "to prove it needs the extra exchange: pip install 'gongkai[exchange]'"
        carrier.name(Finding(stamp, Problem.UNREADABLE, detail))
    except signatures.StatementRefusedError as error:
        del known[stamp]
        carrier.name(Finding(stamp, Problem.ALTERED, str(error)))


def _of_runs(carrier: Carrier, now: Moment, before: Runs) -> tuple[list[Load], list[Load]]:
    """Pages and reports of finished runs that the target lacks, or holds as they were before the run ended."""
    pages: list[Load] = []
    reports: list[Load] = []
    for key, info, held in side_by_side(carrier.origin.list(keys.RUNS), carrier.target.list(keys.RUNS)):
        run = proofs.run_of(key)
        proof = proofs.of_key(key, now.runs)
        if info is None:
            carrier.lost(key)
        elif proof is not None and run not in now.under_way and (run in now.runs or not now.runs):
            load = Load(key, proof, held)
            is_settled = now.runs.get(run) is not None and now.runs.get(run) == before.get(run)
            if carrier.needs(load, info.size) or not (is_settled or _is_that_report(carrier, load, now.runs)):
                (reports if keys.is_run_report(key) else pages).append(load)
    return pages, reports


def _is_that_report(carrier: Carrier, load: Load, runs: Runs) -> bool:
    """True where the target holds the very report that the inventory names."""
    is_named = keys.is_run_report(load.key) and runs.get(proofs.run_of(load.key)) is not None
    return is_named and proofs.is_whole(carrier.target, load.key, load.proof)


def _copy_inventory(carrier: Carrier, now: Moment, before: Moment) -> None:
    """Write the inventory last; one that knows less than the target's does is named and not copied."""
    for key, error in now.copies.damaged.items():
        carrier.name(Finding(key, Problem.ALTERED, str(error)))
    for key in now.copies.missing:
        carrier.name(Finding(key, Problem.MISSING, "the other copy says that it was there"))
    forgotten = sorted(before.runs.keys() - now.runs.keys())
    if forgotten:
        detail = f"it lacks {len(forgotten)} runs that the inventory of {carrier.target.url!r} names: {forgotten[0]!r}"
        carrier.name(Finding(inventory.COPIES[0], Problem.ALTERED, detail))
    elif now.data is not None:
        for key in inventory.COPIES:
            carrier.put(key, now.data)


def restore_absent(carrier: Carrier) -> None:
    """Carry what the origin of this carrier, a copy, holds and its target, the archive, lost: nothing is ever deleted
    from an archive.  Of what is there at both ends nothing is touched."""
    runs, ours = moment_of(carrier.origin).runs, moment_of(carrier.target).runs
    for prefix in (keys.RAW, keys.CAPTURES, keys.UNDER_WAY, keys.RUNS):
        listed = side_by_side(carrier.origin.list(prefix), carrier.target.list(prefix))
        absent = (key for key, info, held in listed if info is not None and held is None)
        wanted = (key for key in absent if ours.get(keys.run_of_note(key) or "") is None)  # a report took up the others
        carrier.carry_all(Load(key, proof) for key in wanted if (proof := proofs.of_key(key, runs)) is not None)
    for key, proof in statement_proofs(carrier).items():
        if carrier.target.info(key) is None:
            carrier.carry(Load(key, proof))
