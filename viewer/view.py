"""What a screen is given, and what it answers.

A screen asks ``View.ask`` for each part of its page: a named query or a statement of its own, with its parameters
bound.  The page shows the first rows of a part, its data files hold all of them, and both come from the same question.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from gongkai.archive.archive import Archive
from gongkai.queries.connection import LakeConnection
from gongkai.queries.coverage import Answer, Coverage
from gongkai.queries.named_queries import NamedQuery, named_query
from gongkai.queries.reach import Within
from gongkai.queries.sql_guard import run
from gongkai.queries.together import hold_together
from gongkai.viewer.addresses import Addresses
from gongkai.viewer.drawing import Size
from gongkai.viewer.errors import BadAddressError, NotHeldError, TooMuchError
from gongkai.viewer.gathering import Gathering
from gongkai.viewer.publications import check_moment
from gongkai.vocabulary.languages import Language

ROWS = 200
"""Rows of a part that a page shows; its data files hold all."""
_AHEAD_SECONDS = 20.0
_LONGEST = 200
"""Characters of a parameter."""

FORMS = ("csv", "xlsx", "parquet", "sql")
"""What the data of a part can be taken as."""

Row = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """One statement, its parameters, and the named query that it is, if any."""

    sql: str
    parameters: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    of: NamedQuery | None = None
    within: Within | None = None
    """The documents it is about alone; None where its SQL or its named query tells which files are needed."""


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """Rows that no statement gives: what the archive says of itself."""

    rows: pa.Table


def named(name: str, **given: object) -> Question:
    """A named query; a parameter given as None has its default.  Raises UnknownQueryError."""
    query = named_query(name)
    values = {**query.values({}), **{key: value for key, value in given.items() if value is not None}}
    return Question(query.sql, values, query)


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: the first rows of an answer, how many documents answered, and what was asked."""

    name: str
    title: str
    question: Question | Held
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    is_cut: bool
    coverage: Coverage | None

    @property
    def is_asked(self) -> bool:
        """Is there SQL that gives it?"""
        return isinstance(self.question, Question)

    @property
    def filled(self) -> tuple[str, ...]:
        """The columns that hold anything in the rows shown."""
        return tuple(name for name in self.columns if any(row[name] not in (None, "") for row in self.rows))

    def values(self, column: str) -> list[Any]:
        """The values of one column, by row."""
        return [row[column] for row in self.rows]


PageSize = Callable[[Mapping[str, Any], int], Size]
"""Measures a page of a document, by its row and the page's number.  Raises PictureError, ViewerError, ArchiveError."""


Spare = Callable[[], contextlib.AbstractContextManager[LakeConnection | None]]
"""One connection more to the publication; None where others would have to wait for it."""


@dataclasses.dataclass(slots=True)
class View:
    """One request for one screen, of one publication."""

    screen: str
    language: Language
    publication: str
    given: Mapping[str, str]
    addresses: Addresses
    archive: Archive
    lake: LakeConnection
    judgements: Path | None = None
    """Where a group keeps what it thinks of contradictions; None where there is no such file."""
    user: str = ""
    """Who looks, where a password says so."""
    form: Mapping[str, str] | None = None
    """The fields of a form that was sent; None where the page is only looked at."""
    gathering: Gathering | None = None
    page_size: PageSize | None = None
    """None where there are no pictures of pages."""
    spare: Spare | None = None
    """A second connection, for ``ahead``; None where there is none."""
    takes_data: bool = False
    """Is a data file asked for, whose parts hold more than the page shows?"""
    _ahead: dict[str, concurrent.futures.Future[Part]] = dataclasses.field(default_factory=dict)
    _interrupt_ahead: Callable[[], None] = lambda: None
    asked: dict[str, Question | Held] = dataclasses.field(default_factory=dict)
    """The questions of the parts so far, by the part's name: what a data file is made of."""

    def ahead(self, questions: Mapping[str, tuple[str, Question, int]]) -> None:
        """Have parts answered while others are asked: of each its title, its question and the most rows to show.

        ``ask`` takes them from here.  Most of a small question is DuckDB's planning, which takes one core.
        """
        stack = contextlib.ExitStack()
        lake = stack.enter_context(self.spare()) if self.spare else None
        if lake is not None:
            with contextlib.closing(_Beside(lake, stack)) as beside:
                self._ahead = {name: beside.asked(name, *each) for name, each in questions.items()}
                self._interrupt_ahead = lake.interrupt

    def read_together(self, questions: Sequence[Question]) -> None:
        """Have the rows of a named query that is asked of several places read once, before each is asked.

        Raises LakeUnusableError, StoreError.
        """
        if len(questions) > 1 and (query := questions[0].of) is not None:
            hold_together(self.lake, query, [question.parameters for question in questions])

    def ask(self, name: str, title: str, question: Question, *, most: int = ROWS) -> Part:
        """Ask a question and show it as a part; ``title`` in English.

        Raises what ``sql_guard.run`` does, TooMuchError for one asked ahead that does not come.
        """
        self.asked[name] = question
        ahead = self._ahead.pop(name, None)
        if ahead is None:
            return _answered(self.lake, name, title, question, most)
        try:
            return ahead.result(_AHEAD_SECONDS)
        except TimeoutError as error:
            self._interrupt_ahead()
            raise TooMuchError("this takes too long: choose a place or a year") from error

    def hold(self, name: str, title: str, held: Held, *, most: int = ROWS) -> Part:
        """Show rows that no statement gives as a part."""
        self.asked[name] = held
        rows, is_cut = _first(held.rows.to_reader(), most)
        return Part(name, title, held, tuple(held.rows.schema.names), rows, is_cut, None)

    def gather(self, name: str, title: str, mark: str) -> Part | None:
        """Show what is gathered from the whole archive; None while that is under way.  Raises NotHeldError."""
        if self.gathering is None:
            raise NotHeldError(f"{name!r} is not gathered here")
        rows = self.gathering.rows(name, mark)
        return None if rows is None else self.hold(name, title, Held(rows))

    def rows(self, sql: str, within: Within | None = None, /, **parameters: object) -> list[dict[str, Any]]:
        """The rows of a statement that is no part of its own, such as the choices of a field."""
        return [dict(row) for row in run(self.lake, sql, parameters, within=within).read_all().to_pylist()]

    def text(self, name: str, default: str = "") -> str:
        """A parameter of the address.  Raises BadAddressError."""
        value = self.given.get(name, default).strip()
        if len(value) > _LONGEST or not value.isprintable():
            raise BadAddressError(
                f"parameter {name!r} is too long or not printable: give at most {_LONGEST} characters"
            )
        return value

    def integer(self, name: str) -> int | None:
        """A parameter that is a whole number; None where it was not given.  Raises BadAddressError."""
        value = self.text(name)
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value):
            raise BadAddressError(f"parameter {name!r} is a whole number, not {value!r}")
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...], default: str = "") -> str:
        """A parameter that is one of a few.  Raises BadAddressError."""
        value = self.text(name, default)
        if value and value not in choices:
            raise BadAddressError(f"parameter {name!r} is one of {', '.join(choices)}, not {value!r}")
        return value

    def link(self, screen: str, **parameters: object) -> str | None:
        """The address of a screen of the same publication; None where it is not to be had."""
        return self.addresses.screen(screen, parameters)


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """A page to be written: its title, a template and what that is filled with."""

    title: str
    """In the person's language."""
    template: str
    values: Mapping[str, Any]
    citation: Mapping[str, Any] | None = None
    """Of a page about one document or number: entity, page, sha256, url, captured_at, for a citation to copy."""
    see_other: str | None = None
    """Where to go on after a form was kept."""
    changes: bool = False
    """Does it show what changes without a new publication, so that it must not be kept?"""


@dataclasses.dataclass(frozen=True, slots=True)
class Screen:
    """A kind of page.  ``show`` raises ViewerError, QueryError, ArchiveError."""

    name: str
    """In addresses."""
    title: str
    """In English, as the navigation says it."""
    show: Callable[[View], Shown]
    in_navigation: bool = True


class _Beside:
    """Questions answered one after another by a connection of their own, which ``stack`` gives back."""

    def __init__(self, lake: LakeConnection, stack: contextlib.ExitStack) -> None:
        self._lake, self._stack = lake, stack
        self._thread = concurrent.futures.ThreadPoolExecutor(1)

    def asked(self, name: str, title: str, question: Question, most: int) -> concurrent.futures.Future[Part]:
        return self._thread.submit(_answered, self._lake, name, title, question, most)

    def close(self) -> None:
        """Give the connection back when all is answered; nobody waits for that."""
        self._thread.submit(self._stack.close)
        self._thread.shutdown(wait=False)


def _answered(lake: LakeConnection, name: str, title: str, question: Question, most: int) -> Part:
    covered, moment = None, lake.manifest
    if question.of is not None:
        answer = Answer(lake, question.of, question.parameters)
        reader = answer.rows()
        rows, is_cut = _first(reader, most)
        covered = answer.coverage()
    else:
        reader = run(lake, question.sql, question.parameters, within=question.within)
        rows, is_cut = _first(reader, most)
    check_moment(lake, moment)
    return Part(name, title, question, tuple(reader.schema.names), rows, is_cut, covered)


def _first(reader: pa.RecordBatchReader, most: int) -> tuple[tuple[Row, ...], bool]:
    names = reader.schema.names
    found = (
        dict(zip(names, values, strict=True))
        for batch in reader
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    )
    rows = tuple(itertools.islice(found, most + 1))
    return rows[:most], len(rows) > most
