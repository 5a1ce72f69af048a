"""The archive through its public calls, on a directory and on S3."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import datetime as dt
import hashlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from gongkai.archive.archive import (
    AmbiguousHashError,
    Archive,
    CaptureRefusedError,
    OriginalAlteredError,
    OriginalMissingError,
    RunReportRefusedError,
    new_capture_id,
    new_run_id,
)
from gongkai.archive.capture import Capture, Outcome
from gongkai.archive.capture_table import CapturesUnreadableError
from gongkai.archive.fixity import verify
from gongkai.archive.keys import original_key
from gongkai.archive.roots import open_store
from gongkai.archive.seal import SealBrokenError
from gongkai.archive.store import ArchiveError, BadKeyError, RootUnusableError
from gongkai.archive.streams import IN_MEMORY

MakeCapture = Callable[..., Capture]
ABSENT = hashlib.sha256(b"never kept").hexdigest()


def kept(archive: Archive, make_capture: MakeCapture, data: bytes, **values: Any) -> Capture:
    """A capture of these bytes, which are kept."""
    original = archive.keep_original(data)
    return make_capture(payload_sha256=original.sha256, payload_bytes=original.bytes, **values)


def test_keeping_twice_stores_once(archive: Archive) -> None:
    first = archive.keep_original(b"%PDF-1.7")
    again = archive.keep_original(io.BytesIO(b"%PDF-1.7"))
    assert (first.is_new, again.is_new) == (True, False)
    assert first.sha256 == again.sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert archive.original(first.sha256) == b"%PDF-1.7"
    key = f"raw/sha256/{first.sha256[:2]}/{first.sha256}"
    assert [info.key for info in archive.store.list("")] == [key]
    assert list(archive.originals()) == [(first.sha256, 8)]


def test_long_originals_are_streamed(archive: Archive) -> None:
    data = os.urandom(IN_MEMORY + 12_345)
    original = archive.keep_original(io.BytesIO(data))
    assert original.bytes == len(data)
    with archive.open_original(original.sha256) as stream:
        assert stream.read(10) == data[:10]
        stream.seek(-10, io.SEEK_END)
        assert stream.read() == data[-10:]


def test_asking_for_what_is_not_there(archive: Archive) -> None:
    for name in (ABSENT, "nonsense", ABSENT.upper(), "../" + ABSENT):
        with pytest.raises(OriginalMissingError, match="not an original"):
            archive.original(name)


def test_an_altered_original_is_never_handed_out(archive: Archive) -> None:
    sha256 = archive.keep_original(b"100.00").sha256
    archive.store.write(original_key(sha256), b"900.00")
    with pytest.raises(OriginalAlteredError, match=sha256):
        archive.original(sha256)
    archive.store.write(original_key(sha256), b"100.0")
    with pytest.raises(OriginalAlteredError, match="promises 6"):
        archive.keep_original(b"100.00")


def test_captures_come_back_as_recorded(archive: Archive, make_capture: MakeCapture) -> None:
    full = kept(
        archive,
        make_capture,
        b"x",
        received_at=dt.datetime(2026, 11, 22, 22, 15, 1, 999_999, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        final_url="https://czj.example.gov.cn/2.pdf",
        parent_url="https://czj.example.gov.cn/",
        http_status=200,
        request_headers=(("Accept", "*/*"),),
        response_headers=(("Set-Cookie", "a"), ("Set-Cookie", "b"), ("Content-Type", "")),
        remote_address="2001:db8::1",
        media_type_declared="application/pdf",
        media_type_detected="application/pdf",
        file_name="部门预算.pdf",
        link_text="附件1",
        title="2025年部门预算公开",
        published_on=dt.date(2025, 2, 28),
        index_number="000014348/2025-00012",
        previous_sha256=ABSENT,
    )
    bare = make_capture(minute=1, outcome=Outcome.TIMEOUT)
    assert archive.record([full]) == "captures/hebei-qinhuangdao/20261122T141500Z-3fa9/000000.parquet"
    assert archive.record([bare]).endswith("/000001.parquet")
    assert list(archive.captures()) == [full, bare]
    (first, _) = archive.captures("hebei-qinhuangdao")
    assert first.received_at is not None
    assert first.received_at.utcoffset() == dt.timedelta()
    assert list(archive.captures("hebei")) == []


def test_records_of_several_archives_and_threads_do_not_meet(root: str, make_capture: MakeCapture) -> None:
    archives = [Archive.open(root) for _ in range(3)]
    captures = [make_capture(minute=number) for number in range(12)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        written = list(pool.map(lambda pair: archives[pair[0] % 3].record([pair[1]]), enumerate(captures)))
    assert sorted(written) == [
        f"captures/hebei-qinhuangdao/20261122T141500Z-3fa9/{number:06d}.parquet" for number in range(12)
    ]
    assert {capture.capture_id for capture in archives[0].captures()} == {each.capture_id for each in captures}


def test_recording_the_same_captures_again_adds_no_second_file_when_the_answer_was_lost(
    archive: Archive, make_capture: MakeCapture, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_once = archive.store.write_once

    def lost(key: str, data: bytes) -> bool:
        write_once(key, data)
        return False

    monkeypatch.setattr(archive.store, "write_once", lost)
    archive.record([make_capture()])
    assert len(list(archive.store.list("captures/"))) == 1


def test_what_is_not_recorded(archive: Archive, make_capture: MakeCapture) -> None:
    capture = make_capture()
    refused: list[tuple[list[Capture], str]] = [
        ([], "exactly one portal and run"),
        ([capture, make_capture(portal="henan")], "exactly one portal and run"),
        ([capture, make_capture(run_id="other")], "exactly one portal and run"),
        ([make_capture(payload_sha256=ABSENT)], "keep the original first"),
        ([make_capture(payload_sha256="abc")], "not a SHA-256"),
        ([make_capture(requested_at=dt.datetime(2026, 1, 1))], "has no zone"),  # noqa: DTZ001
        ([make_capture(received_at=dt.datetime(2026, 1, 1))], "has no zone"),  # noqa: DTZ001
        ([make_capture(file_name="\udcd6\udcd0")], "surrogates"),
        ([make_capture(http_status=2**40)], "cannot be written"),
    ]
    for captures, reason in refused:
        with pytest.raises(CaptureRefusedError, match=reason):
            archive.record(captures)
    with pytest.raises(BadKeyError):
        archive.record([make_capture(portal="../../etc")])
    assert list(archive.store.list("")) == []
    assert issubclass(CaptureRefusedError, ValueError)
    assert issubclass(CaptureRefusedError, ArchiveError)


def test_versions_and_latest(archive: Archive, make_capture: MakeCapture) -> None:
    first = kept(archive, make_capture, b"one")
    same = kept(archive, make_capture, b"one", minute=1, outcome=Outcome.UNCHANGED)
    second = kept(archive, make_capture, b"two", minute=2)
    failed = make_capture(minute=3, outcome=Outcome.TIMEOUT)
    other = kept(archive, make_capture, b"three", minute=1, url="https://elsewhere.example.cn/")
    archive.record([failed, second])
    archive.record([same, first, other])
    assert archive.versions(first.url) == [first, second]
    assert archive.versions("https://nowhere.example.cn/") == []
    assert archive.latest_by_url("hebei-qinhuangdao") == {first.url: second, other.url: other}
    assert archive.latest_by_url("henan") == {}


def test_find(archive: Archive, make_capture: MakeCapture) -> None:
    payloads = {hashlib.sha256(data).hexdigest(): data for data in (b"a", b"b")}
    captures = [kept(archive, make_capture, data, url=f"https://x.cn/{sha}") for sha, data in payloads.items()]
    moved = make_capture(minute=5, url="http://x.cn/old", final_url=captures[0].url, outcome=Outcome.HTTP_ERROR)
    archive.record([moved, *captures])
    assert archive.find(captures[0].url) == [captures[0], moved]
    for capture in captures:
        sha256 = str(capture.payload_sha256)
        assert archive.find(sha256) == archive.find(sha256[:8]) == archive.find(sha256[:12].upper()) == [capture]
    assert archive.find("00000000") == []
    assert archive.find(str(captures[0].payload_sha256)[:7]) == []


def test_an_ambiguous_abbreviation_names_the_candidates(archive: Archive, make_capture: MakeCapture) -> None:
    # Two hashes that agree in eight digits cannot be had for the asking; originals are therefore put by hand.
    hashes = ["deadbeef" + "0" * 56, "deadbeef" + "1" * 56]
    for sha256 in hashes:
        archive.store.write(original_key(sha256), b"")
    archive.record([make_capture(payload_sha256=sha256) for sha256 in hashes])
    with pytest.raises(AmbiguousHashError, match=f"{hashes[0]}, {hashes[1]}"):
        archive.find("deadbeef")
    assert [found.payload_sha256 for found in archive.find("deadbeef1")] == [hashes[1]]


def digest(archive: Archive, key: str) -> str:
    return hashlib.sha256(archive.store.read(key)).hexdigest()


def test_run_reports(archive: Archive, make_capture: MakeCapture) -> None:
    key = archive.record([make_capture()])
    run_id = "20261122T141500Z-3fa9"
    archive.write_run_report("20261123T000000Z-0000", {"exit_code": 0})
    archive.write_run_report(run_id, {"门户": {"秦皇岛": {"captured": 1}}, "exit_code": 3})
    reports = list(archive.run_reports())
    assert reports == [
        {
            "门户": {"秦皇岛": {"captured": 1}},
            "exit_code": 3,
            "run_id": run_id,
            "capture_files": {key.removesuffix("000000.parquet"): 1},
            "page": None,
            "format": 1,
            "previous": {"20261123T000000Z-0000": digest(archive, "runs/20261123T000000Z-0000.json")},
        },
        {
            "exit_code": 0,
            "run_id": "20261123T000000Z-0000",
            "capture_files": {},
            "page": None,
            "format": 1,
            "previous": {},
        },
    ]
    stored = archive.store.read(f"runs/{run_id}.json")
    assert json.loads(stored)["exit_code"] == 3
    assert "秦皇岛".encode() in stored
    archive.write_run_report(run_id, {"exit_code": 3, "门户": {"秦皇岛": {"captured": 1}}})
    assert archive.store.read(f"runs/{run_id}.json") == stored


@pytest.mark.parametrize(
    "report", [{"x": object()}, {"x": float("nan")}, {"run_id": "another"}, {"sha256": "mine"}, {"x": "\ud800"}]
)
def test_reports_that_are_refused(tmp_path: os.PathLike[str], report: dict[str, Any]) -> None:
    archive = Archive.open(str(tmp_path))
    with pytest.raises(RunReportRefusedError):
        archive.write_run_report("20261123T000000Z-0000", report)
    assert list(archive.store.list("")) == []


def test_damage_is_named_where_it_is_read(archive: Archive, make_capture: MakeCapture) -> None:
    key = archive.record([make_capture()])
    archive.write_run_report("r", {})
    for damaged in (key, "runs/r.json"):
        archive.store.write(damaged, archive.store.read(damaged)[:-3] + b"xyz")
    with pytest.raises(CapturesUnreadableError, match=key):
        list(archive.captures())
    with pytest.raises(SealBrokenError, match=r"runs/r\.json"):
        list(archive.run_reports())


def test_identifiers() -> None:
    now = dt.datetime(2026, 11, 22, 22, 15, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    identifiers = {new_run_id(now) for _ in range(50)}
    assert len(identifiers) > 1
    assert {identifier[:-4] for identifier in identifiers} == {"20261122T141500000000Z-"}
    assert new_run_id(now) < new_run_id(now + dt.timedelta(microseconds=1)) < new_run_id(now + dt.timedelta(seconds=1))
    assert len({new_capture_id() for _ in range(1000)}) == 1000
    with pytest.raises(ValueError, match="has no zone"):
        new_run_id(now.replace(tzinfo=None))


@pytest.mark.parametrize("root", ["", "ftp://x/y", "S3://x", "gs://bucket/x", "http://x"])
def test_roots_that_are_none(root: str) -> None:
    with pytest.raises(RootUnusableError):
        open_store(root)


# Keeps originals and records them; the n-th pair of a run is told by its number, so that runs can be compared.  Says
# which pair it has come to, and waits for a line of leave while its input is open.
WRITER = """
import datetime as dt, sys
from gongkai.archive import Archive, Capture, Outcome, Role
archive = Archive.open(sys.argv[1])
known = set(archive.latest_by_url("p"))
for number in range(int(sys.argv[2])):
    url = f"https://x.cn/{number}"
    if url in known:
        continue
    print(number, flush=True)
    sys.stdin.readline()
    original = archive.keep_original(f"{number} ".encode() * 20_000)
    archive.record([Capture(capture_id=url, run_id=sys.argv[3], portal="p", role=Role.FILE, url=url,
                    outcome=Outcome.CAPTURED, requested_at=dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc),
                    payload_sha256=original.sha256, payload_bytes=original.bytes)])
"""


def test_killed_anywhere_a_new_run_completes_the_archive(root: str) -> None:
    chance = random.Random(20261122)
    for attempt in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, root, "100000", f"run-{attempt}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert writer.stdin is not None
        assert writer.stdout is not None
        for _ in range(chance.randrange(2, 12)):
            assert writer.stdout.readline()
            writer.stdin.write(b"\n")
            writer.stdin.flush()
        time.sleep(chance.uniform(0, 0.02))  # anywhere in a pair; it waits before the next one
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
        writer.stdin.close()
        writer.stdout.close()
        assert list(verify(Archive.open(root))) == []
    archive = Archive.open(root)
    reached = len(list(archive.captures())) + 3
    command = [sys.executable, "-c", WRITER, root, str(reached), "run-9"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    assert sorted(capture.url for capture in archive.captures()) == sorted(
        f"https://x.cn/{number}" for number in range(reached)
    )
    expected = {hashlib.sha256(f"{number} ".encode() * 20_000).hexdigest() for number in range(reached)}
    assert expected == {sha256 for sha256, _ in archive.originals()}
    assert list(verify(archive)) == []


def test_captures_are_frozen(make_capture: MakeCapture) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        make_capture().url = "x"  # type: ignore[misc]
