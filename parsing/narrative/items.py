"""Items that a sentence names: those of the vocabulary, and classes by name or code."""

from __future__ import annotations

import dataclasses
import functools

from gongkai.parsing.narrative.named_classes import named_classes
from gongkai.parsing.narrative.wordings import PROCURED_PART, VEHICLE_PART
from gongkai.parsing.text.amounts import compact
from gongkai.vocabulary.dimensions import Direction, Fund
from gongkai.vocabulary.stated_items import any_name, item_of_class, stated_item, stated_items


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """An item's name in a sentence, from ``start`` to ``end``; fields as of ``Mention``."""

    start: int
    end: int
    item: str
    name: str
    code: str | None
    category: str | None
    fund: Fund | None
    direction: Direction | None


@functools.lru_cache(maxsize=64)  # a sentence is looked at for its topic and then for its numbers
def items_in(text: str, category: str | None) -> tuple[Item, ...]:
    """The items that a sentence names, in order; of names that overlap the first, and of those the longest.

    ``category`` is the code of the 类 that the heading above names.
    """
    named = [*_listed_items(text), *_parts_of_vehicles(text), *_procured(text), *_classes(text, category)]
    kept: list[Item] = []
    for item in sorted(named, key=lambda each: (each.start, each.start - each.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _listed_items(text: str) -> list[Item]:
    return [
        Item(match.start(), match.end(), item.id, item.id, None, None, item.fund, item.direction)
        for item in (stated_items() if any_name().search(text) else ())
        for match in item.pattern.finditer(text)
    ]


def _parts_of_vehicles(text: str) -> list[Item]:
    """购置费 and 运行费 alone, behind 公务用车购置及运行费."""
    vehicles = stated_item("vehicles")
    whole = vehicles.pattern.search(text) if VEHICLE_PART.search(text) else None
    if whole is None:
        return []
    return [
        Item(part.start(kind), part.end(kind), kind, kind, None, None, None, vehicles.direction)
        for part in VEHICLE_PART.finditer(text, whole.end())
        for kind in ("vehicle_purchase", "vehicle_running")
        if part[kind]
    ]


def _procured(text: str) -> list[Item]:
    """货物, 工程 and 服务 alone, behind 政府采购."""
    kind = stated_item("procurement")
    whole = kind.pattern.search(text) if PROCURED_PART.search(text) else None
    if whole is None:
        return []
    return [
        Item(part.start(name), part.end(name), name, name, None, None, None, kind.direction)
        for part in PROCURED_PART.finditer(text, whole.end())
        for name, words in part.groupdict().items()
        if words
    ]


def _classes(text: str, category: str | None) -> list[Item]:
    return [
        Item(
            each.start + len(each.lead),
            each.end,
            item_of_class(each.kind),
            each.name,
            each.code,
            each.category,
            None,
            "expenditure",
        )
        for each in named_classes(text, category)
    ]


@functools.lru_cache(maxsize=1_024)
def category_of(heading: str | None) -> str | None:
    """The code of the 类 that a heading names, for the 款 and 项 listed under it."""
    if heading is None:
        return None
    classes = [each for each in named_classes(compact(heading), None) if each.code and len(each.code) == 3]
    return classes[0].code if classes else None
