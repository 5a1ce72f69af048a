"""Leads are made of what a page says: of its rows, its files, and the columns it links.  Pure functions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from gongkai.archive import Role
from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, promised_suffix, promises_file, usable
from gongkai.crawler.pages.listing import Row
from gongkai.crawler.pages.page import Page


def lead_of_row(row: Row, page_lead: Lead) -> Lead:
    """The lead that a row gives; `page_lead` led to its page, a listing or an article that lists others."""
    promised = row.promised or promised_suffix(row.url)
    return Lead(
        url=row.url,
        role=row.role or (Role.ATTACHMENT if promised or promises_file(row.url) else Role.ARTICLE),
        parent_url=page_lead.url,
        link_text=row.title,
        title=row.title,
        published_on=row.published_on,
        index_number=row.index_number,
        publisher=row.publisher,
        context=page_lead.context,
        promised=promised,
        asked_url=row.asked_url,
        referer=row.referer,
        step=row.step,
        depth=page_lead.depth + (page_lead.role is Role.ARTICLE),
    )


def lead_of_file(link: Link, article: Lead) -> Lead:
    """The lead to a file of an article: it carries what the article says about itself, and the link about the file."""
    return dataclasses.replace(
        article,
        role=Role.ATTACHMENT,
        parent_url=article.url,
        step="",
        url=link.url,
        link_text=link.text or None,
        promised=link.promised or promised_suffix(link.url, link.text),
        asked_url=link.asked_url,
        named_by_redirect=link.named_by_redirect,
    )


def leads_to_columns(page: Page, selector: str | None, page_lead: Lead) -> Iterator[Lead]:
    """Leads to the columns that a page links where the portal's file says so: tabs of years, departments."""
    addresses = [element.get("href") or "" for element in page.tree.cssselect(selector)] if selector else []
    urls = dict.fromkeys(url for address in addresses if usable(address) and (url := page.resolve(address)))
    return (Lead(url=url, role=Role.LISTING, parent_url=page_lead.url) for url in urls)


def with_facts(article: Lead, facts: ArticleFacts, page: Page) -> Lead:
    """An article's lead with what the article itself says; a date it only prints counts behind that of its row."""
    return dataclasses.replace(
        article,
        title=facts.title or article.title or page.title or None,
        published_on=facts.published_on or article.published_on or facts.printed_on,
        index_number=facts.index_number or article.index_number,
        publisher=facts.publisher or article.publisher,
        context=facts.context or article.context,
    )
