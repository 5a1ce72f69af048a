"""Facts that a person stated, read strictly: every key is asked for once, by type, and what is left over is an error.

Portal files are read with it (`crawler.portal.file`), and the parameters of families (`crawler.families.parameters`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.crawler.errors import PortalFileError


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
