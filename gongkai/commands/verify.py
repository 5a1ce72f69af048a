"""``gongkai verify``: fixity of every object."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import pyarrow as pa

from gongkai.archive.fixity import Finding
from gongkai.archive.keys import is_sha256
from gongkai.archive.packages.bag_fixity import bag_findings, is_bag
from gongkai.archive.packages.ocfl_fixity import is_ocfl, ocfl_findings
from gongkai.archive.roots import open_copy, open_store
from gongkai.archive.signature_fixity import SignatureCheck, Trust
from gongkai.archive.store import Store
from gongkai.archive.verifications import Asked, verify_recorded
from gongkai.commands.export.wacz import package_place, wacz_module
from gongkai.commands.sign import exchange_room, read_certificates
from gongkai.crawler.report.notify import Notice
from gongkai.exits import Exit
from gongkai.lake.fixity import lake_files
from gongkai.lake.healing import heal
from gongkai.lake.release_fixity import is_release, release_findings
from gongkai.notification import failure_told, notify_options, tell
from gongkai.progress import progress
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import CommandError, Session, say
from gongkai.verification_answers import objects_not_read, verifications, write_page

_FINDINGS: dict[str, pa.DataType] = {"problem": pa.string(), "key": pa.string(), "detail": pa.string()}

_Told = Callable[[str, int], None]
_Mended = Callable[[list[Finding]], list[Finding]]
"""Mends what was found and gives what is left."""
_PACKAGES: tuple[tuple[str, Callable[[Store], bool], Callable[[Store, _Told], Iterator[Finding]]], ...] = (
    ("BagIt bag", is_bag, bag_findings),
    ("OCFL root or object", is_ocfl, functools.partial(ocfl_findings, warn=say)),
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
@click.option("--package", metavar="DIR|s3://…", help="Check a package made of an archive instead.")
@click.option("--heal-from", metavar="DIR|s3://…", help="Bring back what is missing or altered from this copy.")
@click.option("--oldest-first", is_flag=True, help="Begin with the parts that were not read for longest.")
@click.option(
    "--signed-by",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A public key that may have signed.",
)
@click.option(
    "--tsa-root",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The certificates trusted to have issued that of the authority, in PEM.",
)
@click.option("--head", metavar="SHA256", help="A statement that must be there, by the hash that you kept of it.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a report for people too.")
@click.option("--report", is_flag=True, help="Check nothing: list the verifications on record.")
@click.option(
    "--read-within",
    type=click.FloatRange(min=0),
    metavar="DAYS",
    help="Check nothing: list objects not read for so long.",
)
@notify_options
@answer_options
@click.pass_obj
def command(
    session: Session,
    *,
    subset: tuple[int, int] | None,
    seconds: float | None,
    package: str | None,
    heal_from: str | None,
    oldest_first: bool,
    signed_by: tuple[Path, ...],
    tsa_root: Path | None,
    head: str | None,
    html: Path | None,
    report: bool,
    read_within: float | None,
    targets: tuple[str, ...],
    notify_always: bool,
    form: Format,
    output: Path | None,
) -> Exit:
    """Check every original, capture file, run report and lake file, and name whatever is missing or altered.

    What should be there is told by what is left: captures and documents name originals, run reports and the inventory
    name one another and the capture files.  With --package a release, a BagIt bag, or an OCFL storage root or
    object is checked, wherever it lies.

    Every verification of the archive leaves a record in it, by which --oldest-first, --report and --read-within go.

    With --heal-from a second copy, made by `gongkai copy`, gives back what is missing or altered, originals first, and
    what was lost with every record of it.  Only what proves itself is taken, and each repair is reported.
    """
    if package is not None and (subset or seconds or oldest_first or html):
        raise CommandError(
            "--package checks all of it: leave out --subset, --seconds, --oldest-first and --html", Exit.WRONG_USAGE
        )
    if package is not None and heal_from is not None:
        raise CommandError("--heal-from heals the archive, no package: leave out --package", Exit.WRONG_USAGE)
    if subset and oldest_first:
        raise CommandError("--oldest-first chooses the parts: leave out --subset", Exit.WRONG_USAGE)
    if report:
        return verifications(session.filled_archive().store, form, output)
    if read_within is not None:
        return objects_not_read(session.filled_archive().store, read_within, form, output)
    with failure_told(targets, "gongkai verify"):
        restored: list[str] = []
        if package is None:
            trust = _trust(signed_by, tsa_root, head)
            asked = Asked(subset, seconds, oldest_first)
            mended = _healing(session, heal_from, restored) if heal_from else None
            findings = _verified(session, mended, asked, trust, form=form, output=output)
            if html is not None:
                write_page(session.archive().store, html)
        else:
            findings = _verified_package(package, form, output)
        tell(targets, notice_of_verify(findings, restored), always=notify_always)
    return Exit.SOMETHING_FAILED if findings else Exit.OK


def _trust(signed_by: tuple[Path, ...], tsa_root: Path | None, head: str | None) -> Trust:
    """The keys, certificates and hash to hold the signed inventories against.  Raises CommandError."""
    if head is not None and not is_sha256(head):
        raise CommandError(f"--head {head!r} is not a SHA-256 as gongkai sign --list shows it", Exit.WRONG_USAGE)
    certificates = None if tsa_root is None else read_certificates(tsa_root)
    if not signed_by:
        return Trust((), certificates, head)
    module = exchange_room("signing_keys")
    try:
        return Trust([module.public_key_file(path) for path in signed_by], certificates, head)
    except module.KeyRefusedError as error:
        raise CommandError(str(error), Exit.WRONG_USAGE) from error


def _verified(
    session: Session, mended: _Mended | None, asked: Asked, trust: Trust, *, form: Format, output: Path | None
) -> list[Finding]:
    """The findings, answered as they were asked for; what was healed is none any more."""
    archive = session.archive() if mended else session.filled_archive()
    untold: list[str] = []

    def check(note: _Told) -> Iterator[Finding]:
        further = (lake_files, SignatureCheck(trust))
        return verify_recorded(archive, asked, progress=note, note=untold.append, further=further)

    return _told(check, untold, form, output, mended or list)


def _healing(session: Session, heal_from: str, restored: list[str]) -> _Mended:
    """Gives what is left of findings once the copy gave back what it could; keys brought back go to ``restored``."""
    archive, copy = session.archive(), open_copy(heal_from)

    def mended(findings: list[Finding]) -> list[Finding]:
        healing = heal(archive, copy, findings)
        restored.extend(repair["key"] for repair in healing.repairs)
        for key in restored:
            say(f"restored {key}")
        for found in healing.of_copy:
            say(f"the copy cannot give {found.key}: {found.detail}")
        if restored:
            say(f"restored {len(restored)} objects from {copy.url}: run report {healing.run_id}")
        return healing.left

    return mended


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
    check: Callable[[_Told], Iterator[Finding]],
    untold: list[str],
    form: Format,
    output: Path | None,
    mended: _Mended = list,
) -> list[Finding]:
    """What a check finds, answered as it was asked for; ``untold`` is said once it is over."""
    checked = size = 0
    with progress("verifying") as advance:

        def note(key: str, length: int) -> None:
            nonlocal checked, size
            checked, size = checked + 1, size + length
            advance(key)

        findings = mended(list(check(note)))
    for text in dict.fromkeys(untold):
        say(text)
    if findings or form != "table":
        answer(findings_of(findings), form, output)
    say(f"{checked} objects checked, {size} bytes: {len(findings)} findings")
    return findings


def findings_of(findings: Sequence[Finding]) -> pa.RecordBatchReader:
    """Findings as rows."""
    rows = ({"problem": found.problem.value, "key": found.key, "detail": found.detail} for found in findings)
    return records(_FINDINGS, rows)


def notice_of_verify(findings: Sequence[Finding], restored: Sequence[str] = ()) -> Notice:
    """The news of a verification: what is missing or altered, and what was brought back."""
    named = [f"{finding.problem.value}: {finding.key}" for finding in findings]
    named += [f"restored: {key}" for key in restored]
    more = [f"and {len(named) - 20} more"] if len(named) > 20 else []
    code = int(Exit.SOMETHING_FAILED if findings else Exit.OK)
    facts = {"command": "verify", "exit_code": code, "count": len(findings), "findings": named[:100]}
    subject = f"gongkai verify, exit code {code}: {len(findings)} findings"
    return Notice(subject, [*named[:20], *more], facts, is_news=bool(named))
