"""The Ministry of Finance's classification of revenue and expenditure (政府收支分类科目): codes and names.

Three lists with the same columns: ``functional.csv`` (支出功能分类: 类 of three digits, 款 of five, 项 of seven),
``economic.csv`` (部门预算支出经济分类: 301-399) and ``government_economic.csv`` (政府预算支出经济分类: 501-599, in use
since 2018), sorted by code and year.

``valid_from`` and ``valid_to`` are budget years, inclusive, blank = open or not known for certain: a year stands only
where the ministry's revision is beyond doubt (2018 both economic lists, 2019 the institutional reform, 2020, 2024 and
2025 single items).  ``seen`` counts the published documents in which the pair of code and name was found printed; 0
stands for pairs known from the ministry's lists alone.  ``classification_variants.csv`` has other names printed for
the same codes: names of earlier years whose dates are not certain, and usual short forms.

The functional list is complete for 类, has the 款 in use since 2007 that we know of, and the 项 that were printed in
provincial, prefectural and departmental budgets of 2017-2026.  The ministry revises it every year, so a code that is
not here is a question to report and no error.
"""

from __future__ import annotations

import dataclasses
import functools
import unicodedata
from collections.abc import Mapping

from vocabulary.loading import Row, load

FUNCTIONAL = "functional"
ECONOMIC = "economic"
GOVERNMENT_ECONOMIC = "government_economic"
KINDS = (FUNCTIONAL, ECONOMIC, GOVERNMENT_ECONOMIC)

LEVELS: Mapping[int, str] = {3: "category", 5: "group", 7: "item"}
"""类, 款 and 项 by the number of digits."""


@dataclasses.dataclass(frozen=True, slots=True)
class Code:
    """One code with one name.  ``parent`` is the code above, None for a 类; ``level`` category, group or item."""

    code: str
    name: str
    parent: str | None
    level: str
    valid_from: int | None
    valid_to: int | None
    seen: int


def functional(code: str) -> tuple[Code, ...]:
    """The names of a functional code, earliest first; empty for an unknown code."""
    return _codes(FUNCTIONAL).get(code, ())


def economic(code: str) -> tuple[Code, ...]:
    """The names of a department economic code, earliest first; empty for an unknown code."""
    return _codes(ECONOMIC).get(code, ())


def government_economic(code: str) -> tuple[Code, ...]:
    """The names of a government economic code, earliest first; empty for an unknown code."""
    return _codes(GOVERNMENT_ECONOMIC).get(code, ())


def codes(kind: str) -> tuple[Code, ...]:
    """A whole list (one of ``KINDS``), sorted by code and year.  Raises ValueError for another kind."""
    return tuple(one for names in _codes(_known(kind)).values() for one in names)


def agrees(kind: str, code: str, name: str) -> bool | None:
    """Whether ``name`` is a name of ``code`` in any year; None when the code is unknown.

    Compared without white space and punctuation, in NFKC (（境）and (境) are one).  Raises ValueError for a kind that
    is not in ``KINDS``.
    """
    names = _names(_known(kind)).get(code)
    return None if names is None else comparable(name) in names


def comparable(name: str) -> str:
    """``name`` as ``agrees`` compares it: NFKC, without white space and punctuation."""
    text = unicodedata.normalize("NFKC", name)
    return "".join(character for character in text if unicodedata.category(character)[0] not in "PZC")


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no classification; use one of {', '.join(KINDS)}")
    return kind


@functools.cache
def _codes(kind: str) -> Mapping[str, tuple[Code, ...]]:
    columns = ("code", "name", "parent", "level", "valid_from", "valid_to", "seen")
    found: dict[str, list[Code]] = {}
    for row in load(f"{kind}.csv", columns, ("code", "name")):
        found.setdefault(row["code"], []).append(_code(row))
    return {code: tuple(names) for code, names in found.items()}


def _code(row: Row) -> Code:
    code = row["code"]
    if not (code.isascii() and code.isdigit() and LEVELS.get(len(code)) == row["level"]):
        raise row.refused(f"code {code!r} does not fit the level {row['level']!r}")
    if row["parent"] != (code[:-2] if len(code) > 3 else ""):
        raise row.refused(f"parent {row['parent']!r} is not what code {code!r} begins with")
    return Code(
        code=code,
        name=row["name"],
        parent=row.optional("parent"),
        level=row["level"],
        valid_from=row.year("valid_from"),
        valid_to=row.year("valid_to"),
        seen=row.count("seen"),
    )


@functools.cache
def _names(kind: str) -> Mapping[str, frozenset[str]]:
    found = {code: {comparable(one.name) for one in names} for code, names in _codes(kind).items()}
    for row in load("classification_variants.csv", ("kind", "code", "name", "seen"), ("kind", "code", "name")):
        if row.choice("kind", KINDS) == kind:
            if row["code"] not in found:
                raise row.refused(f"code {row['code']!r} is not in {kind}.csv")
            found[row["code"]].add(comparable(row["name"]))
    return {code: frozenset(names) for code, names in found.items()}
