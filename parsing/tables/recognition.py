"""The form a table is, by its title, its indicator headings, or headings that only one form has."""

from __future__ import annotations

from gongkai.parsing.tables.form_headings import form_by_heading, is_of_part_of_year
from gongkai.parsing.tables.project_cards import is_card
from gongkai.parsing.tables.project_catalogues import is_catalogue
from gongkai.parsing.tables.project_lists import is_list
from gongkai.parsing.tables.table import Table, is_contents
from gongkai.parsing.text.amounts import compact, read_number
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.forms import AMOUNT_FORMS, GOVERNMENT_FORMS, Form, form, form_of_title
from gongkai.vocabulary.headings import meaning

_OF_WHOLE_YEARS = frozenset((*AMOUNT_FORMS, *GOVERNMENT_FORMS))


def form_of(table: Table) -> Form | None:
    """The form a table's title names; a table with indicator headings is a performance form whatever its title says."""
    if is_contents(table):
        return None
    named = form_of_title(without_enumerator(table.title)) if table.title else None
    if is_card(table) or is_list(table) or (is_catalogue(table) and (named is None or named.id not in AMOUNT_FORMS)):
        whole = named is not None and named.id == "performance_department"
        return form("performance_department" if whole else "performance_project")
    if named is not None and named.id in AMOUNT_FORMS and table.width < 2:
        return None
    by_title_or_heading = named or form_by_heading(table)
    if by_title_or_heading is None or by_title_or_heading.id not in _OF_WHOLE_YEARS:
        return by_title_or_heading
    return None if is_of_part_of_year(table) else by_title_or_heading


def has_numbers(table: Table) -> bool:
    """True for a table with a number below its heading."""
    return any(not cell.is_header and read_number(cell.text) is not None for cell in table.cells)


def has_amounts(table: Table) -> bool:
    """True for a table with a number that has decimals below its heading, rates, scores and counts aside."""
    aside = {
        column
        for column, heading in enumerate(table.headers)
        if meaning(compact(heading), "skip") in ("rate", "score", "count")
    }
    return any(
        not cell.is_header and (printed := read_number(cell.text)) is not None and printed.decimals > 0
        for cell in table.cells
        if cell.column not in aside
    )
