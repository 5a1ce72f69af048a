"""What the lake's manifest says of its files, as far as fixity is concerned; parsing writes it and gives it meaning."""

from __future__ import annotations

import dataclasses
import json
import urllib.parse
from typing import Any

from archive import keys, seal
from archive.store import ArchiveError, BadKeyError

KEY = "lake/manifest.json"

_FORMAT = 1


class ManifestDamagedError(ArchiveError):
    """Raised when the manifest contradicts itself, so that some byte of it was changed after it was written."""


@dataclasses.dataclass(frozen=True, slots=True)
class NamedFile:
    """A lake file as the manifest names it: the current key, and the same bytes under their hash."""

    path: str
    version: str
    rows: int
    bytes: int
    sha256: str


def files(data: bytes) -> list[NamedFile]:
    """The files a manifest names.  Raises ManifestDamagedError.

    A manifest with a seal proves itself.  Without one it must be in canonical form, and path, version and partition
    of each file must say the same, which leaves only the parser version unproven.
    """
    try:
        document = json.loads(data)
    except ValueError as error:
        raise ManifestDamagedError(f"it is not JSON: {error}") from error
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise ManifestDamagedError(f"it is not a manifest of format {_FORMAT}")
    _check_bytes(data, document)
    rows = document.get("files")
    if not isinstance(rows, list):
        raise ManifestDamagedError("it has no list of files")
    return [_named_file(row) for row in rows]


def _check_bytes(data: bytes, document: dict[str, Any]) -> None:
    if seal.MEMBER in document:
        try:
            seal.load_sealed_json(data)
        except seal.SealBrokenError as error:
            raise ManifestDamagedError(str(error)) from error
    elif data != json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode():
        raise ManifestDamagedError("it is not in canonical form")


def _named_file(row: Any) -> NamedFile:
    try:
        file = NamedFile(**{field.name: row[field.name] for field in dataclasses.fields(NamedFile)})
        values = {name: row[name] for name in ("province", "year", "department")}
        partition = file.path.removeprefix(f"lake/{row['table']}/").removesuffix("/data.parquet")
        if (
            not keys.is_sha256(file.sha256)
            or keys.check_key(file.path) != f"lake/{row['table']}/{partition}/data.parquet"
        ):
            raise ManifestDamagedError(f"it names the file {row!r}, which cannot be one")
    except (AttributeError, KeyError, TypeError, BadKeyError) as error:
        raise ManifestDamagedError(f"it names the file {row!r}, which cannot be one") from error
    if keys.check_key(file.version) not in _versions(file.sha256, partition):
        raise ManifestDamagedError(f"path {file.path!r} and version {file.version!r} of a file do not agree")
    if _partition_values(partition) != {name: None if v is None else str(v) for name, v in values.items()}:
        raise ManifestDamagedError(f"path {file.path!r} and partition {values!r} of a file do not agree")
    return file


def _versions(sha256: str, partition: str) -> tuple[str, str]:
    """Where the bytes lie under their hash: today, and in the first lakes."""
    return f"lake/versions/{partition}/{sha256}.parquet", f"lake/versions/{sha256}/{partition}/data.parquet"


def _partition_values(partition: str) -> dict[str, str | None]:
    """``name=value`` segments as Hive spells them."""
    pairs = (segment.partition("=") for segment in partition.split("/"))
    return {
        name: None if value == "__HIVE_DEFAULT_PARTITION__" else urllib.parse.unquote(value) for name, _, value in pairs
    }
