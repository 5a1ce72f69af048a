"""How answers are taken: streamed, bounded in size, time and rate, over strict TLS unless a portal's file says more."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from gongkai.archive import Archive, Arrival
from gongkai.archive.streams import IN_MEMORY
from gongkai.crawler.report.counts import ExitCode
from tests.crawler.crawling import crawl, originals, write_portal
from tests.crawler.site import COLUMN, Reply, Site, article, listing, pdf, row
from tests.crawler.test_faults import certificate

Speak = Callable[[socket.socket, str], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n"


@contextlib.contextmanager
def raw_server(speak: Speak, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that answers each connection by a function of its own, byte for byte; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve(connection: socket.socket) -> None:
            with contextlib.suppress(OSError), connection:
                wrapped = context.wrap_socket(connection, server_side=True) if context else connection
                with wrapped:
                    while head := wrapped.recv(65536):
                        speak(wrapped, head.split()[1].decode())

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"{'https' if context else 'http'}://127.0.0.1:{server.getsockname()[1]}"


def whole(body: bytes, kind: str = "text/html") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind.encode(), len(body)) + body


def rows_to(*names: str) -> bytes:
    return whole(listing(row(f"/{name}", f"文件 {name}") for name in names).body)


def forever(connection: socket.socket, piece: bytes, pause: float) -> None:
    """Send a piece again and again until the other side has had enough."""
    waiting = threading.Event()
    while True:
        connection.sendall(piece)
        if pause:
            waiting.wait(pause)


def answering(names: Sequence[str]) -> Speak:
    """A portal of files that come as their names say, listed by a page that comes at once."""

    def speak(connection: socket.socket, path: str) -> None:
        match path.rpartition("/")[2]:
            case "robots.txt":
                connection.sendall(b"HTTP/1.1 404 Not Lead\r\nContent-Length: 0\r\n\r\n")
            case "":
                connection.sendall(rows_to(*(f"{name}.pdf" for name in names)))
            case "endless.pdf":  # no length, no end
                connection.sendall(OK + b"\r\n%PDF-1.4\n")
                forever(connection, b"0" * 65536, 0)
            case "trickle.pdf":  # slow-loris: never silent, never done
                connection.sendall(OK + b"Content-Length: 1000000\r\n\r\n")
                forever(connection, b"0", 0.1)
            case "headers.pdf":
                connection.sendall(OK)
                forever(connection, b"X-More: more\r\n", 0.1)
            case "chunks.pdf":  # a chunked body without its last chunk
                connection.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n8\r\n%PDF-1.4\r\n")
                connection.close()
            case "gzip.pdf":  # whole by its length, cut inside
                packed = zlib.compress(b"%PDF-1.4" * 1000)[:-8]
                connection.sendall(
                    OK + b"Content-Encoding: deflate\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed
                )
            case _:
                connection.sendall(whole(pdf("whole").body, "application/pdf"))

    return speak


def test_endless_and_broken_bodies_end_as_named_outcomes(tmp_path: Path) -> None:
    with raw_server(answering(("endless", "chunks", "gzip", "ok"))) as url:
        portal = write_portal(tmp_path, f"{url}/", limits={"file_megabytes": 2})
        crawled = crawl(tmp_path / "archive", [portal])
    assert crawled.outcomes() == {
        "/": "captured",
        "/endless.pdf": "too_large",
        "/chunks.pdf": "truncated",
        "/gzip.pdf": "truncated",
        "/ok.pdf": "captured",
    }
    assert "more than 2097152 bytes" in str(crawled.portal()["problems"])
    assert len(originals(tmp_path / "archive")) == 2


def test_a_body_that_trickles_is_given_up(tmp_path: Path) -> None:
    with raw_server(answering(("trickle", "ok"))) as url:
        portal = write_portal(tmp_path, f"{url}/")
        crawled = crawl(tmp_path / "archive", [portal], settings={"MINIMUM_RATE_SECONDS": 0.5})
    assert crawled.outcomes() == {"/": "captured", "/trickle.pdf": "timeout", "/ok.pdf": "captured"}
    assert "slower than is waited for" in str(crawled.portal()["problems"])
    trickled = crawled.one("/trickle.pdf")
    assert (trickled.http_status, trickled.remote_address) == (200, "127.0.0.1")
    assert ("Content-Length", "1000000") in trickled.response_headers, "evidence of what did come was lost"


def test_an_answer_that_never_gets_to_its_body_is_given_up(tmp_path: Path) -> None:
    """Files alone have little time here, so that the listing is read on a slow machine too."""
    with raw_server(answering(("headers",))) as url:
        portal = write_portal(tmp_path, f"{url}/")
        crawled = crawl(tmp_path / "archive", [portal], settings={"FILE_TIMEOUT_SECONDS": 1})
    assert crawled.outcomes() == {"/": "captured", "/headers.pdf": "timeout"}
    assert "took longer than 1 seconds" in str(crawled.portal()["problems"])


def test_a_long_body_goes_through_the_disk_and_is_filed_whole(tmp_path: Path, site: Site) -> None:
    long = b"PK\x03\x04" + bytes(range(256)) * 4 * (IN_MEMORY // 1000)
    packed = zlib.compress(long)
    pages = "<html><body>" + "<p>行</p>" * (IN_MEMORY // 8) + "</body></html>"
    site.pages |= {
        f"{COLUMN}index.html": listing(row(name, name) for name in ("a.zip", "b.zip", "c.html", "d.zip")),
        f"{COLUMN}a.zip": Reply(long),
        f"{COLUMN}b.zip": Reply(packed, headers=(("Content-Encoding", "deflate"),)),
        f"{COLUMN}c.html": Reply(pages.encode()),
        f"{COLUMN}d.zip": Reply(long, headers=(("Content-Encoding", "br"),)),
    }
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    a, b = crawled.one(f"{COLUMN}a.zip"), crawled.one(f"{COLUMN}b.zip")
    assert (a.outcome, a.payload_bytes, a.media_type_detected) == ("captured", len(long), "application/zip")
    assert a.payload_sha256 == b.payload_sha256
    assert Archive.open(str(tmp_path / "archive")).original(a.payload_sha256 or "") == long
    assert crawled.one(f"{COLUMN}c.html").outcome == "too_large", "a page is read whole or not at all"
    assert crawled.one(f"{COLUMN}d.zip").outcome == "wrong_type", "it is encoded in a way nobody can undo"
    again = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    assert again.one(f"{COLUMN}a.zip").media_type_detected == "application/zip"


def test_what_arrives_is_hashed_and_only_its_beginning_stays_in_memory() -> None:
    arrival = Arrival(in_memory=1000)
    for _ in range(300):
        arrival.write(b"0123456789")
    arrived = arrival.finish()
    assert (arrived.size, arrived.is_whole, len(arrived.head)) == (3000, False, 1010)
    assert arrived.open().read() == arrived.open().read() == b"0123456789" * 300
    arrived.close()
    short = Arrival()
    short.write(b"abc")
    assert short.finish().open().read() == short.finish().head == b"abc"


def test_a_full_temporary_directory_stops_the_crawl_by_name(tmp_path: Path, site: Site) -> None:
    site.pages |= {
        f"{COLUMN}index.html": listing([row("a.zip", "a"), row("b.zip", "b")]),
        f"{COLUMN}a.zip": Reply(b"PK\x03\x04" + b"0" * (IN_MEMORY + 1000)),
    }
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)], temporary="/dev/full/none")
    assert crawled.exit_code == ExitCode.ARCHIVE_FAILED
    assert "archive_failed" in crawled.problems()
    assert "TMPDIR" in str(crawled.portal()["problems"])


def legacy(pem: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
def test_untrusted_and_old_tls_is_spoken_only_with_the_portal_that_allows_it(tmp_path: Path) -> None:
    def speak(connection: socket.socket, path: str) -> None:
        found = rows_to("a.html") if path == "/" else whole(article("甲局2026年预算公开").body)
        connection.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n" if path == "/robots.txt" else found)

    pem = certificate(tmp_path)
    modern = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    modern.load_cert_chain(pem)
    allowances = {
        "strict": {},
        "self": {"allow_self_signed": True},
        "legacy": {"allow_legacy": True},
        "both": {"allow_self_signed": True, "allow_legacy": True},
    }
    with raw_server(speak, modern) as new, raw_server(speak, legacy(pem)) as old:
        portals = [
            write_portal(tmp_path, f"{url}/", f"{age}-{name}", tls=rules)
            for age, url in (("new", new), ("old", old))
            for name, rules in allowances.items()
        ]
        crawled = crawl(tmp_path / "archive", portals)
    outcomes = {name: crawled.outcomes(name)["/"] for name in (portal.stem for portal in portals)}
    assert {name for name, outcome in outcomes.items() if outcome == "captured"} == {"new-self", "new-both", "old-both"}
    assert set(outcomes.values()) == {"captured", "tls_error"}
    said = {capture.portal: capture.tls or "" for capture in crawled.captures if capture.outcome == "captured"}
    assert said["new-self"].startswith("TLSv1.3, certificate not verified, sha256 ")
    assert said["old-both"].startswith("TLSv1.1, certificate not verified, sha256 ")
    assert len(said["old-both"].rpartition(" ")[2]) == 64


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
def test_a_certificate_over_old_tls_is_still_verified(tmp_path: Path) -> None:
    """`allow_legacy` alone accepts no certificate that strict TLS would not."""

    def speak(connection: socket.socket, path: str) -> None:
        connection.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")

    with raw_server(speak, legacy(certificate(tmp_path))) as url:
        crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, f"{url}/", tls={"allow_legacy": True})])
    assert crawled.outcomes() == {"/": "tls_error"}


def test_dates_of_the_exchange_are_in_order(tmp_path: Path, site: Site) -> None:
    site.pages |= {f"{COLUMN}index.html": listing([row("a.pdf", "甲局")]), f"{COLUMN}a.pdf": pdf("甲")}
    before = dt.datetime.now(dt.UTC)
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    capture = crawled.one(f"{COLUMN}a.pdf")
    assert capture.received_at is not None
    assert before <= capture.requested_at <= capture.received_at <= dt.datetime.now(dt.UTC)
    assert capture.tls is None
