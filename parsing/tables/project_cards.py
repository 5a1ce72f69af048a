"""Projects, and the card: one table per project.

A *card* has a project's number, name, budget, plan of payments and goals as labelled cells, then indicators under
一级指标 | 二级指标 | 三级指标.  A department's own targets (整体绩效目标) are a card without a project.  Tables of many
projects are read by ``project_lists`` and ``project_catalogues``.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from decimal import Decimal
from typing import Literal

from gongkai.parsing.tables.indicators import Indicator, heading_columns_of, indicators_below, is_indicator_heading
from gongkai.parsing.tables.listed import ListedAmount, listed_amount
from gongkai.parsing.tables.payment_plans import Payment, is_plan_heading, read_plan
from gongkai.parsing.tables.project_rows import without_heading
from gongkai.parsing.tables.table import Table, TableCell
from gongkai.parsing.text.amounts import compact, is_blank, stated_unit, unspaced
from gongkai.parsing.text.coded_names import without_unit_code
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.dimensions import ProjectTables
from gongkai.vocabulary.word_lists import any_of, words

MoneyKind = Literal["budget", "fiscal", "other", "account", "own", "carried", "several_years"]
"""What an amount of a project is; ``account`` and ``own`` are other funds that a list prints apart."""

_FILE = "project_cards.csv"
_KINDS = ("code", "name", "budget", "fiscal", "other", "carried", "several_years", "purpose", "goals")
_MONEY: tuple[MoneyKind, ...] = ("budget", "fiscal", "other", "carried", "several_years")
_LABELS = {word: kind for kind in _KINDS for word in words(_FILE, kind)}
"""The kind of value beside each label."""
_OTHER_LABEL = re.compile(any_of(_FILE, "other_label"))
"""Labels whose values the lake does not hold; they still end the value of the label before."""
_UNIT_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_AMOUNT_LABEL = re.compile(any_of(_FILE, "amount_label"))
_CARD_TITLE = re.compile(rf"(.*?){any_of(_FILE, 'title')}([(（].*[)）])?")
CODE = re.compile(r"[0-9A-Z]{15,}")
"""A project's code."""


@dataclasses.dataclass(slots=True)
class Project:
    """One project with its indicators; ``name`` None for the department's own targets."""

    table: int
    page: int | None
    code: str | None
    name: str | None
    unit_code: str | None = None
    unit_name: str | None = None
    amounts: dict[MoneyKind, ListedAmount] = dataclasses.field(default_factory=dict)
    purpose: str | None = None
    goals: str | None = None
    plan: list[Payment] = dataclasses.field(default_factory=list)
    unit: str | None = None
    indicators: list[Indicator] = dataclasses.field(default_factory=list)
    in_tables: ProjectTables = "performance"
    listed: Project | None = None
    """The row of the form of projects (项目支出表) that is this project."""

    def amount(self, *kinds: MoneyKind) -> Decimal | None:
        """The sum of what is printed of some kinds of money, in yuan; None where nothing is."""
        printed = [self.amounts[kind].amount for kind in kinds if kind in self.amounts]
        return sum(printed, Decimal(0)) if printed else None

    @property
    def budget(self) -> Decimal | None:
        """The year's."""
        return self.amount("budget")

    @property
    def fiscal_funds(self) -> Decimal | None:
        return self.amount("fiscal")

    @property
    def other_funds(self) -> Decimal | None:
        return self.amount("other", "account", "own")


def is_card(table: Table) -> bool:
    """True for a table with indicators below a heading of its own (一级指标 …) or a project's labelled cells."""
    rows = [{cell.plain for cell in cells} for cells in table.rows().values()]
    labels = {_LABELS.get(text) for row in rows for text in row}
    return ({"code", "name"} <= labels and not _heads_columns(table)) or any(map(heading_columns_of, rows))


def _heads_columns(table: Table) -> bool:
    """True where the labels of a code and a name stand side by side, no value between them, as they head a list."""
    labelled = [
        cell for cells in table.rows().values() for cell in cells if _LABELS.get(cell.plain) in ("code", "name")
    ]
    ends = {(cell.row, cell.column + cell.column_span) for cell in labelled}
    return any((cell.row, cell.column) in ends for cell in labelled)


def cards(table: Table) -> list[Table]:
    """A table's cards: each begins where a project is named after the indicators of the one before."""
    starts: list[int] = []
    ended = False
    for row, cells in table.rows().items():
        texts = {cell.plain for cell in cells}
        if heading_columns_of(texts):
            ended = True
        elif ended and {"code", "name"} & {_LABELS.get(text) for text in texts}:
            starts.append(row)
            ended = False
    bounds = [0, *starts, table.row_count]
    return [
        dataclasses.replace(table, cells=[cell for cell in table.cells if first <= cell.row < end])
        for first, end in itertools.pairwise(bounds)
    ]


def read_card(table: Table, unit: str | None, *, of_department: bool) -> Project:
    """Read one card; ``of_department`` for 整体绩效目标, which has no project."""
    labelled = _Labelled(table)
    unit = unit or labelled.unit()
    project = Project(
        table.index,
        table.first_page,
        code=_code(labelled.after("code")),
        name=None if of_department else _name(table, labelled),
        unit=unit,
    )
    for kind in _MONEY:
        amount = listed_amount(labelled.cell_after(kind), table.index, unit)
        if amount is not None:
            project.amounts[kind] = amount
    project.purpose = labelled.below("purpose")
    project.goals = labelled.block("goals")
    project.plan = read_plan(labelled.rows, labelled.first_indicator, budget=project.budget, unit=unit)
    project.indicators = list(indicators_below(table))
    return project


def _name(table: Table, labelled: _Labelled) -> str | None:
    """The name beside 项目名称, None where that is blank (an empty form); the title's on a card without that label."""
    if labelled.has("name"):
        name = labelled.after("name")
        return unspaced(without_heading(name, table)) if name else None
    return _name_from_title(table.title)


def _code(text: str | None) -> str | None:
    plain = compact(text or "")
    return plain if CODE.fullmatch(plain) else None


def _name_from_title(title: str | None) -> str | None:
    """A card without 项目名称 is called by its title: 3、[323] ……绩效目标表."""
    found = _CARD_TITLE.fullmatch(without_unit_code(unspaced(without_enumerator(title or ""))))
    return (found.group(1) or None) if found else None


class _Labelled:
    """A card as labelled cells: a label's value stands to its right, or below it."""

    def __init__(self, table: Table) -> None:
        self.rows = table.rows()
        headings = (row for row, cells in self.rows.items() if heading_columns_of({cell.plain for cell in cells}))
        self.first_indicator = next(headings, table.row_count)
        self._places: dict[str, tuple[int, int]] = {}
        for row, cells in self.rows.items():
            for position, cell in enumerate(cells if row < self.first_indicator else ()):
                if kind := _LABELS.get(cell.plain.rstrip(":")):
                    self._places.setdefault(kind, (row, position))

    def has(self, kind: str) -> bool:
        return kind in self._places

    def unit(self) -> str | None:
        """The unit that a label of amounts states: 项目资金（万元）."""
        labels = (cell for row, cells in self.rows.items() if row < self.first_indicator for cell in cells)
        stated = (stated_unit(cell.text) for cell in labels if _AMOUNT_LABEL.fullmatch(cell.plain))
        return next((unit for unit in stated if unit), None)

    def _beside(self, kind: str) -> list[TableCell]:
        """The filled cells to the right of a label; none where the card has no label of that kind."""
        row, position = self._places.get(kind, (-1, 0))
        return [cell for cell in self.rows.get(row, [])[position + 1 :] if not is_blank(cell.text)]

    def cell_after(self, kind: str) -> TableCell | None:
        """The next filled cell to the right of a label; None where that is another label, or there is none."""
        beside = self._beside(kind)
        return beside[0] if beside and not is_label(beside[0].plain) else None

    def after(self, kind: str) -> str | None:
        """The text of the next filled cell to the right of a label."""
        cell = self.cell_after(kind)
        return cell.text if cell is not None else None

    def below(self, kind: str) -> str | None:
        """The longest text of the row under a label's row."""
        if kind not in self._places:
            return None
        under = self.rows.get(self._places[kind][0] + 1, [])
        texts = [cell.text.strip() for cell in under if not is_blank(cell.text) and not is_label(cell.plain)]
        return max(texts, key=len, default=None)

    def block(self, kind: str) -> str | None:
        """The texts to the right of a label, and of the rows below it up to the next label."""
        if kind not in self._places:
            return None
        texts = [cell.text.strip() for cell in self._beside(kind)]
        for below in range(self._places[kind][0] + 1, self.first_indicator):
            cells = [cell for cell in self.rows.get(below, []) if not is_blank(cell.text)]
            if not cells or any(is_label(cell.plain) for cell in cells):
                break
            texts.extend(cell.text.strip() for cell in cells)
        return "\n".join(texts) or None


@functools.lru_cache(maxsize=8_192)
def is_label(text: str) -> bool:
    """True for the label of a card's cell, a colon and the unit of its amounts aside; it is nobody's value."""
    bare = _UNIT_IN_BRACKETS.sub("", text.rstrip(":"))
    known = text.rstrip(":") in _LABELS or bare in _LABELS or is_indicator_heading(text)
    return known or is_plan_heading(text) or any(_OTHER_LABEL.fullmatch(each) for each in (bare, text.rstrip(":")))
