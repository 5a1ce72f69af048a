"""The families by the names that portals' files use; a family is one module of this room and one line here."""

from __future__ import annotations

import importlib
from typing import Any

from gongkai.crawler.families.family import Family

NAMES = (
    "bmys",
    "epoint",
    "gkmlpt",
    "hebei",
    "jiangsu",
    "jpaas",
    "jpage",
    "longxun",
    "neimenggu",
    "query_pages",
    "sitesources",
    "static",
    "trs",
    "truecms",
    "ucap",
    "vsb",
    "zhengzhou",
)


def load_family(name: str) -> Family[Any]:
    """The family that a module of this room describes.  Raises TypeError where the module ends in none."""
    family = importlib.import_module(f"{__package__}.{name}").FAMILY
    if not isinstance(family, Family):
        raise TypeError(f"The module of the family {name!r} ends in no Family: its FAMILY is {family!r}.")
    return family


FAMILIES: dict[str, Family[Any]] = {name: load_family(name) for name in NAMES}
