"""One crawl, as the process that runs it sees it."""

from __future__ import annotations

import json
import os
import resource
import socket
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from gongkai.archive import Archive
from gongkai.crawler.errors import AlreadyCrawledError
from gongkai.crawler.portal.file import load_portal
from gongkai.crawler.run import crawl

WATCHED = ("keep_original", "original", "record", "latest_by_url")


def watch(name: str, calls: list[tuple[str, bool]]) -> None:
    """Note of each call of an archive method whether it ran on the thread of the event loop."""
    method = getattr(Archive, name)

    def watched(*args: Any, **kwargs: Any) -> Any:
        calls.append((name, threading.current_thread() is threading.main_thread()))
        return method(*args, **kwargs)

    setattr(Archive, name, watched)


def rebind(name: str) -> None:
    """Have a name lead into the public network when it is looked up to be checked, and to loopback to connect to."""
    look_up, connect_to = socket.getaddrinfo, socket.gethostbyname
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("202.96.128.86", 0))]
    socket.getaddrinfo = lambda host, *more, **named: (  # type: ignore[assignment]
        public if host == name else look_up(host, *more, **named)
    )
    socket.gethostbyname = lambda host: "127.0.0.1" if host == name else connect_to(host)


def main(folder: Path, root: str, files: Sequence[Path], options: dict[str, Any]) -> None:
    """Crawl, and write `report.json` into the folder, with the watched calls and the acknowledged captures."""
    with (folder / "errors").open("wb") as errors:
        os.dup2(errors.fileno(), 2)
    calls: list[tuple[str, bool]] = []
    for name in WATCHED if options.pop("watch", False) else ():
        watch(name, calls)
    twice = options.pop("twice", False)
    os.environ.update(options.pop("environment", {}))
    if rebinding := options.pop("rebinding", None):
        rebind(rebinding)
    if file_bytes := options.pop("file_bytes", None):
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    if temporary := options.pop("temporary", None):
        tempfile.tempdir = temporary
    recorded: list[str] = []
    remember: Callable[[Any], None] = lambda capture: recorded.append(capture.url)  # noqa: E731
    report = crawl(root, [load_portal(file) for file in files], on_capture=remember, **options)
    document = {**report.as_dict(), "calls": calls, "recorded": recorded}
    if twice:
        try:
            crawl(root, [load_portal(file) for file in files])
        except AlreadyCrawledError as error:
            document["second"] = str(error)
    (folder / "report.json").write_text(json.dumps(document), encoding="utf-8")
