"""DOCX: the package round the WordprocessingML of a document (ECMA-376 part 1, section 17).

Notes, then headers and footers (once each, page numbers aside) follow the body.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.parsing.formats.envelopes.package import Package
from gongkai.parsing.formats.word.list_numbers import ListNumbers
from gongkai.parsing.formats.word.wordml import W
from gongkai.parsing.formats.word.wordml_body import BodyReader, margin_lines, pictures_only
from gongkai.parsing.text.grid import Block, Reading

_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_DOCUMENT = "word/document.xml"


def read_docx(data: bytes) -> Reading:
    """A DOCX file's paragraphs and tables in reading order; a nested table follows the one it stands in.

    Raises UnreadableDocumentError: ``truncated``, ``corrupt``, ``encrypted``, ``too_large``.
    """
    package = Package(data, "DOCX")
    main = package.main_part(_DOCUMENT)
    root = _part(package, main)
    styles = _part(package, "word/styles.xml") if package.has("word/styles.xml") else None
    numbering = _part(package, "word/numbering.xml") if package.has("word/numbering.xml") else None
    reader = BodyReader(styles, ListNumbers(numbering, styles))
    body = root.find(f"{W}body")
    blocks = [] if body is None else list(reader.blocks(body))
    for kind, part in sorted(set(package.related(main).values())):
        if kind in ("footnotes", "endnotes") and package.has(part):
            blocks += _notes(reader, _part(package, part))
    related = sorted(set(package.related(main).values()), key=lambda relation: relation[0] != "header")
    margins = (part for kind, part in related if kind in ("header", "footer") and package.has(part))
    blocks += margin_lines(reader, (_part(package, part) for part in margins))
    if not blocks and body is not None:
        reader.doubts += pictures_only(body)
    return Reading("docx", tuple(blocks), doubts=(*reader.doubts, *reader.struck_out.doubts()), title=_title(package))


def _notes(reader: BodyReader, root: etree._Element) -> Iterator[Block]:
    """The notes of a part, the lines that part them from the body aside."""
    for note in root.iter(f"{W}footnote", f"{W}endnote"):
        if note.get(f"{W}type", "normal") == "normal":
            yield from reader.blocks(note)


def _part(package: Package, name: str) -> etree._Element:
    """A part's root, elements of the Strict variant renamed to the usual namespace."""
    root = package.xml(name)
    if str(root.tag).startswith(_STRICT_W):
        for element in root.iter(f"{_STRICT_W}*"):
            element.tag = str(element.tag).replace(_STRICT_W, W)
            for key, value in list(element.attrib.items()):
                if str(key).startswith(_STRICT_W):
                    element.set(str(key).replace(_STRICT_W, W), value)
    return root


def _title(package: Package) -> str | None:
    if not package.has("docProps/core.xml"):
        return None
    return (package.xml("docProps/core.xml").findtext(_DC_TITLE) or "").strip() or None
