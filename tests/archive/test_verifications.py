"""Records of verifications: when each object was read last, the oldest first, killed and side by side."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import verifications
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture
from gongkai.archive.fixity import Finding, Problem, Verification, key_digest
from gongkai.archive.store import StoreUnavailableError
from gongkai.archive.verifications import Asked, Readings, Record, records, unread, verify_recorded

MakeCapture = Callable[..., Capture]
NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def fill(archive: Archive, make_capture: MakeCapture) -> None:
    originals = [archive.keep_original(f"original {number}".encode()) for number in range(40)]
    archive.record([make_capture(payload_sha256=each.sha256, payload_bytes=each.bytes) for each in originals])
    archive.write_run_report("20261122T141500Z-3fa9", {"exit_code": 0})


@pytest.fixture
def local(tmp_path: Path, make_capture: MakeCapture) -> Archive:
    archive = Archive.open(str(tmp_path / "archive"))
    fill(archive, make_capture)
    return archive


def verify(archive: Archive, asked: Asked | None = None, **options: Any) -> list[Finding]:
    return list(verify_recorded(archive, asked or Asked(), **options))


def record(*parts: tuple[int, int, dt.datetime]) -> Record:
    return Record("x", NOW, Asked(), parts=[((n, of), began) for n, of, began in parts])


def test_a_verification_leaves_what_it_read_when_and_what_it_found(archive: Archive, make_capture: MakeCapture) -> None:
    fill(archive, make_capture)
    assert verify(archive) == []
    [(sha256, _), *_] = archive.originals()
    key = f"raw/sha256/{sha256[:2]}/{sha256}"
    archive.store.write(key, b"altered")
    seen: list[str] = []
    assert [each.key for each in verify(archive, progress=lambda name, _: seen.append(name))] == [key]
    first, second = records(archive.store)
    assert (first.end, first.finding_count, [part for part, _ in first.parts]) == ("whole", 0, [(1, 1)])
    assert (second.finding_count, second.findings[0].problem) == (1, Problem.ALTERED)
    assert second.objects == len(seen)
    assert list(second.previous) == [first.key]
    assert second.ended is not None


def test_every_object_was_read_within_n_days_is_a_question(archive: Archive, make_capture: MakeCapture) -> None:
    fill(archive, make_capture)
    later = dt.datetime.now(dt.UTC) + 30 * DAY
    keys = {info.key for info in archive.store.list("")}
    never = dict(unread(archive.store, Readings([]), later))
    assert {info.key for info in never} == keys
    assert set(never.values()) == {None}
    read = Readings([record((1, 1, later + DAY))])
    assert list(unread(archive.store, read, later)) == []
    assert {moment for _, moment in unread(archive.store, read, later + 2 * DAY)} == {later + DAY}
    half = {info.key for info, _ in unread(archive.store, Readings([record((1, 2, later))]), later)}
    assert half == {key for key in keys if key_digest(key)[0] in "89abcdef"}
    assert list(unread(archive.store, Readings([]), dt.datetime.now(dt.UTC) - DAY)) == [], "they were just written"


def test_what_was_written_after_a_part_was_begun_was_not_read_with_it(local: Archive) -> None:
    verify(local)
    new = local.keep_original(b"later")
    [info] = local.store.list(f"raw/sha256/{new.sha256[:2]}/{new.sha256}")
    assert Readings(records(local.store)).of_object(info) is None
    verify(local)
    assert Readings(records(local.store)).of_object(info) is not None


def test_parts_of_any_width_are_put_together() -> None:
    readings = Readings([record((1, 2, NOW), (3, 4, NOW + DAY)), record((10, 10, NOW + 2 * DAY))])
    digests = [f"{first}{'0' * 63}" for first in "07bcf"]
    assert [readings.of(each) for each in digests] == [NOW, NOW, NOW + DAY, None, NOW + 2 * DAY]
    assert readings.of_part((2, 4)) == NOW
    assert readings.of_part((3, 8)) == NOW
    assert readings.of_part((1, 1)) is None, "no one part holds it"
    assert readings.of_part((4, 4)) is None
    assert readings.share_since(NOW) == pytest.approx(0.85, abs=0.001)


def test_the_oldest_parts_come_first_and_short_runs_come_round_to_all(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each run has time for three parts, by a clock of our own."""
    clock = itertools.count()
    begun: list[tuple[int, int]] = []
    turn_to = Verification.turn_to

    def counted(verification: Verification, subset: tuple[int, int]) -> None:
        begun.append(subset)
        turn_to(verification, subset)

    monkeypatch.setattr(Verification, "turn_to", counted)
    monkeypatch.setattr("gongkai.archive.fixity.time.monotonic", lambda: float(next(clock)))
    asked = Asked(seconds=25, oldest_first=True)
    notes: list[str] = []
    for _ in range(60):
        verify(local, asked, note=notes.append)
        told = list(records(local.store))
        if sum(len(each.parts) for each in told) >= 16:
            break
    whole = [part for each in told for part, _ in each.parts]
    assert whole[:16] == [(n, 16) for n in range(1, 17)]
    assert len(told) > 1
    assert {each.end for each in told[:-1]} == {"time"}
    times = [Readings(told).of_part((n, 16)) for n in range(1, 17)]
    assert None not in times
    begun.clear()
    verify(local, asked)
    oldest = min(range(16), key=lambda n: (times[n], n))
    assert begun[0] == (oldest + 1, 16)


def test_too_little_time_for_one_part_is_said(local: Archive) -> None:
    notes: list[str] = []
    verify(local, Asked(seconds=1e-9, oldest_first=True), note=notes.append)
    [told] = records(local.store)
    assert (told.end, told.parts) == ("time", [])
    assert "or more --seconds" in notes[0]


@pytest.mark.parametrize("oldest_first", [False, True])
def test_one_that_was_stopped_or_killed_shows(local: Archive, *, oldest_first: bool) -> None:
    count = itertools.count()

    def stop(_key: str, _size: int) -> None:
        if next(count) == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(local, Asked(oldest_first=oldest_first), progress=stop)
    [told] = records(local.store)
    assert (told.end, told.objects) == ("stopped", 11)
    assert bool(told.parts) is oldest_first
    told.ended = told.end = None
    local.store.write(told.key, told.dump())
    assert verify(local) == []
    assert [each.end for each in records(local.store)] == [None, "whole"]


def test_a_record_altered_or_removed_is_found(local: Archive) -> None:
    for _ in range(3):
        verify(local)
    first, second, _ = records(local.store)
    local.store.write(first.key, local.store.read(first.key).replace(b'"finding_count": 0', b'"finding_count": 1'))
    local.store.delete(second.key)
    problems = {each.key: each.problem for each in verify(local)}
    assert problems == {first.key: Problem.ALTERED, second.key: Problem.MISSING}


def test_a_record_written_anew_is_found(local: Archive) -> None:
    verify(local)
    verify(local)
    first, _ = records(local.store)
    first.objects += 1
    local.store.write(first.key, first.dump())
    assert {each.key: each.problem for each in verify(local)} == {first.key: Problem.ALTERED}


def test_an_archive_that_takes_no_record_is_verified_all_the_same(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreUnavailableError("it is read-only")

    monkeypatch.setattr(type(local.store), "write", refuse)
    notes: list[str] = []
    assert verify(local, note=notes.append) == []
    assert notes == ["no record of this verification is kept: it is read-only"]
    assert list(records(local.store)) == []


def test_many_at_once_each_leave_their_record(archive: Archive, make_capture: MakeCapture) -> None:
    fill(archive, make_capture)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: verify(Archive(archive.store)), range(4)))
    assert found == [[]] * 4
    assert [each.end for each in records(archive.store)] == ["whole"] * 4
    assert verify(archive) == []
    assert len(list(records(archive.store))[-1].previous) >= 1


def test_large_archives_are_read_in_smaller_parts(local: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifications, "_ORIGINALS_OF_A_PART", 0)
    monkeypatch.setattr(verifications, "_MOST_PARTS", 256)
    local.keep_original(next(f"{n}".encode() for n in itertools.count() if _begins_with_zeros(f"{n}".encode())))
    assert verify(local, Asked(oldest_first=True)) == []
    [told] = records(local.store)
    assert [part for part, _ in told.parts] == [(n, 256) for n in range(1, 257)]
    assert {info.key for info, _ in unread(local.store, Readings([told]), told.began)} == set()


def _begins_with_zeros(data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest().startswith("00")
