"""Articles that are pictures of pages: a budget as a row of scans in place of text.  Pure functions."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from gongkai.crawler.pages.address import same_document_key
from gongkai.crawler.pages.article import BODIES
from gongkai.crawler.pages.links import Link, usable
from gongkai.crawler.pages.page import INVISIBLE, Page, squeeze

PICTURE = re.compile(r"\.(?:jpe?g|png|webp|tiff?|bmp)$", re.IGNORECASE)
NO_PICTURE = re.compile(r"\.(?:gif|svg|ico)$", re.IGNORECASE)
ORNAMENT = re.compile(
    r"icon|ico[-_.\d]|logo|qr-?code|ewm|erweima|weixin|wechat|weibo|share|print|btn|button|banner|arrow|blank|loading|"
    r"spacer|jiucuo|dzjg|beian|guidang|fileTypeImages|/themes?/|/skins?/|/templates?/|visit",
    re.IGNORECASE,
)
SOURCES = ("src", "data-src", "data-original", "oldsrc", "_src")
"""Attributes that name a picture; pages that load them late keep the address out of `src`."""
SMALLEST = 200
"""A picture that is declared narrower or lower than this, in pixels, is no page."""
FEWEST_ALONE = 2
FEWEST_UNNAMED = 3
"""So many pictures have to stand together where nothing says which part of the page is the article's text."""
TEMPLATE_FOLDER = re.compile(
    r"/(?:images?|img|css|static|material|style|xhtml|res|assets|default)(?:/|$)", re.IGNORECASE
)
TEXT_BESIDE = 250
TEXT_EACH = 40
"""A text of more characters than these, for all and for each of its pictures, is not made of pictures."""
BUDGETS = re.compile(r"预算|决算|三公")
MADE_ON = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an album: equal pictures make equal albums."""


def page_pictures(page: Page, body: str | None = None) -> list[Link]:
    """The pictures of an article whose text is little else than pictures, in order; empty for any other article.

    `body` is the CSS selector of the article's text; without one the places where content systems put it are tried,
    and where there is none, the part of the page that holds most pictures.
    """
    bodies = [one for one in page.tree.cssselect(body or BODIES) if one.text_content().strip() or _pictures(page, one)]
    for element in bodies or _fullest(page):
        pictures = _pictures(page, element)
        if len(pictures) >= FEWEST_ALONE or (pictures and BUDGETS.search(_name(page))):
            text = squeeze(" ".join(_texts(element)))
            return pictures if len(text) <= TEXT_BESIDE + TEXT_EACH * len(pictures) else []
    return []


def _name(page: Page) -> str:
    return f"{page.title} {page.meta.get('articletitle', '')}"


def _texts(element: HtmlElement) -> list[str]:
    """The texts of an element that are no links: names of files stand beside the pictures."""
    texts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in INVISIBLE and child.tag != "a":
            texts += _texts(child)
        texts.append(child.tail or "")
    return texts


def _fullest(page: Page) -> list[HtmlElement]:
    """The part of a page in which most of its pictures stand, each in a paragraph of its own or not."""
    counts: dict[HtmlElement, int] = {}
    for picture in page.tree.iter("img"):
        if _address(page, picture) is None:
            continue
        around = picture.getparent()
        for _ in range(3):
            if around is None or around.tag in {"body", "html"}:
                break
            counts[around] = counts.get(around, 0) + 1
            around = around.getparent()
    most = max(counts.values(), default=0)
    fullest = [element for element, count in counts.items() if count == most][:1] if most >= FEWEST_UNNAMED else []
    return [element for element in fullest if _is_one_set(_pictures(page, element))]


def _is_one_set(pictures: Sequence[Link]) -> bool:
    """True for pictures of one folder that is not a template's."""
    folders = {link.url.rpartition("/")[0] for link in pictures}
    return len(folders) == 1 and not TEMPLATE_FOLDER.search(folders.pop())


def _pictures(page: Page, element: HtmlElement) -> list[Link]:
    pictures: dict[str, Link] = {}
    for picture in element.iter("img"):
        if url := _address(page, picture):
            name = squeeze(picture.get("title") or picture.get("alt") or "")
            pictures.setdefault(same_document_key(url), Link(url, name, promised=_suffix(url)))
    return list(pictures.values())


def _suffix(url: str) -> str:
    match = PICTURE.search(unquote(urlsplit(url).path))
    return match.group()[1:].lower() if match else "jpg"


def _address(page: Page, picture: HtmlElement) -> str | None:
    """The address of a picture that may be a page; None for ornaments, links' pictures and small ones."""
    source = next((value for name in SOURCES if usable(value := picture.get(name))), None)
    if source is None or ORNAMENT.search(source) or NO_PICTURE.search(source.partition("?")[0]) or _is_small(picture):
        return None
    if any(link.get("href") and not PICTURE.search(link.get("href") or "") for link in picture.iterancestors("a")):
        return None
    return page.resolve(source)


def _is_small(picture: HtmlElement) -> bool:
    style = dict(re.findall(r"(width|height)\s*:\s*(\d+)px", picture.get("style") or ""))
    sizes = [picture.get(name) or style.get(name, "") for name in ("width", "height")]
    return any(size.isdecimal() and int(size) < SMALLEST for size in sizes)


def album(pictures: Sequence[tuple[str, bytes]]) -> bytes:
    """One document of an article's pictures in order: a ZIP of the bytes as received, named by their number.

    `pictures` are pairs of a suffix and the bytes.  Equal pictures make equal bytes.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for number, (suffix, data) in enumerate(pictures, 1):
            archive.writestr(zipfile.ZipInfo(f"{number:03}.{suffix}", MADE_ON), data)
    return stream.getvalue()
