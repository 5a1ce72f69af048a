"""Forms that contents or the ministry's template promise: there, empty by declaration, missing, or not to be told."""

from __future__ import annotations

import pytest

from gongkai.parsing.narrative.claims import claims
from gongkai.parsing.narrative.paragraphs import paragraphs
from gongkai.parsing.proof.check import BROKEN, HOLDS, NOT_ASSESSABLE, Check
from gongkai.parsing.proof.promised_forms import check_promised_forms
from gongkai.parsing.proof.promises import plain_title, promises, same_title
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.grid import TextLine
from gongkai.vocabulary.dimensions import Phase
from gongkai.vocabulary.forms import Form, form_of_title
from gongkai.vocabulary.word_lists import words
from tests.parsing.tables.test_line_items import tables, unspaced_rows

CONTENTS = ("目录", "一、收入支出决算总表……1", "二、收入决算表……2", "三、支出决算表……3", "第二部分 情况说明")


def table(title: str, note: str = "", amount: str = "5.00") -> Table:
    rows = f"科目编码|科目名称|合计\n|合计|{amount}\n208|社会保障和就业支出|{amount}\n"
    return tables(f"{title}\n\n单位：万元\n\n{unspaced_rows(rows)}\n{note}\n")[0]


def lines(*texts: str) -> list[TextLine]:
    return [TextLine(text) for text in texts]


def judged(
    printed: list[TextLine], held: list[Table], phase: Phase = "executed", said: tuple[str, ...] = ()
) -> dict[str, Check]:
    """The checks by the promised title."""
    forms: dict[int, Form] = {}
    for index, each in enumerate(held):
        each.index = index
        form = form_of_title(plain_title(each.title or ""))
        if form is not None:
            forms[index] = form
    stated = claims(paragraphs(lines(*said)), 2025, phase)
    checks = check_promised_forms(printed, held, forms, stated, phase)
    return {check.scope.split("'")[1]: check for check in checks}


def test_every_promised_form_is_there() -> None:
    held = [table("收入支出决算总表"), table("收入决算表"), table("2025年度支出决算表")]
    found = judged(lines(*CONTENTS), held)
    assert [(title, check.outcome) for title, check in found.items()] == [
        ("收入支出决算总表", HOLDS),
        ("收入决算表", HOLDS),
        ("支出决算表", HOLDS),
    ]
    assert {check.reason for check in found.values()} == {"present"}


def test_a_form_that_stands_nowhere_is_missing() -> None:
    found = judged(lines(*CONTENTS), [table("收入支出决算总表"), table("收入决算表")])
    assert found["支出决算表"].outcome == BROKEN
    assert (found["支出决算表"].reason or "").startswith("missing")


def test_a_title_without_a_table_is_not_assessable() -> None:
    printed = lines(*CONTENTS, "支出决算", "表")
    found = judged(printed, [table("收入支出决算总表"), table("收入决算表")])
    assert (found["支出决算表"].outcome, found["支出决算表"].reason) == (
        NOT_ASSESSABLE,
        "its title is printed, but no table could be read under it",
    )


def test_a_file_without_forms_is_one_part_of_a_disclosure() -> None:
    found = judged(lines(*CONTENTS), [])
    assert {check.outcome for check in found.values()} == {NOT_ASSESSABLE}


def test_an_empty_form_and_its_note() -> None:
    held = [
        table("收入支出决算总表"),
        table("收入决算表", amount=""),
        table("支出决算表", note="注：本部门无此项支出，本表为空表。", amount=""),
    ]
    found = judged(lines(*CONTENTS), held)
    assert found["收入决算表"].reason == "present, no amount printed"
    assert (found["支出决算表"].reason or "").startswith("declared empty: 注:本部门无此项支出")


def test_a_fund_that_the_narrative_says_there_is_none_of() -> None:
    printed = lines("目录", "1.收入支出决算总表", "2.政府性基金预算财政拨款支出决算表", "第二部分")
    none = "本部门没有政府性基金预算拨款。"
    assert judged(printed, [table("收入支出决算总表")])["政府性基金预算财政拨款支出决算表"].outcome == BROKEN
    check = judged(printed, [table("收入支出决算总表")], said=(none,))["政府性基金预算财政拨款支出决算表"]
    assert (check.outcome, check.reason) == (HOLDS, "declared empty in the narrative; no table is printed")


def test_final_accounts_without_contents_are_held_to_the_template() -> None:
    held = [table("收入支出决算总表"), table("收入决算表"), table("支出决算表")]
    assert set(judged([], held)) == set(words("promised_forms.csv", "template"))
    assert judged([], held, "approved") == {}, "budgets have no national template"
    assert judged([], held[:2]) == {}, "too few forms for whole final accounts"


def titles(*printed: str) -> list[str]:
    return [promise.title for promise in promises(lines(*printed), [], {}, "approved")]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("目 录", "一、部门收支总表 3", "二、部门收入总表 4"), ["部门收支总表", "部门收入总表"]),
        (("目录", "一、部门收支", "总表", "二、部门收入总表"), ["部门收支总表", "部门收入总表"]),
        (("目录", "一、部门收支总表", "单位：万元", "二、部门收入总表"), ["部门收支总表"]),
        (("目录", "部门收支总表", "某局概况", "部门收支总表"), ["部门收支总表"]),
        (("目录", "第一部分 部门预算公开表", "部门收支总表"), ["部门收支总表"]),
        (("目录", "某局预算公开报表", "部门收支总表"), ["部门收支总表"]),
        (("部门收支总表", "部门收入总表"), []),
    ],
)
def test_entries_of_contents(printed: tuple[str, ...], expected: list[str]) -> None:
    assert titles(*printed) == expected


def test_contents_drawn_as_a_table() -> None:
    rows = "序号|名称|页码\n1|部门收支总表|1\n2|部门收入总表|2\n3|部门支出总表|3\n4|项目支出表|4\n"
    [drawn] = tables(unspaced_rows(rows))
    assert [promise.title for promise in promises([], [drawn], {}, "approved")] == [
        "部门收支总表",
        "部门收入总表",
        "部门支出总表",
        "项目支出表",
    ]


@pytest.mark.parametrize(
    ("title", "other", "same"),
    [
        ("部门收支总表", "表1：2025年部门收支总表", True),
        ("三公经费支出表", "“三公”经费支出表", True),
        ("一般公共预算支出表（功能科目）", "一般公共预算支出表", True),
        ("一般公共预算支出表（功能科目）", "一般公共预算支出表（经济科目）", False),
        ("收入总表", "支出总表", False),
        ("部门收支总表", None, False),
    ],
)
def test_titles_of_one_form(title: str, other: str | None, same: bool) -> None:
    assert same_title(title, other) is same
