"""Which process left something behind, and whether it still runs.

A mark names a process of one system since its start: boot, process namespace, number, and the tick it began at, for
numbers are given again.  Where the system has no ``/proc``, a mark is empty and nothing is known.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path

_PROC = Path("/proc")
_STARTED = 19
"""Place of the starting tick among the fields of ``/proc/<pid>/stat`` behind the name, which may hold spaces."""


def own_mark() -> str:
    """The mark of this process; empty where it cannot be told."""
    return _mark(os.getpid())


@functools.lru_cache(maxsize=1)
def _mark(number: int) -> str:
    system, began = _system(), _began(number)
    return f"{system}-{number}-{began}" if system and began else ""


def is_gone(mark: str) -> bool:
    """True for the mark of a process of this system that runs no more; False where that is not known."""
    system, _, rest = mark.partition("-")
    number, _, began = rest.partition("-")
    return bool(system) and system == _system() and number.isdigit() and _began(int(number)) != began


def is_of_an_earlier_start(mark: str) -> bool:
    """True for a mark that was made before this system was started; for what can only have been made on this one."""
    boot = _boot()
    return bool(boot) and "-" in mark and not mark.startswith(boot)


def _system() -> str:
    """This boot and this space of process numbers, in letters and digits."""
    try:
        space = (_PROC / "self/ns/pid").readlink().name
    except OSError:
        return ""
    boot = _boot()
    return boot and boot + "".join(filter(str.isdigit, space))


def _boot() -> str:
    try:
        return "".join(filter(str.isalnum, (_PROC / "sys/kernel/random/boot_id").read_text()))
    except OSError:
        return ""


def _began(number: int) -> str:
    try:
        fields = (_PROC / str(number) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in {"Z", "X"} else fields[_STARTED]
