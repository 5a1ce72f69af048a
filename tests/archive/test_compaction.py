"""Compactions: years of small capture files are read in few pieces, and never tell anything else than these."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator

import pyarrow as pa
import pytest

from gongkai.archive import (
    Archive,
    CapturesUnreadableError,
    Problem,
    StoreUnavailableError,
    capture_table,
    compaction,
    verify,
)
from gongkai.archive.capture import Capture, Outcome
from gongkai.archive.latest import Latest
from gongkai.archive.store import Store

MakeCapture = Callable[..., Capture]
PORTAL = "hebei-qinhuangdao"
LOOSE = 8
KEY = f"indexes/captures/{PORTAL}/2026.parquet"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "LOOSE", LOOSE)


@pytest.fixture
def local(tmp_path: object) -> Archive:
    return Archive.open(f"{tmp_path}/archive")


def run_of(day: int, year: int = 2026) -> str:
    return f"{dt.date(year, 1, 1) + dt.timedelta(days=day):%Y%m%d}T010000000000Z-0000"


def fill(archive: Archive, make_capture: MakeCapture, days: range, year: int = 2026, portal: str = PORTAL) -> None:
    """A run a day, which finds one page the same, another one new, and now and then one that is gone."""
    page = archive.keep_original(b"page")
    for day in days:
        new = archive.keep_original(f"{year} {day}".encode())
        own = {"run_id": run_of(day, year), "portal": portal, "minute": day}
        archive.record(
            [
                make_capture(url="https://x/list", payload_sha256=page.sha256, payload_bytes=4, **own),
                make_capture(url=f"https://x/{day}", payload_sha256=new.sha256, payload_bytes=new.bytes, **own),
                make_capture(url=f"https://x/{day - 5}", outcome=Outcome.GONE, **own),
            ]
        )


@dataclasses.dataclass
class Reads:
    """The keys read, by what they begin with."""

    keys: list[str]

    def of(self, prefix: str) -> int:
        return sum(1 for key in self.keys if key.startswith(prefix))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[Store], Reads]:
    def noting(store: Store) -> Reads:
        noted, through = Reads([]), store.read

        def read(key: str) -> bytes:
            noted.keys.append(key)
            return through(key)

        monkeypatch.setattr(store, "read", read)
        return noted

    return noting


def without_compactions(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> list[Capture]:
    with monkeypatch.context() as patch:
        patch.setattr(compaction, "LOOSE", 10**6)
        return list(archive.captures())


def test_a_history_is_read_in_few_pieces_and_in_the_order_written(
    archive: Archive, make_capture: MakeCapture, reads: Callable[[Store], Reads], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(archive, make_capture, range(LOOSE + 3))
    fill(archive, make_capture, range(2), year=2025)
    fill(archive, make_capture, range(1), portal="other")
    monkeypatch.setattr(compaction, "_GROUP_ROWS", 20)
    assert list(archive.captures()) == without_compactions(archive, monkeypatch)
    fill(archive, make_capture, range(LOOSE + 3, LOOSE + 5))
    expected = without_compactions(archive, monkeypatch)
    noted = reads(archive.store)
    assert list(archive.captures()) == expected
    assert (noted.of("captures/"), noted.of("indexes/")) == (2 + 2 + 1, 1)
    assert list(verify(archive)) == []


def test_latest_is_told_from_them_alike(local: Archive, make_capture: MakeCapture) -> None:
    fill(local, make_capture, range(LOOSE + 4))
    plain = Latest(local.captures(PORTAL))
    compacted = local.latest_by_url(PORTAL)
    assert dict(compacted) == dict(plain)
    assert {url for url in plain if plain.was_gone(url)} == {url for url in compacted if compacted.was_gone(url)}
    assert compacted["https://x/list"].run_id == run_of(LOOSE + 3)
    assert compacted.was_gone("https://x/1")
    assert not compacted.was_gone(f"https://x/{LOOSE + 3}")


def test_a_page_that_is_back_is_not_gone(local: Archive, make_capture: MakeCapture) -> None:
    fill(local, make_capture, range(LOOSE))
    fill(local, make_capture, range(1))
    page = local.keep_original(b"page").sha256
    local.record([make_capture(url="https://x/1", run_id=run_of(50), minute=50, payload_sha256=page)])
    for day in range(51, 51 + LOOSE):
        local.record([make_capture(url="https://x/3", run_id=run_of(day), minute=day, outcome=Outcome.GONE)])
    latest = local.latest_by_url(PORTAL)
    assert not latest.was_gone("https://x/1")
    assert latest.was_gone("https://x/3")
    assert latest["https://x/3"].run_id == run_of(3)


def test_damage_makes_it_anew_and_is_found(
    archive: Archive, make_capture: MakeCapture, reads: Callable[[Store], Reads]
) -> None:
    fill(archive, make_capture, range(LOOSE))
    expected = list(archive.captures())
    whole = archive.store.read(KEY)
    for damaged in (whole[: len(whole) // 2], whole.replace(b"2026", b"2027", 1), b""):
        archive.store.write(KEY, damaged)
        assert [(found.key, found.problem) for found in verify(archive)] == [(KEY, Problem.ALTERED)]
        assert list(archive.captures()) == expected
        assert list(verify(archive)) == []
    archive.store.delete(KEY)
    assert list(verify(archive)) == []
    assert list(archive.captures()) == expected
    noted = reads(archive.store)
    assert list(archive.captures()) == expected
    assert noted.of("captures/") == 0


def test_one_that_tells_other_rows_is_found_although_its_seal_holds(
    local: Archive, make_capture: MakeCapture, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(local, make_capture, range(LOOSE))
    with monkeypatch.context() as patch:
        through = compaction._loaded

        def forged(store: Store, key: str, names: object = None) -> tuple[compaction.Covered, pa.Table]:
            covered, table = through(store, key)
            at = table.column_names.index("title")
            return covered, table.set_column(at, table.field("title"), pa.array(["forged"] * len(table)))

        patch.setattr(compaction, "_loaded", forged)
        assert {capture.title for capture in local.captures()} == {"forged"}
    [*findings] = verify(local)
    assert {(found.key, found.problem) for found in findings} == {(KEY, Problem.ALTERED)}
    assert len(findings) == LOOSE


def test_a_capture_file_lost_is_named_and_one_of_other_length_is_read_itself(
    local: Archive, make_capture: MakeCapture
) -> None:
    fill(local, make_capture, range(LOOSE + 1))
    whole = len(list(local.captures()))
    lost, cut = (f"captures/{PORTAL}/{run_of(day)}/000000.parquet" for day in (3, 4))
    local.store.delete(lost)
    assert [(found.key, found.problem) for found in verify(local)] == [(lost, Problem.MISSING)]
    assert len(list(local.captures())) == whole - 3
    local.store.write(cut, local.store.read(cut)[:-9])
    assert {found.key for found in verify(local)} == {lost, cut}
    with pytest.raises(CapturesUnreadableError, match=cut):
        list(local.captures())


def test_files_of_an_older_version_lack_columns(
    local: Archive, make_capture: MakeCapture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        older = capture_table.SCHEMA.remove(len(capture_table.SCHEMA) - 1)
        patch.setattr(capture_table, "SCHEMA", older)
        fill(local, make_capture, range(LOOSE - 1))
    fill(local, make_capture, range(LOOSE - 1, LOOSE))
    expected = without_compactions(local, monkeypatch)
    assert list(local.captures()) == list(local.captures()) == expected
    assert local.store.size(KEY) is not None
    assert list(verify(local)) == []


def test_one_of_a_version_with_other_columns_is_made_anew(
    local: Archive, make_capture: MakeCapture, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(local, make_capture, range(LOOSE))
    expected = list(local.captures())
    with monkeypatch.context() as patch:
        older = capture_table.SCHEMA.remove(len(capture_table.SCHEMA) - 1)
        patch.setattr(capture_table, "SCHEMA", older)
        local.store.delete(KEY)
        list(local._history(PORTAL))
    assert list(local.captures()) == expected


def test_who_may_not_write_reads_all_the_same(
    local: Archive, make_capture: MakeCapture, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(local, make_capture, range(LOOSE))

    def refused(key: str, _data: object) -> None:
        raise StoreUnavailableError(key)

    monkeypatch.setattr(local.store, "write", refused)
    assert len(list(local.captures())) == 3 * LOOSE
    assert local.store.size(KEY) is None


@pytest.mark.parametrize("short", [0, 2 << 20])
def test_columns_come_with_the_file_of_every_row(
    local: Archive, make_capture: MakeCapture, monkeypatch: pytest.MonkeyPatch, short: int
) -> None:
    monkeypatch.setattr("gongkai.archive.archive._SHORT", short)
    fill(local, make_capture, range(LOOSE + 2))
    for _ in range(2):
        counted: collections.Counter[str] = collections.Counter()
        for key, captures in by_file(local):
            assert {capture.run_id for capture in captures} == {key.split("/")[2]}
            counted[key] += len(captures)
        assert set(counted.values()) == {3}
        assert len(counted) == LOOSE + 2


def by_file(archive: Archive) -> Iterator[tuple[str, list[Capture]]]:
    names = ["run_id", "capture_id", "portal", "role", "url", "outcome", "requested_at"]
    for piece in archive.capture_columns(names):
        first = 0
        for key, rows in piece.files:
            yield key, capture_table.captures(piece.rows.slice(first, rows))
            first += rows
