"""Releases: whole or visibly not, the same bytes again, checked by sha256sum and by ourselves."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from gongkai.archive import seal
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.fixity import Problem
from gongkai.archive.lock import LockedError
from gongkai.archive.roots import open_store
from gongkai.archive.store import Store
from gongkai.lake.catalogues.holdings import Holdings, holdings
from gongkai.lake.catalogues.terms import Terms
from gongkai.lake.manifest import LakeDamagedError
from gongkai.lake.release import CHECKSUMS, RELEASE, UNFINISHED, ReleaseRefusedError, release_record, write_release
from gongkai.lake.release_fixity import is_release, release_findings
from tests.archive.packages.kept import CutOffError, Mortal
from tests.queries import small_lake

ON = dt.date(2025, 6, 1)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> DirectoryStore:
    store = DirectoryStore(tmp_path_factory.mktemp("released"))
    small_lake.write_lake(store)
    return store


@pytest.fixture(scope="module")
def held(source: DirectoryStore) -> Holdings:
    held = holdings(source, ON)
    assert held is not None
    return held


@pytest.fixture(scope="module")
def whole(source: DirectoryStore, held: Holdings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release written without a fault, which no test changes."""
    folder = tmp_path_factory.mktemp("whole") / "release"
    assert release(source, DirectoryStore(folder), held)
    return folder


def release(source: Store, target: Store, held: Holdings) -> bool:
    pages = {"README.md": "# 公开\n".encode(), RELEASE: release_record(held, Terms())}
    return write_release(source, target, held, pages, lambda _: None)


def contents(store: Store) -> dict[str, bytes]:
    return {info.key: store.read(info.key) for info in store.list("")}


def problems(store: Store) -> list[tuple[str, Problem]]:
    return [(finding.key, finding.problem) for finding in release_findings(store, lambda _key, _size: None)]


def test_sha256sum_and_we_find_a_release_whole(whole: Path, held: Holdings) -> None:
    checked = subprocess.run(["sha256sum", "-c", "--strict", CHECKSUMS], cwd=whole, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert len(checked.stdout.splitlines()) == len(held.manifest.files) + 2
    assert problems(DirectoryStore(whole)) == []
    assert sorted(path.name for path in whole.iterdir()) == [CHECKSUMS, "README.md", "lake", RELEASE]


def test_a_release_lies_in_any_store(any_root: str, source: DirectoryStore, held: Holdings, whole: Path) -> None:
    target = open_store(any_root)
    assert release(source, target, held)
    assert contents(target) == contents(DirectoryStore(whole))
    assert problems(target) == []
    assert not release(source, target, held), "the very same one is there"


def test_a_second_writer_is_kept_away(any_root: str, source: DirectoryStore, held: Holdings, whole: Path) -> None:
    target = open_store(any_root)

    def release_too(_key: str) -> None:
        with pytest.raises(LockedError):
            release(source, target, held)

    pages = {"README.md": "# 公开\n".encode(), RELEASE: release_record(held, Terms())}
    assert write_release(source, target, held, pages, release_too)
    assert contents(target) == contents(DirectoryStore(whole))


def test_cut_off_anywhere_it_looks_unfinished_and_is_finished_by_the_next_run(tmp_path: Path) -> None:
    source = DirectoryStore(tmp_path / "archive")
    small_lake.write_lake(source, {name: small_lake.rows()[name] for name in ("documents", "line_items")})
    held = holdings(source, ON)
    assert held is not None
    release(source, DirectoryStore(tmp_path / "whole"), held)
    expected = contents(DirectoryStore(tmp_path / "whole"))
    for changes in range(len(expected) + 2):
        target = DirectoryStore(tmp_path / str(changes))
        with pytest.raises(CutOffError):
            release(source, Mortal(target, changes), held)
        if changes:
            assert (UNFINISHED, Problem.UNFINISHED) in problems(target)
        assert release(source, target, held)
        assert contents(target) == expected


def test_what_another_publication_began_is_replaced(source: DirectoryStore, held: Holdings, tmp_path: Path) -> None:
    earlier = DirectoryStore(tmp_path / "earlier")
    rows = small_lake.rows()
    rows["line_items"] = [row for row in rows["line_items"] if row["province"] == "河北省"]
    rows["units"] = [{**row, "department": "教育"} for row in rows["units"]]
    small_lake.write_lake(earlier, rows)
    begun = holdings(earlier, ON)
    assert begun is not None
    target = DirectoryStore(tmp_path / "release")
    with pytest.raises(CutOffError):
        release(earlier, Mortal(target, len(begun.manifest.files) + 1), begun)
    assert release(source, target, held)
    assert problems(target) == []


def test_an_interrupted_file_that_was_damaged_meanwhile_is_written_anew(
    source: DirectoryStore, held: Holdings, whole: Path, tmp_path: Path
) -> None:
    target = DirectoryStore(tmp_path / "release")
    with pytest.raises(CutOffError):
        release(source, Mortal(target, 5), held)
    key = next(info.key for info in target.list("lake/"))
    target.write(key, b"x" * (target.size(key) or 0))
    assert release(source, target, held)
    assert contents(target) == contents(DirectoryStore(whole))


def test_nothing_else_is_overwritten(source: DirectoryStore, held: Holdings, whole: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(ReleaseRefusedError, match=r"holds 'thesis\.txt' and no release"):
        release(source, DirectoryStore(tmp_path), held)
    later = holdings(source, ON + dt.timedelta(days=1))
    assert later is not None
    with pytest.raises(ReleaseRefusedError, match="holds another release"):
        release(source, DirectoryStore(whole), later)
    with pytest.raises(ReleaseRefusedError, match="and no release"):
        release(source, source, held)


def test_a_damaged_lake_is_not_released(held: Holdings, source: DirectoryStore, tmp_path: Path) -> None:
    shutil.copytree(source.url, tmp_path / "archive")
    archive = DirectoryStore(tmp_path / "archive")
    archive.write(held.manifest.files[-1].version, b"PAR1")
    target = DirectoryStore(tmp_path / "release")
    with pytest.raises(LakeDamagedError):
        release(archive, target, held)
    assert (UNFINISHED, Problem.UNFINISHED) in problems(target)


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def test_every_altered_missing_or_added_file_is_named(copied: Path, whole: Path) -> None:
    store = DirectoryStore(copied)
    for key, data in contents(store).items():
        if key != CHECKSUMS:
            store.write(key, data[:-1] + bytes([data[-1] ^ 1]))
            assert (key, Problem.ALTERED) in problems(store)
            store.delete(key)
            assert (key, Problem.MISSING) in problems(store)
            store.write(key, data)
    store.write("lake/notes.txt", b"added")
    assert problems(store) == [("lake/notes.txt", Problem.UNEXPECTED)]


def test_a_file_altered_together_with_its_checksum_is_found(copied: Path, held: Holdings) -> None:
    """The digest in the record is made of the hashes of all files."""
    store = DirectoryStore(copied)
    file = held.manifest.files[0]
    (copied / file.path).write_bytes(b"PAR1")
    sums = store.read(CHECKSUMS).decode()
    forged = subprocess.run(["sha256sum", file.path], cwd=copied, capture_output=True, check=True).stdout.decode()
    store.write(CHECKSUMS, sums.replace(f"{file.sha256}  {file.path}\n", forged).encode())
    assert problems(store) == [(RELEASE, Problem.ALTERED)]


def test_a_release_of_an_earlier_version_is_whole(copied: Path, held: Holdings) -> None:
    """Its identifier was the digest of its files."""
    store = DirectoryStore(copied)
    record = seal.load_sealed_json(store.read(RELEASE))
    assert record["publication"].startswith(held.manifest.publication)
    record["publication"] = record.pop("files")
    earlier = seal.sealed_json(record)
    sums, now = store.read(CHECKSUMS).decode(), hashlib.sha256(store.read(RELEASE)).hexdigest()
    store.write(RELEASE, earlier)
    store.write(CHECKSUMS, sums.replace(now, hashlib.sha256(earlier).hexdigest()).encode())
    assert problems(store) == []
    record["publication"] = "0" * 64
    forged = seal.sealed_json(record)
    store.write(RELEASE, forged)
    store.write(CHECKSUMS, sums.replace(now, hashlib.sha256(forged).hexdigest()).encode())
    assert problems(store) == [(RELEASE, Problem.ALTERED)]


def test_checksums_that_are_gone_or_garbled_are_named(copied: Path) -> None:
    store = DirectoryStore(copied)
    store.write(CHECKSUMS, b"deadbeef  README.md\n")
    assert problems(store) == [(CHECKSUMS, Problem.ALTERED)]
    store.write(CHECKSUMS, f"{'0' * 64}  ../../etc/passwd\n".encode())
    assert ("../../etc/passwd", Problem.MISSING) in problems(store)
    store.delete(CHECKSUMS)
    assert problems(store) == [(CHECKSUMS, Problem.MISSING)]
    assert is_release(store)


def test_an_archive_is_no_release(source: DirectoryStore) -> None:
    assert not is_release(source)
