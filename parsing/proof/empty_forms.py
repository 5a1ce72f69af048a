"""Recognised forms, and headings of forms, that yield nothing: declared empty by the document, or lost without a word.

An empty form is often published on purpose (空表列示).  What its page, the contents or the narrative says of it is told
with it; where nothing says that it is empty, what was printed may not have been read.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.proof.promises import promises, same_title
from gongkai.parsing.tables.heads import names_form
from gongkai.parsing.tables.statement import Statement
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import compact, is_blank
from gongkai.parsing.text.captions import declares_empty, ends_like_contents, is_contents_entry, says_nothing_is_there
from gongkai.parsing.text.grid import TextLine
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.forms import Form, FormId, form_of_title
from gongkai.vocabulary.headings import meaning
from gongkai.vocabulary.word_lists import any_of

_FORM_TITLE = re.compile(rf".*{any_of('promised_forms.csv', 'form_end')}([(（].{{1,20}}[)）])?")
_FLAG_HEADING, _FLAG, _REFERENCE = (
    re.compile(any_of("empty_forms.csv", name)) for name in ("flag_heading", "flag", "reference")
)
_CLAIMED: dict[FormId, tuple[str, ...]] = {
    "government_fund": ("government_fund", "government_fund_revenue", "government_fund_expenditure"),
    "state_capital": ("state_capital", "state_capital_revenue", "state_capital_expenditure"),
    "three_public": ("three_public",),
    "procurement": ("procurement",),
    "operating_expenses": ("operating_expenses",),
}
"""The items of the narrative that say that a form is empty where they are nought."""
_NEAR = 3
"""Lines behind a heading that can say that nothing stands under it."""


@dataclasses.dataclass(frozen=True, slots=True)
class EmptyForm:
    """A form without an item; ``table`` None for a heading without a table."""

    title: str
    form: Form
    page: int | None
    table: int | None
    declared: str | None
    """The words that say that it is empty; None where there are none."""


def _said_elsewhere(form: Form, none: Collection[str]) -> str | None:
    if declared_in_narrative(form, none):
        return "the narrative states that there is none"
    return "the balance has nothing of this fund" if form.fund in none else None


def funds_without_money(statements: Iterable[Statement]) -> frozenset[str]:
    """The funds that the balances have rows or columns for, with nothing but blanks and noughts."""
    amounts: dict[str, bool] = {}
    for item in (each for statement in statements if statement.form.direction is None for each in statement.items):
        if item.fund is not None:
            amounts[item.fund] = amounts.get(item.fund, False) or bool(item.amount)
    return frozenset(fund for fund, printed in amounts.items() if not printed)


def items_claimed_none(claims: Iterable[Claim]) -> frozenset[str]:
    """The items of which the narrative says that there are none."""
    return frozenset(row.item for row in claims if row.role == "amount" and row.amount == 0 and row.item)


def declared_in_narrative(form: Form, none: Collection[str]) -> bool:
    return any(item in none for item in _CLAIMED.get(form.id, ()))


def empty_forms(
    lines: Sequence[TextLine],
    tables: Sequence[Table],
    forms: Mapping[int, Form],
    none: Collection[str],
    yielding: Collection[int],
) -> Iterator[EmptyForm]:
    """Every recognised table that is not among ``yielding``, then every heading of a form that has no table.

    ``none`` are the items and the funds of which the narrative or the balances say that there are none.
    """
    flagged = _flagged(tables)
    for table in tables:
        form = forms.get(table.index)
        if form is None or table.index in yielding:
            continue
        title = table.title or form.id
        marked = (reason for name, reason in flagged if same_title(name, table.title))
        said = _said_of(table, form, lines) or next(marked, None) or _said_elsewhere(form, none)
        yield EmptyForm(title, form, table.first_page, table.index, said)
    yield from _headings(lines, tables, forms, none)


def _is_about(text: str, form: Form, *, near: bool) -> bool:
    """True for a line that says that a table is empty: one near the form of no other fund, any other of its own."""
    if not says_nothing_is_there(text):
        return False
    fund = meaning(compact(text), "fund")
    if fund is None:
        return near
    return fund == form.fund or (near and form.fund in (None, "total"))


def _said_of(table: Table, form: Form, lines: Sequence[TextLine]) -> str | None:
    """A note of the table, a text in its cells or a line of its pages that says that it is empty."""
    noted = [note for note in table.notes if declares_empty(note)]
    inside = [cell.text for cell in table.cells if says_nothing_is_there(cell.text)]
    if _is_blank_to_its_total(table):
        return "its total row is blank"
    pages = {cell.page for cell in table.cells if cell.page is not None}
    around = [line.text for line in lines if _is_about(line.text, form, near=line.page in pages)]
    return next(map(compact, (*noted, *inside, *around)), None)


def _is_blank_to_its_total(table: Table) -> bool:
    """True where the body prints a total's name and nothing else."""
    texts = {cell.plain for cell in table.cells if not cell.is_header and not is_blank(cell.text)}
    return bool(texts) and all(is_total(text) for text in texts)


def _flagged(tables: Sequence[Table]) -> list[tuple[str, str]]:
    """Titles that a table of contents with the column 是否空表 marks as those of empty forms, with its reason."""
    flagged: list[tuple[str, str]] = []
    for table in tables:
        heads = (cell for cell in table.cells if _FLAG_HEADING.search(cell.plain))
        head = next(heads, None)
        for cells in table.rows().values() if head is not None else ():
            texts = {cell.column: cell.plain for cell in cells if cell.plain}
            if head is not None and _FLAG.fullmatch(texts.get(head.column, "")):
                reason = texts.get(head.column + 1) or texts[head.column]
                flagged.extend((text, reason) for column, text in texts.items() if column < head.column)
    return flagged


def _headings(
    lines: Sequence[TextLine],
    tables: Sequence[Table],
    forms: Mapping[int, Form],
    none: Collection[str],
) -> Iterator[EmptyForm]:
    """Headings of forms, lists of them aside, of which no table was recognised."""
    held = {form.id for form in forms.values()}
    listed = {promise.line for promise in promises(lines, tables, forms, None)}
    named = [_heading_of(line.text) for line in lines]
    seen: set[FormId] = set()
    for number, (line, form) in enumerate(zip(lines, named, strict=True)):
        if form is None or form.id in held | seen or number in listed:
            continue
        if any(named[max(0, number - 1) : number]) or any(named[number + 1 : number + 2]):
            continue
        seen.add(form.id)
        after = [each.text for each in lines[number + 1 : number + 1 + _NEAR]]
        near = (compact(text) for text in after if _is_about(text, form, near=True) or declares_empty(text))
        said = next(near, None) or _said_elsewhere(form, none)
        yield EmptyForm(line.text.strip(), form, line.page, None, said)


def _heading_of(text: str) -> Form | None:
    """The form that a line is the heading of; None for an entry of contents and for any other line."""
    if is_contents_entry(text) or ends_like_contents(text) or not names_form(text):
        return None
    plain = compact(without_enumerator(text))
    headed = _FORM_TITLE.fullmatch(plain) and not _REFERENCE.fullmatch(plain)
    return form_of_title(without_enumerator(text)) if headed else None
