"""The lake of a second copy, and archives healed from one."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongkai.archive.archive import Archive
from gongkai.archive.carrying import Carrier
from gongkai.archive.copying import OtherArchiveError, copy_objects
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.fixity import Finding, Problem, verify
from gongkai.archive.local_files import add_files
from gongkai.archive.roots import open_store
from gongkai.archive.signature_fixity import SignatureCheck, Trust
from gongkai.archive.signatures import sign
from gongkai.archive.store import Store, StoreUnavailableError
from gongkai.lake.copying import copy_archive
from gongkai.lake.files import CURRENT
from gongkai.lake.fixity import lake_files
from gongkai.lake.healing import heal
from gongkai.lake.manifest import MANIFEST_KEY, read_manifest
from gongkai.lake.publication import publish, write_manifest
from tests.queries.small_lake import write_lake

FOLDERS = ("raw/", "captures/", "runs/", "inventory.json", "lake/", "lake_versions/")


def objects(store: Store) -> dict[str, bytes]:
    return {info.key: store.read(info.key) for prefix in FOLDERS for info in store.list(prefix)}


def findings(store: Store) -> list[Finding]:
    """Cited originals of the small lake are not there: its documents were never captured."""
    found = verify(Archive(store), further=(lake_files,))
    return [each for each in found if "holds what was read of it" not in each.detail]


def test_signed_inventories_that_are_lost_or_altered_come_back(source: DirectoryStore, target: Store) -> None:
    archive = Archive(source)
    for name in (b"first", b"second"):
        archive.keep_original(name)
        sign(archive, Ed25519PrivateKey.from_private_bytes(b"7" * 32), None, dt.datetime(2026, 11, 26, tzinfo=dt.UTC))
    signed = {info.key: source.read(info.key) for info in source.list("signatures/")}
    copy_archive(Carrier(source, target))
    source.delete("signatures/000001.sha256")
    source.write("signatures/000002.sig", b"0" * 64)
    checked = SignatureCheck(Trust((), None, None))
    found = list(verify(archive, further=(lake_files, checked)))
    assert {each.key for each in found} >= {"signatures/000001.sha256", "signatures/000002.json"}
    heal(archive, target, found)
    assert {info.key: source.read(info.key) for info in source.list("signatures/")} == signed


@pytest.fixture(scope="module")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written-once")
    store = DirectoryStore(folder / "archive")
    write_lake(store)
    (folder / "a.txt").write_text("预算")
    (folder / "b.txt").write_text("决算")
    archive = Archive(store)
    add_files(archive, [folder / "a.txt"])
    add_files(archive, [folder / "b.txt"])
    archive.note_lake()
    return folder / "archive"


@pytest.fixture
def source(tmp_path: Path, written_once: Path) -> DirectoryStore:
    shutil.copytree(written_once, tmp_path / "first")
    return DirectoryStore(tmp_path / "first")


@pytest.fixture
def target(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "second")


def copied(source: Store, target: Store, *, verify: bool = False) -> Carrier:
    carrier = Carrier(source, target, verify=verify)
    copy_archive(carrier)
    return carrier


def spoil(store: Store, key: str) -> None:
    data = bytearray(store.read(key))
    data[len(data) // 2] ^= 1
    store.write(key, bytes(data))


def without_a_table(store: Store) -> None:
    """The lake as another publication leaves it: the files of one table gone."""
    manifest = read_manifest(store)
    assert manifest is not None
    write_manifest(store, [file for file in manifest.files if file.table != "units"], "2")


def test_a_lake_is_copied_to_every_store(source: DirectoryStore, any_root: str) -> None:
    store = open_store(any_root)
    assert copied(source, store).findings == []
    assert objects(store) == objects(source)
    assert findings(store) == []
    assert copied(source, store).objects == 0


def test_the_copy_of_another_publication_has_its_files_alone(source: DirectoryStore, target: Store) -> None:
    copied(source, target)
    without_a_table(source)
    copied(source, target)
    assert read_manifest(target) == read_manifest(source)
    assert not list(target.list("lake/units/"))
    assert "lake_versions/units" not in str(read_manifest(target))
    assert findings(target) == []


def test_a_reader_of_the_copy_sees_a_whole_lake_at_every_step(
    source: DirectoryStore, target: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(source, target)
    before = read_manifest(target)
    without_a_table(source)
    after = read_manifest(source)
    seen = []
    for name in ("write", "write_once", "delete"):
        done = getattr(DirectoryStore, name)

        def step(store: DirectoryStore, *arguments: object, done: Callable[..., object] = done) -> object:
            answer = done(store, *arguments)
            if store is target:
                manifest = read_manifest(DirectoryStore(target.url))
                assert manifest in (before, after)
                assert manifest is not None
                assert all(target.size(file.version) == file.bytes for file in manifest.files)
                seen.append(manifest == after)
            return answer

        monkeypatch.setattr(DirectoryStore, name, step)
    copied(source, target)
    assert seen[0] is False
    assert seen[-1] is True


def test_a_damaged_lake_is_named_and_the_copy_keeps_its_own(source: DirectoryStore, target: Store) -> None:
    copied(source, target)
    good = objects(target)
    without_a_table(source)
    manifest = read_manifest(source)
    assert manifest is not None
    spoil(source, manifest.piece_keys[0])
    assert copied(source, target).findings
    assert target.read(MANIFEST_KEY) == good[MANIFEST_KEY]
    assert findings(target) == []


def test_an_altered_version_is_not_copied(source: DirectoryStore, target: Store) -> None:
    manifest = read_manifest(source)
    assert manifest is not None
    version = manifest.files[0].version
    spoil(source, version)
    found = copied(source, target).findings
    assert [(each.key, each.problem) for each in found] == [(version, Problem.ALTERED)]
    assert target.size(version) is None
    assert target.size(MANIFEST_KEY) is None


def test_a_lake_published_while_it_is_copied_is_copied_as_it_is_then(
    source: DirectoryStore, target: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_LAKE_GRACE", "0")

    def publishing(carrier: Carrier) -> None:
        monkeypatch.setattr("gongkai.archive.copying.copy_objects", copy_objects)
        before = {info.key for info in source.list("lake_versions/units/")}
        without_a_table(source)
        for info in list(source.list("lake_versions/")):
            if "units" in info.key or info.key in before:
                source.delete(info.key)
        publish(source, [], [], "2", rebuild=True)
        copy_objects(carrier)

    monkeypatch.setattr("gongkai.archive.copying.copy_objects", publishing)
    assert copied(source, target).findings == []
    assert read_manifest(target) == read_manifest(source)
    assert findings(target) == []


def test_a_lake_that_is_damaged_in_the_copy_is_mended(source: DirectoryStore, target: Store) -> None:
    copied(source, target)
    good = objects(target)
    for key in every_kind(target)[-4:-2]:
        spoil(target, key)
    assert copied(source, target).findings == []
    assert objects(target) == good


def every_kind(store: Store) -> list[str]:
    """One key of each kind of object."""
    manifest = read_manifest(store)
    assert manifest is not None
    first = {prefix: next(store.list(prefix)).key for prefix in ("raw/sha256/", "captures/", "runs/")}
    current = next(info.key for info in store.list("lake/") if info.key.endswith(CURRENT))
    return [
        *first.values(),
        "inventory.json",
        "raw/inventory.json",
        MANIFEST_KEY,
        manifest.piece_keys[0],
        manifest.files[0].version,
        current,
    ]


@pytest.mark.parametrize("harm", ["altered", "missing"])
def test_every_kind_of_object_is_healed(source: DirectoryStore, target: DirectoryStore, harm: str) -> None:
    copied(source, target)
    good = objects(source)
    copy = objects(target)
    kinds = every_kind(source)
    for harmed in (kinds[:4], [kinds[4], kinds[5]], [*kinds[:2], *kinds[3:]]):
        for key in harmed:
            spoil(source, key) if harm == "altered" else source.delete(key)
        found = findings(source)
        healing = heal(Archive(source), target, found)
        assert (healing.left, healing.of_copy) == ([], []), harmed
        assert findings(source) == [], harmed
    healed = objects(source)
    assert {key: healed[key] for key in good if "inventory" not in key} == {
        key: data for key, data in good.items() if "inventory" not in key
    }
    assert objects(target) == copy


def test_whole_folders_with_every_record_come_back(source: DirectoryStore, target: Store) -> None:
    copied(source, target)
    good = objects(source)
    for folder in ("raw", "captures", "runs", "lake", "lake_versions"):
        shutil.rmtree(Path(source.url) / folder)
    source.delete("inventory.json")
    healing = heal(Archive(source), target, findings(source))
    healed = objects(source)
    assert {key: healed[key] for key in good if "inventory" not in key} == {
        key: data for key, data in good.items() if "inventory" not in key
    }
    assert findings(source) == []
    assert healing.left == []


def test_repairs_are_reported_originals_first(source: DirectoryStore, target: Store) -> None:
    copied(source, target)
    keys = every_kind(source)[:3]
    for key in keys:
        spoil(source, key)
    healing = heal(Archive(source), target, findings(source))
    [report] = [report for report in Archive(source).run_reports() if "healed_from" in report]
    assert report["run_id"] == healing.run_id
    assert [repair["key"] for repair in report["repairs"]] == keys
    assert {repair["problem"] for repair in report["repairs"]} == {"altered"}


def test_a_damaged_copy_heals_nothing(source: DirectoryStore, target: DirectoryStore) -> None:
    copied(source, target)
    original = every_kind(source)[0]
    spoil(target, original)
    spoil(source, original)
    harmed = source.read(original)
    healing = heal(Archive(source), target, findings(source))
    assert [each.key for each in healing.left] == [original]
    assert [each.key for each in healing.of_copy] == [original]
    assert source.read(original) == harmed


def test_an_archive_lost_as_a_whole_comes_back(source: DirectoryStore, target: Store, tmp_path: Path) -> None:
    copied(source, target)
    fresh = DirectoryStore(tmp_path / "fresh")
    assert heal(Archive(fresh), target, findings(fresh)).left == []
    assert findings(fresh) == []
    assert {key: data for key, data in objects(fresh).items() if key in objects(source) and "inventory" not in key} == {
        key: data for key, data in objects(source).items() if "inventory" not in key
    }


class _Failing(DirectoryStore):
    """A store that takes so many changes and then is full."""

    left = 0

    def _take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise StoreUnavailableError("the disk is full")

    def write(self, key: str, data: bytes | BinaryIO) -> None:
        self._take()
        super().write(key, data)

    def write_once(self, key: str, data: bytes | BinaryIO) -> bool:
        self._take()
        return super().write_once(key, data)

    def copy_all(self, names: Iterable[tuple[str, str]]) -> None:
        self._take()
        super().copy_all(names)

    def delete(self, key: str) -> None:
        self._take()
        super().delete(key)


def full_after(store: Store, steps: int) -> _Failing:
    failing = _Failing(store.url)
    failing.left = steps
    return failing


def test_a_publication_carried_in_part_is_finished_by_the_next_copy(source: DirectoryStore, tmp_path: Path) -> None:
    before = DirectoryStore(tmp_path / "before")
    copied(source, before)
    without_a_table(source)
    steps, is_cut = 0, True
    while is_cut:
        shutil.copytree(before.url, tmp_path / str(steps))
        target = DirectoryStore(tmp_path / str(steps))
        try:
            copied(source, full_after(target, steps))
            is_cut = False
        except StoreUnavailableError:
            pass
        assert {each.problem for each in findings(target)} <= {Problem.UNFINISHED}
        copied(source, target)
        assert findings(target) == []
        assert read_manifest(target) == read_manifest(source)
        steps += 1
    assert steps > 4


def test_a_healing_cut_off_anywhere_is_finished_by_the_next(
    source: DirectoryStore, target: DirectoryStore, tmp_path: Path
) -> None:
    copied(source, target)
    for key in every_kind(source):
        spoil(source, key)
    steps, is_cut = 0, True
    while is_cut:
        shutil.copytree(source.url, tmp_path / str(steps))
        harmed = DirectoryStore(tmp_path / str(steps))
        try:
            heal(Archive(full_after(harmed, steps)), target, findings(harmed))
            is_cut = False
        except StoreUnavailableError:
            heal(Archive(harmed), target, findings(harmed))
        assert findings(harmed) == [], steps
        steps += 3
    assert steps > 9


def test_what_proves_itself_is_left_alone(source: DirectoryStore, target: DirectoryStore) -> None:
    copied(source, target)
    original = every_kind(source)[0]
    spoil(target, original)
    good = source.read(original)
    told = [Finding(original, Problem.ALTERED, "it has 1 bytes, its capture says 2")]
    healing = heal(Archive(source), target, told)
    assert source.read(original) == good
    assert healing.left == told


def test_another_archive_heals_nothing(source: DirectoryStore, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("x")
    other = Archive(DirectoryStore(tmp_path / "other"))
    add_files(other, [tmp_path / "c.txt"])
    with pytest.raises(OtherArchiveError):
        heal(Archive(source), other.store, [])
