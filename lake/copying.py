"""The lake of a second copy: versions and pieces first, then the manifest as a publication of its own.

A reader of the copy sees the lake as it was before or as it is after, whatever is carried meanwhile.  What cannot be
proven at the origin is named, and the copy keeps the lake it had.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping

from gongkai.archive import copying, proofs
from gongkai.archive.carrying import Carrier, Load
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.lock import Hold, locked
from gongkai.archive.store import ObjectMissingError, Store, StoreError
from gongkai.lake.current import Mark, bring_in_line, read_mark, write_mark
from gongkai.lake.files import LakeFile, stored_versions, version_sha256
from gongkai.lake.manifest import MANIFEST_KEY, Manifest, ManifestDamagedError, ManifestError
from gongkai.lake.partition import Partition
from gongkai.lake.publication import LOCK

_ROUNDS = 5
"""How often the origin may publish while it is copied, its former files going, until that is told as a failure."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Lake:
    """A lake at one moment: the bytes of its manifest, and all that it names."""

    data: bytes
    manifest: Manifest
    files: tuple[LakeFile, ...]

    @property
    def sizes(self) -> dict[str, int | None]:
        """The bytes of every version and piece; None for a piece, of which the manifest says none."""
        return {**dict.fromkeys(self.manifest.piece_keys), **{file.version: file.bytes for file in self.files}}


def copy_archive(carrier: Carrier) -> None:
    """Bring the target up to the origin: originals, captures, runs, and the lake of a moment before they were listed.

    Raises OtherArchiveError where the target is not this archive's, LockedError while another copy is under way.
    """
    copying.check_same_archive(carrier.origin, carrier.target)
    with locked(carrier.target, copying.LOCK):
        for left in reversed(range(_ROUNDS)):
            known = list(carrier.findings)
            carrier.held = 0
            lake = _lake(carrier.origin, carrier.name)
            copying.copy_objects(carrier)
            if lake is None or _copied(carrier, lake) or not left or not _has_moved(carrier.origin, lake):
                return
            carrier.findings[:] = known


def heal_lake(carrier: Carrier) -> None:
    """Bring back the lake of a copy, the carrier's origin, into an archive that lost its own manifest."""
    lake = _lake(carrier.origin, carrier.name)
    if lake is not None:
        _copied(carrier, lake, verify=True)


def _has_moved(store: Store, lake: _Lake) -> bool:
    try:
        return store.read(MANIFEST_KEY) != lake.data
    except ObjectMissingError:
        return False


def _lake(store: Store, name: Callable[[Finding], None]) -> _Lake | None:
    """The lake as it stands; None where there is none, or where it is damaged, which is named."""
    try:
        data = store.read(MANIFEST_KEY)
        manifest = Manifest.load(data, store)
        return _Lake(data, manifest, manifest.files)
    except ObjectMissingError:
        return None
    except (ManifestError, StoreError) as error:
        problem = Problem.ALTERED if isinstance(error, ManifestDamagedError) else Problem.UNREADABLE
        name(Finding(MANIFEST_KEY, problem, str(error)))
        return None


def _copied(carrier: Carrier, lake: _Lake, *, verify: bool = False) -> bool:
    """Carry what the manifest names, then publish it there.  False where something of it was not to be had.

    Of a lake that turns out to be damaged there, everything is read.
    """
    failed, damage = len(carrier.findings), list[Finding]()
    _lake(carrier.target, damage.append)
    carrier.carry_all(_needed(carrier, lake.sizes, verify=verify or bool(damage)))
    if len(carrier.findings) > failed:
        return False
    with locked(carrier.target, LOCK, wait=True) as hold:
        _publish(carrier, lake, hold)
    return True


def _needed(carrier: Carrier, sizes: Mapping[str, int | None], *, verify: bool) -> Iterator[Load]:
    """Versions and pieces that the target lacks."""
    there = {info.key: info for info in stored_versions(carrier.target) if info.key in sizes}
    for key, size in sorted(sizes.items()):
        held = there.get(key)
        load = Load(key, proofs.by_hash(str(version_sha256(key))), held)
        if carrier.needs(load, held.size if size is None and held else size or 0, verify=verify):
            yield load


def _publish(carrier: Carrier, lake: _Lake, hold: Hold) -> None:
    """Make the target's lake that of the manifest, as a publication does."""
    target = carrier.target
    before = _lake(target, lambda _: None)
    manifest = Manifest.load(lake.data, target)
    mark = Mark(is_whole=True) if before is None else _mark(before, lake)
    left = read_mark(target)
    if before is not None and before.data == lake.data and left is None and not carrier.verify:
        return
    mark = Mark(mark.partitions, mark.keys, mark.is_whole or carrier.verify)
    mark = mark | left if left else mark
    write_mark(target, mark)
    carrier.put(MANIFEST_KEY, lake.data)
    bring_in_line(target, hold, manifest, mark)


def _mark(before: _Lake, lake: _Lake) -> Mark:
    """The partitions and the immutable files in which two lakes differ."""
    differing = {(file.path, file.sha256) for file in before.files} ^ {(file.path, file.sha256) for file in lake.files}
    partitions: frozenset[Partition] = frozenset(
        file.partition for file in (*before.files, *lake.files) if (file.path, file.sha256) in differing
    )
    return Mark(partitions, frozenset(before.sizes.keys() ^ lake.sizes.keys()))
