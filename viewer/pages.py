"""Templates, and how values are written in them: money with its fen, codes with their Chinese, hashes short."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import jinja2
from markupsafe import Markup

from gongkai.queries.comments import comment
from gongkai.queries.printable import printable
from gongkai.queries.values import text_of
from gongkai.viewer.addresses import SCRIPT, STYLE, Addresses
from gongkai.viewer.view import FORMS, Part, Row, Screen, Shown, View
from gongkai.vocabulary.glossary import heading, values_of
from gongkai.vocabulary.languages import Language, said, speaks_chinese

_HASHES = ("sha256", "document_sha256", "budget_document", "last_year_document", "document")
_PLAIN = ("year", "earliest_year", "latest_year", "page", "table_index", "row_index", "column_index")
"""Whole numbers that are no quantities and have no separators."""
_LEADING = {"line_item_id": ("document", "item"), "run": ("run", "run"), "path": ("place", "place")}
"""Columns whose values are the only parameter of a screen."""
_MISSING = "–"


@dataclasses.dataclass(frozen=True, slots=True)
class Around:
    """What stands around every page."""

    screens: Sequence[Screen]
    newest: str
    """The newest publication; the page says so where it shows an earlier one."""
    asked_for: str = ""
    """The publication that an address named and that is held no more."""
    is_served: bool = True
    """False on pages written to files, which have no forms."""


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("gongkai.viewer"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = said
    for name, written_as in _FILTERS.items():
        environment.filters[name] = _when_written(written_as)
    return environment


def _when_written(written_as: Callable[..., object]) -> Callable[..., object]:
    """A filter that Jinja does not work out when it compiles a template, in the language of the first page."""

    def filtered(_: jinja2.runtime.Context, *values: object) -> object:
        return written_as(*values)

    return jinja2.pass_context(filtered)


def prepare() -> None:
    """Compile every template beside what else is done: it takes half the time of the first page otherwise."""
    environment = _environment()  # made here, since two threads at once would make two of them

    def compile_all() -> None:
        for name in environment.list_templates(extensions=["html"]):
            environment.get_template(name)

    threading.Thread(target=compile_all, daemon=True).start()


def written(view: View, shown: Shown, around: Around) -> str:
    """A page as HTML."""
    return (
        _environment()
        .get_template(shown.template)
        .render(**shown.values, view=view, shown=shown, **_beside(view.addresses, view.language, around, view))
    )


def told(language: Language, addresses: Addresses, around: Around, *, title: str, sentence: str) -> str:
    """A page that says one thing: what is wrong, or that nothing is there."""
    template = _environment().get_template("told.html")
    shown = Shown(title, "told.html", {})
    return template.render(shown=shown, sentence=sentence, view=None, **_beside(addresses, language, around, None))


def refused(language: Language, sentence: str) -> str:
    """A page that says why a request was not let through; it stands alone, since nothing is read for it."""
    return _environment().get_template("refused.html").render(language=language, sentence=sentence, style=STYLE)


def _beside(addresses: Addresses, language: Language, around: Around, view: View | None) -> Mapping[str, Any]:
    other = addresses.other_language(view.screen, view.given) if view else None
    return {
        "addresses": addresses,
        "language": language,
        "around": around,
        "other_language": other,
        "style": addresses.static(STYLE),
        "script": addresses.static(SCRIPT),
        "data_forms": FORMS,
        "link_of": functools.partial(link_of, addresses),
    }


def money(value: Decimal | None) -> str:
    """Yuan with thousands separators, to the fen."""
    return _MISSING if value is None else f"{value:,.2f}"


def short(digest: str) -> str:
    """The digits of a hash that a person compares."""
    return digest[:12]


def heading_of(column: str) -> str:
    """What stands over a column."""
    spaced = column.replace("_", " ")
    if not speaks_chinese():
        return spaced
    told = heading(column)
    return said(spaced) if told == column else told


def meaning_of(part: Part, column: str) -> str:
    """What a column holds, where the lake says it."""
    return next(filter(None, (comment(name, column) for name in ("document_totals", "documents", "amounts"))), "")


def words(value: object, column: str) -> str:
    """A value as text in the person's language; ``column`` tells which closed values it may be."""
    if value is None:
        return _MISSING
    if isinstance(value, bool):
        return said("yes") if value else said("no")
    if isinstance(value, Decimal | int):
        return str(value) if column in _PLAIN and isinstance(value, int) else f"{value:,}"
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return printable(_in_words(value, column) if isinstance(value, str) else text_of(value))


def _in_words(value: str, column: str) -> str:
    if column in _HASHES:
        return short(value)
    if speaks_chinese():
        return values_of(column).get(value, value)
    return value.replace("_", " ") if value in values_of(column) else value


def is_number(value: object) -> bool:
    """Is it written at the right of its column?"""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def link_of(addresses: Addresses, row: Row, column: str) -> str | None:
    """Where a value of a row leads: a document, a number's place, a department."""
    value = row[column]
    if not value:
        return None
    if column in _HASHES and isinstance(value, str):
        return addresses.screen("document", {"sha256": value, **_place_on_it(row)})
    if column in _LEADING:
        screen, parameter = _LEADING[column]
        return addresses.screen(screen, {parameter: value})
    if column == "entity":
        place = "/".join(str(row[name]) for name in ("province", "city", "county") if row.get(name))
        return addresses.screen("department", {"entity": value, "place": place})
    return None


def _place_on_it(row: Row) -> Mapping[str, object]:
    """The cell of a document that a row is about, where it names one."""
    names = {"table": "table_index", "row": "row_index", "column": "column_index"}
    return {name: row[of] for name, of in names.items()} if all(of in row for of in names.values()) else {}


_FILTERS: Mapping[str, Callable[..., object]] = {
    "money": money,
    "words": words,
    "heading": heading_of,
    "meaning": meaning_of,
    "number": is_number,
    "short": short,
}


def markup(text: str) -> Markup:
    """HTML or SVG of our own making, in which every value was escaped."""
    return Markup(text)  # noqa: S704 - the one door through which it goes
