"""Sums that the narrative states: wholes and their parts (``text_sum``), and roll-forward (``roll_forward``).

What stands under one heading is added up: “三公”经费 and its three expenses, 本年支出 and 基本支出, 项目支出 and so on,
本年收入 and its sources, 年初结转和结余 + 本年收入 − 本年支出 = 年末结转和结余.  Prose may leave parts out; where
nothing says that a list is whole, a sum that differs is not assessable.
"""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.narrative.numbers import printed_numbers
from gongkai.parsing.proof.check import BROKEN, HOLDS, Check, Side
from gongkai.parsing.text.amounts import UNITS, compact

_FEN = Decimal("0.01")
_HUNDRED = Decimal(100)
_SPENDING = (
    "basic",
    "project",
    "operating_expenditure",
    "remitted_up",
    "subsidies_down",
    "reserve",
)
_LEFT = ("distribution", "carried_forward")
_BY_FUND = ("general_public", "government_fund", "state_capital")
_APPROPRIATIONS = tuple(f"{fund}_revenue" for fund in _BY_FUND)
_OF_UNITS = ("business_revenue", "operating_revenue", "superior_subsidy", "subordinate_remittance", "other_revenue")
_SOURCES = ("appropriation_revenue", *_APPROPRIATIONS, *_BY_FUND, "fiscal_account_revenue", "unit_funds", *_OF_UNITS)
_BROUGHT_IN = ("non_fiscal_surplus", "carried_over")


@dataclasses.dataclass(frozen=True, slots=True)
class _Whole:
    """An item and the parts that make it up."""

    item: str
    parts: tuple[str, ...]
    whole_with: tuple[frozenset[str], ...]
    """Sets of parts of which each proves that a list is whole."""
    over_sections: bool = False
    """True for a whole whose parts may be told below headings of their own, for no other has them."""
    may_be_partial: bool = False
    """True for parts of which prose names some alone; others are added up only where their list is whole."""


def _of_all(item: str, *parts: str) -> _Whole:
    return _Whole(item, parts, (frozenset(parts),))


_MAIN_SPENDING = frozenset(("basic", "project"))
_RESIDUE = frozenset(("other_revenue",))
"""其他收入 stands last in a list of sources and holds all the rest."""
_WHOLES = (
    dataclasses.replace(_of_all("three_public", "abroad", "vehicles", "reception"), over_sections=True),
    _of_all("three_public", "abroad", "vehicle_purchase", "vehicle_running", "reception"),
    _of_all("vehicles", "vehicle_purchase", "vehicle_running"),
    _of_all("procurement", "procurement_goods", "procurement_works", "procurement_services"),
    _of_all("basic", "personnel", "public"),
    _Whole(
        "expenditure_total",
        ("expenditure_current", *_SPENDING, *_LEFT),
        (_MAIN_SPENDING, frozenset(("expenditure_current", "carried_forward"))),
    ),
    *(
        _Whole(item, _SPENDING, (_MAIN_SPENDING,))
        for item in (
            "expenditure_current",
            "appropriation_expenditure",
            "general_public_expenditure",
            "government_fund_expenditure",
        )
    ),
    _Whole(
        "revenue_total",
        ("revenue_current", *_SOURCES, *_BROUGHT_IN),
        (_RESIDUE, frozenset(("revenue_current", "carried_over"))),
        may_be_partial=True,
    ),
    _Whole("revenue_current", _SOURCES, (_RESIDUE,), may_be_partial=True),
)
_HELD_IN: Mapping[str, Collection[str]] = {
    "expenditure_current": _SPENDING,
    "revenue_current": _SOURCES,
    "appropriation_revenue": (*_APPROPRIATIONS, *_BY_FUND),
    **{f"{fund}_revenue": (fund,) for fund in _BY_FUND},
    "unit_funds": _OF_UNITS,
}
"""Parts that are no further part where what holds them is named too."""
_FLOWS = (
    ("revenue_current", "expenditure_current"),
    ("appropriation_revenue", "appropriation_expenditure"),
    ("general_public_revenue", "general_public_expenditure"),
    ("government_fund_revenue", "government_fund_expenditure"),
    ("state_capital_revenue", "state_capital_expenditure"),
)
"""Revenue and expenditure of the same funds."""


def claimed_digit(row: Claim) -> Decimal:
    """One unit of the last digit printed, in yuan.

    Prose is cut as often as it is rounded (12,565,793 元 as 1,256 万元): a claimed number may be off by a whole unit.
    """
    return UNITS[row.unit].scaleb(-row.decimals) if row.unit in UNITS else _FEN


def stated_yuan(side: Side) -> Decimal:
    """The amount of a side that has one.  Raises ValueError for one that has none."""
    if side.amount is None:
        raise ValueError(f"{side!r} states no amount and cannot take part in an identity")
    return side.amount


def sums_in_text(claims: Sequence[Claim]) -> Iterator[Check]:
    """Every whole against its parts, and every roll-forward; of budgets, outcomes and other years each for itself."""
    for role in ("amount", "budget", "adjusted_budget", "previous"):
        stated = [row for row in claims if row.role == role and row.amount is not None]
        for position, whole in enumerate(stated):
            for known in _WHOLES:
                if known.item == whole.item:
                    yield from _sum(whole, known, list(_behind(whole, known, stated[position + 1 :])), claims)
        yield from _roll_forwards(stated)


def _behind(whole: Claim, known: _Whole, following: Sequence[Claim]) -> Iterator[Claim]:
    """The claims behind a whole, to the end of its section or the next naming of the whole."""
    for row in following:
        if row.item == whole.item or (row.section != whole.section and not known.over_sections):
            return
        yield row


def _sum(whole: Claim, known: _Whole, following: Sequence[Claim], claims: Sequence[Claim]) -> Iterator[Check]:
    by_item: dict[str, Claim] = {}
    for row in following:
        if row.item in known.parts and (row.item not in _SPENDING or _is_of_fund(row, whole)):
            by_item.setdefault(row.item, row)
    inner = {name for outer, held in _HELD_IN.items() if outer in by_item for name in held}
    parts = [row for name, row in by_item.items() if name not in inner]
    is_whole = any(by_item.keys() >= proof for proof in known.whole_with)
    if len(parts) < 2 or not (is_whole or known.may_be_partial):
        return
    scope = f"text: {whole.mention.label!r} and its parts"
    check = _check("text_sum", scope, whole, parts, [stated_yuan(row) for row in parts])
    in_section = all(row.section == whole.section for row in parts)
    all_named = in_section and by_item.keys() >= set(known.parts)
    is_list = all_named or (is_whole and _is_one_list(whole, parts, claims))
    if check.outcome == BROKEN and not (is_list or _make_up_all(parts, claims)):
        check = check.not_assessable("the text does not say that these are all of its parts")
    yield check


def _is_of_fund(part: Claim, whole: Claim) -> bool:
    """True for spending from the whole's own fund, or from one that is not named."""
    funds = {row.mention.fund or "total" for row in (part, whole)}
    return len(funds) == 1 or part.mention.fund is None


def _is_one_list(whole: Claim, parts: Sequence[Claim], claims: Sequence[Claim]) -> bool:
    """True where one paragraph states the whole and its parts, and every amount of their sentences is a claim."""
    rows = (whole, *parts)
    if len({row.mention.paragraph for row in rows}) > 1:
        return False
    said = {row.sentence for row in rows}
    known = collections.Counter(row.sentence for row in claims if row.unit in UNITS)
    printed = {text: sum(number.kind == "amount" for number in printed_numbers(compact(text))) for text in said}
    return all(count <= known[text] for text, count in printed.items())


def _make_up_all(parts: Sequence[Claim], claims: Sequence[Claim]) -> bool:
    """True where the shares stated of the parts make up 100 %."""
    named = {id(row.mention) for row in parts}
    shares = [row for row in claims if row.role == "share" and id(row.mention) in named and row.percent is not None]
    if not shares:
        return False
    rounding = sum((Decimal(1).scaleb(-row.decimals) for row in shares), Decimal(0))
    return abs(sum((row.percent for row in shares if row.percent is not None), Decimal(0)) - _HUNDRED) <= rounding


def _roll_forwards(stated: Sequence[Claim]) -> Iterator[Check]:
    """One check for each section or paragraph that states both balances and what came in and was spent between."""
    groups: dict[tuple[int, int | None], list[Claim]] = {}
    for row in stated:
        groups.setdefault((row.section, row.mention.paragraph), []).append(row)
        groups.setdefault((row.section, None), []).append(row)
    checked: set[int] = set()
    for rows in sorted(groups.values(), key=len):
        for check in _roll_forward(rows):
            if id(check.total[0]) not in checked:
                checked.add(id(check.total[0]))
                yield check


def _roll_forward(rows: Sequence[Claim]) -> Iterator[Check]:
    """年初结转和结余 + 本年收入 (+ 使用非财政拨款结余) − 本年支出 − 结余分配 = 年末结转和结余."""
    named: dict[str, list[Claim]] = {}
    for row in rows:
        named.setdefault(row.item, []).append(row)
    for came_in, spent in _FLOWS:
        wanted = ("carried_over", came_in, spent, "carried_forward")
        if any(len(named.get(item, ())) != 1 for item in wanted):
            continue
        opening, revenue, expenditure, closing = (named[item][0] for item in wanted)
        if revenue.mention.fund != expenditure.mention.fund:
            continue
        extra = named.get("non_fiscal_surplus", [])[:1], named.get("distribution", [])[:1]
        added, taken = [opening, revenue, *extra[0]], [expenditure, *extra[1]]
        amounts = [*map(stated_yuan, added), *(-stated_yuan(row) for row in taken)]
        scope = f"text: {opening.mention.label!r} to {closing.mention.label!r}"
        yield _check("roll_forward", scope, closing, [*added, *taken], amounts)


def _check(rule: str, scope: str, total: Claim, addends: Sequence[Claim], amounts: Sequence[Decimal]) -> Check:
    """``amounts`` are those of the addends, with their signs."""
    summed = sum(amounts, Decimal(0))
    tolerance = sum((claimed_digit(row) for row in (total, *addends)), Decimal(0)) / 2
    expected = stated_yuan(total)
    outcome = HOLDS if abs(summed - expected) <= tolerance else BROKEN
    return Check(rule, scope, (total,), tuple(addends), expected, summed, tolerance, outcome)
