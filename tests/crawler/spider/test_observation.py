"""File names, media types, conditions, addresses, pauses: the small decisions behind a capture."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile
from typing import cast

import pytest
from scrapy.http import Response
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred

from gongkai.archive import Capture, Outcome, Role
from gongkai.crawler.errors import UnsafeAddressError
from gongkai.crawler.pages.address import clean_url, same_document_key
from gongkai.crawler.pages.media_types import detect_media_type, is_html
from gongkai.crawler.report.counts import CrawlReport, ExitCode, HostReport, PortalReport, Severity
from gongkai.crawler.spider.conditional import conditions
from gongkai.crawler.spider.observation import disposition_name
from gongkai.crawler.wire.politeness import retry_after
from gongkai.crawler.wire.safe_addresses import GuardedResolver, check_url, refusal_of_address

NAME = "甲局2025年预算.pdf"
NOW = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "header",
    [
        f'attachment; filename="{NAME}"'.encode(),
        f'attachment; filename="{NAME}"'.encode("gbk"),
        b"attachment; filename=%E7%94%B2%E5%B1%802025%E5%B9%B4%E9%A2%84%E7%AE%97.pdf",
        b"attachment; filename=\"a.pdf\"; filename*=UTF-8''%E7%94%B2%E5%B1%802025%E5%B9%B4%E9%A2%84%E7%AE%97.pdf",
        b"attachment;filename==?UTF-8?B?55Sy5bGAMjAyNeW5tOmihOeuly5wZGY=?=",
    ],
)
def test_names_are_read_from_content_disposition_in_every_way_portals_write_them(header: bytes) -> None:
    assert disposition_name(header) == NAME


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\r\n%PDF-1.7\n", "application/pdf"),
        (zipped("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (zipped("OFD.xml"), "application/ofd"),
        (zipped("预算.pdf"), "application/zip"),
        (b"PK\x03\x04 cut", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "application/msword"),
        (b"Rar!\x1a\x07\x00", "application/vnd.rar"),
        (b"\xef\xbb\xbf\r\n<!-- c --><!DOCTYPE html><p>", "text/html"),
        ("<p>正文".encode("gbk"), "text/html"),
        ("预算".encode("gbk"), "text/plain"),
        (b"\x00\x01\x02\x03", None),
        (b"", None),
    ],
)
def test_media_types_are_told_from_bytes(body: bytes, kind: str | None) -> None:
    assert detect_media_type(body) == kind
    assert is_html(body) == (kind == "text/html")


def test_validators_survive_answers_that_do_not_repeat_them() -> None:
    first = Capture(
        capture_id="1",
        run_id="r",
        portal="p",
        role=Role.ATTACHMENT,
        url="http://a/b.pdf",
        outcome=Outcome.CAPTURED,
        requested_at=NOW,
        http_status=200,
        response_headers=(("ETag", '"v1"'), ("last-modified", "Sun, 01 Mar 2026 08:00:00 GMT")),
    )
    asked = {"If-None-Match": '"v1"', "If-Modified-Since": "Sun, 01 Mar 2026 08:00:00 GMT"}
    assert conditions(first) == asked
    second = dataclasses.replace(
        first, outcome=Outcome.NOT_MODIFIED, http_status=304, request_headers=tuple(asked.items()), response_headers=()
    )
    assert conditions(second) == asked
    replaced = dataclasses.replace(first, request_headers=tuple(asked.items()), response_headers=())
    assert conditions(replaced) == {}, "the conditions of a request that got a new body are out of date"


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


INSIDE = """10.0.0.1 172.16.0.9 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 fe80::1%eth0 fd00::1
::ffff:192.168.0.1 ::1 127.0.0.1"""


@pytest.mark.parametrize("address", INSIDE.split())
def test_no_address_outside_the_public_network_is_reached(address: str) -> None:
    assert refusal_of_address(address, allow_loopback=False)
    assert bool(refusal_of_address(address, allow_loopback=True)) == (address not in {"127.0.0.1", "::1"})


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.cn/x", "http:///x", "gopher://a", "http://[::1]/", "http://127.1.2.3/"]
)
def test_addresses_that_are_not_public_http_are_refused(url: str) -> None:
    with pytest.raises(UnsafeAddressError, match="not followed"):
        check_url(url, allow_loopback=False)


def test_public_addresses_pass() -> None:
    check_url("http://www.gov.cn/", allow_loopback=False)
    check_url("https://202.96.128.86/x", allow_loopback=False)
    assert refusal_of_address("202.96.128.86", allow_loopback=False) is None


def test_the_resolver_refuses_what_a_name_turns_out_to_be_at_the_moment_of_connecting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that looked public before and leads inside now, as in DNS rebinding."""
    resolver = GuardedResolver(cast("ReactorBase", None), 10, 5.0)  # it looks nothing up here
    monkeypatch.setattr(
        "gongkai.crawler.wire.safe_addresses.CachingThreadedResolver.getHostByName", _answering("192.168.0.7")
    )
    monkeypatch.setattr(GuardedResolver, "refused", set())
    results: list[object] = []
    resolver.getHostByName("rebound.example.cn").addBoth(results.append)
    assert "192.168.0.7, not a public address" in str(results[0])
    assert GuardedResolver.refused == {"rebound.example.cn"}


def _answering(address: str) -> object:
    def answer(*_: object) -> Deferred[str]:
        found: Deferred[str] = Deferred()
        found.callback(address)
        return found

    return answer


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Sun, 01 Mar 2026 08:01:30 GMT", 90.0),
        ("Sun, 01 Mar 2026 07:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_number_and_as_date(value: str, seconds: float | None) -> None:
    assert retry_after(Response("http://a", headers={"Retry-After": value}), NOW) == seconds


def test_the_shortest_of_all_pauses_is_told() -> None:
    host = HostReport(host="a.cn")
    for moment in (10.0, 11.5, 11.8, 14.0):
        host.sent(moment)
    assert (host.requests, host.shortest_pause) == (4, 0.3)


def test_the_worst_portal_decides_the_exit_code() -> None:
    fine, failed, fatal = (PortalReport(portal=name) for name in "abc")
    failed.failures["timeout"] += 1
    fatal.problem("listing_empty", "no rows", severity=Severity.FATAL)
    warned = PortalReport(portal="d")
    warned.problem("above_maximum", "many", severity=Severity.WARNING)

    def code(*portals: PortalReport) -> int:
        return CrawlReport(run_id="r", started=NOW, portals=list(portals)).exit_code

    assert code() == code(fine) == code(warned) == ExitCode.FINE
    assert code(fine, failed) == ExitCode.SOMETHING_FAILED
    assert code(failed, fatal, fine) == ExitCode.LISTING_FAILED
    fatal.problem("archive_failed", "disk full", severity=Severity.FATAL)
    assert code(failed, fatal) == ExitCode.ARCHIVE_FAILED
