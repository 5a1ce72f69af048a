"""Labelled values of a page, as 索引号, 发布机构, 发布日期, wherever a template puts the label.  Pure functions.

A label stands before its value in reading order: in one text (`来源：市财政局`), in the next cell, item or element, or
as the `title` of an icon.  It may stand in brackets, and its letters apart (`[ 索 引 号 ]`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from gongkai.crawler.pages.page import INVISIBLE, Page, find_date, squeeze

INDEX = "index"
PUBLISHER = "publisher"
SOURCE = "source"
PUBLISHED = "published"
MADE = "made"
_NAMES = {
    INDEX: ("信息索引号", "索引号", "索引编号", "信息索引", "信息编号"),
    PUBLISHER: ("发布机构", "发布单位", "公开机构", "公开主体", "发布部门", "公开单位"),
    SOURCE: ("信息来源", "文章来源", "稿件来源", "来源"),
    PUBLISHED: (
        *("公开发布日期", "发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "公布时间", "发文时间"),
        *("信息时间", "上传时间", "录入时间", "发表时间", "发表日期", "发布于", "日期", "时间"),
    ),
    MADE: ("生成日期", "生成时间", "更新时间", "更新日期", "发文日期"),
}
"""Names of the labels of each kind, the first of a kind the more telling."""
_KIND = {name: kind for kind, names in _NAMES.items() for name in names}
_APART = {name: r"\s*".join(name) for name in sorted(_KIND, key=len, reverse=True)}
_OPEN, _CLOSE = r"[\[【〔(（]?\s*", r"\s*[\]】〕)）]?"
LABEL = re.compile(rf"{_OPEN}({'|'.join(_APART.values())}){_CLOSE}\s*[:：]?\s*")
LONGEST_VALUE = 200
"""Characters behind a label that are looked at for its value."""
CLOSED = re.compile(r"[:：\]】〕)）]")
INNER_LABEL = re.compile(rf"(?<![一-鿿])({'|'.join(_APART.values())})\s*[:：]\s*")
ANY_LABEL = re.compile(r"[\[【〔]\s*[一-鿿 ]{2,12}\s*[\]】〕]|[一-鿿][一-鿿 ]{1,12}[:：]")
NEXT_LABEL = re.compile(r"(?:^|(?<=[\s】\]|｜]))[\[【(（|｜]?\s*[一-鿿][一-鿿 ]{1,8}[:：]|[|｜【\[\]】]")


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A text of the page with its place in reading order and the element it stands in."""

    text: str
    place: int
    element: HtmlElement


@dataclasses.dataclass(frozen=True, slots=True)
class Labelled:
    """A value with the kind and the name of its label, and its place among the page's tokens."""

    kind: str
    name: str
    value: str
    place: int


def tokens(page: Page) -> list[Token]:
    """The texts of a page in reading order; an element that shows nothing but has a `title` counts with that."""
    found: list[Token] = []
    for text, element in _texts(page.tree):
        if squeezed := squeeze(text):
            found.append(Token(squeezed, len(found), element))
    return found


def _texts(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    if not isinstance(element.tag, str) or element.tag in INVISIBLE:
        return
    if len(element) == 0 and not (element.text or "").strip():
        yield element.get("title") or "", element
    yield element.text or "", element
    for child in element:
        yield from _texts(child)
        yield child.tail or "", element


def labelled(read: list[Token]) -> list[Labelled]:
    """Every value that stands beside one of the known labels, in page order."""
    values: list[Labelled] = []
    for token in read:
        if match := LABEL.match(token.text):
            rest = token.text[match.end() : match.end() + LONGEST_VALUE]
            is_bare = not rest
            is_label = CLOSED.search(match.group()) is not None or find_date(rest[:16]) is not None
            if not is_bare and not is_label:
                match = None  # 发布日期不详: a word, not a label
            else:
                value = _following(read, token.place) if is_bare else _until_next(rest)
                _add(values, match.group(1), value, token.place)
        start = match.end() if match else 0
        for inner in INNER_LABEL.finditer(token.text, start):
            _add(
                values, inner.group(1), _until_next(token.text[inner.end() : inner.end() + LONGEST_VALUE]), token.place
            )
    return values


def _add(values: list[Labelled], name: str, value: str, place: int) -> None:
    name = re.sub(r"\s", "", name)
    if value:
        values.append(Labelled(_KIND[name], name, value, place))


def _until_next(text: str) -> str:
    """A value within a text that goes on with further labels."""
    match = NEXT_LABEL.search(text)
    return squeeze(text[: match.start()] if match else text).strip("[]【】 ")


def _following(read: list[Token], place: int) -> str:
    """The text after a bare label; empty where the next text is a label itself: the field is empty."""
    for token in read[place + 1 : place + 3]:
        if token.text in {":", "："}:
            continue
        text = token.text.lstrip(":： ")
        is_label = LABEL.fullmatch(text) or ANY_LABEL.fullmatch(text)
        return "" if is_label else _until_next(text)
    return ""
