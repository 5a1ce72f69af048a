"""Printed money to exact yuan.

The one place where amounts are cleaned.  What counts as a blank, a zero and an unreadable text is decided here and
nowhere else: a blank is None without doubt, a printed zero is ``Decimal(0)``, anything else is refused.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from decimal import Decimal

from gongkai.vocabulary.units_of_account import units_of_account
from gongkai.vocabulary.word_lists import any_of

_FILE = "amounts.csv"
UNITS = units_of_account()
"""Units of account seen on statement forms, in yuan."""
_UNIT = f"({'|'.join(sorted(UNITS, key=len, reverse=True))})"

LARGEST = Decimal(10) ** 18
"""Yuan that DECIMAL(20,2) can't hold; China's whole public spending is below 10**14."""

_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_BLANK = re.compile(r"[-‐‑‒–—―─－ー_/\\]*")
_UNIT_STATED = re.compile(rf"{any_of(_FILE, 'unit_label')}[:：]?{any_of(_FILE, 'currency_name')}?{_UNIT}")
_UNIT_IN_BRACKETS = re.compile(rf"[(（](?:{any_of(_FILE, 'bracket_label')}[:：])?{_UNIT}[)）]")
_SEPARATOR_SPACE = re.compile(r"(?<=[\d.,])\s+(?=[\d.,])")
_RAISED = "\u00b2\u00b3\u00b9\u2070-\u2079\u2460-\u24ff\u2776-\u2793"
"""Digits in circles, in brackets of their own and raised: marks of footnotes, which NFKC would make digits."""
_NOTE = any_of(_FILE, "footnote")
_MARKED = re.compile(
    rf"(?<=[\d)）{''.join({unit[-1] for unit in UNITS})}])\s*"
    rf"(?:[{_RAISED}]+|[\[［【]\s*(?:{_NOTE}\s*)?[\d{_RAISED}]{{1,2}}\s*[\]］】]|[(（]?{_NOTE}\s*\d?\d?[)）]?)\s*$"
)
_ANY_RAISED = re.compile(f"[{_RAISED}]")
_CURRENCY = re.compile(any_of(_FILE, "currency"), re.IGNORECASE)
_MINUS_BEFORE_SIGN = re.compile(rf"-\s*(?:\(|{_CURRENCY.pattern})", re.IGNORECASE)
_OWN_UNIT = re.compile(rf"{_UNIT}{any_of(_FILE, 'exact')}?$")


@dataclasses.dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: its value in the printed unit and how many decimals it shows."""

    value: Decimal
    decimals: int
    unit: str | None = None
    """Unit of account printed beside the number itself (``12.5万元``); None where only the table states one."""


@functools.lru_cache(maxsize=32_768)
def compact(text: str) -> str:
    """Text for comparison: NFKC, all white space removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def unspaced(text: str) -> str:
    """Text as printed but for its white space: what names, labels and header paths are stored as."""
    return "".join(text.split())


@functools.lru_cache(maxsize=32_768)
def is_blank(text: str) -> bool:
    """True for an empty cell and for a dash that stands for one (``-``, ``—``, ``——``)."""
    return _BLANK.fullmatch(compact(text)) is not None


@functools.lru_cache(maxsize=32_768)
def read_number(text: str) -> Printed | None:
    """The number a cell holds and nothing else; None when the text is not exactly one number.

    Full-width digits, thousands separators, a leading sign, brackets or △/▲ for negatives are understood; white space
    inside a number (a line broken in a narrow cell) is removed.  A currency sign before the number, a unit of account
    and the mark of a footnote (``412.16①``) behind it are no part of it.
    """
    unmarked = _MARKED.sub("", text)
    if _ANY_RAISED.search(unmarked):
        return None
    plain = _SEPARATOR_SPACE.sub("", unicodedata.normalize("NFKC", unmarked)).strip()
    unit = _OWN_UNIT.search(plain)
    if unit is not None:
        plain = plain[: unit.start()].rstrip()
    plain, negative = _without_signs(plain)
    if _NUMBER.fullmatch(plain) is None:
        return None
    value = Decimal(plain.replace(",", ""))
    _, _, fraction = plain.partition(".")
    return Printed(-value if negative else value, len(fraction), unit[1] if unit else None)


def _without_signs(plain: str) -> tuple[str, bool]:
    """The number without currency sign, brackets and minus in other spellings, and True where those make it negative.

    The sign of money stands before or behind that of the currency, within the brackets or outside: ``-¥1``, ``¥(1)``.
    """
    negative = False
    for _ in range(2):
        plain = _CURRENCY.sub("", plain, count=1).strip() if _CURRENCY.match(plain) else plain
        if re.fullmatch(r"\([^()]+\)", plain):
            plain, negative = plain[1:-1].strip(), not negative
        elif plain[:1] in ("△", "▲", "−", "﹣") or _MINUS_BEFORE_SIGN.match(plain):
            plain, negative = plain[1:].strip(), not negative
    return plain, negative


def in_yuan(printed: Printed, unit: str) -> Decimal | None:
    """Yuan to the fen; None when the number is finer than a fen or larger than any budget (``LARGEST``).

    ``unit`` is the table's; a number that prints its own is in that one.
    """
    yuan = printed.value * UNITS[printed.unit or unit]
    if abs(yuan) >= LARGEST:
        return None
    rounded = yuan.quantize(Decimal("0.01"))
    return rounded if rounded == yuan else None


def as_quantity(value: Decimal) -> Decimal | None:
    """A count or measure as the lake holds it, four decimals; None when it is finer or larger."""
    if abs(value) >= LARGEST / 100:
        return None
    rounded = value.quantize(Decimal("0.0001"))
    return rounded if rounded == value else None


def stated_unit(text: str) -> str | None:
    """The unit of account a caption or heading states (``单位：万元``, ``项目金额（万元）``), or None."""
    plain = compact(text)
    found = _UNIT_STATED.search(plain) or _UNIT_IN_BRACKETS.search(plain)
    return found.group(1) if found else None
