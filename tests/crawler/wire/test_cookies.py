"""Cookies are kept for the host that set them, and never for all of a public suffix."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from gongkai.crawler.wire.cookies import PortalCookies


@pytest.mark.parametrize(
    ("domain", "sent_to_neighbour"), [("; Domain=gov.cn", False), ("; Domain=example.gov.cn", True), ("", False)]
)
def test_a_cookie_goes_where_it_may(domain: str, *, sent_to_neighbour: bool) -> None:
    cookies = PortalCookies()
    asked = Request("http://www.example.gov.cn/")
    cookies.process_request(asked)
    cookies.process_response(asked, Response(asked.url, headers={"Set-Cookie": f"session=1{domain}"}))
    for url, is_sent in (
        ("http://www.example.gov.cn/x", domain != "; Domain=gov.cn"),
        ("http://other.example.gov.cn/", sent_to_neighbour),
        ("http://www.elsewhere.gov.cn/", False),
    ):
        request = Request(url)
        cookies.process_request(request)
        assert ("Cookie" in request.headers) == is_sent, url
