"""Settings of the lake, read from the environment when they are needed.

| variable | meaning | default |
|---|---|---|
| ``GONGKAI_LAKE_GRACE`` | seconds for which a file that the lake needs no more is kept for readers under way | 3600 |
| ``GONGKAI_CACHE`` | folder for what may be lost: which files were found intact, indexes | ``gongkai`` in the user's |

The user's cache folder is ``XDG_CACHE_HOME``, or ``~/.cache``.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from pathlib import Path

from gongkai.archive.store import RootUnusableError

VARIABLES = ("GONGKAI_LAKE_GRACE", "GONGKAI_CACHE", "XDG_CACHE_HOME")
"""Every environment variable this package reads."""

_GRACE_SECONDS = 3600.0


def grace_seconds(environment: Mapping[str, str] = os.environ) -> float:
    """Seconds between the publication that replaces a file and its removal.  Raises RootUnusableError."""
    text = environment.get("GONGKAI_LAKE_GRACE") or str(_GRACE_SECONDS)
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not seconds >= 0:
        raise RootUnusableError(f"GONGKAI_LAKE_GRACE is {text!r}; write a number of seconds from 0")
    return seconds


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where the cache lies; None where the user has no home."""
    if given := environment.get("GONGKAI_CACHE"):
        return Path(given)
    if of_user := environment.get("XDG_CACHE_HOME"):
        return Path(of_user) / "gongkai"
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
    return None if home == "~" else Path(home) / ".cache" / "gongkai"
