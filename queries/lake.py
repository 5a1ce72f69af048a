"""The lake as a DuckDB database: one view per table over exactly the files the manifest names, then sealed.

The file list comes from the manifest, not from a glob: a reader sees one whole parse run whatever is written
meanwhile, and DuckDB need not list directories.  Filters on province, year and department choose files by their path.

No file reaches DuckDB that is not, by its SHA-256, what the manifest says; ``lake.intact`` reads each file for it once.

Sealed means, in DuckDB's own settings: no file but those under ``lake_versions/`` can be opened, no network address
but the lake's, no extension loaded, no setting changed, no Python variable read as a table.  ``sql_guard`` adds that
only reading statements are run at all.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import duckdb

from gongkai.archive import processes
from gongkai.archive.store import S3Access, Store
from gongkai.lake.intact import damaged
from gongkai.lake.manifest import VERSION_FOLDERS, LakeDamagedError, Manifest, ManifestError, read_manifest
from gongkai.lake.schema import LakeTable, schema_fingerprint
from gongkai.queries.duckdb_messages import sentence
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.relations import create_relations
from gongkai.queries.settings import QuerySettings, query_settings
from gongkai.queries.sql_text import quoted

_SPILLED = "gongkai-query-"
"""Begins the name of a folder for what exceeds a query's memory."""


def load_manifest(store: Store) -> Manifest | None:
    """The lake's manifest, None when nothing was parsed yet.  Raises LakeUnusableError, StoreError."""
    try:
        return read_manifest(store)
    except ManifestError as error:
        raise LakeUnusableError(str(error)) from error


def connect(store: Store, settings: QuerySettings | None = None) -> duckdb.DuckDBPyConnection:
    """A sealed connection with every lake table as a view, empty ones where the table has no file.

    Raises LakeUnusableError when the manifest or a file cannot be read or is not as it was published, StoreError from
    the store.
    """
    manifest = _intact_manifest(store)
    connection = duckdb.connect(config=_configuration(settings or query_settings()))
    try:
        connection.execute("SET TimeZone = 'UTC'")
        if store.access is not None:
            open_s3(connection, store.access)
        uniform = manifest is not None and manifest.schema == schema_fingerprint()
        create_relations(connection, lambda table: _locations(store, manifest, table), uniform=uniform)
        _seal(connection, [store.locate(folder.rstrip("/")) for folder in VERSION_FOLDERS])
    except duckdb.Error as error:
        connection.close()
        raise LakeUnusableError(
            f"the lake at {store.url!r} cannot be opened: {sentence(error)}; run gongkai verify, or parse again"
        ) from error
    return connection


def _intact_manifest(store: Store) -> Manifest | None:
    """The manifest, once its files are found to be what it says; a later one where it was replaced meanwhile."""
    manifest = load_manifest(store)
    while manifest is not None and (keys := damaged(store, manifest)):
        later = load_manifest(store)
        if later == manifest:
            raise LakeUnusableError(str(LakeDamagedError.of(keys)))
        manifest = later
    return manifest


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
    if settings.spilled:
        configuration["max_temp_directory_size"] = settings.spilled
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


def _locations(store: Store, manifest: Manifest | None, table: LakeTable) -> list[str]:
    return [store.locate(file.version) for file in manifest.of(table.name)] if manifest else []


def _seal(connection: duckdb.DuckDBPyConnection, folders: Iterable[str]) -> None:
    allowed = ", ".join(quoted(folder.rstrip("/") + "/") for folder in folders)
    connection.execute(f"SET allowed_directories = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def relation_names(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """Tables and views a query can name."""
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    rows = connection.sql(views).union(connection.sql("SELECT table_name FROM duckdb_tables()")).order("1").fetchall()
    return [str(row[0]) for row in rows]
