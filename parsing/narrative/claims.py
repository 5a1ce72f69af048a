"""Amounts that the narrative 情况说明 quotes for named items: the rows of ``statements``.

A sentence is read from number to number.  What stands before a number decides: an item's name and nothing but words
that link it to its amount (``人员经费支出预算为``); or a comparison (``比上年预算增加``), a share, or a budget carried
out, which speak of the item named last.  Between them stands nothing that is not understood: where the words before a
number are neither, the number is no statement.  Reasons and purposes (``主要原因是…``, ``主要用于…``) are not searched
for amounts, for they speak of parts of an item; the reasons are kept with the change they explain.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.parsing.narrative.named_classes import ITEMS, named_classes
from gongkai.parsing.narrative.paragraphs import Paragraph
from gongkai.parsing.narrative.sentences import Sentence, sentences
from gongkai.parsing.narrative.wordings import (
    AMOUNT,
    BASE,
    BUDGET_WORDS,
    CARRIED_ON,
    COMPARED,
    COMPARED_WITH,
    COMPLETED,
    CONNECT,
    COUNT,
    DECREASE,
    DIRECTION,
    INCREASE,
    LEAD,
    NO_NARRATIVE,
    NONE,
    OF_BUDGET,
    PERCENT,
    PREVIOUS,
    PRIOR,
    REASON,
    SHARE,
    SKIPPED,
    STEADY,
    TOPIC_TAIL,
    UNCHANGED,
    UNDIRECTED,
    VERSUS,
    WAYS,
    YEAR,
    ZERO,
    fund_in,
)
from gongkai.parsing.text.amounts import Printed, in_yuan
from gongkai.parsing.text.grid import Box
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.dimensions import Direction, Fund, Phase
from gongkai.vocabulary.stated_items import any_name, stated_item, stated_items

COUNTED = ("vehicles_held", "vehicles_to_buy", "equipment_held", "equipment_to_buy")
"""Items with a number of things, not an amount of money."""
_LONGEST_SENTENCE = 4000
"""Letters; what is longer is a table or a list that lost its lines, and no prose."""
_LEFT_OVER = ("carried_over", "carried_forward")
"""Items that anything may have: behind an amount that is not understood they are that amount's."""
_OF_ANYTHING = ("balance_total", "revenue_total", "revenue_current", "expenditure_total", "expenditure_current")
"""Totals: behind an item and a colon (检察（款）：2018年预算支出合计…) they are that item's, not the document's."""
_EXPLAINED = ("change", "change_percent", "completion")
"""Roles that a stated reason explains."""
_BOTH_WAYS = "增加|减少|增长|下降|降低|上升"
_BOUNDARY = re.compile(
    rf"[，,。;:、!?]|\((?!(?:{_BOTH_WAYS})\))|{''.join(f'(?<!{way})' for way in _BOTH_WAYS.split('|'))}\)"
)
"""What ends the words that belong together; 增加（减少） is one word."""
_ABOUT = re.compile(r"^关于?")
_DIGIT = re.compile(r"\d")
_PURCHASE = re.compile(r"购置|新增|配备|配置")
_MONEY = re.compile(r"\d\s*(?:亿|百万|万|千)?\s*元")
_LISTED = re.compile(r"其中|包括|具体|如下|分别|\(")


@dataclasses.dataclass(eq=False, slots=True)
class Mention:
    """One naming of an item; the amounts, changes and shares stated of it refer to it."""

    item: str
    label: str
    """The words that name it, as printed."""
    name: str
    """A class's own name, comparable; else the item's identifier."""
    code: str | None
    category: str | None
    fund: Fund | None
    direction: Direction | None
    scope: Fund | None
    """What the heading speaks of, in the values of ``fund``."""
    paragraph: int
    within: str | None = None
    """``basic`` or ``project`` where it is named as a part of 基本支出 or 项目支出."""


@dataclasses.dataclass(eq=False, slots=True)
class Quoted:
    """One number stated of an item; fields as the columns of ``statements``."""

    mention: Mention
    role: str
    amount: Decimal | None
    """Yuan; a decrease is negative."""
    percent: Decimal | None
    quantity: Decimal | None
    decimals: int
    printed: str
    unit: str | None
    comparison: str | None
    compared_with: str | None
    heading: str | None
    sentence: str
    page: int | None
    box: Box | None
    section: int
    reason: str | None = None
    index: int = 0

    @property
    def item(self) -> str:
        return self.mention.item


@dataclasses.dataclass(frozen=True, slots=True)
class _Item:
    """An item's name in a sentence."""

    start: int
    end: int
    item: str
    name: str
    code: str | None
    category: str | None
    fund: Fund | None
    direction: Direction | None


@dataclasses.dataclass(frozen=True, slots=True)
class _Number:
    """A number, or words that state one (持平, 无, 为0), in a sentence."""

    start: int
    end: int
    kind: str
    """amount, percent, count, unchanged, direction or none."""
    value: Decimal | None
    decimals: int
    unit: str | None
    base: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """What a number is said to be: ``role`` and ``comparison`` as in ``statements``, ``base`` the words for the other
    figure."""

    role: str
    comparison: str | None = None
    base: str | None = None


@dataclasses.dataclass(slots=True)
class _Context:
    """What the headings above a paragraph say."""

    headings: dict[int, str] = dataclasses.field(default_factory=dict)
    section: int = 0

    def enter(self, level: int, text: str) -> None:
        self.headings = {each: said for each, said in self.headings.items() if each < level}
        self.headings[level] = text
        self.section += 1

    @property
    def heading(self) -> str | None:
        return self.headings[max(self.headings)] if self.headings else None

    @property
    def fund(self) -> Fund | None:
        """The fund the nearest heading names, else ``total`` where one speaks of revenue or expenditure at all."""
        said = [self.headings[level] for level in sorted(self.headings, reverse=True)]
        funds = [fund for text in said if (fund := fund_in(text))]
        if funds:
            return funds[0]
        return "total" if any(re.search("收入|支出|收支", text) for text in said) else None

    @property
    def speaks_of_projects(self) -> bool:
        """True under a heading of such a part, or under a lesser heading (（一）) within one."""
        deepest = max(self.headings, default=0)
        above = [text for level, text in self.headings.items() if level == deepest or (level > 1 and deepest > 2)]
        return any(NO_NARRATIVE.search(text) for text in above)


def quoted(paragraphs: Sequence[Paragraph], year: int | None, phase: Phase | None) -> list[Quoted]:
    """Every amount the narrative quotes for a named item, in reading order.

    ``year`` and ``phase`` are the document's: figures of another year are its ``previous`` ones, and in final accounts
    a budget is told from what was spent.
    """
    found: list[Quoted] = []
    context = _Context()
    topic: Mention | None = None
    for number, paragraph in enumerate(paragraphs):
        if paragraph.note:
            continue
        reader = _Reader(context, year, number, executed=phase == "executed")
        said = list(sentences(paragraph))
        if paragraph.level is not None:
            context.enter(paragraph.level, paragraph.text)
            topic = reader.topic_of(said)
            if not _MONEY.search(paragraph.text):
                continue
        if context.speaks_of_projects:
            continue
        if paragraph.numbered or topic is None:
            topic = reader.topic_of(said) or (None if paragraph.numbered else topic)
        found.extend(reader.read(said, topic))
    for index, each in enumerate(found):
        each.index = index
    return found


@functools.cache
def _lead_is_plain(lead: str) -> bool:
    """True for words before an item's name that leave it what it is: year, entity, 其中, the fund."""
    return len(lead) <= 60 and LEAD.fullmatch(without_enumerator(lead)) is not None


class _Reader:
    """Reads one paragraph."""

    def __init__(self, context: _Context, year: int | None, paragraph: int, *, executed: bool) -> None:
        self.context = context
        self.year = year
        self.executed = executed
        self.paragraph = paragraph
        self.category = _category_of(context.heading)

    def topic_of(self, said: Sequence[Sentence]) -> Mention | None:
        """The item that a heading, or a paragraph's first words up to a full stop, name and do not put a number to."""
        return self._topic(said[0]) if said and len(said[0].plain) <= _LONGEST_SENTENCE else None

    def read(self, said: Sequence[Sentence], topic: Mention | None) -> Iterator[Quoted]:
        carried = topic
        explained: list[Quoted] = []
        read: list[Quoted] = []
        for sentence in said:
            if len(sentence.plain) > _LONGEST_SENTENCE:
                continue
            reading = _SentenceReader(self, sentence, carried)
            rows = list(reading.rows())
            reason = reading.reason_for_previous
            if reason is not None:
                named = reading.explained_item
                for row in explained if named is None else [row for row in read if row.item == named]:
                    if row.role in _EXPLAINED:
                        row.reason = row.reason or reason
            read.extend(rows)
            changes = [row for row in rows if row.role in _EXPLAINED]
            if changes:
                explained = [row for row in changes if row.mention is changes[-1].mention]
            yield from rows
            if reading.mentioned:
                carried = reading.subject_of_next
            elif (topic_named := self._topic(sentence)) is not None:
                carried = topic_named

    def _topic(self, sentence: Sentence) -> Mention | None:
        text = sentence.plain
        if "，" in text:  # neither the words before an item's name nor those behind it hold one
            return None
        for item in reversed(self.items_of(sentence)):
            lead = text[: item.start]
            if TOPIC_TAIL.fullmatch(text[item.end :]) and _lead_is_plain(
                _ABOUT.sub("", without_enumerator(lead, parts=True))
            ):
                return self.mention(sentence, item, lead, None)
        return None

    def items_of(self, sentence: Sentence) -> list[_Item]:
        return list(_items_of(sentence.plain, self.category))

    def mention(self, sentence: Sentence, item: _Item, lead: str, above: Mention | None) -> Mention:
        scope = self.context.fund
        inherited = above.fund if above is not None and above.direction != "revenue" else None
        fund = item.fund or fund_in(lead) or inherited or scope
        direction = item.direction or (above.direction if above is not None else None)
        label = sentence.printed(item.start, item.end)
        part = item.item in ITEMS.values() and above is not None and above.item in ("basic", "project")
        within = above.item if above is not None and part else None
        return Mention(
            item.item, label, item.name, item.code, item.category, fund, direction, scope, self.paragraph, within
        )


@functools.lru_cache(maxsize=64)  # a sentence is looked at for its topic and then for its numbers
def _items_of(text: str, category: str | None) -> tuple[_Item, ...]:
    found = [
        _Item(match.start(), match.end(), item.id, item.id, None, None, item.fund, item.direction)
        for item in (stated_items() if any_name().search(text) else ())
        for match in item.pattern.finditer(text)
    ]
    found += [
        _Item(
            each.start + len(each.lead),
            each.end,
            ITEMS[each.kind],
            each.name,
            each.code,
            each.category,
            None,
            "expenditure",
        )
        for each in named_classes(text, category)
    ]
    kept: list[_Item] = []
    for item in sorted(found, key=lambda each: (each.start, each.start - each.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


@functools.lru_cache(maxsize=1_024)
def _category_of(heading: str | None) -> str | None:
    """The 类 that the deepest heading names, for the 款 and 项 listed under it."""
    if heading is None:
        return None
    text = re.sub(r"\s", "", heading).replace("（", "(").replace("）", ")")
    classes = [each for each in named_classes(text, None) if each.code and len(each.code) == 3]
    return classes[0].code if classes else None


def _lead(text: str, start: int) -> str:
    """What stands before ``start`` since the last punctuation."""
    begin = max((found.end() for found in _BOUNDARY.finditer(text, 0, start)), default=0)
    return text[begin:start]


class _SentenceReader:
    """Reads one sentence from number to number."""

    def __init__(self, reader: _Reader, sentence: Sentence, carried: Mention | None) -> None:
        self.reader = reader
        self.sentence = sentence
        self.text = sentence.plain
        self.carried = None if self.text.startswith(")") else carried
        self.head_end = 0
        self.skipped, self.reasons = _skipped(self.text)
        self.numbers = self._numbers()
        self.depth: list[Mention | None] = [self.carried]
        self.mentioned: list[Mention] = []
        self.at_top: list[Mention] = []
        self.base: str | None = None
        self.of_budget = False
        self.refused = False
        self.refused = False
        self.position = 0
        self.reason_for_previous: str | None = None

    @property
    def subject_of_next(self) -> Mention | None:
        """Whom a following sentence that names nobody speaks of: the first item, where the others are its parts."""
        head = self.at_top[0] if self.at_top else self.mentioned[0]
        alone = all(each is head for each in self.mentioned)
        return head if alone or _LISTED.search(self.text, self.head_end) else None

    def rows(self) -> Iterator[Quoted]:
        last_change: list[Quoted] = []
        for number in self.numbers:
            self._advance(number.start)
            row = self._row(number)
            self.position = number.end
            if row is None:
                continue
            if row.role in _EXPLAINED:
                same = last_change and last_change[-1].mention is row.mention
                last_change = [*last_change, row] if same else [row]
                reason = next((text for start, text in self.reasons if start >= number.end), None)
                following = [
                    each.start for each in self.numbers if each.start > number.end and not self._is_ratio(each)
                ]
                begins = next((start for start, _ in self.reasons if start >= number.end), None)
                if reason is not None and not any(start < (begins or 0) for start in following):
                    row.reason = reason
            yield row
        if self.reasons and not self.mentioned_before(self.reasons[0][0]):
            self.reason_for_previous = self.reasons[0][1]

    @property
    def explained_item(self) -> str | None:
        """The item whose change a sentence without a number of its own explains: 公务接待费减少的主要原因是…."""
        begins = self.reasons[0][0] if self.reasons else 0
        named = [item for item in self.items if item.end <= begins]
        return named[0].item if named else None

    @functools.cached_property
    def items(self) -> list[_Item]:
        """The items that the sentence names; of one without numbers mostly nobody asks."""
        return self.reader.items_of(self.sentence)

    def mentioned_before(self, position: int) -> bool:
        return any(number.start < position for number in self.numbers)

    def _is_ratio(self, number: _Number) -> bool:
        return number.kind == "percent"

    def _numbers(self) -> list[_Number]:
        text = self.text
        found = self._printed_numbers() if _DIGIT.search(text) else []
        for match in UNCHANGED.finditer(text) if STEADY.search(text) else ():
            value = None if match["about"] else Decimal(0)
            base = text[match.start("base") : match.end()] if match["base"] else None
            found.append(_Number(match.start(), match.end(), "unchanged", value, 0, None, base))
        for match in DIRECTION.finditer(text):
            found.append(_Number(match.start(), match.end(), "direction", None, 0, None, match["way"]))
        for match in NONE.finditer(text):
            item = next((each for each in self.items if each.start == match.end()), None)
            if item is not None:
                found.append(_Number(match.start(), item.end, "none", Decimal(0), 0, None))
        if not found:
            return []
        inside = [(item.start, item.end) for item in self.items]
        return sorted(
            (
                number
                for number in found
                if not any(start <= number.start < end for start, end in self.skipped)
                and (number.kind == "none" or not any(start <= number.start < end for start, end in inside))
            ),
            key=lambda number: number.start,
        )

    def _printed_numbers(self) -> list[_Number]:
        text = self.text
        return [
            *(
                _number(match, "amount", "万元" if match["unit"] == "万" else match["unit"])
                for match in AMOUNT.finditer(text)
            ),
            *(_number(match, "percent", "%") for match in PERCENT.finditer(text)),
            *(_number(match, "count", match["unit"]) for match in COUNT.finditer(text)),
            *(
                _Number(match.start("zero"), match.end("zero"), "amount", Decimal(0), 0, None)
                for match in ZERO.finditer(text)
            ),
        ]

    def _advance(self, end: int) -> None:
        """Brackets open and close a subject of their own; a semicolon ends the one before it."""
        for position in range(self.position, end):
            if any(item.start <= position < item.end for item in self.items):
                continue
            letter = self.text[position]
            if letter == "(":
                self.depth.append(self.depth[-1])
            elif letter == ")" and len(self.depth) > 1:
                self.depth.pop()
            elif letter == ";":
                self.depth[-1] = None

    def _begin(self, number: _Number) -> int:
        """Where the words that belong to a number begin: behind the last punctuation or number."""
        inside = [(item.start, item.end) for item in self.items]
        begin = self.position
        for found in _BOUNDARY.finditer(self.text, self.position, number.start):
            if not any(start <= found.start() < end for start, end in inside):
                begin = found.end()
        return begin

    def _row(self, number: _Number) -> Quoted | None:
        if number.kind == "none":
            return self._declared_none(number)
        named = self._named(number)
        if named is not None:
            return named
        words = self.text[self._begin(number) : number.start]
        row = self._of_subject(number, words)
        if row is None:
            self.depth[-1] = None
            self.refused = True
        return row

    def _declared_none(self, number: _Number) -> Quoted | None:
        item = next(each for each in self.items if each.end == number.end)
        lead = _lead(self.text, number.start)
        if not _lead_is_plain(lead) or item.item in COUNTED:
            return None
        mention = self._note(item, lead)
        role = "previous" if self._other_year(lead) else "amount"
        return self._quoted(mention, number, _Said(role))

    def _named(self, number: _Number) -> Quoted | None:
        """The number where an item's name and linking words stand right before it."""
        for item in reversed([each for each in self.items if self.position <= each.start and each.end <= number.start]):
            words = self.text[item.end : number.start]
            lead = self._lead_of(item)
            if (item.item in _LEFT_OVER and self.refused) or self._is_to_buy(item):
                continue
            if lead is None or (item.item in COUNTED) != (number.kind == "count"):
                continue
            said = self._role_after(words, lead, number)
            if said is not None:
                return self._quoted(self._note(item, lead), number, said)
        return None

    def _is_to_buy(self, item: _Item) -> bool:
        """True for equipment that a sentence about purchases names without saying that it is held."""
        return item.item == "equipment_held" and _PURCHASE.search(self.text, 0, item.start) is not None

    def _lead_of(self, item: _Item) -> str | None:
        """The words before an item's name where they leave it what it is; None where they do not."""
        begin = max(self.position, 0)
        inside = [(each.start, each.end) for each in self.items]
        for found in _BOUNDARY.finditer(self.text, begin, item.start):
            if not any(start <= found.start() < end for start, end in inside):
                begin = found.end()
        headed = next((each for each in self.items if each.end == begin - 1 and self.text[begin - 1] == ":"), item)
        if item.item in _OF_ANYTHING and headed.item != item.item:
            return None
        lead = self.text[begin : item.start]
        joined = lead[:1] in ("和", "及", "与") or (begin > 0 and self.text[begin - 1] == "、")
        if joined and not self._follows_number(begin):
            return None
        return lead if _lead_is_plain(lead) else None

    def _follows_number(self, begin: int) -> bool:
        before = self.text[:begin].rstrip("、")
        if not without_enumerator(self.text[:begin]):
            return True
        return self.position == len(before) or before.endswith((")", "元", "%", "万", "辆"))

    def _role_after(self, words: str, lead: str, number: _Number) -> _Said | None:
        """What a number says of the item whose name stands before ``words``; ``lead`` stands before the name."""
        said = self._compared(number, words, CONNECT)
        if said is not None:
            before = self._base_before(lead)
            return dataclasses.replace(said, base=said.base or (f"{before}{words}" if before else None))
        if number.kind not in ("amount", "count"):
            return _Said("share") if number.kind == "percent" and SHARE.fullmatch(words) else None
        return self._stated(words, lead, CONNECT)

    def _compared(self, number: _Number, words: str, links: re.Pattern[str]) -> _Said | None:
        """A change, or that there is none."""
        if number.kind == "direction":
            way = WAYS.get(number.base or "", "decrease")
            return _Said("change", way, "预算数") if not words or links.fullmatch(words) else None
        if number.kind == "unchanged":
            comparison = "unchanged" if number.value is not None else "about_unchanged"
            return _Said("change", comparison, number.base) if not words or links.fullmatch(words) else None
        compared = COMPARED.fullmatch(words)
        if compared is None or number.kind == "count":
            return None
        role = "change_percent" if number.kind == "percent" else "change"
        return _Said(role, _direction(compared, number), _base_of(compared))

    def _stated(self, words: str, lead: str, links: re.Pattern[str]) -> _Said | None:
        """A figure: of this year or another, budgeted or spent."""
        previous = PREVIOUS.fullmatch(words)
        if previous is not None:
            return _Said("previous", None, previous["base"])
        if links.fullmatch(words) is None:
            return None
        if self._other_year(lead + words):
            return _Said("previous", None, f"上年{words}")
        return _Said("budget" if self._is_budget(words) else "amount")

    def _base_before(self, lead: str) -> str | None:
        found = BASE.search(lead) or BASE.search(self.text[max(0, self.position - 1) :])
        return found["base"] if found else None

    def _is_budget(self, words: str) -> bool:
        return self.reader.executed and BUDGET_WORDS.search(words) is not None and "决算" not in words

    def _other_year(self, words: str) -> bool:
        plain = VERSUS.sub("", words)
        years = [int(year) for year in YEAR.findall(plain)]
        if years and self.reader.year is not None:
            return years[-1] < self.reader.year
        return PRIOR.search(plain) is not None

    def _of_subject(self, number: _Number, words: str) -> Quoted | None:
        """The number where the words before it compare, or go on with, the item named last."""
        subject = self.depth[-1]
        if subject is None or subject.item in COUNTED or number.kind == "count":
            return None
        said = self._compared(number, words, CARRIED_ON)
        if said is not None:
            said = dataclasses.replace(said, base=said.base or self._base_before(words) or self.base)
        elif number.kind == "percent":
            said = self._share(words)
        elif number.kind == "amount":
            self.of_budget = OF_BUDGET.fullmatch(words) is not None
            said = _Said("budget") if self.of_budget else self._stated(words, "", CARRIED_ON)
        if said is None:
            return None
        if said.role in ("previous", "change"):
            self.base = said.base
        return self._quoted(subject, number, said)

    def _share(self, words: str) -> _Said | None:
        if COMPLETED.fullmatch(words) or (words == "的" and self.of_budget):
            return _Said("completion", None, "年初预算")
        return _Said("share") if SHARE.fullmatch(words) else None

    def _note(self, item: _Item, lead: str) -> Mention:
        above = self.at_top[0] if self.at_top and _LISTED.search(self.text[: item.start]) else None
        mention = self.reader.mention(self.sentence, item, lead, above)
        self.depth[-1] = mention
        self.head_end = self.head_end or item.end
        self.mentioned.append(mention)
        if len(self.depth) == 1:
            self.at_top.append(mention)
        return mention

    def _quoted(self, mention: Mention, number: _Number, said: _Said) -> Quoted | None:
        amount = _yuan(number) if number.kind in ("amount", "unchanged", "none") else None
        if amount is None and number.kind == "amount":
            return None
        percent = number.value if number.kind == "percent" else None
        if said.comparison == "decrease":
            amount = -amount if amount is not None else None
            percent = -percent if percent is not None else None
        if mention not in self.mentioned:
            self.mentioned.append(mention)
            self.at_top.append(mention)
        return Quoted(
            mention=mention,
            role=said.role,
            amount=amount,
            percent=percent,
            quantity=number.value if number.kind == "count" else None,
            decimals=number.decimals,
            printed=self.sentence.printed(number.start, number.end),
            unit=number.unit,
            comparison=said.comparison,
            compared_with=_compared_with(said.base),
            heading=self.reader.context.heading,
            sentence=self.sentence.printed(),
            page=self.sentence.page(number.start),
            box=self.sentence.box(number.start),
            section=self.reader.context.section,
        )


def _number(match: re.Match[str], kind: str, unit: str) -> _Number:
    digits = re.sub("[,，]", "", match["number"])
    return _Number(match.start(), match.end(), kind, Decimal(digits), len(digits.partition(".")[2]), unit)


def _yuan(number: _Number) -> Decimal | None:
    if number.value is None or number.unit is None:
        return number.value
    return in_yuan(Printed(number.value, number.decimals), number.unit)


def _direction(compared: re.Match[str], number: _Number) -> str | None:
    """increase, decrease or unchanged; None where the printed words leave both (增加（减少）)."""
    if number.value == 0:
        return "unchanged"
    verb = compared["verb"]
    if UNDIRECTED.search(verb):
        return None
    if DECREASE.search(verb):
        return "decrease"
    return "increase" if INCREASE.search(verb) else None


def _base_of(compared: re.Match[str]) -> str | None:
    """The words that name what is compared with, from its year or budget to the verb."""
    if not compared["base"]:
        return None
    return compared.string[compared.start("base") : compared.start("verb")]


def _compared_with(base: str | None) -> str | None:
    if base is None:
        return None
    return next((value for value, pattern in COMPARED_WITH if pattern.search(base)), None)


def _skipped(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
    """Stretches that give purposes and reasons, and the reasons with where they begin."""
    stretches = [(found.start(), found.end()) for found in SKIPPED.finditer(text)]
    reasons = [(found.start(), _reason(found["reason"])) for found in REASON.finditer(text)]
    return stretches, reasons


def _reason(text: str) -> str:
    return re.sub(r"^(?:因为|由于)", "", text.strip("，,。;:"))


def fund_of_item(item: str) -> str | None:
    """The fund an item's name fixes; None for classes and items of any fund."""
    return None if item in ITEMS.values() else stated_item(item).fund
