"""The families: how portals give up their documents.  One line each; all else is in their modules.

A family has its parameters, a dataclass beside the pure functions that read its pages (`crawler.listings.<family>`),
and a spider (`crawler.spiders.<family>`), which is loaded only when a portal is crawled.
"""

from __future__ import annotations

import dataclasses

from crawler.facts import Parameters
from crawler.listings.jpaas import JpaasParameters
from crawler.listings.jpage import JpageParameters
from crawler.listings.static import StaticParameters
from crawler.listings.trs import TrsParameters
from crawler.listings.vsb import VsbParameters


@dataclasses.dataclass(frozen=True, slots=True)
class Family:
    """What a portal file may state under `parameters`, and the dotted name of the spider."""

    parameters: type[Parameters]
    spider: str


FAMILIES = {
    "jpaas": Family(JpaasParameters, "crawler.spiders.jpaas.JpaasSpider"),
    "jpage": Family(JpageParameters, "crawler.spiders.jpage.JpageSpider"),
    "static": Family(StaticParameters, "crawler.spiders.static.StaticSpider"),
    "trs": Family(TrsParameters, "crawler.spiders.trs.TrsSpider"),
    "vsb": Family(VsbParameters, "crawler.spiders.vsb.VsbSpider"),
}
"""Each family by the name that portal files use; its spider has the same name."""
