"""The digest algorithms that an OCFL inventory may name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any

from gongkai.archive.store import Store
from gongkai.archive.streams import chunks

_HASHES: dict[str, Callable[[], Any]] = {
    "md5": lambda: hashlib.md5(usedforsecurity=False),
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
    "sha512": hashlib.sha512,
    "sha512/256": lambda: hashlib.new("sha512_256"),
    "blake2b-512": hashlib.blake2b,
    "blake2b-160": lambda: hashlib.blake2b(digest_size=20),
    "blake2b-256": lambda: hashlib.blake2b(digest_size=32),
    "blake2b-384": lambda: hashlib.blake2b(digest_size=48),
}


def is_known(algorithm: str) -> bool:
    """True for an algorithm of the specification or of its extension 0001."""
    return algorithm in _HASHES


def is_digest(text: str, algorithm: str) -> bool:
    """True for a text that the algorithm may give, in any case of letters."""
    length = _HASHES[algorithm]().digest_size * 2
    return re.fullmatch(rf"[0-9a-fA-F]{{{length}}}", text) is not None


def digests_of(store: Store, key: str, algorithms: Iterable[str]) -> dict[str, str]:
    """Digests of an object by algorithm, all in one reading.  Raises StoreError."""
    hashes = {algorithm: _HASHES[algorithm]() for algorithm in algorithms}
    with store.open(key) as stream:
        for chunk in chunks(stream):
            for digest in hashes.values():
                digest.update(chunk)
    return {algorithm: digest.hexdigest() for algorithm, digest in hashes.items()}
