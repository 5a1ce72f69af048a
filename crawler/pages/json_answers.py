"""Answers that are data rather than pages: JSON, however portals wrap it, its records, texts, days and counts.

Pure functions.  Nothing here guesses: an answer that lacks what its family reads raises ListingNotUnderstoodError.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.pages.page import CHINA, Page, find_date, squeeze

T = TypeVar("T")

TAG = re.compile(r"<[^>]*>")
MOST_DIGITS = 18
"""A longer number is no count and no moment, and Python refuses to read the longest."""
MILLISECONDS = 10**11
"""A number of seconds above this would lie beyond the year 5000: it counts milliseconds."""
CALLBACK = re.compile(r"\s*[\w$.]+\s*\((.*)\)\s*;?\s*", re.DOTALL)


def read_json(page: Page) -> object:
    """The value of a JSON answer, also of JSONP (`callback({…})`) and of JSON written into a JSON string.

    Raises ListingNotUnderstoodError for anything else, as an HTML page in place of data.
    """
    text = page.text.strip()
    if match := CALLBACK.fullmatch(text):
        text = match.group(1)
    try:
        # some platforms leave line breaks as they are within texts
        value = json.loads(text, strict=False)
        is_wrapped = isinstance(value, str) and value.lstrip()[:1] in {"{", "["}
        return json.loads(value, strict=False) if is_wrapped else value
    except (ValueError, RecursionError) as error:
        raise ListingNotUnderstoodError(f"the answer is no JSON ({error}): {text[:80]!r}") from error


def part(page: Page, value: Any, path: str, kind: type[T]) -> T:
    """The value at a dotted path of an answer; raises ListingNotUnderstoodError unless it is of this kind."""
    reached = value
    for name in path.split(".") if path else ():
        reached = reached.get(name) if isinstance(reached, Mapping) else None
    if not isinstance(reached, kind):
        place = f"{path!r}" if path else "the whole answer"
        raise ListingNotUnderstoodError(
            f"{page.url!r}: {place} is {str(reached)[:60]!r}; the family reads a {kind.__name__} there."
        )
    return reached


def records(page: Page, value: Any, path: str) -> list[Mapping[str, Any]]:
    """The rows of an answer, each a mapping."""
    return [part(page, row, "", dict) for row in part(page, value, path, list)]


def text_of(record: Mapping[str, Any], *names: str) -> str:
    """The first of these fields that says something, without markup; empty when none does."""
    values = (record.get(name) for name in names)
    texts = (squeeze(TAG.sub("", str(value))) for value in values if isinstance(value, str | int))
    return next((text for text in texts if text), "")


def count_of(record: Mapping[str, Any], *names: str) -> int | None:
    """The largest of the counts that stand in these fields, as numbers or as digits; None when none does."""
    texts = [str(record.get(name, "")) for name in names]
    return max((int(text) for text in texts if text.isdecimal() and len(text) <= MOST_DIGITS), default=None)


def day_of(record: Mapping[str, Any], *names: str) -> dt.date | None:
    """The calendar day of the first field that holds one: a printed date, or seconds or milliseconds since 1970."""
    for name in names:
        text = text_of(record, name)
        day = _day_of_seconds(int(text)) if text.isdecimal() and 9 <= len(text) <= MOST_DIGITS else find_date(text)
        if day:
            return day
    return None


def _day_of_seconds(seconds: int) -> dt.date | None:
    seconds = seconds // 1000 if seconds > MILLISECONDS else seconds
    try:
        return dt.datetime.fromtimestamp(seconds, CHINA).date()
    except (OverflowError, OSError, ValueError):
        return None


def strings_in(value: Any) -> Iterator[str]:
    """Every text of a JSON value, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)
