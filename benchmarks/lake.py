"""A lake of the country's shape, and what questions to it cost beside plain DuckDB over one ideal sorted file.

    python benchmarks/lake.py build DIR [--partitions N] [--amounts N] [--documents N] [--from ROOT]
    python benchmarks/lake.py measure DIR [--only NAME …]

``build`` parses the demonstration portal's files (or takes the lake at ROOT), repeats their rows under new hashes and
the names of other places, and writes ``DIR/archive``, a lake of 31 provinces, ten years and 60 departments at most,
with every table, and ``DIR/ideal.parquet``, all line items in one file sorted by department.  Documents beyond those
that the amounts need have no amounts.  ``measure`` runs each question in a process of its own: seconds on the wall with
the start of Python, and the most memory of that process (Linux).
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import hashlib
import io
import itertools
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongkai.archive.archive import Archive
from gongkai.archive.local_files import add_files
from gongkai.lake.deriving import refresh
from gongkai.lake.encoding import parquet
from gongkai.lake.files import LakeFile
from gongkai.lake.manifest import read_manifest
from gongkai.lake.partition import PARTITION, Partition
from gongkai.lake.publication import read_table, write_manifest
from gongkai.lake.schema import TABLES, schema_fingerprint
from gongkai.parsing.stage import parse
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_queries
from gongkai.queries.relations import BY_DOCUMENT
from gongkai.vocabulary.departments import departments
from gongkai.vocabulary.divisions import divisions

PROVINCES, YEARS, DEPARTMENTS = 31, range(2017, 2027), 60
DEMO = Path(__file__).resolve().parents[1] / "gongkai" / "demo" / "site"
_HASHES = ("document_sha256", "sha256")
_IDS = ("line_item_id", "claim_id", "total", "addends")
_IDEAL_ROWS = 122_880
"""Rows that DuckDB writes into a row group, as the ideal file has; a partition's are read thrice as slowly."""
_SHORT = 12
"""Digits of a document's hash that begin an id."""
_SET = 8
"""Digits of it that a partition sets."""


@dataclasses.dataclass(frozen=True, slots=True)
class Template:
    """The rows of one partition before they are given a place, and the hashes in them, ascending."""

    tables: Mapping[str, pa.Table]
    hashes: Sequence[str]


def template(archive: Archive, amounts: int, documents: int) -> Template:
    """The archive's rows, repeated until there are so many amounts, and documents without amounts."""
    manifest = read_manifest(archive.store)
    rows = {name: read_table(archive.store, name, manifest) for name in TABLES}
    hashes = rows["documents"].column("sha256").to_pylist()
    counted = pc.sum(rows["documents"].column("amounts")).as_py()
    copies = max(round(amounts / counted), 1)
    parts: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
    named: list[str] = []
    for copy in range(copies):
        renamed = {old: _hash(copy * len(hashes) + at) for at, old in enumerate(hashes)}
        named += renamed.values()
        for name, table in rows.items():
            parts[name].append(_renamed(table, renamed))
    for at in range(len(named), documents):
        renamed = {hashes[0]: _hash(at)}
        named.append(_hash(at))
        for name in ("documents", "quality"):
            parts[name].append(_without_amounts(_renamed(rows[name], renamed, only=True)))
    tables = {name: pa.concat_tables(part).combine_chunks() for name, part in parts.items()}
    return Template({name: _sorted(name, table) for name, table in tables.items() if table.num_rows}, sorted(named))


def _hash(at: int) -> str:
    """A text like a SHA-256 whose order is that of its number; its first half is set for each partition."""
    return f"{'0' * _SET}{at:04x}" + hashlib.sha256(str(at).encode()).hexdigest()[:52]


def _renamed(table: pa.Table, hashes: Mapping[str, str], *, only: bool = False) -> pa.Table:
    """The rows with other hashes; ``only`` drops rows of other documents."""
    key = next(name for name in _HASHES if name in table.column_names)
    if only:
        table = table.filter(pc.is_in(table.column(key), value_set=pa.array(list(hashes))))
    for name in (*_HASHES, *_IDS):
        if name in table.column_names:
            table = table.set_column(
                table.column_names.index(name), table.schema.field(name), _replaced(table.column(name), hashes)
            )
    return table


def _replaced(column: pa.ChunkedArray, hashes: Mapping[str, str]) -> pa.Array:
    array = column.combine_chunks()
    if pa.types.is_list(array.type):
        return pa.ListArray.from_arrays(array.offsets, _replaced(pa.chunked_array([array.values]), hashes))
    short = {old[:_SHORT]: new[:_SHORT] for old, new in hashes.items()}
    texts = array.to_pylist()
    known = hashes | {text: short.get(text[:_SHORT], text[:_SHORT]) + text[_SHORT:] for text in texts if len(text) < 64}
    return pa.array([known[text] for text in texts], array.type)


def _without_amounts(table: pa.Table) -> pa.Table:
    for name in ("amounts", "confirmed"):
        if name in table.column_names:
            at, field = table.column_names.index(name), table.schema.field(name)
            table = table.set_column(at, field, pa.repeat(pa.scalar(0, field.type), table.num_rows))
    return table


def _sorted(name: str, table: pa.Table) -> pa.Table:
    return table.sort_by([(column, "ascending") for column in TABLES[name].sort])


@functools.cache
def _endings(name: str, column: str) -> pa.Array:
    """The texts of a column without the digits that a partition sets."""
    array = _TEMPLATE.tables[name].column(column).combine_chunks()
    values = array.values if pa.types.is_list(array.type) else array
    return pc.utf8_slice_codeunits(values, _SET)


_TEMPLATE = Template({}, ())
"""Of this process; the workers inherit it."""


def placed(name: str, number: int, partition: Partition) -> pa.Table:
    """The template's rows of a table as those of a partition: other hashes and another place."""
    table = _TEMPLATE.tables[name]
    begin = pa.scalar(f"{number * 2_654_435_761 % 2**32:08x}")  # a permutation: no two partitions share a hash
    for column in (*_HASHES, *_IDS):
        if column in table.column_names:
            texts = pc.binary_join_element_wise(begin, _endings(name, column), "")
            old = table.column(column).combine_chunks()
            new = pa.ListArray.from_arrays(old.offsets, texts) if pa.types.is_list(old.type) else texts
            table = table.set_column(table.column_names.index(column), table.schema.field(column), new)
    if name == "documents":
        table = _named(table, partition)
    for column, value in dataclasses.asdict(partition).items():
        at, field = table.column_names.index(column), table.schema.field(column)
        table = table.set_column(at, field, pa.repeat(pa.scalar(value, field.type), table.num_rows))
    return table


def _named(table: pa.Table, partition: Partition) -> pa.Table:
    """Documents of twelve cities with two counties each, every two linked from one article."""
    places = [(f"{partition.province}第{at % 12 + 1}市", f"第{at % 24 + 1}县") for at in range(table.num_rows)]
    values = {
        "city": [city for city, _ in places],
        "county": [county for _, county in places],
        "entity": [f"{city}{county}{partition.department}局" for city, county in places],
        "portal": [f"portal-{at % 97}" for at in range(table.num_rows)],
        "article_url": [_article(partition, at) for at in range(table.num_rows)],
    }
    for name, column in values.items():
        table = table.set_column(
            table.column_names.index(name), table.schema.field(name), pa.array(column, pa.string())
        )
    return table


def _article(partition: Partition, at: int) -> str:
    of = hashlib.sha256(partition.path().encode()).hexdigest()[:12]
    return f"https://portal-{at // 2 % 97}.example/zwgk/czyjs/{partition.year}/t{of}_{at // 2}.html"


def _partitions(count: int) -> Iterator[Partition]:
    provinces = [each.name for each in divisions() if each.code.endswith("0000")][:PROVINCES]
    every = itertools.product(departments()[:DEPARTMENTS], provinces, YEARS)
    return (Partition(province, year, department) for department, province, year in itertools.islice(every, count))


def _write(root: str, numbered: tuple[int, Partition]) -> tuple[list[LakeFile], bytes]:
    """The files of one partition, and its line items for the ideal file."""
    number, partition = numbered
    files = []
    for name in _TEMPLATE.tables:
        rows = placed(name, number, partition)
        data = parquet(rows.drop_columns(list(PARTITION)), TABLES[name].sort)
        file = LakeFile(name, partition, rows.num_rows, len(data), hashlib.sha256(data).hexdigest())
        version, path = Path(root, file.version), Path(root, file.path)
        for place in (version, path):
            place.parent.mkdir(parents=True, exist_ok=True)
        if not version.exists():
            version.write_bytes(data)
            os.link(version, path)
        files.append(file)
    sink = io.BytesIO()
    table = placed("line_items", number, partition)
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return files, sink.getvalue()


def build(folder: Path, partitions: int, amounts: int, documents: int, root: str | None) -> None:
    """Write the lake and the ideal file."""
    global _TEMPLATE  # noqa: PLW0603 - inherited by the workers
    archive = Archive.open(str(folder / "archive"))
    if root is None:
        add_files(archive, [DEMO])
        parse(archive, everything=True)
    of = Archive.open(root) if root else archive
    _TEMPLATE = template(of, amounts // partitions, documents // partitions)
    before = read_manifest(archive.store)
    files = list(before.files if before else ())
    taken = {file.partition for file in files}
    free = (each for each in enumerate(_partitions(partitions + len(taken))) if each[1] not in taken)
    write = functools.partial(_write, str(folder / "archive"))
    ideal: pq.ParquetWriter | None = None
    held: list[pa.Table] = []
    with multiprocessing.get_context("fork").Pool() as pool:
        for new, table in pool.imap(write, itertools.islice(free, partitions), 8):
            files += new
            held.append(pa.ipc.open_stream(table).read_all())
            ideal = ideal or pq.ParquetWriter(folder / "ideal.parquet", held[0].schema, compression="zstd")
            if sum(map(len, held)) >= _IDEAL_ROWS:
                ideal.write_table(pa.concat_tables(held), row_group_size=_IDEAL_ROWS)
                held = []
    if ideal:
        if held:
            ideal.write_table(pa.concat_tables(held), row_group_size=_IDEAL_ROWS)
        ideal.close()
    version = before.parser_version if before else ""
    refresh(archive.store, write_manifest(archive.store, files, version, schema_fingerprint()))


MEASURE = """
import sys
from gongkai.__main__ import main
from gongkai.queries import connection
opened, damaged_of = set(), connection.damaged_of
connection.damaged_of = lambda store, files: opened.update(files) or damaged_of(store, files)
sys.argv = ["gongkai", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
(peak,) = (int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
sys.stderr.write(f"\\npeak {len(opened)} | {peak:.0f}\\n")
"""
IDEAL = "import duckdb, sys; print(duckdb.sql(sys.argv[1]).fetchall())"


def questions(archive: Archive) -> Iterator[tuple[str, list[str]]]:
    """What is asked, and the words after ``gongkai``."""
    manifest = read_manifest(archive.store)
    files = manifest.of("line_items") if manifest else ()
    place = files[len(files) // 2].partition
    partition = f"province = '{place.province}' AND year = {place.year} AND department = '{place.department}'"
    document = f"SELECT document_sha256 FROM line_items WHERE {partition} LIMIT 1"  # noqa: S608
    with connect(archive.store) as lake:
        row = lake.execute(document).fetchone()
        read = f"parse_status = 'parsed' AND amounts > 0 AND level = 'department' AND {partition}"
        body = lake.execute(f"SELECT city || county FROM documents WHERE {read} ORDER BY ALL LIMIT 1").fetchone()  # noqa: S608
    yield "start", ["query", "SELECT 1"]
    yield "one partition", ["query", f"SELECT sum(amount) FROM line_items WHERE {partition}"]  # noqa: S608
    yield "one document", ["query", f"SELECT sum(amount) FROM line_items WHERE document_sha256 = '{row and row[0]}'"]  # noqa: S608
    department = f"department = '{place.department}'"
    yield "one department", ["query", f"SELECT year, sum(amount) FROM line_items WHERE {department} GROUP BY year"]  # noqa: S608
    yield "national", ["query", NATIONAL.format(rows="line_items")]
    yield "documents of a place", ["documents", "--place", str(body and body[0]), "--year", str(place.year)]
    yield "status", ["status"]
    yield "verify, a part", ["verify", "--subset", "1/1000"]
    for view in BY_DOCUMENT:
        yield f"view {view}", ["query", f"SELECT count(*) FROM {view} WHERE {partition}"]  # noqa: S608
    for name, query in named_queries().items():
        given = {"place": str(body and body[0]), "year": str(place.year)}
        known = {each.name for each in query.parameters}
        words = [f"{key}={value}" for key, value in given.items() if key in known]
        yield f"query {name}", ["query", name, *itertools.chain.from_iterable(("--set", word) for word in words)]
    yield "full text", ["search", "会议费", "--place", str(place.province), "--year", str(place.year)]


def additions(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """One document and a thousand that the lake does not have, given to it and parsed."""
    (document,) = sorted(DEMO.rglob("*.pdf"))[:1]
    for name, count in (("one document", 1), ("a thousand documents", 1000)):
        new = folder / "new" / f"{time.time_ns()}"
        new.mkdir(parents=True)
        for number in range(count):
            data = document.read_bytes() + f"%{new.name} {number}\n".encode()
            (new / f"{number}.pdf").write_bytes(data)
        yield f"{name} added", ["add", str(new)]
        yield f"{name} parsed", ["parse"]


NATIONAL = "SELECT province, year, count(*), sum(amount) FROM {rows} GROUP BY province, year ORDER BY province, year"


def measure(folder: Path, only: Sequence[str]) -> None:
    """A line for each question: seconds from the shell, how many files of the lake it opened, megabytes at most."""
    root = str(folder / "archive")
    sys.stdout.write("| question | seconds | of the processor | files | peak MB |\n|---|---|---|---|---|\n")
    for name, words in itertools.chain(questions(Archive.open(root)), additions(folder)):
        if not only or any(part in name for part in only):
            seconds, peak = _timed([sys.executable, "-c", MEASURE, "--root", root, *words])
            sys.stdout.write(f"| {name} | {seconds} | {peak} |\n")
            sys.stdout.flush()
    ideal = NATIONAL.format(rows=f"read_parquet('{folder / 'ideal.parquet'}')")
    if not only or "ideal" in only:
        seconds, _ = _timed([sys.executable, "-c", IDEAL, ideal])
        sys.stdout.write(f"| national, plain DuckDB over one file | {seconds} | 1 | |\n")


def _timed(command: Sequence[str]) -> tuple[str, str]:
    """Seconds on the wall and of the processor, and the files and the peak that the command tells."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = done.stderr.rpartition("peak ")[2].strip() if "peak " in done.stderr else ""
    return f"{wall:.2f} | {worked:.2f}", peak if done.returncode == 0 else f"{peak} (exit code {done.returncode})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build")
    building.add_argument("folder", type=Path)
    building.add_argument("--partitions", type=int, default=18_600)
    building.add_argument("--amounts", type=int, default=50_000_000)
    building.add_argument("--documents", type=int, default=4_464_000)
    building.add_argument("--from", dest="root", help="archive whose lake is repeated, in place of the demonstration's")
    measuring = commands.add_parser("measure")
    measuring.add_argument("folder", type=Path)
    measuring.add_argument("--only", nargs="+", default=[], help="questions whose name holds this")
    given = parser.parse_args()
    if given.command == "measure":
        measure(given.folder, given.only)
    if given.command == "build":
        build(given.folder, given.partitions, given.amounts, given.documents, given.root)


if __name__ == "__main__":
    main()
