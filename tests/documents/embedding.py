"""Word documents with objects in them, for tests."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx_with(objects: Mapping[str, tuple[str, bytes]]) -> bytes:
    """A DOCX file that refers to objects, given by name as (last word of the relation's type, bytes)."""
    relations = "".join(
        f'<Relationship Id="r{index}" Type="x/{kind}" Target="embeddings/{name}"/>'
        for index, (name, (kind, _)) in enumerate(objects.items())
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        body = f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>见附表</w:t></w:r></w:p></w:body></w:document>'
        archive.writestr("word/document.xml", body)
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
        )
        for name, (_, content) in objects.items():
            archive.writestr(f"word/embeddings/{name}", content)
    return out.getvalue()


def packaged(name: str, content: bytes) -> bytes:
    """The stream of a file that was dropped into a document."""
    path = f"C:\\{name}".encode("gb18030") + b"\0"
    head = b"\2\0" + name.encode("gb18030") + b"\0" + path + b"\0\0\3\0" + struct.pack("<I", len(path)) + path
    body = head + struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(body)) + body
