"""Functional and economic classes as prose names them: by 类, 款 and 项, by a code, or by a category's name alone."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterator

from gongkai.vocabulary.classification import (
    ECONOMIC,
    FUNCTIONAL,
    GOVERNMENT_ECONOMIC,
    codes,
    codes_named,
    comparable,
    names,
)

_NAME = r"(?!\()(?:[^，,。;:()\d.]|\([^类款项()]{1,8}\)){2,40}?"
_LEVELS = re.compile(
    rf"(?:(?P<category>{_NAME})\(类\)(?:支出)?)?(?:(?P<group>{_NAME})\(款\)(?:支出)?)?(?:(?P<item>{_NAME})\(项\))?"
)
_LEVEL = re.compile(r"\([类款项]\)")
"""Without one, ``_LEVELS`` finds nothing, slowly."""
_DASH = re.compile("[-—]")
_PATH = re.compile(
    r"(?P<category>[\u4e00-\u9fff]{2,20})[-—](?P<group>(?:[^，,。;:()\d.\-—]|\([^()\d]{1,8}\)){2,30})[-—]"
    r"(?P<item>(?:[^，,。;:()\d.\-—]|\([^()\d]{1,8}\)){2,40}?)(?=科目|(?:预算|决算)?数?(?:安排|为)?\d)"
)
_NAME_CODE = re.compile(rf"(?P<name>{_NAME})\((?P<code>[235]\d{{2}}(?:\d{{2}}){{0,2}})\)")
_CODE_NAME = re.compile(
    r"(?<![\d.,])(?P<code>2\d{6}|2\d{4}|2\d{2}|3\d{4}|5\d{4})[-—](?P<name>(?:[^，,。;:()\d.]|\([^()\d]{1,8}\)){2,40}?)"
    r"(?=(?:预算|决算)?数?(?:安排|为|共|共计)?\d|[。，:]|$)"
)
_CODE = re.compile(r"[235]\d\d")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_KINDS = {"2": FUNCTIONAL, "3": ECONOMIC, "5": GOVERNMENT_ECONOMIC}


@dataclasses.dataclass(frozen=True, slots=True)
class NamedClass:
    """A class named at ``start`` to ``end``; ``lead`` is what stands before the name within the same words."""

    start: int
    end: int
    kind: str
    code: str | None
    """None where the classification has no such name under such parents."""
    category: str | None
    """Code of the 类 it belongs to, where that is known."""
    name: str
    """The lowest level named, comparable."""
    lead: str = ""


def named_classes(text: str, category: str | None) -> Iterator[NamedClass]:
    """The classes that ``text`` (of a ``Sentence``) names; ``category`` is the 类 its heading names, if any."""
    levels = _LEVELS.finditer(text) if _LEVEL.search(text) else ()
    paths = _PATH.finditer(text) if _DASH.search(text) else ()
    for found in (*levels, *paths):
        if found.end() > found.start():
            named = _by_levels(found, category)
            if named is not None:
                yield named
    for pattern in (_NAME_CODE, _CODE_NAME) if _CODE.search(text) else ():
        for found in pattern.finditer(text):
            yield from _by_code(found)
    yield from _by_category(text)


def _by_levels(found: re.Match[str], heading: str | None) -> NamedClass | None:
    lead, category = "", heading
    if found["category"]:
        known = _category_at_end(found["category"])
        if known is None:
            return None
        category, lead = known
    group = _child(category, found["group"]) if found["group"] else None
    code = category if found["category"] and not found["group"] and not found["item"] else group
    if found["item"]:
        code = _child(group, found["item"]) if group else None
        code = code or _below(category, found["item"])
    name = comparable(found["item"] or found["group"] or found["category"][len(lead) :])
    return NamedClass(found.start(), found.end(), FUNCTIONAL, code, category, name, lead)


def _category_at_end(text: str) -> tuple[str, str] | None:
    """The 类 whose name ends ``text``, and what stands before it."""
    plain = [(start, comparable(text[start:])) for start in range(len(text) - 1) if _CHINESE.match(text[start])]
    return next(((_categories()[name], text[:start]) for start, name in plain if name in _categories()), None)


def _by_code(found: re.Match[str]) -> Iterator[NamedClass]:
    code, kind = found["code"], _KINDS[found["code"][0]]
    name, known = found["name"], names(_KINDS[found["code"][0]], found["code"])
    starts = [
        start
        for start in range(len(name) - 1)
        if _CHINESE.match(name[start]) and any(each in known for each in _spelled(name[start:]))
    ]
    lead = name[: starts[0]] if starts else ""
    if starts or not known:
        yield NamedClass(found.start(), found.end(), kind, code, code[:3], comparable(name[len(lead) :]), lead)


def _spelled(name: str) -> tuple[str, ...]:
    """A name as the classification may spell it: 支出 at its end or not."""
    plain = comparable(name)
    return (plain, f"{plain}支出", plain.removesuffix("支出"))


@functools.cache
def _category_pattern() -> re.Pattern[str]:
    names = sorted({one.name for one in codes(FUNCTIONAL) if one.level == "category"}, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in names if name.endswith("支出")))


def _by_category(text: str) -> Iterator[NamedClass]:
    for found in _category_pattern().finditer(text):
        if not text.startswith("(类)", found.end()):
            code = _categories()[comparable(found.group())]
            yield NamedClass(found.start(), found.end(), FUNCTIONAL, code, code, comparable(found.group()))


@functools.cache
def _categories() -> dict[str, str]:
    """Comparable names of every 类, 支出 at the end or not, to its code."""
    found: dict[str, str] = {}
    for code in {one.code for one in codes(FUNCTIONAL) if one.level == "category"}:
        for name in names(FUNCTIONAL, code):
            found.setdefault(name, code)
            found.setdefault(name.removesuffix("支出"), code)
    return found


def _child(parent: str | None, name: str) -> str | None:
    """The code of that name under a parent; None when there is none or several."""
    if parent is None:
        return None
    return _only(name, lambda code: code.startswith(parent) and len(code) == len(parent) + 2)


def _below(category: str | None, name: str) -> str | None:
    """The only 项 of that name under a 类, whatever its 款; None when there is none or several."""
    if category is None:
        return None
    return _only(name, lambda code: code.startswith(category) and len(code) == 7)


def _only(name: str, fits: Callable[[str], bool]) -> str | None:
    for spelled in _spelled(name):
        found = [code for code in codes_named(FUNCTIONAL, spelled) if fits(code)]
        if found:
            return found[0] if len(found) == 1 else None
    return None
