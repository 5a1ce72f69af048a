"""The partitions of the lake: province, fiscal year and department, as Hive spells them in paths."""

from __future__ import annotations

import dataclasses
import functools
import urllib.parse
from collections.abc import Set as AbstractSet

PARTITION = ("province", "year", "department")
"""The partition columns, in the order of the path."""

_NULL = "__HIVE_DEFAULT_PARTITION__"


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Partition:
    """The place of a document's rows.  None is "cannot be told" and is stored as Hive's default partition."""

    province: str | None
    year: int | None
    department: str | None

    @property
    def order(self) -> tuple[str, int, str]:
        """What partitions are sorted by."""
        return (self.province or "", self.year or 0, self.department or "")

    def path(self) -> str:
        """``province=…/year=…/department=…`` as Hive spells it, values percent-encoded only where they must be."""
        values = (self.province, self.year, self.department)
        return "/".join(f"{name}={_hive(value)}" for name, value in zip(PARTITION, values, strict=True))


@dataclasses.dataclass(frozen=True, slots=True)
class Partitions:
    """A choice of partitions: for each column the values wanted, None for all of them.

    ``Partitions(provinces={"河北省"}, years={2025})`` holds every department of Hebei in 2025; a value of None stands
    for "cannot be told".
    """

    provinces: AbstractSet[str | None] | None = None
    years: AbstractSet[int | None] | None = None
    departments: AbstractSet[str | None] | None = None

    def __contains__(self, partition: Partition) -> bool:
        return (
            (self.provinces is None or partition.province in self.provinces)
            and (self.years is None or partition.year in self.years)
            and (self.departments is None or partition.department in self.departments)
        )


@functools.lru_cache(4096)
def _hive(value: str | int | None) -> str:
    if value is None:
        return _NULL
    return "".join(urllib.parse.quote(c, safe="") if c in "%/\\:=?#\"'*<>|\x7f" or c < " " else c for c in str(value))
