"""RAR and 7z archives by an optional library.

They are read by libarchive (BSD) through ``libarchive-c`` (CC0), the extra ``archives``, which needs the system's
``libarchive``.  The other readers were ruled out: ``py7zr`` is LGPL, ``unrar2-cffi`` bundles UnRAR, whose licence is
not a free one, and ``rarfile`` needs such a program.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from gongkai.parsing.formats.envelopes.limits import Allowance, EncryptedError, Entry
from gongkai.parsing.text.grid import UnreadableDocumentError


def _library() -> Any:
    """libarchive through its binding; None where either is not installed."""
    try:
        import libarchive  # noqa: PLC0415
    except (ImportError, OSError, AttributeError, TypeError):  # the last ones where the system's library is not there
        return None
    return libarchive


def library_entries(data: bytes, kind: str, left: Allowance) -> Iterator[Entry]:
    """The files of a RAR or 7z archive.  They are a stream: each must be unpacked before the next is asked for."""
    library = _library()
    if library is None:
        reason = f"the file is a {kind.upper()} archive; install the extra 'archives' and libarchive to read it"
        raise UnreadableDocumentError("unsupported_format", reason)
    failure = library.exception.ArchiveError
    seen = False
    failed: list[Exception] = []
    try:
        with library.memory_reader(data) as archive:
            for entry in archive:
                left.count(1)
                seen = True
                if entry.isfile:
                    unpack = functools.partial(_from_library, entry, failure, failed, len(data))
                    yield entry.pathname, unpack
    except failure as error:
        if failed:  # the damage is named already, at the file that it broke off
            return
        if seen:  # what stands before the damage has been given; the rest is one file with a problem
            yield "unnamed", functools.partial(_fail, error)
            return
        if _is_encrypted(error):
            raise UnreadableDocumentError("encrypted", f"the {kind.upper()} archive is encrypted") from error
        reason = f"the {kind.upper()} archive cannot be read: {error}; fetch it again"
        raise UnreadableDocumentError("corrupt", reason) from error


def _from_library(entry: Any, failure: type[Exception], failed: list[Exception], packed: int, left: Allowance) -> bytes:
    try:
        return left.unpack(_Blocks(entry.get_blocks()), packed)
    except failure as error:
        failed.append(error)
        return _fail(error, left)


def _fail(error: Exception, _: Allowance) -> bytes:
    if _is_encrypted(error):
        raise EncryptedError from error
    raise ValueError(str(error)) from error


def _is_encrypted(error: Exception) -> bool:
    return re.search(r"encrypt|passphrase|password", str(error), re.IGNORECASE) is not None


class _Blocks:
    """Blocks of bytes as a stream that can be read once, up to a limit."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks

    def read(self, limit: int) -> bytes:
        """At most about ``limit`` bytes, whole blocks."""
        parts: list[bytes] = []
        size = 0
        while size < limit and (block := next(self._blocks, None)) is not None:
            parts.append(bytes(block))
            size += len(block)
        return b"".join(parts)
