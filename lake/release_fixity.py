"""Fixity of a release: every file against ``CHECKSUMS``, and the digest in ``release.json`` against both."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator

from gongkai.archive import seal
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.keys import is_sha256
from gongkai.archive.store import BadKeyError, ObjectMissingError, Store, StoreError
from gongkai.archive.streams import chunks
from gongkai.lake.catalogues.holdings import digest_of_files
from gongkai.lake.release import CHECKSUMS, RELEASE, UNFINISHED

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def is_release(store: Store) -> bool:
    """True of a folder that holds a release, whole or not."""
    return any(store.size(key) is not None for key in (CHECKSUMS, UNFINISHED, RELEASE))


def release_findings(store: Store, progress: Callable[[str, int], None]) -> Iterator[Finding]:
    """What is missing, altered or not part of the release; ``progress`` is told each key and its length."""
    sizes = {info.key: info.size for info in store.list("")}
    if UNFINISHED in sizes:
        detail = "the release is not whole: run gongkai export release into it again"
        yield Finding(UNFINISHED, Problem.UNFINISHED, detail)
    try:
        sums = read_checksums(store)
    except ObjectMissingError:
        if UNFINISHED not in sizes:
            yield Finding(CHECKSUMS, Problem.MISSING, "nothing says what the release holds")
        return
    except ValueError as error:
        yield Finding(CHECKSUMS, Problem.ALTERED, str(error))
        return
    progress(CHECKSUMS, sizes.get(CHECKSUMS, 0))
    for key, sha256 in sums.items():
        yield from _file(store, key, sha256)
        progress(key, sizes.get(key, 0))
    yield from _identity(store, sums)
    for key in sorted(sizes.keys() - sums.keys() - {CHECKSUMS, UNFINISHED}):
        yield Finding(key, Problem.UNEXPECTED, f"{CHECKSUMS} does not name it")


def read_checksums(store: Store) -> dict[str, str]:
    """SHA-256 by key.  Raises ObjectMissingError, ValueError for what ``sha256sum`` would not print."""
    sums: dict[str, str] = {}
    for number, line in enumerate(store.read(CHECKSUMS).decode(errors="replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] in sums or not is_sha256(match[1]):
            raise ValueError(f"its line {number} is {line[:100]!r}, which is no checksum of another file")
        sums[match[2]] = match[1]
    return sums


def _file(store: Store, key: str, sha256: str) -> Iterator[Finding]:
    digest = hashlib.sha256()
    try:
        with store.open(key) as stream:
            for chunk in chunks(stream):
                digest.update(chunk)
    except (ObjectMissingError, BadKeyError):
        yield Finding(key, Problem.MISSING, f"{CHECKSUMS} names it")
    except (StoreError, OSError) as error:
        yield Finding(key, Problem.UNREADABLE, str(error))
    else:
        if digest.hexdigest() != sha256:
            yield Finding(key, Problem.ALTERED, f"its SHA-256 is {digest.hexdigest()}, {CHECKSUMS} says {sha256}")


def _identity(store: Store, sums: dict[str, str]) -> Iterator[Finding]:
    """The digest in ``release.json``, which is made of the hashes of the lake's files."""
    try:
        record = seal.load_sealed_json(store.read(RELEASE))
    except ObjectMissingError:
        if RELEASE not in sums:
            yield Finding(RELEASE, Problem.MISSING, "nothing says which publication it is")
        return
    except seal.SealBrokenError as error:
        yield Finding(RELEASE, Problem.ALTERED, str(error))
        return
    lake = ((key, sha256) for key, sha256 in sums.items() if key.startswith("lake/"))
    digest = digest_of_files(str(record.get("parser_version")), str(record.get("schema")), lake)
    told = record.get("files", record.get("publication"))  # where they are not told, that was their digest
    if digest != told:
        yield Finding(RELEASE, Problem.ALTERED, f"the digest of its files is {told!r}, of those listed {digest!r}")
