"""The pictures of an album: a ZIP that holds nothing but pictures of pages, in the order of their names.

Pages are counted as they were when they were read: each picture is one, or as many as it has frames; one that is
damaged is one.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from PIL import Image

from gongkai.queries.page_picture import PictureError

BEGINNING = b"PK\x03\x04"
MOST_FILES = 5000
MOST_BYTES = 128 * 2**20
"""Of one picture as a file."""

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_NUMBER = re.compile(r"(\d+)")


class Album:
    """An album, its pictures unpacked one at a time.  Raises PictureError for more files than one has."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        files = [info for info in self._archive.infolist() if not info.is_dir()]
        if len(files) > MOST_FILES:
            raise PictureError(f"the original holds {len(files)} files, more than an album of pages has")
        self._files = sorted(files, key=lambda info: _in_order(info.filename))
        self._pages: list[tuple[zipfile.ZipInfo, int]] = []
        self._counted = 0

    def picture(self, page: int) -> tuple[bytes, int]:
        """The file that holds a page, and the page's number within it, both from 1.  Raises PictureError."""
        while len(self._pages) < page and self._counted < len(self._files):
            info = self._files[self._counted]
            self._counted += 1
            self._pages += [(info, frame) for frame in range(1, self._frames(info) + 1)]
        if not 1 <= page <= len(self._pages):
            raise PictureError(f"the original has no page {page}")
        info, frame = self._pages[page - 1]
        return self._unpacked(info), frame

    def _frames(self, info: zipfile.ZipInfo) -> int:
        try:
            with Image.open(io.BytesIO(self._unpacked(info))) as picture:
                return int(getattr(picture, "n_frames", 1))
        except (PictureError, OSError, ValueError, SyntaxError):
            return 1

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        if info.file_size > MOST_BYTES:  # zipfile unpacks no more than a file declares
            raise PictureError(f"the picture of the page is larger than {MOST_BYTES >> 20} MB, too much to draw")
        try:
            return self._archive.read(info)
        except _DAMAGED as error:
            raise PictureError(f"the picture of the page cannot be unpacked: {error}") from error


def opened(data: bytes) -> zipfile.ZipFile:
    """A ZIP, its names in UTF-8 where all are, else in GB18030, as Chinese Windows writes them; raises PictureError."""
    for encoding in ("utf-8", "gb18030", "cp437"):
        try:
            return zipfile.ZipFile(io.BytesIO(data), metadata_encoding=encoding)
        except UnicodeDecodeError:
            continue
        except _DAMAGED as error:
            raise PictureError(f"the original cannot be drawn: {error}") from error
    raise PictureError("the original cannot be drawn: the names in it cannot be read")


def _in_order(name: str) -> list[tuple[int, str]]:
    """A key that sorts names as people number them: 2 before 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBER.split(name)]
