"""What is left to parse: the payloads of all captures that may hold a document, but for those the lake knows.

An archive of a country has millions of them.  Captures are compared as columns, and become objects for the originals
that are left alone, and for the files of the articles that these stand in.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gongkai.archive import Archive, Capture, Outcome, Role
from gongkai.archive.compaction import Piece
from gongkai.lake.manifest import Manifest

_PARSABLE = (Outcome.CAPTURED, Outcome.UNCHANGED, Outcome.NOT_MODIFIED)
_ROLES = (Role.ARTICLE, Role.ATTACHMENT, Role.FILE)
_CHOSEN_BY: dict[str, Any] = {
    "outcome": pa.array([each.value for each in _PARSABLE]),
    "role": pa.array([each.value for each in _ROLES]),
}
_LOOKED_AT = 100_000
"""Originals up to which the index of the lake is asked for each, rather than read whole."""


@dataclasses.dataclass(frozen=True, slots=True)
class Left:
    """The originals that are left, with all their captures by time, in order of first capture."""

    chosen: Mapping[str, list[Capture]]
    beside: tuple[Capture, ...]
    """The first capture of every file of an article in which a chosen one stands, the chosen ones among them."""
    siblings: Mapping[str, list[Capture]]
    """All captures of those files that are not chosen themselves."""
    candidates: pa.ChunkedArray[Any]
    """The SHA-256 of every original that may hold a document, each once."""

    def is_candidate(self, sha256: str) -> bool:
        """True for an original that was published by itself and may hold a document."""
        return self.count_of([sha256]) > 0

    def count_of(self, sha256s: Iterable[str]) -> int:
        """How many of these are candidates."""
        asked = pa.array(list(sha256s), pa.string())
        return len(asked) and pc.is_in(asked, value_set=self.candidates).to_pylist().count(True)


def left(archive: Archive, manifest: Manifest | None, version: str, limit: int) -> Left:
    """What a parser version has left of the archive; everything where no manifest is given.

    An original that could not be read for a reason that may pass is left until it was tried ``limit`` times.

    Raises CapturesUnreadableError, LakeDamagedError, StoreError.
    """
    files, rows = _candidates(archive)
    candidates = pa.chunked_array([rows["payload_sha256"].unique()], pa.string())
    done = _done(candidates, manifest, version, limit) if manifest else pa.array([], pa.string())
    open_ = candidates.filter(pc.invert(pc.is_in(candidates, value_set=done)))
    chosen = _captures_of(archive, files, rows, open_)
    order = sorted(chosen.items(), key=lambda item: (item[1][0].requested_at, item[0]))
    siblings = _siblings(archive, files, rows, chosen)
    firsts = [captures[0] for captures in (*chosen.values(), *siblings.values())] if siblings is not None else []
    beside = tuple(sorted(firsts, key=lambda first: (first.requested_at, first.payload_sha256 or "")))
    return Left(dict(order), beside, siblings or {}, candidates)


def _candidates(archive: Archive) -> tuple[list[str], pa.Table]:
    """The keys of all capture files; payload and number of the file of every capture that may be of a document."""
    files: list[str] = []
    tables = [pa.table({"payload_sha256": pa.array([], pa.string()), "file": pa.array([], pa.int32())})]
    for piece in archive.capture_columns(["payload_sha256", *_CHOSEN_BY]):
        rows = piece.rows.select(["payload_sha256"]).append_column("file", _numbered(piece, len(files)))
        tables.append(rows.filter(_may_be_documents(piece.rows)))
        files += [key for key, _ in piece.files]
    return files, pa.concat_tables(tables).combine_chunks()


def _numbered(piece: Piece, start: int) -> pa.Array[Any]:
    """The number of its capture file for every row of a piece, counted from one on."""
    ends = pa.array(itertools.accumulate(rows for _, rows in piece.files), pa.int32())
    numbers = pa.array(range(start, start + len(piece.files)), pa.int32())
    decoded: pa.Array[Any] = pc.run_end_decode(pa.RunEndEncodedArray.from_arrays(ends, numbers))  # type: ignore[attr-defined]  # lacks in its stub
    return decoded


def _may_be_documents(table: pa.Table) -> Any:
    wanted = pc.is_valid(table["payload_sha256"])
    for name, values in _CHOSEN_BY.items():
        wanted = pc.and_(wanted, pc.is_in(table[name], value_set=values))
    return wanted


def _done(candidates: pa.ChunkedArray[Any], manifest: Manifest, version: str, limit: int) -> pa.Array[Any]:
    """Those of the candidates, or of all originals, that this parser version need not look at."""
    index, is_of_now = manifest.originals, manifest.parser_version == version
    is_few = len(candidates) <= _LOOKED_AT
    asked = (str(each) for each in candidates.to_pylist()) if is_few else ()
    tables = (table for _, table in index.grouped(asked)) if is_few else index.every()
    done: list[Any] = [pa.array([], pa.string())]
    for table in tables:
        is_read = pc.and_(table["is_document"], pc.equal(table["parser_version"], pa.scalar(version)))
        if is_of_now:
            attempts = table["attempts"]
            is_given_up = pc.greater_equal(attempts, pa.scalar(max(limit, 1), pa.int32()))
            is_settled = pc.equal(attempts, pa.scalar(0, pa.int32()))
            is_read = pc.or_(is_given_up, pc.and_(is_settled, pc.or_kleene(is_read, table["passed_over"])))
        done += table["sha256"].filter(pc.fill_null(is_read, pa.scalar(False))).chunks
    return pa.concat_arrays(done)


def _captures_of(
    archive: Archive, files: list[str], rows: pa.Table, payloads: pa.ChunkedArray[Any]
) -> dict[str, list[Capture]]:
    """All captures of some payloads that may be of a document, by payload and time."""
    found: dict[str, list[Capture]] = {}
    wanted = rows.filter(pc.is_in(rows["payload_sha256"], value_set=payloads))
    for number in sorted({int(each or 0) for each in wanted["file"].to_pylist()}):
        for capture in archive.captures_of(files[number], payloads):
            if capture.payload_sha256 and capture.outcome in _PARSABLE and capture.role in _ROLES:
                found.setdefault(capture.payload_sha256, []).append(capture)
    for captures in found.values():
        captures.sort(key=lambda capture: capture.requested_at)
    return found


def _siblings(
    archive: Archive, files: list[str], rows: pa.Table, chosen: Mapping[str, list[Capture]]
) -> dict[str, list[Capture]] | None:
    """All captures of the files that stand beside chosen ones in an article; None where no chosen one does."""
    firsts = [captures[0] for captures in chosen.values()]
    articles = {first.parent_url for first in firsts if first.role is Role.ATTACHMENT and first.parent_url}
    if not articles:
        return None
    wanted = pa.array(sorted(articles), pa.string())
    others: set[str] = set()
    for piece in archive.capture_columns(["payload_sha256", "parent_url", *_CHOSEN_BY]):
        table = piece.rows
        of_article = pc.and_(_may_be_documents(table), pc.is_in(table["parent_url"], value_set=wanted))
        others.update(map(str, table.filter(of_article)["payload_sha256"].to_pylist()))
    return _captures_of(archive, files, rows, pa.chunked_array([sorted(others - chosen.keys())], pa.string()))
