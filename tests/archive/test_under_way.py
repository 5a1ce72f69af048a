"""What a run under way says of its capture files: at what cost, what a killed one leaves, and what a finished one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import inventory, keys, run_index, seal, under_way
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome
from gongkai.archive.carrying import Carrier
from gongkai.archive.copying import copy_objects
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.fixity import Problem, verify
from gongkai.archive.store import Store, StoreUnavailableError
from gongkai.lake.healing import heal
from gongkai.parsing.touched import touched
from gongkai.running.arrivals import Arrivals

Make = Callable[..., Capture]
RUN = "20261122T141500000000Z-3fa9"
REPORT = f"runs/{RUN}.json"
MOMENT = dt.datetime(2026, 11, 22, 15, tzinfo=dt.UTC)


def folder(number: int, run: str = RUN) -> str:
    return f"captures/portal-{number}/{run}/"


def note(number: int, run: str = RUN) -> str:
    return f"runs_under_way/{run}.{number:06d}.json"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two folders in each object."""
    monkeypatch.setattr(under_way, "FOLDERS", 2)


@pytest.fixture
def record(make_capture: Make) -> Callable[..., None]:
    """Record one capture of a portal."""

    def one(archive: Archive, number: int, run: str = RUN) -> None:
        archive.record([make_capture(portal=f"portal-{number}", run_id=run, outcome=Outcome.TIMEOUT)])

    return one


Record = Callable[..., None]


@pytest.fixture
def archive(root: str) -> Archive:
    return Archive.open(root)


@pytest.fixture
def killed(archive: Archive, record: Record) -> Archive:
    """An archive whose only run wrote two capture files for each of five portals, and was killed."""
    for _ in range(2):
        for number in range(5):
            record(archive, number)
    return Archive.open(archive.store.url)


def notes_of(store: Store) -> list[str]:
    return [info.key for info in store.list(keys.UNDER_WAY)]


def found(archive: Archive, **options: Any) -> dict[str, Problem]:
    return {finding.key: finding.problem for finding in verify(archive, **options)}


def test_noting_costs_the_same_whatever_the_number_of_portals(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes and writes grow with the capture files alone."""
    sizes: list[int] = []
    write = DirectoryStore.write

    def counting(store: DirectoryStore, key: str, data: bytes) -> None:
        if key.startswith((keys.RUNS, keys.UNDER_WAY)):
            sizes.append(len(data))
        write(store, key, data)

    def cost(portals: int, files: int) -> tuple[int, int]:
        archive = Archive.open(str(tmp_path / f"{portals}-{files}"))
        sizes.clear()
        for _ in range(files):
            for number in range(portals):
                record(archive, number + 1000)
        assert max(sizes) < 600
        return len(sizes), sum(sizes)

    monkeypatch.setattr(DirectoryStore, "write", counting)
    (writes, written), (more, more_written) = cost(16, 2), cost(64, 2)
    assert more <= 4 * writes + 4
    assert more_written < 4.1 * written
    assert cost(16, 8)[1] < 4 * written


def test_a_run_under_way_names_all_its_folders(killed: Archive) -> None:
    assert notes_of(killed.store) == [note(1), note(2)]
    report = killed.run_report(RUN)
    assert report is not None
    assert report["capture_files"] == {folder(number): 2 for number in range(5)}
    assert list(killed.run_reports()) == []
    assert found(killed) == {}
    seen: list[str] = []
    assert list(verify(killed, progress=lambda key, _: seen.append(key))) == []
    assert sorted(seen) == [info.key for info in killed.store.list("")]
    parts = [found(killed, subset=(part, 3)) for part in (1, 2, 3)]
    assert parts == [{}, {}, {}]


def test_of_few_folders_the_report_has_the_form_that_older_versions_read(tmp_path: Path, record: Record) -> None:
    """With notes beside it, a reader that does not look at them has to refuse it."""
    archive = Archive.open(str(tmp_path / "few"))
    for number, (form, count) in enumerate(((1, 0), (1, 0), (2, 1), (2, 1), (2, 2))):
        record(archive, number)
        report = seal.load_sealed_json(archive.store.read(REPORT))
        assert (report["format"], report.get("notes", 0), len(report["capture_files"])) == (
            form,
            count,
            min(number + 1, 2),
        )
    archive.write_run_report(RUN, {})
    assert seal.load_sealed_json(archive.store.read(REPORT))["format"] == 1


def test_what_a_killed_run_wrote_is_missed(killed: Archive) -> None:
    gone = [f"{folder(0)}000001.parquet", f"{folder(2)}000001.parquet", f"{folder(4)}000000.parquet"]
    for key in [*gone, f"{folder(4)}000001.parquet"]:
        killed.store.delete(key)
    gone.append(f"{folder(4)}000001.parquet")
    assert found(killed) == dict.fromkeys(gone, Problem.MISSING)


@pytest.mark.parametrize("number", [1, 2])
def test_a_note_that_is_gone_altered_or_anothers_is_found(killed: Archive, number: int) -> None:
    key, data = note(number), killed.store.read(note(number))
    killed.store.delete(key)
    assert found(killed) == {key: Problem.MISSING}
    assert touched(killed.store, {}) is None
    assert run_index.gathered(killed.store, "x", lambda *_: None, "1").under_way
    killed.store.write(key, data.replace(b"portal-", b"portal_"))
    assert found(killed) == {key: Problem.ALTERED}
    assert touched(killed.store, {}) is None
    killed.store.write(key, killed.store.read(note(3 - number)))
    assert found(killed) == {key: Problem.ALTERED}
    killed.store.write(key, data)
    killed.store.write("runs_under_way/notes.txt", b"x")
    assert found(killed) == {"runs_under_way/notes.txt": Problem.UNEXPECTED}


def test_all_that_vanished_together_is_missed(killed: Archive) -> None:
    for prefix in (keys.CAPTURES, keys.UNDER_WAY):
        for info in list(killed.store.list(prefix)):
            killed.store.delete(info.key)
    first = [f"{folder(number)}{file:06d}.parquet" for number in (0, 1) for file in (0, 1)]
    assert found(killed) == dict.fromkeys([*first, note(1), note(2)], Problem.MISSING)


def test_killed_at_any_write_nothing_is_missed_and_every_capture_is_known(tmp_path: Path, record: Record) -> None:
    for number in range(60):
        archive = Archive.open(str(tmp_path / str(number)))
        write, write_once, delete, left = archive.store.write, archive.store.write_once, archive.store.delete, [number]

        def dying(done: Callable[..., Any], left: list[int] = left) -> Callable[..., Any]:
            def dies(*arguments: Any) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    raise KeyboardInterrupt
                return done(*arguments)

            return dies

        archive.store.write = dying(write)  # type: ignore[method-assign]
        archive.store.write_once = dying(write_once)  # type: ignore[method-assign]
        archive.store.delete = dying(delete)  # type: ignore[method-assign]
        try:
            for portal in (0, 1, 2, 0, 3, 4):
                record(archive, portal)
            archive.write_run_report(RUN, {})
        except KeyboardInterrupt:
            is_over = False
        else:
            is_over = True
        after = Archive.open(archive.store.url)
        assert found(after) == {}, number
        since = touched(after.store, {})
        assert since is not None
        portals = {info.key.split("/")[1] for info in after.store.list(keys.CAPTURES)}
        assert portals <= set(since.portals), number
        record(after, 9, "next")
        after.write_run_report("next", {})
        assert found(after) == {}, number
        is_concluded = (inventory.read_copies(after.store).inventory or inventory.Inventory()).runs.get(RUN)
        assert not (is_concluded and notes_of(after.store)), number
        if is_over:
            break
    assert is_over
    assert number > 25


def test_a_finished_run_leaves_its_report_and_nothing_else(archive: Archive, record: Record) -> None:
    for number in range(5):
        record(archive, number)
    archive.write_run_report(RUN, {"command": "crawl"})
    assert [info.key for info in archive.store.list("runs")] == [REPORT]
    [report] = archive.run_reports()
    assert report["capture_files"] == {folder(number): 1 for number in range(5)}
    record(archive, 6)
    archive.write_run_report(RUN, {"command": "crawl"})
    assert [info.key for info in archive.store.list("runs")] == [REPORT]
    assert found(archive) == {}


def test_notes_of_another_run_under_way_stay(killed: Archive, record: Record) -> None:
    for number in range(5):
        record(killed, number, "other")
    killed.write_run_report("other", {})
    assert notes_of(killed.store) == [note(1), note(2)]
    assert found(killed) == {}


def test_a_store_that_deletes_nothing_keeps_notes_that_harm_nobody(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.open(str(tmp_path / "archive"))
    for number in range(5):
        record(archive, number)

    def refuses(_store: DirectoryStore, key: str) -> None:
        raise StoreUnavailableError(key)

    with monkeypatch.context() as patch:
        patch.setattr(DirectoryStore, "delete", refuses)
        archive.write_run_report(RUN, {})
    assert notes_of(archive.store) == [note(1), note(2)]
    assert found(archive) == {}
    since = touched(archive.store, {})
    assert since is not None
    assert len(since.portals) == 5
    archive.write_run_report("next", {})
    assert notes_of(archive.store) == []


@pytest.mark.parametrize("kind", [keys.UNDER_WAY, keys.RUNS])
def test_a_capture_waits_for_the_note_of_its_folder(
    archive: Archive, record: Record, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The third folder is the first of a new note, which the report has to count."""
    for number in range(2):
        record(archive, number)
    write = archive.store.write

    def failing(key: str, *data: Any) -> None:
        if key.startswith(kind):
            raise StoreUnavailableError(key)
        write(key, *data)

    for number, fails in ((2, True), (3, kind == keys.UNDER_WAY)):
        with monkeypatch.context() as patch:
            patch.setattr(archive.store, "write", failing)
            if fails:
                with pytest.raises(StoreUnavailableError):
                    record(archive, number)
                assert list(archive.store.list(folder(number))) == []
            else:
                record(archive, number)
        record(archive, number)
    report = Archive.open(archive.store.url).run_report(RUN)
    assert report is not None
    assert report["capture_files"].keys() == {folder(number) for number in range(4)}
    assert found(archive) == {}


def test_captures_of_a_killed_run_are_gathered(killed: Archive) -> None:
    [report] = run_index.gathered(killed.store, "x", lambda *_: None, "1").under_way
    assert sum(map(len, run_index.captures_of(killed.store, report))) == 10


def test_parse_sees_what_a_run_writes_whichever_note_says_it(
    archive: Archive, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        record(archive, number)
    monkeypatch.setattr("gongkai.parsing.touched._KILLED", dt.timedelta())
    since = touched(archive.store, {})
    assert since is not None
    settled = since.settled({folder(number): 1 for number in range(5)})
    assert settled.keys() == {RUN}
    again = touched(archive.store, settled)
    assert again is not None
    assert again.portals == []
    record(archive, 3)
    since = touched(archive.store, settled)
    assert since is not None
    assert len(since.portals) == 5
    assert since.settled({folder(number): 1 for number in range(5)}) == settled, "not yet: a file was not listed"


def test_a_run_whose_notes_alone_are_written_is_not_taken_for_a_killed_one(killed: Archive) -> None:
    listed = under_way.reports(killed.store)[RUN]
    assert listed.modified == max(listed.report.modified, *(info.modified for info in listed.notes))
    assert listed.tag != listed.report.tag


def test_each_capture_file_is_news_once_and_only_notes_that_changed_are_read(
    tmp_path: Path, record: Record, make_capture: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.open(str(tmp_path / "archive"))
    arrivals = Arrivals(archive.store.url)
    assert arrivals.look(MOMENT) == (False, [])
    for number in range(5):
        record(archive, number)
    assert arrivals.look(MOMENT) == (True, [])
    assert arrivals.look(MOMENT) == (False, [])
    record(archive, 2)
    read: list[str] = []
    through = DirectoryStore.read

    def noting(store: DirectoryStore, key: str) -> bytes:
        read.append(key)
        return through(store, key)

    with monkeypatch.context() as patch:
        patch.setattr(DirectoryStore, "read", noting)
        assert arrivals.look(MOMENT) == (True, [])
    assert read == [REPORT, note(1)]
    archive.write_run_report(RUN, {"command": "crawl"})
    has_news, [report] = arrivals.look(MOMENT)
    assert (has_news, report["command"]) == (False, "crawl")


def test_a_copy_of_a_run_under_way_knows_its_folders_and_brings_them_back(
    killed: Archive, record: Record, tmp_path: Path
) -> None:
    killed.write_run_report("20261122T141400000000Z-0000", {})
    copy = Archive.open(str(tmp_path / "copy"))
    copy_objects(Carrier(killed.store, copy.store))
    assert copy.run_report(RUN) == killed.run_report(RUN)
    assert found(copy) == {}
    copy.store.delete(f"{folder(4)}000001.parquet")
    assert found(copy) == {f"{folder(4)}000001.parquet": Problem.MISSING}
    copy_objects(Carrier(killed.store, copy.store))
    killed.store.delete(note(1))
    killed.store.write(note(2), b"x")
    findings = list(verify(killed))
    assert {finding.key for finding in findings} == {note(1), note(2)}
    assert {repair["key"] for repair in heal(killed, copy.store, findings).repairs} == {note(1), note(2)}
    assert found(killed) == {}


def test_a_copy_of_the_finished_run_keeps_notes_that_nobody_brings_back(
    archive: Archive, record: Record, tmp_path: Path
) -> None:
    copy = Archive.open(str(tmp_path / "copy"))
    for number in range(5):
        record(archive, number)
    copy_objects(Carrier(archive.store, copy.store))
    archive.write_run_report(RUN, {})
    carrier = Carrier(archive.store, copy.store)
    copy_objects(carrier)
    assert carrier.findings == []
    assert (found(copy), copy.run_report(RUN)) == ({}, archive.run_report(RUN))
    lost = next(archive.store.list(keys.CAPTURES)).key
    archive.store.delete(lost)
    findings = list(verify(archive))
    assert [repair["key"] for repair in heal(archive, copy.store, findings).repairs] == [lost]
    assert notes_of(archive.store) == []


def test_the_report_of_a_run_killed_by_an_older_version_is_read(tmp_path: Path, record: Record) -> None:
    """It names every folder by itself."""
    archive = Archive.open(str(tmp_path / "archive"))
    for number in range(5):
        record(archive, number)
    for key in notes_of(archive.store):
        archive.store.delete(key)
    older = {"format": 1, "run_id": RUN, "state": "under_way", "capture_files": {folder(each): 1 for each in range(5)}}
    archive.store.write(REPORT, seal.sealed_json(older))
    archive = Archive.open(archive.store.url)
    assert found(archive) == {}
    assert archive.run_report(RUN) == older
    since = touched(archive.store, {})
    assert since is not None
    assert len(since.portals) == 5
    archive.store.delete(f"{folder(4)}000000.parquet")
    assert found(archive) == {f"{folder(4)}000000.parquet": Problem.MISSING}


@pytest.mark.parametrize("step", ["read", "list"])
def test_a_run_that_ends_while_it_is_verified_lost_nothing(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Its notes go behind the report that was read, or behind their own listing."""
    archive, ended = ending_after(tmp_path, record, monkeypatch, step, REPORT if step == "read" else keys.UNDER_WAY)
    assert found(archive) == {}
    assert ended
    assert notes_of(archive.store) == []


def test_of_a_run_that_ends_while_it_is_read_the_finished_report_is_given(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, ended = ending_after(tmp_path, record, monkeypatch, "read", REPORT)
    report = archive.run_report(RUN)
    assert ended
    assert report is not None
    assert (report["command"], len(report["capture_files"])) == ("crawl", 5)


@pytest.mark.parametrize("read", [inventory.COPIES[1], REPORT])
def test_of_a_run_that_ends_while_it_is_copied_the_copy_lacks_nothing(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    archive, ended = ending_after(tmp_path, record, monkeypatch, "read", read)
    copy = Archive.open(str(tmp_path / "copy"))
    carrier = Carrier(archive.store, copy.store)
    copy_objects(carrier)
    assert ended
    assert carrier.findings == []
    assert found(copy) == {}
    assert copy.store.read(REPORT) == archive.store.read(REPORT)


def ending_after(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch, step: str, name: str
) -> tuple[Archive, list[str]]:
    """An archive for a reader, whose run ends right after that step; and whether it did."""
    writer, ended = Archive.open(str(tmp_path / "archive")), list[str]()
    for number in range(5):
        record(writer, number)
    archive = Archive.open(writer.store.url)
    through = getattr(archive.store, step)

    def ends(asked: str) -> Any:
        answer = through(asked)
        answer = answer if isinstance(answer, bytes) else iter(list(answer))
        if asked == name and not ended:
            ended.append(asked)
            writer.write_run_page(RUN, ["<p>"])
            writer.write_run_report(RUN, {"command": "crawl"})
        return answer

    monkeypatch.setattr(archive.store, step, ends)
    return archive, ended
