"""Servers shared by the tests of several packages: two real S3 servers of different make, on loopback."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser

from gongkai.vocabulary.languages import speak
from tests.browsers import chromium
from tests.demo_archive import write_demo
from tests.s3_servers import RUNNING, S3Server, ServerMissingError

# What an example costs depends on what else the machine does, and fails no test.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What gongkai remembers between its runs stays out of the developer's home."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(autouse=True)
def spoken_to_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The developer's locale, and what an earlier test chose, change nothing that is said."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "GONGKAI_LANG"):
        monkeypatch.delenv(name, raising=False)
    speak("en")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium, started when first asked for, and gone with its module: its event loop would be in others' way."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def seaweedfs() -> Iterator[S3Server]:
    """SeaweedFS with one bucket, started when first asked for and stopped at the end of the session."""
    yield from _running("seaweedfs")


@pytest.fixture(scope="session")
def ministack() -> Iterator[S3Server]:
    """A server of another make, with one bucket, on loopback alone."""
    yield from _running("ministack")


def _running(name: str) -> Iterator[S3Server]:
    try:
        with RUNNING[name]() as running:
            yield running.server
    except ServerMissingError as error:
        pytest.skip(str(error))


S3_SERVERS = ("seaweedfs", "ministack")
"""The fixtures of the servers that every promise about S3 is tried on."""


@pytest.fixture(scope="session", params=S3_SERVERS)
def s3_server(request: pytest.FixtureRequest) -> S3Server:
    """Each S3 server in turn."""
    server: S3Server = request.getfixturevalue(request.param)
    return server


@pytest.fixture
def s3_root(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """A fresh ``s3://bucket/prefix`` archive root, the environment set so that gongkai reaches it."""
    return fresh_root(s3_server, monkeypatch)


@pytest.fixture(params=["directory", *S3_SERVERS])
def any_root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A fresh archive root of each kind: a directory, and a prefix on each S3 server."""
    if request.param == "directory":
        return str(tmp_path / "档案")
    return fresh_root(request.getfixturevalue(request.param), monkeypatch)


def fresh_root(server: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    return f"s3://{server.bucket}/{uuid.uuid4().hex}"


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the demonstration's five disclosures; a test that writes takes a copy."""
    folder = tmp_path_factory.mktemp("demo") / "archive"
    write_demo(folder)
    return folder
