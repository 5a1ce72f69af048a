"""The holder's keys: Ed25519, in PEM files that OpenSSL reads too.  Needs the extra ``exchange``."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gongkai.archive.store import ArchiveError


class KeyRefusedError(ArchiveError, ValueError):
    """Raised when a file is not the key asked for, or a new one cannot be written."""


def new_key(path: Path) -> Path:
    """Write a new private key, which only its owner may read, and beside it its public key; returns the latter's path.

    Raises KeyRefusedError where a file of that name is there: a key is never replaced.
    """
    key, public = Ed25519PrivateKey.generate(), path.with_name(f"{path.name}.pub")
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    private = key.private_bytes(encoding, form, serialization.NoEncryption())
    with contextlib.ExitStack() as undone:
        for name, data, mode in ((public, public_pem(key.public_key()), 0o644), (path, private, 0o600)):
            _write_new(name, data, mode)
            undone.callback(name.unlink, missing_ok=True)
        undone.pop_all()
    return public


def _write_new(path: Path, data: bytes, mode: int) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError as error:
        raise KeyRefusedError(
            f"{str(path)!r} is there already, and keys are never replaced: give another name"
        ) from error
    except OSError as error:
        raise KeyRefusedError(f"{str(path)!r} cannot be written: {error.strerror}") from error


def private_key(path: Path, passphrase: Callable[[], str]) -> Ed25519PrivateKey:
    """The key in a file; ``passphrase`` is asked where it is encrypted.  Raises KeyRefusedError."""
    data = _read(path)
    try:
        try:
            key = serialization.load_pem_private_key(data, None)
        except TypeError:  # it is encrypted
            key = serialization.load_pem_private_key(data, passphrase().encode())
    except ValueError as error:
        raise KeyRefusedError(f"{str(path)!r} is not a private key in PEM, or the passphrase is wrong") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefusedError(f"{str(path)!r} is not an Ed25519 key: make one with gongkai sign --new-key FILE")
    return key


def public_key_file(path: Path) -> Ed25519PublicKey:
    """The public key in a file.  Raises KeyRefusedError."""
    try:
        return public_key(_read(path))
    except ValueError as error:
        raise KeyRefusedError(f"{str(path)!r} is not a public Ed25519 key in PEM") from error


def public_key(pem: bytes) -> Ed25519PublicKey:
    """Raises ValueError."""
    try:
        key = serialization.load_pem_public_key(pem)
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from error
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("the key is not an Ed25519 key")  # noqa: TRY004  callers know of values only
    return key


def public_pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """The SHA-256 of the public key as ``openssl pkey -pubin -outform DER`` writes it, in Base64 as SSH shows it."""
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"SHA256:{base64.b64encode(hashlib.sha256(der).digest()).decode().rstrip('=')}"


def shown_key(pem: str) -> str:
    """The fingerprint of a public key in PEM, or that it is none."""
    try:
        return fingerprint(public_key(pem.encode()))
    except ValueError:
        return "no key"


def is_signed_by(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyRefusedError(f"the key {str(path)!r} cannot be read: {error.strerror}") from error
