"""``gongkai status``: what the archive holds and what is left to do."""

from __future__ import annotations

import collections
import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
import pyarrow as pa

from gongkai.archive import formats, keys, seal, signatures
from gongkai.archive.archive import Archive
from gongkai.archive.fixity import Finding, losses
from gongkai.crawler.portal.health import STATES, PortalState, chosen_portals, portal_states
from gongkai.crawler.report.latest import Latest, captures_counted
from gongkai.exits import Exit
from gongkai.lake.counts import COUNTED, Counts, counted
from gongkai.lake.fixity import lake_files
from gongkai.lake.manifest import ManifestError
from gongkai.parsing.left import count_pending
from gongkai.queries.connection import LakeConnection
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.lake import connect
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, follows_language, records
from gongkai.session import Session, say
from gongkai.vocabulary.glossary import values_of
from gongkai.vocabulary.languages import in_chinese

_STATUS: dict[str, pa.DataType] = {
    "topic": pa.string(),
    "name": pa.string(),
    "count": pa.int64(),
    "percent": pa.decimal128(5, 2),
    "bytes": pa.int64(),
    "last": pa.timestamp("s", "UTC"),
}

Row = dict[str, object]

_VALUES = {
    "damage": "problem",
    "portals": "state",
    "freshness": "state",
    "failures": "outcome",
    "drift": "kind",
    "captures": "outcome",
    "documents": "parse_status",
    "amounts": "status",
    "issues": "kind",
}
"""The column of the glossary that a topic's names hold a value of, alone or beside a portal."""

_SECONDS_FOR_LOSSES = 1.0
"""Enough for some thousand run reports and capture files; whoever asks how things are wants an answer at once."""

_REPORTS_READ = 200
"""Run reports that are read to tell how much was kept since the last signed inventory."""

_FILES_COUNTED = 100
"""Files of a large lake that are counted here; where more lack their counts, DuckDB asks the lake."""

_IN_A_TABLE = 50
"""Portals that a table names, so that what else it says is not lost behind three thousand of them."""


@click.command("status", short_help="Say what the archive holds and what is left to do.")
@click.option(
    "--portal",
    "chosen",
    multiple=True,
    metavar="PORTAL",
    help="Only this portal, or with / at its end all below it; repeatable.",
)
@click.option(
    "--problem",
    "problems",
    multiple=True,
    metavar="KIND",
    help="Only portals whose last crawl had such a failure or problem, such as timeout; repeatable.",
)
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only such portals; repeatable.")
@answer_options
@click.pass_obj
def command(
    session: Session,
    *,
    chosen: tuple[str, ...],
    problems: tuple[str, ...],
    states: tuple[str, ...],
    form: Format,
    output: Path | None,
) -> Exit:
    """Say what the archive holds and what is left to do.

    What is missing, if anything is; how many portals are in which state, and those that need a look first: what failed
    in the last crawl of each and how it differs from what its file says; captures by portal and outcome, runs,
    documents parsed and waiting, amounts by how far they are confirmed, issues by kind, and the lake's tables.

    With --portal, --problem or --state it is about those portals alone.
    """
    archive = session.filled_archive()
    latest = Latest.of(archive)
    portals = chosen_portals(portal_states(latest), chosen, problems, states)
    is_about_portals = bool(chosen or problems or states)
    listed = portals if is_about_portals or form != "table" else _worth_a_look(portals)
    rows = [*_counted(portals), *_portals(listed)]
    if is_about_portals:
        answer(records(_STATUS, _told(rows, form)), form, output)
        return Exit.OK
    lost = losses(archive, (lake_files,), seconds=_SECONDS_FOR_LOSSES)
    missing = lost.findings
    rows = [*_damage(missing), *rows, *_captures(archive), *_runs(latest), *_signatures(archive)]
    waiting, is_whole = 0, True
    try:
        waiting = count_pending(archive)
        with connect(archive.store) as connection:
            rows += [*_of_lake(connection, waiting)]
    except (LakeUnusableError, ManifestError) as error:
        is_whole = False
        say(f"gongkai: {error}")
    answer(records(_STATUS, _told(rows, form)), form, output)
    if len(listed) < len(portals):
        say(f"{len(portals) - len(listed)} portals more: --portal, --state or --format csv lists them")
    if waiting:
        say(f"{waiting} originals wait to be parsed: run {session.command} parse")
    if not lost.is_whole:
        say(f"looked for losses for {_SECONDS_FOR_LOSSES:g} s, not everywhere: {session.command} verify does")
    if missing:
        say(f"gongkai: {len(missing)} objects are missing or damaged: run {session.command} verify")
    return Exit.SOMETHING_FAILED if missing or not is_whole else Exit.OK


def _told(rows: Iterable[Row], form: Format) -> Iterator[Row]:
    """The rows with their names in the person's language, where the format follows it."""
    for row in rows:
        name = str(row["name"])
        if not follows_language(form):
            yield row
        elif values := values_of(_VALUES.get(str(row["topic"]), "")):
            yield {
                **row,
                "name": re.sub(r"[a-z][a-z_-]+$|^[a-z]+(?=,)", lambda found: values.get(found[0], found[0]), name),
            }
        else:
            yield {**row, "name": in_chinese(name)}


def _worth_a_look(portals: Sequence[PortalState]) -> Sequence[PortalState]:
    """The portals that a table names: all of few, of many those that are not well, the worst."""
    if len(portals) <= _IN_A_TABLE:
        return portals
    return [portal for portal in portals if not portal.is_well][:_IN_A_TABLE]


def _damage(missing: Iterable[Finding]) -> Iterator[Row]:
    for finding in missing:
        yield {"topic": "damage", "name": f"{finding.problem.value}, {finding.key}"}


def _counted(portals: Sequence[PortalState]) -> Iterator[Row]:
    counts = collections.Counter(portal.state for portal in portals)
    for state in STATES:
        if counts[state]:
            yield {"topic": "portals", "name": state, "count": counts[state]}


def _portals(portals: Iterable[PortalState]) -> Iterator[Row]:
    """Freshness, failures and drift of portals, those that need a look first."""
    for portal in portals:
        yield {"topic": "freshness", "name": f"{portal.id}, {portal.state}", "last": _moment(portal.trusted)}
        finished = _moment(portal.finished)
        for outcome, count in sorted(portal.failures.items()):
            yield {"topic": "failures", "name": f"{portal.id}, {outcome}", "count": count, "last": finished}
        for kind, count in sorted(portal.drift.items()):
            yield {"topic": "drift", "name": f"{portal.id}, {kind}", "count": count, "last": finished}


def _moment(moment: dt.datetime | None) -> dt.datetime | None:
    return moment and _second(moment)


def _captures(archive: Archive) -> Iterator[Row]:
    for name, seen in sorted(captures_counted(archive).items()):
        last = _second(dt.datetime.fromisoformat(seen["last"]))
        yield {"topic": "captures", "name": name, "count": seen["count"], "last": last}
    sizes = [size for _, size in archive.originals()]
    yield {"topic": "originals", "name": "stored", "count": len(sizes), "bytes": sum(sizes)}


def _runs(latest: Latest) -> Iterator[Row]:
    for name, run in sorted(latest.runs.items()):
        last = _second(dt.datetime.fromisoformat(str(run["last"])))
        yield {"topic": "runs", "name": name, "count": run["count"], "last": last}


def _signatures(archive: Archive) -> Iterator[Row]:
    """The signed inventories, if there are any, and the runs that kept something since the last."""
    there = signatures.numbers(archive.store)
    if not there:
        return
    number = max(there)
    whole = {"json", "sig", "sha256"} <= there[number]
    last = signatures.statement(number, archive.store.read(signatures.statement_key(number, "json"))) if whole else None
    signed_at = last and _second(last.signed_at)
    yield {"topic": "signatures", "name": "signed inventories", "count": len(there), "last": signed_at}
    if last is None:
        yield {"topic": "signatures", "name": "not whole, the last", "count": 1}
        return
    unsigned = _kept_since(archive, last.signed_at)
    if unsigned:
        yield {"topic": "signatures", "name": "runs that kept something since", "count": unsigned}


def _kept_since(archive: Archive, moment: dt.datetime) -> int:
    """How many runs kept something after a moment; no more than one past ``_REPORTS_READ`` are counted."""
    after = moment.strftime("%Y%m%dT%H%M%S%fZ")
    keys_of = (info.key for info in archive.store.list(keys.RUNS) if keys.is_run_report(info.key))
    names = (key.removeprefix(keys.RUNS).removesuffix(".json") for key in keys_of)
    kept = 0
    for name in sorted((name for name in names if name > after), reverse=True):
        with contextlib.suppress(seal.SealBrokenError, formats.NewerFormatError):
            kept += bool((archive.run_report(name) or {}).get("capture_files"))
        if kept > _REPORTS_READ:
            break
    return kept


def _documents(connection: LakeConnection, counts: Counts | None, waiting: int) -> Iterator[Row]:
    sql = f"SELECT name, times FROM ({_times('documents', counts)}) ORDER BY name"  # noqa: S608 - our own
    for name, count in connection.execute(sql, _bound(counts)).fetchall():
        yield {"topic": "documents", "name": name, "count": count}
    yield {"topic": "documents", "name": "waiting", "count": waiting}


def _amounts(connection: LakeConnection, counts: Counts | None) -> Iterator[Row]:
    sql = f"""
        SELECT name, times, percent(times, sum(times) OVER ()) FROM ({_times("line_items", counts)}) ORDER BY name
    """  # noqa: S608 - our own
    for name, count, share in connection.execute(sql, _bound(counts)).fetchall():
        yield {"topic": "amounts", "name": name, "count": count, "percent": share}


def _issues(connection: LakeConnection, counts: Counts | None) -> Iterator[Row]:
    sql = f"SELECT name, times FROM ({_times('issues', counts)}) ORDER BY times DESC, name"  # noqa: S608 - our own
    for name, count in connection.execute(sql, _bound(counts)).fetchall():
        yield {"topic": "issues", "name": name, "count": count}


def _times(table: str, counts: Counts | None) -> str:
    """SQL for how often each value occurs in the column by which a table is counted: by its rows, or as counted."""
    if counts is not None:
        return "SELECT unnest($names) AS name, unnest($times) AS times"
    if table == "line_items":
        return "SELECT status AS name, count(*) AS times FROM line_items WHERE amount IS NOT NULL GROUP BY ALL"
    return f"SELECT {COUNTED[table]} AS name, count(*) AS times FROM {table} GROUP BY ALL"  # noqa: S608 - our own


def _bound(counts: Counts | None) -> dict[str, object] | None:
    return None if counts is None else {"names": list(counts), "times": list(counts.values())}


def _of_lake(connection: LakeConnection, waiting: int) -> Iterator[Row]:
    """What the lake holds, of which a large one is counted already but for a few files."""
    manifest = connection.manifest
    counts = (counted(manifest, most=_FILES_COUNTED) if manifest else None) or {}
    yield from _documents(connection, counts.get("documents"), waiting)
    yield from _amounts(connection, counts.get("line_items"))
    yield from _issues(connection, counts.get("issues"))
    for name, total in sorted((manifest.tables if manifest else {}).items()):
        yield {"topic": "lake", "name": name, "count": total.rows, "bytes": total.bytes}


def _second(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)
