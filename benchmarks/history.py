"""What a country's history of crawls costs to know: an archive of many portals, each crawled daily, and who reads it.

    python benchmarks/history.py build DIR [--portals N] [--days N] [--documents N]
    python benchmarks/history.py measure DIR

`build` writes capture files and run reports as crawls leave them, without the originals: for each portal a first crawl
that finds its documents, then a run a day (one for all portals) that looks at two listing pages and finds a document
every twentieth day.  `measure` times, each in a process of its own and twice, what `status`, `crawl --due`, a crawl of
one portal, `get` and `parse` (its lake knows nothing) have to know, with the memory at its highest and the number of
objects read.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gongkai.archive import Archive, Capture, Outcome, Role, capture_table, inventory, keys, seal
from gongkai.archive.store import Store

FIRST = dt.datetime(2024, 1, 1, 1, tzinfo=dt.UTC)
BATCH = 12
"""Captures in a file of a first crawl: what comes in five seconds, politely, is fewer still."""
HEADERS = tuple((name, "x" * 20) for name in ("Date", "Server", "ETag", "Last-Modified", "Content-Type", "Connection"))


def build(root: Path, portals: int, days: int, documents: int) -> None:
    names = [f"province-{number // 100:02d}/county-{number:04d}".replace("/", "-") for number in range(portals)]
    digests: dict[str, str | None] = {}
    for day in range(days):
        moment = FIRST + dt.timedelta(days=day)
        run = f"{moment:%Y%m%dT%H%M%S%fZ}-0000"
        written = {}
        for number, name in enumerate(names):
            prefix = keys.captures_prefix(name, run)
            files = list(of_a_day(name, run, moment, day, number, documents))
            for at, captures in enumerate(files):
                path = root / f"{prefix}{at:06d}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(capture_table.dump(captures))
            written[prefix] = len(files)
        digests[run] = write_report(root, run, moment, names, written)
    data = {"format": 1, "runs": digests, "heads": [], "lake": False, "twin": True}
    for key in inventory.COPIES:
        (root / key).parent.mkdir(parents=True, exist_ok=True)
        (root / key).write_bytes(seal.sealed_json(data))


def of_a_day(  # noqa: PLR0917 - the parts of a name, in their order
    name: str, run: str, moment: dt.datetime, day: int, number: int, documents: int
) -> Iterator[list[Capture]]:
    """The capture files of a portal's run."""
    listing = [capture(name, run, moment, Role.LISTING, f"index_{page}.html", f"{day // 20}") for page in range(2)]
    if day == 0:
        every = [
            capture(name, run, moment, role, f"{each}.{suffix}", "")
            for each in range(documents)
            for role, suffix in ((Role.ARTICLE, "html"), (Role.ATTACHMENT, "pdf"))
        ]
        yield from (every[at : at + BATCH] for at in range(0, len(every), BATCH))
    elif (day + number) % 20 == 0:
        listing.append(capture(name, run, moment, Role.ATTACHMENT, f"new-{day}.pdf", ""))
    yield listing


def capture(  # noqa: PLR0917 - the parts of a name, in their order
    portal: str, run: str, moment: dt.datetime, role: Role, path: str, version: str
) -> Capture:
    url = f"https://www.{portal}.gov.cn/zwgk/czxx/{path}"
    digest = hashlib.sha256(f"{url} {version}".encode()).hexdigest()
    return Capture(
        capture_id=hashlib.md5(f"{url} {run}".encode(), usedforsecurity=False).hexdigest(),
        run_id=run,
        portal=portal,
        role=role,
        url=url,
        outcome=Outcome.CAPTURED,
        requested_at=moment,
        received_at=moment,
        http_status=200,
        request_headers=HEADERS[:3],
        response_headers=HEADERS,
        parent_url=url.rpartition("/")[0] if role is Role.ATTACHMENT else None,
        payload_sha256=digest,
        payload_bytes=100_000,
        link_text=f"{portal}2025年部门预算公开",
        published_on=moment.date(),
    )


def write_report(root: Path, run: str, moment: dt.datetime, names: list[str], written: dict[str, int]) -> str:
    at = moment.isoformat()
    portals = [{"portal": name, "finished": at, "exit_code": 0, "documents": 1, "problems": []} for name in names]
    report = {"format": 1, "run_id": run, "started": at, "finished": at, "exit_code": 0, "portals": portals}
    data = seal.sealed_json({**report, "capture_files": written, "page": None, "previous": {}})
    path = root / keys.run_report_key(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


# --- measuring --------------------------------------------------------------------------------------------------------


def due(archive: Archive) -> int:
    from gongkai.crawler.portal.schedule import last_crawls  # noqa: PLC0415  each process imports what it needs
    from gongkai.crawler.report.latest import Latest  # noqa: PLC0415

    return len(last_crawls(Latest.of(archive)))


def counted(archive: Archive) -> int:
    from gongkai.crawler.report.latest import captures_counted  # noqa: PLC0415

    return sum(seen["count"] for seen in captures_counted(archive).values())


def one_portal(archive: Archive) -> int:
    return len(archive.latest_by_url("province-00-county-0000"))


def one_address(archive: Archive) -> int:
    return len(archive.find("https://www.province-00-county-0000.gov.cn/zwgk/czxx/1.pdf"))


def to_parse(archive: Archive) -> int:
    from gongkai.parsing.candidates import candidates  # noqa: PLC0415  what is left of a lake is measured elsewhere

    return candidates(archive).count


def batches(archive: Archive) -> int:
    from gongkai.parsing.left import what_is_left  # noqa: PLC0415  as above

    return sum(len(batch.chosen) for batch in what_is_left(archive).batches())


MEASURED: dict[str, Callable[[Archive], int]] = {
    "portals due": due,
    "captures counted": counted,
    "one portal's last captures": one_portal,
    "originals that may be left to parse": to_parse,
    "captures of what is left, a batch at a time": batches,
    "captures of one address": one_address,
}


def measured(root: str, name: str, result: Any) -> None:
    archive = Archive.open(root)
    read = Reading(archive.store)
    before, processor = time.perf_counter(), time.process_time()
    number = MEASURED[name](archive)
    seconds, used = time.perf_counter() - before, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    result.send((number, seconds, used, peak, read.count))


class Reading:
    """Counts the objects read."""

    def __init__(self, store: Store) -> None:
        self.count, through = 0, store.read

        def read(key: str) -> bytes:
            self.count += 1
            return through(key)

        store.read = read  # type: ignore[method-assign]


def measure(root: Path) -> None:
    sys.stdout.write("| what | time | number | seconds | of the processor | MB at the highest | objects read |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    for name in MEASURED:
        for time_ in ("first", "again"):
            here, there = multiprocessing.Pipe()
            process = multiprocessing.get_context("spawn").Process(target=measured, args=(str(root), name, there))
            process.start()
            number, seconds, used, peak, read = here.recv()
            process.join()
            sys.stdout.write(
                f"| {name} | {time_} | {number:,} | {seconds:.2f} | {used:.2f} | {peak:.0f} | {read:,} |\n"
            )
            sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["build", "measure"])
    parser.add_argument("root", type=Path)
    parser.add_argument("--portals", type=int, default=320)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--documents", type=int, default=700)
    given = parser.parse_args()
    if given.what == "build":
        build(given.root, given.portals, given.days, given.documents)
    else:
        measure(given.root)


if __name__ == "__main__":
    main()
