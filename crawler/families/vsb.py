"""博达 VSB: the first page is `czyjs.htm`, the second of eleven `czyjs/10.htm`, the last `czyjs/1.htm`.

The numbers in the addresses count from the oldest page, so that an item that is added may move every page to another
address.  Which page an address holds is therefore believed only as the page itself prints it ("3/11").
"""

from __future__ import annotations

import dataclasses
import re

from gongkai.crawler.families.facts import Parameters
from gongkai.crawler.families.static import Pages

MOVED_AT_MOST = 20
"""No more pages than this are gone back for: as many new ones within one visit is a mistake of the page's numbers."""
NUMBERED = re.compile(r"^(.*/)(\d+)(\.\w+)$")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VsbParameters(Parameters):
    """Nothing but what every family has."""


def skipped_pages(url: str, said: Pages, expected: int) -> list[tuple[int, str]]:
    """The pages, each with its address, that moved out of sight while the column was read: from the one expected at an
    address up to the one found there."""
    match = NUMBERED.match(url)
    if match is None or said.number is None or said.pages is None:
        return []
    folder, _, suffix = match.groups()
    skipped = range(expected, min(said.number, expected + MOVED_AT_MOST))
    return [(number, f"{folder}{said.pages - number + 1}{suffix}") for number in skipped]
