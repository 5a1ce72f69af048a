"""Word documents saved as one XML file: that of Word 2003 (WordprocessingML 2003), and the flat package of later ones.

Both become what ``docx`` reads: the elements of 2003 are renamed to those of ECMA-376, the flat package is zipped.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from gongkai.parsing.formats.envelopes.package import parse_flat_xml
from gongkai.parsing.formats.word.docx import read_docx
from gongkai.parsing.formats.word.wordml import WORDML
from gongkai.parsing.formats.word.wordml_body import BodyReader, margin_lines, pictures_only
from gongkai.parsing.text.grid import Block, Reading, UnreadableDocumentError

NAMESPACE = "http://schemas.microsoft.com/office/word/2003/wordml"
FLAT_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"

_OLD, _W, _FLAT = f"{{{NAMESPACE}}}", f"{{{WORDML}}}", f"{{{FLAT_PACKAGE}}}"
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}"
_TITLE = "{urn:schemas-microsoft-com:office:office}Title"

_RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge", "hlink": "hyperlink"}
_WRAPPER = f"{_W}smartTag"
"""Elements that ``docx`` looks through, wherever they stand."""


def read_word_xml(data: bytes) -> Reading:
    """A Word XML file's paragraphs and tables, as ``docx.read_docx`` gives them.

    Raises UnreadableDocumentError: ``corrupt``, ``bomb`` (entities), ``too_large``.
    """
    root = parse_flat_xml(data, "the Word XML file")
    if root.tag == f"{_FLAT}package":
        return _of_format(read_docx(_zipped(root)))
    if root.tag != f"{_OLD}wordDocument":
        raise UnreadableDocumentError("corrupt", f"the Word XML file has the root {str(root.tag)!r}")
    title = (root.findtext(f".//{_TITLE}") or "").strip() or None
    _modernise(root)
    aside = {name: _taken(root, name) for name in ("footnote", "endnote", "hdr", "ftr")}
    reader = BodyReader(root.find(f"{_W}styles"))
    body = root.find(f"{_W}body")
    blocks: list[Block] = [] if body is None else list(reader.blocks(body))
    for note in (*aside["footnote"], *aside["endnote"]):
        blocks += reader.blocks(note)
    blocks += margin_lines(reader, [*aside["hdr"], *aside["ftr"]])
    if not blocks and body is not None:
        reader.doubts += pictures_only(body)
    return Reading("word_xml", tuple(blocks), doubts=(*reader.doubts, *reader.struck_out.doubts()), title=title)


def _of_format(reading: Reading) -> Reading:
    return Reading("word_xml", reading.blocks, doubts=reading.doubts, title=reading.title)


def _zipped(root: etree._Element) -> bytes:
    """A flat package as a package; parts that are no XML (pictures) are left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in root.iterfind(f"{_FLAT}part"):
            content = part.find(f"{_FLAT}xmlData")
            if content is not None and len(content):
                archive.writestr(part.get(f"{_FLAT}name", "").lstrip("/"), etree.tostring(content[0], with_tail=False))
    return out.getvalue()


def _modernise(root: etree._Element) -> None:
    """Rename elements and attributes to those of ECMA-376; what a tracked change deleted is taken out."""
    for element in list(root.iter(f"{_OLD}*", f"{_HINT}*", f"{_ANNOTATION}*")):
        name = etree.QName(element).localname
        if str(element.tag).startswith(_OLD):
            element.tag = _W + _RENAMED.get(name, name)
            _rename_attributes(element)
        elif name == "annotation" and element.get(f"{_OLD}type") == "Word.Deletion":
            _delete(element)
        else:
            element.tag = _WRAPPER


def _rename_attributes(element: etree._Element) -> None:
    for key, value in element.attrib.items():
        if str(key).startswith(_OLD):
            element.set(str(key).replace(_OLD, _W), "textWrapping" if value == "text-wrapping" else value)


def _delete(annotation: etree._Element) -> None:
    """Empty a deletion; in a row's properties it says that the row is deleted."""
    parent = annotation.getparent()
    for child in list(annotation):
        annotation.remove(child)
    is_of_row = parent is not None and etree.QName(parent).localname == "trPr"
    annotation.tag = f"{_W}del" if is_of_row else _WRAPPER


def _taken(root: etree._Element, name: str) -> list[etree._Element]:
    """Notes, headers or footers, which stand within the body, out of it."""
    return list(_detached(list(root.iter(_W + name))))


def _detached(elements: list[etree._Element]) -> Iterator[etree._Element]:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            element.tail = None
            parent.remove(element)
            yield element
