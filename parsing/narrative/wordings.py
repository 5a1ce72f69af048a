"""The wordings in which narratives put numbers to items, as patterns over ``Sentence.plain``.

The words are data (``vocabulary/wordings.csv``); how they follow one another is the grammar here.  National families
(the Ministry of Finance's templates and the provinces' variants of them): ``2025年收入预算总计…万元``,
``比上年增加…万元，增长…%``, ``与上年持平``, ``占…%``, ``年初预算为…万元，支出决算为…万元，完成年初预算的…%``.
"""

from __future__ import annotations

import functools
import re

from gongkai.parsing.narrative.claim import Comparison
from gongkai.parsing.text.amounts import UNITS
from gongkai.vocabulary.dimensions import Fund
from gongkai.vocabulary.headings import headings
from gongkai.vocabulary.organisations import ENDING
from gongkai.vocabulary.word_lists import any_of, words

FILE = "wordings.csv"


def _any(*lists: str) -> str:
    return any_of(FILE, *lists)


def _word(name: str) -> str:
    """The one word of a list."""
    (word,) = words(FILE, name)
    return word


_UNIT = f"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})"
_CHINESE = r"[\u4e00-\u9fff]"
_YEAR = any_of("numbering.csv", "year")

BARE_UNITS = {_word("bare_unit"): next(unit for unit in UNITS if unit.startswith(_word("bare_unit")))}
"""Units printed without 元, and what they stand for."""
_MARK = rf"(?:{_any('footnote')})?"
_SIGN = rf"(?P<sign>(?<![\d%{''.join({unit[-1] for unit in UNITS})}]){_any('minus')})?(?<![\d.,])"
_DIGITS = r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
AMOUNT = re.compile(
    rf"{_SIGN}{_DIGITS}{_MARK}"
    rf"(?P<unit>{_UNIT}|{_word('bare_unit')}(?=[，,。;)]))"
)
PERCENT = re.compile(rf"{_SIGN}{_DIGITS}{_MARK}%")
"""The mark of a footnote may stand before the unit: 412.16[1]万元."""
ROUGHLY_BEFORE = re.compile(rf"(?:{_any('roughly', 'bound')}|\d[\d.,]*(?:{_UNIT}|%)?{_any('range')}){_any('is')}?$")
ROUGHLY_BEHIND = re.compile(rf"{_any('or_so')}|{_any('range')}\d")
"""A number that is no exact one: 约5万元, 5万元左右, 不超过5万元, 3-5万元."""
COUNT = re.compile(rf"(?<![\d.,])(?P<number>\d+)(?P<unit>{_any('counter')})")
ZERO = re.compile(rf"{_any('is')}(?P<zero>0(?:\.0+)?)(?=[，,。;)])")
MONEY = re.compile(rf"\d{_UNIT}")
YEAR = re.compile(rf"(20\d\d){_YEAR}")
DATED = re.compile(_any("dated"))
PRIOR = re.compile(_any("prior_year"))

_WITHIN_BASE = rf"(?:[^，,。;:、()\d]|{_any('bracketed')})"
_OWN = _any("adjusted_budget", "own_budget")
_BASE = rf"(?:{_any('other_year')}{_any('same_period')}?{_WITHIN_BASE}{{0,24}}?|{_OWN})"
BASE = re.compile(
    rf"{_any('against')}(?P<base>{_BASE}){_any('compared')}?(?:，|$|(?=[{''.join(words(FILE, 'change_letter'))}]))"
)
"""与上年相比: the other figure is named, and the comparison follows."""
_COMPARE = rf"{_any('against', 'year_on_year')}?(?P<base>{_BASE}){_any('compared')}?"
_VERB = rf"{_any('change')}(?:\(?{_any('either_way')}\)?)?{_any('change_of')}?{_any('amounts_to')}?"
_OF_WHAT = rf"(?:{_any('of_what')}|，)*+"
COMPARED = re.compile(rf"{_OF_WHAT}(?:{_COMPARE})?{_OF_WHAT}(?P<verb>{_VERB})")
"""比上年预算增加, 增长, 与上年相比各增加; ``verb`` says which way, ``base`` against what."""
PREVIOUS = re.compile(rf"{_any('against')}(?P<base>{_BASE}){_any('of_link')}?")
"""A comparison whose number is the other year's figure: 比2025年年初预算数 4,956.01 万元增加…"""
VERSUS = re.compile(rf"{_any('against')}{_BASE}{_any('compared')}?")

INCREASE = re.compile(_any("increase"))
DECREASE = re.compile(_any("decrease"))
_RISES, _FALLS = _any("rises"), _any("falls")
UNDIRECTED = re.compile(rf"{_RISES}.*{_FALLS}|{_FALLS}.*{_RISES}|{_any('no_way')}")

STEADY = re.compile(_any("steady"))
"""Ends ``UNCHANGED``, which is slow to find nothing."""
UNCHANGED = re.compile(
    rf"{_any('figure')}?{_any('figure_end')}?(?:{_COMPARE}|{_any('year_on_year')}{_any('money')}?)，?{_any('alike')}*(?P<to>)"
    rf"(?P<about>{_any('about')})?{_any('keeps')}?{STEADY.pattern}"
)
DIRECTION = re.compile(rf"{_any('outcome')}(?P<way>{_any('above', 'below', 'equal')})(?P<base>{_OWN})")
"""Says which way the outcome differs from the budget, without a number."""
DIFFERS = re.compile(rf"{_any('outcome')}(?P<way>{_any('above', 'below')})(?P<base>{_BASE})")
"""A comparison whose amount follows: 本年数小于上年预算数 5 万元."""
WAYS: dict[str, Comparison] = {
    **dict.fromkeys(words(FILE, "above"), "increase"),
    **dict.fromkeys(words(FILE, "below"), "decrease"),
    **dict.fromkeys(words(FILE, "equal"), "unchanged"),
}
NONE = re.compile(rf"{_any('none')}{_any('this_year')}?(?={_CHINESE})")

_LEVEL = f"[{''.join(words(FILE, 'level'))}]"
_LINKS = rf"{_any('link')}|\({_LEVEL}\)|\([^()\d，。;]{{0,24}}\)|\(\d{{3,7}}\)|:"
CONNECT = re.compile(rf"(?:{_LINKS})*+")
"""Words that link an item's name to its amount."""
_US = rf"{_any('ours')}?{_any('body')}?"
CARRIED_ON = re.compile(
    rf"{_US}{_any('going_on_year')}?{_US}{_any('going_on_of')}*{_any('going_on')}{_any('going_on_tail')}*"
)
"""Words that go on with the item named last: 支出决算为, 2026年预算数, 2023年当年预算执行数为."""
BUDGET_WORDS = re.compile(_any("budget"))
ADJUSTED_WORDS = re.compile(_any("adjusted", "altered"))
ALTERED_WORDS = re.compile(_any("altered"))
"""Say of a budget that it is the adjusted one: 全年预算, 调整后预算."""
OUTCOME_WORDS = re.compile(_any("spent"))
_OF_THE_BUDGET = rf"{_any('done')}?{_any('budget_kind')}?{_any('budget')}{_any('figure_end')}?"
OF_BUDGET = re.compile(rf"{_any('completes')}{_OF_THE_BUDGET}{_any('is')}?")
"""A budget carried out whose amount follows: 完成预算 10 万元的 90%."""
OF = _word("of")
COMPLETED = re.compile(rf"{_any('completion')}{_OF_THE_BUDGET}(?:\d[\d.,]*{_UNIT})?{OF}?")
SHARE = re.compile(rf"{_any('share')}(?:[^，,。;:\d%]{{0,30}}?){_any('share_of')}?{_any('roughly')}?{_any('is')}?")

ABOUT_TOPIC = re.compile(f"^{_any('about_topic')}")
LEAD = re.compile(
    rf"(?:{VERSUS.pattern})?{_any('lead')}*(?:{_CHINESE}{{2,30}}?{ENDING}{_any('body_part')}*{_any('lead')}*)?"
)
"""Words before an item's name that leave it what it is."""
TOPIC_TAIL = re.compile(rf"(?:{_LINKS}|{_any('topic_tail')})*+[。:]?")
"""Words that may follow an item's name in a heading or in a sentence that only names it."""
AND = words(FILE, "and")
NUMBER_ENDS = (*words(FILE, "number_end"), "%", ")")
VEHICLE_PART = re.compile(
    rf"(?:{_any('of_which_part')}:?|[，,、;:(])"
    rf"(?:(?P<vehicle_purchase>{_any('bare_purchase')})|(?P<vehicle_running>{_any('bare_running')}))"
)
"""Parts of 公务用车购置及运行费 that are named without 公务用车."""
PROCURED_PART = re.compile(
    rf"(?:{_any('of_which_part')}:?|[，,、;:(])(?:(?P<procurement_goods>{_any('bare_goods')})"
    rf"|(?P<procurement_works>{_any('bare_works')})|(?P<procurement_services>{_any('bare_services')}))"
    rf"(?={_any('of_what')}*{_any('is')}?\d)"
)
"""Parts of 政府采购 that are named without 采购."""
PURCHASE = re.compile(_any("purchase"))
LISTED = re.compile(_any("listed"))
LIST_BEFORE = re.compile(rf"(?:^|[，;:])(?:[^，;:。、\d]{{2,14}}、)+[^，;:。、\d]{{2,14}}{_any('list_end')}$")
"""A list of what an item pays for, before its name: 基本工资、津贴补贴等人员经费."""
OF_WHICH = re.compile(_any("of_which_part"))
"""The items that follow are parts of the amount before."""
BY_KIND = re.compile(_any("by_kind"))
"""The amounts that follow are parts of one: 按资金类型划分."""
OTHER_BASIS = re.compile(rf"{_any('other_basis')}[^;]*$")
"""A comparison on another basis than the figures stated (同口径, 扣除…后), to the end of its part of a sentence."""
OTHER_BASIS_BEHIND = re.compile(rf"\([^()]*?{_any('other_basis')}")
"""Another basis that a bracket behind a comparison names: 下降12.9%（与上年同口径相比）."""

_COMPARED_AGAIN = rf"，{_any('against')}{_any('compared_period')}"
_CARRIED_OUT = rf"，{_any('completes')}{_OF_THE_BUDGET}"
SKIPPED = re.compile(rf"{_any('purpose')}(?:(?!，{_any('of_which')}|{_COMPARED_AGAIN}|{_CARRIED_OUT}|;|。).)*")
"""A clause of purposes or reasons."""
REASON = re.compile(rf"(?:{_any('reason')}|(?<=，){_any('cause')}):?(?P<reason>[^;。]{{2,}})")
CAUSE = re.compile(f"^{_any('cause')}")
BREAK = re.compile(
    rf"[，,。;:、!?]|\((?!{_any('either_way')}\))|{''.join(f'(?<!{way})' for way in words(FILE, 'either_way'))}\)"
)
"""Punctuation that ends words that belong together; 增加（减少） is one word."""

MONEY_FLOW = re.compile(_any("money_flow"))
OTHER_PART = re.compile(_any("other_part"))
"""Headings of parts whose amounts are not the document's own items: projects, definitions, tasks."""

OWN_BUDGET = _word("own_budget_itself")
ADJUSTED_BUDGET = _word("adjusted_budget_itself")
YEAR_BEFORE = _word("year_before")
COMPARED_WITH = (
    ("adjusted_budget", re.compile(rf"^{_any('adjusted_budget')}{_any('alike')}*$")),
    ("own_budget", re.compile(rf"^{_any('own_budget')}{_any('alike')}*$")),
    ("prior_actual", re.compile(_any("compared_prior_actual"))),
    ("prior_budget", re.compile(_any("compared_prior_budget"))),
    ("prior_year", re.compile(_any("compared_prior_year"))),
)
_FUNDS: tuple[Fund, ...] = ("government_fund", "state_capital", "general_public", "fiscal_appropriation")
"""The funds that prose names beside an item; of several the first."""
_FUND_NAMES = {each.value: each.pattern for each in headings() if each.dimension == "fund"}


@functools.lru_cache(maxsize=4_096)
def fund_in(text: str) -> Fund | None:
    """The fund that words name; None where they name none."""
    return next((fund for fund in _FUNDS if _FUND_NAMES[fund].search(text)), None)
