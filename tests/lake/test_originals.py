"""The index of originals: equal lakes have equal pieces, whatever the order, and one original is one piece's matter."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest

from gongkai.archive import Store, open_store
from gongkai.lake import originals
from gongkai.lake.files import LakeDamagedError
from gongkai.lake.manifest import read_manifest
from gongkai.lake.originals import NO_ORIGINALS, Change, Known, Originals
from gongkai.lake.partition import Partition
from gongkai.lake.publication import publish
from tests.lake.test_publication import HEBEI, HENAN, document


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(originals, "_ROWS_PER_PIECE", 8)
    return open_store(str(tmp_path))


def changed(store: Store, before: Originals, rows: list[Known], *, forget: bool = False) -> Originals:
    change = Change(dataclasses.replace(before, store=store), {known.sha256: known for known in rows}, forget=forget)
    store.write_all_once(change.encoded())
    return change.after


def some(count: int) -> list[Known]:
    return [Known(f"{number:064x}", Partition("河北省", number % 9, None), "parsed", "1") for number in range(count)]


def rows(index: Originals) -> dict[str, Known]:
    return index.of([each["sha256"] for table in index.every() for each in table.to_pylist()])


def test_the_way_to_a_state_does_not_show(store: Store) -> None:
    """Rows come and go one by one or at once, over sizes at which there are more pieces or fewer."""
    chance = random.Random(20261126)
    index = NO_ORIGINALS
    for count in (1, 8, 9, 40, 70, 33, 5, 0):
        wanted = {known.sha256: known for known in some(count)}
        gone = [Known(sha256) for sha256 in rows(index).keys() - wanted.keys()]
        steps = [*gone, *wanted.values()]
        chance.shuffle(steps)
        for at in range(0, len(steps), 7):
            index = changed(store, index, steps[at : at + 7])
        assert index == changed(store, NO_ORIGINALS, list(wanted.values()))
        assert rows(index) == wanted
        assert (index.rows, len(index.pieces) * 8 >= count) == (count, True)


def test_one_original_is_one_piece(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = changed(store, NO_ORIGINALS, some(100))
    assert len(before.pieces) == 16
    read: list[str] = []
    really = store.read

    def reading(key: str) -> bytes:
        read.append(key)
        return really(key)

    monkeypatch.setattr(store, "read", reading)
    assert before.of([f"{7:064x}"])[f"{7:064x}"].partition == Partition("河北省", 7, None)
    after = changed(store, before, [Known(f"{7:064x}", passed_over=True)])
    assert len(set(read)) == 1
    assert sum(was != now for was, now in zip(before.pieces, after.pieces, strict=True)) == 1


def test_another_parser_version_forgets_what_was_tried(store: Store) -> None:
    tried = [Known("a", HEBEI, "unreadable", "1", attempts=2), Known("b", passed_over=True), Known("c", HENAN)]
    index = changed(store, changed(store, NO_ORIGINALS, tried), [Known("d", attempts=1)], forget=True)
    assert rows(index) == {
        "a": Known("a", HEBEI, "unreadable", "1"),
        "c": Known("c", HENAN),
        "d": Known("d", attempts=1),
    }
    assert (index.rows, index.unsettled, index.marks()) == (3, 1, {"d": 1})


def test_pieces_without_marks_are_not_written_again_when_they_are_forgotten(store: Store) -> None:
    outer = Known("outer", inside=("x",))
    kept = [*some(100), outer]
    before = changed(store, NO_ORIGINALS, [*kept, Known("page", passed_over=True), Known("tried", attempts=1)])
    change = Change(before, {}, forget=True)
    written = [key for key, _ in change.encoded()]
    after = change.after
    assert after == changed(store, NO_ORIGINALS, kept)
    assert (len(after.pieces), sorted(written)) == (16, sorted(set(after.keys) - set(before.keys)))
    assert 0 < len(written) <= 2


def test_the_index_is_what_the_documents_say(store: Store) -> None:
    inside = dataclasses.replace(document("inner", HENAN, []), container="outer")
    inside = inside.with_row({**inside.row(), "container_sha256": "outer"})
    publish(store, [document("outer", HEBEI, []), inside, document("other", HEBEI, [])], ["page"], "1")
    manifest = read_manifest(store)
    assert manifest is not None
    files = manifest.of("documents")
    assert rows(Originals.of_documents(store, files, manifest.originals.marks(), "1")) == rows(manifest.originals)
    assert manifest.originals.of(["outer"])["outer"].inside == ("inner",)
    assert (manifest.partition_of("inner"), manifest.holds("page")) == (HENAN, False)
    # Read again, the archive file holds nothing any more.
    manifest = publish(store, [document("outer", HEBEI, [])], [], "1")
    assert (manifest.holds("inner"), manifest.of("documents", None)[0].rows) == (False, 2)
    assert manifest.originals.of(["outer"])["outer"].inside == ()


def test_a_flipped_piece_is_no_answer(store: Store) -> None:
    index = changed(store, NO_ORIGINALS, some(3))
    [key] = index.keys
    data = store.read(key)
    store.write(key, data[:50] + bytes([data[50] ^ 1]) + data[51:])
    with pytest.raises(LakeDamagedError, match="parse --all"):
        index.of(["a"])
