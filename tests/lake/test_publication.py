"""Publishing: partitions rewritten whole, readers shown one moment, a cut-off publication completed."""

from __future__ import annotations

import collections
import concurrent.futures
import dataclasses
import hashlib
import io
import itertools
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, cast

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.archive import Archive, Store, lock, open_store, streams, verify
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.store import StoreError
from gongkai.lake import encoding, merging, publication
from gongkai.lake import files as files_module
from gongkai.lake import fixity as lake_fixity
from gongkai.lake.current import PUBLISHING_KEY, RETIRED_KEY, read_retired
from gongkai.lake.files import PIECES, LakeDamagedError, LakeFile
from gongkai.lake.fixity import lake_files
from gongkai.lake.intact import damaged_of
from gongkai.lake.manifest import MANIFEST_KEY, Manifest, read_manifest
from gongkai.lake.merging import is_layout_of, without_partition
from gongkai.lake.packing import ColumnUnknownError, PackedDocument, pack
from gongkai.lake.partition import Partition, Partitions
from gongkai.lake.publication import finish_publication, publish, read_table, write_manifest
from gongkai.lake.rows import DocumentRow, ParsedDocument, Rows, SectionRow, no_rows
from gongkai.lake.schema import TABLES, LakeTable, arrow_schema
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
def root(any_root: str) -> str:
    return any_root


@pytest.fixture
def store(root: str) -> Store:
    return open_store(root)


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


def test_a_partition_of_many_row_groups_is_the_same_however_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents begin, end and lie inside every row group; one is replaced by more rows, one by fewer, one goes."""
    monkeypatch.setattr(encoding, "ROWS_PER_GROUP", 10)
    monkeypatch.setattr(merging, "_AT_ONCE", 10)
    many = [document(f"{number:02x}", HEBEI, ["1.00"] * (1 + number * 7 % 29)) for number in range(60)]
    whole, cut = open_store(str(tmp_path / "whole")), open_store(str(tmp_path / "cut"))
    publish(whole, many, [], "1")
    earlier = [document("03", HEBEI, ["9.00"]), document("04", HEBEI, ["9.00"] * 50), document("ff", HEBEI, ["9.00"])]
    publish(cut, earlier, [], "1")
    for start in (2, 0, 1):
        publish(cut, many[start::3], [], "1")
    publish(cut, [document("ff", HENAN, [])], [], "1")
    gone = cut.read(MANIFEST_KEY)
    publish(whole, [document("ff", HENAN, [])], [], "1")
    assert whole.read(MANIFEST_KEY) == gone
    ((file, other), *rest) = zip(read_files(whole, "line_items"), read_files(cut, "line_items"), strict=True)
    assert rest == []
    assert file.num_row_groups > 60
    assert file.read().equals(other.read())


def test_long_files_are_neither_read_nor_written_whole(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [document(f"{number:02x}", HEBEI, ["1.00"] * 9) for number in range(60)]
    whole, store = open_store(f"{root}/whole"), open_store(f"{root}/parts")
    publish(whole, many, [], "1")
    monkeypatch.setattr(files_module, "IN_MEMORY", 1)
    monkeypatch.setattr(streams, "IN_MEMORY", 1)
    with monkeypatch.context() as patch:
        patch.setattr(encoding, "ROWS_PER_GROUP", 100)
        publish(store, many[:30], [], "1")
    taken = counted(store, monkeypatch)
    publish(store, many[30:], [], "1")
    assert not [key for method, key in taken if method == "read" and key.endswith(".parquet") and PIECES not in key]
    assert whole.read(MANIFEST_KEY) == store.read(MANIFEST_KEY)
    manifest = read_manifest(store)
    assert manifest is not None
    (key, *_) = (file.version for file in manifest.of("line_items"))
    store.write(key, store.read(key)[:-1] + b"?")
    with pytest.raises(LakeDamagedError, match=key):
        publish(store, [document("ff", HEBEI, ["1.00"])], [], "1")


def read_files(store: Store, table: str) -> list[pq.ParquetFile]:
    manifest = read_manifest(store)
    assert manifest is not None
    return [pq.ParquetFile(io.BytesIO(store.read(file.version))) for file in manifest.of(table)]


def test_of_a_partition_only_some_rows_are_in_memory_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, nothing = open_store(str(tmp_path)), pa.array([], pa.string())
    monkeypatch.setattr(merging, "_AT_ONCE", 100)
    many = [document(f"{number:04x}", HEBEI, ["1.00"] * 30) for number in range(200)]
    arriving = list(merging.rows_after(store, TABLES["line_items"], None, many, nothing))
    assert [part.num_rows for part in arriving] == [120] * 50
    (file,) = publish(store, many, [], "1").of("line_items")
    staying = list(merging.rows_after(store, TABLES["line_items"], file, [document("00", HEBEI, ["1.00"])], nothing))
    assert sum(part.num_rows for part in staying) == 200 * 30 + 1
    assert max(part.num_rows for part in staying) <= 101


def test_every_table_is_sorted_by_the_document_first() -> None:
    """Merging rests on it."""
    assert {table.sort[0] for table in TABLES.values()} == {"sha256", "document_sha256"}


def test_a_file_that_does_not_state_the_order_of_today_is_sorted_anew(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    publish(store, [document("aa", HEBEI, ["1.00", "2.00"]), document("cc", HEBEI, ["4.00"])], [], "1")
    _rewrite(store, "line_items", lambda rows: rows.sort_by([("amount", "descending")]))
    publish(store, [document("bb", HEBEI, ["3.00"])], [], "1")
    assert amounts(store) == [("aa", "1.00"), ("aa", "2.00"), ("bb", "3.00"), ("cc", "4.00")]


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


def test_versions_are_removed_after_their_time_of_grace(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for amount in ("1.00", "2.00", "3.00", "4.00"):
        publish(store, [document("aa", HEBEI, [amount])], [], "1")
    assert len(versions(store)) == 1 + 4, "documents stay the same, amounts changed four times"
    assert len([key for key in read_retired(store) or () if not key.startswith(PIECES)]) == 3
    monkeypatch.setenv("GONGKAI_LAKE_GRACE", "0")
    publish(store, [], [], "1")
    assert len(versions(store)) == 2
    assert store.size(RETIRED_KEY) is None
    assert list(verify(Archive(store), further=(lake_files,))) == []


def versions(store: Store) -> list[str]:
    return [entry.key for entry in store.list("lake_versions/") if not entry.key.startswith(PIECES)]


def test_a_version_is_kept_from_when_it_was_last_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not from when it was written: a lake unchanged for a year has readers too."""
    store = open_store(str(tmp_path))
    publish(store, [document("aa", HEBEI, ["1.00"])], [], "1")
    for key in versions(store):
        os.utime(store.locate(key), (0, 0))
    publish(store, [document("aa", HEBEI, ["2.00"])], [], "1")
    assert len(versions(store)) == 3


def stepping(store: Store, step: Callable[[str], None]) -> Store:
    """The store, saying each step before it is taken."""

    def one_by_one(name: str, things: Iterable[Any]) -> Iterator[Any]:
        for thing in things:
            step(name)
            yield thing

    class Stepping(type(store)):  # type: ignore[misc]  # locks ask what kind of store it is
        def write_all_once(self, objects: Iterable[tuple[str, bytes | BinaryIO]]) -> None:
            super().write_all_once(one_by_one("write_all_once", objects))

        def copy_all(self, names: Iterable[tuple[str, str]]) -> None:
            super().copy_all(one_by_one("copy_all", names))

        def write(self, key: str, data: bytes) -> None:
            step(f"write {key}")
            super().write(key, data)

        def replace(self, key: str, data: bytes, tag: str | None) -> bool:
            step(f"replace {key}")
            return bool(super().replace(key, data, tag))

        def delete(self, key: str) -> None:
            step(f"delete {key}")
            super().delete(key)

    store.__class__ = Stepping
    return store


def lake_steps(step: str) -> bool:
    """Steps of the publication itself, not of the lease."""
    return "locks/" not in step


def steps_of_a_publication(root: str) -> int:
    taken: list[str] = []
    store = open_store(f"{root}-counted")
    publish(store, [document("aa", HEBEI, ["1.00"])], [], "1")
    publish(stepping(store, taken.append), [document("bb", HEBEI, ["2.00"])], [], "1")
    assert {"write_all_once", "copy_all", f"replace {MANIFEST_KEY}", f"delete {PUBLISHING_KEY}"} <= set(taken)
    return len(list(filter(lake_steps, taken)))


def paused(store: Store, number: int, meanwhile: Callable[[], None]) -> Store:
    """A store under which something else happens before the so-many-th step."""
    steps = itertools.count()

    def step(name: str) -> None:
        if lake_steps(name) and next(steps) == number:
            meanwhile()

    return stepping(store, step)


def test_a_publication_begun_during_another_waits_for_it(root: str) -> None:
    """At every step of the first; without the lock each of these lost the documents of one of the two."""
    store = open_store(root)
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        for number in range(steps_of_a_publication(root)):
            begun: list[concurrent.futures.Future[Manifest]] = []

            def meanwhile(number: int = number, begun: list[Any] = begun) -> None:
                second = [document(f"second {number}", HEBEI, ["2.00"])]
                begun.append(thread.submit(publish, open_store(root), second, [], "1"))
                with pytest.raises(TimeoutError):
                    begun[0].result(0.1)

            first = [document(f"first {number}", HEBEI, ["1.00"])]
            publish(paused(open_store(root), number, meanwhile), first, [], "1")
            begun[0].result(300)
            both = {f"{which} {each}" for which in ("first", "second") for each in range(number + 1)}
            assert {sha256 for sha256, _ in amounts(store)} == both
    assert list(verify(Archive(store), further=(lake_files,))) == []


def test_a_publication_that_lost_its_lock_at_any_step_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process stood still for longer than a lease lasts, and another one published meanwhile."""
    number_of_steps = steps_of_a_publication(str(tmp_path))
    monkeypatch.setattr(lock, "_system_lock", lambda *_: None)
    for number in range(number_of_steps):
        root = str(tmp_path / str(number))
        store = open_store(root)
        publish(store, [document("aa", HEBEI, ["1.00"])], [], "1")

        def meanwhile(root: str = root) -> None:
            with monkeypatch.context() as patch:
                patch.setattr(lock, "EXPIRE_SECONDS", -1.0)
                publish(open_store(root), [document("cc", HEBEI, ["3.00"])], [], "1")

        publish(paused(open_store(root), number, meanwhile), [document("bb", HEBEI, ["2.00"])], [], "1")
        assert {sha256 for sha256, _ in amounts(store)} == {"aa", "bb", "cc"}, number
        finish_publication(store)
        assert list(verify(Archive(store), further=(lake_files,))) == [], number


def test_verify_during_a_publication_says_so(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every step of it; and where it was cut off there, one finding says how it is mended."""
    told: list[str] = []

    def look() -> list[Finding]:
        return list(verify(Archive(open_store(root)), note=told.append, further=(lake_files,)))

    def meanwhile() -> None:
        assert look() == []
        # As if the publisher were killed here: nobody holds the lock any more.
        with monkeypatch.context() as patch:
            patch.setattr(lake_fixity, "is_locked", lambda *_: False)
            unfinished.extend(look())

    unfinished: list[Finding] = []
    publish(open_store(root), [document("aa", HEBEI, ["0.00"]), document("bb", HENAN, ["0.00"])], [], "1")
    steps = steps_of_a_publication(root)
    for number in range(steps // 2 if root.startswith("s3:") else 0, steps):
        publish(paused(open_store(root), number, meanwhile), [document("aa", HEBEI, [f"{number + 1}.00"])], [], "1")
    assert any("under way" in text for text in told)
    assert {(finding.key, finding.problem) for finding in unfinished} == {(PUBLISHING_KEY, Problem.UNFINISHED)}
    assert look() == []


def test_verify_during_the_first_publication_says_so(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is missing yet: neither while it is under way, nor where it was cut off before its manifest."""
    told: list[str] = []
    unfinished: list[Finding] = []

    def meanwhile() -> None:
        assert list(verify(Archive(open_store(of)), note=told.append, further=(lake_files,))) == []
        with monkeypatch.context() as patch:
            patch.setattr(lake_fixity, "is_locked", lambda *_: False)
            unfinished.extend(verify(Archive(open_store(of)), further=(lake_files,)))

    for number in range(8):
        of = f"{root}-{number}"
        publish(paused(open_store(of), number, meanwhile), [document("aa", HEBEI, ["1.00"])], [], "1")
    assert any("under way" in text for text in told)
    assert {finding.problem for finding in unfinished} == {Problem.UNFINISHED}
    assert MANIFEST_KEY in {finding.key for finding in unfinished}


def test_many_who_publish_at_once_lose_nothing(root: str) -> None:
    def publish_some(writer: int) -> None:
        store = open_store(root)
        for number in range(4):
            publish(store, [document(f"{writer} {number}", HEBEI, ["1.00"])], [f"page {writer} {number}"], "1")

    with concurrent.futures.ThreadPoolExecutor(3) as threads:
        list(threads.map(publish_some, range(3)))
    store = open_store(root)
    assert len(amounts(store)) == 12
    manifest = read_manifest(store)
    assert manifest is not None
    assert len(manifest.passed_over) == 12
    assert list(verify(Archive(store), further=(lake_files,))) == []


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
    _rewrite(store, table, lambda rows: rows.drop_columns([column]), schema="")


def _rewrite(store: Store, table: str, change: Callable[[pa.Table], pa.Table], schema: str | None = None) -> None:
    """Write the files of a table anew, without what ours say of themselves."""
    manifest = read_manifest(store)
    assert manifest is not None
    files = [file for file in manifest.files if file.table != table]
    for file in manifest.of(table):
        rows = change(pq.read_table(io.BytesIO(store.read(file.version)), partitioning=None))
        buffer = io.BytesIO()
        pq.write_table(rows, buffer)
        data = buffer.getvalue()
        aged = dataclasses.replace(file, bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), version="")
        store.write_once(aged.version, data)
        files.append(aged)
    write_manifest(store, files, manifest.parser_version, manifest.schema if schema is None else schema)


@pytest.mark.parametrize("cut_off", [False, True])
def test_of_another_version_only_tables_with_other_columns_are_written_anew(
    root: str, monkeypatch: pytest.MonkeyPatch, *, cut_off: bool
) -> None:
    store = open_store(root)
    publish(store, [document("aa", HEBEI, ["1.00"]), document("bb", HENAN, ["2.00"])], [], "1")
    _rewrite(store, "documents", lambda rows: rows.drop_columns(["container_sha256"]), schema="an older version's")
    taken = counted(store, monkeypatch)
    if cut_off:  # between the manifest and the current files
        with monkeypatch.context() as patch:
            patch.setattr(publication, "bring_in_line", _raises)
            with pytest.raises(StoreError):
                publish(store, [document("aa", HEBEI, ["3.00"])], [], "1")
        finish_publication(store)
    else:
        publish(store, [document("aa", HEBEI, ["3.00"])], [], "1")
    assert not [key for method, key in taken if method == "list"]
    of_henan = {key for method, key in taken if method != "delete" and HENAN.path() in key}
    manifest = read_manifest(store)
    assert manifest is not None
    anew = {file.version: file.path for file in manifest.of("documents") if file.partition == HENAN}
    assert of_henan >= {*anew, *anew.values()}
    if not cut_off:
        (amounts_of_henan,) = (file for file in manifest.of("line_items") if file.partition == HENAN)
        assert amounts_of_henan.version not in of_henan
        assert amounts_of_henan.path not in of_henan
    for file in manifest.files:
        assert store.read(file.path) == store.read(file.version)
        names = pq.ParquetFile(io.BytesIO(store.read(file.version))).schema_arrow.names
        assert names == without_partition(arrow_schema(TABLES[file.table])).names
    assert amounts(store) == [("aa", "3.00"), ("bb", "2.00")]
    whole = open_store(f"{root}/whole")
    publish(whole, [document("aa", HEBEI, ["3.00"]), document("bb", HENAN, ["2.00"])], [], "1")
    assert whole.read(MANIFEST_KEY) == store.read(MANIFEST_KEY)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_file_tells_whether_it_is_of_todays_columns(table: LakeTable) -> None:
    today = without_partition(arrow_schema(table))
    cases = {
        "as written": (today, True),
        "no words": (today.remove_metadata().with_metadata({b"pandas": (today.metadata or {})[b"pandas"]}), True),
        "a column less": (today.remove(0), False),
        "a column more": (today.append(pa.field("more", pa.string())), False),
        "another type": (today.set(0, pa.field(today.names[0], pa.float64())), False),
        "no types for pandas": (today.remove_metadata(), False),
    }
    for case, (schema, expected) in cases.items():
        buffer = io.BytesIO()
        pq.write_table(schema.empty_table(), buffer)
        buffer.seek(0)
        assert is_layout_of(pq.ParquetFile(buffer).schema_arrow, table) is expected, case


def _raises(*_: object) -> None:
    raise StoreError("away")


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
    manifest = publish(store, [document("aa", HEBEI, ["1.00"])], [], "1")
    data = b"rows of an older version"
    old = LakeFile("statements", HEBEI, 1, len(data), hashlib.sha256(data).hexdigest())
    store.write(old.version, data)
    store.write(old.path, data)
    write_manifest(store, [*manifest.files, old], "1", "the columns of an older version")
    publish(store, [document("bb", HENAN, ["2.00"])], [], "1")
    assert next(store.list("lake/statements/"), None) is None
    assert amounts(store) == [("aa", "1.00"), ("bb", "2.00")]


def counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every request to the store from now on, by method and key, those about locks left out."""
    taken: list[tuple[str, str]] = []

    def counting(name: str) -> None:
        really = getattr(store, name)

        def method(key: Any, *given: Any) -> Any:
            if name in {"write_all_once", "copy_all"}:
                key = list(key)
                taken.extend((name, each[-1] if name == "copy_all" else each[0]) for each in key)
            elif not key.startswith("locks/"):
                taken.append((name, key))
            return really(key, *given)

        monkeypatch.setattr(store, name, method)

    for name in ("read", "open", "info", "size", "list", "write", "replace", "delete", "write_all_once", "copy_all"):
        counting(name)
    return taken


def test_requests_grow_with_what_is_touched_not_with_the_lake(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No prefix is listed, no file of another partition is opened; a reader of one partition asks for that one."""
    store = open_store(root)
    many = [Partition(province, 2020 + year, "教育") for province in ("河北省", "河南省") for year in range(4)]
    publish(store, [document(f"{at}", partition, ["1.00"]) for at, partition in enumerate(many)], [], "1")
    taken = counted(store, monkeypatch)
    publish(store, [document("new", many[0], ["2.00"])], [], "1")
    assert not [key for method, key in taken if method == "list"]
    foreign = [key for _, key in taken if "province=" in key and many[0].path() not in key]
    assert foreign == []
    often = collections.Counter(method for method, key in taken if not key.startswith("locks/"))
    read = [key for method, key in taken if method == "read"]
    # The manifest; of documents and line items the piece of the province and the version; a piece of the index.
    assert sum(key == MANIFEST_KEY or key.startswith("lake_versions/") for key in set(read)) == 1 + 2 + 2 + 1
    assert len(read) <= 11, "the index is asked twice more, and the notes of earlier publications"
    assert {name: often[name] for name in ("write_all_once", "copy_all", "replace", "delete")} == {
        "write_all_once": 2 + 2 + 1,
        "copy_all": 2,
        "replace": 1,
        "delete": 1,
    }
    assert often["write"] == 2, "what is under way, and what is named no more"
    taken.clear()
    manifest = read_manifest(store)
    assert manifest is not None
    files = manifest.of("line_items", Partitions({"河北省"}, {2020}))
    assert damaged_of(store, files) == []
    assert len(files) == 1
    assert [method for method, _ in taken if method in {"read", "info", "list"}] == ["read", "read", "info"]
    assert {key for method, key in taken if method == "open"} >= {files[0].version}
