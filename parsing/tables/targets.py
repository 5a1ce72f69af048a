"""Targets of performance indicators: ``≥95%``, ``不低于95%``, ``30天以内``, ``前3名`` as comparator, number and unit.

What a person would hesitate over is not read: dates (``12月底``; ``≤4月`` may be four months or April), two targets in
one cell, words (``逐步提升``).
"""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.parsing.text.amounts import compact
from gongkai.vocabulary.word_lists import any_of, words

Target = tuple[str | None, Decimal | None, str | None]
"""Comparator, number, unit."""

_NOTHING: Target = (None, None, None)
_FILE = "targets.csv"
_SIGN_OF = {word: sign for sign in "≥≤><=" for word in (sign, *words(_FILE, sign))}
_SIGN = "|".join(sorted(map(re.escape, _SIGN_OF), key=len, reverse=True))
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:[^\d≥≤<>=,;。、:]|(?<=m)[23]){0,10}?"
_ABOVE, _BELOW, _ROUGHLY = (any_of(_FILE, name) for name in ("above", "below", "roughly"))
_TARGET = re.compile(
    rf"(?P<before>[^\d≥≤<>=]{{0,15}}?)(?P<sign>{_SIGN})?(?P<number>{_NUMBER})(?P<unit>[%‰]|{_UNIT})"
    rf"((?P<above>{_ABOVE})|(?P<below>{_BELOW})|(?P<roughly>{_ROUGHLY}))?"
    r"(?P<after>(?<=[%‰])[^\d≥≤<>=,;、]{0,6})?[。;]?"
)
_RANGE = re.compile(
    rf"(?P<first>{_NUMBER})(?P<unit>{_UNIT}|%){any_of(_FILE, 'range')}(?P<last>{_NUMBER})(?P<rest>{_UNIT}|%)"
)
_RANK = re.compile(any_of(_FILE, "rank"))
_ZERO = re.compile(any_of(_FILE, "zero"))
_DATE = re.compile(any_of(_FILE, "date"))
_MEASURE = re.compile(rf"{any_of(_FILE, 'measure')}{any_of(_FILE, 'reached')}*")
_ABOUT = frozenset(words(_FILE, "about"))


def read_target(target: str, sign: str | None = None, unit: str | None = None) -> Target:
    """Comparator, number and unit of a printed target; all None where it is not a number (``优``, ``12月底``).

    ``sign`` and ``unit`` are those of forms that print them in columns of their own; what the target itself says goes
    before.  A range is ``-`` with no number; a number nothing is said about is ``=``.
    """
    plain = compact(target).replace("%%", "%")
    apart = _SIGN_OF.get(compact(sign or ""))
    found = _TARGET.fullmatch(plain)
    if _DATE.search(plain):
        return _NOTHING
    if found_range := _RANGE.fullmatch(plain):
        return "-", None, found_range["rest"] or found_range["unit"] or _stated(unit)
    if rank := _RANK.fullmatch(plain):
        return "≤", Decimal(rank[1]), rank[2]
    if _ZERO.fullmatch(plain):
        return "=", Decimal(0), None
    if found is None or not _is_plain(found):
        return _NOTHING
    value = Decimal(found["number"].replace(",", ""))
    return _comparator(found, apart), value, found["unit"] or _stated(unit)


def _stated(unit: str | None) -> str | None:
    return compact(unit or "") or None


def _is_plain(found: re.Match[str]) -> bool:
    """True where the words before the number are a comparison, or but the name of what it measures."""
    before = found["before"]
    if not before or found["sign"] or before in _ABOUT:
        return True
    measured = _MEASURE.fullmatch(before) is not None and found["unit"] in ("%", "‰")
    return measured and not found["after"]


def _comparator(found: re.Match[str], apart: str | None) -> str | None:
    printed = found["sign"]
    if found["before"] in _ABOUT or found["roughly"]:
        return None
    if printed and _SIGN_OF[printed] != "=":
        return _SIGN_OF[printed]
    bound = ("≥" if found["above"] else None) or ("≤" if found["below"] else None)
    return bound or apart or "="
