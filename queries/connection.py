"""A connection to the lake that reads, for each statement, the files the statement is about.

``scans`` says which tables a statement reads and of which partitions; the manifest names the files of those, each is
found to be, by its SHA-256, what the manifest says (``lake.intact`` reads each for it once), and the views of those
tables are made anew over them.  Where many files of one province would be read, one derived from them all is, without
the partitions touched since, whose files are read beside it (``lake.derived``).  A table that no statement asked for
says so when it is read, and never looks empty.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import duckdb

from gongkai.archive.store import Store
from gongkai.lake import derived
from gongkai.lake.derived import Difference, difference
from gongkai.lake.files import LakeDamagedError, LakeFile, ManifestError
from gongkai.lake.intact import damaged_of
from gongkai.lake.manifest import Manifest, Piece, read_manifest
from gongkai.lake.partition import Partition, Partitions
from gongkai.lake.schema import schema_fingerprint
from gongkai.queries.comments import write_comments
from gongkai.queries.duckdb_messages import sentence
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.held_relations import HeldRelations
from gongkai.queries.reach import scans_of_comparison
from gongkai.queries.relations import (
    WHOLE_LAKE,
    creating,
    macros,
    named_in,
    needed,
    relation_rows,
    relations,
    tables_behind,
    words_of,
)
from gongkai.queries.scans import CHOSEN, COMPARING, Planner, Scan, named_scans, partitions_holding

_CATALOGUE = re.compile(r"duckdb_|pg_|information_schema|sqlite_|\b(show|describe|summarize)\b", re.IGNORECASE)
"""Stands in every statement that can ask which relations there are."""

_MOST_HELD = 500_000
"""Amounts of chosen documents; of more nothing is held."""
_MOST_HELD_FOR_ONE = 1_000_000
"""Where few columns are."""
_FEW = 128
"""Files of one table that are read each by itself, whatever is derived from them: some of a province, or all of several
provinces together."""
_USEFUL_SHARE = 0.5
"""Of a table's files in a province: with more of them touched since, the files are read rather than what is derived."""
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


@dataclasses.dataclass(frozen=True, slots=True)
class _Shown:
    """What the view of a table shows."""

    files: tuple[LakeFile, ...] | None
    """None where the table was not asked for."""
    choice: int = 0
    """Number of the choice of which documents the rows are; 0 for those of any."""
    years: frozenset[int | None] | None = None
    """Of derived files, which hold all years, only these are needed."""
    gone: frozenset[Partition] = frozenset()
    """Of derived files these partitions are not needed: the lake has other rows of them."""


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
        self._differences: dict[tuple[str, str], Difference | None] = {}
        self._gone_of: dict[LakeFile, frozenset[Partition]] = {}
        self._mounted: dict[str, _Shown] = {}
        self._created = set(macros())
        self._has_comments = False
        self._choices = 0
        self.choice: tuple[object, list[tuple[Any, ...]]] | None = None
        """By what the documents of ``choose`` were chosen, and what it returned; None where that is not said."""
        self._held = HeldRelations[_Shown](connection)
        self.holds = False
        """Are relations held that several questions about the same chosen documents share?"""

    @property
    def manifest(self) -> Manifest | None:
        """The moment of the lake that is read; None where nothing was published."""
        return self._manifest

    @property
    def as_it_stands(self) -> duckdb.DuckDBPyConnection:
        """The connection beneath, whose tables show what was read last until this one reads for another statement."""
        return self._connection

    def execute(self, query: Any, parameters: Any = None) -> duckdb.DuckDBPyConnection:
        """Run SQL as DuckDB does, over the files it is about.  Raises LakeUnusableError, StoreError, duckdb.Error."""
        if isinstance(query, str):
            self.read_for(query, parameters)
        return self._connection.execute(query, parameters)

    def choose(self, documents: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Choose the documents that SQL gives of those read before, each with its partition; returns the partitions."""
        try:
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {CHOSEN} AS {documents}", parameters)
        except duckdb.Error as error:
            raise unusable(self._store, error) from error
        self._choices += 1
        self.choice = None
        return self.already(f"SELECT DISTINCT province, year, department FROM {CHOSEN}", {})  # noqa: S608 - our own

    def sql(self, query: Any, **options: Any) -> duckdb.DuckDBPyRelation:
        """A relation of DuckDB's, over the files it is about."""
        self.read_for(query, options.get("params"))
        return self._connection.sql(query, **options)

    def table(self, table_name: str) -> duckdb.DuckDBPyRelation:
        """All rows of a table or view as a relation of DuckDB's."""
        return self.sql(f'FROM "{table_name}"')

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
            raise unusable(self._store, error) from error

    def read_for(self, sql: str, parameters: Any = None, known: Iterable[Scan] | None = None) -> None:
        """Have every table that a statement reads show the rows it is about; ``known`` where that is known."""
        self._forget(self._held.let_go_for_others(sql))
        scans = list(self._scans(sql, parameters) if known is None else known)
        self.read(scans)
        if self.holds and all(scan.of_chosen or scan.relation in WHOLE_LAKE for scan in scans):
            self._hold(sql)
        self._create_for(sql)

    def hold_for_one(self, sql: str, scans: Iterable[Scan]) -> bool:
        """Hold what one statement needs that is to be asked of parts of these chosen documents, with its own columns
        alone; False, and nothing held, where that is too much.  Raises LakeUnusableError, StoreError."""
        self._forget(self._held.let_go_for_others(""))
        self.read(scans)
        self._create_for(sql)
        if self._amounts() > _MOST_HELD_FOR_ONE:
            return False
        try:
            self._held.hold_for_one(sql, self._mounted)
        except duckdb.OutOfMemoryException:
            return False
        except duckdb.Error as error:
            raise unusable(self._store, error) from error
        return True

    def read(self, scans: Iterable[Scan]) -> None:
        """Have tables show the rows of these scans, and any others.  Raises LakeUnusableError, StoreError."""
        scans = [each for scan in self._compared(list(scans)) for each in self._placed(scan)]
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
        by_table = _by_table(scans).items()
        self._mount(
            {
                table: _Shown(
                    wanted[table],
                    self._choices * all(scan.of_chosen for scan in of),
                    _years(of),
                    self._gone(wanted[table]),
                )
                for table, of in by_table
            }
        )

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
        self._create_for(sql)
        self._planner = self._planner or Planner(self._connection)
        scans = self._planner.scans(sql, parameters)
        return named_scans(sql) if scans is None else scans

    def _files(self, manifest: Manifest, table: str, scans: Sequence[Scan]) -> tuple[LakeFile, ...]:
        """The files of a table that hold the rows of these scans; of a province of which many would be read, the one
        derived from them all."""
        of = "line_items" if table in WHOLE_LAKE else table
        chosen = {self._partitions(manifest, scan) for scan in scans}
        files: dict[LakeFile, None] = {}
        pieces = [(piece, _of_province(chosen, piece.province)) for piece in manifest.pieces if piece.table == of]
        sizes = [max((_size(each, piece.totals.files) for each in own), default=0) for piece, own in pieces]
        are_many = sum(sizes) > _FEW
        for (piece, own), size in zip(pieces, sizes, strict=True):
            many = size > _FEW or (are_many and size == piece.totals.files)
            if many and (instead := self._instead_of(manifest, piece, table)):
                files |= dict.fromkeys(instead)
                continue
            province = frozenset([piece.province])
            for each in own:
                files |= dict.fromkeys(manifest.of(of, dataclasses.replace(each, provinces=province)))
        return tuple(files)

    def _instead_of(self, manifest: Manifest, piece: Piece, table: str) -> Sequence[LakeFile]:
        """What is read in place of all files of a manifest's piece: the piece derived from them, or an earlier one and
        the files that it lacks.  Nothing where there is none, or little of it is of use."""
        if exact := self._derived().get((table, piece.province, piece.sha256)):
            self._gone_of.pop(exact, None)  # of an earlier manifest, which this connection went on from
            return [exact]
        for (relation, province, of), older in self._derived().items():
            if (relation, province) == (piece.table, piece.province):
                changed = self._difference(manifest, piece, of)
                if changed is not None and changed.share <= _USEFUL_SHARE:
                    self._gone_of[older] = frozenset(changed.gone)
                    return [older, *changed.new]
        return ()

    def _difference(self, manifest: Manifest, piece: Piece, of: str) -> Difference | None:
        if (piece.sha256, of) not in self._differences:
            self._differences[piece.sha256, of] = difference(manifest, piece, of)
        return self._differences[piece.sha256, of]

    def _gone(self, files: Iterable[LakeFile]) -> frozenset[Partition]:
        return frozenset[Partition]().union(*(self._gone_of.get(file, ()) for file in files))

    def _derived(self) -> Mapping[tuple[str, str | None, str], LakeFile]:
        if self._pieces is None:
            self._pieces = dict(derived.read_pieces(self._store))
        return self._pieces

    def _compared(self, scans: Sequence[Scan]) -> Iterator[Scan]:
        """These scans; in place of those of views that compare documents, scans of the tables behind."""
        comparing = [scan for scan in scans if scan.relation in COMPARING]
        yield from (scan for scan in scans if scan not in comparing)
        for scan in comparing:
            for each in scans_of_comparison(self, scan):  # with several of them, the last would choose for all
                yield each if len(comparing) == 1 else dataclasses.replace(each, of_chosen=False)

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

    def _mount(self, wanted: Mapping[str, _Shown]) -> None:
        """Make the views of tables anew: those wanted over their files, those read before over none."""
        self._created.difference_update(self._held.let_go(wanted))
        for table in [table for table in self._mounted if table not in wanted and table not in self._held]:
            self._show(table, _Shown(None))
            del self._mounted[table]
        for table, shown in wanted.items():
            if self._mounted.get(table) != shown:
                self._show(table, shown)
                self._mounted[table] = shown

    def _show(self, table: str, shown: _Shown) -> None:
        files = shown.files
        uniform = self._manifest is not None and self._manifest.schema == schema_fingerprint()
        pieces = [self._store.locate(file.version) for file in files or () if file.version.startswith(derived.DERIVED)]
        others = [file for file in files or () if not file.version.startswith(derived.DERIVED)]
        locations = None if files is None else [self._store.locate(file.version) for file in others]
        rows = relation_rows(table, locations, pieces, shown.years, shown.gone, uniform=uniform)
        if shown.choice:
            key = "sha256" if table == "documents" else "document_sha256"
            rows = f"SELECT * FROM ({rows}) WHERE {key} IN (SELECT sha256 FROM temp.{CHOSEN})"  # noqa: S608 - our own
        try:
            self._connection.execute(f"CREATE OR REPLACE VIEW {table} AS {rows}")
        except duckdb.Error as error:
            raise unusable(self._store, error) from error
        self._created.add(table)
        self._has_comments = False

    def _create_for(self, sql: str) -> None:
        """Create the relations that a statement can name; all, and their comments, for one about the catalogue."""
        is_about_all = _CATALOGUE.search(sql) is not None
        for name in needed(relations() if is_about_all else words_of(sql)):
            if name not in self._created:
                self._connection.execute(creating(name))
                self._created.add(name)
        if is_about_all and not self._has_comments:
            write_comments(self._connection)
            self._has_comments = True

    def _hold(self, sql: str) -> None:
        """Hold what a statement shares with others, where that is not too much."""
        lacking = self._held.lacking(sql, self._mounted)
        try:
            if any(tables_behind()[name].isdisjoint(WHOLE_LAKE) for name in lacking):
                lacking = lacking if self._amounts() <= _MOST_HELD else []
            for name in lacking:
                self._create_for(name)
                self._held.hold(name, self._mounted)
        except duckdb.OutOfMemoryException:
            return
        except duckdb.Error as error:
            raise unusable(self._store, error) from error

    def _amounts(self) -> int:
        """How many amounts the documents have that are read."""
        self._create_for("documents")
        ((amounts,),) = self.already("SELECT coalesce(sum(amounts), 0) FROM documents", {})
        return int(amounts)

    def _forget(self, names: Iterable[str]) -> None:
        """Have relations made anew when they are read again."""
        self._created.difference_update(names)
        for name in names:
            self._mounted.pop(name, None)

    def close(self) -> None:
        """Close the connection; leaving a ``with`` does."""
        if self._planner is not None:
            self._planner.close()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _of_province(chosen: Iterable[Partitions], province: str | None) -> list[Partitions]:
    return [each for each in chosen if each.provinces is None or province in each.provinces]


def _size(partitions: Partitions, all_of_them: int) -> int:
    """How many partitions of a province that has so many these can be."""
    kinds = (partitions.years, partitions.departments)
    return min(math.prod(all_of_them if kind is None else len(kind) for kind in kinds), all_of_them)


def _years(scans: Iterable[Scan]) -> frozenset[int | None] | None:
    """The years of all rows of these scans; None where one tells none."""
    of_each = [scan.partitions.years for scan in scans]
    known = [years for years in of_each if years is not None]
    return frozenset[int | None]().union(*known) if len(known) == len(of_each) else None


def _by_table(scans: Iterable[Scan]) -> dict[str, list[Scan]]:
    """The scans of the tables behind relations, by table."""
    found: dict[str, list[Scan]] = {}
    for scan in scans:
        for table in tables_behind().get(scan.relation, ()):
            found.setdefault(table, []).append(scan)
    return found


def unusable(store: Store, error: duckdb.Error) -> LakeUnusableError:
    return LakeUnusableError(
        f"the lake at {store.url!r} cannot be opened: {sentence(error)}; run gongkai verify, or parse again"
    )
