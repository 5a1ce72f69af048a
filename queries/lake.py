"""The lake as a DuckDB database: every table and view, sealed, over no more files than a statement needs.

A connection begins without a file, and almost without a relation: ``connection`` makes and chooses them for each
statement.  So the cost of a question grows with what it is about and not with the lake, a reader sees one whole parse
run whatever is written meanwhile, and no byte of a file that is not what the manifest says reaches DuckDB.

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
from gongkai.lake import derived
from gongkai.lake.files import VERSION_FOLDERS
from gongkai.lake.manifest import Manifest
from gongkai.queries.connection import LakeConnection, load_manifest, unusable
from gongkai.queries.relations import create_vocabulary, creating, macros, needed
from gongkai.queries.settings import QuerySettings, query_settings
from gongkai.queries.sql_text import quoted

_SPILLED = "gongkai-query-"
"""Begins the name of a folder for what exceeds a query's memory."""


def connect(store: Store, settings: QuerySettings | None = None, *, moment: Manifest | None = None) -> LakeConnection:
    """A sealed connection with every table and view, of the lake as it is now, or as it was at a moment.

    Raises LakeUnusableError when the manifest cannot be read or is not as it was published, StoreError from the store.
    A file that is missing or altered is told by the first statement that needs it.
    """
    manifest = moment or load_manifest(store)
    connection = duckdb.connect(config=_configuration(settings or query_settings()))
    try:
        connection.execute("SET TimeZone = 'UTC'")
        if store.access is not None:
            open_s3(connection, store.access)
        else:  # the system caches files; DuckDB's own cache of them would grow as long as the connection is open
            connection.execute("SET enable_external_file_cache = false")
        create_vocabulary(connection)
        connection.execute("\n".join(map(creating, needed(macros()))))
        _seal(connection, [store.locate(folder.rstrip("/")) for folder in (*VERSION_FOLDERS, derived.DERIVED)])
    except duckdb.Error as error:
        connection.close()
        raise unusable(store, error) from error
    return LakeConnection(store, manifest, connection)


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
    """The reader of S3: the extension of the ``s3`` extra."""
    load_extension(connection, "httpfs")


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """An extension from its package where that is installed, else from DuckDB's own server."""
    spec = importlib.util.find_spec(f"duckdb_extension_{name}")
    for folder in (spec and spec.submodule_search_locations) or ():
        file = Path(folder) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if file.is_file():
            connection.execute(f"LOAD {quoted(str(file))}")
            return
    connection.execute(f"INSTALL {name}")
    connection.execute(f"LOAD {name}")


def _seal(connection: duckdb.DuckDBPyConnection, folders: Iterable[str]) -> None:
    allowed = ", ".join(quoted(folder.rstrip("/") + "/") for folder in folders)
    connection.execute(f"SET allowed_directories = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def relation_names(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """Tables and views a query can name."""
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    tables = "SELECT table_name FROM duckdb_tables() WHERE NOT temporary"
    rows = connection.execute(f"{views} UNION ALL {tables} ORDER BY 1").fetchall()
    return [str(row[0]) for row in rows]
