"""A family: one way in which portals give up their documents, as functions from pages to values.

Each module of this room that describes one ends in `FAMILY = Family(...)`, and is named in `families.registry`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.article import ArticleFacts, article_facts
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, attachments
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page

P = TypeVar("P", bound=Parameters)
FAMILY_SPIDER = "gongkai.crawler.spider.family_spider.FamilySpider"


def attached_files(page: Page, lead: Lead, parameters: Parameters) -> Sequence[Link]:
    """The files that an article links, shows or hides in its scripts."""
    return attachments(page, parameters.body)


def nothing_stated(page: Page) -> Mapping[str, object]:
    """No parameter: the pages of the family state none."""
    return {}


def stated_by(**patterns: re.Pattern[str]) -> Callable[[Page], Mapping[str, object]]:
    """Reads parameters off a page, each by the first group of its pattern; one that matches nowhere states none."""

    def stated(page: Page) -> Mapping[str, object]:
        matches = {name: pattern.search(page.text) for name, pattern in patterns.items()}
        return {name: match.group(1) for name, match in matches.items() if match}

    return stated


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Family(Generic[P]):
    """The functions by which the pages of one kind of portal are read.

    `parameters` is the class of what a portal's file may state.  `read_listing` reads an answer to the request for a
    listing page (`page.text` where it is not HTML), and raises ListingNotUnderstoodError for an answer that is no
    listing page of the family.  `read_files` gives the files of an article, `read_facts` what it says about itself.
    `stated_parameters` reads parameters that a column's page states in so many words: the family reads most of them off
    the page at every crawl; written down in a portal's file, they also hold when the page changes.

    `spider` is the dotted name of the spider that follows what was read.  Only a family that has to remember something
    from page to page, or to go on after a failure, has a spider of its own, which may read the listings instead.
    `shows_rows_itself` is true where the page that leads on to lists shows rows of its own too.
    """

    parameters: type[P]
    read_listing: Callable[[Page, Lead, P], Listed] | None = None
    read_files: Callable[[Page, Lead, P], Sequence[Link]] = attached_files
    read_facts: Callable[[Page], ArticleFacts] = article_facts
    stated_parameters: Callable[[Page], Mapping[str, object]] = nothing_stated
    spider: str = FAMILY_SPIDER
    shows_rows_itself: bool = False

    def __post_init__(self) -> None:
        if self.read_listing is None and self.spider == FAMILY_SPIDER:
            name = self.parameters.__name__
            raise TypeError(f"The family of {name} states neither read_listing nor a spider of its own.")
