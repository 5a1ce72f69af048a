"""Codes that statements print in part or not at all, made whole from what stands above them and the names beside them.

Publishers print 款 and 项 without the 类 above them (``05`` below ``208``), without their zero (``3012``), or print
names alone.  A code is completed or implied where exactly one fits; a row of which that cannot be told stays without.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.numbering import is_at_top, without_enumerator
from gongkai.vocabulary.classification import (
    AGREES,
    ECONOMIC,
    FUNCTIONAL,
    GOVERNMENT_ECONOMIC,
    codes_named,
    kind_of,
    relation,
)
from gongkai.vocabulary.forms import BASIC_FORMS
from gongkai.vocabulary.organisations import is_organisation

_CODE_OF_KIND = {
    "function": re.compile(r"2\d{2}(\d{2}){0,2}"),
    "economic": re.compile(r"3\d{2}(\d{2}){0,3}"),
    "government_economic": re.compile(r"5\d{2}(\d{2}){0,3}"),
}
"""By the kind of a code column.  Localities add digits to the 款 of the economic classifications."""
_VOCABULARY = {"function": FUNCTIONAL, "economic": ECONOMIC, "government_economic": GOVERNMENT_ECONOMIC}
_UNIT = re.compile(r"0\d{2}|\d{6}|\d{8,9}")
"""Numbers of budget units that cannot be taken for a code: a zero in front, or another number of digits."""
_LONG_NAME = 5
"""Letters from which a name that ends like a body's is taken for one."""
_WITHOUT_LINES = frozenset({*BASIC_FORMS, "economic_summary", "three_public", "procurement", "assets"})
"""Forms whose rows are no functional lines."""


def complete_codes(statement: Statement) -> list[str]:
    """Make the codes of the statement's rows whole, in place; returns those that could not be, each once, as read.

    A code is completed where exactly one completion bears the name beside it.  A number that is no code of its
    classification stands for a budget unit (``125001``), which the rows below then belong to; any other is taken away.
    """
    refused: dict[str, None] = {}
    above: dict[tuple[int, str], str] = {}
    units: dict[int, tuple[str, str]] = {}
    done: set[int] = set()
    for item in statement.items:
        if id(item.codes) not in done:
            done.add(id(item.codes))
            for kind in [each for each in item.codes if each in _CODE_OF_KIND]:
                code = _completed(kind, item, above.get((item.block, kind), ""))
                if code:
                    item.codes[kind] = above[item.block, kind] = code
                elif _names_a_unit(item, kind):
                    item.codes["unit"] = item.codes.pop(kind)
                    units[item.block] = item.codes["unit"], item.label
                else:
                    refused[item.codes.pop(kind)] = None
        if item.is_total and not item.codes:
            units.pop(item.block, None)
        elif item.block in units:
            item.unit_code, item.unit_name = units[item.block]
    return list(refused)


def imply_codes(statement: Statement) -> None:
    """Give the lines of a form that prints functional or economic names alone the code each name stands for.

    Names recur (行政运行 is an item of many groups), so that a name counts below the category and group above it; one
    that is still not unique stays without.
    """
    economic = statement.form.id in BASIC_FORMS
    if statement.form.id in _WITHOUT_LINES and not economic:
        return
    kind, implied = ("economic", _implied_class) if economic else ("function", _implied)
    for number, block in enumerate(statement.blocks):
        if block.direction != "expenditure" or block.codes:
            continue
        above = ""
        rows = list(statement.rows(number).values())
        names = [next(iter(items.values())).name for items in rows]
        for items, following in zip(rows, [*names[1:], ""], strict=True):
            first = next(iter(items.values()))
            code = None if first.is_total else implied(first.name, above, following)
            if code is not None:
                above = code
                for item in items.values():
                    item.implied_code, item.implied_kind = code, kind
        if economic:
            _give_to_units(statement.rows(number))


def _give_to_units(rows: Mapping[int, Mapping[int, LineItem]]) -> None:
    """Rows by class under the name of a budget unit (某局 | 工资福利支出 | …) are that unit's, up to a total."""
    unit: str | None = None
    for items in rows.values():
        first = next(iter(items.values()))
        if first.is_total:
            unit = None
        elif first.implied_code is None and len(first.name) >= _LONG_NAME and is_organisation(first.name):
            unit = first.label
        for item in items.values():
            item.unit_name = item.unit_name or unit


def _implied(name: str, above: str, following: str) -> str | None:
    """The code of a functional name below the code ``above`` it; ``following`` is the next row's name.

    A name of an 项 of the 款 above and of another 款 (其他交通运输支出) is that 款 where an 项 of it follows.
    """
    named = codes_named(FUNCTIONAL, without_enumerator(name))
    if is_at_top(name):
        named = tuple(code for code in named if len(code) == 3)
    places = [(above[:5], 7)] if len(above) > 3 else []
    for parent, length in (*places, (above[:3], 5), (above[:3], 7), ("", 3)):
        inside = [code for code in named if len(code) == length and code.startswith(parent) and code != parent]
        if len(inside) == 1 and (parent or length == 3):
            return _group_of(following, named, above) or inside[0] if length == 7 else inside[0]
    return None


def _group_of(following: str, named: Sequence[str], above: str) -> str | None:
    """The 款 among ``named`` that the next row is an 项 of, where that row is none of the 款 above."""
    items = [code for code in codes_named(FUNCTIONAL, without_enumerator(following)) if len(code) == 7]
    groups = [code for code in named if len(code) == 5 and code[:3] == above[:3] and code != above[:5]]
    goes_on = any(code.startswith(above[:5]) for code in items)
    fitting = [group for group in groups if any(code.startswith(group) for code in items)]
    return fitting[0] if len(fitting) == 1 and not goes_on else None


def _implied_class(name: str, above: str, following: str) -> str | None:
    """The economic class of that name: a 款 below the 类 above it, else a 类."""
    named = codes_named(ECONOMIC, without_enumerator(name))
    below = [code for code in named if len(code) > 3 and above and code.startswith(above[:3])]
    classes = below or [code for code in named if len(code) == 3]
    return classes[0] if len(classes) == 1 else None


def _completed(kind: str, item: LineItem, above: str) -> str | None:
    """A row's code made whole with what stands above it; None where that cannot be told."""
    code = item.codes[kind]
    if _CODE_OF_KIND[kind].fullmatch(code):
        return code
    whole = {above[:length] + code.zfill(2) for length in (3, 5) if len(above) >= length and len(code) in (1, 2, 4)}
    if len(code) == 4:
        whole.add(f"{code[:3]}0{code[3]}")
    named = _VOCABULARY[kind]
    fitting = [one for one in whole if kind_of(one) == named and relation(named, one, item.label) == AGREES]
    return fitting[0] if len(fitting) == 1 else None


def _names_a_unit(item: LineItem, kind: str) -> bool:
    """True for a row with the number and the name of a budget unit in the columns of codes and names."""
    return "unit" not in item.codes and bool(_UNIT.fullmatch(item.codes[kind]) and is_organisation(item.label))
