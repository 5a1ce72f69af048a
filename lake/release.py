"""Releases: one publication of the lake as a folder or an S3 prefix that a data portal can publish as it is.

=====================  ===============================================================================================
key                    what it holds
=====================  ===============================================================================================
``UNFINISHED``         stands, as the first file written and the last removed, while the release is not whole
``lake/<table>/…``     the tables under the paths that they have in the archive
``README.md``          what it is, for people
``views.sql``          every table, view and macro for DuckDB, read from this folder
``datapackage.json``   and ``dcat.jsonld``, ``croissant.json``: the catalogues
``release.json``       the publication's identifier, date, parser version, places, years and rows by table, and the
                       digest of its files, sealed
``CHECKSUMS``          the SHA-256 of every other file as ``sha256sum`` prints it, written last
=====================  ===============================================================================================

A run that was killed leaves ``UNFINISHED``, and the next one into that folder finishes: files that are whole stay.  One
publication on one date under the same terms gives the same bytes.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gongkai.archive import seal
from gongkai.archive.packages.unfinished import objects, writing
from gongkai.archive.store import ArchiveError, ObjectMissingError, Store
from gongkai.lake.catalogues.holdings import Holdings, verified
from gongkai.lake.catalogues.terms import Terms
from gongkai.lake.manifest import LakeFile

UNFINISHED = "UNFINISHED"
CHECKSUMS = "CHECKSUMS"
RELEASE = "release.json"
FORMAT = 1
"""Of ``release.json``."""

_AT_ONCE = 8
"""Batches under way: most of the time is waiting for a disk or a server."""
_BATCH = 8
"""Files of a batch, which are held in memory together."""


class ReleaseRefusedError(ArchiveError):
    """Raised when a release cannot be written where it was asked for."""


def release_record(holdings: Holdings, terms: Terms) -> bytes:
    """``release.json``."""
    manifest = holdings.manifest
    document: dict[str, Any] = {
        "format": FORMAT,
        "kind": "gongkai release",
        "publication": holdings.publication,
        "files": holdings.digest,
        "date": holdings.published_on.isoformat(),
        "parser_version": manifest.parser_version,
        "schema": manifest.schema,
        "publisher": terms.publisher,
        "licence": terms.licence.url if terms.licence else None,
        "documents": holdings.documents,
        "years": list(holdings.years),
        "places": [str(place) for place in holdings.places],
        "tables": {
            held.table.name: {"rows": held.rows, "files": len(held.files), "bytes": held.bytes}
            for held in holdings.tables
        },
    }
    return seal.sealed_json(document)


def write_release(
    source: Store, target: Store, holdings: Holdings, pages: Mapping[str, bytes], note: Callable[[str], None]
) -> bool:
    """Write a release; False where the very same one is there already.  ``pages`` are the files beside ``lake/``.

    ``note`` is told each key of ``lake/`` that is in place.  Raises ReleaseRefusedError, LockedError while another
    process writes there, LakeDamagedError, StoreError.
    """
    with writing(target):
        return _write(source, target, holdings, pages, note)


def _write(
    source: Store, target: Store, holdings: Holdings, pages: Mapping[str, bytes], note: Callable[[str], None]
) -> bool:
    files = holdings.manifest.files
    sums = _checksums({**{file.path: file.sha256 for file in files}, **_digests(pages)})
    there = {info.key for info in objects(target)}
    if not _is_to_be_written(target, there, sums):
        return False
    target.write(UNFINISHED, _mark(holdings))
    for key in sorted(there - {UNFINISHED, *pages, *(file.path for file in files)}):
        target.delete(key)  # also CHECKSUMS
    with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as threads:
        for batch in threads.map(lambda batch: _copied(source, target, batch), _batches(files)):
            for file in batch:
                note(file.path)
    for key, data in sorted(pages.items()):
        target.write(key, data)
    target.write(CHECKSUMS, sums)
    target.delete(UNFINISHED)
    return True


def _is_to_be_written(target: Store, there: set[str], sums: bytes) -> bool:
    """Raises ReleaseRefusedError where something else stands."""
    if not there or UNFINISHED in there:
        return True
    with contextlib.suppress(ObjectMissingError):
        if target.read(CHECKSUMS) == sums:
            return False
    what = "another release" if CHECKSUMS in there else f"{min(there)!r} and no release"
    raise ReleaseRefusedError(f"{target.url!r} holds {what}: give a folder that is empty or not there yet")


def _mark(holdings: Holdings) -> bytes:
    return (
        f"This release is not whole: {holdings.published_on.isoformat()}, publication {holdings.publication}.\n"
        "Run gongkai export release into this folder again, which finishes it.\n"
    ).encode()


def _batches(files: tuple[LakeFile, ...]) -> Iterator[tuple[LakeFile, ...]]:
    rest = iter(files)
    while batch := tuple(itertools.islice(rest, _BATCH)):
        yield batch


def _copied(source: Store, target: Store, batch: tuple[LakeFile, ...]) -> tuple[LakeFile, ...]:
    target.write_all_once([(file.path, verified(source, file)) for file in batch])
    return batch


def _digests(pages: Mapping[str, bytes]) -> dict[str, str]:
    return {key: hashlib.sha256(data).hexdigest() for key, data in pages.items()}


def _checksums(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[key]}  {key}\n" for key in sorted(digests)).encode()
