"""Targets of performance indicators: ``≥95%``, ``不低于95%``, ``30天以内``, ``前3名`` as comparator, number and unit.

What a person would hesitate over is not read: dates (``12月底``; ``≤4月`` may be four months or April), two targets in
one cell, words (``逐步提升``).
"""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.parsing.text.amounts import compact

Target = tuple[str | None, Decimal | None, str | None]
"""Comparator, number, unit."""

_NOTHING: Target = (None, None, None)
_SIGNS = {
    "≥": ("≧", "⩾", ">=", "=>", "大于等于", "大于或等于", "不低于", "不少于", "不小于", "不得低于", "不得少于", "至少"),
    "≤": (
        "≦",
        "⩽",
        "<=",
        "=<",
        "小于等于",
        "小于或等于",
        "不高于",
        "不超过",
        "不大于",
        "不多于",
        "不得超过",
        "不得高于",
    ),
    ">": ("大于", "高于", "超过", "多于"),
    "<": ("小于", "低于", "少于"),
    "=": ("等于", "达到"),
}
_SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in (sign, *words)}
_SIGN = "|".join(sorted(map(re.escape, _SIGN_OF), key=len, reverse=True))
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:[^\d≥≤<>=,;。、:]|(?<=m)[23]){0,10}?"
_TARGET = re.compile(
    rf"(?P<before>[^\d≥≤<>=]{{0,15}}?)(?P<sign>{_SIGN})?(?P<number>{_NUMBER})"
    rf"(?P<unit>[%‰]|{_UNIT})(?P<bound>[及或]?以[上下内]|之内|左右)?(?P<after>(?<=[%‰])[^\d≥≤<>=,;、]{{0,6}})?[。;]?"
)
_RANGE = re.compile(rf"(?P<first>{_NUMBER})(?P<unit>{_UNIT}|%)[-~—–至到](?P<last>{_NUMBER})(?P<rest>{_UNIT}|%)")
_BOUNDS = {"上": "≥", "下": "≤", "内": "≤"}
"""以上, 以下 and 以内 include the number itself (Civil Code, article 1259)."""
_RANK = re.compile(r"(?:全[国省市区县])?前(\d{1,3})([名位])")
_ZERO = re.compile(
    r"(?:实现|确保|保持)?零(?:发生|事故|投诉|差错|缺陷|失误|伤亡|死亡|增长|泄[漏露]|违[规纪法]|感染|上访|积压|故障|拖欠)"
)
_DATE = re.compile(r"\d{4}年|\d{1,2}月|\d{1,2}[日号]之?前")
_MEASURE = re.compile(r".*[率度]|.*比[例重]")
_ABOUT = ("约", "大约")


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
    """Are the words before the number but the name of what it measures, or a comparison?"""
    before = found["before"]
    if not before or found["sign"] or before in _ABOUT:
        return True
    measured = _MEASURE.fullmatch(before.rstrip("达为:")) is not None and found["unit"] in ("%", "‰")
    return measured and not found["after"]


def _comparator(found: re.Match[str], apart: str | None) -> str | None:
    printed, bound = found["sign"], found["bound"] or ""
    if found["before"] in _ABOUT or bound == "左右":
        return None
    if printed and _SIGN_OF[printed] != "=":
        return _SIGN_OF[printed]
    return _BOUNDS.get(bound[-1:]) or apart or "="
