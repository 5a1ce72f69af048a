"""The demonstration portal as an HTTP server: conditional requests, headers, and nothing outside its directory."""

from __future__ import annotations

import ast
import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from gongkai.crawler.portal.file import load_portal
from gongkai.demo import portal as portal_module
from gongkai.demo.portal import DemoPortal, DemoPortalError

PDF = "/zwgk/yjsgk/202502/P020250218365478120001.pdf"
COLUMN = "/zwgk/yjsgk/index.html"
DEMO = Path(portal_module.__file__).parent


@pytest.fixture(scope="module")
def portal() -> Iterator[DemoPortal]:
    with DemoPortal() as running:
        yield running


def ask(
    portal: DemoPortal, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Send ``path`` exactly as given, without the normalisation that HTTP libraries do."""
    connection = http.client.HTTPConnection(urlsplit(portal.url).netloc, timeout=300)
    try:
        connection.request(method, path, headers={"Connection": "close", **(headers or {})})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def test_a_file_comes_whole_with_its_type_and_real_name(portal: DemoPortal) -> None:
    status, headers, body = ask(portal, PDF)
    assert status == 200
    assert body == (DEMO / "site" / PDF.lstrip("/")).read_bytes()
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Length"] == str(len(body))
    name = quote("曹妃甸区人力资源和社会保障局2025年部门预算信息公开.pdf")
    assert headers["Content-Disposition"].endswith(f"; filename*=UTF-8''{name}")
    assert headers["Content-Disposition"].isascii()


def test_head_gives_the_headers_of_get_and_no_body(portal: DemoPortal) -> None:
    _, expected, _ = ask(portal, PDF)
    status, headers, body = ask(portal, PDF, "HEAD")
    assert (status, body) == (200, b"")
    assert {**headers, "Date": ""} == {**expected, "Date": ""}


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        (COLUMN, "text/html; charset=utf-8"),
        ("/zwgk/yjsgk/", "text/html; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        (
            "/zwgk/yjsgk/202502/W020250210391746205001.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_types(portal: DemoPortal, path: str, media_type: str) -> None:
    status, headers, _ = ask(portal, path)
    assert (status, headers["Content-Type"]) == (200, media_type)


@pytest.mark.parametrize("form", ["{}", 'W/{}, "other"', '"other", {}', "*"])
def test_a_known_etag_is_answered_with_304(portal: DemoPortal, form: str) -> None:
    _, first, _ = ask(portal, COLUMN)
    status, headers, body = ask(portal, COLUMN, headers={"If-None-Match": form.format(first["ETag"])})
    assert (status, body) == (304, b"")
    assert headers["ETag"] == first["ETag"]


def test_if_modified_since(portal: DemoPortal) -> None:
    _, first, _ = ask(portal, COLUMN)
    assert ask(portal, COLUMN, headers={"If-Modified-Since": first["Last-Modified"]})[0] == 304
    assert ask(portal, COLUMN, headers={"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"})[0] == 200
    assert ask(portal, COLUMN, headers={"If-Modified-Since": "yesterday"})[0] == 200


def test_an_etag_that_does_not_match_outweighs_the_date(portal: DemoPortal) -> None:
    _, first, _ = ask(portal, COLUMN)
    headers = {"If-None-Match": '"other"', "If-Modified-Since": first["Last-Modified"]}
    assert ask(portal, COLUMN, headers=headers)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/zwgk/yjsgk/index_3.html",
        "/zwgk/yjsgk",
        "/../portal.py",
        "/zwgk/../../portal.yaml",
        "/%2e%2e/portal.py",
        "/..%2fportal.py",
        "/%2e%2e%5cportal.py",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/index.html%00.pdf",
        "/%ff",
        f"/{'a' * 5000}",
    ],
)
def test_what_is_not_a_file_of_the_site_is_404(portal: DemoPortal, path: str) -> None:
    for method in ("GET", "HEAD"):
        status, headers, body = ask(portal, path, method)
        assert status == 404
        assert "Content-Disposition" not in headers
        assert b"class DemoPortal" not in body


def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (site / "inside.txt").write_text("inside")
    (site / "leak.txt").symlink_to(tmp_path / "secret.txt")
    with DemoPortal(site=site, downloads={}) as other:
        assert ask(other, "/inside.txt")[2] == b"inside"
        assert ask(other, "/leak.txt")[0] == 404


def test_requests_are_logged_with_their_status() -> None:
    with DemoPortal() as own:
        ask(own, "/robots.txt")
        ask(own, "/none?page=2", "HEAD")
        assert own.requests == [("GET", "/robots.txt", 200), ("HEAD", "/none?page=2", 404)]


def test_the_same_port_can_be_had_again_and_a_taken_one_is_refused() -> None:
    with socket.socket() as reserved:  # so that no other process is given the port when the portal gives it back
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind(("127.0.0.1", 0))
        port = int(reserved.getsockname()[1])
        with DemoPortal(port), pytest.raises(DemoPortalError, match=str(port)), DemoPortal(port):
            pass
        with DemoPortal(port) as again:
            assert again.url == f"http://127.0.0.1:{port}"
            assert ask(again, "/robots.txt")[0] == 200


def test_after_the_block_the_portal_is_gone() -> None:
    with DemoPortal() as own:
        server = own._server
        assert server is not None
    assert server.socket.fileno() == -1, "it still listens; to ask its port would be to meet whoever has it now"
    with pytest.raises(DemoPortalError):
        assert own.url


def test_the_portal_file_is_one_the_crawler_reads(portal: DemoPortal, tmp_path: Path) -> None:
    facts = load_portal(portal.write_portal_file(tmp_path))
    assert (facts.id, facts.family, facts.allow_loopback, facts.delay_seconds) == ("demo", "trs", True, 0)
    assert [start.url for start in facts.start_urls] == [f"{portal.url}{COLUMN}"]


def test_the_demo_needs_nothing_from_the_tests() -> None:
    for path in DEMO.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "tests"], path


def test_the_site_is_small() -> None:
    files = [path for path in (DEMO / "site").rglob("*") if path.is_file()]
    sizes = [path.stat().st_size for path in files]
    assert max(sizes) < 400_000
    assert sum(sizes) < 1_500_000
