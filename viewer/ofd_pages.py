"""Pages of an OFD file (GB/T 33190-2016) as SVG: placed text, paths and pictures, in millimetres from the top left.

An OFD file seldom holds its fonts, so that the browser draws the text with its own.  Nothing of the file's markup is
passed on: elements are made here, numbers are numbers, texts are escaped, pictures drawn anew.  Composite objects,
clips and gradients are left out.
"""

from __future__ import annotations

import base64
import io
import itertools
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from lxml import etree
from markupsafe import Markup, escape
from PIL import Image

from gongkai.queries.page_picture import PictureError

ROOT = "OFD.xml"
MOST_BYTES = 8 * 2**20
"""Of a page as SVG; a full page of small type has 300 kB."""
_PART_BYTES = 64 * 2**20
_DEPTH = 50
_POINTS = 72 / 25.4
_DEFAULT = (0.0, 0.0, 210.0, 297.0)
_MOST_SIDE = 2000
"""Pixels of a picture on a page."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, etree.XMLSyntaxError)
_PATH = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_AS_SVG = {"S": "M", "B": "C", "C": "Z"}
"""Operators of OFD's paths that SVG calls otherwise."""

Box = tuple[float, float, float, float]
_Element = etree._Element  # noqa: SLF001 - lxml has no other name for its elements


class OfdPages:
    """The pages of a file.  Raises PictureError where it cannot be opened, or a page cannot be drawn."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lstrip("/") for name in archive.namelist()}
        bodies = self._xml(ROOT).iter("{*}DocRoot")
        documents = [_Document(self, (body.text or "").strip().lstrip("/")) for body in bodies]
        self._pages = [(document, part) for document in documents for part in document.pages]

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page, from 1, in points."""
        document, part = self._page(number)
        _, _, width, height = document.box(self._xml(part))
        return width * _POINTS, height * _POINTS

    def draw(self, number: int) -> bytes:
        """A page, from 1, as SVG."""
        document, part = self._page(number)
        root = self._xml(part)
        left, top, width, height = document.box(root)
        drawn, size = [], 0
        for piece in document.drawn(root):
            size += len(piece.encode())
            if size > MOST_BYTES:
                raise PictureError(f"page {number} of the original draws too much: more than {MOST_BYTES >> 20} MB")
            drawn.append(piece)
        head = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{}pt" height="{}pt" viewBox="{} {} {} {}">'
        ).format(*map(_short, (width * _POINTS, height * _POINTS, left, top, width, height)))
        paper = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="#fff"/>').format(left, top, width, height)
        return "".join([head, paper, *drawn, "</svg>"]).encode()

    def _page(self, number: int) -> tuple[_Document, str]:
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

    def _xml(self, name: str) -> _Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.part(name), parser)
        except etree.XMLSyntaxError as error:
            raise PictureError(f"{name!r} in the original cannot be read: {error}") from error

    def xml_of(self, name: str) -> _Element | None:
        """A part as XML; None where it is not there."""
        return self._xml(name) if name in self._names else None


class _Document:
    """One document of a file: pages, templates, fonts and pictures."""

    def __init__(self, file: OfdPages, part: str) -> None:
        self._file = file
        self._folder = posixpath.dirname(part)
        root = file.xml_of(part)
        if root is None:
            raise PictureError(f"the original lacks {part!r}")
        self._area = next(root.iter("{*}PageArea"), None)
        pages = itertools.chain.from_iterable(each for each in root if _name(each) == "Pages")
        self.pages = [self._located(page) for page in pages if _name(page) == "Page"]
        self._templates = {each.get("ID", ""): self._located(each) for each in root.iter("{*}TemplatePage")}
        self._fonts: dict[str, str] = {}
        self._media: dict[str, str] = {}
        for name in itertools.chain(root.iter("{*}PublicRes"), root.iter("{*}DocumentRes")):
            self._resources(posixpath.normpath(posixpath.join(self._folder, (name.text or "").strip())).lstrip("/"))

    def _located(self, element: _Element) -> str:
        return posixpath.normpath(posixpath.join(f"/{self._folder}", element.get("BaseLoc", ""))).lstrip("/")

    def _resources(self, part: str) -> None:
        root = self._file.xml_of(part)
        if root is None:
            return
        folder = posixpath.join(posixpath.dirname(part), root.get("BaseLoc", ""))
        self._fonts |= {font.get("ID", ""): font.get("FontName", "") for font in root.iter("{*}Font")}
        for media in root.iter("{*}MultiMedia"):
            file = next((each.text or "" for each in media.iter("{*}MediaFile")), "").strip()
            self._media[media.get("ID", "")] = posixpath.normpath(posixpath.join(f"/{folder}", file)).lstrip("/")

    def box(self, page: _Element) -> Box:
        """(left, top, width, height) of a page in millimetres."""
        own = next((each for each in page if _name(each) == "Area"), None)
        for area in (each for each in (own, self._area) if each is not None):
            for name in ("PhysicalBox", "ApplicationBox"):
                numbers = _numbers(next((each.text for each in area.iter(f"{{*}}{name}")), ""))
                if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
                    return numbers[0], numbers[1], numbers[2], numbers[3]
        return _DEFAULT

    def drawn(self, page: _Element) -> Iterator[Markup]:
        """What a page draws, above what its templates do."""
        for template in (each for each in page if _name(each) == "Template"):
            below = self._file.xml_of(self._templates.get(template.get("TemplateID", ""), ""))
            if below is not None:
                yield from self._contents(below)
        yield from self._contents(page)

    def _contents(self, root: _Element) -> Iterator[Markup]:
        for content in (each for each in root if _name(each) == "Content"):
            yield from self._container(content, 0)

    def _container(self, container: _Element, depth: int) -> Iterator[Markup]:
        for element in container:
            name = _name(element)
            if element.get("Visible") == "false" or depth > _DEPTH:
                continue
            if name in ("Layer", "PageBlock"):
                yield from self._container(element, depth + 1)
            elif name in ("TextObject", "PathObject", "ImageObject"):
                inner = {"TextObject": self._text, "PathObject": _path, "ImageObject": self._picture}[name](element)
                yield Markup('<g transform="{}">{}</g>').format(_placement(element), inner)

    def _text(self, element: _Element) -> Markup:
        size = (_numbers(element.get("Size")) or [0.0])[0]
        stretch = (_numbers(element.get("HScale")) or [1.0])[0] or 1.0
        weight = element.get("Weight", "")
        heavy = Markup(' font-weight="{}"').format(weight) if re.fullmatch(r"[1-9]00", weight) else ""
        family = re.sub(r"[^\w -]", "", self._fonts.get(element.get("Font", ""), ""))
        codes = Markup().join(_code(code, stretch) for code in element if _name(code) == "TextCode")
        return Markup(
            '<text xml:space="preserve" transform="scale({} 1)" font-size="{}" font-family="{}"{} {}>{}</text>'
        ).format(_short(stretch), _short(size), f"'{family}', serif", heavy, _painted(element, "true", "false"), codes)

    def _picture(self, element: _Element) -> Markup:
        part = self._media.get(element.get("ResourceID", ""))
        if part is None:
            return Markup()
        try:
            with Image.open(io.BytesIO(self._file.part(part))) as picture:
                picture.thumbnail((_MOST_SIDE, _MOST_SIDE))
                stream = io.BytesIO()
                picture.convert("RGBA").save(stream, "WEBP", quality=80, method=2)
        except (PictureError, OSError, ValueError, SyntaxError):
            return Markup()
        data = base64.b64encode(stream.getvalue()).decode()
        return Markup(
            '<image width="1" height="1" preserveAspectRatio="none" href="data:image/webp;base64,{}"/>'
        ).format(data)


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; what is no number, or absurd, ends them."""
    found = []
    for word in (text or "").split():
        if not re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", word) or abs(float(word)) > 1e6:
            break
        found.append(float(word))
    return found


def _short(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _placement(element: _Element) -> str:
    """The corner of an object's boundary, then its matrix."""
    left, top = [*_numbers(element.get("Boundary")), 0.0, 0.0][:2]
    matrix = _numbers(element.get("CTM"))
    told = f"translate({_short(left)} {_short(top)})"
    return told + (f" matrix({' '.join(map(_short, matrix))})" if len(matrix) == 6 else "")


def _code(code: _Element, stretch: float) -> Markup:
    """A piece of text, each character where the file places it."""
    text = "".join(each for each in code.text or "" if each.isprintable())
    places = []
    for name, advances, scale in (("x", "DeltaX", stretch), ("y", "DeltaY", 1.0)):
        start = _numbers(code.get(name.upper()))
        if start:
            steps = _steps(code.get(advances), len(text))
            values = itertools.accumulate(steps, initial=start[0])
            places.append(Markup(' {}="{}"').format(name, " ".join(_short(value / scale) for value in values)))
    return Markup("<tspan{}>{}</tspan>").format(Markup().join(places), escape(text))


def _steps(text: str | None, most: int) -> list[float]:
    """Advances between characters; ``g 4 3.5`` stands for four times 3.5."""
    steps: list[float] = []
    words = iter((text or "").split())
    for word in words:
        count = "1"
        if word == "g":
            count, word = next(words, ""), next(words, "")  # noqa: PLW2901 - the run's value is the word that counts
        number = _numbers(word)
        if not number or not re.fullmatch(r"\d{1,6}", count) or len(steps) >= most:
            break
        steps += number * min(int(count), most - len(steps))
    return steps


def _path(element: _Element) -> Markup:
    data = next((each.text or "" for each in element.iter("{*}AbbreviatedData")), "")
    drawn = " ".join(_AS_SVG.get(word, word) for word in _PATH.findall(data))
    width = (_numbers(element.get("LineWidth")) or [0.353])[0]
    painted = _painted(element, element.get("Fill", "false"), element.get("Stroke", "true"))
    return Markup('<path d="{}" stroke-width="{}" {}/>').format(drawn, _short(width), painted)


def _painted(element: _Element, fill: str, stroke: str) -> Markup:
    """The attributes of fill and stroke."""
    told = []
    for attribute, name, is_on in (("fill", "FillColor", fill), ("stroke", "StrokeColor", stroke)):
        colour = next((each for each in element if _name(each) == name), None)
        told.append(Markup('{}="{}"').format(attribute, _colour(colour) if is_on == "true" else "none"))
        alpha = _numbers(colour.get("Alpha")) if colour is not None else []
        if alpha and 0 <= alpha[0] < 255:
            told.append(Markup('{}-opacity="{}"').format(attribute, _short(alpha[0] / 255)))
    return Markup(" ").join(told)


def _colour(element: _Element | None) -> str:
    """Grey, RGB or CMYK as SVG says it; black where none is stated, nothing for a gradient."""
    if element is None:
        return "#000"
    if element.get("Value") is None and len(element):
        return "none"
    values = [min(max(value, 0.0), 255.0) for value in _numbers(element.get("Value"))]
    return f"rgb({','.join(str(round(value)) for value in _rgb(values))})"


def _rgb(values: Sequence[float]) -> Sequence[float]:
    if len(values) == 4:
        return [(255 - value) * (255 - values[3]) / 255 for value in values[:3]]
    return [*values, *values, *values][:3] if len(values) == 1 else [*values, 0, 0, 0][:3]
