"""The lake for other tools: a DuckDB file, or SQL that makes one, with every view, macro, classification and comment.

Both hold no rows of the lake: they read its current files by a glob, so that what is parsed later is in them at once.
A table without a row yet is an empty view until the next export.  Keys of an object store stand in neither.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb

from gongkai.archive.store import Store
from gongkai.lake.manifest import CURRENT, Manifest
from gongkai.lake.partition import PARTITION
from gongkai.lake.schema import TABLES, LakeTable, schema_fingerprint
from gongkai.queries.comments import comment_statements
from gongkai.queries.connection import load_manifest
from gongkai.queries.duckdb_messages import sentence, unwritten
from gongkai.queries.errors import LakeUnusableError, OutputError
from gongkai.queries.lake import open_s3
from gongkai.queries.relations import create_relations, table_view, view_files
from gongkai.queries.sql_text import quoted

_HEADING = """\
-- The lake of gongkai for DuckDB: a view for each table, then classifications, views, macros and comments.
-- Begin in the folder of the archive: duckdb -init views.sql
"""

_SHIPPED_HEADING = """\
-- The lake of gongkai for DuckDB alone: a view for each table, then classifications, views, macros and comments.
-- Begin in the folder of the archive:                     duckdb -init views.sql
-- or say where it lies, which may be an s3:// address:    SET VARIABLE archive = '…'; .read views.sql
-- They last as long as the connection; gongkai export duckdb writes a file that keeps them.
SET VARIABLE archive = coalesce(getvariable('archive'), '.');
"""


def write_database(store: Store, path: Path) -> None:
    """Write a DuckDB file, which appears when it is whole.  Raises LakeUnusableError, OutputError, StoreError."""
    manifest = load_manifest(store)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            written = Path(folder) / "lake.duckdb"
            with duckdb.connect(written) as connection:
                if store.access is not None:
                    open_s3(connection, store.access)
                create_relations(connection, _globs(manifest, _absolute(store)), uniform=_is_uniform(manifest))
            written.replace(path)
    except OSError as error:
        raise OutputError(f"{str(path)!r} cannot be written: {error.strerror or error}") from error
    except duckdb.Error as error:
        if reason := unwritten(error):
            raise OutputError(f"{str(path)!r} cannot be written: {reason}") from error
        raise LakeUnusableError(f"the lake at {store.url!r} cannot be exported: {sentence(error)}") from error


def sql_statements(store: Store) -> Iterator[str]:
    """Statements for an empty DuckDB; files of a directory are named from there.  Raises LakeUnusableError."""
    return statements(load_manifest(store), store.locate if store.access is not None else str)


def statements(manifest: Manifest | None, locate: Callable[[str], str] = str) -> Iterator[str]:
    """As ``sql_statements``, of one manifest; ``locate`` gives the address of a key, else the folder of ``lake/``."""
    yield _HEADING
    for sql in table_views(manifest, locate).values():
        yield f"{sql};\n"
    yield from _over_tables()


def shipped_statements() -> Iterator[str]:
    """The statements for any archive, whichever tables it has rows of: what ``contrib/duckdb/views.sql`` holds."""
    yield _SHIPPED_HEADING
    for table in TABLES.values():
        yield from _table_of_any_archive(table)
    yield from _over_tables()


def _table_of_any_archive(table: LakeTable) -> Iterator[str]:
    """A view whose SELECT is chosen when the statements are run: over the table's files, or without rows.

    All files of a lake have one set of columns, so that one of them tells which there are; those that views of another
    version want beside are null.
    """
    files = f"getvariable('archive') || '/lake/{table.name}{'/*' * len(PARTITION)}{CURRENT}'"
    over_files = _select(table, ["*"]).replace("['*']", files).replace("union_by_name = True, ", "")
    yield f"SET VARIABLE lake_{table.name} = (\n"
    yield f"    SELECT CASE count(*) WHEN 0 THEN {quoted(_select(table, ()))}\n    ELSE {quoted(over_files)} END\n"
    yield f"    FROM glob({files})\n);\nCREATE VIEW {table.name} AS FROM query(getvariable('lake_{table.name}'));\n"


def _select(table: LakeTable, locations: Sequence[str]) -> str:
    return table_view(table, locations, uniform=False).partition(" AS ")[2]


def _over_tables() -> Iterator[str]:
    """Classifications, views, macros and comments."""
    with duckdb.connect() as connection:
        create_relations(connection, lambda _: (), uniform=True)
        yield from _table(connection, "classifications")
        yield from _table(connection, "glossary")
        yield from view_files()
        yield from (f"{statement};\n" for statement in comment_statements(connection))


def table_views(manifest: Manifest | None, locate: Callable[[str], str] = str) -> dict[str, str]:
    """Each table's view over its current files, found by a glob."""
    globs, uniform = _globs(manifest, locate), _is_uniform(manifest)
    return {table.name: table_view(table, globs(table), uniform=uniform) for table in TABLES.values()}


def _absolute(store: Store) -> Callable[[str], str]:
    return store.locate if store.access is not None else lambda key: str(Path(store.locate(key)).absolute())


def _globs(manifest: Manifest | None, locate: Callable[[str], str]) -> Callable[[LakeTable], list[str]]:
    """Where each table's current files lie; none for a table without rows."""

    def of(table: LakeTable) -> list[str]:
        filled = manifest is not None and manifest.of(table.name)
        return [locate(f"lake/{table.name}") + "/*" * len(PARTITION) + CURRENT] if filled else []

    return of


def _is_uniform(manifest: Manifest | None) -> bool:
    return manifest is not None and manifest.schema == schema_fingerprint()


def _table(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    """A table of the vocabulary with its rows."""
    columns = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [name]
    ).fetchall()
    yield f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns)});\n"
    rows = connection.execute(f"FROM {name}").fetchall()
    values = (f"({', '.join(map(_literal, row))})" for row in rows)
    yield f"INSERT INTO {name} VALUES\n" + ",\n".join(values) + ";\n"


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return str(value) if isinstance(value, int) else quoted(str(value))


if __name__ == "__main__":  # writes contrib/duckdb/views.sql
    sys.stdout.writelines(shipped_statements())
