"""The findings of one document on their way to rows: filled by ``parsing.document``, written by ``parsing.rows``."""

from __future__ import annotations

import dataclasses

from gongkai.lake.rows import UnitRow
from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.narrative.paragraphs import Paragraph
from gongkai.parsing.proof.check import Check
from gongkai.parsing.publisher import Disclosure
from gongkai.parsing.tables.assembly import Assembled
from gongkai.parsing.tables.inventories import Asset, Purchases
from gongkai.parsing.tables.listed import ListedAmount
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
    joined: set[int] = dataclasses.field(default_factory=set)
    """The tables whose indicators are those of the project of the table before."""
    purchases: list[Purchases] = dataclasses.field(default_factory=list)
    assets: list[list[Asset]] = dataclasses.field(default_factory=list)
    """The rows of each table of assets."""
    units: list[UnitRow] = dataclasses.field(default_factory=list)
    paragraphs: list[Paragraph] = dataclasses.field(default_factory=list)
    claims: list[Claim] = dataclasses.field(default_factory=list)
    checks: list[Check] = dataclasses.field(default_factory=list)
    issues: list[Issue] = dataclasses.field(default_factory=list)

    def yielding(self) -> set[int]:
        """The tables of which an amount, a row or a goal was read."""
        projects = (each for each in self.projects if each.name or each.indicators or each.goals or each.amounts)
        return {
            *(item.table_index for each in self.every_statement() for item in each.items if item.amount is not None),
            *(each.table.index for each in self.purchases if any(row.amounts for row in each.rows)),
            *(row.row["table_index"] for rows in self.assets for row in rows if row.value or row.row["quantity"]),
            *(each.table for each in projects),
            *(row["table_index"] for row in self.units),
            *self.joined,
        }

    def listed_amounts(self) -> list[ListedAmount]:
        """Every amount of purchases, assets and projects."""
        return [
            *(amount for each in self.purchases for row in each.rows for amount in row.amounts.values()),
            *(row.value for rows in self.assets for row in rows if row.value is not None),
            *(amount for project in self.projects for amount in project.amounts.values()),
        ]

    def every_statement(self) -> list[Statement]:
        """The statements of the figures the document was published for, each before those of its other figures."""
        return [each for statement in self.statements for each in (statement, *statement.beside)]
