"""The lake's files as other tools read them: by folder, by glob, with every row once and every amount exact."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.lake.manifest import VERSIONS, LakeFile, read_manifest
from gongkai.lake.publication import publish, write_manifest
from gongkai.queries.lake import connect
from tests.lake.test_publication import HEBEI, HENAN, UNKNOWN, amounts, document

EXPECTED = [("河北省", 2025, "1.00"), ("河南省", 2024, "2.00"), (None, None, "5.00")]


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Three partitions, one of them written twice, so that a version is left of what it was."""
    store = DirectoryStore(tmp_path)
    publish(store, [document("aa", HEBEI, ["9.00"])], [], "1")
    publish(store, [document("aa", HEBEI, ["1.00"]), document("bb", HENAN, ["2.00"])], [], "1")
    publish(store, [document("cc", UNKNOWN, ["5.00"])], [], "1")
    return tmp_path / "lake"


def test_pyarrow_reads_a_table_by_its_folder(lake: Path) -> None:
    rows = pq.read_table(lake / "line_items").to_pylist()
    read = [(row["province"], row["year"], str(row["amount"])) for row in rows]
    assert sorted(read, key=lambda row: row[2]) == EXPECTED
    assert pq.read_table(lake / "documents").num_rows == 3


def test_pandas_reads_a_table_by_its_folder(lake: Path) -> None:
    """Where a partition column is null somewhere, pyarrow cannot make the category that pandas asks it for."""
    hive = ds.partitioning(flavor="hive")
    frame = pd.read_parquet(lake / "line_items", partitioning=hive)
    assert sum(frame["amount"]) == Decimal("8.00")
    assert set(frame["province"].dropna()) == {"河北省", "河南省"}
    assert len(pd.read_parquet(lake / "documents", partitioning=hive, filters=[("year", "==", 2025)])) == 1
    shutil.rmtree(lake / "line_items" / UNKNOWN.path().partition("/")[0])
    assert sum(pd.read_parquet(lake / "line_items")["amount"]) == Decimal("3.00")


def test_polars_reads_a_table_by_a_glob(lake: Path) -> None:
    frame = pl.scan_parquet(lake / "line_items/*/*/*/data.parquet", hive_partitioning=True)
    rows = frame.select("province", "year", "amount").sort("amount").collect().rows()
    assert [(province, year, str(amount)) for province, year, amount in rows] == EXPECTED


@pytest.mark.filterwarnings("ignore")  # ibis still uses what DuckDB and pandas are about to drop
def test_ibis_reads_a_table_by_a_glob(lake: Path) -> None:
    plain = ibis.duckdb.connect().read_parquet(str(lake / "line_items/*/*/*/data.parquet"), hive_partitioning=True)
    assert plain.amount.sum().execute() == Decimal("8.00")


def test_a_glob_over_everything_counts_no_row_twice(lake: Path) -> None:
    assert len(list((lake.parent / VERSIONS).rglob("*.parquet"))) > len(list(lake.rglob("*.parquet")))
    everything = duckdb.read_parquet(f"{lake}/**/*.parquet", union_by_name=True)
    assert everything.count("amount").fetchall() == [(3,)]


def test_a_lake_with_its_versions_below_it_is_read_and_moved(lake: Path) -> None:
    """As earlier versions wrote it."""
    store = DirectoryStore(lake.parent)
    manifest = read_manifest(store)
    assert manifest is not None
    files = []
    for file in manifest.files:
        before = f"lake/versions/{file.partition.path()}/{file.sha256}.parquet"
        store.copy_all([(file.version, before)])
        files.append(LakeFile(file.table, file.partition, file.rows, file.bytes, file.sha256, before))
    for entry in list(store.list(VERSIONS)):
        store.delete(entry.key)
    write_manifest(store, files, "1")
    with connect(store) as connection:
        assert connection.execute("SELECT sum(amount) FROM line_items").fetchone() == (Decimal("8.00"),)
    publish(store, [document("dd", HEBEI, ["3.00"])], [], "1")
    assert sorted(amount for _, amount in amounts(store)) == ["1.00", "2.00", "3.00", "5.00"]
    manifest = read_manifest(store)
    assert manifest is not None
    assert all(file.version.startswith(VERSIONS) for file in manifest.files)
