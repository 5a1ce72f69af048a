"""Hidden names beside a file or folder that is being made; what a killed process left under one, the next removes."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from pathlib import Path

from gongkai.archive import processes


def prefix(path: Path) -> str:
    """Begins the temporary names of this process for a path, whose own name may be as long as a system takes."""
    return f"{_beginning(path)}{processes.own_mark()}."


def remove_leftovers(path: Path) -> None:
    """Remove what processes that run no more left beside the path; harmless, so failing to remove it is too."""
    beginning = _beginning(path)
    with contextlib.suppress(OSError):
        for entry in path.parent.iterdir():
            if entry.name.startswith(beginning) and processes.is_gone(entry.name.removeprefix(beginning).split(".")[0]):
                _remove(entry)


def _beginning(path: Path) -> str:
    return f".gongkai-{hashlib.sha256(path.name.encode(errors='surrogateescape')).hexdigest()[:12]}."


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        entry.unlink()
