"""``gongkai export release`` and ``release-diff``: a publication as a folder to publish, and two of them compared."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from gongkai.archive.roots import open_store
from gongkai.commands.export.published import published, terms_of, terms_options
from gongkai.lake.catalogues.croissant import croissant
from gongkai.lake.catalogues.data_package import data_package
from gongkai.lake.catalogues.dcat import dcat_catalogue
from gongkai.lake.catalogues.holdings import Holdings
from gongkai.lake.catalogues.json_text import json_text
from gongkai.lake.catalogues.readme import readme
from gongkai.lake.catalogues.terms import Terms
from gongkai.lake.release import RELEASE, release_record, write_release
from gongkai.progress import progress
from gongkai.queries.exports import statements, table_views
from gongkai.queries.output import Format
from gongkai.queries.relations import view_files
from gongkai.queries.release_diff import VIEWS, View, differences
from gongkai.row_output import answer, answer_options
from gongkai.session import Session, say


@click.command("release", short_help="A dated, hashed snapshot that a data portal can publish.")
@click.argument("target", metavar="DIR|s3://BUCKET/PREFIX")
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date it bears; else the day, in UTC, on which the lake was last published.",
)
@terms_options
@click.pass_obj
def release(session: Session, *, target: str, on: dt.datetime | None, publisher: str, licence: str, base: str) -> None:
    """Copy the lake as it is now, with its catalogues, a page for people and a checksum of every file.

    Cut off, it leaves UNFINISHED there; run it again and it finishes. The same publication gives the same bytes.

    \b
    gongkai export release gongkai-2025-06
    cd gongkai-2025-06 && sha256sum -c CHECKSUMS
    gongkai verify --package gongkai-2025-06
    """
    terms = terms_of(publisher, licence, base)
    held = published(session, on.date() if on else None)
    destination = open_store(target)
    with progress("releasing", len(held.manifest.files)) as advance:
        is_new = write_release(session.archive().store, destination, held, _pages(held, terms), advance)
    told = "released" if is_new else "is there already, unchanged"
    say(f"{destination.url}: publication {held.publication[:12]} of {held.published_on} {told}, {held.rows} rows")


def _pages(held: Holdings, terms: Terms) -> dict[str, bytes]:
    """The files beside ``lake/``."""
    described = (held, terms, table_views(held.manifest), list(view_files()))
    return {
        "README.md": readme(held, terms).encode(),
        "views.sql": "".join(statements(held.manifest)).encode(),
        "datapackage.json": json_text(data_package(*described)),
        "dcat.jsonld": json_text(dcat_catalogue(*described)),
        "croissant.json": json_text(croissant(*described)),
        RELEASE: release_record(held, terms),
    }


@click.command("release-diff", short_help="Compare two releases: documents, rows, amounts.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--show", type=click.Choice(VIEWS), default="documents", show_default=True, help="Which differences are listed."
)
@answer_options
def release_diff(old: str, new: str, show: View, form: Format, output: Path | None) -> None:
    """List what NEW has otherwise than OLD: documents added, withdrawn or read otherwise, rows per table, or amounts.

    \b
    gongkai export release-diff gongkai-2025-05 gongkai-2025-06
    gongkai export release-diff gongkai-2025-05 gongkai-2025-06 --show amounts --format csv
    """
    with differences(open_store(old), open_store(new)) as found:
        answer(found.rows(show), form, output)
        say(found.summary())
