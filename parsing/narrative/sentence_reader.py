"""Reads a sentence from number to number: which item each is stated of, and as what.

The words before a number decide: an item's name and nothing but words that link it to its amount (人员经费支出预算为);
or a comparison (比上年预算增加), a share, or a budget carried out, which speak of the item named last.  Words that are
neither make the number no claim, and end the subject.  The module is long because the state between two numbers is one.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

from gongkai.parsing.narrative.claim import Claim, Mention, Role
from gongkai.parsing.narrative.headings import Headings
from gongkai.parsing.narrative.items import Item
from gongkai.parsing.narrative.marks import Marks
from gongkai.parsing.narrative.numbers import Number
from gongkai.parsing.narrative.roles import (
    Said,
    Stage,
    behind_name,
    behind_subject,
    is_budget_base,
    says_its_role,
)
from gongkai.parsing.narrative.sentences import Sentence
from gongkai.parsing.narrative.subjects import Subjects
from gongkai.parsing.narrative.wordings import (
    ABOUT_TOPIC,
    AND,
    BASE,
    BY_KIND,
    LEAD,
    LIST_BEFORE,
    LISTED,
    NUMBER_ENDS,
    OF_WHICH,
    OTHER_BASIS,
    OTHER_BASIS_BEHIND,
    PURCHASE,
    ROUGHLY_BEFORE,
    TOPIC_TAIL,
    fund_in,
)
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.dimensions import Fund
from gongkai.vocabulary.stated_items import CLASSES, is_counted

EXPLAINED = ("change", "change_percent", "completion")
"""Roles that a stated reason explains."""
_FIGURES = ("amount", "budget", "adjusted_budget", "previous")
_LEFT_OVER = ("carried_over", "carried_forward")
"""Items that anything may have: behind an amount that is not understood they are that amount's."""
_OF_ANYTHING = ("balance_total", "revenue_total", "revenue_current", "expenditure_total", "expenditure_current")
"""Totals: behind an item and a colon (检察（款）：2018年预算支出合计…) or its bracket (（三公经费）支出合计…) they are
that item's, not the document's."""
_FUND_TOTALS = (
    "general_public",
    "government_fund",
    "state_capital",
    "general_public_revenue",
    "government_fund_revenue",
    "state_capital_revenue",
    "general_public_expenditure",
    "government_fund_expenditure",
    "state_capital_expenditure",
    "appropriation_revenue",
    "fiscal_account_revenue",
    "unit_funds",
    "other_revenue",
    "carried_over",
)
_PAID_FROM_FUNDS = (
    "procurement",
    "procurement_goods",
    "procurement_works",
    "procurement_services",
    "operating_expenses",
    "three_public",
    "abroad",
    "vehicles",
    "vehicle_purchase",
    "vehicle_running",
    "reception",
    "meetings",
    "training",
    "basic",
    "project",
    *CLASSES,
)
"""Items whose amount may be told apart by the funds that it is paid from."""
_APPROPRIATION_TOTAL = "appropriation_balance_total"
_SPENT = ("expenditure_total", "expenditure_current")
_RECEIVED = ("appropriation_revenue", "general_public_revenue", "government_fund_revenue", "state_capital_revenue")
_TO_BUY = ("vehicles_to_buy", "equipment_to_buy")
_PROCURED = ("procurement_goods", "procurement_works", "procurement_services")
"""Parts of 政府采购: of one fund where the 政府采购 before them is."""
_BARE = 2
"""Letters of 收入 and 支出, which are the whole's only where they open a sentence: 2024年度，本单位收入为5万元."""
_EXPLAINED_BY_LISTS = ("personnel", "public")
_LONGEST_LEAD = 60
_LONGEST_TOPIC = 40
_AND = "、"


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """The place of a paragraph: its document's stage, the headings above it, its number."""

    stage: Stage
    headings: Headings
    paragraph: int
    category: str | None
    """The code of the 类 that the heading above it names."""

    def mention(self, sentence: Sentence, item: Item, lead: str, above: Mention | None) -> Mention:
        """The naming of ``item`` behind the words ``lead``; ``above`` is the item it may be a part of."""
        scope = self.headings.fund
        inherited = above.fund if above is not None and above.direction != "revenue" else None
        is_part = item.item in CLASSES and above is not None and above.item in ("basic", "project")
        item = _of_the_fund(item, fund_in(lead) or scope)
        return Mention(
            item=item.item,
            label=sentence.printed(item.start, item.end),
            name=item.name,
            code=item.code,
            category=item.category,
            fund=item.fund or fund_in(lead) or inherited or scope,
            direction=item.direction or (above.direction if above is not None else None),
            scope=scope,
            paragraph=self.paragraph,
            within=above.item if above is not None and is_part else None,
        )


def _of_the_fund(item: Item, fund: Fund | None) -> Item:
    """本年收入 that a fund's own section or the words before it name is revenue of that fund, not of the whole."""
    if item.item not in _OF_ANYTHING or fund is None:
        return item
    if item.item == "balance_total" and fund == "fiscal_appropriation":
        return dataclasses.replace(item, item=_APPROPRIATION_TOTAL, name=_APPROPRIATION_TOTAL, fund=fund)
    return dataclasses.replace(item, fund=fund)


def topic_in_front(sentence: Sentence, place: Place) -> Mention | None:
    """The item that the words before the first comma name and nothing else: 行政运行（2010101），2024年决算数为…."""
    end = sentence.plain.find("，")
    if not 0 < end <= _LONGEST_LEAD + _LONGEST_TOPIC:
        return None
    return topic_in(Sentence(sentence.plain[:end], sentence.places[:end], sentence.lines), place)


def topic_in(sentence: Sentence, place: Place) -> Mention | None:
    """The item that a heading or sentence names without a number for it."""
    text = sentence.plain
    if "，" in text:  # neither the words before an item's name nor those behind it hold one
        return None
    for item in reversed(Marks(text, place.category).items):
        lead = text[: item.start]
        if TOPIC_TAIL.fullmatch(text[item.end :]) and _is_plain(
            ABOUT_TOPIC.sub("", without_enumerator(lead, parts=True))
        ):
            return place.mention(sentence, item, lead, None)
    return None


@functools.cache
def _is_plain(lead: str) -> bool:
    """True for words before an item's name that leave it what it is: year, entity, 其中, the fund."""
    return len(lead) <= _LONGEST_LEAD and LEAD.fullmatch(without_enumerator(lead)) is not None


class SentenceReader:
    """Reads one sentence; ``carried`` is the item that the sentence before it spoke of, or the item before the bracket
    that the sentence closes first; ``role`` is what all figures of the sentence before were (``role_of_figures``)."""

    def __init__(self, sentence: Sentence, place: Place, carried: Mention | None, role: Role | None = None) -> None:
        self._sentence = sentence
        self._text = sentence.plain
        self._place = place
        self.marks = Marks(self._text, place.category)
        self._is_about_purchases = carried is not None and carried.item in _TO_BUY
        self._carried = carried
        self._subjects = Subjects(carried)
        self._position = 0
        """Behind the number read last."""
        self._base: str | None = None
        """The words for the other figure of the comparison read last."""
        self._behind_budget = False
        self._refused = False
        """True once a number was stated of nothing that is understood."""
        self._is_amount_refused = False
        """True once that number was an amount."""
        self._figures: list[Role] = [role] if role is not None and OF_WHICH.match(self._text) else []
        """The roles of the figures read so far."""

    def claims(self) -> Iterator[Claim]:
        for number in self.marks.numbers:
            for mark in self.marks.turns(self._position, number.start):
                self._subjects.turn(mark)
            claim = self._claim(number)
            self._position = number.end
            if claim is not None and number.exact and not self._is_on_another_basis(claim, number):
                if claim.role in _FIGURES:
                    self._figures.append(claim.role)
                if claim.role in EXPLAINED:
                    claim.reason = self.marks.reason_of(number)
                yield claim
        for mark in self.marks.turns(self._position, len(self._text)):
            self._subjects.turn(mark)

    @property
    def before_bracket(self) -> Mention | None:
        """The item before a bracket that the sentence, once read, leaves open: 公务用车购置及运行费5万元（…。."""
        return self._subjects.before_bracket

    def _is_on_another_basis(self, claim: Claim, number: Number) -> bool:
        """True for a comparison that leaves something out of the figures: 同口径比上年增加."""
        if claim.role not in ("previous", "change", "change_percent"):
            return False
        behind = OTHER_BASIS_BEHIND.match(self._text, number.end)
        return behind is not None or OTHER_BASIS.search(self._text, 0, number.start) is not None

    @property
    def role_of_figures(self) -> Role | None:
        """The role that all figures of the sentence have; None where one of them is not understood."""
        return self._figures[0] if len(set(self._figures)) == 1 and not self._is_amount_refused else None

    @property
    def names_items(self) -> bool:
        """True where the sentence, once read, stated a number of an item."""
        return self._subjects.is_any

    @property
    def subject_of_next(self) -> Mention | None:
        """The item that a following sentence speaks of when it names none."""
        return self._subjects.of_next(self._text)

    def _claim(self, number: Number) -> Claim | None:
        if number.kind == "none":
            return self._of_declared_none(number)
        claim = self._of_named(number) or self._of_subject(number)
        if claim is None and number.exact:
            self._subjects.drop()
            self._refused = True
            self._is_amount_refused |= number.kind == "amount"
        return claim

    def _of_declared_none(self, number: Number) -> Claim | None:
        item = next(each for each in self.marks.items if each.end == number.end)
        lead = self._text[self.marks.clause_start(number.start) : number.start]
        if not _is_plain(lead) or is_counted(item.item):
            return None
        role: Role = "previous" if self._place.stage.is_other_year(lead) else "amount"
        return self._stated(self._name(item, lead), number, Said(role))

    def _of_named(self, number: Number) -> Claim | None:
        """The number where an item's name and linking words stand right before it."""
        before = [item for item in self.marks.items if self._position <= item.start and item.end <= number.start]
        for item in reversed(before):
            lead = self._lead(item)
            if lead is None or is_counted(item.item) != (number.kind == "count"):
                continue
            words = self._text[item.end : number.start]
            if item.item == "three_public" and self._text[item.start - 1 : item.start] == "(":
                words = words.removeprefix(")")  # a list of its parts stands before: …和公务接待费(三公经费)支出5万元
            if not number.exact:
                words = ROUGHLY_BEFORE.sub("", words)
            said = behind_name(number, words, lead, self._place.stage)
            if said is not None and said.role in _FIGURES and self._is_a_share_of_funds(item):
                return None
            if said is not None:
                said = self._with_base_before_name(said, lead, words)
                said = self._as_the_whole(said, item, lead + words)
                if said.role in ("previous", "change"):
                    self._base = said.base
                return self._stated(self._name(item, lead), number, self._place.stage.compared(said))
        return None

    def _is_a_share_of_funds(self, item: Item) -> bool:
        """True for a fund that pays for an item named before: 政府采购预算5万元，其中：一般公共预算拨款3万元."""
        if item.item not in _FUND_TOTALS:
            return False
        whole = self._subjects.head or self._carried
        if self._is_amount_refused and self._subjects.head is None:
            return True  # 涉及专项资金5万元，其中：一般公共预算拨款3万元
        if whole is None or whole.item not in _PAID_FROM_FUNDS:
            return False
        before = self._text[: item.start]
        return OF_WHICH.search(before) is not None or BY_KIND.search(before) is not None

    def _as_the_whole(self, said: Said, item: Item, words: str) -> Said:
        """The parts of a budget, or of last year's figure, are what the whole is: 三公经费年初预算5万元，其中….

        ``words`` stand around the item's name; where they say what the figure is, they decide.
        """
        role = self.role_of_figures
        if said.role != "amount" or role in (None, "amount") or says_its_role(words):
            return said
        return dataclasses.replace(said, role=role) if OF_WHICH.search(self._text, 0, item.start) else said

    def _with_base_before_name(self, said: Said, lead: str, words: str) -> Said:
        """与上年相比，公务接待费增加: the other figure is named before the item."""
        if said.role not in ("change", "change_percent") or said.base:
            return said
        before = self._base_before(lead)
        return dataclasses.replace(said, base=f"{before}{words}" if before else None)

    def _base_before(self, words: str) -> str | None:
        match = BASE.search(words) or BASE.search(self._text[max(0, self._position - 1) :])
        return match["base"] if match else None

    def _lead(self, item: Item) -> str | None:
        """The words before an item's name where they leave it what it is; None where they do not."""
        if (item.item in _LEFT_OVER and self._refused) or self._is_to_buy(item):
            return None
        start = self.marks.words_start(self._position, item.start)
        if item.item in _OF_ANYTHING and self._is_headed(start, item):
            return None
        lead = self._text[start : item.start]
        is_bare = item.item in _OF_ANYTHING and item.end - item.start == _BARE
        if is_bare and not _is_plain(self._text[: item.start].replace("，", "")):
            return None
        if item.item in _EXPLAINED_BY_LISTS and LIST_BEFORE.search(self._text, 0, item.start):
            return ""
        joined = lead[:1] in AND or (start > 0 and self._text[start - 1] == _AND)
        if joined and not self._follows_number(start):
            return None
        return lead if _is_plain(lead) else None

    def _is_to_buy(self, item: Item) -> bool:
        """True for equipment that a sentence about purchases, or the one behind it, names without saying that it is
        held."""
        bought = self._is_about_purchases or PURCHASE.search(self._text, 0, item.start) is not None
        return item.item == "equipment_held" and bought

    def _is_headed(self, start: int, item: Item) -> bool:
        """True where another item and a colon stand before ``start``, or a bracket that names another item."""
        mark = self._text[start - 1 : start]
        if mark == ")":
            opening = self._text.rfind("(", 0, start)
            return opening >= 0 and any(opening <= each.end < start for each in self.marks.items if each is not item)
        if mark != ":":
            return False
        head = next((each for each in self.marks.items if each.end == start - 1), item)
        return head.item != item.item

    def _follows_number(self, start: int) -> bool:
        """True where the words before ``start`` end in a number: of an amount, or of an entry in a list (1、)."""
        before = self._text[:start].rstrip(_AND)
        if not without_enumerator(self._text[:start]):
            return True
        return self._position == len(before) or before.endswith(NUMBER_ENDS)

    def _of_subject(self, number: Number) -> Claim | None:
        """The number where the words before it compare, or go on with, the item named last."""
        subject = self._subjects.compared
        if subject is None or is_counted(subject.item) or number.kind == "count":
            return None
        words = self._text[self.marks.words_start(self._position, number.start) : number.start]
        said = behind_subject(number, words, self._place.stage, behind_budget=self._behind_budget)
        if said is not None and said.role in ("change", "change_percent"):
            if self._place.stage.is_remote_year(self._text[self._position : number.start]):  # 比2019年（疫情前）减少
                return None
            said = dataclasses.replace(said, base=said.base or self._base_before(words) or self._base)
        elif number.kind == "amount":
            self._behind_budget = is_budget_base(words)
        if said is None or (self._subjects.current is None and said.role not in EXPLAINED):
            return None
        if said.role in ("previous", "change"):
            self._base = said.base
        return self._stated(subject, number, self._place.stage.compared(said))

    def _name(self, item: Item, lead: str) -> Mention:
        above = self._subjects.head
        if above is not None and not LISTED.search(self._text[: item.start]):
            above = None
        mention = self._place.mention(self._sentence, item, lead, above)
        revenue = self._subjects.only
        if revenue is not None and item.item in _SPENT and revenue.item in _RECEIVED and fund_in(lead) is None:
            mention = dataclasses.replace(mention, fund=revenue.fund)  # 政府性基金收入总计5万元，支出总计5万元
        whole = self._subjects.last_of("procurement") if item.item in _PROCURED else None
        if whole is not None and mention.fund is None:
            mention = dataclasses.replace(mention, fund=whole.fund)
        self._subjects.name(mention, item.end)
        return mention

    def _stated(self, mention: Mention, number: Number, said: Said | None) -> Claim | None:
        amount = number.yuan
        if said is None or (amount is None and number.kind == "amount"):
            return None
        falls = said.comparison == "decrease"
        percent = number.value if number.kind == "percent" else None
        self._subjects.go_on_with(mention)
        return Claim(
            mention=mention,
            role=said.role,
            amount=-abs(amount) if falls and amount is not None else amount,
            percent=-abs(percent) if falls and percent is not None else percent,
            quantity=number.value if number.kind == "count" else None,
            decimals=number.decimals,
            printed=self._sentence.printed(number.start, number.end),
            unit=number.unit,
            comparison=said.comparison,
            compared_with=said.compared_with,
            heading=self._place.headings.heading,
            sentence=self._sentence.printed(),
            page=self._sentence.page(number.start),
            box=self._sentence.box(number.start),
            section=self._place.headings.section,
        )
