"""A family's parameters, as portals' files state them: a frozen dataclass, read strictly by the types of its fields."""

from __future__ import annotations

import dataclasses
import enum
import re
import typing
from collections.abc import Callable
from typing import Any, TypeVar

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from gongkai.crawler.facts import Facts

REFUSAL = "refusal"
"""The key in its `metadata` under which a field keeps the function that refuses unsuitable values."""


def accepting(refusal: Callable[[Any], str | None], default: Any = None) -> Any:
    """A field whose value must pass: `refusal` says what it must be, or None for a value that is fine."""
    return dataclasses.field(default=default, metadata={REFUSAL: refusal})


def _no_selector(value: str) -> str | None:
    try:
        CSSSelector(value)
    except SelectorError as error:
        return f"a CSS selector ({error})"
    return None


def _no_pattern(value: str) -> str | None:
    try:
        re.compile(value)
    except re.error as error:
        return f"a regular expression ({error})"
    return None


def selector() -> Any:
    """An optional field that holds a CSS selector."""
    return accepting(_no_selector)


def pattern() -> Any:
    """An optional field that holds a regular expression."""
    return accepting(_no_pattern)


def one_of(*values: object, default: Any = None) -> Any:
    """A field that holds one of a few values."""
    return accepting(lambda value: None if value in values else " or ".join(map(str, values)), default)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters of every family, all CSS selectors.

    `row` is a row of the listing, dated or not; without it a row is what has a link and a date.  `body` is the part of
    an article that holds its files; without it the whole page is read.  `column_links` are links of a listing page that
    lead to further columns (tabs of years, a list of departments); without it none are followed.
    """

    row: str | None = selector()
    body: str | None = selector()
    column_links: str | None = selector()


P = TypeVar("P", bound=Parameters)


def read_parameters(kind: type[P], facts: Facts) -> P:
    """Fill a family's parameters from its keys, by the types of its fields: text, whole number, true or false, one of
    an enumeration's values, a list of texts, or one of these or None.  A field without a default is needed.

    Raises PortalFileError for a missing, unknown or unsuitable value.
    """
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    values = {field.name: _read_field(facts, field, hints[field.name]) for field in fields}
    facts.finish(field.name for field in fields)
    return kind(**{name: value for name, value in values.items() if value is not None})


def _read_field(facts: Facts, field: dataclasses.Field[Any], hint: Any) -> Any:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        facts.values[field.name] = facts.need(field.name)
    value = _typed(facts, field.name, hint)
    refusal = field.metadata.get(REFUSAL)
    if value is not None and refusal and (wanted := refusal(value)):
        raise facts.refuse(field.name, value, wanted)
    return value


def _typed(facts: Facts, key: str, hint: Any) -> Any:
    kind = next((one for one in typing.get_args(hint) if one is not type(None)), hint)
    if typing.get_origin(hint) is tuple:
        return facts.texts(key)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _choice(facts, key, kind)
    if kind is bool:
        return facts.flag(key) if key in facts.values else None
    if kind is int:
        return facts.count(key)
    if kind is str:
        return facts.text(key)
    raise TypeError(f"The parameter {key!r} has the type {hint!r}, which portal files cannot state.")


def _choice(facts: Facts, key: str, kind: type[enum.Enum]) -> enum.Enum | None:
    text = facts.text(key)
    if text is None:
        return None
    try:
        return kind(text)
    except ValueError as error:
        raise facts.refuse(key, text, " or ".join(member.value for member in kind)) from error
