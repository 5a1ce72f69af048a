"""Two releases compared."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.roots import open_store
from gongkai.archive.store import Store
from gongkai.lake.catalogues.holdings import holdings
from gongkai.lake.catalogues.terms import Terms
from gongkai.lake.release import CHECKSUMS, RELEASE, UNFINISHED, release_record, write_release
from gongkai.queries.errors import ReleaseUnreadableError
from gongkai.queries.release_diff import View, differences
from tests.queries import small_lake
from tests.queries.small_lake import FINAL, HEBEI, HENAN, UNIT

NEW = "f" * 64


def released(rows: dict[str, list[small_lake.Row]], folder: Path, target: Store, day: int) -> Store:
    source = DirectoryStore(folder)
    small_lake.write_lake(source, rows)
    held = holdings(source, dt.date(2025, 6, day))
    assert held is not None
    assert write_release(source, target, held, {RELEASE: release_record(held, Terms())}, lambda _: None)
    return target


def changed_rows() -> dict[str, list[small_lake.Row]]:
    """HENAN is withdrawn, NEW added; HEBEI has another amount, FINAL one more row, UNIT only another parser version."""
    rows = small_lake.rows()
    rows = {
        name: [row for row in table if HENAN not in (row.get("sha256"), row.get("document_sha256"))]
        for name, table in rows.items()
    }
    rows["documents"].append({**rows["documents"][0], "sha256": NEW, "document_sha256": NEW, "entity": "新局"})
    for document in rows["documents"]:
        document["parser_version"] = "later"
    first, final = rows["line_items"][0], next(row for row in rows["line_items"] if row["document_sha256"] == FINAL)
    assert (first["document_sha256"], first["amount"]) == (HEBEI, Decimal("900.00"))
    first["amount"] = Decimal("901.00")
    rows["line_items"].append({**final, "row_index": 99, "line_item_id": "x", "amount": Decimal("5.00")})
    return rows


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("old")
    return released(small_lake.rows(), folder / "archive", DirectoryStore(folder / "release"), 1)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("new")
    return released(changed_rows(), folder / "archive", DirectoryStore(folder / "release"), 2)


def listed(old: Store, new: Store, view: View) -> list[dict[str, Any]]:
    with differences(old, new) as found:
        return found.rows(view).read_all().to_pylist()


def test_documents_added_withdrawn_and_changed(old: Store, new: Store) -> None:
    changes = {row["sha256"]: (row["change"], row["entity"], row["tables"]) for row in listed(old, new, "documents")}
    assert changes.pop(NEW) == ("added", "新局", "documents")
    change, entity, tables = changes.pop(HENAN)
    assert (change, entity) == ("withdrawn", "济源市教育局")
    assert tables == "documents, indicators, line_items, projects, quality"
    assert {sha256: (change, tables) for sha256, (change, _, tables) in changes.items()} == {
        HEBEI: ("changed", "line_items"),
        FINAL: ("changed", "line_items"),
    }
    assert UNIT not in changes, "another parser version that reads alike is no change"


def test_rows_by_table(old: Store, new: Store) -> None:
    rows = {row["table"]: row for row in listed(old, new, "rows")}
    assert (rows["line_items"]["before"], rows["line_items"]["after"], rows["line_items"]["documents"]) == (82, 60, 3)
    assert (rows["documents"]["before"], rows["documents"]["after"], rows["documents"]["documents"]) == (5, 5, 2)
    assert rows["units"]["difference"] == rows["units"]["documents"] == 0


def test_amounts_of_documents_in_both(old: Store, new: Store) -> None:
    told = [
        (row["document_sha256"], row["before"], row["after"], row["difference"]) for row in listed(old, new, "amounts")
    ]
    assert told == [
        (HEBEI, Decimal("900.00"), Decimal("901.00"), Decimal("1.00")),
        (FINAL, None, Decimal("5.00"), None),
    ]
    assert listed(old, new, "amounts")[0]["label"] == "balance · 本年收入合计 · 收入/金额"


def test_the_summary_counts(old: Store, new: Store) -> None:
    with differences(old, new) as found:
        assert found.summary() == (
            "2025-06-01 → 2025-06-02: documents 1 added, 1 withdrawn, 2 changed; 2 amounts changed"
        )
    with differences(new, new) as found:
        assert "0 added, 0 withdrawn, 0 changed; 0 amounts" in found.summary()
        assert found.rows("documents").read_all().num_rows == 0


def test_a_release_on_s3_is_compared_with_one_on_disk(s3_root: str, old: Store, tmp_path: Path) -> None:
    new = released(changed_rows(), tmp_path / "archive", open_store(s3_root), 2)
    assert len(listed(old, new, "documents")) == 4


def test_what_is_no_whole_release_is_refused(old: Store, new: Store, tmp_path: Path) -> None:
    empty = DirectoryStore(tmp_path / "empty")
    with pytest.raises(ReleaseUnreadableError, match="is no release"), differences(old, empty):
        pass
    copy = DirectoryStore(tmp_path / "copy")
    for info in new.list(""):
        copy.write(info.key, new.read(info.key))
    copy.write(UNFINISHED, b"")
    with pytest.raises(ReleaseUnreadableError, match="is not whole"), differences(old, copy):
        pass
    copy.delete(UNFINISHED)
    key = next(info.key for info in new.list("lake/line_items/"))
    copy.write(key, b"PAR1")
    with pytest.raises(ReleaseUnreadableError, match="missing or altered"), differences(old, copy):
        pass
    copy.write(CHECKSUMS, b"none")
    with pytest.raises(ReleaseUnreadableError, match="was altered"), differences(old, copy):
        pass
