"""Files that carry their own SHA-256, so that any changed byte shows without a second object beside them.

The seal is the SHA-256 of the file with the 64 digits of the seal itself replaced by zeros.  It stands in the Parquet
metadata of a capture file, as a member of a JSON document, and in a comment at the end of an HTML page.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from gongkai.archive.store import ArchiveError

NAME = "gongkai.sha256"
"""Name of the seal in Parquet metadata."""

MEMBER = "sha256"
"""Name of the seal in a JSON document."""

_ZEROS = b"0" * 64

# Thrift's compact protocol: the key, then field 2 (0x18) of 64 (0x40) bytes.  The key-value metadata stand behind the
# column statistics, so the last match is the seal whatever the captured text holds.
_IN_PARQUET = re.compile(re.escape(NAME).encode() + rb"\x18\x40([0-9a-f]{64})")

_IN_HTML = re.compile(rb"<!-- sha256: ([0-9a-f]{64}) -->\n\Z")


class SealBrokenError(ArchiveError):
    """Raised when a sealed file is not what was written: a byte changed, or the seal is missing."""


def placeholder() -> str:
    """64 digits to write in place of the seal; ``seal`` finds them again."""
    return secrets.token_hex(32)


def seal(data: bytes, mark: str) -> bytes:
    """The file with its placeholder ``mark``, which stands in it exactly once, replaced by the seal."""
    before, found, after = data.partition(mark.encode())
    if not found or mark.encode() in after:
        raise ValueError(f"the placeholder {mark!r} must stand in the file exactly once")
    return before + hashlib.sha256(before + _ZEROS + after).hexdigest().encode() + after


def check_parquet(data: bytes) -> None:
    """Raises SealBrokenError unless the Parquet file is byte for byte as it was sealed."""
    matches = list(_IN_PARQUET.finditer(data))
    if not matches:
        raise SealBrokenError("it has no seal, or the seal was damaged")
    _check_at(data, matches[-1].start(1))


def sealed_json(document: Mapping[str, Any]) -> bytes:
    """The document as canonical JSON in UTF-8 with its seal: equal documents give equal bytes.

    Raises ValueError when a value is not JSON, a number is not finite, or the document has a ``sha256`` of its own.
    """
    if MEMBER in document:
        raise ValueError(f"the document has a member {MEMBER!r} of its own, which is where the seal stands")
    mark = placeholder()
    text = json.dumps({**document, MEMBER: mark}, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return seal(text.encode() + b"\n", mark)


def load_sealed_json(data: bytes) -> dict[str, Any]:
    """The document without its seal.  Raises SealBrokenError when a byte changed."""
    try:
        document: Any = json.loads(data)
    except ValueError as error:
        raise SealBrokenError(f"it is not JSON: {error}") from error
    if not isinstance(document, dict) or not isinstance(digest := document.pop(MEMBER, None), str):
        raise SealBrokenError(f"it has no member {MEMBER!r}")
    at = data.rfind(f'"{MEMBER}": "{digest}"'.encode())
    if at < 0:
        raise SealBrokenError(f"its member {MEMBER!r} was damaged")
    _check_at(data, at + len(f'"{MEMBER}": "'))
    return document


def sealed_html(page: str) -> bytes:
    """The page in UTF-8 with its seal as a comment at its end."""
    mark = placeholder()
    return seal(f"{page}<!-- sha256: {mark} -->\n".encode(), mark)


def check_html(data: bytes) -> None:
    """Raises SealBrokenError unless the page is byte for byte as it was sealed."""
    found = _IN_HTML.search(data)
    if found is None:
        raise SealBrokenError("it has no seal, or the seal was damaged")
    _check_at(data, found.start(1))


def _check_at(data: bytes, at: int) -> None:
    """Raises SealBrokenError unless the seal at this place is that of the file."""
    rest = hashlib.sha256(data[:at] + _ZEROS + data[at + 64 :]).hexdigest()
    if rest.encode() != data[at : at + 64]:
        raise SealBrokenError("its bytes do not match the SHA-256 they carry")
