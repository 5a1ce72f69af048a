"""Fixity: whatever is flipped, missing, misplaced or foreign is found, and nothing else is."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import io
import itertools
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.archive import inventory, seal
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome
from gongkai.archive.fixity import Finding, Problem, losses
from gongkai.archive.fixity import verify as verify_archive
from gongkai.archive.keys import original_key
from gongkai.archive.store import Store
from gongkai.lake.files import PIECES
from gongkai.lake.fixity import lake_files
from gongkai.lake.manifest import MANIFEST_KEY, LakeFile, Manifest, ManifestDamagedError
from gongkai.lake.partition import Partition
from gongkai.lake.publication import write_manifest

MakeCapture = Callable[..., Capture]
verify = functools.partial(verify_archive, further=(lake_files,))
RUN = "20261122T141500Z-3fa9"
CAPTURE_FILE = f"captures/hebei-qinhuangdao/{RUN}/000001.parquet"


def found(archive: Archive, **options: Any) -> dict[str, Problem]:
    return {finding.key: finding.problem for finding in verify(archive, **options)}


def fill(archive: Archive, make_capture: MakeCapture) -> None:
    """Five originals, three capture files, a run report, and a lake of two files."""
    for number in range(3):
        originals = [archive.keep_original(f"{number} {copy} ".encode() * 30) for copy in range(2)]
        archive.record(
            [
                make_capture(payload_sha256=original.sha256, payload_bytes=original.bytes, minute=number)
                for original in originals
            ]
        )
    archive.write_run_report(RUN, {"exit_code": 0, "captured": 6})
    files = [
        lake_file(archive.store, Partition("河北省", 2025, "教育"), [1, 2]),
        lake_file(archive.store, Partition(None, None, None), [3]),
    ]
    write_manifest(archive.store, files, "0.1.0")


def lake_file(store: Store, partition: Partition, amounts: list[int]) -> LakeFile:
    sink = io.BytesIO()
    pq.write_table(pa.table({"amount": amounts}), sink, write_page_checksum=True)
    data = sink.getvalue()
    file = LakeFile("line_items", partition, len(amounts), len(data), hashlib.sha256(data).hexdigest())
    store.write(file.version, data)
    store.copy_all([(file.version, file.path)])
    return file


@pytest.fixture
def archive(root: str, make_capture: MakeCapture) -> Archive:
    """A small whole archive."""
    archive = Archive.open(root)
    fill(archive, make_capture)
    return archive


@pytest.fixture
def local(tmp_path: Path, make_capture: MakeCapture) -> Archive:
    """The same in a directory only, where many trials are cheap."""
    archive = Archive.open(str(tmp_path / "local"))
    fill(archive, make_capture)
    return archive


def test_a_whole_archive_has_no_findings_and_all_is_looked_at(archive: Archive) -> None:
    seen: list[tuple[str, int]] = []
    assert list(verify(archive, progress=lambda key, size: seen.append((key, size)))) == []
    assert sorted(seen) == [(info.key, info.size) for info in archive.store.list("")]


def test_an_empty_archive_has_no_findings(root: str) -> None:
    assert list(verify(Archive.open(root))) == []


def kinds(store: Store) -> dict[str, list[str]]:
    """Keys by kind of object."""
    every = [info.key for info in store.list("")]
    prefixes = [
        "inventory.json",
        "raw/inventory.json",
        "raw/sha256/",
        "captures/",
        "runs/",
        "lake/line_items/",
        "lake_versions/",
        "lake/manifest.json",
    ]
    return {prefix: [key for key in every if key.startswith(prefix)] for prefix in prefixes}


def flipped(data: bytes, position: int, bit: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 1 << bit]) + data[position + 1 :]


def test_any_flipped_byte_in_any_object_is_found(local: Archive) -> None:
    chance = random.Random(20261122)
    for prefix, names in kinds(local.store).items():
        assert names, prefix
        for _ in range(25):
            key = chance.choice(names)
            data = local.store.read(key)
            position = chance.choice([chance.randrange(len(data)), chance.randrange(-20, 20)]) % len(data)
            local.store.write(key, flipped(data, position, chance.randrange(8)))
            assert key in found(local), (key, position)
            local.store.write(key, data)
    assert found(local) == {}


def test_any_flipped_byte_in_a_manifest_is_found(local: Archive) -> None:
    data = local.store.read(MANIFEST_KEY)
    for position in range(len(data)):
        with pytest.raises(ManifestDamagedError):
            Manifest.load(flipped(data, position, position % 8), local.store)


def test_any_flipped_byte_in_the_files_of_a_manifest_without_seal_is_found(local: Archive) -> None:
    manifest = Manifest.load(local.store.read(MANIFEST_KEY), local.store)
    document = {"format": 1, "parser_version": "0.1.0", "files": [first_row(file) for file in manifest.files]}
    data = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode()
    local.store.write(MANIFEST_KEY, data)
    assert found(local) == {}
    for position in range(data.index(b"bytes"), data.rindex(b'"year"') + 6):
        damaged = flipped(data, position, position % 7)
        try:
            Manifest.load(damaged, local.store)
        except ManifestDamagedError:
            continue
        # Sound in itself: the files have to contradict it.
        local.store.write(MANIFEST_KEY, damaged)
        assert MANIFEST_KEY in found(local), damaged[position - 20 : position + 20]


def first_row(file: LakeFile) -> dict[str, Any]:
    """A file as manifests of format 1 name it."""
    said = {name: getattr(file, name) for name in ("table", "path", "version", "rows", "bytes", "sha256")}
    return {**said, **dataclasses.asdict(file.partition)}


@pytest.mark.parametrize("shortened", [True, False])
def test_missing_and_added_bytes_are_found(archive: Archive, shortened: bool) -> None:
    for names in kinds(archive.store).values():
        data = archive.store.read(names[-1])
        archive.store.write(names[-1], data[:-1] if shortened else data + b"\n")
    expected = {names[-1] for names in kinds(archive.store).values()}
    # While the manifest is damaged, it cannot tell about the files it names.
    lake = {key for key in expected if key.startswith("lake") and key != MANIFEST_KEY}
    assert found(archive).keys() == expected - lake


def test_missing_objects_are_found(archive: Archive) -> None:
    for prefix, names in kinds(archive.store).items():
        key = CAPTURE_FILE if prefix == "captures/" else names[0]
        data = archive.store.read(key)
        archive.store.delete(key)
        assert found(archive) == {key: Problem.MISSING}
        archive.store.write(key, data)
    assert found(archive) == {}


FOLDERS = ["captures/", "runs/", "raw/sha256/", "raw/", "lake/", "lake_versions/", "inventory.json"]


@pytest.mark.parametrize("gone", [*itertools.combinations(FOLDERS, 1), *itertools.combinations(FOLDERS, 2)])
def test_whole_folders_are_missed(local: Archive, gone: tuple[str, ...]) -> None:
    """Also when two vanished that tell of one another; only both copies of the inventory are not to be replaced."""
    local.write_run_report("20261123T000000Z-0000", {"lake": True})
    left = {info.key for info in local.store.list("") if not info.key.startswith(gone)}
    removed = {info.key for info in local.store.list("")} - left
    for key in removed:
        local.store.delete(key)
    missing = set(found(local))
    assert missing
    assert missing <= removed
    assert {finding.key for finding in losses(local, (lake_files,), seconds=600).findings} == missing
    parts = [found(local, subset=(part, 3)) for part in (1, 2, 3)]
    assert {key for part in parts for key in part} == missing


def test_captures_runs_and_originals_that_vanished_together_are_missed(local: Archive) -> None:
    for prefix in ("captures/", "runs/", "raw/sha256/"):
        for info in list(local.store.list(prefix)):
            local.store.delete(info.key)
    assert found(local) == {f"runs/{RUN}.json": Problem.MISSING}


def test_a_run_that_vanished_with_all_it_wrote_is_missed(archive: Archive, make_capture: MakeCapture) -> None:
    """Named by the inventory, and where that is an older one by the report of the next run."""
    before = {key: archive.store.read(key) for key in inventory.COPIES}
    archive.record([make_capture(portal="henan", run_id="second", outcome=Outcome.TIMEOUT)])
    archive.write_run_report("second", {})
    archive.write_run_report("third", {})
    for key in ("captures/henan/second/000000.parquet", "runs/second.json"):
        archive.store.delete(key)
    assert found(archive) == {"runs/second.json": Problem.MISSING}
    for key, data in before.items():
        archive.store.write(key, data)
    assert found(archive) == {"runs/second.json": Problem.MISSING}


def test_what_a_killed_run_wrote_is_missed(archive: Archive, make_capture: MakeCapture) -> None:
    for minute in range(3):
        archive.record([make_capture(minute, portal="henan", run_id="killed", outcome=Outcome.TIMEOUT)])
    assert found(archive) == {}
    last = "captures/henan/killed/000002.parquet"
    archive.store.delete(last)
    assert found(archive) == {last: Problem.MISSING}
    for key in ("captures/henan/killed/000000.parquet", "captures/henan/killed/000001.parquet", "runs/killed.json"):
        archive.store.delete(key)
    assert found(archive) == {"runs/killed.json": Problem.MISSING}
    assert "killed" not in [report["run_id"] for report in archive.run_reports()]


def test_a_report_put_in_place_of_another_is_found(archive: Archive) -> None:
    """Its seal is right: only its hash in the inventory, and in the report after it, tells."""
    archive.write_run_report("second", {})
    forged = seal.sealed_json({"run_id": RUN, "exit_code": 0, "captured": 0, "capture_files": {}})
    archive.store.write(f"runs/{RUN}.json", forged)
    assert found(archive) == {f"runs/{RUN}.json": Problem.ALTERED}
    for key in inventory.COPIES:
        archive.store.delete(key)
    assert found(archive) == {f"runs/{RUN}.json": Problem.ALTERED, "inventory.json": Problem.MISSING}


def test_the_page_of_a_run_is_missed(archive: Archive) -> None:
    archive.write_run_page("second", ["<p>"])
    archive.write_run_report("second", {})
    archive.store.delete("runs/second.html")
    assert found(archive) == {"runs/second.html": Problem.MISSING}


def test_reports_of_older_versions_are_taken_up_by_the_next_run(archive: Archive) -> None:
    for key in (*inventory.COPIES, f"runs/{RUN}.json"):
        archive.store.delete(key)
    old = seal.sealed_json({"run_id": RUN, "capture_files": [CAPTURE_FILE.replace("000001", "000002")]})
    archive.store.write(f"runs/{RUN}.json", old)
    assert found(archive) == {}
    archive.write_run_report("next", {})
    archive.store.delete(f"runs/{RUN}.json")
    assert found(archive) == {f"runs/{RUN}.json": Problem.MISSING}


def test_killed_at_any_write_an_archive_has_no_findings(tmp_path: Path, make_capture: MakeCapture) -> None:
    """The first run of all, where neither copy of the inventory is there yet."""
    for number in range(20):
        archive = Archive.open(str(tmp_path / str(number)))
        writes = iter(range(number))
        write = archive.store.write

        def dies(key: str, data: bytes, writes: Any = writes, write: Any = write) -> None:
            if next(writes, None) is None:
                raise KeyboardInterrupt
            write(key, data)

        archive.store.write = dies  # type: ignore[method-assign, assignment]
        with contextlib.suppress(KeyboardInterrupt):
            archive.record([make_capture(outcome=Outcome.TIMEOUT)])
            archive.write_run_page(RUN, ["<p>"])
            archive.write_run_report(RUN, {})
            assert number > 8, "all was written"
        assert found(Archive.open(archive.store.url)) == {}, number


def test_originals_that_the_lake_cites_are_missed(local: Archive) -> None:
    sha256 = local.keep_original(b"cited").sha256
    inner = local.keep_original(b"in an archive file").sha256
    sink = io.BytesIO()
    pq.write_table(pa.table({"sha256": [sha256, "f" * 64], "container_sha256": [None, inner]}), sink)
    data = sink.getvalue()
    file = LakeFile("documents", Partition(None, None, None), 2, len(data), hashlib.sha256(data).hexdigest())
    local.store.write(file.version, data)
    local.store.copy_all([(file.version, file.path)])
    passed_over = local.keep_original(b"page").sha256
    document = {"format": 1, "parser_version": "1", "files": [first_row(file)], "passed_over": [passed_over]}
    local.store.write(MANIFEST_KEY, seal.sealed_json(document))
    assert found(local) == {}
    gone = {original_key(each): Problem.MISSING for each in (sha256, inner, passed_over)}
    for key in gone:
        local.store.delete(key)
    assert found(local) == gone
    assert {finding.key for finding in losses(local, (lake_files,), seconds=600).findings} == set(gone)


def test_the_last_capture_file_of_a_finished_run_is_missed(archive: Archive) -> None:
    last = kinds(archive.store)["captures/"][-1]
    archive.store.delete(last)
    assert found(archive) == {last: Problem.MISSING}


def test_foreign_and_misplaced_objects_are_found(archive: Archive, make_capture: MakeCapture) -> None:
    sha256 = hashlib.sha256(b"x").hexdigest()
    archive.store.write(f"raw/sha256/{'00' if sha256[:2] != '00' else '01'}/{sha256}", b"x")
    archive.store.write("raw/sha256/ab/notes.txt", b"x")
    archive.store.write("raw/预算.pdf", b"x")
    archive.store.write("captures/hebei/notes.txt", b"x")
    archive.store.write(f"captures/henan/{RUN}/000000.parquet", archive.store.read(CAPTURE_FILE))
    archive.store.write("runs/other.json", archive.store.read(f"runs/{RUN}.json"))
    archive.store.write("runs/notes.txt", b"x")
    assert sorted(found(archive).values()) == [
        Problem.ALTERED,
        *[Problem.MISPLACED] * 3,
        *[Problem.UNEXPECTED] * 3,
    ]


def test_a_payload_of_another_length_than_its_capture_says_is_found(
    archive: Archive, make_capture: MakeCapture
) -> None:
    original = archive.keep_original(b"12345")
    archive.record([make_capture(portal="henan", payload_sha256=original.sha256, payload_bytes=4)])
    assert found(archive) == {original_key(original.sha256): Problem.ALTERED}


def test_captures_without_payload_are_whole(archive: Archive, make_capture: MakeCapture) -> None:
    archive.record([make_capture(portal="henan", outcome=Outcome.TIMEOUT)])
    assert found(archive) == {}


def test_wrong_counts_in_a_manifest_that_is_otherwise_right_are_found(local: Archive) -> None:
    manifest = Manifest.load(local.store.read(MANIFEST_KEY), local.store)
    right = manifest.files[0]
    for wrong in (dataclasses.replace(right, rows=7), dataclasses.replace(right, bytes=7)):
        files = (wrong, *manifest.files[1:])
        write_manifest(local.store, files, "0.1.0")
        assert found(local) == {MANIFEST_KEY: Problem.ALTERED}


def test_a_lake_file_that_hashes_right_but_is_no_parquet_is_found(local: Archive) -> None:
    data = b"not Parquet"
    file = LakeFile("line_items", Partition("河北省", 2025, "教育"), 1, 11, hashlib.sha256(data).hexdigest())
    for key in (file.path, file.version):
        local.store.write(key, data)
    write_manifest(local.store, [file], "0.1.0")
    assert found(local) == {file.path: Problem.UNREADABLE, file.version: Problem.UNREADABLE}


def test_a_lake_without_manifest_is_found(local: Archive) -> None:
    local.store.delete(MANIFEST_KEY)
    assert found(local) == {MANIFEST_KEY: Problem.MISSING}


@pytest.mark.parametrize("parts", [2, 3, 7])
def test_subsets_share_nothing_and_leave_nothing_out(archive: Archive, parts: int) -> None:
    seen: list[str] = []
    for part in range(1, parts + 1):
        list(verify(archive, subset=(part, parts), progress=lambda key, _: seen.append(key)))
    assert sorted(seen) == [info.key for info in archive.store.list("")]


def test_every_damage_is_found_by_some_subset(local: Archive) -> None:
    # What names files cannot tell about them while it is damaged.
    every = {key for names in kinds(local.store).values() for key in names if not key.startswith(PIECES)}
    every.remove(MANIFEST_KEY)
    for key in every:
        local.store.write(key, local.store.read(key) + b"x")
    partly = [found(local, subset=(part, 4)) for part in range(1, 5)]
    assert {key for part in partly for key in part} == every == found(local).keys()


@pytest.mark.parametrize("subset", [(0, 3), (4, 3), (1, 0), (-1, -1)])
def test_impossible_subsets(local: Archive, subset: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="n/t"):
        verify(local, subset=subset)


def test_a_limited_time_stops_after_an_object_and_begins_anywhere(local: Archive) -> None:
    seen: list[str] = []
    for _ in range(200):
        before = len(seen)
        assert list(verify(local, seconds=0, progress=lambda key, _: seen.append(key))) == []
        assert len(seen) == before + 1
    # Every kind may come first, and of originals and capture files any; of the lake first what names the rest.
    for prefix, least in (("raw/", 2), ("captures/", 2), ("runs/", 1), ("lake/", 1)):
        assert len({key for key in seen if key.startswith(prefix)}) >= least


def test_enough_time_is_a_whole_verification(local: Archive) -> None:
    seen: list[str] = []
    list(verify(local, seconds=3600, progress=lambda key, _: seen.append(key)))
    assert sorted(seen) == [info.key for info in local.store.list("")]


def test_findings_name_key_and_reason(local: Archive) -> None:
    key = kinds(local.store)["raw/sha256/"][0]
    local.store.write(key, b"other")
    (finding,) = verify(local)
    digest = hashlib.sha256(b"other").hexdigest()
    assert finding == Finding(key, Problem.ALTERED, f"its bytes hash to {digest!r}, not to {key[-64:]!r}")


def test_losses_end_with_their_time_and_say_so(archive: Archive) -> None:
    for number in range(3):
        archive.write_run_report(f"2026112{number}T000000Z-0000", {})
    assert losses(archive, seconds=600).is_whole
    assert not losses(archive, seconds=0).is_whole
