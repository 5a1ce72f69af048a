"""The queries kept in ``named/*.sql``.

A file is a statement under a heading of comments, blank comment lines between its parts:

    -- Title in one line
    --
    -- Description, any number of lines.
    --
    -- :name type = default   what the parameter means
    --
    -- unanswered: what the documents do that have no row, after their number: print no such form

``type`` is text, integer, decimal or boolean; a default is a quoted text, a number, true, false or null.  Every
parameter has a default, so every query runs as it is.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import importlib.resources
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from gongkai.queries.errors import ParameterError, UnknownQueryError
from gongkai.queries.relations import readable
from gongkai.vocabulary.phases import NAMES, phase_named

Value = str | int | Decimal | bool | None

_UNANSWERED = "unanswered:"
_PARAMETER = re.compile(r":(\w+) (text|integer|decimal|boolean) = ('[^']*'|\S+)\s+(\S.*)")


@dataclasses.dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query: its type, its default and what it means."""

    name: str
    type: str
    default: Value
    meaning: str

    def read(self, text: str) -> Value:
        """The value a person wrote.  Raises ParameterError when it is not of the parameter's type."""
        if self.name == "phase" and text:
            if (phase := phase_named(text)) is None:
                raise ParameterError(f"{text!r} is no phase: give one of {NAMES}")
            return phase
        if self.type == "text":
            return text
        if text.lower() == "null":
            return None
        try:
            return _READERS[self.type](text)
        except (ValueError, InvalidOperation, KeyError) as error:
            raise ParameterError(f"parameter {self.name!r} is {self.type}, not {text!r}: {self.meaning}") from error


@dataclasses.dataclass(frozen=True, slots=True)
class NamedQuery:
    """A named query, ready to run."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sql: str
    unanswered: str = "have no row"
    """What is said of the documents that do not answer, after their number."""

    def values(self, given: Mapping[str, str]) -> dict[str, Value]:
        """Every parameter's value: as given, else its default.  Raises ParameterError."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                names = ", ".join(known)
                raise ParameterError(f"query {self.name!r} has no parameter {name!r}; it has {names}")
        return {
            name: parameter.read(given[name]) if name in given else parameter.default
            for name, parameter in known.items()
        }


@functools.cache
def named_queries() -> Mapping[str, NamedQuery]:
    """All of them by name, in alphabetical order."""
    folder = importlib.resources.files("gongkai.queries") / "named"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    queries = (parse(file.name.removesuffix(".sql"), file.read_text(encoding="utf-8")) for file in files)
    return {query.name: query for query in queries}


def named_query(name: str) -> NamedQuery:
    """The query of that name.  Raises UnknownQueryError, naming the nearest ones, or how to ask a table or view."""
    queries = named_queries()
    if name not in queries and name.lower() in readable():
        how = f'gongkai query "SELECT * FROM {name} LIMIT 20"'  # noqa: S608 - a hint, never run
        raise UnknownQueryError(f"{name!r} is a table or view, no named query; ask it in SQL: {how}")
    if name not in queries:
        near = difflib.get_close_matches(name, queries, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "gongkai query lists them"
        raise UnknownQueryError(f"there is no named query {name!r}: {hint}")
    return queries[name]


def parse(name: str, sql: str) -> NamedQuery:
    """Read a query's heading.  Raises ValueError naming the file when the heading is not of the form above."""
    heading = [line.removeprefix("--").strip() for line in _heading(sql)]
    if not heading or not heading[0]:
        raise ValueError(f"named query {name!r} does not start with a title in a comment")
    parameters = [line for line in heading if line.startswith(":")]
    unanswered = [line.removeprefix(_UNANSWERED).strip() for line in heading if line.startswith(_UNANSWERED)]
    description = " ".join(line for line in heading[1:] if line and not line.startswith((":", _UNANSWERED)))
    query = NamedQuery(name, heading[0], description, tuple(_parameter(name, line) for line in parameters), sql)
    return dataclasses.replace(query, unanswered=unanswered[0]) if unanswered else query


def _heading(sql: str) -> list[str]:
    lines = sql.splitlines()
    end = next((at for at, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return lines[:end]


def _parameter(query: str, line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None:
        raise ValueError(f"named query {query!r} has an unreadable parameter line {line!r}")
    name, kind, default, meaning = found.groups()
    parameter = Parameter(name, kind, None, meaning)
    value = default[1:-1] if default.startswith("'") else parameter.read(default)
    return dataclasses.replace(parameter, default=value)


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


_READERS: dict[str, Callable[[str], Value]] = {"integer": int, "decimal": _decimal, "boolean": _boolean}
