"""Short lines above, below and inside a table: title, unit, entity, year, page number, note."""

from __future__ import annotations

import functools
import re

from gongkai.parsing.text.amounts import compact, stated_unit, unspaced
from gongkai.parsing.text.numbering import is_form_number
from gongkai.vocabulary.word_lists import any_of

_FILE = "captions.csv"
_PAGE_NUMBER = re.compile(any_of(_FILE, "page_number"), re.IGNORECASE)
_CLOSING_DATE = re.compile(rf"{any_of(_FILE, 'closing_date')}[:：]?(.*\d{{4}}.*)")
_CAPTION = re.compile(rf"{any_of(_FILE, 'caption')}|{_CLOSING_DATE.pattern}")
_NOTE = re.compile(any_of(_FILE, "note"))
_EMPTY_BY_DECLARATION = re.compile(any_of(_FILE, "empty"))
_CONDITION = re.compile(any_of(_FILE, "condition"))
_TITLE_ENDS = re.compile(rf".*{any_of(_FILE, 'title_end')}([(（][^()（）]{{0,40}}[)）])*([(（][^()（）]{{0,12}})?")
_CONTENTS_ENDS = re.compile(rf"{any_of(_FILE, 'contents_end')}\S*\s+\d{{1,3}}$")
_OWN_BODY = re.compile(any_of(_FILE, "own_body"))
_CONTINUED = re.compile(rf"^{any_of(_FILE, 'continued')}|{any_of(_FILE, 'continued')}$")
_NOTHING_HERE = re.compile(any_of(_FILE, "nothing_here"))
_SENTENCE = re.compile(r"[。；;！？]|,.*,|，.*，")
_CONTENTS_LEADER = re.compile(r"\.{3,}|…{2,}|·{3,}|-{5,}|_{4,}")
MAX_TITLE = 80


@functools.lru_cache(maxsize=8_192)
def is_page_number(text: str) -> bool:
    """``- 12 -``, ``第12页``, ``12``."""
    return _PAGE_NUMBER.fullmatch(compact(text)) is not None


@functools.lru_cache(maxsize=8_192)
def is_caption(text: str) -> bool:
    """A line that belongs to a table's head but is not its title: unit, entity, year, form number, closing date."""
    plain = compact(text)
    return len(plain) <= MAX_TITLE and (_CAPTION.fullmatch(plain) is not None or is_form_number(plain))


def closing_date(text: str) -> str | None:
    """The day of a caption 截至2024年12月31日, as printed but for white space; None where it is another caption."""
    found = _CLOSING_DATE.search(unspaced(text))
    return found[1] if found else None


@functools.lru_cache(maxsize=8_192)
def is_note(text: str) -> bool:
    """A remark below a table: 注：…, or the sentence that says it is empty on purpose."""
    return _NOTE.fullmatch(compact(text)) is not None


def goes_on_with_note(text: str) -> bool:
    """True for a line that speaks of the publisher itself (本部门无…): below a note it belongs to that note."""
    return _OWN_BODY.match(text.strip()) is not None


def declares_empty(text: str) -> bool:
    """True when a note says that the table is empty on purpose (空表列示, 本表无数据)."""
    return is_note(text) and _EMPTY_BY_DECLARATION.search(compact(text)) is not None


def tells_of_any_table(text: str) -> bool:
    """True for a note that says what the table means if it is empty (此表如无数字则…), and so not that it is."""
    return _CONDITION.search(compact(text)) is not None


@functools.lru_cache(maxsize=8_192)
def says_nothing_is_there(text: str) -> bool:
    """True for a text in or beside a table that says that the table is empty: 本表无数据, 无此项, 本单位无…预算."""
    return _NOTHING_HERE.fullmatch(compact(text)) is not None


@functools.lru_cache(maxsize=8_192)
def is_contents_entry(text: str) -> bool:
    """A line of a table of contents: a title, leader dots and a page number."""
    return _CONTENTS_LEADER.search(text) is not None


def ends_like_contents(text: str) -> bool:
    """A title and a page number with white space between them, as contents drawn without leader dots have."""
    return _CONTENTS_ENDS.search(text.strip()) is not None


@functools.lru_cache(maxsize=8_192)
def could_be_title(text: str) -> bool:
    """A short line that could name a table: ends like one and is not a sentence."""
    plain = compact(text)
    if not 3 <= len(plain) <= MAX_TITLE or is_contents_entry(text) or _SENTENCE.search(plain):
        return False
    return not is_caption(text) and not is_note(text) and _TITLE_ENDS.fullmatch(plain) is not None


def without_continuation(text: str) -> str:
    """A title, compact, without the mark that its table goes on (支出决算表（续）); empty for the mark alone (续表)."""
    return _CONTINUED.sub("", compact(text))


def unit_in(texts: list[str]) -> str | None:
    """The first unit of account that any of the texts states, captions from the table upwards."""
    below = ["", *texts[:-1]]
    units = (stated_unit(text) or cut_unit(text, lower) for text, lower in zip(texts, below, strict=False))
    return next((unit for unit in units if unit is not None), None)


def cut_unit(text: str, below: str) -> str | None:
    """The unit of a caption that breaks off before its last character, which ends the line below: 单位：万 / 元."""
    last = below.strip()[-1:]
    whole = stated_unit(text.rstrip() + last)
    is_cut = whole is not None and len(whole) > 1 and text.rstrip().endswith(whole[:-1]) and whole.endswith(last)
    return whole if is_cut else None
