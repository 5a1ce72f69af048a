"""Codes that statements print in part or not at all, made whole from what stands above them and the names beside them.

Publishers print 款 and 项 without the 类 above them (``05`` below ``208``), without their zero (``3012``), or print
names alone.  A code is completed or implied where exactly one fits; a row of which that cannot be told stays without.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping, Sequence

from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.amounts import compact
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
from gongkai.vocabulary.word_lists import any_of, words

_CODE_OF_KIND = {
    "function": re.compile(r"2\d{2}(\d{2}){0,2}"),
    "economic": re.compile(r"3\d{2}(\d{2}){0,3}"),
    "government_economic": re.compile(r"5\d{2}(\d{2}){0,3}"),
}
"""By the kind of a code column.  Localities add digits to the 款 of the economic classifications."""
_VOCABULARY = {"function": FUNCTIONAL, "economic": ECONOMIC, "government_economic": GOVERNMENT_ECONOMIC}
_UNIT = re.compile(r"0\d{2}|\d{6}|\d{8,9}")
"""Numbers of budget units that cannot be taken for a code: a zero in front, or another number of digits."""
_OF_GOVERNMENT = re.compile(any_of("columns.csv", "government_economic"))
_SPENDING = words("sides.csv", "expenditure")[0]
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
    that is still not unique stays without.  What an amount means is then ``implied``.
    """
    economic = statement.form.id in BASIC_FORMS
    if statement.form.id in _WITHOUT_LINES and not economic:
        return
    for number, block in enumerate(statement.blocks):
        if block.direction == "revenue" or block.codes:
            continue
        first = {row: next(iter(items.values())) for row, items in statement.rows(number).items()}
        rows = {row: item for row, item in first.items() if item.direction == "expenditure"}
        names = {row: item.name for row, item in rows.items() if not item.is_total}
        kind = block.classes or ("economic" if economic else "function")
        if economic and _is_of_government(statement):
            kind = "government_economic"
        codes = _functions(names) if kind == "function" else _classes(names, _VOCABULARY[kind])
        for item in (each for each in statement.items if each.block == number and each.row in codes):
            item.implied_code, item.implied_kind = codes[item.row], kind
            item.meaning = "implied" if item.meaning == "stated" else item.meaning
        if economic:
            _give_to_units(statement.rows(number))


def _is_of_government(statement: Statement) -> bool:
    """True for a form by the government's economic classification, as its title or headings say (政府预算经济分类)."""
    return any(map(_OF_GOVERNMENT.search, map(compact, (statement.table.title or "", *statement.table.headers))))


def give_to_units(statements: Sequence[Statement]) -> None:
    """Give the rows below the name of a unit to it where another form of the document lists that unit as such.

    ``珠海市贸易服务中心 | 业务专项经费 | …`` in one column of units and projects: names of projects end like those of
    bodies too, so that the document's own list of units decides.
    """
    listed = {
        compact(item.unit_name)
        for statement in statements
        for item in statement.items
        if item.unit_name and statement.blocks[item.block].names_units
    }
    for statement in statements if listed else ():
        for number, block in enumerate(statement.blocks):
            if not block.names_units and block.owners is None:
                _give_to_listed(statement.rows(number), listed)


def _give_to_listed(rows: Mapping[int, Mapping[int, LineItem]], listed: Collection[str]) -> None:
    unit: str | None = None
    for items in rows.values():
        first = next(iter(items.values()))
        if not first.codes and first.name in listed:
            unit = first.label
        elif first.is_total:
            unit = None
        for item in items.values():
            item.unit_name = item.unit_name or unit


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


def _functions(names: Mapping[int, str]) -> dict[int, str]:
    """The functional codes that the names of rows stand for, by row."""
    codes: dict[int, str] = {}
    above = ""
    order = list(names)
    functional = _kinds_of_lists(names)
    for place, row in enumerate(order):
        following = names[order[place + 1]] if place + 1 < len(order) else ""
        code = _implied(names[row], above, following) if functional[row] else None
        if code is not None:
            codes[row] = above = code
    return codes


def _kinds_of_lists(names: Mapping[int, str]) -> dict[int, bool]:
    """False by row for names in a list of economic classes: 其他支出 is 229 below 住房保障支出, 399 below 资本性支出.

    A name of both classifications goes with the nearest one that is of one alone, above it before below it.
    """
    told = {row: _is_function_alone(name) for row, name in names.items()}
    nearest = next((kind for kind in told.values() if kind is not None), True)
    functional: dict[int, bool] = {}
    for row, kind in told.items():
        nearest = nearest if kind is None else kind
        functional[row] = nearest
    return functional


@functools.lru_cache(maxsize=8_192)
def _is_function_alone(name: str) -> bool | None:
    """True for a name of the functional classification alone, False for an economic one; None for both and neither."""
    plain = without_enumerator(name)
    functional = bool(_functions_named(name))
    economic = bool(codes_named(ECONOMIC, plain) or codes_named(GOVERNMENT_ECONOMIC, plain))
    return functional if functional != economic else None


def _implied(name: str, above: str, following: str) -> str | None:
    """The functional code of a name below the code ``above`` it; ``following`` is the name of the next row."""
    named = _functions_named(name)
    if is_at_top(name):
        named = tuple(code for code in named if len(code) == 3)
    places = [(above[:5], 7)] if len(above) > 3 else []
    fitting: list[str] = []
    for parent, length in (*places, (above[:3], 5), (above[:3], 7), ("", 3)):
        inside = [code for code in named if len(code) == length and code.startswith(parent) and code != parent]
        if len(inside) == 1 and (parent or length == 3):
            fitting.append(inside[0])
    return next((code for code in fitting if _goes_on(code, following)), fitting[0] if fitting else None)


@functools.lru_cache(maxsize=8_192)
def _functions_named(name: str) -> tuple[str, ...]:
    """The functional codes of that name; 类 are listed without 支出 too (8、社会保障和就业)."""
    plain = without_enumerator(name)
    categories = (code for code in codes_named(FUNCTIONAL, plain + _SPENDING) if len(code) == 3)
    return tuple(dict.fromkeys((*codes_named(FUNCTIONAL, plain), *categories)))


def _goes_on(code: str, following: str) -> bool:
    """True for a group whose items the next row begins: 其他交通运输支出 over 公共交通运营补助 is 21499."""
    below = _functions_named(following)
    return len(code) == 5 and any(len(other) == 7 and other.startswith(code) for other in below)


def _classes(names: Mapping[int, str], classification: str) -> dict[int, str]:
    """The economic classes that the names of rows stand for, by row: a 款 below the 类 above it, else a 类."""
    codes: dict[int, str] = {}
    above = ""
    for row, name in names.items():
        named = codes_named(classification, without_enumerator(name))
        below = [code for code in named if len(code) > 3 and above and code.startswith(above[:3])]
        classes = below or [code for code in named if len(code) == 3]
        if len(classes) == 1:
            codes[row] = above = classes[0]
    return codes


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
