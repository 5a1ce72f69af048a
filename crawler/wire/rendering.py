"""The browser lane: pages that show nothing until their scripts ran, for portals whose file says why they need it.

A page is first asked for like any other, judged and filed as received.  Then a browser (Chromium, by scrapy-playwright)
opens it and runs its scripts, and what it shows in the end is filed a second time, under the address
`crawler.pages.address.rendered_address` gives and with the header `Gongkai-Rendered`.

The browser has no network.  The page it opens is the one that was received, and everything that page's scripts ask for
is fetched by this crawler and handed to it, so that the rules hold for it too: robots.txt, one request at a time and
the pause between two, public addresses only, anti-bot pages recognised before the browser sees them.  Cookies that
scripts set never leave the browser, so that no challenge is ever answered.  Only scripts and data are fetched, and only
from the page's own host and those the portal's file names.

`GONGKAI_BROWSER_PATH` is the browser's executable, where it is not the one `playwright install chromium` put in place;
`GONGKAI_BROWSER_ARGS` are further arguments for it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.util
import logging
import shlex
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings
from scrapy.utils.misc import build_from_crawler, load_object

from gongkai.archive import Arrival, Role
from gongkai.crawler.pages.address import same_site
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import decode
from gongkai.crawler.portal.browser_facts import Browser
from gongkai.crawler.report.counts import Severity
from gongkai.crawler.visit import visit_of
from gongkai.crawler.wire.carried_leads import lead_in
from gongkai.crawler.wire.exchange import EXCHANGE, Exchange
from gongkai.crawler.wire.outcome import DOWNLOAD_ERRORS, content_type, verdict_of_error

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab
    from playwright.async_api import Request as Wanted
    from playwright.async_api import Route

EXTRA = "scrapy_playwright"
LANE = "browser"
"""The slot of the downloader in which the browser waits; what it asks for waits in the slots of its hosts."""
MARK = "Gongkai-Rendered"
FETCHED = frozenset({"document", "script", "xhr", "fetch"})
"""Kinds of requests that are fetched for a page; pictures, fonts and styles show a crawler nothing."""
KEPT_BACK = frozenset({"cookie", "user-agent", "host", "connection", "content-length", "accept-encoding", "referer"})
"""Headers of the browser that are not sent on: the crawler has its own."""
IDLE_SECONDS = 5
"""A page may work on what it has for so long, once it asks for nothing more."""
NO_NETWORK = (
    "--proxy-server=http://127.0.0.1:9",  # nobody listens there
    "--proxy-bypass-list=<-loopback>",  # Chromium would spare addresses of this machine the proxy
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)  # the report tells of failures, with their outcome


def impossible(settings: BaseSettings) -> str | None:
    """The reason why no page can be rendered here, in a sentence, or None when it can be tried."""
    if importlib.util.find_spec(EXTRA) is None:
        return (
            "The portal needs a browser, and scrapy-playwright is not installed; install gongkai[browser] and run "
            "`playwright install chromium`."
        )
    try:
        shlex.split(settings["BROWSER_ARGS"])
    except ValueError as error:
        return f"GONGKAI_BROWSER_ARGS is {settings['BROWSER_ARGS']!r}, which are no arguments: {error}."
    return None


def configure(settings: BaseSettings) -> None:
    """Settings of a crawl that renders pages."""
    plain = {scheme: settings["DOWNLOAD_HANDLERS"].get(scheme) for scheme in ("http", "https")}
    handlers = {
        **settings["DOWNLOAD_HANDLERS"],
        **dict.fromkeys(plain, "gongkai.crawler.wire.rendering.RenderingHandler"),
    }
    # what is received when the crawl is stopped is still rendered and recorded, so that the browser ends last
    launch: dict[str, Any] = {"args": [*NO_NETWORK, *shlex.split(settings["BROWSER_ARGS"])]}
    launch |= dict.fromkeys(("handle_sigint", "handle_sigterm", "handle_sighup"), False)
    if settings["BROWSER_PATH"]:
        launch["executable_path"] = settings["BROWSER_PATH"]
    values = {
        "DOWNLOAD_HANDLERS": handlers,
        "PLAIN_HANDLER": plain["http"] or "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
        "DOWNLOAD_SLOTS": {**settings["DOWNLOAD_SLOTS"], LANE: {"concurrency": 1, "delay": 0}},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.getfloat("BROWSER_TIMEOUT_SECONDS") * 1000,
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
    }
    for name, value in values.items():
        settings.set(name, value, priority="spider")


_browsers: weakref.WeakKeyDictionary[Crawler, Any] = weakref.WeakKeyDictionary()
"""The handler of scrapy-playwright of each crawl that is under way: one browser for http and https."""


class RenderingHandler:
    """Download handler: renders what is marked for it, and leaves all else to the handler in `PLAIN_HANDLER`."""

    lazy = False  # scrapy-playwright starts with the engine

    def __init__(self, crawler: Crawler) -> None:
        if crawler not in _browsers:
            handler = load_object("scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler")
            _browsers[crawler] = build_from_crawler(handler, crawler)
        self._crawler, self._browser = crawler, _browsers[crawler]
        self._plain = build_from_crawler(load_object(crawler.settings["PLAIN_HANDLER"]), crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RenderingHandler:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        from playwright.async_api import Error, TimeoutError  # noqa: A004, PLC0415  of an optional extra

        if not request.meta.get("playwright"):
            answered: Response = await self._plain.download_request(request)
            return answered
        asked = dt.datetime.now(dt.UTC)
        try:
            rendered: Response = await self._browser.download_request(request)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"The browser did not finish {request.url!r} in time.") from error
        except Error as error:
            raise DownloadFailedError(f"The browser failed on {request.url!r}: {error.message}") from error
        arrival = Arrival()
        arrival.write(rendered.body)
        request.meta[EXCHANGE] = Exchange(
            requested_at=asked,
            received_at=dt.datetime.now(dt.UTC),
            status=rendered.status,
            headers=rendered.headers,
            arrived=arrival.finish(),
        )
        return rendered

    async def close(self) -> None:
        if _browsers.pop(self._crawler, None) is not None:
            await self._browser.close()
        await self._plain.close()


class Renderer:
    """Hands pages to the browser, and to each page what its scripts ask for.

    Scripts are fetched once a visit; pages of one portal share nearly all of theirs.
    """

    def __init__(self, crawler: Crawler, browser: Browser) -> None:
        self.crawler, self.browser = crawler, browser
        self._seconds = crawler.settings.getfloat("BROWSER_TIMEOUT_SECONDS")
        self._scripts: dict[str, Response] = {}

    def wants(self, lead: Lead) -> bool:
        """True for a page that is to be rendered once it was received."""
        if lead.is_rendered:
            return False
        return lead.role is Role.LISTING or (lead.role is Role.ARTICLE and self.browser.articles)

    def meta(self, received: Response) -> dict[str, Any]:
        """The `meta` of a request that opens a received page in the browser."""
        lead, awaited = lead_in(received.request), self.browser.wait_for
        is_awaited = awaited is not None and lead is not None and lead.role is Role.LISTING

        async def prepare(tab: Tab, request: Request) -> None:
            await tab.route("**/*", self._answer_of(received))

        return {
            "playwright": True,
            "playwright_context_kwargs": {
                "service_workers": "block",
                "accept_downloads": False,
                "user_agent": self.crawler.settings["USER_AGENT"],
            },
            "playwright_page_init_callback": prepare,
            "playwright_page_goto_kwargs": {"wait_until": "load" if is_awaited else "networkidle"},
            "playwright_page_methods": [_wait_for(awaited, self._seconds)] if awaited and is_awaited else [],
            "download_slot": LANE,
            "dont_retry": True,
            "unconditional": True,
        }

    def _answer_of(self, received: Response) -> Callable[[Route, Wanted], Any]:
        from playwright.async_api import Error  # noqa: PLC0415  of an optional extra

        opened = False

        async def answer(route: Route, wanted: Wanted) -> None:
            nonlocal opened
            with contextlib.suppress(Error):  # the page is closed already, and nobody waits for the answer
                if not opened and wanted.is_navigation_request():
                    opened = True
                    await route.fulfill(status=200, headers=_headers(received), body=_text(received))
                elif self._is_allowed(wanted, received):
                    await self._fetch(route, wanted, received)
                else:
                    await route.abort()

        return answer

    def _is_allowed(self, wanted: Wanted, received: Response) -> bool:
        host = (urlsplit(wanted.url).hostname or "").lower()
        is_near = same_site(wanted.url, received.url) or host in self.browser.hosts
        return is_near and wanted.resource_type in FETCHED and wanted.method in {"GET", "POST"}

    async def _fetch(self, route: Route, wanted: Wanted, received: Response) -> None:
        try:
            response = self._scripts.get(wanted.url) or await self._download(wanted, received)
        except (
            DOWNLOAD_ERRORS
        ) as error:  # the browser is told that the network failed; the page shows what it shows without it
            self._note(wanted, received, error)
            await route.abort()
            return
        if wanted.resource_type == "script" and response.status == 200:
            self._scripts[wanted.url] = response
        if response.meta.get("challenge"):
            await route.abort()
        else:
            kind = content_type(response) or "text/plain"
            await route.fulfill(status=response.status, headers={"Content-Type": kind}, body=response.body)

    def _note(self, wanted: Wanted, received: Response, error: Exception) -> None:
        reason = verdict_of_error(error, wanted.url).reason.rstrip(".")
        message = f"The page {received.url!r} was rendered without {wanted.url!r}: {reason}."
        visit_of(self.crawler).report.problem("rendered_without", message, received.url, Severity.WARNING)

    async def _download(self, wanted: Wanted, received: Response) -> Response:
        headers = {
            name: value for name, value in wanted.headers.items() if name not in KEPT_BACK and name[:4] != "sec-"
        }
        request = Request(
            wanted.url,
            method=wanted.method,
            headers={**headers, "Referer": received.url},
            body=wanted.post_data_buffer or b"",
            callback=NO_CALLBACK,
            dont_filter=True,
        )
        response: Response = await self.crawler.engine.download_async(request)
        return response


def _headers(received: Response) -> dict[str, str]:
    return {"Content-Type": "text/html; charset=utf-8", MARK: f"from {len(received.body)} bytes as received"}


def _text(received: Response) -> bytes:
    return decode(received.body, content_type(received)).encode()


def _wait_for(selector: str, seconds: float) -> Any:
    """Wait until something is there, or until a while after nothing more is under way."""
    from playwright.async_api import TimeoutError  # noqa: A004, PLC0415  of an optional extra
    from scrapy_playwright.page import PageMethod  # noqa: PLC0415

    async def wait(tab: Tab) -> None:
        try:
            await tab.wait_for_load_state("networkidle", timeout=seconds * 1000)
            await tab.wait_for_selector(selector, state="attached", timeout=IDLE_SECONDS * 1000)
        except TimeoutError:
            return  # what is there is judged like any page: a listing without rows is one

    return PageMethod(wait)
