"""``gongkai copy``: a second copy of the archive on another store."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import click

from gongkai.archive.archive import Archive, new_run_id
from gongkai.archive.carrying import Carrier
from gongkai.archive.fixity import Finding
from gongkai.archive.roots import open_copy
from gongkai.commands.verify import findings_of
from gongkai.crawler.report.notify import Notice
from gongkai.exits import Exit
from gongkai.lake.copying import copy_archive
from gongkai.notification import failure_told, notify_options, tell
from gongkai.progress import progress
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options
from gongkai.session import Session, say

_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}


def bytes_a_second(_context: click.Context, _option: click.Parameter, text: str | None) -> float | None:
    """The value of ``--rate``."""
    if text is None:
        return None
    number = re.fullmatch(r"(\d+(?:\.\d+)?)([KMG]?)", text.upper())
    if number is None or not float(number[1]):
        raise click.BadParameter(f"{text!r} is no rate: write bytes a second, such as 500K or 2M")
    return float(number[1]) * _UNITS[number[2]]


@click.command("copy", short_help="Keep a second copy of the archive on another store.")
@click.argument("destination", metavar="DIR|s3://BUCKET/PREFIX")
@click.option("--verify", "verify_held", is_flag=True, help="Read what the copy holds already, and mend it.")
@click.option("--rate", callback=bytes_a_second, metavar="BYTES", help="At most so many bytes a second: 500K, 2M.")
@notify_options
@answer_options
@click.pass_obj
def command(
    session: Session,
    *,
    destination: str,
    verify_held: bool,
    rate: float | None,
    targets: tuple[str, ...],
    notify_always: bool,
    form: Format,
    output: Path | None,
) -> Exit:
    """Bring a second copy up to date: originals, captures, run reports and the lake, on a directory or on S3.

    Only what the copy lacks is read, and proven while it is read.  What is altered here is named and not copied, and
    what is lost here stays in the copy: `gongkai verify --heal-from` brings it back.  The copy is an archive of its
    own.
    """
    with failure_told(targets, "gongkai copy"):
        archive = session.filled_archive()
        carrier = _copied(archive, destination, verify_held=verify_held, rate=rate)
        if carrier.findings or form != "table":
            answer(findings_of(carrier.findings), form, output)
        tell(targets, _notice(carrier.findings), always=notify_always)
    say(f"copied {carrier.objects} · {carrier.bytes} bytes · mended {carrier.mended} · held {carrier.held}")
    return Exit.SOMETHING_FAILED if carrier.findings else Exit.OK


def _copied(archive: Archive, destination: str, *, verify_held: bool, rate: float | None) -> Carrier:
    """Copy, and leave a report of the run."""
    started = dt.datetime.now(dt.UTC)
    with progress("copying") as advance:
        target = open_copy(destination)

        def told(key: str, _size: int, _sha256: str) -> None:
            advance(key)

        carrier = Carrier(archive.store, target, verify=verify_held, rate=rate, told=told)
        copy_archive(carrier)
    archive.write_run_report(new_run_id(started), _report(started, carrier))
    return carrier


def _report(started: dt.datetime, carrier: Carrier) -> dict[str, Any]:
    return {
        "command": "copy",
        "started": started.isoformat(),
        "finished": dt.datetime.now(dt.UTC).isoformat(),
        "destination": carrier.target.url,
        "objects": carrier.objects,
        "bytes": carrier.bytes,
        "mended": carrier.mended,
        "held": carrier.held,
        "findings": [{"key": each.key, "problem": each.problem.value} for each in carrier.findings],
        "exit_code": 1 if carrier.findings else 0,
    }


def _notice(findings: list[Finding]) -> Notice:
    """The news of a copy: what was not copied, being altered or lost here."""
    named = [f"{finding.problem.value}: {finding.key}" for finding in findings]
    code = int(Exit.SOMETHING_FAILED if findings else Exit.OK)
    facts = {"command": "copy", "exit_code": code, "count": len(findings), "findings": named[:100]}
    more = [f"and {len(named) - 20} more"] if len(named) > 20 else []
    subject = f"gongkai copy, exit code {code}: {len(findings)} findings"
    return Notice(subject, [*named[:20], *more], facts, is_news=bool(findings))
