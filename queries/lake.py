"""The lake as a DuckDB database: every table and view, sealed, over no more files than a statement needs.

A connection begins with the relations and without a file.  Before a statement runs, ``scans`` says which tables it
reads and of which partitions; the manifest names the files of those, each is found to be, by its SHA-256, what the
manifest says (``lake.intact`` reads each for it once), and the views of those tables are made anew over them.  So the
cost of a question grows with what it is about and not with the lake, a reader sees one whole parse run whatever is
written meanwhile, and no byte of another file reaches DuckDB.

Sealed means, in DuckDB's own settings: no file but those under ``lake_versions/`` can be opened, no network address
but the lake's, no extension loaded, no setting changed, no Python variable read as a table.  ``sql_guard`` adds that
only reading statements are run at all.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import math
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb

from gongkai.archive import processes
from gongkai.archive.store import S3Access, Store
from gongkai.lake import derived
from gongkai.lake.files import VERSION_FOLDERS, LakeDamagedError, LakeFile, ManifestError
from gongkai.lake.intact import damaged_of
from gongkai.lake.manifest import Manifest, read_manifest
from gongkai.lake.partition import Partitions
from gongkai.lake.schema import schema_fingerprint
from gongkai.queries.comments import write_comments
from gongkai.queries.duckdb_messages import sentence
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.relations import WHOLE_LAKE, create_relations, named_in, relation_rows, tables_behind
from gongkai.queries.scans import Planner, Scan, named_scans, partitions_holding
from gongkai.queries.settings import QuerySettings, query_settings
from gongkai.queries.sql_text import quoted

_SPILLED = "gongkai-query-"
"""Begins the name of a folder for what exceeds a query's memory."""

_CATALOGUE = re.compile(r"duckdb_|pg_|information_schema|sqlite_", re.IGNORECASE)

_FEW = 128
"""Files of one table and province that are read each by itself, whatever is derived from them."""
_OF_A_PLACE = """
    SELECT DISTINCT province, year, department FROM documents WHERE in_place($place, province, city, county, entity)
"""


def load_manifest(store: Store) -> Manifest | None:
    """The lake's manifest, None when nothing was parsed yet.  Raises LakeUnusableError, StoreError."""
    try:
        return read_manifest(store)
    except ManifestError as error:
        raise LakeUnusableError(str(error)) from error


if TYPE_CHECKING:
    _Connection = duckdb.DuckDBPyConnection
else:
    _Connection = object  # DuckDB's class cannot be derived from when the program runs


class LakeConnection(_Connection):
    """A sealed connection that reads, for each statement, the files the statement is about."""

    def __init__(self, store: Store, manifest: Manifest | None, connection: duckdb.DuckDBPyConnection) -> None:
        self._store = store
        self._manifest = manifest
        self._connection = connection
        self._planner: Planner | None = None
        self.proved: set[LakeFile] = set()
        """Files that were found to be what the manifest says."""
        self._pieces: dict[tuple[str, str | None, str], LakeFile] | None = None
        self._mounted: dict[str, tuple[LakeFile, ...]] = {}
        self._has_comments = False

    @property
    def manifest(self) -> Manifest | None:
        """The moment of the lake that is read; None where nothing was published."""
        return self._manifest

    def execute(self, query: Any, parameters: Any = None) -> duckdb.DuckDBPyConnection:
        """Run SQL as DuckDB does, over the files it is about.  Raises LakeUnusableError, StoreError, duckdb.Error."""
        if isinstance(query, str):
            self.read_for(query, parameters)
        return self._connection.execute(query, parameters)

    def sql(self, query: Any, **options: Any) -> duckdb.DuckDBPyRelation:
        """A relation of DuckDB's, over the files it is about."""
        self.read_for(query, options.get("params"))
        return self._connection.sql(query, **options)

    def extract_statements(self, query: str) -> list[duckdb.Statement]:
        """The statements of a text."""
        return self._connection.extract_statements(query)

    def interrupt(self) -> None:
        """Stop what runs in another thread."""
        self._connection.interrupt()

    def already(self, sql: str, parameters: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of SQL over what was read before.  Raises LakeUnusableError."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except duckdb.Error as error:
            raise _unusable(self._store, error) from error

    def read_for(self, sql: str, parameters: Any = None, known: Iterable[Scan] | None = None) -> None:
        """Have every table that a statement reads show the rows it is about; ``known`` where that is known."""
        self._write_comments_for(sql)
        self.read(self._scans(sql, parameters) if known is None else known)

    def read(self, scans: Iterable[Scan]) -> None:
        """Have tables show the rows of these scans, and any others.  Raises LakeUnusableError, StoreError."""
        scans = [each for scan in scans for each in self._placed(scan)]
        wanted: dict[str, tuple[LakeFile, ...]] = dict.fromkeys(_by_table(scans), ())
        while self._manifest is not None:
            try:
                wanted = {table: self._files(self._manifest, table, of) for table, of in _by_table(scans).items()}
            except LakeDamagedError as error:
                self._take_later(error)
                continue
            unproved = {file for files in wanted.values() for file in files} - self.proved
            if unproved and (keys := damaged_of(self._store, unproved)):
                self._go_on_without(keys)
                continue
            self.proved |= unproved
            break
        self._mount(wanted)

    def _go_on_without(self, damaged: Sequence[str]) -> None:
        """Forget derived pieces that are damaged; else go on with the manifest that replaced the one read, if nothing
        was read by it yet.  Raises LakeUnusableError where there is none."""
        pieces = {name: piece for name, piece in (self._pieces or {}).items() if piece.version not in damaged}
        if len(pieces) < len(self._pieces or {}):
            self._pieces = pieces
            return
        self._take_later(LakeDamagedError.of(damaged))

    def _take_later(self, damage: LakeDamagedError) -> None:
        later = None if self.proved else load_manifest(self._store)
        if later is None or later == self._manifest:
            raise LakeUnusableError(str(damage)) from damage
        self._manifest = later

    def _scans(self, sql: str, parameters: Any) -> Iterable[Scan]:
        if not named_in(sql):
            return ()
        self._planner = self._planner or Planner(self._connection)
        scans = self._planner.scans(sql, parameters)
        return named_scans(sql) if scans is None else scans

    def _files(self, manifest: Manifest, table: str, scans: Sequence[Scan]) -> tuple[LakeFile, ...]:
        """The files of a table that hold the rows of these scans; of a province of which many would be read, the one
        derived from them all."""
        of = "line_items" if table in WHOLE_LAKE else table
        chosen = {self._partitions(manifest, scan) for scan in scans}
        files: dict[LakeFile, None] = {}
        for piece in (piece for piece in manifest.pieces if piece.table == of):
            own = [each for each in chosen if each.provinces is None or piece.province in each.provinces]
            many = any(_size(each, piece.totals.files) > _FEW for each in own)
            if many and (derived_piece := self._derived().get((table, piece.province, piece.sha256))):
                files[derived_piece] = None
                continue
            province = frozenset([piece.province])
            for each in own:
                files |= dict.fromkeys(manifest.of(of, dataclasses.replace(each, provinces=province)))
        return tuple(files)

    def _derived(self) -> Mapping[tuple[str, str | None, str], LakeFile]:
        if self._pieces is None:
            self._pieces = dict(derived.read_pieces(self._store))
        return self._pieces

    def _placed(self, scan: Scan) -> Iterator[Scan]:
        """The scan of the partitions that hold documents of its place, which are looked up first."""
        if scan.place is None:
            yield scan
            return
        self.read([Scan("documents", scan.partitions)])
        for partitions in partitions_holding(self.already(_OF_A_PLACE, {"place": scan.place})):
            yield dataclasses.replace(scan, partitions=partitions, place=None)

    def _partitions(self, manifest: Manifest, scan: Scan) -> Partitions:
        if scan.sha256 is None:
            return scan.partitions
        holding = [partition for sha256 in scan.sha256 if sha256 and (partition := manifest.partition_of(sha256))]
        return Partitions(
            frozenset(each.province for each in holding),
            frozenset(each.year for each in holding),
            frozenset(each.department for each in holding),
        )

    def _mount(self, wanted: Mapping[str, tuple[LakeFile, ...]]) -> None:
        """Make the views of tables anew: those wanted over their files, those read before over none."""
        for table in [table for table in self._mounted if table not in wanted]:
            self._show(table, None)
            del self._mounted[table]
        for table, files in wanted.items():
            if self._mounted.get(table) != files:
                self._show(table, files)
                self._mounted[table] = files

    def _show(self, table: str, files: Sequence[LakeFile] | None) -> None:
        uniform = self._manifest is not None and self._manifest.schema == schema_fingerprint()
        pieces = [self._store.locate(file.version) for file in files or () if file.version.startswith(derived.DERIVED)]
        others = [file for file in files or () if not file.version.startswith(derived.DERIVED)]
        locations = None if files is None else [self._store.locate(file.version) for file in others]
        rows = relation_rows(table, locations, pieces, uniform=uniform)
        try:
            self._connection.execute(f"CREATE OR REPLACE VIEW {table} AS {rows}")
        except duckdb.Error as error:
            raise _unusable(self._store, error) from error
        self._has_comments = False

    def _write_comments_for(self, sql: str) -> None:
        """Comments are read by statements about the catalogue alone, and writing them takes time."""
        if not self._has_comments and _CATALOGUE.search(sql):
            write_comments(self._connection)
            self._has_comments = True

    def close(self) -> None:
        """Close the connection; leaving a ``with`` does."""
        if self._planner is not None:
            self._planner.close()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _size(partitions: Partitions, all_of_them: int) -> int:
    """How many partitions of a province that has so many these can be."""
    kinds = (partitions.years, partitions.departments)
    return min(math.prod(all_of_them if kind is None else len(kind) for kind in kinds), all_of_them)


def _by_table(scans: Iterable[Scan]) -> dict[str, list[Scan]]:
    """The scans of the tables behind relations, by table."""
    found: dict[str, list[Scan]] = {}
    for scan in scans:
        for table in tables_behind().get(scan.relation, ()):
            found.setdefault(table, []).append(scan)
    return found


def connect(store: Store, settings: QuerySettings | None = None) -> LakeConnection:
    """A sealed connection with every table and view, of the lake as it is now.

    Raises LakeUnusableError when the manifest cannot be read or is not as it was published, StoreError from the store.
    A file that is missing or altered is told by the first statement that needs it.
    """
    manifest = load_manifest(store)
    connection = duckdb.connect(config=_configuration(settings or query_settings()))
    try:
        connection.execute("SET TimeZone = 'UTC'")
        if store.access is not None:
            open_s3(connection, store.access)
        create_relations(connection, lambda _: None, uniform=True, with_comments=False)
        _seal(connection, [store.locate(folder.rstrip("/")) for folder in (*VERSION_FOLDERS, derived.DERIVED)])
    except duckdb.Error as error:
        connection.close()
        raise _unusable(store, error) from error
    return LakeConnection(store, manifest, connection)


def _unusable(store: Store, error: duckdb.Error) -> LakeUnusableError:
    return LakeUnusableError(
        f"the lake at {store.url!r} cannot be opened: {sentence(error)}; run gongkai verify, or parse again"
    )


def _configuration(settings: QuerySettings) -> dict[str, str | bool | int | float | list[str]]:
    configuration: dict[str, str | bool | int | float | list[str]] = {
        "errors_as_json": True,  # see duckdb_messages
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_persistent_secrets": False,  # neither read nor write ~/.duckdb/stored_secrets
        "python_enable_replacements": False,  # FROM name never reads a Python variable
        # DuckDB would spill into .tmp under the current directory, which may be read-only or the user's own.
        "temp_directory": str(_spill_folder()),
    }
    if settings.memory:
        configuration["memory_limit"] = settings.memory
    if settings.threads:
        configuration["threads"] = settings.threads
    return configuration


def _spill_folder() -> Path:
    """A folder named after this process, once those of dead ones are removed, which may hold gigabytes."""
    temporary = Path(tempfile.gettempdir())
    with contextlib.suppress(OSError):
        for folder in temporary.glob(f"{_SPILLED}*"):
            mark = folder.name.removeprefix(_SPILLED)
            if processes.is_gone(mark) or processes.is_of_an_earlier_start(mark):
                shutil.rmtree(folder, ignore_errors=True)
    return temporary / f"{_SPILLED}{processes.own_mark() or os.getpid()}"


def open_s3(connection: duckdb.DuckDBPyConnection, access: S3Access) -> None:
    """Let a connection read the store, with a secret that lasts as long as it."""
    load_httpfs(connection)
    options = {
        "ENDPOINT": access.endpoint,
        "REGION": access.region,
        "URL_STYLE": access.url_style,
        "KEY_ID": access.access_key,
        "SECRET": access.secret_key,
        "SESSION_TOKEN": access.session_token,
    }
    given = ", ".join(f"{name} {quoted(value)}" for name, value in options.items() if value)
    connection.execute(f"CREATE SECRET lake (TYPE s3, {given}, USE_SSL {str(access.use_ssl).lower()})")


def load_httpfs(connection: duckdb.DuckDBPyConnection) -> None:
    """The extension from the package of the ``s3`` extra where it is installed, else from DuckDB's own server."""
    spec = importlib.util.find_spec("duckdb_extension_httpfs")
    for folder in (spec and spec.submodule_search_locations) or ():
        file = Path(folder) / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
        if file.is_file():
            connection.execute(f"LOAD {quoted(str(file))}")
            return
    connection.execute("INSTALL httpfs")
    connection.execute("LOAD httpfs")


def _seal(connection: duckdb.DuckDBPyConnection, folders: Iterable[str]) -> None:
    allowed = ", ".join(quoted(folder.rstrip("/") + "/") for folder in folders)
    connection.execute(f"SET allowed_directories = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def relation_names(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """Tables and views a query can name."""
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    rows = connection.execute(f"{views} UNION ALL SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()  # noqa: S608 - text of our own
    return [str(row[0]) for row in rows]
