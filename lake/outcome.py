"""The consequences of a publication: whose rows are written, whose rows go, which partitions it touches."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Protocol

from gongkai.lake.originals import Known, Originals
from gongkai.lake.partition import Partition


class Outgoing(Protocol):
    """A document that is to be published."""

    @property
    def partition(self) -> Partition:
        """Where its rows are to stand."""

    @property
    def is_passing(self) -> bool:
        """True where it could not be read for a reason that may pass."""

    def known(self) -> Known:
        """Its row of the index, as if it were the first."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """The consequences of a publication, told from the index alone."""

    written: frozenset[str]
    """Documents whose rows are written: all but those that failed for a reason that may pass and were read before."""
    replaced: frozenset[str]
    """Originals whose earlier rows go: those written or passed over, and what was found inside them last time."""
    touched: frozenset[Partition]
    rows: Mapping[str, Known]
    """The rows of the index that become others."""

    @classmethod
    def of(
        cls,
        index: Originals,
        parsed: Mapping[str, Outgoing],
        passed_over: frozenset[str],
        parser_version: str,
        *,
        forget: bool,
    ) -> Outcome:
        """``forget``: attempts of another parser version do not count."""
        known = index.of({*parsed, *passed_over})
        worse = {sha256 for sha256, document in parsed.items() if document.is_passing and _was_read(known.get(sha256))}
        written = frozenset(parsed.keys() - worse)
        inside = {each for sha256 in written | passed_over if sha256 in known for each in known[sha256].inside}
        replaced = written | passed_over | inside
        known |= index.of(inside - known.keys())
        rows: dict[str, Known] = {}
        for sha256 in replaced | worse:
            old = known.get(sha256, Known(sha256))
            attempts = 0 if forget else old.attempts
            if sha256 in written:
                new = parsed[sha256].known()
                attempts = attempts + 1 if parsed[sha256].is_passing else 0
                rows[sha256] = dataclasses.replace(new, inside=old.inside, attempts=attempts)
            elif sha256 in worse:
                rows[sha256] = dataclasses.replace(old, attempts=attempts + 1)
            elif sha256 in passed_over:
                rows[sha256] = Known(sha256, parser_version=parser_version, inside=old.inside, passed_over=True)
            else:
                rows[sha256] = Known(sha256, inside=old.inside)
        _move_between_containers(index, known, rows)
        stood = {known[sha256].partition for sha256 in replaced if sha256 in known}
        touched = {parsed[sha256].partition for sha256 in written}.union(each for each in stood if each is not None)
        return cls(written, replaced, frozenset(touched), rows)


def _was_read(known: Known | None) -> bool:
    return known is not None and known.partition is not None and known.parse_status != "unreadable"


def _move_between_containers(index: Originals, before: Mapping[str, Known], rows: dict[str, Known]) -> None:
    """Keep ``inside`` of every container what the documents say of it."""
    left: dict[str, set[str]] = {}
    entered: dict[str, set[str]] = {}
    for sha256, now in rows.items():
        was = before[sha256].container_sha256 if sha256 in before else None
        if was != now.container_sha256:
            _note(left, was, sha256)
            _note(entered, now.container_sha256, sha256)
    containers = left.keys() | entered.keys()
    stored = index.of(containers - rows.keys())
    for container in containers:
        known = rows.get(container) or stored.get(container) or Known(container)
        inside = (set(known.inside) - left.get(container, set())) | entered.get(container, set())
        rows[container] = dataclasses.replace(known, inside=tuple(sorted(inside)))


def _note(by_container: dict[str, set[str]], container: str | None, sha256: str) -> None:
    if container is not None:
        by_container.setdefault(container, set()).add(sha256)


def partitions_in_order(partitions: Iterable[Partition]) -> list[Partition]:
    return sorted(partitions, key=lambda partition: partition.order)
