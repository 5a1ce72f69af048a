"""Full text: size, build and answers of the index on a made-up lake, beside DuckDB's ``contains`` over the same files.

    .venv/bin/python benchmarks/search.py [--sections N] [--root DIR]

The lake has sections alone, 20 of each document and 250 documents of each partition, of words made of the characters
that documents print most; the partitions are of ten provinces and five years.  Two phrases are put in: one into every
second section, one into every 50,000th.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import itertools
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.roots import open_store
from gongkai.lake.manifest import MANIFEST_KEY, LakeFile, read_manifest
from gongkai.lake.partition import Partition
from gongkai.lake.publication import write_manifest
from gongkai.lake.schema import schema_fingerprint
from gongkai.queries.full_text.compared import words_of
from gongkai.queries.full_text.finding import Question
from gongkai.queries.full_text.index import Index
from gongkai.queries.full_text.search import search

T = TypeVar("T")

SECTIONS_OF_A_DOCUMENT, DOCUMENTS_OF_A_PARTITION = 20, 250
PROVINCES = ["河北省", "河南省", "江苏省", "广东省", "四川省", "山东省", "浙江省", "湖北省", "湖南省", "福建省"]
YEARS = 5
FREQUENT, RARE = "过紧日子", "稀见之词"
WORDS = 20_000
CHARACTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 2_500)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sections", type=int, default=1_000_000)
    options.add_argument("--root", type=Path)
    given = options.parse_args()
    with contextlib.ExitStack() as kept:
        root = given.root or Path(kept.enter_context(tempfile.TemporaryDirectory()))
        if not (root / MANIFEST_KEY).exists():
            characters = write_lake(root, given.sections)
            print(f"{given.sections:,} sections, {characters:,} characters written")
        measure(root)
        change_one_partition(root)


def write_lake(root: Path, sections: int) -> int:
    """A lake of so many sections; returns the number of their characters."""
    chance = random.Random(14)  # noqa: S311 - a benchmark's
    words = Words(chance)
    store, files, characters = DirectoryStore(root), list[LakeFile](), 0
    of_partition = SECTIONS_OF_A_DOCUMENT * DOCUMENTS_OF_A_PARTITION
    for number, first in enumerate(range(0, sections, of_partition)):
        of_province, province = divmod(number, len(PROVINCES))
        partition = Partition(PROVINCES[province], 2016 + of_province % YEARS, f"部门{of_province // YEARS}")
        rows = [_section(chance, words, each) for each in range(first, min(first + of_partition, sections))]
        characters += sum(len(str(row["text"])) for row in rows)
        files += _partition_files(store, partition, rows)
    write_manifest(store, files, "made up", schema_fingerprint())
    return characters


class Words:
    """Made-up words, the n-th as frequent as those of a language are: in proportion to 1/n."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._words = ["".join(chance.choices(CHARACTERS, k=chance.choice((2, 2, 2, 3, 4)))) for _ in range(WORDS)]
        self._weights = list(itertools.accumulate(1 / rank for rank in range(1, WORDS + 1)))

    def clause(self) -> str:
        """Five words without white space."""
        return "".join(self._chance.choices(self._words, cum_weights=self._weights, k=5))


def _section(chance: random.Random, words: Words, number: int) -> dict[str, object]:
    text = ["，".join(words.clause() for _ in range(3)) for _ in range(4)]
    text += [FREQUENT] * (number % 2) + [RARE] * (number % 50_000 == 0)
    chance.shuffle(text)
    document = hashlib.sha256(str(number // SECTIONS_OF_A_DOCUMENT).encode()).hexdigest()
    return {
        "document_sha256": document,
        "section_index": number % 20,
        "text": "。\n".join(text),
        "page": number % 20 + 1,
    }


def _partition_files(store: DirectoryStore, partition: Partition, rows: list[dict[str, object]]) -> Iterator[LakeFile]:
    documents = dict.fromkeys(str(row["document_sha256"]) for row in rows)
    named = [
        {"sha256": sha256, "entity": f"{partition.province}第{at}局", "city": f"第{at % 20}市", "phase": "approved"}
        for at, sha256 in enumerate(documents)
    ]
    for table, content in (("documents", named), ("sections", rows)):
        sink = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(content), sink, compression="zstd")
        data = sink.getvalue()
        file = LakeFile(table, partition, len(content), len(data), hashlib.sha256(data).hexdigest())
        store.write(file.version, data)
        yield file


def build(root: Path) -> None:
    """Make the index, in a process of its own for the sake of its memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, processor = time.perf_counter(), time.process_time()
    index = Index(open_store(str(root)), print).opened()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"index: {index.bytes / 1e6:,.0f} MB in {len(index.statement.segments)} segments,"
        f" {time.perf_counter() - began:.1f} s on the wall, {time.process_time() - processor:.1f} s of processor,"
        f" {before / 1e3:,.0f} → {peak / 1e3:,.0f} MB of memory",
        flush=True,
    )


def measure(root: Path) -> None:
    store = open_store(str(root))
    building = multiprocessing.get_context("spawn").Process(target=build, args=[root])
    building.start()
    building.join()
    manifest = read_manifest(store)
    texts = [store.locate(file.version) for file in manifest.of("sections")] if manifest else []
    print(f"lake: {sum(Path(text).stat().st_size for text in texts) / 1e6:,.0f} MB of sections")
    linear = duckdb.connect()
    contains = "SELECT count(*) FROM read_parquet($texts) WHERE contains(regexp_replace(text, '\\s', '', 'g'), $word)"
    for name, question in questions().items():
        _, first = timed(lambda question=question: search(store, question))  # type: ignore[misc]
        total, seconds = timed(lambda question=question: search(store, question).total)  # type: ignore[misc]
        word = question.words[0].text
        _, beside = timed(lambda word=word: linear.execute(contains, {"texts": texts, "word": word}).fetchall(), 1)  # type: ignore[misc]
        print(
            f"{name:32} {total:9,} hits {first * 1e3:9.1f} ms, counted {seconds * 1e3:9.1f} ms"
            f"   contains {beside * 1e3:9.1f} ms {beside / seconds:8.1f} ×",
            flush=True,
        )


def change_one_partition(root: Path) -> None:
    """Time the index's way to a lake of which one section of one partition changed."""
    store = DirectoryStore(root)
    manifest = read_manifest(store)
    if manifest is None:
        return
    old = manifest.of("sections")[0]
    rows = pq.read_table(store.locate(old.version)).to_pylist()
    rows[0]["text"] += f"第{time.time_ns()}次"
    new = [file for file in _partition_files(store, old.partition, rows) if file.table == "sections"]
    files = tuple(file for file in manifest.files if file != old)
    write_manifest(store, [*new, *files], "made up", schema_fingerprint())
    began, processor = time.perf_counter(), time.process_time()
    Index(store, print).opened()
    print(
        f"one section changed: in line after {time.perf_counter() - began:.1f} s,"
        f" {time.process_time() - processor:.1f} s of processor"
    )


def questions() -> dict[str, Question]:
    frequent, rare = words_of(FREQUENT), words_of(RARE)
    return {
        "rare": Question(rare),
        "absent": Question(words_of("从未印过")),
        "frequent": Question(frequent),
        "frequent, two characters": Question(words_of(FREQUENT[:2])),
        "frequent, one character": Question(words_of(FREQUENT[:1])),
        "frequent and rare": Question((*frequent, *rare)),
        "frequent, a year": Question(frequent, year=2020),
        "frequent, a province": Question(frequent, place=PROVINCES[0]),
        "frequent, a city of a province": Question(frequent, place=f"{PROVINCES[0]}/第7市"),
        "frequent, one body": Question(frequent, place="第77局", year=2020),
        "frequent, in quotes": Question(words_of(f'"{FREQUENT}"')),
        "frequent, in quotes, punctuation": Question(words_of(f'"{FREQUENT}。"')),
        "rare, in quotes": Question(words_of(f'"{RARE}"')),
    }


def timed(ask: Callable[[], T], rounds: int = 3) -> tuple[T, float]:
    """The answer, and the least seconds of the rounds."""
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        answer = ask()
        seconds.append(time.perf_counter() - began)
    return answer, min(seconds)


if __name__ == "__main__":
    main()
