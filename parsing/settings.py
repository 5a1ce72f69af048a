"""Settings of the parsing stage, read from the environment when a run starts.

| variable | meaning | default |
|---|---|---|
| ``GONGKAI_PARSE_ATTEMPTS`` | how many runs try an original that failed for a reason that may pass | 3 |
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from gongkai.archive import RootUnusableError

VARIABLES = ("GONGKAI_PARSE_ATTEMPTS",)
"""Every environment variable this package reads."""

_ATTEMPTS = 3


def attempts(environment: Mapping[str, str] = os.environ) -> int:
    """How many runs try an original.  Raises RootUnusableError for what is no number."""
    text = environment.get("GONGKAI_PARSE_ATTEMPTS") or str(_ATTEMPTS)
    if not text.isdecimal() or int(text) < 1:
        raise RootUnusableError(f"GONGKAI_PARSE_ATTEMPTS is {text!r}; write a whole number from 1")
    return int(text)
