"""BagIt bags: whole or visibly not, updated in place, judged by bagit-python and by ourselves."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import logging
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from gongkai.archive.archive import Archive, OriginalAlteredError
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.fixity import Problem
from gongkai.archive.packages import bag_text, provenance
from gongkai.archive.packages.bag import MANIFEST, PROFILE_TEXT, Bagged, Custodian, write_bag
from gongkai.archive.packages.bag_fixity import bag_findings, is_bag
from gongkai.archive.packages.unfinished import UNFINISHED, PackageRefusedError
from gongkai.archive.roots import open_store
from gongkai.archive.selection import Selection
from gongkai.archive.store import Store
from tests.archive.packages.kept import CutOffError, Mortal, capture, contents, first, later

ON = dt.date(2026, 2, 1)
HOLDER = Custodian("国家图书馆", "mailto:archive@example.org")


@pytest.fixture
def kept(tmp_path: Path) -> Archive:
    archive = Archive.open(str(tmp_path / "archive"))
    first(archive)
    return archive


def bag(archive: Archive, target: Store, selection: Selection = Selection()) -> Bagged:  # noqa: B008 - a frozen value
    return write_bag(archive, target, selection, HOLDER, on=ON)


def problems(store: Store) -> list[tuple[str, Problem]]:
    return [(finding.key, finding.problem) for finding in bag_findings(store, lambda _key, _size: None)]


def is_valid(folder: Path) -> bool:
    """The word of bagit-python."""
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        return bool(bagit.Bag(str(folder)).is_valid())
    except bagit.BagError:
        return False


def test_bagit_python_and_we_find_a_bag_valid(kept: Archive, tmp_path: Path) -> None:
    done = bag(kept, DirectoryStore(tmp_path / "bag"))
    assert (done.originals, done.captures, done.files, done.is_new) == (2, 3, 4, True)
    assert is_valid(tmp_path / "bag")
    assert problems(DirectoryStore(tmp_path / "bag")) == []
    info = bagit.Bag(str(tmp_path / "bag")).info
    assert info["Source-Organization"] == "国家图书馆"
    assert info["Contact-Email"] == "archive@example.org"
    assert info["Gongkai-Source"] == kept.store.url
    assert (info["Gongkai-First-Capture"], info["Gongkai-Last-Capture"]) == (
        "2026-01-01T00:01:00Z",
        "2026-01-01T00:03:00Z",
    )


def test_a_bag_tells_how_each_original_was_obtained(kept: Archive, tmp_path: Path) -> None:
    target = DirectoryStore(tmp_path / "bag")
    bag(kept, target)
    (lines,) = (data for key, data in contents(target).items() if key.endswith(".jsonl"))
    rows = [json.loads(line) for line in lines.decode().splitlines()]
    assert [row["outcome"] for row in rows] == ["captured", "captured", "timeout"]
    assert rows[0]["response_headers"] == [{"name": "Content-Type", "value": "application/pdf"}]
    assert target.read(f"data/originals/{rows[0]['payload_sha256'][:2]}/{rows[0]['payload_sha256']}") == b"first"
    (table,) = (data for key, data in contents(target).items() if key.endswith(".csv"))
    assert [row["title"] for row in csv.DictReader(io.StringIO(table.decode("utf-8-sig")))] == ["部门预算公开"] * 3


def test_the_table_calculates_nothing(kept: Archive) -> None:
    hostile = capture(kept, 1, "https://x.example/", b"x", title="=HYPERLINK(1)", file_name="预算.pdf")
    (row,) = csv.DictReader(io.StringIO(provenance.csv_text([hostile]).decode("utf-8-sig")))
    assert (row["title"], row["file_name"]) == ("'=HYPERLINK(1)", "预算.pdf")
    assert json.loads(provenance.json_lines([hostile]))["title"] == "=HYPERLINK(1)"


def test_a_bag_lies_in_any_store(any_root: str, kept: Archive, tmp_path: Path) -> None:
    target = open_store(any_root)
    bag(kept, target)
    bag(kept, DirectoryStore(tmp_path / "bag"))
    assert contents(target) == contents(DirectoryStore(tmp_path / "bag"))
    assert problems(target) == []
    later(kept)
    assert bag(kept, target).is_new
    assert problems(target) == []


def test_a_later_export_adds_what_is_new(kept: Archive, tmp_path: Path) -> None:
    target = DirectoryStore(tmp_path / "bag")
    bag(kept, target)
    before = contents(target)
    assert not bag(kept, target).is_new
    assert contents(target) == before
    later(kept)
    assert (bag(kept, target).originals, is_valid(tmp_path / "bag"), problems(target)) == (3, True, [])
    after = contents(target)
    assert {key: data for key, data in after.items() if key in before and key.startswith("data/")} == {
        key: data for key, data in before.items() if key.startswith("data/")
    }
    bag(kept, DirectoryStore(tmp_path / "at once"))
    assert after == contents(DirectoryStore(tmp_path / "at once"))


@pytest.mark.parametrize("prepare", [None, later], ids=["first", "update"])
def test_cut_off_anywhere_it_does_not_look_whole_and_is_finished(
    prepare: Callable[[Archive], None] | None, kept: Archive, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    if prepare:
        bag(kept, DirectoryStore(begun))
        prepare(kept)
    old = contents(DirectoryStore(begun))
    bag(kept, DirectoryStore(tmp_path / "whole"))
    expected = contents(DirectoryStore(tmp_path / "whole"))
    for changes in range(100):
        target = DirectoryStore(tmp_path / str(changes))
        target.write_all_once(old.items())
        try:
            bag(kept, Mortal(target, changes))
        except CutOffError:
            now = contents(target)
            if changes:
                assert is_bag(target)
                assert (UNFINISHED, Problem.UNFINISHED) in problems(target)
            stands = {key: data for key, data in now.items() if key != UNFINISHED}
            assert not is_valid(tmp_path / str(changes)) or stands in (old, expected)
            bag(kept, target)
            assert contents(target) == expected
        else:
            assert changes > 5
            return
    raise AssertionError("it never came to its end")


def test_what_is_wrong_is_named(kept: Archive, tmp_path: Path) -> None:
    target = DirectoryStore(tmp_path / "bag")
    bag(kept, target)
    whole = contents(target)
    original = next(key for key in whole if key.startswith("data/originals/"))
    info = whole[bag_text.BAG_INFO]
    faults: list[tuple[str, bytes | None, tuple[str, Problem]]] = [
        (original, b"other", (original, Problem.ALTERED)),
        (original, None, (original, Problem.MISSING)),
        ("data/extra.txt", b"x", ("data/extra.txt", Problem.UNEXPECTED)),
        (bag_text.BAG_INFO, info + b"More: x\n", (bag_text.BAG_INFO, Problem.ALTERED)),
        (bag_text.BAG_INFO, None, (bag_text.BAG_INFO, Problem.MISSING)),
        (bag_text.BAGIT, b"BagIt-Version: 9.9\n", (bag_text.BAGIT, Problem.UNREADABLE)),
        (bag_text.PROFILE, None, (bag_text.PROFILE, Problem.MISSING)),
        (bag_text.FETCH, b"https://x 1 data/y\n", (bag_text.FETCH, Problem.UNEXPECTED)),
        (MANIFEST, whole[MANIFEST] + b"0" * 64 + b"  data/../../etc/passwd\n", (MANIFEST, Problem.UNREADABLE)),
        (MANIFEST, whole[MANIFEST] + whole[MANIFEST].splitlines()[0] + b"\n", (MANIFEST, Problem.UNREADABLE)),
        (MANIFEST, None, (MANIFEST, Problem.MISSING)),
    ]
    for key, data, expected in faults:
        target.delete(key) if data is None else target.write(key, data)
        assert expected in problems(target), key
        target.delete(key)
        target.write_all_once(whole.items())
        assert problems(target) == []


def test_a_bag_without_what_the_profile_wants_is_named(kept: Archive, tmp_path: Path) -> None:
    target = DirectoryStore(tmp_path / "bag")
    bag(kept, target)
    lines = target.read(bag_text.BAG_INFO).splitlines(keepends=True)
    target.write(bag_text.BAG_INFO, b"".join(line for line in lines if not line.startswith(b"Bagging-Date")))
    details = [finding.detail for finding in bag_findings(target, lambda _key, _size: None)]
    assert "the profile wants 'Bagging-Date' once, it is there 0 times" in details


def test_bags_of_others_are_judged_as_bagit_python_judges_them(tmp_path: Path) -> None:
    """With two algorithms, names of every kind, and a line break in one."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    for name in ("a b.txt", "预算.pdf", "two\nlines"):
        (folder / name).write_text(name)
    bagit.make_bag(str(folder), {"Contact-Name": "x" * 200}, checksums=["md5", "sha512"])
    assert problems(DirectoryStore(folder)) == []
    (folder / "data/预算.pdf").write_text("other")
    assert {key for key, _ in problems(DirectoryStore(folder))} == {"data/预算.pdf", "bag-info.txt"}
    assert not is_valid(folder)


def test_every_payload_manifest_names_every_file(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "a").write_text("a")
    (folder / "b").write_text("b")
    bagit.make_bag(str(folder), checksums=["md5", "sha512"])
    lines = (folder / "manifest-md5.txt").read_text().splitlines(keepends=True)
    (folder / "manifest-md5.txt").write_text(lines[0])
    assert ("manifest-md5.txt", Problem.UNREADABLE) in problems(DirectoryStore(folder))


def test_nothing_else_is_overwritten(kept: Archive, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("mine")
    with pytest.raises(PackageRefusedError, match=r"holds 'thesis\.txt' and no bag"):
        bag(kept, DirectoryStore(tmp_path / "mine"))
    bag(kept, DirectoryStore(tmp_path / "bag"))
    with pytest.raises(PackageRefusedError, match="is of 'everything', not of 'portal hebei-qinhuangdao'"):
        bag(kept, DirectoryStore(tmp_path / "bag"), Selection(portals=frozenset({"hebei-qinhuangdao"})))
    with pytest.raises(PackageRefusedError, match="nothing to hand over"):
        bag(kept, DirectoryStore(tmp_path / "none"), Selection(portals=frozenset({"nowhere"})))
    assert not (tmp_path / "none").exists()


def test_an_altered_original_is_not_handed_on(kept: Archive, tmp_path: Path) -> None:
    key = next(info.key for info in kept.store.list("raw/") if info.size == 5)
    kept.store.write(key, b"FIRST")
    with pytest.raises(OriginalAlteredError):
        bag(kept, DirectoryStore(tmp_path / "bag"))
    assert not is_valid(tmp_path / "bag")


def test_what_went_from_a_bag_is_not_forgotten(kept: Archive, tmp_path: Path) -> None:
    """A file of an earlier export that this one does not ask for is missed, not left out of the manifest."""
    target = DirectoryStore(tmp_path / "bag")
    kept.record([capture(kept, 59, "https://czj.example.gov.cn/last", b"last")])
    bag(kept, target)
    target.delete(next(key for key, data in contents(target).items() if data == b"last"))
    with pytest.raises(PackageRefusedError, match="is gone from the bag"):
        bag(kept, target, Selection(until=dt.datetime(2026, 1, 1, 0, 30, tzinfo=dt.UTC)))


def test_the_profile_is_one() -> None:
    profile = json.loads(PROFILE_TEXT)
    required = {"BagIt-Profile-Identifier", "BagIt-Profile-Version", "Source-Organization", "Version"}
    assert required <= profile["BagIt-Profile-Info"].keys()
    assert set(profile["Manifests-Required"]) <= set(profile["Manifests-Allowed"])
