"""OCFL objects as values: what an address should have for versions, and what has to be written for that."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gongkai.archive.capture import Capture, Outcome
from gongkai.archive.packages import provenance
from gongkai.archive.packages.bag import Custodian
from gongkai.archive.packages.ocfl_layout import INVENTORY, SIDECAR, captures_identifier, safe_name

TYPE = "https://ocfl.io/1.1/spec/#inventory"
Inventory = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """A file of a version: under ``path``, either ``data`` or the original of this SHA-256."""

    path: str
    sha256: str
    size: int
    data: bytes | None = None

    @classmethod
    def of(cls, path: str, data: bytes) -> Content:
        return cls(path, hashlib.sha256(data).hexdigest(), len(data), data)


@dataclasses.dataclass(frozen=True, slots=True)
class Version:
    """A version that an object should have; two with the same ``contents`` are the same."""

    created: dt.datetime
    message: str
    contents: tuple[Content, ...]

    @property
    def state(self) -> dict[str, str]:
        """SHA-256 by path."""
        return {content.path: content.sha256 for content in self.contents}


@dataclasses.dataclass(frozen=True, slots=True)
class Additions:
    """Versions to be added to an object: its files by path below the object, and the inventory of its root."""

    contents: tuple[tuple[str, Content], ...]
    inventories: tuple[tuple[str, bytes], ...]
    inventory: bytes


def versions_of_address(captures: Iterable[Capture]) -> Iterator[Version]:
    """A version for each observation that changed what stood at an address: other bytes, gone, there again."""
    last: Capture | None = None
    standing = ""
    for capture in captures:
        if capture.payload_sha256 and capture.payload_sha256 != standing:
            standing, last = capture.payload_sha256, capture
            yield _version(capture, capture)
        elif capture.outcome is Outcome.GONE and last is not None and standing:
            standing = ""
            yield _version(capture, last)


def _version(capture: Capture, original: Capture) -> Version:
    name = safe_name(original.file_name, original.url)
    contents = (
        Content(f"original/{name}", str(original.payload_sha256), original.payload_bytes or 0),
        Content.of(f"capture/{capture.capture_id}.json", provenance.json_text(capture)),
    )
    time = capture.received_at or capture.requested_at
    return Version(time, f"{capture.outcome.value} in run {capture.run_id} of {capture.portal}", contents)


def version_of_captures(key: str, captures: list[Capture]) -> tuple[str, Version]:
    """Identifier and version of the object of a capture file."""
    name = key.rpartition("/")[2].removesuffix(".parquet")
    contents = (
        Content.of(f"{name}.csv", provenance.csv_text(captures)),
        Content.of(f"{name}.jsonl", provenance.json_lines(captures)),
    )
    time = max(capture.requested_at for capture in captures)
    message = f"{len(captures)} captures of run {captures[0].run_id} of {captures[0].portal}"
    return captures_identifier(key), Version(time, message, contents)


def missing_versions(inventory: Inventory | None, wanted: list[Version]) -> list[Version]:
    """The versions that an object lacks, in the order in which they are to be added.

    Observations that became known late are added at the end, and after them what stood there last.
    """
    if inventory is None:
        return wanted
    held = [_held_state(inventory, name) for name in inventory["versions"]]
    lacking = [version for version in wanted if version.state not in held]
    is_newest = not lacking or lacking[-1].state == wanted[-1].state
    return lacking if is_newest else [*lacking, wanted[-1]]


def _held_state(inventory: Inventory, version: str) -> dict[str, str]:
    """SHA-256 by logical path of a version, told by the fixity block."""
    sha256_of, manifest = _sha256_by_content(inventory), inventory["manifest"]
    state = inventory["versions"][version]["state"]
    return {path: sha256_of[manifest[sha512][0]] for sha512, paths in state.items() for path in paths}


def _sha256_by_content(inventory: Inventory) -> dict[str, str]:
    return {path: sha256 for sha256, paths in inventory["fixity"]["sha256"].items() for path in paths}


def additions(
    identifier: str,
    inventory: Inventory | None,
    versions: list[Version],
    custodian: Custodian,
    sha512: Callable[[Content], str],
) -> Additions:
    """What has to be written for these versions to follow those held; ``sha512`` is asked for what is new."""
    grown = copy.deepcopy(inventory) if inventory else _empty(identifier)
    sha256_of = _sha256_by_content(grown)
    known = {sha256_of[paths[0]]: digest for digest, paths in grown["manifest"].items()}
    contents: list[tuple[str, Content]] = []
    inventories: list[tuple[str, bytes]] = []
    for number, version in enumerate(versions, len(grown["versions"]) + 1):
        state: dict[str, list[str]] = {}
        for content in version.contents:
            if content.sha256 not in known:
                known[content.sha256] = digest = sha512(content)
                path = f"v{number}/content/{content.path}"
                grown["manifest"][digest] = [path]
                grown["fixity"]["sha256"][content.sha256] = [path]
                contents.append((path, content))
            state.setdefault(known[content.sha256], []).append(content.path)
        grown["head"] = f"v{number}"
        grown["versions"][f"v{number}"] = _block(version, state, custodian)
        data = inventory_bytes(grown)
        inventories += [(f"v{number}/{INVENTORY}", data), (f"v{number}/{SIDECAR}", sidecar(data))]
    return Additions(tuple(contents), tuple(inventories), inventory_bytes(grown))


def inventory_bytes(inventory: Inventory) -> bytes:
    """An inventory as it is written."""
    return json.dumps(inventory, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def sidecar(inventory: bytes) -> bytes:
    """The file that says what an inventory's SHA-512 is."""
    return f"{hashlib.sha512(inventory).hexdigest()}  {INVENTORY}\n".encode()


def _empty(identifier: str) -> Inventory:
    return {
        "id": identifier,
        "type": TYPE,
        "digestAlgorithm": "sha512",
        "manifest": {},
        "versions": {},
        "fixity": {"sha256": {}},
    }


def _block(version: Version, state: dict[str, list[str]], custodian: Custodian) -> Inventory:
    address = custodian.contact or "urn:gongkai:export"
    return {
        "created": version.created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "message": version.message,
        "user": {"name": custodian.name, "address": address},
        "state": state,
    }
