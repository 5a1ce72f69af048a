from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.vocabulary.classification import (
    AGREES,
    CODE_UNKNOWN,
    CONTRADICTS,
    CUT,
    KINDS,
    NAME_UNKNOWN,
    codes,
    codes_named,
    comparable,
    economic,
    functional,
    government_economic,
    kind_of,
    names,
    relation,
)
from tests.documents.disclosures import SEEDS
from tests.documents.seeds import SOURCES, chosen, text


@pytest.mark.parametrize("kind", KINDS)
def test_lists_are_sorted_and_every_parent_exists(kind: str) -> None:
    found = codes(kind)
    assert [(one.code, one.valid_from or 0) for one in found] == sorted(
        (one.code, one.valid_from or 0) for one in found
    )
    known = {one.code for one in found}
    for one in found:
        assert one.parent is None or one.parent in known, one
        assert (one.parent is None) == (one.level == "category")
        assert (one.valid_from or 0) <= (one.valid_to or 9999)
        assert kind_of(one.code) == kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_says_what_it_rests_on(kind: str) -> None:
    for one in codes(kind):
        assert (one.basis is None) == (one.valid_from is None and one.valid_to is None), one
        assert (one.first_seen is None) == (one.last_seen is None), one
        assert (one.first_seen or 0) <= (one.last_seen or 9999), one
        assert one.seen > 0 or one.first_seen is None, one


@pytest.mark.parametrize("kind", KINDS)
def test_one_code_has_one_name_at_a_time(kind: str) -> None:
    found = codes(kind)
    for earlier, later in itertools.pairwise(found):
        if earlier.code == later.code:
            assert earlier.valid_to is not None, earlier
            assert later.valid_from is not None, later
            assert earlier.valid_to < later.valid_from


def test_the_categories_are_complete() -> None:
    categories = {kind: {one.code for one in codes(kind) if one.level == "category"} for kind in KINDS}
    assert categories["functional"] == {str(code) for code in range(201, 235)} - {"218", "225", "226"}
    assert categories["economic"] == {
        "301",
        "302",
        "303",
        "304",
        "305",
        "307",
        "309",
        "310",
        "311",
        "312",
        "313",
        "399",
    }
    assert categories["government_economic"] == {str(code) for code in (*range(501, 515), 599)}


def test_codes_and_their_history() -> None:
    assert [(one.name, one.valid_from, one.valid_to) for one in functional("207")] == [
        ("文化体育与传媒支出", None, 2018),
        ("文化旅游体育与传媒支出", 2019, None),
    ]
    (pension,) = functional("2080505")
    assert (pension.name, pension.parent, pension.level) == ("机关事业单位基本养老保险缴费支出", "20805", "item")
    assert pension.seen > 20
    assert [one.name for one in economic("30110")] == ["职工基本医疗保险缴费"]
    assert [(one.name, one.valid_from) for one in government_economic("50101")] == [("工资奖金津补贴", 2018)]
    assert functional("301") == economic("501") == government_economic("201") == ()
    assert functional("208050 5") == ()


@pytest.mark.parametrize(
    ("kind", "code", "name", "expected"),
    [
        ("functional", "2080505", "机关事业单位基本养老保险缴费支出", AGREES),
        ("functional", "2080505", "机关事业单位基本养老\n保险缴费支出", AGREES),
        ("functional", "2080505", "机关事业单位职业年金缴费支出", CONTRADICTS),
        ("functional", "2080505", "机关事业单位基本养老", CUT),
        ("functional", "2080505", "保险缴费支出", CUT),
        ("functional", "2080505", "机关事业单位基本养老保险缴费支出其他", CUT),
        ("functional", "2080505", "养老", NAME_UNKNOWN),
        ("functional", "208", "社会保障和就业支出", AGREES),
        ("functional", "208", "社会保障和就业", AGREES),
        ("functional", "210", "医疗卫生与计划生育支出", AGREES),
        ("functional", "20805", "行政事业单位离退休", AGREES),
        ("functional", "2130153", "农田建设", AGREES),
        ("functional", "205", "其他教育支出", CONTRADICTS),
        ("functional", "9999999", "不存在", CODE_UNKNOWN),
        ("economic", "30212", "因公出国(境)费用", AGREES),
        ("economic", "30212", "因公出国（境） 费用", AGREES),
        ("economic", "30213", "维修（护）费", AGREES),
        ("economic", "30213", "租赁费", CONTRADICTS),
        ("economic", "30104", "其他社会保障缴费", AGREES),
        ("economic", "50101", "工资奖金津补贴", CODE_UNKNOWN),
        ("government_economic", "50101", "工资奖金津补贴", AGREES),
        ("government_economic", "503", "机关资本性支出（一）", AGREES),
    ],
)
def test_how_code_and_name_belong_together(kind: str, code: str, name: str, expected: str) -> None:
    assert relation(kind, code, name) == expected


def test_from_a_name_to_its_codes() -> None:
    assert codes_named("economic", "物业管理费") == ("30209",)
    assert codes_named("economic", "其他社会保障缴费") == ("30104", "30112")
    assert len(codes_named("functional", "行政运行")) > 50
    assert codes_named("functional", "物业管理费") == ()
    assert list(names("functional", "22402").values()) == ["消防救援事务", "消防事务"]
    assert names("functional", "999") == {}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("201", "functional"),
        ("2010399", "functional"),
        ("30101", "economic"),
        ("501", "government_economic"),
        ("3010201", None),
        ("2026", None),
        ("125001", None),
        ("05", None),
        ("", None),
    ],
)
def test_the_classification_of_a_code_by_its_look(code: str, kind: str | None) -> None:
    assert kind_of(code) == kind


def test_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="'revenue' is no classification"):
        relation("revenue", "101", "税收收入")
    with pytest.raises(ValueError, match="'revenue'"):
        codes("revenue")


@given(st.sampled_from([(kind, one) for kind in KINDS for one in codes(kind)]), st.data())
def test_spacing_never_decides(pair: tuple[str, object], data: st.DataObject) -> None:
    kind, one = pair
    code, name = one.code, one.name  # type: ignore[attr-defined]
    cut = data.draw(st.integers(0, len(name)))
    spaced = name[:cut] + data.draw(st.sampled_from([" ", "\n", "\u3000", "　 \n"])) + name[cut:]
    assert relation(kind, code, spaced) == AGREES
    assert comparable(comparable(name)) == comparable(name)


@pytest.mark.parametrize("source", SOURCES)
def test_every_functional_item_of_the_seeds_is_known(source: str) -> None:
    item = re.compile(r"(?<!\d)2(?:0[1-9]|1\d|2\d)\d{4}(?=\s+[\u4e00-\u9fff])")
    codes = {(seed, code) for seed in SEEDS for code in item.findall(text(chosen(source), seed))}
    assert len(codes) > 50
    assert {(seed, code) for seed, code in codes if not functional(code)} == set()
