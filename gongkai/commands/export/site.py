"""``gongkai export site``: the pages of a place as files, to be published without a server."""

from __future__ import annotations

import importlib
import importlib.util

import click

from gongkai.archive.roots import open_store
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.queries.lake import connect
from gongkai.session import CommandError, Session, say
from gongkai.vocabulary.languages import LANGUAGES


@click.command("site", short_help="The viewer's pages of a place as files.")
@click.argument("target", metavar="DIR|s3://BUCKET/PREFIX")
@click.option("--place", required=True, help="Province, city or county, parted by /, such as 河北省/秦皇岛市.")
@click.option("--department", default="", help="Controlled department name, such as 教育.")
@click.option("--language", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Else both.")
@click.option("--originals", is_flag=True, help="Also the documents themselves.")
@click.pass_obj
def site(
    session: Session, *, target: str, place: str, department: str, languages: tuple[str, ...], originals: bool
) -> None:
    """Write the viewer's pages of a place, with their data and pictures, into a folder that any web server can show.

    A number leads to its page and the cell there, as in the viewer; what lies outside the place is named without a
    link.  Written into the folder of an earlier site, it takes that one's place.

    \b
    gongkai export site qinhuangdao --place 河北省/秦皇岛市
    """
    if importlib.util.find_spec("jinja2") is None:
        raise CommandError(
            "gongkai export site needs the extra viewer: pip install 'gongkai[viewer]'", Exit.WRONG_USAGE
        )
    archive = session.filled_archive()
    sites = importlib.import_module("gongkai.viewer.site")
    served = importlib.import_module("gongkai.serving").shown_of(archive, None)
    files = importlib.import_module("gongkai.viewer.site_files")
    scope = files.Scope(place, department, languages or LANGUAGES, originals)
    destination = open_store(target)
    try:
        with connect(archive.store) as lake, progress("writing pages") as advance:
            pages = sites.write_site(served, lake, destination, scope, advance)
    except sites.SiteRefusedError as error:
        raise CommandError(str(error), Exit.WRONG_USAGE) from error
    say(f"{destination.url}: {pages} pages, open index.html")
