"""Elements of HTML as a reader takes them: hidden, inline, a heading; and their text as a browser sets it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.parsing.formats.layout.typesetting import is_wide

_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_SIZE_STYLE = re.compile(r"(?:^|;)\s*font-size\s*:\s*([^;]+)", re.IGNORECASE)
_NO_SIZE = re.compile(r"0*(?:\.0*)?(?<=[0.])(?:[a-z]+|%)?(?:\s*!important)?", re.IGNORECASE)
_OF_PARENT = re.compile(r"[\d.]+(?:em|%)|larger|smaller|inherit", re.IGNORECASE)
_LINE_STYLE = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:\s*([^;]+)", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_STRUCK = ("s", "strike", "del")
SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "head",
        "title",
        "meta",
        "link",
        "iframe",
        "object",
        "embed",
        "svg",
        "select",
        "button",
        "textarea",
        "audio",
        "video",
    }
)
INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "o:p",
        "st1:chsdate",
        "o:smarttagtype",
    }
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\ufeff]+")


def collapsed(text: str) -> str:
    """Text as a browser sets it: white space made one space, and none where a source line ends between Chinese."""
    parts: list[str] = []
    last = 0
    for match in _SPACE.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        parts.append(text[last : match.start()])
        last = match.end()
        joined = "\n" in match[0] and before and after and is_wide(before) and is_wide(after)
        visible = match[0].strip("\u200b\ufeff")
        parts.append("" if joined or not visible else " ")
    parts.append(text[last:])
    return "".join(parts).strip(" 　")


def is_hidden(element: etree._Element) -> bool:
    """True where an element shows nothing: by its name, its attributes or its style."""
    return (
        element.tag in SKIPPED
        or element.get("hidden") is not None
        or _HIDDEN_STYLE.search(element.get("style") or "") is not None
    )


def shows_size(element: etree._Element, *, above: bool) -> bool:
    """True where an element's own text has a size; ``above`` tells of the element it stands in.

    What a style sheet may set (by a class, or for blocks) is not known and is taken for a size.
    """
    stated = _SIZE_STYLE.findall(element.get("style") or "")
    if stated and _NO_SIZE.fullmatch(stated[-1].strip()):
        return False
    if stated and not _OF_PARENT.match(stated[-1].strip()):
        return True
    return above or element.tag not in INLINE or any(element.get(name) for name in ("class", "id", "size"))


def is_struck(element: etree._Element) -> bool:
    """True where an element strikes its text out, by its style, or by its name where the style says nothing of it."""
    lines = _LINE_STYLE.findall(element.get("style") or "")
    return "line-through" in lines[-1].lower() if lines else element.tag in _STRUCK


def is_raised(element: etree._Element) -> bool:
    """True where an element of a line is set above it: a superscript, by its name or its style."""
    return element.tag == "sup" or _RAISED_STYLE.search(element.get("style") or "") is not None


def all_text(element: etree._Element) -> str:
    """All text below an element, as it stands in the source."""
    return "".join(str(piece) for piece in element.itertext())


def children(element: etree._Element) -> Iterator[etree._Element]:
    """An element's own elements; no comments."""
    return element.iterchildren("*")
