"""Elements and attributes of OFD's XML; names without namespaces, since writers use several."""

from __future__ import annotations

import math
from collections.abc import Iterator

from lxml import etree


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace: writers use several."""
    return str(element.tag).rsplit("}", 1)[-1]


def named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (inner for inner in element.iter("{*}" + name))


def child(element: etree._Element, name: str) -> etree._Element | None:
    return next((inner for inner in element if local_name(inner) == name), None)


def text_of(element: etree._Element, name: str) -> str:
    return next(((inner.text or "").strip() for inner in named(element, name)), "")


def numbers_of(text: str | None) -> list[float]:
    """The numbers of an attribute such as ``Boundary``; what is no number ends them."""
    found = []
    for word in (text or "").split():
        try:
            number = float(word)
        except ValueError:
            break
        if not math.isfinite(number) or abs(number) > 1e6:
            break
        found.append(number)
    return found
