"""OFD, the national fixed-layout format (GB/T 33190-2016): placed characters and drawn lines to grids and lines.

A file is a ZIP package of XML; lengths are millimetres from the top left of the page.
"""

from __future__ import annotations

import posixpath

from lxml import etree

from gongkai.parsing.formats.envelopes.package import Package
from gongkai.parsing.formats.layout.words import NO_WORDS, TableWords
from gongkai.parsing.formats.ofd.elements import child, local_name, named, text_of
from gongkai.parsing.formats.ofd.page import MAX_OBJECTS, OverfullError, Page, page_box
from gongkai.parsing.text.grid import Block, Doubt, Reading, UnreadableDocumentError

MAX_PAGES = 3_000
"""Pages read of one file."""

MAX_OBJECTS_OF_FILE = 5_000_000
"""Characters and line segments of all pages; a file of 300 pages has a tenth of it."""

_DEFAULT_PAGE = (0.0, 0.0, 210.0, 297.0)


def read_ofd(data: bytes, words: TableWords = NO_WORDS) -> Reading:
    """An OFD file's lines and grids with their pages and boxes (points); ``words`` tell unruled tables.

    Raises UnreadableDocumentError: ``truncated``, ``corrupt``, ``encrypted``, ``bomb``, ``too_large``.
    """
    package = Package(data, "OFD")
    if package.has("Encryptions.xml"):
        raise UnreadableDocumentError("encrypted", "the OFD file is encrypted with a key that is not known")
    root = package.xml("OFD.xml")
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    count = 0
    for body in named(root, "DocBody"):
        document = _Document(package, text_of(body, "DocRoot"), words)
        for part in document.pages():
            count += 1
            if count <= MAX_PAGES:
                found, doubtful = document.read_page(part, count)
                blocks += found
                doubts += doubtful
    if count == 0:
        raise UnreadableDocumentError("corrupt", "the OFD file has no pages")
    if count > MAX_PAGES:
        doubts.append(Doubt("too_many_pages", f"the OFD file has {count} pages; the first {MAX_PAGES} were read"))
    return Reading("ofd", tuple(blocks), pages=count, doubts=tuple(doubts), title=text_of(root, "Title") or None)


class _Document:
    """One document of a file: its pages, and the templates they lie on."""

    def __init__(self, package: Package, part: str, words: TableWords) -> None:
        self._package = package
        self._words = words
        self._part = part.lstrip("/")
        self._root = package.xml(self._part)
        area = next(named(self._root, "PageArea"), None)
        self._box = page_box(area) or _DEFAULT_PAGE
        self._templates = {
            template.get("ID", ""): self._located(template) for template in named(self._root, "TemplatePage")
        }
        self._opened: dict[str, etree._Element] = {}
        self._objects = 0

    def _located(self, element: etree._Element) -> str:
        """The part an element's ``BaseLoc`` names, relative to the document's folder."""
        location = element.get("BaseLoc", "")
        if location.startswith("/"):
            return location.lstrip("/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._part), location))

    def _template(self, identifier: str) -> etree._Element | None:
        part = self._templates.get(identifier)
        if part is None or not self._package.has(part):
            return None
        if part not in self._opened:
            self._opened[part] = self._package.xml(part)
        return self._opened[part]

    def pages(self) -> list[str]:
        """The parts of the pages in order."""
        pages = child(self._root, "Pages")
        return [] if pages is None else [self._located(page) for page in pages if local_name(page) == "Page"]

    def read_page(self, part: str, number: int) -> tuple[list[Block], list[Doubt]]:
        """A page's blocks; one that cannot be read is a doubt and costs the others nothing."""
        try:
            root = self._package.xml(part)
        except UnreadableDocumentError as error:
            if error.kind in ("bomb", "too_large"):
                raise
            return [], [Doubt("corrupt_page", f"the page cannot be read: {error}", number)]
        page = Page(page_box(child(root, "Area")) or self._box)
        try:
            for template in (element for element in root if local_name(element) == "Template"):
                if (below := self._template(template.get("TemplateID", ""))) is not None:
                    page.draw(below)
            page.draw(root)
        except OverfullError:
            if self._objects > MAX_OBJECTS_OF_FILE:
                raise self._bomb() from None
            reason = f"the page holds more than {MAX_OBJECTS} characters and lines; it was not read"
            return [], [Doubt("overfull_page", reason, number)]
        finally:
            self._objects += page.objects
        if self._objects > MAX_OBJECTS_OF_FILE:
            raise self._bomb()
        return page.blocks(number, self._words)

    def _bomb(self) -> UnreadableDocumentError:
        reason = f"the OFD file draws more than {MAX_OBJECTS_OF_FILE} characters and lines"
        return UnreadableDocumentError("bomb", reason)
