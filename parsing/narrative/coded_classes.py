"""Classes that prose names by a code: 2010101行政运行, 2080505-机关事业单位…, 行政运行（2010101）, 208类05款01项.

A code is beside its name, on either side, bare or in brackets.  A pair of which the classification knows the code, and
not with such a name, is no class: which of the two is meant cannot be told.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping

from gongkai.parsing.text.amounts import UNITS
from gongkai.vocabulary.classification import ECONOMIC, FUNCTIONAL, GOVERNMENT_ECONOMIC, comparable, names
from gongkai.vocabulary.word_lists import any_of, words

_FILE = "wordings.csv"
_CATEGORY, _GROUP, _ITEM = words(_FILE, "level")
(_SPENDING,) = words(_FILE, "spending")
_FIGURE, _LINK, _CODE_LABEL = (any_of(_FILE, name) for name in ("class_figure", "class_link", "code_label"))
_LEVEL = rf"\([{_CATEGORY}{_GROUP}{_ITEM}]\)"
_OPENS, _CLOSES = r"[\[(【]", r"[\])】]"
BRACKETED = r"\([^()\d]{1,8}\)"
"""Brackets within the name of a class."""
_NAME = rf"(?:[^，,。;:()\[\]【】\d.]|{BRACKETED}){{2,40}}?"
_UNIT = "|".join(sorted({unit[0] for unit in UNITS}))
_BEFORE_NAME = re.compile(
    rf"(?<![\d,])(?P<open>{_OPENS})?(?P<code>2\d{{6}}|[235]\d{{4}}|[235]\d\d){_CLOSES}?"
    rf"[-—:、]{{0,2}}{_OPENS}?(?=[\u4e00-\u9fff])(?!{_UNIT}|%)"
)
_NAME_TO_AMOUNT = re.compile(rf"{_NAME}(?=(?:{_LEVEL})?{_CLOSES}?{_FIGURE}{_LINK}?\d|[。，:]|$)")
_BEHIND_NAME = re.compile(
    rf"(?P<name>(?!\(){_NAME})(?:{_OPENS}(?:{_CODE_LABEL}:?)?(?P<code>[235]\d{{2}}(?:\d{{2}}){{0,2}}){_CLOSES}"
    rf"|(?P<bare>2\d{{6}}|[235]\d{{4}})(?![\d.,%])(?!{_UNIT}))"
)
_LEVELS = re.compile(
    rf"(?<![\d.,])(?P<category>2\d\d)\(?{_CATEGORY}\)?(?:(?P<group>\d\d)\(?{_GROUP}\)?(?:(?P<item>\d\d)\(?{_ITEM}\)?)?)?"
)
_PARENTS = re.compile(r"(?:[^，,。;:()\d.\-—]{2,30}[-—]){1,2}")
"""Names of the levels above, between a code and its own name: 2010101一般公共服务支出-人大事务-行政运行."""
_AFTER_NAME = re.compile(rf"(?:{_LEVEL})?{_CLOSES}?")
_ENUMERATED = re.compile(r"(?:^|[^\d.])\d{1,2}\.$")
_CODE = re.compile(r"[235]\d\d")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_KINDS = {"2": FUNCTIONAL, "3": ECONOMIC, "5": GOVERNMENT_ECONOMIC}
_LONGEST_NAME = 40


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


def coded_classes(text: str) -> Iterator[NamedClass]:
    """The classes that ``text`` (of a ``Sentence``) names by their codes."""
    if not _CODE.search(text):
        return
    taken = 0
    for pair in _BEFORE_NAME.finditer(text):
        named = _code_first(pair) if _begins_a_code(text[: pair.start()]) else None
        if named is not None:
            taken = named.end
            yield named
    for pair in _BEHIND_NAME.finditer(text, taken):
        yield from _name_first(pair)
    for path in _LEVELS.finditer(text):
        yield from _by_levels(path)


def _begins_a_code(before: str) -> bool:
    """True where a code may begin: not behind a decimal point, but behind the number of an entry (1.2080501)."""
    return not before.endswith(".") or _ENUMERATED.search(before) is not None


def _code_first(pair: re.Match[str]) -> NamedClass | None:
    """The class where its code is known with the name behind it, or where a code that is not known has a name.

    A code of three digits may be any number, so it needs a name that it is known with.
    """
    text, code, start = pair.string, pair["code"], pair.end()
    known = names(_KINDS[code[0]], code)
    end = _end_of_known(text, start, known)
    if end is None and known and (parents := _PARENTS.match(text, start)):
        start = parents.end()
        end = _end_of_known(text, start, known)
    if end is None and (known or len(code) == 3):
        return None
    if end is None:
        unknown = _NAME_TO_AMOUNT.match(text, start)
        if unknown is None:
            return None
        end = unknown.end()
    closed = _AFTER_NAME.match(text, end)
    name = comparable(text[start:end])
    return NamedClass(pair.start(), closed.end() if closed else end, _KINDS[code[0]], code, code[:3], name)


def _end_of_known(text: str, start: int, known: Mapping[str, str]) -> int | None:
    """Where the longest name of those that are ``known`` ends; None where none stands at ``start``."""
    longest = min(len(text), start + _LONGEST_NAME)
    ends = (end for end in range(longest, start + 1, -1) if _CHINESE.match(text[end - 1]) or text[end - 1] == ")")
    return next((end for end in ends if any(each in known for each in spelled(text[start:end]))), None)


def _name_first(pair: re.Match[str]) -> Iterator[NamedClass]:
    code = pair["code"] or pair["bare"]
    name, known = pair["name"], names(_KINDS[code[0]], code)
    starts = [
        start
        for start in range(len(name) - 1)
        if _CHINESE.match(name[start]) and any(each in known for each in spelled(name[start:]))
    ]
    lead = name[: starts[0]] if starts else ""
    if starts or not (known or pair["bare"]):
        kind = _KINDS[code[0]]
        yield NamedClass(pair.start(), pair.end(), kind, code, code[:3], comparable(name[len(lead) :]), lead)


def _by_levels(path: re.Match[str]) -> Iterator[NamedClass]:
    """208类05款01项, and the name behind it."""
    code = "".join(path[level] for level in ("category", "group", "item") if path[level])
    known = names(FUNCTIONAL, code)
    if known:
        end = _end_of_known(path.string, path.end(), known) or path.end()
        yield NamedClass(path.start(), end, FUNCTIONAL, code, code[:3], next(iter(known)))


def spelled(name: str) -> tuple[str, ...]:
    """A name as the classification may spell it: 支出 at its end or not."""
    plain = comparable(name)
    return (plain, f"{plain}{_SPENDING}", without_spending(plain))


def without_spending(name: str) -> str:
    """A class's name without the 支出 at its end, which is printed or left out at will."""
    return name.removesuffix(_SPENDING)
