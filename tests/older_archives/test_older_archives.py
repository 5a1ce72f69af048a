"""Archives as earlier releases wrote them: opened, verified, queried, parsed and gone on with by this version.

``make.py`` beside it makes the archive of a release, once.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.archive import Archive, ArchiveError, NewerFormatError, add_files, seal, verify
from gongkai.archive.capture_table import CapturesUnreadableError
from gongkai.archive.fixity import Problem
from gongkai.archive.run_index import gathered
from gongkai.exits import Exit, exit_for
from gongkai.lake.fixity import lake_files
from gongkai.lake.manifest import MANIFEST_KEY, ManifestError, read_manifest
from gongkai.parsing.left import pending
from gongkai.parsing.stage import parse
from gongkai.queries.lake import connect
from tests.older_archives import make

HERE = Path(__file__).resolve().parent
RELEASES = sorted(path.name.removesuffix(".tar.xz") for path in HERE.glob("*.tar.xz"))
NEWER = "which a newer version of gongkai wrote; this one reads formats up to {}: install a newer gongkai"


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def archive(release: str, tmp_path: Path) -> Archive:
    """What a release wrote."""
    with tarfile.open(HERE / f"{release}.tar.xz") as packed:
        packed.extractall(tmp_path / "档案", filter="data")
    return Archive.open(str(tmp_path / "档案"))


@pytest.fixture
def told(release: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((HERE / f"{release}.json").read_text(encoding="utf-8"))
    return document


def is_sound(archive: Archive) -> bool:
    return list(verify(archive, further=(lake_files,))) == []


def test_there_is_one() -> None:
    assert RELEASES


def test_it_opens_and_verifies(archive: Archive, told: dict[str, Any]) -> None:
    assert is_sound(archive)
    assert json.loads(json.dumps(make.told(archive))) == told


def test_it_is_queried(archive: Archive, told: dict[str, Any]) -> None:
    with connect(archive.store) as connection:
        rows = connection.execute("SELECT document_sha256, CAST(amount AS VARCHAR) FROM line_items").fetchall()
    assert sorted(map(list, rows)) == told["amounts"]


@pytest.mark.parametrize("everything", [False, True])
def test_it_is_parsed_and_gone_on_with(
    archive: Archive, told: dict[str, Any], tmp_path: Path, everything: bool
) -> None:
    (tmp_path / "又一.csv").write_bytes(make.TABLE.replace("120.50", "99.00").encode())
    add_files(archive, [tmp_path / "又一.csv"])
    parse(archive, everything=everything, workers=1)
    assert pending(archive) == []
    now = make.told(archive)
    for name in ("originals", "captures", "reports", "documents", "amounts"):
        then = [row if isinstance(row, str) else list(row) for row in told[name]]
        assert all(row in now[name] for row in then), name
        assert len(now[name]) > len(then), name
    assert is_sound(archive)


def test_this_version_writes_what_the_newest_of_them_holds(tmp_path: Path) -> None:
    """The script still makes such an archive; should it hold something else, the next release stores another one."""
    with make.unchanging():
        archive = make.fill(str(tmp_path / "new"))
        told = make.told(archive)
    assert told["amounts"]
    assert is_sound(archive)


# --- what a newer version wrote ---------------------------------------------------------------------------------------


def newer_json(archive: Archive, key: str) -> None:
    document = seal.load_sealed_json(archive.store.read(key))
    archive.store.write(key, seal.sealed_json({**document, "format": 3}))


def newer_captures(archive: Archive, key: str) -> None:
    table = pq.read_table(pa.BufferReader(archive.store.read(key)))
    mark, sink = seal.placeholder(), pa.BufferOutputStream()
    schema = table.schema.with_metadata({**(table.schema.metadata or {}), b"format": b"2"})
    with pq.ParquetWriter(sink, schema) as writer:
        writer.write_table(table.cast(schema))
        writer.add_key_value_metadata({seal.NAME: mark})
    archive.store.write(key, seal.seal(sink.getvalue().to_pybytes(), mark))


def first(archive: Archive, prefix: str) -> str:
    return next(info.key for info in archive.store.list(prefix) if not info.key.endswith(".html"))


@pytest.mark.parametrize(
    ("prefix", "make_newer", "read", "error"),
    [
        ("captures/", newer_captures, lambda archive: list(archive.captures()), CapturesUnreadableError),
        ("runs/", newer_json, lambda archive: list(archive.run_reports()), NewerFormatError),
        ("runs/", newer_json, lambda archive: gathered(archive.store, "a", lambda *_: None, "1"), NewerFormatError),
        ("inventory.json", newer_json, lambda archive: list(verify(archive)), NewerFormatError),
        ("inventory.json", newer_json, lambda archive: archive.note_lake(), NewerFormatError),
        ("raw/inventory.json", newer_json, lambda archive: archive.note_lake(), NewerFormatError),
        (MANIFEST_KEY, newer_json, lambda archive: read_manifest(archive.store), ManifestError),
        (MANIFEST_KEY, newer_json, lambda archive: parse(archive, everything=True, workers=1), ManifestError),
    ],
)
def test_what_a_newer_version_wrote_is_refused_in_one_sentence(
    archive: Archive,
    prefix: str,
    make_newer: Callable[[Archive, str], None],
    read: Callable[[Archive], object],
    error: type[ArchiveError],
) -> None:
    key = first(archive, prefix)
    make_newer(archive, key)
    before = archive.store.read(key)
    with pytest.raises(error, match=NEWER.format(2 if prefix in {MANIFEST_KEY, "runs/"} else 1)) as refused:
        read(Archive.open(archive.store.url))
    assert exit_for(refused.value) == Exit.ARCHIVE_UNUSABLE
    assert "\n" not in str(refused.value)
    assert archive.store.read(key) == before


@pytest.mark.parametrize(
    ("prefix", "make_newer", "known"), [("captures/", newer_captures, 1), ("runs/", newer_json, 2)]
)
def test_verify_names_what_a_newer_version_wrote(
    archive: Archive, prefix: str, make_newer: Callable[[Archive, str], None], known: int
) -> None:
    key = first(archive, prefix)
    make_newer(archive, key)
    assert [
        NEWER.format(known) in finding.detail for finding in verify(archive) if finding.problem is Problem.UNREADABLE
    ] == [True]
