"""Settings of the query side, read from the environment once per connection.

| variable | meaning | default |
|---|---|---|
| ``GONGKAI_QUERY_MEMORY`` | memory a query may use before it spills to disk, such as ``2GB`` | DuckDB's: 80 % of RAM |
| ``GONGKAI_QUERY_THREADS`` | threads a query may use, processes that make an index | one per core |
| ``GONGKAI_SEARCH_INDEX`` | folder of the index of the full text | ``search`` in the archive, or the user's cache |
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Mapping
from pathlib import Path

from gongkai.queries.errors import ParameterError

VARIABLES = ("GONGKAI_QUERY_MEMORY", "GONGKAI_QUERY_THREADS", "GONGKAI_SEARCH_INDEX")
"""Every environment variable this package reads."""


@dataclasses.dataclass(frozen=True, slots=True)
class QuerySettings:
    """``memory`` as DuckDB spells sizes (``512MB``); None leaves DuckDB's default."""

    memory: str | None = None
    threads: int | None = None
    spilled: str | None = None
    """How much a query may write to the temporary directory; no variable sets it."""


def query_settings(environment: Mapping[str, str] = os.environ) -> QuerySettings:
    """Read the settings.  Raises ParameterError naming the variable that makes no sense."""
    memory = environment.get("GONGKAI_QUERY_MEMORY") or None
    threads = environment.get("GONGKAI_QUERY_THREADS") or None
    if memory and not re.fullmatch(r"[0-9]+(\.[0-9]+)? ?[KMGT]i?B", memory):
        raise ParameterError(f"GONGKAI_QUERY_MEMORY is {memory!r}; write a number and its unit, such as 2GB")
    if threads and not re.fullmatch(r"[1-9][0-9]{0,3}", threads):
        raise ParameterError(f"GONGKAI_QUERY_THREADS is {threads!r}; write a whole number from 1")
    return QuerySettings(memory, int(threads) if threads else None)


def search_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder for indexes of the full text; None where none is set."""
    given = environment.get("GONGKAI_SEARCH_INDEX")
    return Path(given).absolute() if given else None
