"""Links, wherever a page hides them, and what they promise.

A portal links a file by `href`, shows it in a frame or a viewer, or only names it in a script that writes the link when
the page is displayed.  A link promises a file when its address, a file name in its query, or its text ends in one of
`DOCUMENT_SUFFIXES`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from gongkai.crawler.pages.address import same_document_key
from gongkai.crawler.pages.page import Page, squeeze

# wps and et are WPS Office's, ofd is the national fixed-layout standard GB/T 33190, ceb is Founder's before it
DOCUMENT_SUFFIXES = frozenset(
    {"pdf", "doc", "docx", "xls", "xlsx", "csv", "rtf", "ppt", "pptx", "txt", "wps", "et", "dps", "ofd", "ceb"}
    | {"zip", "rar", "7z"}
)
SUFFIX = re.compile(r"\.([0-9a-z]{2,4})\s*$", re.IGNORECASE)
QUOTED = re.compile(r"""\\?(["'])((?:(?!\1)[^<>\\\s]){3,2000})\\?\1""")
SCRIPTED_LINK = re.compile(
    # every repetition is bounded: scripts are long, and some are hostile
    r"""<a\b[^<>]{0,500}?href\s{0,9}=\s{0,9}\\?["']([^"'\\<>]{1,2000})\\?["'][^<>]{0,500}>(.{0,300}?)<\\?/a>""",
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(r"<[^>]*>")
EMBEDS = {"iframe": "src", "embed": "src", "object": "data", "frame": "src"}
NAMING_ATTRIBUTES = ("data-link", "data-href", "data-url", "pdfsrc")


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """An absolute address with the text that names it to a reader (empty when nothing does).

    `promised` is the suffix of the file where neither address nor text tells it; `asked_url` and `named_by_redirect`
    go into the file's `crawler.pages.lead.Lead`.  `named_by_people` says that `url` ends in a name which people chose,
    so that a file of another article may have it too.
    """

    url: str
    text: str = ""
    promised: str | None = None
    asked_url: str | None = None
    named_by_redirect: bool = False
    named_by_people: bool = False


def suffix_of(name: str) -> str | None:
    """The document suffix a name or a path ends in, in lower case; None for any other ending."""
    match = SUFFIX.search(name)
    if (
        match and not name[: match.start()].rpartition("/")[2]
    ):  # scripts compare suffixes with ".pdf" alone, which names no file
        return None
    suffix = match.group(1).lower() if match else None
    return suffix if suffix in DOCUMENT_SUFFIXES else None


def promised_suffix(url: str, text: str = "") -> str | None:
    """The kind of file a link promises: by its path, by a file name in its query, or by its text; None for a page."""
    parts = urlsplit(url)
    if suffix := suffix_of(unquote(parts.path)):
        return suffix
    for _, value in parse_qsl(parts.query):
        if suffix := suffix_of(value):
            return suffix
    # "公开.pdf" as the text of a link to a page is not yet a promise: many portals title the article after its file
    if parts.path.lower().endswith((".html", ".htm", ".shtml", "/")):
        return None
    return suffix_of(text)


def usable(address: str | None) -> bool:
    """True for an attribute that holds an address, rather than a script, an anchor or nothing."""
    address = (address or "").strip().lower()
    return bool(address) and not address.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "about:"))


def unwrap_viewer(url: str) -> str:
    """The file a viewer's address shows (`…/viewer.html?file=…`), or the address itself."""
    for name, value in parse_qsl(urlsplit(url).query):
        if name.lower() == "file" and suffix_of(urlsplit(value).path):
            return value
    return url


def quoted_addresses(script: str) -> Iterator[str]:
    """Every quoted text of a script that ends in a document suffix; several joined by `#` are taken apart."""
    for match in QUOTED.finditer(script):
        for part in re.split(r"#(?=/|https?:)", match.group(2)):
            path, _, _ = part.partition("?")
            if suffix_of(path.partition("#")[0]):
                yield part


def element_addresses(element: HtmlElement) -> Iterator[str]:
    """Addresses one element carries: in its href, its data attributes and its handlers."""
    href = element.get("href")
    if usable(href):
        yield str(href)
    yield from (value for name in NAMING_ATTRIBUTES if usable(value := element.get(name)) and value)
    handlers = f"{element.get('onclick') or ''};{href if not usable(href) else ''}"
    yield from (match.group(2) for match in QUOTED.finditer(handlers) if "/" in match.group(2) or "." in match.group(2))


def link_text(element: HtmlElement) -> str:
    """A link's name to a reader: its title where given, since texts are often cut short, else its text."""
    return squeeze(TAG.sub("", element.get("title") or "")) or squeeze(element.text_content())


def _candidates(page: Page, root: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        if element.tag == "a" or (isinstance(element.tag, str) and element.get("onclick")):
            yield from ((address, link_text(element)) for address in element_addresses(element))
        elif element.tag in EMBEDS and usable(address := element.get(EMBEDS[str(element.tag)])):
            yield str(address), ""
        elif isinstance(element.tag, str) and (source := element.get("pdfsrc")):
            yield source, ""
    for match in SCRIPTED_LINK.finditer(page.scripts):
        yield match.group(1), squeeze(TAG.sub("", match.group(2)))
    yield from ((address, "") for address in quoted_addresses(page.scripts))


def attachments(page: Page, body: str | None = None) -> list[Link]:
    """The files an article gives, each once, in page order; the first text that names one is kept.

    `body` is a CSS selector that restricts ordinary links to a part of the page; scripts are always read whole.
    """
    roots: Iterable[HtmlElement] = page.tree.cssselect(body) if body else [page.tree]
    files: dict[str, Link] = {}
    for root in roots:
        for address, text in _candidates(page, root):
            _add(page, files, address, text)
    return list(files.values())


def _add(page: Page, files: dict[str, Link], address: str, text: str) -> None:
    shown = page.resolve(address)
    url = page.resolve(unwrap_viewer(shown)) if shown else None
    if url is None or not promised_suffix(url, text):
        return
    key = same_document_key(url)
    known = files.get(key)
    if known is None or (text and not known.text):
        files[key] = Link(known.url if known else url, text)
