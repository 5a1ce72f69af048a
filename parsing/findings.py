"""The findings of one document on their way to rows: filled by ``parsing.document``, written by ``parsing.rows``."""

from __future__ import annotations

import dataclasses

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.narrative.paragraphs import Paragraph
from gongkai.parsing.proof.check import Check
from gongkai.parsing.publisher import Disclosure
from gongkai.parsing.tables.assembly import Assembled
from gongkai.parsing.tables.project_cards import Project
from gongkai.parsing.tables.statement import Statement
from gongkai.parsing.text.grid import Doubt, Reading
from gongkai.vocabulary.forms import Form


@dataclasses.dataclass(frozen=True, slots=True)
class Issue:
    """A row of ``issues`` before it is numbered."""

    kind: str
    reason: str
    page: int | None = None
    table_index: int | None = None
    row_index: int | None = None

    @classmethod
    def of(cls, doubt: Doubt) -> Issue:
        """The doubt of a reader as an issue."""
        return cls(doubt.kind, doubt.reason, doubt.page)


@dataclasses.dataclass(slots=True)
class Findings:
    """Everything that was made out in one document."""

    sha256: str
    reading: Reading
    assembled: Assembled
    disclosure: Disclosure
    forms: dict[int, Form] = dataclasses.field(default_factory=dict)
    """The statement form of each recognised table, by ``Table.index``."""
    statements: list[Statement] = dataclasses.field(default_factory=list)
    """Statements of what the document was published for; other figures of a table are ``beside`` them."""
    projects: list[Project] = dataclasses.field(default_factory=list)
    paragraphs: list[Paragraph] = dataclasses.field(default_factory=list)
    claims: list[Claim] = dataclasses.field(default_factory=list)
    checks: list[Check] = dataclasses.field(default_factory=list)
    issues: list[Issue] = dataclasses.field(default_factory=list)

    def every_statement(self) -> list[Statement]:
        """The statements of the figures the document was published for, each before those of its other figures."""
        return [each for statement in self.statements for each in (statement, *statement.beside)]
