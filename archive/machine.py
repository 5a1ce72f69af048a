"""The memory of the machine, or of the container that this process runs in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_OWN_GROUPS = Path("/proc/self/cgroup")


def machine_bytes(groups: Path = _GROUPS, own: Path = _OWN_GROUPS) -> int:
    """Memory of the machine, or what the control group of this process or one above it may use if that is less."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([physical, *_group_limits(groups, own)])


def _group_limits(groups: Path, own: Path) -> Iterator[int]:
    """The limits of cgroup v2 (``memory.max``) and v1 (``memory.limit_in_bytes``) on the way to this process's group.

    Within a container the path that the kernel tells may not be there; the container's own limit stands at the top.
    """
    try:
        lines = own.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        top, file = (groups / "memory", "memory.limit_in_bytes") if controllers else (groups, "memory.max")
        group = top / path.lstrip("/")
        for folder in (group, *group.parents):
            if folder == top or top in folder.parents:
                yield from _limit(folder / file)


def _limit(file: Path) -> Iterator[int]:
    """The number in the file; nothing where there is none, or no limit (``max``)."""
    try:
        text = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return
    if text.isdecimal() and int(text) > 0:
        yield int(text)
