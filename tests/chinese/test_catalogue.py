"""Whatever a person is told has its Chinese: a new text fails here by name until ``vocabulary/chinese.csv`` has it."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping

import duckdb
import pytest

from gongkai.archive.capture import Outcome, Role
from gongkai.archive.fixity import Problem
from gongkai.commands.portals import _PLACES, _PORTALS
from gongkai.commands.quality import _CHANGES
from gongkai.commands.sign import _STATEMENTS
from gongkai.commands.status import _STATUS
from gongkai.commands.vocabulary import _PROPOSALS
from gongkai.crawler.portal.health import STATES
from gongkai.crawler.registry.places import State
from gongkai.lake import rows
from gongkai.lake.schema import TABLES
from gongkai.queries.full_text import rows as full_text
from gongkai.queries.full_text.tables import KINDS
from gongkai.queries.named_queries import named_queries
from gongkai.queries.quality import VERDICTS
from gongkai.queries.relations import create_relations
from gongkai.verification_answers import NOT_READ, VERIFICATIONS
from gongkai.vocabulary.glossary import HEADING, heading, terms, values_of
from gongkai.vocabulary.languages import in_chinese
from gongkai.vocabulary.loading import load
from gongkai.vocabulary.stated_items import CLASSES, stated_items
from tests.chinese import said_texts
from tests.test_documentation import issue_kinds, rules

CATALOGUE = {row["english"]: row["chinese"] for row in load("chinese.csv", ("english", "chinese"), ("english",))}
GATHERED = (
    said_texts.help_texts,
    said_texts.query_texts,
    said_texts.lake_texts,
    said_texts.messages,
    said_texts.reasons,
)


@pytest.mark.parametrize("gather", GATHERED, ids=lambda gather: gather.__name__)
def test_every_text_has_its_chinese(gather: Callable[[], Mapping[str, str]]) -> None:
    texts = gather()
    assert len(texts) > 100
    assert {text: where for text, where in texts.items() if " ".join(text.split()) not in CATALOGUE} == {}


def test_the_chinese_has_a_place_for_every_value() -> None:
    for text, chinese in CATALOGUE.items():
        values = [f"value {number}" for number in range(text.count("{}"))]
        filled = chinese.format(*values) if values else chinese
        assert [value for value in values if value not in filled] == [], text


def closed_values() -> Iterator[tuple[str, str]]:
    """Columns and each value they may hold."""
    for annotation in typing.get_type_hints(rows.Rows).values():
        (row,) = typing.get_args(annotation)
        for column, kind in typing.get_type_hints(row).items():
            yield from ((column, value) for value in _literals(kind))
    enums = {"outcome": Outcome, "role": Role, "problem": Problem, "state": State}
    yield from ((column, each.value) for column, enum in enums.items() for each in enum)
    yield from (("state", each) for each in STATES)
    yield from (("verdict", each) for each in VERDICTS)
    yield from (("end", each) for each in ("whole", "time", "stopped"))
    yield from (("item", each) for each in (*(item.id for item in stated_items()), *CLASSES))
    yield from (("kind", each) for each in (*issue_kinds(), *KINDS))
    yield from (("rule", each) for each in rules())


def _literals(annotation: object) -> Iterator[str]:
    if typing.get_origin(annotation) is typing.Literal:
        yield from (str(each) for each in typing.get_args(annotation))
    else:
        for each in typing.get_args(annotation):
            yield from _literals(each)


def test_every_closed_value_has_its_chinese() -> None:
    values = set(closed_values())
    assert len(values) > 200
    assert sorted(f"{column} {value}" for column, value in values if value not in values_of(column)) == []


def headings() -> Iterator[str]:
    for table in TABLES.values():
        yield from (column.name for column in table.columns)
    with duckdb.connect() as connection:
        create_relations(connection, lambda _: (), uniform=True)
        sql = "SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal"
        yield from (str(name) for (name,) in connection.execute(sql).fetchall())
        for query in named_queries().values():
            values = {name: value for name, value in query.values({}).items() if f"${name}" in query.sql}
            answer = connection.execute(f"SELECT * FROM ({query.sql}\n) LIMIT 0", values)  # noqa: S608 - queries of our own
            yield from (str(column[0]) for column in answer.description)
    yield from full_text.SCHEMA.names
    for columns in (_STATUS, _CHANGES, _PORTALS, _PLACES, _PROPOSALS, _STATEMENTS, VERIFICATIONS, NOT_READ):
        yield from columns


def test_every_column_has_its_heading() -> None:
    assert sorted({name for name in headings() if heading(name) == name}) == []


def test_no_two_columns_have_one_heading() -> None:
    names = [term.chinese for term in terms() if HEADING in term.columns]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_a_term_has_one_name_in_a_column() -> None:
    held = [(column, term.term) for term in terms() for column in term.columns]
    assert sorted({each for each in held if held.count(each) > 1}) == []
    said = [(term.term, term.chinese) for term in terms() if HEADING not in term.columns]
    assert len(said) == len(set(said))


def test_what_the_glossary_explains_it_explains_in_both_languages() -> None:
    assert [term.term for term in terms() if bool(term.meaning) != bool(term.chinese_meaning)] == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("everything was done", "全部完成"),
        ("there is no named query 'x': did you mean y?", "没有名为 'x' 的查询：您要找的是 y 吗？"),
        (
            "'x' is a table or view, no named query; ask it in SQL: gongkai query \"SELECT * FROM x LIMIT 20\"",
            "'x' 是表或视图，不是命名查询；用 SQL 查询：gongkai query \"SELECT * FROM x LIMIT 20\"",
        ),
        ("gongkai: 'a' is not in 'b'", "gongkai: 'a' 不在 'b' 中"),
        ("captured 3 · unchanged 0 · refused 1", "已存 3 · 未变 0 · 被拒绝 1"),
        ("another process holds the lock 'x' of 'y'", "另一个进程持有 'y' 的锁 'x'"),
        ("  everything was done\n", "  全部完成\n"),
        ("三公经费", "三公经费"),
        ("words of a library that nobody translated", "words of a library that nobody translated"),
        ("", ""),
    ],
)
def test_texts_in_chinese(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


def test_a_column_named_by_a_value_of_another_is_told() -> None:
    assert values_of("revenue_from")["balance"] == "收支总表"
    assert values_of("status")["confirmed"] == "已印证"
    assert values_of("status")["partial"] == "部分解析"
    assert values_of("label") == {}
