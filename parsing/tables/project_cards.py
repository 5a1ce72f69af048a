"""Projects and performance indicators: the types, and the card, one table per project.

A *card* has a project's number, name, budget, plan of payments and goals as labelled cells, then indicators under
一级指标 | 二级指标 | 三级指标.  A department's own targets (整体绩效目标) are a card without a project.  Lists of many
projects are read by ``parsing.tables.project_lists``.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.parsing.tables.assembly import Table, TableCell
from gongkai.parsing.tables.payment_plans import Payment, read_plan
from gongkai.parsing.text.amounts import UNITS, compact, in_yuan, is_blank, read_number, stated_unit, unspaced
from gongkai.parsing.text.numbering import without_enumerator

_BUDGETS = (
    "预算数",
    "预算金额",
    "预算总额",
    "项目金额",
    "年度金额",
    "年度资金总额",
    "年度预算资金总额",
    "项目资金总额",
    "资金总额",
)
_AMOUNT_LABEL = re.compile(r".*(资金|金额|预算数?|情况).*")
_CARD_TITLE = re.compile(r"(.*?)(项目)?(支出)?绩效(目标)?(申报|批复|情况)?表?([(（].*[)）])?")
_UNIT_PREFIX = re.compile(r"^[\[【(（]\d{3,9}[\]】)）]")
CODE = re.compile(r"[0-9A-Z]{15,}")
"""A project's code."""


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
    sign: str | None = None
    """The comparison as printed in a column of its own (指标性质: ``≥``, ``定性``)."""
    unit: str | None = None
    """The unit as printed in a column of its own (度量单位)."""


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
    plan: list[Payment] = dataclasses.field(default_factory=list)
    unit: str | None = None
    indicators: list[Indicator] = dataclasses.field(default_factory=list)


def is_card(table: Table) -> bool:
    """True for a table with indicators below a heading of its own (一级指标 …) or a project's labelled cells."""
    rows: dict[int, set[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, set()).add(compact(cell.text))
    texts = set().union(*rows.values())
    return {"项目编码", "项目名称"} <= texts or any(heading_columns_of(row) for row in rows.values())


def cards(table: Table) -> list[Table]:
    """A table's cards: each begins where a project is named after the indicators of the one before."""
    starts: list[int] = []
    ended = False
    for row, cells in sorted(_by_row(table).items()):
        texts = {compact(cell.text) for cell in cells}
        if heading_columns_of(texts):
            ended = True
        elif ended and texts & {"项目编码", "项目名称"}:
            starts.append(row)
            ended = False
    bounds = [0, *starts, table.row_count]
    return [
        dataclasses.replace(table, cells=[cell for cell in table.cells if first <= cell.row < end])
        for first, end in itertools.pairwise(bounds)
    ]


def _by_row(table: Table) -> dict[int, list[TableCell]]:
    rows: dict[int, list[TableCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def read_card(table: Table, unit: str | None, *, of_department: bool) -> Project:
    """Read one card; ``of_department`` for 整体绩效目标, which has no project."""
    labelled = _Labelled(table)
    unit = unit or labelled.unit()
    project = Project(
        table.index,
        table.first_page,
        code=_code(labelled.after("项目编码")),
        name=None if of_department else _name(table, labelled),
        unit=unit,
    )
    project.budget = money(labelled.after(*_BUDGETS), unit)
    project.fiscal_funds = money(labelled.after("其中:财政资金", "财政资金", "其中:财政拨款", "财政拨款"), unit)
    project.other_funds = money(labelled.after("其他资金"), unit)
    project.purpose = labelled.below("预算规模及资金用途", "资金用途")
    project.goals = labelled.block("绩效目标", "年度目标", "总体目标", "年度总体目标", "年度绩效目标")
    project.plan = read_plan(labelled.rows, labelled.first_indicator, budget=project.budget, unit=unit)
    project.indicators = list(indicators_below(table))
    return project


def _name(table: Table, labelled: _Labelled) -> str | None:
    """The name beside 项目名称, None where that is left blank (an empty form); without such a label the title's."""
    if labelled.has("项目名称"):
        name = labelled.after("项目名称")
        return unspaced(name) if name else None
    return _name_from_title(table.title)


def _code(text: str | None) -> str | None:
    plain = compact(text or "")
    return plain if CODE.fullmatch(plain) else None


def _name_from_title(title: str | None) -> str | None:
    """A card without 项目名称 is called by its title: 3、[323] ……绩效目标表."""
    plain = _UNIT_PREFIX.sub("", unspaced(without_enumerator(title or "")))
    found = _CARD_TITLE.fullmatch(plain)
    return (found.group(1) or None) if found else None


def money(text: str | None, unit: str | None) -> Decimal | None:
    """Yuan of a printed amount; None where it is none or the unit is not known."""
    printed = read_number(text) if text is not None else None
    return in_yuan(printed, unit) if printed is not None and unit in UNITS else None


class _Labelled:
    """A card as labelled cells: a label's value stands to its right, or below it."""

    def __init__(self, table: Table) -> None:
        self.rows = _by_row(table)
        self.first_indicator = min(
            (row for row, cells in self.rows.items() if heading_columns_of({compact(cell.text) for cell in cells})),
            default=table.row_count,
        )

    def _find(self, labels: Sequence[str]) -> tuple[int, int] | None:
        for row, cells in self.rows.items():
            for position, cell in enumerate(cells):
                if row < self.first_indicator and compact(cell.text).rstrip(":") in labels:
                    return row, position
        return None

    def has(self, label: str) -> bool:
        return self._find([label]) is not None

    def unit(self) -> str | None:
        """The unit that a label of amounts states: 项目资金（万元）."""
        labels = (cell.text for row, cells in self.rows.items() if row < self.first_indicator for cell in cells)
        stated = (stated_unit(text) for text in labels if _AMOUNT_LABEL.fullmatch(compact(text)))
        return next((unit for unit in stated if unit), None)

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


_HEADINGS = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "指标内容": "level3",
    "指标名称": "level3",
    "绩效指标描述": "description",
    "指标描述": "description",
    "指标解释": "description",
    "指标说明": "description",
    "指标值说明": "description",
    "指标值内容": "description",
    "指标值": "target",
    "年度指标值": "target",
    "本年绩效指标值": "target",
    "绩效指标值": "target",
    "预期指标值": "target",
    "目标值": "target",
    "绩效指标性质": "sign",
    "指标性质": "sign",
    "指标值类型": "sign",
    "计算符号": "sign",
    "绩效度量单位": "unit",
    "度量单位": "unit",
    "计量单位": "unit",
    "指标值确定依据": "basis",
    "指标确定依据": "basis",
}
"""What a column of indicators holds, by its heading."""

_LEVELS = {
    "产出": ("数量", "质量", "时效"),
    "效益": ("经济效益", "社会效益", "生态效益", "可持续影响"),
    "满意度": ("满意度", "服务对象满意度"),
}
"""Level-1 indicators and the level-2 ones under them: 财预〔2020〕10号, annex 2."""
_LEVELS_JOINED = re.compile(r"(?P<level1>(?:成本|产出|效益|满意度)指标)(?P<level2>.{2,9}?指标)?(?P<level3>.+)")


def heading_columns_of(texts: Collection[str]) -> bool:
    """Are these the headings of indicators: levels, or 绩效指标 with all levels in a cell, and what is aimed at?"""
    names = {_HEADINGS[text] for text in texts if text in _HEADINGS}
    return {"level1", "level3"} <= names or ("绩效指标" in texts and "target" in names and "level1" not in names)


def indicator_columns(headings: Mapping[int, str]) -> dict[int, str]:
    """What each column holds, by its heading without white space; ``""`` for one of no interest (分值, 权重)."""
    columns = {column: _HEADINGS.get(text, "") for column, text in headings.items() if text}
    if "level1" not in columns.values():
        columns.update({column: "levels" for column, text in headings.items() if text == "绩效指标"})
    return columns


class IndicatorRows:
    """Rows of indicators in order: levels filled down, a row cut by a page break made whole."""

    def __init__(self) -> None:
        self.level1: str | None = None
        self.level2: str | None = None
        self.last: Indicator | None = None

    def read(self, cells: Sequence[TableCell], columns: Mapping[int, str]) -> Indicator | None:
        """The indicator a row states; None where it is blank or the rest of the row before."""
        fields = _fields(cells, columns)
        if self.last is not None and _is_rest(fields):
            _join(self.last, fields)
            return None
        if not fields.get("level3") and not fields.get("target"):
            return None
        self._fill_levels(fields)
        named = {name: fields.get(name) for name in ("level3", "description", "target", "basis", "sign", "unit")}
        self.last = Indicator(cells[0].row, cells[0].page, self.level1, self.level2, **named)
        return self.last

    def _fill_levels(self, fields: Mapping[str, str]) -> None:
        if fields.get("level1"):
            self.level1, self.level2 = fields["level1"], None
        self.level2 = fields.get("level2") or self.level2
        if "level1" not in fields and self.level1 and self.level2 and not _belongs(self.level2, self.level1):
            self.level1 = None


def _belongs(level2: str, level1: str) -> bool:
    """May a level-2 indicator stand under a level-1 one?  Where that is left blank, it may be another one."""
    homes = [home for home, names in _LEVELS.items() if level2.removesuffix("指标") in names]
    known = [home for home in _LEVELS if home in level1]
    return not homes or not known or bool(set(homes) & set(known))


def indicators_below(table: Table) -> Iterator[Indicator]:
    """The indicators under the indicator heading of a card."""
    columns: dict[int, str] = {}
    rows = IndicatorRows()
    for _, cells in sorted(_by_row(table).items()):
        headings = {cell.column: compact(cell.text) for cell in cells}
        if heading_columns_of(set(headings.values())):
            columns = indicator_columns(headings)
        elif columns and (indicator := rows.read(cells, columns)):
            yield indicator


def _fields(cells: Sequence[TableCell], columns: Mapping[int, str]) -> dict[str, str]:
    """A row's texts by what their column holds; a cell between two headings belongs to the one at its left."""
    fields: dict[str, str] = {}
    for cell in cells:
        plain = unspaced(cell.text)
        left = [column for column in columns if column <= cell.column]
        name = columns[max(left)] if left else ""
        if plain and name == "levels":
            fields.update(_levels_in(cell.text))
        elif plain and name:
            fields[name] = fields.get(name, "") + plain
    return fields


def _levels_in(text: str) -> dict[str, str]:
    """All levels in one cell: 产出指标质量指标 and then what is measured."""
    found = _LEVELS_JOINED.fullmatch(unspaced(text))
    return {name: part for name, part in found.groupdict().items() if part} if found else {"level3": unspaced(text)}


def _is_rest(fields: Mapping[str, str]) -> bool:
    """What a page break cut off: text of one or two columns without target, and without a level of its own."""
    return bool(fields) and not {"level1", "level2", "target", "sign", "unit"} & fields.keys() and len(fields) <= 2


def _join(indicator: Indicator, fields: Mapping[str, str]) -> None:
    for name, text in fields.items():
        setattr(indicator, name, (getattr(indicator, name) or "") + text)
