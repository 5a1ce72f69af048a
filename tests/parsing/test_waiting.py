"""Originals that wait come in the order in which all of them would be sorted at once, cut into batches."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pytest

from gongkai.parsing import left, waiting
from gongkai.parsing.candidate_index import SCHEMA, part_of
from gongkai.parsing.waiting import Waiting

Row = tuple[bytes, int, int | None]
"""Hash, portal, article."""


def rows(count: int) -> list[Row]:
    """Some hashes of several portals, of articles with several files, and of none."""
    chance = random.Random(7)
    made: list[Row] = []
    for number in range(count):
        sha256 = hashlib.sha256(str(number).encode()).digest()
        article = chance.choice([None, -(10**18), 5, chance.randrange(-(2**63), 2**63)])
        made += [(sha256, portal, article) for portal in chance.sample(range(4), chance.choice([1, 1, 3]))]
    return made


def parts(given: Sequence[Row], count: int) -> Iterator[pa.Table]:
    for number in range(count):
        of_part = [row for row in given if part_of(row[0].hex(), count) == number]
        columns = zip(*of_part, strict=True) if of_part else ((), (), ())
        yield pa.table(dict(zip(SCHEMA.names, map(list, columns), strict=True)), schema=SCHEMA)


def in_order(given: Sequence[Row]) -> list[tuple[bytes, int]]:
    """Hash and portal of each row, sorted at once."""
    firsts = {
        sha256: (
            min(portal for each, portal, _ in given if each == sha256),
            min((article for each, _, article in given if each == sha256 and article is not None), default=2**63),
        )
        for sha256, *_ in given
    }
    return sorted(((sha256, portal) for sha256, portal, _ in given), key=lambda row: (firsts[row[0]], row))


@pytest.mark.parametrize("block", [1, 3, 2048])
def test_rows_come_as_if_sorted_at_once(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(waiting, "_ROWS_PER_BLOCK", block)
    given = rows(120)
    waits = Waiting()
    for part in parts(given, 8):
        waits.add(part)
    assert waits.originals == 120
    for _ in range(2):
        read = pa.concat_tables(list(waits)).to_pylist()
        assert [(row["sha256"], row["portal"]) for row in read] == in_order(given)


@pytest.mark.parametrize("at_once", [1, 7, 60, 1000])
def test_batches_hold_whole_originals_and_the_files_of_an_article(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """A batch of n originals grows up to 2 n while the article goes on."""
    monkeypatch.setattr(waiting, "_ROWS_PER_BLOCK", 5)
    monkeypatch.setattr(left, "ORIGINALS_AT_ONCE", at_once)
    given = rows(120)
    waits = Waiting()
    for part in parts(given, 4):
        waits.add(part)
    batches = [batch.to_pylist() for batch in left._cut(waits)]
    assert [(row["sha256"], row["portal"]) for batch in batches for row in batch] == in_order(given)
    originals = [list(dict.fromkeys((row["sha256"], row["first_article"]) for row in batch)) for batch in batches]
    for batch, following in itertools.pairwise(originals):
        assert at_once <= len(batch) <= 2 * at_once
        if len(batch) < 2 * at_once:
            assert batch[-1][0] != following[0][0]
            assert batch[-1][1] is None or batch[-1][1] != following[0][1]
        if len(batch) > at_once:
            assert len({article for _, article in batch[at_once - 1 :]}) == 1


def test_nothing_waits() -> None:
    waits = Waiting()
    assert list(waits) == []
    assert list(left._cut(waits)) == []
    waits.add(SCHEMA.empty_table())
    assert list(left._cut(waits)) == []
