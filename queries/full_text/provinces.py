"""The provinces whose documents bear a place: of a question that names one, no other province's texts are needed."""

from __future__ import annotations

import contextlib

from gongkai.archive.store import Store
from gongkai.lake.manifest import Manifest
from gongkai.queries.lake import connect
from gongkai.queries.scans import Scan

_BEARING = "SELECT DISTINCT province FROM documents WHERE in_place($place, province, city, county, entity)"


def provinces_of(store: Store, manifest: Manifest | None, place: str) -> frozenset[str | None]:
    """Where documents of such a place were published.  Raises LakeUnusableError, StoreError."""
    with contextlib.closing(connect(store, moment=manifest)) as lake:
        lake.read([Scan("documents")])
        return frozenset(province for (province,) in lake.already(_BEARING, {"place": place}))
