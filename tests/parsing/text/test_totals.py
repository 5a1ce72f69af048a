"""Words of sums."""

from __future__ import annotations

import pytest

from gongkai.parsing.text.totals import ends_in_sum, is_sum, is_total


@pytest.mark.parametrize(
    "label",
    [
        "合计",
        "总计",
        "共计",
        "支出合计",
        "本年收入合计",
        "收支总计",
        "人员经费合计",
        "财政拨款支出合计",
        "（合计）",
        "总计数",
        "总计：",
    ],
)
def test_totals(label: str) -> None:
    assert is_total(label)


@pytest.mark.parametrize("label", ["教育支出", "货物小计", "上年结转", "会计", "合计教育"])
def test_no_totals(label: str) -> None:
    assert not is_total(label)


def test_bare_words_and_names_that_end_in_one() -> None:
    assert is_sum("小计")
    assert not is_sum("支出小计")
    assert ends_in_sum("货物小计")
    assert not ends_in_sum("小计货物")
