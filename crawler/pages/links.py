"""Links, wherever a page hides them, and what they promise.

A portal links a file by `href`, shows it in a frame or a viewer, or only names it in a script that writes the link when
the page is displayed.  A link promises a file when its address, a file name in its query, or its text ends in one of
`DOCUMENT_SUFFIXES`, or when its address is a servlet's that gives files by their number (`DOWNLOAD`).
"""

from __future__ import annotations

import base64
import dataclasses
import itertools
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
CHINESE = re.compile(r"[\u4e00-\u9fff]")
EMBEDS = {"iframe": "src", "embed": "src", "object": "data", "frame": "src"}
NAMING_ATTRIBUTES = ("data-link", "data-href", "data-url", "pdfsrc", "_href", "data-file", "data-path", "fileurl")
DOWNLOAD = re.compile(
    r"[?&]urltype=\w+\.DownloadAttachUrl"
    r"|/(?:\w{0,20}down(?:load)?(?:s|er|file|files|attach\w{0,10}|servlet)?|file_?down(?:load)?|getfile|readfile|downloadbyid)"
    r"(?:\.\w{2,6})?\?(?:[^#]*&)?\w{0,20}(?:id|path|file\w{0,10}|uuid|guid|key|name|attach\w{0,10})=[^&#\s]+"
    r"|/(?:files?|attach\w{0,10}|fj)/down(?:load)?/[\w-]{4,}(?:$|\?)"
    r"|/down(?:load)?(?:file|attach\w{0,10})/[\w-]{4,}(?:$|\?)",
    re.IGNORECASE,
)
"""Addresses of servlets that give a file by its number: `/system/_content/download.jsp?…wbfileid=1`."""
NO_DOCUMENT = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|webp|svg|ico|mp[34]|avi|wmv|flv|mov|apk|exe|css|js)\s*$", re.IGNORECASE
)
COMMENT = re.compile(r"""/\*.*?\*/|<!--.*?-->|(?<![:"'\w/\\])//[^\n]*""", re.DOTALL)
CALLER = re.compile(
    r"""\w{0,30}(?:url|src|href|path|file|pdf|link|attach|doc|down|open|embed|load|view|show|get|address|location|fj)\w{0,30}"""
    r"""["'\]]{0,2}\s*(?:[:=(\[,]|\+=|=>)\s*(?:[\w.$\[\]()]{1,60}\s*[,+]\s*)?(?:[\[(]\s*)?(?:(["'])[^"'\n]{0,200}\1\s*[,+]\s*){0,20}$""",
    re.IGNORECASE,
)
"""What stands before a path in a script that shows, links or fetches it: `sPdfUrl = "`, `showPdf("`, `"url": "`."""
CALLER_LENGTH = 240
MOST_QUOTED = 2_000
"""Quoted files of one page that are looked at; a topic of a whole province links some hundreds."""
VIEWER = re.compile(r"viewer|pdf\.?js|preview|officeapps|/web/[\w-]+\.html|\.html?$|reader", re.IGNORECASE)
SERVLET = re.compile(r"\.(?:do|action|jsp|ashx|php)$", re.IGNORECASE)
SHOWN_BY = frozenset({"file", "src", "url", "pdf", "pdfurl", "fileurl"})
"""Names in a viewer's query for the file it shows."""


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


def promises_file(url: str, text: str = "") -> bool:
    """True for a link that promises a file, of whatever kind."""
    if promised_suffix(url, text):
        return True
    values = (value for _, value in parse_qsl(urlsplit(url).query))
    return DOWNLOAD.search(url) is not None and not any(NO_DOCUMENT.search(one) for one in (*values, text))


def usable(address: str | None) -> bool:
    """True for an attribute that holds an address, rather than a script, an anchor or nothing."""
    address = (address or "").strip().lower()
    return bool(address) and not address.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "about:"))


def unwrap_viewer(url: str) -> str:
    """The file a viewer's address shows (`…/viewer.html?file=…`), or the address itself.

    A servlet whose query has a `file` too is no viewer unless its name says so: it gives the file itself.
    """
    parts = urlsplit(url)
    if not VIEWER.search(f"{parts.netloc}{parts.path}"):
        return url
    for name, value in parse_qsl(parts.query):
        shown = _decoded(value) if name.lower() == "url" else value
        is_path = shown.startswith(("/", "./", "../", "http:", "https:")) or not SERVLET.search(parts.path)
        if name.lower() in SHOWN_BY and is_path and promises_file(shown):
            return shown
    return url


def _decoded(value: str) -> str:
    """An address that a viewer takes in Base64, or the value itself."""
    try:
        text = base64.b64decode(value, validate=True).decode()
    except ValueError:
        return value
    return text if text.startswith(("http:", "https:")) else value


def without_comments(script: str) -> str:
    """A script without its comments, which show nobody a file."""
    return COMMENT.sub(" ", script)


def quoted_addresses(script: str) -> Iterator[str]:
    """The quoted texts of a script that end in a document suffix and are shown, linked or fetched by it; several joined
    by `#` are taken apart."""
    named = ((match, _file_paths(match.group(2))) for match in QUOTED.finditer(script))
    for match, paths in itertools.islice(((match, paths) for match, paths in named if paths), MOST_QUOTED):
        if CALLER.search(script[max(0, match.start() - CALLER_LENGTH) : match.start()]):
            yield from paths


def _file_paths(text: str) -> list[str]:
    """The addresses of files in a quoted text, as a script may join several by `#`."""
    parts = (part for part in re.split(r"#(?=/|https?:)", text))
    return [
        part
        for part in parts
        if suffix_of(part.partition("?")[0].partition("#")[0]) and ("/" in part or not CHINESE.search(part))
    ]


def element_addresses(element: HtmlElement) -> Iterator[str]:
    """Addresses one element carries: in its href, its data attributes and its handlers."""
    href = element.get("href")
    if usable(href):
        yield str(href)
    yield from (value for name in NAMING_ATTRIBUTES if usable(value := element.get(name)) and value)
    handlers = f"{element.get('onclick') or ''};{href if not usable(href) else ''}"
    named = [match.group(2) for match in QUOTED.finditer(handlers) if "/" in match.group(2) or "." in match.group(2)]
    paths = [name for name in named if "/" in name]
    yield from paths or named  # beside a path, a file's name is only what it is to be called


def link_text(element: HtmlElement) -> str:
    """A link's name to a reader: its title where given, since texts are often cut short, else its text."""
    return squeeze(TAG.sub("", element.get("title") or "")) or squeeze(element.text_content())


def _candidates(page: Page, root: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        if element.tag in {"a", "area"} or (isinstance(element.tag, str) and element.get("onclick")):
            yield from ((address, _file_name(element)) for address in element_addresses(element))
        elif element.tag in EMBEDS and usable(address := element.get(EMBEDS[str(element.tag)])):
            yield str(address), ""
        elif isinstance(element.tag, str) and (source := element.get("pdfsrc")):
            yield source, ""
    script = without_comments(page.scripts)
    for match in SCRIPTED_LINK.finditer(script):
        yield match.group(1), squeeze(TAG.sub("", match.group(2)))
    yield from ((address, "") for address in quoted_addresses(script))


def _file_name(element: HtmlElement) -> str:
    """The name of a link: of its title and its text the one that names a kind of file, else its title."""
    names = (link_text(element), squeeze(element.text_content()), squeeze(element.get("download") or ""))
    return next((name for name in names if suffix_of(name)), names[0])


def _name_in_query(url: str) -> str:
    """The name that a servlet is told to give its file (showname=某局2025年预算.pdf); empty where it is told none."""
    values = [value for _, value in parse_qsl(urlsplit(url).query) if suffix_of(value) and CHINESE.search(value)]
    return squeeze(values[-1]) if values and "/" not in values[-1] else ""


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
    if url is None or not promises_file(url, text):
        return
    text = text or _name_in_query(url)
    key = same_document_key(url)
    known = files.get(key)
    if known is None or (text and not known.text):
        files[key] = Link(known.url if known else url, text)
