"""Whether the forms that a disclosure promises are in it: present, empty by declaration, or missing.

What is promised is what the document's own table of contents lists; final accounts without one are held to the list
of the Ministry of Finance's template.  A form that is listed but stands nowhere is ``broken``; one whose title is
printed though no table could be read under it is ``not_assessable``, and so is every form of a file that has none at
all (the explanation 情况说明 and the tables are often published as separate files).
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.parsing.narrative.claims import Quoted
from gongkai.parsing.proof.within_a_form import BROKEN, HOLDS, NOT_ASSESSABLE, Check
from gongkai.parsing.tables.table import Table, is_contents
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.captions import declares_empty
from gongkai.parsing.text.grid import TextLine
from gongkai.parsing.text.numbering import is_numbered, without_enumerator
from gongkai.vocabulary.dimensions import CheckOutcome, Phase
from gongkai.vocabulary.forms import AMOUNT_FORMS, Form, form_of_title

RULE = "promised_form_present"

TEMPLATE = (
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "财政拨款“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
)
"""The forms of the template for departments' final accounts (部门决算公开模板)."""

_CONTENTS = re.compile(r".{0,24}目录[:：]?")
_UNIT = re.compile(r"(?:金额)?单位:.*元")
_LEADER = re.compile(r"[.…·•\-—_\s]*(?:[(（]\d{1,3}[)）]|(?<!\d)\d{1,3})\s*$|[.…·•\-—_\s]+$")
_FORM_TITLE = re.compile(r".{2,}表([(（].{1,20}[)）])?")
_NARRATIVE = re.compile(r".*(说明|情况|分析|解释)$")
_BRACKETED = re.compile(r"\([^()]*\)$")
_UNTOLD = re.compile(r"20\d\d年(度)?|[“”\"'《》（）()]|部门|单位|预算|决算|公开|综合|本年|市级|[表0-9、.:：]")
_MOST_ENTRIES = 80
_LONGEST = 60
_FUND_ITEMS = {
    "government_fund": ("government_fund", "government_fund_revenue", "government_fund_expenditure"),
    "state_capital": ("state_capital", "state_capital_revenue", "state_capital_expenditure"),
    "three_public": ("three_public",),
    "procurement": ("procurement",),
    "operating_expenses": ("operating_expenses",),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Promise:
    """A form that the contents list, or the template asks for."""

    title: str
    form: Form | None
    page: int | None
    source: str
    line: int = -1
    """Its place among the lines of running text; -1 where it stands in none."""


def check_promised_forms(
    lines: Sequence[TextLine],
    tables: Sequence[Table],
    forms: Mapping[int, Form],
    quoted: Sequence[Quoted],
    phase: Phase | None,
) -> Iterator[Check]:
    """One check per promised form.  ``forms`` are the forms recognised, by table index."""
    promised = _once([*_listed(lines), *_tabled(tables, forms)])
    if not promised and phase == "executed" and len(set(forms.values())) >= 3:
        promised = [Promise(title, form_of_title(title), None, "the template for final accounts") for title in TEMPLATE]
    held = _Held(lines, tables, forms, quoted, {promise.line for promise in promised})
    found = held.match(promised)
    for promise in promised:
        yield _judge(promise, found.get(id(promise)), held)


def _once(promised: Sequence[Promise]) -> list[Promise]:
    return list({_UNTOLD.sub("", promise.title): promise for promise in reversed(promised)}.values())[::-1]


def _listed(lines: Sequence[TextLine]) -> list[Promise]:
    """Titles of forms in the contents printed as running text."""
    found: list[Promise] = []
    for number, line in enumerate(lines):
        if _CONTENTS.fullmatch(compact(line.text)) and not found:
            found = _entries(lines, number + 1)
    return found


def _entries(lines: Sequence[TextLine], start: int) -> list[Promise]:
    """The entries from ``start`` on; they end where the first of them is printed again, as its own heading."""
    found: list[Promise] = []
    seen: dict[str, int] = {}
    texts = _joined(lines, start)
    for number, text, page in texts[:_MOST_ENTRIES]:
        plain = _title(text)
        if plain in seen and number - seen[plain] > 1 and len(plain) > 3:
            break
        if page is not None and page > (lines[start - 1].page or page) + (2 if found else 0):
            break
        if "，" in text or len(plain) > _LONGEST:
            break
        seen.setdefault(plain, number)
        promise = _promise(plain, page, number)
        if promise is not None:
            found.append(promise)
    return found


def _joined(lines: Sequence[TextLine], start: int) -> list[tuple[int, str, int | None]]:
    """Lines of contents, an entry broken over two lines put together where the entries are numbered."""
    joined: list[tuple[int, str, int | None]] = []
    following = [line.text.strip() for line in lines[start : start + 20]]
    numbered = sum(is_numbered(compact(text)) for text in following) * 2 >= len(following)
    for number in range(start, min(len(lines), start + 2 * _MOST_ENTRIES)):
        text = lines[number].text.strip().lstrip("-*#• ").rstrip("* ")
        if _UNIT.match(compact(text)):
            break
        if not text or re.fullmatch(r"[-—–\s\d]*", text):
            continue
        whole = not numbered or not joined or is_numbered(compact(text)) or _is_whole(joined[-1][1])
        if whole or joined[-1][2] != lines[number].page:
            joined.append((number, text, lines[number].page))
        else:
            joined[-1] = (joined[-1][0], joined[-1][1] + text, joined[-1][2])
    return joined


def _is_whole(text: str) -> bool:
    plain = _title(text)
    return (
        _FORM_TITLE.fullmatch(plain) is not None or _NARRATIVE.match(plain) is not None or bool(re.search(r"\d$", text))
    )


@functools.lru_cache(maxsize=8_192)
def _title(text: str) -> str:
    return compact(without_enumerator(_LEADER.sub("", compact(text)))).rstrip("。;；")


def _promise(title: str, page: int | None, line: int) -> Promise | None:
    if not _FORM_TITLE.fullmatch(title) or title.startswith("第") or len(title) < 4:
        return None
    form = form_of_title(title)
    if form is None and not re.search("收入|支出|收支|预算|决算|三公|绩效|采购|资产", title):
        return None
    if re.fullmatch(r".*(部门|单位)(预算|决算)(公开|报)*表|.*公开报?表", title) and form is None:
        return None
    return Promise(title, form, page, "contents", line)


def _tabled(tables: Sequence[Table], forms: Mapping[int, Form]) -> list[Promise]:
    """Titles of forms in contents that are drawn as a table."""
    found: list[Promise] = []
    for table in tables:
        if table.index in forms:
            continue
        entries = [promise for row in _rows(table) if (promise := _in_row(row, table.first_page)) is not None]
        drawn = is_contents(table) or (len(entries) >= 4 and len(entries) * 2 > table.row_count)
        if drawn:
            found.extend(entries)
    return found


def _rows(table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [rows[row] for row in sorted(rows)]


def _in_row(row: Sequence[str], page: int | None) -> Promise | None:
    for text in row:
        promise = _promise(_title(text), page, -1)
        if promise is not None:
            return promise
    return None


class _Held:
    """What the document has."""

    def __init__(
        self,
        lines: Sequence[TextLine],
        tables: Sequence[Table],
        forms: Mapping[int, Form],
        quoted: Iterable[Quoted],
        listed: set[int],
    ) -> None:
        self.lines = [line for number, line in enumerate(lines) if number not in listed]
        self.tables = [table for table in tables if not is_contents(table)]
        self.forms = forms
        self.none = {row.item for row in quoted if row.role == "amount" and row.amount == 0}

    @property
    def has_forms(self) -> bool:
        return any(form.id in AMOUNT_FORMS for form in self.forms.values())

    def match(self, promised: Sequence[Promise]) -> dict[int, Table]:
        """The table of each promise: of the same title first, then of the same form and not taken."""
        found: dict[int, Table] = {}
        taken: set[int] = set()
        for promise in promised:
            table = next((each for each in self.tables if _same_title(promise.title, each.title)), None)
            if table is not None:
                found[id(promise)] = table
                taken.add(table.index)
        for promise in promised:
            if id(promise) in found or promise.form is None:
                continue
            of_form = [each for each in self.tables if self._is_of(each, promise.form)]
            free = [each for each in of_form if each.index not in taken]
            if free or (of_form and promise.form.id.startswith("performance")):
                table = (free or of_form)[0]
                found[id(promise)] = table
                taken.add(table.index)
        return found

    def _is_of(self, table: Table, form: Form) -> bool:
        recognised = self.forms.get(table.index)
        return recognised is not None and recognised.id == form.id

    def printed_at(self, promise: Promise) -> TextLine | None:
        """A line, contents aside, that prints the title."""
        pairs = zip(self.lines, [*self.lines[1:], None], strict=True)
        return next(
            (
                line
                for line, after in pairs
                if _same_title(promise.title, line.text)
                or (after is not None and _same_title(promise.title, line.text.strip() + after.text.strip()))
            ),
            None,
        )

    def declared_none(self, form: Form | None) -> bool:
        return form is not None and any(item in self.none for item in _FUND_ITEMS.get(form.id, ()))


def _same_title(title: str, other: str | None) -> bool:
    """Titles that agree but for the year, the entity's kind, brackets and the number of the table."""
    if other is None:
        return False
    names = [_title(text) for text in (title, other)]
    if not all("(" in name for name in names):
        names = [_BRACKETED.sub("", name) for name in names]
    mine, theirs = (_UNTOLD.sub("", name) for name in names)
    return bool(mine) and mine == theirs


def _judge(promise: Promise, table: Table | None, held: _Held) -> Check:
    where = f", page {promise.page}" if promise.page is not None else ""
    form = promise.form.id if promise.form is not None else "form unknown"
    scope = f"{promise.source}{where}: {promise.title!r} ({form})"
    outcome, reason = _found(promise, table, held)
    return Check(RULE, scope, (), (), None, None, None, outcome, reason)


def _found(promise: Promise, table: Table | None, held: _Held) -> tuple[CheckOutcome, str]:
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
