"""Forms that yield nothing: declared empty where the document says so, an issue where nothing does."""

from __future__ import annotations

import pytest

from gongkai.lake.rows import Rows
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context

HEAD = """某县财政局2025年部门预算

部门支出总表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t100.00\t60.00\t40.00
201\t一般公共服务支出\t100.00\t60.00\t40.00
"""
FUND = """
政府性基金预算支出表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
{rows}

{note}
"""
BLANK = "\t\t\t\t"


def judged(text: str) -> tuple[list[str], list[str]]:
    """Reasons of the issues, and of the checks."""
    found: Rows = parse_document("a" * 64, (HEAD + text).encode(), Context()).rows
    issues = [row["reason"] for row in found["issues"] if row["kind"] == "form_empty"]
    return issues, [row["reason"] or "" for row in found["checks"] if row["rule"] == "form_empty"]


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        (BLANK, "注：本部门无政府性基金预算，故本表无数据。"),
        (BLANK, "空表列示"),
        ("\t无此项\t\t\t", ""),
        ("\t合计\t\t\t", ""),
        (BLANK, "本单位2025年没有政府性基金预算安排的支出。"),
    ],
)
def test_what_a_document_says_is_empty_is_no_issue(rows: str, note: str) -> None:
    issues, declared = judged(FUND.format(rows=rows, note=note))
    assert issues == []
    assert len(declared) == 1


def test_a_total_of_nought_is_an_amount_and_needs_no_word() -> None:
    assert judged(FUND.format(rows="\t合计\t0.00\t0.00\t0.00", note="")) == ([], [])


@pytest.mark.parametrize("rows", [BLANK, "229\t其他支出\t\t\t", "\t五\t六\t七\t"])
def test_a_form_of_which_nothing_is_read_is_an_issue(rows: str) -> None:
    issues, declared = judged(FUND.format(rows=rows, note=""))
    assert declared == []
    assert len(issues) == 1
    assert "government_fund" in issues[0]


def test_the_word_of_another_form_declares_nothing() -> None:
    issues, _ = judged(FUND.format(rows=BLANK, note="本单位没有国有资本经营预算安排的支出。"))
    assert len(issues) == 1


def test_contents_that_mark_empty_forms_declare_them() -> None:
    contents = """
序号\t表名\t是否空表\t公开空表理由
1\t部门支出总表\t否\t
2\t政府性基金预算支出表\t是\t不涉及政府性基金

"""
    issues, declared = judged(contents + FUND.format(rows=BLANK, note=""))
    assert (issues, declared) == ([], ["不涉及政府性基金"])


def test_a_heading_without_a_table_is_an_issue_and_one_with_its_word_is_not() -> None:
    heading = "\n国有资本经营预算支出表\n\n单位：万元\n\n{}\n"
    issues, _ = judged(heading.format("第三部分 名词解释"))
    assert len(issues) == 1
    assert "no table was read" in issues[0]
    issues, declared = judged(heading.format("本部门没有国有资本经营预算安排的支出，故本表为空表。"))
    assert (issues, len(declared)) == ([], 1)


def test_lists_of_forms_and_references_to_them_are_no_headings() -> None:
    listed = "\n一、国有资本经营预算支出表\n\n二、政府性基金预算支出表\n\n详见单位的项目支出绩效目标表\n"
    assert judged(listed) == ([], [])


def test_a_table_of_one_column_under_the_heading_of_a_form_is_an_issue() -> None:
    issues, _ = judged("\n国有资本经营预算支出表\n\n单位：万元\n\n合计 5.00\n某项目 5.00\n")
    assert len(issues) == 1
