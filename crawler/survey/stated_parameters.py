"""Parameters that a column's page states in so many words, for the file that is to describe its portal."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.crawler.errors import ListingNotUnderstoodError, PagerNotUnderstoodError
from gongkai.crawler.families import jpaas, jpage, trs
from gongkai.crawler.families.hebei import BLOCK
from gongkai.crawler.families.truecms import COLUMN
from gongkai.crawler.families.ucap import CHANNEL
from gongkai.crawler.pages.page import Page


def stated_parameters(family: str, page: Page) -> dict[str, object]:
    """Parameters of a family that a column's page states in so many words: numbers of columns, units and sites.

    The families read most of them off the page at every crawl; written down, they also hold when the page changes, and
    a person sees what will be asked for.  Of several lists or units none is chosen.
    """
    if reader := STATED_BY.get(family):
        return reader(page)
    found = {name: pattern.search(page.text) for name, pattern in STATED.get(family, {}).items()}
    return {name: match.group(1) for name, match in found.items() if match}


STATED: dict[str, dict[str, re.Pattern[str]]] = {
    "hebei": {"block": re.compile(f"({BLOCK.pattern})")},
    "longxun": {"site": re.compile(r"\bsiteId[\"']?\s*[:=]\s*[\"']?(\d{4,12})\b")},
    "truecms": {"column": COLUMN},
    "ucap": {"channel": CHANNEL},
}
"""What a page says where, by family and parameter."""


def _trs_pager(page: Page) -> dict[str, object]:
    try:
        shape = trs.pager(page)
    except PagerNotUnderstoodError:
        return {}
    return {"pager_base": shape.base} if shape else {}


def _jpage_unit(page: Page) -> dict[str, object]:
    try:
        return {"unit": jpage.chosen_unit(page, None).name}
    except ListingNotUnderstoodError:
        return {}


def _jpaas_tag(page: Page) -> dict[str, object]:
    tags = {unit.tag for unit in jpaas.units(page)}
    return {"tag": tags.pop()} if len(tags) == 1 else {}


STATED_BY: dict[str, Callable[[Page], dict[str, object]]] = {
    "jpaas": _jpaas_tag,
    "jpage": _jpage_unit,
    "trs": _trs_pager,
}
"""The same for families whose pages need more than a look."""
