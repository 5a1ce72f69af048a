"""Web archives of others taken in: their encodings, what refers to what, and hostile files."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.local_files import AddReport, add_files
from gongkai.archive.packages import intake
from gongkai.archive.packages.wacz import write_wacz
from gongkai.archive.roots import open_store
from gongkai.archive.selection import Selection
from tests.archive.packages.captured import ARTICLE, FILE, LISTING, PDF, fill

PAGE = b"<!doctype html><title>x</title>" + b"text " * 50
URL = "http://a.example.gov.cn/x.html"
DATE = "2019-05-06T07:08:09Z"


def record(kind: str, block: bytes, url: str = URL, **fields: str) -> bytes:
    named = {"WARC-Record-ID": f"<urn:uuid:{kind}-{url}>", "WARC-Date": DATE, "WARC-Target-URI": url}
    named |= {name.replace("_", "-"): value for name, value in fields.items()}
    named |= {"Content-Length": fields.get("Content_Length", str(len(block)))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/1.0\r\nWARC-Type: {kind}\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes = PAGE, kind: str = "text/html", more: str = "", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(str(tmp_path / "archive"))


def taken(archive: Archive, path: Path, data: bytes | None = None) -> tuple[AddReport, list[Capture]]:
    if data is not None:
        path.write_bytes(data)
    report = add_files(archive, [path])
    return report, list(archive.captures(intake.PORTAL))


def test_our_own_package_comes_back(archive: Archive, tmp_path: Path) -> None:
    other = Archive.open(str(tmp_path / "other"))
    fill(other)
    write_wacz(other, Selection(), open_store(str(tmp_path)), "a.wacz")
    report, captures = taken(archive, tmp_path / "a.wacz")
    assert report.problems == ()
    page = next(capture for capture in captures if capture.url == ARTICLE)
    assert (page.role, page.title, page.index_number) == (Role.ARTICLE, "某局2025年部门预算", "000/2025-1")
    assert (page.parent_url, page.http_status, page.remote_address) == (LISTING, 200, "192.0.2.7")
    assert dict(page.request_headers)["User-Agent"] == "gongkai"
    files = [capture for capture in captures if capture.url == FILE.replace("预算", "%E9%A2%84%E7%AE%97")]
    assert {archive.original(str(capture.payload_sha256)) for capture in files} == {PDF}
    assert Outcome.NOT_MODIFIED in {capture.outcome for capture in files}
    again, more = taken(archive, tmp_path / "a.wacz")
    assert (again.captured, again.unchanged, len(more)) == (0, 0, len(captures))


@pytest.mark.parametrize("packed", [b"".join, lambda each: b"".join(map(gzip.compress, each))])
def test_encodings_of_others_are_undone(archive: Archive, tmp_path: Path, packed: object) -> None:
    brotli = pytest.importorskip("brotli")
    squeezed = gzip.compress(PAGE)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(squeezed), squeezed)
    bodies = {
        "http://a.example/1": answer(squeezed, more="Content-Encoding: gzip\r\n"),
        "http://a.example/2": answer(chunked, more="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        "http://a.example/3": answer(brotli.compress(PAGE), more="Content-Encoding: br\r\n"),
        "http://a.example/4": answer(more="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
    }
    data = packed([record("response", block, url) for url, block in bodies.items()])  # type: ignore[operator]
    report, captures = taken(archive, tmp_path / "a.warc", data)
    assert report.problems == ()
    assert {archive.original(str(capture.payload_sha256)) for capture in captures} == {PAGE}
    assert {capture.requested_at.isoformat() for capture in captures} == {"2019-05-06T07:08:09+00:00"}


def test_request_before_or_after_and_metadata_of_heritrix_join(archive: Archive, tmp_path: Path) -> None:
    request = b"GET /x HTTP/1.1\r\nReferer: http://a.example/list\r\n\r\n"
    name = f"<urn:uuid:response-{URL}>"
    before = record("request", request, WARC_Concurrent_To=name)
    after = record("metadata", b"via: http://a.example/other\r\n", f"{URL}2", WARC_Concurrent_To=f"{name[:-1]}2>")
    data = before + record("response", answer()) + record("response", answer(), f"{URL}2") + after
    _, captures = taken(archive, tmp_path / "a.warc", data)
    parents = {capture.url: capture.parent_url for capture in captures}
    assert parents == {URL: "http://a.example/list", f"{URL}2": "http://a.example/other"}


def test_a_revisit_may_come_before_its_bytes(archive: Archive, tmp_path: Path) -> None:
    digest = {"WARC_Payload_Digest": f"sha256:{__import__('hashlib').sha256(PAGE).hexdigest()}"}
    profile = {"WARC_Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"}
    revisit = record("revisit", answer(b""), f"{URL}?again", **digest, **profile)
    lost = record("revisit", answer(b""), f"{URL}?lost", WARC_Payload_Digest="sha1:" + "A" * 32, **profile)
    report, captures = taken(archive, tmp_path / "a.warc", revisit + lost + record("response", answer(), **digest))
    assert {capture.url for capture in captures} == {URL, f"{URL}?again"}
    assert len({capture.payload_sha256 for capture in captures}) == 1
    assert ["lost" in problem.reason for problem in report.problems] == [True]


def test_damage_is_named_and_the_rest_taken(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LARGEST_BODY", 100_000)
    good = [gzip.compress(record("response", answer(), f"http://a.example/{n}")) for n in range(3)]
    bomb = answer(gzip.compress(bytes(1 << 24)), more="Content-Encoding: gzip\r\n")
    bad = [
        good[0][:70],
        gzip.compress(b"WARC/1.0\r\nA: " + b"x" * (1 << 20)),
        gzip.compress(record("response", answer(), "http://a.example/long", Content_Length="9" * 14)),
        gzip.compress(record("response", answer(), "http://a.example/no", Content_Length="-5")),
        gzip.compress(record("response", answer(), "http://a.example/when", WARC_Date="then")),
        gzip.compress(record("response", b"nothing", "http://a.example/http")),
        gzip.compress(record("response", answer(), "http://a.example/d", WARC_Block_Digest="sha1:" + "A" * 32)),
        gzip.compress(record("response", bomb, "http://a.example/bomb")),
        b"garbage\n",
    ]
    data = good[0] + b"".join(bad) + good[1] + good[2] + good[0][:50]
    report, captures = taken(archive, tmp_path / "a.warc.gz", data)
    assert [capture.url for capture in captures] == [f"http://a.example/{n}" for n in range(3)]
    assert len(report.problems) >= len(bad)
    assert all("a.warc.gz" in problem.reason for problem in report.problems)


def test_a_package_with_names_that_climb_writes_nothing_outside(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.wacz"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as files:
        files.writestr("../../evil.warc", record("response", answer()))
    before = {each for each in tmp_path.rglob("*") if "archive" not in each.parts}
    report, captures = taken(archive, path)
    assert (report.problems, len(captures)) == ((), 1)
    assert {each for each in tmp_path.rglob("*") if "archive" not in each.parts} == before


def test_what_is_no_web_archive_is_named(archive: Archive, tmp_path: Path) -> None:
    huge = io.BytesIO()
    with zipfile.ZipFile(huge, "w") as files:
        files.writestr("a", b"")
    data = bytearray(huge.getvalue())
    data[-10:-6] = b"\xfe\xff\xff\xff"  # the length of its list of files
    for name, content in {"a.wacz": b"x", "b.wacz": bytes(data), "c.warc.gz": b"x", "d.warc": b""}.items():
        report, captures = taken(archive, tmp_path / name, content)
        assert len(report.problems) == 1, name
        assert captures == []
