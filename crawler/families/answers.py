"""Reads the answers of platforms (`pages.json_answers`): records, texts, days, counts, and what pagers declare.

Pure functions.  Nothing here guesses: an answer that lacks what its family reads raises ListingNotUnderstoodError.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.pages.page import CHINA, Page, find_date, squeeze

T = TypeVar("T")

TAG = re.compile(r"<[^>]*>")
MOST_DIGITS = 18
"""Of a count or a moment; longer ones are none, and Python refuses to read the longest."""
MILLISECONDS = 10**11
"""A number of seconds above this would lie beyond the year 5000: it counts milliseconds."""
_COUNT = r"(\d{1,9})(?!\d)"
PAGES_DECLARED = re.compile(rf"""共\s*{_COUNT}\s*页|\b(?:pageCount|totalPages?|endPage)["']?\s*[:=]\s*["']?{_COUNT}""")
ROWS_DECLARED = re.compile(
    rf"""共\s*(?:有|计)?\s*{_COUNT}\s*(?:条|篇|个?信息)|\btotalRecords?["']?\s*[:=]\s*["']?{_COUNT}"""
)


def part(page: Page, value: Any, path: str, kind: type[T]) -> T:
    """What stands at a dotted path of an answer; raises ListingNotUnderstoodError unless it is of this kind."""
    found = value
    for name in path.split(".") if path else ():
        found = found.get(name) if isinstance(found, Mapping) else None
    if not isinstance(found, kind):
        place = f"{path!r}" if path else "the whole answer"
        raise ListingNotUnderstoodError(
            f"{page.url!r}: {place} is {str(found)[:60]!r}; the family reads a {kind.__name__} there."
        )
    return found


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


def declared_pages(text: str) -> int | None:
    """How many pages a pager says there are, in words or in its script."""
    return _declared(PAGES_DECLARED, text)


def declared_rows(text: str) -> int | None:
    """How many rows a pager says there are."""
    return _declared(ROWS_DECLARED, text)


def _declared(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(next(group for group in match.groups() if group)) if match else None


def query_of(url: str) -> dict[str, str]:
    """The query of an address; the last value of a repeated name counts."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def with_query(url: str, **values: object) -> str:
    """An address with some values of its query replaced or added, the others in their order, without fragment."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, str(values.get(name, value))) for name, value in pairs]
    added = [(name, str(value)) for name, value in values.items() if name not in dict(pairs)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept + added), ""))
