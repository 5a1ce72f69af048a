"""Performance tables in the layouts of five places, with their figures, shortened, and named and worded by us.

Each function gives a page of HTML.  The cells, merges and headings are those of the published tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tests.documents.hebei_html import html_table
from tests.documents.pdf import Cell

Indicator = tuple[str, str, str, str]
"""Level 1, level 2, level 3, and the target as printed."""

CARDS: tuple[tuple[str, tuple[str, str, str, str], tuple[Indicator, ...]], ...] = (
    (
        "信息系统运行维护",
        ("2,134.87", "1,384.87", "750.00", "-"),
        (
            ("成本指标", "经济成本指标", "项目总成本", "≤2134.87 万元"),
            ("产出指标", "数量指标", "设备维护量", "≥330 台（套）"),
            ("产出指标", "质量指标", "设备完好率", "≥96%"),
            ("产出指标", "质量指标", "故障恢复时间", "≤4 小时"),
            ("满意度指标", "服务对象满意度指标", "使用部门满意率", "≥85%"),
        ),
    ),
    (
        "综合保障经费",
        ("2,706.79", "2,616.79", "90.00", "0.00"),
        (
            ("产出指标", "数量指标", "内部刊物发行量", "720000 册"),
            ("效益指标", "社会效益指标", "接访环境", "明显改善"),
        ),
    ),
)
LIST: tuple[tuple[str, str, tuple[Indicator, ...]], ...] = (
    (
        "2026年专项经费",
        "30.00",
        (
            ("产出指标", "数量指标", "专家评审", ">=2次"),
            ("成本指标", "经济成本指标", "系统运维成本", "<=17万元"),
            ("满意度指标", "服务对象满意度指标", "群众满意度", ">=100百分比"),
        ),
    ),
    ("2026年接待中心运行费", "116.00", (("成本指标", "经济成本指标", "用房维护成本", "<=116万元"),)),
)
NAMES = (("社工服务", "498.82"), ("大厅运行", "603.84"), ("信访专项", "486.39"), ("预算准备金", "4.90"))
JOINED: tuple[tuple[str, str, tuple[Indicator, ...]], ...] = (
    (
        "基础设施运行维护资金",
        "6000.00",
        (
            ("成本指标", "经济成本", "费用审减率", "≥10%"),
            ("产出指标", "质量指标", "服务质量", "≥85%"),
            ("产出指标", "质量指标", "稳定运行率", "≥90%"),
            ("满意度指标", "服务对象满意度指标", "使用单位满意度", "投诉率≤5%"),
        ),
    ),
    ("公车统管费用", "5.00", (("产出指标", "质量指标", "出行服务质量", "据实满意度"),)),
)
ASSESSED: tuple[tuple[Indicator, str], ...] = (
    (("成本指标", "经济成本指标", "人均培训费", "不超标准"), "未超标准"),
    (("产出指标", "数量指标", "培训人数", "≥300 人"), "366 人"),
    (("产出指标", "数量指标", "培训班次", "≥4 次"), "4 次"),
    (("满意度指标", "服务对象满意度指标", "学员满意率", "≥95%"), "100%"),
)


def cards() -> str:
    """A card for each project, under a title of its own; names cut over lines (曲靖, and central departments)."""
    return _page("某市某局2026年部门预算", *(part for card in CARDS for part in _card(*card)))


def _card(name: str, funds: tuple[str, str, str, str], indicators: Sequence[Indicator]) -> Iterator[str]:
    labels = ("年度资金总额：", "其中：财政拨款", "上年结转", "其他资金")
    rows = [
        [Cell("项目名称", 2), Cell(name, 5)],
        [Cell("主管部门及代\n码", 2), Cell("[292]某局", 2), Cell("实施单位"), Cell("某局本级", 2)],
        [Cell("项目资金\n（万元）", 2, 4), Cell(labels[0], 2), Cell(funds[0], 2), Cell("执行率\n分值\n（10）", rows=4)],
        *([Cell(label, 2), Cell(amount, 2)] for label, amount in zip(labels[1:], funds[1:], strict=True)),
        [Cell("年\n度\n总\n体\n目\n标"), Cell(f"1.按计划完成{name}。\n2.全年无事故。", 6)],
        [
            Cell("绩\n效\n指\n标", rows=len(indicators) + 1),
            Cell("一级指标"),
            Cell("二级指标"),
            Cell("三级指标", 2),
            Cell("指标值"),
            Cell("分值\n（90）"),
        ],
        *_merged(indicators, lambda each: [Cell(each[2], 2), Cell(each[3]), Cell("10")]),
    ]
    yield f"<p align=center>{name}绩效目标表</p>"
    yield html_table(rows)


def project_list() -> str:
    """All projects of a unit in one table, the unit and each project merged over their indicators (长春)."""
    printed = "单位名/称|项目名称|年度资/金总额/(万元)|年度绩效目标|一级指标|二级指标|三级指标|指标解释|指标值|权重"
    names = printed.replace("/", "\n").split("|")
    rows = [[Cell("某市某局2026年项目支出绩效目标表", 10)], [Cell("") for _ in names], [Cell(name) for name in names]]
    unit = [Cell("105001\n某市某局", rows=sum(len(indicators) for *_, indicators in LIST))]
    for name, budget, indicators in LIST:
        project = [Cell(text, rows=len(indicators)) for text in (name, budget, f"1、完成{name}所列任务；")]
        for level1, level2, level3, target in indicators:
            texts = (level1, level2, level3, f"说明{level3}", target, "20")
            rows.append([*unit, *project, *map(Cell, texts)])
            unit, project = [], []
    return _page("某市某局2026年部门预算", html_table(rows))


def names_and_goals() -> str:
    """A list of projects with their goals and no indicators (深圳)."""
    heading = [Cell(text) for text in ("二级预算单位名称", "一级项目名称", "预算数（万元）", "绩效目标")]
    rows = [[Cell("某市某局"), Cell(name), Cell(budget), Cell(f"完成{name}各项任务。")] for name, budget in NAMES]
    return _page("2026年某市某局部门预算", html_table([heading, *rows]))


def joined_cards() -> str:
    """Cards that follow each other in one table, the word 绩效指标 again beside every indicator (烟台)."""
    rows: list[list[Cell]] = []
    for name, budget, indicators in JOINED:
        labels = ("年度预算资金总额：", "其中：财政拨款", "其他资金")
        amounts = (budget, budget, "0.00")
        funds = [[Cell(label), Cell(amount, 2)] for label, amount in zip(labels, amounts, strict=True)]
        rows += [
            [Cell("项目名称", 3), Cell(name, 3)],
            [Cell("主管部门及代码", 3), Cell("340_某局"), Cell("实施单位"), Cell("某局")],
            [Cell("项目资金\n（万元）", 3, 3), *funds[0]],
            *funds[1:],
            [Cell("总体目标"), Cell(f"保障{name}所列工作。", 5)],
            [Cell(""), Cell("一级指标"), Cell("二级指标"), Cell("三级指标"), Cell("指标值", 2)],
            *([Cell("绩效指标"), *map(Cell, each[:3]), Cell(each[3], 2)] for each in indicators),
        ]
    return _page("政策和项目预算绩效目标表", html_table(rows))


def assessment() -> str:
    """The self-assessment of a project in final accounts: planned, available and spent, target and attained."""
    funds = (
        ("年度资金总额：", "180.61", "180.03", "180.03", "10.0", "100.00%", "10"),
        ("其中：财政\n拨款", "140.61", "140.61", "140.61", "--", "0.0%", "--"),
        ("上\n年结转", "40.00", "39.42", "39.42", "--", "0.0%", "--"),
        ("其\n他资金", "0.00", "0.00", "0.00", "--", "0.0%", "--"),
    )
    indicators = [each for each, _ in ASSESSED]
    attained = dict(ASSESSED)
    rows = [
        [Cell("项目名称", 2), Cell("干部培训专项", 9)],
        [Cell("主管部门", 2), Cell("[292]某局", 3), Cell("实施单\n位"), Cell("某局", 5)],
        [
            Cell("项目资金\n（万元）", 2, 5),
            Cell("", 2),
            *map(Cell, ("年初预\n算数", "全年预\n算数", "全年执行数", "分值")),
            Cell("执行率", 2),
            Cell("得分"),
        ],
        *([Cell(label, 2), *map(Cell, texts), Cell(rate, 2), Cell(points)] for label, *texts, rate, points in funds),
        [Cell("年\n度\n总\n体\n目\n标", rows=2), Cell("预期目标", 5), Cell("实际完成情况", 5)],
        [Cell("1.办好培训班。", 5), Cell("1.全年办班四期。", 5)],
        [
            Cell("绩\n效\n指\n标", rows=len(indicators) + 1),
            *map(Cell, ("一级指\n标", "二级指标")),
            Cell("三级指标", 2),
            *map(Cell, ("年度指\n标值", "实际完成值", "分值", "得\n分")),
            Cell("偏差原因分析\n及\n改进措施", 2),
        ],
        *_merged(
            indicators,
            lambda each: [Cell(each[2], 2), Cell(each[3]), Cell(attained[each]), Cell("10"), Cell("10"), Cell("", 2)],
        ),
        [Cell("总分", 7), Cell("100"), Cell("98"), Cell("", 2)],
    ]
    return _page("某局2024年度部门决算", "<p align=center>干部培训专项项目绩效自评表</p>", html_table(rows))


def _merged(indicators: Sequence[Indicator], rest: Callable[[Indicator], list[Cell]]) -> Iterator[list[Cell]]:
    """The indicators' rows, each level merged over the rows it repeats in."""
    for number, each in enumerate(indicators):
        row = rest(each)
        for depth in (2, 1):
            alike = [other[:depth] == each[:depth] for other in indicators]
            if not number or not alike[number - 1]:
                row.insert(0, Cell(each[depth - 1], rows=sum(alike)))
        yield row


def _page(title: str, *parts: str) -> str:
    body = "\n".join(parts)
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
