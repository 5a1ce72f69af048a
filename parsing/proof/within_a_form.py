"""Accounting identities: what a document's own arithmetic says about its amounts.

Two kinds of relation make up most of them.  *Across*: in every row, a total column is the sum of its parts, as
the column headings nest.  *Down*: in every column, a total row is the sum of the rows below it, as codes, units
or numbering nest (类 = Σ 款, 款 = Σ 项, 合计 = Σ 类).  The rest tie the two sides of a balance, the three public
funds, and one form to another.

An identity holds when the difference is within what rounding of the printed unit can explain: every printed number is
within half a unit of its last digit, so n addends and their total can differ by (n + 1) / 2 such units and no more.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from gongkai.parsing.narrative.claims import Quoted
from gongkai.parsing.tables.columns import Block
from gongkai.parsing.tables.line_items import LineItem, Statement
from gongkai.parsing.text.amounts import UNITS
from gongkai.parsing.text.numbering import is_entry, without_enumerator
from gongkai.parsing.text.outline import Outline, outline
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.dimensions import CheckOutcome
from gongkai.vocabulary.headings import meaning

HOLDS: CheckOutcome = "holds"
BROKEN: CheckOutcome = "broken"
NOT_ASSESSABLE: CheckOutcome = "not_assessable"

_SUBTOTAL_COLUMN = re.compile(
    r"(.*经费|收入|支出|本年收入|本年支出|资金)?[合小总]计(金额|数)?|(资金|.*三公.*)?总额|.*总数"
)
_OF_WHICH = re.compile(r"[(（]?其中(?![:：]?基本支出)[:：]?[^:：].*|扣除.*|不含.*|.*政府采购.*")
"""A part that is named beside the parts that make up the whole; 其中：基本支出 | 项目支出 are those parts."""
_OTHER_EVENTS = re.compile(r".*(会议|培训)费?.*")
"""Printed beside 三公, and no part of it."""
_CARRIED = re.compile(r".*(结转|结余|资金余额).*")


Side = LineItem | Quoted
"""What an identity relates: an amount of a table, or one that the narrative quotes."""


class Sum(Protocol):
    """Anything with the items of both sides of a sum."""

    total: Sequence[LineItem]
    addends: Sequence[LineItem]


@dataclasses.dataclass(frozen=True, slots=True)
class Check:
    """One identity applied; fields as the columns of ``checks``, both sides as the items themselves."""

    rule: str
    scope: str
    total: tuple[Side, ...]
    addends: tuple[Side, ...]
    expected: Decimal | None
    found: Decimal | None
    tolerance: Decimal | None
    outcome: CheckOutcome
    reason: str | None = None

    @property
    def difference(self) -> Decimal | None:
        if self.expected is None or self.found is None:
            return None
        return self.found - self.expected


@dataclasses.dataclass(frozen=True, slots=True)
class Across:
    """A column that is the sum of other columns, in every row of a block."""

    total: int
    addends: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Down:
    """A row that is the sum of other rows, in every amount column of a block."""

    rule: str
    total: int
    addends: tuple[int, ...]
    instead: tuple[tuple[int, ...], ...] = ()
    """Other rows that it may be the sum of, where names and codes do not decide."""
    is_stated: bool = True
    """False where the form does not say that these rows are all there is: then it can hold, but not be broken."""


def last_digit(statement: Statement) -> Decimal:
    """One unit of the last digit a form prints, in yuan."""
    return UNITS[statement.unit].scaleb(-statement.decimals)


def check_sum(rule: str, scope: str, total: LineItem, addends: Sequence[LineItem], digit: Decimal) -> Check | None:
    """``total`` against the sum of ``addends``; a blank addend adds nothing.  None where nothing at all is printed."""
    printed = [item for item in addends if item.amount is not None]
    if total.amount is None and not printed:
        return None
    if total.amount is None or not printed:
        missing = "the total is blank" if total.amount is None else "no addend is printed"
        if total.amount == 0:
            return None
        return Check(rule, scope, (total,), tuple(addends), total.amount, None, None, NOT_ASSESSABLE, missing)
    found = sum((item.amount for item in printed if item.amount is not None), Decimal(0))
    tolerance = digit * (len(printed) + 1) / 2
    outcome = HOLDS if abs(found - total.amount) <= tolerance else BROKEN
    return Check(rule, scope, (total,), tuple(printed), total.amount, found, tolerance, outcome)


@dataclasses.dataclass(slots=True)
class _Node:
    """A heading and what stands below it; ``column`` for the lowest level."""

    name: str
    column: int | None = None
    children: list[_Node] = dataclasses.field(default_factory=list)

    def child(self, name: str) -> _Node:
        if self.children and self.children[-1].name == name and self.children[-1].column is None:
            return self.children[-1]
        self.children.append(_Node(name))
        return self.children[-1]

    def total(self) -> int | None:
        """The column that sums this heading's parts: the one named 小计, 合计 or the like."""
        named = [
            child for child in self.children if child.column is not None and _SUBTOTAL_COLUMN.fullmatch(child.name)
        ]
        return named[0].column if named else None

    def parts(self) -> list[int]:
        """The columns whose sum is this heading: its total if it has one, else all its parts'."""
        if self.column is not None:
            return [self.column]
        total = self.total()
        return [total] if total is not None else [column for child in self.addends() for column in child.parts()]

    def addends(self) -> list[_Node]:
        """What stands below but its total and what is only named beside the parts."""
        total = self.total()
        parts = [child for child in self.children if total is None or child.column != total]
        beside = [child for child in parts if _OF_WHICH.fullmatch(child.name)]
        if total is not None and any("三公" in child.name for child in self.children if child.column == total):
            beside += [child for child in parts if _OTHER_EVENTS.fullmatch(child.name)]
        return [child for child in parts if child not in beside] if len(beside) < len(parts) else []


def across(block: Block) -> list[Across]:
    """The sums that a block's column headings state."""
    found: list[Across] = []
    for paths in _by_repeated_leaf({amount.column: amount.path for amount in block.amounts}):
        root = _Node("")
        for column, path in paths.items():
            node = root
            for level in path[:-1]:
                node = node.child(level)
            node.children.append(_Node(path[-1] if path else "", column))
        _collect(root, found)
    return found


def _by_repeated_leaf(paths: dict[int, tuple[str, ...]]) -> Iterator[dict[int, tuple[str, ...]]]:
    """Headings as they stand; or, where every heading ends in one of a few funds, those of each fund apart.

    总计 | 因公出国 | 公务接待, each over 一般公共预算 | 政府性基金: the sum runs over the upper level, fund by fund.
    """
    leaves = {path[-1] for path in paths.values() if len(path) > 1}
    repeated = len(leaves) > 1 and len(leaves) * 2 <= len(paths) and all(len(path) > 1 for path in paths.values())
    if not repeated or not all(meaning(leaf, "fund") for leaf in leaves):
        yield paths
        return
    for leaf in sorted(leaves):
        yield {column: path[:-1] for column, path in paths.items() if path[-1] == leaf}


def _collect(node: _Node, found: list[Across]) -> None:
    total = node.total()
    if total is not None:
        parts = [column for child in node.addends() for column in child.parts()]
        if parts:
            found.append(Across(total, tuple(parts)))
    for child in node.children:
        if child.column is None:
            _collect(child, found)


def down(statement: Statement, block: int) -> list[Down]:
    """The sums that a block's row names and codes state."""
    rows = statement.rows(block)
    names = {row: next(iter(items.values())) for row, items in rows.items()}
    return [*_nested(names), *_totals(names)]


def _nested(names: dict[int, LineItem]) -> Iterator[Down]:
    """Rows that sum the rows under them: a code its longer codes, a unit its rows, a number its inner numbers."""
    order = list(names)
    for position, row in enumerate(order):
        under = order[position + 1 :]
        for kind in ("function", "economic"):
            if kind in names[row].codes:
                yield from _code_children({other: names[other].codes.get(kind, "") for other in names}, row, under)
        if not names[row].codes and names[row].implied_code:
            implied = {other: names[other].implied_code or "" for other in names}
            yield from _code_children(implied, row, under, stated=False)
        if set(names[row].codes) == {"unit"}:
            yield from _unit_children(names, row, under)
        if names[row].is_group_total:
            parts = _while(under, lambda other: not names[other].is_group_total and not names[other].is_total)
            if parts:
                yield Down("group", row, tuple(parts), is_stated=False)
    yield from _numbered(names)


def _numbered(names: dict[int, LineItem]) -> Iterator[Down]:
    """一、 is the sum of its （一）, and so on; or of the rows without a number that follow it."""
    order = [row for row, item in names.items() if not item.codes]
    for rows in _between_totals(names, order):
        listed = outline([(row, names[row].name) for row in rows])
        for row, parts in _named_without_number(names, rows, listed):
            yield Down("numbering", row, parts, is_stated=False)
        for row in listed.parents:
            if inner := listed.children.get(row):
                stated = not any(_beside(names[part]) for part in inner)
                yield Down("numbering", row, tuple(inner), is_stated=stated)
                continue
            under = rows[rows.index(row) + 1 :]
            plain = _while(under, lambda other: not is_entry(names[other].name))
            plain = [other for other in plain if not names[other].line_code and not _beside(names[other])]
            if plain:
                yield Down("numbering", row, tuple(plain), is_stated=False)


def _named_without_number(
    names: dict[int, LineItem], rows: Sequence[int], listed: Outline
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """A row without a number over a numbered list: 财政拨款 over 1.一般公共预算拨款."""
    for row, following in itertools.pairwise(rows):
        if row not in listed.parents and not names[row].implied_code and listed.parents.get(following, row) is None:
            run = _while(rows[rows.index(following) :], lambda other: is_entry(names[other].name))
            yield row, tuple(other for other in run if listed.parents[other] is None)


def _beside(item: LineItem) -> bool:
    return _OF_WHICH.fullmatch(item.name) is not None


def _between_totals(names: dict[int, LineItem], order: Sequence[int]) -> Iterator[list[int]]:
    rows: list[int] = []
    for row in order:
        if names[row].is_total:
            yield rows
            rows = []
        else:
            rows.append(row)
    yield rows


def _code_children(codes: dict[int, str], row: int, under: Sequence[int], *, stated: bool = True) -> Iterator[Down]:
    """A code is the sum of the codes below it that no other of them contains.

    A transfer to another level of government is printed where it belongs, under a code of its own category: 2301705
    among the 20911.  Such rows may be part of the sum.
    """
    code = codes[row]
    below = _while(under, lambda other: len(codes[other]) > len(code))
    longer = {other: codes[other] for other in below if codes[other].startswith(code)}
    if not longer:
        return
    shortest = _highest(longer)
    strangers = tuple(other for other in below if other not in longer)
    choices = (_uncontained(longer), (*shortest, *strangers))
    yield Down("hierarchy", row, shortest, tuple(each for each in choices if each != shortest), is_stated=stated)


def _highest(codes: dict[int, str]) -> tuple[int, ...]:
    """The rows of the shortest codes."""
    length = min(map(len, codes.values()))
    return tuple(row for row, code in codes.items() if len(code) == length)


def _uncontained(codes: dict[int, str]) -> tuple[int, ...]:
    """The rows whose code none of the others contains, whatever their lengths."""
    every = set(codes.values())
    return tuple(
        row for row, code in codes.items() if not any(code[:length] in every for length in range(1, len(code)))
    )


def _unit_children(names: dict[int, LineItem], row: int, under: Sequence[int]) -> Iterator[Down]:
    """A unit is the sum of its sub-units, or of the coded rows, or of the projects, listed under it."""
    code = names[row].codes["unit"]
    below = _while(under, lambda other: names[other].codes.get("unit", code).startswith(code))
    subunits = [other for other in below if len(names[other].codes.get("unit", "")) > len(code)]
    coded = [other for other in below if "unit" not in names[other].codes and names[other].codes]
    if subunits:
        seen: set[str] = set()
        parts = []
        for other in subunits:
            if names[other].codes["unit"] not in seen:
                seen.add(names[other].codes["unit"])
                parts.append(other)
        yield Down("units", row, tuple(parts))
    elif coded:
        yield Down("units", row, tuple(_shortest(names, coded)))
    else:
        first = next(other for other, item in names.items() if item.codes.get("unit") == code)
        # A row of the same name is another row of the unit, not part of the first.
        projects = [
            other for other in below if names[other].codes.get("unit") == code and names[other].name != names[row].name
        ]
        if projects and first == row:
            yield Down("units", row, tuple(projects))


def _while(rows: Sequence[int], belongs: Callable[[int], bool]) -> list[int]:
    taken: list[int] = []
    for row in rows:
        if not belongs(row):
            break
        taken.append(row)
    return taken


def _shortest(names: dict[int, LineItem], rows: Iterable[int]) -> list[int]:
    """Of coded rows those at the highest level present, one kind of code."""
    codes = _one_kind(names, rows)
    return list(_highest(codes)) if codes else []


def _one_kind(names: dict[int, LineItem], rows: Iterable[int]) -> dict[int, str]:
    """The codes of rows, of the first kind that any of them has."""
    chosen = list(rows)
    for kind in ("function", "economic", "government_economic"):
        codes = {row: code for row in chosen if (code := names[row].codes.get(kind))}
        if codes:
            return codes
    return {}


def _totals(names: dict[int, LineItem]) -> Iterator[Down]:
    """Rows called 合计 or the like: the sum of the rows at the highest level of nesting."""
    order = list(names)
    totals = [row for row in order if names[row].is_total and not names[row].codes]
    units = [row for row in order if set(names[row].codes) == {"unit"}]
    coded = [row for row in order if names[row].codes and row not in units]
    for number, total in enumerate(totals):
        if units:
            length = min(len(names[row].codes["unit"]) for row in units)
            yield Down("total", total, tuple(row for row in units if len(names[row].codes["unit"]) == length))
        elif coded:
            shortest, outermost = tuple(_shortest(names, coded)), _uncontained(_one_kind(names, coded))
            yield Down("total", total, shortest, (outermost,) if outermost != shortest else ())
        else:
            yield from _listed(names, order, totals, number)


def _listed(names: dict[int, LineItem], order: Sequence[int], totals: Sequence[int], number: int) -> Iterator[Down]:
    """What a total of a list without codes sums: its outermost rows, or the earlier total and what follows that.

    收入总计 = 本年收入合计 + 上年结转结余; what breaks a carried-over row down, by number or by fund, is part of it.
    """
    total = totals[number]
    position = order.index(total)
    before = totals[number - 1] if number else None
    start = order.index(before) + 1 if before is not None else 0
    between = [row for row in order[start:position] if not _beside(names[row])]
    if before is None:
        choices = _outermost(names, between or list(_until_total(names, order[position + 1 :])))
        if choices:
            stated = bool(between) and any(is_entry(names[row].name) for row in choices[0])
            yield Down("total", total, choices[0], choices[1:], is_stated=stated)
        return
    carried = [row for row in between if _CARRIED.fullmatch(names[row].name)]
    plain = [row for row in between if not is_entry(names[row].name) and not _is_share(names, between, row)]
    if carried:
        yield Down("total", total, (before, *plain), ((before, *carried),))


def _until_total(names: dict[int, LineItem], rows: Sequence[int]) -> Iterator[int]:
    return itertools.takewhile(lambda row: not names[row].is_total, rows)


def _is_share(names: dict[int, LineItem], rows: Sequence[int], row: int) -> bool:
    """Whether a row is one fund's share of the carried-over row above it."""
    if _CARRIED.fullmatch(names[row].name) or meaning(names[row].name, "fund") is None:
        return False
    return any(_CARRIED.fullmatch(names[other].name) for other in rows[: rows.index(row)])


def _outermost(names: dict[int, LineItem], rows: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The rows that no other row of a list contains: by number; by the codes their names imply; by their groups."""
    listed = tuple(outline([(row, names[row].name) for row in rows]).children[None])
    categories = tuple(row for row in rows if len(names[row].implied_code or "") == 3)
    groups = tuple(row for row in rows if names[row].is_group_total)
    plain = tuple(row for row in rows if not is_entry(names[row].name)) if not listed else ()
    return tuple(choice for choice in dict.fromkeys((listed, categories, groups, plain)) if choice)


def check_statement(statement: Statement) -> Iterator[Check]:
    """Every identity within one form."""
    digit = last_digit(statement)
    beside = list(_beside_each_other(statement, digit))
    of_both = {id(item) for check in beside for item in check.total}
    for number, block in enumerate(statement.blocks):
        rows = statement.rows(number)
        sums = {relation.total: relation.addends for relation in across(block)}
        for total in sums:
            for items in rows.values():
                yield from _in_row(statement, total, sums, items, digit)
        for down_relation in down(statement, number):
            for check in _in_columns(statement, down_relation, rows, digit):
                if check.outcome != BROKEN or id(check.total[0]) not in of_both:
                    yield check
        if statement.form.id == "three_public":
            yield from _three_public(statement, rows, digit)
        yield from _carried_over_breakdown(statement, rows, digit)
    yield from beside
    yield from _balance(statement, digit)


def _in_row(
    statement: Statement,
    column: int,
    sums: Mapping[int, Sequence[int]],
    items: Mapping[int, LineItem],
    digit: Decimal,
) -> Iterator[Check]:
    """A row's total in ``column`` against its parts; where a part's own 小计 is blank, against that part's parts."""
    if column not in items:
        return
    addends = [
        item
        for part in sums[column]
        if part in items
        for item in (
            [items[part]]
            if items[part].amount is not None
            else [items[inner] for inner in sums.get(part, (part,)) if inner in items]
        )
    ]
    label = items[column].label
    check = check_sum("row", f"{statement.form.id}: row {label!r}", items[column], addends, digit)
    if check is not None:
        yield check


def _in_columns(
    statement: Statement, relation: Down, rows: dict[int, dict[int, LineItem]], digit: Decimal
) -> Iterator[Check]:
    for column, total in rows[relation.total].items():
        scope = f"{statement.form.id}: {total.label!r} in column {total.measure!r}"
        tried = [
            check_sum(relation.rule, scope, total, [rows[row][column] for row in addends if column in rows[row]], digit)
            for addends in (relation.addends, *relation.instead)
        ]
        check = next((check for check in tried if check is not None and check.outcome == HOLDS), tried[0])
        if check is not None and check.outcome == BROKEN and not relation.is_stated:
            reason = "the form does not say that these rows are all that the total sums"
            check = dataclasses.replace(check, outcome=NOT_ASSESSABLE, reason=reason)
        if check is not None:
            yield check


def _beside_each_other(statement: Statement, digit: Decimal) -> Iterator[Check]:
    """Blocks side by side that share the total row of the last: 按功能 | 按用途, or one list in two columns."""
    for number, (left, right) in enumerate(itertools.pairwise(statement.blocks)):
        if left.direction is None or left.direction != right.direction:
            continue
        names, beside = _named_rows(statement, number), _named_rows(statement, number + 1)
        total = next((item for item in beside.values() if item.is_total), None)
        if total is None or any(item.is_total for item in names.values()):
            continue
        scope = f"{statement.form.id}: {total.label!r} beside it"
        own = [[names[row] for row in choice] for choice in _outermost(names, list(names))]
        coded = [names[row] for row in _shortest(names, names)]
        both = [*coded, *(beside[row] for row in _shortest(beside, beside))]
        tried = [check_sum("total", scope, total, items, digit) for items in (*own, coded, both)]
        yield from [check for check in tried if check is not None and check.outcome == HOLDS][:1]


def _named_rows(statement: Statement, block: int) -> dict[int, LineItem]:
    """The first amount of each row of a block."""
    return {row: next(iter(items.values())) for row, items in statement.rows(block).items()}


_ABROAD = re.compile(r".*出国.*")
_VEHICLES = re.compile(r".*(公务)?用车购置(及|和|与).*(运行|运维|维护).*")
_PURCHASE = re.compile(r".*(公务)?用车购置(费|支出|经费)?")
_RUNNING = re.compile(r".*(公务)?用车(运行|运维)(维护)?(费|支出|经费)?")
_RECEPTION = re.compile(r".*接待.*")


def _three_public(statement: Statement, rows: dict[int, dict[int, LineItem]], digit: Decimal) -> Iterator[Check]:
    """三公 = 因公出国（境）费 + 公务用车购置及运行维护费 + 公务接待费, where the items are rows."""
    labels = {row: next(iter(items.values())).name for row, items in rows.items()}
    if len(labels) < 3:
        return
    main = [row for row, label in labels.items() if not re.match(r"[(（]?其中|其他", label)]
    abroad = [row for row in main if _ABROAD.fullmatch(labels[row])][:1]
    vehicles = [row for row in main if _VEHICLES.fullmatch(labels[row])][:1]
    reception = [row for row in main if _RECEPTION.fullmatch(labels[row])][:1]
    parts = [
        row
        for row, label in labels.items()
        if row not in vehicles and (_PURCHASE.fullmatch(label) or _RUNNING.fullmatch(label))
    ]
    events = [row for row in main if _OTHER_EVENTS.fullmatch(labels[row]) and "三公" not in labels[row]]
    totals = [row for row, label in labels.items() if is_total(label)]
    named = [row for row in totals if "三公" in labels[row]] or totals[:1]
    if vehicles and len(parts) == 2:
        yield from _in_columns(statement, Down("three_public", vehicles[0], tuple(parts)), rows, digit)
    if named and len(abroad + vehicles + reception) == 3:
        relation = Down("three_public", named[0], (*abroad, *vehicles, *reception))
        yield from _in_columns(statement, relation, rows, digit)
        if totals[0] != named[0]:
            yield from _in_columns(statement, Down("three_public", totals[0], (named[0], *events)), rows, digit)


def _carried_over_breakdown(
    statement: Statement, rows: dict[int, dict[int, LineItem]], digit: Decimal
) -> Iterator[Check]:
    """What follows a carried-over row between two totals, numbered or one row per fund, breaks it down."""
    if statement.form.direction is not None:
        return
    order = list(rows)
    names = {row: next(iter(items.values())) for row, items in rows.items()}
    totals = [position for position, row in enumerate(order) if names[row].is_total]
    for position, row in enumerate(order):
        if not totals or position < totals[0] or not _CARRIED.fullmatch(names[row].name) or is_entry(names[row].name):
            continue
        under = [row, *order[position + 1 :]]
        details = {other for other in under if is_entry(names[other].name) or _is_share(names, under, other)}
        parts = _while(under[1:], details.__contains__)
        if parts:
            yield from _in_columns(statement, Down("carried_over", row, tuple(parts)), rows, digit)


def _balance(statement: Statement, digit: Decimal) -> Iterator[Check]:
    """收入总计 = 支出总计."""
    if statement.form.id not in ("balance", "appropriation_balance"):
        return
    grand: dict[str, LineItem] = {}
    for item in statement.items:
        if (
            item.is_total
            and item.amount is not None
            and item.fund == "total"
            and item.spending in (None, "total")
            and item.direction
        ):
            grand[item.direction] = item
    if len(grand) == 2:
        scope = f"{statement.form.id}: revenue and expenditure"
        check = check_sum("balance", scope, grand["revenue"], [grand["expenditure"]], digit)
        if check is not None:
            yield check


def assign_statuses(statements: Iterable[Statement], checks: Iterable[Check]) -> None:
    """Give every printed amount its status: doubtful when its reading was chosen, confirmed when any identity with it
    holds, doubtful when the only identities with it are broken, else unchecked.

    The narrative can confirm a table's amount, for two statements of it agree; it makes none doubtful, for prose is
    written by hand and names its items loosely."""
    held: set[int] = set()
    broken: set[int] = set()
    for check in checks:
        touched = {HOLDS: held, BROKEN: broken}.get(check.outcome)
        sides = (*check.total, *check.addends)
        if touched is broken and any(isinstance(side, Quoted) for side in sides):
            continue
        if touched is not None:
            touched.update(id(side) for side in sides)
    for statement in statements:
        for item in statement.items:
            if item.doubted:
                item.status = "doubtful"
            elif item.amount is None:
                item.status = "unchecked"
            elif id(item) in held:
                item.status = "confirmed"
            elif id(item) in broken:
                item.status = "doubtful"


def function_name(label: str) -> str:
    """A functional category's name as balances and tables print it, made comparable."""
    plain = without_enumerator(label)
    return re.sub(r"(事务|等)?(支出)?$", "", plain)
