"""What the captures of an original say of it, for whoever parses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.archive import Capture
from gongkai.parsing.articles import Articles
from gongkai.parsing.publisher import Context, Told


def context_of(captures: Sequence[Capture], divisions: Mapping[str, str], articles: Articles) -> Context:
    """What the first capture says, and the last that a person told."""
    first = captures[0]
    division = divisions.get(first.portal)
    return Context(
        title=first.title,
        link_text=first.link_text,
        portal_divisions=(division,) if division else (),
        file_name=first.file_name,
        publisher=first.publisher,
        index_number=first.index_number,
        breadcrumb=tuple(first.context.split(" > ")) if first.context else (),
        siblings=articles.beside(first),
        told=_told(captures),
    )


def _told(captures: Sequence[Capture]) -> Told:
    """The last that was told of each fact, over all captures of the same bytes."""
    year, entity, division, phase = (
        next((value for capture in reversed(captures) if (value := getattr(capture, name)) is not None), None)
        for name in ("told_year", "told_entity", "told_division", "told_phase")
    )
    return Told(year, entity, division, phase)
