"""One OCFL inventory, read by itself: what is wrong in it, and what it says where that can be understood."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from gongkai.archive.packages.ocfl_codes import Note
from gongkai.archive.packages.ocfl_digests import is_digest, is_known
from gongkai.archive.packages.ocfl_versions import sequence, version_notes

SPECIFICATIONS = ("1.0", "1.1")
_TYPE = re.compile(r"https://ocfl\.io/(\d+\.\d+)/spec/#inventory")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+")


class _RepeatedError(ValueError):
    """Raised when a JSON object has a name twice: which one holds is anybody's guess."""


@dataclasses.dataclass(slots=True)
class Read:
    """What an inventory says.  Members that cannot be understood are empty."""

    notes: list[Note] = dataclasses.field(default_factory=list)
    document: dict[str, Any] = dataclasses.field(default_factory=dict)
    identifier: str = ""
    specification: str = "1.0"
    algorithm: str = "sha512"
    content_directory: str = "content"
    sets_content_directory: bool = False
    versions: list[str] = dataclasses.field(default_factory=list)
    manifest: dict[str, str] = dataclasses.field(default_factory=dict)
    """Digest in lower case by content path."""
    fixity: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    """Algorithm, digest in lower case and content path."""

    @property
    def is_sound(self) -> bool:
        """True where nothing but warnings was noted."""
        return all(note.is_warning for note in self.notes)

    def paths(self, version: str) -> dict[str, frozenset[str]]:
        """The content paths that each logical path of a version may be read from."""
        by_digest: dict[str, set[str]] = {}
        for path, digest in self.manifest.items():
            by_digest.setdefault(digest, set()).add(path)
        state = self.document["versions"][version]["state"]
        return {
            logical: frozenset(by_digest.get(digest.lower(), ()))
            for digest, logicals in state.items()
            for logical in logicals
        }


def read_inventory(data: bytes, key: str, specification: str) -> Read:
    """Read an inventory; ``specification`` is that of the declaration, which one without type is held to."""
    read = Read(specification=specification)
    try:
        document = json.loads(data, object_pairs_hook=_unrepeated)
    except (ValueError, RecursionError) as error:
        read.notes.append(Note("E033", key, f"it is not JSON: {error}"))
        return read
    if not isinstance(document, dict):
        read.notes.append(Note("E033", key, "it is not a JSON object"))
        return read
    read.document = document
    read.notes += _Reading(read, key).notes()
    return read


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    repeated = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if repeated:
        raise _RepeatedError(f"{repeated[0]!r} stands twice in one object")
    return dict(pairs)


class _Reading:
    """The reading of one inventory."""

    def __init__(self, read: Read, key: str) -> None:
        self._read, self._key, self._document = read, key, read.document

    def notes(self) -> list[Note]:
        """What is wrong, the members of ``Read`` filled on the way."""
        steps = (self._identity, self._algorithm, self._content_directory, self._manifest, self._versions, self._fixity)
        return [Note(code, self._key, text) for step in steps for code, text in step()]

    def _identity(self) -> Iterator[tuple[str, str]]:
        for name in ("id", "type", "digestAlgorithm", "head"):
            if name not in self._document:
                yield "E036", f"it has no {name!r}"
        identifier, kind = self._document.get("id"), self._document.get("type")
        if "id" in self._document and (not isinstance(identifier, str) or not identifier):
            yield "E037", f"its id is {identifier!r}"
        elif isinstance(identifier, str):
            self._read.identifier = identifier
            if not _URI.fullmatch(identifier):
                yield "W005", f"its id {identifier!r} is no URI"
        match = _TYPE.fullmatch(kind) if isinstance(kind, str) else None
        if match and match[1] in SPECIFICATIONS:
            self._read.specification = match[1]
        elif "type" in self._document:
            yield "E038", f"its type is {kind!r}"

    def _algorithm(self) -> Iterator[tuple[str, str]]:
        algorithm = self._document.get("digestAlgorithm", "sha512")
        if algorithm == "sha256":
            yield "W004", "its digests are SHA-256, not SHA-512"
        if algorithm in {"sha512", "sha256"}:
            self._read.algorithm = algorithm
        else:
            yield "E025", f"its digestAlgorithm is {algorithm!r}"

    def _content_directory(self) -> Iterator[tuple[str, str]]:
        if "contentDirectory" not in self._document:
            return
        name = self._document["contentDirectory"]
        if not isinstance(name, str) or "/" in name or not name:
            yield "E017", f"its contentDirectory is {name!r}"
        elif name in {".", ".."}:
            yield "E018", f"its contentDirectory is {name!r}"
        else:
            self._read.content_directory, self._read.sets_content_directory = name, True

    def _manifest(self) -> Iterator[tuple[str, str]]:
        manifest = self._document.get("manifest")
        if not isinstance(manifest, dict):
            yield "E041", "it has no manifest" if manifest is None else "its manifest is not a JSON object"
            return
        yield from _repeated_digests("E096", manifest)
        for digest, paths in manifest.items():
            if not is_digest(digest, self._read.algorithm):
                yield "E025", f"its manifest has the digest {digest!r}, which is no {self._read.algorithm}"
            elif not _is_texts(paths):
                yield "E092", f"its manifest has no list of paths for {digest!r}"
            else:
                yield from self._content_paths(digest.lower(), paths)
        folders = {path[:at] for path in self._read.manifest for at in _slashes(path)}
        for path in sorted(folders & self._read.manifest.keys()):
            yield "E101", f"its manifest has {path!r} as a file and as a folder"

    def _content_paths(self, digest: str, paths: list[str]) -> Iterator[tuple[str, str]]:
        for path in paths:
            if path in self._read.manifest:
                yield "E101", f"its manifest has {path!r} twice"
            if path.startswith("/") or path.endswith("/"):
                yield "E100", f"its manifest has {path!r}, which begins or ends with a slash"
            if any(part in {"", ".", ".."} for part in path.strip("/").split("/")):
                yield "E099", f"its manifest has {path!r}, with an empty part or dots"
            self._read.manifest[path] = digest

    def _versions(self) -> Iterator[tuple[str, str]]:
        versions = self._document.get("versions")
        if not isinstance(versions, dict):
            yield ("E041", "it has no versions") if versions is None else ("E044", "its versions are no JSON object")
            return
        self._read.versions, notes = sequence(versions)
        yield from notes
        head = self._document.get("head")
        if "head" in self._document and self._read.versions and head != self._read.versions[-1]:
            yield "E040", f"its head is {head!r}, its last version {self._read.versions[-1]!r}"
        manifest = self._document.get("manifest")
        used: set[str] = set()
        for name in self._read.versions:
            yield from version_notes(name, versions[name], manifest if isinstance(manifest, dict) else {}, used)
        yield from self._against_versions(used)

    def _against_versions(self, used: set[str]) -> Iterator[tuple[str, str]]:
        """The manifest's paths lie in versions, and its digests are used."""
        if not self._read.versions:
            return
        below = tuple(f"{name}/{self._read.content_directory}/" for name in self._read.versions)
        for path in self._read.manifest:
            if not path.startswith(below) or path in below:
                yield "E042", f"its manifest has {path!r}, which lies in the contents of no version"
        for digest in sorted(set(self._read.manifest.values()) - used):
            yield "E107", f"its manifest has {digest[:16]}…, which no version uses"

    def _fixity(self) -> Iterator[tuple[str, str]]:
        if "fixity" not in self._document:
            return
        fixity = self._document["fixity"]
        if not isinstance(fixity, dict):
            yield "E056" if self._read.specification == "1.0" else "E111", "its fixity is no JSON object"
            return
        for algorithm, block in fixity.items():
            if not is_known(algorithm):
                yield "E056", f"its fixity names the algorithm {algorithm!r}"
            elif not isinstance(block, dict):
                yield "E057", f"its fixity has no JSON object for {algorithm!r}"
            else:
                yield from _repeated_digests("E097", block)
                yield from self._fixity_block(algorithm, block)

    def _fixity_block(self, algorithm: str, block: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for digest, paths in block.items():
            if not is_digest(digest, algorithm):
                yield "E057", f"its fixity has the digest {digest!r}, which is no {algorithm}"
            elif not _is_texts(paths):
                yield "E057", f"its fixity has no list of paths for {digest!r}"
            else:
                self._read.fixity += [(algorithm, digest.lower(), path) for path in paths]
                for path in set(paths) - self._read.manifest.keys():
                    yield "E057", f"its fixity names {path!r}, which the manifest does not"


def _repeated_digests(code: str, block: Iterable[str]) -> Iterator[tuple[str, str]]:
    for digest, count in Counter(digest.lower() for digest in block).items():
        if count > 1:
            yield code, f"it has the digest {digest[:16]}… in {count} ways of writing"


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _slashes(path: str) -> Iterator[int]:
    return (at for at, character in enumerate(path) if character == "/")
