"""Fixity of the lake: every file the manifest names is checked byte for byte, and for the rows it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive.fixity import Finding, Problem, Verification
from gongkai.archive.store import ObjectMissingError, StoreError
from gongkai.lake.manifest import MANIFEST_KEY, LakeFile, Manifest, ManifestDamagedError, ManifestError


def lake_files(verification: Verification) -> Iterator[Finding]:
    """Check the manifest and every file it names; for ``verify(…, further=(lake_files,))``."""
    mine = verification.is_mine(MANIFEST_KEY)
    try:
        data = verification.store.read(MANIFEST_KEY)
        manifest = Manifest.load(data)
    except ObjectMissingError:
        if mine and next(verification.store.list("lake/"), None):
            yield Finding(MANIFEST_KEY, Problem.MISSING, "lake files are there: run `gongkai parse` again")
        return
    except (ManifestError, StoreError) as error:
        if mine:
            problem = Problem.ALTERED if isinstance(error, ManifestDamagedError) else Problem.UNREADABLE
            yield Finding(MANIFEST_KEY, problem, str(error))
        return
    if mine:
        verification.checked(MANIFEST_KEY, len(data))
    named = [(key, file) for file in manifest.files for key in (file.path, file.version)]
    for key, file in verification.in_turn(named):
        if verification.is_mine(key):
            yield from verification.same_bytes(key, file.sha256, _against(key, file))
            verification.checked(key, file.bytes)


def _against(key: str, file: LakeFile) -> Callable[[BinaryIO, int], Iterator[Finding]]:
    """A lake file whose hash is right, against the size and the rows the manifest gives."""

    def check(stream: BinaryIO, size: int) -> Iterator[Finding]:
        if size != file.bytes:
            yield Finding(MANIFEST_KEY, Problem.ALTERED, f"it says {file.bytes} bytes of {key!r}, which has {size}")
        try:
            rows = pq.ParquetFile(stream).metadata.num_rows
        except (pa.ArrowException, OSError) as error:
            yield Finding(key, Problem.UNREADABLE, f"it is not Parquet: {error}")
            return
        if rows != file.rows:
            yield Finding(MANIFEST_KEY, Problem.ALTERED, f"it says {file.rows} rows of {key!r}, which has {rows}")

    return check
