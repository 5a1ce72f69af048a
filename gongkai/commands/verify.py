"""``gongkai verify``: fixity of every object."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import pyarrow as pa

from gongkai.archive.fixity import Finding
from gongkai.archive.fixity import verify as verify_archive
from gongkai.archive.roots import open_store
from gongkai.archive.store import Store
from gongkai.commands.export.wacz import package_place, wacz_module
from gongkai.crawler.report.notify import Notice
from gongkai.exits import Exit
from gongkai.lake.fixity import lake_files
from gongkai.lake.release_fixity import is_release, release_findings
from gongkai.notification import failure_told, notify_options, tell
from gongkai.progress import progress
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import CommandError, Session, say

_FINDINGS: dict[str, pa.DataType] = {"problem": pa.string(), "key": pa.string(), "detail": pa.string()}

_Told = Callable[[str, int], None]
_PACKAGES: tuple[tuple[str, Callable[[Store], bool], Callable[[Store, _Told], Iterator[Finding]]], ...] = (
    ("release", is_release, release_findings),
)
"""Each kind of package: its name, how it is known, and its check, which is told each object and its length."""


def _part(_context: click.Context, _option: click.Parameter, text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    found = re.fullmatch(r"([1-9]\d{0,8})/([1-9]\d{0,8})", text)
    if found is None or int(found[1]) > int(found[2]):
        raise click.BadParameter(f"{text!r} is not of the form n/t with 1 ≤ n ≤ t, such as 3/10")
    return int(found[1]), int(found[2])


@click.command("verify", short_help="Check every object of the archive, byte for byte.")
@click.option("--subset", callback=_part, metavar="N/T", help="The n-th of t parts, which together are everything.")
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True), help="Stop after so long, from a random start.")
@click.option("--package", metavar="DIR|s3://…", help="Check a release instead of the archive.")
@notify_options
@answer_options
@click.pass_obj
def command(
    session: Session,
    *,
    subset: tuple[int, int] | None,
    seconds: float | None,
    package: str | None,
    targets: tuple[str, ...],
    notify_always: bool,
    form: Format,
    output: Path | None,
) -> Exit:
    """Check every original, capture file, run report and lake file, and name whatever is missing or altered.

    What should be there is told by what is left: captures and documents name originals, run reports and the inventory
    name one another and the capture files.  With --package a release is checked, wherever it lies.
    """
    if package is not None and (subset or seconds):
        raise CommandError("--package checks all of it: leave out --subset and --seconds", Exit.WRONG_USAGE)
    with failure_told(targets, "gongkai verify"):
        if package is None:
            findings = _verified(session, subset, seconds, form, output)
        else:
            findings = _verified_package(package, form, output)
        tell(targets, notice_of_verify(findings), always=notify_always)
    return Exit.SOMETHING_FAILED if findings else Exit.OK


def _verified(
    session: Session, subset: tuple[int, int] | None, seconds: float | None, form: Format, output: Path | None
) -> list[Finding]:
    """The findings, answered as they were asked for."""
    archive = session.filled_archive()
    untold: list[str] = []

    def check(note: _Told) -> Iterator[Finding]:
        return verify_archive(
            archive, subset=subset, seconds=seconds, progress=note, note=untold.append, further=(lake_files,)
        )

    return _told(check, untold, form, output)


def _verified_package(package: str, form: Format, output: Path | None) -> list[Finding]:
    """The findings of a package.  Raises CommandError for what is none."""
    if package.lower().endswith((".wacz", ".json")):
        module = wacz_module("wacz_fixity")
        store, name = package_place(package)
        return _told(functools.partial(module.wacz_findings, store, name), [], form, output)
    store = open_store(package)
    for _, is_one, findings in _PACKAGES:
        if is_one(store):
            return _told(functools.partial(findings, store), [], form, output)
    known = ", ".join([*(name for name, *_ in _PACKAGES), "FILE.wacz"])
    raise CommandError(f"{package!r} holds no package that gongkai knows ({known})", Exit.WRONG_USAGE)


def _told(
    check: Callable[[_Told], Iterator[Finding]], untold: list[str], form: Format, output: Path | None
) -> list[Finding]:
    """What a check finds, answered as it was asked for; ``untold`` is said once it is over."""
    checked = size = 0
    with progress("verifying") as advance:

        def note(key: str, length: int) -> None:
            nonlocal checked, size
            checked, size = checked + 1, size + length
            advance(key)

        findings = list(check(note))
    for text in untold:
        say(text)
    if findings or form != "table":
        rows = ({"problem": found.problem.value, "key": found.key, "detail": found.detail} for found in findings)
        answer(records(_FINDINGS, rows), form, output)
    say(f"{checked} objects checked, {size} bytes: {len(findings)} findings")
    return findings


def notice_of_verify(findings: Sequence[Finding]) -> Notice:
    """The news of a verification: what is missing or altered."""
    named = [f"{finding.problem.value}: {finding.key}" for finding in findings]
    more = [f"and {len(named) - 20} more"] if len(named) > 20 else []
    code = int(Exit.SOMETHING_FAILED if findings else Exit.OK)
    facts = {"command": "verify", "exit_code": code, "count": len(findings), "findings": named[:100]}
    subject = f"gongkai verify, exit code {code}: {len(findings)} findings"
    return Notice(subject, [*named[:20], *more], facts, is_news=bool(findings))
