"""The partitions of the lake: province, fiscal year and department, as Hive spells them in paths."""

from __future__ import annotations

import dataclasses
import urllib.parse

PARTITION = ("province", "year", "department")
"""The partition columns, in the order of the path."""

_NULL = "__HIVE_DEFAULT_PARTITION__"


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Partition:
    """The place of a document's rows.  None is "cannot be told" and is stored as Hive's default partition."""

    province: str | None
    year: int | None
    department: str | None

    def path(self) -> str:
        """``province=…/year=…/department=…`` as Hive spells it, values percent-encoded only where they must be."""
        values = (self.province, self.year, self.department)
        return "/".join(f"{name}={_hive(value)}" for name, value in zip(PARTITION, values, strict=True))


def _hive(value: str | int | None) -> str:
    if value is None:
        return _NULL
    return "".join(urllib.parse.quote(c, safe="") if c in "%/\\:=?#\"'*<>|\x7f" or c < " " else c for c in str(value))
