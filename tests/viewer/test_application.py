"""The web application: every address answers, and what is guarded is."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from decimal import Decimal
from email.message import Message
from pathlib import Path

import pytest

from gongkai.viewer import pages
from gongkai.viewer.pages import words
from gongkai.viewer.protection import POLICY
from gongkai.viewer.screens.registry import SCREENS
from tests.browsers import Watched
from tests.viewer.conftest import served_at, until


def fetched(url: str, headers: dict[str, str] | None = None, data: bytes | None = None) -> tuple[int, str, Message]:
    """Status, text and headers of an answer; redirections are followed."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers or {})) as answer:  # noqa: S310 - loopback
            return answer.status, answer.read().decode("utf-8", "replace"), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8", "replace"), error.headers


def opened(viewer: str, language: str = "en") -> str:
    """The address of the newest publication."""
    with urllib.request.urlopen(f"{viewer}/{language}") as answer:  # noqa: S310 - loopback
        return str(answer.url).rpartition("/")[0]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("screen", [screen.name for screen in SCREENS if screen.in_navigation])
def test_every_screen_of_the_navigation_answers(viewer: str, screen: str, language: str) -> None:
    status, page, headers = fetched(f"{opened(viewer, language)}/{screen}")

    assert status == 200
    assert re.search(r"<h1>[^<]+</h1>", page)
    assert headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "[::1].evil.example", ""]
)
def test_a_host_that_is_not_ours_is_refused(viewer: str, host: str) -> None:
    assert fetched(viewer, {"Host": host})[0] in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "localhost:8620", "127.0.0.1:1", "[::1]:80"])
def test_a_bare_address_is_ours(viewer: str, host: str) -> None:
    status, _, _ = fetched(f"{viewer}/static/viewer.css", {"Host": host})

    assert status == 200


def test_a_form_of_another_site_is_refused(viewer: str) -> None:
    address = f"{opened(viewer)}/start"

    assert fetched(address, {"Origin": "http://evil.example"}, b"a=b")[0] == 403
    assert fetched(address, {"Sec-Fetch-Site": "cross-site"}, b"a=b")[0] == 403


def test_another_publication_leads_to_the_newest(viewer: str) -> None:
    status, page, _ = fetched(f"{viewer}/en/0123456789ab/documents?year=2025")

    assert status == 200
    assert "publication 0123456789ab, which is held no more" in page
    assert 'value="2025"' in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/{}/nothing", 404),
        ("/fr/{}/start", 404),
        ("/en/../../etc/passwd", 404),
        ("/static/..%2f..%2fpyproject.toml", 404),
        ("/en/{}/documents?year=1;drop", 400),
        ("/en/{}/documents?place=" + "a" * 201, 400),
        ("/en/{}/documents/nothing.csv", 404),
        ("/en/{}/documents/documents.exe", 404),
        ("/original/{}/" + "0" * 64, 404),
        ("/picture/{}/..%2f..%2fx/1.webp", 404),
    ],
)
def test_wrong_addresses_are_told_in_a_sentence(viewer: str, address: str, status: int) -> None:
    publication = opened(viewer).rpartition("/")[2]

    found, page, _ = fetched(viewer + address.format(publication))

    assert found == status
    assert "Traceback" not in page


def test_a_document_is_kept_and_never_shown(viewer: str) -> None:
    base = opened(viewer)
    _, listed, _ = fetched(f"{base}/documents/documents.csv")
    sha256 = re.findall(r"[0-9a-f]{64}", listed)[0]

    status, _, headers = fetched(f"{viewer}/original/{base.rpartition('/')[2]}/{sha256}")

    assert status == 200
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Type"] == "application/octet-stream"


def test_pages_have_no_errors_and_ask_nobody_else(watched: Watched) -> None:
    watched.page.goto(watched.address)

    assert watched.page.locator("h1").inner_text() == "What is held"


def test_templates_are_compiled_before_anybody_asks(demo_root: Path) -> None:
    pages._environment.cache_clear()
    with served_at(demo_root):
        environment = pages._environment()
        names = environment.list_templates(extensions=["html"])
        until(lambda: environment.cache is not None and len(environment.cache) == len(names))


def test_the_first_page_leads_to_places_and_years_are_no_quantities(viewer: str) -> None:
    _, page, _ = fetched(f"{opened(viewer)}/start")

    assert re.search(r'<a href="[^"]*/place\?place=[^"]+">河北省/唐山市</a>', page)
    assert ">2025</td>" in page
    assert ">2,025</td>" not in page


def test_years_have_no_separators_and_amounts_have() -> None:
    assert words(2025, "latest_year") == "2025"
    assert words(Decimal("17996.50"), "last_year") == "17,996.50"
