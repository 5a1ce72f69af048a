"""Manifests of format 1, which name every file themselves: read, and written anew in pieces by the next publication."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from gongkai.archive import keys
from gongkai.archive.store import BadKeyError
from gongkai.lake.files import HOW, LakeFile, ManifestDamagedError, version_keys
from gongkai.lake.partition import Partition


@dataclasses.dataclass(frozen=True, slots=True)
class FirstManifest:
    """A manifest of format 1."""

    parser_version: str
    files: tuple[LakeFile, ...]
    passed_over: tuple[str, ...]
    unsettled: Mapping[str, int]
    schema: str

    @classmethod
    def load(cls, document: Mapping[str, Any]) -> FirstManifest:
        """The manifest in a document whose seal was checked.

        Raises ManifestDamagedError where path, version and partition of a file do not say one thing.  A manifest
        without a seal, as the first lakes have, must be in canonical form; its parser version is unproven.
        """
        rows = document.get("files")
        passed_over, schema = document.get("passed_over", []), document.get("schema", "")
        unsettled = document.get("unsettled", {})
        if not (isinstance(rows, list) and isinstance(passed_over, list) and isinstance(unsettled, dict)):
            raise ManifestDamagedError(f"lake/manifest.json has no list of files; {HOW}")
        version = document.get("parser_version")
        if not isinstance(version, str) or not isinstance(schema, str):
            raise ManifestDamagedError(f"lake/manifest.json names no parser version; {HOW}")
        return cls(version, tuple(map(_file, rows)), tuple(passed_over), unsettled, schema)


def _file(row: Any) -> LakeFile:
    """The file a row of the manifest names, if all its members say one thing."""
    try:
        partition = Partition(row["province"], row["year"], row["department"])
        file = LakeFile(row["table"], partition, row["rows"], row["bytes"], row["sha256"], row["version"])
        agree = keys.check_key(row["path"]) == file.path and keys.check_key(file.version) in version_keys(
            partition, file.sha256
        )
    except (AttributeError, KeyError, TypeError, BadKeyError) as error:
        raise ManifestDamagedError(f"lake/manifest.json names the file {row!r}, which cannot be one; {HOW}") from error
    if not keys.is_sha256(file.sha256):
        raise ManifestDamagedError(f"lake/manifest.json names the file {row!r}, which cannot be one; {HOW}")
    if not agree:
        raise ManifestDamagedError(f"lake/manifest.json contradicts itself about {row['path']!r}; {HOW}")
    return file
