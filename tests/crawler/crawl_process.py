"""One crawl, as the process that runs it sees it."""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import math
import os
import resource
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from gongkai.archive import Archive, Arrived, Original
from gongkai.archive.keeping import Keeper, KeepingProcess
from gongkai.crawler import settings as project_settings
from gongkai.crawler.errors import AlreadyCrawledError
from gongkai.crawler.portal.file import load_portal
from gongkai.crawler.run import crawl
from gongkai.crawler.wire import rendering

WATCHED = ("keep_original", "original", "record", "latest_by_url")


def watch(name: str, calls: list[tuple[str, bool]]) -> None:
    """Note of each call of an archive method whether it ran on the thread of the event loop."""
    method = getattr(Archive, name)

    def watched(*args: Any, **kwargs: Any) -> Any:
        calls.append((name, threading.current_thread() is threading.main_thread()))
        return method(*args, **kwargs)

    setattr(Archive, name, watched)


def die_at(name: str, number: int, moment: str) -> None:
    """Have the process killed before or after the so-many-th call of an archive method."""
    method, calls = getattr(Archive, name), itertools.count(1)

    def deadly(*args: Any, **kwargs: Any) -> Any:
        is_last = next(calls) == number
        if is_last and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = method(*args, **kwargs)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(Archive, name, deadly)


def tell_of_signals(folder: Path) -> None:
    """Write a byte into `signals` for each signal that was noticed, once what it sets off is prepared."""
    install = signal.signal

    def installed(number: int, handler: Any) -> Any:
        def handled(number: int, frame: Any) -> None:
            handler(number, frame)
            with (folder / "signals").open("ab") as noticed:
                noticed.write(b".")

        return install(number, handled if callable(handler) else handler)

    signal.signal = installed  # type: ignore[assignment]


def be_patient_with_browsers() -> None:
    """Give a browser minutes to start, and to draw what is waited for: it does nothing quickly on a busy machine."""
    configure = rendering.configure

    def patient(settings: BaseSettings) -> None:
        configure(settings)
        settings["PLAYWRIGHT_LAUNCH_OPTIONS"]["timeout"] = 300_000

    rendering.configure, rendering.IDLE_SECONDS = patient, 300


def keep_apart(replace: Callable[[Any, str, Any], None]) -> list[str]:
    """Have all originals kept in a process apart, for which they wait, however long; the hashes it answered."""
    start, keep, keep_any, kept = KeepingProcess.start, KeepingProcess.keep, Keeper.keep, []
    starting: set[KeepingProcess] = set()

    async def ready(self: KeepingProcess) -> None:
        starting.add(self)
        await start(self)
        while not self.is_free:
            await asyncio.sleep(0.01)
        starting.remove(self)

    async def patient(self: Keeper, payload: Arrived) -> Original:
        while starting:
            await asyncio.sleep(0.01)
        return await keep_any(self, payload)

    async def noted(self: KeepingProcess, payload: Arrived) -> Original:
        original = await keep(self, payload)
        kept.append(original.sha256)
        return original

    replace(Keeper, "QUICK", (1, math.inf))
    replace(Keeper, "keep", patient)
    replace(KeepingProcess, "PATIENCE_SECONDS", math.inf)
    replace(KeepingProcess, "start", ready)
    replace(KeepingProcess, "keep", noted)
    return kept


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
    for name, value in options.pop("settings", {}).items():
        setattr(project_settings, name, value)
    if deadly := options.pop("dies_at", None):
        die_at(*deadly)
    kept_apart = keep_apart(setattr) if options.pop("apart", False) else []
    tell_of_signals(folder)
    be_patient_with_browsers()
    if rebinding := options.pop("rebinding", None):
        rebind(rebinding)
    if file_bytes := options.pop("file_bytes", None):
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    if temporary := options.pop("temporary", None):
        tempfile.tempdir = temporary
    recorded: list[str] = []
    remember: Callable[[Any], None] = lambda capture: recorded.append(capture.url)  # noqa: E731
    report = crawl(root, [load_portal(file) for file in files], on_capture=remember, **options)
    gc.collect()
    held = sum(isinstance(each, Crawler) for each in gc.get_objects())
    document = {**report.as_dict(), "calls": calls, "recorded": recorded, "crawlers_held": held}
    document["kept_apart"] = len(kept_apart)
    if twice:
        try:
            crawl(root, [load_portal(file) for file in files])
        except AlreadyCrawledError as error:
            document["second"] = str(error)
    (folder / "report.json").write_text(json.dumps(document), encoding="utf-8")
