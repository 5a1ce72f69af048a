"""Budgets and final accounts of whole governments, told from those of departments by their titles.

A title is that of a government where a division's name or a scope (全市, 省本级) stands right before what only whole
governments keep (海南省省级政府预算表, 全市一般公共预算收入), or where it is the report that governments give to their
congress.  A town is a department of its county and a government too: its 政府预算, 财政决算 and reports are a
government's, its 部门预算 and what names neither are not.  Revenue by taxes is a government's under any title.  A
document whose tables speak of a department or a unit is never taken for a government's.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator, Sequence

from gongkai.parsing.publisher.titles import own_title, speaks_of_a_body, titled
from gongkai.parsing.publisher.years import with_digits
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import unspaced
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.divisions import locate
from gongkai.vocabulary.word_lists import any_of

_FILE = "publisher.csv"
_YEARS = re.compile(rf"20\d{{2}}{any_of(_FILE, 'of_year')}(?:{any_of(_FILE, 'end_of_year')})?")
_YEAR = re.compile(rf"(20\d{{2}}){any_of(_FILE, 'of_year')}")
_MARKS = re.compile("[“”\"'‘’「」《》()]")
_ABOUT = re.compile(rf"^(?:.*{any_of(_FILE, 'about')})?\d{{0,3}}")
"""The number of a table before its title, and who speaks: 某县财政局关于某县2024年决算的报告."""
_NAMED = rf"(?P<place>[\u4e00-\u9fff、]{{1,18}}?{any_of(_FILE, 'governed', 'zone')})"
_NAME = f"(?:{any_of(_FILE, 'government_name')})?"
_SCOPES = (
    rf"{any_of(_FILE, 'government_scope')}(?:{any_of(_FILE, 'scopes_joined')}{any_of(_FILE, 'government_scope')})*"
)
_SCOPE = f"(?:{_SCOPES})?"
_ADJECTIVES = f"(?:{any_of(_FILE, 'government_adjective')})*"
_REST = rf"{_ADJECTIVES}{any_of(_FILE, 'government_account')}"
_OF_PLACE = re.compile(rf"{_NAMED}{_NAME}{_SCOPE}{_REST}")
_TOWN = any_of(_FILE, "town")
_OF_TOWN = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{1,20}}?{_TOWN})(?:{any_of(_FILE, 'town_office')})*{_SCOPE}"
    rf"{any_of(_FILE, 'town_account')}"
)
_COLLECTED = re.compile(rf"(?:{_NAMED}{_SCOPE}|{_SCOPES}){any_of(_FILE, 'collected')}")
_OF_SCOPE = re.compile(f"{_SCOPES}{_REST}")
_REPORT = re.compile(any_of(_FILE, "government_report"))
_NO_REPORT = re.compile(any_of(_FILE, "no_report"))
_REPORT_OF_PLACE = re.compile(rf"{_NAMED}{_NAME}{_SCOPE}{_ADJECTIVES}{any_of(_FILE, 'approved', 'executed')}")
_ZONE = re.compile(f".*{any_of(_FILE, 'zone')}")
_TOWN_NAME = re.compile(rf"[\u4e00-\u9fff]{{1,20}}?{_TOWN}(?:{any_of(_FILE, 'town_office')})*")
_TAX = re.compile(any_of(_FILE, "tax"))
_DRAFT = re.compile(rf"(20\d{{2}}){any_of(_FILE, 'of_year')}(?:(?!20\d{{2}}).){{0,40}}?[(（]?{any_of(_FILE, 'draft')}")
_SENTENCE = re.compile("[。；，]")
_FIRST_LINES = 30
"""Lines of running text that may be a report's title, alone or as many as four together."""
_LONGEST = 120


@dataclasses.dataclass(frozen=True, slots=True)
class Government:
    """A whole government as a title tells of it."""

    place: str | None
    """The division's name as printed; None where only a scope is (全市)."""
    title: str
    year: int | None = None
    """The year of the budget that a report asks for."""
    is_printed: bool = True
    """False where only the portal gives the title."""


def year_of_titles(titles: Sequence[str]) -> int | None:
    """The one year that titles of a government's tables name, also those of debts (2024年末某市政府债务余额表)."""
    years = {int(year) for title in titles if titled_government(title) for year in _YEAR.findall(_plain(title))}
    return years.pop() if len(years) == 1 else None


def government(titles: Sequence[str], head: Sequence[str], hints: Sequence[str]) -> Government | None:
    """The government whose budget or accounts the document is; None for every other body's.

    The document's own title and its name on the portal are believed before the titles of its tables, which have to
    be a government's by half at least, in a document that names no other body.
    """
    if any(speaks_of_a_body(title) and not _is_collected(title) for title in titles):
        return None
    found = next(_of_document(head), None)
    if found is None and not any(titled(text) and speaks_of_a_body(text) for text in head):
        of_portal = next(_of_document(hints), None)
        found = dataclasses.replace(of_portal, is_printed=False) if of_portal else None
    if found is None:
        of_tables = [each for title in titles if (each := titled_government(title))]
        if not of_tables or 2 * len(of_tables) < len(titles) or _names_a_body(hints, head):
            return None
        found = next((each for each in of_tables if each.place), of_tables[0])
    if found.place is None:
        texts = (*hints, *head[:_FIRST_LINES], *titles)
        places = {each.place for text in texts if (each := titled_government(text)) and each.place}
        found = dataclasses.replace(found, place=places.pop() if len(places) == 1 else None)
    return found


def _names_a_body(hints: Sequence[str], head: Sequence[str]) -> bool:
    return any(titled(text) is not None or speaks_of_a_body(text) for text in (*hints, *head))


def _of_document(texts: Sequence[str]) -> Iterator[Government]:
    """The first title, where it is a government's: nothing once another body's title has been read."""
    first = texts[:_FIRST_LINES]
    for start in range(len(first)):
        alone = titled_government(first[start])
        if alone is not None and _YEARS.search(_plain(alone.title)):
            yield alone
        elif own_title([first[start]]) is not None and _names_a_body((), [first[start]]):
            return
        for end in range(start + 2, min(start + 4, len(first)) + 1):
            if any(map(is_report, first[start:end])):
                break
            joined = titled_government("".join(first[start:end]))
            if joined is not None and _REPORT.search(_plain(joined.title)):
                yield joined


def titled_government(text: str) -> Government | None:
    """The government that a title names; None for a sentence, a numbered heading and every other title."""
    plain = _plain(text)
    if len(plain) > _LONGEST or _SENTENCE.search(plain) or _NO_REPORT.search(plain):
        return None
    years = _DRAFT.findall(plain)
    year = int(years[-1]) if years else None
    named = _MARKS.sub("", _ABOUT.sub("", _YEARS.sub("", plain)))
    if speaks_of_a_body(text):
        return _collected(named, text, year)
    of_town = _OF_TOWN.match(named)
    if of_town:
        return Government(of_town["place"], text, year)
    if _REPORT.search(plain) and _YEARS.search(plain):
        of_place = _REPORT_OF_PLACE.match(named)
        place = of_place["place"] if of_place and _is_division(of_place["place"]) else None
        return Government(place, text, year)
    of_place = _OF_PLACE.match(named)
    if of_place and _is_division(of_place["place"]):
        return Government(of_place["place"], text, year)
    return Government(None, text, year) if _OF_SCOPE.match(named) else None


def _collected(named: str, text: str, year: int | None) -> Government | None:
    """The government whose departments a table lists."""
    found = _COLLECTED.match(named)
    if found is None or (found["place"] and not _is_division(found["place"])):
        return None
    return Government(found["place"], text, year)


def _is_collected(title: str) -> bool:
    return titled_government(title) is not None


def is_report(title: str) -> bool:
    """True for the title of what a government reports to its congress."""
    return _REPORT.search(_plain(title)) is not None


def is_town(entity: str) -> bool:
    """True for a town's name, with or without 人民政府."""
    return _TOWN_NAME.fullmatch(entity) is not None


def is_zone(entity: str) -> bool:
    """True for the name of a functional zone or corps that has a budget of its own."""
    return _ZONE.fullmatch(entity) is not None


def lists_taxes(tables: Sequence[Table]) -> bool:
    """True where rows are kinds of tax: the revenue of a whole government."""
    return any(
        len({cell.plain for cell in table.cells if not cell.is_header and _TAX.fullmatch(_plain(cell.plain))}) > 1
        for table in tables
    )


def government_of_taxes(titles: Sequence[str], tables: Sequence[Table], place: str | None) -> Government | None:
    """The government whose taxes the tables list, unless one of them is a department's or a unit's."""
    if not lists_taxes(tables) or any(speaks_of_a_body(title) for title in titles):
        return None
    return Government(place, next(iter(titles), ""))


def _plain(text: str) -> str:
    return with_digits(without_enumerator(unspaced(unicodedata.normalize("NFKC", text))))


def _is_division(name: str) -> bool:
    located = locate(name, None, [])
    return (bool(located.candidates) and located.end == len(name)) or is_zone(name)
