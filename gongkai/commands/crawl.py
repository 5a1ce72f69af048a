"""``gongkai crawl``: from portals into the archive."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from gongkai.archive import LockedError, locked
from gongkai.audience import Audience, write_metrics
from gongkai.cluster_option import cluster_option, cluster_room
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.portal.schedule import LastCrawls, due, last_crawls, longest_waiting_first
from gongkai.crawler.portal.shipped import find_portals
from gongkai.crawler.registry.places import describes, find_places, known_places, without_file
from gongkai.crawler.registry.portals import portal_of
from gongkai.crawler.report.counts import CrawlReport, PortalReport
from gongkai.crawler.report.latest import Latest
from gongkai.crawler.run import crawl
from gongkai.duration_option import seconds
from gongkai.exits import Exit
from gongkai.log import log_options, opened_log
from gongkai.notification import failure_told, notify_options
from gongkai.session import CommandError, Session, echo

INTERRUPTED = "interrupted: what was received is recorded; run the same command again to go on"
LOCK = "crawl-due"


def _settings(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    for name, equals, value in pairs:
        if not equals or not name.strip():
            raise click.BadParameter(f"{name + equals + value!r} must be NAME=VALUE, e.g. LOG_LEVEL=INFO")
    return {name.strip(): value for name, _, value in pairs}


@click.command("crawl", short_help="Fetch what portals publish into the archive.")
@click.argument("portals", nargs=-1, metavar="[PORTAL...]")
@click.option(
    "--place",
    "places",
    metavar="PLACE",
    multiple=True,
    help="A place of the registry without a portal file, or with / at its end all below it; repeatable.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many documents of each portal.")
@click.option("--dry-run", is_flag=True, help="Read the listings only, and say what would be fetched.")
@click.option("--full", is_flag=True, help="Ask again for everything known, whatever its age.")
@click.option("--due", "only_due", is_flag=True, help="Crawl what the portals' schedules ask for now.")
@click.option(
    "--max-time",
    "max_seconds",
    callback=seconds,
    metavar="TIME",
    help="Begin nothing after so long: 90s, 45m or 6h.  What was cut short stays due.",
)
@click.option(
    "--metrics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the state of all portals for Prometheus' node_exporter; the file appears when it is whole.",
)
@click.option(
    "-s",
    "--set",
    "settings",
    callback=_settings,
    metavar="NAME=VALUE",
    multiple=True,
    help="A setting of Scrapy's for this run; repeatable.",
)
@cluster_option
@notify_options
@log_options
@click.pass_obj
def command(
    session: Session,
    portals: tuple[str, ...],
    *,
    places: tuple[str, ...],
    limit: int | None,
    dry_run: bool,
    full: bool,
    only_due: bool,
    max_seconds: float,
    settings: dict[str, str],
    cluster: str | None,
    metrics: Path | None,
    targets: tuple[str, ...],
    notify_always: bool,
    quiet: bool,
    log_level: str | None,
    log_format: str | None,
    log_file: Path | None,
) -> int:
    """Fetch what portals publish, all known ones unless some are named, and archive every answer.

    What is known already is asked for conditionally, so that it is not downloaded twice; past a portal's look-back it
    is not asked for at all, unless with --full.
    """
    with failure_told(targets, "gongkai crawl"), opened_log(log_level, log_format, log_file) as log:
        audience = Audience(log=log, quiet=quiet, targets=targets, always=notify_always)
        manner = _Manner(limit, dry_run, max_seconds, settings, cluster)
        code = _chosen(session, portals, places, audience, manner, full=full, only_due=only_due)
        if metrics is not None and not dry_run:
            write_metrics(metrics, session)
        return code


@dataclasses.dataclass(frozen=True, slots=True)
class _Manner:
    """How portals are crawled, as the options of the same names say."""

    limit: int | None
    dry_run: bool
    max_seconds: float
    settings: dict[str, str]
    cluster: str | None


def _chosen(
    session: Session,
    portals: tuple[str, ...],
    places: tuple[str, ...],
    audience: Audience,
    manner: _Manner,
    *,
    full: bool,
    only_due: bool,
) -> int:
    """Crawl the portals that the arguments name, or those of them that are due."""
    chosen = find_portals(portals) if portals or not places else []
    chosen += _portals_of(session, places)
    if not chosen:
        raise CommandError("no portal is known yet: there is no file under portals/", Exit.WRONG_USAGE)
    if only_due and (manner.limit or full):
        raise CommandError("--due goes by the portals' schedules: leave out --limit and --full", Exit.WRONG_USAGE)
    if only_due:
        return _crawl_due(session, chosen, audience, manner)
    sweeps = [portal.id for portal in chosen] if full else []
    return _crawl(session, chosen, sweeps, audience, manner)


def _portals_of(session: Session, names: Sequence[str]) -> list[Portal]:
    """The portals of places: their files' where they have one, else made of their rows in the registry."""
    if not names:
        return []
    known = known_places()
    rows = dict.fromkeys(row for name in names for row in find_places(known, name))
    described = find_portals()
    lacking = set(without_file(rows, described))
    of_files = [portal for portal in described if any(describes(portal, row) for row in rows if row not in lacking)]
    latest = Latest.of(session.archive())
    return of_files + [portal_of(row, latest) for row in rows if row in lacking and (row.url or len(rows) == 1)]


def _crawl_due(session: Session, portals: Sequence[Portal], audience: Audience, manner: _Manner) -> int:
    """Crawl what is due, unless another process is at it."""
    archive = session.archive()
    try:
        with locked(archive.store, LOCK):
            last, now = last_crawls(Latest.of(archive)), dt.datetime.now(dt.UTC)
            demands = {portal.id: due(portal.schedule, last.get(portal.id, LastCrawls()), now) for portal in portals}
            by_id = {portal.id: portal for portal in portals if demands[portal.id].crawl}
            chosen = [by_id[name] for name in longest_waiting_first(by_id, last)]
            audience.remark("due", f"{len(chosen)} of {len(portals)} portals are due")
            if not chosen:
                audience.nothing_done(f"0 of {len(portals)} portals are due")
                return Exit.OK
            sweeps = [portal.id for portal in chosen if demands[portal.id].full]
            return _crawl(session, chosen, sweeps, audience, manner)
    except LockedError as error:
        audience.remark("locked", f"nothing to do: {error}")
        audience.nothing_done(str(error))
        return Exit.OK


def _crawl(
    session: Session, portals: Sequence[Portal], sweeps: Sequence[str], audience: Audience, manner: _Manner
) -> int:
    given: dict[str, Any] = {
        "limit": manner.limit,
        "dry_run": manner.dry_run,
        "full": sweeps,
        "max_seconds": manner.max_seconds,
        "settings": manner.settings,
    }
    if manner.cluster is not None:
        report = _crawl_elsewhere(session, portals, audience, manner.cluster, given)
    else:
        with audience.watching(len(portals)) as onlooker:
            report = crawl(session.root, portals, on_capture=onlooker.captured, watcher=onlooker, **given)
    _show(report, audience)
    if not manner.dry_run:
        audience.told(report)
    return report.exit_code


def _crawl_elsewhere(
    session: Session, portals: Sequence[Portal], audience: Audience, cluster: str, given: dict[str, Any]
) -> CrawlReport:
    if "FEEDS" in given["settings"]:
        raise CommandError("the setting FEEDS writes on this machine: leave it out with --cluster", Exit.WRONG_USAGE)
    room = cluster_room("crawling")
    with audience.counting(len(portals)) as done:
        report: CrawlReport = room.cluster_crawl(session.root, cluster, portals, on_portal=done, **given)
    return report


def _show(report: CrawlReport, audience: Audience) -> None:
    """The counts of every portal on standard output, its problems on standard error."""
    for portal in report.portals:
        if report.dry_run or not audience.quiet:
            echo(_planned(portal) if report.dry_run else counts(portal))
        audience.problems(portal)
    if report.interrupted:
        audience.complain("interrupted", INTERRUPTED)


def counts(portal: PortalReport) -> str:
    """One line: what was listed and what came of it."""
    failed = ", ".join(f"{count} {outcome}" for outcome, count in sorted(portal.failures.items()))
    return (
        f"{portal.portal}: {portal.listed} listed on {portal.listing_pages} pages · new {portal.new}"
        f" · changed {portal.changed} · unchanged {portal.unchanged} · not modified {portal.not_modified}"
        + (f" · gone {portal.gone}" if portal.gone else "")
        + (f" · not asked {portal.not_asked}" if portal.not_asked else "")
        + (f" · failed: {failed}" if failed else "")
        + (" · limit reached" if portal.limit_reached else "")
    )


def _planned(portal: PortalReport) -> str:
    lines = [f"{portal.portal}: {portal.listed} listed, {len(portal.planned)} would be fetched"]
    for planned in portal.planned:
        date = planned.published_on.isoformat() if planned.published_on else "no date   "
        lines.append(f"  {date}  {planned.role.value:<10}  {planned.url}  {planned.title or ''}".rstrip())
    return "\n".join(lines)
