"""The facts of the five seed disclosures, as the generators of the demo documents read them.

``facts/<seed>.json`` holds what was published and may be repeated: entity, codes, form labels, every amount as
printed, project names, codes and budgets, indicator names and targets.  Sentences of the publishers are not in it;
where a document needs narrative, ``narrative.py`` writes its own.

Shape of one file: ``seed, entity, code, level, year, unit, place, title, quoted, forms, projects``.

- ``quoted``: per section of the narrative, the amounts quoted there as ``[item, amount]``, as printed (also where they
  contradict the tables, as in seed 001).
- ``forms``: statement forms and the tables of units, procurement and assets.  ``header`` is rows of
  ``[text, columns, rows]``; ``numbering`` is the row of column numbers (栏次) or null; ``rows`` are verbatim, one text
  per column, a blank as ``""``, wrapped codes with the blank they were published with (``208260 2``), slid amounts in
  the column they were printed in; ``notes`` only where they state a fact (空表列示).  ``pages`` (seed 000) tells how
  the rows were spread over pages, which label the numbering row had there (栏次 or 档次) and whether the caption
  lines stood above the grid.
- ``projects``: ``plan`` maps the printed month to the printed text; a month missing there was blank or not printed.
  ``indicators`` are ``[level 1, level 2, level 3, description, target, basis]``, the description null where the
  published one was a sentence; for seed 003 they are the printed rows of four pairs ``name, target``
  (成本, 产出, 效益, 满意度).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FACTS = Path(__file__).with_name("facts")
SEEDS = ("000", "001", "002", "003", "004")
MONTHS = ("3月底", "6月底", "10月底", "12月底")


@dataclasses.dataclass(frozen=True, slots=True)
class HeaderCell:
    """One cell of a header, with the columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class PageOfForm:
    """How much of a form stood on one published page: ``rows`` data rows under a numbering row ``numbering``."""

    rows: int
    numbering: str
    captions: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """One table as published."""

    id: str
    title: str
    captions: tuple[str, ...]
    header: tuple[tuple[HeaderCell, ...], ...]
    numbering: tuple[str, ...] | None
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    pages: tuple[PageOfForm, ...] = ()
    amounts: tuple[tuple[str, str], ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return sum(cell.columns for cell in self.header[0]) if self.header else len(self.rows[0])


@dataclasses.dataclass(frozen=True, slots=True)
class Project:
    """One project; ``None`` where the publisher printed nothing at all for it."""

    name: str
    title: str | None
    code: str | None
    budget: str | None
    fiscal: str | None
    other: str | None
    plan: dict[str, str]
    indicators: tuple[tuple[str | None, ...], ...]
    type: str | None = None
    unit_code: str | None = None
    unit_name: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Disclosure:
    """The facts of one seed."""

    seed: str
    entity: str
    code: str
    level: str
    year: int
    unit: str
    place: tuple[str, ...]
    title: str
    quoted: dict[str, tuple[tuple[str, str], ...]]
    forms: tuple[Form, ...]
    projects: tuple[Project, ...]

    @property
    def kind(self) -> str:
        """部门 or 单位, the word the publisher uses for itself in titles."""
        return "单位" if self.level == "unit" else "部门"

    def form(self, form_id: str) -> Form:
        """The form with this id."""
        return next(form for form in self.forms if form.id == form_id)

    def statements(self) -> Iterator[Form]:
        """The statement forms: all but the tables that stand inside the narrative."""
        inside = {"units", "procurement", "assets"}
        return (form for form in self.forms if form.id not in inside)


def load(seed: str) -> Disclosure:
    """The facts of ``seed`` (one of ``SEEDS``)."""
    raw: dict[str, Any] = json.loads((FACTS / f"{seed}.json").read_text(encoding="utf-8"))
    quoted = {section: tuple((item, amount) for item, amount in pairs) for section, pairs in raw.pop("quoted").items()}
    forms = tuple(_form(form) for form in raw.pop("forms"))
    projects = tuple(_project(project) for project in raw.pop("projects"))
    place = tuple(raw.pop("place"))
    return Disclosure(quoted=quoted, forms=forms, projects=projects, place=place, **raw)


def _form(raw: dict[str, Any]) -> Form:
    return Form(
        id=raw["id"],
        title=raw["title"],
        captions=tuple(raw["captions"]),
        header=tuple(tuple(HeaderCell(*cell) for cell in row) for row in raw["header"] or ()),
        numbering=tuple(raw["numbering"]) if raw["numbering"] else None,
        rows=tuple(tuple(row) for row in raw["rows"]),
        notes=tuple(raw["notes"]),
        pages=tuple(PageOfForm(**page) for page in raw.get("pages", ())),
        amounts=tuple((item, amount) for item, amount in raw.get("amounts", ())),
    )


def _project(raw: dict[str, Any]) -> Project:
    texts = {key: raw.get(key) for key in ("title", "code", "budget", "fiscal", "other")}
    rest = {key: raw[key] for key in ("type", "unit_code", "unit_name") if key in raw}
    indicators = tuple(tuple(row) for row in raw["indicators"])
    return Project(name=raw["name"], plan=raw.get("plan", {}), indicators=indicators, **texts, **rest)
