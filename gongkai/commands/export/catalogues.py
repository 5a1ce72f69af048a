"""``gongkai export datapackage``, ``dcat`` and ``croissant``: the lake described for tools and portals of others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gongkai.commands.export.published import published, terms_of, terms_options
from gongkai.lake.catalogues.croissant import croissant
from gongkai.lake.catalogues.data_package import data_package
from gongkai.lake.catalogues.dcat import dcat_catalogue
from gongkai.lake.catalogues.json_text import json_text
from gongkai.queries.exports import table_views
from gongkai.queries.output import new_file
from gongkai.queries.relations import view_files
from gongkai.session import Session, say


def _command(name: str, short_help: str, help_text: str, catalogue: Callable[..., dict[str, Any]]) -> click.Command:
    @click.command(name, short_help=short_help, help=help_text)
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    @terms_options
    @click.pass_obj
    def write(session: Session, *, file: Path, publisher: str, licence: str, base: str) -> None:
        terms = terms_of(publisher, licence, base)
        held = published(session)
        described = catalogue(held, terms, table_views(held.manifest), list(view_files()))
        with new_file(file) as stream:
            stream.write(json_text(described))
        store = session.archive().store
        where = "" if terms.base else f"; its paths begin at the folder of the archive, which is {store.url}"
        say(f"{file}: {len(held.tables)} tables, {held.rows} rows, publication {held.publication[:12]}{where}")

    return write


datapackage_file = _command(
    "datapackage",
    "A Data Package (Frictionless), version 2.",
    """Describe the lake as a Data Package: tables, columns with meaning and unit, files with rows and hashes.

    \b
    gongkai export datapackage gongkai-data/datapackage.json
    gongkai export datapackage datapackage.json --base https://data.example.org/budgets/
    """,
    data_package,
)
dcat_file = _command(
    "dcat",
    "A catalogue record for data portals (DCAT 3, JSON-LD).",
    """Describe the lake in DCAT 3 as JSON-LD, which CKAN and other data portals harvest.

    \b
    gongkai export dcat catalogue.jsonld --publisher 某公益组织 --base https://data.example.org/budgets/
    """,
    dcat_catalogue,
)
croissant_file = _command(
    "croissant",
    "A description for machine learning (Croissant 1.0).",
    """Describe the lake in Croissant, whose record sets mlcroissant reads from the folder of the archive.

    \b
    gongkai export croissant gongkai-data/croissant.json
    """,
    croissant,
)
