"""A disclosure before its tables are understood, as the capture tells of it and as the document does."""

from __future__ import annotations

import dataclasses

from gongkai.vocabulary.dimensions import Level, Phase
from gongkai.vocabulary.divisions import Place


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """A document as its capture tells of it; every field may be missing."""

    title: str | None = None
    link_text: str | None = None
    portal_divisions: tuple[str, ...] = ()
    """Codes of the divisions the portal publishes for: what an ambiguous name (鼓楼区) is looked up in."""
    file_name: str | None = None
    """Asked last, and never without an issue: names are often the finder's guess."""
    publisher: str | None = None
    """发布机构 of the portal: who published, which need not be whose disclosure it is; asked last, with an issue."""
    columns: str | None = None
    """Names of the columns the portal keeps it in, outermost first."""


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
