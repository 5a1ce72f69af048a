"""Whether the answers an analyst gets are the numbers printed on the pages of real documents.

    python benchmarks/answers.py [FOLDER …] [--root DIR] [--verbose]

``answers.csv`` has figures that a person read from pictures of the pages, with document, page, printed number and unit.
The folders' files are archived and parsed in a temporary directory, or in one that is kept (``--root``; what is parsed
there is not parsed again).  Then each view and named query that should give a figure is asked for it.  Prints, as
Markdown, how many of its answers are right, off by rounding, right where the page is known to be misprinted, wrong and
silent, and the wrong ones as rows; with ``--verbose`` all that are not right.  Exit code 1 where any is wrong.
"""

from __future__ import annotations

import argparse
import collections
import csv
import dataclasses
import sys
import tempfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import cast

import duckdb

from gongkai.archive.archive import Archive
from gongkai.archive.local_files import add_files
from gongkai.parsing.stage import parse
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_query
from gongkai.queries.sql_guard import run

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pdf"
PRINTED = Path(__file__).with_name("answers.csv")
_FEN = Decimal("0.01")
_WORDS = ("right", "rounding", "misprint", "wrong", "silent")
_UNITS = {"元": 1, "万元": 10_000}

Key = tuple[str, str]
"""A document's hash and the name of a figure, as in ``answers.csv``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """A figure as a page prints it."""

    document: str
    file: str
    page: int
    figure: str
    yuan: Decimal
    last_digit: Decimal
    """What the last digit of the printed number is worth, yuan."""
    note: str
    """What the publisher did wrong there, empty where nothing is known."""


def facts() -> list[Fact]:
    """The figures that a person read, in yuan."""
    with PRINTED.open(encoding="utf-8", newline="") as stream:
        return [_fact(row) for row in csv.DictReader(stream)]


def _fact(row: Mapping[str, str]) -> Fact:
    printed, unit = Decimal(row["printed"].replace(",", "")), _UNITS[row["unit"]]
    yuan, last_digit = printed * unit, Decimal((0, (1,), int(printed.as_tuple().exponent))) * unit
    return Fact(row["document"], row["file"], int(row["page"]), row["figure"], yuan, last_digit, row["note"])


def answers(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[Key, Decimal]]:
    """What each view or named query gives, by its name; figures it does not give are left out."""
    return {
        "document_totals": _columns(connection, "FROM document_totals", _TOTALS),
        "three_public_by_department": _columns(
            connection, "FROM ({query})", _THREE_PUBLIC, "three_public_by_department"
        ),
        "revenue_sources": _keyed(connection, _SOURCES),
        "budget_by_function": _keyed(connection, _FUNCTIONS, "budget_by_function"),
    }


_TOTALS = ("revenue", "expenditure", "basic", "project", "personnel", "carried_over", "three_public")
_THREE_PUBLIC = ("three_public", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")
_SOURCES = """
    SELECT
        document_sha256,
        'source:' || CASE WHEN period IN ('carried_over', 'opening') THEN 'carried_over' ELSE fund END AS figure,
        sum(amount) AS amount
    FROM revenue_sources
    GROUP BY ALL
"""
_FUNCTIONS = "SELECT document_sha256, 'function:' || function_code AS figure, amount FROM ({query})"
_PLACES = "SELECT documents, 'function:' || function_code AS figure, amount FROM ({query})"


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, name: str | None = None) -> list[dict[str, object]]:
    """An answer's rows; ``{query}`` in the SQL is the named query with its defaults."""
    query = named_query(name) if name else None
    text = sql.format(query=f"{query.sql}\n") if query else sql
    rows: list[dict[str, object]] = run(connection, text, query.values({}) if query else {}).read_all().to_pylist()
    return rows


def _columns(
    connection: duckdb.DuckDBPyConnection, sql: str, figures: tuple[str, ...], name: str | None = None
) -> dict[Key, Decimal]:
    rows = _rows(connection, sql, name)
    given = ((str(row["document_sha256"]), figure, row[figure]) for row in rows for figure in figures)
    return {(document, figure): Decimal(str(amount)) for document, figure, amount in given if amount is not None}


def _keyed(connection: duckdb.DuckDBPyConnection, sql: str, name: str | None = None) -> dict[Key, Decimal]:
    rows = _rows(connection, sql, name)
    return {(str(row["document_sha256"]), str(row["figure"])): Decimal(str(row["amount"])) for row in rows}


_ASKED: Mapping[str, tuple[str, ...]] = {
    "document_totals": _TOTALS,
    "three_public_by_department": _THREE_PUBLIC,
    "revenue_sources": ("source:",),
    "budget_by_function": ("function:",),
}
"""Which figures each is asked for, by name or by what the name begins with."""


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """One figure that one view was asked for; ``given`` is None where it gives none."""

    view: str
    fact: Fact
    given: Decimal | None

    @property
    def word(self) -> str:
        """``rounding`` is a sum of printed lines that differs from their printed total by two last digits at most."""
        if self.given is None:
            return "silent"
        difference = abs(self.given - self.fact.yuan)
        if difference < _FEN:
            return "right"
        if self.fact.figure.startswith("function:") and difference <= 2 * self.fact.last_digit:
            return "rounding"
        return "misprint" if self.fact.note else "wrong"


def verdicts(connection: duckdb.DuckDBPyConnection, read: list[Fact]) -> Iterator[Verdict]:
    """Every figure by every view that should give it, then the sums of ``place_by_function``."""
    for view, given in answers(connection).items():
        for fact in read:
            if any(
                fact.figure == asked or (asked[-1] == ":" and fact.figure.startswith(asked)) for asked in _ASKED[view]
            ):
                yield Verdict(view, fact, given.get((fact.document, fact.figure)))
    yield from _places(connection, read)


def _places(connection: duckdb.DuckDBPyConnection, read: list[Fact]) -> Iterator[Verdict]:
    """The sums of the places of which the figure of every document was read."""
    known = {(fact.document, fact.figure): fact for fact in read}
    for row in _rows(connection, _PLACES, "place_by_function"):
        parts = [known.get((document, str(row["figure"]))) for document in cast("list[str]", row["documents"])]
        whole = [part for part in parts if part is not None]
        if len(whole) == len(parts):
            total = sum((part.yuan for part in whole), Decimal(0))
            yield Verdict("place_by_function", dataclasses.replace(whole[0], yuan=total), Decimal(str(row["amount"])))


def report(root: str, folders: list[Path], *, verbose: bool) -> int:
    """Archive, parse, ask and print; the exit code."""
    archive = Archive.open(root)
    add_files(archive, folders)
    parse(archive)
    with connect(archive.store) as connection:
        held = {str(row["sha256"]) for row in _rows(connection, "SELECT sha256 FROM documents")}
        read = [fact for fact in facts() if fact.document in held]
        found = list(verdicts(connection, read))
    say = sys.stdout.write
    say(f"{len(read)} figures of {len({fact.document for fact in read})} documents\n\n")
    say("| view | " + " | ".join(_WORDS) + " |\n|---" + "|---" * len(_WORDS) + "|\n")
    for view in dict.fromkeys(verdict.view for verdict in found):
        words = collections.Counter(verdict.word for verdict in found if verdict.view == view)
        say(f"| `{view}` | " + " | ".join(str(words[word]) for word in _WORDS) + " |\n")
    say("\n")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for verdict in found:
        if verdict.word == "wrong" or (verbose and verdict.word != "right"):
            fact = verdict.fact
            writer.writerow((verdict.word, verdict.view, fact.file, fact.page, fact.figure, fact.yuan, verdict.given))
    return int(any(verdict.word == "wrong" for verdict in found))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[FOLDER], help="documents, also in folders below")
    parser.add_argument("--root", help="archive that is kept; a temporary one without it")
    parser.add_argument("--verbose", action="store_true", help="print all that are not right")
    given = parser.parse_args()
    for folder in given.folders:
        if not folder.exists():
            parser.error(f"{str(folder)!r} does not exist")
    if given.root:
        return report(given.root, given.folders, verbose=given.verbose)
    with tempfile.TemporaryDirectory(prefix="gongkai-benchmark-") as root:
        return report(root, given.folders, verbose=given.verbose)


if __name__ == "__main__":
    sys.exit(main())
