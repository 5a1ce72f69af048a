"""Addresses of documents told from addresses of columns, by how they end.  Pure functions."""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from gongkai.crawler.pages.address import same_site
from gongkai.crawler.pages.links import promised_suffix

DOCUMENT_NAME = re.compile(
    r"(?:^|[^0-9a-z])(?:[a-z_-]*\d{4,}[\w-]*|[a-z]*[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|art_\w{6,})$",
    re.IGNORECASE,
)
PERIOD = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?n?")
"""The name of a folder of a year or a month."""
DOCUMENT_FOLDER = re.compile(r"^(?:20\d{6}|\d{12,}|[0-9a-f]{24,}|c\d+a\d+)$", re.IGNORECASE)
COLUMN_FOLDER = re.compile(r"^(?:channels?|columns?|col|list|category|node|lanmu|class)$", re.IGNORECASE)
DAY_IN_PATH = re.compile(r"/(?:19|20)\d\d[-/]?(?:0?[1-9]|1[0-2])(?:[-/]?\d{1,2})?/")
COLUMN_NAME = re.compile(r"^(?:index|default|list|home|main|zfxxgk|channel|col|node|category)[\w-]*$", re.IGNORECASE)
DOCUMENT_QUERY = re.compile(
    r"(?:^|&)(?:id|\w*(?:news|article|info|content|doc|post|detail)_?(?:id|no)?)=[\w-]*\d[\w-]*", re.IGNORECASE
)
POSTS = frozenset({"mp.weixin.qq.com"})
"""Hosts that serve nothing but single posts, whatever their addresses look like."""


@functools.lru_cache(maxsize=4096)  # each link of a page is asked about for each part of the page it stands in
def is_document(url: str, page_url: str) -> bool:
    """True for an address of a document rather than of a column: it ends in a long number, a hash or a file's name."""
    parts = urlsplit(url)
    folders = [folder for folder in parts.path.split("/") if folder]
    if not folders:
        return False
    if promised_suffix(url) or parts.hostname in POSTS:
        return True
    has_number = same_site(url, page_url) and DOCUMENT_QUERY.search(parts.query) is not None
    return _is_named(folders, parts.path, has_number=has_number)


def _is_named(folders: list[str], path: str, *, has_number: bool) -> bool:
    last, _, _ = folders[-1].partition(".")
    before = folders[-2] if len(folders) > 1 else ""
    if COLUMN_NAME.match(last) and not re.search(r"\d{5,}", last):
        is_folder = DOCUMENT_FOLDER.match(before) is not None and COLUMN_FOLDER.match("".join(folders[-3:-2])) is None
        return is_folder or (has_number and "htm" not in folders[-1])
    if last in {"c", "content", "page", "detail", "view", "show"}:
        named = DOCUMENT_FOLDER.match(before) is not None or DAY_IN_PATH.search(path) is not None
        return named or has_number
    if DOCUMENT_NAME.search(last) and not PERIOD.fullmatch(last):
        return COLUMN_FOLDER.match(before) is None and not re.match(r"^c\d+$", last)
    return has_number or (DAY_IN_PATH.search(path) is not None and "." in folders[-1])
