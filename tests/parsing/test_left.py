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
from gongkai.parsing import left as module
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
    """An index of originals in pieces of three rows."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(known)

    def every(self) -> Iterator[pa.Table]:
        for at in range(0, len(self._known), 3):
            yield self._rows(self._known[at : at + 3])

    def grouped(self, sha256s: Iterable[str]) -> Iterator[tuple[list[str], pa.Table]]:
        yield list(sha256s), self._rows(self._known)

    def _rows(self, known: Iterable[str]) -> pa.Table:
        rows = [Known(sha256, partition=NOWHERE, parser_version=VERSION) for sha256 in known]
        return table_of(rows)


@pytest.mark.parametrize("at_once", [1, 100_000])
@pytest.mark.parametrize("looked_at", [0, 100_000])
def test_what_the_index_knows_is_not_left(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, at_once: int, looked_at: int
) -> None:
    monkeypatch.setattr(module, "_ROWS_AT_ONCE", at_once)
    monkeypatch.setattr(module, "_LOOKED_AT", looked_at)
    manifest = SimpleNamespace(originals=Index(hashes(range(25))), parser_version=VERSION)
    found = left(archive, cast("Manifest", manifest), VERSION, 3)
    assert set(found.chosen) == hashes(range(25, 40))
    assert found.candidates == 40
    assert found.count_of([*hashes([1, 30]), hashlib.sha256(b"other").hexdigest()]) == 2


def test_without_a_manifest_everything_is_left(archive: Archive) -> None:
    assert set(left(archive, None, VERSION, 3).chosen) == hashes(range(40))
