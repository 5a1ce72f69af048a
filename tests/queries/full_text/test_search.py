"""The full text: equal to looking at every text, in line with the lake, and never from a damaged index."""

from __future__ import annotations

import contextlib
import itertools
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.roots import open_store
from gongkai.archive.store import RootUnusableError, Store
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.full_text.compared import Word, words_of
from gongkai.queries.full_text.finding import Answer, Question
from gongkai.queries.full_text.folder import IndexFolder
from gongkai.queries.full_text.index import Index, folders
from gongkai.queries.full_text.search import search
from gongkai.queries.full_text.segment import Draft
from gongkai.queries.full_text.tables import PASSAGES_OF_A_BLOCK
from tests.queries.small_lake import FINAL, HEBEI, HENAN, Row, write_lake

PLACES = {HEBEI: ("河北省", 2025, "教育"), HENAN: ("河南省", 2024, "教育"), FINAL: (None, None, None)}
ALL = 10_000


def lake_of(**texts: Any) -> dict[str, list[Row]]:
    """A lake of three documents with these texts by table: ``sections=[(document, text), …]``."""
    documents = [
        {"sha256": sha256, "entity": f"{sha256[0]}局", "city": "某市", "phase": "approved", "title": None}
        for sha256 in PLACES
    ]
    tables: dict[str, list[Row]] = {"documents": documents}
    columns = {"sections": "text", "cells": "text", "projects": "project_name", "indicators": "target"}
    for table, rows in texts.items():
        tables[table] = [
            {"document_sha256": sha256, columns[table]: text, "section_index": at, "table_index": at, "page": at + 1}
            for at, (sha256, text) in enumerate(rows)
        ]
    keys = ("province", "year", "department")
    return {
        table: [
            {**row, **dict(zip(keys, PLACES[row.get("sha256") or row["document_sha256"]], strict=True))} for row in rows
        ]
        for table, rows in tables.items()
    }


def asked(store: Store, words: str | list[Word], **filters: Any) -> Answer:
    wanted = words_of(words) if isinstance(words, str) else words
    return search(store, Question(wanted, **{"limit": ALL, **filters}))


def passages(answer: Answer) -> list[str]:
    assert answer.total == len(answer.hits)
    return [hit.passage for hit in answer.hits]


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "档案")


CHARACTERS = [
    *"三公经费减少abAB1１Ａﬁ㎡①é가ｶﾞ",
    *" \n\t\u3000\x1c\x85\"*^():-+，。“”——％≥%'{}~",
    *"\u0301\u200b\u0000\u007f\u3099",
    *"\U00020bb7\U0002a6a5\U0001f600",
    " AND ",
    " NOT ",
    "NEAR(",
    "text:",
]
TEXTS = st.lists(st.sampled_from(CHARACTERS), min_size=1, max_size=12).map("".join)


def as_compared(text: str, *, exact: bool) -> str:
    """The definition, apart from the code: NFKC, no white space, and where not exact no punctuation."""
    kept = (character for character in unicodedata.normalize("NFKC", text) if not character.isspace())
    return "".join(c for c in kept if exact or unicodedata.category(c) not in {"Cc", "Cf"} | PUNCTUATION)


PUNCTUATION = {"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"}


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from(list(PLACES)), TEXTS), min_size=1, max_size=8),
    st.lists(st.tuples(TEXTS, st.booleans()), min_size=6, max_size=12),
    st.data(),
)
def test_hits_are_the_texts_that_hold_the_words(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[tuple[str, str]],
    words: list[tuple[str, bool]],
    data: st.DataObject,
) -> None:
    store = DirectoryStore(tmp_path_factory.mktemp("lake"))
    write_lake(store, lake_of(sections=texts))
    for _, text in texts[:4]:
        begin = data.draw(st.integers(0, len(text) - 1))
        words.append((text[begin : data.draw(st.integers(begin + 1, len(text)))], data.draw(st.booleans())))
    for wanted in [[word] for word in words] + [list(each) for each in itertools.pairwise(words)]:
        holding = {
            at
            for at, (_, text) in enumerate(texts)
            if all(as_compared(word, exact=exact) in as_compared(text, exact=exact) for word, exact in wanted)
        }
        answer = asked(store, [Word(word, exact) for word, exact in wanted])
        assert {hit.place.section_index for hit in answer.hits} == holding, wanted
        assert answer.total == len(answer.hits) == len(holding)


def test_a_phrase_that_punctuation_parts_is_told_beside_another_with_punctuation(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "三公，经，费"), (HEBEI, "三”公，经，费"), (HEBEI, "三公，三”公经费")]))
    assert passages(asked(store, '"三公" "经，费"')) == ["三公，经，费"]
    assert passages(asked(store, '"三公"')) == ["三公，经，费", "三公，三”公经费"]
    assert passages(asked(store, '"公" 费')) == ["三公，经，费", "三”公，经，费", "三公，三”公经费"]


def test_a_word_longer_than_any_text_and_one_as_long(store: DirectoryStore) -> None:
    long = "".join(chr(0x4E00 + at) for at in range(300))
    write_lake(store, lake_of(sections=[(HEBEI, long), (HENAN, long[:200] + "别")]))
    assert asked(store, [Word(long + "长")]).total == 0
    assert asked(store, [Word(long[50:])]).total == 1
    assert asked(store, [Word(long[100:180])]).total == 2


def test_every_kind_is_searched_titles_first_and_the_newest_year(store: DirectoryStore) -> None:
    lake = lake_of(
        sections=[(FINAL, "词一"), (HENAN, "词二"), (HEBEI, "词三")],
        projects=[(HEBEI, "词四")],
        indicators=[(HEBEI, "≥词五")],
        cells=[(HENAN, "词六"), (HENAN, "词六"), (HEBEI, "词七")],
    )
    lake["documents"][1]["title"] = "词〇"
    write_lake(store, lake)
    assert passages(asked(store, "词")) == ["词〇", "词三", "词二", "词一", "词四", "≥词五", "词七", "词六"]
    (hit,) = asked(store, "词六").hits
    assert (hit.kind, hit.document_sha256, hit.entity, hit.year) == ("cell", HENAN, f"{HENAN[0]}局", 2024)
    assert (hit.place.page, hit.place.table_index) == (1, 0)


def test_words_stand_together_in_one_passage_of_several_columns(store: DirectoryStore) -> None:
    lake = lake_of(projects=[(HEBEI, "甲乙"), (HEBEI, "丙")])
    lake["projects"][0] |= {"purpose": "丙丁", "goals": "戊"}
    write_lake(store, lake)
    assert passages(asked(store, "甲乙 丁")) == ["甲乙"]
    assert passages(asked(store, "丁 戊")) == ["丙丁"]
    assert asked(store, "乙丙").total == 0


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"year": 2024}, ["词二"]),
        ({"place": "河北"}, ["词一"]),
        ({"place": "某市"}, ["词一", "词二", "词三"]),
        ({"place": "市/d"}, ["词三"]),
        ({"department": "教育"}, ["词一", "词二"]),
        ({"phase": "executed"}, []),
        ({"kinds": ("cell",)}, []),
        ({"place": "河南", "year": 2025}, []),
        ({"year": 0}, []),
    ],
)
@pytest.mark.parametrize("words", ["词", '"词"'])
def test_filters(store: DirectoryStore, words: str, filters: dict[str, Any], found: list[str]) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "词一"), (HENAN, "词二"), (FINAL, "词三")]))
    assert passages(asked(store, words, **filters)) == found


def test_all_hits_are_counted_and_the_first_shown(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "词，"), (HENAN, "词，"), (HEBEI, "词")]))
    for words, total in (("词", 3), ('"词，"', 2)):
        answer = asked(store, words, limit=1)
        assert (answer.total, len(answer.hits)) == (total, 1)
        answer = asked(store, words, limit=0)
        assert (answer.total, answer.hits) == (total, [])


def test_a_document_with_many_passages(store: DirectoryStore) -> None:
    cells = [(HEBEI, f"格{at}号") for at in range(2 * PASSAGES_OF_A_BLOCK + 5)]
    write_lake(store, lake_of(cells=cells))
    assert asked(store, "格").total == len(cells)
    assert passages(asked(store, '"格2050号"', place="河北")) == ["格2050号"]
    write_lake(store, lake_of(cells=cells[:3]))
    assert asked(store, "格").total == 3


def test_passages_are_as_printed_with_the_words_around(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "前" * 50 + "“三\n公”经费" + "后" * 80)]))
    (hit,) = asked(store, "三公经费").hits
    assert hit.passage.startswith("…前前")
    assert hit.passage.endswith("后…")
    assert [hit.passage[begin:end] for begin, end in hit.marks] == ["三\n公”经费"]


def test_of_a_newer_lake_only_changed_partitions_are_read(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    original = DirectoryStore.read

    def reading(self: DirectoryStore, key: str) -> bytes:
        read.append(key)
        return original(self, key)

    monkeypatch.setattr(DirectoryStore, "read", reading)
    write_lake(store, lake_of(sections=[(HEBEI, "旧词"), (HEBEI, "旧词二"), (HENAN, "旧词三")]))
    assert asked(store, "旧词").total == 3
    read.clear()
    assert asked(store, "旧词").total == 3
    assert read == []
    write_lake(store, lake_of(sections=[(HEBEI, "新词"), (HEBEI, "旧词二"), (HENAN, "旧词三")]))
    read.clear()
    assert passages(asked(store, "词")) == ["新词", "旧词二", "旧词三"]
    assert passages(asked(store, "旧")) == ["旧词二", "旧词三"]
    assert {key for key in read if "/year=2024/" in key} == set()
    assert len([key for key in read if "/year=2025/" in key]) == 2
    lake = lake_of(sections=[(HENAN, "旧词三")])
    lake["documents"] = [row for row in lake["documents"] if row["sha256"] != HEBEI]
    write_lake(store, lake)
    assert passages(asked(store, "词")) == ["旧词三"]


def test_of_a_place_only_the_provinces_that_hold_it_are_indexed(store: DirectoryStore) -> None:
    texts = {"河北省": "甲市", "河南省": "乙市", "湖北省": "甲市"}
    partition = {"year": 2025, "department": "教育"}
    documents: list[Row] = [
        {"sha256": f"{at:064x}", "title": f"{province}的词", "city": city, **partition, "province": province}
        for at, (province, city) in enumerate(texts.items())
    ]
    write_lake(store, {"documents": documents})

    def indexed() -> list[str | None]:
        stated = IndexFolder(folders(store)[0]).current()
        return [] if stated is None else [shard.province for shard in stated.shards if shard.segments]

    assert asked(store, "词", place="丙市").total == 0
    assert indexed() == []
    assert passages(asked(store, "词", place="河南省/乙市")) == ["河南省的词"]
    assert indexed() == ["河南省"]
    assert sorted(passages(asked(store, "词", place="甲市"))) == ["河北省的词", "湖北省的词"]
    assert sorted(filter(None, indexed())) == ["河北省", "河南省", "湖北省"]


def test_a_part_of_an_index_is_no_answer_for_other_places_or_a_later_lake(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "旧词"), (HENAN, "旧词二")]))
    assert passages(asked(store, "词", place="河北省")) == ["旧词"]
    assert sorted(passages(asked(store, "词"))) == ["旧词", "旧词二"]
    write_lake(store, lake_of(sections=[(HEBEI, "新词"), (HENAN, "新词二")]))
    assert passages(asked(store, "词", place="河北省")) == ["新词"]
    assert passages(asked(store, "词", place="河南省")) == ["新词二"]
    assert sorted(passages(asked(store, "词"))) == ["新词", "新词二"]


def test_what_another_province_held_before_is_not_found(store: DirectoryStore) -> None:
    """Its texts are not brought in line where the place is no more among its documents."""
    lake = lake_of(sections=[(HEBEI, "一个词"), (HENAN, "旧词")])
    moved = {**lake, "documents": [{**row, "entity": "河北省驻某市办事处"} for row in lake["documents"]]}
    write_lake(store, moved)
    assert sorted(passages(asked(store, "词", place="河北省"))) == ["一个词", "旧词"]
    write_lake(store, lake)
    assert passages(asked(store, "词", place="河北省")) == ["一个词"]


@settings(max_examples=8)
@given(st.lists(st.lists(st.tuples(st.sampled_from(list(PLACES)), TEXTS), max_size=5), min_size=2, max_size=4))
def test_an_index_brought_in_line_again_and_again_is_right(
    tmp_path_factory: pytest.TempPathFactory, lakes: list[list[tuple[str, str]]]
) -> None:
    store = DirectoryStore(tmp_path_factory.mktemp("lake"))
    for sections in lakes:
        cells = dict.fromkeys(sections[1:])
        write_lake(store, lake_of(sections=sections, cells=sections[1:]))
        for word in (*"三公减aB1", "三公", "AND"):
            holding = [text for _, text in (*sections, *cells) if word in as_compared(text, exact=False)]
            answer = asked(store, [Word(word)])
            assert (answer.total, len(answer.hits)) == (len(holding), len(holding))


def index_files(store: Store) -> list[Path]:
    return sorted(folders(store)[0].glob("*.sqlite"))


def index_file(store: Store) -> Path:
    """The segment of Hebei."""
    stated = IndexFolder(folders(store)[0]).current()
    assert stated is not None
    (segment,) = stated.of("河北省").segments
    return folders(store)[0] / f"{segment.index}.sqlite"


def flip(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    file.write_bytes(data)


@pytest.mark.parametrize("part", ["index", "statement", "gone"])
def test_a_damaged_index_is_told_and_made_anew(store: DirectoryStore, part: str) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "一个词")]))
    assert asked(store, "词").total == 1
    file, statement = index_file(store), folders(store)[0] / "current.json"
    if part == "index":
        flip(file, file.stat().st_size // 2)
    elif part == "statement":
        flip(statement, 40)
    else:
        file.unlink()
    notes: list[str] = []
    assert search(store, Question(words_of("词")), notes.append).total == 1
    assert "built anew" in notes[0]
    assert asked(store, "词").total == 1


def test_an_index_that_sqlite_cannot_read_is_made_anew(store: DirectoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a fault of the disk that changed no time of the file."""
    write_lake(store, lake_of(sections=[(HEBEI, "一个词")]))
    asked(store, "词")
    flip(index_file(store), 20)
    flip(index_file(store), 3)
    altered = IndexFolder.altered
    monkeypatch.setattr(IndexFolder, "altered", lambda *_: {})
    notes: list[str] = []
    assert search(store, Question(words_of("词")), notes.append).total == 1
    assert "built anew" in notes[0]
    monkeypatch.setattr(IndexFolder, "altered", altered)
    assert asked(store, "词").total == 1


def test_an_index_copied_elsewhere_is_found_sound_and_remembered(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "一个词")]))
    asked(store, "词")
    file = index_file(store)
    file.write_bytes(file.read_bytes())
    before = (file.parent / "current.json").read_bytes()
    notes: list[str] = []
    assert search(store, Question(words_of("词")), notes.append).total == 1
    assert notes == []
    assert (file.parent / "current.json").read_bytes() != before


def test_a_killed_update_goes_on_where_it_was(store: DirectoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after two of three segments, none of which is tidied up: the third alone is written then."""
    write_lake(store, lake_of(sections=[(HEBEI, "旧词")]))
    asked(store, "词")
    before = index_file(store)
    write_lake(store, lake_of(sections=[(HEBEI, "新词"), (HENAN, "新词二"), (FINAL, "新词三")]))
    written: list[str] = []
    finish = Draft.finish

    def killed(draft: Draft, path: Path) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append("")
        finish(draft, path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", lambda *_, **__: None)  # a killed process cleans nothing up
        patched.setattr(Draft, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            asked(store, "词")
    assert before.exists()
    assert list(before.parent.glob("building-*"))
    told: list[str] = []
    Index(store, lambda _: None, told.append).opened()
    assert len(told) == 1
    assert passages(asked(store, "词")) == ["新词", "新词二", "新词三"]
    assert list(before.parent.glob("building-*")) == []
    assert not before.exists()


def test_of_two_who_build_at_once_one_waits_and_finds_it_done(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "一个词")]))
    notes: list[str] = []
    totals: list[int] = []

    def ask() -> None:
        totals.append(search(store, Question(words_of("词")), notes.append).total)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals == [1] * 4
    assert len(notes) == 1


def test_who_reads_does_not_wait_for_who_builds(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "一个词")]))
    asked(store, "词")
    with IndexFolder(folders(store)[0]).building():
        assert asked(store, "词").total == 1


def test_a_damaged_lake_gives_no_answer(store: DirectoryStore) -> None:
    manifest = write_lake(store, lake_of(sections=[(HEBEI, "一个词")]))
    flip(Path(store.locate(manifest.of("sections")[0].version)), 10)
    with pytest.raises(LakeUnusableError, match="cannot be trusted"):
        asked(store, "词")


def test_an_archive_without_a_lake_has_no_hit(store: DirectoryStore) -> None:
    assert passages(asked(store, "词")) == []


@contextlib.contextmanager
def unwritable(monkeypatch: pytest.MonkeyPatch, *names: str) -> Iterator[None]:
    original = DirectoryStore.lock_file

    def lock_file(self: DirectoryStore, name: str) -> Path:
        if any(name in self.url for name in names):
            raise RootUnusableError(f"{self.url!r} does not permit {name!r}")
        return original(self, name)

    with monkeypatch.context() as patched:
        patched.setattr(DirectoryStore, "lock_file", lock_file)
        yield


def test_the_index_of_an_archive_that_cannot_be_written_lies_in_the_cache(
    store: DirectoryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GONGKAI_CACHE", str(tmp_path / "cache"))
    write_lake(store, lake_of(sections=[(HEBEI, "一个词")]))
    with unwritable(monkeypatch, "档案"):
        assert asked(store, "词").total == 1
    beside, cached = folders(store)
    assert not list(beside.glob("*.sqlite"))
    assert len(list(cached.glob("*.sqlite"))) == len(PLACES)
    write_lake(store, lake_of(sections=[(HEBEI, "两个词")]))
    with (
        unwritable(monkeypatch, "档案", "cache"),
        pytest.raises(LakeUnusableError, match="set GONGKAI_SEARCH_INDEX to a folder"),
    ):
        asked(store, "词")
    monkeypatch.setenv("GONGKAI_SEARCH_INDEX", str(tmp_path / "elsewhere"))
    assert passages(asked(store, "词")) == ["两个词"]
    assert len(list((tmp_path / "elsewhere").glob("search-*/*.sqlite"))) == len(PLACES)


def test_the_same_on_every_store(any_root: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GONGKAI_CACHE", str(tmp_path / "cache"))
    store = open_store(any_root)
    write_lake(store, lake_of(sections=[(HEBEI, "一个\n词"), (HENAN, "词")]))
    assert passages(asked(store, "个词")) == ["一个\n词"]
    fetched: list[str] = []
    original = type(store).read

    def read(self: Any, key: str) -> bytes:
        fetched.append(key)
        return original(self, key)

    monkeypatch.setattr(type(store), "read", read)
    assert asked(store, "词").total == 2
    assert fetched == []
    write_lake(store, lake_of(sections=[(HEBEI, "两个\n词"), (HENAN, "词")]))
    fetched.clear()
    assert passages(asked(store, "两个")) == ["两个\n词"]
    assert [key for key in fetched if "/year=" in key and "/year=2025/" not in key] == []


def test_bringing_in_line_tells_of_each_partition(store: DirectoryStore) -> None:
    write_lake(store, lake_of(sections=[(HEBEI, "词")]))
    told: list[str] = []
    Index(store, lambda _: None, told.append).opened()
    assert len(told) == len(PLACES)
