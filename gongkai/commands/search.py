"""``gongkai search``: where words stand in everything that was parsed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from gongkai.phase_option import phase_option
from gongkai.progress import progress
from gongkai.queries.full_text.compared import words_of
from gongkai.queries.full_text.finding import Question
from gongkai.queries.full_text.index import Index
from gongkai.queries.full_text.rows import hit_rows, reading_rows
from gongkai.queries.full_text.search import search
from gongkai.queries.full_text.tables import KINDS, Kind
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options
from gongkai.session import Session, echo, say


@click.command("search", short_help="Find words in narrative, projects, indicators and tables.")
@click.argument("words", nargs=-1)
@click.option("--place", default="", help="Part of a province, city, county or entity name.")
@click.option("--year", type=int, help="Fiscal year.")
@click.option("--department", default="", help="Controlled department name, such as 教育.")
@phase_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Where the words stand.  Repeatable.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="How many hits to show.")
@click.option(
    "--index-only",
    is_flag=True,
    help="Bring the index in line with the lake, or with --place only of its provinces, for a job at night.",
)
@answer_options
@click.pass_obj
def command(
    session: Session,
    words: Sequence[str],
    *,
    place: str,
    year: int | None,
    department: str,
    phase: str | None,
    kinds: Sequence[Kind],
    limit: int,
    index_only: bool,
    form: Format,
    output: Path | None,
) -> None:
    """Find the passages that hold every one of the WORDS: titles, narrative, projects, indicators and cells.

    White space and punctuation are passed over; a phrase in quotes is found as typed.  Titles come first, then
    narrative, projects, indicators and cells, of each the newest year first.

    \b
    gongkai search 过紧日子 --place 河北 --year 2025
    gongkai search 就业 培训 --kind project --format csv
    gongkai search '"“三公”经费"'
    """
    store = session.filled_archive().store
    if index_only:
        with progress("indexing") as advance:
            index = Index(store, say, advance, place).opened()
        size = f"{index.bytes / 1e6:,.1f}"
        if index.provinces is None:
            echo(f"the index of the full text shows the lake: {index.folder.path}, {size} MB")
        else:
            echo(f"the index of the full text shows the provinces of {place!r}: {index.folder.path}, {size} MB")
        return
    question = Question(words_of(" ".join(words)), place, year, department, phase or "", kinds or KINDS, limit)
    answered = search(store, question, say)
    rows = reading_rows(answered.hits) if form == "table" else hit_rows(answered.hits)
    shown = answer(rows.to_reader(), form, output)
    say(f"{shown:,} of {answered.total:,} hits shown")
