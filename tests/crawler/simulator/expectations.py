"""What a crawl of a simulated portal must have archived: read off the content, not off the portal's answers."""

from __future__ import annotations

import collections
from typing import Any

from gongkai.archive import Outcome, Role
from tests.crawler.crawling import Crawled
from tests.crawler.simulator.content import Article, File
from tests.crawler.simulator.portal import SimulatedPortal

Held = collections.Counter[tuple[Any, ...]]


def assert_archived(crawled: Crawled, portal: SimulatedPortal, departments: int | None = None) -> None:
    """Every article and file of the first departments (all of them when None) is archived exactly once, as printed."""
    assert crawled.exit_code == 0, crawled.report["portals"]
    assert archived(crawled) == published(portal, departments)


def published(portal: SimulatedPortal, departments: int | None = None) -> Held:
    """What a portal publishes now: title, date and 索引号 of each article; those and hash and name of each file."""
    articles = [article for department in portal.content.departments[:departments] for article in department.articles]
    files = [_file(portal, article, file) for article in articles for file in article.files]
    return collections.Counter([*map(_article, articles), *files])


def archived(crawled: Crawled, name: str = "test") -> Held:
    """The articles and files that a crawl brought from a portal, in the form of `published`."""
    held = [one for one in crawled.captures if one.outcome is Outcome.CAPTURED and one.portal == name]
    articles = [(one.title, one.published_on, one.index_number) for one in held if one.role is Role.ARTICLE]
    files = [
        (one.payload_sha256, one.title, one.published_on, one.index_number, one.file_name)
        for one in held
        if one.role is Role.ATTACHMENT
    ]
    return collections.Counter([*articles, *files])


def _article(article: Article) -> tuple[object, ...]:
    return article.title, article.published_on, article.index_number


def _file(portal: SimulatedPortal, article: Article, file: File) -> tuple[object, ...]:
    return file.sha256, article.title, article.published_on, article.index_number, portal.file_name(file)
