"""The viewer as a server: what it listens on, and the documents that lie inside other files."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import functools
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import uvicorn

from gongkai.archive.archive import Archive
from gongkai.archive.retrieval import History
from gongkai.crawler.portal.health import portal_states
from gongkai.crawler.report.latest import Latest
from gongkai.enclosed import bytes_of
from gongkai.exits import Exit
from gongkai.queries.connection import load_manifest
from gongkai.queries.full_text.index import Index
from gongkai.queries.lake import connect
from gongkai.queries.sql_guard import run
from gongkai.session import CommandError
from gongkai.viewer.application import SETTINGS, Served, application
from gongkai.viewer.contradictory import EVERY_ONE, INBOX
from gongkai.viewer.errors import NotHeldError
from gongkai.viewer.gathering import Gather, closed_at_the_end, mark_of
from gongkai.viewer.protection import Guard
from gongkai.viewer.publications import EMPTY
from gongkai.withdrawals import withdrawn_rows

_CONNECTIONS = 1000
"""Open at once, those of browsers that ask for nothing too; ``protection`` refuses requests long before."""


_TIME = pa.timestamp("us", "UTC")
_PORTAL: dict[str, pa.DataType] = {
    "portal": pa.string(),
    "state": pa.string(),
    "read_whole_at": _TIME,
    "finished": _TIME,
    "failures": pa.string(),
    "drift": pa.string(),
}


def _portals(archive: Archive) -> pa.Table:
    """The state of every portal, as ``gongkai status`` tells it."""
    rows = [
        {
            "portal": portal.id,
            "state": portal.state,
            "read_whole_at": portal.trusted,
            "finished": portal.finished,
            "failures": _counts(portal.failures),
            "drift": _counts(portal.drift),
        }
        for portal in portal_states(Latest.of(archive))
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(_PORTAL))


def _counts(counted: Mapping[str, int]) -> str | None:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counted.items())) or None


def _withdrawn(archive: Archive) -> pa.Table:
    with contextlib.closing(History(archive)) as history:
        return withdrawn_rows(history).read_all()


def _original(archive: Archive, document: Mapping[str, Any]) -> bytes:
    try:
        return bytes_of(archive, document)
    except CommandError as error:
        raise NotHeldError(str(error)) from error


def _full_text(archive: Archive, place: str = "") -> pa.Table:
    """Bring the index of the full text in line with the newest publication, and tell which it is; with a ``place`` only
    of the provinces that hold documents of it, which come next whoever builds already."""
    mark, manifest = mark_of(archive.store), load_manifest(archive.store)
    Index(archive.store, lambda _: None, place=place).opened()
    return pa.table({"lake": [mark], "publication": [manifest.publication if manifest else EMPTY]})


def _contradictions(archive: Archive, **of: object) -> pa.Table:
    """Every contradiction of the newest publication, which the metadata name; ``of`` a province and a year alone."""
    lake = connect(archive.store, SETTINGS)
    with closed_at_the_end(lake):
        rows = run(lake, INBOX, {**EVERY_ONE, **of}).read_all()
        publication = lake.manifest.publication if lake.manifest else EMPTY
        return rows.replace_schema_metadata({"publication": publication})


def shown_of(archive: Archive, judgements: Path | None) -> Served:
    """All that the viewer shows of an archive."""
    gathered: dict[str, Gather] = {
        "portals": _portals,
        "withdrawn": _withdrawn,
        "full_text": _full_text,
        "contradictions": _contradictions,
    }
    return Served(archive, functools.partial(_original, archive), judgements=judgements, gathered=gathered)


@dataclasses.dataclass(frozen=True, slots=True)
class Serving:
    """Address to listen on, and who may look."""

    host: str
    port: int
    hosts: frozenset[str]
    user: str
    password: str
    judgements: Path | None


def serve(archive: Archive, serving: Serving, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; ``ready`` is told the address.  Raises CommandError where the port is taken, lake errors."""
    guard = Guard(serving.hosts, serving.user, serving.password)
    shown = dataclasses.replace(shown_of(archive, serving.judgements), works_ahead=True)
    app = application(shown, guard)
    listening = _listening(serving.host, serving.port)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
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
    except (OSError, UnicodeError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or error
        is_no_host = isinstance(error, UnicodeError | socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
        other = "host" if is_no_host else "port"
        raise CommandError(
            f"port {port} of {host!r} cannot be listened on ({why}): give another --{other}",
            Exit.WRONG_USAGE,
        ) from error
    return listening
