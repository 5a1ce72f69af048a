"""Forms that a disclosure promises: those its own table of contents lists, or the ministry's template asks for.

Contents are printed as running text or drawn as a table; final accounts without contents are held to the list of the
Ministry of Finance's template.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping, Sequence

from gongkai.parsing.tables.table import Table, is_contents
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.grid import TextLine
from gongkai.parsing.text.numbering import is_numbered, without_enumerator
from gongkai.vocabulary.dimensions import Phase
from gongkai.vocabulary.forms import Form, form_of_title
from gongkai.vocabulary.word_lists import any_of, words

_FILE = "promised_forms.csv"
_CONTENTS = re.compile(rf".{{0,24}}{any_of(_FILE, 'contents')}[:：]?")
_UNIT = re.compile(any_of(_FILE, "unit"))
_LEADER = re.compile(r"[.…·•\-—_\s]*(?:[(（]\d{1,3}[)）]|(?<!\d)\d{1,3})\s*$|[.…·•\-—_\s]+$")
_FORM_TITLE = re.compile(rf".{{2,}}{any_of(_FILE, 'form_end')}([(（].{{1,20}}[)）])?")
_NARRATIVE = re.compile(rf".*{any_of(_FILE, 'narrative_end')}$")
_ABOUT_MONEY = re.compile(any_of(_FILE, "about_money"))
_SET_OF_FORMS = re.compile(any_of(_FILE, "set_of_forms"))
_PART_OPENS = words("numbering.csv", "part_opens")
_BRACKETED = re.compile(r"\([^()]*\)$")
_UNTOLD = re.compile(rf"{any_of(_FILE, 'untold')}|[“”\"'《》（）()]|[0-9、.:：]")
_MOST_ENTRIES = 80
_LONGEST = 60
_ENOUGH_FORMS = 3
"""Different forms from which a file without contents is taken for whole final accounts."""


@dataclasses.dataclass(frozen=True, slots=True)
class Promise:
    """A form that the contents list, or the template asks for."""

    title: str
    form: Form | None
    page: int | None
    source: str
    line: int = -1
    """Its place among the lines of running text; -1 where it stands in none."""


def promises(
    lines: Sequence[TextLine], tables: Sequence[Table], forms: Mapping[int, Form], phase: Phase | None
) -> list[Promise]:
    """Every promised form once.  ``forms`` are the forms recognised, by table index."""
    listed = _once([*_listed(lines), *_tabled(tables, forms)])
    if listed or phase != "executed" or len(set(forms.values())) < _ENOUGH_FORMS:
        return listed
    source = "the template for final accounts"
    return [Promise(title, form_of_title(title), None, source) for title in words(_FILE, "template")]


@functools.lru_cache(maxsize=8_192)
def plain_title(text: str) -> str:
    """A title without its number, leader dots and page number."""
    return compact(without_enumerator(_LEADER.sub("", compact(text)))).rstrip("。;；")


def same_title(title: str, other: str | None) -> bool:
    """True for titles that agree but for the year, the entity's kind, brackets and the number of the table."""
    if other is None:
        return False
    names = [plain_title(text) for text in (title, other)]
    if not all("(" in name for name in names):
        names = [_BRACKETED.sub("", name) for name in names]
    mine, theirs = (_UNTOLD.sub("", name) for name in names)
    return bool(mine) and mine == theirs


def _once(promised: Sequence[Promise]) -> list[Promise]:
    return list({_UNTOLD.sub("", promise.title): promise for promise in reversed(promised)}.values())[::-1]


def _listed(lines: Sequence[TextLine]) -> list[Promise]:
    """Titles of forms in the contents printed as running text."""
    heads = (number for number, line in enumerate(lines) if _CONTENTS.fullmatch(compact(line.text)))
    return next((entries for number in heads if (entries := _entries(lines, number + 1))), [])


def _entries(lines: Sequence[TextLine], start: int) -> list[Promise]:
    """The entries from ``start`` on; they end where the first of them is printed again, as its own heading."""
    entries: list[Promise] = []
    seen: dict[str, int] = {}
    texts = _joined(lines, start)
    for number, text, page in texts[:_MOST_ENTRIES]:
        plain = plain_title(text)
        if plain in seen and number - seen[plain] > 1 and len(plain) > 3:
            break
        if page is not None and page > (lines[start - 1].page or page) + (2 if entries else 0):
            break
        if "，" in text or len(plain) > _LONGEST:
            break
        seen.setdefault(plain, number)
        promise = _promise(plain, page, number)
        if promise is not None:
            entries.append(promise)
    return entries


def _joined(lines: Sequence[TextLine], start: int) -> list[tuple[int, str, int | None]]:
    """Lines of contents, an entry broken over two lines put together where the entries are numbered."""
    joined: list[tuple[int, str, int | None]] = []
    following = [line.text.strip() for line in lines[start : start + 20]]
    numbered = sum(is_numbered(compact(text)) for text in following) * 2 >= len(following)
    for number in range(start, min(len(lines), start + 2 * _MOST_ENTRIES)):
        text = lines[number].text.strip().lstrip("-*#• ").rstrip("* ")
        if _UNIT.match(compact(text)):
            break
        if not text or re.fullmatch(r"[-—–\s\d]*", text):
            continue
        whole = not numbered or not joined or is_numbered(compact(text)) or _is_whole(joined[-1][1])
        if whole or joined[-1][2] != lines[number].page:
            joined.append((number, text, lines[number].page))
        else:
            joined[-1] = (joined[-1][0], joined[-1][1] + text, joined[-1][2])
    return joined


def _is_whole(text: str) -> bool:
    plain = plain_title(text)
    return (
        _FORM_TITLE.fullmatch(plain) is not None or _NARRATIVE.match(plain) is not None or bool(re.search(r"\d$", text))
    )


def _promise(title: str, page: int | None, line: int) -> Promise | None:
    if not _FORM_TITLE.fullmatch(title) or title.startswith(_PART_OPENS) or len(title) < 4:
        return None
    form = form_of_title(title)
    if form is None and (not _ABOUT_MONEY.search(title) or _SET_OF_FORMS.fullmatch(title)):
        return None
    return Promise(title, form, page, "contents", line)


def _tabled(tables: Sequence[Table], forms: Mapping[int, Form]) -> list[Promise]:
    """Titles of forms in contents that are drawn as a table."""
    promised: list[Promise] = []
    for table in tables:
        if table.index in forms:
            continue
        entries = [promise for row in _rows(table) if (promise := _in_row(row, table.first_page)) is not None]
        drawn = is_contents(table) or (len(entries) >= 4 and len(entries) * 2 > table.row_count)
        if drawn:
            promised.extend(entries)
    return promised


def _rows(table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [rows[row] for row in sorted(rows)]


def _in_row(row: Sequence[str], page: int | None) -> Promise | None:
    for text in row:
        promise = _promise(plain_title(text), page, -1)
        if promise is not None:
            return promise
    return None
