"""What an export that was cut off left in an OCFL root: objects that are not whole are taken back."""

from __future__ import annotations

import json
import re
from typing import Any

from gongkai.archive.packages import unfinished
from gongkai.archive.packages.ocfl_layout import INVENTORY, OBJECT_DECLARATION, SIDECAR
from gongkai.archive.packages.ocfl_object import sidecar
from gongkai.archive.packages.unfinished import PackageRefusedError
from gongkai.archive.store import ObjectMissingError, Store

KIND = "gongkai ocfl"
_VERSION = re.compile(r"v([1-9][0-9]*)/")


def begin(target: Store, scope: str, objects: int) -> int:
    """Take back what is not whole, and mark the root as unfinished.  The number of objects that it has.

    ``objects`` were there before those that the mark names.  Raises PackageRefusedError for an object that was altered.
    """
    begun = unfinished.marked(target, KIND) or {}
    new = set(begun.get("new", ()))
    for path in begun.get("under_way", ()):
        objects += _is_whole(target, str(path), may_go=path in new) and path in new
    unfinished.mark(target, KIND, scope=scope, objects=objects)
    return objects


def _is_whole(target: Store, path: str, *, may_go: bool) -> bool:
    """True where the object is whole once its unfinished versions are gone; False where all of it went."""
    keys = [info.key for info in target.list(f"{path}/")]
    if may_go and f"{path}/{OBJECT_DECLARATION[0]}" not in keys:
        _delete(target, keys)
        return False
    inventory = _inventory(target, path)
    for key in keys:
        version = _VERSION.match(key.removeprefix(f"{path}/"))
        if version and f"v{version[1]}" not in inventory["versions"]:
            target.delete(key)
    return True


def _delete(target: Store, keys: list[str]) -> None:
    for key in keys:
        target.delete(key)


def _inventory(target: Store, path: str) -> dict[str, Any]:
    """The inventory, its sidecar completed where the export was cut off between both."""
    try:
        data = target.read(f"{path}/{INVENTORY}")
        inventory: dict[str, Any] = json.loads(data)
        if target.read(f"{path}/{inventory['head']}/{SIDECAR}") == sidecar(data):
            target.write(f"{path}/{SIDECAR}", sidecar(data))
        is_intact = target.read(f"{path}/{SIDECAR}") == sidecar(data)
    except (ObjectMissingError, ValueError, KeyError, TypeError) as error:
        raise PackageRefusedError(f"the inventory of {path!r} in {target.url!r} cannot be read: {error}") from error
    if not is_intact:
        raise PackageRefusedError(f"the inventory of {path!r} in {target.url!r} was altered")
    return inventory
