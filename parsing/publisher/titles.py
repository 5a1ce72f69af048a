"""Titles of disclosures: whose, of which year, budget or final accounts, of a department or a unit."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from gongkai.parsing.publisher.names import Named, names_a_place, organisation
from gongkai.parsing.publisher.years import BEGUN_RANGE, FISCAL_YEAR, UP_TO_NEXT_YEAR, fiscal_years, with_digits
from gongkai.parsing.text.amounts import compact, unspaced
from gongkai.parsing.text.captions import is_note
from gongkai.parsing.text.grid import TextLine
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.dimensions import Level, Phase
from gongkai.vocabulary.word_lists import any_of

T = TypeVar("T")

_FILE = "publisher.csv"
_BODY = any_of(_FILE, "department", "unit")
_STATED = f"(?:{any_of('sides.csv', 'both', 'revenue', 'expenditure')}|{any_of(_FILE, 'approved', 'executed')})"
_TITLE = re.compile(
    rf"(?P<before>.{{0,60}}?){FISCAL_YEAR}(?P<within>{UP_TO_NEXT_YEAR}{{0,40}}?){_BODY}?{any_of('sides.csv', 'both')}?"
    rf"{any_of(_FILE, 'approved', 'executed')}(?P<after>.{{0,24}})"
)
_AROUND_NAME = re.compile(rf"^{_BODY}|{any_of(_FILE, 'department', 'unit', 'own_level')}$")
_OTHER_YEAR = re.compile(rf"{BEGUN_RANGE}|^{FISCAL_YEAR}(?:{any_of(_FILE, 'acted_on')})*")
"""A year in a title that is not that of its figures: 2024年公开某局2023年度部门决算."""
_SPEAKER = re.compile(rf"{any_of(_FILE, 'about')}(?:{any_of(_FILE, 'acted_on')})*$")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]$")
_INTRODUCED = re.compile(rf"(.+?){any_of(_FILE, 'introduced')}")
_APPROVAL = re.compile(any_of(_FILE, "approval"))
_BOTH_PHASES = re.compile(any_of(_FILE, "both_phases"))
_YEAR_CAPTION = re.compile(rf"{any_of(_FILE, 'year_caption')}[:：](20\d{{2}})|^(20\d{{2}}){any_of(_FILE, 'of_year')}$")
_DATE = re.compile(rf"(?:{any_of(_FILE, 'day_label')}[:：])?{any_of(_FILE, 'date')}")
"""A day, perhaps with its hour and what happened on it (发布时间：2026-03-19)."""
_CONTENTS = re.compile(any_of(_FILE, "contents"))
_PUNCTUATION = re.compile("[。；，:：]")
_NO_TITLE = re.compile(
    rf"{any_of(_FILE, 'contents', 'congress')}|[。；，]|[：:]$|\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)$", re.IGNORECASE
)
"""A sentence, what introduces a list, the name of an attachment, a report to the people's congress."""
_APPROVED, _EXECUTED = re.compile(any_of(_FILE, "approved")), re.compile(any_of(_FILE, "executed"))
_OF_DEPARTMENT = re.compile(any_of(_FILE, "department") + _STATED)
_OF_UNIT = re.compile(any_of(_FILE, "unit") + _STATED)
_ADDRESSED = re.compile(r"[:：]\s*$")
_PARTS = re.compile("[_：:]")
"""Characters between the parts of a file's name."""
_COVER_LINES = 8
"""Lines of the first page that may be parts of its title."""


@functools.lru_cache(maxsize=8_192)
def titled(text: str) -> Named | None:
    """The entity a title names: before the year (某局2025年部门预算) or behind it (2025年某局部门预算).

    The one whose figures another settles (某财政局关于批复某局2024年度部门决算的通知) goes before the one that speaks.
    """
    found = _TITLE.fullmatch(_DATE.sub("", with_digits(unspaced(text))))
    if found is None:
        return None
    before, within = (_AROUND_NAME.sub("", _OTHER_YEAR.sub("", found[group])) for group in ("before", "within"))
    speaker = "" if is_approval(text) else _SPEAKER.sub("", before)
    behind = _IN_BRACKETS.search(found["after"])
    groups = [within, before, speaker, behind[1] if behind else ""]
    if within and organisation(before) is None and names_a_place(before):
        groups.insert(0, before + within)  # 大冶市2024年教育局部门决算
    return next((Named(name) for group in groups if (name := organisation(group))), None)


def is_approval(text: str) -> bool:
    """True for a title of a document in which one body settles the figures of another (批复)."""
    plain = unspaced(text)
    return _APPROVAL.search(plain) is not None and _TITLE.search(with_digits(plain)) is not None


def addressed(head: Sequence[str]) -> Named | None:
    """The body that an approval speaks to: the line 某局： below its title."""
    start = next((at for at, text in enumerate(head) if is_approval(text)), None)
    if start is None:
        return None
    for text in head[start : start + _COVER_LINES]:
        if _ADDRESSED.search(text) and (name := organisation(text)):
            return Named(name)
    return None


def own_title(head: Sequence[str]) -> str | None:
    """The first line that names a year with 预算 or 决算, and is neither a sentence, a heading nor an attachment."""
    return next((text for text in head if is_title(unspaced(text))), None)


def is_title(plain: str) -> bool:
    """True for a line that names a year with 预算 or 决算 and is neither a sentence, a heading nor an attachment."""
    if not _TITLE.fullmatch(with_digits(plain)) or _NO_TITLE.search(plain):
        return False
    return without_enumerator(plain) == plain or titled(plain) is not None


def cover_titles(lines: Sequence[TextLine]) -> list[str]:
    """Titles that a cover sets on several lines (2026年度 / 某某局 / 部门预算), and no line of it holds whole."""
    cover = cover_of(lines)
    parts = (cover[a:b] for a in range(len(cover)) for b in range(min(a + 4, len(cover)), a + 1, -1))
    joined = ("".join(lines) for lines in parts if all(without_enumerator(line) == line for line in lines[1:]))
    alone = [named for line in cover if (named := titled(line))]
    if any(names_a_place(named.entity) for named in alone):
        return []
    return [title for title in joined if (named := titled(title)) and named not in alone]


def broken_titles(lines: Sequence[TextLine]) -> list[str]:
    """Titles of no named body that break across the first lines (关于2024年某省省级国有资本经营 / 预算的说明)."""
    cover = cover_of(lines)
    found = []
    for start, end in ((a, b) for a in range(len(cover)) for b in (a + 2, a + 3) if b <= len(cover)):
        parts = cover[start:end]
        goes_on = all(without_enumerator(part) == part for part in parts[1:])
        if goes_on and not any(map(fiscal_years, parts)) and len(fiscal_years("".join(parts))) == 1:
            found.append("".join(parts))
    return found


def on_cover(lines: Sequence[str]) -> Named | None:
    """The one body that stands alone in a line of a cover whose other lines bind a year to 预算 or 决算."""
    names = {name for text in lines if (name := organisation(text)) and unspaced(text).startswith(name)}
    return Named(names.pop()) if len(names) == 1 and fiscal_years("".join(lines)) else None


def introduced(text: str) -> Named | None:
    """The body that a heading introduces: 第一部分 某局概况."""
    found = _INTRODUCED.fullmatch(without_enumerator(unspaced(text), parts=True))
    name = organisation(found[1]) if found else None
    return Named(name) if name else None


def cover_of(lines: Sequence[TextLine]) -> list[str]:
    """The short lines that the first page begins with, dates left out."""
    cover: list[str] = []
    for line in lines[:_COVER_LINES]:
        plain = unspaced(line.text)
        if _DATE.fullmatch(plain):  # article pages print it above or below their title
            continue
        elsewhere = line.page not in (None, lines[0].page)
        if elsewhere or len(plain) > 40 or _CONTENTS.search(plain) or _PUNCTUATION.search(plain):
            break
        cover.append(plain)
    return cover


def file_title(name: str | None) -> str | None:
    """The title a file name gives: only where it names a place, an organisation, a year and 预算 or 决算."""
    if name is None:
        return None
    parts = [part for part in _PARTS.split(unspaced(re.sub(r"\.\w{2,4}$", "", name))) if part]
    for start in range(len(parts) - 1, -1, -1):  # what a finder put before the title is left out
        title = without_enumerator("".join(parts[start:]))
        named = titled(title)
        if named is not None and names_a_place(named.entity):
            return title
    return None


def year_of(captions: Sequence[str], *said: Sequence[str]) -> int | None:
    """The year the captions state, else that of the titles in the first of ``said`` that bind one to their figures.

    None where they disagree: a group whose titles bind several years, or as many one as another, is not passed over.
    """
    stated = [int(next(filter(None, found.groups()))) for text in captions if (found := _caption_year(text))]
    if stated:
        return _most(stated)
    for texts in said:
        bound = [years for text in texts if (years := fiscal_years(text))]
        single = [next(iter(years)) for years in bound if len(years) == 1]
        if bound:
            return _most(single)
    return None


def agreed_year(texts: Sequence[str]) -> int | None:
    """The one year that titles bind to their figures; None where they bind none or several."""
    years = frozenset[int]().union(*map(fiscal_years, texts))
    return next(iter(years)) if len(years) == 1 else None


def agreed_phase(texts: Sequence[str]) -> Phase | None:
    """The one phase that titles say; None where they say none or both."""
    phases = {phase for text in texts if (phase := _phase_said(compact(text)))}
    return phases.pop() if len(phases) == 1 else None


def _caption_year(text: str) -> re.Match[str] | None:
    return _YEAR_CAPTION.search(with_digits(compact(text)))


def phase_of(titles: Sequence[str], head: Sequence[str], hints: Sequence[str]) -> Phase | None:
    """``executed`` when titles speak of 决算 (their names also hold 预算: 一般公共预算财政拨款支出决算表).

    A note below a form of final accounts is none of them: 注：2023年度预算数为“三公”经费全年预算数。
    """
    own = [text for text in head if _TITLE.search(with_digits(compact(text))) and not _is_remark(text)]
    for texts in (own, titles, hints):
        phase = _most(phase for text in texts if (phase := _phase_said(compact(text))))
        if phase is not None:
            return phase
    return None


def _is_remark(text: str) -> bool:
    """True for a note or a whole sentence, which are no titles."""
    return is_note(text) or compact(text).endswith(("。", ";"))


def _phase_said(text: str) -> Phase | None:
    plain = _BOTH_PHASES.sub("", text)
    if _EXECUTED.search(plain):
        return "executed"
    return "approved" if _APPROVED.search(plain) else None


def level_of(code: str | None, *said: Sequence[str]) -> Level | None:
    """Whose figures the first titles that tell say they are, a department's or a unit's; else the code's length."""
    for texts in said:
        level = _most(level for text in texts if (level := _level_said(compact(text))))
        if level is not None:
            return level
    if code is not None:
        return "department" if len(code) <= 3 else "unit"
    return None


def speaks_of_a_body(text: str) -> bool:
    """True for a title of a department's (部门) or a unit's (单位) figures."""
    plain = compact(text)
    return bool(_OF_DEPARTMENT.search(plain) or _OF_UNIT.search(plain))


def _level_said(plain: str) -> Level | None:
    of_department, of_unit = bool(_OF_DEPARTMENT.search(plain)), bool(_OF_UNIT.search(plain))
    if of_department == of_unit:
        return None
    return "department" if of_department else "unit"


def _most(said: Iterable[T]) -> T | None:
    """The most frequent; None when there is none or the first two are tied."""
    ranked = Counter(said).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
