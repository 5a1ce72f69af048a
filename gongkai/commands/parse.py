"""``gongkai parse``: from archived originals into the lake."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from gongkai.archive import Archive
from gongkai.cluster_option import cluster_option, cluster_room
from gongkai.crawler.portal.shipped import find_portals
from gongkai.crawler.report.notify import Notice
from gongkai.duration_option import seconds
from gongkai.exits import Exit
from gongkai.lake.counts import counted
from gongkai.lake.deriving import refresh
from gongkai.lake.manifest import read_manifest
from gongkai.log import Log, log_options, opened_log
from gongkai.notification import failure_told, notify_options, tell
from gongkai.parsing.left import what_is_left
from gongkai.parsing.stage import ParsedSummary, ParseReport, Pool, parse
from gongkai.progress import progress
from gongkai.session import CommandError, Session, echo, say

_MANY = 2000
"""Originals of a run that is large: after it all that is derived from the lake is written, which may take minutes."""

_FILES_DERIVED_FROM = 2000
"""Files of the lake that another run reads for it at most, but for those of the province it is at: a minute's work."""


@click.command("parse", short_help="Read archived originals into the lake.")
@click.option("--all", "everything", is_flag=True, help="Also what this version has parsed already.")
@notify_options
@log_options
@click.option("--workers", type=click.IntRange(min=1), help="Processes side by side.  Default: one per core.")
@click.option(
    "--max-time",
    "max_seconds",
    callback=seconds,
    metavar="TIME",
    help="Begin nothing after so long, and publish: 90s, 45m or 6h.  What is left is the next run's.",
)
@cluster_option
@click.pass_obj
def command(
    session: Session,
    *,
    everything: bool,
    workers: int | None,
    max_seconds: float,
    cluster: str | None,
    targets: tuple[str, ...],
    notify_always: bool,
    quiet: bool,
    log_level: str | None,
    log_format: str | None,
    log_file: Path | None,
) -> int:
    """Read archived originals into the lake: tables, amounts, projects, checks and issues.

    Only what this version of the parser has not read yet, unless --all is given.  What cannot be read becomes an
    issue and stops nothing; what failed for a reason that may pass is tried again by the next run.  With --all a lake
    that was damaged is rebuilt.
    """
    with failure_told(targets, "gongkai parse"), opened_log(log_level, log_format, log_file) as log:
        if cluster and workers:
            raise CommandError("--workers is of this machine: leave it out with --cluster", Exit.WRONG_USAGE)
        if cluster and max_seconds < math.inf:
            raise CommandError("--max-time is of this machine: leave it out with --cluster", Exit.WRONG_USAGE)
        with _pool(session, cluster) as pool:
            manner = {"everything": everything, "workers": workers, "pool": pool, "max_seconds": max_seconds}
            report, refused = _parsed(session, log, manner, quiet=quiet)
        tell(targets, notice_of_parse(report, refused), always=notify_always)
        return report.exit_code


@contextlib.contextmanager
def _pool(session: Session, address: str | None) -> Iterator[Pool | None]:
    """The cluster's pool; None stands for the worker processes of this machine."""
    if address is None:
        yield None
        return
    with cluster_room("parsing").cluster_pool(session.filled_archive(), address) as pool:
        yield pool


def _parsed(session: Session, log: Log, manner: Mapping[str, Any], *, quiet: bool) -> tuple[ParseReport, list[str]]:
    """The report, and what could not be read, each with its reason; said and logged."""
    archive = session.filled_archive()
    remaining = what_is_left(archive, everything=manner["everything"])
    refused: list[str] = []
    with progress("parsing", remaining.total, quiet=quiet or log.on_stderr) as advance:

        def note(summary: ParsedSummary) -> None:
            if summary.container is None:
                advance(summary.name)
            level = "warning" if summary.status == "unreadable" else "debug"
            log.write(level, "document", summary.reason or summary.name, document=summary.name, outcome=summary.status)
            if summary.status == "unreadable":
                refused.append(f"{summary.name}: {summary.reason}")

        divisions = {portal.archive_name: portal.division_code for portal in find_portals()}
        report = parse(archive, divisions=divisions, on_document=note, remaining=remaining, **manner)
    _derive(archive, is_large=manner["everything"] or report.total >= _MANY)
    if not log.replaces_errors:
        _say(session, report, refused)
    if not quiet:
        echo(counts(report))
    log.write("info", "parsed", counts(report))
    return report, refused


def _derive(archive: Archive, *, is_large: bool) -> None:
    """Bring in line what a large lake keeps beside its files: its counts, and the files derived from it."""
    if (manifest := read_manifest(archive.store)) is not None:
        most = math.inf if is_large else _FILES_DERIVED_FROM
        counted(manifest, most=most)
        refresh(archive.store, manifest, most=most)


def _say(session: Session, report: ParseReport, refused: Sequence[str]) -> None:
    """Say on standard error what could not be read."""
    for reason in refused:
        say(f"gongkai: {reason}")
    if report.unsettled:
        say(
            f"{report.unsettled} originals could not be read for a reason that may pass; the next run tries them again,"
            " GONGKAI_PARSE_ATTEMPTS times in all"
        )
    if report.issues:
        say(f"see: {session.command} query issues_by_kind")


def notice_of_parse(report: ParseReport, refused: Sequence[str]) -> Notice:
    """The news of a parsing run: what was read, and what could not be."""
    facts = {
        "command": "parse",
        "exit_code": int(report.exit_code),
        "parsed": report.parsed,
        "partial": report.partial,
        "unreadable": report.unreadable,
        "unsettled": report.unsettled,
        "issues": report.issues,
        "refused": list(refused[:100]),
    }
    more = [f"and {len(refused) - 20} more"] if len(refused) > 20 else []
    lines = [counts(report), *refused[:20], *more]
    is_news = bool(report.parsed or report.partial or report.unreadable or report.unsettled or report.exit_code)
    return Notice(f"gongkai parse, exit code {int(report.exit_code)}", lines, facts, is_news=is_news)


def counts(report: ParseReport) -> str:
    """One line: what became of the originals."""
    return (
        f"parsed {report.parsed} · partial {report.partial} · unreadable {report.unreadable}"
        f" · unrelated {report.unrelated} · pages without a budget {report.passed_over}"
        f" · parsed before {report.skipped} · issues {report.issues}"
    )
