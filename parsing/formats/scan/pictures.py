"""Pictures of pages as documents: one picture file, or an album of them, each page read by OCR.

An album is a ZIP that holds nothing but pictures: the pages of one document in the order of their names.  Nothing of
the extra is imported before a page is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.parsing.formats.envelopes.archives import zip_entries
from gongkai.parsing.formats.envelopes.limits import DAMAGED, Allowance, EncryptedError, TooMuchError
from gongkai.parsing.formats.scan.reader import NEEDS_OCR, is_available
from gongkai.parsing.text.grid import Block, Doubt, Reading, UnreadableDocumentError

KINDS = frozenset({"jpeg", "png", "webp", "tiff", "bmp", "album"})
"""Formats that are read here, as ``detect`` calls them."""

_NUMBER = re.compile(r"(\d+)")

_Page = tuple[list[Block], list[Doubt]]


def read_pictures(data: bytes, kind: str) -> Reading:
    """The pages of a picture or an album, in order.

    Without the extra each picture is a page that could not be read, as the doubt ``no_text_layer`` says.  Raises
    UnreadableDocumentError of kind ``corrupt`` where no page can be drawn.
    """
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    count = 0
    for found, doubt in _pages(_files(data, kind)):
        count += 1
        blocks += found
        doubts += doubt
    if count == sum(doubt.kind == "corrupt_page" for doubt in doubts):
        raise UnreadableDocumentError("corrupt", "none of its pictures can be drawn")
    return Reading(kind, tuple(blocks), pages=count, doubts=tuple(doubts))


def _pages(files: Iterator[bytes | None]) -> Iterator[_Page]:
    number = 0
    for data in files:
        for found, doubt in _read(data, number + 1):
            number += 1
            yield found, doubt


def _read(data: bytes | None, number: int) -> Iterator[_Page]:
    """The pages of one picture file, the first of which is page ``number``."""
    if data is None:
        yield [], [Doubt("corrupt_page", "the page's picture cannot be unpacked", number)]
        return
    if not is_available():
        yield [], [Doubt("no_text_layer", f"the page is a picture; {NEEDS_OCR}", number)]
        return
    from gongkai.parsing.formats.scan.page import read_picture  # noqa: PLC0415 - the extra is heavy, may be missing
    from gongkai.parsing.formats.scan.picture import decoded  # noqa: PLC0415

    for place, picture in enumerate(decoded(data)):
        yield read_picture(picture, number + place)


def _files(data: bytes, kind: str) -> Iterator[bytes | None]:
    """The picture files of a document in order, None for one that cannot be unpacked."""
    if kind != "album":
        yield data
        return
    left = Allowance()
    for _, unpack in sorted(zip_entries(data, left), key=lambda entry: _in_order(entry[0])):
        try:
            yield unpack(left)
        except (*DAMAGED, TooMuchError, EncryptedError):
            yield None


def _in_order(name: str) -> list[tuple[int, str]]:
    """A key that sorts names as people number them: 2 before 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBER.split(name)]
