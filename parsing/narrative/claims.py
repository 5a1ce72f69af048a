"""Amounts that the narrative 情况说明 states of named items, paragraph by paragraph.

A heading, or the first words of a paragraph, may name the item that the sentences below speak of.  Numbers are read by
``sentence_reader``; a reason (主要原因是…) that stands in a sentence of its own is kept with the changes it explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.parsing.narrative.claim import Claim, Mention, Role
from gongkai.parsing.narrative.headings import Headings
from gongkai.parsing.narrative.items import category_of
from gongkai.parsing.narrative.marks import Marks
from gongkai.parsing.narrative.numbers import states_money
from gongkai.parsing.narrative.paragraphs import Paragraph
from gongkai.parsing.narrative.reasons import ReasonInParts
from gongkai.parsing.narrative.roles import Stage
from gongkai.parsing.narrative.sentence_reader import EXPLAINED, Place, SentenceReader, topic_in, topic_in_front
from gongkai.parsing.narrative.sentences import Sentence, sentences
from gongkai.vocabulary.dimensions import Phase

_LONGEST_SENTENCE = 4000
"""Letters; longer ones are tables or lists that lost their lines, and no prose."""


def claims(paragraphs: Sequence[Paragraph], year: int | None, phase: Phase | None) -> list[Claim]:
    """Every number the narrative states of a named item, in reading order.

    ``year`` and ``phase`` are the document's: figures of another year are its ``previous`` ones, and in final accounts
    a budget is told from what was spent.
    """
    stage = Stage(year, executed=phase == "executed")
    read: list[Claim] = []
    headings = Headings()
    topic: Mention | None = None
    reason = ReasonInParts()
    for number, paragraph in enumerate(paragraphs):
        if paragraph.note:
            continue
        category = category_of(headings.heading)
        if paragraph.level is not None:
            headings = headings.under(paragraph.level, paragraph.text)
        place = Place(stage, headings, number, category)
        said = list(sentences(paragraph))
        if paragraph.level is not None or paragraph.numbered:
            reason.end()
        if paragraph.level is not None:
            topic = _topic(said, place)
            if not states_money(paragraph.text):
                continue
        if headings.speaks_of_other_things:
            continue
        if paragraph.numbered or topic is None:
            topic = _topic(said, place) or (None if paragraph.numbered else topic)
        read.extend(_claims_of(said, place, topic, reason))
    for index, claim in enumerate(read):
        claim.index = index
    return read


def _topic(said: Sequence[Sentence], place: Place) -> Mention | None:
    """The item that a heading, or a paragraph's first words up to a full stop, name and do not put a number to."""
    return topic_in(said[0], place) if said and len(said[0].plain) <= _LONGEST_SENTENCE else None


def _claims_of(said: Sequence[Sentence], place: Place, topic: Mention | None, reason: ReasonInParts) -> Iterator[Claim]:
    """The claims of one paragraph; ``topic`` is the item it speaks of until it names one, ``reason`` the one before."""
    read: list[Claim] = []
    last_changes: list[Claim] = []
    role: Role | None = None
    outside: Mention | None = None
    for sentence in said:
        if len(sentence.plain) > _LONGEST_SENTENCE or reason.goes_on(sentence.plain):
            continue
        closes = sentence.plain.startswith(")")
        spoken_of = outside if closes else topic_in_front(sentence, place) or topic
        reader = SentenceReader(sentence, place, spoken_of, role)
        stated = list(reader.claims())
        outside = reader.before_bracket or (None if closes else outside)
        role = reader.role_of_figures
        explained = _explain(reader.marks, read, last_changes)
        if stated or explained:
            reason.end()
        reason.begin([*explained, *stated], sentence.plain)
        read.extend(stated)
        changes = [claim for claim in stated if claim.role in EXPLAINED]
        if changes:
            last_changes = [claim for claim in changes if claim.mention is changes[-1].mention]
        yield from stated
        if reader.names_items:
            topic = reader.subject_of_next
        else:
            topic = topic_in(sentence, place) or topic


def _explain(marks: Marks, read: Sequence[Claim], last_changes: Sequence[Claim]) -> list[Claim]:
    """Give a sentence's reason to the changes before it: those of the item it names, else the last ones."""
    reason = marks.reason_for_previous
    if reason is None:
        return []
    item = marks.item_explained(reason)
    before = last_changes if item is None else [claim for claim in read if claim.item == item]
    explained = [claim for claim in before if claim.role in EXPLAINED and claim.reason is None]
    for claim in explained:
        claim.reason = reason.text
    return explained
