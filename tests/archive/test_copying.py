"""Second copies: what is carried, what is refused, what is left where it was; between stores of every kind."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongkai.archive import inventory, keys
from gongkai.archive.archive import Archive, new_run_id
from gongkai.archive.capture import Capture
from gongkai.archive.carrying import Carrier, Pace, side_by_side
from gongkai.archive.copying import OtherArchiveError, check_same_archive, copy_objects
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.fixity import Problem, verify
from gongkai.archive.signature_fixity import SignatureCheck, Trust
from gongkai.archive.signatures import sign
from gongkai.archive.store import ObjectInfo, Store, StoreUnavailableError

RUN = "20261122T141500Z-3fa9"
Make = Callable[..., Capture]


def filled(archive: Archive, make_capture: Make, payloads: tuple[bytes, ...], run: str = RUN) -> None:
    """An archive with a run that captured these payloads, reported with its page."""
    captures = []
    for payload in payloads:
        sha256 = archive.keep_original(payload).sha256
        captures.append(make_capture(run_id=run, payload_sha256=sha256, payload_bytes=len(payload)))
    archive.record(captures)
    archive.write_run_page(run, ["<p>预算</p>"])
    archive.write_run_report(run, {"command": "crawl", "exit_code": 0})


def objects(store: Store) -> dict[str, bytes]:
    prefixes = ("raw/", "captures/", "runs/", "inventory.json")
    return {info.key: store.read(info.key) for prefix in prefixes for info in store.list(prefix)}


def problems(carrier: Carrier) -> dict[str, Problem]:
    return {found.key: found.problem for found in carrier.findings}


@pytest.fixture
def source(tmp_path: Path, make_capture: Make) -> Archive:
    archive = Archive(DirectoryStore(tmp_path / "first"))
    filled(archive, make_capture, (b"one", b"two" * 1000))
    return archive


@pytest.fixture
def target(tmp_path: Path) -> Store:
    return DirectoryStore(tmp_path / "second")


def key_of(payload: bytes) -> str:
    return keys.original_key(hashlib.sha256(payload).hexdigest())


def test_a_copy_goes_to_and_comes_from_every_store(source: Archive, store: Store, tmp_path: Path) -> None:
    there = Carrier(source.store, store)
    copy_objects(there)
    back = Carrier(store, DirectoryStore(tmp_path / "third"))
    copy_objects(back)
    assert (there.findings, back.findings) == ([], [])
    assert objects(store) == objects(back.target) == objects(source.store)
    assert list(verify(Archive(store))) == []
    again = Carrier(source.store, store)
    copy_objects(again)
    assert (again.objects, again.bytes, again.findings) == (0, 0, [])


def test_signed_inventories_go_with_it_each_proven(source: Archive, target: Store, make_capture: Make) -> None:
    key, now = Ed25519PrivateKey.generate(), dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
    sign(source, key, None, now)
    filled(source, make_capture, (b"three",), "20261123T141500Z-3fa9")
    sign(source, key, None, now)
    there = Carrier(source.store, target)
    copy_objects(there)
    checked = SignatureCheck(Trust((), None, None))
    assert (there.findings, list(verify(Archive(target), further=(checked,)))) == ([], [])
    again = Carrier(source.store, target)
    copy_objects(again)
    assert (again.objects, again.findings) == (0, [])
    listed = source.store.read("signatures/000001.sha256")
    source.store.write("signatures/000001.sha256", listed.replace(b"raw/", b"row/", 1))
    verifying = Carrier(source.store, target, verify=True)
    copy_objects(verifying)
    assert target.read("signatures/000001.sha256") == listed
    source.store.write("signatures/000002.json", source.store.read("signatures/000002.json") + b" ")
    unproven = Carrier(source.store, target)
    copy_objects(unproven)
    assert problems(unproven) == {"signatures/": Problem.ALTERED}


def test_only_what_is_new_is_read(source: Archive, target: Store, make_capture: Make) -> None:
    copy_objects(Carrier(source.store, target))
    filled(source, make_capture, (b"three",), run=new_run_id(make_capture(5).requested_at))
    read: list[str] = []
    carrier = Carrier(_Watched(source.store.url, read), target)
    copy_objects(carrier)
    assert not any(key in read for key in (key_of(b"one"), f"runs/{RUN}.json", f"captures/hebei/{RUN}/000000.parquet"))
    assert key_of(b"three") in read
    assert objects(target) == objects(source.store)


class _Watched(DirectoryStore):
    """A store that notes what is opened."""

    def __init__(self, path: str, read: list[str]) -> None:
        super().__init__(path)
        self._opened = read

    def open(self, key: str) -> BinaryIO:
        self._opened.append(key)
        return super().open(key)


def spoil(store: Store, key: str, *, longer: bool = False) -> None:
    data = bytearray(store.read(key))
    data[len(data) // 2] ^= 1
    store.write(key, bytes(data) + b"x" * longer)


def test_what_is_altered_is_named_and_not_copied(source: Archive, target: Store) -> None:
    capture_file = next(source.store.list(keys.CAPTURES)).key
    altered = [key_of(b"one"), capture_file, f"runs/{RUN}.json", f"runs/{RUN}.html"]
    for key in altered:
        spoil(source.store, key)
    carrier = Carrier(source.store, target)
    copy_objects(carrier)
    assert problems(carrier) == dict.fromkeys(altered, Problem.ALTERED)
    assert not objects(target).keys() & set(altered)
    assert key_of(b"two" * 1000) in objects(target)


@pytest.mark.parametrize("longer", [False, True])
def test_a_good_copy_is_not_overwritten_by_a_bad_original(source: Archive, target: Store, *, longer: bool) -> None:
    copy_objects(Carrier(source.store, target))
    good = objects(target)
    for key in good:
        spoil(source.store, key, longer=longer)
    for verifying in (False, True):
        copy_objects(Carrier(source.store, target, verify=verifying))
        assert objects(target) == good


def test_what_vanished_is_named_and_stays_in_the_copy(source: Archive, target: Store) -> None:
    copy_objects(Carrier(source.store, target))
    good = objects(target)
    gone = [key_of(b"one"), next(source.store.list(keys.CAPTURES)).key, f"runs/{RUN}.html"]
    for key in gone:
        source.store.delete(key)
    carrier = Carrier(source.store, target)
    copy_objects(carrier)
    assert problems(carrier) == dict.fromkeys(gone, Problem.MISSING)
    assert objects(target) == good


def test_an_inventory_that_forgot_runs_is_not_copied(source: Archive, target: Store, make_capture: Make) -> None:
    copy_objects(Carrier(source.store, target))
    good = {key: target.read(key) for key in inventory.COPIES}
    filled(source, make_capture, (b"three",), run=(run := new_run_id(make_capture(5).requested_at)))
    copy_objects(Carrier(source.store, target))
    later = {key: target.read(key) for key in inventory.COPIES}
    for key, data in good.items():
        source.store.write(key, data)
    carrier = Carrier(source.store, target)
    copy_objects(carrier)
    [found] = [found for found in carrier.findings if found.key in inventory.COPIES]
    assert run in found.detail
    assert {key: target.read(key) for key in inventory.COPIES} == later != good


def test_verifying_mends_the_copy_of_the_same_length(source: Archive, target: Store) -> None:
    copy_objects(Carrier(source.store, target))
    good = objects(target)
    altered = [key_of(b"one"), next(source.store.list(keys.CAPTURES)).key, f"runs/{RUN}.json", inventory.COPIES[1]]
    for key in altered:
        spoil(target, key)
    carrier = Carrier(source.store, target, verify=True)
    copy_objects(carrier)
    assert carrier.findings == []
    assert carrier.mended >= 3
    assert objects(target) == good


def test_a_copy_of_another_length_is_mended_without_verifying(source: Archive, target: Store) -> None:
    copy_objects(Carrier(source.store, target))
    good = objects(target)
    spoil(target, key_of(b"one"), longer=True)
    copy_objects(Carrier(source.store, target))
    assert objects(target) == good


def test_two_whole_capture_files_under_one_key_are_both_kept(
    source: Archive, tmp_path: Path, make_capture: Make
) -> None:
    other = Archive(DirectoryStore(tmp_path / "other"))
    other.record([make_capture(), make_capture(), make_capture()])
    theirs = objects(other.store)
    ours = objects(source.store)
    carrier = Carrier(source.store, other.store)
    copy_objects(carrier)
    [key] = [key for key in theirs if key.startswith(keys.CAPTURES)]
    assert problems(carrier) == {key: Problem.ALTERED}
    assert (other.store.read(key), source.store.read(key)) == (theirs[key], ours[key])


def test_a_run_under_way_is_copied_as_it_was(source: Archive, target: Store, make_capture: Make) -> None:
    run = new_run_id(make_capture(9).requested_at)
    source.record([make_capture(run_id=run)])
    copy_objects(Carrier(source.store, target))
    assert list(verify(Archive(target))) == []
    source.record([make_capture(run_id=run)])
    source.write_run_report(run, {"command": "crawl"})
    copy_objects(Carrier(source.store, target))
    assert list(verify(Archive(target))) == []
    assert objects(target) == objects(source.store)


def test_what_comes_while_it_is_copied_leaves_a_whole_copy(
    source: Archive, target: Store, make_capture: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run ends between the listing of originals and that of captures."""
    listed = DirectoryStore.list

    def later(store: DirectoryStore, prefix: str) -> object:
        if prefix == keys.CAPTURES and store is source.store:
            monkeypatch.setattr(DirectoryStore, "list", listed)
            filled(source, make_capture, (b"late",), run=new_run_id(make_capture(9).requested_at))
        return listed(store, prefix)

    monkeypatch.setattr(DirectoryStore, "list", later)
    copy_objects(Carrier(source.store, target))
    assert list(verify(Archive(target))) == []
    assert key_of(b"late") in objects(target)
    copy_objects(Carrier(source.store, target))
    assert objects(target) == objects(source.store)
    assert list(verify(Archive(target))) == []


def test_a_copy_cut_off_anywhere_is_finished_by_the_next(source: Archive, tmp_path: Path) -> None:
    whole = objects(source.store)
    for steps in range(len(whole) + 1):
        target = DirectoryStore(tmp_path / f"cut-{steps}")
        carrier = Carrier(source.store, _Failing(target.url, steps))
        if steps < len(whole):
            with pytest.raises(StoreUnavailableError):
                copy_objects(carrier)
            assert all(whole[key] == data for key, data in objects(target).items())
        copy_objects(Carrier(source.store, target))
        assert objects(target) == whole


class _Failing(DirectoryStore):
    """A store that takes so many objects and then is full."""

    def __init__(self, path: str, steps: int) -> None:
        super().__init__(path)
        self._steps = steps

    def write(self, key: str, data: bytes | BinaryIO) -> None:
        self._take()
        super().write(key, data)

    def write_once(self, key: str, data: bytes | BinaryIO) -> bool:
        self._take()
        return super().write_once(key, data)

    def _take(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise StoreUnavailableError("the disk is full")


def test_another_archive_and_ones_own_place_are_refused(source: Archive, tmp_path: Path, make_capture: Make) -> None:
    other = Archive(DirectoryStore(tmp_path / "other"))
    filled(other, make_capture, (b"x",), run=new_run_id(make_capture().requested_at))
    for target in (other.store, source.store, DirectoryStore(tmp_path / "first" / "exports"), DirectoryStore(tmp_path)):
        with pytest.raises(OtherArchiveError):
            check_same_archive(source.store, target)
    check_same_archive(source.store, DirectoryStore(tmp_path / "firsts"))


def test_two_listings_go_side_by_side(make_capture: Make) -> None:
    def rows(names: str) -> list[ObjectInfo]:
        return [ObjectInfo(name, 1, make_capture().requested_at) for name in names]

    paired = [(key, bool(here), bool(there)) for key, here, there in side_by_side(rows("abd预"), rows("bcd"))]
    assert paired == [
        ("a", True, False),
        ("b", True, True),
        ("c", False, True),
        ("d", True, True),
        ("预", True, False),
    ]


def test_the_rate_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("gongkai.archive.carrying.time.monotonic", lambda: 100.0)
    monkeypatch.setattr("gongkai.archive.carrying.time.sleep", slept.append)
    pace = Pace(1000.0)
    pace(500)
    pace(1500)
    Pace(None)(10**9)
    assert slept == [0.5, 2.0]
