"""Facts read strictly from a mapping: every key is asked for once, by type, and what is left over is an error.

Portal files are read with it, and the parameters of the families: a family declares a frozen dataclass derived from
`Parameters`, and `read_parameters` fills it by the types of its fields.
"""

from __future__ import annotations

import dataclasses
import difflib
import enum
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from gongkai.crawler.errors import PortalFileError

REFUSAL = "refusal"


def closest(name: str, names: Iterable[str]) -> list[str]:
    """Up to three of the names that are spelt like this one."""
    return difflib.get_close_matches(name, list(names), n=3, cutoff=0.6)


class Facts:
    """A mapping being read.  Every method raises PortalFileError for a value of another type than it reads."""

    def __init__(self, source: str, values: object, prefix: str = "") -> None:
        if not isinstance(values, Mapping):
            place = f" at {prefix.rstrip('.')!r}" if prefix else ""
            raise PortalFileError(f"{source}: expected keys with values{place}, not {values!r}.")
        self.source, self.prefix = source, prefix
        self.values: dict[Any, Any] = dict(values)

    def refuse(self, key: str, value: object, wanted: str) -> PortalFileError:
        return PortalFileError(f"{self.source}: {self.prefix}{key} is {value!r}; it must be {wanted}.")

    def need(self, key: str) -> Any:
        if self.values.get(key) is None:
            raise PortalFileError(f"{self.source}: the key {self.prefix + key!r} is missing; every portal states it.")
        return self.values.pop(key)

    def text(self, key: str, pattern: re.Pattern[str] | None = None, wanted: str = "a text in quotes") -> str | None:
        value = self.values.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or (pattern and not pattern.fullmatch(value)):
            raise self.refuse(key, value, wanted)
        return value.strip()

    def needed_text(self, key: str, pattern: re.Pattern[str] | None = None, wanted: str = "a text in quotes") -> str:
        self.values[key] = self.need(key)
        return self.text(key, pattern, wanted) or ""

    def number(self, key: str) -> float | None:
        value = self.values.pop(key, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
            raise self.refuse(key, value, "a number of seconds, 0 or more")
        return None if value is None else float(value)

    def count(self, key: str) -> int | None:
        value = self.values.pop(key, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise self.refuse(key, value, "a whole number, 0 or more")
        return value

    def flag(self, key: str) -> bool:
        value = self.values.pop(key, False)
        if not isinstance(value, bool):
            raise self.refuse(key, value, "true or false")
        return value

    def group(self, key: str) -> Facts:
        return Facts(self.source, self.values.pop(key, None) or {}, f"{self.prefix}{key}.")

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts; None when the key is absent."""
        values = self.values.pop(key, None)
        if values is None:
            return None
        if not isinstance(values, list) or not values or not all(isinstance(one, str) and one for one in values):
            raise self.refuse(key, values, "a list of texts in quotes")
        return tuple(values)

    def finish(self, known: Iterable[str]) -> None:
        """Refuse what was not asked for; `known` are the keys that a misspelt one may have meant."""
        for key, value in self.values.items():
            close = f"; did you mean {near[0]!r}?" if (near := closest(str(key), known)) else "."
            raise PortalFileError(f"{self.source}: the key {self.prefix}{key} ({value!r}) is not known{close}")


# --- parameters of a family -------------------------------------------------------------------------------------------


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
    """What a portal file may state for every family, as CSS selectors.

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
