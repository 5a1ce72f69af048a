"""Files entered in a DuckLake's catalogue: the rows that DuckLake itself writes for them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.store import Store
from gongkai.lake.files import LakeDamagedError, LakeFile, read_file
from gongkai.lake.manifest import Manifest
from gongkai.lake.partition import Partition
from gongkai.queries import ducklake, ducklake_files
from gongkai.queries.ducklake import write_ducklake
from gongkai.queries.ducklake_files import footers
from tests.queries import small_lake
from tests.queries.test_ducklake import opened

_FILE = "ducklake_data_file AS file JOIN ducklake_table AS named USING (table_id)"
WRITTEN = {
    "files": "SELECT table_name, file.path, file.path_is_relative, file_format, record_count, file_size_bytes,"
    " footer_size, file.end_snapshot, file_order, encryption_key, partial_max, partition_id ="
    " (SELECT partition_id FROM ducklake_partition_info AS info WHERE info.table_id = file.table_id) FROM {file}",
    "statistics": "SELECT table_name, path, stats.* EXCLUDE (data_file_id, table_id) FROM ducklake_file_column_stats"
    " AS stats JOIN (SELECT data_file_id, table_name, file.path FROM {file}) USING (data_file_id)",
    "partition values": "SELECT table_name, path, value.* EXCLUDE (data_file_id, table_id)"
    " FROM ducklake_file_partition_value AS value JOIN (SELECT data_file_id, table_name, file.path FROM {file})"
    " USING (data_file_id)",
    "table statistics": "SELECT table_name, stats.* EXCLUDE (table_id) FROM ducklake_table_stats AS stats"
    " JOIN ducklake_table USING (table_id)",
    "mappings": "SELECT table_name, file.path, source_name, target_field_id, is_partition FROM ducklake_name_mapping"
    " JOIN {file} USING (mapping_id)",
    "numbers": "SELECT count(*), count(DISTINCT data_file_id), (SELECT max(next_file_id) FROM ducklake_snapshot) -"
    " max(data_file_id) FROM ducklake_data_file",
    "numbers of rows": "SELECT bool_and(start = row_id_start) FROM (SELECT row_id_start, sum(record_count) OVER"
    " (PARTITION BY table_id ORDER BY data_file_id) - record_count AS start FROM ducklake_data_file)",
    "snapshots": "SELECT count(*) FROM ducklake_snapshot",
}
COLUMNS = (
    "SELECT table_name, column_id, contains_null, min_value, max_value FROM ducklake_table_column_stats"
    " JOIN ducklake_table USING (table_id)"
)


def rows(file: Path, sql: str) -> list[Any]:
    with duckdb.connect(file, read_only=True) as catalogue:
        return sorted(catalogue.execute(sql.format(file=_FILE)).fetchall(), key=repr)


def by_ducklake(catalogue: Any, new: Sequence[str]) -> None:
    """All files taken in by DuckLake itself."""
    files = sorted((catalogue._wanted[address] for address in new), key=lambda file: file.order)
    catalogue._take_in(list(footers(catalogue._store, files)))


def added(store: Store, table: str, department: str, rows: pa.Table, **options: Any) -> LakeFile:
    """A file as another version or another program might have written it."""
    sink = io.BytesIO()
    pq.write_table(rows, sink, **options)
    data = sink.getvalue()
    place = Partition("西藏自治区", 2020, department)
    file = LakeFile(table, place, rows.num_rows, len(data), hashlib.sha256(data).hexdigest())
    store.write(file.version, data)
    return file


def odd_files(store: Store, manifest: Manifest) -> Iterator[LakeFile]:
    """Files of other columns, of several row groups, with texts too long for a bound, and without statistics."""
    of = {table: read_file(store, manifest.of(table)[0]) for table in manifest.tables}
    units, sections, items = of["units"], of["sections"], of["line_items"]
    yield added(store, "units", "早", units.drop_columns(["unit_name"]))
    yield added(store, "units", "晚", units.append_column("colour", pa.array(["红"] * len(units))))
    yield added(store, "units", "引'号=", units)
    nested = pa.array([{"名": ["x"], "数": 1}] * len(units))
    yield added(store, "units", "嵌", units.add_column(0, "nested", nested))
    yield added(store, "units", "无", units, write_statistics=False)
    yield added(store, "line_items", "段", items, row_group_size=3)
    narrow = pa.array([Decimal("-20.5")], pa.decimal128(9, 1))
    yield added(
        store, "assets", "窄", of["assets"].set_column(of["assets"].schema.get_field_index("value"), "value", narrow)
    )
    text = sections.schema.get_field_index("text")
    long = pa.array(["长" * 5000] * len(sections))
    yield added(store, "sections", "长", sections.set_column(text, "text", long))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The catalogue of one lake as DuckLake writes it, and as the export does."""
    folder = tmp_path_factory.mktemp("both")
    store = DirectoryStore(folder / "档案")
    small = small_lake.write_lake(store)
    manifest = Manifest.listing(store, [*small.files, *odd_files(store, small)], "test")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ducklake._Catalogue, "_register", by_ducklake)
        write_ducklake(store, manifest, folder / "by_ducklake")
    write_ducklake(store, manifest, folder / "ours")
    return folder / "by_ducklake", folder / "ours"


@pytest.mark.parametrize("what", WRITTEN)
def test_the_catalogue_is_as_ducklake_writes_it(both: tuple[Path, Path], what: str) -> None:
    theirs, ours = (rows(file, WRITTEN[what]) for file in both)
    assert ours == theirs


def test_a_table_has_the_bounds_that_ducklake_knows_and_others_that_hold(both: tuple[Path, Path]) -> None:
    """DuckLake knows none where a file has nulls alone, and forgets that a file without the column has nulls."""
    theirs, ours = ({row[:2]: row[2:] for row in rows(file, COLUMNS)} for file in both)
    assert theirs.keys() == ours.keys()
    wrong = {
        column: (known, ours[column])
        for column, known in theirs.items()
        if (known[0] != ours[column][0] and not ours[column][0])
        or any(bound not in {None, ours[column][at]} for at, bound in enumerate(known) if at)
    }
    assert wrong == {}
    answers = "SELECT count(*) FILTER (unit_name IS NULL), count(DISTINCT unit_name), count(*) FROM units"
    with opened(both[1]) as lake:
        assert lake.execute(answers).fetchone() == (2, 2, 12)
        assert lake.execute("SELECT min(value), max(value) FROM assets").fetchone() == (Decimal("-20.5"), 900)
        assert lake.execute("SELECT count(*) FROM sections WHERE text > '长'").fetchone() == (2,)
        assert lake.execute("SELECT count(*) FROM units WHERE unit_name = '秦皇岛市就业服务中心'").fetchone() == (5,)


def test_statistics_tell_which_files_a_question_needs(both: tuple[Path, Path]) -> None:
    question = "EXPLAIN ANALYZE SELECT count(*) FROM line_items WHERE document_sha256 = $document"
    for file in both:
        with opened(file) as lake:
            plan = str(lake.execute(question, {"document": small_lake.HENAN}).fetchall())
        assert "Total Files Read: 1" in plan


class _Counted(DirectoryStore):
    """Counts what is read of lake files."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.parts: list[int] = []

    def read_part(self, key: str, start: int, length: int) -> bytes:
        self.parts.append(length)
        return super().read_part(key, start, length)


def test_a_footer_is_read_in_one_request_and_a_long_one_in_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = _Counted(tmp_path)
    (file, *_) = small_lake.write_lake(store).of("documents")
    (new,) = footers(store, [file])
    assert (new.footer.num_rows, len(store.parts)) == (file.rows, 1)
    monkeypatch.setattr(ducklake_files, "_END", 100)
    (again,) = footers(store, [file])
    assert again.footer.equals(new.footer)
    assert store.parts[1:] == [100, new.footer.serialized_size + 8]


def test_a_file_without_its_footer_is_named(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path / "archive")
    manifest = small_lake.write_lake(store)
    file = manifest.of("documents")[0]
    for data in (b"", store.read(file.version)[:-1], b"PAR1" * 30):
        store.write(file.version, data)
        with pytest.raises(LakeDamagedError, match=file.sha256):
            write_ducklake(store, manifest, tmp_path / "lake.ducklake")
    store.delete(file.version)
    with pytest.raises(LakeDamagedError, match=file.sha256):
        write_ducklake(store, manifest, tmp_path / "lake.ducklake")
    assert not (tmp_path / "lake.ducklake").exists()
