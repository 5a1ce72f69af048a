"""Sums *down*: in every column of a block, a total row is the sum of the rows below it, as codes, units or numbering
nest (类 = Σ 款, 款 = Σ 项, 合计 = Σ 类)."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from gongkai.parsing.proof.amount_names import is_beside, is_carried_over
from gongkai.parsing.tables.sections import is_balance, is_share_of_balance, is_share_of_distribution
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.numbering import is_entry
from gongkai.parsing.text.outline import Outline, outline
from gongkai.parsing.text.totals import ends_in_sum
from gongkai.vocabulary.headings import meaning


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


def down(statement: Statement, block: int) -> list[Down]:
    """The sums that a block's row names and codes state."""
    names = first_items(statement, block)
    return [*_nested(names), *_totals(names)]


def first_items(statement: Statement, block: int) -> dict[int, LineItem]:
    """The first amount of each row of a block, which says what the row is."""
    return {row: next(iter(items.values())) for row, items in statement.rows(block).items()}


def _nested(names: dict[int, LineItem]) -> Iterator[Down]:
    """Rows that sum the rows under them: a code its longer codes, a unit its rows, a number its inner numbers."""
    order = list(names)
    codes = {kind: {row: item.codes.get(kind, "") for row, item in names.items()} for kind in ("function", "economic")}
    implied = {row: item.implied_code or "" for row, item in names.items()}
    for position, row in enumerate(order):
        under = order[position + 1 :]
        for kind, known in codes.items():
            if kind in names[row].codes:
                yield from _code_children(known, row, under)
        if not names[row].codes and names[row].implied_code:
            yield from _code_children(implied, row, under, stated=False)
        if set(names[row].codes) == {"unit"}:
            yield from _unit_children(names, row, under)
        if names[row].is_group_total:
            parts = run_of(under, lambda other: not names[other].is_group_total and not names[other].is_total)
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
                stated = not any(is_beside(names[part].name) for part in inner)
                yield Down("numbering", row, tuple(inner), is_stated=stated)
                continue
            under = rows[rows.index(row) + 1 :]
            plain = run_of(under, lambda other: not is_entry(names[other].name))
            plain = [other for other in plain if not names[other].line_code and not is_beside(names[other].name)]
            if plain:
                yield Down("numbering", row, tuple(plain), is_stated=False)


def _named_without_number(
    names: dict[int, LineItem], rows: Sequence[int], listed: Outline
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """A row without a number over a numbered list: 财政拨款 over 1.一般公共预算拨款."""
    for row, following in itertools.pairwise(rows):
        if row not in listed.parents and not names[row].implied_code and listed.parents.get(following, row) is None:
            run = run_of(rows[rows.index(following) :], lambda other: is_entry(names[other].name))
            yield row, tuple(other for other in run if listed.parents[other] is None)


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
    below = run_of(under, lambda other: len(codes[other]) > len(code))
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
    if names[row].unit_name is not None and compact(names[row].unit_name) != names[row].name:
        return  # a project's row, with its unit beside it
    below = run_of(under, lambda other: names[other].codes.get("unit", code).startswith(code))
    alone = [other for other in below if set(names[other].codes) == {"unit"}]
    subunits = [other for other in alone if len(names[other].codes["unit"]) > len(code)]
    coded = [other for other in below if names[other].codes.keys() - {"unit"}]
    if subunits:
        seen: set[str] = set()
        parts = []
        for other in subunits:
            if names[other].codes["unit"] not in seen:
                seen.add(names[other].codes["unit"])
                parts.append(other)
        yield Down("units", row, tuple(parts))
    elif coded:
        yield Down("units", row, tuple(at_highest_level(names, coded)))
    else:
        first = next(other for other, item in names.items() if item.codes.get("unit") == code)
        # A row with the name of the first is another row of the unit, not part of the first.
        projects = [
            other for other in below if names[other].codes.get("unit") == code and names[other].name != names[row].name
        ]
        if projects and first == row:
            yield Down("units", row, tuple(projects))


def run_of(rows: Sequence[int], belongs: Callable[[int], bool]) -> list[int]:
    """The first of ``rows`` up to one that does not belong."""
    taken: list[int] = []
    for row in rows:
        if not belongs(row):
            break
        taken.append(row)
    return taken


def at_highest_level(names: dict[int, LineItem], rows: Iterable[int]) -> list[int]:
    """The coded rows at the highest level present, of one kind of code."""
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
            shortest, outermost = tuple(at_highest_level(names, coded)), _uncontained(_one_kind(names, coded))
            yield Down("total", total, shortest, (outermost,) if outermost != shortest else ())
        else:
            yield from _listed(names, order, totals, number)


def _listed(names: dict[int, LineItem], order: Sequence[int], totals: Sequence[int], number: int) -> Iterator[Down]:
    """The rows that a total of a list without codes sums: the outermost ones, or the earlier total and those behind it.

    收入总计 = 本年收入合计 + 上年结转结余; 收入合计 = 一般公共预算收入小计 + 转移性收入小计, for rows behind a 小计
    are none of the numbered ones it sums; what breaks a carried-over row down, by number or by fund, is part of it.
    """
    total = totals[number]
    position = order.index(total)
    before = totals[number - 1] if number else None
    start = order.index(before) + 1 if before is not None else 0
    between = [row for row in order[start:position] if not is_beside(names[row].name)]
    if before is None:
        choices = outermost(names, between or list(_until_total(names, order[position + 1 :])))
        subtotals = tuple(row for row in between if ends_in_sum(names[row].name))
        if len(subtotals) > 1:
            choices = (subtotals, *choices)
        if choices:
            stated = bool(between) and not subtotals and any(is_entry(names[row].name) for row in choices[0])
            yield Down("total", total, choices[0], choices[1:], is_stated=stated)
        return
    whole = [row for row in between if not is_share(names, between, row)]
    carried = [row for row in whole if is_carried_over(names[row].name)]
    plain = [row for row in whole if not is_entry(names[row].name)]
    if carried:
        yield Down("total", total, (before, *plain), ((before, *carried),))


def _until_total(names: dict[int, LineItem], rows: Sequence[int]) -> Iterator[int]:
    return itertools.takewhile(lambda row: not names[row].is_total, rows)


def is_share(names: dict[int, LineItem], rows: Sequence[int], row: int) -> bool:
    """True for a row that is a share of a row above it: one fund's of what was carried over, or 项目支出结转和结余."""
    name, above = names[row].name, [names[other].name for other in rows[: rows.index(row)]]
    if is_share_of_balance(name):
        return any(map(is_balance, above))
    if is_share_of_distribution(name, above):
        return True
    if is_carried_over(name) or meaning(name, "fund") is None:
        return False
    return any(map(is_carried_over, above))


def outermost(names: dict[int, LineItem], rows: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The rows that no other row of a list contains: by number; by the codes their names imply; by their groups."""
    listed = tuple(outline([(row, names[row].name) for row in rows]).children[None])
    categories = tuple(row for row in rows if len(names[row].implied_code or "") == 3)
    groups = tuple(row for row in rows if names[row].is_group_total)
    plain = tuple(row for row in rows if not is_entry(names[row].name)) if not listed else ()
    return tuple(choice for choice in dict.fromkeys((listed, categories, groups, plain)) if choice)
