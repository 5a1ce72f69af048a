"""``benchmarks/lake.py`` makes a lake that is one: every file as its manifest says, every document in one partition."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from gongkai.archive.directory_store import DirectoryStore
from gongkai.lake.intact import damaged
from gongkai.lake.manifest import read_manifest
from gongkai.queries.lake import connect
from tests.queries.small_lake import write_lake

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "lake.py"


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_of_the_lake", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_lake_of_the_country_s_shape_is_a_lake(tmp_path: Path) -> None:
    write_lake(DirectoryStore(tmp_path / "rows"))
    (tmp_path / "made").mkdir()
    script().build(tmp_path / "made", 3, 120, 30, str(tmp_path / "rows"))
    store = DirectoryStore(tmp_path / "made" / "archive")
    manifest = read_manifest(store)
    assert manifest
    assert damaged(store, manifest, current=True) == []
    with connect(store) as lake:
        held = lake.execute(
            "SELECT count(*), count(DISTINCT sha256), count(DISTINCT (province, year, department)) FROM documents"
        )
        assert held.fetchall() == [(30, 30, 3)]
        parted = "SELECT count(*) FROM line_items WHERE document_sha256 NOT IN (SELECT sha256 FROM documents)"
        assert lake.execute(parted).fetchall() == [(0,)]
