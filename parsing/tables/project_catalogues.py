"""Lists of projects one below the other (北京, 海南, 湖南, 吉林 …): 项目名称 | 预算数 | 绩效目标 | 一级指标 … 指标值.

A row per indicator, the project's cells merged over its rows or printed again on the next page; or without indicators,
a row per project with its goals.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from gongkai.parsing.tables.indicators import IndicatorRows, indicator_columns
from gongkai.parsing.tables.listed import ListedAmount, listed_amount
from gongkai.parsing.tables.project_cards import CODE, MoneyKind, Project
from gongkai.parsing.tables.project_rows import (
    Stated,
    is_category,
    is_furniture,
    is_sum_row,
    sums_of_others,
    without_heading,
)
from gongkai.parsing.tables.table import Row, Table, leaf, page_of
from gongkai.parsing.text.amounts import compact, is_blank, unspaced
from gongkai.parsing.text.coded_names import coded_name, overlapped
from gongkai.parsing.text.totals import is_sum
from gongkai.vocabulary.headings import meaning
from gongkai.vocabulary.word_lists import any_of

_FILE = "project_catalogues.csv"
_CODED_PROJECT = re.compile(rf"({CODE.pattern})[-—_](.+)")
_IN_BRACKETS = re.compile(rf"\([^()]*{any_of(_FILE, 'yuan')}\)$")
_NAMES = ("name", "code", "unit_name", "unit_code", "budget", "fiscal", "other", "goals")
_COLUMNS = {name: re.compile(any_of(_FILE, name)) for name in _NAMES}
_MONEY: tuple[MoneyKind, ...] = ("budget", "fiscal", "other", "several_years")
_FINER = {"level1", "level3"}
"""Columns that a list has where it has no budget."""


def is_catalogue(table: Table) -> bool:
    """True for the layout one below the other: columns for a project's name, its goals and its budget or indicators."""
    columns = list_columns(table)
    indicators = set(indicator_columns(_leaves(table)).values())
    return "name" in columns and "goals" in columns and ("budget" in columns or indicators >= _FINER)


def _leaves(table: Table) -> dict[int, str]:
    return {column: compact(leaf(header)) for column, header in enumerate(table.headers)}


def list_columns(table: Table) -> dict[str, int]:
    """The columns of a list of projects by what they hold: name, code, unit_name, budget, goals …"""
    found: dict[str, int] = {}
    for column, heading in _leaves(table).items():
        plain = _IN_BRACKETS.sub("", heading)
        several = meaning(compact(table.headers[column]), "skip") == "several_years"
        name = next((name for name, pattern in _COLUMNS.items() if plain and pattern.fullmatch(plain)), None)
        if several and name in (None, "budget"):
            name = "several_years"
        if name is not None:
            found.setdefault(name, column)
    return found


@dataclasses.dataclass(slots=True)
class _Printed:
    """The texts of a row about the project it belongs to, blanks as ``""``."""

    begins: bool
    """True where the project's cell begins in this row."""
    after_break: bool
    """True for the first row of another page than that of the row before."""
    page: int | None
    texts: dict[str, str]
    amounts: dict[MoneyKind, ListedAmount]


def read_catalogue(table: Table, unit: str | None) -> list[Project]:
    """Read the layout one below the other; rows of totals and of units are no projects.

    The cells of a project that a page break cut are printed on both pages, their text on one of them or parted.
    """
    columns = list_columns(table)
    indicators = indicator_columns(_leaves(table)) | dict.fromkeys(columns.values(), "")
    only_goals = "level3" not in indicators.values()
    projects: list[Project] = []
    rows = IndicatorRows()
    owner: tuple[str, str] = ("", "")
    body = [row for row in table.body() if not is_furniture(row, table)]
    every = list(_printed_rows(body, columns, table, unit))
    sums = sums_of_others([_stated(row, each, indicators) for row, each in zip(body, every, strict=True)])
    for place, (row, printed) in enumerate(zip(body, every, strict=True)):
        owner = _owner(printed.texts) or owner
        stated = _has_indicator(row, indicators)
        if is_sum(row[min(row)].plain.rstrip(":")):
            continue
        silent = printed.begins and not (stated or only_goals or printed.texts["goals"])
        if silent or (printed.begins and place in sums):
            if not _sums_projects(printed.texts["name"]):
                owner = (printed.texts.get("unit_code", ""), printed.texts["name"])
            continue
        if printed.begins and _is_another(projects, printed):
            projects.append(_project(table, printed, owner, unit))
            rows = IndicatorRows()
        elif printed.begins:
            _add_rest(projects[-1], _project(table, printed, owner, unit))
        if projects and stated and (indicator := rows.read([row[column] for column in sorted(row)], indicators)):
            projects[-1].indicators.append(indicator)
    return projects


def _sums_projects(name: str) -> bool:
    """True for a row that sums projects and is no unit's."""
    return is_sum_row(compact(name)) or is_category(compact(name))


def _stated(row: Row, printed: _Printed, indicators: dict[int, str]) -> Stated:
    """A row as a sum is told by; the goals of a project, or its indicators, describe it."""
    described = bool(printed.texts["goals"]) or _has_indicator(row, indicators)
    name = compact(printed.texts["name"]) if printed.begins else ""
    return Stated(name, printed.amounts.get("budget"), described)


def _has_indicator(row: Row, indicators: dict[int, str]) -> bool:
    return any(name and column in row and not is_blank(row[column].text) for column, name in indicators.items())


def _printed_rows(body: Sequence[Row], columns: dict[str, int], table: Table, unit: str | None) -> Iterator[_Printed]:
    page: int | None = None
    for row in body:
        texts = {
            name: unspaced(without_heading(row[column].text, table)) if column in row else ""
            for name, column in columns.items()
        }
        texts["goals_text"] = row[columns["goals"]].text.strip() if columns["goals"] in row else ""
        cells = {kind: row.get(columns[kind]) for kind in _MONEY if kind in columns}
        read = {kind: listed_amount(cell, table.index, unit) for kind, cell in cells.items()}
        amounts = {kind: amount for kind, amount in read.items() if amount is not None}
        after_break = page is not None and page_of(row) != page
        page = page_of(row)
        yield _Printed(columns["name"] in row, after_break, page, texts, amounts)


def _owner(texts: dict[str, str]) -> tuple[str, str] | None:
    """Code and name of the unit a row names."""
    name, code = texts.get("unit_name", ""), texts.get("unit_code", "")
    coded = coded_name(name)
    if coded is not None:
        return coded
    return (code, name) if name else None


def _is_another(projects: Sequence[Project], printed: _Printed) -> bool:
    """False for what a new page prints again of the project before, or the rest of it."""
    if not projects:
        return True
    last, texts = projects[-1], printed.texts
    code, name = code_and_name(texts)
    blank = "budget" in texts and is_blank(texts["budget"])
    if printed.after_break and last.name is None:
        return False
    if not name:
        return not printed.after_break and printed.page is not None
    if name == last.name and code in (None, last.code):
        budget = printed.amounts.get("budget")
        return not blank and "budget" in texts and (budget.amount if budget else None) != last.budget
    return not (printed.after_break and blank and code is None and last.budget is not None)


def code_and_name(texts: dict[str, str]) -> tuple[str | None, str]:
    """A project's code and name; some print both in one cell."""
    found = _CODED_PROJECT.fullmatch(texts["name"])
    if found is not None:
        return found[1], found[2]
    return texts.get("code") or None, texts["name"]


def _add_rest(project: Project, rest: Project) -> None:
    """Add what a page prints of a project that the page before broke off, or what it prints again."""
    if rest.name and project.name and rest.name != project.name:
        project.name = overlapped(project.name, rest.name)
    if rest.goals and rest.goals not in (project.goals or ""):
        project.goals = f"{project.goals}\n{rest.goals}" if project.goals else rest.goals
    project.code, project.name = project.code or rest.code, project.name or rest.name
    project.amounts = rest.amounts | project.amounts


def _project(table: Table, printed: _Printed, owner: tuple[str, str], unit: str | None) -> Project:
    texts = printed.texts
    code, name = code_and_name(texts)
    return Project(
        table.index,
        printed.page,
        code,
        name or None,
        owner[0] or None,
        owner[1] or None,
        printed.amounts,
        goals=texts["goals_text"] or None,
        unit=unit,
    )
