"""Elements and attributes of OFD's XML, as numbers and as SVG says them; names without namespaces."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from lxml import etree
from markupsafe import Markup

Element = etree._Element  # noqa: SLF001 - lxml has no other name for its elements

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_PATH = re.compile(rf"[SMLQBAC]|{_NUMBER}")
_AS_SVG = {"S": "M", "B": "C", "C": "Z"}
"""Operators of OFD's paths that SVG calls otherwise."""


def name_of(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """An element's own elements of some names."""
    return (each for each in element if name_of(each) in names)


def child(element: Element, *names: str) -> Element | None:
    return next(children(element, *names), None)


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; what is no number, or absurd, ends them."""
    found = []
    for word in (text or "").split():
        if not re.fullmatch(_NUMBER, word) or abs(float(word)) > 1e6:
            break
        found.append(float(word))
    return found


def number(text: str | None, default: float) -> float:
    """The first number of an attribute."""
    return next(iter(numbers(text)), default)


def short(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def corner(element: Element) -> str:
    """The corner of an object's boundary, as a transformation."""
    left, top = [*numbers(element.get("Boundary")), 0.0, 0.0][:2]
    return f"translate({short(left)} {short(top)})"


def matrix(element: Element) -> str:
    """An object's own matrix, as a transformation."""
    values = numbers(element.get("CTM"))
    return f"matrix({' '.join(map(short, values))})" if len(values) == 6 else ""


def together(*transformations: str) -> str:
    return " ".join(filter(None, transformations))


def path_data(element: Element) -> str:
    """The line of a path as SVG writes it."""
    own = child(element, "AbbreviatedData")  # clips and patterns of an object have some too
    data = "" if own is None else own.text or ""
    return " ".join(_AS_SVG.get(word, word) for word in _PATH.findall(data))


def attributes(**values: str | float | None) -> Markup:
    """Attributes that have a value, their names with ``-`` where Python has ``_``."""
    told = ((name.replace("_", "-"), value) for name, value in values.items() if value not in (None, ""))
    return Markup().join(
        Markup(' {}="{}"').format(name, short(value) if isinstance(value, float) else value) for name, value in told
    )


def code_text(code: Element) -> tuple[str, bool]:
    """The characters of a piece of text, blanks where none can be shown; were there such?

    Line ends are the file's layout and no characters; a character for private use has its shape in the file's font
    alone.
    """
    text = (code.text or "").replace("\r", "").replace("\n", "")
    shown = "".join(each if each.isprintable() else " " for each in text)
    return shown, any(not (each.isprintable() or each.isspace()) for each in text)


def code_places(code: Element, count: int, stretch: float) -> Markup:
    """Where each character of a piece of text stands, as attributes."""
    places: dict[str, str] = {}
    for name, advances, scale in (("x", "DeltaX", stretch), ("y", "DeltaY", 1.0)):
        start = numbers(code.get(name.upper()))
        if start:
            values = itertools.accumulate(_steps(code.get(advances), count), initial=start[0])
            places[name] = " ".join(short(value / scale) for value in values)
    return attributes(**places)


def _steps(text: str | None, most: int) -> Sequence[float]:
    """Advances between characters; ``g 4 3.5`` stands for four times 3.5."""
    steps: list[float] = []
    words = iter((text or "").split())
    for word in words:
        count = "1"
        if word == "g":
            count, word = next(words, ""), next(words, "")  # noqa: PLW2901 - the run's value is the word that counts
        value = numbers(word)
        if not value or not re.fullmatch(r"\d{1,6}", count) or len(steps) >= most:
            break
        steps += value * min(int(count), most - len(steps))
    return steps
