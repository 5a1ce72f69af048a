"""The versions in an OCFL inventory: their numbers, and the block of each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

_NAME = re.compile(r"v(0*)([1-9][0-9]*)")
_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+")


def sequence(versions: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, str]]]:
    """The versions from the first as far as they follow one another, and what is wrong with their names."""
    if not versions:
        return [], [("E008", "it has no version")]
    names = {int(match[2]): name for name in versions if (match := _NAME.fullmatch(name))}
    if 1 not in names:
        return [], [("E009", f"it begins with {min(versions)!r}, not with a first version")]
    notes = [("E046", f"{name!r} is no name of a version") for name in versions if not _NAME.fullmatch(name)]
    width = len(names[1]) - 1
    if width > 1:
        notes.append(("W001", f"its versions have zeros before their numbers, as {names[1]!r}"))
    padded = {number: f"v{number:0{width}d}" for number in names}
    for number, name in sorted(names.items()):
        if name != padded[number] or (width > 1 and len(name) != width + 1):
            notes.append(("E011", f"{name!r} is not written as {names[1]!r} is"))
    last = next(number for number in range(1, len(names) + 2) if number + 1 not in names)
    if last < len(names) or len(names) + sum(1 for name in versions if not _NAME.fullmatch(name)) < len(versions):
        notes.append(("E010", f"a version is left out after {names[last]!r}"))
    return [names[number] for number in range(1, last + 1)], notes


def version_notes(name: str, version: Any, manifest: Mapping[str, Any], used: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the block of a version; the digests it uses are added to ``used`` in lower case."""
    if not isinstance(version, dict):
        yield "E047", f"{name} is no JSON object"
        return
    yield from _created(name, version)
    yield from _state(name, version, manifest, used)
    if "message" not in version:
        yield "W007", f"{name} has no message"
    elif not isinstance(version["message"], str):
        yield "E094", f"the message of {name} is {version['message']!r}"
    yield from _user(name, version)


def _created(name: str, version: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "created" not in version:
        yield "E048", f"{name} does not say when it was created"
        return
    created = version["created"]
    if not isinstance(created, str) or not _CREATED.fullmatch(created) or not _is_time(created):
        yield "E049", f"{name} was created at {created!r}, which is no time to the second with a zone"


def _is_time(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(re.sub(r"\.\d+", "", text))
    except ValueError:
        return False
    return True


def _state(
    name: str, version: Mapping[str, Any], manifest: Mapping[str, Any], used: set[str]
) -> Iterator[tuple[str, str]]:
    if "state" not in version:
        yield "E048", f"{name} has no state"
        return
    state = version["state"]
    if not isinstance(state, dict):
        yield "E050", f"the state of {name} is no JSON object"
        return
    logical: list[str] = []
    for digest, paths in state.items():
        if digest not in manifest:
            yield "E050", f"the state of {name} has the digest {digest[:16]}…, which the manifest does not"
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            yield "E050", f"the state of {name} has no list of paths for {digest[:16]}…"
            continue
        used.add(digest.lower())
        logical += paths
    yield from _logical_paths(name, logical)


def _logical_paths(name: str, paths: list[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for path in paths:
        if path in seen:
            yield "E095", f"the state of {name} has {path!r} twice"
        seen.add(path)
        if path.startswith("/") or path.endswith("/"):
            yield "E052", f"the state of {name} has {path!r}, which begins or ends with a slash"
        if any(part in {"", ".", ".."} for part in path.strip("/").split("/")):
            yield "E053", f"the state of {name} has {path!r}, with an empty part or dots"
    folders = {path[:at] for path in seen for at, character in enumerate(path) if character == "/"}
    for path in sorted(folders & seen):
        yield "E095", f"the state of {name} has {path!r} as a file and as a folder"


def _user(name: str, version: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "user" not in version:
        yield "W007", f"{name} has no user"
        return
    user = version["user"]
    if not isinstance(user, dict) or not isinstance(user.get("name"), str):
        yield "E054", f"the user of {name} has no name"
    elif "address" not in user:
        yield "W008", f"the user of {name} has no address"
    elif not isinstance(user["address"], str):
        yield "E054", f"the address of the user of {name} is {user['address']!r}"
    elif not _URI.fullmatch(user["address"]):
        yield "W009", f"the address of the user of {name} is no URI: {user['address']!r}"
