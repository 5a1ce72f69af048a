"""The viewer as a server: what it listens on, and the documents that lie inside other files."""

from __future__ import annotations

import dataclasses
import functools
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from gongkai.archive.archive import Archive
from gongkai.enclosed import bytes_of
from gongkai.exits import Exit
from gongkai.session import CommandError
from gongkai.viewer.application import Served, application
from gongkai.viewer.protection import Guard

_AT_ONCE = 200
"""Requests under way; more are refused."""


@dataclasses.dataclass(frozen=True, slots=True)
class Serving:
    """What to listen on, and who may look."""

    host: str
    port: int
    hosts: frozenset[str]
    user: str
    password: str
    judgements: Path | None


def serve(archive: Archive, serving: Serving, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; ``ready`` is told the address.  Raises CommandError where the port is taken, lake errors."""
    app = application(
        Served(archive, functools.partial(bytes_of, archive), judgements=serving.judgements),
        Guard(serving.hosts, serving.user, serving.password),
    )
    listening = _listening(serving.host, serving.port)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=5,
        lifespan="on",
    )
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    ready(f"http://{host}:{listening.getsockname()[1]}/")
    uvicorn.Server(config).run([listening])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise CommandError(
            f"port {port} of {host!r} cannot be listened on ({error.strerror}): give another --port", Exit.WRONG_USAGE
        ) from error
    return listening
