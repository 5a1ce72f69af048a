"""Each exchange ends in one `Outcome`, told from status, headers and bytes, or from an exception.  Pure functions.

Anti-bot pages are recognised by what their scripts set, and only on pages with hardly any text of their own: protected
sites inject the same scripts into real pages.  They are recorded and never solved.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost
from twisted.internet.error import TimeoutError as TwistedTimeoutError

from gongkai.archive import Outcome, Role
from gongkai.crawler.errors import AnswerRefusedError, RequestRefusedError
from gongkai.crawler.pages.links import attachments
from gongkai.crawler.pages.media_types import is_html, is_office_export
from gongkai.crawler.pages.page import Page
from gongkai.crawler.wire.safe_addresses import GuardedResolver


def _in_both_encodings(pattern: str) -> bytes:
    """A pattern for the bytes of pages in UTF-8 and of those in GBK."""
    return b"|".join(b"(?:%s)" % pattern.encode(encoding) for encoding in ("utf-8", "gbk"))


READABLE = frozenset({200, 203})
CHALLENGE_TEXT = 200
"""An anti-bot page shows a reader fewer characters than this."""
CHALLENGE_BYTES = 200_000
"""No anti-bot page is larger; larger bodies are not searched for one."""
CHALLENGES = (
    # each system by its name and what its page sets
    ("瑞数 (Ruishu)", re.compile(rb"\$_ts\s*=\s*window\[|\$_ts\.(?:nsd|cd)\s*=|<meta\s[^>]*\br=[\"']m[\"']")),
    (
        "加速乐 (Jiasule)",
        re.compile(
            rb"__jsl_clearance|__jsluid|^\s*<script>[^<]{0,20000}\bgo\(\{|document\.cookie\s*=.{0,20000}location\.pathname",
            re.DOTALL,
        ),
    ),
    ("阿里云 (Alibaba Cloud)", re.compile(rb"arg1\s*=\s*['\"][0-9A-Fa-f]{40}['\"]|acw_sc__v2|errors\.aliyun\.com")),
    ("EdgeOne (Tencent Cloud)", re.compile(rb"__tst_status|EO_Bot_Ssid")),
    ("C3VK", re.compile(rb"C3VK\s*=")),
)
CHALLENGE_STATUS = {412: "瑞数 (Ruishu)", 521: "加速乐 (Jiasule)"}
"""Statuses no portal sends for another reason: 412 answers a condition never made (If-Match), 521 is 加速乐's."""

FIREWALL = re.compile(
    _in_both_encodings(
        "(?:访问|请求|参数|攻击|威胁)[^<]{0,80}被[^<]{0,40}(?:阻断|拦截|屏蔽)|(?:网站|Web ?应用)防火墙|疑似黑客攻击"
        "|访问(?:过于|太过?|次数过)频繁|访问频率过高|The requested URL was rejected"
    ),
    re.IGNORECASE,
)
"""Words in which 安全狗, 云锁, 创宇盾, 明御, the clouds' own and F5 say that they stopped a request."""

NOTHING_THERE = re.compile(
    r"(?:页面|网页|内容|文章|信息|文件|资源)(?:不存在|未找到|已(?:被)?删除|已下线|走丢)"
    r"|找不到.{0,12}(?:页面|网页|文件|资源|内容)"
    r"|(?:访问|请求)的.{0,12}(?:不存在|找不到|已(?:被)?删除)|跳转中|\b404\b.{0,12}(?:错误|error|找不到)|not found"
    r"|(?:系统|网站|平台|服务器?)(?:正在)?(?:(?:维护|升级)中|繁忙|内部错误)",
    re.IGNORECASE,
)
NOTHING_TITLE = re.compile(
    r"^\s*(?:404\b|错误页|出错|HTTP\s*(?:status|error|状态)\s*[-–—]?\s*[45]\d\d\b|[45]\d\d\s*(?:$|[-–—:]?\s*[a-z])"
    r"|internal server error|bad gateway|service (?:temporarily )?unavailable|forbidden|access denied)",
    re.IGNORECASE,
)
LOGIN_PATH = re.compile(r"(?:^|[/_.-])(?:login|logon|signin|sso|cas|passport|oauth2?)(?:[/_.-]|$)", re.IGNORECASE)
"""Part of the address of a page that asks who is there."""
FIRST_PAGE = re.compile(r"/?(?:(?:index|default|main)\.\w{1,5})?", re.IGNORECASE)
"""Path of a site's first page."""
CAPTCHA_FIELD = re.compile(r"codeValue|验证码|captcha|verifycode", re.IGNORECASE)
SHORT_PAGE = 300
"""A page that says «not found» in more characters than this says it about something else."""
EMPTY_PAGE = 10
"""An article that shows fewer characters than this, and no file or picture, shows nothing."""

DOWNLOAD_ERRORS = (
    IgnoreRequest,
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
    TwistedTimeoutError,
    SSL.Error,
    VerificationError,
    OSError,
)
"""Everything a download can raise."""
ERROR_OUTCOMES: tuple[tuple[type[Exception], Outcome], ...] = (
    (ResponseDataLossError, Outcome.TRUNCATED),
    (DownloadTimeoutError, Outcome.TIMEOUT),
    (TwistedTimeoutError, Outcome.TIMEOUT),
    # Scrapy raises it for "max redirections reached"
    (IgnoreRequest, Outcome.HTTP_ERROR),
    (UnsupportedURLSchemeError, Outcome.UNSAFE_ADDRESS),
)
"""Outcomes by the error that a download raised; any other of `DOWNLOAD_ERRORS` is a connection that failed."""


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with the sentence that explains it (empty when there is nothing to explain)."""

    outcome: Outcome
    reason: str = ""


def challenge_of(status: int, body: bytes) -> str | None:
    """The name of the anti-bot system whose page this is, or None."""
    if name := CHALLENGE_STATUS.get(status):
        return name
    if len(body) > CHALLENGE_BYTES or not body or not is_html(body):
        return None
    name = next((name for name, pattern in CHALLENGES if pattern.search(body)), None)
    if name and len(Page.from_bytes(body, "").visible_text) < CHALLENGE_TEXT:
        return name
    return None


def is_of_a_firewall(body: bytes) -> bool:
    """True for a short page that says a request was stopped on its way to the portal."""
    if len(body) > CHALLENGE_BYTES or not is_html(body) or not FIREWALL.search(body):
        return False
    return len(Page.from_bytes(body, "").visible_text) < CHALLENGE_TEXT


def judge(response: Response, role: Role, promised: str | None, *, held_before: bool) -> Verdict:
    """The verdict on an answered request; CAPTURED for anything that is what was asked for.

    `promised` is the suffix of the file the link announced, None for a page; `held_before` whether the archive holds
    something from this address.
    """
    if served := response.meta.get("challenge"):
        return Verdict(Outcome.CHALLENGED, f"{served} was served")
    if response.status not in READABLE:
        return _not_readable(response, role, held_before=held_before)
    if not response.body.strip():
        return Verdict(Outcome.SOFT_404, "the body is empty")
    if not is_html(response.body):
        return Verdict(Outcome.CAPTURED)
    if role in {Role.ATTACHMENT, Role.PICTURE}:
        return _html_for_file(response.body, promised)
    return _html_page(response, role)


def _not_readable(response: Response, role: Role, *, held_before: bool) -> Verdict:
    location = (response.headers.get("Location") or b"").decode("latin-1")
    if 300 <= response.status < 400 and urlsplit(location).scheme not in {"", "http", "https"}:
        return Verdict(Outcome.UNSAFE_ADDRESS, f"it redirects to {location!r}, which is not http or https")
    if response.status in {404, 410} and held_before and role is not Role.LISTING:
        return Verdict(Outcome.GONE, f"status {response.status} where a document was")
    return Verdict(Outcome.HTTP_ERROR, f"status {response.status}")


def _led_elsewhere(response: Response) -> str:
    """The place a redirect led to that is never that of a column or an article; empty where it led to none."""
    urls = response.meta.get("redirect_urls", ())
    if not urls:
        return ""
    asked, shown = urlsplit(urls[0]), urlsplit(response.url)
    if LOGIN_PATH.search(shown.path) and not LOGIN_PATH.search(asked.path):
        return f"it leads to a page that asks for a login, {response.url!r}"
    is_first_page = FIRST_PAGE.fullmatch(shown.path) and not shown.query and not shown.fragment
    if is_first_page and asked.hostname == shown.hostname and not FIRST_PAGE.fullmatch(asked.path):
        return f"it leads to the first page of the site, {response.url!r}"
    return ""


def _html_page(response: Response, role: Role) -> Verdict:
    if reason := _led_elsewhere(response):
        return Verdict(Outcome.SOFT_404, reason)
    page = Page.from_bytes(response.body, response.url, content_type(response))
    if asks_for_password(page):
        return Verdict(Outcome.SOFT_404, f"the page asks for a password and shows nothing else ({page.title!r})")
    if says_nothing_is_there(page) or (role is Role.ARTICLE and _shows_nothing(page)):
        return Verdict(Outcome.SOFT_404, f"the page says or shows that nothing is there ({page.title!r})")
    return Verdict(Outcome.CAPTURED)


def _html_for_file(body: bytes, promised: str | None) -> Verdict:
    if asks_for_captcha(body):
        return Verdict(Outcome.CHALLENGED, "a captcha is asked for before the file is given; it is not solved")
    if promised in {"doc", "docx", "xls", "xlsx", "wps", "et"} and is_office_export(body):
        return Verdict(Outcome.CAPTURED)
    return Verdict(Outcome.WRONG_TYPE, f"HTML was served where the link promised {promised or 'a file'}")


def asks_for_captcha(body: bytes) -> bool:
    """True for HTML in place of a file that wants the characters of a picture first, as 博达 VSB's servlet may."""
    if len(body) > CHALLENGE_BYTES:
        return False
    page = Page.from_bytes(body, "")
    return CAPTCHA_FIELD.search(page.text) is not None and len(page.visible_text) < SHORT_PAGE


def asks_for_password(page: Page) -> bool:
    """True for a page that is hardly more than a form for a login, which real pages may have at their top."""
    if len(page.visible_text) >= SHORT_PAGE or attachments(page):
        return False
    return any((field.get("type") or "").lower() == "password" for field in page.tree.iter("input"))


def says_nothing_is_there(page: Page) -> bool:
    """True for a page with status 200 that is an error page in words."""
    if NOTHING_TITLE.search(page.title):
        return True
    text = f"{page.title} {page.visible_text}"
    return len(page.visible_text) < SHORT_PAGE and NOTHING_THERE.search(text) is not None


def _shows_nothing(page: Page) -> bool:
    if len(page.visible_text) >= EMPTY_PAGE or next(page.tree.iter("img"), None) is not None:
        return False
    return not attachments(page)


def content_type(response: Response) -> str | None:
    """The declared Content-Type, with its parameters."""
    declared = response.headers.get("Content-Type")
    return declared.decode("latin-1") if declared else None


def verdict_of_error(error: BaseException, url: str) -> Verdict:
    """The verdict on a request that got no answer."""
    if isinstance(error, RequestRefusedError | AnswerRefusedError):
        return Verdict(error.outcome, str(error))
    if isinstance(error, CannotResolveHostError) and urlsplit(url).hostname in GuardedResolver.refused:
        return Verdict(Outcome.UNSAFE_ADDRESS, "the host's name leads out of the public network")
    return Verdict(_outcome_of_error(error), f"{type(error).__name__}: {error}")


def _outcome_of_error(error: BaseException) -> Outcome:
    if any(isinstance(cause, SSL.Error | VerificationError) for cause in _causes(error)):
        return Outcome.TLS_ERROR
    return next((outcome for kind, outcome in ERROR_OUTCOMES if isinstance(error, kind)), Outcome.CONNECTION_ERROR)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what it was raised from, and the reasons Twisted collects on the way."""
    yield error
    for reason in getattr(error, "reasons", None) or ():
        yield from _causes(reason.value)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
