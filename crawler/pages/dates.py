"""Dates as listings print them: whole, in pieces (`15` over `2026-03`), or of month and day only.  Pure functions."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable

from gongkai.crawler.pages.page import DASHES, find_date, squeeze

_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
DAY_FIRST = re.compile(
    rf"(?<![\d:.])(?<!\d[-/]){_DAY}\s*日?\s+{_YEAR}\s*[{DASHES}./年]\s*{_MONTH}(?!\d)\s*月?(?!\s*[{DASHES}./]?\s*\d)"
)
DAY_LAST = re.compile(rf"(?<!\d){_YEAR}\s*[{DASHES}./年]\s*{_MONTH}\s*月?\s+{_DAY}(?![\d:])")
YEAR_LAST = re.compile(rf"(?<![\d:.]){_MONTH}\s*[{DASHES}./月]\s*{_DAY}\s*日?\s+{_YEAR}(?!\d)")
MONTH_DAY = re.compile(rf"[\[【(（\s]*{_MONTH}\s*[{DASHES}/.月]\s*{_DAY}\s*日?[\]】)）\s]*")
DAY_MONTH = re.compile(rf"{_DAY}\s*日?\s+{_MONTH}\s*月")
TIME = r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
WHOLE = re.compile(
    rf"[\[【(（<\s]*(?:(?:发布|更新)?(?:时间|日期)\s*[:：]\s*)?{_YEAR}\s*[{DASHES}./年]\s*\d{{1,2}}\s*[{DASHES}./月]\s*\d{{1,2}}\s*日?{TIME}"
    r"[\]】)）>\s]*"
)
TRAILING = re.compile(
    rf"\s*[\[【(（]?\s*(?:{_YEAR}\s*[{DASHES}./年]\s*)?\d{{1,2}}\s*[{DASHES}./月]\s*\d{{1,2}}\s*日?\s*[\]】)）]?\s*$"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Dating:
    """A printed date: `day`, or only `month` and `day_of_month` where it tells no year."""

    day: dt.date | None
    month: int
    day_of_month: int


def dating(texts: Iterable[str]) -> Dating | None:
    """The first date that the pieces of a text print; None where they print none."""
    pieces = [text for piece in texts if (text := squeeze(piece))]
    if not any(char.isdecimal() for text in pieces for char in text):
        return None
    joined = " ".join(pieces)
    if day := find_date(joined) or _in_pieces(joined):
        return Dating(day, day.month, day.day)
    for text in (*pieces, joined):
        if match := MONTH_DAY.fullmatch(text):
            return Dating(None, int(match.group(1)), int(match.group(2)))
        if match := DAY_MONTH.fullmatch(text):
            return Dating(None, int(match.group(2)), int(match.group(1)))
    return None


def _in_pieces(text: str) -> dt.date | None:
    for pattern, order in ((DAY_FIRST, (2, 3, 1)), (DAY_LAST, (1, 2, 3)), (YEAR_LAST, (3, 1, 2))):
        if match := pattern.search(text):
            try:
                return dt.date(*(int(match.group(place)) for place in order))
            except ValueError:  # 2025-02-30 looks like a date
                continue
    return None


def in_address(url: str, dated: Dating) -> dt.date | None:
    """The whole date of a month and a day that an address names with its year; None where it names another day.

    An address alone proves no date, see `crawler.pages.article.ArticleFacts`: here the page prints the day itself.
    """
    month, day = dated.month, dated.day_of_month
    pattern = rf"(?<!\d)((?:19|20)\d\d)(?:{month:02d}|[-/]0?{month})(?:{day:02d}|[-/]0?{day})(?!\d)"
    years = {int(match.group(1)) for match in re.finditer(pattern, url)}
    try:
        return dt.date(years.pop(), month, day) if len(years) == 1 else None
    except ValueError:
        return None


def is_date_only(text: str) -> bool:
    """True for a text that is a date and nothing else."""
    return bool(WHOLE.fullmatch(text) or MONTH_DAY.fullmatch(text)) or (
        len(text) <= 14 and (_in_pieces(text) is not None or DAY_MONTH.fullmatch(text) is not None)
    )


def undated(title: str) -> str:
    """A title without a date at its end."""
    return squeeze(TRAILING.sub("", title))
