"""What a question to a lake on S3 asks of the server: the manifest, its pieces, and the files of the partition."""

from __future__ import annotations

from collections import Counter
from urllib.parse import unquote, urlsplit

import pytest

from gongkai.archive import open_store
from gongkai.queries.lake import connect
from tests.archive.conftest import FaultProxy, proxy
from tests.queries.small_lake import write_lake

__all__ = ["proxy"]

ONE_PARTITION = """
    SELECT sum(amount) FROM amounts
    WHERE province = '河南省' AND year = 2024 AND department = '教育'
"""


def asked(proxy: FaultProxy, root: str) -> Counter[str]:
    """How often each object was asked for, by its key."""
    paths = (unquote(urlsplit(request.partition(" ")[2]).path) for request in proxy.requests)
    prefix = "/" + root.removeprefix("s3://").rstrip("/") + "/"
    return Counter(path.removeprefix(prefix) for path in paths if path.startswith(prefix) and "lake" in path)


def test_one_partition_asks_for_its_files_and_the_pieces_that_name_them(
    s3_root: str, proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = write_lake(open_store(s3_root))
    monkeypatch.setenv("GONGKAI_S3_ENDPOINT", f"http://{proxy.endpoint}")
    place = [piece for piece in manifest.pieces if piece.province == "河南省"]
    pieces = {piece.key for piece in place if piece.table in ("documents", "line_items")}
    files = {
        file.version
        for table in ("documents", "line_items")
        for file in manifest.of(table)
        if (file.partition.province, file.partition.year) == ("河南省", 2024)
    }
    store = open_store(s3_root)
    with connect(store) as lake:
        opened = asked(proxy, s3_root)
        assert set(opened) == {"lake/manifest.json"}
        proxy.requests.clear()
        assert lake.execute(ONE_PARTITION).fetchall()
        first = asked(proxy, s3_root)
        assert set(first) == pieces | files
        assert all(first[key] == 1 for key in pieces)
        assert max(first[key] for key in files) <= 6  # its hash, then DuckDB: size, foot in two parts, columns
        proxy.requests.clear()
        assert lake.execute(ONE_PARTITION).fetchall()
        assert set(asked(proxy, s3_root)) <= pieces | files
