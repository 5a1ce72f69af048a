"""The lake as a DuckDB database: one view per table over exactly the files the manifest names, then sealed.

The file list comes from the manifest, not from a glob: a reader sees one whole parse run whatever is written
meanwhile, and DuckDB need not list directories.  Filters on province, year and department choose files by their path.

No file reaches DuckDB that is not, by its SHA-256, what the manifest says; ``lake.intact`` reads each file for it once.

Sealed means, in DuckDB's own settings: no file but those under ``lake/versions/`` can be opened, no network address
but the lake's, no extension loaded, no setting changed, no Python variable read as a table.  ``sql_guard`` adds that
only reading statements are run at all.
"""

from __future__ import annotations

import contextlib
import importlib.resources
import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from gongkai.archive import processes
from gongkai.archive.store import S3Access, Store
from gongkai.lake.intact import damaged
from gongkai.lake.manifest import VERSIONS, LakeDamagedError, Manifest, ManifestError, read_manifest
from gongkai.lake.schema import TABLES, LakeTable, schema_fingerprint
from gongkai.queries.duckdb_messages import sentence
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.settings import QuerySettings, query_settings
from gongkai.vocabulary.classification import COLUMNS, KINDS, NUMBERS
from gongkai.vocabulary.word_lists import any_of

_WORDS = re.compile(r"\{\{(\w+)\}\}")
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
            _open_s3(connection, store.access)
        uniform = manifest is not None and manifest.schema == schema_fingerprint()
        for table in TABLES.values():
            connection.execute(_view(table, _locations(store, manifest, table), uniform=uniform))
        _describe(connection)
        _create_classifications(connection)
        _create_views(connection)
        _seal(connection, store.locate(VERSIONS.rstrip("/")))
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


def _open_s3(connection: duckdb.DuckDBPyConnection, access: S3Access) -> None:
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


def _view(table: LakeTable, locations: list[str], *, uniform: bool) -> str:
    """A view with the columns of the schema, in their order and types.

    Files that an older version wrote (``uniform`` False) may lack some, which then are null.
    """
    empty = ", ".join(f"NULL::{sql_type(column.type)} AS {column.name}" for column in table.columns)
    if not locations:
        return f"CREATE VIEW {table.name} AS SELECT {empty} WHERE false"
    columns = ", ".join(f"{column.name}::{sql_type(column.type)} AS {column.name}" for column in table.columns)
    files = ", ".join(map(quoted, locations))
    rows = (
        f"read_parquet([{files}], hive_partitioning = true, union_by_name = {not uniform},"
        " hive_types = {'province': VARCHAR, 'year': INTEGER, 'department': VARCHAR})"
    )
    if not uniform:
        rows = f"(SELECT {empty} WHERE false UNION ALL BY NAME SELECT * FROM {rows})"  # noqa: S608 - as below
    return f"CREATE VIEW {table.name} AS SELECT {columns} FROM {rows}"  # noqa: S608 - names of the schema and quoted paths


def _describe(connection: duckdb.DuckDBPyConnection) -> None:
    """Comment each view and column with what it is, for ``duckdb_views()`` and ``duckdb_columns()``."""
    comments = [
        text
        for table in TABLES.values()
        for text in (
            f"COMMENT ON VIEW {table.name} IS {quoted(table.row)}",
            *(f"COMMENT ON COLUMN {table.name}.{c.name} IS {quoted(c.description)}" for c in table.columns),
        )
    ]
    connection.execute(";\n".join(comments))


def _create_classifications(connection: duckdb.DuckDBPyConnection) -> None:
    """The vocabulary's classifications as one table, for joins: its columns are the lists' own, after ``kind``."""
    folder = importlib.resources.files("gongkai.vocabulary")
    files = ", ".join(quoted(str(folder / f"{kind}.csv")) for kind in KINDS)
    types = {name: "INTEGER" if name in NUMBERS else "VARCHAR" for name in COLUMNS}
    # The lists are our own and told in full: looking for their dialect would take longer than reading them.
    dialect = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"'"
    rows = f"read_csv([{files}], {dialect}, columns = {types})"
    kinds = "CASE left(code, 1) WHEN '2' THEN 'functional' WHEN '3' THEN 'economic' ELSE 'government_economic' END"
    connection.execute(f"CREATE TABLE classifications AS SELECT {kinds} AS kind, * FROM {rows} ORDER BY code")  # noqa: S608 - names of our own
    comment = "a code of the functional or an economic classification under one name, with its years"
    connection.execute(f"COMMENT ON TABLE classifications IS {quoted(comment)}")


def _create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """The views of ``views/*.sql``, in the order of their names; ``{{name}}`` there is a list of ``answers.csv``."""
    folder = importlib.resources.files("gongkai.queries") / "views"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql"):
            connection.execute(_WORDS.sub(_words, file.read_text(encoding="utf-8")))


def _words(named: re.Match[str]) -> str:
    """A list of words as a pattern within an SQL literal: DuckDB compiles a constant pattern once."""
    return any_of("answers.csv", named[1]).replace("'", "''")


def _seal(connection: duckdb.DuckDBPyConnection, versions: str) -> None:
    folder = versions.rstrip("/") + "/"
    connection.execute(f"SET allowed_directories = [{quoted(folder)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def sql_type(arrow: pa.DataType) -> str:
    """DuckDB's name of an Arrow type used in the schema.  Raises TypeError for one that is not."""
    if pa.types.is_list(arrow):
        return f"{sql_type(arrow.value_type)}[]"
    if pa.types.is_map(arrow):
        return f"MAP({sql_type(arrow.key_type)}, {sql_type(arrow.item_type)})"
    if pa.types.is_decimal(arrow):
        return f"DECIMAL({arrow.precision},{arrow.scale})"
    names = {
        pa.string(): "VARCHAR",
        pa.bool_(): "BOOLEAN",
        pa.int32(): "INTEGER",
        pa.int64(): "BIGINT",
        pa.float32(): "FLOAT",
        pa.float64(): "DOUBLE",
        pa.date32(): "DATE",
        pa.timestamp("us", "UTC"): "TIMESTAMPTZ",
    }
    if arrow not in names:
        raise TypeError(f"no SQL type is set down for {arrow}")
    return names[arrow]


def quoted(text: str) -> str:
    """A string as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def relation_names(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """Tables and views a query can name."""
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    rows = connection.sql(views).union(connection.sql("SELECT table_name FROM duckdb_tables()")).order("1").fetchall()
    return [str(row[0]) for row in rows]
