"""``gongkai parse``: from archived originals into the lake."""

from __future__ import annotations

import click

from gongkai.crawler.portal.shipped import find_portals
from gongkai.parsing.stage import ParsedSummary, ParseReport, parse, pending
from gongkai.progress import progress
from gongkai.session import Session, echo, say


@click.command("parse", short_help="Read archived originals into the lake.")
@click.option("--all", "everything", is_flag=True, help="Also what this version has parsed already.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes side by side.  Default: one per core.")
@click.pass_obj
def command(session: Session, *, everything: bool, workers: int | None) -> int:
    """Read archived originals into the lake: tables, amounts, projects, checks and issues.

    Only what this version of the parser has not read yet, unless --all is given.  What cannot be read becomes an
    issue and stops nothing; what failed for a reason that may pass is tried again by the next run.  With --all a lake
    that was damaged is rebuilt.
    """
    archive = session.filled_archive()
    total = len(pending(archive, everything=everything))
    refused: list[str] = []
    with progress("parsing", total) as advance:

        def note(summary: ParsedSummary) -> None:
            if summary.container is None:
                advance(summary.name)
            if summary.status == "unreadable":
                refused.append(f"{summary.name}: {summary.reason}")

        divisions = {portal.archive_name: portal.division_code for portal in find_portals()}
        report = parse(archive, everything=everything, workers=workers, divisions=divisions, on_document=note)
    for reason in refused:
        say(f"gongkai: {reason}")
    echo(counts(report))
    if report.unsettled:
        say(
            f"{report.unsettled} originals could not be read for a reason that may pass; the next run tries them again,"
            " GONGKAI_PARSE_ATTEMPTS times in all"
        )
    if report.issues:
        say(f"see: {session.command} query issues_by_kind")
    return report.exit_code


def counts(report: ParseReport) -> str:
    """One line: what became of the originals."""
    return (
        f"parsed {report.parsed} · partial {report.partial} · unreadable {report.unreadable}"
        f" · unrelated {report.unrelated} · pages without a budget {report.passed_over}"
        f" · parsed before {report.skipped} · issues {report.issues}"
    )
