"""A time-stamping authority of our own: certificates made here, replies by the OpenSSL program, over HTTP."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl program here")

_CONFIGURATION = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
"""


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


@dataclasses.dataclass
class Issuer:
    """A root that issues certificates for time stamping."""

    folder: Path

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._certificate("root", self.key, is_root=True)
        self.pem = self.folder / "root.pem"
        self.pem.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def _certificate(
        self, name: str, key: ec.EllipticCurvePrivateKey, *, is_root: bool, days: tuple[int, int] = (-900, 900)
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name("root"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + dt.timedelta(days=days[0]))
            .not_valid_after(now + dt.timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        if not is_root:
            stamping = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(stamping, critical=True)
        return builder.sign(self.key, hashes.SHA256())

    def authority(self, name: str, days: tuple[int, int] = (-1, 30)) -> Stamper:
        """An authority with a certificate that is valid from one day to another, counted from now."""
        key, folder = ec.generate_private_key(ec.SECP256R1()), self.folder / name
        folder.mkdir()
        certificate = self._certificate(name, key, is_root=False, days=days)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / "key.pem").write_bytes(private)
        (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        (folder / "configuration").write_text(_CONFIGURATION.format(folder=folder))
        (folder / "serial").write_text("01")
        return Stamper(folder, self.pem)


@dataclasses.dataclass
class Stamper:
    """An authority: its files, and the root that issued its certificate."""

    folder: Path
    root: Path
    chain: bool = False

    def reply(self, request: bytes) -> bytes:
        (self.folder / "request").write_bytes(request)
        files = {"-queryfile": "request", "-signer": "certificate.pem", "-inkey": "key.pem", "-config": "configuration"}
        options = [word for name, file in files.items() for word in (name, str(self.folder / file))]
        chain = ["-chain", str(self.root)] if self.chain else []
        command = ["openssl", "ts", "-reply", "-section", "own", *options, *chain]
        return subprocess.run(command, capture_output=True, check=True).stdout

    @contextlib.contextmanager
    def served(self) -> Iterator[str]:
        """The authority's URL while it is served on loopback."""
        stamper = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = stamper.reply(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Nothing is logged."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        server.server_close()
        thread.join()
