"""The index of candidates spares reading and never changes the answer: every step is held against one made anew."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pyarrow as pa
import pytest
import urllib3

from gongkai.archive import (
    Archive,
    Capture,
    Outcome,
    Problem,
    Role,
    StoreUnavailableError,
    compaction,
    new_capture_id,
    verify,
)
from gongkai.archive.carrying import Carrier
from gongkai.archive.copying import copy_objects
from gongkai.lake.manifest import Manifest
from gongkai.lake.originals import Known
from gongkai.lake.originals import _table as table_of
from gongkai.lake.partition import Partition
from gongkai.parsing import candidate_index, candidates
from gongkai.parsing.candidate_index import KEY
from gongkai.parsing.left import Left, left

NOWHERE = Partition(None, None, None)
PART = f"{KEY.removesuffix('.json')}/00000.parquet"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidate_index, "_ROWS_PER_PART", 4)
    monkeypatch.setattr(compaction, "LOOSE", 3)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(str(tmp_path / "archive"))


@dataclasses.dataclass
class Lake:
    """An index of originals in one piece, whose hash is that of its rows."""

    known: list[Known]
    parser_version: str = "9"

    @property
    def manifest(self) -> Manifest:
        index = SimpleNamespace(pieces=(repr(self.known),), whole=None, grouped=self.grouped, piece=self.piece)
        return cast("Manifest", SimpleNamespace(originals=index, parser_version=self.parser_version))

    def piece(self, _: int) -> pa.Table:
        return table_of(self.known)

    def grouped(self, sha256s: Iterable[str]) -> Iterator[tuple[list[str], pa.Table]]:
        yield list(sha256s), self.piece(0)


def read(numbers: Iterable[int], version: str = "9") -> Lake:
    return Lake([Known(sha256_of(number), partition=NOWHERE, parser_version=version) for number in numbers])


def sha256_of(number: int) -> str:
    return hashlib.sha256(f"{number}".encode()).hexdigest()


def record(archive: Archive, numbers: Iterable[int], *, day: int = 1, portal: str = "henan", **values: Any) -> None:
    moment = dt.datetime(2026, 3, 1, tzinfo=dt.UTC) + dt.timedelta(days=day)
    captures = []
    for number in numbers:
        kept = archive.keep_original(f"{number}".encode())
        capture = Capture(
            capture_id=new_capture_id(),
            run_id=f"{moment:%Y%m%dT%H%M%S%fZ}-0000",
            portal=portal,
            role=Role.ATTACHMENT,
            url=f"https://example.gov.cn/{number}.pdf",
            outcome=Outcome.CAPTURED,
            requested_at=moment,
            payload_sha256=kept.sha256,
            payload_bytes=kept.bytes,
        )
        captures.append(dataclasses.replace(capture, **values))
    archive.record(captures)


def conclude(archive: Archive, day: int = 1) -> None:
    """The run of a day has ended."""
    moment = dt.datetime(2026, 3, 1, tzinfo=dt.UTC) + dt.timedelta(days=day)
    archive.write_run_report(f"{moment:%Y%m%dT%H%M%S%fZ}-0000", {"exit_code": 0})


def left_of(archive: Archive, lake: Lake | None, version: str = "9", limit: int = 3) -> Left:
    """What is left, which is what is left where no index is."""
    found = left(archive, lake.manifest if lake else None, version, limit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gongkai.parsing.left.WAYS", (candidates.in_memory,))
        anew = left(archive, lake.manifest if lake else None, version, limit)
    assert list(found.batches()) == list(anew.batches())
    assert found.candidates == anew.candidates
    return found


def numbers_of(found: Left) -> list[int]:
    names = {sha256_of(number): number for number in range(200)}
    return sorted(names[sha256] for batch in found.batches() for sha256 in batch.chosen)


@pytest.fixture
def reads(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    noted: list[str] = []
    through = archive.store.read

    def noting(key: str) -> bytes:
        noted.append(key)
        return through(key)

    monkeypatch.setattr(archive.store, "read", noting)
    return noted


def test_where_nothing_is_new_only_the_index_is_read(archive: Archive, reads: list[str]) -> None:
    record(archive, range(12))
    conclude(archive)
    lake = read(range(12))
    left_of(archive, lake)
    left_of(archive, lake)
    reads.clear()
    assert not left(archive, lake.manifest, "9", 3).total
    assert reads == [KEY]


def test_on_every_store_what_is_new_is_left_and_what_is_not_is_not(any_root: str) -> None:
    archive = Archive.open(any_root)
    record(archive, range(6))
    assert numbers_of(left_of(archive, read(range(6)))) == []
    record(archive, [6], day=2)
    assert numbers_of(left_of(Archive.open(any_root), read(range(6)))) == [6]
    assert archive.store.size(KEY)


def test_of_what_is_new_only_new_capture_files_are_read(archive: Archive, reads: list[str]) -> None:
    for day in range(1, 3):
        record(archive, range(4 * day, 4 * day + 4), day=day)
    lake = read(range(4, 12))
    left_of(archive, lake)
    record(archive, [4, 5], day=3)
    reads.clear()
    assert not left(archive, lake.manifest, "9", 3).total
    assert {key.split("/")[2] for key in reads if key.startswith("captures/")} == {"20260304T000000000000Z-0000"}


def test_no_capture_is_missed_whoever_writes_it_and_when(archive: Archive) -> None:
    record(archive, range(10), day=5)
    lake = read(range(10))
    assert numbers_of(left_of(archive, lake)) == []
    other = Archive.open(archive.store.url)
    record(other, [20], day=6)
    assert numbers_of(left_of(archive, lake)) == [20]
    record(other, [21], day=1)  # a run begun before the others, which ends after them
    assert numbers_of(left_of(archive, lake)) == [20, 21]
    record(other, [22], day=5)  # the run that was read goes on
    record(other, [23], day=7, portal="hebei")
    assert numbers_of(left_of(archive, lake)) == [20, 21, 22, 23]
    for day in range(8, 14):  # enough files for a compaction
        record(archive, [30 + day], day=day)
    assert numbers_of(left_of(archive, lake)) == [20, 21, 22, 23, *range(38, 44)]
    record(archive, [50], day=14, role=Role.LISTING)
    record(archive, [51], day=15, outcome=Outcome.GONE, payload_sha256=None, payload_bytes=None)
    assert left_of(archive, read([*range(24), *range(38, 44)])).total == 0


def test_a_capture_file_that_is_another_one_or_gone_is_read_anew(archive: Archive, tmp_path: Path) -> None:
    record(archive, range(5))
    record(archive, [5], portal="hebei")
    assert left_of(archive, read(range(6))).candidates == 6
    other = Archive.open(str(tmp_path / "other"))
    record(other, range(10, 13))
    [key, gone] = [info.key for portal in ("henan", "hebei") for info in next(archive.capture_listing(portal))]
    archive.store.write(key, other.store.read(key))
    archive.store.delete(gone)
    found = left_of(archive, read(range(6)))
    assert (numbers_of(found), found.candidates) == ([10, 11, 12], 3)


@pytest.fixture
def listed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    noted: list[str] = []
    through = archive.store.list

    def noting(prefix: str) -> Iterator[Any]:
        noted.append(prefix)
        return through(prefix)

    monkeypatch.setattr(archive.store, "list", noting)
    return noted


def test_only_portals_are_listed_to_which_a_run_wrote_since(archive: Archive, listed: list[str]) -> None:
    for day, portal in ((1, "henan"), (2, "hebei")):
        record(archive, [day], day=day, portal=portal)
        conclude(archive, day)
    left_of(archive, Lake([]))
    record(archive, [3], day=3, portal="hebei")
    listed.clear()
    assert [len(each.chosen) for each in left(archive, read([1, 2]).manifest, "9", 3).batches()] == [1]
    assert listed.count("captures/hebei/") == 2  # what is new, and its captures
    assert not {"captures/", "captures/henan/"} & set(listed)
    conclude(archive, 3)
    left(archive, read([1, 2, 3]).manifest, "9", 3)
    listed.clear()
    assert not left(archive, read([1, 2, 3]).manifest, "9", 3).total
    assert listed == ["runs_under_way/", "runs/"]


def test_requests_to_s3_grow_with_what_runs_wrote_to_not_with_portals(
    s3_root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a small `parse` asks to know what is left, and for the captures of it."""
    monkeypatch.setattr(candidate_index, "_ROWS_PER_PART", 1000)
    requests: list[str] = []
    send = urllib3.PoolManager.urlopen

    def counting(pool: urllib3.PoolManager, method: str, url: str, *rest: Any, **more: Any) -> Any:
        requests.append(f"{method} {url}")
        return send(pool, method, url, *rest, **more)

    def asked(portals: int, written: int) -> int:
        archive = Archive.open(f"{s3_root}/{portals}-{written}")
        for number in range(portals):
            record(archive, [number], portal=f"portal-{number}")
        conclude(archive)
        left_of(archive, Lake([]))
        for number in range(written):
            record(archive, [100 + number], day=2, portal=f"portal-{number}")
        conclude(archive, 2)
        requests.clear()
        found = left(archive, read(range(portals)).manifest, "9", 3)
        assert numbers_of(found) == list(range(100, 100 + written))
        return len(requests)

    monkeypatch.setattr(urllib3.PoolManager, "urlopen", counting)
    few = asked(3, 1)
    assert asked(12, 1) == few
    assert few < asked(12, 3) <= 3 * few


def test_a_report_that_comes_before_its_captures_is_read_until_they_are_there(archive: Archive, tmp_path: Path) -> None:
    record(archive, [0])
    conclude(archive)
    left_of(archive, Lake([]))
    other = Archive.open(str(tmp_path / "other"))
    record(other, [1], day=2, portal="hebei")
    conclude(other, 2)
    for info in other.store.list("runs/"):
        archive.store.write(info.key, other.store.read(info.key))
    assert numbers_of(left_of(archive, Lake([]))) == [0]
    for info in [*other.store.list("raw/sha256/"), *other.store.list("captures/")]:
        archive.store.write(info.key, other.store.read(info.key))
    assert numbers_of(left_of(archive, Lake([]))) == [0, 1]


def test_a_run_that_was_killed_is_settled_after_a_while(
    archive: Archive, listed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record(archive, [0])
    for _ in range(3):
        listed.clear()
        left(archive, read([0]).manifest, "9", 3)
    assert "captures/henan/" in listed
    monkeypatch.setattr("gongkai.parsing.touched._KILLED", dt.timedelta())
    for _ in range(2):
        listed.clear()
        assert not left(archive, read([0]).manifest, "9", 3).total
    assert listed == ["runs_under_way/", "runs/"]
    record(archive, [1])  # it was not killed
    assert numbers_of(left_of(archive, read([0]))) == [1]


def test_a_run_that_was_killed_behind_its_first_capture_file_is_seen(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(archive, [0])
    conclude(archive)
    left_of(archive, Lake([]))
    written = archive.store.write_once

    def killed(key: str, *data: Any) -> bool:
        done = written(key, *data)
        if key.startswith("captures/"):
            raise KeyboardInterrupt
        return done

    with monkeypatch.context() as patch:
        patch.setattr(archive.store, "write_once", killed)
        with pytest.raises(KeyboardInterrupt):
            record(archive, [1], day=2, portal="hebei")
    assert numbers_of(left_of(Archive.open(archive.store.url), Lake([]))) == [0, 1]


def test_captures_wait_for_the_note_of_their_folder(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that takes the captures and not the note, the run then being killed: no report would tell of them."""
    record(archive, [0])
    conclude(archive)
    left_of(archive, Lake([]))
    write = archive.store.write

    def failing(key: str, *data: Any) -> None:
        if key.startswith("runs/"):
            raise StoreUnavailableError(key)
        write(key, *data)

    with monkeypatch.context() as patch:
        patch.setattr(archive.store, "write", failing)
        for _ in range(2):
            with pytest.raises(StoreUnavailableError):
                record(archive, [1], day=2, portal="hebei")
    assert list(archive.store.list("captures/hebei/")) == []
    record(archive, [1], day=2, portal="hebei")
    with monkeypatch.context() as patch:
        patch.setattr(archive.store, "write", failing)
        record(archive, [2], day=2, portal="hebei")
    assert numbers_of(left_of(Archive.open(archive.store.url), Lake([]))) == [0, 1, 2]


def test_where_a_report_is_damaged_all_captures_are_listed(archive: Archive, listed: list[str]) -> None:
    record(archive, [0])
    conclude(archive)
    left_of(archive, Lake([]))
    record(archive, [1], day=2)
    report = max(info.key for info in archive.store.list("runs/"))
    archive.store.write(report, archive.store.read(report)[:-9])
    listed.clear()
    assert numbers_of(left_of(archive, Lake([]))) == [0, 1]
    assert "captures/" in listed


def test_whoever_parses_everything_lists_everything(archive: Archive, tmp_path: Path) -> None:
    record(archive, range(5))
    conclude(archive)
    left_of(archive, Lake([]))
    other = Archive.open(str(tmp_path / "other"))
    record(other, [7], day=2)
    [info] = list(other.store.list("captures/"))
    archive.store.write(info.key, other.store.read(info.key))  # no report names it
    assert numbers_of(left_of(archive, None)) == [*range(5), 7]


def test_another_parser_version_or_limit_and_a_failure_leave_originals_again(archive: Archive) -> None:
    record(archive, range(6))
    lake = read(range(6))
    assert numbers_of(left_of(archive, lake)) == []
    assert numbers_of(left_of(archive, lake, version="10")) == [*range(6)]
    assert numbers_of(left_of(archive, read(range(6), "10"), version="10")) == []
    failed = Lake([*lake.known[:5], dataclasses.replace(lake.known[5], attempts=1)])
    assert numbers_of(left_of(archive, failed)) == [5]
    given_up = Lake([*lake.known[:5], dataclasses.replace(lake.known[5], attempts=3)])
    assert numbers_of(left_of(archive, given_up)) == []
    assert numbers_of(left_of(archive, given_up, limit=4)) == [5]
    assert numbers_of(left_of(archive, None)) == [*range(6)]
    assert numbers_of(left_of(archive, read([0]))) == [*range(1, 6)]  # the lake was made anew


@pytest.mark.parametrize("what", ["deleted", "no part", "a part of another", "flipped head", "flipped part"])
def test_a_lost_or_damaged_index_is_made_anew(archive: Archive, what: str) -> None:
    record(archive, range(9))
    left_of(archive, read(range(8)))
    store = archive.store
    if what == "deleted":
        store.delete(KEY)
    elif what == "no part":
        store.delete(PART)
    elif what == "a part of another":
        store.write(PART, store.read(PART.replace("00000", "00001")))
    else:
        key = KEY if what == "flipped head" else PART
        data = bytearray(store.read(key))
        data[len(data) // 2] ^= 1
        store.write(key, bytes(data))
        assert [(finding.key, finding.problem) for finding in verify(archive)] == [(key, Problem.ALTERED)]
    assert numbers_of(left_of(archive, Lake([]))) == [*range(9)]
    assert list(verify(archive)) == []


def test_an_index_that_changes_under_a_parsing_is_read_again(archive: Archive) -> None:
    record(archive, range(9))
    found = left_of(archive, None)
    for number in range(4):
        archive.store.delete(PART.replace("00000", f"{number:05d}"))
    assert [found.is_candidate(sha256_of(number)) for number in (0, 8, 9)] == [True, True, False]


def test_while_others_write_the_index_the_answer_comes_from_captures(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(archive, range(9))
    found = left_of(archive, None)
    through = archive.store.read
    record(archive, [9], day=2)
    # Whatever part is read was written by another process just before.
    monkeypatch.setattr(archive.store, "read", lambda key: through(key) + b" " * (key.startswith(PART[:-13])))
    assert [found.is_candidate(sha256_of(number)) for number in (0, 8, 9, 10)] == [True, True, True, False]
    assert numbers_of(left_of(archive, read(range(8)))) == [8, 9]


def test_who_may_not_write_reads_what_is_left(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    record(archive, range(9))

    def refused(*_: object) -> None:
        raise StoreUnavailableError("it is read-only")

    monkeypatch.setattr(archive.store, "write", refused)
    monkeypatch.setattr(archive.store, "delete", refused)
    assert numbers_of(left_of(archive, read(range(8)))) == [8]
    assert list(archive.store.list(KEY)) == []


def test_a_copy_has_the_index_of_its_own_captures(archive: Archive, tmp_path: Path) -> None:
    record(archive, range(9))
    left_of(archive, read(range(9)))
    copy = Archive.open(str(tmp_path / "copy"))
    copy_objects(Carrier(archive.store, copy.store))
    assert numbers_of(left_of(copy, read(range(8)))) == [8]
    record(archive, [9], day=2)
    copy_objects(Carrier(archive.store, copy.store))
    assert numbers_of(left_of(copy, read(range(9)))) == [9]


def test_the_files_of_an_article_are_known_though_read_long_ago(archive: Archive) -> None:
    record(archive, [0, 1], parent_url="https://example.gov.cn/a.html")
    record(archive, [2], day=2, parent_url="https://example.gov.cn/b.html")
    left_of(archive, read(range(3)))
    record(archive, [3], day=3, portal="hebei", parent_url="https://example.gov.cn/a.html")
    found = left_of(archive, read(range(3)))
    assert numbers_of(found) == [3]
    [batch] = found.batches()
    assert set(batch.siblings) == {sha256_of(0), sha256_of(1)}


def test_whatever_comes_in_whatever_order(archive: Archive) -> None:
    chance = random.Random(15)
    known: set[int] = set()
    for step in range(12):
        some = chance.sample(range(40), chance.randint(1, 6))
        record(archive, some, day=chance.randint(1, 9), portal=chance.choice(["henan", "hebei"]))
        if step % 3:
            known |= set(chance.sample(range(40), 5))
            left_of(archive, read(sorted(known)))
