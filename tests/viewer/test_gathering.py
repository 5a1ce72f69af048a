"""What is gathered from the archive in the background."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import pyarrow as pa
import pytest

from gongkai.archive.archive import Archive
from gongkai.lake.manifest import Manifest
from gongkai.serving import shown_of
from gongkai.viewer import gathering
from gongkai.viewer.application import application
from gongkai.viewer.drawing import Drawer
from gongkai.viewer.gathering import Gathering, closed_at_the_end
from gongkai.viewer.protection import Guard
from tests.viewer.conftest import until

Asked = list[dict[str, object]]


def counting(asked: Asked) -> gathering.Gather:
    """Gathers what it was asked for, and notes it."""

    def gather(_: Archive, **of: object) -> pa.Table:
        asked.append(of)
        return pa.table({"part": [str(of)]})

    return gather


def test_each_part_is_gathered_once_and_the_last_are_kept(demo_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_PARTS", 2)
    asked: Asked = []
    gathered = Gathering(Archive.open(str(demo_root)), {"numbers": counting(asked)})

    for year in (2023, 2024, 2023, 2025, 2026, 2023, 2024):
        rows = gathered.rows("numbers", "mark", 60, year=year)
        assert rows is not None
        assert rows.to_pylist() == [{"part": str({"year": year})}]
    assert [of["year"] for of in asked] == [2023, 2024, 2025, 2026, 2024]


@pytest.mark.parametrize("is_large", [False, True])
def test_contradictions_are_compared_before_anybody_asks_unless_the_lake_is_large(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch, *, is_large: bool
) -> None:
    asked: Asked = []
    served = shown_of(Archive.open(str(demo_root)), None)
    served = dataclasses.replace(served, gathered={"contradictions": counting(asked)}, works_ahead=True)
    looked = threading.Event()

    def told(_: Manifest | None) -> bool:
        looked.set()
        return is_large

    monkeypatch.setattr("gongkai.viewer.application.is_large", told)
    prepared: list[Drawer] = []
    monkeypatch.setattr(Drawer, "prepare", lambda drawer: prepared.extend([drawer]))
    application(served, Guard(frozenset()))

    until(lambda: looked.is_set() and (is_large or bool(asked)))
    assert bool(asked) != is_large
    assert len(prepared) == 2


def test_what_is_gathered_with_a_lake_is_interrupted_at_the_end(demo_root: Path) -> None:
    begun, interrupted, closed = threading.Event(), threading.Event(), threading.Event()

    class Lake:
        def interrupt(self) -> None:
            interrupted.set()

        def close(self) -> None:
            closed.set()

    def gather(_: Archive) -> pa.Table:
        with closed_at_the_end(Lake()):
            begun.set()
            interrupted.wait(60)
        return pa.table({})

    gathered = Gathering(Archive.open(str(demo_root)), {"contradictions": gather})
    assert gathered.rows("contradictions", "mark", 0) is None
    begun.wait(60)

    gathered.close()
    assert interrupted.is_set()
    assert closed.is_set()
