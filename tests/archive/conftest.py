"""Stores under test, and a proxy that makes an S3 server fail."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import http.client
import http.server
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongkai.archive.archive import Archive, new_capture_id
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.roots import open_store
from gongkai.archive.store import Store
from tests.s3_servers import S3Server


@pytest.fixture
def root(any_root: str) -> str:
    """A fresh archive root of each kind."""
    return any_root


@pytest.fixture
def store(root: str) -> Store:
    return open_store(root)


@pytest.fixture
def archive(root: str) -> Archive:
    return Archive.open(root)


@pytest.fixture
def make_capture() -> Callable[..., Capture]:
    """A capture of one run, any field replaced; ``minute`` moves its time."""

    def make(minute: int = 0, **values: Any) -> Capture:
        capture = Capture(
            capture_id=new_capture_id(),
            run_id="20261122T141500Z-3fa9",
            portal="hebei-qinhuangdao",
            role=Role.ATTACHMENT,
            url="https://czj.example.gov.cn/预算/1.pdf",
            outcome=Outcome.CAPTURED,
            requested_at=dt.datetime(2026, 11, 22, 14, 15, tzinfo=dt.UTC) + dt.timedelta(minutes=minute),
        )
        return dataclasses.replace(capture, **values)

    return make


class FaultProxy(http.server.ThreadingHTTPServer):
    """Passes requests to a server and answers as it does, but lets the next ``remaining`` requests meet ``fault``."""

    daemon_threads = True
    # As many as a store opens side by side; one turned away would come back only after a second.
    request_queue_size = 128
    # What a cut connection raises in a handler is what the test wants.
    block_on_close = False

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.fault = ""
        self.remaining = 0
        self.requests: list[str] = []
        self.released = threading.Event()
        self._lock = threading.Lock()

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def fail(self, fault: str, times: int) -> None:
        self.fault, self.remaining = fault, times

    def next_fault(self) -> str:
        with self._lock:
            self.remaining -= 1
            return self.fault if self.remaining >= 0 else ""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections are broken here on purpose."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultProxy

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append(f"{self.command} {self.path}")
        fault = self.server.next_fault()
        if fault.isdigit():
            self._answer(int(fault), [("Content-Type", "application/xml")], _error_document(fault))
        elif fault == "html":
            self._answer(502, [("Content-Type", "text/html")], b"<html>Bad Gateway</html>")
        elif fault == "hang":
            self.server.released.wait()
            self._reset()
        elif fault == "reset":
            self._reset()
        else:
            self._forward(body, fault)

    # The names are http.server's.
    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = handle_any  # noqa: N815

    def _forward(self, body: bytes, fault: str) -> None:
        target = http.client.HTTPConnection(self.server.target)
        with contextlib.closing(target), self._saying_that_it_lives():
            target.request(self.command, self.path, body, dict(self.headers))
            answer = target.getresponse()
            data = answer.read()
        if fault == "lost":
            self._reset()
            return
        headers = [(n, v) for n, v in answer.getheaders() if n.lower() not in {"connection", "transfer-encoding"}]
        if fault == "cut" and len(data) > 1:
            self._answer(answer.status, headers, data[: len(data) // 2])
            self._reset()
        else:
            self._answer(answer.status, headers, data)

    @contextlib.contextmanager
    def _saying_that_it_lives(self) -> Iterator[None]:
        """Send `100 Continue` again and again, which is no answer but a sign of life: a client that soon gives up a
        server that is silent waits for one that is only slow."""
        answered = threading.Event()

        def live() -> None:
            with contextlib.suppress(OSError):
                while not answered.wait(0.1):
                    self.connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

        living = threading.Thread(target=live, daemon=True)
        living.start()
        try:
            yield
        finally:
            answered.set()
            living.join()

    def _answer(self, status: int, headers: list[tuple[str, str]], data: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        if not any(name.lower() == "content-length" for name, _ in headers):
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
            self.wfile.flush()

    def _reset(self) -> None:
        """Close with RST, as a crashed server or a strict middlebox does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


def _error_document(status: str) -> bytes:
    code = {"500": "InternalError", "503": "SlowDown"}[status]
    return f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>injected</Message></Error>".encode()


@pytest.fixture
def proxy(s3_server: S3Server) -> Iterator[FaultProxy]:
    """A proxy in front of the S3 server, faultless until told otherwise."""
    server = FaultProxy(s3_server.endpoint)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()
    thread.join()
