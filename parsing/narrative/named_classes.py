"""Functional and economic classes as prose names them: by 类, 款 and 项, by a code (``coded_classes``), or by a
category's name alone."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from gongkai.parsing.narrative.coded_classes import BRACKETED, NamedClass, coded_classes, spelled, without_spending
from gongkai.vocabulary.classification import FUNCTIONAL, codes, codes_named, comparable, names
from gongkai.vocabulary.word_lists import any_of, words

_FILE = "wordings.csv"
_CATEGORY, _GROUP, _ITEM = words(_FILE, "level")
(_SPENDING,) = words(_FILE, "spending")
_FIGURE, _LINK, _SUBJECT, _ITEM_GOES_ON = (
    any_of(_FILE, name) for name in ("class_figure", "class_link", "subject", "item_goes_on")
)
_NAME = rf"(?!\()(?:[^，,。;:()\d.]|\([^{_CATEGORY}{_GROUP}{_ITEM}()]{{1,8}}\)){{2,40}}?"
_LEVELS = re.compile(
    rf"(?:(?P<category>{_NAME})\({_CATEGORY}\)(?:{_SPENDING})?)?"
    rf"(?:(?P<group>{_NAME})\({_GROUP}\)(?:{_SPENDING})?)?(?:(?P<item>{_NAME})\({_ITEM}\))?"
)
_LEVEL = re.compile(rf"\([{_CATEGORY}{_GROUP}{_ITEM}]\)")
"""Without one, ``_LEVELS`` finds nothing, slowly."""
_DASH = re.compile("[-—]")
_PATH_NAME = rf"(?:[^，,。;:()\d.\-—]|{BRACKETED})"
_PATH = re.compile(
    rf"(?P<category>[\u4e00-\u9fff]{{2,20}})[-—](?P<group>{_PATH_NAME}{{2,30}})[-—]"
    rf"(?P<item>{_PATH_NAME}{{2,40}}?)(?={_SUBJECT}|{_FIGURE}{_LINK}?\d)"
)
_BARE_LEVELS = re.compile(
    rf"(?P<category>[\u4e00-\u9fff]{{2,20}}?){_CATEGORY}(?P<group>{_PATH_NAME}{{2,30}}?){_GROUP}"
    rf"(?:(?P<item>{_PATH_NAME}{{2,40}}?){_ITEM}(?!{_ITEM_GOES_ON}))?"
)
_BARE_LEVEL = re.compile(rf"{_CATEGORY}[^，。;:\d]{{2,30}}{_GROUP}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def named_classes(text: str, category: str | None) -> Iterator[NamedClass]:
    """The classes that ``text`` (of a ``Sentence``) names; ``category`` is the 类 its heading names, if any."""
    levels = _LEVELS.finditer(text) if _LEVEL.search(text) else ()
    paths = _PATH.finditer(text) if _DASH.search(text) else ()
    for path in (*levels, *paths):
        if path.end() > path.start():
            named = _by_levels(path, category)
            if named is not None:
                yield named
    for path in _BARE_LEVELS.finditer(text) if _BARE_LEVEL.search(text) else ():
        named = _by_levels(path, category)
        if named is not None and named.code is not None:
            yield named
    yield from coded_classes(text)
    yield from _by_category(text)


def _by_levels(path: re.Match[str], heading: str | None) -> NamedClass | None:
    lead, category = "", heading
    if path["category"]:
        known = _category_at_end(path["category"])
        if known is None:
            return _one_level_up(path, heading)
        category, lead = known
    group = _child(category, path["group"]) if path["group"] else None
    code = category if path["category"] and not path["group"] and not path["item"] else group
    if path["item"]:
        code = _child(group, path["item"]) if group else None
        code = code or _below(category, path["item"])
    name = comparable(path["item"] or path["group"] or path["category"][len(lead) :])
    return NamedClass(path.start(), path.end(), FUNCTIONAL, code, category, name, lead)


def _one_level_up(path: re.Match[str], heading: str | None) -> NamedClass | None:
    """住房改革支出（类） below the heading 住房保障支出（类）: a 款 of it that the publisher calls 类."""
    group = _child(heading, path["category"])
    if group is None or path["group"]:
        return None
    code = _child(group, path["item"]) if path["item"] else group
    name = comparable(path["item"] or path["category"])
    return NamedClass(path.start(), path.end(), FUNCTIONAL, code, heading, name) if code else None


def _category_at_end(text: str) -> tuple[str, str] | None:
    """The 类 whose name ends ``text``, and what stands before it."""
    plain = [(start, comparable(text[start:])) for start in range(len(text) - 1) if _CHINESE.match(text[start])]
    return next(((_categories()[name], text[:start]) for start, name in plain if name in _categories()), None)


@functools.cache
def _category_pattern() -> re.Pattern[str]:
    names = sorted({one.name for one in codes(FUNCTIONAL) if one.level == "category"}, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in names if name.endswith(_SPENDING)))


def _by_category(text: str) -> Iterator[NamedClass]:
    for match in _category_pattern().finditer(text):
        if not text.startswith(f"({_CATEGORY})", match.end()):
            code = _categories()[comparable(match.group())]
            yield NamedClass(match.start(), match.end(), FUNCTIONAL, code, code, comparable(match.group()))


@functools.cache
def _categories() -> dict[str, str]:
    """Comparable names of every 类, 支出 at the end or not, to its code."""
    by_name: dict[str, str] = {}
    for code in {one.code for one in codes(FUNCTIONAL) if one.level == "category"}:
        for name in names(FUNCTIONAL, code):
            by_name.setdefault(name, code)
            by_name.setdefault(without_spending(name), code)
    return by_name


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
    for each in spelled(name):
        fitting = [code for code in codes_named(FUNCTIONAL, each) if fits(code)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None
