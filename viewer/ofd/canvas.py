"""What a page, template, annotation or composite unit draws, as SVG in millimetres.

Elements are made here, numbers are numbers, texts are escaped, pictures drawn anew: nothing of the file's markup is
passed on.  An OFD file seldom holds its fonts, so that the browser draws texts with its own.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator
from typing import Literal

from markupsafe import Markup, escape
from PIL import Image

from gongkai.queries.page_picture import PictureError
from gongkai.viewer.ofd.colours import NotDrawnError, gradient, opacity, plain
from gongkai.viewer.ofd.elements import (
    Element,
    attributes,
    child,
    children,
    code_places,
    code_text,
    corner,
    matrix,
    name_of,
    number,
    numbers,
    path_data,
    short,
    together,
)
from gongkai.viewer.ofd.resources import Resources, Style

LeftOut = Literal[
    "blocks within blocks",
    "borders and masks of pictures",
    "characters of the file's own fonts",
    "clips",
    "composite objects",
    "gradients",
    "patterns",
    "pictures",
    "seals",
    "templates",
]
"""What of a page may not be drawn."""
MOST_BYTES = 8 * 2**20
"""Of a page as SVG; a full page of small type has 300 kB."""
_DEPTH = 50
_MOST_SIDE = 2000
"""Pixels of a picture on a page."""
_OBJECTS = ("TextObject", "PathObject", "ImageObject", "CompositeObject")
_LINE_ENDS = {"Round": "round", "Square": "square"}
_CORNERS = {"Round": "round", "Bevel": "bevel"}
_MITER = 4.234


class Canvas:
    """A page being drawn; ``left_out`` says what of it is not.  Methods raise PictureError where it is too much."""

    def __init__(self, resources: Resources, read: Callable[[str], bytes]) -> None:
        self._resources = resources
        self._read = read
        self._bytes = 0
        self._definitions: list[Markup] = []
        self.left_out: set[LeftOut] = set()

    def contents(self, root: Element) -> Iterator[Markup]:
        """What the layers of a page or template draw."""
        for content in children(root, "Content"):
            yield from self.block(content)

    def block(self, container: Element, layer: tuple[Element, ...] = (), depth: int = 0) -> Iterator[Markup]:
        """What a block draws, on a layer whose drawing parameters its objects rest on."""
        if depth > _DEPTH:
            self.left_out.add("blocks within blocks")
            return
        for element in container:
            name = name_of(element)
            if element.get("Visible") == "false":
                continue
            if name in ("Layer", "PageBlock"):
                own = self._resources.parameters(element.get("DrawParam"))
                yield from self.block(element, (*own, *layer), depth + 1)
            elif name in _OBJECTS:
                yield from self._object(element, layer, depth)

    def definitions(self) -> Markup:
        """What the drawn refers to."""
        return Markup("<defs>{}</defs>").format(Markup().join(self._definitions)) if self._definitions else Markup()

    def _told(self, markup: Markup) -> Markup:
        """What is drawn, where there is room for it."""
        self._bytes += len(markup.encode())
        if self._bytes > MOST_BYTES:
            raise PictureError(f"a page of the original draws too much: more than {MOST_BYTES >> 20} MB")
        return markup

    def _object(self, element: Element, layer: tuple[Element, ...], depth: int) -> Iterator[Markup]:
        style = Style([element, *self._resources.parameters(element.get("DrawParam")), *layer])
        yield self._told(self._opening(element, number(style.get("Alpha"), 255)))
        match name_of(element):
            case "TextObject":
                yield self._told(self._text(element, style, depth))
            case "PathObject":
                yield self._told(self._path(element, style, depth))
            case "ImageObject":
                yield self._told(self._picture(element))
            case _:
                yield from self._composite(element, layer, depth)
        yield Markup("</g></g>")

    def _opening(self, element: Element, alpha: float) -> Markup:
        """An object's place, and within it its own space; clips are told in the latter unless they say otherwise."""
        clips = child(element, "Clips")
        clip = Markup() if clips is None else self._clip(clips)
        outside = clip if clips is not None and clips.get("TransFlag") == "false" else Markup()
        return Markup('<g transform="{}"{}{}><g{}{}>').format(
            corner(element), attributes(opacity=alpha / 255 if 0 <= alpha < 255 else None), outside,
            attributes(transform=matrix(element)), Markup() if outside else clip,
        )  # fmt: skip

    def _composite(self, element: Element, layer: tuple[Element, ...], depth: int) -> Iterator[Markup]:
        """A unit of the resources, cut at its own width and height."""
        unit = self._resources.units.get(element.get("ResourceID", ""))
        content = None if unit is None else child(unit, "Content")
        if unit is None or content is None:
            self.left_out.add("composite objects")
            return
        width, height = number(unit.get("Width"), 0.0), number(unit.get("Height"), 0.0)
        sides = attributes(width=width, height=height)
        shape = Markup('<clipPath id="{{}}"><rect{}/></clipPath>').format(sides)
        cut = self._defined(shape.format) if width > 0 < height else None
        yield self._told(Markup("<g{}>").format(attributes(clip_path=cut)))
        yield from self.block(content, layer, depth + 1)
        yield Markup("</g>")

    def _defined(self, make: Callable[[str], Markup]) -> str:
        """A thing that others refer to, made under a new name: the reference."""
        name = f"n{len(self._definitions)}"
        self._definitions.append(self._told(make(name)))
        return f"url(#{name})"

    def _clip(self, clips: Element) -> Markup:
        """The attribute of what all clips leave to be seen; each leaves what any of its areas covers."""
        last = ""
        for clip in children(clips, "Clip"):
            areas = [self._area(area) for area in children(clip, "Area")]
            if not any(areas):
                self.left_out.add("clips")
                continue
            shape = Markup('<clipPath id="{{}}"{}>{}</clipPath>').format(
                attributes(clip_path=last), Markup().join(areas)
            )
            last = self._defined(shape.format)
        return attributes(clip_path=last)

    def _area(self, area: Element) -> Markup:
        shape = child(area, "Path", "Text")
        if shape is None:
            return Markup()
        placed = together(matrix(area), corner(shape), matrix(shape))
        if name_of(shape) == "Text":
            return self._letters(shape, placed, Markup())
        rule = "evenodd" if shape.get("Rule") == "Even-Odd" else None
        return Markup('<path d="{}"{}/>').format(path_data(shape), attributes(transform=placed, clip_rule=rule))

    def _text(self, element: Element, style: Style, depth: int) -> Markup:
        return self._letters(element, "", self._painted(style, ("true", "false"), ("#000", "none"), depth))

    def _letters(self, element: Element, placed: str, painted: Markup) -> Markup:
        """The characters of a text, each where the file places it."""
        stretch = number(element.get("HScale"), 1.0) or 1.0
        codes = []
        for code in children(element, "TextCode"):
            text, lacks = code_text(code)
            if lacks:
                self.left_out.add("characters of the file's own fonts")
            codes.append(Markup("<tspan{}>{}</tspan>").format(code_places(code, len(text), stretch), escape(text)))
        family = re.sub(r"[^\w -]", "", self._resources.fonts.get(element.get("Font", ""), ""))
        weight, turned = element.get("Weight", ""), number(element.get("CharDirection"), 0.0)
        told = attributes(
            transform=together(placed, f"scale({short(stretch)} 1)"),
            font_size=short(number(element.get("Size"), 0.0)),
            font_family=f"'{family}', serif",
            font_weight=weight if re.fullmatch(r"[1-9]00", weight) else None,
            font_style="italic" if element.get("Italic") == "true" else None,
            rotate=turned or None,
        )
        return Markup('<text xml:space="preserve"{}{}>{}</text>').format(told, painted, Markup().join(codes))

    def _path(self, element: Element, style: Style, depth: int) -> Markup:
        told = attributes(
            d=path_data(element),
            fill_rule="evenodd" if element.get("Rule") == "Even-Odd" else None,
            stroke_width=number(style.get("LineWidth"), 0.353),
            stroke_linecap=_LINE_ENDS.get(style.get("Cap") or ""),
            stroke_linejoin=_CORNERS.get(style.get("Join") or ""),
            stroke_miterlimit=max(number(style.get("MiterLimit"), _MITER), 1.0),
            stroke_dasharray=" ".join(short(abs(each)) for each in numbers(style.get("DashPattern"))),
            stroke_dashoffset=number(style.get("DashOffset"), 0.0) or None,
        )
        switched = element.get("Fill", "false"), element.get("Stroke", "true")
        return Markup("<path{}{}/>").format(told, self._painted(style, switched, ("none", "#000"), depth))

    def _painted(self, style: Style, switched: tuple[str, str], unstated: tuple[str, str], depth: int) -> Markup:
        """The attributes of fill and stroke, each where it is switched on."""
        told = Markup()
        for attribute, on, default in zip(("fill", "stroke"), switched, unstated, strict=True):
            colour = style.colour(f"{attribute.title()}Color")
            shown = default if colour is None else self._colour(colour, depth)
            told += attributes(**{attribute: shown if on == "true" else "none"})
            told += attributes(**{f"{attribute}_opacity": opacity(colour) if on == "true" else None})
        return told

    def _colour(self, colour: Element, depth: int) -> str:
        """A colour, or what is drawn in its place; nothing where that is left out."""
        shading = child(colour, "AxialShd", "RadialShd")
        pattern = child(colour, "Pattern")
        try:
            if shading is not None:
                return self._defined(lambda name: gradient(shading, name, self._resources))
            if pattern is not None:
                return self._pattern(pattern, depth)
        except NotDrawnError:
            self.left_out.add("gradients")
            return "none"
        if child(colour, "GouraudShd", "LaGouraudShd", "LaGourandShd") is not None:
            self.left_out.add("gradients")
            return "none"
        return plain(colour, self._resources)

    def _pattern(self, pattern: Element, depth: int) -> str:
        """A cell that is drawn again and again from the corner of the object; mirrored ones are left out."""
        width, height = number(pattern.get("Width"), 0.0), number(pattern.get("Height"), 0.0)
        across, down = number(pattern.get("XStep"), width), number(pattern.get("YStep"), height)
        cell = child(pattern, "CellContent")
        plainly = pattern.get("ReflectMethod", "Normal") == "Normal" and pattern.get("RelativeTo", "Object") == "Object"
        if cell is None or not plainly or min(width, height) <= 0 or across < width or down < height:
            self.left_out.add("patterns")
            return "none"
        told = attributes(width=across, height=down, patternTransform=matrix(pattern))
        content = Markup().join(self.block(cell, depth=depth + 1))
        shape = Markup('<pattern id="{{}}" patternUnits="userSpaceOnUse"{}>{}</pattern>').format(told, content)
        return self._defined(shape.format)

    def _picture(self, element: Element) -> Markup:
        if child(element, "Border") is not None or element.get("ImageMask"):
            self.left_out.add("borders and masks of pictures")
        part = self._resources.media.get(element.get("ResourceID", ""), "")
        try:
            with Image.open(io.BytesIO(self._read(part))) as picture:
                picture.thumbnail((_MOST_SIDE, _MOST_SIDE))
                stream = io.BytesIO()
                picture.convert("RGBA").save(stream, "WEBP", quality=80, method=2)
        except (PictureError, OSError, ValueError, SyntaxError):
            self.left_out.add("pictures")
            return Markup()
        data = base64.b64encode(stream.getvalue()).decode()
        return Markup(
            '<image width="1" height="1" preserveAspectRatio="none" href="data:image/webp;base64,{}"/>'
        ).format(data)
