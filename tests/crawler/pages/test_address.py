"""Addresses have one form each, also those that stand for a body that is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.crawler.pages.address import (
    FORM,
    JSON,
    clean_url,
    post_address,
    same_document_key,
    same_site,
    sent,
    with_query,
)


@given(st.text(max_size=60), st.sampled_from([FORM, JSON, "text/plain; charset=utf-8"]))
def test_the_address_of_a_post_holds_all_that_is_sent(body: str, media_type: str) -> None:
    for url in ("http://a.gov.cn/list.do", "http://a.gov.cn/list.do?page=1"):
        address = post_address(url, body, media_type)
        found = sent(address)
        assert (found.url, found.body, found.media_type, found.method) == (url, body, media_type, "POST")
        assert post_address(url, body + "x", media_type) != address
    assert sent("http://a.gov.cn/?x=1").method == "GET"


def test_two_addresses_are_of_one_site_whatever_their_scheme() -> None:
    assert same_site("http://a.gov.cn/x", "https://A.gov.cn:443/y")
    assert not same_site("http://a.gov.cn/x", "http://b.gov.cn/x")


SITE = "https://www.example.gov.cn"


def test_a_query_keeps_its_order_and_its_blanks() -> None:
    url = with_query(f"{SITE}/list?a=&page=1&_=%E9%A2%84#top", page=2, size=15)
    assert url == f"{SITE}/list?a=&page=2&_=%E9%A2%84&size=15"


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTP://WWW.Example.GOV.cn:80", "http://www.example.gov.cn/"),
        ("https://a.cn:443/x/t1.html#top", "https://a.cn/x/t1.html"),
        ("http://a.cn/x;jsessionid=0A1B?id=2", "http://a.cn/x?id=2"),
        ("http://a.cn/预算 表.pdf", "http://a.cn/%E9%A2%84%E7%AE%97%20%E8%A1%A8.pdf"),
        ("http://a.cn:8080/x", "http://a.cn:8080/x"),
    ],
)
def test_addresses_have_one_form(url: str, clean: str) -> None:
    assert clean_url(url) == clean
    assert clean_url(clean) == clean


def test_twins_over_http_and_https_are_one_document() -> None:
    assert same_document_key("http://a.cn/P1.pdf#page=3") == same_document_key("https://A.cn/P1.pdf")
