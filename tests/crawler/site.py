"""A portal of our own on loopback: pages from a dictionary, a request log, content that can change, and faults.

Its markup follows the shape of recorded TRS pages; every name and text on it is invented.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

HTML = "text/html; charset=utf-8"
PDF = "application/pdf"
COLUMN = "/zwgk/yjs/"


@dataclasses.dataclass(frozen=True)
class Asked:
    """One line of the request log; header names in lower case."""

    path: str
    status: int
    headers: dict[str, str]
    body_sent: bool
    method: str = "GET"
    body: bytes = b""


@dataclasses.dataclass(frozen=True)
class Query:
    """One request as a simulated portal sees it; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def place(self) -> str:
        """The path without its query."""
        return self.path.partition("?")[0]

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the query and of a form body, decoded."""
        form = self.body.decode() if "form-urlencoded" in self.headers.get("content-type", "") else ""
        pairs = [pair for text in (self.path.partition("?")[2], form) for pair in parse_qsl(text, True)]
        return dict(pairs)


@dataclasses.dataclass(frozen=True)
class Reply:
    """What stands at a path.  `fault` is one of: truncate, hang, reset, huge, endless_head."""

    body: bytes = b""
    status: int = 200
    media_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    validators: bool = True
    fault: str = ""

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


Page = Reply | Callable[[dict[str, str]], Reply]
NOTHING = Reply("<h1>没有这一页</h1>".encode(), status=404)


class Site:
    """A running site.  `pages` may be changed while it runs, and stand before what `portal` answers."""

    def __init__(self, server: ThreadingHTTPServer, scheme: str) -> None:
        self.pages: dict[str, Page] = {"/robots.txt": Reply(b"User-agent: *\nAllow: /\n", media_type="text/plain")}
        self.portal: Callable[[Query], Reply] | None = None
        self.log: list[Asked] = []
        self.url = f"{scheme}://{server.server_name}:{server.server_port}"
        self.port = server.server_port
        self.closing = threading.Event()
        self._holding = threading.Condition()
        self._answered_meanwhile: int | None = None
        self._held_back: str | None = None

    def paths(self, *, bodies: bool = False) -> list[str]:
        """The paths asked for so far, without robots.txt; only those answered with a body if so wished."""
        return [asked.path for asked in self.log if asked.path != "/robots.txt" and (asked.body_sent or not bodies)]

    def reply(self, query: Query) -> Reply:
        page = self.pages.get(query.path)
        if page is None:
            return self.portal(query) if self.portal else NOTHING
        return page if isinstance(page, Reply) else page(query.headers)

    def forget(self) -> None:
        self.log.clear()

    @contextlib.contextmanager
    def holding(self, after: int) -> Iterator[None]:
        """Answer so many requests more, robots.txt among them, and keep all others waiting while the block lasts.

        A crawl that has more to ask for cannot end meanwhile, however long it takes to do something to it.
        """
        self._allow(after)
        try:
            yield
        finally:
            self._allow(None)

    @contextlib.contextmanager
    def holding_back(self, path: str) -> Iterator[None]:
        """Answer all but one path, whenever it is asked for, and that when the block ends.

        A crawl asks for the files of several articles in no certain order on a busy machine.
        """
        self._hold_back(path)
        try:
            yield
        finally:
            self._hold_back(None)

    def _hold_back(self, path: str | None) -> None:
        with self._holding:
            self._held_back = path
            self._holding.notify_all()

    def _allow(self, answers: int | None) -> None:
        with self._holding:
            self._answered_meanwhile = answers
            self._holding.notify_all()

    def wait_for_turn(self, path: str) -> None:
        """Wait while answers are held."""
        with self._holding:
            self._holding.wait_for(lambda: self._held_back != path)
            if self._answered_meanwhile:
                self._answered_meanwhile -= 1
                return
            self._holding.wait_for(lambda: self._answered_meanwhile is None)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes, which it would hold apart for 40 ms
    site: Site

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        reply = self.site.reply(Query(self.command, self.path, headers, body))
        if reply.status == 200 and reply.validators and headers.get("if-none-match") == reply.etag:
            reply = dataclasses.replace(reply, status=304, body=b"")
        self.site.log.append(Asked(self.path, reply.status, headers, bool(reply.body), self.command, body))
        self.site.wait_for_turn(self.path)
        with contextlib.suppress(ConnectionError):
            self.answer(reply)

    do_POST = do_GET  # noqa: N815  http.server's name

    def answer(self, reply: Reply) -> None:
        if reply.fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            self.connection.close()
            self.close_connection = True
            return
        if reply.fault == "hang":
            self.site.closing.wait()
            return
        if reply.fault == "endless_head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.site.closing.is_set():
                self.wfile.write(b"X-Padding: 0123456789abcdef\r\n" * 100)
        length = {"truncate": len(reply.body) + 1000, "huge": 10**12}.get(reply.fault, len(reply.body))
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(length))
        if reply.validators and reply.status == 200:
            self.send_header("ETag", reply.etag)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
        if reply.fault:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's name
        """Nothing on stderr."""


@contextlib.contextmanager
def running_site(certificate: Path | None = None, address: str = "127.0.0.1") -> Iterator[Site]:
    """A site while the block lasts; over TLS with the certificate and key of a PEM file."""
    handler = type("BoundHandler", (Handler,), {})
    server = ThreadingHTTPServer((address, 0), handler)
    server.server_name = address  # instead of what the machine calls itself
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a refused handshake is what is tested
    site = handler.site = Site(server, "https" if certificate else "http")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def row(address: str, title: str, day: str = "2025-02-14") -> str:
    return f'<li><span class="date">{day}</span><a href="{address}">{title}</a></li>'


def listing(rows: Iterable[str], call: str = "", site_code: str = "9912345678") -> Reply:
    script = f"<script>{call}</script>" if call else ""
    text = f"""<html><head><title>部门预算公开栏目</title><META name=' SiteIDCode ' content='{site_code}'></head>
        <body><div>本栏目公开各部门的预算和决算</div><ul class="list">{"".join(rows)}</ul>{script}</body></html>"""
    return Reply(text.encode())


def article(title: str, files: Iterable[tuple[str, str]] = (), *, extra: str = "", number: str = "") -> Reply:
    links = "".join(f'<p><a href="{address}">{text}</a></p>' for address, text in files)
    table = f"<table><tr><td>索引号：</td><td>{number}</td></tr></table>" if number else ""
    return Reply(
        f"""<html><head><meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2025-2-9 17:25:23">
        <title>{title}</title></head><body>{table}<div class="TRS_Editor">{title}，按规定公开如下。{links}</div>{extra}
        </body></html>""".encode()
    )


def pdf(text: str, size: int = 400) -> Reply:
    return Reply(b"%PDF-1.4\n% " + text.encode() + b"\n" + b"0" * size + b"\n%%EOF\n", media_type=PDF)


def until(condition: Callable[[], bool], seconds: float = 300) -> None:
    """Wait for a condition; fail when it never comes true.  It has time to on a machine that is slow or busy, too."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("the condition did not come true in time")
        time.sleep(0.01)
