"""Two runs compared, document by document: what was understood better, worse or otherwise.

A run is the rows of the view ``document_quality``; kept as Parquet it can be compared with any later one.  A document
is the same where its bytes are, so a file that its publisher replaced is one gone and one new.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.queries.errors import RunUnreadableError

Row = Mapping[str, Any]

Verdict = Literal["worse", "gone", "changed", "better", "new"]
VERDICTS: tuple[Verdict, ...] = ("worse", "gone", "changed", "better", "new")
"""In the order they are reported; ``worse`` and ``gone`` are what a change must not bring about unseen."""

MORE_IS_BETTER = ("tables_recognised", "filled_cells", "amounts", "confirmed", "checks_held")
LESS_IS_BETTER = ("tables_unrecognised", "amounts_unrecognised", "doubtful", "refused")
COUNTED_APART = {"broken_by_rule": False, "issues_by_kind": False, "rows_by_table": True}
"""Maps of counts, each count a measure of its own; True where more is better."""
TOLD = ("entity", "department", "level", "province", "city", "county", "year", "phase")
"""Facts that a document tells of itself: told is better than null; two different values are a change to look at."""

_NEEDED = ("document_sha256", "file_name", "amounts", "confirmed")
MEASURES = (*MORE_IS_BETTER, *LESS_IS_BETTER, *COUNTED_APART, *TOLD, "reading")
"""Columns that are compared, where both runs have them: an older version may have known fewer."""


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One measure of one document that differs between two runs; ``measure`` None for a whole document."""

    verdict: Verdict
    document_sha256: str
    file_name: str | None
    measure: str | None = None
    before: str | None = None
    after: str | None = None


def read_run(path: Path) -> list[dict[str, Any]]:
    """The rows of a run kept by ``gongkai quality --format parquet``.  Raises RunUnreadableError."""
    how = "keep a run with gongkai quality --format parquet --output FILE"
    try:
        table = pq.ParquetFile(io.BytesIO(path.read_bytes())).read()
    except (OSError, pa.ArrowException) as error:
        reason = (isinstance(error, OSError) and error.strerror) or "it is not Parquet"
        raise RunUnreadableError(f"{str(path)!r} cannot be read as a run of quality ({reason}): {how}") from error
    missing = [name for name in _NEEDED if name not in table.column_names]
    if missing:
        raise RunUnreadableError(f"{str(path)!r} is no run of quality, it has no column {missing[0]!r}: {how}")
    rows: list[dict[str, Any]] = table.to_pylist(maps_as_pydicts="strict")
    return rows


def compare(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """Every difference between two runs, the worst verdicts first, then by document."""
    old = {row["document_sha256"]: row for row in before}
    new = {row["document_sha256"]: row for row in after}
    changes = [
        change for key in sorted(old.keys() | new.keys()) for change in _of_document(key, old.get(key), new.get(key))
    ]
    return sorted(changes, key=lambda change: VERDICTS.index(change.verdict))


def _of_document(sha256: str, before: Row | None, after: Row | None) -> Iterator[Change]:
    if before is None or after is None:
        row = before or after or {}
        yield Change("gone" if after is None else "new", sha256, row.get("file_name"))
        return
    found = [*_counts(before, after), *_told(before, after)]
    if not found and "reading" in before and before["reading"] != after["reading"]:
        found = [("changed", "reading", before["reading"], after["reading"])]
    for verdict, measure, was, now in found:
        yield Change(verdict, sha256, after["file_name"], measure, was, now)


Difference = tuple[Verdict, str, str | None, str | None]


def _counts(before: Row, after: Row) -> Iterator[Difference]:
    for names, more_is_better in ((MORE_IS_BETTER, True), (LESS_IS_BETTER, False)):
        for name in (name for name in names if name in before):
            yield from _count(name, before[name], after[name], more_is_better=more_is_better)
    for column, more_is_better in COUNTED_APART.items():
        if column not in before:
            continue
        for name in sorted(before[column].keys() | after[column].keys()):
            was, now = before[column].get(name, 0), after[column].get(name, 0)
            yield from _count(f"{column}.{name}", was, now, more_is_better=more_is_better)


def _count(name: str, was: int, now: int, *, more_is_better: bool) -> Iterator[Difference]:
    if was != now:
        yield "better" if (now > was) == more_is_better else "worse", name, str(was), str(now)


def _told(before: Row, after: Row) -> Iterator[Difference]:
    for name in (name for name in TOLD if name in before):
        was, now = before[name], after[name]
        if was != now:
            verdict: Verdict = "worse" if now is None else "better" if was is None else "changed"
            yield verdict, name, _text(was), _text(now)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
