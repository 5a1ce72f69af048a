"""The lake as a DuckLake: a catalogue in one DuckDB file, in which the lake's own files are registered, not copied.

Each export into a file adds a snapshot, whose message is the publication's identifier, unless the lake is as it was.
What a publication replaced stays in the snapshots before it.  Those are forgotten once a file of theirs is no longer in
the archive, which keeps it for ``GONGKAI_LAKE_GRACE`` seconds.

DuckLake takes itself for the owner of what it registers.  So that none of its clean-ups removes a file of the archive,
its own folder (``DATA_PATH``) is one beside the catalogue, never the archive; no file is left scheduled for deletion;
and readers attach it ``READ_ONLY``.

Files are registered ``_BATCH`` at a time, nearly all of them by ``ducklake_files``, and the snapshots between are
forgotten; the file appears, or is replaced, when it is whole.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from gongkai.archive.store import Store
from gongkai.lake.manifest import Manifest, stored_versions
from gongkai.lake.schema import TABLES
from gongkai.queries.duckdb_messages import sentence, unwritten
from gongkai.queries.ducklake_files import NewFile, Shape, alike, enter, footers, shape_of, sum_up
from gongkai.queries.ducklake_tables import create_relations, create_table, wording
from gongkai.queries.errors import LakeUnusableError, OutputError
from gongkai.queries.lake import load_extension, open_s3
from gongkai.queries.sql_text import quoted

_BATCH = 1000
"""Files registered in one transaction, the footers of which are in memory together."""
_INLINED = 100_000
"""Rows of the classifications stay in the catalogue, which then needs no folder of its own."""
_FILES = """
    SELECT data_file_id, table_name, file.path, file.begin_snapshot, file.end_snapshot
    FROM ducklake_data_file AS file JOIN ducklake_table AS named USING (table_id)
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Registered:
    """What an export did: files added and removed since the snapshot before, and publications that can be read."""

    added: int
    removed: int
    publications: int


def write_ducklake(store: Store, manifest: Manifest, path: Path) -> Registered:
    """Write or continue a DuckLake's catalogue.  Raises LakeUnusableError, OutputError, StoreError."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            written = Path(folder) / "lake.ducklake"
            if path.exists():
                shutil.copyfile(path, written)
            registered = _Catalogue(store, manifest, written, path).write()
            written.replace(path)
    except OSError as error:
        raise OutputError(f"{str(path)!r} cannot be written: {error.strerror or error}") from error
    except duckdb.Error as error:
        if reason := unwritten(error):
            raise OutputError(f"{str(path)!r} cannot be written: {reason}") from error
        raise LakeUnusableError(
            f"{str(path)!r} cannot be made a DuckLake of {store.url!r}: {sentence(error)}"
        ) from error
    return registered


class _Catalogue:
    """One export into a copy of the catalogue."""

    def __init__(self, store: Store, manifest: Manifest, file: Path, path: Path) -> None:
        self._store = store
        self._file = file
        self._path = path
        self._data_path = f"{path.absolute()}.files/"
        self._publication = manifest.publication_sha256
        self._wanted = {store.locate(file.version): file for file in manifest.files}

    def write(self) -> Registered:
        known, last = self._known() if self._file.exists() else ({}, None)
        gone = [number for address, number in known.items() if address not in self._wanted]
        new = [address for address in self._wanted if address not in known]
        if gone or new or last is None:
            before = self._begun(gone) if last is not None else None
            with self._attached() as lake:
                self._describe(lake)
            self._register(new)
            self._forget_between(before)
        self._forget_lost()
        return Registered(len(new), len(gone), self._publications())

    def _known(self) -> tuple[dict[str, int], int | None]:
        """The files of the last snapshot, by address, and its number.  Raises OutputError for another file."""
        with duckdb.connect(self._file) as plain:
            tables = {name for (name,) in plain.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            if "ducklake_data_file" not in tables:
                raise OutputError(f"{str(self._path)!r} is no DuckLake: give the name of a file that is not there yet")
            rows = plain.execute(f"{_FILES} WHERE file.end_snapshot IS NULL").fetchall()
            (last,) = plain.execute("SELECT max(snapshot_id) FROM ducklake_snapshot").fetchone() or (None,)
        return {address: number for number, table, address, *_ in rows if table in TABLES}, last

    def _begun(self, gone: Sequence[int]) -> int:
        """A snapshot without the files that are gone, as the specification of DuckLake has it; the number before."""
        with duckdb.connect(self._file) as plain:
            plain.execute("BEGIN")
            (last,) = plain.execute("SELECT max(snapshot_id) FROM ducklake_snapshot").fetchone() or (0,)
            plain.execute(
                "INSERT INTO ducklake_snapshot SELECT snapshot_id + 1, now(), schema_version, next_catalog_id,"
                " next_file_id FROM ducklake_snapshot WHERE snapshot_id = $last",
                {"last": last},
            )
            plain.execute(
                "INSERT INTO ducklake_snapshot_changes (snapshot_id, changes_made) SELECT $now, coalesce(string_agg("
                "DISTINCT 'deleted_from_table:' || table_id, ','), '') FROM ducklake_data_file"
                " WHERE list_contains($gone, data_file_id)",
                {"now": last + 1, "gone": gone},
            )
            plain.execute(
                "UPDATE ducklake_data_file SET end_snapshot = $now WHERE list_contains($gone, data_file_id)",
                {"now": last + 1, "gone": gone},
            )
            plain.execute(
                "UPDATE ducklake_table_stats AS stats SET record_count = coalesce(held.rows, 0),"
                " file_size_bytes = coalesce(held.bytes, 0) FROM (SELECT named.table_id, sum(record_count) AS rows,"
                " sum(file.file_size_bytes) AS bytes FROM ducklake_table AS named LEFT JOIN ducklake_data_file AS file"
                " ON file.table_id = named.table_id AND file.end_snapshot IS NULL WHERE named.end_snapshot IS NULL"
                " GROUP BY ALL) AS held WHERE held.table_id = stats.table_id AND list_contains($tables,"
                " (SELECT any_value(table_name) FROM ducklake_table WHERE table_id = stats.table_id))",
                {"tables": list(TABLES)},
            )
            plain.execute("COMMIT")
        return int(last)

    @contextlib.contextmanager
    def _attached(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The catalogue as a DuckLake, which statements name things of."""
        with duckdb.connect() as connection:
            _load(connection)
            if self._store.access is not None:
                open_s3(connection, self._store.access)
            options = f"DATA_PATH {quoted(self._data_path)}, OVERRIDE_DATA_PATH true"
            address = quoted(f"ducklake:{self._file}")
            connection.execute(f"ATTACH {address} AS lake ({options}, DATA_INLINING_ROW_LIMIT {_INLINED})")
            connection.execute("USE lake")
            yield connection

    def _describe(self, lake: duckdb.DuckDBPyConnection) -> None:
        """Tables, and where anything was worded otherwise before: classifications, views, macros and comments."""
        lake.execute("BEGIN")
        for table in TABLES.values():
            create_table(lake, table)
        if self._described(lake) != wording():
            create_relations(lake)
        lake.execute("COMMIT")
        lake.execute("CALL lake.set_option('auto_compact', false)")

    def _described(self, lake: duckdb.DuckDBPyConnection) -> str | None:
        """The wording that the catalogue has; an export notes it with its snapshot."""
        sql = "SELECT last(commit_extra_info ORDER BY snapshot_id) FROM ducklake_snapshots('lake')"
        (wording,) = lake.execute(f"{sql} WHERE commit_message IS NOT NULL").fetchone() or (None,)
        return wording and str(wording)

    def _register(self, new: Sequence[str]) -> None:
        """Register files some at a time, each time in connections of their own: one that stays open keeps memory."""
        tables = list(TABLES)
        ordered = sorted((self._wanted[address] for address in new), key=lambda file: tables.index(file.table))
        shapes: list[Shape] = []
        for start in range(0, len(ordered), _BATCH):
            self._register_some(list(footers(self._store, ordered[start : start + _BATCH])), shapes)
        if ordered:
            with self._plain() as catalogue:
                sum_up(catalogue, sorted({file.table for file in ordered}))

    def _register_some(self, files: Sequence[NewFile], shapes: list[Shape]) -> None:
        """Register files, the first of a shape that is not known yet by DuckLake; its shape is known from then on."""
        groups = alike(files)
        firsts = [group[0] for group in groups if not any(shape.taken.is_like(group[0]) for shape in shapes)]
        if firsts:
            self._take_in(firsts)
        with self._plain() as catalogue:
            shapes += [shape_of(catalogue, first) for first in firsts]
            for group in groups:
                shape = next(shape for shape in shapes if shape.taken.is_like(group[0]))
                enter(catalogue, shape, group[1:] if group[0] in firsts else group)

    def _take_in(self, files: Sequence[NewFile]) -> None:
        """Let DuckLake register files itself."""
        with self._attached() as lake:
            lake.execute("BEGIN")
            for table, of_table in itertools.groupby(files, lambda new: new.file.table):
                lake.execute(
                    "CALL ducklake_add_data_files('lake', $table, $files, hive_partitioning => true,"
                    " allow_missing => true, ignore_extra_columns => true)",
                    {"table": table, "files": [new.address for new in of_table]},
                )
            lake.execute("COMMIT")

    @contextlib.contextmanager
    def _plain(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The catalogue's own tables, in a transaction; times are written in UTC, as DuckLake does."""
        with duckdb.connect(self._file) as catalogue:
            catalogue.execute("SET TimeZone = 'UTC'")
            catalogue.execute("BEGIN")
            yield catalogue
            catalogue.execute("COMMIT")

    def _forget_between(self, before: int | None) -> None:
        """Name the last snapshot after the publication, and forget those that led to it."""
        with duckdb.connect(self._file) as plain:
            (last,) = plain.execute("SELECT max(snapshot_id) FROM ducklake_snapshot").fetchone() or (0,)
            plain.execute(
                "UPDATE ducklake_snapshot_changes SET author = 'gongkai', commit_message = $publication,"
                " commit_extra_info = $wording WHERE snapshot_id = $last",
                {"publication": self._publication, "wording": wording(), "last": last},
            )
            sql = "SELECT snapshot_id FROM ducklake_snapshot WHERE snapshot_id < $last AND snapshot_id > $before"
            between = plain.execute(sql, {"last": last, "before": -1 if before is None else before}).fetchall()
        self._expire([number for (number,) in between])

    def _forget_lost(self) -> None:
        """Forget the snapshots of which the archive no longer keeps every file."""
        with duckdb.connect(self._file) as plain:
            ended = plain.execute(f"{_FILES} WHERE file.end_snapshot IS NOT NULL").fetchall()
            snapshots = [number for (number,) in plain.execute("SELECT snapshot_id FROM ducklake_snapshot").fetchall()]
        there = {self._store.locate(info.key) for info in stored_versions(self._store)} if ended else set()
        lost = [(begin, end) for _, table, address, begin, end in ended if table in TABLES and address not in there]
        self._expire([number for number in snapshots if any(begin <= number < end for begin, end in lost)])

    def _expire(self, snapshots: Sequence[int]) -> None:
        if snapshots:
            with self._attached() as lake:
                lake.execute(f"CALL ducklake_expire_snapshots('lake', versions => {list(snapshots)})")
        with duckdb.connect(self._file) as plain:
            plain.execute("DELETE FROM ducklake_files_scheduled_for_deletion")

    def _publications(self) -> int:
        with duckdb.connect(self._file) as plain:
            (count,) = plain.execute("SELECT count(*) FROM ducklake_snapshot").fetchone() or (0,)
        return int(count)


def _load(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        load_extension(connection, "ducklake")
    except duckdb.Error as error:
        raise LakeUnusableError(
            "DuckDB's extension ducklake is not there and cannot be fetched: pip install 'gongkai[ducklake]'"
        ) from error
