"""Publishing: partitions rewritten whole, readers shown one moment, a cut-off publication completed."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import hashlib
import io
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import duckdb
import pyarrow.parquet as pq
import pytest

from gongkai.archive import Store, open_store
from gongkai.lake.manifest import MANIFEST_KEY, read_manifest
from gongkai.lake.partition import Partition
from gongkai.lake.publication import (
    PUBLISHING_KEY,
    ColumnUnknownError,
    PackedDocument,
    finish_publication,
    pack,
    publish,
    read_table,
)
from gongkai.lake.rows import DocumentRow, ParsedDocument, Rows, SectionRow, no_rows
from gongkai.lake.schema import TABLES
from tests.crawler.site import until

HEBEI = Partition("河北省", 2025, "教育")
HENAN = Partition("河南省", 2024, "教育")
UNKNOWN = Partition(None, None, None)


def document(sha256: str, partition: Partition, amounts: list[str]) -> PackedDocument:
    where = {"province": partition.province, "year": partition.year, "department": partition.department}
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    rows["documents"] = [{"sha256": sha256, "parser_version": "1", **where}]
    rows["line_items"] = [
        {
            "document_sha256": sha256,
            "line_item_id": f"{sha256}-0-{index}-0",
            "amount": Decimal(amount),
            "table_index": 0,
            "row_index": index,
            "column_index": 0,
            **where,
        }
        for index, amount in enumerate(amounts)
    ]
    return pack(ParsedDocument(sha256, "parsed", partition, cast("Rows", rows)))


def amounts(store: Store) -> list[tuple[str, str]]:
    table = read_table(store, "line_items", read_manifest(store))
    return [(row["document_sha256"], str(row["amount"])) for row in table.to_pylist()]


@pytest.fixture
def store(any_root: str) -> Store:
    return open_store(any_root)


def test_documents_are_replaced_one_by_one(store: Store) -> None:
    publish(store, [document("aa", HEBEI, ["1.00"]), document("bb", HEBEI, ["2.00"])], [], "1")
    publish(store, [document("aa", HEBEI, ["3.00", "4.00"])], [], "1")
    assert amounts(store) == [("aa", "3.00"), ("aa", "4.00"), ("bb", "2.00")]


def test_a_document_that_moves_leaves_its_old_partition(store: Store) -> None:
    publish(store, [document("aa", HEBEI, ["1.00"])], [], "1")
    publish(store, [document("aa", HENAN, ["1.00"])], [], "1")
    manifest = read_manifest(store)
    assert manifest is not None
    assert {file.partition for file in manifest.files} == {HENAN}
    assert [entry.key for entry in store.list("lake/line_items/")] == [manifest.of("line_items")[0].path]


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = open_store(str(tmp_path / "a")), open_store(str(tmp_path / "b"))
    publish(first, [document("aa", HEBEI, ["1.00"]), document("bb", HENAN, ["2.00"])], [], "1")
    publish(second, [document("bb", HENAN, ["2.00"])], [], "1")
    publish(second, [document("aa", HEBEI, ["1.00"])], [], "1")
    assert first.read(MANIFEST_KEY) == second.read(MANIFEST_KEY)


def test_a_plain_glob_reads_the_lake(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    publish(store, [document("aa", HEBEI, ["1.00"]), document("cc", UNKNOWN, ["5.00"])], [], "1")
    glob = f"{tmp_path}/lake/line_items/*/*/*/data.parquet"
    by_partition = duckdb.read_parquet(glob, hive_partitioning=True).aggregate(
        "province, year, department, sum(amount)"
    )
    rows = by_partition.order("4").fetchall()
    assert rows == [("河北省", 2025, "教育", Decimal("1.00")), (None, None, None, Decimal("5.00"))]


def test_columns_carry_their_meaning(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    manifest = publish(store, [document("aa", HEBEI, ["1.00"])], [], "1")
    schema = pq.read_schema(tmp_path / manifest.of("line_items")[0].version)
    metadata = schema.field("amount").metadata
    assert metadata is not None
    assert b"yuan" in metadata[b"description"]


def test_a_cut_off_publication_is_completed(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    before = publish(store, [document("aa", HEBEI, ["1.00"])], [], "1")
    old = store.read(before.of("line_items")[0].path)
    after = publish(store, [document("aa", HEBEI, ["2.00"])], [], "1")
    path = after.of("line_items")[0].path
    # As after a kill between the manifest and the current files: the mark stands, one current file is still the old.
    store.write(PUBLISHING_KEY, b"{}")
    store.write(path, old)
    finish_publication(store)
    assert store.read(path) == store.read(after.of("line_items")[0].version)
    assert store.size(PUBLISHING_KEY) is None


def test_versions_no_reader_needs_are_removed(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    for amount in ("1.00", "2.00", "3.00", "4.00"):
        publish(store, [document("aa", HEBEI, [amount])], [], "1")
    versions = [entry for entry in store.list("lake/versions/") if "year=2025" in entry.key]
    tables_with_rows = 2
    documents_stay_the_same = 1
    assert len(versions) == tables_with_rows * 2 - documents_stay_the_same


def test_a_reader_sees_one_moment_while_partitions_change(tmp_path: Path) -> None:
    """Every publication writes the same amount to both partitions; a reader must never see two different ones."""
    store = open_store(str(tmp_path))
    publish(store, [document("aa", HEBEI, ["0.00"]), document("bb", HENAN, ["0.00"])], [], "1")
    seen: list[set[str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append({amount for _, amount in amounts(store)})

    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        reader = thread.submit(read)
        try:
            for value in range(1, 25):
                amount = [f"{value}.00"]
                publish(store, [document("aa", HEBEI, amount), document("bb", HENAN, amount)], [], "1")
                before = len(seen)  # a reader two publications behind would look for versions that are removed
                until(lambda before=before: len(seen) > before or reader.done())  # type: ignore[misc]
        finally:
            done.set()
        reader.result()
    assert {len(moment) for moment in seen} == {1}
    assert len(set().union(*seen)) > 2, "nothing was read between the publications"


def test_a_lake_of_an_older_version_is_written_anew_under_todays_columns(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    publish(store, [document("aa", HEBEI, ["1.00"])], [], "1")
    _age(store, "documents", "container_sha256")
    publish(store, [document("bb", HENAN, ["2.00"])], [], "1")
    manifest = read_manifest(store)
    assert manifest is not None
    for file in manifest.of("documents"):
        assert "container_sha256" in pq.read_schema(tmp_path / file.version).names
    assert amounts(store) == [("aa", "1.00"), ("bb", "2.00")]


def _age(store: Store, table: str, column: str) -> None:
    """Make the lake one that a version without this column wrote."""
    manifest = read_manifest(store)
    assert manifest is not None
    files = [file for file in manifest.files if file.table != table]
    for file in manifest.of(table):
        rows = pq.read_table(io.BytesIO(store.read(file.version)), partitioning=None).drop_columns([column])
        buffer = io.BytesIO()
        pq.write_table(rows, buffer)
        data = buffer.getvalue()
        aged = dataclasses.replace(file, bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), version="")
        store.write_once(aged.version, data)
        files.append(aged)
    store.write(MANIFEST_KEY, dataclasses.replace(manifest, files=tuple(files), schema="").dump())


def test_a_key_that_no_column_has_is_refused() -> None:
    """A misspelt column would be written as null and never be missed."""
    rows = no_rows()
    rows["documents"] = [{"sha256": "aa", "parse_status": "parsed"}]
    rows["sections"] = cast("list[SectionRow]", [{"section_index": 0, "txet": "…"}])
    with pytest.raises(ColumnUnknownError, match="'sections' has 'txet'"):
        pack(ParsedDocument("aa", "parsed", HEBEI, rows))
    rows["sections"] = []
    packed = pack(ParsedDocument("aa", "parsed", HEBEI, rows))
    with pytest.raises(ColumnUnknownError, match="'documents' has 'entty'"):
        packed.with_row(cast("DocumentRow", {**packed.row(), "entty": None}))


def test_every_table_has_a_row_type_and_starts_empty() -> None:
    assert list(no_rows()) == list(TABLES)


def test_files_of_a_table_that_is_no_more_are_removed(store: Store) -> None:
    """A table that was renamed would stand beside its new name for ever, for every tool that reads by glob."""
    publish(store, [document("aa", HEBEI, ["1.00"])], [], "1")
    store.write(f"lake/statements/{HEBEI.path()}/data.parquet", b"rows of an older version")
    publish(store, [document("bb", HENAN, ["2.00"])], [], "1")
    assert next(store.list("lake/statements/"), None) is None
    assert amounts(store) == [("aa", "1.00"), ("bb", "2.00")]
