"""What is derived from many files of the lake gives the answers of those files, or is not used."""

from __future__ import annotations

import hashlib
import io
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.archive import formats, seal
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.store import Store
from gongkai.lake import derived, deriving
from gongkai.lake.derived import read_pieces
from gongkai.lake.deriving import refresh
from gongkai.lake.manifest import read_manifest
from gongkai.lake.partition import Partitions
from gongkai.queries import connection
from gongkai.queries.lake import connect
from gongkai.queries.scans import Scan
from tests.queries.small_lake import FINAL, HENAN, UNIT, Row, rows, write_lake

QUESTIONS = (
    "SELECT province, year, department, count(*), sum(amount) FROM line_items GROUP BY ALL ORDER BY ALL",
    "FROM documents ORDER BY sha256",
    "FROM function_names ORDER BY ALL",
    "SELECT * FROM document_totals ORDER BY document_sha256",
    "FROM claims ORDER BY ALL",
    "FROM issues ORDER BY ALL",
    "SELECT * FROM line_items WHERE year IN (2024, 2026) ORDER BY ALL",
    "SELECT * FROM line_items WHERE year IS NULL ORDER BY ALL",
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A small lake, of a size from which files are derived."""
    monkeypatch.setattr(deriving, "_FROM", 1)
    monkeypatch.setattr(connection, "_FEW", 0)
    monkeypatch.setenv("GONGKAI_LAKE_GRACE", "0")
    made = DirectoryStore(tmp_path)
    write_lake(made)
    return made


def answers(store: Store) -> tuple[list[object], set[str]]:
    """The rows of all questions, and the keys of the derived files that they were read from."""
    with connect(store) as lake:
        found: list[object] = [lake.execute(sql).to_arrow_table().to_pylist() for sql in QUESTIONS]
        return found, {file.version for file in lake.proved if file.version.startswith(derived.DERIVED)}


def test_answers_are_those_of_the_files(store: Store) -> None:
    by_files, none = answers(store)
    assert not none
    assert refresh(store, read_manifest(store)) == len(read_pieces(store)) > 3
    assert answers(store) == (by_files, {piece.version for piece in read_pieces(store).values()})
    assert refresh(store, read_manifest(store)) == 0


def test_a_piece_of_other_files_is_used_without_them_and_goes(store: Store) -> None:
    refresh(store, read_manifest(store))
    before = {piece.version for piece in read_pieces(store).values()}
    fewer = {name: [row for row in table if row["province"] == "河北省"] for name, table in rows().items()}
    write_lake(store, {**fewer, "line_items": fewer["line_items"][1:]})
    by_files, used = answers(store)
    assert {key.split("/")[1] for key in used} == {"documents", "claims", "issues", "line_items"}
    refresh(store, read_manifest(store))
    again, used = answers(store)
    assert again == by_files
    assert used
    left = {entry.key for entry in store.list(derived.DERIVED)} - {derived.INDEX}
    pieces = read_pieces(store)
    named = {piece.version for piece in pieces.values()} | {derived.files_key(of) for _, _, of in pieces}
    assert left == named
    assert before != {piece.version for piece in pieces.values()}


def test_after_one_document_only_the_pieces_it_touched_are_left_out(store: Store) -> None:
    refresh(store, read_manifest(store))
    before = read_pieces(store)
    changed = rows()
    position = next(at for at, row in enumerate(changed["line_items"]) if row["document_sha256"] == HENAN)
    del changed["line_items"][position]
    write_lake(store, changed)
    with_pieces, used = answers(store)
    store.delete(derived.INDEX)
    assert (with_pieces, set()) == answers(store)
    touched = {
        piece.version
        for (relation, province, _), piece in before.items()
        if province == "河南省" and relation in ("line_items", derived.LABELS)
    }
    assert touched
    assert used == {piece.version for piece in before.values()} - touched


@pytest.mark.parametrize("years", [{None}, {2026}, {None, 2026}, {1999}], ids=str)
def test_documents_without_a_year_are_told_from_others_of_their_piece(store: Store, years: set[int | None]) -> None:
    lake_rows = rows()
    for row in (row for table in lake_rows.values() for row in table):
        if UNIT in (row.get("document_sha256"), row.get("sha256")):
            row["year"] = None
    write_lake(store, lake_rows)
    asked = Scan("line_items", Partitions(frozenset(["河北省"]), frozenset(years)))
    wanted = sorted(
        row["line_item_id"] for row in lake_rows["line_items"] if row["province"] == "河北省" and row["year"] in years
    )
    refresh(store, read_manifest(store))
    with connect(store) as lake:
        lake.read([asked])
        shown = lake.already("SELECT line_item_id FROM line_items ORDER BY ALL", {})
        assert [name for (name,) in shown] == wanted
        assert not wanted or any(file.version.startswith(derived.DERIVED) for file in lake.proved)


@pytest.mark.parametrize("damage", ["flipped", "gone", "index"])
def test_a_damaged_piece_costs_time_alone(store: Store, damage: str) -> None:
    by_files, _ = answers(store)
    refresh(store, read_manifest(store))
    piece = next(piece for piece in read_pieces(store).values() if piece.table == "line_items")
    if damage == "index":
        store.write("lake_derived/index.json", b"{}")
    elif damage == "gone":
        store.delete(piece.version)
    else:
        data = store.read(piece.version)
        store.write(piece.version, data[:100] + bytes([data[100] ^ 1]) + data[101:])
    again, used = answers(store)
    assert again == by_files
    assert piece.version not in used


@pytest.fixture
def stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces stay although half of them is touched."""
    monkeypatch.setattr(deriving, "_STALE_SHARE", 0.5)


@pytest.mark.usefixtures("stale")
@pytest.mark.parametrize("change", ["fewer rows", "a partition gone", "a new partition", "without a place"])
def test_a_small_publication_leaves_a_piece_in_use_without_what_it_touched(store: Store, change: str) -> None:
    write_lake(store, placed(without_year=change == "without a place"))
    refresh(store, read_manifest(store))
    before = {piece.version for piece in read_pieces(store).values()}
    changed = placed(without_year=change == "without a place")
    if change == "a partition gone":
        changed = {
            name: [row for row in table if FINAL not in (row.get("sha256"), row.get("document_sha256"))]
            for name, table in changed.items()
        }
    elif change == "a new partition":
        for row in (row for table in changed.values() for row in table if row["province"] == "河南省"):
            row["province"] = "河北省"
    else:
        at = next(at for at, row in enumerate(changed["line_items"]) if row["document_sha256"] == FINAL)
        changed["line_items"][at] = {**changed["line_items"][at], "amount": Decimal("123456.78"), "label": "别的名称"}
    write_lake(store, changed)
    with_pieces, used = answers(store)
    assert {key.split("/")[1] for key in used & before} >= {"line_items", "documents"}
    refresh(store, read_manifest(store))
    kept = {piece.version for piece in read_pieces(store).values()} & before
    assert {key.split("/")[1] for key in kept} >= {"line_items", "documents"}
    store.delete(derived.INDEX)
    assert answers(store) == (with_pieces, set())


def placed(*, without_year: bool) -> dict[str, list[Row]]:
    """The rows of the small lake, those of its final accounts without a year if so wanted."""
    made = rows()
    for row in (row for table in made.values() for row in table):
        if without_year and FINAL in (row.get("document_sha256"), row.get("sha256")):
            row["year"] = None
    return made


def test_small_runs_come_to_write_every_piece(store: Store) -> None:
    written = [refresh(store, read_manifest(store), most=1) for _ in range(30)]
    assert all(0 < count <= 2 for count in written[:5])
    assert written[-1] == 0
    pieces = set(read_pieces(store))
    store.delete(derived.INDEX)
    refresh(store, read_manifest(store))
    assert set(read_pieces(store)) == pieces


def test_a_piece_whose_files_are_not_known_is_written_anew(store: Store) -> None:
    refresh(store, read_manifest(store))
    write_lake(store, {**rows(), "line_items": rows()["line_items"][1:]})
    for key in [entry.key for entry in store.list(f"{derived.DERIVED}files/")]:
        store.write(key, b"{}")
    manifest = read_manifest(store)
    assert manifest is not None
    touched = next(piece for piece in manifest.pieces if (piece.table, piece.province) == ("line_items", "河北省"))
    by_files, used = answers(store)
    old = {piece.version for (_, place, _), piece in read_pieces(store).items() if place == touched.province}
    assert not {key for key in used & old if "line_items" in key}
    assert refresh(store, manifest) > 0
    assert ("line_items", touched.province, touched.sha256) in read_pieces(store)
    assert answers(store)[0] == by_files


def test_pieces_of_the_first_version_are_read_beside_others(store: Store) -> None:
    by_files, _ = answers(store)
    refresh(store, read_manifest(store))
    index = seal.load_sealed_json(store.read(derived.INDEX))
    for row in index["pieces"]:
        if row["province"] == "河北省" and row["relation"] != derived.LABELS:
            table = pq.ParquetFile(io.BytesIO(store.read(row.pop("key")))).read()
            sink = io.BytesIO()
            pq.write_table(table.append_column("province", pa.repeat(pa.scalar("河北省"), table.num_rows)), sink)
            row |= {"sha256": hashlib.sha256(sink.getvalue()).hexdigest(), "bytes": len(sink.getvalue())}
            store.write(f"lake_derived/{row['relation']}/{row['sha256']}.parquet", sink.getvalue())
    store.write(derived.INDEX, seal.sealed_json({name: index[name] for name in (formats.MEMBER, "pieces")}))
    again, used = answers(store)
    assert again == by_files
    assert {len(key.split("/")) for key in used} == {3, 4}
    assert used == {piece.version for piece in read_pieces(store).values()}


def test_all_files_of_several_provinces_are_many_together(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh(store, read_manifest(store))
    monkeypatch.setattr(connection, "_FEW", 3)
    with connect(store) as lake:
        lake.execute("FROM documents WHERE province = '河南省'")
        assert not [file for file in lake.proved if file.version.startswith(derived.DERIVED)]
        lake.execute("FROM documents")
        pieces = read_pieces(store).values()
        assert lake.proved >= {piece for piece in pieces if piece.table == "documents"}
