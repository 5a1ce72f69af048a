"""Lists of projects: one table for all of them, in two layouts.

*Side by side* (Henan): level-1 indicators are column groups 三级指标 | 指标值; a project has as many rows as its
longest group, its code and name in the first.

*One below the other* (Beijing, Hainan, Hunan, Jilin …): columns 项目名称 | 预算数 | 绩效目标 | 一级指标 … 指标值, a row
per indicator, the project's cells merged over its rows or printed again on the next page; or without indicators, a row
per project with its goals.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.parsing.tables.project_cards import CODE, Indicator, IndicatorRows, Project, indicator_columns, money
from gongkai.parsing.tables.table import Table, TableCell
from gongkai.parsing.text.amounts import compact, is_blank, unspaced

_UNIT_CODE = re.compile(r"\d{3,9}")
_HAN = re.compile("[\u4e00-\u9fff]")
_TARGETS = ("指标值", "目标值", "年度指标值")
_TOTAL = re.compile(r"[合总小]计[:：]?")
_CODED_PROJECT = re.compile(r"([0-9A-Z]{15,})[-—_](.+)")
_CODED_UNIT = re.compile(r"[\[【(（]?(\d{3,9})[\]】)）]?[-—_]?(\D.*)")
_IN_BRACKETS = re.compile(r"\([^()]*元\)$")
_COLUMNS = {
    "name": re.compile(r"(一级|二级)?项目(名称)?|(单位|项目单位)\(项目(名称)?\)(名称)?|项目支出名称"),
    "code": re.compile(r"项目(编码|代码)"),
    "unit_name": re.compile(r"(二级|基层)?(预算)?单位(名称)?"),
    "unit_code": re.compile(r"单位(编码|代码)"),
    "budget": re.compile(r"项目总额|(年度)?(资金|预算)总额|(项目|本年|年度|当年)?(预算数|预算|金额|预算金额)"),
    "fiscal": re.compile(r"(其中:)?财政(资金|拨款)"),
    "others": re.compile(r"(其中:)?其他资金"),
    "goals": re.compile(r"(项目)?(年度|总体|年度总体|整体)?(绩效)?目标"),
}

Row = dict[int, TableCell]


def is_list(table: Table) -> bool:
    """True for the layout side by side: column groups 三级指标 | 指标值 repeated per level-1 indicator."""
    return sum(header.endswith("/三级指标") for header in table.headers) >= 2


def read_list(table: Table, unit: str | None) -> list[Project]:
    """Read the layout side by side: a row with a code begins a unit (short code) or a project (long code).

    Rows that nothing names, of a group that had ended before, begin another project: it was cut by the end of the
    page, and its code stands in the next row that has one.
    """
    groups, columns = _groups(table), _money_columns(table)
    projects: list[Project] = []
    blocks: list[list[Row]] = []
    owner: tuple[str | None, str | None] = (None, None)
    for row in table.body():
        code, name = compact(row[0].text) if 0 in row else "", unspaced(row[1].text) if 1 in row else ""
        if _UNIT_CODE.fullmatch(code):
            owner = (code, name or None)
            continue
        first = row[min(row)]
        if CODE.fullmatch(code):
            if projects and projects[-1].code is None and not _restarts(blocks[-1], row, groups):
                projects[-1].code, projects[-1].name = code, name or None
            elif not (projects and _same_project(projects[-1], code, name, row, columns)):
                projects.append(Project(table.index, first.page, code, name or None, *owner, unit=unit))
                blocks.append([])
            _fill_money(projects[-1], row, columns, unit)
        elif projects and (name or _HAN.search(code)):
            projects[-1].name = _overlapped(projects[-1].name or "", unspaced(row[0].text) + name)
        elif blocks and _restarts(blocks[-1], row, groups):
            projects.append(Project(table.index, first.page, None, None, *owner, unit=unit))
            blocks.append([])
        if blocks:
            blocks[-1].append(row)
    for project, rows in zip(projects, _placed(blocks, groups), strict=True):
        project.indicators.extend(indicator for row in rows for indicator in _row_indicators(row, groups))
    return projects


def _restarts(block: Sequence[Row], row: Row, groups: Sequence[tuple[str, int, int]]) -> bool:
    """Does a row fill a group that had ended?  A group's indicators stand one below the other without a gap.

    Not told of rows of two pages, whose cells may stand differently.
    """
    if not block or len(row) != len(block[-1]) or _page(row) != _page(block[-1]):
        return False
    filled, before = _filled(row), _filled(block[-1])
    return any(
        pair & filled and not pair & before and any(pair & _filled(each) for each in block)
        for pair in ({name, target} for _, name, target in groups)
    )


def _page(row: Row) -> int | None:
    return row[min(row)].page


def _filled(row: Row) -> set[int]:
    return {column for column, cell in row.items() if not is_blank(cell.text)}


def _placed(blocks: Sequence[Sequence[Row]], groups: Sequence[tuple[str, int, int]]) -> Iterator[list[Row]]:
    """Each project's rows with its indicators under their headings.

    A page whose rows have more cells than the heading has them further right; all rows of a project are moved left
    alike, by the least number that puts each name with its target, or as in the project before.
    """
    first, last = groups[0][1] if groups else 0, groups[-1][2] if groups else 0
    before = (0, 0)
    for block in blocks:
        width = max((len(row) for row in block), default=0)
        fits = [shift for shift in range(max(0, width - last - 1) + 1) if _fits(block, groups, first, shift)]
        shift = before[1] if before[0] == width and before[1] in fits else min(fits, default=0)
        before = (width, shift)
        yield [_moved(row, first, shift) for row in block] if shift else list(block)


def _fits(block: Sequence[Row], groups: Sequence[tuple[str, int, int]], first: int, shift: int) -> bool:
    pairs = [(name, target) for _, name, target in groups]
    for row in block:
        filled = {column - shift for column in _filled(row) if column >= first}
        whole = [name for name, target in pairs if name in filled and target in filled]
        if filled - {column for pair in pairs for column in pair} or 2 * len(whole) < len(filled):
            return False
    return True


def _moved(row: Row, first: int, shift: int) -> Row:
    kept = {column: cell for column, cell in row.items() if column < first}
    return kept | {column - shift: cell for column, cell in row.items() if column - shift >= first}


def _same_project(last: Project, code: str, name: str, row: Row, columns: dict[str, int]) -> bool:
    """True when a page break cut a project's row: the code before begins this one and had no amounts, or all is
    printed again."""
    if (code, name) == (last.code, last.name) and _overlaps(row, columns, last):
        return True
    if last.budget is not None or not code.startswith(last.code or "-") or "budget" not in columns:
        return False
    last.code = code
    last.name = _overlapped(last.name or "", name)
    return True


def _overlaps(row: Row, columns: dict[str, int], last: Project) -> bool:
    """Is the budget in a row blank, or that of the project before?"""
    budget = columns.get("budget", -1)
    return budget not in row or is_blank(row[budget].text) or money(row[budget].text, last.unit) == last.budget


def _overlapped(first: str, second: str) -> str:
    """Two halves of a cut text; what both print is printed once."""
    for size in range(min(len(first), len(second)), 1, -1):
        if first.endswith(second[:size]):
            return first + second[size:]
    return first + second


def _money_columns(table: Table) -> dict[str, int]:
    wanted = {"资金总额": "budget", "政府预算资金": "fiscal", "财政专户管理资金": "account", "单位资金": "own"}
    return {wanted[leaf]: column for column, header in enumerate(table.headers) if (leaf := _leaf(header)) in wanted}


def _leaf(header: str) -> str:
    return header.rsplit("/", 1)[-1]


def _fill_money(project: Project, row: Row, columns: dict[str, int], unit: str | None) -> None:
    amounts = {name: money(row[column].text, unit) for name, column in columns.items() if column in row}
    project.budget = amounts.get("budget", project.budget)
    project.fiscal_funds = amounts.get("fiscal", project.fiscal_funds)
    others = [amount for name in ("account", "own") if (amount := amounts.get(name)) is not None]
    project.other_funds = sum(others, Decimal(0)) if others else project.other_funds


def _groups(table: Table) -> list[tuple[str, int, int]]:
    """Level-1 name, column of the level-3 name and column of the target, per group."""
    groups: list[tuple[str, int, int]] = []
    for column, header in enumerate(table.headers[:-1]):
        if _leaf(header) == "三级指标" and _leaf(table.headers[column + 1]) in _TARGETS:
            level1 = header.split("/")[-2] if "/" in header else ""
            groups.append((level1, column, column + 1))
    return groups


def _row_indicators(row: Row, groups: Sequence[tuple[str, int, int]]) -> Iterator[Indicator]:
    for level1, name, target in groups:
        text = unspaced(row[name].text) if name in row else ""
        value = unspaced(row[target].text) if target in row else ""
        if text or value:
            cell = row[name] if name in row else row[target]
            yield Indicator(cell.row, cell.page, level1, None, text or None, None, value or None, None)


def is_catalogue(table: Table) -> bool:
    """True for the layout one below the other: columns for a project's name, its goals and its budget or indicators."""
    columns = _columns(table)
    indicators = set(indicator_columns(_leaves(table)).values())
    return "name" in columns and "goals" in columns and ("budget" in columns or {"level1", "level3"} <= indicators)


def _leaves(table: Table) -> dict[int, str]:
    return {column: compact(_leaf(header)) for column, header in enumerate(table.headers)}


def _columns(table: Table) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, leaf in _leaves(table).items():
        plain = _IN_BRACKETS.sub("", leaf)
        name = next((name for name, pattern in _COLUMNS.items() if plain and pattern.fullmatch(plain)), None)
        if name is not None:
            found.setdefault(name, column)
    return found


@dataclasses.dataclass(slots=True)
class _Printed:
    """What a row says of the project it belongs to, blanks as ``""``."""

    begins: bool
    """Does the project's cell begin in this row?"""
    after_break: bool
    """Is it the first row of another page than the row before?"""
    page: int | None
    texts: dict[str, str]


def read_catalogue(table: Table, unit: str | None) -> list[Project]:
    """Read the layout one below the other; rows of totals and of units are no projects.

    The cells of a project that a page break cut are printed on both pages, their text on one of them or parted.
    """
    columns = _columns(table)
    indicators = indicator_columns(_leaves(table)) | dict.fromkeys(columns.values(), "")
    only_goals = "level3" not in indicators.values()
    projects: list[Project] = []
    rows = IndicatorRows()
    owner: tuple[str, str] = ("", "")
    page: int | None = None
    for row in table.body():
        printed = _printed(row, columns, page)
        page = printed.page
        owner = _owner(printed.texts) or owner
        stated = _has_indicator(row, indicators)
        if _is_total(row, printed):
            continue
        if printed.begins and not (stated or only_goals or printed.texts["goals"]):
            owner = (printed.texts.get("unit_code", ""), printed.texts["name"])
            continue
        if printed.begins and _is_another(projects, printed, unit):
            projects.append(_project(table, printed, owner, unit))
            rows = IndicatorRows()
        elif printed.begins:
            _add_rest(projects[-1], _project(table, printed, owner, unit))
        if projects and stated and (indicator := rows.read([row[column] for column in sorted(row)], indicators)):
            projects[-1].indicators.append(indicator)
    return projects


def _is_total(row: Row, printed: _Printed) -> bool:
    return any(_TOTAL.fullmatch(compact(text)) for text in (printed.texts["name"], row[min(row)].text))


def _has_indicator(row: Row, indicators: dict[int, str]) -> bool:
    return any(name and column in row and not is_blank(row[column].text) for column, name in indicators.items())


def _printed(row: Row, columns: dict[str, int], page: int | None) -> _Printed:
    texts = {name: unspaced(row[column].text) if column in row else "" for name, column in columns.items()}
    texts["goals_text"] = row[columns["goals"]].text.strip() if columns["goals"] in row else ""
    return _Printed(columns["name"] in row, page is not None and _page(row) != page, _page(row), texts)


def _owner(texts: dict[str, str]) -> tuple[str, str] | None:
    """Code and name of the unit a row names."""
    name, code = texts.get("unit_name", ""), texts.get("unit_code", "")
    found = _CODED_UNIT.fullmatch(name)
    if found is not None:
        return found[1], found[2]
    return (code, name) if name else None


def _is_another(projects: Sequence[Project], printed: _Printed, unit: str | None) -> bool:
    """False for what a new page prints again of the project before, or the rest of it."""
    if not projects:
        return True
    last, texts = projects[-1], printed.texts
    code, name = _coded(texts)
    blank = "budget" in texts and is_blank(texts["budget"])
    if printed.after_break and last.name is None:
        return False
    if not name:
        return not printed.after_break and printed.page is not None
    if name == last.name and code in (None, last.code):
        return not blank and "budget" in texts and money(texts["budget"], unit) != last.budget
    return not (printed.after_break and blank and code is None and last.budget is not None)


def _coded(texts: dict[str, str]) -> tuple[str | None, str]:
    """A project's code and name; some print both in one cell."""
    found = _CODED_PROJECT.fullmatch(texts["name"])
    if found is not None:
        return found[1], found[2]
    return texts.get("code") or None, texts["name"]


def _add_rest(project: Project, rest: Project) -> None:
    """Add what a page prints of a project that the page before broke off, or what it prints again."""
    if rest.name and project.name and rest.name != project.name:
        project.name = _overlapped(project.name, rest.name)
    if rest.goals and rest.goals not in (project.goals or ""):
        project.goals = f"{project.goals}\n{rest.goals}" if project.goals else rest.goals
    for field in ("code", "name", "budget", "fiscal_funds", "other_funds"):
        if getattr(project, field) is None:
            setattr(project, field, getattr(rest, field))


def _project(table: Table, printed: _Printed, owner: tuple[str, str], unit: str | None) -> Project:
    texts = printed.texts
    code, name = _coded(texts)
    amounts = {key: money(texts[key], unit) for key in ("budget", "fiscal", "others") if key in texts}
    return Project(
        table.index,
        printed.page,
        code,
        name or None,
        owner[0] or None,
        owner[1] or None,
        amounts.get("budget"),
        amounts.get("fiscal"),
        amounts.get("others"),
        goals=texts["goals_text"] or None,
        unit=unit,
    )
