"""Bodies named in captions."""

from __future__ import annotations

import pytest

from gongkai.parsing.publisher.names import Named, coded, labelled, names_a_place, organisation


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("某市 教育局", "某市教育局"),
        ("一、某市教育局", "某市教育局"),
        ("第二部分某市教育局", "某市教育局"),
        ("附件1：某市教育局", "某市教育局"),
        ("关于某市教育局（汇总）", "某市教育局"),
        ("某市教育局（某中心）", "某市教育局（某中心）"),
        ("某局", None),
        ("2025年某市教育局", None),
        ("某市教育支出", None),
        ("全文下载：某市教育局", "某市教育局"),
        ("点击查看某市教育局", "某市教育局"),
        ("339-某市教育局", "某市教育局"),
        ("(339)某市教育局", "某市教育局"),
        ("1.某市教育局", "某市教育局"),
        ("▪[01-26]某市教育局", "某市教育局"),
        ("首页>政务公开>某市教育局", "某市教育局"),
        ("某市教育局（盖章）", "某市教育局"),
        ("某市教育局（含下属单位）", "某市教育局"),
        ("某市教育局.pdf", "某市教育局"),
        ("某市财政局关于批复某市教育局", "某市教育局"),
        ("本单位教育局", None),
        ("大冶市妇联", "大冶市妇联"),
        ("市人大", None),
        ("落实市人大", None),
        ("大冶市一中", "大冶市一中"),
        ("计划生育其中", None),
        ("所属事业单位教育中心", None),
    ],
)
def test_a_body_s_name_without_what_stands_around_it(text: str, name: str | None) -> None:
    assert organisation(text) == name


def test_code_and_name() -> None:
    assert coded("[323] 某市教育局") == Named("某市教育局", "323")
    assert coded("323 一般公共预算支出") is None
    assert coded("2025年某市教育局") is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("编制单位：某市教育局", Named("某市教育局")),
        ("部门（单位）名称：某市教育局 金额单位：万元", Named("某市教育局")),
        ("部门：323某市教育局", Named("某市教育局", "323")),
        ("单位：万元", None),
        ("某市教育局", None),
        ("主办单位：某市教育局", None),
        ("编制单位：某市教育局（盖章）", Named("某市教育局")),
    ],
)
def test_the_body_beside_a_label(text: str, named: Named | None) -> None:
    assert labelled(text) == named


def test_names_of_divisions_are_places() -> None:
    assert names_a_place("郑州市信访局")
    assert not names_a_place("信访工作局")
