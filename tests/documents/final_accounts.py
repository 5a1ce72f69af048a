"""Final accounts of one department on the national template, shortened: the published figures, our words.

The template has a list of contents, nine forms, and a narrative that states the forms' figures and compares them with
the budget and with last year.  `altered` is what somebody made of such accounts to try whether it is noticed: a form is
missing, a total is nought, and three comparisons say the wrong direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.documents.hebei_html import html_table
from tests.documents.pdf import Cell

ENTITY = "上海市普陀区某局"
FORMS = (
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "财政拨款“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款收入支出决算表",
)
NARRATIVES = tuple(f"{name.removesuffix('总表').removesuffix('表')}情况说明" for name in FORMS)
ITEMS = (
    # code, name, basic, projects, other income
    ("201", "一般公共服务支出", "1,503.52", "603.14", "6.20"),
    ("20106", "财政事务", "1,503.52", "603.14", "6.20"),
    ("2010601", "行政运行", "1,503.52", "8.37", "0.01"),
    ("2010602", "一般行政管理事务", "", "10.00", "6.19"),
    ("2010607", "信息化建设", "", "135.25", ""),
    ("2010608", "财政委托业务支出", "", "449.52", ""),
    ("208", "社会保障和就业支出", "326.72", "", ""),
    ("20805", "行政事业单位养老支出", "326.72", "", ""),
    ("2080501", "行政单位离退休", "84.65", "", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "160.75", "", ""),
    ("2080506", "机关事业单位职业年金缴费支出", "80.38", "", ""),
    ("2080599", "其他行政事业单位养老支出", "0.94", "", ""),
    ("210", "卫生健康支出", "60.99", "", ""),
    ("21011", "行政事业单位医疗", "60.99", "", ""),
    ("2101101", "行政单位医疗", "60.99", "", ""),
    ("221", "住房保障支出", "445.69", "", ""),
    ("22102", "住房改革支出", "445.69", "", ""),
    ("2210201", "住房公积金", "187.19", "", ""),
    ("2210203", "购房补贴", "258.50", "", ""),
)
COMPARED = (
    # name, budget, outcome, direction, and the direction that the altered accounts state
    ("一般公共服务支出（类）财政事务（款）行政运行（项）", "1560.05", "1511.89", "小于", "大于"),
    ("一般公共服务支出（类）财政事务（款）信息化建设（项）", "135.90", "135.25", "小于", "小于"),
    (
        "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）",
        "80.81",
        "80.38",
        "小于",
        "大于",
    ),
    ("卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）", "62.29", "60.99", "小于", "等于"),
)


def accounts(*, altered: bool = False) -> str:
    """The accounts as a web page."""
    missing = {"支出决算表"} if altered else set[str]()
    parts = [f"<h1>{ENTITY}2024年度部门决算</h1>", *map(_line, _contents())]
    parts.append(_line(f"第二部分 {ENTITY}2024年度部门决算表"))
    for name, rows, note in _forms():
        if name not in missing:
            parts += [_line(name), _line("单位：万元"), html_table(rows), *map(_line, note)]
    parts += [_line(f"第三部分 {ENTITY}2024年度部门决算情况说明"), *map(_line, _narrative(altered=altered))]
    title = f"<title>{ENTITY}2024年度部门决算</title>"
    return f"<html><head><meta charset=utf-8>{title}</head><body>{''.join(parts)}</body></html>"


def narrative_alone() -> str:
    """The narrative of a budget whose forms are published as another file; its contents name them all (北京)."""
    forms = (
        "收支总表", "收入总表", "支出总表", "财政拨款收支总表", "一般公共预算支出表", "一般公共预算基本支出表",
        "政府性基金预算支出表", "国有资本经营预算支出表", "财政拨款“三公”经费支出表", "政府采购预算明细表",
        "财政拨款政府购买服务明细表", "项目支出绩效目标表", "部门整体支出绩效目标表",
    )  # fmt: skip
    numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"]
    lines = [
        "某办公室2026年度部门预算信息公开",
        "目 录",
        "第一部分 2026年度部门预算情况说明",
        "一、收入预算情况说明",
        "第二部分 2026年度部门预算报表",
        *(f"{number}、{name}" for number, name in zip(numerals, forms, strict=True)),
        "第一部分 2026年度部门预算情况说明",
        "一、收入预算情况说明",
        "2026年度收入预算5133.74万元，比2025年年初预算数4956.01万元增加177.73万元，增长3.59%。",
    ]
    return f"<html><head><meta charset=utf-8></head><body>{''.join(map(_line, lines))}</body></html>"


def _line(text: str) -> str:
    return f"<p>{text}</p>"


def _contents() -> Iterator[str]:
    yield "目录"
    yield f"第一部分 {ENTITY}概况"
    for part, heading, names in (("二", "部门决算表", FORMS), ("三", "部门决算情况说明", NARRATIVES)):
        yield f"第{part}部分 {ENTITY}2024年度{heading}"
        yield from (f"{numeral}、{name}" for numeral, name in zip("一二三四五六七八九", names, strict=True))


# --- forms ------------------------------------------------------------------------------------------------------------

Rows = list[list[Cell]]


def _row(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


def _forms() -> Iterator[tuple[str, Rows, Sequence[str]]]:
    for name, rows in zip(FORMS, (_balance(), _revenue(), _expenditure(), _appropriation(), _public()), strict=False):
        yield name, rows, ()
    yield FORMS[5], _basic(), ()
    yield FORMS[6], _three_public(), ()
    for name in FORMS[7:]:
        yield name, _empty(), (f"注：{ENTITY}没有这项支出，故本表无数据。",)


def _balance() -> Rows:
    return [
        [Cell("收入", 2), Cell("支出", 2)],
        _row("项目", "决算数", "项目", "决算数"),
        _row("一、一般公共预算财政拨款收入", "2,940.05", "一、一般公共服务支出", "2,106.66"),
        _row("八、其他收入", "6.20", "八、社会保障和就业支出", "326.71"),
        _row("", "", "九、卫生健康支出", "60.99"),
        _row("", "", "十九、住房保障支出", "445.69"),
        _row("本年收入合计", "2,946.25", "本年支出合计", "2,940.05"),
        _row("年初结转和结余", "49.14", "年末结转和结余", "55.34"),
        _row("总计", "2,995.39", "总计", "2,995.39"),
    ]


def _coded(code: str, name: str) -> list[Cell]:
    """类, 款 and 项 in a column each, and the name."""
    return _row(code[:3], code[3:5], code[5:], name)


def _heading(*columns: str) -> Rows:
    return [
        [Cell("项目", 4), *(Cell(column, rows=4) for column in columns)],
        [Cell("功能分类", 3), Cell("科目名称", rows=3)],
        [Cell("科目编码", 3)],
        _row("类", "款", "项"),
    ]


def _sum(*texts: str) -> str:
    cents = sum(int(text.replace(",", "").replace(".", "")) for text in texts if text)
    return f"{cents // 100:,}.{cents % 100:02}" if cents else ""


def _revenue() -> Rows:
    columns = ("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
    rows = _heading(*columns)
    for code, name, basic, project, other in ITEMS:
        public = _sum(basic, project)
        rows.append([*_coded(code, name), *_row(_sum(public, other), public, "", "", "", "", other)])
    return [*rows, [Cell("合计", 4), *_row("2,946.25", "2,940.05", "", "", "", "", "6.20")]]


def _expenditure() -> Rows:
    rows = _heading("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
    for code, name, basic, project, _ in ITEMS:
        rows.append([*_coded(code, name), *_row(_sum(basic, project), basic, project, "", "", "")])
    return [*rows, [Cell("合计", 4), *_row("2,940.05", "2,336.91", "603.14", "", "", "")]]


def _appropriation() -> Rows:
    return [
        [Cell("收入", 2), Cell("支出", 5)],
        _row(
            "项目",
            "决算数",
            "项目",
            "合计",
            "一般公共预算财政拨款",
            "政府性基金预算财政拨款",
            "国有资本经营预算财政拨款",
        ),
        _row("一、一般公共预算财政拨款", "2,940.05", "一、一般公共服务支出", "2,106.66", "2,106.66", "", ""),
        _row("二、政府性基金预算财政拨款", "", "八、社会保障和就业支出", "326.71", "326.71", "", ""),
        _row("三、国有资本经营预算财政拨款", "", "九、卫生健康支出", "60.99", "60.99", "", ""),
        _row("", "", "十九、住房保障支出", "445.69", "445.69", "", ""),
        _row("本年收入合计", "2,940.05", "本年支出合计", "2,940.05", "2,940.05", "", ""),
        _row("年初财政拨款结转和结余", "21.63", "年末财政拨款结转和结余", "21.63", "21.63", "", ""),
        _row("总计", "2,961.68", "总计", "2,961.68", "2,961.68", "", ""),
    ]


def _public() -> Rows:
    rows = _heading("合计", "基本支出", "项目支出")
    rows += [
        [*_coded(code, name), *_row(_sum(basic, project), basic, project)] for code, name, basic, project, _ in ITEMS
    ]
    return [*rows, [Cell("合计", 4), *_row("2,940.05", "2,336.91", "603.14")]]


def _basic() -> Rows:
    half = [Cell("经济分类", 2), Cell("科目名称", rows=3), Cell("决算数", rows=3)]
    return [
        [*half, *half],
        [Cell("科目编码", 2), Cell("科目编码", 2)],
        _row("类", "款", "类", "款"),
        _row("301", "", "工资福利支出", "2,082.85", "302", "", "商品和服务支出", "171.07"),
        _row("301", "01", "基本工资", "262.33", "302", "01", "办公费", "21.21"),
        _row("301", "02", "津贴补贴", "1,238.58", "302", "39", "其他交通费用", "149.86"),
        _row("301", "99", "其他工资福利支出", "581.94", "310", "", "资本性支出", "13.58"),
        _row("303", "", "对个人和家庭的补助", "69.41", "310", "02", "办公设备购置", "13.58"),
        _row("303", "02", "退休费", "69.41", "", "", "", ""),
        [Cell("人员经费合计", 3), Cell("2,152.26"), Cell("公用经费合计", 3), Cell("184.65")],
    ]


def _three_public() -> Rows:
    return [
        [Cell("财政拨款“三公”经费", 12)],
        [
            Cell("合计", 2, 2),
            Cell("因公出国（境）费", 2, 2),
            Cell("公务用车购置及运行费", 6),
            Cell("公务接待费", 2, 2),
        ],
        [Cell("小计", 2), Cell("公务用车购置费", 2), Cell("公务用车运行费", 2)],
        _row(*("预算数", "决算数") * 6),
        _row("0.95", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.95", "0.00"),
    ]


def _empty() -> Rows:
    first = [Cell("项目", 4), Cell("年初结转和结余", rows=3), Cell("本年收入", rows=3), Cell("本年支出", 3)]
    second = [
        Cell("支出功能分类科目编码", 3),
        Cell("科目名称", rows=2),
        *(Cell(t, rows=2) for t in ("小计", "基本支出", "项目支出")),
    ]
    return [
        [*first, Cell("年末结转和结余", rows=3)],
        second,
        _row("类", "款", "项"),
        *([Cell("")] * 10 for _ in range(3)),
        [Cell("合计", 4), *_row("", "", "", "", "", "")],
    ]


# --- narrative --------------------------------------------------------------------------------------------------------


def _narrative(*, altered: bool) -> Iterator[str]:
    headings = iter(f"{numeral}、{name}" for numeral, name in zip("一二三四五六七八九", NARRATIVES, strict=True))
    total = "0" if altered else "2995.39"
    yield next(headings)
    yield f"{ENTITY}2024年度收入支出总计{total}万元。与2023年度相比，收入支出总计减少56.95万元，下降1.87%。"
    yield next(headings)
    yield "本年收入合计2946.25万元，其中：财政拨款收入2940.05万元，占99.79%；其他收入6.2万元，占0.21%。"
    yield next(headings)
    yield "本年支出合计2940.05万元，其中：基本支出2336.91万元，占79.49%；项目支出603.14万元，占20.51%。"
    yield next(headings)
    yield (
        f"{ENTITY}2024年度财政拨款收入支出总计2961.68万元。"
        "与2023年度相比，财政拨款收入支出总计减少63.14万元，下降2.09%。"
    )
    yield next(headings)
    yield "一般公共预算财政拨款支出2940.05万元，占本年支出合计的100.00%。"
    for number, (name, budget, outcome, direction, stated) in enumerate(COMPARED, 1):
        word = stated if altered else direction
        compared = f"年初预算为{budget}万元，支出决算为{outcome}万元。决算数{word}预算数的主要原因：按实际支付。"
        yield f"{number}、{name}。{compared}"
    yield next(headings)
    yield "一般公共预算财政拨款基本支出2336.91万元。其中：人员经费2152.26万元；公用经费184.65万元。"
    yield next(headings)
    yield (
        "“三公”经费财政拨款支出年初预算为0.95万元，支出决算为0.00万元，其中：因公出国（境）费决算为0.00万元；"
        "公务接待费支出决算为0.00万元。决算数小于预算数的主要原因：落实中央八项规定，压减接待。"
    )
    yield next(headings)
    yield f"{ENTITY}2024年度没有政府性基金预算财政拨款收入和支出。"
    yield next(headings)
    yield f"{ENTITY}2024年度没有国有资本经营预算财政拨款收入和支出。"
