"""What the narrative says against itself and against the tables.

Inside the text: a change is the amount less the other year's (``text_change``) and goes the way the text says
(``text_direction``); a percentage follows from the amounts (``text_percent``); the parts of an item that has no other
parts make up the whole (``text_sum``).  Text against table (``text_table``): every amount quoted for a named item
equals a line item that prints it.  Names in prose are less exact than a table's headings, so all line items that the
name can mean are tried: one that agrees is evidence for both sides, and the identity is broken only where none does.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from gongkai.parsing.narrative.claims import COUNTED, Mention, Quoted
from gongkai.parsing.narrative.named_classes import ITEMS
from gongkai.parsing.proof.within_a_form import BROKEN, HOLDS, NOT_ASSESSABLE, Check, Side, last_digit
from gongkai.parsing.tables.line_items import LineItem, Statement
from gongkai.parsing.text.amounts import UNITS
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.classification import comparable
from gongkai.vocabulary.dimensions import Fund, Phase, Spending
from gongkai.vocabulary.forms import AMOUNT_FORMS, BASIC_FORMS, FormId
from gongkai.vocabulary.stated_items import stated_item

_FEN = Decimal("0.01")
_WHOLES = (
    ("three_public", ("abroad", "vehicles", "reception")),
    ("three_public", ("abroad", "vehicle_purchase", "vehicle_running", "reception")),
    ("vehicles", ("vehicle_purchase", "vehicle_running")),
    ("procurement", ("procurement_goods", "procurement_works", "procurement_services")),
    ("basic", ("personnel", "public")),
)
"""Items that have these parts and no others."""
_THREE_PUBLIC = (
    ("operating_expenses", re.compile(r"机关(\(机构\))?运[行转]")),
    ("meetings", re.compile(r"会议")),
    ("training", re.compile(r"培训")),
    ("vehicles", re.compile(r"(用车|车辆).*购置.*(运行|运维|维护)|用车.*[及和]运行")),
    ("vehicle_purchase", re.compile(r"购置")),
    ("vehicle_running", re.compile(r"(运行|运维|维护)")),
    ("abroad", re.compile(r"出国")),
    ("reception", re.compile(r"接待")),
    ("three_public", re.compile(r"三公")),
)
"""What a row or column of a “三公” form is; the first pattern that its name holds decides."""
_OF_A_PART = re.compile(r"(?:其中)?[:：]?(?:教学|科研|其他|国内|国\(境\)外|外宾)")
_CARRIED = re.compile(r"上年(结转|结余)")
_BUDGET_COLUMN = re.compile(r"(^|/)(年初|全年|调整)?预算数?(/|$)(?!.*决算)")
_PRIOR = re.compile(r"上年|去年|上一年")
_PLAIN_LEVEL = re.compile(
    r"[合小总]计|金额|数额|(预算|决算|年初预算|全年预算|调整预算)数?|当年|本年|上年.*|\d{4}年.*|行次|栏次"
)
_FORMS: dict[Fund, tuple[FormId, ...]] = {
    "total": ("expenditure", "balance", "economic_summary", "general_public", *BASIC_FORMS),
    "fiscal_appropriation": (
        "appropriation_expenditure",
        "appropriation_balance",
        "general_public",
        "general_public_basic",
        "appropriation_basic",
        "government_fund",
        "state_capital",
    ),
    "general_public": (
        "general_public",
        "general_public_basic",
        "appropriation_balance",
        "appropriation_expenditure",
    ),
    "government_fund": ("government_fund", "appropriation_balance"),
    "state_capital": ("state_capital", "appropriation_balance"),
}
"""Forms in which to look for an amount of a fund's spending."""
_TOTALS = ("revenue_total", "revenue_current", "expenditure_total", "expenditure_current", "balance_total")
_APPROPRIATIONS = ("appropriation_balance_total", "appropriation_revenue", "appropriation_expenditure")
_OF_A_FUND = ("general_public", "government_fund", "state_capital")
_SPENDING: dict[str, Spending] = {
    "basic": "basic",
    "project": "project",
    "personnel": "personnel",
    "public": "public",
    "wages": "wages",
    "individual_family": "individual_family",
    "operating_expenditure": "operating",
    "remitted_up": "remitted_up",
    "subsidies_down": "subsidies_down",
}
_ECONOMIC = {"wages": "301", "goods_services": "302", "individual_family": "303", "capital": "310"}
_EXPENSES: frozenset[FormId] = frozenset(("three_public", "operating_expenses"))
_BALANCES: frozenset[FormId] = frozenset(("balance", "appropriation_balance", "revenue"))
_WITH_TOTALS: frozenset[FormId] = frozenset(("balance", "revenue", "expenditure", "economic_summary"))
_WITH_APPROPRIATIONS: frozenset[FormId] = _BALANCES | {"appropriation_expenditure", "general_public"}
_FORMS_OF_ITEMS = {
    **dict.fromkeys(_TOTALS, _WITH_TOTALS),
    **dict.fromkeys(_APPROPRIATIONS, _WITH_APPROPRIATIONS),
    "carried_forward": frozenset(AMOUNT_FORMS),
}
_WHOLE_FUNDS = ("total", "fiscal_appropriation", None)


def check_text(quoted: Sequence[Quoted], statements: Sequence[Statement], phase: Phase | None) -> Iterator[Check]:
    """Every identity within the narrative, then each of its amounts against the tables.

    ``phase`` is the document's: in final accounts a column of budgets stands beside what was spent.
    """
    for mention, rows in _by_mention(quoted):
        yield from _changes(mention, rows)
    yield from _sums(quoted)
    if statements:
        tables = _Tables(statements, executed=phase == "executed")
        for row in quoted:
            yield from _against_tables(row, tables)


def _digit(row: Quoted) -> Decimal:
    """One unit of the last digit printed, in yuan.

    Prose is cut as often as it is rounded (12,565,793 元 as 1,256 万元): a quoted number may be off by a whole unit.
    """
    return UNITS[row.unit].scaleb(-row.decimals) if row.unit in UNITS else _FEN


def _yuan(side: Side) -> Decimal:
    """The amount of a side that has one.  Raises ValueError for one that has none."""
    if side.amount is None:
        raise ValueError(f"{side!r} states no amount and cannot take part in an identity")
    return side.amount


def _by_mention(quoted: Iterable[Quoted]) -> Iterator[tuple[Mention, list[Quoted]]]:
    """The numbers of one item in one paragraph, which may name it again (收支总计…，与上年相比，收支总计各增加…)."""
    groups: dict[tuple[object, ...], list[Quoted]] = {}
    for row in quoted:
        mention = row.mention
        key = (mention.paragraph, mention.item, mention.name, mention.code, mention.fund, mention.within)
        groups.setdefault(key, []).append(row)
    return ((rows[0].mention, rows) for rows in groups.values())


def _of_role(rows: Iterable[Quoted], role: str) -> Quoted | None:
    return next((row for row in rows if row.role == role), None)


def _changes(mention: Mention, rows: Sequence[Quoted]) -> Iterator[Check]:
    """Amount, previous amount, change and percentages of one item against one another."""
    amount, previous, budget = (_of_role(rows, role) for role in ("amount", "previous", "budget"))
    for change in rows:
        if _is_direction(change) and amount is not None and budget is not None:
            yield _direction(mention, change, amount, budget)
        if change.role != "change" or change.comparison is None or change.amount is None or change.unit is None:
            continue
        before = budget if change.compared_with == "own_budget" else previous
        if amount is not None and before is not None:
            yield _difference(mention, change, amount, before)
        percent = next((row for row in rows if row.role == "change_percent" and row.index > change.index), None)
        nearest = next((row for row in rows if row.role == "change" and row.index > change.index), None)
        if percent is None or (nearest is not None and nearest.index < percent.index):
            continue
        start = before.amount if before is not None and before.amount is not None else None
        if start is None and amount is not None and amount.amount is not None:
            start = amount.amount - change.amount
        if start is not None and start > 0:
            yield _ratio(mention, change, percent, start, [row for row in (amount, before) if row is not None])
    completion = _of_role(rows, "completion")
    if completion is not None and amount is not None and budget is not None and budget.amount:
        yield _ratio(mention, amount, completion, budget.amount, [budget])


def _is_direction(row: Quoted) -> bool:
    """决算数大于预算数: a change without a number."""
    stated = row.role == "change" and row.amount is None and row.compared_with == "own_budget"
    return stated and row.comparison in ("increase", "decrease", "unchanged")


def _direction(mention: Mention, change: Quoted, amount: Quoted, budget: Quoted) -> Check:
    """What was spent against the budget, the way the text says they differ; ``expected`` is the budget."""
    expected, found = _yuan(budget), _yuan(amount)
    way = "increase" if found > expected else "decrease" if found < expected else "unchanged"
    scope = f"text: {change.printed!r} of {mention.label!r}"
    outcome = HOLDS if way == change.comparison else BROKEN
    return Check("text_direction", scope, (change,), (budget, amount), expected, found, Decimal(0), outcome)


def _difference(mention: Mention, change: Quoted, amount: Quoted, before: Quoted) -> Check:
    found = _yuan(amount) - _yuan(before)
    tolerance = _digit(change) + _digit(amount) + _digit(before)
    return _check(("text_change", f"text: change of {mention.label!r}"), change, (amount, before), found, tolerance)


def _ratio(mention: Mention, row: Quoted, percent: Quoted, base: Decimal, others: Sequence[Quoted]) -> Check:
    """``row`` is ``percent`` of ``base``, in yuan."""
    share = (percent.percent or Decimal(0)) / 100
    found = base * share
    rounding = abs(base) * Decimal(1).scaleb(-percent.decimals) / 100
    digits = max([_digit(row), *(_digit(other) for other in others)])
    tolerance = rounding + digits + 2 * digits * abs(share)
    scope = f"text: {percent.printed} for {mention.label!r}"
    return _check(("text_percent", scope), row, (percent, *others), found.quantize(_FEN), tolerance)


def _check(
    named: tuple[str, str], total: Quoted, addends: Sequence[Quoted], found: Decimal, tolerance: Decimal
) -> Check:
    """``named`` is rule and scope."""
    rule, scope = named
    expected = _yuan(total)
    outcome = HOLDS if abs(found - expected) <= tolerance else BROKEN
    return Check(rule, scope, (total,), tuple(addends), expected, found, tolerance, outcome)


def _sums(quoted: Sequence[Quoted]) -> Iterator[Check]:
    """Wholes against their parts, as one section states them: the first of each part behind the whole."""
    stated = [row for row in quoted if row.role == "amount" and row.amount is not None]
    for position, whole in enumerate(stated):
        for item, names in _WHOLES:
            if whole.item != item:
                continue
            parts = _parts(whole, stated[position + 1 :], names)
            if parts is None:
                continue
            found = sum((part.amount for part in parts if part.amount is not None), Decimal(0))
            tolerance = sum((_digit(row) for row in (whole, *parts)), Decimal(0)) / 2
            named = ("text_sum", f"text: {whole.mention.label!r} and its parts")
            yield _check(named, whole, parts, found, tolerance)


def _parts(whole: Quoted, following: Sequence[Quoted], names: Sequence[str]) -> list[Quoted] | None:
    found: dict[str, Quoted] = {}
    for row in following:
        if row.section != whole.section or row.item == whole.item:
            break
        if row.item in names:
            found.setdefault(row.item, row)
    return [found[name] for name in names] if len(found) == len(names) else None


class _Tables:
    """The line items by what a name in prose can lead to: a class by its code, the rest by rows without codes."""

    def __init__(self, statements: Sequence[Statement], *, executed: bool) -> None:
        self.executed = executed
        self._found: dict[tuple[tuple[str | None, ...], bool, bool], list[tuple[Statement, LineItem]]] = {}
        self.coded: dict[tuple[str, str], list[tuple[Statement, LineItem]]] = {}
        self.named: dict[str, list[tuple[Statement, LineItem]]] = {}
        """Spending without codes, by the names of its rows as ``_bare_name`` gives them."""
        self.plain: list[tuple[Statement, list[LineItem]]] = []
        for statement in statements:
            self.plain.append((statement, [item for item in statement.items if not item.codes]))
            for item in statement.items:
                for kind, code in item.codes.items():
                    self.coded.setdefault((kind, code), []).append((statement, item))
                if not item.codes and item.direction == "expenditure":
                    self.named.setdefault(_bare_name(item.name), []).append((statement, item))

    def candidates(self, row: Quoted) -> list[tuple[Statement, LineItem]]:
        """Every line item that the quoted amount can be, in the order of the tables."""
        one = row.mention
        named = (one.item, one.name, one.code, one.category, one.fund, one.direction, one.scope, one.within)
        key = (named, row.role == "previous", row.role == "budget")
        if key not in self._found:
            self._found[key] = list(self._candidates(row))
        return self._found[key]

    def _candidates(self, row: Quoted) -> Iterator[tuple[Statement, LineItem]]:
        mention = row.mention
        code = ("economic", _ECONOMIC[mention.item]) if mention.item in _ECONOMIC else (mention.item, mention.code)
        coded = self.coded.get((code[0], code[1] or ""), ())
        forms = _forms_of(mention)
        for statement, item in itertools.chain(coded, self._uncoded(mention, forms)):
            of_form = statement.form.id in forms
            if of_form and _is_of_year(row, item, executed=self.executed) and _means(mention, statement, item):
                yield statement, item

    def _uncoded(self, mention: Mention, forms: Collection[str]) -> Iterable[tuple[Statement, LineItem]]:
        if mention.item == "function":
            return self.named.get(mention.name.removesuffix("支出"), ())
        if mention.item in ITEMS.values():
            return ()
        return ((statement, item) for statement, items in self.plain if statement.form.id in forms for item in items)


def _against_tables(row: Quoted, tables: _Tables) -> Iterator[Check]:
    """The amount against the line items its name can mean; nothing where it is not of a kind that tables print.

    A total of 收支 is stated of both sides, so it is tried on each.
    """
    if row.amount is None or row.item in COUNTED or row.role not in ("amount", "budget", "previous"):
        return
    candidates = tables.candidates(row)
    if row.role == "previous" and not candidates:
        return
    scope = f"text and table: {row.mention.label!r}, {row.printed}"
    for direction in _sides(row, candidates):
        of_side = [each for each in candidates if direction in (None, each[1].direction)]
        yield _tried(f"{scope} ({direction})" if direction else scope, row, of_side)


def _sides(row: Quoted, candidates: Sequence[tuple[Statement, LineItem]]) -> Sequence[str | None]:
    if row.item not in ("balance_total", "appropriation_balance_total"):
        return (None,)
    printed = {item.direction for _, item in candidates if item.amount is not None}
    return sorted(direction for direction in printed if direction) or (None,)


def _tried(scope: str, row: Quoted, candidates: Sequence[tuple[Statement, LineItem]]) -> Check:
    """The first line item that agrees, else the first; not assessable where none is printed."""
    printed = [each for each in candidates if each[1].amount is not None]
    if not printed:
        reason = "the table leaves it blank" if candidates else "no line item of the tables is known to be the same"
        addends = tuple(item for _, item in candidates[:1])
        return Check("text_table", scope, (row,), addends, row.amount, None, None, NOT_ASSESSABLE, reason)
    preferred = "current" if row.item.endswith("_current") else "total"
    printed.sort(key=lambda each: each[1].period != preferred)
    tried = [_compare(scope, row, statement, item) for statement, item in printed]
    first = next((check for check in tried if check.outcome == HOLDS), tried[0])
    if first.outcome == BROKEN and row.mention.direction is None and row.item in _OF_A_FUND:
        reason = "the name can mean revenue or expenditure, and no line item agrees"
        return dataclasses.replace(first, outcome=NOT_ASSESSABLE, reason=reason)
    return first


def _compare(scope: str, row: Quoted, statement: Statement, item: LineItem) -> Check:
    tolerance = (2 * _digit(row) + last_digit(statement)) / 2
    outcome = HOLDS if abs(_yuan(item) - _yuan(row)) <= tolerance else BROKEN
    where = f"{scope} and {statement.form.id}"
    return Check("text_table", where, (row,), (item,), row.amount, item.amount, tolerance, outcome)


def _is_of_year(row: Quoted, item: LineItem, *, executed: bool) -> bool:
    """True where a line item's column is of the same year and stage (budgeted, spent) as the quoted amount."""
    prior, budgeted = _stage(item.measure)
    if row.role == "previous" or prior:
        return row.role == "previous" and prior
    return (executed and budgeted) == (row.role == "budget")


@functools.lru_cache(maxsize=1_024)
def _stage(measure: str) -> tuple[bool, bool]:
    """Whether a column is of the year before, and whether it is of a budget."""
    return _PRIOR.search(_CARRIED.sub("", measure)) is not None, _BUDGET_COLUMN.search(measure) is not None


def _means(mention: Mention, statement: Statement, item: LineItem) -> bool:
    """Whether a position of one of ``_forms_of`` is what the narrative names."""
    form, name = statement.form.id, mention.item
    if name in ITEMS.values():
        return _is_class(mention, form, item)
    if form in _EXPENSES:
        return _is_three_public(name, form, item)
    if name in _SPENDING or name in _ECONOMIC:
        return _is_spending(name, item)
    return _is_total_or_revenue(mention, form, item)


def _is_total_or_revenue(mention: Mention, form: FormId, item: LineItem) -> bool:
    name = mention.item
    if name in _TOTALS:
        return _is_total(name, form, item)
    if name in _APPROPRIATIONS:
        return _is_appropriation(mention, form, item)
    if name.startswith(_OF_A_FUND):
        return _is_of_fund(mention, form, item)
    known = stated_item(name)
    if known.direction == "revenue":
        return _is_received(name, known.fund, form, item)
    return name == "carried_forward" and item.direction == "expenditure" and item.period == "carried_over"


def _forms_of(mention: Mention) -> Collection[str]:
    """The forms of which a position can be what the narrative names."""
    if mention.item in ITEMS.values():
        return _forms_of_funds(mention.fund, mention.scope)
    return _EXPENSES.union(_forms_beside(mention))


def _forms_beside(mention: Mention) -> Collection[str]:
    name = mention.item
    if name in _SPENDING or name in _ECONOMIC:
        return _forms_of_funds(mention.fund, mention.scope)
    if name.startswith(_OF_A_FUND):
        return {*_BALANCES, mention.fund or ""}
    if stated_item(name).direction == "revenue" and name not in (*_TOTALS, *_APPROPRIATIONS):
        return _BALANCES
    return _FORMS_OF_ITEMS.get(name, frozenset())


@functools.cache
def _forms_of_funds(*named: Fund | None) -> frozenset[FormId]:
    funds = {fund for fund in named if fund is not None} or set(_FORMS)
    if "total" in funds:
        funds = set(_FORMS)
    return frozenset(form for fund in funds for form in _FORMS.get(fund, ()))


def _is_class(mention: Mention, form: FormId, item: LineItem) -> bool:
    if mention.within is not None and item.spending != mention.within:
        return False
    if mention.within is None and item.spending not in (None, "total") and "basic" not in form:
        return False
    code = item.codes.get(mention.item)
    if code is not None:
        return code == mention.code
    if mention.item != "function" or item.codes or item.direction != "expenditure":
        return False
    return _bare_name(item.name) == mention.name.removesuffix("支出")


@functools.lru_cache(maxsize=8_192)
def _bare_name(name: str) -> str:
    """A row's name as one of the classification: without its number, and without 支出 at its end."""
    return comparable(without_enumerator(name)).removesuffix("支出")


def _plain_name(item: LineItem) -> str:
    """A row's name without its number: 一、, （一）, 1. (never the 一 of 一般公共服务)."""
    return without_enumerator(item.name)


def _is_total(name: str, form: FormId, item: LineItem) -> bool:
    """The totals of the whole document, of the direction the name gives."""
    if not item.is_total or item.codes or item.spending not in (None, "total"):
        return False
    wanted = stated_item(name).direction
    if wanted is not None and item.direction != wanted:
        return False
    return form in _WITH_TOTALS and item.fund in ("total", None)


def _is_appropriation(mention: Mention, form: FormId, item: LineItem) -> bool:
    if form == "appropriation_balance":
        wanted = mention.direction is None or item.direction == mention.direction
        return item.is_total and not item.codes and wanted and item.fund in _WHOLE_FUNDS
    if form == "appropriation_expenditure" or (form == "general_public" and mention.scope == "general_public"):
        return mention.direction != "revenue" and item.is_total and item.spending in (None, "total")
    if mention.direction == "revenue" and form in ("balance", "revenue"):
        counted = form == "balance" or (item.is_total and not item.codes)
        return counted and item.direction == "revenue" and item.fund == "fiscal_appropriation"
    return False


def _is_three_public(name: str, form: FormId, item: LineItem) -> bool:
    if item.period == "carried_over":
        return False
    if form == "operating_expenses":
        return name == "operating_expenses" and (item.is_total or "机关运行经费" in item.name)
    return _three_public_item(_plain_name(item), item.measure) == name


@functools.lru_cache(maxsize=4_096)
def _three_public_item(name: str, measure: str) -> str | None:
    """Which part of 三公 a position of its form is, by its row's name, else by its headings from the lowest up."""
    levels = [name, *reversed([level for level in measure.split("/") if level])]
    for number, level in enumerate(levels):
        plain = re.sub(r"[“”\"'\s]", "", level).replace("（", "(").replace("）", ")")
        if _PLAIN_LEVEL.fullmatch(plain) or _OF_A_PART.match(plain):
            if _OF_A_PART.match(plain):
                return None
            continue
        found = next((name for name, pattern in _THREE_PUBLIC if pattern.search(plain)), None)
        if found == "three_public" and re.search("会议|培训", plain) and number:
            return None
        if found is not None:
            return found
    return None


def _is_spending(name: str, item: LineItem) -> bool:
    if item.direction not in (None, "expenditure"):
        return False
    if name in _ECONOMIC and item.codes.get("economic") == _ECONOMIC[name]:
        return True
    if name in _SPENDING and item.spending == _SPENDING[name] and item.is_total and not item.codes:
        return True
    plain = comparable(_plain_name(item))
    return not item.codes and stated_item(name).pattern.fullmatch(plain) is not None


def _is_of_fund(mention: Mention, form: FormId, item: LineItem) -> bool:
    """Totals of one fund: its own form, its column or row in the balances, its column of the revenue form."""
    fund = mention.fund
    if mention.direction != "revenue" and form == fund:
        return item.is_total and not item.codes and item.spending in (None, "total")
    if form not in _BALANCES or item.fund != fund:
        return False
    if mention.direction is not None and item.direction not in (None, mention.direction):
        return False
    return item.is_total or (item.direction == "revenue" and form != "revenue")


def _is_received(name: str, fund: Fund | None, form: FormId, item: LineItem) -> bool:
    if form not in _BALANCES or item.direction != "revenue" or item.codes:
        return False
    if form == "revenue" and not item.is_total:
        return False
    if name == "carried_over":
        return item.period == "carried_over"
    return item.fund == fund
