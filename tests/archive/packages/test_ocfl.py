"""OCFL storage roots: an object for each address, new versions only, judged by ocfl-py and by ourselves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Outcome
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.fixity import Problem
from gongkai.archive.packages.bag import Custodian
from gongkai.archive.packages.ocfl import Filed, write_ocfl
from gongkai.archive.packages.ocfl_fixity import is_ocfl, notes, ocfl_findings
from gongkai.archive.packages.ocfl_layout import object_path, safe_name
from gongkai.archive.packages.unfinished import UNFINISHED, PackageRefusedError
from gongkai.archive.roots import open_store
from gongkai.archive.selection import Selection, addresses_of
from gongkai.archive.store import Store
from tests.archive.packages import ocfl_judge
from tests.archive.packages.kept import BUDGET, LARGE, CutOffError, MemoryStore, Mortal, capture, contents, first, later

HOLDER = Custodian("国家图书馆", "mailto:archive@example.org")


@pytest.fixture
def kept(tmp_path: Path) -> Archive:
    archive = Archive.open(str(tmp_path / "archive"))
    first(archive)
    return archive


def export(archive: Archive, target: Store, selection: Selection = Selection()) -> Filed:  # noqa: B008 - a frozen value
    return write_ocfl(archive, target, selection, HOLDER)


def problems(store: Store) -> list[tuple[str, Problem]]:
    return [(finding.key, finding.problem) for finding in ocfl_findings(store, lambda _key, _size: None)]


def judged(folder: Path) -> dict[str, Any]:
    """The word of ocfl-py."""
    judge = [sys.executable, ocfl_judge.__file__, "root", str(folder)]
    ran = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    verdict: dict[str, Any] = json.loads(ran.stdout)
    return verdict


def inventory(store: Store, identifier: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(store.read(f"{object_path(identifier)}/inventory.json"))
    return document


def originals(store: Store, identifier: str) -> list[bytes]:
    """The original of each version of an object, oldest first."""
    document = inventory(store, identifier)
    found = []
    for version in document["versions"].values():
        (digest,) = (key for key, paths in version["state"].items() if any(p.startswith("original/") for p in paths))
        found.append(store.read(f"{object_path(identifier)}/{document['manifest'][digest][0]}"))
    return found


def test_ocfl_py_and_we_find_a_root_valid_without_a_warning(kept: Archive, tmp_path: Path) -> None:
    export(kept, DirectoryStore(tmp_path / "root"))
    later(kept)
    filed = export(kept, DirectoryStore(tmp_path / "root"))
    assert filed == Filed(objects=5, new_objects=2, new_versions=5)
    assert judged(tmp_path / "root") == {"valid": True, "objects": 5, "messages": []}
    assert list(notes(DirectoryStore(tmp_path / "root"))) == []


def test_versions_are_what_stood_at_an_address(kept: Archive, tmp_path: Path) -> None:
    later(kept)
    store = DirectoryStore(tmp_path / "root")
    export(kept, store)
    document = inventory(store, BUDGET)
    assert originals(store, BUDGET) == [b"first", b"second", b"second", b"first"]
    messages = [version["message"].partition(" ")[0] for version in document["versions"].values()]
    assert messages == ["captured", "captured", "gone", "captured"]
    assert document["versions"]["v2"]["created"] == "2026-01-01T00:10:00Z"
    assert document["versions"]["v2"]["user"] == {"name": "国家图书馆", "address": "mailto:archive@example.org"}
    paths = [path for paths in document["versions"]["v1"]["state"].values() for path in paths]
    assert "original/部门预算.pdf" in paths
    (told,) = (path for path in paths if path.startswith("capture/"))
    row = json.loads(store.read(f"{object_path(BUDGET)}/v1/content/{told}"))
    assert (row["url"], row["outcome"]) == (BUDGET, "captured")


def test_an_object_of_captures_has_the_failed_and_unchanged_ones_too(kept: Archive, tmp_path: Path) -> None:
    later(kept)
    store = DirectoryStore(tmp_path / "root")
    export(kept, store)
    texts = [data.decode() for key, data in contents(store).items() if key.endswith(".jsonl")]
    outcomes = [json.loads(line)["outcome"] for text in texts for line in text.splitlines()]
    expected = ["captured", "captured", "captured", "captured", "gone", "timeout", "unchanged"]
    assert sorted(outcomes) == expected


def test_a_root_lies_in_any_store(any_root: str, kept: Archive, tmp_path: Path) -> None:
    target, folder = open_store(any_root), DirectoryStore(tmp_path / "root")
    for step in (lambda _: None, later):
        step(kept)
        export(kept, target)
        export(kept, folder)
    assert contents(target) == contents(folder)
    assert problems(target) == []


def test_a_later_export_touches_nothing_of_older_versions(kept: Archive, tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path / "root")
    export(kept, store)
    before = contents(store)
    assert export(kept, store) == Filed(objects=3)
    assert contents(store) == before
    later(kept)
    export(kept, store)
    after = contents(store)
    changed = {key for key in before if after[key] != before[key]}
    path = object_path(BUDGET)
    assert changed == {f"{path}/inventory.json", f"{path}/inventory.json.sha512", "gongkai.json"}


def test_what_became_known_late_is_a_version_and_the_newest_stands_last(kept: Archive, tmp_path: Path) -> None:
    """An old capture may be added from a file of another archive."""
    store = DirectoryStore(tmp_path / "root")
    kept.record([capture(kept, 20, BUDGET, b"newest")])
    export(kept, store)
    kept.record([capture(kept, 5, BUDGET, b"late")])
    export(kept, store)
    assert originals(store, BUDGET) == [b"first", b"newest", b"late", b"newest"]
    assert export(kept, store).new_versions == 0
    assert problems(store) == []


def exported(archive: Archive, there: dict[str, bytes]) -> dict[str, bytes]:
    """What an export makes of what is there."""
    target: Any = MemoryStore(there)
    export(archive, target)
    objects: dict[str, bytes] = target.objects
    return objects


@pytest.mark.parametrize("prepare", [None, later], ids=["first", "update"])
def test_cut_off_anywhere_no_half_object_looks_whole_and_it_is_finished(
    prepare: Callable[[Archive], None] | None, kept: Archive
) -> None:
    old: dict[str, bytes] = {}
    if prepare:
        old = exported(kept, old)
        prepare(kept)
    expected = exported(kept, old)
    for changes in range(200):
        target: Any = MemoryStore(old)
        try:
            export(kept, cast("Store", Mortal(target, changes)))
        except CutOffError:
            if changes:
                assert is_ocfl(target)
                assert (UNFINISHED, Problem.UNFINISHED) in problems(target)
            assert exported(kept, target.objects) == expected
        else:
            assert changes > 20
            return
    raise AssertionError("it never came to its end")


def test_what_another_version_began_is_taken_back(kept: Archive, tmp_path: Path) -> None:
    """Between the cut and the next export the archive grew: nothing of the unfinished version is left."""
    store = DirectoryStore(tmp_path / "root")
    export(kept, store)
    kept.record([capture(kept, 20, BUDGET, b"later")])
    with pytest.raises(CutOffError):
        export(kept, Mortal(store, 14))
    assert any("/v2/content/" in key for key in contents(store))
    kept.record([capture(kept, 19, BUDGET, b"between")])
    export(kept, store)
    assert originals(store, BUDGET) == [b"first", b"between", b"later"]
    assert problems(store) == []


def test_what_is_wrong_with_a_root_is_named(kept: Archive, tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path / "root")
    export(kept, store)
    whole = contents(store)
    path = object_path(LARGE)
    faults: list[tuple[list[str], bytes | None, tuple[str, Problem]]] = [
        ([f"{path}/v1/content/original/2.xls"], b"x", (f"{path}/v1/content/original/2.xls", Problem.ALTERED)),
        ([f"{path}/0=ocfl_object_1.1"], None, (f"{path}/inventory.json", Problem.UNEXPECTED)),
        ([f"{path.partition('/')[0]}/stray"], b"x", (f"{path.partition('/')[0]}/stray", Problem.UNEXPECTED)),
        ([key for key in whole if key.startswith(path)], None, ("gongkai.json", Problem.MISSING)),
        (["0=ocfl_1.1"], None, ("0=ocfl_1.1", Problem.MISSING)),
        (["0=ocfl_1.1"], b"ocfl_1.0\n", ("0=ocfl_1.1", Problem.UNREADABLE)),
        (["ocfl_layout.json"], b"{}", ("ocfl_layout.json", Problem.UNREADABLE)),
        (["extensions/x.txt"], b"x", ("extensions/x.txt", Problem.UNEXPECTED)),
        (["gongkai.json"], whole["gongkai.json"].replace(b"3", b"4"), ("gongkai.json", Problem.ALTERED)),
    ]
    for keys, data, expected in faults:
        for each in keys:
            store.delete(each) if data is None else store.write(each, data)
        assert expected in problems(store)
        for each in keys:
            store.delete(each)
        store.write_all_once(whole.items())
        assert problems(store) == [], keys


def test_an_object_in_a_wrong_place_and_an_empty_folder_are_named(kept: Archive, tmp_path: Path) -> None:
    export(kept, DirectoryStore(tmp_path / "root"))
    moved = tmp_path / "root" / "moved"
    (tmp_path / "root" / object_path(LARGE)).rename(moved)
    (tmp_path / "root" / "void").mkdir()
    named = problems(DirectoryStore(tmp_path / "root"))
    assert ("moved/", Problem.MISPLACED) in named
    assert ("void/", Problem.UNEXPECTED) in named


def test_an_inventory_that_was_altered_is_not_built_upon(kept: Archive, tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path / "root")
    export(kept, store)
    key = f"{object_path(BUDGET)}/inventory.json"
    store.write(key, store.read(key).replace(b"captured in", b"received in"))
    later(kept)
    with pytest.raises(PackageRefusedError, match="was altered"):
        export(kept, store)


def test_nothing_else_is_overwritten(kept: Archive, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("mine")
    with pytest.raises(PackageRefusedError, match=r"holds 'thesis\.txt' and no OCFL root"):
        export(kept, DirectoryStore(tmp_path / "mine"))
    export(kept, DirectoryStore(tmp_path / "root"))
    other = Selection(urls=addresses_of(kept, [BUDGET]), words=("document x",))
    with pytest.raises(PackageRefusedError, match="is of 'everything', not of 'document x'"):
        export(kept, DirectoryStore(tmp_path / "root"), other)


def test_one_document_with_all_its_versions_is_taken(kept: Archive, tmp_path: Path) -> None:
    later(kept)
    sha256 = next(each.payload_sha256 for each in kept.captures() if each.outcome is Outcome.UNCHANGED)
    assert sha256 is not None
    urls = addresses_of(kept, [sha256[:8]])
    assert urls == {BUDGET}
    store = DirectoryStore(tmp_path / "root")
    export(kept, store, Selection(urls=urls, words=("document",)))
    assert originals(store, BUDGET) == [b"first", b"second", b"second", b"first"]
    assert not any(key.startswith(object_path(LARGE)) for key in contents(store))


def test_paths_of_objects_are_those_of_the_extension() -> None:
    """The examples of extension 0003, which say what long and strange identifiers become."""
    assert object_path("object-01") == "3c0/ff4/240/object-01"
    assert object_path("..hor/rib:le-$id") == "487/326/d8c/%2e%2ehor%2frib%3ale-%24id"
    long = "abcdefghij" * 26
    assert re.fullmatch(r"([0-9a-f]{3}/){3}[a-j]{100}-[0-9a-f]{64}", object_path(long))


@pytest.mark.parametrize(
    ("name", "url", "expected"),
    [
        ("部门预算.pdf", "https://x/1", "部门预算.pdf"),
        (None, "https://x/%E9%A2%84%E7%AE%97.doc?a=1", "预算.doc"),
        ("../../etc/passwd", "https://x/1", "passwd"),
        ("a\\b\n.pdf", "https://x/1", "b.pdf"),
        (None, "https://x/", "original"),
        ("..", "https://x/", "original"),
    ],
)
def test_file_names_cannot_leave_an_object(name: str | None, url: str, expected: str) -> None:
    assert safe_name(name, url) == expected


def test_long_file_names_keep_their_ending() -> None:
    name = safe_name("预" * 200 + ".pdf", "https://x/")
    assert name.endswith("预.pdf")
    assert len(name.encode()) <= 150
