"""Forms that a disclosure promises are present, empty by declaration, or missing.

A form that is listed but stands nowhere is ``broken``; one whose title is printed though no table could be read under
it is ``not_assessable``, and so is every form of a file that has none at all (the explanation 情况说明 and the tables
are often published as separate files).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.proof.check import BROKEN, HOLDS, NOT_ASSESSABLE, Check
from gongkai.parsing.proof.empty_forms import declared_in_narrative, items_claimed_none
from gongkai.parsing.proof.promises import Promise, promises, same_title
from gongkai.parsing.tables.table import Table, is_contents
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.captions import declares_empty
from gongkai.parsing.text.grid import TextLine
from gongkai.vocabulary.dimensions import CheckOutcome, Phase
from gongkai.vocabulary.forms import AMOUNT_FORMS, GOVERNMENT_FORMS, Form

RULE = "promised_form_present"


def check_promised_forms(
    lines: Sequence[TextLine],
    tables: Sequence[Table],
    forms: Mapping[int, Form],
    claims: Sequence[Claim],
    phase: Phase | None,
) -> Iterator[Check]:
    """One check per promised form.  ``forms`` are the forms recognised, by table index."""
    promised = promises(lines, tables, forms, phase)
    held = _Held(lines, tables, forms, claims, {promise.line for promise in promised})
    matched = held.match(promised)
    for promise in promised:
        table = matched.get(id(promise))
        if table is None and promise.form is not None and promise.form.id in GOVERNMENT_FORMS:
            continue  # their titles often stand in the heading's cells, so that none is found proves nothing
        yield _judge(promise, table, held)


class _Held:
    """A document without its contents: its lines, its tables, and the items it says there are none of."""

    def __init__(
        self,
        lines: Sequence[TextLine],
        tables: Sequence[Table],
        forms: Mapping[int, Form],
        claims: Iterable[Claim],
        listed: set[int],
    ) -> None:
        self.lines = [line for number, line in enumerate(lines) if number not in listed]
        self.tables = [table for table in tables if not is_contents(table)]
        self.forms = forms
        self.none = items_claimed_none(claims)

    @property
    def has_forms(self) -> bool:
        return any(form.id in AMOUNT_FORMS for form in self.forms.values())

    def match(self, promised: Sequence[Promise]) -> dict[int, Table]:
        """The table of each promise: one of its title first, then one of its form that is not taken."""
        matched: dict[int, Table] = {}
        taken: set[int] = set()
        for promise in promised:
            table = next((each for each in self.tables if same_title(promise.title, each.title)), None)
            if table is not None:
                matched[id(promise)] = table
                taken.add(table.index)
        for promise in promised:
            if id(promise) in matched or promise.form is None:
                continue
            of_form = [each for each in self.tables if self._is_of(each, promise.form)]
            free = [each for each in of_form if each.index not in taken]
            if free or (of_form and promise.form.id.startswith("performance")):
                table = (free or of_form)[0]
                matched[id(promise)] = table
                taken.add(table.index)
        return matched

    def _is_of(self, table: Table, form: Form) -> bool:
        recognised = self.forms.get(table.index)
        return recognised is not None and recognised.id == form.id

    def printed_at(self, promise: Promise) -> TextLine | None:
        """A line, contents aside, that prints the title."""
        pairs = zip(self.lines, [*self.lines[1:], None], strict=False)  # of no lines there are no pairs
        return next(
            (
                line
                for line, after in pairs
                if same_title(promise.title, line.text)
                or (after is not None and same_title(promise.title, line.text.strip() + after.text.strip()))
            ),
            None,
        )

    def declared_none(self, form: Form | None) -> bool:
        return form is not None and declared_in_narrative(form, self.none)


def _judge(promise: Promise, table: Table | None, held: _Held) -> Check:
    where = f", page {promise.page}" if promise.page is not None else ""
    form = promise.form.id if promise.form is not None else "form unknown"
    scope = f"{promise.source}{where}: {promise.title!r} ({form})"
    outcome, reason = _outcome(promise, table, held)
    return Check(RULE, scope, (), (), None, None, None, outcome, reason)


def _outcome(promise: Promise, table: Table | None, held: _Held) -> tuple[CheckOutcome, str]:
    if table is not None:
        return HOLDS, _present(table)
    if not held.has_forms:
        return NOT_ASSESSABLE, "this file has no statement form; the tables may be published as another file"
    line = held.printed_at(promise)
    if line is not None:
        return NOT_ASSESSABLE, f"its title is printed{_at(line.page)}, but no table could be read under it"
    if promise.form is None:
        return NOT_ASSESSABLE, "no table of that title, and no form is known for it"
    if held.declared_none(promise.form):
        return HOLDS, "declared empty in the narrative; no table is printed"
    return BROKEN, "missing: it is promised, but neither a table nor its title is in the document"


def _present(table: Table) -> str:
    note = next((note for note in table.notes if declares_empty(note)), None)
    if _has_numbers(table):
        return f"present{_at(table.first_page)}"
    if note is not None:
        return f"declared empty{_at(table.first_page)}: {compact(note)}"
    return f"present{_at(table.first_page)}, no amount printed"


def _at(page: int | None) -> str:
    return f" on page {page}" if page is not None else ""


def _has_numbers(table: Table) -> bool:
    return any(not cell.is_header and re.search(r"[1-9]", cell.text) and "." in cell.text for cell in table.cells)
