"""What objects of a page name by number: fonts, pictures, composite units, drawing parameters, palettes of colours."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable

from gongkai.viewer.ofd.elements import Element, children, name_of

_RELATIVES = 10
"""Drawing parameters that may rest on one another."""


def located(folder: str, name: str | None) -> str:
    """The part that a name stands for in a folder; one that begins with ``/`` is told from the file's root."""
    return posixpath.normpath(posixpath.join(f"/{folder}", (name or "").strip())).lstrip("/")


class Resources:
    """Those of a document, or of a page over those of its document."""

    def __init__(self, under: Resources | None = None) -> None:
        self.fonts: dict[str, str] = dict(under.fonts) if under else {}
        self.media: dict[str, str] = dict(under.media) if under else {}
        self.units: dict[str, Element] = dict(under.units) if under else {}
        self.drawing_parameters: dict[str, Element] = dict(under.drawing_parameters) if under else {}
        self.spaces: dict[str, Element] = dict(under.spaces) if under else {}

    def add(self, parts: Iterable[str], read: Callable[[str], Element | None]) -> Resources:
        """With what the parts of a file hold; one that is not there holds nothing."""
        for part in parts:
            root = read(part)
            if root is not None:
                self._add(root, located(posixpath.dirname(part), root.get("BaseLoc")))
        return self

    def _add(self, root: Element, folder: str) -> None:
        for each in root.iter("{*}Font", "{*}MultiMedia", "{*}CompositeGraphicUnit", "{*}DrawParam", "{*}ColorSpace"):
            number = each.get("ID", "")
            match name_of(each):
                case "Font":
                    self.fonts[number] = each.get("FontName", "")
                case "MultiMedia":
                    file = next((inner.text for inner in each.iter("{*}MediaFile")), None)
                    self.media[number] = located(folder, file)
                case "CompositeGraphicUnit":
                    self.units[number] = each
                case "DrawParam":
                    self.drawing_parameters[number] = each
                case _:
                    self.spaces[number] = each

    def parameters(self, number: str | None) -> list[Element]:
        """A drawing parameter, then what it rests on."""
        found: list[Element] = []
        while len(found) < _RELATIVES and (parameter := self.drawing_parameters.get(number or "")) is not None:
            found.append(parameter)
            number = parameter.get("Relative")
        return found


class Style:
    """An object, what it rests on in turn, and what its layer does: the first that states a value counts."""

    def __init__(self, sources: list[Element]) -> None:
        self._sources = sources

    def get(self, name: str) -> str | None:
        return next((told for each in self._sources if (told := each.get(name)) is not None), None)

    def colour(self, name: str) -> Element | None:
        return next((told for each in self._sources for told in children(each, name)), None)
