"""Our validator of OCFL objects: it names each code, on every store, and does not contradict ocfl-py."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.packages.ocfl_fixity import notes
from gongkai.archive.packages.ocfl_object_fixity import ObjectCheck
from gongkai.archive.roots import open_store
from gongkai.archive.store import Store
from tests.archive.packages import ocfl_judge
from tests.archive.packages.ocfl_fixtures import BAD, GOOD, WARN, Files, made, whole, written


def put(folder: Path, files: Files) -> DirectoryStore:
    """The files in a folder, without the care of a store, which ten thousand small writes would pay for."""
    folder.mkdir(parents=True)
    for path, data in files.items():
        target = folder / path
        (target if path.endswith("/") else target.parent).mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            target.write_bytes(data)
    return DirectoryStore(folder)


def codes(store: Store) -> set[str]:
    return {note.code for note in notes(store)}


@pytest.mark.parametrize("kind", BAD)
def test_each_fault_is_named_by_its_code(kind: str, tmp_path: Path) -> None:
    expected, change = BAD[kind]
    named = codes(put(tmp_path / "object", made(change)))
    assert expected <= named
    if len(expected) == 1 and kind in ALONE:
        assert named == expected


ALONE = {
    *("extra folder in root", "extra file in root", "file named as a version", "file beside the contents"),
    *("file not in the manifest", "empty folder in the contents", "no sidecar", "sidecar of another inventory"),
    *("file was altered", "file is missing", "fixity does not hold", "file in extensions", "last inventory differs"),
    *("message is a number", "created without zone", "older specification later", "fixity is null"),
}
"""Faults that bring no other with them: whoever reads the finding is led to the one thing that is wrong."""


@pytest.mark.parametrize("kind", WARN)
def test_what_is_unwise_is_a_warning_and_no_fault(kind: str, tmp_path: Path) -> None:
    expected, change = WARN[kind]
    assert codes(put(tmp_path / "object", made(change))) == expected


@pytest.mark.parametrize("specification", ["1.0", "1.1"])
@pytest.mark.parametrize("kind", GOOD)
def test_good_objects_pass(kind: str, specification: str, tmp_path: Path) -> None:
    if kind == "later specification" and specification == "1.0":
        pytest.skip("there is none before 1.0")
    assert codes(put(tmp_path / "object", made(GOOD[kind], specification))) == set()


def test_padded_versions_and_sha256_are_warned_of(tmp_path: Path) -> None:
    assert codes(put(tmp_path / "padded", written(*whole(form="v{:04d}")))) == {"W001"}
    assert codes(put(tmp_path / "sha256", written(*whole(algorithm="sha256")))) == {"W004"}


def test_fixity_that_is_null_is_another_code_before_1_1(tmp_path: Path) -> None:
    assert codes(put(tmp_path / "object", made(BAD["fixity is null"][1], "1.0"))) == {"E056"}


def test_a_name_twice_in_an_inventory_is_refused(tmp_path: Path) -> None:
    """Of two blocks of the same name Python reads the last one, other languages the first."""
    inventories, files = whole()
    text = json.dumps(inventories["root"]).replace('"head": "v3"', '"head": "v2", "head": "v3"')
    inventories["root"] = inventories["v3"] = text.encode()
    assert "E033" in codes(put(tmp_path / "object", written(inventories, files)))


@pytest.mark.parametrize("kind", ["file was altered", "file is missing", "file not in the manifest", "no sidecar"])
def test_faults_are_named_on_s3_too(kind: str, s3_root: str) -> None:
    expected, change = BAD[kind]
    store = open_store(s3_root)
    store.write_all_once(made(change).items())
    assert codes(store) == expected


def test_ocfl_py_calls_good_and_bad_what_we_call_so(tmp_path: Path) -> None:
    """Its warnings too are ours, for whole objects of each kind."""
    kinds = [*(("good", kind) for kind in GOOD), *(("warn", kind) for kind in WARN), *(("bad", kind) for kind in BAD)]
    changes = {**GOOD, **{kind: WARN[kind][1] for kind in WARN}, **{kind: BAD[kind][1] for kind in BAD}}
    folders = [tmp_path / str(number) for number in range(len(kinds))]
    ours = [codes(put(folder, made(changes[kind]))) for folder, (_, kind) in zip(folders, kinds, strict=True)]
    judge = [sys.executable, ocfl_judge.__file__, "object", *map(str, folders)]
    ran = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    theirs = [{code[:4] for code in found} for found in json.loads(ran.stdout)]
    contradictions = [
        (kind, sorted(mine), sorted(its))
        for (_, kind), mine, its in zip(kinds, ours, theirs, strict=True)
        if kind not in DISPUTED and is_bad(mine) != is_bad(its)
    ]
    assert contradictions == [], str(contradictions)


DISPUTED = {
    "fixity of several algorithms",  # extension 0001 has sha512/256, which it does not know
    "declaration says something else",  # it does not miss the line feed (E007)
    "inventory in the wrong version",  # of whose head it says nothing (E040)
}
"""Kinds on which ocfl-py judges otherwise than the specification."""


def is_bad(found: set[str]) -> bool:
    return any(code.startswith("E") for code in found)


def test_every_kind_has_another_name() -> None:
    assert len({*BAD, *WARN, *GOOD}) == len(BAD) + len(WARN) + len(GOOD)


def test_an_empty_object_has_neither_declaration_nor_inventory(tmp_path: Path) -> None:
    assert {note.code for note in ObjectCheck(DirectoryStore(tmp_path), "", []).notes()} == {"E003", "E063"}
