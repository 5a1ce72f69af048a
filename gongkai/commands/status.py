"""``gongkai status``: what the archive holds and what is left to do."""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import duckdb
import pyarrow as pa

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Outcome
from gongkai.archive.fixity import Finding, losses
from gongkai.crawler.portal.schedule import Schedule, due, last_crawls
from gongkai.crawler.portal.shipped import find_portals
from gongkai.crawler.report.html_page import portals_before
from gongkai.exits import Exit
from gongkai.lake.fixity import lake_files
from gongkai.lake.manifest import ManifestError
from gongkai.parsing.stage import pending
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.lake import connect, load_manifest
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import Session, say

_STATUS: dict[str, pa.DataType] = {
    "topic": pa.string(),
    "name": pa.string(),
    "count": pa.int64(),
    "percent": pa.decimal128(5, 2),
    "bytes": pa.int64(),
    "last": pa.timestamp("s", "UTC"),
}

Row = dict[str, object]


@click.command("status", short_help="Say what the archive holds and what is left to do.")
@answer_options
@click.pass_obj
def command(session: Session, form: Format, output: Path | None) -> Exit:
    """Say what the archive holds and what is left to do.

    What is missing, if anything is; how fresh each portal is, what failed in its last crawl and how it differs from
    what its file says; captures by portal and outcome, runs, documents parsed and waiting, amounts by how far they are
    confirmed, issues by kind, and the lake's tables.
    """
    archive = session.filled_archive()
    missing = list(losses(archive, (lake_files,)))
    rows: list[Row] = [
        *_damage(missing),
        *_portals(archive),
        *_captures(archive),
        *_runs(archive),
    ]
    waiting: int | None = None
    try:
        waiting = len(pending(archive))
        with connect(archive.store) as connection:
            rows += [*_documents(connection, waiting), *_amounts(connection), *_issues(connection)]
        rows += _lake(archive)
    except (LakeUnusableError, ManifestError) as error:
        say(f"gongkai: {error}")
    answer(records(_STATUS, rows), form, output)
    if waiting:
        say(f"{waiting} originals wait to be parsed: run {session.command} parse")
    if missing:
        say(f"gongkai: {len(missing)} objects are missing or damaged: run {session.command} verify")
    return Exit.SOMETHING_FAILED if missing or waiting is None else Exit.OK


def _damage(missing: Iterable[Finding]) -> Iterator[Row]:
    for finding in missing:
        yield {"topic": "damage", "name": f"{finding.problem.value}, {finding.key}"}


def _portals(archive: Archive) -> Iterator[Row]:
    """Freshness, failures and drift of every portal that was ever crawled, at a glance."""
    reports = list(archive.run_reports())
    schedules = {portal.id: portal.schedule for portal in find_portals()}
    now = dt.datetime.now(dt.UTC)
    for name, last in sorted(last_crawls(reports).items()):
        is_due = due(schedules.get(name, Schedule()), last, now).crawl
        state = "never read whole" if last.trusted is None else "due" if is_due else "fresh"
        yield {"topic": "freshness", "name": f"{name}, {state}", "last": last.trusted and _second(last.trusted)}
    for name, portal in sorted(portals_before(reports, "").items()):
        finished = _moment(portal.get("finished"))
        for outcome, count in sorted(dict(portal.get("failures") or {}).items()):
            yield {"topic": "failures", "name": f"{name}, {outcome}", "count": count, "last": finished}
        kinds = collections.Counter(
            problem["kind"] for problem in portal.get("problems", ()) if problem["kind"] not in set(Outcome)
        )
        for kind, count in sorted(kinds.items()):
            yield {"topic": "drift", "name": f"{name}, {kind}", "count": count, "last": finished}


def _moment(text: str | None) -> dt.datetime | None:
    return _second(dt.datetime.fromisoformat(text)) if text else None


def _captures(archive: Archive) -> Iterator[Row]:
    counts: collections.Counter[str] = collections.Counter()
    last: dict[str, dt.datetime] = {}
    for capture in archive.captures():
        name = f"{capture.portal} {capture.outcome.value}"
        counts[name] += 1
        last[name] = max(capture.requested_at, last.get(name, capture.requested_at))
    for name, count in sorted(counts.items()):
        yield {"topic": "captures", "name": name, "count": count, "last": _second(last[name])}
    sizes = [size for _, size in archive.originals()]
    yield {"topic": "originals", "name": "stored", "count": len(sizes), "bytes": sum(sizes)}


def _runs(archive: Archive) -> Iterator[Row]:
    by_exit: dict[str, list[dt.datetime]] = collections.defaultdict(list)
    for report in archive.run_reports():
        moment = report.get("finished") or report.get("started")
        if moment:
            by_exit[f"{report.get('command', 'crawl')}, exit code {report.get('exit_code')}"].append(
                dt.datetime.fromisoformat(str(moment))
            )
    for name, moments in sorted(by_exit.items()):
        yield {"topic": "runs", "name": name, "count": len(moments), "last": _second(max(moments))}


def _documents(connection: duckdb.DuckDBPyConnection, waiting: int) -> Iterator[Row]:
    sql = "SELECT parse_status, count(*) FROM documents GROUP BY parse_status ORDER BY parse_status"
    for name, count in connection.execute(sql).fetchall():
        yield {"topic": "documents", "name": name, "count": count}
    yield {"topic": "documents", "name": "waiting", "count": waiting}


def _amounts(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    sql = """
        SELECT status, count(*), percent(count(*), sum(count(*)) OVER ())
        FROM line_items WHERE amount IS NOT NULL GROUP BY status ORDER BY status
    """
    for name, count, share in connection.execute(sql).fetchall():
        yield {"topic": "amounts", "name": name, "count": count, "percent": share}


def _issues(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    sql = "SELECT kind, count(*) FROM issues GROUP BY kind ORDER BY count(*) DESC, kind"
    for name, count in connection.execute(sql).fetchall():
        yield {"topic": "issues", "name": name, "count": count}


def _lake(archive: Archive) -> Iterator[Row]:
    manifest = load_manifest(archive.store)
    rows: collections.Counter[str] = collections.Counter()
    sizes: collections.Counter[str] = collections.Counter()
    for file in manifest.files if manifest else ():
        rows[file.table] += file.rows
        sizes[file.table] += file.bytes
    for name, count in sorted(rows.items()):
        yield {"topic": "lake", "name": name, "count": count, "bytes": sizes[name]}


def _second(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)
