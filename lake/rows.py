"""What one original yields, as rows of the lake's tables."""

from __future__ import annotations

import dataclasses
from typing import Any

from gongkai.lake.manifest import Partition

Row = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What one original yielded: rows by table (``documents`` has exactly one), and the partition they belong to.

    Hash and partition, which all rows have in common, stand in those of ``documents`` only.
    """

    sha256: str
    status: str
    partition: Partition
    rows: dict[str, list[Row]]
    container: str | None = None
    """SHA-256 of the archive file it was found in."""
