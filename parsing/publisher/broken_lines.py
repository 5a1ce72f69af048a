"""Titles that break across the first lines of a document, put together again.

某市2024年部门预算 / 公开情况说明; 关于某市2025年预算执行情况 / 和2026年预算草案的报告: a part alone says less than the
whole, or another year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.parsing.publisher.governments import is_report
from gongkai.parsing.publisher.titles import cover_of, introduced, is_title
from gongkai.parsing.publisher.years import fiscal_years
from gongkai.parsing.text.amounts import unspaced
from gongkai.parsing.text.grid import TextLine
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.word_lists import any_of

_FILE = "publisher.csv"
_AND = any_of(_FILE, "and")
_ENDS_WITH_AND, _BEGINS_WITH_AND = re.compile(f"{_AND}$"), re.compile(_AND)
_END = re.compile(rf"{any_of(_FILE, 'title_end')}(?:[(（][^()（）]*[)）])?$")
_SENTENCE = re.compile("[。；，:：]")
_FIRST_LINES = 8
_LONGEST = 80


def with_whole_titles(lines: Sequence[TextLine]) -> list[str]:
    """The texts of lines in order, those that are one title put together."""
    on_cover = len(cover_of(lines))
    texts: list[str] = []
    for number, line in enumerate(lines):
        if 0 < number < _FIRST_LINES and _goes_on(texts[-1], line.text, is_on_cover=number < on_cover):
            texts[-1] = texts[-1].strip() + line.text.strip()
        else:
            texts.append(line.text)
    return texts


def _goes_on(before: str, text: str, *, is_on_cover: bool) -> bool:
    """True where ``text`` is the rest of the title ``before``.

    和 ends the one, or begins the other in what a government reports; else the one is a title whose end is the other.
    """
    first, rest = unspaced(before), unspaced(text)
    whole = first + rest
    if len(whole) > _LONGEST or _SENTENCE.search(whole) or without_enumerator(rest) != rest:
        return False
    if _ENDS_WITH_AND.search(first):
        return bool(fiscal_years(whole))
    if _BEGINS_WITH_AND.match(rest):
        return is_report(whole)
    is_end = _END.search(rest) is not None and not fiscal_years(rest) and introduced(rest) is None
    return is_on_cover and is_end and is_title(first) and _END.search(first) is None
