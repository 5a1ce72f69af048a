"""An archive healed from its second copy: what is missing or altered is brought back, originals first, and reported.

Whatever proves itself is left alone, whatever the copy holds; and of the copy only what proves itself is taken.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from gongkai.archive import copying, inventory, keys, proofs, signatures
from gongkai.archive.archive import Archive, new_run_id
from gongkai.archive.carrying import Carrier, Load
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.proofs import Proof
from gongkai.archive.store import Store
from gongkai.lake.copying import heal_lake
from gongkai.lake.current import PUBLISHING_KEY
from gongkai.lake.files import CURRENT, PIECES, ManifestError, version_sha256
from gongkai.lake.manifest import MANIFEST_KEY, read_manifest
from gongkai.lake.publication import finish_publication

_MENDABLE = (Problem.MISSING, Problem.ALTERED, Problem.UNREADABLE)


@dataclasses.dataclass(frozen=True, slots=True)
class Healing:
    """The repairs made, each with ``key``, ``problem``, ``bytes``, ``sha256`` and ``at``; what is left to be mended;
    and what of the copy is damaged or missing too."""

    run_id: str
    repairs: list[dict[str, Any]]
    left: list[Finding]
    of_copy: list[Finding]


def heal(archive: Archive, copy: Store, findings: Sequence[Finding], *, rate: float | None = None) -> Healing:
    """Mend what a verification found, and what the archive lost with every record of it.

    The repairs stand in a run report of their own.  Raises OtherArchiveError where the copy is another archive's.
    """
    started = dt.datetime.now(dt.UTC)
    copying.check_same_archive(copy, archive.store)
    problems = {found.key: found.problem.value for found in findings}
    repairs: list[dict[str, Any]] = []

    def note(key: str, size: int, sha256: str) -> None:
        problem = problems.get(key, Problem.MISSING.value)
        at = dt.datetime.now(dt.UTC).isoformat()
        repairs.append({"key": key, "problem": problem, "bytes": size, "sha256": sha256, "at": at})

    carrier = Carrier(copy, archive.store, rate=rate, told=note)
    _mend(carrier, [found.key for found in findings if found.problem in _MENDABLE])
    mended = {repair["key"] for repair in repairs} | _mended_by_itself(archive.store, problems)
    left = [found for found in findings if found.key not in mended]
    run_id = new_run_id(started)
    if repairs or findings:  # the report of a run brings both copies of the inventory in line
        archive.write_run_report(run_id, _report(started, copy.url, repairs, left, carrier.findings))
    return Healing(run_id, repairs, left, carrier.findings)


def _mend(carrier: Carrier, wrong: Collection[str]) -> None:
    """Bring back what is wrong, in the order in which an archive is written, then what nothing names any more."""
    store = carrier.target
    there = copying.moment_of(carrier.origin)
    if copying.moment_of(store).data is None and there.data is not None:
        for key in inventory.COPIES:
            carrier.put(key, there.data)
    runs = {**there.runs, **copying.moment_of(store).runs}
    statements = copying.statement_proofs(carrier)
    is_of_statement = any(key.startswith(signatures.PREFIX) for key in wrong)  # which of its files, verify cannot tell
    for key in sorted({*wrong, *(statements if is_of_statement else ())}, key=_order):
        proof = statements.get(key) or _proof(key, runs)
        if proof is not None and not proofs.is_whole(store, key, proof):
            carrier.carry(Load(key, proof, store.info(key)))
    copying.restore_absent(carrier)
    pieces = [key for key in wrong if key.startswith(PIECES)]
    is_whole = all(proofs.is_whole(store, key, proofs.by_hash(str(version_sha256(key)))) for key in pieces)
    if MANIFEST_KEY in wrong or store.size(MANIFEST_KEY) is None or not is_whole:
        heal_lake(carrier)
    with contextlib.suppress(ManifestError):  # named as what is left
        finish_publication(store)
    _mend_current(store, [key for key in wrong if key.endswith(CURRENT)])


def _order(key: str) -> tuple[int, str]:
    """Originals, captures, runs, then the rest."""
    ranks = (keys.RAW, keys.CAPTURES, keys.RUNS)
    return next((rank for rank, prefix in enumerate(ranks) if key.startswith(prefix)), len(ranks)), key


def _proof(key: str, runs: Mapping[str, str | None]) -> Proof | None:
    if key in inventory.COPIES:
        return None  # the copy's knows less; what is left of ours writes both anew
    sha256 = version_sha256(key)
    return proofs.by_hash(sha256) if sha256 else proofs.of_key(key, runs)


def _mend_current(store: Store, paths: Iterable[str]) -> None:
    """Current files are made of the versions beside them, which are mended by now."""
    wanted = set(paths)
    try:
        manifest = read_manifest(store) if wanted else None
    except ManifestError:
        return
    files = [file for file in manifest.readable_files() if file.path in wanted] if manifest else []
    whole = [file for file in files if proofs.is_whole(store, file.version, proofs.by_hash(file.sha256))]
    store.copy_all((file.version, file.path) for file in whole)


def _mended_by_itself(store: Store, problems: Collection[str]) -> set[str]:
    """Current files that are what the manifest says now, a publication that was finished, and copies of the inventory,
    which the report of the healing writes anew."""
    mended = set(problems) & set(inventory.COPIES) if copying.moment_of(store).data is not None else set()
    mended |= {key for key in problems if key == PUBLISHING_KEY and store.size(key) is None}
    paths = {key for key in problems if key.endswith(CURRENT)}
    try:
        manifest = read_manifest(store) if paths else None
    except ManifestError:
        return mended
    files = (file for file in manifest.readable_files() if file.path in paths) if manifest else ()
    return mended | {file.path for file in files if proofs.is_whole(store, file.path, proofs.by_hash(file.sha256))}


def _report(
    started: dt.datetime,
    copy: str,
    repairs: Sequence[Mapping[str, Any]],
    left: Sequence[Finding],
    of_copy: Sequence[Finding],
) -> dict[str, Any]:
    """The run report of a healing."""
    return {
        "command": "verify",
        "started": started.isoformat(),
        "finished": dt.datetime.now(dt.UTC).isoformat(),
        "healed_from": copy,
        "repairs": list(repairs),
        "left": [dataclasses.asdict(found) for found in left],
        "copy_damaged": [dataclasses.asdict(found) for found in of_copy],
        "exit_code": 1 if left else 0,
    }
