"""Elements of WordprocessingML: names, values, wrappers, and the heading levels of styles."""

from __future__ import annotations

from lxml import etree

WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORDML}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

TRANSPARENT = {
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
}
"""Elements that only wrap their content."""


def heading_levels(styles: etree._Element) -> dict[str, int]:
    """Style id to heading level (1 = highest), the level taken from the style it is based on where it has none."""
    outline: dict[str, int] = {}
    parents: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        level = value_of(style.find(f"{W}pPr/{W}outlineLvl"))
        if level is not None:
            outline[name] = int(level) if level.isdigit() else 9
        if (parent := value_of(style.find(f"{W}basedOn"))) is not None:
            parents[name] = parent
    levels = {}
    for name in {*outline, *parents}:
        base, seen = name, {name}
        while base not in outline and base in parents and parents[base] not in seen:
            base = parents[base]
            seen.add(base)
        if outline.get(base, 9) < 9:
            levels[name] = outline[base] + 1
    return levels


def value_of(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def is_on(element: etree._Element | None) -> bool:
    """A switch of Word's: present without value is on."""
    return element is not None and value_of(element) not in ("0", "false", "off", "none")


def number_of(element: etree._Element | None) -> int:
    """A count such as gridSpan, 0 where absent or not a number."""
    value = value_of(element) or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0


def alternative(element: etree._Element) -> etree._Element:
    """The content a current Word shows of alternatives: the first choice, else the fallback."""
    for name in ("Choice", "Fallback"):
        if (found := element.find(f"{MC}{name}")) is not None:
            return found
    return element
