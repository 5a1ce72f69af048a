"""Cookies, kept per portal: each portal has a Scrapy crawler of its own, and with it a jar of its own."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookiejar import Cookie
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http.cookies import CookieJar
from tldextract import TLDExtract

from gongkai.crawler.wire.scrapy_internals import FilteredCookies

SUFFIXES = TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)
"""The public suffix list as shipped with tldextract; Scrapy's own is downloaded, blocking, at the first cookie."""


class PortalCookies(FilteredCookies):
    """Scrapy's cookies, with the public suffix list that is at hand."""

    def filter_cookies(self, cookies: Iterable[Cookie], jar: CookieJar, request: Request) -> None:
        host = (urlsplit(request.url).hostname or "").lower()
        for cookie in cookies:
            domain = cookie.domain.removeprefix(".")
            if domain and not SUFFIXES(domain).domain:
                if domain != host:
                    continue
                cookie.domain = host
            jar.set_cookie_if_ok(cookie, request)
