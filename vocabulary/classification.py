"""The Ministry of Finance's classification of revenue and expenditure (政府收支分类科目): codes and names.

Three lists with the same columns: ``functional.csv`` (支出功能分类: 类 of three digits, 款 of five, 项 of seven),
``economic.csv`` (部门预算支出经济分类: 301-399) and ``government_economic.csv`` (政府预算支出经济分类: 501-599, in use
since 2018), sorted by code and year.

``valid_from`` and ``valid_to`` are budget years, inclusive, blank = open or not known for certain: a year stands only
where the ministry's revision is beyond doubt, and ``basis`` then names it, by its number or date where that is known.
``seen`` counts the published documents in which the pair of code and name was found printed, ``first_seen`` and
``last_seen`` the earliest and latest fiscal year of those that state one; 0 stands for pairs known from the ministry's
lists alone, 1 for a pair that rests on one document.  ``classification_variants.csv`` has other names printed for the
same codes: names of earlier years whose dates are not certain, and usual short forms.

The functional list is complete for 类, has the 款 in use since 2007 that we know of, and every 项 of the 2026 list as a
prefecture printed it in full, with those printed in provincial, prefectural and departmental budgets since 2017.  The
ministry revises it every year, so a code that is not here is a question to report and no error; ``gongkai
vocabulary propose`` lists such pairs for a person to add.
"""

from __future__ import annotations

import dataclasses
import functools
import unicodedata
from collections.abc import Mapping

from gongkai.vocabulary.loading import Row, load

FUNCTIONAL = "functional"
ECONOMIC = "economic"
GOVERNMENT_ECONOMIC = "government_economic"
KINDS = (FUNCTIONAL, ECONOMIC, GOVERNMENT_ECONOMIC)

COLUMNS = (
    "code",
    "name",
    "parent",
    "level",
    "valid_from",
    "valid_to",
    "basis",
    "seen",
    "first_seen",
    "last_seen",
)
"""The columns of each list."""

NUMBERS = ("valid_from", "valid_to", "seen", "first_seen", "last_seen")
"""Those of ``COLUMNS`` that hold whole numbers; the others are text."""

LEVELS: Mapping[int, str] = {3: "category", 5: "group", 7: "item"}
"""类, 款 and 项 by the number of digits."""


@dataclasses.dataclass(frozen=True, slots=True)
class Code:
    """One code with one name.  ``parent`` is the code above, None for a 类; ``level`` category, group or item.

    The years are fiscal years, None where not known; ``basis`` is the ministry's act that sets ``valid_from`` or
    ``valid_to``, None where neither is known.
    """

    code: str
    name: str
    parent: str | None
    level: str
    valid_from: int | None
    valid_to: int | None
    basis: str | None
    seen: int
    first_seen: int | None
    last_seen: int | None


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
    return tuple(one for same in _codes(_known(kind)).values() for one in same)


AGREES = "agrees"
"""The name is one of the code's, in any year."""
CODE_UNKNOWN = "code_unknown"
NAME_UNKNOWN = "name_unknown"
"""The code is known, the name is not: a new or an old name, or a misprint."""
CONTRADICTS = "contradicts"
"""Both are known, and never belonged together."""
CUT = "cut"
"""The name is the beginning or end of a name of the code, or begins or ends with one: two lines read as one name, or
one as two."""


@functools.lru_cache(maxsize=65_536)
def relation(kind: str, code: str, name: str) -> str:
    """How a code and the name printed beside it belong together: one of the constants above.

    Raises ValueError for a kind that is not in ``KINDS``.
    """
    known = names(kind, code)
    if not known:
        return CODE_UNKNOWN
    printed = comparable(name)
    if printed in known:
        return AGREES
    if any(one.startswith(printed) or one.endswith(printed) for one in known):
        return CUT
    if codes_named(kind, name):
        return CONTRADICTS
    return CUT if any(printed.startswith(one) or printed.endswith(one) for one in known) else NAME_UNKNOWN


def names(kind: str, code: str) -> Mapping[str, str]:
    """The names of a code in any year, by what ``comparable`` makes of them; empty for an unknown code."""
    return _names(_known(kind)).get(code, {})


def codes_named(kind: str, name: str) -> tuple[str, ...]:
    """The codes that bear ``name`` in any year, ascending."""
    return _codes_by_name(_known(kind)).get(comparable(name), ())


def kind_of(code: str) -> str | None:
    """The classification whose codes look like this: functional 2…, economic 3…, government economic 5…; else None."""
    first, lengths = code[:1], (3, 5, 7) if code[:1] == "2" else (3, 5)
    return {"2": FUNCTIONAL, "3": ECONOMIC, "5": GOVERNMENT_ECONOMIC}.get(first) if len(code) in lengths else None


@functools.lru_cache(maxsize=32_768)
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
    found: dict[str, list[Code]] = {}
    for row in load(f"{kind}.csv", COLUMNS, ("code", "name")):
        found.setdefault(row["code"], []).append(_code(row))
    return {code: tuple(same) for code, same in found.items()}


def _code(row: Row) -> Code:
    code = row["code"]
    if not (code.isascii() and code.isdigit() and LEVELS.get(len(code)) == row["level"]):
        raise row.refused(f"code {code!r} does not fit the level {row['level']!r}")
    if bool(row["basis"]) != bool(row["valid_from"] or row["valid_to"]):
        raise row.refused("basis must name the act behind valid_from and valid_to, and stand with them only")
    if row["parent"] != (code[:-2] if len(code) > 3 else ""):
        raise row.refused(f"parent {row['parent']!r} is not what code {code!r} begins with")
    return Code(
        code=code,
        name=row["name"],
        parent=row.optional("parent"),
        level=row["level"],
        valid_from=row.year("valid_from"),
        valid_to=row.year("valid_to"),
        basis=row.optional("basis"),
        seen=row.count("seen"),
        first_seen=row.year("first_seen"),
        last_seen=row.year("last_seen"),
    )


@functools.cache
def _names(kind: str) -> Mapping[str, Mapping[str, str]]:
    found = {code: {comparable(one.name): one.name for one in same} for code, same in _codes(kind).items()}
    columns = ("kind", "code", "name", "seen", "first_seen", "last_seen")
    for row in load("classification_variants.csv", columns, ("kind", "code", "name")):
        if row.choice("kind", KINDS) == kind:
            if row["code"] not in found:
                raise row.refused(f"code {row['code']!r} is not in {kind}.csv")
            found[row["code"]].setdefault(comparable(row["name"]), row["name"])
    return found


@functools.cache
def _codes_by_name(kind: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, same in _names(kind).items():
        for name in same:
            found.setdefault(name, []).append(code)
    return {name: tuple(sorted(bearing)) for name, bearing in found.items()}
