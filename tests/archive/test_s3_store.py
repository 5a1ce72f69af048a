"""What only S3 has to prove: servers that fail, refuse or are not there, and access for other readers."""

from __future__ import annotations

import dataclasses
import http.server
import os
import socket
import threading
from pathlib import Path
from typing import Any

import duckdb
import duckdb_extension_httpfs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.archive.roots import open_store
from gongkai.archive.s3_store import PART, S3Store
from gongkai.archive.settings import S3Settings, s3_settings
from gongkai.archive.store import RootUnusableError, StoreError, StoreUnavailableError
from tests.conftest import fresh_root
from tests.s3_servers import S3Server

Proxy = Any
"""FaultProxy of conftest.py, which cannot be imported from here."""

FAULTS = ["500", "503", "html", "reset", "hang"]


def through(endpoint: str) -> S3Settings:
    return dataclasses.replace(s3_settings(), endpoint=endpoint, timeout=300, attempts=4)


def impatient(store: S3Store, proxy: Proxy, fault: str, attempts: int) -> S3Store:
    """The same store, tried so often; where the server hangs nothing but impatience gets a test to its end."""
    patience = 0.7 if fault == "hang" else 300
    settings = dataclasses.replace(through(proxy.endpoint), timeout=patience, attempts=attempts)
    return S3Store(store.url, settings)


@pytest.fixture
def failing(s3_root: str, proxy: Proxy) -> S3Store:
    """A store reached through the proxy, holding one object ``x``."""
    store = S3Store(s3_root, through(proxy.endpoint))
    store.write("x", b"content")
    return store


@pytest.mark.parametrize("fault", FAULTS)
def test_operations_succeed_after_a_fault(failing: S3Store, proxy: Proxy, fault: str) -> None:
    store = impatient(failing, proxy, fault, attempts=4)
    proxy.fail(fault, 1)
    assert store.read("x") == b"content"
    proxy.fail(fault, 1)
    store.write("y", b"1")
    proxy.fail(fault, 1)
    assert store.write_once("z", b"2") is True
    proxy.fail(fault, 1)
    assert [info.key for info in store.list("")] == ["x", "y", "z"]
    assert store.read("y") + store.read("z") == b"12"


@pytest.mark.parametrize("fault", ["503", "reset"])
def test_copy_delete_and_parts_succeed_after_two_faults(failing: S3Store, proxy: Proxy, fault: str) -> None:
    proxy.fail(fault, 2)
    failing.copy_all([("x", "y")])
    proxy.fail(fault, 2)
    failing.delete("x")
    assert failing.size("x") is None
    data = os.urandom(PART + 1)
    proxy.fail(fault, 2)
    failing.write("large", data)
    assert failing.read("large") == data


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_without_end_is_named(failing: S3Store, proxy: Proxy, fault: str) -> None:
    store = impatient(failing, proxy, fault, attempts=2)
    proxy.fail(fault, 1_000_000)
    with pytest.raises(StoreUnavailableError, match=f"{proxy.endpoint}.* in 2 attempts"):
        store.read("x")
    with pytest.raises(StoreUnavailableError):
        next(store.list(""))
    with pytest.raises(StoreUnavailableError):
        store.write_once("y", b"1")


def test_a_lost_answer_is_asked_for_again(failing: S3Store, proxy: Proxy) -> None:
    proxy.fail("lost", 1)
    failing.write("y", b"1")
    assert failing.read("y") == b"1"


def test_a_conditional_write_whose_answer_was_lost_is_there(failing: S3Store, proxy: Proxy) -> None:
    assert failing.size("y") is None
    proxy.fail("lost", 2)
    failing.write_once("y", b"1")
    assert failing.read("y") == b"1"


def test_a_body_cut_short_is_fetched_again(failing: S3Store, proxy: Proxy) -> None:
    data = os.urandom(3_000_000)
    failing.write("cut", data)
    proxy.fail("cut", 2)
    assert failing.read("cut") == data
    proxy.fail("cut", 1)
    assert [info.key for info in failing.list("")] == ["cut", "x"]
    hasty = impatient(failing, proxy, "cut", attempts=2)
    proxy.fail("cut", 1_000_000)
    with pytest.raises(StoreUnavailableError):
        hasty.read("cut")


def test_losing_the_answer_to_the_last_part_is_mended(failing: S3Store, proxy: Proxy) -> None:
    """The repeated request finds the upload finished, which a server answers with 404."""
    data = os.urandom(PART + 1)
    # Start, first part, second part, then the request that completes the upload.
    original = proxy.next_fault
    proxy.next_fault = lambda: "lost" if _completes(proxy.requests) else original()
    failing.write("large", data)
    assert failing.read("large") == data


def _completes(requests: list[str]) -> bool:
    completing = [request for request in requests if request.startswith("POST") and "uploadId" in request]
    return len(completing) == 1 and requests[-1] == completing[0]


def test_no_server_there(s3_root: str) -> None:
    with socket.socket() as taken:  # and not listened on
        taken.bind(("127.0.0.1", 0))
        endpoint = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(StoreUnavailableError, match=endpoint):
            S3Store(s3_root, through(endpoint))


def test_missing_bucket(s3_root: str) -> None:
    with pytest.raises(RootUnusableError, match="has no bucket 'no-such-bucket': create it there"):
        S3Store("s3://no-such-bucket/prefix")


def test_unknown_access_key(s3_root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAUNKNOWNUNKNOWN00")
    with pytest.raises(RootUnusableError, match="AWS_ACCESS_KEY_ID"):
        S3Store(s3_root)


def test_wrong_secret(seaweedfs: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not on ministack, which checks who asks and not with what secret."""
    s3_root = fresh_root(seaweedfs, monkeypatch)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(RootUnusableError, match="AWS_SECRET_ACCESS_KEY"):
        S3Store(s3_root)


@pytest.mark.parametrize("url", ["s3://", "s3:///x", "s3://UPPER_case/x", "s3://bucket/a//b", "s3://bucket/../x"])
def test_bad_urls(url: str) -> None:
    with pytest.raises(RootUnusableError, match="s3://bucket/prefix"):
        S3Store(url)


def test_prefixes_are_apart(s3_root: str) -> None:
    one, other, whole = S3Store(s3_root + "/1"), S3Store(s3_root + "/11/"), S3Store(s3_root)
    one.write("x", b"1")
    other.write("x", b"11")
    assert [info.key for info in one.list("")] == ["x"]
    assert [info.key for info in whole.list("")] == ["1/x", "11/x"]
    assert other.url == s3_root + "/11"


def test_the_secret_is_not_shown(s3_root: str) -> None:
    store = S3Store(s3_root)
    secret = os.environ["AWS_SECRET_ACCESS_KEY"]
    assert store.access.secret_key == secret
    assert secret not in f"{store.access!r} {s3_settings()!r}"


def test_addresses_asked_for_hold_no_signature(failing: S3Store, proxy: Proxy) -> None:
    """Addresses are what logs keep; with the signature of a put in one anybody could replace the object."""
    failing.write_once("预算/a b+c=1.json", b"1")
    assert failing.read("预算/a b+c=1.json") == b"1"
    assert any(request.startswith("PUT ") and "a%20b%2Bc%3D1.json" in request for request in proxy.requests)
    assert not [request for request in proxy.requests if "Signature" in request]


def test_duckdb_reads_with_the_access_given(s3_root: str, tmp_path: Path) -> None:
    store = S3Store(s3_root)
    pq.write_table(pa.table({"amount": [1, 2]}), tmp_path / "x.parquet")
    key = "lake/t/province=河北省/year=2025/data.parquet"
    store.write(key, (tmp_path / "x.parquet").read_bytes())
    access = store.access
    with duckdb.connect(config={"extension_directory": str(tmp_path)}) as connection:
        (extension,) = Path(duckdb_extension_httpfs.__path__[0]).rglob("httpfs.duckdb_extension")
        connection.load_extension(str(extension))
        connection.execute(
            f"CREATE SECRET (TYPE s3, KEY_ID '{access.access_key}', SECRET '{access.secret_key}',"
            f" REGION '{access.region}', ENDPOINT '{access.endpoint}', USE_SSL {access.use_ssl},"
            f" URL_STYLE '{access.url_style}')"
        )
        assert connection.execute("SELECT sum(amount) FROM read_parquet(?)", [store.locate(key)]).fetchone() == (3,)


@pytest.mark.parametrize("status", [200, 400, 404, 405, 501])
def test_a_server_that_is_none_of_s3_is_named(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "4")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(b"page")

        do_HEAD = do_PUT = do_GET  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("GONGKAI_S3_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
        monkeypatch.setenv("GONGKAI_S3_ATTEMPTS", "1")
        with pytest.raises(StoreError, match=f"the S3 server at '127.0.0.1:{server.server_port}'"):
            list(open_store("s3://bucket/prefix").list(""))
        server.shutdown()
