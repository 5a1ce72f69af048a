"""The Parquet form of captures, and the seal that proves it."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.archive import capture_table, seal
from gongkai.archive.capture import Capture, Redirect
from gongkai.archive.capture_table import CapturesUnreadableError
from gongkai.archive.latest import dumped, loaded
from gongkai.archive.packages import provenance

MakeCapture = Callable[..., Capture]


def resealed(table: pa.Table) -> bytes:
    """A capture file as another version would write it."""
    mark, sink = seal.placeholder(), io.BytesIO()
    with pq.ParquetWriter(sink, table.schema) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({seal.NAME: mark})
    return seal.seal(sink.getvalue(), mark)


def table_of(data: bytes) -> pa.Table:
    return pq.read_table(io.BytesIO(data))


def test_the_columns_are_the_fields_of_a_capture_and_all_are_described() -> None:
    assert capture_table.SCHEMA.names == [field.name for field in dataclasses.fields(Capture)]
    for field in capture_table.SCHEMA:
        assert len((field.metadata or {})[b"description"]) > 10


def test_any_parquet_reader_sees_the_descriptions_and_the_rows(make_capture: MakeCapture) -> None:
    capture = make_capture(response_headers=(("Server", "nginx"),))
    table = table_of(capture_table.dump([capture]))
    described = table.schema.field("index_number").metadata or {}
    assert described[b"description"].startswith("索引号".encode())
    assert table.column("response_headers").to_pylist() == [[{"name": "Server", "value": "nginx"}]]
    assert table.column("requested_at").type == pa.timestamp("us", "UTC")


def test_the_same_captures_give_the_same_bytes(make_capture: MakeCapture) -> None:
    captures = [make_capture(minute=minute) for minute in range(3)]
    assert capture_table.dump(captures) == capture_table.dump(captures)


def test_a_file_without_a_newer_column_opens_with_none(make_capture: MakeCapture) -> None:
    capture = make_capture(title="题目", response_headers=(("a", "b"),))
    older = table_of(capture_table.dump([capture])).drop_columns(["title", "response_headers", "previous_sha256"])
    assert capture_table.load(resealed(older)) == [dataclasses.replace(capture, title=None, response_headers=())]


def test_redirects_are_kept_and_of_older_files_none(make_capture: MakeCapture) -> None:
    first = make_capture()
    hops = (
        Redirect("http://a.cn/1", first.requested_at, 301, (("Location", "/2"), ("Set-Cookie", "a"))),
        Redirect("http://a.cn/2", first.requested_at, 302),
    )
    capture = dataclasses.replace(first, redirects=hops)
    data = capture_table.dump([capture, first])
    assert capture_table.load(data) == [capture, first]
    assert loaded(dumped(capture)) == capture
    assert json.loads(provenance.json_text(capture))["redirects"][0]["headers"][0]["value"] == "/2"
    assert "redirects" not in json.loads(provenance.json_text(first)), "the text of older captures stays as it was"
    assert capture_table.load(resealed(table_of(data).drop_columns(["redirects"]))) == [first, first]


def test_a_file_with_a_column_of_a_later_version_opens_without_it(make_capture: MakeCapture) -> None:
    capture = make_capture()
    newer = table_of(capture_table.dump([capture])).append_column("later", pa.array(["x"]))
    assert capture_table.load(resealed(newer)) == [capture]


@pytest.mark.parametrize(("column", "value"), [("outcome", "teleported"), ("role", "oracle"), ("url", None)])
def test_values_this_version_does_not_know_are_refused(
    make_capture: MakeCapture, column: str, value: str | None
) -> None:
    table = table_of(capture_table.dump([make_capture()]))
    position = table.schema.get_field_index(column)
    changed = table.set_column(position, table.schema.field(column), pa.array([value], pa.string()))
    with pytest.raises(CapturesUnreadableError, match=column if value is None else value):
        capture_table.load(resealed(changed))


def test_text_that_looks_like_the_seal_does_not_confuse_it(make_capture: MakeCapture) -> None:
    text = seal.NAME + "\x18\x40" + "0" * 64
    captures = [make_capture(url=text, title=text)]
    data = capture_table.dump(captures)
    assert data.count(seal.NAME.encode()) > 1
    assert capture_table.load(data) == captures


@pytest.mark.parametrize("data", [b"", b"PAR1", b"%PDF-1.7 not Parquet at all"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(CapturesUnreadableError):
        capture_table.load(data)


def test_a_sealed_file_that_is_not_parquet_is_refused() -> None:
    mark = seal.placeholder()
    data = seal.seal(seal.NAME.encode() + b"\x18\x40" + mark.encode(), mark)
    seal.check_parquet(data)
    with pytest.raises(CapturesUnreadableError):
        capture_table.load(data)


def test_every_flipped_or_missing_byte_breaks_the_seal(make_capture: MakeCapture) -> None:
    data = capture_table.dump([make_capture()])
    document = seal.sealed_json({"b": [1, "预算"], "a": None})
    for sealed, check in ((data, seal.check_parquet), (document, seal.load_sealed_json)):
        for position in range(len(sealed)):
            flipped = sealed[:position] + bytes([sealed[position] ^ 1 << position % 8]) + sealed[position + 1 :]
            with pytest.raises(seal.SealBrokenError):
                check(flipped)
            with pytest.raises(seal.SealBrokenError):
                check(sealed[:position] + sealed[position + 1 :])


def test_sealing_needs_its_placeholder_once() -> None:
    for data in (b"none", b"mark mark"):
        with pytest.raises(ValueError, match="exactly once"):
            seal.seal(data, "mark")
