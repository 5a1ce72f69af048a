"""Fixity: whatever is flipped, missing, misplaced or foreign is found, and nothing else is."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.archive import seal
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.fixity import verify as verify_archive
from gongkai.archive.keys import original_key
from gongkai.archive.store import Store
from gongkai.lake.fixity import lake_files
from gongkai.lake.manifest import MANIFEST_KEY, LakeFile, Manifest, ManifestDamagedError
from gongkai.lake.partition import Partition

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
    archive.store.write(MANIFEST_KEY, seal.sealed_json(unsealed(Manifest("0.1.0", tuple(files)))))


def unsealed(manifest: Manifest) -> dict[str, Any]:
    """The manifest's document, whether or not it is dumped with a seal."""
    document: dict[str, Any] = json.loads(manifest.dump())
    document.pop(seal.MEMBER, None)
    return document


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
    prefixes = ["raw/", "captures/", "runs/", "lake/line_items/", "lake/versions/", "lake/manifest.json"]
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
            Manifest.load(flipped(data, position, position % 8))


def test_any_flipped_byte_in_the_files_of_a_manifest_without_seal_is_found(local: Archive) -> None:
    manifest = Manifest.load(local.store.read(MANIFEST_KEY))
    data = json.dumps(unsealed(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    local.store.write(MANIFEST_KEY, data)
    assert found(local) == {}
    for position in range(data.index(b"bytes"), data.rindex(b'"year"') + 6):
        damaged = flipped(data, position, position % 7)
        try:
            Manifest.load(damaged)
        except ManifestDamagedError:
            continue
        # Sound in itself: the files have to contradict it.
        local.store.write(MANIFEST_KEY, damaged)
        assert MANIFEST_KEY in found(local), damaged[position - 20 : position + 20]


@pytest.mark.parametrize("shortened", [True, False])
def test_missing_and_added_bytes_are_found(archive: Archive, shortened: bool) -> None:
    for names in kinds(archive.store).values():
        data = archive.store.read(names[-1])
        archive.store.write(names[-1], data[:-1] if shortened else data + b"\n")
    expected = {names[-1] for names in kinds(archive.store).values()}
    # While the manifest is damaged, it cannot tell about the files it names.
    lake = {key for key in expected if key.startswith("lake/") and key != MANIFEST_KEY}
    assert found(archive).keys() == expected - lake


def test_missing_objects_are_found(archive: Archive) -> None:
    for prefix, names in kinds(archive.store).items():
        key = CAPTURE_FILE if prefix == "captures/" else names[0]
        data = archive.store.read(key)
        archive.store.delete(key)
        expected = {} if prefix == "runs/" else {key: Problem.MISSING}
        assert found(archive) == expected
        archive.store.write(key, data)
    assert found(archive) == {}


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
    manifest = Manifest.load(local.store.read(MANIFEST_KEY))
    right = manifest.files[0]
    for wrong in (dataclasses.replace(right, rows=7), dataclasses.replace(right, bytes=7)):
        files = (wrong, *manifest.files[1:])
        local.store.write(MANIFEST_KEY, Manifest("0.1.0", files).dump())
        assert found(local) == {MANIFEST_KEY: Problem.ALTERED}


def test_a_lake_file_that_hashes_right_but_is_no_parquet_is_found(local: Archive) -> None:
    data = b"not Parquet"
    file = LakeFile("line_items", Partition("河北省", 2025, "教育"), 1, 11, hashlib.sha256(data).hexdigest())
    for key in (file.path, file.version):
        local.store.write(key, data)
    local.store.write(MANIFEST_KEY, Manifest("0.1.0", (file,)).dump())
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
    every = {key for names in kinds(local.store).values() for key in names} - {MANIFEST_KEY}
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
    key = kinds(local.store)["raw/"][0]
    local.store.write(key, b"other")
    (finding,) = verify(local)
    digest = hashlib.sha256(b"other").hexdigest()
    assert finding == Finding(key, Problem.ALTERED, f"its bytes hash to {digest!r}, not to {key[-64:]!r}")
