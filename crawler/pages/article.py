"""Article pages: what a portal says about a disclosure.  Pure functions from pages to values."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from gongkai.crawler.pages.address import same_document_key
from gongkai.crawler.pages.links import promised_suffix
from gongkai.crawler.pages.listing import Row, row_of
from gongkai.crawler.pages.page import Page, find_date, squeeze

INDEX_LABEL = re.compile(r"^索\s*引\s*号\s*[:：]?\s*")
PUBLISHED = re.compile(r"(?:发布|发文|公开|公布)(?:时间|日期)\s*[:：]?\s*((?:19|20)\d\d[^,，;；]{4,14})")
BODIES = (
    ".TRS_Editor, .TRS_UEDITOR, .trs_editor_view, #zoom, #Zoom, .bt_content, .main-txt, .v_news_content, "
    "[id^=vsb_content], .wp_articlecontent, ucapcontent, #UCAP-CONTENT, .article-content"
)
"""Places in which content management systems put an article's text: TRS, Hanweb, VSB, Webplus, Ucap, NFCMS."""
HUB_LINKS = 5
"""An article that links fewer pages than this refers to them, and is not a list of them."""
INDEX_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z/._\-〔〕()（）]{3,63}")
HEADINGS = ("h1", "h2")


@dataclasses.dataclass(frozen=True, slots=True)
class ArticleFacts:
    """Facts that an article page states about itself; None where it does not say.

    `published_on` is the page's own PubDate.  `printed_on` is a date it prints as that of publication, which may be
    another document's that the text speaks of, so that it counts last.  Neither is ever taken from the address: pages
    are moved and re-created under later dates (a report of January 2019 at `202105/t20210527_…`).
    """

    title: str | None = None
    published_on: dt.date | None = None
    index_number: str | None = None
    site_id_code: str | None = None
    site_name: str | None = None
    printed_on: dt.date | None = None


def article_facts(page: Page) -> ArticleFacts:
    """Title, date and index number (索引号) as the page prints them."""
    meta = page.meta
    return ArticleFacts(
        title=meta.get("articletitle"),
        published_on=find_date(meta.get("pubdate", "")),
        printed_on=_printed_date(page),
        index_number=index_number(page),
        site_id_code=meta.get("siteidcode"),
        site_name=meta.get("sitename"),
    )


def _printed_date(page: Page) -> dt.date | None:
    match = PUBLISHED.search(page.visible_text)
    return find_date(match.group(1)) if match else None


def hub_rows(page: Page, body: str | None = None) -> list[Row]:
    """The pages that an article only lists: a hub, whose text is little else than links to other articles, as where a
    department publishes for its units.  Empty for every other article.

    `body` is the CSS selector of the article's text; without one the places where content systems put it are tried.
    """
    for element in page.tree.cssselect(body or BODIES):
        listed = {row.url: row for anchor in element.iter("a") if (row := _unit_row(page, anchor))}
        printed = sum(len(row.title) for row in listed.values())
        if len(listed) >= HUB_LINKS and 2 * printed >= len(squeeze(element.text_content())):
            return list(listed.values())
    return []


def _unit_row(page: Page, anchor: HtmlElement) -> Row | None:
    row = row_of(page, anchor)
    if row is None or promised_suffix(row.url, row.title) or urlsplit(row.url).path in {"", "/"}:
        return None
    is_elsewhere = same_document_key(row.url) != same_document_key(page.url)
    return dataclasses.replace(row, published_on=None) if is_elsewhere else None


def index_number(page: Page) -> str | None:
    """The 索引号 of the information table (公开信息表): beside or behind its label.

    A page often holds the table twice, for wide and narrow screens, and the label of an empty field; the first label
    with a number counts.
    """
    for element in page.tree.iter():
        if isinstance(element.tag, str) and (label := INDEX_LABEL.match(_own_text(element))):
            rest = _own_text(element)[label.end() :] or _following_text(element)
            if number := INDEX_NUMBER.match(squeeze(rest)):
                return number.group()
    return None


def _own_text(element: HtmlElement) -> str:
    return squeeze(element.text or "")


def _following_text(element: HtmlElement) -> str:
    """The text after a label: within the label's parent, or in the next cell."""
    inside = squeeze(" ".join(str(child.text_content()) for child in element if isinstance(child.tag, str)))
    if inside:
        return inside
    if tail := squeeze(element.tail or ""):
        return tail
    if (sibling := element.getnext()) is not None and isinstance(sibling.tag, str):
        return squeeze(sibling.text_content())
    parent = element.getparent()
    following = parent.getnext() if parent is not None else None
    return squeeze(following.text_content()) if following is not None and isinstance(following.tag, str) else ""
