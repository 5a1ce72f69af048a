"""Office files are ZIP packages of XML parts: opened with limits, so that no bomb unpacks, and parsed without entities.

ECMA-376 part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib

from lxml import etree

from gongkai.parsing.formats.envelopes.detection import decode_text
from gongkai.parsing.text.grid import UnreadableDocumentError

MAX_MEMBERS = 20_000
"""Members of a package; real ones stay below 2,000, pictures included."""

MAX_PART = 64 * 2**20
"""Unpacked bytes of one part: a sheet of a million cells takes about 60 MB, and some 20 times that as a tree."""

MAX_TOTAL = 256 * 2**20
"""Unpacked bytes of all parts read from one package."""

BOMB_RATIO = 250
"""Unpacked to packed bytes from which a part that is too large is called a bomb; sheets of one value reach 100."""

_PICTURE_DATA = re.compile(rb"(<(?:w:binData|pkg:binaryData)\b[^<>]*>)[^<]+")
_DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


class Package:
    """An open package.  ``format`` only names it in messages."""

    def __init__(self, data: bytes, format_name: str) -> None:
        """Raises UnreadableDocumentError: ``truncated`` without a directory, ``corrupt``, or ``bomb``."""
        self._format = format_name
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, EOFError) as error:
            kind = "corrupt" if b"PK\x05\x06" in data[-66_000:] else "truncated"
            reason = f"the {format_name} file has no readable directory of parts; fetch it again"
            raise UnreadableDocumentError(kind, reason) from error
        members = len(self._archive.filelist)
        if members > MAX_MEMBERS:
            reason = f"the {format_name} file has {members} parts, more than {MAX_MEMBERS}"
            raise UnreadableDocumentError("bomb", reason)
        self._names = {info.filename.replace("\\", "/").lower(): info for info in self._archive.filelist}

    def has(self, part: str) -> bool:
        """True where the package holds a part; names differ in case between writers."""
        return part.lower() in self._names

    def read(self, part: str) -> bytes:
        """A part's bytes.

        Raises UnreadableDocumentError: ``corrupt`` when it is missing or damaged, ``encrypted``, ``too_large``, or
        ``bomb`` when it is too large and packed tighter than ``BOMB_RATIO``.
        """
        info = self._names.get(part.lower())
        if info is None:
            raise UnreadableDocumentError("corrupt", f"the {self._format} file has no part {part!r}")
        if info.flag_bits & 1:
            raise UnreadableDocumentError("encrypted", f"part {part!r} of the {self._format} file is encrypted")
        limit = min(MAX_PART, MAX_TOTAL - self._unpacked)
        try:
            with self._archive.open(info) as stream:
                data = stream.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
            struct.error,
            lzma.LZMAError,
        ) as error:
            reason = f"part {part!r} of the {self._format} file is damaged: {error}"
            raise UnreadableDocumentError("corrupt", reason) from error
        if len(data) > limit:
            reason = f"part {part!r} of the {self._format} file unpacks to more than {limit} bytes"
            kind = "bomb" if info.file_size > BOMB_RATIO * info.compress_size else "too_large"
            raise UnreadableDocumentError(kind, reason)
        self._unpacked += len(data)
        return data

    def xml(self, part: str) -> etree._Element:
        """A part's root element.  Raises UnreadableDocumentError as ``read`` does, or where it is not XML."""
        return parse_xml(self.read(part), f"part {part!r} of the {self._format} file")

    def main_part(self, usual: str) -> str:
        """The part that holds the document: the one the package's own relations name, else the usual one."""
        for kind, part in self.related("").values():
            if kind == "officeDocument" and self.has(part):
                return part
        return usual

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to inside the package: relationship id to (type's last word, part name)."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(relations):
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in self.xml(relations).iter(f"{_RELATIONSHIPS}Relationship"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                found[relation.get("Id", "")] = (kind, posixpath.normpath(path))
        return found


def parse_flat_xml(data: bytes, what: str) -> etree._Element:
    """The root element of a document that is one XML file, in whatever encoding it is; pictures in it are left out.

    Raises UnreadableDocumentError: ``too_large`` beyond ``MAX_PART``, or as ``parse_xml``.
    """
    data = _PICTURE_DATA.sub(rb"\1", data)
    if len(data) > MAX_PART:
        raise UnreadableDocumentError("too_large", f"{what} has {len(data)} bytes, more than {MAX_PART}")
    declared = _DECLARED_ENCODING.search(data[:200])
    text, _ = decode_text(data, declared[1].decode("ascii") if declared else None)
    return parse_xml(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), what)


def parse_xml(data: bytes, what: str) -> etree._Element:
    """The root element of XML from outside: no entities, no network, libxml2's limits on depth and size kept.

    Raises UnreadableDocumentError: ``corrupt``, or ``bomb`` where the XML declares entities, which no office format
    allows; ``what`` names the part in the message.
    """
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data or "<!ENTITY".encode("utf-16-be") in data:
        raise UnreadableDocumentError("bomb", f"{what} declares entities, which are not expanded")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocumentError("corrupt", f"{what} is not well-formed XML: {error}") from error
    if root is None:
        raise UnreadableDocumentError("corrupt", f"{what} is empty")
    return root
