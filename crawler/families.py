"""The families: how portals give up their documents.  One line each; all else is in their modules.

A family has its parameters, a dataclass beside the pure functions that read its pages (`crawler.listings.<family>`),
and a spider (`crawler.spiders.<family>`), which is loaded only when a portal is crawled.
"""

from __future__ import annotations

import dataclasses

from crawler.facts import Parameters
from crawler.listings.trs import TrsParameters


@dataclasses.dataclass(frozen=True, slots=True)
class Family:
    """What a portal file may state under `parameters`, and the dotted name of the spider."""

    parameters: type[Parameters]
    spider: str


FAMILIES = {
    "trs": Family(TrsParameters, "crawler.spiders.trs.TrsSpider"),
}
"""Each family by the name that portal files use; its spider has the same name."""
