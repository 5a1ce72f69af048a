"""The families: how portals give up their documents.  One line each; all else is in their modules.

A family has its parameters, a dataclass beside the pure functions that read its pages (`crawler.families.<family>`),
and a spider (`crawler.spider.<family>`), which is loaded only when a portal is crawled.
"""

from __future__ import annotations

import dataclasses

from gongkai.crawler.families.bmys import BmysParameters
from gongkai.crawler.families.epoint import EpointParameters
from gongkai.crawler.families.facts import Parameters
from gongkai.crawler.families.gkmlpt import GkmlptParameters
from gongkai.crawler.families.hebei import HebeiParameters
from gongkai.crawler.families.jiangsu import JiangsuParameters
from gongkai.crawler.families.jpaas import JpaasParameters
from gongkai.crawler.families.jpage import JpageParameters
from gongkai.crawler.families.longxun import LongxunParameters
from gongkai.crawler.families.neimenggu import NeimengguParameters
from gongkai.crawler.families.query import QueryParameters
from gongkai.crawler.families.sitesources import SitesourcesParameters
from gongkai.crawler.families.static import StaticParameters
from gongkai.crawler.families.trs import TrsParameters
from gongkai.crawler.families.truecms import TruecmsParameters
from gongkai.crawler.families.ucap import UcapParameters
from gongkai.crawler.families.vsb import VsbParameters


@dataclasses.dataclass(frozen=True, slots=True)
class Family:
    """What a portal file may state under `parameters`, and the dotted name of the spider."""

    parameters: type[Parameters]
    spider: str


FAMILIES = {
    "bmys": Family(BmysParameters, "gongkai.crawler.spider.bmys.BmysSpider"),
    "epoint": Family(EpointParameters, "gongkai.crawler.spider.epoint.EpointSpider"),
    "gkmlpt": Family(GkmlptParameters, "gongkai.crawler.spider.gkmlpt.GkmlptSpider"),
    "hebei": Family(HebeiParameters, "gongkai.crawler.spider.hebei.HebeiSpider"),
    "jiangsu": Family(JiangsuParameters, "gongkai.crawler.spider.jiangsu.JiangsuSpider"),
    "jpaas": Family(JpaasParameters, "gongkai.crawler.spider.jpaas.JpaasSpider"),
    "jpage": Family(JpageParameters, "gongkai.crawler.spider.jpage.JpageSpider"),
    "longxun": Family(LongxunParameters, "gongkai.crawler.spider.longxun.LongxunSpider"),
    "neimenggu": Family(NeimengguParameters, "gongkai.crawler.spider.neimenggu.NeimengguSpider"),
    "query": Family(QueryParameters, "gongkai.crawler.spider.query.QuerySpider"),
    "sitesources": Family(SitesourcesParameters, "gongkai.crawler.spider.sitesources.SitesourcesSpider"),
    "static": Family(StaticParameters, "gongkai.crawler.spider.static.StaticSpider"),
    "trs": Family(TrsParameters, "gongkai.crawler.spider.trs.TrsSpider"),
    "truecms": Family(TruecmsParameters, "gongkai.crawler.spider.truecms.TruecmsSpider"),
    "ucap": Family(UcapParameters, "gongkai.crawler.spider.ucap.UcapSpider"),
    "vsb": Family(VsbParameters, "gongkai.crawler.spider.vsb.VsbSpider"),
}
"""Each family by the name that portal files use; its spider has the same name."""
