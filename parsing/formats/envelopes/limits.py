"""Limits on what is unpacked of an archive, so that no bomb unpacks; and how its files can fail."""

from __future__ import annotations

import dataclasses
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from gongkai.parsing.text.grid import UnreadableDocumentError

MAX_FILES = 2_000
"""Files of one archive, those of the archives in it included; a whole city's budgets have a few hundred."""

MAX_FILE = 256 * 2**20
"""Unpacked bytes of one file: as many as a document may have."""

MAX_TOTAL = 2**30
"""Unpacked bytes of all files together."""

MAX_RATIO = 250
"""Unpacked to packed bytes of one file: empty spreadsheets and pictures reach 100, bombs 1,000."""

RATIO_FROM = 16 * 2**20
"""Unpacked bytes up to which the ratio does not matter."""

DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""Exceptions of the standard library on archives that are damaged or packed in a way it does not know."""


class TooMuchError(Exception):
    """Raised when a file unpacks to more than a limit; the message says which."""


class EncryptedError(Exception):
    """Raised for a file that is encrypted."""


@dataclasses.dataclass(slots=True)
class Allowance:
    """Files and bytes that may still be unpacked of one archive."""

    files: int = MAX_FILES
    total: int = MAX_TOTAL
    """Bytes of all files."""

    def count(self, files: int) -> None:
        """Take note of files.  Raises UnreadableDocumentError ``bomb`` beyond ``MAX_FILES``."""
        self.files -= files
        if self.files < 0:
            raise UnreadableDocumentError("bomb", f"the archive has more than {MAX_FILES} files")

    def unpack(self, stream: Any, packed: int) -> bytes:
        """All of a stream of ``packed`` bytes.  Raises TooMuchError beyond a limit."""
        by_ratio = max(RATIO_FROM, packed * MAX_RATIO)
        limit = min(MAX_FILE, by_ratio, self.total)
        data: bytes = stream.read(limit + 1)
        self.total -= min(len(data), limit)
        if len(data) <= limit:
            return data
        if limit == by_ratio:
            raise TooMuchError(f"it unpacks to more than {MAX_RATIO} times its packed size")
        raise TooMuchError(f"it unpacks to more than {limit} bytes")


Entry = tuple[str, Callable[[Allowance], bytes]]
"""A file's name and what unpacks it."""
