"""After the moment of publication: current files brought in line with the manifest, what it names no more removed.

``lake/publishing.json`` is written before the manifest and says which partitions a publication changes and which
immutable files come and go with it, so that whoever finds it can finish the work without listing the lake.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import itertools
from collections.abc import Collection, Iterable, Mapping

from gongkai.archive import seal
from gongkai.archive.lock import Hold, LockedError
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.lake.files import CURRENT, VERSION_FOLDERS, LakeFile, stored_versions, version_sha256
from gongkai.lake.manifest import Manifest
from gongkai.lake.outcome import partitions_in_order
from gongkai.lake.partition import Partition
from gongkai.lake.schema import TABLES
from gongkai.lake.settings import grace_seconds

PUBLISHING_KEY = "lake/publishing.json"
RETIRED_KEY = "lake/retired.json"

Files = Mapping[tuple[str, Partition], LakeFile]
"""Files by table and partition."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """What is to be brought in line with the manifest."""

    partitions: frozenset[Partition] = frozenset()
    keys: frozenset[str] = frozenset()
    """Versions and pieces that the manifest before it names and this one does not, or the other way about."""
    is_whole: bool = False
    """True where the whole lake is to be listed: after damage, a change of columns, an older version's publication."""

    def dump(self) -> bytes:
        return seal.sealed_json(
            {
                "partitions": [dataclasses.astuple(each) for each in partitions_in_order(self.partitions)],
                "keys": sorted(self.keys),
                "whole": self.is_whole,
            }
        )

    def __or__(self, other: Mark) -> Mark:
        return Mark(self.partitions | other.partitions, self.keys | other.keys, self.is_whole or other.is_whole)


def read_mark(store: Store) -> Mark | None:
    """The mark of a publication under way or cut off; for an older version's, and a damaged one, the whole lake."""
    try:
        document = seal.load_sealed_json(store.read(PUBLISHING_KEY))
        partitions = frozenset(Partition(*each) for each in document["partitions"])
        return Mark(partitions, frozenset(document["keys"]), document["whole"])
    except ObjectMissingError:
        return None
    except (seal.SealBrokenError, KeyError, TypeError):
        return Mark(is_whole=True)


def write_mark(store: Store, mark: Mark) -> None:
    """Say what is under way, and what another one, which lost its lock, left to be done."""
    left = read_mark(store)
    store.write(PUBLISHING_KEY, (mark | left if left else mark).dump())


def is_lost(hold: Hold) -> bool:
    """True where the lock was lost, and another one may publish meanwhile."""
    try:
        hold.assure()
    except LockedError:
        return True
    return False


def bring_in_line(
    store: Store,
    hold: Hold,
    manifest: Manifest | None,
    mark: Mark,
    files: tuple[Files, Files] | None = None,
) -> None:
    """Make the current files what the manifest says, remove what it no longer names, and lift the mark.

    ``files`` are those of the partitions touched, before and after, where they are known.
    """
    stood, now = files or (None, _files(manifest, mark.partitions))
    if mark.is_whole:
        _align_all(store, manifest)
    else:
        _align(store, mark.partitions, now, stood)
    if is_lost(hold):  # another publication may have been at the current files too: let the next one see to them
        write_mark(store, mark)
        return
    noted = read_retired(store)
    if mark.is_whole or noted is None:
        _retire_strays(store, manifest)
    else:
        in_use = {file.version for file in now.values()}.union(manifest.piece_keys if manifest else ())
        _retire(store, noted, mark.keys - in_use, mark.keys & in_use)
    store.delete(PUBLISHING_KEY)


def _files(manifest: Manifest | None, partitions: Collection[Partition]) -> Files:
    files = manifest.in_provinces({partition.province for partition in partitions}) if manifest else {}
    return {key: file for key, file in files.items() if file.partition in partitions}


def _align(store: Store, partitions: Iterable[Partition], now: Files, stood: Files | None) -> None:
    """Current files of some partitions; those that are as they should be are left, where that is known."""
    known = {(file.path, file.sha256) for file in stood.values()} if stood is not None else set()
    store.copy_all((file.version, file.path) for file in now.values() if (file.path, file.sha256) not in known)
    possible = itertools.product(TABLES, partitions_in_order(partitions)) if stood is None else stood
    for table, partition in possible:
        if (table, partition) not in now:
            store.delete(LakeFile(table, partition, 0, 0, "", "-").path)


def _align_all(store: Store, manifest: Manifest | None) -> None:
    files = manifest.files if manifest else ()
    store.copy_all((file.version, file.path) for file in files)
    current = {file.path for file in files}
    for entry in list(store.list("lake/")):  # also of a table that an older version had
        if entry.key.endswith(CURRENT) and entry.key not in current and not entry.key.startswith(VERSION_FOLDERS):
            store.delete(entry.key)


def _retire_strays(store: Store, manifest: Manifest | None) -> None:
    """Note every version and piece that the manifest does not name."""
    in_use = {file.version for file in manifest.files}.union(manifest.piece_keys) if manifest else set()
    unused = {entry.key for entry in stored_versions(store)} - in_use
    noted = read_retired(store) or {}
    _retire(store, noted, unused, noted.keys() - unused)


def _retire(store: Store, noted: Mapping[str, dt.datetime], unused: Collection[str], used: Collection[str]) -> None:
    """Note what is named no more, forget what is named again, remove what has been noted for the time of grace."""
    now = dt.datetime.now(dt.UTC)
    since = {**dict.fromkeys(unused, now), **{key: min(moment, now) for key, moment in noted.items()}}
    since = {key: moment for key, moment in since.items() if key not in used}
    over = {key for key, moment in since.items() if (now - moment).total_seconds() >= grace_seconds()}
    for key in sorted(over):
        store.delete(key)
    left = {key: moment.isoformat() for key, moment in since.items() if key not in over}
    if left and left.keys() != noted.keys():
        store.write(RETIRED_KEY, seal.sealed_json({"retired": left}))
    elif not left and store.size(RETIRED_KEY) is not None:
        store.delete(RETIRED_KEY)


def remove_retired(store: Store, manifest: Manifest) -> None:
    """Remove what has been named no more for the time of grace."""
    noted = read_retired(store)
    if noted is None:
        _retire_strays(store, manifest)
    else:
        _retire(store, noted, (), ())


def read_retired(store: Store) -> dict[str, dt.datetime] | None:
    """Since when which version or piece is named no more; None where that cannot be told, the note being damaged."""
    try:
        moments = seal.load_sealed_json(store.read(RETIRED_KEY))["retired"]
        return {key: dt.datetime.fromisoformat(moment) for key, moment in moments.items()}
    except ObjectMissingError:
        return {}
    except seal.SealBrokenError:
        return None


def remove_altered_versions(store: Store, manifest: Manifest) -> None:
    """Remove versions and pieces named no more whose bytes are not those their name says."""
    in_use = {file.version for file in manifest.files}.union(manifest.piece_keys)
    for entry in list(stored_versions(store)):
        sha256 = version_sha256(entry.key)
        if entry.key not in in_use and sha256 and hashlib.sha256(store.read(entry.key)).hexdigest() != sha256:
            store.delete(entry.key)
