"""The language in which a person is spoken to: English, or Chinese.

The code says every text once, in English.  ``chinese.csv`` holds what is said in its place in Chinese: of whole texts,
of what stands between ``·``, and of messages, where ``{}`` stands for each value that the code puts in.  ``{1}`` in the
Chinese is the second of them, where its order is another one.  What the list does not have is said in English.

The list is read when the first text is said in Chinese; who speaks English never waits for it.
"""

from __future__ import annotations

import contextlib
import contextvars
import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

from gongkai.vocabulary.loading import load

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
VARIABLE = "GONGKAI_LANG"
"""The setting that chooses the language, before what the machine's locale says."""
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclasses.dataclass(slots=True)
class _Spoken:
    language: Language = "en"
    is_asked_for: bool = False


_spoken = _Spoken()
_here: contextvars.ContextVar[Language | None] = contextvars.ContextVar("language", default=None)
"""The language of one request, where several are answered at once."""


def speak(language: Language, *, is_asked_for: bool = False) -> None:
    """Say everything in a language from now on; ``is_asked_for`` where the person named it, not only the locale."""
    _spoken.language, _spoken.is_asked_for = language, is_asked_for


@contextlib.contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language inside, in this thread or task alone."""
    before = _here.set(language)
    try:
        yield
    finally:
        _here.reset(before)


def speaks_chinese() -> bool:
    return (_here.get() or _spoken.language) == "zh"


def is_asked_for() -> bool:
    """Was the language named by an option or ``GONGKAI_LANG``, so that files for other programs follow it too?"""
    return _spoken.is_asked_for


def choose(named: str | None, environment: Mapping[str, str]) -> None:
    """Speak the language that an option names, else the setting, else the locale."""
    asked = named or environment.get(VARIABLE)
    locale = next(filter(None, map(environment.get, _LOCALE)), "")
    speak("zh" if (asked or locale).startswith("zh") else "en", is_asked_for=bool(asked))


def said(text: str) -> str:
    """A text as the person is told it."""
    return in_chinese(text) if speaks_chinese() else text


def in_chinese(text: str) -> str:
    """A text in Chinese, as far as ``chinese.csv`` has it; blanks around it are kept."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return text[:start] + _inner(inner) + text[start + len(inner) :]


def _inner(text: str) -> str:
    whole = _texts().get(text) or _filled_in(text)
    if whole is not None:
        return whole
    for separator in ("\n", " · "):
        if separator in text:
            return separator.join(map(in_chinese, text.split(separator)))
    head, found, tail = text.partition(": ")
    told = in_chinese(head) if found else head
    return f"{told}{found if told == head else '：'}{in_chinese(tail)}" if found else text


def _filled_in(text: str) -> str | None:
    """The Chinese of a message with its values; those that are phrases are said in Chinese themselves."""
    for template in _templates():
        if (values := template.values(text)) is not None:
            return template.chinese.format(*map(_value, values))
    return None


def _value(text: str) -> str:
    return in_chinese(text) if " " in text and text[:1] not in "'\"" else text


_FEW_LETTERS = 7
"""A message with fewer letters of its own, such as ``{} of {}``, takes values without blanks alone."""


class _Template:
    """A message with places for values; its pattern is compiled when a text has all its words."""

    def __init__(self, english: str, chinese: str) -> None:
        self._parts = english.split("{}")
        self.chinese = chinese
        self.letters = sum(map(len, self._parts))
        self._value = r"(\S*?)" if sum(map(str.isalpha, "".join(self._parts))) < _FEW_LETTERS else "(.*?)"

    def values(self, text: str) -> Sequence[str] | None:
        if not (text.startswith(self._parts[0]) and text.endswith(self._parts[-1])):
            return None
        if any(part not in text for part in self._parts):
            return None
        found = re.fullmatch(self._value.join(map(re.escape, self._parts)), text, re.DOTALL)
        return found and found.groups()


@functools.cache
def _texts() -> Mapping[str, str]:
    return {row["english"]: row["chinese"] for row in load("chinese.csv", ("english", "chinese"), ("english",))}


@functools.cache
def _templates() -> Sequence[_Template]:
    """The messages with values, those with most words of their own first."""
    templates = [_Template(english, chinese) for english, chinese in _texts().items() if "{}" in english]
    return sorted(templates, key=lambda template: -template.letters)
