"""三公 and the expenses beside it, by the names that rows and headings print."""

from __future__ import annotations

import pytest

from gongkai.vocabulary.expenses import EVENTS, expense_of, names_several, says_three_public
from gongkai.vocabulary.stated_items import stated_item


@pytest.mark.parametrize(
    ("name", "expense"),
    [
        ("因公出国(境)费", "abroad"),
        ("公务用车购置及运行维护费", "vehicles"),
        ("公务用车购置费和运行费", "vehicles"),
        ("公务用车购置费", "vehicle_purchase"),
        ("公务用车运维费", "vehicle_running"),
        ("公务接待费", "reception"),
        ("三公经费、会议费、培训费", "meetings"),
        ("培训费", "training"),
        ("机关(机构)运转经费", "operating_expenses"),
        ("三公经费合计", "three_public"),
        ("合计", None),
    ],
)
def test_expenses_by_name(name: str, expense: str | None) -> None:
    assert expense_of(name) == expense


def test_every_expense_is_an_item_that_narratives_state() -> None:
    for name in ("因公出国费", "公务用车购置及运行费", "公务接待费", "会议费", "培训费", "三公经费"):
        expense = expense_of(name)
        assert expense is not None
        assert stated_item(expense).pattern.fullmatch(name)
    assert {expense_of(name) for name in ("会议费", "培训费")} == set(EVENTS)


def test_a_sum_with_events_still_says_three_public() -> None:
    assert says_three_public("三公经费、会议费、培训费合计")
    assert not says_three_public("会议费")


def test_a_heading_that_holds_two_expenses_is_of_neither() -> None:
    assert names_several("公务用车购置及运行维护费公务接待费")
    assert not names_several("公务用车购置及运行维护费")
    assert not names_several("教学科研人员因公出国(境)费")
