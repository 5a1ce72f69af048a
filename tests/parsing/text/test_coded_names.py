"""Code and name in one cell."""

from __future__ import annotations

import pytest

from gongkai.parsing.text.coded_names import coded_name, overlapped, without_unit_code


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("2010301-行政运行", "2010301", "行政运行"),
        ("[323]某局", "323", "某局"),
        ("【126001】某局", "126001", "某局"),
        ("323某局（本级）", "323", "某局（本级）"),
        ("201_一般公共服务支出", "201", "一般公共服务支出"),
        ("22902—年初预留", "22902", "年初预留"),
        ("一、20707-国家电影事业发展专项资金安排的支出", "20707", "国家电影事业发展专项资金安排的支出"),
        ("（二）20822移民补助", "20822", "移民补助"),
    ],
)
def test_both(text: str, code: str, name: str) -> None:
    assert coded_name(text) == (code, name)


@pytest.mark.parametrize("text", ["2025年预算", "某局", "323", "12某局", "3230010010某局", "208.00"])
def test_not_both(text: str) -> None:
    assert coded_name(text) is None


def test_a_unit_s_code_in_brackets_goes() -> None:
    assert without_unit_code("[323]代发离休费") == "代发离休费"
    assert without_unit_code("323代发离休费") == "323代发离休费"


def test_what_two_halves_both_print_is_printed_once() -> None:
    assert overlapped("豫财社2024年就业补助", "2024年就业补助资金") == "豫财社2024年就业补助资金"
    assert overlapped("培训", "资金") == "培训资金"
