"""A page turns bytes into what can be asked: text, tree, the standard <meta> block, visible text.

Pure functions.  The <meta> block is prescribed for every government site by the 政府网站发展指引 (State Council General
Office, 2017): SiteName, SiteIDCode, ColumnName, ArticleTitle, PubDate and others.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode
from w3lib.url import safe_url_string

DASHES = "\\-‐‑‒–—―−－"
"""Dashes of every length, for a class of characters: portals print 2026—03—02 too."""
DATE = re.compile(rf"(?<!\d)((?:19|20)\d\d)\s*[{DASHES}./年]\s*(\d{{1,2}})\s*[{DASHES}./月]\s*(\d{{1,2}})(?!\d)")
BLANKS = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")
INVISIBLE = frozenset({"script", "style", "noscript", "template", "head", "title"})
CHINA = dt.timezone(dt.timedelta(hours=8))
"""One time zone for the whole country (北京时间)."""
WEAK_ENCODINGS = frozenset({"gb2312", "gbk", "iso-8859-1", "windows-1252", "cp1252", "latin-1", "ascii"})
"""Declared encodings replaced by GB 18030, which reads all that GB 2312 and GBK do; a Latin one on a Chinese page that
is not UTF-8 is a server's default, not a statement."""


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page.

    Bytes that are valid UTF-8 are UTF-8 whatever is declared: sites send wrong charsets, and scripts that mention
    gb2312 fool sniffers.  Otherwise the declaration holds, with GB 18030 in place of its subsets and of no declaration.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared, _ = html_to_unicode(content_type, body, default_encoding="gb18030")
        return body.decode("gb18030" if declared.lower() in WEAK_ENCODINGS else declared, errors="replace")


def squeeze(text: str) -> str:
    """Text with runs of blanks, of whatever width, as one space and none at the ends."""
    return BLANKS.sub(" ", text).strip()


def find_date(text: str) -> dt.date | None:
    """The first calendar date in a text, in any of the ways portals print one; None when there is none."""
    for match in DATE.finditer(text):
        try:
            return dt.date(*map(int, match.groups()))
        except ValueError:  # 2025-13-40 looks like a date
            continue
    return None


def absolute(base: str, address: str) -> str | None:
    """An address made absolute and percent-encoded; None for what names no place in a network (`http://[`, `tel:1`).

    One with a port that cannot be is kept, so that it is refused by name when it is asked for.
    """
    try:
        joined = urljoin(base, address.strip())
        url = joined if _has_impossible_port(joined) else safe_url_string(joined)
    except ValueError:
        return None
    return url if "://" in url else None


def _has_impossible_port(url: str) -> bool:
    """True where the port is none below 65536.  Raises ValueError for what is no address at all."""
    parts = urlsplit(url)
    try:
        _ = parts.port  # which is read only when it is asked for
    except ValueError:
        return True
    return False


@dataclasses.dataclass(frozen=True)
class Page:
    """One HTML page: its text, the address it came from, and views of it computed on demand."""

    text: str
    url: str

    @classmethod
    def from_bytes(cls, body: bytes, url: str, content_type: str | None = None) -> Page:
        return cls(decode(body, content_type), url)

    @cached_property
    def tree(self) -> HtmlElement:
        """The parsed page; an empty document for a page without any element."""
        content = self.text.encode("utf-8", errors="replace").replace(b"\x00", b"")
        tree: HtmlElement
        try:
            tree = lxml.html.document_fromstring(content, parser=lxml.html.HTMLParser(encoding="utf-8"))
        except ParserError:  # the page holds nothing, blanks, or only comments and closing tags
            tree = lxml.html.document_fromstring("<html></html>")
        return tree

    @cached_property
    def base_url(self) -> str:
        """The address that relative addresses of the page begin at."""
        for element in self.tree.iter("base"):
            return absolute(self.url, element.get("href") or "") or self.url
        return self.url

    def resolve(self, address: str) -> str | None:
        """An address as written in the page, made absolute; None when it is none."""
        return absolute(self.base_url, address)

    @cached_property
    def meta(self) -> dict[str, str]:
        """The page's named <meta> values, names in lower case, blanks stripped; the first non-empty one wins."""
        values: dict[str, str] = {}
        for element in self.tree.iter("meta"):
            name, content = squeeze(element.get("name") or "").lower(), squeeze(element.get("content") or "")
            if name and content:
                values.setdefault(name, content)
        return values

    @cached_property
    def title(self) -> str:
        """The text of <title>, empty when there is none."""
        return next((squeeze(element.text_content()) for element in self.tree.iter("title")), "")

    @cached_property
    def visible_text(self) -> str:
        """The text that a reader sees, roughly: all outside scripts, styles and the head."""
        return squeeze(" ".join(_visible(self.tree)))

    @cached_property
    def scripts(self) -> str:
        """The text of all inline scripts, one after the other."""
        return "\n".join(element.text or "" for element in self.tree.iter("script"))


STUB_TEXT = 80
"""A page that shows a reader more characters than this is not only there to lead on."""
STUB_SECONDS = 5
"""A refresh after more than a moment is for people («back to the home page in 10 seconds»)."""
REFRESH = re.compile(r"""\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*url\s*=\s*["']?([^"']+)""", re.IGNORECASE)
LOCATION = re.compile(
    r"""(?:\s|//[^\n]*\n|/\*(?:[^*]|\*(?!/)){0,2000}\*/|<!--)*"""
    r"""(?:setTimeout\s*\(\s*(?:function\s*\(\s*\)\s*\{|\(\s*\)\s*=>\s*\{?|["'])\s*)?"""
    r"""(?:(?:window|self|top|parent|document)\s*\.\s*)*"""
    r"""location(?:\.href)?\s*(?:=|\.(?:replace|assign)\s*\()\s*(["'])([^"']{1,2000})\1""",
    re.DOTALL,
)


def stub_target(page: Page) -> str | None:
    """The address that a page leads to which shows nothing itself: by `<meta http-equiv=refresh>` at once, or by a
    script that begins with `location.href = …`; None for every other page, and for one that leads to itself."""
    if len(page.visible_text) > STUB_TEXT:
        return None
    for address in _ways_on(page):
        url = page.resolve(address)
        if url and url.partition("#")[0] != page.url.partition("#")[0]:
            return url
    return None


def _ways_on(page: Page) -> Iterator[str]:
    for element in page.tree.iter("meta"):
        match = REFRESH.match(element.get("content") or "")
        is_refresh = (element.get("http-equiv") or "").strip().lower() == "refresh"
        if is_refresh and match and int(match.group(1)) <= STUB_SECONDS:
            yield match.group(2)
    for element in page.tree.iter("script"):
        if match := LOCATION.match(element.text or ""):
            yield match.group(2)


def _visible(element: HtmlElement) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in INVISIBLE:
        yield element.text or ""
        for child in element:
            yield from _visible(child)
            yield child.tail or ""
