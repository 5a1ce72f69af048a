"""A country's originals are parsed a batch at a time, and the lake is that of all at once."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import Archive, Capture, Outcome, Role, Store, new_capture_id, new_run_id
from gongkai.lake.manifest import read_manifest
from gongkai.lake.packing import PackedDocument, pack
from gongkai.lake.publication import publish, read_table
from gongkai.parsing import left, stage
from gongkai.parsing.document import refuse
from gongkai.parsing.left import what_is_left
from gongkai.parsing.stage import parse
from gongkai.parsing.workers import Task
from tests.places import DEMO_SITE

MOMENT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def captured(archive: Archive, files: Sequence[bytes], portal: str, in_article: int) -> None:
    """Files of a portal, a few in each article, in one run."""
    run = new_run_id(MOMENT)
    captures = []
    for number, data in enumerate(files):
        kept = archive.keep_original(data)
        captures.append(
            Capture(
                capture_id=new_capture_id(),
                run_id=run,
                portal=portal,
                role=Role.ATTACHMENT,
                url=f"https://{portal}.gov.cn/{number}.txt",
                parent_url=f"https://{portal}.gov.cn/{number // in_article}.html",
                link_text=f"附件{number}",
                outcome=Outcome.CAPTURED,
                requested_at=MOMENT + dt.timedelta(seconds=number),
                payload_sha256=kept.sha256,
                payload_bytes=kept.bytes,
            )
        )
    archive.record(captures)


def texts(count: int, portal: str) -> list[bytes]:
    return [f"{portal} {number}".encode() for number in range(count)]


def refused(tasks: list[Task]) -> Iterator[PackedDocument]:
    return (pack(refuse(task.sha256, "damaged", "none of this test's files is read")) for task in tasks)


@pytest.fixture
def portals(tmp_path: Path) -> Archive:
    archive = Archive.open(str(tmp_path / "portals"))
    for portal in ("hebei", "henan"):
        captured(archive, texts(30, portal), portal, in_article=3)
    return archive


def test_files_of_an_article_are_in_one_batch_and_all_originals_in_some(
    portals: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = what_is_left(portals)
    [everything] = whole.batches()
    monkeypatch.setattr(left, "ORIGINALS_AT_ONCE", 7)
    batches = list(what_is_left(portals).batches())
    assert whole.total == sum(len(batch.chosen) for batch in batches) == 60
    assert all(7 <= len(batch.chosen) <= 9 for batch in batches[:-1])
    assert not any(batch.siblings for batch in batches)
    told = {sha256: captures for batch in batches for sha256, captures in batch.chosen.items()}
    assert told == everything.chosen
    articles = [{captures[0].parent_url for captures in batch.chosen.values()} for batch in batches]
    assert sum(map(len, articles)) == len(set().union(*articles)) == 20


def test_an_article_larger_than_two_batches_is_cut_and_its_files_know_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.open(str(tmp_path))
    captured(archive, texts(10, "henan"), "henan", in_article=10)
    monkeypatch.setattr(left, "ORIGINALS_AT_ONCE", 2)
    batches = list(what_is_left(archive).batches())
    assert [len(batch.chosen) for batch in batches] == [4, 4, 2]
    assert [len(batch.beside) for batch in batches] == [10, 10, 10]


def test_captures_and_tasks_of_no_more_than_a_batch_are_in_memory(
    portals: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(left, "ORIGINALS_AT_ONCE", 6)
    held: list[tuple[int, int]] = []

    def pool(_: str, tasks: list[Task]) -> Iterator[PackedDocument]:
        if tasks:
            gc.collect()
            alive = [each for each in gc.get_objects() if isinstance(each, Capture | Task)]
            held.append((len(tasks), len(alive)))
        return refused(tasks)

    report = parse(portals, pool=pool)
    assert (report.total, report.unreadable) == (60, 60)
    assert len(held) == 10
    assert all(tasks == 6 and alive <= 2 * 12 for tasks, alive in held), held


def test_the_lake_of_many_batches_is_that_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [path.read_bytes() for path in sorted(DEMO_SITE.rglob("*")) if path.suffix in {".docx", ".xlsx"}]

    def lake(name: str) -> tuple[str, list[dict[str, object]]]:
        archive = Archive.open(str(tmp_path / name))
        captured(archive, files, "henan", in_article=2)
        parse(archive, workers=1)
        manifest = read_manifest(archive.store)
        assert manifest is not None
        return manifest.publication, read_table(archive.store, "documents", manifest).to_pylist()

    at_once = lake("whole")
    assert len(at_once[1]) > 1
    monkeypatch.setattr(left, "ORIGINALS_AT_ONCE", 1)
    assert lake("cut") == at_once


@pytest.mark.parametrize(("bound", "publications"), [(stage.BYTES_PER_PUBLICATION, 1), (1, 60)])
def test_rows_that_take_much_memory_are_published_early(
    portals: Archive, monkeypatch: pytest.MonkeyPatch, bound: int, publications: int
) -> None:
    monkeypatch.setattr(stage, "BYTES_PER_PUBLICATION", bound)
    published: list[int] = []

    def noted(store: Store, documents: Sequence[PackedDocument], *rest: Any, **options: Any) -> None:
        published.append(len(documents))
        publish(store, documents, *rest, **options)

    monkeypatch.setattr(stage, "publish", noted)
    parse(portals, pool=lambda _, tasks: refused(tasks))
    assert (len([count for count in published if count]), sum(published)) == (publications, 60)
