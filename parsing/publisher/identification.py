"""Whose disclosure a document is: entity, place, department, level, year and phase.

A document is believed in this order: the captions of its tables, its own titles, its sentences and the rows of its
units; then what a person told who added it; then what the portal said of it (article title, link text, 发布机构, the
columns above and the files beside it).  File names are often the finder's guess: one that names a place, an
organisation and a year is believed last, with an issue.  A person who contradicts the document is an issue too: what
is printed can be shown on its page.  What can't be told is None and becomes an issue: nothing is defaulted.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from gongkai.parsing.publisher.disclosure import Context, Disclosure, Told
from gongkai.parsing.publisher.governments import (
    Government,
    government,
    government_of_taxes,
    is_report,
    is_town,
    is_zone,
    year_of_titles,
)
from gongkai.parsing.publisher.names import Named, is_same_body, lacks_its_place
from gongkai.parsing.publisher.said import FOR_OTHERS, Said
from gongkai.parsing.publisher.titles import (
    agreed_phase,
    agreed_year,
    file_title,
    level_of,
    own_title,
    phase_of,
    titled,
    year_of,
)
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import unspaced
from gongkai.parsing.text.grid import Doubt, TextLine
from gongkai.vocabulary.departments import WHOLE_GOVERNMENT, department_of
from gongkai.vocabulary.divisions import Division, Place, division, locate, place
from gongkai.vocabulary.forms import form_of_title
from gongkai.vocabulary.word_lists import any_of

_GOVERNMENT = re.compile(f"{any_of('publisher.csv', 'government')}$")
_OWN_PLACE = re.compile(any_of("publisher.csv", "own_place"))


def identify(
    tables: Sequence[Table], lines: Sequence[TextLine], context: Context, title_hint: str | None
) -> tuple[Disclosure, list[Doubt]]:
    """Tell whose disclosure it is; the doubts say what could not be told."""
    said = Said.of(tables, lines, context, title_hint)
    own, told = said.own_entity(), context.told
    named = _believed(own, told) or said.hinted_entity(context.publisher)
    from_file = None
    if named is None and any(form_of_title(title) for title in said.titles):
        from_file = file_title(context.file_name)
    if from_file is not None:
        said = dataclasses.replace(said, hints=[*said.hints, from_file])
        named = titled(from_file)
    whole = _whole(said, named) if named is None or named.code is None else None
    if whole is not None:
        disclosure, doubts = _of_government(said, whole, named, context)
    else:
        disclosure, doubts = _disclosure(said, named, context)
        if own is not None and told.entity and not is_same_body(own.entity, told.entity):
            doubts.append(_told_otherwise("entity", own.entity, told.entity))
    if disclosure.year is None and named is not None and (year := _year_of_file(named, context.file_name)):
        disclosure = dataclasses.replace(disclosure, year=year)
        doubts.append(Doubt("year_from_file_name", f"only the file name says the year: {context.file_name!r}"))
    if from_file is not None:
        doubts.append(Doubt("entity_from_file_name", f"only the file name says whose disclosure it is: {from_file!r}"))
    return disclosure, [*doubts, *_missing(disclosure)]


def _whole(said: Said, named: Named | None) -> Government | None:
    """The whole government that titles tell of, or that lists its taxes and that no body of another kind publishes."""
    found = government(said.titles, said.head, said.hints)
    if found is not None:
        return found
    place = _governed(named)
    return government_of_taxes(said.titles, said.tables, place) if named is None or place is not None else None


def _governed(named: Named | None) -> str | None:
    """The place whose budget the body keeps: a government's own, a town, a zone, that of a finance bureau."""
    if named is None or lacks_its_place(named.entity):
        return None
    entity = named.entity
    if _GOVERNMENT.search(entity) or is_town(entity) or is_zone(entity):
        return entity
    located = locate(entity, None, [])
    begins = located.start == 0 and located.end > 0
    return entity[: located.end] if begins and department_of(entity) in FOR_OTHERS else None


def _year_of_file(named: Named, file_name: str | None) -> int | None:
    """The year that the file's name binds, where it names the same body."""
    title = file_title(file_name)
    of_file = titled(title) if title is not None else None
    if title is None or of_file is None or not is_same_body(of_file.entity, named.entity):
        return None
    return agreed_year([title])


def _believed(own: Named | None, told: Told) -> Named | None:
    """The body that the document names, by the longer name where a person tells the same one in full."""
    if told.entity and (own is None or (is_same_body(own.entity, told.entity) and len(told.entity) > len(own.entity))):
        return Named(told.entity, own.code if own else None)
    return own


def _told_otherwise(what: str, own: object, told: object) -> Doubt:
    reason = f"the document says that its {what} is {own}, who added it says {told}; the document is believed"
    return Doubt("told_otherwise", reason)


def _of_government(
    said: Said, whole: Government, named: Named | None, context: Context
) -> tuple[Disclosure, list[Doubt]]:
    """The disclosure of a whole government: named as such (某省省级政府), else by its division as printed."""
    of_name = named.entity if named is not None and _GOVERNMENT.search(named.entity) else None
    if of_name is not None:
        bare, texts = _GOVERNMENT.sub("", of_name), (*said.head, *said.titles, *said.hints)
        if bare == whole.place or not any(of_name in unspaced(text) for text in texts):
            of_name = bare  # 某县2025年政府预算
    entity = of_name or whole.place or _governed(named) or context.told.entity
    found, doubts = _disclosure(said, Named(entity) if entity else None, context)
    of_titles = year_of_titles([*said.titles, whole.title])
    year = year_of(said.captions, said.titles) or whole.year or found.year or of_titles
    own = whole.title if is_report(whole.title) and whole.is_printed else found.own_title
    found = dataclasses.replace(found, title=own or found.title, own_title=own)
    return dataclasses.replace(found, department=WHOLE_GOVERNMENT, level="government", year=year), doubts


def _disclosure(said: Said, named: Named | None, context: Context) -> tuple[Disclosure, list[Doubt]]:
    title, told = own_title(said.head), context.told
    code = named.code if named else None
    own_year = year_of(said.captions, said.titles, [title] if title else [], said.head)
    own_phase = phase_of(said.titles, said.head, ())
    year = (
        own_year
        or told.year
        or year_of((), *([text] for text in (*said.links, *said.hints)))
        or agreed_year(said.beside)
    )
    where, doubts = _place(said, named, year, context)
    if own_year and told.year and own_year != told.year:
        doubts.append(_told_otherwise("year", own_year, told.year))
    if own_phase and told.phase and own_phase != told.phase:
        doubts.append(_told_otherwise("phase", own_phase, told.phase))
    disclosure = Disclosure(
        entity=named.entity if named else None,
        department=said.department(named),
        unit_code=code,
        level=level_of(code, [title] if title else [], said.titles, said.head, said.hints),
        year=year,
        phase=own_phase or told.phase or phase_of((), (), said.hints) or agreed_phase(said.beside),
        place=where,
        title=title or next(iter(said.hints), None),
        own_title=title,
    )
    return disclosure, doubts


def _place(said: Said, named: Named | None, year: int | None, context: Context) -> tuple[Place | None, list[Doubt]]:
    """The division that the body or a title names; else the one told, else that of a portal whose own body it is."""
    told = division(context.told.division) if context.told.division else None
    within = [told.code] if told else list(context.portal_divisions)
    for text in (*([named.entity] if named else []), *said.hints, *said.head[:10]):
        located = locate(text, year, within)
        if located.division is not None:
            return _agreed(located.division, told, year)
        if located.candidates:
            if told in located.candidates:
                break
            names = "、".join(sorted(f"{each.name} {each.code}" for each in located.candidates)[:6])
            return None, [Doubt("place_ambiguous", f"{text!r} fits several divisions: {names}")]
    own = told or (_of_portal(named.entity, context.portal_divisions) if named else None)
    if own is not None:
        return place(own, year), []
    return None, [Doubt("place_unknown", "no division of GB/T 2260 is named by the entity or a title")]


def _agreed(printed: Division, told: Division | None, year: int | None) -> tuple[Place, list[Doubt]]:
    """The narrower of the two where one contains the other, else the printed one and a doubt."""
    if told is None or told.contains(printed):
        return place(printed, year), []
    if printed.contains(told):
        return place(told, year), []
    return place(printed, year), [_told_otherwise("place", printed.name, told.name)]


def _of_portal(entity: str, codes: Sequence[str]) -> Division | None:
    """The division of a portal for a town, and a body that calls itself by the kind of its place alone (市民政局)."""
    of_portal = division(codes[0]) if len(codes) == 1 else None
    kind = _OWN_PLACE.match(entity)
    own = is_town(entity) or (of_portal is not None and kind is not None and of_portal.name.endswith(kind[0]))
    return of_portal if own else None


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
