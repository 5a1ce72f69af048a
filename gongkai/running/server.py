"""The status page and the metrics over HTTP, on 127.0.0.1 alone.

A page of another site can have a browser ask this port, under a name of its own that leads here (DNS rebinding): who
asks under another name than loopback's gets nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from gongkai.exits import Exit
from gongkai.running.page import metrics, page
from gongkai.running.state import State
from gongkai.session import CommandError

_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)
_PATIENCE_SECONDS = 10
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@contextlib.contextmanager
def serving(state: State, port: int) -> Iterator[str]:
    """Serve while the block lasts; the address.  Raises CommandError where the port is taken."""
    handler = type("_OfState", (_Handler,), {"state": state})
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        message = f"the status page cannot have port {port} ({error.strerror}): give another one with --port"
        raise CommandError(message, Exit.WRONG_USAGE) from error
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.2,), name="status page", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_version, sys_version = "gongkai", ""
    timeout = _PATIENCE_SECONDS
    state: State

    def do_GET(self) -> None:
        """The page, the metrics, or in a word whether all is well, for a container's health check."""
        hosts = self.headers.get_all("Host") or []
        now = dt.datetime.now(dt.UTC)
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            self._answer(403, "text/plain", "this page answers to 127.0.0.1 and localhost alone\n")
        elif self.path == "/":
            self._answer(200, "text/html", page(self.state, now))
        elif self.path == "/metrics":
            self._answer(200, "text/plain; version=0.0.4", metrics(self.state, now))
        elif self.path == "/healthy":
            is_well = self.state.away_since(now) is None and not any(job.has_failed for job in self.state.jobs)
            self._answer(200 if is_well else 503, "text/plain", "yes\n" if is_well else "no\n")
        else:
            self._answer(404, "text/plain", "there are / and /metrics and /healthy\n")

    do_HEAD = do_GET  # noqa: N815  http.server's name

    def _answer(self, status: int, media_type: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is said of who looks."""
