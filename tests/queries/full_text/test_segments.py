"""The segments of the index: what a publication writes, what is passed over, and answers over all of them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.store import RootUnusableError
from gongkai.queries.full_text import building, finding, passages
from gongkai.queries.full_text.compared import words_of
from gongkai.queries.full_text.finding import Answer, Question
from gongkai.queries.full_text.folder import IndexFolder
from gongkai.queries.full_text.index import Index, folders
from gongkai.queries.full_text.search import search, search_standing, standing
from gongkai.queries.full_text.statement import Segment, Shard, Statement
from tests.queries.full_text.test_search import lake_of
from tests.queries.small_lake import FINAL, HEBEI, HENAN, Row, write_lake

YEARS, DEPARTMENTS, CITIES = (2023, 2024, None), ("教育", "民政"), ("甲市", "乙市")
ALL = 10_000

Texts = dict[tuple[int | None, str, str], list[str]]
"""The sections of a lake by year, department and city."""


def write(store: DirectoryStore, texts: Texts, province: str = "河北省") -> None:
    documents, sections = list[Row](), list[Row]()
    for number, ((year, department, city), of_document) in enumerate(texts.items()):
        partition = {"province": province, "year": year, "department": department}
        sha256 = f"{number:064x}"
        documents.append({"sha256": sha256, "entity": f"{city}局", "city": city, "phase": "approved", **partition})
        sections += [
            {"document_sha256": sha256, "text": text, "section_index": at, **partition}
            for at, text in enumerate(of_document)
        ]
    write_lake(store, {"documents": documents, "sections": sections})


def asked(store: DirectoryStore, words: str, **filters: Any) -> Answer:
    return search(store, Question(words_of(words), **{"limit": ALL, **filters}))


def found(answer: Answer) -> list[str]:
    assert answer.total == len(answer.hits)
    return [hit.passage for hit in answer.hits]


def segments(store: DirectoryStore) -> tuple[Segment, ...]:
    stated = IndexFolder(folders(store)[0]).current()
    assert stated is not None
    return tuple(stated.segments)


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "档案")


LAKES = st.lists(
    st.dictionaries(
        st.tuples(*map(st.sampled_from, (YEARS, DEPARTMENTS, CITIES))),
        st.lists(st.sampled_from(["三公", "三”公", "公三，三公", "公"]), max_size=3),
        max_size=8,
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=6)
@given(LAKES, st.sampled_from([1, 4_000, 100_000_000]), st.sampled_from([0, 256]))
def test_answers_over_segments_are_those_of_the_lake(
    tmp_path_factory: pytest.TempPathFactory, lakes: list[Texts], full: int, few: int
) -> None:
    store = DirectoryStore(tmp_path_factory.mktemp("lake"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "FULL", full)
        patched.setattr(finding, "_FEW", few)
        for texts in lakes:
            write(store, texts)
            for words, holding in (("三公", ["三公", "三”公", "公三，三公"]), ('"三公"', ["三公", "公三，三公"])):
                for year, department, city in [("", "", ""), (2024, "", ""), ("", "教育", ""), ("", "民政", "乙市")]:
                    expected = [
                        text
                        for of, each in texts.items()
                        for text in each
                        if text in holding
                        and all(a in ("", b) for a, b in zip((year, department, city), of, strict=True))
                    ]
                    answer = asked(store, words, year=year or None, department=department, place=city)
                    assert sorted(found(answer)) == sorted(expected)
                    years = [hit.year or 0 for hit in answer.hits]
                    assert years == sorted(years, reverse=True)


def test_a_publication_writes_the_partitions_it_changed(store: DirectoryStore) -> None:
    texts: Texts = {(year, department, "甲市"): ["一个词"] for year in YEARS for department in DEPARTMENTS}
    write(store, texts)
    assert asked(store, "词").total == 6
    (whole,) = segments(store)
    told: list[str] = []
    write(store, {**texts, (2024, "教育", "甲市"): ["新词"]})
    Index(store, lambda _: None, told.append).opened()
    first, second = segments(store)
    assert told == ["province=河北省/year=2024/department=教育"]
    assert (first.index, len(first.dead), second.years, second.dead) == (whole.index, 1, (2024,), ())
    assert sorted(found(asked(store, "词"))) == ["一个词"] * 5 + ["新词"]


def test_segments_stay_few_and_few_are_opened(store: DirectoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: Texts = {(year, "教育", "甲市"): ["词"] for year in range(2000, 2017)}
    for number in range(1, len(texts) + 1):
        write(store, dict(list(texts.items())[:number]))
        Index(store, lambda _: None).opened()
    assert len(segments(store)) <= 5
    assert asked(store, "词").total == len(texts)
    opened: list[Segment] = []
    original = IndexFolder.opened

    def opening(self: IndexFolder, segment: Segment) -> sqlite3.Connection:
        opened.append(segment)
        return original(self, segment)

    monkeypatch.setattr(IndexFolder, "opened", opening)
    assert asked(store, "词", year=2016).total == 1
    assert all(2016 in segment.years for segment in opened)
    assert len(list(folders(store)[0].glob("*.sqlite"))) == len(segments(store))


def test_a_segment_mostly_passed_over_is_written_anew(store: DirectoryStore) -> None:
    texts: Texts = {(year, "教育", "甲市"): ["词"] for year in range(2000, 2006)}
    write(store, texts)
    Index(store, lambda _: None).opened()
    (before,) = segments(store)
    write(store, dict(list(texts.items())[:2]))
    assert asked(store, "词").total == 2
    (after,) = segments(store)
    assert after.index != before.index
    assert after.dead == ()


def test_of_a_damaged_segment_alone_the_lake_is_read_again(store: DirectoryStore) -> None:
    texts: Texts = {(year, department, "甲市"): ["词"] for year in YEARS for department in DEPARTMENTS}
    write(store, texts)
    Index(store, lambda _: None).opened()
    write(store, {**texts, (2024, "教育", "甲市"): ["新词"]})
    Index(store, lambda _: None).opened()
    second = segments(store)[1]
    (folders(store)[0] / f"{second.index}.sqlite").unlink()
    told: list[str] = []
    Index(store, lambda _: None, told.append).opened()
    assert told == ["province=河北省/year=2024/department=教育"]
    assert asked(store, "词").total == 6


def test_an_index_that_cannot_be_written_is_gone_on_with_in_the_cache(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GONGKAI_CACHE", str(tmp_path / "cache"))
    texts: Texts = {(year, department, "甲市"): ["词"] for year in YEARS for department in DEPARTMENTS}
    write(store, texts)
    Index(store, lambda _: None).opened()
    write(store, {**texts, (2024, "教育", "甲市"): ["新词"]})
    original = DirectoryStore.lock_file

    def lock_file(self: DirectoryStore, name: str) -> Path:
        if "档案" in self.url:
            raise RootUnusableError(f"{self.url!r} does not permit {name!r}")
        return original(self, name)

    monkeypatch.setattr(DirectoryStore, "lock_file", lock_file)
    told: list[str] = []
    shown = Index(store, lambda _: None, told.append).opened()
    assert told == ["province=河北省/year=2024/department=教育"]
    assert shown.folder.path == folders(store)[1]
    assert sorted(found(asked(store, "词"))) == ["新词", *["词"] * 5]


def test_hits_are_counted_although_another_index_took_its_place(store: DirectoryStore) -> None:
    write(store, {(2024, "教育", "甲市"): ["词一", "词二", "词三"]})
    answer = asked(store, "词", limit=1)
    write(store, {(2024, "教育", "甲市"): ["词一", "词二"]})
    asked(store, "词")
    assert answer.total == 2
    assert len(answer.hits) == 1


def test_what_is_stated_is_loaded_as_it_was() -> None:
    stated = Statement("标", ()).with_shard(
        Shard(None, "p", (Segment("a", "m", (None, 2024), (1, 2)), Segment("b", "n", ())))
    )
    assert Statement.load(stated.dump()) == stated
    assert stated.without({"a"}).pieces == {None: ""}
    assert stated.with_marks({"b": "o"}).segments[1].mark == "o"


def test_what_stands_is_searched_and_what_is_lacking_named(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "就业"), (HENAN, "就业"), (FINAL, "就业")]))
    question = Question(words_of("就业"))

    assert search_standing(store, question)[1].lacking == {"河北省", "河南省", None}
    Index(store, print, place="河南省/某市").opened()
    answer, index = search_standing(store, question)
    assert [hit.document_sha256 for hit in answer.hits] == [HENAN]
    assert answer.total == 1
    assert index.current == {"河南省"}
    assert not index.earlier
    assert index.lacking == {"河北省", None}
    assert search_standing(store, Question(words_of("就业"), "河南省/某市"))[1].is_whole
    assert search(store, question).total == 3
    assert standing(store).is_whole


def test_a_province_of_an_earlier_publication_is_searched_and_named(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "就业"), (HENAN, "就业")]))
    Index(store, print).opened()
    write_lake(store, lake_of(sections=[(HEBEI, "就业"), (HENAN, "新的文字")]))

    answer, index = search_standing(store, Question(words_of("就业")))

    assert {hit.document_sha256 for hit in answer.hits} == {HEBEI, HENAN}
    assert "河北省" in index.current
    assert index.earlier == {"河南省"}
    assert not index.is_whole


def test_what_is_searched_of_cells_does_not_depend_on_how_many_are_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [(sha256, text) for text in ("合计", "", "合 计", "合计", "教育", "合计") for sha256 in (HEBEI, HENAN)]
    indexes = []
    for at_once in (1, 20_000):
        monkeypatch.setattr(passages, "_BATCH", at_once)
        store = DirectoryStore(tmp_path / str(at_once))
        write_lake(store, lake_of(cells=cells))
        indexes.append([segment.index for segment in Index(store, print).opened().segments])
        hits = search(store, Question(words_of("合计"))).hits
        assert sorted(hit.place.table_index or 0 for hit in hits) == [0, 1, 4, 5]

    assert indexes[0] == indexes[1]
