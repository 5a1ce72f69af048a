"""The text of a Word 97-2003 file ([MS-DOC]): its header, its pieces, and where its parts begin.

A character is counted as Word does: one UTF-16 code unit, its place a *CP*; a byte of the main stream is at an *FC*.
Every number in the file is checked against what is there; what does not fit ends as ``corrupt``.
"""

from __future__ import annotations

import array
import bisect
import dataclasses
import struct
import sys
from collections.abc import Iterator

from gongkai.parsing.formats.envelopes.compound import CompoundFile
from gongkai.parsing.text.grid import UnreadableDocumentError

# Places in FibRgFcLcb97 ([MS-DOC] 2.5.6), counted in pairs of an offset in the table stream and a size.
STYLES = 1
HEADERS = 11
CHARACTER_PAGES = 12
PARAGRAPH_PAGES = 13
_PIECES = 33
SHAPES, HEADER_SHAPES = 40, 41
BOXES, HEADER_BOXES = 56, 58

NATIVE_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
"""The bytes of ``WordText.units``."""

_SIGNATURE = 0xA5EC
_OLD_SIGNATURES = {0xA5DB: "Word 2", 0xA5DC: "Word 6 or 95"}
_FIRST_VERSION = 0xC1
"""nFib of Word 97."""

_COUNTS = 76
"""Where ccpText stands in the header, as csw and cslw are fixed ([MS-DOC] 2.5.1); ccpHdrTxbx is the last of eight."""

_PAIRS = 154
_NARROW = [*range(0x80), *(ord(bytes((byte,)).decode("cp1252", "replace")) for byte in range(0x80, 0x100))]
"""Code units of a piece with one byte a character: Windows-1252 ([MS-DOC] 2.9.73)."""


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that lie one after the other in the main stream."""

    start: int
    end: int
    fc: int
    width: int
    """Bytes of a character: 1 or 2."""
    changes: bytes
    """Property changes that hold for the whole piece, written by a fast save."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One of the texts that follow each other in a file, as a range of CPs."""

    start: int
    end: int


@dataclasses.dataclass(frozen=True, slots=True)
class WordText:
    """A file's characters and streams.  ``units`` may be changed while its properties are applied."""

    main: bytes
    table: bytes
    data: bytes
    units: array.array[int]
    pieces: list[Piece]
    starts: list[int]
    """First CP of each piece."""
    body: Part
    footnotes: Part
    headers: Part
    endnotes: Part
    boxes: Part
    header_boxes: Part

    def structure(self, index: int) -> bytes:
        """A structure of the table stream by its place in the header; empty where the file has none."""
        place = _PAIRS + 8 * index
        if place + 8 > len(self.main):
            return b""
        offset, size = struct.unpack_from("<II", self.main, place)
        if size and offset + size > len(self.table):
            raise _corrupt(f"structure {index} reaches beyond the table stream")
        return self.table[offset : offset + size]

    def fc(self, cp: int) -> int:
        """Where a character lies in the main stream."""
        piece = self.pieces[bisect.bisect_right(self.starts, cp) - 1]
        return piece.fc + (cp - piece.start) * piece.width

    def piece(self, cp: int) -> Piece:
        """The piece a character is in."""
        return self.pieces[bisect.bisect_right(self.starts, cp) - 1]


def read_word_text(file: CompoundFile) -> WordText:
    """The text of a Word file.

    Raises UnreadableDocumentError: ``encrypted``, ``unsupported_format`` (before Word 97), ``corrupt``.
    """
    main = file.read("WordDocument") or b""
    flags = _checked_header(main)
    table = file.read("1Table" if flags & 0x0200 else "0Table")
    if table is None:
        raise _corrupt("its table stream is missing")
    offset, size = struct.unpack_from("<II", main, _PAIRS + 8 * _PIECES)
    pieces = list(_pieces(table[offset : offset + size], main))
    units = _units(pieces, main)
    parts = list(_parts(main, len(units)))
    body, footnotes, headers, _, _, endnotes, boxes, header_boxes = parts
    return WordText(
        main,
        table,
        file.read("Data") or b"",
        units,
        pieces,
        [piece.start for piece in pieces],
        body,
        footnotes,
        headers,
        endnotes,
        boxes,
        header_boxes,
    )


def _corrupt(what: str) -> UnreadableDocumentError:
    return UnreadableDocumentError("corrupt", f"the Word 97-2003 file is damaged: {what}; fetch it again")


def _checked_header(main: bytes) -> int:
    """The flags of the header, once it is one of a file that can be read."""
    if len(main) < 12:
        raise _corrupt("its main stream has no header")
    signature, version, flags = struct.unpack_from("<HH6xH", main)
    if signature in _OLD_SIGNATURES or (signature == _SIGNATURE and version < _FIRST_VERSION):
        name = _OLD_SIGNATURES.get(signature, "Word 6 or 95")
        reason = f"the file is a document of {name}, for which there is no reader; save it as DOCX"
        raise UnreadableDocumentError("unsupported_format", reason)
    if signature != _SIGNATURE:
        raise _corrupt(f"its header begins with 0x{signature:04X}")
    if flags & 0x0100:
        reason = "the Word 97-2003 file is encrypted with a password that is not known"
        raise UnreadableDocumentError("encrypted", reason)
    if len(main) < _PAIRS + 8 * (_PIECES + 1):
        raise _corrupt(f"its header has only {len(main)} bytes")
    return int(flags)


def _parts(main: bytes, length: int) -> Iterator[Part]:
    """Body, footnotes, headers, macros, comments, endnotes, text boxes, text boxes of headers ([MS-DOC] 2.3)."""
    start = 0
    for count in struct.unpack_from("<8i", main, _COUNTS):
        if count < 0 or start + count > length:
            raise _corrupt(f"it counts {start + count} characters but has {length}")
        yield Part(start, start + count)
        start += count


def _pieces(clx: bytes, main: bytes) -> Iterator[Piece]:
    """The piece table ([MS-DOC] 2.9.38): property changes, each with its size, then the table itself."""
    changes: list[bytes] = []
    at = 0
    while clx[at : at + 1] == b"\x01" and at + 3 <= len(clx):
        size = struct.unpack_from("<H", clx, at + 1)[0]
        changes.append(clx[at + 3 : at + 3 + size])
        at += 3 + size
    if clx[at : at + 1] != b"\x02" or at + 5 > len(clx):
        raise _corrupt("it has no piece table")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    cps, pieces = plc(clx[at + 5 : at + 5 + size], 8)
    for start, end, raw in zip(cps, cps[1:], pieces, strict=False):
        fc, prm = struct.unpack_from("<IH", raw, 2)
        width = 1 if fc & 0x40000000 else 2
        offset = (fc & 0x3FFFFFFF) // (3 - width)
        if not start <= end or offset + (end - start) * width > len(main):
            raise _corrupt(f"piece {start}-{end} reaches beyond the main stream")
        yield Piece(start, end, offset, width, _piece_changes(prm, changes))


_SHORT_CHANGES = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x5C: 0x083C, 0x75: 0x0855, 0x78: 0x2640}
"""The sprm of each property change that is read, by the seven bits a piece names it with ([MS-DOC] 2.9.215)."""


def _piece_changes(prm: int, changes: list[bytes]) -> bytes:
    if prm & 1:
        return changes[prm >> 1] if prm >> 1 < len(changes) else b""
    sprm = _SHORT_CHANGES.get(prm >> 1 & 0x7F)
    return b"" if sprm is None else struct.pack("<HB", sprm, prm >> 8)


def _units(pieces: list[Piece], main: bytes) -> array.array[int]:
    """The code units of all pieces.  Pieces share no bytes, so there are never more of them than bytes."""
    if not pieces or pieces[0].start != 0:
        raise _corrupt("its piece table does not begin at its first character")
    if sum((piece.end - piece.start) * piece.width for piece in pieces) > len(main):
        raise _corrupt("its pieces have more characters than its main stream")
    units = array.array("H")
    for piece in pieces:
        raw = main[piece.fc : piece.fc + (piece.end - piece.start) * piece.width]
        if piece.width == 1:
            units.extend(_NARROW[byte] for byte in raw)
        else:
            wide = array.array("H", raw)
            if sys.byteorder == "big":
                wide.byteswap()
            units.extend(wide)
    return units


def plc(raw: bytes, size: int) -> tuple[tuple[int, ...], list[bytes]]:
    """A PLC ([MS-DOC] 2.8): n+1 ascending positions, and n structures of ``size`` bytes.  Both empty where n is 0."""
    count = (len(raw) - 4) // (4 + size)
    if count < 1:
        return (), []
    positions = struct.unpack_from(f"<{count + 1}I", raw)
    start = 4 * (count + 1)
    return positions, [raw[start + size * index : start + size * (index + 1)] for index in range(count)]
