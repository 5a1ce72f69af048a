"""How far a folder of real documents is understood, and whether every broken identity was looked at.

    python benchmarks/quality.py [FOLDER …] [--root DIR] [--against FILE]

The folders' files are archived and parsed in a temporary directory, or in one that is kept (``--root``), on which
``gongkai quality`` works too.  Prints, as Markdown, the counts by format and in all, how many documents answer each
named query, the contradictions by kind with the seconds they cost, and the broken identities and contradictions that
``broken_identities.csv`` does not judge yet, in its own columns; with ``--against``, a run that was kept with ``gongkai
quality --format parquet``, what is read worse.  Exit code 1 where there is any of either.
"""

from __future__ import annotations

import argparse
import collections
import csv
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from gongkai.archive.archive import Archive
from gongkai.archive.local_files import add_files
from gongkai.parsing.stage import parse
from gongkai.queries.coverage import coverage
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_queries
from gongkai.queries.quality import compare, read_run

SHARED = Path(__file__).resolve().parents[2] / "shared"
FOLDERS = [SHARED / "corpus" / "pdf", SHARED / "corpus" / "office", SHARED / "seeds"]
JUDGED = Path(__file__).with_name("broken_identities.csv")

COUNTS = """
    SELECT
        coalesce(format, 'in all') AS format, count(*) AS documents,
        sum(tables_recognised) AS "tables recognised", sum(tables_unrecognised) AS "not recognised",
        sum(amounts) AS amounts, sum(confirmed) AS confirmed, percent(sum(confirmed), sum(amounts)) AS "%",
        sum(doubtful) AS doubtful, sum(unchecked) AS unchecked, sum(checks_held) AS "identities held",
        sum(checks_broken) AS broken, sum(issues) AS issues
    FROM document_quality
    WHERE parse_status IN ('parsed', 'partial')
    GROUP BY ROLLUP (format)
    ORDER BY format = 'in all', amounts DESC, format
"""
BROKEN = """
    WITH sides AS (
        SELECT document_sha256, check_index, unnest(list_concat(total, addends)) AS id
        FROM checks
        WHERE outcome = 'broken'
    ),
    places AS (
        SELECT document_sha256, line_item_id AS id, page FROM line_items
        UNION ALL
        SELECT document_sha256, claim_id AS id, page FROM claims
    ),
    pages AS (
        SELECT s.document_sha256, s.check_index, string_agg(DISTINCT p.page, ' ' ORDER BY p.page) AS pages
        FROM sides AS s JOIN places AS p ON p.document_sha256 = s.document_sha256 AND p.id = s.id
        GROUP BY ALL
    )
    SELECT left(c.document_sha256, 12) AS document, d.file_name AS file, p.pages, c.rule, c.scope, c.expected, c.found
    FROM checks AS c
    JOIN documents AS d ON d.sha256 = c.document_sha256
    LEFT JOIN pages AS p ON p.document_sha256 = c.document_sha256 AND p.check_index = c.check_index
    WHERE c.outcome = 'broken'
    UNION ALL
    SELECT left(i.document_sha256, 12), d.file_name, NULL, 'invariant', i.invariant, i.expected, i.found
    FROM invariants AS i
    JOIN documents AS d ON d.sha256 = i.document_sha256
    WHERE i.outcome = 'broken'
    UNION ALL
    SELECT
        left(c.document_sha256, 12), d.file_name, c.page, 'contradiction',
        concat(c.kind, ': ', c.figure, ' of ', c.form, ' and ', c.found_in), c.stated, c.found
    FROM contradictions AS c
    JOIN documents AS d ON d.sha256 = c.document_sha256
    ORDER BY file, document, rule, scope
"""
IDENTITY = ("document", "rule", "scope", "expected", "found")
"""Columns that tell a broken identity from every other."""


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, str]]:
    """An answer as texts, NULL as an empty one, as CSV has them."""
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, map(_text, row), strict=True)) for row in answer.fetchall()]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def show_counts(found: list[dict[str, str]]) -> None:
    """The counts as a Markdown table."""
    say = sys.stdout.write
    if found:
        say("| " + " | ".join(found[0]) + " |\n" + "|---" * len(found[0]) + "|\n")
    for row in found:
        say("| " + " | ".join(row.values()) + " |\n")


def show_coverage(connection: duckdb.DuckDBPyConnection) -> None:
    """How many documents answer each named query."""
    for name, query in named_queries().items():
        sys.stdout.write(f"\n{name}: {coverage(connection, query, query.values({}))}")
    sys.stdout.write("\n")


def show_contradictions(connection: duckdb.DuckDBPyConnection) -> None:
    """How many figures of the views are contradicted elsewhere, by kind, and what it costs to ask."""
    begun = time.perf_counter()
    kinds = connection.execute("SELECT kind, count(*) FROM contradictions GROUP BY kind ORDER BY kind").fetchall()
    seconds = time.perf_counter() - begun
    told = ", ".join(f"{count} {kind}" for kind, count in kinds) or "none"
    sys.stdout.write(f"\ncontradictions: {told}; {sum(count for _, count in kinds)} rows in {seconds:.2f} s\n")


def show_broken(found: list[dict[str, str]]) -> bool:
    """How the broken identities were judged, and those that were not, as rows of the list; True where there are any."""
    with JUDGED.open(encoding="utf-8", newline="") as stream:
        judged = {tuple(row[name] for name in IDENTITY): row["verdict"] for row in csv.DictReader(stream)}
    keys = {tuple(row[name] for name in IDENTITY): row for row in found}
    verdicts = collections.Counter(judged[key] for key in keys if key in judged)
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items())) or "none"
    new = [row for key, row in keys.items() if key not in judged]
    sys.stdout.write(f"\n{len(found)} broken identities; judged: {told}; not judged: {len(new)}\n")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerows(row.values() for row in new)
    return bool(new)


def show_worse(connection: duckdb.DuckDBPyConnection, kept: Path) -> bool:
    """Print what is read worse than in a run that was kept; True where anything is."""
    now = connection.execute("FROM document_quality").to_arrow_table().to_pylist(maps_as_pydicts="strict")
    changes = [change for change in compare(read_run(kept), now) if change.verdict in ("worse", "gone")]
    for change in changes:
        sys.stdout.write(f"{change.verdict}: {change.file_name}: {change.measure}: {change.before} → {change.after}\n")
    return bool(changes)


def report(root: str, folders: list[Path], against: Path | None) -> int:
    """Archive, parse and print; the exit code."""
    archive = Archive.open(root)
    add_files(archive, folders)
    parse(archive, everything=True)
    with connect(archive.store) as connection:
        show_counts(rows(connection, COUNTS))
        show_coverage(connection)
        show_contradictions(connection)
        unjudged = show_broken(rows(connection, BROKEN))
        worse = against is not None and show_worse(connection, against)
    return int(unjudged or worse)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS, help="documents, also in folders below")
    parser.add_argument("--root", help="archive that is kept; a temporary one without it")
    parser.add_argument("--against", type=Path, help="run to compare with")
    given = parser.parse_args()
    for folder in given.folders:
        if not folder.exists():
            parser.error(f"{str(folder)!r} does not exist")
    if given.root:
        return report(given.root, given.folders, given.against)
    with tempfile.TemporaryDirectory(prefix="gongkai-benchmark-") as root:
        return report(root, given.folders, given.against)


if __name__ == "__main__":
    sys.exit(main())
