"""Projects and performance indicators, from the two layouts publishers use.

*Card*: one table per project (项目编码 | … | 项目名称 | …), its budget, plan of payments and goals as labelled cells,
then indicators under 一级指标 | 二级指标 | 三级指标.  *List*: one table for all projects, a row or several per project,
level-1 indicators side by side as column groups.  A department's own targets (整体绩效目标) are a card without a
project.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from parsing.amounts import UNITS, compact, in_yuan, is_blank, read_number, unspaced
from parsing.captions import without_ordinal
from parsing.tables import Table, TableCell

_PLAN_MONTHS = {"3月底": "march", "6月底": "june", "10月底": "october", "12月底": "december"}
_CARD_TITLE = re.compile(r"(.*?)(项目)?(支出)?绩效(目标)?(申报|批复|情况)?表?([(（].*[)）])?")
_UNIT_PREFIX = re.compile(r"^[\[【(（]\d{3,9}[\]】)）]")
_CODE = re.compile(r"[0-9A-Z]{15,}")
_UNIT_CODE = re.compile(r"\d{3,9}")
_TARGET = re.compile(r"(≥|≤|>|<|=|大于等于|小于等于|不低于|不少于|不高于|不超过|大于|小于)?(\d[\d,]*(?:\.\d+)?)(.*)")
_RANGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)[-~—–至](\d[\d,]*(?:\.\d+)?)(.*)")
_COMPARATORS = {
    "大于等于": "≥",
    "不低于": "≥",
    "不少于": "≥",
    "小于等于": "≤",
    "不高于": "≤",
    "不超过": "≤",
    "大于": ">",
    "小于": "<",
}
_DATE = re.compile(r"\d{4}年|\d{1,2}月")


@dataclasses.dataclass(slots=True)
class Indicator:
    """One performance indicator; ``target`` as printed, white space removed."""

    row: int
    page: int | None
    level1: str | None
    level2: str | None
    level3: str | None
    description: str | None
    target: str | None
    basis: str | None


@dataclasses.dataclass(slots=True)
class Project:
    """One project with its indicators; ``name`` None for the department's own targets.  Money in yuan."""

    table: int
    page: int | None
    code: str | None
    name: str | None
    unit_code: str | None = None
    unit_name: str | None = None
    budget: Decimal | None = None
    fiscal_funds: Decimal | None = None
    other_funds: Decimal | None = None
    purpose: str | None = None
    goals: str | None = None
    plan: dict[str, str] = dataclasses.field(default_factory=dict)
    unit: str | None = None
    indicators: list[Indicator] = dataclasses.field(default_factory=list)


def read_target(target: str) -> tuple[str | None, Decimal | None, str | None]:
    """Comparator, number and unit of a printed target; all None where it is not a number (``优``, ``12月底``)."""
    plain = compact(target).replace("%%", "%")
    if _DATE.search(plain):
        return None, None, None
    found = _TARGET.fullmatch(plain)
    if found is None or _RANGE.fullmatch(plain):
        return ("-", None, None) if _RANGE.fullmatch(plain) else (None, None, None)
    sign, number, rest = found.groups()
    try:
        value = Decimal(number.replace(",", ""))
    except InvalidOperation:
        return None, None, None
    return _COMPARATORS.get(sign or "=", sign or "="), value, rest or None


def is_card(table: Table) -> bool:
    """True for a table with an indicator heading of its own (一级指标 …) or a project's labelled cells."""
    texts = {compact(cell.text) for cell in table.cells}
    return "一级指标" in texts or {"项目编码", "项目名称"} <= texts


def is_list(table: Table) -> bool:
    """True for the list layout: column groups 三级指标 | 指标值 repeated per level-1 indicator."""
    return sum(header.endswith("/三级指标") for header in table.headers) >= 2


def read_card(table: Table, unit: str | None, *, of_department: bool) -> Project:
    """Read one card; ``of_department`` for 整体绩效目标, which has no project."""
    labelled = _Labelled(table)
    name = labelled.after("项目名称")
    project = Project(
        table.index,
        table.first_page,
        code=_code(labelled.after("项目编码")),
        name=None if of_department else unspaced(name) if name else _name_from_title(table.title),
        unit=unit,
    )
    project.budget = _money(labelled.after("预算数", "预算金额", "预算总额", "项目金额", "年度金额"), unit)
    project.fiscal_funds = _money(labelled.after("其中:财政资金", "财政资金", "其中:财政拨款"), unit)
    project.other_funds = _money(labelled.after("其他资金"), unit)
    project.purpose = labelled.below("预算规模及资金用途", "资金用途")
    project.goals = labelled.block("绩效目标", "年度目标", "总体目标")
    project.plan = _plan(table, labelled)
    project.indicators = list(_indicators(table))
    return project


def _code(text: str | None) -> str | None:
    plain = compact(text or "")
    return plain if _CODE.fullmatch(plain) else None


def _name_from_title(title: str | None) -> str | None:
    """A card without 项目名称 is called by its title: 3、[323] ……绩效目标表."""
    plain = _UNIT_PREFIX.sub("", unspaced(without_ordinal(title or "")))
    found = _CARD_TITLE.fullmatch(plain)
    return (found.group(1) or None) if found else None


def _money(text: str | None, unit: str | None) -> Decimal | None:
    printed = read_number(text) if text is not None else None
    return in_yuan(printed, unit) if printed is not None and unit in UNITS else None


class _Labelled:
    """A card as labelled cells: a label's value stands to its right, or below it."""

    def __init__(self, table: Table) -> None:
        self.rows: dict[int, list[TableCell]] = {}
        for cell in table.cells:
            self.rows.setdefault(cell.row, []).append(cell)
        self.first_indicator = min(
            (cell.row for cell in table.cells if compact(cell.text) == "一级指标"), default=table.row_count
        )

    def _find(self, labels: Sequence[str]) -> tuple[int, int] | None:
        for row, cells in self.rows.items():
            for position, cell in enumerate(cells):
                if row < self.first_indicator and compact(cell.text) in labels:
                    return row, position
        return None

    def after(self, *labels: str) -> str | None:
        """The next filled cell to the right of a label; None when it is blank or there is no such label."""
        found = self._find(labels)
        if found is None:
            return None
        row, position = found
        rest = self.rows[row][position + 1 :]
        if rest and is_blank(rest[0].text):
            rest = [cell for cell in rest if not is_blank(cell.text)]
            if rest and _is_label(rest[0].text):
                return None
        return rest[0].text if rest and not is_blank(rest[0].text) else None

    def below(self, *labels: str) -> str | None:
        """The longest text of the row under a label's row."""
        found = self._find(labels)
        if found is None:
            return None
        texts = [cell.text.strip() for cell in self.rows.get(found[0] + 1, []) if not is_blank(cell.text)]
        texts = [text for text in texts if not _is_label(text)]
        return max(texts, key=len, default=None)

    def block(self, *labels: str) -> str | None:
        """What stands to the right of a label in its row and in the rows below it up to the next label."""
        found = self._find(labels)
        if found is None:
            return None
        row, position = found
        texts = [cell.text.strip() for cell in self.rows[row][position + 1 :] if not is_blank(cell.text)]
        for below in range(row + 1, self.first_indicator):
            cells = [cell for cell in self.rows.get(below, []) if not is_blank(cell.text)]
            if not cells or any(_is_label(cell.text) for cell in cells):
                break
            texts.extend(cell.text.strip() for cell in cells)
        return "\n".join(texts) or None


def _is_label(text: str) -> bool:
    plain = compact(text)
    return plain in {
        "项目编码",
        "项目名称",
        "预算规模及资金用途",
        "预算数",
        "其中:财政资金",
        "其他资金",
        "绩效目标",
        "一级指标",
    } or plain.startswith("资金支出计划")


def _plan(table: Table, labelled: _Labelled) -> dict[str, str]:
    """Payments planned by month: a value belongs to the month above it, or to the nearest one at its left."""
    months: list[tuple[int, int, str]] = []
    values: list[TableCell] = []
    start = next((cell.row for cell in table.cells if compact(cell.text).startswith("资金支出计划")), None)
    if start is None:
        return {}
    for row in range(start, labelled.first_indicator):
        cells = labelled.rows.get(row, [])
        if row > start and any(compact(cell.text) in ("绩效目标", "年度目标", "一级指标") for cell in cells):
            break
        for cell in cells:
            plain = compact(cell.text)
            if plain in _PLAN_MONTHS:
                months.append((cell.row, cell.column, _PLAN_MONTHS[plain]))
            elif plain and not plain.startswith("资金支出计划"):
                values.append(cell)
    plan: dict[str, str] = {}
    for cell in values:
        month = _month_of(cell, months, values)
        if month is not None:
            plan.setdefault(month, cell.text.strip())
    return plan


def _month_of(cell: TableCell, months: Sequence[tuple[int, int, str]], values: Sequence[TableCell]) -> str | None:
    """The month printed directly before the value in its row; else the nearest one above it or above its left."""
    before = [(column, month) for row, column, month in months if row == cell.row and column < cell.column]
    between = [other.column for other in values if other.row == cell.row and other.column < cell.column]
    if before and max(between, default=-1) < max(before)[0]:
        return max(before)[1]
    above = [(row, column, month) for row, column, month in months if row < cell.row and column <= cell.column]
    if not above:
        return None
    nearest = max(column for _, column, _ in above)
    return max((row, month) for row, column, month in above if column == nearest)[1]


_HEADINGS = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "绩效指标描述": "description",
    "指标描述": "description",
    "指标解释": "description",
    "指标值说明": "description",
    "指标值": "target",
    "年度指标值": "target",
    "目标值": "target",
    "指标值确定依据": "basis",
    "指标确定依据": "basis",
}


def _indicators(table: Table) -> Iterator[Indicator]:
    """The rows under the indicator heading, levels filled down, a row cut by a page break made whole."""
    columns: dict[int, str] = {}
    level1: str | None = None
    level2: str | None = None
    last: Indicator | None = None
    for cells in _rows_with_headers(table):
        named = {cell.column: _HEADINGS[text] for cell in cells if (text := compact(cell.text)) in _HEADINGS}
        if "level1" in named.values() and "level3" in named.values():
            columns = named
            continue
        if not columns:
            continue
        fields = _fields(cells, columns)
        if last is not None and _is_rest(fields):
            _join(last, fields)
            continue
        if not fields.get("level3") and not fields.get("target"):
            continue
        if fields.get("level1"):
            level1, level2 = fields["level1"], None
        level2 = fields.get("level2") or level2
        last = Indicator(
            cells[0].row,
            cells[0].page,
            level1,
            level2,
            fields.get("level3"),
            fields.get("description"),
            fields.get("target"),
            fields.get("basis"),
        )
        yield last


def _rows_with_headers(table: Table) -> Iterator[list[TableCell]]:
    rows: dict[int, list[TableCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    yield from (rows[row] for row in sorted(rows))


def _fields(cells: Sequence[TableCell], columns: dict[int, str]) -> dict[str, str]:
    """A row's texts by what their column holds; a cell between two headings belongs to the one at its left."""
    fields: dict[str, str] = {}
    for cell in cells:
        plain = unspaced(cell.text)
        left = [column for column in columns if column <= cell.column]
        if plain and left:
            name = columns[max(left)]
            fields[name] = fields.get(name, "") + plain
    return fields


def _is_rest(fields: dict[str, str]) -> bool:
    """What a page break cut off: text of one or two columns without target, and without a level of its own."""
    return bool(fields) and not {"level1", "level2", "target"} & fields.keys() and len(fields) <= 2


def _join(indicator: Indicator, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        setattr(indicator, name, (getattr(indicator, name) or "") + text)


def read_list(table: Table, unit: str | None) -> list[Project]:
    """Read the list layout: rows with a code begin a unit (short code) or a project (long code)."""
    groups = _groups(table)
    money = _money_columns(table)
    projects: list[Project] = []
    unit_code: str | None = None
    unit_name: str | None = None
    for row in table.body():
        code, name = compact(row[0].text) if 0 in row else "", unspaced(row[1].text) if 1 in row else ""
        if _UNIT_CODE.fullmatch(code):
            unit_code, unit_name = code, name or None
            continue
        if _CODE.fullmatch(code):
            if not (projects and _same_project(projects[-1], code, name, row, money)):
                first = min(row)
                projects.append(
                    Project(table.index, row[first].page, code, name or None, unit_code, unit_name, unit=unit)
                )
            _fill_money(projects[-1], row, money, unit)
        elif projects and name:
            projects[-1].name = _overlapped(projects[-1].name or "", name)
        if projects:
            projects[-1].indicators.extend(_row_indicators(row, groups))
    return projects


def _same_project(last: Project, code: str, name: str, row: dict[int, TableCell], money: dict[str, int]) -> bool:
    """True when a page break cut a project's row: the code before begins this one and had no amounts."""
    if last.budget is not None or not code.startswith(last.code or "-") or "budget" not in money:
        return False
    last.code = code
    last.name = _overlapped(last.name or "", name)
    return True


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


def _fill_money(project: Project, row: dict[int, TableCell], money: dict[str, int], unit: str | None) -> None:
    amounts = {name: _money(row[column].text, unit) for name, column in money.items() if column in row}
    project.budget = amounts.get("budget", project.budget)
    project.fiscal_funds = amounts.get("fiscal", project.fiscal_funds)
    others = [amount for name in ("account", "own") if (amount := amounts.get(name)) is not None]
    project.other_funds = sum(others, Decimal(0)) if others else project.other_funds


def _groups(table: Table) -> list[tuple[str, int, int]]:
    """Level-1 name, column of the level-3 name and column of the target, per group."""
    groups: list[tuple[str, int, int]] = []
    for column, header in enumerate(table.headers[:-1]):
        if _leaf(header) == "三级指标" and _leaf(table.headers[column + 1]) in ("指标值", "目标值", "年度指标值"):
            level1 = header.split("/")[-2] if "/" in header else ""
            groups.append((level1, column, column + 1))
    return groups


def _row_indicators(row: dict[int, TableCell], groups: Sequence[tuple[str, int, int]]) -> Iterator[Indicator]:
    for level1, name, target in groups:
        text = unspaced(row[name].text) if name in row else ""
        value = unspaced(row[target].text) if target in row else ""
        if text or value:
            cell = row[name] if name in row else row[target]
            yield Indicator(cell.row, cell.page, level1, None, text or None, None, value or None, None)
