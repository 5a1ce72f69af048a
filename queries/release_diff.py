"""Two releases compared: documents added, withdrawn or read otherwise, rows by table, and amounts that changed.

Only ``documents`` and files that differ are read, after they are found to be what ``CHECKSUMS`` says.  A document is
changed where any row of it is another one, its place in a partition included and ``parser_version`` left aside.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import duckdb
import pyarrow as pa

from gongkai.archive import seal
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.archive.streams import chunks
from gongkai.lake.release import CHECKSUMS, RELEASE, UNFINISHED
from gongkai.lake.release_fixity import read_checksums
from gongkai.lake.schema import TABLES, LakeTable
from gongkai.queries.errors import ReleaseUnreadableError
from gongkai.queries.lake import open_s3
from gongkai.queries.relations import table_view

View = Literal["documents", "rows", "amounts"]
VIEWS: tuple[View, ...] = ("documents", "rows", "amounts")

_ASIDE = {"parser_version"}
"""Columns that differ between two versions of the parser also where they read alike."""
_LABELS: Mapping[str, tuple[str, str]] = {
    "line_items": ("amount", "concat_ws(' · ', form, label, measure)"),
    "claims": ("amount", "label"),
    "projects": ("budget", "project_name"),
    "project_payments": ("amount", "concat_ws(' · ', project_name, period)"),
    "procurement": ("amount", "concat_ws(' · ', project_name, item)"),
    "assets": ("value", "item"),
}
"""The column of each table that states its amount, and what names a row."""
_BATCH = 10_000


@dataclasses.dataclass(frozen=True, slots=True)
class _Release:
    """A whole release: its record, and the SHA-256 of its files by key."""

    store: Store
    record: Mapping[str, Any]
    sums: Mapping[str, str]


class Differences:
    """What the newer of two releases has otherwise."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, old: _Release, new: _Release) -> None:
        self._connection = connection
        self._old, self._new = old.record, new.record
        connection.execute(f"CREATE TEMP TABLE digests AS {_digests()}")
        connection.execute(f"CREATE TEMP TABLE changes AS {_CHANGES}")
        connection.execute(f"CREATE TEMP TABLE amounts_changed AS {_amounts()}")

    def rows(self, view: View) -> pa.RecordBatchReader:
        """The differences of one kind, in a settled order."""
        if view == "rows":
            return self._rows_by_table()
        sql = _DOCUMENTS if view == "documents" else "FROM amounts_changed ORDER BY ALL"
        return self._connection.execute(sql).to_arrow_reader(_BATCH)

    def summary(self) -> str:
        """One sentence."""
        counted = dict(self._connection.execute("SELECT change, count(*) FROM changes GROUP BY change").fetchall())
        (amounts,) = self._connection.execute("SELECT count(*) FROM amounts_changed").fetchone() or (0,)
        told = ", ".join(f"{counted.get(change, 0)} {change}" for change in ("added", "withdrawn", "changed"))
        return f"{self._old['date']} → {self._new['date']}: documents {told}; {amounts} amounts changed"

    def _rows_by_table(self) -> pa.RecordBatchReader:
        changed = dict(self._connection.execute(_CHANGED_BY_TABLE).fetchall())
        rows = []
        for name in TABLES:
            before, after = (record["tables"].get(name, {}).get("rows", 0) for record in (self._old, self._new))
            rows.append((name, before, after, after - before, changed.get(name, 0)))
        names = ("table", "before", "after", "difference", "documents")
        types = (pa.string(), *(pa.int64() for _ in names[1:]))
        columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)]
        return pa.table(columns, names=list(names)).to_reader()


@contextlib.contextmanager
def differences(old: Store, new: Store) -> Iterator[Differences]:
    """Compare two releases.  Raises ReleaseUnreadableError for what is no whole release, StoreError."""
    releases = {"old": _opened(old), "new": _opened(new)}
    first, second = releases.values()
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        if access := old.access or new.access:
            open_s3(connection, access)
        for (side, release), other in zip(releases.items(), (second, first), strict=True):
            for table in TABLES.values():
                keys = _to_read(table, release.sums, other.sums)
                _assure(release, keys)
                named = dataclasses.replace(table, name=f"{side}_{table.name}")
                locations = [release.store.locate(key) for key in keys]
                connection.execute(table_view(named, locations, uniform=False))
        yield Differences(connection, first, second)


def _to_read(table: LakeTable, sums: Mapping[str, str], others: Mapping[str, str]) -> list[str]:
    """The table's files that the other release has not, and all of ``documents``: which there are is asked of both."""
    keys = (key for key in sums if key.startswith(f"lake/{table.name}/"))
    return [key for key in keys if table.name == "documents" or others.get(key) != sums[key]]


def _opened(store: Store) -> _Release:
    """Raises ReleaseUnreadableError."""
    if store.size(UNFINISHED) is not None:
        raise ReleaseUnreadableError(f"the release at {store.url!r} is not whole: run gongkai export release into it")
    try:
        return _Release(store, seal.load_sealed_json(store.read(RELEASE)), read_checksums(store))
    except ObjectMissingError as error:
        raise ReleaseUnreadableError(f"{store.url!r} is no release: it lacks {RELEASE} or {CHECKSUMS}") from error
    except (ValueError, seal.SealBrokenError) as error:
        raise ReleaseUnreadableError(f"the release at {store.url!r} was altered: {error}") from error


def _assure(release: _Release, keys: list[str]) -> None:
    """Raises ReleaseUnreadableError unless every file is what ``CHECKSUMS`` says."""
    for key in keys:
        digest = hashlib.sha256()
        with contextlib.suppress(ObjectMissingError), release.store.open(key) as stream:
            for chunk in chunks(stream):
                digest.update(chunk)
        if digest.hexdigest() != release.sums[key]:
            raise ReleaseUnreadableError(
                f"the file {key!r} of the release at {release.store.url!r} is missing or altered:"
                f" run gongkai verify --package {release.store.url}"
            )


def _document(table: LakeTable) -> str:
    return "sha256" if table.name == "documents" else "document_sha256"


def _digests() -> str:
    """SQL: of each release, table and document the number of rows and a digest of them."""
    parts = (
        f"SELECT '{side}' AS side, '{table.name}' AS name, {_document(table)} AS document, count(*) AS rows,"  # noqa: S608 - names of the schema
        f" sum(hash({', '.join(column.name for column in table.columns if column.name not in _ASIDE)})) AS digest"
        f" FROM {side}_{table.name} GROUP BY document"
        for side in ("old", "new")
        for table in TABLES.values()
    )
    return " UNION ALL ".join(parts)


_CHANGES = """
    WITH both_sides AS (
        SELECT document, name, max(digest) FILTER (side = 'old') AS before, max(digest) FILTER (side = 'new') AS after
        FROM digests GROUP BY document, name
    )
    SELECT
        document,
        CASE
            WHEN NOT bool_or(name = 'documents' AND before IS NOT NULL) THEN 'added'
            WHEN NOT bool_or(name = 'documents' AND after IS NOT NULL) THEN 'withdrawn'
            ELSE 'changed'
        END AS change,
        list_sort(list(name) FILTER (before IS DISTINCT FROM after)) AS tables
    FROM both_sides GROUP BY document HAVING bool_or(before IS DISTINCT FROM after)
"""
_DOCUMENTS = """
    WITH described AS (FROM new_documents UNION ALL BY NAME FROM old_documents ANTI JOIN new_documents USING (sha256))
    SELECT
        change, left(document, 12) AS document, province, city, county, year, department, entity, phase, title,
        array_to_string(changes.tables, ', ') AS tables, url, document AS sha256
    FROM changes LEFT JOIN described ON sha256 = document
    ORDER BY change, province, city, county, year, department, entity, document
"""
_CHANGED_BY_TABLE = "SELECT name, count(*) FROM (SELECT unnest(tables) AS name FROM changes) GROUP BY name"


def _amounts() -> str:
    """SQL: the amounts of changed documents that one release states otherwise than the other."""
    sides = {side: " UNION ALL ".join(_stated(side, table) for table in _LABELS) for side in ("old", "new")}
    return f"""
        WITH before AS ({sides["old"]}), after AS ({sides["new"]})
        SELECT
            name AS "table", document_sha256, position, coalesce(after.label, before.label) AS label,
            before.amount AS before, after.amount AS after, after.amount - before.amount AS difference
        FROM before FULL JOIN after USING (name, document_sha256, position, nth)
        WHERE before.amount IS DISTINCT FROM after.amount
    """  # noqa: S608 - names of the schema


def _stated(side: str, name: str) -> str:
    amount, label = _LABELS[name]
    position = ", ".join(column for column in TABLES[name].sort if column != "document_sha256")
    numbered = f"row_number() OVER (PARTITION BY document_sha256, {position} ORDER BY {amount})"
    return (
        f"SELECT '{name}' AS name, document_sha256, concat_ws('-', {position}) AS position, {numbered} AS nth,"  # noqa: S608 - as above
        f" {label} AS label, {amount} AS amount FROM {side}_{name}"
        " WHERE document_sha256 IN (SELECT document FROM changes WHERE change = 'changed')"
    )
