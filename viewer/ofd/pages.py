"""The pages of an OFD file (GB/T 33190-2016) as SVG: a file, its documents, what lies on a page and what is left out.

A page that is not drawn wholly says so on itself, in both languages.  Left out are gradients between the corners of
triangles, patterns that are mirrored, borders and masks of pictures, seals of signatures, and what the file lacks.
"""

from __future__ import annotations

import itertools
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree
from markupsafe import Markup

from gongkai.queries.page_picture import PictureError
from gongkai.viewer.ofd.canvas import Canvas
from gongkai.viewer.ofd.elements import Element, attributes, child, children, corner, numbers, short
from gongkai.viewer.ofd.resources import Resources, located
from gongkai.vocabulary.languages import in_chinese

ROOT = "OFD.xml"
_PART_BYTES = 64 * 2**20
_POINTS = 72 / 25.4
_DEFAULT = (0.0, 0.0, 210.0, 297.0)
_NOTE = 4.0
"""Millimetres of the note at the foot of a page that is not drawn wholly."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, etree.XMLSyntaxError)

Box = tuple[float, float, float, float]


class OfdPages:
    """The pages of a file.  Raises PictureError where it cannot be opened, or a page cannot be drawn."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lstrip("/") for name in archive.namelist()}
        documents = [_Document(self, body) for body in self._xml(ROOT).iter("{*}DocBody")]
        self._pages = [(document, page) for document in documents for page in document.pages]

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page, from 1, in points."""
        document, page = self._page(number)
        _, _, width, height = document.box(self._xml(document.part_of(page)))
        return width * _POINTS, height * _POINTS

    def draw(self, number: int) -> bytes:
        """A page, from 1, as SVG."""
        document, page = self._page(number)
        root = self._xml(document.part_of(page))
        left, top, width, height = document.box(root)
        canvas = document.canvas(root)
        drawn = list(document.drawn(root, page.get("ID", ""), canvas))
        head = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{}pt" height="{}pt" viewBox="{} {} {} {}">'
        ).format(*map(short, (width * _POINTS, height * _POINTS, left, top, width, height)))
        paper = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="#fff"/>').format(left, top, width, height)
        note = _note(sorted(canvas.left_out), (left, top, width, height)) if canvas.left_out else ""
        return "".join([head, canvas.definitions(), paper, *drawn, note, "</svg>"]).encode()

    def _page(self, number: int) -> tuple[_Document, Element]:
        if not 1 <= number <= len(self._pages):
            raise PictureError(f"the original has no page {number}")
        return self._pages[number - 1]

    def part(self, name: str) -> bytes:
        """The bytes of a part of the file."""
        try:
            info = self._archive.getinfo(name if name in self._archive.NameToInfo else f"/{name}")
            if info.file_size > _PART_BYTES:
                raise PictureError(f"{name!r} in the original is too large to draw")
            return self._archive.read(info)
        except _DAMAGED as error:
            raise PictureError(f"{name!r} in the original cannot be read: {error}") from error

    def _xml(self, name: str) -> Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.part(name), parser)
        except etree.XMLSyntaxError as error:
            raise PictureError(f"{name!r} in the original cannot be read: {error}") from error

    def xml_of(self, name: str) -> Element | None:
        """A part as XML; None where it is not there."""
        return self._xml(name) if name in self._names else None


class _Document:
    """One document of a file: pages, templates, annotations, what is sealed."""

    def __init__(self, file: OfdPages, body: Element) -> None:
        self._file = file
        part = next((each.text or "" for each in body.iter("{*}DocRoot")), "").strip().lstrip("/")
        self._folder = posixpath.dirname(part)
        root = file.xml_of(part)
        if root is None:
            raise PictureError(f"the original lacks {part!r}")
        self._area = next(root.iter("{*}PageArea"), None)
        self.pages = [page for pages in children(root, "Pages") for page in children(pages, "Page")]
        self._templates = {each.get("ID", ""): self.part_of(each) for each in root.iter("{*}TemplatePage")}
        common = (located(self._folder, each.text) for each in root.iter("{*}PublicRes", "{*}DocumentRes"))
        self._resources = Resources().add(common, file.xml_of)
        self._annotations = [located(self._folder, each.text) for each in children(root, "Annotations")]
        self._signatures = [located("", each.text) for each in children(body, "Signatures")]

    def part_of(self, element: Element) -> str:
        """The part that a page or template is kept in."""
        return located(self._folder, element.get("BaseLoc"))

    def box(self, page: Element) -> Box:
        """(left, top, width, height) of a page in millimetres."""
        for area in (each for each in (child(page, "Area"), self._area) if each is not None):
            for name in ("PhysicalBox", "ApplicationBox"):
                values = numbers(next((each.text for each in area.iter(f"{{*}}{name}")), ""))
                if len(values) == 4 and values[2] > 0 and values[3] > 0:
                    return values[0], values[1], values[2], values[3]
        return _DEFAULT

    def canvas(self, page: Element) -> Canvas:
        """An empty canvas for a page, its own resources over the document's."""
        own = (located(self._folder, each.text) for each in children(page, "PageRes"))
        return Canvas(Resources(self._resources).add(own, self._file.xml_of), self._file.part)

    def drawn(self, page: Element, identifier: str, canvas: Canvas) -> Iterator[Markup]:
        """What a page draws between its templates, and the annotations on it."""
        templates = list(children(page, "Template"))
        for template in (each for each in templates if each.get("ZOrder") != "Foreground"):
            yield from self._template(template, canvas)
        yield from canvas.contents(page)
        for template in (each for each in templates if each.get("ZOrder") == "Foreground"):
            yield from self._template(template, canvas)
        for part in self._annotations:
            yield from self._annotated(part, identifier, canvas)
        if any(self._seals(part, identifier) for part in self._signatures):
            canvas.left_out.add("seals")

    def _template(self, template: Element, canvas: Canvas) -> Iterator[Markup]:
        root = self._file.xml_of(self._templates.get(template.get("TemplateID", ""), ""))
        if root is None:
            canvas.left_out.add("templates")
        else:
            yield from canvas.contents(root)

    def _annotated(self, part: str, identifier: str, canvas: Canvas) -> Iterator[Markup]:
        for annotation in self._listed(part, ("Page", "PageID", identifier), "FileLoc"):
            for appearance in annotation.iter("{*}Appearance"):
                above = appearance.getparent()
                if above is not None and above.get("Visible") != "false":
                    yield Markup("<g{}>").format(attributes(transform=corner(appearance)))
                    yield from canvas.block(appearance)
                    yield Markup("</g>")

    def _seals(self, part: str, identifier: str) -> bool:
        root = self._file.xml_of(part)
        signatures = [] if root is None else root.iter("{*}Signature")
        named = (located(posixpath.dirname(part), each.get("BaseLoc")) for each in signatures)
        stamps = (each.iter("{*}StampAnnot") for name in named if (each := self._file.xml_of(name)) is not None)
        return any(stamp.get("PageRef") == identifier for stamp in itertools.chain.from_iterable(stamps))

    def _listed(self, part: str, wanted: tuple[str, str, str], location: str) -> Iterator[Element]:
        """The parts that a list names for a page."""
        name, attribute, identifier = wanted
        root = self._file.xml_of(part)
        for each in () if root is None else children(root, name):
            for place in children(each, location) if each.get(attribute) == identifier else ():
                found = self._file.xml_of(located(posixpath.dirname(part), place.text))
                if found is not None:
                    yield found


def _note(left_out: list[str], box: Box) -> Markup:
    """What is not drawn, at the foot of the page, in both languages."""
    left, top, width, height = box
    english = f"Parts of this page are not drawn: {', '.join(left_out)}."
    chinese = in_chinese("Parts of this page are not drawn: {}.").format("、".join(map(in_chinese, left_out)))
    size = min(_NOTE * 0.6, width / 40, height / 10)
    told = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="#fff3cd" fill-opacity="0.9"/>').format(
        short(left), short(top + height - 3 * size), short(width), short(3 * size)
    )
    for line, text in ((1.75, chinese), (0.5, english)):
        told += Markup('<text x="{}" y="{}" font-size="{}" font-family="sans-serif" fill="#664d03">{}</text>').format(
            short(left + size), short(top + height - line * size), short(size), text
        )
    return told
