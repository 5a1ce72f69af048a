"""How fast the crawler is beside Scrapy itself: the same files from the same server on this machine.

    python benchmarks/crawl.py [--files N] [--kilobytes K] [--concurrency C] [--rounds R]
    python benchmarks/crawl.py --urls N
    python benchmarks/crawl.py --hosts N
    python benchmarks/crawl.py --portals N

Three crawls take turns, each in a process of its own: a bare Scrapy spider that downloads and forgets, Scrapy's
FilesPipeline, and gongkai (hash, store, capture records).  Pauses, robots.txt of the first two and AutoThrottle are
off for all; the number of requests at once is the same.  The server runs on the same cores.  Shares are medians over
the rounds of what one round gives, as the machine is another one in the next.  The loop is the thread in which Scrapy
runs: what it does bounds the requests a second wherever a second core is free for the threads that store.

With `--urls` gongkai alone crawls that many small pages, and its memory is shown as it grows.  With `--hosts` it crawls
one host and then so many side by side (addresses from 127.0.0.2 on), polite to each: half a second between two
requests.  With `--portals` it crawls so many portals of three small pages each on hosts of their own, without pauses,
and shows its memory as they end.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import dataclasses
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import scrapy
import yaml
from scrapy.crawler import CrawlerProcess

PER_PAGE = 500
"""Rows on a listing page."""
FINISH = "finished"


# --- the server -------------------------------------------------------------------------------------------------------


class Server(asyncio.Protocol):
    """Answers by address alone: `/N.pdf` a file, `/N.html` a small page, `/` and `/index_N.html` a listing."""

    total, size, suffix = 0, 0, ".pdf"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not transport.get_extra_info("peername")[0].startswith("127."):
            transport.abort()  # type: ignore[attr-defined]  nobody else is served
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            kind, body = self.answer(path)
            status = "200 OK" if body else "404 Not Found"
            head_out = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            self.transport.write(head_out.encode() + b'ETag: "1"\r\n\r\n' + body)  # type: ignore[attr-defined]

    def answer(self, path: str) -> tuple[str, bytes]:
        name = path.rpartition("/")[2]
        if name == "robots.txt":
            return "text/plain", b""
        if name == "" or name.startswith("index"):
            page = int(name[6:-5]) if name else 0
            return "text/html", self.listing(page)
        number = name.partition(".")[0]
        if name.endswith(".pdf"):
            return "application/pdf", b"%PDF-1.4\n" + number.encode().rjust(20) + FILLING[: self.size - 29]
        return (
            "text/html",
            f"<html><title>第{number}号</title><body>第{number}号 {'预算公开' * 60}</body></html>".encode(),
        )

    def listing(self, page: int) -> bytes:
        numbers = range(page * PER_PAGE, min((page + 1) * PER_PAGE, self.total))
        rows = "".join(f"<li><span>2025-02-14</span><a href='{n}{self.suffix}'>预算 {n}</a></li>" for n in numbers)
        pages = -(-self.total // PER_PAGE)
        call = f"<script>createPageHTML({pages}, {page}, 'index', 'html');</script>"
        return f"<html><body><ul>{rows}</ul>{call}</body></html>".encode()


FILLING = bytes(range(256)) * 40_000


def serve(total: int, size: int, suffix: str, hosts: int, port: Any) -> None:
    """Serve on so many addresses until the process is ended; the port goes through the pipe."""
    Server.total, Server.size, Server.suffix = total, size, suffix

    async def run() -> None:
        # One socket for all loopback addresses: ten thousand of them would be as many open files.
        server = await asyncio.get_running_loop().create_server(Server, "0.0.0.0" if hosts else "127.0.0.1", 0)  # noqa: S104
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def address(host: int) -> str:
    """The loopback address of one of many hosts."""
    return f"127.0.{(host + 2) // 256}.{(host + 2) % 256}"


@contextlib.contextmanager
def serving(total: int, size: int, suffix: str, hosts: int = 0) -> Iterator[str]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(total, size, suffix, hosts, theirs), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/"
    finally:
        process.terminate()
        process.join()


# --- the three crawls -------------------------------------------------------------------------------------------------


class BareSpider(scrapy.Spider):
    """Downloads and forgets."""

    name = "bare"

    async def start(self) -> Any:
        for number in range(self.total):  # type: ignore[attr-defined]
            yield scrapy.Request(f"{self.base}{number}.pdf", callback=self.take)  # type: ignore[attr-defined]

    def take(self, response: Any) -> None:
        Done.count += response.status == 200


class FilesSpider(scrapy.Spider):
    """One item with one file for each address, as FilesPipeline wants it."""

    name = "files"

    async def start(self) -> Any:
        for number in range(self.total):  # type: ignore[attr-defined]
            yield {"file_urls": [f"{self.base}{number}.pdf"], "files": []}


class Done:
    count = 0


SCRAPY = {"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": False}


def bare(base: str, total: int, concurrency: int, _folder: Path) -> int:
    with_scrapy(BareSpider, base, total, concurrency, {})
    return Done.count


def files(base: str, total: int, concurrency: int, folder: Path) -> int:
    more = {
        "ITEM_PIPELINES": {"scrapy.pipelines.files.FilesPipeline": 1},
        "FILES_STORE": str(folder),
        "CONCURRENT_ITEMS": concurrency,
    }
    with_scrapy(FilesSpider, base, total, concurrency, more)
    return sum(1 for _ in (folder / "full").iterdir())


def with_scrapy(spider: type[scrapy.Spider], base: str, total: int, concurrency: int, more: dict[str, Any]) -> None:
    at_once = {"CONCURRENT_REQUESTS": concurrency, "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency}
    process = CrawlerProcess({**SCRAPY, **at_once, "DOWNLOAD_DELAY": 0, **more})
    process.crawl(spider, base=base, total=total)
    process.start()


def ours(base: str, total: int, concurrency: int, folder: Path, every: Callable[[int], None] | None = None) -> int:
    """Gongkai with its politeness off, which no portal file can ask for."""
    from gongkai.crawler import settings  # noqa: PLC0415  the other crawls are not to pay for importing it
    from gongkai.crawler.portal.file import load_portal  # noqa: PLC0415
    from gongkai.crawler.run import crawl  # noqa: PLC0415

    settings.CONCURRENT_REQUESTS = settings.CONCURRENT_REQUESTS_PER_DOMAIN = concurrency
    settings.AUTOTHROTTLE_ENABLED = False
    file = folder / "portal.yaml"
    facts = {"id": "bench", "name": "测", "family": "trs", "division_code": "990000", "verified": "unverified"}
    file.write_text(yaml.safe_dump({**facts, "start_urls": [base], "allow_loopback": True, "delay_seconds": 0}))
    seen = 0

    def acknowledged(_capture: object) -> None:
        nonlocal seen
        seen += 1
        if every is not None:
            every(seen)

    report = crawl(str(folder / "archive"), [load_portal(file)], on_capture=acknowledged)
    [portal] = report.portals
    if portal.problems:
        sys.stderr.write(f"{portal.problems[:3]}\n")
    return portal.new


CRAWLS: dict[str, Callable[[str, int, int, Path], int]] = {
    "bare Scrapy": bare,
    "FilesPipeline": files,
    "gongkai": ours,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of one crawl: on the wall, of the processor, and of it in the loop's thread."""

    wall: float
    processor: float
    loop: float


def measured(name: str, base: str, total: int, concurrency: int, result: Any) -> None:
    """One crawl in this process; what it took and its files to the pipe."""
    import gongkai.crawler.families.trs  # noqa: PLC0415  imports are not what is measured, of either
    import gongkai.crawler.run  # noqa: PLC0415
    import gongkai.crawler.spider.portal_spider  # noqa: F401, PLC0415

    with tempfile.TemporaryDirectory(prefix="gongkai-benchmark-") as folder:
        before = Taken(time.perf_counter(), time.process_time(), time.thread_time())
        count = CRAWLS[name](base, total, concurrency, Path(folder))
        wall, processor = time.perf_counter() - before.wall, time.process_time() - before.processor
        result.send((Taken(wall, processor, time.thread_time() - before.loop), count))


def once(name: str, base: str, total: int, concurrency: int) -> Taken:
    """One crawl in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=measured, args=(name, base, total, concurrency, there)
    )
    process.start()
    taken: Taken
    taken, count = here.recv()
    process.join()
    if count != total:
        raise RuntimeError(f"{name} has {count} of {total} files")
    return taken


def compare(total: int, kilobytes: int, concurrency: int, rounds: int) -> None:
    taken: dict[str, list[Taken]] = {name: [] for name in CRAWLS}
    with serving(total, kilobytes * 1000, ".pdf") as base:
        for number in range(rounds):
            for name in [*CRAWLS][number % len(CRAWLS) :] + [*CRAWLS][: number % len(CRAWLS)]:
                taken[name].append(once(name, base, total, concurrency))
    sys.stdout.write(
        "| crawl | requests/s | MB/s | of bare | of FilesPipeline | processor, ms a file | in the loop |\n"
    )
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    for name, each in taken.items():
        rate = total / statistics.median(one.wall for one in each)
        used, loop = (statistics.median(values) / total * 1000 for values in zip(*map(of_processor, each), strict=True))
        shares = " | ".join(f"{share(taken[other], each):.2f}" for other in ("bare Scrapy", "FilesPipeline"))
        sys.stdout.write(
            f"| {name} | {rate:.0f} | {rate * kilobytes / 1000:.0f} | {shares} | {used:.2f} | {loop:.2f} |\n"
        )


def of_processor(one: Taken) -> tuple[float, float]:
    return one.processor, one.loop


def share(theirs: Sequence[Taken], ours_: Sequence[Taken]) -> float:
    """Requests a second as a share of another crawl's, round by round."""
    return statistics.median(other.wall / one.wall for other, one in zip(theirs, ours_, strict=True))


# --- memory -----------------------------------------------------------------------------------------------------------


def resident() -> float:
    """Megabytes of memory this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def grow(total: int, concurrency: int) -> None:
    step = max(1, total // 10)
    started = time.perf_counter()

    def every(seen: int) -> None:
        if seen % step == 0:
            rate = seen / (time.perf_counter() - started)
            sys.stdout.write(f"| {seen:,} | {resident():.0f} | {rate:.0f} |\n")
            sys.stdout.flush()

    sys.stdout.write("| captures | MB | requests/s |\n|---|---|---|\n")
    with serving(total, 0, ".html") as base, tempfile.TemporaryDirectory(prefix="gongkai-benchmark-") as folder:
        count = ours(base, total, concurrency, Path(folder), every)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    sys.stdout.write(f"\n{count:,} new documents; at its highest {peak:.0f} MB.\n")


# --- many hosts -------------------------------------------------------------------------------------------------------

DOCUMENTS, PAUSE = 20, 0.5
"""Files on each host, and seconds between two requests to it."""


def polite(hosts: int, port: str, result: Any) -> None:
    """Crawl so many hosts as their files ask for it; seconds to the pipe."""
    from gongkai.crawler.portal.file import load_portal  # noqa: PLC0415
    from gongkai.crawler.run import crawl  # noqa: PLC0415

    facts = {"name": "测", "family": "trs", "division_code": "990000", "verified": "unverified"}
    with tempfile.TemporaryDirectory(prefix="gongkai-benchmark-") as folder:
        portals = []
        for host in range(hosts):
            file = Path(folder) / f"{host}.yaml"
            own = {"id": f"h{host}", "start_urls": [f"http://{address(host)}:{port}/"], "allow_loopback": True}
            file.write_text(yaml.safe_dump({**facts, **own, "delay_seconds": PAUSE}))
            portals.append(load_portal(file))
        before = time.perf_counter()
        report = crawl(f"{folder}/archive", portals)
        result.send((time.perf_counter() - before, sum(portal.new for portal in report.portals)))


def side_by_side(hosts: int) -> None:
    sys.stdout.write("| hosts | files | seconds |\n|---|---|---|\n")
    with serving(DOCUMENTS, 100_000, ".pdf", hosts) as base:
        port = base.rstrip("/").rpartition(":")[2]
        for count in (1, hosts):
            here, there = multiprocessing.Pipe()
            process = multiprocessing.get_context("spawn").Process(target=polite, args=(count, port, there))
            process.start()
            seconds, found = here.recv()
            process.join()
            sys.stdout.write(f"| {count} | {found:,} | {seconds:.1f} |\n")


# --- many portals -----------------------------------------------------------------------------------------------------


class Ended:
    """Shows memory as portals end."""

    def __init__(self, total: int) -> None:
        self.count, self.step, self.started = 0, max(1, total // 10), time.perf_counter()

    def begun(self, portal: str, hosts: object) -> None:
        """Nothing is shown of a portal that begins."""

    def ended(self, _report: object) -> None:
        self.count += 1
        if self.count % self.step == 0:
            rate = self.count / (time.perf_counter() - self.started)
            sys.stdout.write(f"| {self.count:,} | {resident():.0f} | {rate:.1f} |\n")
            sys.stdout.flush()


def many(count: int) -> None:
    from gongkai.crawler import settings  # noqa: PLC0415  the other crawls are not to pay for importing it
    from gongkai.crawler.portal.file import load_portal  # noqa: PLC0415
    from gongkai.crawler.run import crawl  # noqa: PLC0415

    settings.AUTOTHROTTLE_ENABLED = False
    facts = {"name": "测", "family": "trs", "division_code": "990000", "verified": "unverified"}
    with (
        serving(3, 0, ".html", count) as base,
        tempfile.TemporaryDirectory(prefix="gongkai-benchmark-") as folder,
    ):
        port, portals, file = base.rstrip("/").rpartition(":")[2], [], Path(folder) / "portal.yaml"
        for host in range(count):
            own = {"id": f"h{host}", "start_urls": [f"http://{address(host)}:{port}/"], "allow_loopback": True}
            file.write_text(yaml.safe_dump({**facts, **own, "delay_seconds": 0}))
            portals.append(load_portal(file))
        sys.stdout.write("| portals | MB | portals/s |\n|---|---|---|\n")
        sys.stdout.write(f"| none yet, their files read | {resident():.0f} | |\n")
        report = crawl(f"{folder}/archive", portals, watcher=Ended(count))
    found = sum(portal.new for portal in report.portals)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    sys.stdout.write(f"\n{found:,} new documents of {count:,} portals; at its highest {peak:.0f} MB.\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--kilobytes", type=int, default=100)
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--urls", type=int, help="measure memory over so many small pages instead")
    parser.add_argument("--hosts", type=int, help="crawl so many polite hosts side by side instead")
    parser.add_argument("--portals", type=int, help="measure memory over so many portals instead")
    given = parser.parse_args()
    if given.portals:
        many(given.portals)
    elif given.hosts:
        side_by_side(given.hosts)
    elif given.urls:
        grow(given.urls, given.concurrency)
    else:
        compare(given.files, given.kilobytes, given.concurrency, given.rounds)


if __name__ == "__main__":
    main()
