"""An OCFL storage root made of an archive, and brought up to date by a later export: new versions only.

Objects are written some at a time, which ``UNFINISHED`` names before: contents first, then each version's inventory,
then the root's, and for a new object its declaration.  Cut off, the next export takes back what is not whole.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator

from gongkai.archive import seal
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome
from gongkai.archive.latest import dumped, loaded
from gongkai.archive.packages import ocfl_recovery, unfinished
from gongkai.archive.packages.bag import Custodian
from gongkai.archive.packages.copying import BATCH, batches, copy_originals, side_by_side, write_small
from gongkai.archive.packages.ocfl_layout import (
    INVENTORY,
    OBJECT_DECLARATION,
    RECORD,
    ROOT_DECLARATION,
    SIDECAR,
    object_path,
    root_files,
)
from gongkai.archive.packages.ocfl_object import (
    Additions,
    Content,
    Inventory,
    Version,
    additions,
    missing_versions,
    sidecar,
    version_of_captures,
    versions_of_address,
)
from gongkai.archive.packages.ocfl_recovery import KIND
from gongkai.archive.packages.unfinished import PackageRefusedError
from gongkai.archive.selection import Selection, selected
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.archive.streams import chunks

_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;
CREATE TABLE captures (url TEXT, at TEXT, row BLOB);
"""


@dataclasses.dataclass(slots=True)
class Filed:
    """Counts of an export: objects in the root now, and objects and versions that this export added."""

    objects: int = 0
    new_objects: int = 0
    new_versions: int = 0


def write_ocfl(
    archive: Archive,
    target: Store,
    selection: Selection,
    custodian: Custodian,
    note: Callable[[str], None] = lambda _: None,
) -> Filed:
    """Write or update a storage root.  ``note`` is told the identifier of each object that is in place.

    Raises PackageRefusedError where something else stands, where the captures of another selection lie, and where none
    is asked for; OriginalMissingError, OriginalAlteredError, CapturesUnreadableError and what the stores raise.
    """
    if next(selected(archive, selection), None) is None:
        raise PackageRefusedError(f"no capture in {archive.store.url!r} is of {selection.told!r}: nothing to hand over")
    with unfinished.writing(target), _sorted_captures() as sorted_captures:
        begun = ocfl_recovery.begin(target, selection.told, _held(target, selection))
        root = _Root(archive, target, selection, custodian, begun)
        target.write_all_once(root_files())
        for batch in batches(_wanted(archive, selection, sorted_captures), BATCH):
            root.add(batch)
            for identifier, _ in batch:
                note(identifier)
        root.finish()
        return root.filed


def _held(target: Store, selection: Selection) -> int:
    """Objects that the root says it has.  Raises PackageRefusedError where something else stands."""
    told, objects = selection.told, 0
    if begun := unfinished.marked(target, KIND):
        told, objects = str(begun["scope"]), int(begun["objects"])
    else:
        try:
            record = seal.load_sealed_json(target.read(RECORD))
            told, objects = str(record["scope"]), int(record["objects"])
        except ObjectMissingError:
            if there := next(unfinished.objects(target), None):
                raise PackageRefusedError(
                    f"{target.url!r} holds {there.key!r} and no OCFL root of gongkai: give a folder that is empty or"
                    " not there yet"
                ) from None
        except seal.SealBrokenError as error:
            raise PackageRefusedError(f"{RECORD!r} in {target.url!r} was altered: {error}") from error
    if told != selection.told:
        raise PackageRefusedError(
            f"the OCFL root at {target.url!r} is of {told!r}, not of {selection.told!r}: ask for that one, or give"
            " another folder"
        )
    return objects


def _wanted(
    archive: Archive, selection: Selection, sorted_captures: _SortedCaptures
) -> Iterator[tuple[str, list[Version]]]:
    """Identifier and versions of every object: first those of the capture files, then those of the addresses."""
    for key, captures in selected(archive, selection):
        sorted_captures.add(captures)
        identifier, version = version_of_captures(key, captures)
        yield identifier, [version]
    for url, observations in sorted_captures.by_address():
        if versions := list(versions_of_address(observations)):
            yield url, versions


class _Root:
    """A storage root being written."""

    def __init__(
        self, archive: Archive, target: Store, selection: Selection, custodian: Custodian, objects: int
    ) -> None:
        self._archive, self._target, self._selection = archive, target, selection
        self._custodian = custodian
        self.filed = Filed(objects)

    def add(self, wanted: list[tuple[str, list[Version]]]) -> None:
        """Bring some objects up to date."""
        plans: dict[str, tuple[Inventory | None, Additions]] = {}

        def plan(one: tuple[str, list[Version]]) -> None:
            identifier, versions = one
            inventory = self._inventory(identifier)
            if lacking := missing_versions(inventory, versions):
                added = additions(identifier, inventory, lacking, self._custodian, self._sha512)
                plans[object_path(identifier)] = (inventory, added)

        side_by_side(plan, wanted)
        if not plans:
            return
        new = sorted(path for path, (inventory, _) in plans.items() if inventory is None)
        facts = {"scope": self._selection.told, "objects": self.filed.objects}
        unfinished.mark(self._target, KIND, **facts, under_way=sorted(plans), new=new)
        self._write(plans, new)
        self.filed.objects += len(new)
        self.filed.new_objects += len(new)
        self.filed.new_versions += sum(len(added.inventories) // 2 for _, added in plans.values())

    def _write(self, plans: dict[str, tuple[Inventory | None, Additions]], new: list[str]) -> None:
        """In an order in which no object looks whole that is not."""
        texts: list[tuple[str, bytes]] = []
        originals: list[tuple[str, str, int]] = []
        for path, (_, added) in sorted(plans.items()):
            for below, content in added.contents:
                if content.data is not None:
                    texts.append((f"{path}/{below}", content.data))
                else:
                    originals.append((f"{path}/{below}", content.sha256, content.size))
            texts += [(f"{path}/{below}", data) for below, data in added.inventories]
        copy_originals(self._archive, self._target, originals)
        write_small(self._target, texts)
        first = [(path, plans[path][1].inventory) for path in new]
        write_small(self._target, [(f"{path}/{INVENTORY}", data) for path, data in first])
        write_small(self._target, [(f"{path}/{SIDECAR}", sidecar(data)) for path, data in first])
        write_small(self._target, [(f"{path}/{OBJECT_DECLARATION[0]}", OBJECT_DECLARATION[1]) for path in new])
        side_by_side(self._replace, [(path, plans[path][1].inventory) for path in plans if path not in set(new)])

    def _replace(self, one: tuple[str, bytes]) -> None:
        path, data = one
        self._target.write(f"{path}/{INVENTORY}", data)
        self._target.write(f"{path}/{SIDECAR}", sidecar(data))

    def _inventory(self, identifier: str) -> Inventory | None:
        """The inventory of an object.  Raises PackageRefusedError for one that was altered: it is not built upon."""
        path = object_path(identifier)
        try:
            data = self._target.read(f"{path}/{INVENTORY}")
        except ObjectMissingError:
            return None
        with contextlib.suppress(ObjectMissingError, ValueError):
            if self._target.read(f"{path}/{SIDECAR}") == sidecar(data):
                inventory: Inventory = json.loads(data)
                return inventory
        raise PackageRefusedError(
            f"the inventory of {path!r} in {self._target.url!r} was altered: run `gongkai verify --package` on it"
        )

    def _sha512(self, content: Content) -> str:
        if content.data is not None:
            return hashlib.sha512(content.data).hexdigest()
        digest = hashlib.sha512()
        with self._archive.open_original(content.sha256) as stream:
            for chunk in chunks(stream):
                digest.update(chunk)
        return digest.hexdigest()

    def finish(self) -> None:
        """Say what the root holds, and that it is whole."""
        record = {
            "format": 1,
            "kind": KIND,
            "scope": self._selection.told,
            "objects": self.filed.objects,
            "source": self._archive.store.url,
        }
        self._target.write(RECORD, seal.sealed_json(record))
        self._target.write(*ROOT_DECLARATION)
        unfinished.unmark(self._target)


@contextlib.contextmanager
def _sorted_captures() -> Iterator[_SortedCaptures]:
    # An empty name is SQLite's for a private database that spills to a temporary file and goes with its connection.
    with contextlib.closing(sqlite3.connect("", isolation_level=None)) as database:
        database.executescript(_SCHEMA)
        yield _SortedCaptures(database)


class _SortedCaptures:
    """Captures that say what stood at an address, by address and time, in a temporary database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, captures: list[Capture]) -> None:
        rows = [
            (
                capture.url,
                capture.requested_at.isoformat(timespec="microseconds"),
                zlib.compress(dumped(capture).encode(), 1),
            )
            for capture in captures
            if capture.payload_sha256 or capture.outcome is Outcome.GONE
        ]
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO captures VALUES (?, ?, ?)", rows)
        self._database.execute("COMMIT")

    def by_address(self) -> Iterator[tuple[str, Iterator[Capture]]]:
        """Each address with its captures, oldest first; they are read as they are asked for."""
        self._database.execute("CREATE INDEX by_address ON captures (url, at)")
        urls = self._database.cursor().execute("SELECT DISTINCT url FROM captures ORDER BY url")
        while some := urls.fetchmany(BATCH):
            for (url,) in some:
                yield url, self._of(url)

    def _of(self, url: str) -> Iterator[Capture]:
        rows = self._database.cursor().execute("SELECT row FROM captures WHERE url = ? ORDER BY at, rowid", (url,))
        return (loaded(zlib.decompress(row).decode()) for (row,) in rows)
