"""What crawlers write: GNU Wget, Heritrix, browsers, old ones that wrote ARC; and what is wrong in a single record."""

from __future__ import annotations

import base64
import gzip
import hashlib
from pathlib import Path

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome
from tests.archive.packages.test_intake import PAGE, URL, answer, archive, record, taken

__all__ = ["archive"]
HOST = "http://a.example.gov.cn"
IDENTICAL = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
UNMODIFIED = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
OF_NOTHING = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
ARC_1, ARC_2 = "{} 192.0.2.1 20050607080910 {} {}\n", "{} 192.0.2.1 20050607080910 {} 200 - - 0 a {}\n"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 20


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def moved(location: str, status: str = "302 Found") -> bytes:
    return answer(b"<html>moved", more=f"Location: {location}\r\n", status=status)


def by_url(captures: list[Capture]) -> dict[str, Capture]:
    return {capture.url.removeprefix(HOST): capture for capture in captures}


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def test_a_redirect_becomes_a_capture_of_the_address_asked_for(archive: Archive, tmp_path: Path) -> None:
    name = "<urn:uuid:asked>"
    request = b"GET /go HTTP/1.1\r\nReferer: http://a.example.gov.cn/list\r\n\r\n"
    data = (
        record("request", request, f"{HOST}/go", WARC_Record_ID=name)
        + record("response", moved("/chain"), f"{HOST}/go", WARC_Concurrent_To=name)
        + record("response", moved("预算.pdf#page=2", "301 Moved"), f"{HOST}/chain")
        + record("response", answer(PDF, "application/pdf"), f"{HOST}/%E9%A2%84%E7%AE%97.pdf")
        + record("response", moved("http://elsewhere.example/"), f"{HOST}/away")
        + record("response", moved("/b"), f"{HOST}/a")
        + record("response", moved("/a"), f"{HOST}/b")
        + record("response", moved("/none"), f"{HOST}/to-none")
        + record("response", answer(status="404 Not Found"), f"{HOST}/none")
    )
    report, captures = taken(archive, tmp_path / "a.warc", data)
    found = by_url(captures)
    assert (report.problems, report.left_out) == ((), 3)
    asked = found["/go"]
    assert asked.final_url == found["/chain"].final_url == f"{HOST}/%E9%A2%84%E7%AE%97.pdf"
    assert (asked.outcome, asked.http_status, asked.parent_url) == (Outcome.CAPTURED, 200, f"{HOST}/list")
    assert archive.original(str(asked.payload_sha256)) == PDF
    assert [(hop.url, hop.http_status, dict(hop.headers)["Location"]) for hop in found["/chain"].redirects] == [
        (f"{HOST}/chain", 301, "预算.pdf#page=2".encode().decode("latin-1"))
    ]
    assert asked.redirects[0].url == f"{HOST}/go"
    assert dict(asked.response_headers)["Content-Type"] == "application/pdf"
    assert (found["/to-none"].outcome, found["/to-none"].http_status) == (Outcome.HTTP_ERROR, 404)
    again, more = taken(archive, tmp_path / "a.warc")
    assert (again.captured, again.unchanged, len(more)) == (0, 0, len(captures))


def test_a_redirect_is_followed_to_what_stood_there_on_its_day(archive: Archive, tmp_path: Path) -> None:
    data = (
        record("response", answer(b"old"), WARC_Record_ID="1", WARC_Date="2019-05-01T00:00:00Z")
        + record("response", moved(URL), f"{HOST}/go", WARC_Date="2020-05-01T00:00:00Z")
        + record("response", answer(b"new"), WARC_Record_ID="2", WARC_Date="2020-05-01T00:00:09Z")
        + record("response", moved(URL), f"{HOST}/years-later", WARC_Date="2023-05-01T00:00:00Z")
    )
    _, captures = taken(archive, tmp_path / "a.warc", data)
    found = by_url(captures)
    assert archive.original(str(found["/go"].payload_sha256)) == b"new"
    assert "/years-later" not in found


def test_revisits_of_wget_and_heritrix(archive: Archive, tmp_path: Path) -> None:
    whole = record("response", answer(), WARC_Record_ID="1", WARC_Payload_Digest=sha1(PAGE))
    of_wget = {"WARC_Truncated": "length", "WARC_Block_Digest": OF_NOTHING, "WARC_Profile": IDENTICAL}
    data = (
        whole
        + record("revisit", answer(b""), f"{URL}?wget", WARC_Payload_Digest=sha1(PAGE), **of_wget)
        + record("revisit", answer(b""), f"{URL}?empty", WARC_Payload_Digest=OF_NOTHING, **of_wget)
        + record("revisit", answer(b"", status="404 No"), f"{URL}?none", WARC_Payload_Digest=sha1(b"no"), **of_wget)
        + record("revisit", moved(URL), f"{URL}?moved", WARC_Payload_Digest=sha1(b"moved"), **of_wget)
        + record(
            "revisit",
            answer(b"", status="304 Not Modified"),
            WARC_Record_ID="2",
            WARC_Date="2019-06-06T07:08:09Z",
            WARC_Refers_To="1",
            WARC_Profile=UNMODIFIED,
        )
    )
    report, captures = taken(archive, tmp_path / "a.warc", data)
    assert report.problems == ()
    outcomes = sorted((capture.url.removeprefix(URL), capture.outcome.value) for capture in captures)
    assert outcomes == [
        ("", "captured"),
        ("", "not_modified"),
        ("?moved", "captured"),
        ("?none", "http_error"),
        ("?wget", "captured"),
    ]
    assert len({capture.payload_sha256 for capture in captures if capture.payload_sha256}) == 1


def test_requests_of_one_address_each_join_their_own_answer(archive: Archive, tmp_path: Path) -> None:
    def pair(number: int) -> bytes:
        request = f"GET /x HTTP/1.1\r\nReferer: {HOST}/{number}\r\n\r\n".encode()
        name, at = f"<urn:uuid:{number}>", f"2019-05-06T07:08:0{number}Z"
        facts = {"WARC_Date": at, "WARC_Concurrent_To": name, "WARC_Record_ID": f"a{number}"}
        return record("request", request, WARC_Record_ID=name, WARC_Date=at) + record("response", answer(), **facts)

    _, captures = taken(archive, tmp_path / "a.warc", pair(1) + pair(2))
    assert [capture.parent_url for capture in captures] == [f"{HOST}/1", f"{HOST}/2"]
    alone = record("response", answer(), f"{URL}2", WARC_Record_ID="a0")
    alone += pair(3).replace(URL.encode(), f"{URL}2".encode())
    _, captures = taken(archive, tmp_path / "b.warc", alone)
    assert [capture.parent_url for capture in captures if capture.url == f"{URL}2"] == [None, f"{HOST}/3"]


def test_a_file_of_heritrix(archive: Archive, tmp_path: Path) -> None:
    name = f"<urn:uuid:response-{URL}>"
    told = b"via: http://a.example.gov.cn/list\r\nhopsFromSeed: LL\r\nfetchTimeMs: 12\r\n"
    info = b"software: Heritrix/3.4.0\r\nhttp-header-from: a@example.org\r\n"
    cut = {"WARC_Truncated": "length", "WARC_Payload_Digest": sha1(PAGE[:9])}
    data = b"".join(
        gzip.compress(each)
        for each in (
            record("warcinfo", info, "", Content_Type="application/warc-fields"),
            record("response", b"20190506070809\na.example.gov.cn.\t600\tIN\tA\t192.0.2.1\n", "dns:a.example.gov.cn"),
            record("response", answer(), WARC_IP_Address="192.0.2.1", WARC_Payload_Digest=sha1(PAGE)),
            record("request", b"GET /x.html HTTP/1.0\r\nUser-Agent: h\r\n\r\n", WARC_Concurrent_To=name),
            record("metadata", told, WARC_Concurrent_To=name, Content_Type="application/warc-fields"),
            record("response", answer(PAGE[:9], more="Content-Length: 99\r\n"), f"{URL}?cut", **cut),
            record("response", b"", "whois://whois.example/x"),
        )
    )
    report, captures = taken(archive, tmp_path / "a.warc.gz", data)
    page, cut_one = captures
    assert (report.problems, report.left_out) == ((), 2)
    assert (page.parent_url, page.remote_address) == (f"{HOST}/list", "192.0.2.1")
    assert page.request_headers == (("User-Agent", "h"),)
    assert (cut_one.outcome, cut_one.payload_sha256) == (Outcome.TOO_LARGE, None)


@pytest.mark.parametrize(
    "line", ["{} 192.0.2.1 20050607080910 {} {}\n", "{} 192.0.2.1 20050607080910 {} 200 - - 0 a {}\n"]
)
@pytest.mark.parametrize("packed", [b"".join, lambda each: b"".join(map(gzip.compress, each))])
def test_arc_files(archive: Archive, tmp_path: Path, packed: object, line: str) -> None:
    def arc(url: str, block: bytes, kind: str = "text/html") -> bytes:
        return line.format(url, kind, len(block)).encode() + block + b"\n"

    version = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    parts = [
        arc("filedesc://a.arc", version, "text/plain"),
        arc("dns:a.example.gov.cn", b"20050607080910\n", "text/dns"),
        arc(URL, answer()),
        arc(f"{HOST}/bad", b"\x00 no http\n"),
        arc(f"{HOST}/预算.pdf", answer(PDF, "application/pdf"), "application/pdf"),
    ]
    report, captures = taken(archive, tmp_path / "a.arc.gz", packed(parts))  # type: ignore[operator]
    assert [archive.original(str(capture.payload_sha256)) for capture in captures] == [PAGE, PDF]
    assert captures[0].requested_at.isoformat() == "2005-06-07T08:09:10+00:00"
    assert captures[0].remote_address == "192.0.2.1"
    (problem,) = report.problems
    assert f"{HOST}/bad" in problem.reason


def test_arc_is_read_on_behind_damage(archive: Archive, tmp_path: Path) -> None:
    def arc(url: str, block: bytes, length: int | None = None) -> bytes:
        return f"{url} 192.0.2.1 20050607080910 text/html {length or len(block)}\n".encode() + block + b"\n"

    data = arc("filedesc://a.arc", b"1 0 x\n\n") + arc(URL, answer(), 90) + arc(f"{HOST}/2", answer())
    report, captures = taken(archive, tmp_path / "a.arc", data)
    assert [capture.url for capture in captures] == [f"{HOST}/2"]
    assert any(URL in problem.reason for problem in report.problems)


def test_parts_of_a_body(archive: Archive, tmp_path: Path) -> None:
    def part(of: str) -> bytes:
        return answer(PDF, "application/pdf", f"Content-Range: bytes {of}\r\n", "206 Partial Content")

    data = (
        record("response", part(f"0-{len(PDF) - 1}/{len(PDF)}"), f"{HOST}/whole")
        + record("response", part("0-99/9000"), f"{HOST}/part")
        + record("response", part("0-99/*"), f"{HOST}/unknown")
    )
    report, captures = taken(archive, tmp_path / "a.warc", data)
    assert [capture.url for capture in captures] == [f"{HOST}/whole"]
    assert ["206" in problem.reason for problem in report.problems] == [True, True]


def test_bodies_that_end_too_early_are_truncated(archive: Archive, tmp_path: Path) -> None:
    squeezed = gzip.compress(PAGE)
    long, coded, pieces = "Content-Length: 999\r\n", "Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n"
    blocks = {
        "length": answer(more=long),
        "chunk": answer(chunked(PAGE)[:-20], more=pieces),
        "last": answer(chunked(PAGE)[:-5], more=pieces),
        "gzip": answer(squeezed[:-9], more=coded),
        "both": answer(chunked(squeezed)[:-30], more=pieces + coded),
        "whole": answer(chunked(squeezed), more=pieces + coded),
        "decoded": answer(more=pieces + coded + "Content-Length: 7\r\n"),
    }
    data = b"".join(record("response", block, f"{HOST}/{name}") for name, block in blocks.items())
    report, captures = taken(archive, tmp_path / "a.warc", data)
    cut = {url for url, capture in by_url(captures).items() if capture.outcome is Outcome.TRUNCATED}
    assert (report.problems, cut) == ((), {"/length", "/chunk", "/last", "/gzip", "/both"})
    kept = {archive.original(capture.payload_sha256) for capture in captures if capture.payload_sha256}
    assert kept == {PAGE}


def test_a_chunk_that_is_none_refuses_its_record(archive: Archive, tmp_path: Path) -> None:
    body = chunked(PAGE)[:-5] + b"zz\r\n"
    data = record("response", answer(body, more="Transfer-Encoding: chunked\r\n")) + record(
        "response", answer(), f"{URL}2"
    )
    report, captures = taken(archive, tmp_path / "a.warc", data)
    assert [capture.url for capture in captures] == [f"{URL}2"]
    assert ["begins no chunk" in problem.reason for problem in report.problems] == [True]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("wrong", [-30, 40])
def test_a_wrong_length_refuses_its_record(archive: Archive, tmp_path: Path, pack: object, wrong: int) -> None:
    length = str(len(answer()) + wrong)
    parts = [
        record("response", answer(), f"{HOST}/1"),
        record("response", answer(), f"{HOST}/wrong", Content_Length=length),
        record("warcinfo", b"x" * 300),
        record("response", answer(), f"{HOST}/2"),
    ]
    report, captures = taken(archive, tmp_path / "a.warc", b"".join(map(pack, parts)))  # type: ignore[call-overload]
    assert [capture.url for capture in captures] == [f"{HOST}/1", f"{HOST}/2"]
    assert any(f"{HOST}/wrong" in problem.reason and "at byte" in problem.reason for problem in report.problems)


def test_one_member_for_all_and_a_damaged_one_in_the_middle(archive: Archive, tmp_path: Path) -> None:
    each = [record("response", answer(), f"{HOST}/{number}") for number in range(6)]
    damaged = bytearray(gzip.compress(each[3], 9))
    damaged[len(damaged) // 2] ^= 0xFF
    data = gzip.compress(each[0] + each[1] + each[2]) + bytes(damaged) + gzip.compress(each[4] + each[5])
    report, captures = taken(archive, tmp_path / "a.warc.gz", data)
    assert {capture.url for capture in captures} >= {f"{HOST}/{number}" for number in (0, 1, 2, 4, 5)}
    assert f"{HOST}/3" not in {capture.url for capture in captures}
    assert report.problems


def test_resources_conversions_and_parts_of_records(archive: Archive, tmp_path: Path) -> None:
    data = (
        record("resource", PDF, "file:///share/%E9%A2%84%E7%AE%97.pdf", Content_Type="application/pdf")
        + record("resource", PDF, f"{HOST}/r.pdf", Content_Type="application/pdf")
        + record("conversion", b"text", f"{HOST}/c.txt", Content_Type="text/plain")
        + record("response", answer(), f"{HOST}/s", WARC_Segment_Number="1")
        + record("continuation", b"rest", f"{HOST}/s", WARC_Segment_Number="2", WARC_Segment_Total_Length="900")
        + record("strange", b"x", f"{HOST}/k")
    )
    report, captures = taken(archive, tmp_path / "a.warc", data)
    kinds = {capture.url.rpartition("/")[2]: (capture.role.value, capture.http_status) for capture in captures}
    assert kinds == {
        "%E9%A2%84%E7%AE%97.pdf": ("file", None),
        "r.pdf": ("attachment", None),
        "c.txt": ("attachment", None),
    }
    assert ["several" in problem.reason for problem in report.problems] == [True, True]


def test_a_warc_packed_with_zstd_is_no_document(archive: Archive, tmp_path: Path) -> None:
    report, _ = taken(archive, tmp_path / "a.warc.zst", b"\x28\xb5\x2f\xfd")
    assert ["zstd -d" in problem.reason for problem in report.problems] == [True]
    assert list(archive.captures()) == []
