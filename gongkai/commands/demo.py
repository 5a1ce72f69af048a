"""``gongkai demo``: the whole chain on this machine, from a portal's listing to answers."""

from __future__ import annotations

import dataclasses
import socket
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import click
import duckdb

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Outcome
from gongkai.commands.crawl import INTERRUPTED
from gongkai.commands.crawl import counts as crawl_counts
from gongkai.commands.parse import counts as parse_counts
from gongkai.crawler.portal.file import Portal, load_portal
from gongkai.crawler.report.counts import CrawlReport, PortalReport
from gongkai.crawler.run import crawl
from gongkai.demo.portal import DemoPortal
from gongkai.parsing.left import count_pending
from gongkai.parsing.stage import parse
from gongkai.progress import progress
from gongkai.queries.lake import connect
from gongkai.queries.named_queries import named_query
from gongkai.queries.output import write
from gongkai.queries.sql_guard import run
from gongkai.row_output import told
from gongkai.session import Session, echo, say, terminal_width

PORTAL = "demo"
"""Under which the demonstration's captures are filed."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Answer:
    """A named query over what the demonstration portal published, cut to what fits a screen.

    ``sql`` reads the query's rows as ``({rows})``.
    """

    heading: str
    query: str
    sql: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


_SPENDING = _Answer(
    "What each department plans to spend (yuan)",
    "spending_by_department",
    "SELECT coalesce(county, city) AS place, year, entity, expenditure, basic, project, three_public FROM ({rows})",
)
_CONFIRMED = _Answer(
    "How many amounts each document's own arithmetic confirms",
    "confirmation_by_document",
    "SELECT entity, format, amounts, confirmed, confirmed_percent, checks_held, checks_broken FROM ({rows})",
)
_DOUBTFUL = _Answer(
    "Doubtful amounts: the first rows, each with its reason",
    "unconfirmed_amounts",
    """
    SELECT form, label, string_agg(printed, ' ') AS printed, coalesce(reason, 'a sum with it is broken') AS reason
    FROM ({rows}) GROUP BY ALL ORDER BY form, label LIMIT 5
    """,
    {"status": "doubtful", "limit": "100000"},
)


@click.command("demo", short_help="Crawl, parse and query a small portal on this machine.")
@click.pass_obj
def command(session: Session) -> int:
    """Crawl, parse and query a small portal that runs on this machine alone.

    It publishes five real budgets of human-resources departments in Hebei and Henan, as PDF, Word, Excel and HTML.
    Run it again: what is known is asked for conditionally, and nothing is downloaded twice.
    """
    archive = session.archive()
    report = _crawl(session, archive)
    if report.interrupted:
        say(INTERRUPTED)
        return report.exit_code
    say("Parsing what was captured ...")
    with progress("parsing", count_pending(archive)) as advance:
        parsed = parse(archive, on_document=lambda summary: advance(summary.name))
    echo(f"Parsed: {parse_counts(parsed)}\n")
    with connect(archive.store) as connection:
        _show_answers(connection)
    echo(_next_commands(session))
    return max(report.exit_code, parsed.exit_code)


def _crawl(session: Session, archive: Archive) -> CrawlReport:
    """One crawl of the demonstration portal, and what came of it."""
    with _portal_as_before(archive) as server, tempfile.TemporaryDirectory(prefix="gongkai-demo-") as folder:
        portal = load_portal(server.write_portal_file(Path(folder)))
        say(f"Crawling {portal.name}, a portal on this machine ({server.url}) ...")
        with progress("crawling") as advance:
            report = crawl(session.root, [portal], on_capture=lambda capture: advance(capture.url))
        asked = len(server.requests)
    _show_crawl(portal, report, asked)
    return report


def _portal_as_before(archive: Archive) -> DemoPortal:
    """The portal at the address it had when this archive last saw it, so that its documents are recognised.

    Another program may hold that port by now: then the portal moves, and the same bytes are met at new addresses.
    """
    addresses = (urlsplit(capture.url) for capture in archive.captures(PORTAL) if capture.outcome is Outcome.CAPTURED)
    last = max((address.port for address in addresses if address.port), default=0)
    return DemoPortal(port=last if _is_free(last) else 0)


def _is_free(port: int) -> bool:
    """True when nothing listens on that port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _show_crawl(portal: Portal, report: CrawlReport, asked: int) -> None:
    echo(f"Captured: {crawl_counts(report.portals[0])}")
    counted = report.portals[0]
    for problem in counted.problems:
        say(f"gongkai: {portal.id}: {problem.message}")
    if _downloaded(counted) == 0 and counted.not_modified:
        echo(
            f"Nothing was downloaded twice: the portal was asked {asked} times, and answered 'not modified' for all"
            f" {counted.not_modified} articles and files."
        )


def _downloaded(portal: PortalReport) -> int:
    return portal.new + portal.changed + portal.unchanged


def _show_answers(connection: duckdb.DuckDBPyConnection) -> None:
    _show(connection, _SPENDING)
    _show(connection, _CONFIRMED)
    _show_share(connection)
    _show(connection, _DOUBTFUL)


def _show(connection: duckdb.DuckDBPyConnection, answer: _Answer) -> None:
    """Nothing where the answer has no rows."""
    query = named_query(answer.query)
    rows = run(
        connection, answer.sql.format(rows=query.sql), query.values({"portal": PORTAL, **answer.values}), of=query
    )
    table = rows.read_all()
    if table.num_rows:
        echo(answer.heading)
        write(told(table.to_reader(), "table"), "table", sys.stdout.buffer, say, terminal_width())
        echo()


def _show_share(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT sum(amounts), sum(confirmed), percent(sum(confirmed), sum(amounts)) FROM documents WHERE portal = ?"
    row = connection.execute(sql, [PORTAL]).fetchone()
    if row and row[0]:
        echo(f"In all, {row[1]} of {row[0]} amounts ({row[2]} %) are confirmed by the documents' own arithmetic.\n")


def _next_commands(session: Session) -> str:
    sql = "SELECT entity, revenue, expenditure, three_public FROM document_totals"
    commands = (
        "query",
        "query largest_projects --set limit=5",
        "query unconfirmed_amounts --set status=doubtful",
        f'query "{sql}"',
        "documents",
        "status",
        "serve --open",
        "demo",
    )
    return "\n".join(["Next, try:", *(f"  {session.command} {command}" for command in commands)])
