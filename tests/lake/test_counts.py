"""What is counted of a large lake file by file is what its rows say, and costs what a publication touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import Archive, Problem, seal, verify
from gongkai.archive.directory_store import DirectoryStore
from gongkai.lake import counts
from gongkai.lake.counts import COUNTED, counted
from gongkai.lake.files import LakeDamagedError
from gongkai.lake.manifest import Manifest, read_manifest
from gongkai.queries.lake import connect
from tests.queries.small_lake import HENAN, rows, write_lake


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DirectoryStore:
    """A small lake, of a size from which it is counted."""
    monkeypatch.setattr(counts, "FROM", 1)
    made = DirectoryStore(tmp_path / "lake")
    write_lake(made)
    return made


@pytest.fixture
def reads(store: DirectoryStore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    noted: list[str] = []
    through = store.read

    def noting(key: str) -> bytes:
        noted.append(key)
        return through(key)

    monkeypatch.setattr(store, "read", noting)
    return noted


def moment(store: DirectoryStore) -> Manifest:
    manifest = read_manifest(store)
    assert manifest is not None
    return manifest


def by_rows(store: DirectoryStore) -> dict[str, dict[str | None, int]]:
    """The counts as DuckDB gives them."""
    with connect(store) as lake:
        return {
            table: dict(
                lake.execute(
                    f"SELECT {column}, count(*) FROM {table}"  # noqa: S608 - names of the schema
                    f" {'WHERE amount IS NOT NULL' if table == 'line_items' else ''} GROUP BY ALL"
                ).fetchall()
            )
            for table, column in COUNTED.items()
        }


def without(sha256: str) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [row for row in table if sha256 not in (row.get("sha256"), row.get("document_sha256"))]
        for name, table in rows().items()
    }


def lake_files_in(reads: list[str]) -> set[str]:
    return {key for key in reads if key.endswith(".parquet")}


def test_counts_are_those_of_the_rows(store: DirectoryStore, reads: list[str]) -> None:
    assert counted(moment(store), most=1000) == by_rows(store)
    assert by_rows(store)["line_items"]
    reads.clear()
    counted(moment(store), most=0)
    assert [key for key in reads if not key.startswith("lake/")] == [counts.KEY]


def test_after_a_publication_only_what_it_wrote_is_read(store: DirectoryStore, reads: list[str]) -> None:
    counted(moment(store), most=1000)
    before = {file.version for file in moment(store).files}
    changed = rows()
    changed["line_items"] = [row for row in changed["line_items"] if row["document_sha256"] != HENAN]
    changed["issues"] = [{**row, "kind": "no_unit"} for row in changed["issues"]]
    write_lake(store, changed)
    reads.clear()
    assert counted(moment(store), most=1000) == by_rows(store)
    written = {file.version for file in moment(store).files if file.table in COUNTED} - before
    assert lake_files_in(reads) == written
    assert written


def test_a_country_is_counted_by_one_reader_after_the_other(store: DirectoryStore) -> None:
    assert [counted(moment(store), most=2) is None for _ in range(4)] == [True, True, True, True]
    for _ in range(8):
        told = counted(moment(store), most=2)
    assert told == by_rows(store)
    assert counted(moment(store), most=0) == by_rows(store)


@pytest.mark.parametrize("damage", ["flipped", "gone", "of another version"])
def test_a_damaged_index_is_made_anew(store: DirectoryStore, damage: str) -> None:
    counted(moment(store), most=1000)
    for info in list(store.list("indexes/")):
        if damage == "gone":
            store.delete(info.key)
        elif damage == "flipped":
            data = store.read(info.key)
            store.write(info.key, data[:-10] + bytes([data[-10] ^ 1]) + data[-9:])
        else:
            store.write(info.key, seal.sealed_json({"version": "0", "counts": {"x": [["parsed", 7]]}}))
    if damage == "flipped":
        assert {found.problem for found in verify(Archive(store)) if "counts" in found.key} == {Problem.ALTERED}
    assert counted(moment(store), most=1000) == by_rows(store)


def test_a_file_that_is_not_what_the_manifest_says_is_not_counted(store: DirectoryStore) -> None:
    file = moment(store).of("line_items")[0]
    data = store.read(file.version)
    store.write(file.version, data[:100] + bytes([data[100] ^ 1]) + data[101:])
    with pytest.raises(LakeDamagedError):
        counted(moment(store), most=1000)
