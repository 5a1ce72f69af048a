"""``gongkai crawl``: from portals into the archive."""

from __future__ import annotations

import click

from crawler.portal import find_portals
from crawler.report import CrawlReport, PortalReport
from crawler.run import crawl
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.session import CommandError, Session, say

INTERRUPTED = "gongkai: interrupted: what was received is recorded; run the same command again to go on"


@click.command("crawl", short_help="Fetch what portals publish into the archive.")
@click.argument("portals", nargs=-1, metavar="[PORTAL...]")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many documents of each portal.")
@click.option("--dry-run", is_flag=True, help="Read the listings only, and say what would be fetched.")
@click.pass_obj
def command(session: Session, portals: tuple[str, ...], *, limit: int | None, dry_run: bool) -> int:
    """Fetch what portals publish, all known ones unless some are named, and archive every answer.

    What is known already is asked for conditionally, so that it is not downloaded twice.
    """
    chosen = find_portals(portals)
    if not chosen:
        raise CommandError("no portal is known yet: there is no file under portals/", Exit.WRONG_USAGE)
    with progress("crawling") as advance:
        report = crawl(
            session.root, chosen, limit=limit, dry_run=dry_run, on_capture=lambda capture: advance(capture.url)
        )
    _show(report)
    return report.exit_code


def _show(report: CrawlReport) -> None:
    """The counts of every portal on standard output, its problems on standard error."""
    for portal in report.portals:
        click.echo(_planned(portal) if report.dry_run else counts(portal))
        for problem in portal.problems:
            say(f"gongkai: {portal.portal}: {problem.severity.value}: {problem.message}")
    if report.interrupted:
        say(INTERRUPTED)


def counts(portal: PortalReport) -> str:
    """One line: what was listed and what came of it."""
    failed = ", ".join(f"{count} {outcome}" for outcome, count in sorted(portal.failures.items()))
    return (
        f"{portal.portal}: {portal.listed} listed on {portal.listing_pages} pages · new {portal.new}"
        f" · changed {portal.changed} · unchanged {portal.unchanged} · not modified {portal.not_modified}"
        + (f" · failed: {failed}" if failed else "")
        + (" · limit reached" if portal.limit_reached else "")
    )


def _planned(portal: PortalReport) -> str:
    lines = [f"{portal.portal}: {portal.listed} listed, {len(portal.planned)} would be fetched"]
    for planned in portal.planned:
        date = planned.published_on.isoformat() if planned.published_on else "no date   "
        lines.append(f"  {date}  {planned.role.value:<10}  {planned.url}  {planned.title or ''}".rstrip())
    return "\n".join(lines)
