"""The stage as its users run it: real originals in a real archive, worker processes, kills."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import Archive, Role, add_files, verify
from gongkai.archive.keys import original_key
from gongkai.archive.local_files import Told
from gongkai.lake import publication
from gongkai.lake.fixity import lake_files
from gongkai.lake.manifest import CURRENT, Manifest, ManifestError, read_manifest
from gongkai.lake.packing import PackedDocument
from gongkai.lake.publication import read_table
from gongkai.parsing import stage, workers
from gongkai.parsing.left import pending
from gongkai.parsing.publisher import Context
from gongkai.parsing.stage import ParsedSummary, parse
from gongkai.parsing.workers import Child, Limits, Task, parse_all
from tests.documents.compound import compound_file
from tests.documents.embedding import docx_with
from tests.places import DEMO_SITE

PDF = DEMO_SITE / "202502" / "P020250218365478120001.pdf"
XLSX = DEMO_SITE / "202502" / "W020250210391746205001.xlsx"
DOCX = DEMO_SITE / "202502" / "P020250214402150633002.docx"

BAD: dict[str, bytes] = {
    "empty.pdf": b"",
    "half.pdf": PDF.read_bytes()[: PDF.stat().st_size // 2],
    "page.pdf": "<html><title>通知</title><body><p>关于放假的通知</p></body></html>".encode(),
    "noise.xls": bytes(range(256)) * 40,
}


def archive_of(root: Path, *files: Path) -> Archive:
    archive = Archive.open(str(root))
    add_files(archive, [str(file) for file in files])
    return archive


@pytest.fixture
def bad_files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "bad"
    folder.mkdir()
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in BAD]


def test_bad_files_cost_one_issue_each_and_the_rest_is_parsed(tmp_path: Path, bad_files: list[Path]) -> None:
    archive = archive_of(tmp_path / "root", *bad_files, XLSX)
    report = parse(archive)
    assert (report.total, report.parsed + report.partial, report.exit_code) == (5, 1, 1)
    manifest = read_manifest(archive.store)
    documents = read_table(archive.store, "documents", manifest).to_pylist()
    assert {row["file_name"]: row["parse_status"] for row in documents} == {
        "empty.pdf": "unreadable",
        "half.pdf": "unreadable",
        "page.pdf": "unrelated",
        "noise.xls": "unreadable",
        XLSX.name: "partial",
    }
    issues = read_table(archive.store, "issues", manifest).to_pylist()
    named = {row["sha256"]: row["file_name"] for row in documents}
    for name in BAD:
        reasons = [row["reason"] for row in issues if named[row["document_sha256"]] == name]
        assert reasons, name
        assert all(len(reason) > 10 for reason in reasons)
    assert all(archive.original(row["sha256"]) is not None for row in documents)


def test_what_is_parsed_is_not_parsed_again(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, XLSX)
    assert len(pending(archive)) == 1
    assert parse(archive).total == 1
    assert pending(archive) == []
    again = parse(archive)
    assert (again.total, again.skipped) == (0, 1)
    assert parse(archive, everything=True).total == 1


def test_after_its_time_a_run_begins_nothing_more_and_publishes_what_it_has(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(3)]
    for file in files:
        file.write_text(f"收入支出情况\n大冶市第{file.stem}中学2025年预算\n")
    archive = archive_of(tmp_path / "root", *files)
    for left in (2, 1, 0):
        report = parse(archive, workers=1, max_seconds=0)
        assert (report.total, len(pending(archive)), report.exit_code) == (left + 1, left, 0)


def test_what_a_person_told_is_known_to_every_parsing(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("收入支出情况\n大冶市某某单位预算\n")
    archive = Archive.open(str(tmp_path / "root"))
    add_files(archive, [file], told=Told(2024, "大冶市教育局", "420281", "approved"))
    add_files(archive, [file], told=Told(year=2025))
    for everything in (False, True):
        parse(archive, everything=everything)
        row = read_table(archive.store, "documents", read_manifest(archive.store)).to_pylist()[0]
        known = (row["year"], row["entity"], row["division_code"], row["phase"])
        assert known == (2025, "大冶市教育局", "420281", "approved")


def test_a_document_whose_year_and_place_cannot_be_told_is_kept(tmp_path: Path) -> None:
    lines = [
        "部门支出总表",
        "",
        "单位：万元",
        "",
        "科目编码\t科目名称\t合计",
        "208\t社会保障和就业支出\t5.00",
        "20801\t甲\t5.00",
    ]
    file = tmp_path / "nameless.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    archive = archive_of(tmp_path / "root", file)
    parse(archive)
    manifest = read_manifest(archive.store)
    kinds = [row["kind"] for row in read_table(archive.store, "issues", manifest).to_pylist()]
    assert {"entity_unknown", "year_unknown", "place_unknown"} <= set(kinds)
    items = read_table(archive.store, "line_items", manifest).to_pylist()
    assert [str(row["amount"]) for row in items] == ["50000.00", "50000.00"]
    assert {(row["province"], row["year"], row["department"]) for row in items} == {(None, None, None)}


@pytest.fixture
def unread() -> Iterator[Callable[..., None]]:
    """Have an original's file be a pipe: who reads it waits, and something may be done as soon as somebody does."""
    over = threading.Event()

    def made(archive: Archive, sha256: str, then: Callable[[], object] = lambda: None) -> None:
        path = Path(archive.store.locate(original_key(sha256)))
        path.unlink()
        os.mkfifo(path)

        def hold() -> None:
            with path.open("wb"):
                then()
                over.wait(120)

        threading.Thread(target=hold, daemon=True).start()

    yield made
    over.set()


def kinds(found: Iterable[PackedDocument]) -> list[list[str | None]]:
    return [document.table("issues").column("kind").to_pylist() for document in found]


def test_a_worker_that_overruns_is_replaced(tmp_path: Path, unread: Callable[..., None]) -> None:
    archive = archive_of(tmp_path, PDF, XLSX)
    tasks = [Task(sha256, Context()) for sha256 in pending(archive)]
    for task in tasks:
        unread(archive, task.sha256)
    assert kinds(parse_all(archive.store.url, tasks, 1, Limits(seconds=2))) == [["too_slow"]] * 2


def test_a_worker_that_dies_costs_one_issue_and_is_replaced(tmp_path: Path, unread: Callable[..., None]) -> None:
    archive = archive_of(tmp_path, PDF, XLSX)
    tasks = [Task(sha256, Context()) for sha256 in pending(archive)]
    of_others = set(multiprocessing.active_children())

    def kill() -> None:
        [worker] = set(multiprocessing.active_children()) - of_others
        worker.kill()

    unread(archive, tasks[0].sha256, kill)
    died, parsed = parse_all(archive.store.url, tasks, 1)
    assert kinds([died]) == [["parser_died"]]
    assert (died.sha256, died.status) == (tasks[0].sha256, "unreadable")
    assert (parsed.sha256, parsed.status) == (tasks[1].sha256, "partial")


def test_a_worker_that_died_idle_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_of(tmp_path, PDF, XLSX)
    tasks = [Task(sha256, Context()) for sha256 in pending(archive)]
    receive = workers._receive

    def receive_and_kill(worker: workers._Worker, *others: Any) -> list[PackedDocument]:
        documents = receive(worker, *others)
        worker.process.kill()
        worker.process.join()
        return documents

    monkeypatch.setattr(workers, "_receive", receive_and_kill)
    assert [document.status for document in parse_all(archive.store.url, tasks, 1)] == ["parsed", "partial"]


def failing(monkeypatch: pytest.MonkeyPatch, *shas: str) -> None:
    """Have these originals fail for a reason that may pass, in this process's place of the workers."""
    parse_one = workers._parse

    def all_here(root: str, tasks: list[Task], *_: object) -> Iterator[PackedDocument]:
        archive = Archive.open(root)
        for task in tasks:
            if task.sha256 in shas:
                yield workers._failed(task.sha256, "parser_died", "the machine killed it")
            else:
                yield from parse_one(archive, task)

    monkeypatch.setattr(stage, "parse_all", all_here)


def test_a_worker_whose_parent_was_killed_leaves_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A terminal would show its traceback behind the sentence that the command ends with."""
    child = Child(str(tmp_path), Limits(bytes=2**32))
    process, pipe = child._worker.process, child._worker.pipe
    pipe.send(Task("0" * 64, Context()))
    pipe.close()  # before it can answer, as it has to start first
    process.join(300)
    assert (process.exitcode, capfd.readouterr().err) == (0, "")


def test_what_failed_for_a_reason_that_may_pass_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_of(tmp_path, DOCX, XLSX)
    docx = pending(archive)[0]
    failing(monkeypatch, docx)
    first = parse(archive)
    assert (first.unreadable, first.unsettled, first.exit_code) == (1, 1, 1)
    assert pending(archive) == [docx]
    failing(monkeypatch)
    second = parse(archive)
    assert (second.total, second.unreadable, second.unsettled, second.exit_code) == (1, 0, 0, 0)
    assert pending(archive) == []
    assert "unreadable" not in {row["parse_status"] for row in documents(archive)}


def test_what_fails_again_and_again_is_given_up_but_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_PARSE_ATTEMPTS", "2")
    archive = archive_of(tmp_path, XLSX)
    [sha256] = pending(archive)
    failing(monkeypatch, sha256)
    assert [parse(archive).total for _ in range(3)] == [1, 1, 0]
    assert pending(archive) == []
    assert parse(archive).exit_code == 1, "it remains unread"
    assert [row["parse_status"] for row in documents(archive)] == ["unreadable"]
    monkeypatch.setenv("GONGKAI_PARSE_ATTEMPTS", "3")
    assert pending(archive) == [sha256]
    failing(monkeypatch)
    assert parse(archive, everything=True).exit_code == 0


def test_a_passing_fault_replaces_no_earlier_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_of(tmp_path, XLSX)
    [sha256] = pending(archive)
    failing(monkeypatch)
    parse(archive)
    before = _lake(archive)
    failing(monkeypatch, sha256)
    assert parse(archive, everything=True).exit_code == 1
    assert _lake(archive) == before
    assert pending(archive) == [sha256]


def test_a_store_that_is_away_while_a_worker_starts_is_a_passing_fault(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "root", XLSX)
    [sha256] = pending(archive)
    (tmp_path / "file").write_bytes(b"")
    [found] = parse_all(str(tmp_path / "file"), [Task(sha256, Context())], 1)
    assert (kinds([found]), found.is_passing) == ([["original_unreadable"]], True)


def documents(archive: Archive) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_table(archive.store, "documents", read_manifest(archive.store)).to_pylist()
    return rows


def findings(archive: Archive) -> list[object]:
    return list(verify(archive, further=(lake_files,)))


def test_whatever_is_damaged_under_lake_one_command_rebuilds_it(any_root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And without ``--all`` the run says that it must, unless it mended the damage itself."""
    archive = Archive.open(any_root)
    add_files(archive, [str(XLSX), str(DOCX)])
    failing(monkeypatch)
    parse(archive)
    parse(archive, everything=True)  # leaves nothing to be told apart by
    whole = _lake(archive)
    kept = {info.key: archive.store.read(info.key) for info in archive.store.list("lake")}
    kinds = ["lake/documents/", "lake/cells/", "lake_versions/", "lake/manifest.json", "lake"]
    for prefix, damage in itertools.product(kinds, ("deleted", "flipped", "emptied")):
        some = [key for key in kept if key.startswith(prefix)]
        for key in some if prefix == "lake" else some[:1]:
            archive.store.delete(key)
            if damage != "deleted":
                data = kept[key]
                archive.store.write(key, b"" if damage == "emptied" else flipped(data, len(data) // 2))
        assert findings(archive), (prefix, damage)
        if not mends_itself(archive):
            assert parse(archive, everything=True).total == 2
        assert findings(archive) == [], (prefix, damage)
        assert _lake(archive) == whole, (prefix, damage)


def mends_itself(archive: Archive) -> bool:
    """False where the run said what to do instead, or touched nothing that is damaged."""
    try:
        parse(archive)
    except ManifestError as error:
        if "parse --all" not in str(error):
            raise
        return False
    return not findings(archive)


def flipped(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 4]) + data[position + 1 :]


def test_a_rebuilding_that_was_cut_off_goes_on_without_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(tmp_path, XLSX, DOCX)
    failing(monkeypatch)
    parse(archive)
    whole = _lake(archive)
    [version] = {file.version for file in read(archive).of("cells") if file.rows > 1000}
    archive.store.delete(version)
    monkeypatch.setattr(stage, "DOCUMENTS_PER_PUBLICATION", 1)

    def killed(*arguments: Any, **options: Any) -> None:
        publication.publish(*arguments, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(stage, "publish", killed)
        with pytest.raises(KeyboardInterrupt):
            parse(archive, everything=True)
    parse(archive)
    assert _lake(archive) == whole
    assert findings(archive) == []


def test_ctrl_c_amid_a_publication_loses_nothing_that_was_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(tmp_path, XLSX, DOCX)
    pressed = iter([True])

    def interrupted(*arguments: Any, **options: Any) -> None:
        if next(pressed, False):
            raise KeyboardInterrupt
        publication.publish(*arguments, **options)

    monkeypatch.setattr(stage, "publish", interrupted)
    with pytest.raises(KeyboardInterrupt):
        parse(archive)
    assert len(read_table(archive.store, "documents", read(archive))) == 2
    assert findings(archive) == []


def read(archive: Archive) -> Manifest:
    manifest = read_manifest(archive.store)
    assert manifest is not None
    return manifest


def test_a_run_leaves_a_report_if_it_published_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_of(tmp_path, XLSX)
    failing(monkeypatch)
    parse(archive)
    parse(archive)
    told = [(report["command"], report["exit_code"], report.get("total")) for report in archive.run_reports()]
    assert told == [("add", 0, None), ("parse", 0, 1)]
    archive.store.delete("lake/manifest.json")
    for info in list(archive.store.list("lake/")):
        archive.store.delete(info.key)
    assert [str(finding.key) for finding in verify(archive, further=(lake_files,))] == ["lake/manifest.json"]


def test_a_worker_without_memory_costs_one_issue(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, PDF)
    tasks = [Task(sha256, Context()) for sha256 in pending(archive)]
    (found,) = parse_all(archive.store.url, tasks, 1, Limits(bytes=150 * 2**20))
    (kind,) = found.table("issues").column("kind").to_pylist()
    assert (found.status, kind in {"too_much_memory", "parser_died", "parser_failed"}) == ("unreadable", True)


def test_files_in_an_archive_file_are_documents_of_their_own(tmp_path: Path) -> None:
    container = tmp_path / "公开.zip"
    with zipfile.ZipFile(container, "w") as file:
        file.writestr("附件/2025年单位预算.xlsx", XLSX.read_bytes())
        file.writestr("附件/部门预算.docx", DOCX.read_bytes())
        file.writestr("空.txt", b"")
    archive = archive_of(tmp_path / "root", container, DOCX)
    told: list[ParsedSummary] = []
    report = parse(archive, on_document=told.append)
    assert sum(summary.container is None for summary in told) == report.total == 2, "progress counts originals"
    rows = read_table(archive.store, "documents", read_manifest(archive.store)).to_pylist()
    inner = {row["file_name"]: row for row in rows if row["container_sha256"]}
    # The DOCX was published by itself too, so it is a document as such, once.
    assert sorted(inner) == ["空.txt", "附件/2025年单位预算.xlsx"]
    assert inner["附件/2025年单位预算.xlsx"]["amounts"] == 239
    assert inner["空.txt"]["parse_status"] == "unreadable"
    assert [row["parse_status"] for row in rows if row["format"] == "zip"] == ["container"]
    assert (report.container, len(rows)) == (1, 4)
    assert pending(archive) == []
    assert parse(archive, everything=True).total == 2
    assert len(read_table(archive.store, "documents", read_manifest(archive.store))) == 4


def test_workbook_embedded_in_a_word_document_is_a_document_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "部门预算.docx"
    equation = compound_file({"Equation Native": b"x"})
    objects = {"表.xlsx": ("package", XLSX.read_bytes()), "oleObject1.bin": ("oleObject", equation)}
    path.write_bytes(docx_with(objects))
    archive = archive_of(tmp_path / "root", path)
    parse(archive)
    manifest = read_manifest(archive.store)
    rows = {row["format"]: row for row in read_table(archive.store, "documents", manifest).to_pylist()}
    assert sorted(rows) == ["docx", "xlsx"]
    assert rows["docx"]["container_sha256"] is None
    assert rows["xlsx"]["container_sha256"] == rows["docx"]["sha256"]
    assert (rows["xlsx"]["file_name"], rows["xlsx"]["amounts"]) == ("表.xlsx", 239)
    issues = read_table(archive.store, "issues", manifest).to_pylist()
    assert "unread_part" in {row["kind"] for row in issues if row["document_sha256"] == rows["docx"]["sha256"]}


# Says each step before it is taken, and takes it when a line of leave has come.
RUN = """
import sys
from gongkai.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.parsing.stage import parse

def step(name):
    print(name, flush=True)
    sys.stdin.readline()

def one_by_one(name, things):
    for thing in things:
        step(name)
        yield thing

def stepping(name, taken):
    method = getattr(DirectoryStore, name)
    setattr(DirectoryStore, name, lambda store, *given: method(store, *taken(name, *given)))

for name in ("write_all_once", "copy_all"):
    stepping(name, lambda name, things: (one_by_one(name, things),))
for name in ("write", "replace", "delete"):
    stepping(name, lambda name, *given: step(name) or given)
parse(Archive.open(sys.argv[1]), workers=2, on_document=lambda _: step("document"))
"""

# Before the first document is through, with all of them in memory, among the versions, before the mark that a
# publication is under way, before the manifest, among the current files, there again when they are brought in line
# afterwards, and before that mark is removed.
KILLS = [
    ("document", 1),
    ("document", 3),
    ("write_all_once", 5),
    ("write", 1),
    ("replace", 1),
    ("copy_all", 5),
    ("copy_all", 2),
    ("delete", 1),
]


@pytest.mark.slow
def test_killed_anywhere_the_next_run_ends_as_if_nothing_had_happened(tmp_path: Path) -> None:
    whole = archive_of(tmp_path / "whole", PDF, XLSX, DOCX)
    parse(whole)
    cut = archive_of(tmp_path / "cut", PDF, XLSX, DOCX)
    for kill in KILLS:
        _run_until(tmp_path / "cut", *kill)
    parse(cut)
    assert _lake(cut) == _lake(whole)


def _run_until(root: Path, name: str, number: int) -> None:
    """Run the stage, and kill it and its workers where it is about to take a step for the so-many-th time."""
    command = [sys.executable, "-c", RUN, str(root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        steps: list[str] = []
        while steps.count(name) < number:
            if steps:
                print(file=process.stdin, flush=True)
            step = process.stdout.readline().strip()
            assert step, f"it ended before {name} {number}, after {steps}"
            steps.append(step)
        os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def _lake(archive: Archive) -> dict[str, object]:
    """The lake but for when and from where its originals were captured."""
    manifest = read_manifest(archive.store)
    assert manifest is not None
    tables = {}
    for name in ("documents", "tables", "cells", "line_items", "projects", "indicators", "checks", "issues"):
        rows = read_table(archive.store, name, manifest)
        tables[name] = rows.drop_columns([c for c in ("first_captured_at",) if c in rows.column_names]).to_pylist()
    current = [entry.key for entry in archive.store.list("lake/") if entry.key.endswith(CURRENT)]
    return {**tables, "keys": current}


def test_of_an_article_only_what_is_left_is_parsed_but_all_its_files_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(tmp_path, DOCX, XLSX)
    captures = [
        dataclasses.replace(
            capture,
            role=Role.ATTACHMENT,
            portal="henan",
            parent_url="https://example.gov.cn/1.html",
            link_text=f"附件{number}",
            requested_at=capture.requested_at - dt.timedelta(hours=1),
        )
        for number, capture in enumerate(archive.captures())
    ]
    archive = Archive.open(str(tmp_path / "portal"))
    for path in (DOCX, XLSX):
        archive.keep_original(path.read_bytes())
    archive.record(captures[:1])
    failing(monkeypatch)
    parse(archive)
    archive.record(captures)
    tasks: list[Task] = []

    def noted(_: str, given: Iterable[Task], *__: object) -> Iterator[object]:
        tasks.extend(given)
        return iter(())

    monkeypatch.setattr(stage, "parse_all", noted)
    report = parse(archive)
    assert [task.sha256 for task in tasks] == pending(archive) == [captures[1].payload_sha256]
    assert (report.total, report.skipped) == (1, 1)
    assert "附件0" in tasks[0].context.siblings


def test_what_the_portal_says_of_a_document_is_its_context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_of(tmp_path / "root", XLSX)
    [capture] = archive.captures()
    said = dataclasses.replace(capture, publisher="市水利局", context="首页 > 财政信息 > 部门预算")
    archive = Archive.open(str(tmp_path / "other"))
    archive.keep_original(XLSX.read_bytes())
    archive.record([said])
    contexts: list[Context] = []

    def noted(_: str, tasks: Iterable[Task], *__: object) -> Iterator[object]:
        contexts.extend(task.context for task in tasks)
        return iter(())

    monkeypatch.setattr("gongkai.parsing.stage.parse_all", noted)
    parse(archive, workers=1)
    assert [(each.publisher, each.breadcrumb) for each in contexts] == [("市水利局", ("首页", "财政信息", "部门预算"))]
