"""``gongkai evidence``: a number, and the place in the original where it is printed."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
from PIL import Image
from rich.cells import cell_len

from gongkai.archive.archive import Archive
from gongkai.enclosed import bytes_of, document_of
from gongkai.exits import Exit
from gongkai.number_evidence import drawn, font_facts, pages_of
from gongkai.queries.evidence import Evidence, evidence_of
from gongkai.queries.evidence_facts import LINE_ITEM, Facts, cell_facts, document_facts, said_fact
from gongkai.queries.lake import connect
from gongkai.queries.output import new_file
from gongkai.queries.reading_table import reading_table
from gongkai.session import CommandError, Session, echo, terminal_width
from gongkai.vocabulary.languages import said

_SHA256 = re.compile(r"[0-9a-fA-F]{8,64}")

Position = tuple[int, int, int]


@click.command("evidence", short_help="Show where in its original a number is printed.")
@click.argument("sha256", required=False, metavar="[SHA256]")
@click.option("--line-item", "line_item", metavar="ID", help="An amount, by its line_item_id.")
@click.option("--page", type=click.IntRange(min=1), help="Page, from 1; alone it shows the whole page.")
@click.option("--table", type=click.IntRange(min=0), help="Table, its table_index in the lake.")
@click.option("--row", type=click.IntRange(min=0), help="Row, its row_index.")
@click.option("--column", type=click.IntRange(min=0), help="Column, its column_index.")
@click.option(
    "--output", "-o", metavar="FILE|-", help="The PNG; - is standard output.  Default: a name of its own here."
)
@click.option(
    "--scale",
    type=click.FloatRange(min=0.1, max=20),
    default=2.0,
    show_default=True,
    help="Pixels to the point; 1 is 72 dpi.",
)
@click.option("--whole-page", is_flag=True, help="The whole page rather than the part around the cell.")
@click.pass_obj
def command(
    session: Session,
    sha256: str | None,
    *,
    line_item: str | None,
    page: int | None,
    table: int | None,
    row: int | None,
    column: int | None,
    output: str | None,
    scale: float,
    whole_page: bool,
) -> None:
    """Show where in its original a number is printed.

    A PNG of the page with the cell framed, and what is known of it: the amount, the checks it takes part in, the
    address and time of capture, the hash of the original.  Where the format has no pages, the neighbouring rows.

    \b
    gongkai evidence --line-item 44efd924c0f0-3-5-2
    gongkai evidence 44efd924 --table 3 --row 5 --column 2
    gongkai evidence 44efd924 --page 7
    """
    digits, position = _asked(sha256, line_item, page, (table, row, column))
    if output == "-" and terminal_width() is not None:
        raise CommandError("a picture is binary: give --output FILE, or send it to a pipe", Exit.WRONG_USAGE)
    archive = session.filled_archive()
    document, evidence = _found(session, archive, digits, position, line_item)
    if evidence is not None and page not in (None, evidence.cell.page):
        stands = f"on page {evidence.cell.page}" if evidence.cell.page else f"in {document['format']}, without pages"
        raise CommandError(f"that cell stands {stands}, not on page {page}", Exit.SOMETHING_FAILED)
    shown = evidence.cell.page if evidence else page
    facts = [*cell_facts(evidence), *document_facts(document, evidence, shown)]
    if document["format"] != "pdf" or shown is None:
        _without_picture(document, evidence, facts, output)
        return
    with pages_of(bytes_of(archive, document)) as pages:
        picture = drawn(pages, evidence, shown, scale, whole_page=whole_page)
        facts += font_facts(pages, shown)
    written = _write(picture, scale, output, _own_name(document, evidence, shown))
    _say([*facts, *([("picture", written)] if written else [])], to_errors=output == "-")


def _asked(
    sha256: str | None, line_item: str | None, page: int | None, given: tuple[int | None, int | None, int | None]
) -> tuple[str, Position | None]:
    """Digits of the document and the position in it, None for a whole page.  Raises UsageError."""
    if (sha256 is None) == (line_item is None):
        raise click.UsageError("give a SHA256, or --line-item ID")
    if line_item is not None:
        parts = LINE_ITEM.fullmatch(line_item)
        if parts is None or given != (None, None, None):
            raise click.UsageError(f"--line-item {line_item!r}: give a line_item_id such as 44efd924c0f0-3-5-2, alone")
        return parts[1], (int(parts[2]), int(parts[3]), int(parts[4]))
    if sha256 is None or not _SHA256.fullmatch(sha256):
        raise click.UsageError(f"{sha256!r} is not the first 8 or more digits of a SHA-256")
    table, row, column = given
    if table is not None and row is not None and column is not None:
        return sha256.lower(), (table, row, column)
    if given != (None, None, None) or page is None:
        raise click.UsageError("give --table, --row and --column together, or --page alone")
    return sha256.lower(), None


def _found(
    session: Session, archive: Archive, digits: str, position: Position | None, line_item: str | None
) -> tuple[Mapping[str, Any], Evidence | None]:
    """The document's row and what is known of the position.  Raises CommandError when there is no such thing."""
    document = document_of(archive, digits)
    if document is None:
        raise CommandError(
            f"the lake has no document {digits!r}: see {session.command} documents, or run {session.command} parse",
            Exit.SOMETHING_FAILED,
        )
    if position is None:
        return document, None
    with connect(archive.store) as connection:
        evidence = evidence_of(connection, document, *position)
    where = "table {}, row {}, column {}".format(*position)
    if evidence is None:
        raise CommandError(f"{document['sha256'][:12]} has no cell in {where}", Exit.SOMETHING_FAILED)
    if line_item is not None and line_item not in {item["line_item_id"] for item in evidence.items}:
        raise CommandError(
            f"{line_item!r} is no amount of line_items; its cell says {evidence.cell.text!r}", Exit.SOMETHING_FAILED
        )
    return document, evidence


def _own_name(document: Mapping[str, Any], evidence: Evidence | None, page: int) -> Path:
    cell = f"-t{evidence.table['table_index']}-r{evidence.cell.row}-c{evidence.cell.column}" if evidence else ""
    return Path(f"{document['sha256'][:12]}-p{page}{cell}.png")


def _write(picture: Image.Image, scale: float, output: str | None, own: Path) -> str | None:
    """Write the PNG, its resolution with it; returns the file's name."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", dpi=(72 * scale, 72 * scale))
    if output == "-":
        sys.stdout.buffer.write(buffer.getvalue())
        sys.stdout.buffer.flush()
        return None
    target = Path(output) if output else own
    with new_file(target) as file:
        file.write(buffer.getvalue())
    return str(target)


def _without_picture(document: Mapping[str, Any], evidence: Evidence | None, facts: Facts, output: str | None) -> None:
    """The rows around the cell as text.  Raises CommandError where a whole page was asked for."""
    reason = f"the original is {document['format'] or 'of no known format'}, which has no pages that can be drawn"
    if evidence is None or output is not None:
        raise CommandError(
            f"there is no picture: {reason}; hand it out with gongkai get {document['sha256'][:12]}",
            Exit.SOMETHING_FAILED,
        )
    _say([*facts, ("picture", f"none: {reason}")])
    echo()
    echo(_neighbours(evidence), nl=False)


def _neighbours(evidence: Evidence) -> str:
    """The rows around the cell, turned: a line for each column of the original, so that wide tables stay readable."""
    rows = sorted({cell.row for cell in evidence.cells if not cell.is_header} | {evidence.cell.row})
    names = ("column", "heading", *(f"row {row}" for row in rows))
    lines = [
        [str(column), heading or "", *(_shown(evidence, row, column) for row in rows)]
        for column, heading in enumerate(evidence.table["columns"] or [])
    ]
    return reading_table(pa.schema([(said_fact(name), pa.string()) for name in names]), lines, terminal_width())


def _shown(evidence: Evidence, row: int, column: int) -> str:
    cell = next((cell for cell in evidence.cells if (cell.row, cell.column) == (row, column)), None)
    if cell is None:
        return ""  # covered by a merged cell, which stands once
    return f"→ {cell.text} ←" if cell == evidence.cell else cell.text


def _say(facts: Facts, *, to_errors: bool = False) -> None:
    told = [(said_fact(name), said(value)) for name, value in facts]
    width = max(cell_len(name) for name, _ in told) + 2
    for name, value in told:
        echo(f"{name}{' ' * (width - cell_len(name))}{value}", err=to_errors)
