"""``gongkai export``: the lake for other tools, for catalogues and for data portals."""

from __future__ import annotations

import click

from gongkai.commands.export.catalogues import croissant_file, datapackage_file, dcat_file
from gongkai.commands.export.files import duckdb_file, ducklake_file, sql_file, sqlite_file
from gongkai.commands.export.packages import bagit, ocfl
from gongkai.commands.export.release import release, release_diff
from gongkai.commands.export.site import site
from gongkai.commands.export.wacz import wacz_file


@click.group("export", short_help="Hand the lake to other tools, catalogues and data portals.")
def command() -> None:
    """Hand the lake to other tools, catalogues and data portals.

    A release holds a copy of the rows, SQLite one of answers; the others read or describe the lake's own files.
    """


for each in (
    *(duckdb_file, sql_file, sqlite_file, ducklake_file),
    *(datapackage_file, dcat_file, croissant_file),
    *(release, release_diff),
    site,
    wacz_file,
    *(bagit, ocfl),
):
    command.add_command(each)
