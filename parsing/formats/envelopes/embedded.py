"""Documents embedded in a Word document: workbooks and papers that its reader opens by a double click.

What shows on the page is only a picture of them.  A chart's own workbook is not among them: it hangs on the chart.
"""

from __future__ import annotations

import dataclasses
import posixpath
import struct
from collections.abc import Iterator

from gongkai.parsing.formats.envelopes.compound import CompoundFile
from gongkai.parsing.formats.envelopes.detection import File, identified
from gongkai.parsing.formats.envelopes.package import Package
from gongkai.parsing.text.grid import UnreadableDocumentError

MAX_OBJECTS = 200
"""Objects of one document."""

MAX_TOTAL = 256 * 2**20
"""Bytes of the objects of one document."""

PICTURES = frozenset({"jpeg", "png", "gif", "tiff", "bmp", "webp"})

_MAIN = "word/document.xml"
_POOL = "ObjectPool/"
_WORKBOOKS = ("Workbook", "Book")
_NATIVE = "\x01Ole10Native"
_CONTENTS = ("Package", "CONTENTS", "EmbeddedOdf")
"""Streams that hold a whole file."""


@dataclasses.dataclass(frozen=True, slots=True)
class EmbeddedObject:
    """An object's label, and the file it is or the reason why that was not read."""

    label: str
    file: File | None
    reason: str | None = None


def embedded_objects(file: File) -> Iterator[EmbeddedObject]:
    """The documents in a file if it is DOCX or DOC, in its order; pictures are passed over.

    Nothing comes of a file that cannot be opened: its reader says so.
    """
    found = {"docx": _in_package, "doc": _in_compound}.get(file.kind)
    total = count = 0
    try:
        for item in found(file.data) if found else ():
            count += 1
            total += len(item.file.data) if item.file else 0
            if count > MAX_OBJECTS or total > MAX_TOTAL:
                reason = f"it has more than {MAX_OBJECTS} embedded objects or {MAX_TOTAL} bytes of them"
                yield EmbeddedObject(item.label, None, f"{reason}; those from {item.label!r} on were not read")
                return
            if item.file is None or item.file.kind not in PICTURES:
                yield item
    except UnreadableDocumentError:
        return


def _in_package(data: bytes) -> Iterator[EmbeddedObject]:
    package = Package(data, "DOCX")
    related = sorted(set(package.related(package.main_part(_MAIN)).values()), key=lambda relation: relation[1])
    for kind, part in related:
        if kind in ("package", "oleObject") and package.has(part):
            label = posixpath.basename(part)
            try:
                yield _opened(label, package.read(part))
            except UnreadableDocumentError as error:
                yield EmbeddedObject(label, None, str(error))


def _opened(label: str, data: bytes) -> EmbeddedObject:
    """The file in an object's part, which may be a compound file that is one or wraps one."""
    file = identified(data)
    if file.kind != "ole":
        return EmbeddedObject(label, file)
    return _unwrapped(label, CompoundFile(data), "")


def _in_compound(data: bytes) -> Iterator[EmbeddedObject]:
    file = CompoundFile(data)
    inside = (path.split("/") for path in file.paths if path.startswith(_POOL))
    for label in dict.fromkeys("/".join(parts[:2]) for parts in inside if len(parts) > 2):
        try:
            yield _unwrapped(label, file, f"{label}/")
        except UnreadableDocumentError as error:
            yield EmbeddedObject(label, None, str(error))


def _unwrapped(label: str, file: CompoundFile, storage: str) -> EmbeddedObject:
    """The file in a storage.  A workbook's stream is one by itself, as Excel 5 wrote them."""
    for name in (*_WORKBOOKS, *_CONTENTS):
        if content := file.read(storage + name):
            return EmbeddedObject(f"{label}/{name}" if storage else label, identified(content))
    if native := file.read(storage + _NATIVE):
        return _packaged(label, native)
    streams = ", ".join(sorted(path[len(storage) :] for path in file.paths if path.startswith(storage)))
    printable = "".join(character for character in streams if character.isprintable())
    return EmbeddedObject(label, None, f"it is an object of an unknown kind, with the streams {printable[:200]!r}")


def _packaged(label: str, native: bytes) -> EmbeddedObject:
    """A file dropped into a document: name, path, path again with its length, then the file with its size."""
    try:
        name, at = _until_zero(native, 6)
        _, at = _until_zero(native, at)
        at += 8 + struct.unpack_from("<I", native, at + 4)[0]
        size = struct.unpack_from("<I", native, at)[0]
    except (struct.error, ValueError):
        return EmbeddedObject(label, None, "it is a packaged file whose header is damaged")
    if at + 4 + size > len(native):
        return EmbeddedObject(label, None, "it is a packaged file that breaks off before its end")
    shown = name.decode("gb18030", "replace") or label
    return EmbeddedObject(posixpath.basename(shown.replace("\\", "/")), identified(native[at + 4 : at + 4 + size]))


def _until_zero(data: bytes, at: int) -> tuple[bytes, int]:
    end = data.index(b"\0", at)
    return data[at:end], end + 1
