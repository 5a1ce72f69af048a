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

UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
"""Units of account seen on statement forms, in yuan."""

LARGEST = Decimal(10) ** 18
"""Yuan that DECIMAL(20,2) can't hold; China's whole public spending is below 10**14."""

_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_BLANK = re.compile(r"[-‐‑‒–—―─－ー_/\\]*")
_UNIT_STATED = re.compile(r"(?:金额)?单位[:：]?(?:人民币)?(百万元|万元|千元|亿元|元)")
_UNIT_IN_BRACKETS = re.compile(r"[(（](?:单位[:：])?(百万元|万元|千元|亿元|元)[)）]")
_SEPARATOR_SPACE = re.compile(r"(?<=[\d.,])\s+(?=[\d.,])")


@dataclasses.dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: its value in the printed unit and how many decimals it shows."""

    value: Decimal
    decimals: int


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
    inside a number (a line broken in a narrow cell) is removed.
    """
    plain = _SEPARATOR_SPACE.sub("", unicodedata.normalize("NFKC", text)).strip()
    negative = False
    if re.fullmatch(r"\([\d.,]+\)", plain):
        plain, negative = plain[1:-1], True
    elif plain[:1] in ("△", "▲", "−", "﹣"):
        plain, negative = plain[1:].strip(), True
    if _NUMBER.fullmatch(plain) is None:
        return None
    value = Decimal(plain.replace(",", ""))
    _, _, fraction = plain.partition(".")
    return Printed(-value if negative else value, len(fraction))


def in_yuan(printed: Printed, unit: str) -> Decimal | None:
    """Yuan to the fen; None when the number is finer than a fen or larger than any budget (``LARGEST``)."""
    yuan = printed.value * UNITS[unit]
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
