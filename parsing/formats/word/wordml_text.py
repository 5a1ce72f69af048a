"""The text of a paragraph of WordprocessingML as printed.

Deleted and moved-away text of tracked changes, hidden text and field codes are left out, struck text is marked;
inserted text is in, and text boxes are put aside.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from lxml import etree

from gongkai.parsing.formats.word.strikes import Strikes
from gongkai.parsing.formats.word.wordml import MC, TRANSPARENT, W, alternative, is_on, value_of
from gongkai.parsing.text.raised import raised
from gongkai.parsing.text.struck_out import struck

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

_CARRIERS = TRANSPARENT | {f"{W}{name}" for name in ("drawing", "pict", "object", "ruby", "rubyBase")}
"""Elements within a line that carry text: wrappers, pictures with text boxes, ruby with its base text."""


@dataclasses.dataclass(slots=True)
class Text:
    """The text of one paragraph, and what floats in it (text boxes), in document order."""

    strikes: Strikes
    style: str | None = None
    """The paragraph's."""
    parts: list[str] = dataclasses.field(default_factory=list)
    boxes: list[etree._Element] = dataclasses.field(default_factory=list)
    field_codes: list[bool] = dataclasses.field(default_factory=list)
    """For each field that is open: whether its code, which is not printed, is still going on."""


def _symbol(element: etree._Element) -> str:
    """A character given by its code in a symbol font."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFF else ""


def _break(element: etree._Element) -> str:
    """A line break; page and column breaks print nothing."""
    return "\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else ""


_SIGNS: dict[str, Callable[[etree._Element], str]] = {
    f"{W}tab": lambda _: "\t",
    f"{W}cr": lambda _: "\n",
    f"{W}noBreakHyphen": lambda _: "-",
    f"{W}br": _break,
    f"{W}sym": _symbol,
}


def collect(element: etree._Element, text: Text) -> None:
    """Add the text below an element as printed; text boxes are put aside."""
    for child in element:
        tag = child.tag
        if tag == f"{W}r":
            if not is_on(child.find(f"{W}rPr/{W}vanish")):
                _collect_run(child, text)
        elif tag in (f"{W}t", _MATH_TEXT):
            if not any(text.field_codes):
                text.parts.append(child.text or "")
        elif tag in _SIGNS:
            text.parts.append(_SIGNS[str(tag)](child))
        elif tag == f"{W}fldChar":
            _field(child, text)
        elif tag == f"{W}txbxContent":
            text.boxes.append(child)
        elif tag == f"{MC}AlternateContent":
            collect(alternative(child), text)
        elif tag in _CARRIERS or not str(tag).startswith(W):
            collect(child, text)


def _collect_run(run: etree._Element, text: Text) -> None:
    start = len(text.parts)
    collect(run, text)
    if value_of(run.find(f"{W}rPr/{W}vertAlign")) == "superscript":
        text.parts[start:] = [raised("".join(text.parts[start:]))]
    if text.strikes.strike(run, text.style):
        text.parts[start:] = [struck("".join(text.parts[start:]))]


def _field(mark: etree._Element, text: Text) -> None:
    """Between the begin and the separator of a field stands its code, then what is printed; fields nest."""
    match mark.get(f"{W}fldCharType"):
        case "begin":
            text.field_codes.append(True)
        case "separate" if text.field_codes:
            text.field_codes[-1] = False
        case "end" if text.field_codes:
            text.field_codes.pop()
