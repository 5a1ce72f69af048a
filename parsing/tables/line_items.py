"""From a logical table to line items: which row is what, and the amounts in its columns.

A statement form is one or more *blocks* side by side (收入 | 支出): columns that name the row (codes, labels), then
columns of amounts.  Column headings give the dimensions of an amount; in the two-sided balances the row's own name
gives them.  The vocabulary of headings is data (``vocabulary/headings.csv``).  All that names a row
stands together, which makes the module long.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.parsing.tables.column_dimensions import AmountColumn, holds_amounts, stated_basis
from gongkai.parsing.tables.columns import Block, blocks_of, read_code, with_joined_headings
from gongkai.parsing.tables.project_rows import is_category
from gongkai.parsing.tables.sections import (
    APPROPRIATIONS,
    BALANCES,
    LAST_YEAR,
    PARTS_OF_ANY,
    Section,
    of_period,
    sections,
    within,
)
from gongkai.parsing.tables.stacked_sides import give_sides
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.tables.table import Row, Table, TableCell, leaf, plain_text
from gongkai.parsing.text.amounts import Printed, compact, in_yuan, is_blank, read_number, unspaced
from gongkai.parsing.text.captions import is_note
from gongkai.parsing.text.coded_names import coded_name
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.dimensions import (
    Basis,
    Direction,
    Fund,
    Period,
    Phase,
    Spending,
)
from gongkai.vocabulary.forms import Form
from gongkai.vocabulary.headings import meaning
from gongkai.vocabulary.word_lists import any_of, words

_FILE = "columns.csv"
_NUMBERS_COLUMNS = re.compile(rf"{any_of(_FILE, 'line_number')}|\*+")
_BARE = re.compile(any_of(_FILE, "bare"))
_YEAR = re.compile(any_of(_FILE, "year_of_row"))
_YEAR_OF_FIGURE = re.compile(any_of(_FILE, "year_of_column"))
_CHANGE = re.compile(any_of(_FILE, "change"))
_FIGURE = re.compile(any_of(_FILE, "figure_of_row"))
_CATEGORIES = re.compile(any_of(_FILE, "project_categories"))
_COUNT_UNITS = frozenset(words(_FILE, "count_unit"))
_ADJUSTED = re.compile(any_of(_FILE, "adjusted_by_note"))
_OUTSIDE = re.compile(any_of(_FILE, "outside_appropriation"))


def interpret(table: Table, form: Form, unit: str, year: int | None, phase: Phase | None) -> Statement:
    """Read a recognised table.

    ``unit`` is its unit of account, ``year`` and ``phase`` are the document's where known; of two years that its
    figures are of, 2022年决算数 | 2023年决算数, the later is the document's.  The statement holds the
    figures that the document was published for; last year's, the budget beside the outcome and changes are statements
    of their own, in ``beside``.
    """
    rows = table.body()
    body = [row for row in rows if not _is_note_row(row)]
    notes = [*table.notes, *(cell.text for row in rows if _is_note_row(row) for cell in row.values())]
    table = with_joined_headings(table, body)
    year = year if year is not None else _year_said(table, rows)
    own = _own_basis(table, phase)
    blocks = _as_noted(blocks_of(table, form, body, year, own), notes, own)
    figures = _figure_column(blocks, body)
    body = _with_names_above(body, blocks, figures)
    bases = Counter(column.basis for block in blocks for column in block.amounts)
    if figures is not None:
        bases = Counter(filter(None, (_row_basis(plain_text(row, figures), own, year) for row in body)))
    main = own if own in bases or not bases else max(bases, key=lambda basis: (basis not in _OF_ANOTHER, bases[basis]))
    statements = [
        _statement(Statement(table, form, unit, blocks, [], basis), body, figures, (own, year))
        for basis in (main, *(each for each in bases if each != main))
    ]
    return dataclasses.replace(statements[0], beside=tuple(each for each in statements[1:] if each.items))


_Owner = tuple[str | None, str | None]
"""Code and name of the unit a row belongs to."""
_OF_ANOTHER: frozenset[Basis | None] = frozenset(("prior_budget", "prior_outcome", "change"))


def _as_noted(blocks: tuple[Block, ...], notes: Sequence[str], own: Basis | None) -> tuple[Block, ...]:
    """The blocks with 预算数 taken for the adjusted budget where a note of final accounts says that it is."""
    if own != "outcome" or not any(_ADJUSTED.search(compact(note)) for note in notes):
        return blocks

    def adjusted(column: AmountColumn) -> AmountColumn:
        return dataclasses.replace(column, basis="adjusted_budget") if column.basis == "budget" else column

    return tuple(dataclasses.replace(block, amounts=tuple(map(adjusted, block.amounts))) for block in blocks)


def _year_said(table: Table, body: Sequence[Row]) -> int | None:
    """The latest of the years whose figures the columns or rows of a table state; None where they name one or none."""
    levels = (level for header in table.headers for level in header.split("/") if meaning(compact(level), "basis"))
    names = (compact(text) for row in body if (text := row[min(row)].text) and _YEAR.fullmatch(compact(text)))
    years = {int(found) for text in (*levels, *names) for found in _YEAR_OF_FIGURE.findall(text)}
    return max(years) if len(years) > 1 else None


def _own_basis(table: Table, phase: Phase | None) -> Basis | None:
    """The figure that a document of a phase is published for; the form's title says it where the phase is not known."""
    by_phase: dict[Phase | None, Basis] = {"approved": "budget", "executed": "outcome"}
    stated = meaning(compact(table.title or ""), "basis")
    return by_phase.get(phase, stated if stated in ("budget", "outcome") else None)


def _statement(
    statement: Statement, body: Sequence[Row], figures: int | None, told: tuple[Basis | None, int | None]
) -> Statement:
    """The statement with the items of its basis; ``figures`` is the column that says which figure a row states."""
    if figures is None:
        kept = (
            dataclasses.replace(block, amounts=tuple(each for each in block.amounts if each.basis == statement.basis))
            for block in statement.blocks
        )
        statement = dataclasses.replace(statement, blocks=tuple(block for block in kept if block.amounts))
    owner: _Owner | None = None
    units: dict[str, str] = {}
    above: list[dict[str, str]] = [{} for _ in statement.blocks]
    names: list[dict[int, str]] = [{} for _ in statement.blocks]
    groups = [""] * len(statement.blocks)
    sorts = [_category_column(statement.table, block, statement.form, body) for block in statement.blocks]
    category: str | None = None
    opens = False
    for row in body:
        if figures is not None and _row_basis(plain_text(row, figures), *told) != statement.basis:
            continue
        for number, block in enumerate(statement.blocks):
            named = _name_row(row, block, (figures, sorts[number]), above[number])
            if (column := sorts[number]) is not None and (text := plain_text(row, column)):
                category, opens = text, named is not None and not named.label
                named = _RowName(text, named.codes) if named is not None and opens else named
            elif column is not None and column in row and not opens:
                category = None
            if named is None or _NUMBERS_COLUMNS.fullmatch(named.name) or _counts(row, block, named):
                continue
            names[number][next(iter(row.values())).row] = named.name
            groups[number] = named.name if named.is_group_total else groups[number] if named.is_inner else ""
            owner = _owner_of(block, row, named, units, owner)
            named = dataclasses.replace(named, owner=_own_unit(block, named, units) or owner, group=groups[number])
            items = list(_items(statement, number, row, named))
            _sort_into(category, items)
            statement.items.extend(items)
    give_sides(statement, names)
    _place_in_sections(statement, names)
    return statement


def _counts(row: Row, block: Block, named: _RowName) -> bool:
    """True for a row of numbers that are no money: 公务用车保有量（辆）, or 公务用车保有 | 辆."""
    return meaning(named.name, "skip") == "count" or any(
        plain_text(row, column) in _COUNT_UNITS for column in block.labels
    )


def _owner_of(block: Block, row: Row, named: _RowName, units: dict[str, str], above: _Owner | None) -> _Owner | None:
    """The unit that a row and those below it belong to; ``units`` holds the names of codes, and is kept up to date."""
    code = named.codes.get("unit")
    owns = block.owners is not None and plain_text(row, block.owners)
    if code is not None and not owns and not named.codes.keys() - {"unit"}:
        return code, units.setdefault(code, named.label)
    if block.owners is None:  # the total, named or not, is of no unit of those above it
        is_whole = not named.codes and (not named.label or is_total(named.name))
        return None if is_whole else above
    if any(is_total(cell.plain) for cell in row.values() if cell.column <= block.owners):
        return None
    if not plain_text(row, block.owners):
        return above
    name = unspaced(row[block.owners].text)
    if (coded := coded_name(name)) is not None:  # 101001-某局
        code, name = code or coded.code, coded.name
    if code is not None:
        units[code] = name
    return code, name


def _own_unit(block: Block, named: _RowName, units: Mapping[str, str]) -> _Owner | None:
    """The unit that a row itself names or bears the code of."""
    code = named.codes.get("unit")
    if block.names_units and not is_total(named.name):
        return code, named.label
    return (code, units.get(code)) if code is not None else None


def _category_column(table: Table, block: Block, form: Form, body: Sequence[Row]) -> int | None:
    """The label column of a list of projects that prints kinds of projects (特定目标类), beside that of their names.

    Some heading says it, 项目类别, or all its texts do.
    """
    if form.id != "project_expenditure" or len(block.labels) < 2:
        return None
    for column in block.labels:
        texts = [text for row in body if (text := plain_text(row, column)) and not is_total(text)]
        headed = _CATEGORIES.fullmatch(compact(leaf(table.headers[column]))) is not None
        if texts and (headed or all(map(is_category, texts))):
            return column
    return None


def _sort_into(category: str | None, items: Sequence[LineItem]) -> None:
    """Give project spending the kind that its row or the category it stands in names."""
    for item in items:
        kind = meaning(category or "", "spending")
        if item.spending == "project" and not item.is_total and kind in ("project_operating", "project_specific"):
            item.spending = kind


def _figure_column(blocks: Sequence[Block], body: Sequence[Row]) -> int | None:
    """The label column that says which figure a row states, where last year's row and the change are printed too."""
    for block in blocks:
        for column in block.labels:
            texts = {text for row in body if (text := plain_text(row, column))}
            if len(texts) > 1 and all(map(_states_figure, texts)):
                return column
    return None


def _with_names_above(body: list[Row], blocks: Sequence[Block], figures: int | None) -> list[Row]:
    """The rows, a row that states one more figure of the name above it given that name: 某局 | 2025年 over 2026年.

    ``figures`` is the column that says which figure a row states; a figure stated a second time is of another name.
    """
    if figures is None:
        return body
    columns = [column for block in blocks for column in block.labels if column != figures]
    named: list[Row] = []
    above: Row = {}
    stated: set[str] = set()
    for row in body:
        figure = plain_text(row, figures)
        names: Row = {}
        if any(plain_text(row, column) for column in columns):
            above, stated = row, set()
        elif figure and figure not in stated:
            place = row[figures].row
            names = {each: dataclasses.replace(above[each], row=place) for each in columns if each in above}
        stated.add(figure)
        named.append(row | names)
    return named


def _states_figure(text: str) -> bool:
    return bool(_YEAR.fullmatch(text) or _CHANGE.fullmatch(text) or _FIGURE.fullmatch(text))


def _row_basis(text: str, own: Basis | None, year: int | None) -> Basis | None:
    """The figure that a row states by the name of its year or figure; None for a rate or a year further away."""
    return stated_basis((text,), own, year) if holds_amounts(text, year) else None


def _place_in_sections(statement: Statement, names: Sequence[Mapping[int, str]]) -> None:
    """Give the amounts the dimensions of their sections, where neither column nor row says otherwise.

    ``names`` are the names of the rows of each block, those without an amount among them.
    """
    two_sided = statement.two_sided
    for number, block in enumerate(statement.blocks):
        placed = sections(names[number], two_sided=two_sided)
        columns = {amount.column: amount for amount in block.amounts}
        for item in (each for each in statement.items if each.block == number and each.row in placed):
            section, column = placed[item.row], columns[item.column]
            if section.period is not None and (column.period in (None, "total") or section.period in BALANCES):
                own = _named_period(item.name, item.direction)
                item.period = of_period(own, section.period)
                if own is None and item.period == "current" and item.meaning == "stated":
                    item.meaning = "implied"
            is_source = item.direction == "revenue" and (two_sided or not item.codes)
            if is_source and section.fund is not None and _takes_fund(statement, item, section):
                item.fund = section.fund
            if two_sided and item.direction == "expenditure" and column.spending in (None, "total"):
                item.spending = within(item.spending, section.spending)


def _takes_fund(statement: Statement, item: LineItem, section: Section) -> bool:
    """True for a row without a fund of its own, and for 经费拨款 and 其他收入 among the parts of a public fund."""
    own = meaning(item.name, "fund")
    part = section.is_part and section.fund in APPROPRIATIONS and own in PARTS_OF_ANY
    return part or (own is None and item.fund in statement.whole_funds)


def _is_note_row(row: Row) -> bool:
    """True for a note printed as the last row of a grid (注：…), which is no row of the form."""
    filled = [cell.text for cell in row.values() if cell.plain]
    return len(filled) == 1 and is_note(filled[0])


def mark_total_of(statement: Statement, entity: str | None) -> None:
    """Mark the one row that bears the publisher's name as the total of a block that prints no other (Shenzhen's forms).

    Several such rows are its lines: a list of projects prints the unit beside each.
    """
    if entity is None:
        return
    for each in (statement, *statement.beside):
        for number in range(len(each.blocks)):
            rows = each.rows(number).values()
            if any(item.is_total for items in rows for item in items.values()):
                continue
            own = [items for items in rows if compact(next(iter(items.values())).label) == compact(entity)]
            for item in own[0].values() if len(own) == 1 else ():
                item.is_total = True


def headless(statement: Statement) -> dict[int, int]:
    """How many amounts are printed in each column without a heading."""
    return dict(
        Counter(item.column for item in statement.items if item.meaning == "doubtful" and item.amount is not None)
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _RowName:
    label: str
    codes: dict[str, str]
    is_group_total: bool = False
    is_inner: bool = False
    """It stands in a column right of the one that names groups of rows."""
    is_across: bool = False
    """Its name stands in a cell that begins in the block before: 合计 of 人员经费 and 公用经费 together."""
    group: str = ""
    """The name that a merged cell gives it and the rows around it."""
    owner: _Owner | None = None
    """Code and name of the unit it belongs to."""

    @property
    def name(self) -> str:
        return compact(self.label)


def _items(statement: Statement, number: int, row: Row, named: _RowName) -> Iterator[LineItem]:
    block = statement.blocks[number]
    two_sided = statement.two_sided
    row_name = named.name
    of_total = is_total(row_name) or (statement.form.id != "three_public" and _is_nameless_total(block, row))
    by_rows = two_sided and block.classes != "government_economic"
    is_of_form = of_total and named.is_across and meaning(row_name, "spending") is None
    of_form = statement.form.spending if is_of_form else None
    for amount in block.amounts:
        cell = row.get(amount.column) or _amount_over(row, block, amount.column)
        if cell is None:
            continue
        printed = read_number(cell.text)
        if printed is None and not is_blank(cell.text):
            statement.refused.append((cell, f"{cell.text!r} in an amount column is not an amount"))
        label = named.label or ("" if named.codes else _column_name(amount))
        yield LineItem(
            cell=cell,
            table_index=statement.table.index,
            column=amount.column,
            row=cell.row,
            block=number,
            label=label,
            name=compact(label),
            direction=amount.direction or block.direction,
            meaning="doubtful" if block.direction == "revenue" and _is_outside(row_name) else amount.meaning,
            codes=named.codes,
            unit_code=named.owner[0] if named.owner else None,
            unit_name=named.owner[1] if named.owner else None,
            fund=_fund(amount, (row_name, named.group) if not named.codes else (), block, two_sided=two_sided),
            spending=of_form or _spending(amount, row_name, two_sided=by_rows),
            period=_period(
                amount, (row_name, named.group), block, decides=two_sided or _may_name_period(statement.form, named)
            ),
            measure="/".join(amount.path),
            amount=_yuan(printed, statement, cell),
            decimals=printed.decimals if printed else None,
            unit=printed.unit if printed else None,
            is_total=of_total,
            column_class=amount.economic,
            basis=statement.basis,
            is_group_total=named.is_group_total,
        )


def _amount_over(row: Row, block: Block, column: int) -> TableCell | None:
    """The amount of a merged cell that begins in a column of names: 人员经费合计 | 335.00 of two columns."""
    for cell in (row[each] for each in _names_of(block)[1:] if each in row):
        if cell.column < column < cell.column + cell.column_span and read_number(cell.text) is not None:
            return cell
    return None


def _is_nameless_total(block: Block, row: Row) -> bool:
    """True for a row of amounts without a code in a block without names: it is the total of the form."""
    codes = (column for group in block.codes for column in group.columns)
    named = block.labels or block.owners is not None or any(plain_text(row, column) for column in codes)
    return not named and any(not is_blank(plain_text(row, amount.column)) for amount in block.amounts)


def _column_name(amount: AmountColumn) -> str:
    """The item a column stands for where rows have no names (三公 laid out across): its lowest heading but 小计."""
    named = [level for level in amount.path if not _BARE.fullmatch(level)]
    return named[-1] if named else (amount.path or ("",))[-1]


def _yuan(printed: Printed | None, statement: Statement, cell: TableCell) -> Decimal | None:
    if printed is None:
        return None
    amount = in_yuan(printed, statement.unit)
    if amount is None:
        statement.refused.append((cell, f"{cell.text!r} {statement.unit} is finer than a fen or too large"))
    return amount


def _is_outside(name: str) -> bool:
    """True for a row of all that is no 财政拨款, which is of several funds."""
    return _OUTSIDE.fullmatch(without_enumerator(name)) is not None


def _fund(amount: AmountColumn, names: Sequence[str], block: Block, *, two_sided: bool) -> Fund | None:
    """The fund of a row in a column; ``names`` are the row's own and its group's, the more specific first."""
    told = (meaning(name, "fund") for name in names) if block.direction == "revenue" else iter(())
    named = next((fund for fund in told if fund is not None), None)
    if amount.fund == "fiscal_appropriation" and two_sided and named in APPROPRIATIONS:
        return named  # the more specific of row and heading
    if named is None and block.direction == "revenue" and names and _is_outside(names[0]):
        return None
    if amount.fund in (None, "total") and block.direction == "revenue":
        return named or ("total" if two_sided else amount.fund)
    return amount.fund


def _spending(amount: AmountColumn, name: str, *, two_sided: bool) -> Spending | None:
    named = meaning(name, "spending")
    if amount.spending == "basic" and is_total(name) and named in ("personnel", "public"):
        return named  # 人员经费合计 beside 公用经费合计, under headings that name neither
    return amount.spending or (named if two_sided else None)


def _may_name_period(form: Form, named: _RowName) -> bool:
    """True for a row that its own name can place in time: no class, and no project with 结转 in its name.

    年终结余 is what is left over also where a code of 转移性支出 stands before it.
    """
    left_over = meaning(named.name, "period") == "closing"
    return form.id != "project_expenditure" and (not named.codes or left_over)


def _period(amount: AmountColumn, names: Sequence[str], block: Block, *, decides: bool) -> Period | None:
    """The period of a row in a column, by the row's name and its group's where they decide.

    A balance stays one under any heading: 结转下年 below 本年预算.
    """
    if not decides:
        return amount.period
    told = (_named_period(name, block.direction) for name in names)
    named = next((period for period in told if period is not None), None)
    if amount.period in (None, "total") or named in ("opening", "closing"):
        return named or "total"
    return amount.period


def _named_period(name: str, direction: Direction | None) -> Period | None:
    """The period that a row's name states: 结转 on the side of spending is what is left over, unless it is 上年's."""
    named = meaning(name, "period")
    if named == "carried_over" and direction == "expenditure" and not LAST_YEAR.search(name):
        return "closing"
    return named


def _name_row(row: Row, block: Block, aside: tuple[int | None, ...], above: dict[str, str]) -> _RowName | None:
    """The row's name and codes in this block; None where the block has nothing in it (one side of a balance is short).

    ``aside`` are columns of labels that name no row.  ``above`` holds the last code of each kind, and is kept up to
    date: a row may print the last part of its code alone.
    """
    labelled = [column for column in block.labels if column not in aside and plain_text(row, column)]
    over_amounts = [_amount_over(row, block, amount.column) for amount in block.amounts]
    labelled = [column for column in labelled if row[column] not in over_amounts]
    texts = [_name_in(unspaced(row[column].text)) for column in labelled]
    is_across = False
    if not texts and block.labels:  # 支出合计 across the block before this one and the names of this one
        over = (cell for cell in row.values() if cell.column < block.labels[0] < cell.column + cell.column_span)
        texts = [text for cell in over if (text := _name_in(unspaced(cell.text)))]
        is_across = bool(texts) and not any(column in row for column in _names_of(block))
    if not texts and block.owners is not None:  # a unit's own row, and 合计 below 主管部门 or 单位名称
        bodies = (cell for cell in row.values() if cell.column == block.owners or is_total(cell.plain))
        texts = [unspaced(cell.text) for cell in bodies if cell.plain]
    if not texts:  # 合计 across the columns of code and name
        columns = [column for group in block.codes for column in group.columns]
        texts = [unspaced(row[c].text) for c in columns if (text := plain_text(row, c)) and not re.search(r"\d", text)]
    label = texts[0] if texts else ""
    if block.by_level:  # 01-公共服务 | 0117-技术性公共服务 | 测绘测量服务
        label = next((text for text in reversed(texts) if not is_total(text)), label)
    codes: dict[str, str] = {}
    for group in block.codes:
        code = read_code(row, group, above.get(group.kind, ""))
        if code:
            codes[group.kind] = above[group.kind] = code
    amounts = any(not is_blank(plain_text(row, amount.column)) for amount in block.amounts)
    if not label and not codes and not (amounts or not block.labels):
        return None
    last = max(labelled, default=None)
    is_group_total = len(texts) > 1 and last is not None and is_total(plain_text(row, last))
    is_inner = labelled[:1] > list(block.labels[:1])
    return _RowName(label, codes, is_group_total, is_inner=is_inner, is_across=is_across)


def _names_of(block: Block) -> list[int]:
    """The columns of a block that name its rows, from left to right."""
    return sorted({*block.labels, *(column for group in block.codes for column in group.columns)})


def _name_in(text: str) -> str:
    """A row's name without the code that its cell prints before it."""
    coded = coded_name(text)
    return coded.name if coded else text
