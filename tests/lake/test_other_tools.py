"""The lake's files as other tools read them: by folder, by glob, with every row once and every amount exact."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.lake.manifest import VERSIONS, LakeFile, read_manifest
from gongkai.lake.partition import Partition
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
    """Though a partition column is null somewhere: a category with a null is what pyarrow cannot make."""
    frame = pd.read_parquet(lake / "line_items")
    assert sum(frame["amount"]) == Decimal("8.00")
    assert set(frame["province"].dropna()) == {"河北省", "河南省"}
    assert sorted(frame["year"].dropna()) == [2024, 2025]
    assert frame["province"].isna().sum() == 1
    assert frame["row_index"].dtype == "Int32"
    assert len(pd.read_parquet(lake / "documents", filters=[("year", "==", 2025)])) == 1
    assert pd.read_parquet(lake / "documents", columns=["sha256", "year"])["year"].isna().sum() == 1
    assert len(pq.read_table(lake / "documents").to_pandas()) == 3


@pytest.mark.parametrize("where", [UNKNOWN, Partition("河北省", None, None)])
def test_partition_columns_null_everywhere_are_read_with_their_types(tmp_path: Path, where: Partition) -> None:
    """As docs/querying.md says: no tool can tell the type of a column from nulls alone."""
    publish(DirectoryStore(tmp_path), [document("aa", where, ["1.00"])], [], "1")
    types: dict[str, pa.DataType] = {"province": pa.string(), "year": pa.int32(), "department": pa.string()}
    hive = ds.partitioning(pa.schema(types), flavor="hive")
    with pytest.raises(pa.ArrowInvalid, match="No non-null segments"):
        pd.read_parquet(tmp_path / "lake" / "line_items")
    frame = pd.read_parquet(tmp_path / "lake" / "line_items", partitioning=hive)
    assert frame[["year", "amount"]].values.tolist() == [[pd.NA, Decimal("1.00")]]
    assert duckdb.read_parquet(f"{tmp_path}/lake/line_items/*/*/*/data.parquet").count("amount").fetchall() == [(1,)]
    assert pl.read_parquet(tmp_path / "lake" / "line_items")["amount"].to_list() == [Decimal("1.00")]


def test_signs_in_a_department_s_name_stay_in_one_folder(tmp_path: Path) -> None:
    """A / would be a folder more, and the glob of three folders would read past it without a word."""
    odd = Partition("河北省", 2025, '机关/50%: "局"')
    publish(DirectoryStore(tmp_path), [document("aa", odd, ["1.00"]), document("bb", HENAN, ["2.00"])], [], "1")
    read = duckdb.read_parquet(f"{tmp_path}/lake/documents/*/*/*/data.parquet", hive_partitioning=True)
    frames = [pd.read_parquet(tmp_path / "lake/documents"), pl.read_parquet(tmp_path / "lake/documents")]
    by_duckdb = {str(department) for (department,) in read.project("department").fetchall()}
    for departments in (*(set(frame["department"]) for frame in frames), by_duckdb):
        assert departments == {odd.department, "教育"}


def test_spark_reads_a_table_by_its_folder(lake: Path) -> None:
    """pyspark is in no list of requirements: it weighs more than everything else together."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    session = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        rows = session.read.parquet(str(lake / "line_items")).select("province", "year", "amount").collect()
    finally:
        session.stop()
    assert sorted([(row[0], row[1], str(row[2])) for row in rows], key=lambda row: row[2]) == EXPECTED


def test_polars_reads_a_table_by_a_glob(lake: Path) -> None:
    frame = pl.scan_parquet(lake / "line_items/*/*/*/data.parquet", hive_partitioning=True)
    rows = frame.select("province", "year", "amount").sort("amount").collect().rows()
    assert [(province, year, str(amount)) for province, year, amount in rows] == EXPECTED
    assert pl.scan_parquet(lake / "line_items").filter(pl.col("year") == 2025).collect()["amount"].sum() == 1


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
