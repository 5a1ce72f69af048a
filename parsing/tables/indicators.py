"""Performance indicators: the fields their columns hold, and their rows, whole again over page breaks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from gongkai.parsing.tables.table import Table, TableCell
from gongkai.parsing.text.amounts import unspaced
from gongkai.vocabulary.word_lists import any_of, word_lists, words

_FILE = "indicators.csv"
_FIELDS = ("level1", "level2", "level3", "description", "target", "sign", "unit", "basis")
_HEADINGS = {word: field for field in _FIELDS for word in words(_FILE, field)}
"""The field that a column of indicators holds, by its heading."""
_ALL_LEVELS = frozenset(words(_FILE, "all_levels"))
TARGETS = frozenset(words(_FILE, "target"))
"""Headings of columns that say what is aimed at."""
LEVEL3 = frozenset(words(_FILE, "level3"))
"""Headings of columns that name the indicators themselves."""
_LEVELS = word_lists("indicator_levels.csv")
"""Level-1 indicators and the level-2 ones under them."""
_INDICATOR = any_of(_FILE, "indicator")
_LEVELS_JOINED = re.compile(
    rf"(?P<level1>{any_of(_FILE, 'level1_name')}{_INDICATOR})(?P<level2>.{{2,9}}?{_INDICATOR})?(?P<level3>.+)"
)
_ENDS_IN_INDICATOR = re.compile(rf"{_INDICATOR}$")


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


def heading_columns_of(texts: Collection[str]) -> bool:
    """True for headings of indicators: level 1 and 3, or 绩效指标 with all levels in a cell beside a target."""
    names = {_HEADINGS[text] for text in texts if text in _HEADINGS}
    return {"level1", "level3"} <= names or (
        not _ALL_LEVELS.isdisjoint(texts) and "target" in names and "level1" not in names
    )


def is_indicator_heading(text: str) -> bool:
    """True for the heading of a column of indicators (compact text)."""
    return text in _HEADINGS


def indicator_columns(headings: Mapping[int, str]) -> dict[int, str]:
    """The field of each column, by its heading without white space; ``""`` for one of no interest (分值, 权重)."""
    columns = {column: _HEADINGS.get(text, "") for column, text in headings.items() if text}
    if "level1" not in columns.values():
        columns.update({column: "levels" for column, text in headings.items() if text in _ALL_LEVELS})
    return columns


class IndicatorRows:
    """Rows of indicators in order: levels filled down, a row cut by a page break made whole."""

    def __init__(self) -> None:
        self.level1: str | None = None
        self.level2: str | None = None
        self.last: Indicator | None = None
        self._page: int | None = None
        self._merged: set[str | None] = set()

    def read(self, cells: Sequence[TableCell], columns: Mapping[int, str]) -> Indicator | None:
        """The indicator a row states; None where it is blank or the rest of the row before."""
        fields = _fields(cells, columns)
        self._forget_levels(cells, columns)
        if self.last is not None and _is_rest(fields):
            _join(self.last, fields)
            return None
        if not fields.get("level3") and not fields.get("target"):
            return None
        self._fill_levels(fields)
        named = {name: fields.get(name) for name in ("level3", "description", "target", "basis", "sign", "unit")}
        self.last = Indicator(cells[0].row, cells[0].page, self.level1, self.level2, **named)
        return self.last

    def _forget_levels(self, cells: Sequence[TableCell], columns: Mapping[int, str]) -> None:
        """Forget a level where a blank cell begins among merged ones: its name is on the next page.

        At the top of a page such a cell is the rest of the one before.
        """
        is_first, self._page = self._page != cells[0].page, cells[0].page
        self._merged.update(columns.get(cell.column) for cell in cells if cell.row_span > 1)
        blank = {columns.get(cell.column) for cell in cells if not cell.plain} & self._merged
        if is_first:
            return
        if "level1" in blank:
            self.level1 = self.level2 = None
        elif "level2" in blank:
            self.level2 = None

    def _fill_levels(self, fields: Mapping[str, str]) -> None:
        if fields.get("level1"):
            self.level1, self.level2 = fields["level1"], None
        self.level2 = fields.get("level2") or self.level2
        if "level1" not in fields and self.level1 and self.level2 and not _belongs(self.level2, self.level1):
            self.level1 = None


def _belongs(level2: str, level1: str) -> bool:
    """True where a level-2 indicator may stand under a level-1 one; a blank level 1 may be another than that above."""
    bare = _ENDS_IN_INDICATOR.sub("", level2)
    homes = [home for home, names in _LEVELS.items() if bare in names]
    known = [home for home in _LEVELS if home in level1]
    return not homes or not known or bool(set(homes) & set(known))


def indicators_below(table: Table) -> Iterator[Indicator]:
    """The indicators under the indicator heading of a card."""
    columns: dict[int, str] = {}
    rows = IndicatorRows()
    for cells in table.rows().values():
        headings = {cell.column: cell.plain for cell in cells}
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
    """True for the rest of a row that a page break cut: text of one or two columns, without target and level."""
    return bool(fields) and not {"level1", "level2", "target", "sign", "unit"} & fields.keys() and len(fields) <= 2


def _join(indicator: Indicator, fields: Mapping[str, str]) -> None:
    for name, text in fields.items():
        setattr(indicator, name, (getattr(indicator, name) or "") + text)
