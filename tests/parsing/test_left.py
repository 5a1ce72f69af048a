"""What is left to parse is every capture that may hold a document, but for those the lake's index knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import cast

import pyarrow as pa
import pytest

from gongkai.archive import Archive, add_files
from gongkai.lake.manifest import Manifest
from gongkai.lake.originals import Known
from gongkai.lake.originals import _table as table_of
from gongkai.lake.partition import Partition
from gongkai.parsing import candidate_index
from gongkai.parsing import left as module
from gongkai.parsing.candidate_index import KEY
from gongkai.parsing.left import left

VERSION = "9"
NOWHERE = Partition(None, None, None)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("files")
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"部门预算 {number}", encoding="utf-8")
    made = Archive.open(str(tmp_path_factory.mktemp("archive")))
    add_files(made, [folder])
    return made


def hashes(numbers: Iterable[int]) -> set[str]:
    return {hashlib.sha256(f"部门预算 {number}".encode()).hexdigest() for number in numbers}


class Index:
    """An index of originals in one piece."""

    pieces = ("0",)
    whole = None

    def __init__(self, known: Iterable[str]) -> None:
        self._rows = table_of(Known(sha256, partition=NOWHERE, parser_version=VERSION) for sha256 in sorted(known))

    def piece(self, number: int, columns: list[str]) -> pa.Table:
        return self._rows.slice(0, None if number == 0 else 0).select(columns)

    def grouped(self, sha256s: Iterable[str]) -> Iterator[tuple[list[str], pa.Table]]:
        yield list(sha256s), self._rows


@pytest.mark.parametrize("rows", [3, 65_536])
@pytest.mark.parametrize("looked_at", [0, 1000])
def test_what_the_index_knows_is_not_left(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, rows: int, looked_at: int
) -> None:
    monkeypatch.setattr(candidate_index, "_ROWS_PER_PART", rows)
    monkeypatch.setattr(module, "_LOOKED_AT", looked_at)
    archive.store.delete(KEY)
    manifest = SimpleNamespace(originals=Index(hashes(range(25))), parser_version=VERSION)
    found = left(archive, cast("Manifest", manifest), VERSION, 3)
    assert {sha256 for batch in found.batches() for sha256 in batch.chosen} == hashes(range(25, 40))
    assert found.candidates == 40
    assert found.count_of([*hashes([1, 30]), hashlib.sha256(b"other").hexdigest()]) == 2


def test_without_a_manifest_everything_is_left(archive: Archive) -> None:
    batches = left(archive, None, VERSION, 3).batches()
    assert {sha256 for batch in batches for sha256 in batch.chosen} == hashes(range(40))
