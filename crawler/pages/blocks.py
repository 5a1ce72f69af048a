"""Blocks: the largest elements of a page that link one document each, with title and date.  Pure functions.

A block is `<li>`, `<div class="item">`, `<p>`, a row or a cell of a table, or a bare `<a>`.  A date belongs to the link
it stands nearest to: in the link's own block, else behind it, else, where dates come first, before it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from gongkai.crawler.pages.dates import Dating, dating, in_address, is_date_only, undated
from gongkai.crawler.pages.document_addresses import is_document
from gongkai.crawler.pages.links import element_addresses, link_text, promised_suffix
from gongkai.crawler.pages.page import INVISIBLE, Page, squeeze

MORE = re.compile(
    r"[\[【(（<«‹\s]*(?:查看|阅读|显示|点击|加载)?(?:更\s*多|more|详\s*情|详\s*细|全\s*文|下\s*载|查看|进入|原文|返回|打印|关闭)"
    r"(?:内容|信息|更多|全部|阅读)?[+＋]?[\s\]】)）>»›→.…]*",
    re.IGNORECASE,
)
PAGER = re.compile(
    r"[\[【<«‹\s]*(?:\d{1,5}|[上下前后]\s*一?\s*[页頁条篇]|[首尾末]\s*[页頁]|next|prev(?:ious)?|last|first|go|转到|跳转|确定)"
    r"[\s\]】>»›→]*",
    re.IGNORECASE,
)
CATEGORY = re.compile(r"[\[【〔「(（<][^\[\]【】〔〕「」()（）<>]{1,12}[\]】〕」)）>]\s*[:：|]?")
ROW_TAGS = frozenset({"li", "tr", "dd"})
PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp)$", re.IGNORECASE)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TITLE_NAME = re.compile(r"(?:^|[\s_-])(?:title|tit|bt|biaoti)(?:$|[\s_-])", re.IGNORECASE)
SHORTEST_NAME = 4
"""Fewer characters are a mark beside a title."""
MOST_LINKS = 6
"""A block that links more documents than this is no row with a category and a file, but a list."""


@dataclasses.dataclass(frozen=True)
class Block:
    """One link to a document with the element that belongs to it alone, and its date."""

    element: HtmlElement
    anchor: HtmlElement
    url: str
    title: str
    dated: Dating | None

    @property
    def published_on(self) -> dt.date | None:
        """The printed date; one of a month and a day has its year from the address, where both name the same day."""
        if self.dated is None:
            return None
        return self.dated.day or in_address(self.url, self.dated)


# --- links ------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class PageLinks:
    """The links of a part of a page that may be rows: by element, the anchors that stand in it by their addresses."""

    page: Page
    root: HtmlElement
    within: dict[HtmlElement, dict[str, list[HtmlElement]]]
    titles: dict[HtmlElement, str]
    menus: dict[HtmlElement, bool] = dataclasses.field(default_factory=dict)
    """Parts that are known to be navigation or not, see `crawler.pages.structure`."""

    def of(self, element: HtmlElement) -> dict[str, list[HtmlElement]]:
        return self.within.get(element, {})

    def naming(self, anchors: list[HtmlElement]) -> HtmlElement:
        """The one among the links to one address that names it: the first, unless another prints it at full length.

        A picture or a summary may link the document too."""
        first = next((anchor for anchor in anchors if len(self.titles[anchor]) >= SHORTEST_NAME), anchors[0])
        begun = self.titles[first].rstrip(".…")
        if begun == self.titles[first]:
            return first
        return next(
            (anchor for anchor in anchors if self.titles[anchor].startswith(begun) and anchor is not first), first
        )

    def title(self, anchors: list[HtmlElement]) -> str:
        return self.titles[self.naming(anchors)]


def page_links(page: Page, root: HtmlElement) -> PageLinks:
    """The links that may be rows: not pagers, «more», categories in brackets, or dates that are links."""
    found: list[tuple[HtmlElement, str]] = []
    titles: dict[HtmlElement, str] = {}
    for anchor in root.iter():
        if anchor.tag != "a" and not (isinstance(anchor.tag, str) and anchor.get("onclick")):
            continue
        address = next(element_addresses(anchor), None)
        url = page.resolve(address) if address else None
        title = title_of(anchor)
        if url is None or not title or _is_minor(title):
            continue
        titles[anchor] = title
        found.append((anchor, url.partition("#/")[0] if "#/" in url else url.partition("#")[0]))
    within: dict[HtmlElement, dict[str, list[HtmlElement]]] = {}
    for anchor, url in found:
        element = anchor
        while element is not None:
            within.setdefault(element, {}).setdefault(url, []).append(anchor)
            if element is root:
                break
            element = element.getparent()
    return PageLinks(page, root, within, titles)


def title_of(anchor: HtmlElement) -> str:
    """The link's title, without the date that some templates print inside the link, or behind its `title`."""
    title, shown = link_text(anchor), squeeze(anchor.text_content())
    if PICTURE_NAME.search(title) and not shown:
        return ""  # a picture's link, called after its file
    if not anchor.get("title") and (heading := _heading(anchor)):
        title = heading
    if shown and len(shown) >= 6 and title.startswith(shown) and undated(title) == shown:
        title = shown
    for child in anchor.iterdescendants():
        text = squeeze(child.text_content()) if isinstance(child.tag, str) else ""
        if text and is_date_only(text):
            title = title.removesuffix(text).removeprefix(text)
    return squeeze(title).lstrip("·•▪■◆●▶►※> ").strip()


def _heading(anchor: HtmlElement) -> str:
    """The title among the texts of a link that holds a summary too."""
    for child in anchor.iterdescendants():
        is_heading = child.tag in HEADINGS or (
            isinstance(child.tag, str) and TITLE_NAME.search(child.get("class") or "")
        )
        if is_heading and len(text := squeeze(child.text_content())) >= SHORTEST_NAME and not is_date_only(text):
            return text
    return ""


def _is_minor(title: str) -> bool:
    return bool(MORE.fullmatch(title) or PAGER.fullmatch(title) or CATEGORY.fullmatch(title) or is_date_only(title))


# --- blocks -----------------------------------------------------------------------------------------------------------


def blocks(links: PageLinks, element: HtmlElement) -> Iterator[Block]:
    """The blocks below an element, in page order."""
    if len(links.of(element)) == 1:
        yield _block(links, element)
        return
    if whole := _row_with_more(links, element):
        yield whole
        return
    run: list[tuple[HtmlElement | None, Dating | None]] = []
    for piece, dated in _pieces(links, element):
        if piece is not None and len(links.of(piece)) > 1:
            yield from _settled(links, run)
            run = []
            yield from blocks(links, piece)
        elif piece is not None or dated is not None:
            run.append((piece, dated))
    yield from _settled(links, run)


def _pieces(links: PageLinks, element: HtmlElement) -> Iterator[tuple[HtmlElement | None, Dating | None]]:
    """The children of an element that hold links, and the dates that stand between them."""
    yield None, dating([element.text or ""])
    for child in element:
        if isinstance(child.tag, str) and links.of(child):
            yield child, None
        elif isinstance(child.tag, str) and child.tag not in INVISIBLE:
            yield None, dating(child.itertext())
        yield None, dating([child.tail or ""])


def _settled(links: PageLinks, run: list[tuple[HtmlElement | None, Dating | None]]) -> Iterator[Block]:
    """The blocks of a run of links and dates; where dates stand before the links, each belongs to the link behind."""
    if run and run[0][0] is None and run[-1][0] is not None:
        ordered = list(reversed(run))
        yield from reversed(list(_dated_by_the_next(links, ordered)))
    else:
        yield from _dated_by_the_next(links, run)


def _dated_by_the_next(links: PageLinks, run: list[tuple[HtmlElement | None, Dating | None]]) -> Iterator[Block]:
    for place, (piece, _) in enumerate(run):
        if piece is None:
            continue
        block = _block(links, piece)
        following = run[place + 1] if place + 1 < len(run) else (None, None)
        if block.dated is None and following[0] is None and following[1] is not None:
            block = dataclasses.replace(block, dated=following[1])
        yield block


def _block(links: PageLinks, element: HtmlElement) -> Block:
    [(url, anchors)] = links.of(element).items()
    return _made(links, element, url, anchors)


def _made(links: PageLinks, element: HtmlElement, url: str, anchors: list[HtmlElement]) -> Block:
    anchor = links.naming(anchors)
    if not _is_repeated(links, element):
        element = _item(element, anchor)
    return Block(element, anchor, url, links.title(anchors), date_beside(element, anchor))


def _item(element: HtmlElement, anchor: HtmlElement) -> HtmlElement:
    """The item of a list that a link stands in; the element itself where no item stands between."""
    around: HtmlElement | None = anchor
    while around is not None and around is not element:
        if around.tag in ROW_TAGS:
            return around
        around = around.getparent()
    return element


def date_beside(element: HtmlElement, anchor: HtmlElement) -> Dating | None:
    """The date an element prints beside one of its links; one within the link counts where no other stands."""
    inside = (dated for text in _inner_texts(anchor) if (dated := dating([text])))
    return dating(_texts(element, anchor)) or next(inside, None)


def _inner_texts(anchor: HtmlElement) -> Iterator[str]:
    """The texts within a link that are nothing but a date, from the largest."""
    for child in anchor.iterdescendants():
        if isinstance(child.tag, str):
            text = squeeze(" ".join(child.itertext()))
            if text and is_date_only(text):
                yield text


def _texts(element: HtmlElement, anchor: HtmlElement) -> Iterator[str]:
    """The texts of an element outside one of its links."""
    if element is anchor or element.tag in INVISIBLE:
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child, anchor)
        yield child.tail or ""


def _row_with_more(links: PageLinks, element: HtmlElement) -> Block | None:
    """The row of an element that links more than its document: its category before, a file behind it.

    It prints one date at most, holds no further rows, and one of its links is the document's: the only one to a
    document, or the longest by far.
    """
    urls = links.of(element)
    if not 2 <= len(urls) <= MOST_LINKS or not (element.tag in ROW_TAGS or _is_repeated(links, element)):
        return None
    inner = element.iterdescendants(*ROW_TAGS)
    if any(len(links.of(one)) for one in inner if one.tag != "tr" or element.tag == "tr"):
        return None
    dates = [text for text in element.itertext() if text.strip() and dating([text]) and is_date_only(squeeze(text))]
    if len(dates) > 1 or (not dates and element.tag != "tr"):
        return None
    ranked = sorted(urls.items(), key=lambda pair: len(links.title(pair[1])), reverse=True)
    documents = [pair for pair in ranked if is_document(pair[0], links.page.url) and not promised_suffix(pair[0])]
    if len(documents) == 1:
        return _made(links, element, *documents[0])
    if dates and len(links.title(ranked[0][1])) > len(links.title(ranked[1][1])):
        return _made(links, element, *ranked[0])
    return None


def _is_repeated(links: PageLinks, element: HtmlElement) -> bool:
    siblings = (element.getnext(), element.getprevious())
    return any(
        one is not None and one.tag == element.tag and one.get("class") == element.get("class") and links.of(one)
        for one in siblings
    )
