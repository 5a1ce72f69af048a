"""Documents that are named or laid out like budgets and are none state no amounts; real ones of few words are kept."""

from __future__ import annotations

import pytest

from gongkai.lake.rows import ParsedDocument
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context

SIDES = "收入项目\t预算数\t支出项目\t预算数\n"
BILL = "序号\t项目\t数量\t单价\t金额\n1\t{item}\t2\t3000.00\t6000.00\n合计\t\t\t\t6000.00\n"
TAXES = "项目\t{first}\t{second}\n税收收入\t220.33\t180.10\n非税收入\t83.48\t60.20\n合计\t303.81\t240.30\n"
OTHERS = {
    "a trade union": f"某市教育局工会2025年收支预算表\n\n单位：元\n\n{SIDES}"
    "会费收入\t12000\t职工活动支出\t9000\n"
    "收入合计\t12000\t支出合计\t9000\n",
    "a village": f"曲阳桥村2025年财务收支预算表\n\n单位：元\n\n{SIDES}发包收入\t12000\t公益支出\t9000\n"
    "收入合计\t12000\t支出合计\t9000\n",
    "party dues": f"某局机关党委2025年党费收支预算总表\n\n单位：元\n\n{SIDES}党员交纳\t3000\t教育培训\t800\n"
    "收入合计\t3000\t支出合计\t800\n",
    "a company": "某公司2025年度财务收支预算表\n\n单位：万元\n\n项目\t上年实际\t本年预算\n营业收入\t120.5\t130.0\n",
    "an event": "2025年某县教育局读书节活动项目支出预算表\n\n单位：元\n\n" + BILL.format(item="舞台"),
    "works": "某市污水处理厂工程项目支出预算明细表\n\n单位：元\n\n" + BILL.format(item="土方"),
    "expenses of a company": "某公司2024年“三公”经费支出情况表\n\n单位：万元\n\n"
    "项目\t预算\t实际\n业务招待费\t12.5\t10.5\n",
    "a batch of purchases": "某市2025年第一批政府采购预算项目表\n\n单位：万元\n\n"
    "序号\t采购人\t项目名称\t预算金额\n1\t某局\t设备\t120.00\n",
    "fees": "某市2024年行政事业性收费收入情况表\n\n单位：万元\n\n项目\t2024年收入\n证照费\t120.50\n合计\t120.50\n",
    "a month": "2025年5月石家庄市一般公共预算收入完成情况表\n\n单位：亿元\n\n"
    + TAXES.format(first="完成数", second="上年同期"),
    "some months": "石家庄市2025年1-5月一般公共预算收入完成情况表\n\n单位：亿元\n\n"
    + TAXES.format(first="完成数", second="上年同期"),
    "half a year": "石家庄市2025年上半年一般公共预算收入情况表\n\n单位：亿元\n\n"
    + TAXES.format(first="完成数", second="上年同期"),
    "columns of a month": "石家庄市一般公共预算收入情况表\n\n单位：亿元\n\n"
    + TAXES.format(first="累计完成", second="本月完成"),
}
BUDGETS = {
    "projects of a department": "某市水务局2025年部门预算\n\n项目支出预算表\n\n单位：万元\n\n"
    "项目名称\t预算数\n河道整治\t120.50\n合计\t120.50\n",
    "projects by their title": "2025年部门项目支出预算表\n\n单位：万元\n\n"
    "项目名称\t预算数\n河道整治\t120.50\n合计\t120.50\n",
    "a year's execution": "2024年正定县一般公共预算收入完成情况表\n\n单位：亿元\n\n"
    + TAXES.format(first="预算数", second="完成数"),
}


def amounts(document: ParsedDocument) -> int:
    return sum(len(document.rows[table]) for table in ("line_items", "projects", "procurement", "assets", "claims"))


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_is_no_budget_states_no_amounts(text: str) -> None:
    assert amounts(parse_document("a" * 64, text.encode(), Context())) == 0


@pytest.mark.parametrize("text", BUDGETS.values(), ids=BUDGETS)
def test_a_budget_of_few_words_is_read(text: str) -> None:
    assert amounts(parse_document("a" * 64, text.encode(), Context())) > 1
