"""The demonstration portal: ``site/`` over HTTP on 127.0.0.1, with the evidence a real server gives.

Every answer carries ``ETag`` (of the bytes) and ``Last-Modified`` (of the file), and a conditional request is
answered with 304 as RFC 9110 section 13 lays down.  Files offered for download carry ``Content-Disposition`` with
their real name (RFC 6266, RFC 8187).  Nothing outside the site's directory is ever served.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import importlib.resources
import json
import threading
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import quote, unquote, urlsplit

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class DemoPortalError(Exception):
    """Raised when the demonstration's files are missing, its port is taken, or it is used while not running."""


class Request(NamedTuple):
    """One answered request: method, path as sent with its query, and the status of the answer."""

    method: str
    path: str
    status: int


@dataclasses.dataclass(frozen=True, slots=True)
class _Resource:
    body: bytes
    media_type: str
    modified: dt.datetime
    download_name: str | None

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


class DemoPortal:
    """Serves the demonstration site from a thread while the ``with`` block lasts.

    ``url`` is the base address without a slash at its end; ``requests`` lists what was asked so far, in the order
    of the answers.  ``port`` 0 means any free port; another one keeps the addresses the same from run to run, so that
    a second crawl recognises what it has.  ``site`` and ``downloads`` may be given to serve another directory the
    same way.
    """

    def __init__(self, port: int = 0, site: Path | None = None, downloads: dict[str, str] | None = None) -> None:
        self.port = port
        home = Path(str(importlib.resources.files(__package__)))
        self.site = (site or home / "site").resolve()
        if not self.site.is_dir():
            raise DemoPortalError(f"The demonstration site {str(self.site)!r} is missing: reinstall gongkai.")
        self.downloads = _read_downloads(home) if downloads is None else downloads
        self._requests: list[Request] = []
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        handler = type("_BoundHandler", (_Handler,), {"portal": self})
        try:
            self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        except OSError as error:
            message = f"The demonstration portal cannot listen on 127.0.0.1:{self.port} ({error}): choose another port."
            raise DemoPortalError(message) from error
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server and self._thread:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
        self._server = self._thread = None

    @property
    def url(self) -> str:
        """``http://127.0.0.1:<port>``.  Raises DemoPortalError outside the ``with`` block."""
        if self._server is None:
            raise DemoPortalError("The demonstration portal is not running: use it in a with statement.")
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def requests(self) -> list[Request]:
        """A copy of the request log."""
        with self._lock:
            return list(self._requests)

    def write_portal_file(self, folder: Path) -> Path:
        """Write ``demo.yaml``, the portal file of this running portal, into ``folder`` and return its path."""
        home = Path(str(importlib.resources.files(__package__)))
        text = (home / "portal.yaml").read_text(encoding="utf-8")
        path = folder / "demo.yaml"
        path.write_text(text.replace("{base}", self.url), encoding="utf-8")
        return path

    def note(self, request: Request) -> None:
        """Add one line to the request log."""
        with self._lock:
            self._requests.append(request)

    def find(self, target: str) -> _Resource | None:
        """The resource at a request target; None for whatever is not a file of the site."""
        try:
            path = unquote(urlsplit(target).path, errors="strict")
        except ValueError:
            return None
        if not path.startswith("/") or "\0" in path or "\\" in path:
            return None
        if path.endswith("/"):
            path += "index.html"
        try:
            file = (self.site / path.lstrip("/")).resolve()
            if not file.is_relative_to(self.site) or not file.is_file():
                return None
            body, seconds = file.read_bytes(), file.stat().st_mtime
        except OSError:
            return None
        modified = dt.datetime.fromtimestamp(int(seconds), dt.UTC)
        media_type = MEDIA_TYPES.get(file.suffix.lower(), "application/octet-stream")
        return _Resource(body, media_type, modified, self.downloads.get(path))


def _read_downloads(home: Path) -> dict[str, str]:
    names: dict[str, str] = json.loads((home / "downloads.json").read_text(encoding="utf-8"))
    return names


def _is_unchanged(resource: _Resource, if_none_match: str | None, if_modified_since: str | None) -> bool:
    if if_none_match is not None:
        tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return "*" in tags or resource.etag in tags
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return resource.modified <= (since if since.tzinfo else since.replace(tzinfo=dt.UTC))


def _disposition(name: str) -> str:
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


class _Handler(BaseHTTPRequestHandler):
    portal: DemoPortal
    protocol_version = "HTTP/1.1"
    server_version = "gongkai-demo"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        resource = self.portal.find(self.path)
        if resource is None:
            self._send(HTTPStatus.NOT_FOUND, {}, "<h1>404 页面不存在</h1>\n".encode(), with_body=with_body)
            return
        headers = {"ETag": resource.etag, "Last-Modified": format_datetime(resource.modified, usegmt=True)}
        headers["Cache-Control"] = "no-cache"
        if _is_unchanged(resource, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")):
            self._send(HTTPStatus.NOT_MODIFIED, headers, None, with_body=False)
            return
        headers["Content-Type"] = resource.media_type
        if resource.download_name:
            headers["Content-Disposition"] = _disposition(resource.download_name)
        self._send(HTTPStatus.OK, headers, resource.body, with_body=with_body)

    def _send(self, status: HTTPStatus, headers: dict[str, str], body: bytes | None, *, with_body: bool) -> None:
        self.portal.note(Request(self.command, self.path, int(status)))
        self.send_response(status)
        if body is not None:
            headers = {"Content-Type": "text/html; charset=utf-8", **headers, "Content-Length": str(len(body))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if body is not None and with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is the base class's
        """Keep the terminal for the demonstration; ``DemoPortal.requests`` is the log."""
