"""OCFL objects that are good, unwise and bad, one for each kind that the specification's codes know.

Each is made from a whole object of three versions, by one change; the codes beside it are those that have to be named.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from typing import Any

Files = dict[str, bytes]
"""Files of an object by path; a path that ends in a slash is an empty folder."""
Inventories = dict[str, Any]
"""Inventories by version, ``root`` for that of the object."""
Change = Callable[[Inventories, Files], None]

CONTENTS = {"v1": {"a.txt": b"one\n", "sub/b.txt": b"two\n"}, "v2": {"c.txt": b"three\n"}, "v3": {"d.txt": b"four\n"}}
IDENTIFIER = "https://czj.example.gov.cn/预算/1.pdf"
USER = {"name": "档案馆", "address": "mailto:archive@example.org"}


def digest(data: bytes, algorithm: str = "sha512") -> str:
    return hashlib.new(algorithm, data).hexdigest()


def inventory(upto: int, specification: str, algorithm: str = "sha512", form: str = "v{}") -> dict[str, Any]:
    """The inventory of the object when it had so many versions."""
    manifest: dict[str, list[str]] = {}
    versions: dict[str, Any] = {}
    logical: dict[str, list[str]] = {}
    for number in range(1, upto + 1):
        name = form.format(number)
        for path, data in CONTENTS[f"v{number}"].items():
            manifest[digest(data, algorithm)] = [f"{name}/content/{path}"]
            logical[digest(data, algorithm)] = [path]
        versions[name] = {
            "created": f"2026-01-0{number}T00:00:00Z",
            "message": f"version {number}",
            "user": USER,
            "state": copy.deepcopy(logical),
        }
    return {
        "id": IDENTIFIER,
        "type": f"https://ocfl.io/{specification}/spec/#inventory",
        "digestAlgorithm": algorithm,
        "head": form.format(upto),
        "manifest": manifest,
        "versions": versions,
    }


def whole(specification: str = "1.1", algorithm: str = "sha512", form: str = "v{}") -> tuple[Inventories, Files]:
    """A good object of three versions: its inventories and its other files."""
    inventories = {form.format(n): inventory(n, specification, algorithm, form) for n in (1, 2, 3)}
    inventories["root"] = copy.deepcopy(inventories[form.format(3)])
    files = {f"0=ocfl_object_{specification}": f"ocfl_object_{specification}\n".encode()}
    for number in (1, 2, 3):
        for path, data in CONTENTS[f"v{number}"].items():
            files[f"{form.format(number)}/content/{path}"] = data
    return inventories, files


def written(inventories: Inventories, files: Files) -> Files:
    """All files of the object, its inventories with their sidecars; what ``files`` has of these stands."""
    made: Files = {}
    for name, document in inventories.items():
        data = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
        algorithm = "sha512"
        if isinstance(document, dict) and document.get("digestAlgorithm") in hashlib.algorithms_available:
            algorithm = document["digestAlgorithm"]
        below = "" if name == "root" else f"{name}/"
        made[f"{below}inventory.json"] = data
        made[f"{below}inventory.json.{algorithm}"] = f"{digest(data, algorithm)}  inventory.json\n".encode()
    return {path: data for path, data in {**made, **files}.items() if data != GONE}


GONE = b"\0gone"
"""In place of a file's bytes: it is not there although it should be."""


def in_all(change: Callable[[dict[str, Any]], None]) -> Change:
    """The change in the inventory of the object and in its copy in the last version."""

    def apply(inventories: Inventories, _files: Files) -> None:
        for name in ("v3", "root"):
            change(inventories[name])

    return apply


def put(*path: str, value: Any) -> Change:
    """Set a member of the last inventory; a path of names leads to it."""

    def change(document: dict[str, Any]) -> None:
        for name in path[:-1]:
            document = document[name]
        document[path[-1]] = value

    return in_all(change)


def drop(*path: str) -> Change:
    """Take a member out of the last inventory."""

    def change(document: dict[str, Any]) -> None:
        for name in path[:-1]:
            document = document[name]
        del document[path[-1]]

    return in_all(change)


def file(path: str, data: bytes) -> Change:
    """Put a file, or with GONE take it away."""

    def apply(_inventories: Inventories, files: Files) -> None:
        files[path] = data

    return apply


def both(*changes: Change) -> Change:
    def apply(inventories: Inventories, files: Files) -> None:
        for change in changes:
            change(inventories, files)

    return apply


A, B = (digest(data) for data in CONTENTS["v1"].values())
C = digest(b"three\n")


def state(paths: dict[str, Any]) -> Change:
    """The state of the last version, what it had beside these left out of the manifest too."""
    return put("versions", "v3", "state", value=paths)


def _manifest(digest_of: str, paths: Any) -> Change:
    return put("manifest", digest_of, value=paths)


def _renamed(old: str, new: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        block = document["manifest"]
        block[new] = block.pop(old)

    return change


def _otherwise(name: str, change: Callable[[dict[str, Any]], None]) -> Change:
    """The change in one inventory alone."""

    def apply(inventories: Inventories, _files: Files) -> None:
        change(inventories[name])

    return apply


def _set(*path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        for name in path[:-1]:
            document = document[name]
        document[path[-1]] = value

    return change


def _without_version(inventories: Inventories, files: Files) -> None:
    """The folder and inventory of the second version went."""
    del inventories["v2"]
    for path in [path for path in files if path.startswith("v2/")]:
        del files[path]


def _skipped(inventories: Inventories, files: Files) -> None:
    for name in ("v3", "root"):
        document = inventories[name]
        document["versions"]["v4"] = document["versions"].pop("v3")
        document["head"] = "v4"
    files["v4/content/d.txt"] = files.pop("v3/content/d.txt")
    inventories["v4"] = inventories.pop("v3")
    for name in ("v4", "root"):
        inventories[name]["manifest"][digest(b"four\n")] = ["v4/content/d.txt"]


def _root_is_older(inventories: Inventories, _files: Files) -> None:
    inventories["root"] = copy.deepcopy(inventories["v2"])


def _content_directory(*names: str) -> Change:
    def apply(inventories: Inventories, _files: Files) -> None:
        for name in names:
            inventories[name]["contentDirectory"] = "content"

    return apply


def _forgotten(inventories: Inventories, files: Files) -> None:
    """The second inventory forgets a file of the first; that of the object has it again."""
    del inventories["v2"]["manifest"][A]
    for version in inventories["v2"]["versions"].values():
        version["state"].pop(A)
    assert files


def _other_state(inventories: Inventories, _files: Files) -> None:
    inventories["v1"]["versions"]["v1"]["state"][A] = ["other.txt"]


def _other_content(inventories: Inventories, _files: Files) -> None:
    """The first version's two files stand for each other in the inventory of the object."""
    block = inventories["v1"]["versions"]["v1"]["state"]
    block[A], block[B] = block[B], block[A]


def _older_specification(inventories: Inventories, _files: Files) -> None:
    inventories["v2"]["type"] = "https://ocfl.io/1.0/spec/#inventory"


def _no_version(inventories: Inventories, _files: Files) -> None:
    for name in ("v3", "root"):
        inventories[name]["versions"] = {}
        del inventories[name]["head"]


def _second_alone(inventories: Inventories, _files: Files) -> None:
    for name in ("v3", "root"):
        inventories[name]["versions"] = {"v2": inventories[name]["versions"]["v2"]}


def _mixed_padding(inventories: Inventories, _files: Files) -> None:
    for name in ("v3", "root"):
        versions = inventories[name]["versions"]
        versions["v003"] = versions.pop("v3")


def _emptied(inventories: Inventories, files: Files) -> None:
    """The last version brings nothing new, and has a folder for it."""
    del files["v3/content/d.txt"]
    files["v3/content/"] = b""
    for name in ("v3", "root"):
        del inventories[name]["manifest"][digest(b"four\n")]
        inventories[name]["versions"]["v3"]["state"].pop(digest(b"four\n"))


def _nothing_left(inventories: Inventories, files: Files) -> None:
    _emptied(inventories, files)
    del files["v3/content/"]
    for name in ("v3", "root"):
        inventories[name]["versions"]["v3"]["state"] = {}


BAD: dict[str, tuple[set[str], Change]] = {
    "extra folder in root": ({"E001"}, file("surprise/x.txt", b"x")),
    "extra file in root": ({"E001"}, file("surprise.txt", b"x")),
    "file named as a version": ({"E001"}, file("v4", b"x")),
    "no declaration": ({"E003"}, file("0=ocfl_object_1.1", GONE)),
    "two declarations": ({"E003"}, file("0=ocfl_object_1.0", b"ocfl_object_1.0\n")),
    "declaration of another kind": ({"E006"}, both(file("0=ocfl_object_1.1", GONE), file("0=ocfl_object_9", b"x"))),
    "declaration says something else": ({"E007"}, file("0=ocfl_object_1.1", b"ocfl_object_1.1")),
    "no versions and no head": ({"E008", "E036"}, _no_version),
    "second version alone": ({"E009"}, _second_alone),
    "a version skipped": ({"E010"}, _skipped),
    "a version's folder is missing": ({"E046"}, _without_version),
    "padded and not": ({"E011"}, _mixed_padding),
    "file beside the contents": ({"E015"}, file("v2/stray.txt", b"x")),
    "contentDirectory with a slash": ({"E017"}, put("contentDirectory", value="a/b")),
    "contentDirectory of dots": ({"E018"}, put("contentDirectory", value="..")),
    "contentDirectory set later": ({"E019"}, _content_directory("v2", "v3", "root")),
    "contentDirectory differs": ({"E020"}, _otherwise("v2", _set("contentDirectory", value="other"))),
    "file not in the manifest": ({"E023"}, file("v1/content/extra.txt", b"x")),
    "manifest forgot an entry": ({"E023"}, _forgotten),
    "empty folder in the contents": ({"E024"}, file("v1/content/empty/", b"")),
    "algorithm not allowed": ({"E025"}, put("digestAlgorithm", value="md5")),
    "digest of another form": ({"E025"}, in_all(_renamed(A, "abc"))),
    "inventory is not JSON": ({"E033"}, lambda found, _: found.update(root=b'{"id": ')),
    "inventory is a list": ({"E033"}, lambda found, _: found.update(root=b"[]")),
    "no id": ({"E036"}, drop("id")),
    "no head": ({"E036"}, drop("head")),
    "no type": ({"E036"}, drop("type")),
    "empty id": ({"E037"}, put("id", value="")),
    "another id in a version": ({"E037"}, _otherwise("v2", _set("id", value="urn:other"))),
    "unknown type": ({"E038"}, put("type", value="https://ocfl.io/9.9/spec/#inventory")),
    "type is a number": ({"E038"}, put("type", value=3)),
    "head is not the last": ({"E040"}, put("head", value="v2")),
    "head is not there": ({"E040"}, put("head", value="v9")),
    "head is a number": ({"E040"}, put("head", value=3)),
    "inventory in the wrong version": ({"E040"}, lambda found, _: found.update(v2=copy.deepcopy(found["v1"]))),
    "no manifest": ({"E041"}, drop("manifest")),
    "manifest is a list": ({"E041"}, put("manifest", value=[])),
    "no versions": ({"E041"}, drop("versions")),
    "content path outside of versions": ({"E042"}, _manifest(A, ["v9/content/a.txt"])),
    "versions are a list": ({"E044"}, put("versions", value=[])),
    "folder of a version unknown": ({"E046"}, file("v4/content/x.txt", b"x")),
    "root is not the newest": ({"E046"}, _root_is_older),
    "version is a text": ({"E047"}, put("versions", "v3", value="x")),
    "no created": ({"E048"}, drop("versions", "v3", "created")),
    "no state": ({"E048"}, drop("versions", "v3", "state")),
    "created without zone": ({"E049"}, put("versions", "v3", "created", value="2026-01-03T00:00:00")),
    "created without seconds": ({"E049"}, put("versions", "v3", "created", value="2026-01-03T00:00Z")),
    "created on no day": ({"E049"}, put("versions", "v3", "created", value="2026-13-41T00:00:00Z")),
    "values of other kinds": (
        {"E049", "E050", "E054", "E094"},
        put("versions", "v3", value={"created": 1, "state": [], "message": [], "user": "x"}),
    ),
    "state in other letters": ({"E050"}, state({A.upper(): ["a.txt"], digest(b"four\n"): ["d.txt"]})),
    "state names no digest": ({"E050"}, state({"f" * 128: ["a.txt"], digest(b"four\n"): ["d.txt"]})),
    "logical path with a slash first": ({"E052"}, state({A: ["/a.txt"], digest(b"four\n"): ["d.txt"]})),
    "logical path with dots": ({"E053"}, state({A: ["x/../a.txt"], digest(b"four\n"): ["d.txt"]})),
    "user without name": ({"E054"}, put("versions", "v3", "user", value={"address": "mailto:a@b.cn"})),
    "fixity of an unknown algorithm": ({"E056"}, put("fixity", value={"crc7": {}})),
    "fixity of a path not held": ({"E057"}, put("fixity", value={"md5": {"0" * 32: ["v1/content/none"]}})),
    "no sidecar": ({"E058"}, file("inventory.json.sha512", GONE)),
    "sidecar of another inventory": ({"E060"}, file("inventory.json.sha512", f"{A}  inventory.json\n".encode())),
    "sidecar without name": ({"E061"}, file("inventory.json.sha512", b"abc\n")),
    "no inventory": ({"E063"}, both(file("inventory.json", GONE), file("inventory.json.sha512", GONE))),
    "last inventory differs": ({"E064"}, _otherwise("v3", _set("versions", "v3", "message", value="other"))),
    "earlier state differs": ({"E066"}, _other_state),
    "earlier contents differ": ({"E066"}, _other_content),
    "file in extensions": ({"E067"}, file("extensions/x.txt", b"x")),
    "file was altered": ({"E092"}, file("v1/content/a.txt", b"ONE\n")),
    "file is missing": ({"E092"}, file("v1/content/a.txt", GONE)),
    "fixity does not hold": ({"E093"}, put("fixity", value={"md5": {"0" * 32: ["v1/content/a.txt"]}})),
    "message is a number": ({"E094"}, put("versions", "v3", "message", value=7)),
    "logical path twice": ({"E095"}, state({A: ["d.txt"], digest(b"four\n"): ["d.txt"]})),
    "logical path is a folder too": ({"E095"}, state({A: ["d.txt/x"], digest(b"four\n"): ["d.txt"]})),
    "manifest digest twice": ({"E096"}, _manifest(A.upper(), ["v1/content/a.txt"])),
    "fixity digest twice": (
        {"E097"},
        put("fixity", value={"sha256": {digest(b"one\n", "sha256"): [], digest(b"one\n", "sha256").upper(): []}}),
    ),
    "content path with dots": ({"E099"}, _manifest(A, ["v1/content/../content/a.txt"])),
    "content path ends in a slash": ({"E100"}, _manifest(A, ["v1/content/a.txt/"])),
    "content path twice": ({"E101"}, _manifest(A, ["v1/content/a.txt", "v1/content/a.txt"])),
    "content path is a folder too": ({"E101"}, _manifest(A, ["v1/content/a.txt", "v1/content/a.txt/x"])),
    "older specification later": ({"E103"}, _older_specification),
    "manifest digest not used": ({"E107"}, _manifest("e" * 128, ["v1/content/extra.txt"])),
    "fixity is null": ({"E111"}, put("fixity", value=None)),
}
"""Of OCFL 1.1.  Which other codes a change brings about is left open."""

WARN: dict[str, tuple[set[str], Change]] = {
    "folder beside the contents": ({"W002"}, file("v2/notes/x.txt", b"x")),
    "empty contents": ({"W003"}, _emptied),
    "id is no URI": ({"W005"}, lambda found, _: [each.update(id="not a URI") for each in found.values()] and None),
    "no message": ({"W007"}, drop("versions", "v3", "message")),
    "no user": ({"W007"}, drop("versions", "v3", "user")),
    "user without address": ({"W008"}, put("versions", "v3", "user", value={"name": "x"})),
    "address is no URI": ({"W009"}, put("versions", "v3", "user", value={"name": "x", "address": "here"})),
    "version without inventory": ({"W010"}, lambda found, _: found.pop("v2") and None),
    "metadata changed": ({"W011"}, put("versions", "v1", "message", value="otherwise")),
    "extension not registered": ({"W013"}, file("extensions/own/x.txt", b"x")),
}


def _with_fixity(inventories: Inventories, _files: Files) -> None:
    for name in ("v3", "root"):
        inventories[name]["fixity"] = {
            "md5": {digest(b"one\n", "md5"): ["v1/content/a.txt"]},
            "blake2b-160": {hashlib.blake2b(b"one\n", digest_size=20).hexdigest(): ["v1/content/a.txt"]},
            "sha512/256": {hashlib.new("sha512_256", b"one\n").hexdigest().upper(): ["v1/content/a.txt"]},
        }


def _upper(inventories: Inventories, _files: Files) -> None:
    for name, document in inventories.items():
        text = json.dumps(document)
        for each in (A, B, C):
            text = text.replace(each, each.upper())
        inventories[name] = json.loads(text)


def _twice(inventories: Inventories, files: Files) -> None:
    """One digest is held by two files and stands under two names."""
    files["v3/content/again.txt"] = b"one\n"
    for name in ("v3", "root"):
        inventories[name]["manifest"][A].append("v3/content/again.txt")
        inventories[name]["versions"]["v3"]["state"][A] = ["a.txt", "again.txt"]


GOOD: dict[str, Change] = {
    "three versions": lambda _found, _files: None,
    "fixity of several algorithms": _with_fixity,
    "digests in upper case": _upper,
    "one content twice": _twice,
    "contentDirectory from the first": _content_directory("v1", "v2", "v3", "root"),
    "registered extension": file("extensions/0005-mutable-head/x.txt", b"x"),
    "logs": file("logs/today.txt", b"x"),
    "created with a fraction": put("versions", "v3", "created", value="2026-01-03T00:00:00.123+08:00"),
    "empty fixity": put("fixity", value={}),
    "later specification": lambda found, _: (
        [found[name].update(type="https://ocfl.io/1.0/spec/#inventory") for name in ("v1", "v2")] and None
    ),
    "no file in the last version": _nothing_left,
}


def made(change: Change, specification: str = "1.1") -> Files:
    """The files of an object with a change."""
    inventories, files = whole(specification)
    change(inventories, files)
    return written(inventories, files)
