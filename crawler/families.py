"""The families: how portals give up their documents.  One line each; all else is in their modules.

A family has its parameters, a dataclass beside the pure functions that read its pages (`crawler.listings.<family>`),
and a spider (`crawler.spiders.<family>`), which is loaded only when a portal is crawled.
"""

from __future__ import annotations

import dataclasses

from crawler.facts import Parameters
from crawler.listings.bmys import BmysParameters
from crawler.listings.epoint import EpointParameters
from crawler.listings.gkmlpt import GkmlptParameters
from crawler.listings.hebei import HebeiParameters
from crawler.listings.jiangsu import JiangsuParameters
from crawler.listings.jpaas import JpaasParameters
from crawler.listings.jpage import JpageParameters
from crawler.listings.longxun import LongxunParameters
from crawler.listings.neimenggu import NeimengguParameters
from crawler.listings.query import QueryParameters
from crawler.listings.sitesources import SitesourcesParameters
from crawler.listings.static import StaticParameters
from crawler.listings.trs import TrsParameters
from crawler.listings.truecms import TruecmsParameters
from crawler.listings.ucap import UcapParameters
from crawler.listings.vsb import VsbParameters


@dataclasses.dataclass(frozen=True, slots=True)
class Family:
    """What a portal file may state under `parameters`, and the dotted name of the spider."""

    parameters: type[Parameters]
    spider: str


FAMILIES = {
    "bmys": Family(BmysParameters, "crawler.spiders.bmys.BmysSpider"),
    "epoint": Family(EpointParameters, "crawler.spiders.epoint.EpointSpider"),
    "gkmlpt": Family(GkmlptParameters, "crawler.spiders.gkmlpt.GkmlptSpider"),
    "hebei": Family(HebeiParameters, "crawler.spiders.hebei.HebeiSpider"),
    "jiangsu": Family(JiangsuParameters, "crawler.spiders.jiangsu.JiangsuSpider"),
    "jpaas": Family(JpaasParameters, "crawler.spiders.jpaas.JpaasSpider"),
    "jpage": Family(JpageParameters, "crawler.spiders.jpage.JpageSpider"),
    "longxun": Family(LongxunParameters, "crawler.spiders.longxun.LongxunSpider"),
    "neimenggu": Family(NeimengguParameters, "crawler.spiders.neimenggu.NeimengguSpider"),
    "query": Family(QueryParameters, "crawler.spiders.query.QuerySpider"),
    "sitesources": Family(SitesourcesParameters, "crawler.spiders.sitesources.SitesourcesSpider"),
    "static": Family(StaticParameters, "crawler.spiders.static.StaticSpider"),
    "trs": Family(TrsParameters, "crawler.spiders.trs.TrsSpider"),
    "truecms": Family(TruecmsParameters, "crawler.spiders.truecms.TruecmsSpider"),
    "ucap": Family(UcapParameters, "crawler.spiders.ucap.UcapSpider"),
    "vsb": Family(VsbParameters, "crawler.spiders.vsb.VsbSpider"),
}
"""Each family by the name that portal files use; its spider has the same name."""
