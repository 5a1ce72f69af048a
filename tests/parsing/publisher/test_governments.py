"""Whole governments are told from their departments: by titles of tables, of reports, and never by a body's own."""

from __future__ import annotations

import pytest

from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context, Disclosure, identify
from gongkai.parsing.publisher.governments import government, titled_government
from gongkai.parsing.text.grid import TextLine


def told(*lines: str) -> Disclosure:
    found, _ = identify((), [TextLine(line) for line in lines], Context(), None)
    return found


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("2021年海南省省级政府预算表", "海南省"),
        ("2026年丽江市一般公共预算收入情况表", "丽江市"),
        ("2026年丽江市市本级政府性基金预算支出情况表", "丽江市"),
        ("2024年末昌都市地方政府债务限额及余额决算情况表", "昌都市"),
        ("2024年海南省省本级“三公”经费汇总情况", "海南省"),
        ("2025年全市国有资本经营预算支出完成情况表", None),
        ("2026年市本级社会保险基金预算收入情况表", None),
    ],
)
def test_a_place_or_scope_before_what_only_governments_keep(title: str, place: str | None) -> None:
    found = titled_government(title)
    assert found is not None
    assert found.place == place


@pytest.mark.parametrize(
    "title",
    [
        "丽江市财政局2026年部门预算",
        "2026年丽江市财政局一般公共预算支出表",
        "一般公共预算财政拨款支出表",
        "部门收入预算表",
        "2026年政府预算经济分类支出表",
        "大冶市金山店镇人民政府2024年度部门决算",
        "2026年丽江市人民政府办公室部门预算",
        "市级部门2026年一般公共预算支出表",
        "2026年，全市一般公共预算收入完成144亿元。",
    ],
)
def test_no_title_of_a_department_or_a_sentence(title: str) -> None:
    assert titled_government(title) is None


@pytest.mark.parametrize(
    "lines",
    [
        ("关于丽江市2025年预算执行情况和2026年预算草案的报告",),
        ("关于丽江市2025年地方财政预算执行情况", "和2026年地方财政预算（草案）的报告（书面）"),
    ],
)
def test_a_report_is_of_the_year_whose_budget_it_asks_for(lines: tuple[str, ...]) -> None:
    found = told(*lines)
    assert (found.level, found.department, found.entity) == ("government", "本级政府", "丽江市")
    assert (found.year, found.phase) == (2026, "approved")


def test_a_finance_bureau_that_speaks_of_the_report_is_a_department() -> None:
    found = told("丽江市财政局2026年部门预算", "关于丽江市2025年预算执行情况和2026年预算草案的报告")
    assert (found.level, found.department, found.entity) == ("department", "财政", "丽江市财政局")


def test_a_page_of_all_budgets_is_no_name_of_the_one_printed_on_it() -> None:
    named, _ = identify((), [TextLine("正定县财政局2025年部门预算")], Context(title="正定县2025年政府预算公开"), None)
    assert (named.level, named.entity) == ("department", "正定县财政局")


def test_one_table_of_a_department_or_a_unit_is_enough_to_be_none() -> None:
    titles = ["2026年市本级一般公共预算支出表", "2026年市本级政府性基金支出表"]
    assert government(titles, (), ()) is not None
    assert government([*titles, "部门收支预算总表"], (), ()) is None


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("2025年献县一般公共预算收支平衡表", "献县"),
        ("二〇二五年正定县一般公共预算支出表", "正定县"),
        ("上海市松江区泗泾镇2026年预算执行情况和2027年预算草案的报告", "上海市松江区泗泾镇"),
        ("关于上海市松江区2025年预算执行情况和2026年预算草案的报告", "上海市松江区"),
        ("正定县财政局关于正定县2024年县级决算（草案）的报告", "正定县"),
        ("关于大同市2025年全市和市本级预算执行情况与2026年全市和市本级预算（草案）的报告", "大同市"),
        ("正定县人民政府2025年财政预算公开", "正定县"),
        ("2024年正定县财政总决算", "正定县"),
        ("正定县2024年财政收支决算", "正定县"),
        ("曲阳桥镇人民政府2025年政府预算", "曲阳桥镇"),
        ("苏州市吴江区盛泽镇2024年度财政决算", "苏州市吴江区盛泽镇"),
        ("陕西省西咸新区泾河新城2025年一般公共预算收入表", "陕西省西咸新区泾河新城"),
        ("2025年乐亭县县级部门预算支出汇总表", "乐亭县"),
        ("2025年全镇一般公共预算收入表", None),
        ("2025年中央一般公共预算支出预算表", None),
    ],
)
def test_towns_zones_and_the_whole_name_of_a_place(title: str, place: str | None) -> None:
    found = titled_government(title)
    assert found is not None
    assert found.place == place


@pytest.mark.parametrize(
    "title",
    [
        "曲阳桥镇人民政府2025年部门预算",
        "曲阳桥镇2025年一般公共预算支出表",
        "丽江市财政预算评审中心2026年部门预算",
        "某县乡镇财政预算执行情况",
        "石家庄市教育局2025年部门预算汇总表",
        "石家庄市2024年度市级预算执行和其他财政收支的审计工作报告",
        "关于石家庄市2025年预算执行情况和2026年预算草案的审查结果报告",
    ],
)
def test_no_government_budget_of_a_town_office_an_audit_or_a_review(title: str) -> None:
    assert titled_government(title) is None


TAXES = """{title}

一般公共预算收入表

单位：万元

项目\t2024年执行数\t2025年预算数
一、税收收入\t120\t126
增值税\t120\t126
二、非税收入\t30\t29
收入合计\t150\t155
"""


@pytest.mark.parametrize(
    ("title", "entity"),
    [
        ("正定县财政局2025年预算公开", "正定县"),
        ("正定县曲阳桥镇人民政府2025年预算公开", "正定县曲阳桥镇人民政府"),
        ("新疆生产建设兵团2025年预算公开", "新疆生产建设兵团"),
    ],
)
def test_revenue_by_taxes_is_a_governments(title: str, entity: str) -> None:
    document = parse_document("a" * 64, TAXES.format(title=title).encode(), Context()).rows["documents"][0]
    assert (document["level"], document["department"], document["entity"]) == ("government", "本级政府", entity)


def test_a_department_that_prints_taxes_stays_one() -> None:
    text = TAXES.format(title="正定县财政局2025年部门预算") + TAXES.format(title="").replace("一般公共", "部门")
    document = parse_document("a" * 64, text.encode(), Context()).rows["documents"][0]
    assert (document["level"], document["department"]) == ("department", "财政")


def test_a_report_without_tables_keeps_its_narrative_and_states_no_figures() -> None:
    title = "关于正定县2024年预算执行情况和2025年预算草案的报告"
    text = f"{title}\n\n一、预算执行\n\n全县一般公共预算支出432亿元。县本级一般公共预算支出32亿元。\n"
    document = parse_document("a" * 64, text.encode(), Context())
    assert (document.status, document.rows["documents"][0]["title"]) == ("partial", title)
    assert document.rows["sections"]
    assert not document.rows["claims"]
