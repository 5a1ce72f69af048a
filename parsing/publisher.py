"""Whose disclosure a document is: entity, place, department, level, fiscal year and phase, from what it prints.

Evidence is taken from the captions and titles of its tables, then from its own title lines (a cover breaks a title into
several), then from the subject of its sentences, then from what the portal said of it (article title, link text).  File
names are often the finder's guess: one that names a place, an organisation and a year is believed last, with an issue.
What can't be told is None and becomes an issue: nothing is defaulted.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import compact, unspaced
from gongkai.parsing.text.grid import Doubt, TextLine
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.departments import department_of
from gongkai.vocabulary.dimensions import Level, Phase
from gongkai.vocabulary.divisions import Place, locate, place
from gongkai.vocabulary.forms import form_of_title

T = TypeVar("T", bound=str | int)

_CODED_ENTITY = re.compile(r"[\[【(（]?(\d{3,9})[\]】)）]?[-—]?(?!年)([\u4e00-\u9fff][\u4e00-\u9fff()（）、]{3,40})")
_LABELLED_ENTITY = re.compile(
    r"(?:编制|填报|预算|公开|编报|汇总)?(?:部门|单位)(?:[(（]单位[)）])?(?:名称)?(?:[(（]公章[)）])?[:：](.{3,50})"
)
_TITLE = re.compile(r"(.{0,40}?)(20\d{2})年?(?:度)?(.{0,40}?)(部门|单位)?(?:收支)?(预算|决算)(.{0,24})")
_BUDGET_YEAR = re.compile(r"(?:预算|决算|财政)?年(?:度|份)[:：](20\d{2})")
_TITLE_YEAR = re.compile(r"(20\d{2})年(?:度)?.{0,40}?(?:预算|决算|收支|收入|支出|三公)")
ORGANISATION = re.compile(
    r".*(局|委|委员会|办公室|办公厅|办|厅|部|院|所|中心|站|队|支队|大队|馆|校|学院|大学|中学|小学|幼儿园|会|政府|街道|镇|乡|"
    r"协会|联合会|总工会|法院|检察院|社|公司|库|处|园|场|台|团|署|组|基地|总队|本级|机关|署|行|科)([(（].*[)）])?"
)
"""Names of departments and units, by how they end."""
_DATE = re.compile(r"(?:[\u4e00-\u9fff]{2,6}[:：])?20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?")
"""A day, perhaps with its hour and what happened on it (发布时间：2026-03-19)."""
_OF_A_YEAR = re.compile(r"20\d{2}(?:年|[-/.]\d)")
"""No body is called after a year: what holds one is more than a name."""
_SUBJECT = re.compile(
    r"(?:^|[。；;，,、：:）)])([\u4e00-\u9fff（）()]{4,30}?)20\d{2}年度?(?:部门|单位)?(?:收入|支出|预算|决算|收支|一般公共|财政拨款|政府采购)"
)
_NO_TITLE = re.compile(r"目录|[。；，]|\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)$|预算执行|预算草案", re.IGNORECASE)
"""A sentence, the name of an attachment; what governments report to their congress is no department's disclosure."""
_PARTS = re.compile("[_：:]")
"""What stands between the parts of a file's name."""
_SUPERIOR = re.compile(r"主管(?:部门|单位)(?:名称)?[:：](.{3,40})")
_ATTACHED = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{4,40}?|(?:我|本)(?:单位|局|办|院|所|中心|站|馆|校|场|队))(?:[(（][^()（）]{1,12}[)）])?"
    r"(?:(?:设在|隶属于?|直属于?|归口于?|挂靠在?)(?P<at>[\u4e00-\u9fff]{3,30})"
    r"|(?:是|为|系)(?P<of>[\u4e00-\u9fff]{3,30}?)(?:所属|直属|下属|主管|管理|举办)的?)"
)
"""A sentence that says whose a body is: 某办公室设在某委员会; 某中心是某局所属事业单位."""
_COVER_LINES = 8
"""Lines of the first page that may be parts of its title."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HEAD_LINES = 60
"""Lines of running text looked at for the document's own title."""


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """What the capture tells of a document; every field may be missing."""

    title: str | None = None
    link_text: str | None = None
    portal_divisions: tuple[str, ...] = ()
    """Codes of the divisions the portal publishes for: what an ambiguous name (鼓楼区) is looked up in."""
    file_name: str | None = None
    """Asked last, and never without an issue: names are often the finder's guess."""


@dataclasses.dataclass(frozen=True, slots=True)
class Disclosure:
    """Fields as the columns of ``documents``; None where the document does not tell."""

    entity: str | None
    department: str | None
    unit_code: str | None
    level: Level | None
    year: int | None
    phase: Phase | None
    place: Place | None
    title: str | None
    own_title: str | None
    """The title as the document itself prints it; None where only the portal gives one."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Named:
    entity: str
    code: str | None = None


def identify(
    tables: Sequence[Table], lines: Sequence[TextLine], context: Context, title_hint: str | None
) -> tuple[Disclosure, list[Doubt]]:
    """Tell whose disclosure it is; the doubts say what could not be told."""
    head = [line.text for line in lines if len(compact(line.text)) <= 80][:_HEAD_LINES]
    head = [*_cover_titles(lines), *head]
    hints = [text for text in (title_hint, context.title, context.link_text) if text and _CHINESE.search(text)]
    captions = [text for table in tables for text in table.captions]
    titles = [table.title for table in tables if table.title]
    named = _entity(captions, head, hints, lines)
    has_forms = any(form_of_title(title) for title in titles)
    told = _file_title(context.file_name) if named is None and has_forms else None
    if told is not None:
        hints.append(told)
        named = _titled(told)
    own_title = _own_title(head)
    year = _year(captions, titles, [own_title] if own_title else [], head, hints)
    phase = _phase(titles, head, hints)
    code = named.code if named else None
    level = _level(titles, head, hints, code)
    where, doubts = _place(named, head, hints, year, context)
    department = (department_of(named.entity) if named else None) or _superior([*captions, *head])
    if department is None and named is not None:
        department = _attached(named.entity, lines)
    disclosure = Disclosure(
        entity=named.entity if named else None,
        department=department,
        unit_code=code,
        level=level,
        year=year,
        phase=phase,
        place=where,
        title=own_title or (hints[0] if hints else None),
        own_title=own_title,
    )
    if told is not None:
        doubts.append(Doubt("entity_from_file_name", f"only the file name says whose disclosure it is: {told!r}"))
    return disclosure, [*doubts, *_missing(disclosure)]


def _cover_titles(lines: Sequence[TextLine]) -> list[str]:
    """Titles that a cover sets on several lines (2026年度 / 某某局 / 部门预算), and no line of it holds whole."""
    cover: list[str] = []
    for line in lines[:_COVER_LINES]:
        plain = unspaced(line.text)
        if _DATE.fullmatch(plain):  # article pages print it above or below their title
            continue
        if (
            line.page not in (None, lines[0].page)
            or "目录" in plain
            or len(plain) > 40
            or re.search("[。；，:：]", plain)
        ):
            break
        cover.append(plain)
    joined = ("".join(cover[a:b]) for a in range(len(cover)) for b in range(min(a + 4, len(cover)), a + 1, -1))
    alone = [named for line in cover if (named := _titled(line))]
    if any(_names_a_place(named.entity) for named in alone):
        return []
    return [title for title in joined if (named := _titled(title)) and named not in alone]


def _subject(lines: Sequence[TextLine]) -> _Named | None:
    """Whose figures the sentences give (某某局2025年收入预算…), where they agree."""
    found = Counter(
        name
        for line in lines
        for match in _SUBJECT.finditer(unspaced(line.text))
        if (name := _organisation(match.group(1)))
    )
    ranked = found.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return _Named(ranked[0][0])


def _file_title(name: str | None) -> str | None:
    """The title a file name gives: only where it names a place, an organisation, a year and 预算 or 决算."""
    if name is None:
        return None
    parts = [part for part in _PARTS.split(unspaced(re.sub(r"\.\w{2,4}$", "", name))) if part]
    for start in range(len(parts) - 1, -1, -1):  # what a finder put before the title is left out
        title = without_enumerator("".join(parts[start:]))
        named = _titled(title)
        if named is not None and _names_a_place(named.entity):
            return title
    return None


def _names_a_place(entity: str) -> bool:
    return locate(entity, None, []).division is not None


def _missing(disclosure: Disclosure) -> Iterator[Doubt]:
    if disclosure.entity is None:
        yield Doubt("entity_unknown", "no table, title or caption says whose disclosure it is")
    elif disclosure.department is None:
        yield Doubt("department_unknown", f"{disclosure.entity!r} fits no department of the vocabulary")
    if disclosure.year is None:
        yield Doubt("year_unknown", "no caption or title states one fiscal year")
    if disclosure.phase is None:
        yield Doubt("phase_unknown", "no title says whether it is a budget (预算) or final accounts (决算)")
    if disclosure.level is None:
        yield Doubt("level_unknown", "nothing says whether it is a department's (部门) or a unit's (单位) disclosure")


def _most(found: Iterable[T]) -> T | None:
    """The most frequent; None when there is none or the first two are tied."""
    ranked = Counter(found).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _entity(
    captions: Sequence[str], head: Sequence[str], hints: Sequence[str], lines: Sequence[TextLine]
) -> _Named | None:
    coded = [named for text in captions if (named := _coded(text))]
    if coded:
        counted = Counter(coded)
        return counted.most_common(1)[0][0]
    for texts in (captions, head[:_HEAD_LINES]):
        labelled = Counter(name for text in texts if (name := _labelled(text)))
        if labelled:
            return labelled.most_common(1)[0][0]
    if titled := [name for text in head if (name := _titled(text))]:
        return Counter(titled).most_common(1)[0][0]
    if subject := _subject(lines):
        return subject
    if titled := [name for text in hints if (name := _titled(text))]:
        return Counter(titled).most_common(1)[0][0]
    return None


def _superior(texts: Iterable[str]) -> str | None:
    """The department of the authority that a unit's disclosure names as its own (主管部门)."""
    found = (_SUPERIOR.search(unspaced(text)) for text in texts)
    return next((department for match in found if match and (department := department_of(match.group(1)))), None)


def _attached(entity: str, lines: Iterable[TextLine]) -> str | None:
    """The department that the text says the body is part of."""
    for line in lines:
        for found in _ATTACHED.finditer(unspaced(line.text)):
            if found["body"].startswith(("我", "本")) or found["body"].endswith(entity):
                department = department_of(found["at"] or found["of"])
                if department is not None:
                    return department
    return None


def _organisation(text: str) -> str | None:
    name = unspaced(text).strip("：:、，,。. ")
    name = without_enumerator(name, parts=True)
    name = re.sub(r"^关于|[(（](汇总|合并|部门)[)）]$", "", name)
    return name if 3 < len(name) <= 50 and ORGANISATION.fullmatch(name) and not _OF_A_YEAR.search(name) else None


def _coded(text: str) -> _Named | None:
    found = _CODED_ENTITY.fullmatch(unspaced(text))
    name = _organisation(found.group(2)) if found else None
    return _Named(name, found.group(1)) if found and name else None


def _labelled(text: str) -> _Named | None:
    found = _LABELLED_ENTITY.search(unspaced(text))
    if found is None:
        return None
    rest = re.split(r"(?:金额)?单位[:：]|20\d{2}年|填报日期", found.group(1))[0]
    coded = _coded(rest)
    name = _organisation(rest)
    return coded or (_Named(name) if name else None)


def _titled(text: str) -> _Named | None:
    """The entity a title names: before the year (某局2025年部门预算) or behind it (2025年某局部门预算)."""
    found = _TITLE.fullmatch(_DATE.sub("", unspaced(text)))
    if found is None:
        return None
    for group in (found.group(3), found.group(1)):
        name = _organisation(re.sub(r"^(部门|单位)|(部门|单位|本级)$", "", group or ""))
        if name:
            return _Named(name)
    return None


def _year(captions: Sequence[str], *said: Sequence[str]) -> int | None:
    """The year the captions state, else that of the titles in the first of ``said`` that agree on one."""
    stated = [int(found.group(1)) for text in captions if (found := _BUDGET_YEAR.search(compact(text)))]
    if stated:
        return _most(stated)
    for texts in said:
        years = [int(found.group(1)) for text in texts if (found := _TITLE_YEAR.search(compact(text)))]
        if years:
            return _most(years)
    return None


def _phase(titles: Sequence[str], head: Sequence[str], hints: Sequence[str]) -> Phase | None:
    """``executed`` when titles speak of 决算 (their names also hold 预算: 一般公共预算财政拨款支出决算表)."""
    for texts in ([text for text in head if _TITLE.search(compact(text))], titles, hints):
        said: list[Phase] = [
            "executed" if "决算" in plain else "approved"
            for text in texts
            if "预算" in (plain := compact(text)) or "决算" in plain
        ]
        phase = _most(said)
        if phase is not None:
            return phase
    return None


def _level(titles: Sequence[str], head: Sequence[str], hints: Sequence[str], code: str | None) -> Level | None:
    for texts in (titles, head, hints):
        said: list[Level] = []
        for text in texts:
            plain = compact(text)
            department, unit = (
                re.search(r"部门(收支|收入|支出|预算|决算)", plain),
                re.search(r"单位(收支|收入|支出|预算|决算)", plain),
            )
            if bool(department) != bool(unit):
                said.append("department" if department else "unit")
        level = _most(said)
        if level is not None:
            return level
    if code is not None:
        return "department" if len(code) <= 3 else "unit"
    return None


def _place(
    named: _Named | None, head: Sequence[str], hints: Sequence[str], year: int | None, context: Context
) -> tuple[Place | None, list[Doubt]]:
    within = list(context.portal_divisions)
    for text in ([named.entity] if named else []) + list(hints) + list(head[:10]):
        located = locate(text, year, within)
        if located.division is not None:
            return place(located.division, year), []
        if located.candidates:
            names = "、".join(sorted(f"{each.name} {each.code}" for each in located.candidates)[:6])
            return None, [Doubt("place_ambiguous", f"{text!r} fits several divisions: {names}")]
    return None, [Doubt("place_unknown", "no division of GB/T 2260 is named by the entity or a title")]


def _own_title(head: Sequence[str]) -> str | None:
    """The first line that names a year with 预算 or 决算, and is neither a sentence, a heading nor an attachment."""
    return next((text for text in head if _is_title(unspaced(text))), None)


def _is_title(plain: str) -> bool:
    if not _TITLE.fullmatch(plain) or _NO_TITLE.search(plain):
        return False
    return without_enumerator(plain) == plain or _titled(plain) is not None
