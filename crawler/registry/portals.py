"""Portals made of registry rows, so that a place can be crawled before anybody described its portal.

The page is read by its structure, and what to expect is learnt from the archive: once a crawl read the column whole, a
later one must find nearly as many documents.
"""

from __future__ import annotations

from gongkai.archive import Role
from gongkai.crawler.errors import UnknownPlaceError
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.portal.file import Portal, StartUrl
from gongkai.crawler.portal.shipped import PROVINCE_FOLDERS
from gongkai.crawler.registry.places import Place
from gongkai.crawler.report.latest import Latest

READER = "static"
"""The family that reads a page by its structure."""
SHARE_EXPECTED = 0.8
"""Of the documents of the last whole crawl; columns lose a few when a site is tidied up, and not a fifth."""


def portal_of(row: Place, latest: Latest) -> Portal:
    """The portal of a place, with expectations from the last crawls of an archive.

    Its id is the province's folder and the address's host: `hebei/www.qingxian.gov.cn` without dots.  Raises
    UnknownPlaceError for a place without an address.
    """
    if not row.url:
        raise UnknownPlaceError(f"The registry names no address for {row.place!r}; give one with gongkai portals new.")
    name = f"{PROVINCE_FOLDERS[row.division_code[:2]]}/{row.division_code}-{row.host.replace('.', '-')}"
    return Portal(
        id=name,
        name=row.place,
        family=READER,
        division_code=row.division_code,
        start_urls=(StartUrl(row.url, Role.LISTING),),
        parameters=FAMILIES[READER].parameters(),
        expected_minimum=learnt_minimum(name, latest),
    )


def learnt_minimum(portal_id: str, latest: Latest) -> int | None:
    """The fewest documents to expect of a portal, from its last crawl that read the listing whole; None before one."""
    learnt = latest.portals.get(portal_id, {}).get("learnt")
    return int(learnt * SHARE_EXPECTED) or None if learnt is not None else None
