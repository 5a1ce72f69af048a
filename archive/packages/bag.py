"""BagIt bags (RFC 8493): originals under their hash and the captures beside them, updated in place.

======================================  ==============================================================================
key                                     what it holds
======================================  ==============================================================================
``UNFINISHED``                          stands, as the first file written and the last removed, while it is not whole
``data/originals/ab/<64 hex>``          originals, each under its SHA-256
``data/captures/<portal>/<run>/<n>``    ``.jsonl``, every observation with all that is known of it, and ``.csv``, the
                                        columns that people look for
``manifest-sha256.txt``                 the SHA-256 of every file under ``data/``
``bag-info.txt``                        who hands over what; ``Gongkai-Selection`` says which captures
``bagit-profile.json``                  the BagIt profile that the bag keeps to
``tagmanifest-sha256.txt``              the SHA-256 of the files beside ``data/``
``bagit.txt``                           written last: without it nothing takes the folder for a bag
======================================  ==============================================================================

A bag only grows: what an earlier export put there stays, and manifests are replaced when everything they name is
there.  While one is written, files that no manifest names make it invalid for every tool, and ``UNFINISHED`` says why.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import importlib.metadata
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture
from gongkai.archive.keys import CAPTURES, is_sha256
from gongkai.archive.packages import bag_text, provenance, unfinished
from gongkai.archive.packages.copying import BATCH, batches, copy_originals, write_small
from gongkai.archive.packages.unfinished import PackageRefusedError
from gongkai.archive.selection import Selection, selected
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.archive.streams import chunks, new_spool

KIND = "gongkai bag"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DATA = "data/"
ORIGINALS = "data/originals/"
SELECTION = "Gongkai-Selection"
PROFILE_TEXT = (Path(__file__).parent / "bagit-profile.json").read_bytes()
PROFILE_IDENTIFIER = "urn:gongkai:bagit-profile:1"
_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;
CREATE TABLE originals (sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Custodian:
    """Who hands a package over; ``contact`` is a ``mailto:`` or ``https:`` address."""

    name: str = "gongkai"
    contact: str = ""


@dataclasses.dataclass(slots=True)
class Bagged:
    """Counts of a bag; ``is_new`` is False where the very same one was there already."""

    originals: int = 0
    captures: int = 0
    files: int = 0
    bytes: int = 0
    first: dt.datetime | None = None
    last: dt.datetime | None = None
    is_new: bool = True


def write_bag(
    archive: Archive,
    target: Store,
    selection: Selection,
    custodian: Custodian,
    *,
    on: dt.date,
    note: Callable[[str], None] = lambda _: None,
) -> Bagged:
    """Write or update a bag.  ``note`` is told each capture file and each original that is in place.

    Raises PackageRefusedError where something else stands, where the captures of another selection lie, and where none
    is asked for; OriginalMissingError, OriginalAlteredError, CapturesUnreadableError and what the stores raise.
    """
    if next(selected(archive, selection), None) is None:
        raise PackageRefusedError(f"no capture in {archive.store.url!r} is of {selection.told!r}: nothing to hand over")
    with unfinished.writing(target), _bag(archive, target, selection) as bag:
        bag.take_captures(selection, note)
        bag.copy_originals(note)
        bag.finish(selection, custodian, on)
        return bag.done


def _check_target(target: Store, selection: Selection) -> None:
    """Raises PackageRefusedError where something else stands, or a bag of another selection."""
    held = ""
    if begun := unfinished.marked(target, KIND):
        held = str(begun.get("scope"))
    elif target.size(bag_text.BAGIT) is None:
        if there := next(unfinished.objects(target), None):
            raise PackageRefusedError(
                f"{target.url!r} holds {there.key!r} and no bag: give a folder that is empty or not there yet"
            )
        return
    else:
        with contextlib.suppress(ObjectMissingError):
            held = next(iter(bag_text.values(bag_text.read_tags(target.read(bag_text.BAG_INFO)), SELECTION)), "")
    if held != selection.told:
        raise PackageRefusedError(
            f"the bag at {target.url!r} is of {held!r}, not of {selection.told!r}: ask for that one, or give another"
            " folder"
        )


@contextlib.contextmanager
def _bag(archive: Archive, target: Store, selection: Selection) -> Iterator[_Bag]:
    _check_target(target, selection)
    unfinished.mark(target, KIND, scope=selection.told)
    # An empty name is SQLite's for a private database that spills to a temporary file and goes with its connection.
    with contextlib.closing(sqlite3.connect("", isolation_level=None)) as database:
        database.executescript(_SCHEMA)
        yield _Bag(archive, target, database)


class _Bag:
    """A bag being written; what it holds is kept in a temporary database, so that memory stays flat."""

    def __init__(self, archive: Archive, target: Store, database: sqlite3.Connection) -> None:
        self._archive, self._target, self._database = archive, target, database
        self.done = Bagged()
        self._old = self._read_manifest()

    def _read_manifest(self) -> str:
        """Take up what the manifest there names.  The SHA-256 of the manifest, empty where there is none."""
        with contextlib.suppress(ObjectMissingError), self._target.open(MANIFEST) as stream:
            digest = hashlib.sha256()
            for chunk in chunks(stream):
                digest.update(chunk)
            stream.seek(0)
            with self._transaction():
                rows = ((path, sha256) for sha256, path in bag_text.manifest_lines(stream))
                self._database.executemany("INSERT OR REPLACE INTO files VALUES (?, ?)", rows)
            return digest.hexdigest()
        return ""

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN")
        yield
        self._database.execute("COMMIT")

    def take_captures(self, selection: Selection, note: Callable[[str], None]) -> None:
        """Write the captures, and note which originals they name."""
        for group in batches(selected(self._archive, selection), BATCH // 4):
            texts: list[tuple[str, bytes]] = []
            with self._transaction():
                for key, captures in group:
                    texts += self._texts(key, captures)
                    self._note_originals(captures)
                named = [(path, hashlib.sha256(data).hexdigest()) for path, data in texts]
                self._database.executemany("INSERT OR REPLACE INTO files VALUES (?, ?)", named)
            write_small(self._target, texts)
            for key, _ in group:
                note(key)

    @staticmethod
    def _texts(key: str, captures: list[Capture]) -> list[tuple[str, bytes]]:
        path = f"{DATA}{CAPTURES}{key.removeprefix(CAPTURES).removesuffix('.parquet')}"
        return [(f"{path}.csv", provenance.csv_text(captures)), (f"{path}.jsonl", provenance.json_lines(captures))]

    def _note_originals(self, captures: list[Capture]) -> None:
        done = self.done
        done.captures += len(captures)
        times = [capture.requested_at for capture in captures]
        done.first = min([*times, done.first] if done.first else times)
        done.last = max([*times, done.last] if done.last else times)
        payloads = ((capture.payload_sha256, capture.payload_bytes or 0) for capture in captures)
        named = [(sha256, size) for sha256, size in payloads if sha256]
        self._database.executemany("INSERT OR IGNORE INTO originals VALUES (?, ?)", named)

    def copy_originals(self, note: Callable[[str], None]) -> None:
        """Copy the originals that are not there; those there are met in the order in which the store lists them."""
        for batch in batches(self._missing(), BATCH):
            copy_originals(self._archive, self._target, batch)
            named = [(key, sha256) for key, sha256, _ in batch]
            with self._transaction():
                self._database.executemany("INSERT OR REPLACE INTO files VALUES (?, ?)", named)
            for _, sha256, _ in batch:
                note(sha256)

    def _missing(self) -> Iterator[tuple[str, str, int]]:
        """Key, SHA-256 and length of each original that is not there, or is there with another length."""
        there = ((info.key.rpartition("/")[2], info.size) for info in self._target.list(ORIGINALS))
        held = next(there, None)
        for sha256, size in self._rows("SELECT sha256, bytes FROM originals ORDER BY sha256"):
            while held is not None and held[0] < sha256:
                held = next(there, None)
            self.done.originals += 1
            if held != (sha256, size):
                yield f"{ORIGINALS}{sha256[:2]}/{sha256}", sha256, int(size)

    def _rows(self, sql: str) -> Iterator[tuple[str, int]]:
        """Rows of a cursor of their own, which writing meanwhile does not disturb."""
        rows = self._database.cursor().execute(sql)
        while some := rows.fetchmany(BATCH):
            yield from some

    def finish(self, selection: Selection, custodian: Custodian, on: dt.date) -> None:
        """Replace the manifests and say what the bag holds, unless nothing changed."""
        with new_spool() as manifest:
            digest = hashlib.sha256()
            for path, sha256 in self._held():
                line = bag_text.manifest_line(sha256, path)
                digest.update(line)
                manifest.write(line)
            self.done.is_new = digest.hexdigest() != self._old or self._target.size(bag_text.BAGIT) is None
            if self.done.is_new or not self._is_described():
                self._describe(selection, custodian, on, digest.hexdigest())
                manifest.seek(0)
                self._target.write(MANIFEST, manifest)
                self._target.write(bag_text.BAGIT, bag_text.DECLARATION)
        unfinished.unmark(self._target)

    def _held(self) -> Iterator[tuple[str, str]]:
        """Path and SHA-256 of every file under ``data/``, as they lie there."""
        named = 0
        for info in self._target.list(DATA):
            row = self._database.execute("SELECT sha256 FROM files WHERE path = ?", (info.key,)).fetchone()
            self.done.files += 1
            self.done.bytes += info.size
            named += row is not None
            yield info.key, row[0] if row else self._hashed(info.key)
        if named < self._database.execute("SELECT count(*) FROM files").fetchone()[0]:
            paths = (path for (path,) in self._database.execute("SELECT path FROM files ORDER BY path"))
            gone = next(path for path in paths if self._target.size(path) is None)
            raise PackageRefusedError(
                f"{gone!r} is gone from the bag at {self._target.url!r}: put it back, then export"
            )

    def _hashed(self, key: str) -> str:
        """SHA-256 of what an export put there that was cut off and named nowhere."""
        name = key.rpartition("/")[2]
        digest = hashlib.sha256()
        with self._target.open(key) as stream:
            for chunk in chunks(stream):
                digest.update(chunk)
        is_ours = digest.hexdigest() == name if is_sha256(name) else key.startswith(f"{DATA}{CAPTURES}")
        if not is_ours:
            raise PackageRefusedError(f"{key!r} in {self._target.url!r} is of no export: move it out of the bag")
        return digest.hexdigest()

    def _is_described(self) -> bool:
        """True where the tag files are those that the tag manifest names: an export was not cut off among them."""
        try:
            with self._target.open(TAG_MANIFEST) as stream:
                named = {path: sha256 for sha256, path in bag_text.manifest_lines(stream)}
            return all(hashlib.sha256(self._target.read(path)).hexdigest() == named[path] for path in named)
        except (ObjectMissingError, bag_text.BagTextError):
            return False

    def _describe(self, selection: Selection, custodian: Custodian, on: dt.date, manifest: str) -> None:
        """Write the tag files, and the tag manifest that names them and the manifest to come."""
        tags = {
            bag_text.BAG_INFO: bag_text.tags_text(self._tags(selection, custodian, on)),
            bag_text.PROFILE: PROFILE_TEXT,
        }
        for key, data in tags.items():
            self._target.write(key, data)
        digests = {key: hashlib.sha256(data).hexdigest() for key, data in tags.items()}
        digests |= {bag_text.BAGIT: hashlib.sha256(bag_text.DECLARATION).hexdigest(), MANIFEST: manifest}
        lines = (bag_text.manifest_line(digests[key], key) for key in sorted(digests))
        self._target.write(TAG_MANIFEST, b"".join(lines))

    def _tags(self, selection: Selection, custodian: Custodian, on: dt.date) -> list[tuple[str, str]]:
        done = self.done
        mail = custodian.contact.removeprefix("mailto:")
        return [
            ("BagIt-Profile-Identifier", PROFILE_IDENTIFIER),
            ("Source-Organization", custodian.name),
            *([("Contact-Email", mail)] if "@" in mail else []),
            ("External-Description", "Originals that government portals published, and how each was obtained"),
            ("Bag-Software-Agent", f"gongkai {importlib.metadata.version('gongkai')}"),
            ("Bagging-Date", on.isoformat()),
            ("Payload-Oxum", f"{done.bytes}.{done.files}"),
            ("Gongkai-Source", self._archive.store.url),
            (SELECTION, selection.told),
            ("Gongkai-Captures", str(done.captures)),
            ("Gongkai-First-Capture", _instant(done.first)),
            ("Gongkai-Last-Capture", _instant(done.last)),
        ]


def _instant(time: dt.datetime | None) -> str:
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if time else ""
