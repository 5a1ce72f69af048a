"""The lake as a DuckLake, opened by DuckDB with the extension: the same answers, time travel, and no harm to files."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.roots import open_store
from gongkai.archive.store import Store
from gongkai.lake.manifest import Manifest, stored_versions
from gongkai.queries import ducklake
from gongkai.queries.ducklake import Registered, write_ducklake
from gongkai.queries.errors import LakeUnusableError, OutputError
from gongkai.queries.lake import connect, load_extension, open_s3
from tests.conftest import fresh_root
from tests.queries import small_lake
from tests.s3_servers import S3Server

ANSWER = "SELECT entity, revenue, three_public, code_name('208', 2025) AS name FROM document_totals ORDER BY ALL"
SUM = "SELECT count(*), sum(amount) FROM line_items"


@dataclasses.dataclass(frozen=True)
class Twice:
    """A lake of two publications, each exported into one file; no test changes them."""

    store: DirectoryStore
    first: Manifest
    second: Manifest
    after_first: bytes
    file: Path
    done: tuple[Registered, Registered]

    def copy(self, to: Path) -> Path:
        return Path(shutil.copy(self.file, to / "lake.ducklake"))


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    folder = tmp_path_factory.mktemp("ducklake")
    store, file = DirectoryStore(folder / "档案"), folder / "lake.ducklake"
    first = small_lake.write_lake(store)
    done = write_ducklake(store, first, file)
    after_first = file.read_bytes()
    second = later(store)
    return Twice(store, first, second, after_first, file, (done, write_ducklake(store, second, file)))


@contextlib.contextmanager
def opened(file: Path, options: str = "(READ_ONLY)", store: Store | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        load_extension(connection, "ducklake")
        if store is not None and store.access is not None:
            open_s3(connection, store.access)
        connection.execute(f"ATTACH 'ducklake:{file}' AS lake {options}")
        connection.execute("USE lake")
        yield connection


def later(store: Store) -> Manifest:
    """A publication in which one partition is gone, one is other, and one of ``units`` is new."""
    rows = small_lake.rows()
    rows["line_items"] = [row for row in rows["line_items"] if row["province"] == "河北省"]
    rows["line_items"][0]["amount"] = Decimal("1.00")
    rows["units"].append({**rows["units"][0], "province": "河南省", "year": 2024, "department": "教育"})
    return small_lake.write_lake(store, rows)


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    return connection.execute(sql).fetchone()


def test_a_ducklake_of_a_lake_on_s3_answers_as_the_lake(
    seaweedfs: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, file = open_store(fresh_root(seaweedfs, monkeypatch)), tmp_path / "lake.ducklake"
    manifest = small_lake.write_lake(store)
    assert write_ducklake(store, manifest, file) == Registered(len(manifest.files), 0, 1)
    expected = connect(store).execute(ANSWER).fetchall()
    with opened(file, store=store) as connection:
        assert connection.execute(ANSWER).fetchall() == expected
        assert one(connection, SUM) == (82, Decimal("21261.80"))
        assert one(connection, "SELECT count(*) FROM documents WHERE year IS NULL") == (1,)
        comment = "SELECT comment FROM duckdb_columns() WHERE table_name = 'line_items' AND column_name = 'amount'"
        assert "yuan" in str(one(connection, comment))
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


def test_a_filter_on_the_partition_reads_its_file_alone(twice: Twice) -> None:
    with opened(twice.file) as connection:
        plan = str(
            connection.execute("EXPLAIN ANALYZE SELECT sum(amount) FROM line_items WHERE year = 2023").fetchall()
        )
    assert "Total Files Read: 1" in plan


def test_each_publication_is_a_snapshot_one_can_go_back_to(twice: Twice) -> None:
    assert twice.done == (Registered(len(twice.first.files), 0, 1), Registered(2, 2, 2))
    with opened(twice.file) as connection:
        sql = "SELECT commit_message, snapshot_id FROM ducklake_snapshots('lake') ORDER BY snapshot_id"
        numbers = dict(connection.execute(sql).fetchall())
        assert list(numbers) == [twice.first.publication_sha256, twice.second.publication_sha256]
        was, now = numbers.values()
        assert one(connection, f"{SUM} AT (VERSION => {was})") == (82, Decimal("21261.80"))
        assert one(connection, f"{SUM} AT (VERSION => {now})") == one(connection, SUM) == (59, Decimal("15849.30"))
        assert one(connection, "SELECT count(*) FROM units") == (3,)
        assert connection.execute(ANSWER).fetchall() == connect(twice.store).execute(ANSWER).fetchall()


def test_the_same_publication_again_adds_nothing(twice: Twice, tmp_path: Path) -> None:
    assert write_ducklake(twice.store, twice.second, twice.copy(tmp_path)) == Registered(0, 0, 2)


def test_a_publication_whose_files_are_no_longer_kept_is_forgotten(
    twice: Twice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = twice.copy(tmp_path)
    named = {each.version for each in twice.second.files}
    kept = [info for info in stored_versions(twice.store) if info.key in named]
    monkeypatch.setattr(ducklake, "stored_versions", lambda _: iter(kept))
    assert write_ducklake(twice.store, twice.second, file) == Registered(0, 0, 1)
    with opened(file) as connection:
        assert one(connection, SUM) == (59, Decimal("15849.30"))
        assert one(connection, "SELECT count(*) FROM ducklake_snapshots('lake')") == (1,)
    with opened(file, "") as connection:
        connection.execute("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)")
    assert all(twice.store.size(each.version) for each in twice.first.files), "forgetting removes no file"


def test_a_table_that_lost_all_its_rows_is_empty(twice: Twice, tmp_path: Path) -> None:
    file = twice.copy(tmp_path)
    rest = tuple(each for each in twice.second.files if each.table != "line_items")
    write_ducklake(twice.store, Manifest.listing(twice.store, rest, twice.second.parser_version), file)
    with opened(file) as connection:
        assert one(connection, SUM) == (0, None)
        assert one(connection, "SELECT count(*) FROM documents") == (5,)


def test_files_are_registered_in_batches(twice: Twice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From many transactions one snapshot is left."""
    monkeypatch.setattr(ducklake, "_BATCH", 7)
    (tmp_path / "lake.ducklake").write_bytes(twice.after_first)
    rest = Manifest.listing(twice.store, twice.first.files[:4], twice.first.parser_version)
    write_ducklake(twice.store, rest, tmp_path / "lake.ducklake")
    added = write_ducklake(twice.store, twice.first, tmp_path / "lake.ducklake")
    assert added == Registered(len(twice.first.files) - 4, 0, 3)
    with opened(tmp_path / "lake.ducklake") as connection:
        assert one(connection, SUM) == (82, Decimal("21261.80"))


def test_no_cleaning_of_the_ducklake_removes_a_file_of_the_archive(twice: Twice, tmp_path: Path) -> None:
    before = {info.key: info.tag for info in twice.store.list("")}
    with opened(twice.copy(tmp_path), "") as connection:
        connection.execute("CHECKPOINT")
        connection.execute("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)")
        connection.execute("CALL ducklake_delete_orphaned_files('lake', cleanup_all => true)")
    assert {info.key: info.tag for info in twice.store.list("")} == before


def test_another_file_is_not_written_over(twice: Twice, tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "mine.duckdb") as mine:
        mine.execute("CREATE TABLE thesis AS SELECT 1 AS x")
    (tmp_path / "mine.txt").write_text("mine")
    for name in ("mine.duckdb", "mine.txt"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises((OutputError, LakeUnusableError), match=r"mine\.(duckdb|txt)"):
            write_ducklake(twice.store, twice.first, tmp_path / name)
        assert (tmp_path / name).read_bytes() == before


def test_cut_off_the_file_stays_as_it_was(twice: Twice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "lake.ducklake"
    file.write_bytes(twice.after_first)

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            write_ducklake(twice.store, twice.second, file)
    assert file.read_bytes() == twice.after_first


def test_without_the_extension_one_sentence_says_how_to_install_it(
    twice: Twice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_connection: object, name: str) -> None:
        raise duckdb.IOException(f"Failed to download extension {name!r}")

    monkeypatch.setattr(ducklake, "load_extension", refuse)
    with pytest.raises(LakeUnusableError, match=r"pip install 'gongkai\[ducklake\]'"):
        write_ducklake(twice.store, twice.first, tmp_path / "lake.ducklake")
    assert not (tmp_path / "lake.ducklake").exists()


def test_a_column_that_a_newer_version_adds_is_added_and_one_it_lacks_asks_for_a_new_file(
    twice: Twice, tmp_path: Path
) -> None:
    file = tmp_path / "lake.ducklake"
    file.write_bytes(twice.after_first)
    with opened(file, "") as connection:
        connection.execute("ALTER TABLE units DROP COLUMN rank")
    write_ducklake(twice.store, twice.second, file)
    with opened(file) as connection:
        assert one(connection, "SELECT count(*), count(rank) FROM units") == (3, 0)
    with opened(file, "") as connection:
        connection.execute("ALTER TABLE units ADD COLUMN colour VARCHAR")
    with pytest.raises(OutputError, match=r"'units' has a column 'colour' of before: write a new file"):
        write_ducklake(twice.store, twice.first, file)
