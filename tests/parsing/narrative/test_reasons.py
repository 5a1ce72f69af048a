"""Reasons in numbered parts, all of them and nothing behind them."""

from __future__ import annotations

import pytest

from gongkai.parsing.narrative.reasons import LONGEST
from tests.parsing.narrative.test_claims import said

CHANGE = "2025年公务接待费预算5万元，比上年减少1万元，"


def reasons(*lines: str) -> set[str | None]:
    return {claim.reason for claim in said(*lines) if claim.role == "change"}


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("主要原因：一是厉行节约；二是批次减少；三是人员减少。", "一是厉行节约;二是批次减少;三是人员减少"),
        ("主要原因一是厉行节约，二是批次减少。", "一是厉行节约，二是批次减少"),
        ("主要原因是一是厉行节约。二是批次减少。三是人员减少。", "一是厉行节约。二是批次减少。三是人员减少"),
        ("减少原因，一是政策调整。含接待标准。二是批次减少。", "一是政策调整。含接待标准。二是批次减少"),
        ("主要是1.2024年年初未安排；2.2025年批次减少2次。", "1.2024年年初未安排;2.2025年批次减少2次"),
        ("主要原因是（1）厉行节约；（2）批次减少。", "(1)厉行节约;(2)批次减少"),
    ],
)
def test_all_parts_are_kept_as_printed(reason: str, kept: str) -> None:
    assert reasons(CHANGE + reason) == {kept}


def test_parts_in_paragraphs_of_their_own_are_kept_and_their_amounts_are_no_claims() -> None:
    claims = said(CHANGE + "主要原因：一是厉行节约。", "二是会议费减少3万元。", "三是批次减少。")
    assert [claim.item for claim in claims] == ["reception", "reception"]
    assert claims[-1].reason == "一是厉行节约。二是会议费减少3万元。三是批次减少"


@pytest.mark.parametrize(
    "behind",
    [
        "2.会议费2万元。",
        "三是另作说明。",
        "下一步措施：一是加强管理。二是严格审批。",
        "会议费2万元。二是另作说明。",
    ],
    ids=["a numbered item", "a number left out", "another list", "another amount"],
)
@pytest.mark.parametrize("own_paragraph", [True, False])
def test_what_does_not_go_on_with_the_reason_is_no_part_of_it(behind: str, own_paragraph: bool) -> None:
    first = CHANGE + "主要原因：一是厉行节约。"
    assert reasons(*([first, behind] if own_paragraph else [first + behind])) == {"一是厉行节约"}


def test_a_heading_ends_a_reason() -> None:
    assert reasons(CHANGE + "主要原因：一是厉行节约。", "三、其他事项", "二是另作说明。") == {"一是厉行节约"}


def test_a_reason_is_bounded() -> None:
    long = "很" * (LONGEST - 12)
    assert reasons(f"{CHANGE}主要原因：一是厉行节约；二是{long}；三是批次减少。") == {f"一是厉行节约;二是{long}"}
    assert reasons(f"{CHANGE}主要原因：一是厉行节约。二是{long}。三是批次减少很多很多。") == {
        f"一是厉行节约。二是{long}"
    }
