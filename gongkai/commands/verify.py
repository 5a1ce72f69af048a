"""``gongkai verify``: fixity of every object."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pyarrow as pa

from gongkai.archive.fixity import Finding
from gongkai.archive.fixity import verify as verify_archive
from gongkai.exits import Exit
from gongkai.lake.fixity import lake_files
from gongkai.progress import progress
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import Session, say

_FINDINGS: dict[str, pa.DataType] = {"problem": pa.string(), "key": pa.string(), "detail": pa.string()}


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
@answer_options
@click.pass_obj
def command(
    session: Session, subset: tuple[int, int] | None, seconds: float | None, form: Format, output: Path | None
) -> Exit:
    """Check every original, capture file, run report and lake file, and name whatever is missing or altered.

    What should be there is told by what is left: captures and documents name originals, run reports and the inventory
    name one another and the capture files.
    """
    archive = session.filled_archive()
    checked = size = 0
    findings: list[Finding] = []
    untold: list[str] = []
    with progress("verifying") as advance:

        def note(key: str, length: int) -> None:
            nonlocal checked, size
            checked, size = checked + 1, size + length
            advance(key)

        found = verify_archive(
            archive, subset=subset, seconds=seconds, progress=note, note=untold.append, further=(lake_files,)
        )
        findings.extend(found)
    for text in untold:
        say(text)
    if findings or form != "table":
        rows = ({"problem": found.problem.value, "key": found.key, "detail": found.detail} for found in findings)
        answer(records(_FINDINGS, rows), form, output)
    say(f"{checked} objects checked, {size} bytes: {len(findings)} findings")
    return Exit.SOMETHING_FAILED if findings else Exit.OK
