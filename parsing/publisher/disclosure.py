"""A disclosure before its tables are understood, as the capture tells of it and as the document does."""

from __future__ import annotations

import dataclasses

from gongkai.vocabulary.dimensions import Level, Phase
from gongkai.vocabulary.divisions import Place


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """What a person knows of a document and said when adding it; None where nothing was said."""

    year: int | None = None
    entity: str | None = None
    division: str | None = None
    """Code of GB/T 2260."""
    phase: Phase | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """A document as its capture tells of it; every field may be missing."""

    title: str | None = None
    """Of the page, or of the article that the file is attached to."""
    link_text: str | None = None
    portal_divisions: tuple[str, ...] = ()
    """Codes of the divisions the portal publishes for: what an ambiguous name (鼓楼区) is looked up in."""
    file_name: str | None = None
    """Asked last, and never without an issue: names are often the finder's guess."""
    publisher: str | None = None
    """The 发布机构 that the portal states: asked after every title, and never where it publishes for others."""
    index_number: str | None = None
    """索引号: no part of any name or title that it is printed with."""
    breadcrumb: tuple[str, ...] = ()
    """The columns above the article, outermost first (政务公开, 部门预算, 2025年部门预算)."""
    siblings: tuple[str, ...] = ()
    """Link texts and names of the other files of its article, and the titles and bodies that they print themselves."""
    told: Told = Told()


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
