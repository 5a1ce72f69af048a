"""Files that carry their own SHA-256, so that any changed byte shows without a second object beside them.

The seal is the SHA-256 of the file with the 64 digits of the seal itself replaced by zeros.  It stands in the Parquet
metadata of a capture file, as a member of a JSON document, and in a comment at the end of an HTML page.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from gongkai.archive.store import ArchiveError
from gongkai.archive.streams import write_to_spool

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


def write_sealed_json(
    spool: BinaryIO, document: Mapping[str, Any], member: str, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Write what ``sealed_json`` gives of the document with these rows as a member, each of which is asked for in turn.

    Raises ValueError, TypeError as it does, StoreUnavailableError where the temporary directory is full.
    """
    if MEMBER in document:
        raise ValueError(f"the document has a member {MEMBER!r} of its own, which is where the seal stands")
    place, mark = placeholder(), placeholder()
    text = json.dumps(
        {**document, member: place, MEMBER: mark}, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False
    )
    head, _, tail = text.partition(f'"{place}"')
    digest, seal_at = hashlib.sha256(), -1
    for part in itertools.chain([head], _list_of(rows), [tail, "\n"]):
        data = part.encode()
        if (at := data.find(mark.encode())) >= 0:
            seal_at, data = spool.tell() + at, data.replace(mark.encode(), _ZEROS)
        digest.update(data)
        write_to_spool(spool, data)
    spool.seek(seal_at)
    spool.write(digest.hexdigest().encode())


def _list_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A list of JSON documents as a member of a document is indented."""
    before = "[\n"
    for row in rows:
        text = json.dumps(row, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
        yield f"{before}  {text.replace(chr(10), f'{chr(10)}  ')}"
        before = ",\n"
    yield "[]" if before == "[\n" else "\n ]"


def write_sealed_html(spool: BinaryIO, parts: Iterable[str]) -> None:
    """Write the parts of a page in UTF-8 with its seal as a comment at its end."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(data := part.encode())
        write_to_spool(spool, data)
    digest.update(b"<!-- sha256: " + _ZEROS + b" -->\n")
    write_to_spool(spool, f"<!-- sha256: {digest.hexdigest()} -->\n".encode())


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
