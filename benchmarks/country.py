"""The country on paper: one core's figures of a folder of documents, carried to all places and ten years.

    python benchmarks/country.py [FOLDER …] [--documents N] [--places N] [--requests N] [--touched N] [--price NAME=$ …]

Measured here: processor seconds, pages and bytes of a document, of its rows in a lake's file, of its rows handed over
by a cluster's worker, and the processor seconds in which a child that crawls a portal is ready.  Assumed, and options:
how many documents and places there are, requests for a document, partitions that one publication touches, prices.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa

from gongkai.cluster.handover import dump
from gongkai.crawler.run import PORTALS_AT_ONCE
from gongkai.crawler.settings import DOWNLOAD_DELAY
from gongkai.lake.encoding import parquet
from gongkai.lake.packing import PackedDocument, pack
from gongkai.lake.partition import PARTITION
from gongkai.lake.schema import TABLES
from gongkai.parsing.document import parse_original
from gongkai.parsing.publisher import Context
from gongkai.parsing.stage import DOCUMENTS_PER_PUBLICATION

SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FOLDERS = (SHARED / "pdf", SHARED / "office")
PRICES = {"put": 5e-6, "get": 4e-7, "gigabyte_month": 0.023, "core_hour": 0.04}
"""Dollars for a writing request, for a reading one, and so on: an example, of a large provider."""
ROWS_PER_LISTING = 20


@dataclasses.dataclass(slots=True)
class Measured:
    """Sums over the documents read, and the child's start."""

    documents: int = 0
    pages: int = 0
    paged: int = 0
    seconds: float = 0.0
    originals: int = 0
    handed_over: int = 0
    lake: int = 0
    start_seconds: float = 0.0


def measure(folders: Iterable[Path]) -> Measured:
    """Parse every file of the folders on one core, as a worker of the stage does."""
    found, packed = Measured(), list[PackedDocument]()
    for file in (file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()):
        data = file.read_bytes()
        before = time.process_time()
        documents = [
            pack(document)
            for document in parse_original(hashlib.sha256(data).hexdigest(), data, Context(file_name=file.name))
        ]
        found.handed_over += len(dump(documents))
        found.seconds += time.process_time() - before
        found.documents += 1
        found.originals += len(data)
        pages = sum(document.row()["pages"] or 0 for document in documents)
        found.pages, found.paged = found.pages + pages, found.paged + bool(pages)
        packed += documents
    found.lake = lake_bytes(packed)
    found.start_seconds = start_seconds()
    return found


def lake_bytes(packed: Sequence[PackedDocument]) -> int:
    """Bytes of the documents' rows as one partition, which holds some 240 documents at national size."""
    size = 0
    for name, table in TABLES.items():
        rows = pa.concat_tables([document.table(name) for document in packed]).drop_columns(list(PARTITION))
        if rows.num_rows:
            size += len(parquet(rows.sort_by([(column, "ascending") for column in table.sort]), table.sort))
    return size


def start_seconds() -> float:
    """Processor seconds in which a process has imported what a child of ``gongkai.cluster.crawling`` needs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "import gongkai.cluster.crawling"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def country(found: Measured, options: argparse.Namespace, prices: dict[str, float]) -> list[tuple[str, str, str]]:
    """Rows of the table: what, measured or assumed, for the country."""
    each, documents, places = 1 / found.documents, options.documents, options.places
    hours = found.seconds * each * documents / 3600
    per_place = documents / places
    requests = per_place * options.requests + per_place / ROWS_PER_LISTING
    portal_hours = requests * DOWNLOAD_DELAY / 3600
    starts = places * found.start_seconds / 3600
    originals, lake = (size * each * documents / 1e9 for size in (found.originals, found.lake))
    publications = documents / DOCUMENTS_PER_PUBLICATION
    files = publications * options.touched * len(TABLES)
    written = documents * 2 + documents + files * 2  # originals and captures; handed over; versions and current files
    read = documents * 3 + files  # does it exist already, the original, what was handed over; the version before
    dollars = written * prices["put"] + read * prices["get"]
    storage = (originals + lake) * prices["gigabyte_month"]
    return [
        ("originals", f"{found.originals * each / 1e3:,.0f} kB each", f"{documents / 1e6:.1f} M, {originals:,.0f} GB"),
        (
            "pages",
            f"{found.pages / max(1, found.paged):.1f} of a document with pages",
            f"{found.pages * each * documents / 1e6:,.0f} M",
        ),
        (
            "parsing",
            f"{found.seconds * each:.3f} s a document, {found.pages / found.seconds:.0f} pages/s",
            f"{hours:,.0f} core-hours, {hours * prices['core_hour']:,.0f} $",
        ),
        (
            "handed over",
            f"{found.handed_over * each / 1e3:.1f} kB a document",
            f"{found.handed_over * each * documents / 1e9:,.0f} GB in passing",
        ),
        ("lake", f"{found.lake * each / 1e3:.1f} kB a document", f"{lake:,.0f} GB"),
        (
            "requests to a portal",
            f"{options.requests} a document, {ROWS_PER_LISTING} rows a listing page",
            f"{requests:,.0f} each, {requests * places / 1e6:,.1f} M",
        ),
        ("a portal crawled whole", f"{DOWNLOAD_DELAY} s between two requests", f"{portal_hours:.1f} h"),
        (
            "all crawled whole",
            f"{PORTALS_AT_ONCE} at once, one machine",
            f"{places * portal_hours / PORTALS_AT_ONCE:,.0f} h",
        ),
        ("all crawled whole", "256 at once, a cluster of 32 threads", f"{places * portal_hours / 256:,.0f} h"),
        (
            "children's start",
            f"{found.start_seconds:.1f} s each",
            f"{starts:.1f} core-hours for each crawl by a cluster",
        ),
        ("S3, writing", f"{options.touched} partitions a publication", f"{written / 1e6:,.0f} M requests"),
        ("S3, reading", "", f"{read / 1e6:,.0f} M requests"),
        ("S3, all requests", f"{prices['put']:.1e} $ and {prices['get']:.1e} $ each", f"{dollars:,.0f} $"),
        ("S3, storage", f"{prices['gigabyte_month']} $ a GB and month", f"{storage:,.0f} $ a month"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    parser.add_argument("--documents", type=int, default=4_500_000)
    parser.add_argument("--places", type=int, default=3_215)
    parser.add_argument("--requests", type=float, default=2.2, help="requests for a document: its article, its files")
    parser.add_argument("--touched", type=int, default=200, help="partitions that a publication touches")
    parser.add_argument("--price", action="append", default=[], metavar="NAME=DOLLARS", help=", ".join(PRICES))
    options = parser.parse_args()
    given = (text.partition("=") for text in options.price)
    prices = PRICES | {name: float(value) for name, _, value in given}
    print("| | one | the country |\n|---|---|---|")
    for row in country(measure(options.folders), options, prices):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
