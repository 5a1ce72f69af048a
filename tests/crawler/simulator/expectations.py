"""What a crawl of a simulated portal must have archived: read off the content, not off the portal's answers."""

from __future__ import annotations

import collections

from archive import Outcome, Role
from tests.crawler.crawling import Crawled
from tests.crawler.simulator.content import Article, File
from tests.crawler.simulator.portal import SimulatedPortal


def assert_archived(crawled: Crawled, portal: SimulatedPortal, departments: int | None = None) -> None:
    """Every article and file of the first departments (all of them when None) is archived exactly once, as printed."""
    assert crawled.exit_code == 0, crawled.report["portals"]
    shown = portal.content.departments[:departments]
    wanted_articles = [_article(article) for department in shown for article in department.articles]
    wanted_files = [
        _file(portal, article, file)
        for department in shown
        for article in department.articles
        for file in article.files
    ]
    held = [capture for capture in crawled.captures if capture.outcome is Outcome.CAPTURED]
    articles = [
        (capture.title, capture.published_on, capture.index_number) for capture in held if capture.role is Role.ARTICLE
    ]
    files = [
        (capture.payload_sha256, capture.title, capture.published_on, capture.index_number, capture.file_name)
        for capture in held
        if capture.role is Role.ATTACHMENT
    ]
    assert collections.Counter(articles) == collections.Counter(wanted_articles)
    assert collections.Counter(files) == collections.Counter(wanted_files)


def _article(article: Article) -> tuple[object, ...]:
    return article.title, article.published_on, article.index_number


def _file(portal: SimulatedPortal, article: Article, file: File) -> tuple[object, ...]:
    return file.sha256, article.title, article.published_on, article.index_number, portal.file_name(file)
