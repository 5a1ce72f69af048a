"""Whose disclosure a document is: entity, place, department, level, year and phase.

A document is believed in this order: the captions of its tables, its own titles, its sentences, what the portal said
of it (article title, link text).  File names are often the finder's guess: one that names a place, an organisation and
a year is believed last, with an issue.  What can't be told is None and becomes an issue: nothing is defaulted.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gongkai.parsing.publisher.disclosure import Context, Disclosure
from gongkai.parsing.publisher.governments import Government, government, year_of_titles
from gongkai.parsing.publisher.names import Named, coded, labelled
from gongkai.parsing.publisher.running_text import attached_department, subject_of, superior_department
from gongkai.parsing.publisher.titles import cover_titles, file_title, level_of, own_title, phase_of, titled, year_of
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.grid import Doubt, TextLine
from gongkai.vocabulary.departments import WHOLE_GOVERNMENT, department_of
from gongkai.vocabulary.divisions import Place, locate, place
from gongkai.vocabulary.forms import form_of_title
from gongkai.vocabulary.word_lists import any_of

_GOVERNMENT = re.compile(f"{any_of('publisher.csv', 'government')}$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HEAD_LINES = 60
"""Lines of running text looked at for the document's own title."""
_LONGEST = 80
"""Characters of a line that may be a title."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """Texts that may say whose a document is, by where they stand."""

    captions: Sequence[str]
    titles: Sequence[str]
    head: Sequence[str]
    """Titles set on several lines, then the first short lines."""
    hints: Sequence[str]
    """Names that the file's markup and the portal give it."""
    lines: Sequence[TextLine]

    @classmethod
    def of(cls, tables: Sequence[Table], lines: Sequence[TextLine], hints: Sequence[str | None]) -> _Said:
        short = [line.text for line in lines if len(compact(line.text)) <= _LONGEST][:_HEAD_LINES]
        return cls(
            captions=[text for table in tables for text in table.captions],
            titles=[table.title for table in tables if table.title],
            head=[*cover_titles(lines), *short, *(text for table in tables for text in table.captions if titled(text))],
            hints=[text for text in hints if text and _CHINESE.search(text)],
            lines=lines,
        )

    def entity(self) -> Named | None:
        """The body named most often where one is named at all: captions first, hints last."""
        sources = (
            (named for text in self.captions if (named := coded(text))),
            (named for text in self.captions if (named := labelled(text))),
            (named for text in self.head[:_HEAD_LINES] if (named := labelled(text))),
            (named for text in self.head if (named := titled(text))),
            (named for named in (subject_of(self.lines),) if named),
            (named for text in self.hints if (named := titled(text))),
        )
        ranked = (Counter(source).most_common(1) for source in sources)
        return next((most[0][0] for most in ranked if most), None)

    def department(self, named: Named | None) -> str | None:
        """The department of the body's name, of its superior, or of the authority its text puts it in."""
        of_name = department_of(named.entity) if named else None
        known = of_name or superior_department([*self.captions, *self.head])
        return known or (attached_department(named.entity, self.lines) if named else None)


def identify(
    tables: Sequence[Table], lines: Sequence[TextLine], context: Context, title_hint: str | None
) -> tuple[Disclosure, list[Doubt]]:
    """Tell whose disclosure it is; the doubts say what could not be told."""
    said = _Said.of(tables, lines, (title_hint, context.title, context.link_text))
    named, from_file = said.entity(), None
    if named is None and any(form_of_title(title) for title in said.titles):
        from_file = file_title(context.file_name)
    if from_file is not None:
        said = dataclasses.replace(said, hints=[*said.hints, from_file])
        named = titled(from_file)
    whole = government(said.titles, said.head, said.hints) if named is None or named.code is None else None
    by_portal = None if named or whole else _publisher(said, context)
    if by_portal is not None:
        named = by_portal
    if whole is not None:
        return _of_government(said, whole, named, context)
    disclosure, doubts = _disclosure(said, named, context)
    if from_file is not None:
        doubts.append(Doubt("entity_from_file_name", f"only the file name says whose disclosure it is: {from_file!r}"))
    if by_portal is not None:
        doubts.append(Doubt("entity_from_portal", f"only the portal says whose disclosure it is: {by_portal.entity!r}"))
    return disclosure, [*doubts, *_missing(disclosure)]


def _publisher(said: _Said, context: Context) -> Named | None:
    """The publisher that the portal names (发布机构), else the innermost of its columns, where that is a department and
    the document has forms of budgets and says nothing of whose it is."""
    if not any(form_of_title(title) for title in said.titles):
        return None
    names = (context.publisher, *reversed((context.columns or "").split(" > ")))
    return next((Named(name) for name in names if name and department_of(name)), None)


def _of_government(
    said: _Said, whole: Government, named: Named | None, context: Context
) -> tuple[Disclosure, list[Doubt]]:
    """The disclosure of a whole government: named as such (某省省级政府), else by its division as printed."""
    of_name = named.entity if named is not None and _GOVERNMENT.search(named.entity) else None
    entity = of_name or whole.place
    found, doubts = _disclosure(said, Named(entity) if entity else None, context)
    year = year_of(said.captions, said.titles) or whole.year or found.year or year_of_titles(said.titles)
    found = dataclasses.replace(found, department=WHOLE_GOVERNMENT, level="government", year=year)
    return found, [*doubts, *_missing(found)]


def _disclosure(said: _Said, named: Named | None, context: Context) -> tuple[Disclosure, list[Doubt]]:
    title = own_title(said.head)
    code = named.code if named else None
    year = year_of(said.captions, said.titles, [title] if title else [], said.head, said.hints)
    where, doubts = _place(said, named, year, context)
    disclosure = Disclosure(
        entity=named.entity if named else None,
        department=said.department(named),
        unit_code=code,
        level=level_of(said.titles, said.head, said.hints, code),
        year=year,
        phase=phase_of(said.titles, said.head, said.hints),
        place=where,
        title=title or next(iter(said.hints), None),
        own_title=title,
    )
    return disclosure, doubts


def _place(said: _Said, named: Named | None, year: int | None, context: Context) -> tuple[Place | None, list[Doubt]]:
    within = list(context.portal_divisions)
    for text in (*([named.entity] if named else []), *said.hints, *said.head[:10]):
        located = locate(text, year, within)
        if located.division is not None:
            return place(located.division, year), []
        if located.candidates:
            names = "、".join(sorted(f"{each.name} {each.code}" for each in located.candidates)[:6])
            return None, [Doubt("place_ambiguous", f"{text!r} fits several divisions: {names}")]
    return None, [Doubt("place_unknown", "no division of GB/T 2260 is named by the entity or a title")]


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
